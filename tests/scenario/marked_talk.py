"""Run as a process of its own: a talk in which every field that takes words is filled with a word that is nowhere else.

`python marked_talk.py FOLDER STAGE`; stages: use, open, broken, erase. The passphrase comes by the environment.
"""

from __future__ import annotations

import faulthandler
import os
import sys
import time
import traceback
import unicodedata
from pathlib import Path

from sqlalchemy import Engine, event

from intake_app.errors import IntakeError
from intake_app.platform.crash_report import CrashReport
from intake_app.services.conversation import Conversation
from intake_app.services.office import Office
from intake_app.services.people import PeopleSearch, list_people, open_file
from intake_app.services.rehearsal import Rehearsal, read_script
from intake_app.storage.gate import SqlStore, SqlStoreGate
from tests.fakes.encrypted import CHEAP
from tests.services.helps import BEGINNING, TALKS, make_office, told

STEM = "Zqmérkwoordمتحف"
PHONE, DAY, SEARCHED = "0698712345", "2031-08-17", f"{STEM}zoek"
TYPED = f"{STEM}halfgetypt"


def mark_of(name: str) -> str:
    """The word for one field; every second one with its accents apart, as some keyboards send them."""
    word = f"{STEM}{name}"
    return unicodedata.normalize("NFD" if len(name) % 2 else "NFC", word)


class Marked(Rehearsal):
    """Answers as the sample does, and puts a word of its own into every field that takes words."""

    def _value(self, concept: str, ref: str) -> str:
        view = self._conversation.talk.entry.node(ref)
        name = ref.rsplit("/", 1)[-1]
        if concept in {"contact", "phone"}:
            return PHONE
        if view.control == "input" and view.type == "string":
            return mark_of(name)
        if view.control == "input" and view.type == "date":
            return DAY
        return super()._value(concept, ref)


def opened(folder: Path) -> SqlStore:
    gate = SqlStoreGate(folder, CHEAP)
    passphrase = os.environ["INTAKE_PASSPHRASE"]
    return gate.unlock(passphrase) if gate.exists() else gate.create(passphrase, "Anneke", "site_lead", "counsellor")


def live(office: Office) -> Conversation:
    conversation = office.begin_talk(practice=True, talk_form="full")
    script = read_script(TALKS / "short-refugee-cook.json", {"version": "full"})
    Marked(conversation, script).play()
    office.search(SEARCHED, "nl")
    return conversation


def look_up(office: Office) -> None:
    people = list_people(office.store)
    PeopleSearch(people).find(SEARCHED)
    for person in people:
        open_file(
            office.store, office.clock, person.participant_id, call_name=person.call_name, number=str(person.number)
        )


def use(office: Office) -> None:
    """A talk that is finished and printed, a second that is left in the middle of a word, and a look in the files."""
    first = live(office)
    office.render(office.plan(first))
    office.finish(first)
    leave_open(office)
    look_up(office)


def light(office: Office) -> Conversation:
    """A talk just past the consent to record, with a name."""
    conversation = office.begin_talk(practice=True)
    told(conversation, BEGINNING | {"call_name": mark_of("naam")})
    return conversation


def leave_open(office: Office) -> None:
    """Stop in the middle of a word."""
    conversation = light(office)
    ref = str(conversation.talk.answers.ref("goal"))
    for length in range(len(STEM), len(TYPED) + 1):
        conversation.talk.type(ref, TYPED[:length])


def break_it(office: Office, folder: Path) -> None:
    """Everything that says an error says it: text, chain, report, and what the process leaves when it is struck."""
    conversation = light(office)
    report = CrashReport(folder)
    report.watch_process()

    def no(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("INSERT"):
            raise OSError(f"the disk says no to {TYPED}")

    event.listen(Engine, "before_cursor_execute", no)
    try:
        conversation.answer(str(conversation.talk.answers.ref("goal")), TYPED)
    except OSError as error:
        report.write(error)
    event.remove(Engine, "before_cursor_execute", no)
    with office.store.unit_of_work() as uow:
        uow._inside().session.connection().exec_driver_sql("DROP TABLE journal_entry")
        uow.commit()
    try:
        conversation.answer(str(conversation.talk.answers.ref("goal")), TYPED)
    except IntakeError as error:
        traceback.print_exception(error)
        sys.stderr.write(f"{error!r} {error.params} {vars(error)}\n")
    sys.stdout.write(f"{conversation!r} {conversation.talk!r} {office.open_drafts()} {list_people(office.store)}\n")
    sys.stdout.flush()
    faulthandler._sigsegv()


def main() -> None:
    folder, stage = Path(sys.argv[1]), sys.argv[2]
    store = opened(folder)
    office = make_office(store)
    if stage == "use":
        use(office)
    elif stage == "open":
        leave_open(office)
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        time.sleep(600)
    elif stage == "broken":
        break_it(office, folder)
    else:
        with store.unit_of_work() as uow:
            for person in uow.participants.list():
                uow.participants.erase(person.participant_id, office.clock.now())
            uow.commit()
    store.close()


if __name__ == "__main__":
    main()
