"""An office over any store, invented people who walk through a talk, and a store whose disk can be full."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from lxml import etree

from intake_app.bootstrap import open_office, prepare
from intake_app.domain.clock import FixedClock
from intake_app.errors import DiskFull
from intake_app.services.conversation import Conversation
from intake_app.services.office import Office
from intake_app.services.ports import Store
from intake_app.services.rehearsal import Rehearsal, Script, read_script
from tests.fakes.places import settle
from tests.fakes.storage import InMemoryStore, InMemoryUnitOfWork

REPOSITORY = Path(__file__).resolve().parents[2]
TALKS = REPOSITORY / "resources" / "sample" / "talks"
MORNING = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)

BEGINNING = {
    "talk_language": "nl",
    "question": "work",
    "alone": "two_of_us",
    "version": "short",
    "age_group": "27_56",
    "explained": "clear",
    "consent_record": "yes",
    "call_name": "Truus Verzonnen",
    "municipality": "winterswijk",
}
"""Answers by concept that bring a talk past the consent to record."""

_EVERYBODY = {
    **BEGINNING,
    "cards": "card_h1 card_t9 card_w3",
    "family": "h t w",
    "top3": "card_h1 card_t9 card_w3",
    "ever_worked": "yes",
    "job": ["Kok"],
    "goal": "Ik wil werk vinden",
    "step": ["Ik ga langs bij het Werkcentrum"],
    "follow_up": "+14",
    "how": "here",
    "consent_contact": "yes",
    "contact": "0612345678",
    "consent_central": "yes",
    "know_step": "yes",
    "consent_form": "on_screen",
    "status": "complete",
}
WORKER = Script(
    "Dutch worker",
    {
        **_EVERYBODY,
        "work_now": "employee",
        "letter": "read_self",
        "basic_wish": "nothing_now",
        "obstacles": "nothing",
        "taster": "no",
        "referral": ["none"],
    },
)
REFUGEE = Script(
    "refugee with interpreter",
    {
        **_EVERYBODY,
        "talk_language": "ar",
        "interpreter": "interpreter_here",
        "alone": "with_interpreter",
        "work_now": "no",
        "nl_read": "a2",
        "basic_wish": "read",
        "obstacles": "money housing",
        "taster": "maybe",
        "referral": ["taalhuis"],
        "handover": ["message"],
        "share_consent": ["yes"],
    },
)
NT1 = Script(
    "NT1 jobseeker",
    {
        **_EVERYBODY,
        "work_now": "no",
        "letter": "someone_helps",
        "basic_wish": "read",
        "obstacles": "money housing",
        "taster": "maybe",
        "referral": ["taalhuis"],
        "handover": ["counsellor_calls"],
        "share_consent": ["yes"],
    },
)


class FullDiskStore(InMemoryStore):
    """A store in memory; while `full` is true nothing can be committed, and `room` counts what still can."""

    full = False
    room: int | None = None

    def unit_of_work(self) -> InMemoryUnitOfWork:
        return _OnFullDisk(self)

    def spend(self) -> None:
        if self.full or self.room == 0:
            raise DiskFull
        if self.room is not None:
            self.room -= 1


class _OnFullDisk(InMemoryUnitOfWork):
    def commit(self) -> None:
        store = self._store
        assert isinstance(store, FullDiskStore)
        store.spend()
        super().commit()


@cache
def _reference() -> Office:
    prepare()
    return open_office(InMemoryStore())


def make_office(store: Store | None = None, clock: FixedClock | None = None) -> Office:
    """An office over this store, with the forms, catalogue and rules that ship; the time stands still."""
    shared = _reference()
    store = store or InMemoryStore()
    settle(store)
    return Office(
        store=store,
        forms=shared.forms,
        catalogue=shared.catalogue,
        rules=shared.rules,
        clock=clock or FixedClock(MORNING),
        printer=shared.printer,
        find=shared.find,
        first_answers=shared.first_answers,
        work_facts=shared.work_facts,
    )


def sample_script(**changes: str) -> Script:
    """The sample conversation that ships, with some answers changed."""
    return read_script(TALKS / "short-refugee-cook.json", changes)


def played(office: Office, script: Script, *, practice: bool = False) -> Conversation:
    """A conversation in which a person has answered everything; recorded ones are played once and then opened."""
    if script.answers["consent_record"] != "yes":
        conversation = office.begin_talk(practice=practice)
        Rehearsal(conversation, script).play()
        return conversation
    begun_only = office.begin_talk(practice=practice)
    told(begun_only, {"age_group": str(script.answers["age_group"]), "consent_record": "yes"})
    header = begun_only.talk.header
    savepoint, name = _played_once(json.dumps([script.answers, script.find]))
    with office.store.unit_of_work() as uow:
        own = savepoint.replace(name.encode(), header.instance_id.encode())
        uow.drafts.save_savepoint(header.instance_id, own, 10_000)
        uow.commit()
    conversation = office.open_talk(header.instance_id)
    conversation.talk.set_host("participant_number", conversation.number)
    told(conversation, {"alone": str(script.answers["alone"]), "call_name": str(script.answers["call_name"])})
    return conversation


@cache
def _played_once(script: str) -> tuple[bytes, str]:
    answers, find = json.loads(script)
    conversation = make_office().begin_talk()
    Rehearsal(conversation, Script("once", answers, find)).play()
    return conversation.talk.stored_savepoint(), conversation.talk.header.instance_id


def begun(office: Office, **changes: str) -> Conversation:
    """A conversation just past the consent to record."""
    conversation = office.begin_talk()
    told(conversation, BEGINNING | changes)
    return conversation


def told(conversation: Conversation, answers: Mapping[str, str]) -> None:
    """Give answers by concept."""
    for concept, value in answers.items():
        change = conversation.answer(ref_of(conversation, concept), value)
        assert change.rejected is None, concept


def ref_of(conversation: Conversation, concept: str, row: int = 1) -> str:
    """The ref of a concept, in the row of that number where it is asked per row."""
    answers = conversation.talk.answers
    ref = answers.ref(concept)
    assert ref is not None, concept
    if ref.rsplit("/", 1)[0] in conversation.talk.definition.repeats:
        return answers.rows_with(concept)[row - 1].ref_of(concept)
    return ref


def names(refs: Sequence[str]) -> tuple[str, ...]:
    """The names of questions, without their place."""
    return tuple(ref.rsplit("/", 1)[-1] for ref in refs)


def asked(conversation: Conversation) -> frozenset[str]:
    """The names of all questions on the screens as they stand now."""
    return frozenset(name for screen in conversation.screens() for name in names(screen.refs))


def leaves(xml: bytes) -> dict[str, list[str]]:
    """Name of each leaf of a record to its texts."""
    found: dict[str, list[str]] = {}
    for element in etree.fromstring(xml).iter():
        if not len(element):
            found.setdefault(etree.QName(element).localname, []).append(element.text or "")
    return found
