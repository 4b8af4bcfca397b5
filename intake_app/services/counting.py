"""Counting without names: a row per talk with C6, summed into the tally when its quarter has ended (DOMAIN 8.10)."""

from __future__ import annotations

import json
import uuid
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime

from intake_app.domain.consent import ConsentCode
from intake_app.domain.counting import ContactFacts, TallyCount, quarter_of
from intake_app.domain.keeping import CountingRow
from intake_app.matching.score import route_level
from intake_app.monitoring.by_municipality import lives
from intake_app.monitoring.tally import WITHOUT, added
from intake_app.services.conversation import Conversation
from intake_app.services.counting_rows import (
    CENTRAL as CENTRAL_TOO,
)
from intake_app.services.counting_rows import (
    CONTACT,
    EVENT,
    LOCATION,
    TALK,
    Sums,
    contact_row,
    made,
    sums,
    sums_to_send,
    talk_row,
)
from intake_app.services.outgoing import Leaving, OpenForm, queue_open
from intake_app.services.policy import Action, guarded
from intake_app.services.ports import Store, UnitOfWork
from intake_app.services.records import write_record
from intake_app.services.tally import PREFIX
from intake_app.services.target_group import groups_that_fit
from intake_app.xforms.api import FormDefinition

_ASKED = {
    "municipality": "municipality",
    "talk_form": "version",
    "group": "target_group",
    "found_us": "found_us",
    "useful": "useful",
    "know_place": "know_place",
}
"""Counter to the concept whose answer it counts."""
_LEVEL = 3
_INTERPRETERS = frozenset({"interpreter_here", "phone_interpreter"})
_NOT_THERE, _NO_PARTNER = "needed_not_here", "none"
COUNTED = "counted."
"""Begins the setting that keeps a quarter's counts, all of them, for the numbers of this laptop (tallies stay)."""
_FIRST_YEAR = 2026


def count_talk(uow: UnitOfWork, conversation: Conversation, consents: frozenset[ConsentCode], now: datetime) -> None:
    """Count a finished talk: a row with C6, only a number in the talks without C2 or C6. Practice never counts.

    Somebody who has counted before is not counted again, and neither is a talk that was opened again.
    """
    talk = conversation.talk
    if talk.header.practice:
        return
    day, central = now.date(), ConsentCode.CENTRAL in consents
    if ConsentCode.COUNTING in consents:
        if not _has_counted(uow, conversation):
            row = talk_row(_told(conversation), day, location=talk.answers.host("location"), central=central)
            uow.counting.add(CountingRow(str(uuid.uuid4()), quarter_of(day), row))
        if central:
            return
    add_to_tally(uow, quarter_of(day), WITHOUT)


def count_contact(
    uow: UnitOfWork,
    facts: ContactFacts,
    already: frozenset[str],
    *,
    talk_day: date,
    now: datetime,
    handed_over: bool,
    location: str,
    central: bool,
    group: str = "",
    newly: bool = False,
) -> frozenset[str]:
    """Count what a follow-up told of somebody who wants to be counted (C6); gives what the person now has counted for.

    `already` is what it gave the time before, to be kept on the case card (empty at first). `handed_over`: the talk was
    complete and the plan was in hand. `central`: status and follow_up go to the centre (C2). `group` is a target group
    confirmed only now, `newly` that the consent was given only now, so that the talk itself counts as well. Not for
    practice. Belongs inside the transaction of the follow-up.
    """
    content, counted = contact_row(facts, talk_day, now.date(), already, handed_over=handed_over, group=group)
    if newly and TALK not in already:
        content = talk_row(content, talk_day, location=location, central=central)
        counted |= {TALK}
    elif content:
        content |= {EVENT: CONTACT, LOCATION: location, CENTRAL_TOO: "yes" if central else ""}
    if content:
        uow.counting.add(CountingRow(str(uuid.uuid4()), quarter_of(now.date()), content))
    return counted


@guarded(Action.UPKEEP)
def close_quarters(store: Store, form: FormDefinition, today: date, now: datetime) -> int:
    """Freeze the tally of every quarter that has ended and delete its rows; gives how many records were queued.

    One record per counter, without any number of a person, in one transaction per quarter.
    """
    running = quarter_of(today)
    with store.unit_of_work() as uow:
        waiting = {row.quarter for row in uow.counting.list()} | set(_open_tallies(uow, today))
    queued = 0
    for quarter in sorted(one for one in waiting if one < running):
        with store.unit_of_work() as uow:
            rows = [row for row in uow.counting.list() if row.quarter == quarter]
            here = uow.settings.get("installation.location")
            own = {here: _counts(uow, quarter)}
            for place, counts in added(sums_to_send(rows, here), own).items():
                for counter, count in sorted(counts.items()):
                    _queue(uow, form, {"quarter": quarter, "counter": counter, "count": str(count)}, place, now)
                    queued += 1
            _freeze(uow, quarter, added(sums(rows, here), own))
            uow.counting.remove(quarter)
            _keep_counts(uow, quarter, Counter())
            uow.commit()
    return queued


@guarded(Action.COUNTS)
def local_tally(store: Store, today: date) -> tuple[TallyCount, ...]:
    """Everything this laptop has counted: the frozen quarters, and the running one as it stands."""
    with store.unit_of_work() as uow:
        here = uow.settings.get("installation.location")
        rows = uow.counting.list()
        found = []
        for quarter in _quarters(today):
            frozen: Sums = {place: Counter(told) for place, told in _frozen(uow, quarter).items()}
            running = sums([row for row in rows if row.quarter == quarter], here)
            whole = added(frozen, running, {here: _counts(uow, quarter)})
            found += [
                TallyCount(place, quarter, counter, count)
                for place, counts in sorted(whole.items())
                for counter, count in sorted(counts.items())
            ]
    return tuple(found)


def _freeze(uow: UnitOfWork, quarter: str, counts: Sums) -> None:
    whole = added({place: Counter(told) for place, told in _frozen(uow, quarter).items()}, counts)
    uow.settings.set(COUNTED + quarter, json.dumps(whole, sort_keys=True))


def _frozen(uow: UnitOfWork, quarter: str) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = json.loads(uow.settings.get(COUNTED + quarter) or "{}")
    return found


def _quarters(today: date) -> list[str]:
    return [f"{year}-Q{number}" for year in range(_FIRST_YEAR, today.year + 1) for number in range(1, 5)]


def _has_counted(uow: UnitOfWork, conversation: Conversation) -> bool:
    """Whether the person agreed to be counted before this talk began: then an earlier talk has counted."""
    header = conversation.talk.header
    known = uow.consents.of(header.participant_id)
    return any(one.code is ConsentCode.COUNTING and one.stands and one.at < header.started_at for one in known)


def _told(conversation: Conversation) -> dict[str, str]:
    """What is counted of a talk, by counter."""
    talk, keeper = conversation.talk, conversation.keeper
    found = {name: talk.answers.text(concept) for name, concept in _ASKED.items()}
    help_there = talk.answers.text("interpreter")
    found["other_language"] = "yes" if talk.language != "nl" else ""
    found["interpreter"] = "yes" if help_there in _INTERPRETERS else ""
    found["needed_not_here"] = "yes" if help_there == _NOT_THERE else ""
    level = route_level(keeper.profile(), keeper.rules)
    found["low_level"] = "" if level is None else "yes" if level < _LEVEL else "no"
    partners = [row.text("referral") for row in talk.answers.rows_with("referral")]
    found["referral"] = made(sum(bool(one) and one != _NO_PARTNER for one in partners))
    found["suggested"] = _suggested(conversation, found["group"])
    found["lives"] = lives(found["municipality"], found["group"])
    if found["group"]:
        found["also"] = " ".join(one for one in groups_that_fit(talk.answers) if one != found["group"])
    return found


def _suggested(conversation: Conversation, group: str) -> str:
    """The sectors that were proposed to somebody of a target group, each once."""
    known = conversation.keeper.catalogue.occupations
    names = [row.host("id") for row in conversation.talk.answers.rows("suggestions")]
    sectors = {known[name].sector for name in names if name in known}
    return " ".join(f"{group}.{sector}" for sector in sorted(sectors)) if group else ""


def _queue(uow: UnitOfWork, form: FormDefinition, told: Mapping[str, str], location: str, now: datetime) -> None:
    content = {"kind": "tally", "location": location, **told}
    # a tally is nobody's: the consent to send counts as given
    record = write_record(form, content, frozenset({ConsentCode.CENTRAL}))
    queue_open(uow, OpenForm(form), Leaving(record.instance_id, None, now, record.xml))


def _open_tallies(uow: UnitOfWork, today: date) -> list[str]:
    """Quarters that have counts of their own."""
    return [quarter for quarter in _quarters(today) if _counts(uow, quarter)]


def add_to_tally(uow: UnitOfWork, quarter: str, counter: str) -> None:
    """Add one to a counter that is of nobody in particular."""
    counts = _counts(uow, quarter)
    counts[counter] += 1
    _keep_counts(uow, quarter, counts)


def _counts(uow: UnitOfWork, quarter: str) -> Counter[str]:
    return Counter(json.loads(uow.settings.get(PREFIX + quarter) or "{}"))


def _keep_counts(uow: UnitOfWork, quarter: str, counts: Counter[str]) -> None:
    uow.settings.set(PREFIX + quarter, json.dumps(counts, sort_keys=True) if counts else "")
