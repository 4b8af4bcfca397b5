"""My people: the own caseload as a list, search while typing, and a person's file, opened by two matches."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from intake_app.catalogue.fold import fold
from intake_app.domain.clock import Clock
from intake_app.domain.consent import ConsentRecord
from intake_app.domain.draft import AuditLine, ParticipantRecord
from intake_app.domain.ids import InstanceId, ParticipantId
from intake_app.domain.instance import InstanceStatus
from intake_app.domain.keeping import CaseCard, Stay
from intake_app.domain.plan import PlanDocument
from intake_app.errors import PersonNotMatched, RecordErased, RecordMissing
from intake_app.plan.document import document_from_json
from intake_app.services.policy import Action, guarded
from intake_app.services.ports import Store, UnitOfWork

_NOT_DIGIT = re.compile(r"\D")
_BY_ONE = 30
"""So many people are read one by one; for more than that the whole list is quicker."""


class Standing(StrEnum):
    """How it stands with a person: a talk is open, records wait to be sent, all is sent, all is kept here, or only
    the case card is left; `known` where no talk stands."""

    OPEN = "open"
    WAITING = "waiting"
    SENT = "sent"
    KEPT = "kept"
    CARD = "card"
    KNOWN = "known"


@dataclass(frozen=True)
class PersonSummary:
    """A person as a list shows them. `same_name`: somebody else in the list is called the same."""

    participant_id: ParticipantId
    number: str
    standing: Standing
    last_at: datetime
    call_name: str = field(default="", repr=False)
    age_group: str = field(default="", repr=False)
    language: str = field(default="", repr=False)
    next_date: date | None = field(default=None, repr=False)
    practice: bool = False
    same_name: bool = False


@dataclass(frozen=True)
class KeptTalk:
    """A talk in a person's file: open, or finished with where its record stands."""

    instance_id: InstanceId
    at: datetime
    status: InstanceStatus


@dataclass(frozen=True)
class KeptPlan:
    """A plan that was handed over and can be printed again."""

    plan_number: str
    made_at: datetime
    document: PlanDocument = field(repr=False)


@dataclass(frozen=True)
class PersonFile:
    """Everything that is kept of one person here, the newest first."""

    summary: PersonSummary
    talks: tuple[KeptTalk, ...]
    plans: tuple[KeptPlan, ...]
    consents: tuple[ConsentRecord, ...] = field(repr=False)
    card: CaseCard | None = field(default=None, repr=False)


@guarded(Action.PEOPLE)
def list_people(store: Store) -> tuple[PersonSummary, ...]:
    """The own caseload, whoever was active last in front; people of whom only a case card is left included."""
    with store.unit_of_work() as uow:
        people, stays, cards = uow.participants.list(), uow.stays.list(), uow.cards.list()
    return summaries(people, stays, cards)


def summaries(
    participants: Iterable[ParticipantRecord], all_stays: Iterable[Stay], all_cards: Iterable[CaseCard]
) -> tuple[PersonSummary, ...]:
    """The list from what the store holds: who they are, what of them is here, and their case cards."""
    people = {person.participant_id: person for person in participants}
    stays = [stay for stay in all_stays if stay.own and stay.participant_id in people]
    cards = {card.participant_id: card for card in all_cards}
    names = {owner: fold(person.call_name) for owner, person in people.items()}
    names |= {owner: fold(card.call_name) for owner, card in cards.items() if owner not in people}
    times = Counter(names.values())
    found = [_of_person(people[stay.participant_id], stay, cards.get(stay.participant_id)) for stay in stays]
    found += [_of_card(card) for owner, card in cards.items() if owner not in people]
    marked = [_marked(one, times[names[one.participant_id]] > 1) for one in found]
    return tuple(sorted(marked, key=lambda one: one.last_at, reverse=True))


def people_of(uow: UnitOfWork, owners: Iterable[ParticipantId]) -> dict[ParticipantId, ParticipantRecord]:
    """Those of the own caseload among these, by id; who was erased or is somebody else's is left out."""
    wanted = set(owners)
    if len(wanted) > _BY_ONE:
        return {one.participant_id: one for one in uow.participants.list() if one.participant_id in wanted}
    found = {}
    for owner in wanted:
        with suppress(RecordMissing, RecordErased):
            found[owner] = uow.participants.get(owner)
    return found


def due(people: Iterable[PersonSummary], today: date) -> tuple[PersonSummary, ...]:
    """Whom to call today: the next date has come, the longest ago in front."""
    waiting = [person for person in people if person.next_date is not None and person.next_date <= today]
    return tuple(sorted(waiting, key=lambda person: person.next_date or today))


class PeopleSearch:
    """Finds people while one types, in memory: by the beginning of any word of the name, by digits of the number, and
    by `more` words (a status, a date) that the list shows of a person. Accents, case and the Arabic letters that people
    write either way make no difference."""

    def __init__(
        self, people: Sequence[PersonSummary], more: Callable[[PersonSummary], str] = lambda person: ""
    ) -> None:
        self._rows = [
            (person, _words(f"{person.call_name} {more(person)}"), _NOT_DIGIT.sub("", person.number))
            for person in people
        ]

    def find(self, text: str) -> tuple[PersonSummary, ...]:
        """Who fits every word, in the order of the list; everybody for an empty text."""
        rows = self._rows
        digits = _NOT_DIGIT.sub("", text)
        if len(digits) > 1 and not re.search(r"[^\W\d]", text):
            words = _split(text)
            return tuple(row[0] for row in rows if digits in row[2] or _fits(row[1], words))
        for one, other in _split(text):
            rows = [row for row in rows if one in row[1] or other in row[1]]
        return tuple([row[0] for row in rows])


def _fits(words: str, asked: Sequence[tuple[str, str]]) -> bool:
    return all(one in words or other in words for one, other in asked)


@guarded(Action.PEOPLE)
def open_file(
    store: Store, clock: Clock, participant_id: ParticipantId, *, call_name: str, age_group: str = "", number: str = ""
) -> PersonFile:
    """A person's file, for who knows the name and one thing more: the age group, or the number on the card.

    Two people called Fatima are so never mixed (DOMAIN 6.14). The opening is written in the access log. Raises
    PersonNotMatched when name or second mark do not fit, RecordMissing for somebody else's caseload, RecordErased.
    """
    with store.unit_of_work() as uow:
        card = uow.cards.of(participant_id)
        try:
            person = uow.participants.get(participant_id)
        except RecordMissing:
            if card is None:
                raise
            summary = _of_card(card)
        else:
            stays = {stay.participant_id: stay for stay in uow.stays.list()}
            summary = _of_person(person, stays[participant_id], card)
        _match(summary, call_name, age_group, number)
        found = _file(uow, summary, card)
        line = AuditLine(clock.now(), store.account.account_id, "person_opened", participant_id)
        uow.audit.add(line)
        uow.commit()
    return found


def _file(uow: UnitOfWork, summary: PersonSummary, card: CaseCard | None) -> PersonFile:
    owner = summary.participant_id
    if summary.standing is Standing.CARD:
        return PersonFile(summary, (), (), (), card)
    talks = [
        KeptTalk(header.instance_id, header.updated_at, InstanceStatus.INCOMPLETE)
        for header in uow.drafts.list()
        if header.participant_id == owner
    ]
    talks += [
        KeptTalk(record.instance_id, record.finalized_at, record.status)
        for record in uow.instances.of_participant(owner)
        if record.form_id == "intake"
    ]
    plans = [
        KeptPlan(plan.plan_number, plan.made_at, document_from_json(plan.document))
        for plan in uow.plans.of_participant(owner)
    ]
    return PersonFile(
        summary=summary,
        talks=tuple(sorted(talks, key=lambda talk: talk.at, reverse=True)),
        plans=tuple(reversed(plans)),
        consents=uow.consents.of(owner),
        card=card,
    )


def _match(person: PersonSummary, call_name: str, age_group: str, number: str) -> None:
    same_name = fold(call_name) == fold(person.call_name)
    same_number = bool(number.strip()) and _NOT_DIGIT.sub("", number) == _NOT_DIGIT.sub("", person.number)
    same_age = bool(age_group) and age_group == person.age_group
    if not (same_name and (same_number or same_age)):
        raise PersonNotMatched


def _of_person(person: ParticipantRecord, stay: Stay, card: CaseCard | None) -> PersonSummary:
    moments = [moment for moment in (stay.open_at, stay.finished_at, stay.confirmed_at) if moment is not None]
    return PersonSummary(
        participant_id=person.participant_id,
        number=person.number,
        standing=_standing(stay),
        last_at=max(moments, default=person.created_at),
        call_name=person.call_name.strip(),
        age_group=person.age_group,
        language=person.language,
        next_date=card.next_date if card else None,
        practice=person.practice,
    )


def _of_card(card: CaseCard) -> PersonSummary:
    return PersonSummary(
        participant_id=card.participant_id,
        number=card.number,
        standing=Standing.CARD,
        last_at=card.made_at,
        call_name=card.call_name.strip(),
        language=card.language,
        next_date=card.next_date,
        practice=card.practice,
    )


def _standing(stay: Stay) -> Standing:
    if stay.open_talks:
        return Standing.OPEN
    if stay.waiting:
        return Standing.WAITING
    if stay.confirmed_at is not None:
        return Standing.SENT
    return Standing.KEPT if stay.finished_at is not None else Standing.KNOWN


def _marked(person: PersonSummary, same_name: bool) -> PersonSummary:
    if not (same_name and person.call_name):
        return person
    return PersonSummary(**{**vars(person), "same_name": True})


def _bare(text: str) -> str:
    """The text without case and accents, with every word whole: an Arabic article is found while it is typed."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _words(text: str) -> str:
    """All words in both spellings, each after a space, to find beginnings in."""
    return " " + " ".join([fold(text), *re.findall(r"\w+", _bare(text))])


def _split(text: str) -> list[tuple[str, str]]:
    """Each typed word in both spellings, with the space that makes it a beginning."""
    found = []
    for word in re.findall(r"\w+", text):
        folded, bare = fold(word), _bare(word)
        if folded or bare:
            found.append((f" {folded or bare}", f" {bare or folded}"))
    return found
