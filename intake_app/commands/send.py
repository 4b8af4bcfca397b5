"""`sync`: one round of sending what waits, from the command line."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
from typing import TYPE_CHECKING

from intake_app.bootstrap import IMPORTED, open_office, store_gate
from intake_app.errors import EditOutOfDate, ErasuresUnknown, NoServer, SendingPaused, ServerRefused, error_of
from intake_app.i18n.phrases import error_sentence
from intake_app.paths import default_data_dir
from intake_app.services.policy import Action, may

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from intake_app.services.form_updates import UpdateReport
    from intake_app.services.office import Office


def add_parser(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommand; `handler` of its arguments runs it."""
    parser = subparsers.add_parser("sync", help="send what waits to the central server; fetch what is new")
    parser.add_argument("--once", action="store_true", help="one round, which is also the default")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    parser.set_defaults(handler=run)


def run(arguments: argparse.Namespace) -> int:
    """Send one round and fetch what is new; 1 when something needs a person.

    Raises NoServer, SendingPaused, ErasuresUnknown, WrongPassphrase, StoreMissing.
    """
    folder = arguments.data_dir or default_data_dir()
    store = store_gate(folder).unlock(ask_passphrase())
    try:
        office = open_office(store, imported=folder / IMPORTED)
        report = office.send()
        if report is None:
            raise NoServer
        if report.paused:
            raise ErasuresUnknown if office.valve.unsure else SendingPaused
        news = office.fetch_new() if not report.problem else None
        left = {"waiting": report.waiting, "set_apart": report.set_apart}
        late = _overtaken(office)
        result = {"sent": list(report.sent), **left, "problem": report.problem or None, **_downloaded(news)}
        result["overtaken"] = late
        print(json.dumps(result) if arguments.json else "\n".join(f"{k}: {v}" for k, v in result.items()))
        if report.problem:
            print(error_sentence(error_of(report.problem, report.problem_params), "nl"), file=sys.stderr)
        for code, params in {one.code: one.params for one in report.failed}.items():
            if code != report.problem:
                print(error_sentence(error_of(code, params), "nl"), file=sys.stderr)
        if report.set_apart and not report.failed:
            # what came too late is not tried again, so that no round tells of it any more
            print(error_sentence(EditOutOfDate() if late else ServerRefused(), "nl"), file=sys.stderr)
        told = _told(news)
        return 1 if report.problem or report.set_apart or report.failed or told else 0
    finally:
        store.close()


def _overtaken(office: Office) -> list[dict[str, str]]:
    """Whose correction came too late, and of what record: `talk` is the talk with what belongs to it."""
    if not may(office.store.account, Action.PEOPLE):
        return []
    from intake_app.services.overtaken import overtaken_edits

    return [{"number": one.number, "record": one.form_id or "talk"} for one in overtaken_edits(office)]


def _downloaded(news: UpdateReport | None) -> dict[str, object]:
    """What came down, for the report."""
    if news is None:
        return {"new_forms": [], "catalogue": None, "refused": []}
    forms = [f"{name} {form.version}" for name, form in news.forms.items()]
    return {"new_forms": forms, "catalogue": news.catalogue or None, "refused": [one.name for one in news.apart]}


def _told(news: UpdateReport | None) -> bool:
    """Say what went wrong with downloading; whether there was anything."""
    if news is None:
        return False
    troubles = [(one.code, one.params) for one in news.apart]
    if news.problem:
        troubles.append((news.problem, news.problem_params))
    for code, params in troubles:
        print(error_sentence(error_of(code, params), "nl"), file=sys.stderr)
    return bool(troubles)


def ask_passphrase() -> str:
    """The passphrase from the environment, else from a prompt; empty when there is nobody to ask."""
    given = os.environ.get("INTAKE_PASSPHRASE")
    if given:
        return given
    try:
        return getpass.getpass("Wachtzin: ")
    except EOFError:
        return ""
