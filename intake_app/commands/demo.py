"""`demo`: one whole practice intake without a display, from an empty folder to receipts and a printed plan."""

from __future__ import annotations

import argparse
import os
import secrets
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from intake_app.bootstrap import DATABASE, open_office, store_gate
from intake_app.errors import EventRefused, FolderNotEmpty, UnknownName
from intake_app.i18n.languages import LANGUAGES
from intake_app.paths import resource_dir

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from intake_app.services.conversation import Conversation
    from intake_app.services.office import Office
    from intake_app.sync.trial_receiver import TrialReceiver

SAMPLE = "short-refugee-cook.json"
PASSPHRASE_VARIABLE = "INTAKE_PASSPHRASE"
KINDS = ("plan", "private", "data")


@dataclass
class Made:
    """What the demo made, in the order it happened."""

    lines: list[str] = field(default_factory=list)

    def say(self, what: str, value: object) -> None:
        """One line of the summary."""
        self.lines.append(f"{what}: {value}")
        print(self.lines[-1], flush=True)


def add_parser(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommand; `handler` of its arguments runs it."""
    parser = subparsers.add_parser("demo", help="live through a whole practice intake, without a display")
    parser.add_argument("--out", type=Path, metavar="DIR", help="where plans and screenshots go (default: temporary)")
    parser.add_argument("--lang", default="ar", metavar="CODE", help="language of the participant (default: ar)")
    parser.add_argument("--screens", action="store_true", help="also make screenshots of every page")
    parser.add_argument("--no-record", action="store_true", help='the participant says "no" to recording')
    parser.set_defaults(handler=run)


def run(arguments: argparse.Namespace) -> int:
    """Play the sample conversation and print what it made; 1 when not everything arrived.

    Raises FolderNotEmpty, UnknownName.
    """
    if arguments.lang not in LANGUAGES:
        raise UnknownName(kind="language", name=arguments.lang, known=tuple(LANGUAGES))
    made = Made()
    with _folder(arguments.data_dir) as data, _folder(arguments.out) as out:
        out.mkdir(parents=True, exist_ok=True)
        if (data / DATABASE).exists() or (data.exists() and any(data.iterdir())):
            raise FolderNotEmpty(path=str(data))
        passphrase = os.environ.get(PASSPHRASE_VARIABLE) or _random_passphrase(made)
        store = store_gate(data).create(passphrase, "Anna Voorbeeld", "site_lead", "counsellor")
        try:
            office = open_office(store)
            _settle_in(office)
            made.say("encrypted database", data / DATABASE)
            arrived = _whole_talk(office, arguments, out, made)
        finally:
            store.close()
    return 0 if arrived else 1


def _whole_talk(office: Office, arguments: argparse.Namespace, out: Path, made: Made) -> bool:
    """Whether everything that was agreed has arrived."""
    from intake_app.sync.trial_receiver import TrialReceiver

    record = "no" if arguments.no_record else "yes"
    with TrialReceiver(forms=resource_dir("forms", "compiled")) as receiver:
        _point_to(office, receiver)
        conversation = _live_through(office, arguments.lang, record, out, made)
        outcome = office.finish(conversation)
        if outcome.violations:
            raise EventRefused(ref=outcome.violations[0].ref, reason=outcome.violations[0].reason)
        made.say("records waiting to be sent", len(outcome.queued))
        report = office.send()
        made.say("records sent", len(report.sent) if report else 0)
        for record_ in receiver.received:
            made.say("receipt", f"{record_.form_id} {record_.instance_id}")
        if arguments.screens:
            from intake_app.ui.screenshots import capture_all

            for path in capture_all(office, out, arguments.lang):
                made.say("screenshot", path)
    return report is not None and set(report.sent) == set(outcome.queued)


def _live_through(office: Office, language: str, record: str, out: Path, made: Made) -> Conversation:
    from intake_app.services.rehearsal import Rehearsal, read_script

    script = read_script(resource_dir("sample", "talks", SAMPLE), {"talk_language": language, "consent_record": record})
    conversation = office.begin_talk(practice=True)
    rehearsal = Rehearsal(conversation, script)
    rehearsal.play(until_guest_leaves=True)
    made.say("participant", f"{script.name} (oefening), number {conversation.number}")
    made.say("screens of the talk", len(rehearsal.screens))
    for item in conversation.keeper.recommendations():
        made.say("direction", f"{item.label_nl} [{item.id}] {item.fit.value}")
    plan = office.plan(conversation)
    for kind in KINDS:
        path = out / f"{kind}-{language}.pdf"
        path.write_bytes(office.render(plan, kind))
        made.say("plan" if kind == "plan" else f"plan ({kind})", path)
    conversation.plan_handed_over()
    rehearsal.play()
    return conversation


def _settle_in(office: Office) -> None:
    from intake_app.domain.plan import Installation
    from intake_app.services.installation import write_installation

    write_installation(
        office.store,
        Installation(
            organisation="Werkcentrum Achterhoek (oefening)",
            location="Bibliotheek Groenlo (oefening)",
            phone="0544 000 000",
            controller="Voorbeeldorganisatie",
            controller_contact="privacy@voorbeeld.example",
            data_officer="Functionaris Voorbeeld",
            privacy_text="voorbeeld.example/privacy",
        ),
    )


def _point_to(office: Office, receiver: TrialReceiver) -> None:
    from intake_app.services.installation import ServerSettings, write_server

    write_server(office.store, ServerSettings(receiver.base_url, receiver.token, trial=True))


def _random_passphrase(made: Made) -> str:
    passphrase = secrets.token_urlsafe(12)
    made.say("passphrase", passphrase)
    return passphrase


@contextmanager
def _folder(asked: Path | None) -> Iterator[Path]:
    """The folder asked for, which stays, or a temporary one, which goes."""
    if asked is not None:
        yield asked
        return
    with tempfile.TemporaryDirectory(prefix="intake-demo-") as temporary:
        print(f"temporary folder: {temporary}", file=sys.stderr)
        yield Path(temporary)
