"""Counting without names: a row per talk with C6, summed into the tally when its quarter has ended (DOMAIN 8.10)."""

from __future__ import annotations

import json
import uuid
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime

from intake_app.domain.consent import ConsentCode
from intake_app.domain.keeping import CountingRow
from intake_app.services.conversation import Conversation
from intake_app.services.outgoing import Leaving, OpenForm, queue_open
from intake_app.services.policy import Action, guarded
from intake_app.services.ports import Store, UnitOfWork
from intake_app.services.records import write_record
from intake_app.services.tally import PREFIX, quarter_of
from intake_app.xforms.api import FormDefinition

TALKS = "talks"
WITHOUT = "talks_without_c2_or_c6"
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


def count_talk(uow: UnitOfWork, conversation: Conversation, consents: frozenset[ConsentCode], now: datetime) -> None:
    """Count a finished talk: a row with C6, only a number in the talks without C2 or C6. Practice never counts."""
    talk = conversation.talk
    if talk.header.practice:
        return
    quarter = quarter_of(now.date())
    if ConsentCode.COUNTING in consents:
        content = {name: talk.answers.text(concept) for name, concept in _ASKED.items()}
        content["location"] = talk.answers.host("location")
        content["other_language"] = "yes" if talk.language != "nl" else ""
        content["interpreter"] = "yes" if talk.answers.text("interpreter") in _INTERPRETERS else ""
        content["low_level"] = "yes" if _below_three(conversation) else ""
        uow.counting.add(
            CountingRow(str(uuid.uuid4()), quarter, {name: text for name, text in content.items() if text})
        )
    if not consents >= {ConsentCode.CENTRAL, ConsentCode.COUNTING}:
        counts = _counts(uow, quarter)
        counts[WITHOUT] += 1
        _keep_counts(uow, quarter, counts)


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
            location = uow.settings.get("installation.location")
            for counter, count in sorted((_sums(rows) + _counts(uow, quarter)).items()):
                _queue(uow, form, {"quarter": quarter, "counter": counter, "count": str(count)}, location, now)
                queued += 1
            uow.counting.remove(quarter)
            _keep_counts(uow, quarter, Counter())
            uow.commit()
    return queued


def _below_three(conversation: Conversation) -> bool:
    """Whether a chosen route leads to work below mbo level 3."""
    known = conversation.keeper.catalogue.occupations
    rows = conversation.talk.answers.rows("suggestions")
    chosen = [row.host("id") for row in rows if row.text("chosen") == "yes"]
    return any(known[name].highest_level < _LEVEL for name in chosen if name in known)


def _sums(rows: list[CountingRow]) -> Counter[str]:
    counts: Counter[str] = Counter({TALKS: len(rows)} if rows else {})
    for row in rows:
        counts.update(f"{name}:{code}" for name, text in row.content.items() for code in text.split())
    return counts


def _queue(uow: UnitOfWork, form: FormDefinition, told: Mapping[str, str], location: str, now: datetime) -> None:
    content = {"kind": "tally", "location": location, **told}
    # a tally is nobody's: the consent to send counts as given
    record = write_record(form, content, frozenset({ConsentCode.CENTRAL}))
    queue_open(uow, OpenForm(form), Leaving(record.instance_id, None, now, record.xml))


def _open_tallies(uow: UnitOfWork, today: date) -> list[str]:
    """Quarters of the last two years that have counts of their own."""
    quarters = [f"{year}-Q{number}" for year in range(today.year - 2, today.year + 1) for number in range(1, 5)]
    return [quarter for quarter in quarters if _counts(uow, quarter)]


def _counts(uow: UnitOfWork, quarter: str) -> Counter[str]:
    return Counter(json.loads(uow.settings.get(PREFIX + quarter) or "{}"))


def _keep_counts(uow: UnitOfWork, quarter: str, counts: Counter[str]) -> None:
    uow.settings.set(PREFIX + quarter, json.dumps(counts, sort_keys=True) if counts else "")
