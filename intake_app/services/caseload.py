"""The entity list `caseload`: what this laptop tells of a number, and what the other sites of the organisation told."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from intake_app.domain.caseload import CASELOAD, CaseVersion, ListedCase, digits_of, entity_id, start_of
from intake_app.domain.consent import ConsentCode
from intake_app.domain.ids import ParticipantId
from intake_app.errors import RecordMissing
from intake_app.services.policy import Action, guarded
from intake_app.services.records import Record, write_record
from intake_app.xforms.api import FormDefinition, Ports

if TYPE_CHECKING:
    from intake_app.services.office import Office

LIST_FILE = "caseload.csv"
CREATE, UPDATE = "create", "update"
CLOSED = "closed"
"""Status of somebody with whom no talk follows any more."""
FOLLOWED = "followed"
"""Status of somebody who is spoken to again, after the talk itself has left the laptop."""
LEAST_DIGITS = 8
"""So many figures has a participant number; less is still being typed."""
_KIND = f"<kind>{CASELOAD}</kind>".encode()
_ENTITY = re.compile(rb"<(?:\w+:)?entity\b[^>]*>")
_ACTS = re.compile(rb'(?:create|update)="(?:1|true)"')
_TRUE = frozenset({"1", "true"})
_ATTRIBUTE = re.compile(rb'(\w+)="([^"]*)"')
_LEAVES = frozenset({ConsentCode.CENTRAL})
Listed = Mapping[str, ListedCase]
"""Rows by the figures of their number."""
ReadListed = Callable[[], Listed]


@dataclass(frozen=True)
class CaseNews:
    """What is to be told of a number now."""

    number: str
    talk_id: str
    status: str
    next_date: date | None


@dataclass(frozen=True)
class CaseChange:
    """Host nodes of a `status` record that makes or changes the row, and the list by which its versions are found."""

    content: Mapping[str, str] = field(repr=False)
    ports: Ports = field(repr=False)


NO_CHANGE = {"next_date": "", "entity_id": "", "entity_action": ""}
"""The same nodes in a record that leaves the list alone."""


@dataclass(frozen=True)
class KnownElsewhere:
    """A number that another site of the organisation knows; nothing of what was said."""

    number: str
    organisation: str
    status: str
    next_date: date | None


@dataclass(frozen=True)
class CaseElsewhere:
    """One of the own people with the next day here and the row as another site left it."""

    participant_id: ParticipantId
    number: str
    here: date | None
    there: ListedCase
    call_name: str = field(default="", repr=False)


@dataclass(frozen=True)
class _Told:
    """What the newest change of this laptop said, and where it started."""

    version: CaseVersion
    made: bool
    status: str
    next_date: str


def is_caseload(xml: bytes) -> bool:
    """Whether a `status` record only changes the list."""
    return _KIND in xml


def tells_list(xml: bytes) -> bool:
    """Whether a record makes or changes the row, alone or beside the counts of a first talk."""
    found = _ENTITY.search(xml)
    return found is not None and _ACTS.search(found[0]) is not None


def telling_list_as(before: bytes, xml: bytes) -> bytes:
    """A record that was read and written again, telling the list what it told: an engine without the list of then
    would compute other versions."""
    told = _ENTITY.search(before)
    return _ENTITY.sub(lambda _: told[0], xml, count=1) if told is not None else xml


def read_list(content: bytes) -> Listed:
    """The rows of a list that came whole; a row without a number is passed over."""
    found: dict[str, ListedCase] = {}
    for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")):
        number = row.get("number") or row.get("label") or ""
        if digits_of(number):
            found[digits_of(number)] = ListedCase(
                number, row.get("status") or "", _day(row.get("next_date") or ""), int(row["__version"])
            )
    return found


def joined_lists(before: bytes, now: bytes, deleted: frozenset[str]) -> bytes:
    """The new list, with the rows of the old one that are only out of sight: not in the new one and not deleted."""
    old, new = (list(csv.reader(io.StringIO(one.decode("utf-8-sig"), newline=""))) for one in (before, now))
    if not old or not new or old[0] != new[0]:
        return now
    at = new[0].index("name")
    here = {row[at] for row in new[1:]}
    kept = [row for row in old[1:] if row[at] not in here and row[at] not in deleted]
    if not kept:
        return now
    return _csv([*new, *kept])


def names_in(content: bytes) -> frozenset[str]:
    """The ids of a list."""
    return frozenset(row["name"] for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def case_change(news: CaseNews, before: bytes | None, listed: ListedCase | None) -> CaseChange | None:
    """What makes or changes the row; None when the list says so already.

    `before` is the last record of this laptop that did, sent or not; `listed` the row as the centre gave it last.
    """
    mine = _last(before)
    start = start_of(mine.version if mine else None, mine is not None and mine.made, listed)
    told = (news.status, news.next_date.isoformat() if news.next_date else "")
    from_centre = start is not None and start.base == start.trunk
    if start is not None and told == _stands(mine, listed, from_centre=from_centre):
        return None
    content = {
        "participant_number": news.number,
        "talk_id": news.talk_id,
        "state": told[0],
        "next_date": told[1],
        "entity_id": entity_id(news.number),
        "entity_action": CREATE if start is None else UPDATE,
    }
    return CaseChange(content, Ports(lists={LIST_FILE: _one_row(news.number, start)}))


def case_record(form: FormDefinition, change: CaseChange) -> Record:
    """A `status` record that does nothing but change the row: the server works no edit of a record off for its list."""
    return write_record(form, {"kind": CASELOAD, **change.content}, _LEAVES, ports=change.ports)


@guarded(Action.PEOPLE)
def known_elsewhere(office: Office, typed: str) -> KnownElsewhere | None:
    """Whether a whole number that is typed is known at another site of the organisation, and not here."""
    digits = digits_of(typed)
    if len(digits) < LEAST_DIGITS:
        return None
    listed = office.caseload().get(digits)
    if listed is None:
        return None
    with office.store.unit_of_work() as uow:
        people, cards = uow.participants.list(), uow.cards.list()
    own = {digits_of(one.number) for one in people} | {digits_of(one.number) for one in cards}
    if digits in own:
        return None
    place = office.installation
    return KnownElsewhere(listed.number, place.organisation, listed.status, listed.next_date)


@guarded(Action.PEOPLE)
def changed_elsewhere(office: Office, number: str) -> ListedCase | None:
    """The row of one of the own people as the centre gave it, when another site changed it after this laptop did."""
    listed = office.caseload().get(digits_of(number))
    mine = _last(_newest(office, number))
    if listed is None or mine is None:
        return None
    after = 1 if mine.made else mine.version.base + 1
    same = (mine.status, mine.next_date) == (listed.status, listed.next_date.isoformat() if listed.next_date else "")
    return listed if listed.version > after and not same else None


@guarded(Action.PEOPLE)
def changed_cases(office: Office) -> tuple[CaseElsewhere, ...]:
    """Own people whose next day another site set otherwise, after this laptop told its own."""
    listed = office.caseload()
    with office.store.unit_of_work() as uow:
        cards = [card for card in uow.cards.list() if digits_of(card.number) in listed]
    found = []
    for card in cards:
        if card.next_date == listed[digits_of(card.number)].next_date:
            continue
        there = changed_elsewhere(office, card.number)
        if there is not None:
            found.append(CaseElsewhere(card.participant_id, card.number, card.next_date, there, card.call_name))
    return tuple(found)


def _newest(office: Office, number: str) -> bytes | None:
    with office.store.unit_of_work() as uow:
        person = next((one for one in uow.participants.list() if digits_of(one.number) == digits_of(number)), None)
        if person is None:
            return None
        card = uow.cards.of(person.participant_id)
        owners = [person.participant_id, *([type(person.participant_id)(card.card_id)] if card else [])]
        found = [(one.finalized_at, one.xml) for one in uow.instances.of_participant(person.participant_id)]
        for owner in owners:
            try:
                found += [(one.at, one.xml) for one in uow.follow_ups.of(owner)]
            except RecordMissing:
                continue
    return max((one for one in found if tells_list(one[1])), default=(None, None))[1]


def _last(before: bytes | None) -> _Told | None:
    """The newest change of this laptop, read from its own frozen bytes: an engine would compute the versions anew."""
    found = _ENTITY.search(before) if before is not None else None
    if before is None or found is None:
        return None
    named = {name.decode(): value.decode() for name, value in _ATTRIBUTE.findall(found[0])}
    texts = {name: _text_of(before, name) for name in (b"state", b"next_date")}
    version = CaseVersion(
        int(named.get("baseVersion") or 0), int(named.get("trunkVersion") or 0), named.get("branchId", "")
    )
    return _Told(version, named.get("create") in _TRUE, texts[b"state"], texts[b"next_date"])


def _text_of(xml: bytes, name: bytes) -> str:
    found = re.search(b"<" + name + b">([^<]*)<", xml)
    return found[1].decode() if found else ""


def _stands(mine: _Told | None, listed: ListedCase | None, *, from_centre: bool) -> tuple[str, str]:
    if from_centre and listed is not None:
        return listed.status, listed.next_date.isoformat() if listed.next_date else ""
    return (mine.status, mine.next_date) if mine else ("", "")


def _one_row(number: str, start: CaseVersion | None) -> bytes:
    header = ["name", "label", "__version", "__trunkVersion", "__branchId"]
    if start is None:
        return _csv([header])
    trunk = str(start.trunk) if start.trunk else ""
    return _csv([header, [entity_id(number), number, str(start.base), trunk, start.branch]])


def _csv(rows: list[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
