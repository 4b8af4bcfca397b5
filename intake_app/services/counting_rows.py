"""What a counting row holds: of a talk, and of a contact after it; and how rows become counters (DOMAIN 8.10).

A row has a random number of its own. Those of one person cannot be laid beside each other: what must be known of
earlier ones (has this person counted as guided?) stands on the case card, as names of counters.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from intake_app.domain.counting import FOLLOW_UP_DAYS, PROGRESS_MONTHS, PROGRESSION, ContactFacts, quarter_of
from intake_app.domain.keeping import CountingRow
from intake_app.monitoring.people import FIRST_STEP, GUIDED, MADE, MOVED, PERSONS, TASTER
from intake_app.monitoring.tally import TALKS

LOCATION, EVENT, CENTRAL = "location", "event", "central"
_ABOUT = frozenset({LOCATION, EVENT, CENTRAL})
"""What a row says of itself: it is no counter."""
TALK, CONTACT = "talk", "contact"
_BY_STATUS = frozenset({PERSONS, GUIDED, TASTER, *(f"{MOVED}{months}" for months in PROGRESS_MONTHS)})
_REFERRAL, _STEP = MADE.partition(":")[0], FIRST_STEP.rstrip(":")
HIGHER = "higher"

Sums = dict[str, Counter[str]]
"""By place: counter to number."""


def talk_row(told: Mapping[str, str], day: date, *, location: str, central: bool) -> dict[str, str]:
    """A finished talk of somebody who wants to be counted. `told` are counters with their codes, empty ones left out.

    `central`: its record goes to the centre too, which then knows of the person what the tally need not tell.
    """
    content = {name: codes for name, codes in told.items() if codes} | {PERSONS: quarter_of(day), EVENT: TALK}
    return content | {LOCATION: location, CENTRAL: "yes" if central else ""}


def made(referrals: int) -> str:
    """The code of so many referrals."""
    return " ".join(["made"] * referrals)


def contact_row(
    facts: ContactFacts, talk_day: date, day: date, already: frozenset[str], *, handed_over: bool, group: str = ""
) -> tuple[dict[str, str], frozenset[str]]:
    """What one contact adds to the counters, and the counters this person has now added to.

    `already` is what earlier contacts gave. `handed_over`: the talk was finished and the plan was in hand. `group` is a
    target group that was confirmed only now. Not reached adds nothing: such a person stays among those asked about.
    """
    if not facts.reached:
        return {}, already
    cohort = quarter_of(talk_day)
    within = talk_day <= day <= talk_day + timedelta(days=FOLLOW_UP_DAYS)
    found = {TASTER: cohort} if facts.attended else {}
    if handed_over and within:
        found[GUIDED] = cohort
    if GUIDED in already or GUIDED in found:
        months = [one for one in PROGRESS_MONTHS if facts.month <= one]
        found |= {f"{MOVED}{one}": cohort for one in months if facts.outcome in PROGRESSION}
    if facts.first_step_days is not None:
        found[_STEP] = str(facts.first_step_days)
    if facts.skills:
        found["measured"] = "yes"
    if facts.skills == HIGHER:
        found["grown"] = "yes"
    if group:
        found["group"] = group
    found = {name: codes for name, codes in found.items() if name not in already}
    told = ["made"] * facts.made + ["arrived"] * facts.arrived
    return found | ({_REFERRAL: " ".join(told)} if told else {}), already | found.keys()


def sums(rows: Iterable[CountingRow], elsewhere: str) -> Sums:
    """All counters of rows by place; `elsewhere` is the place of rows that name none."""
    counts: Sums = defaultdict(Counter)
    for row in rows:
        place = row.content.get(LOCATION) or elsewhere
        # rows of before contacts counted all stand for a talk
        if row.content.get(EVENT, TALK) == TALK:
            counts[place][TALKS] += 1
        for name, codes in row.content.items():
            if name not in _ABOUT:
                counts[place].update(f"{name}:{code}" for code in codes.split())
    return dict(counts)


def sums_to_send(rows: Iterable[CountingRow], elsewhere: str) -> Sums:
    """The same without what `status` and `follow_up` tell of people who are known at the centre."""
    return sums((_without_status(row) for row in rows), elsewhere)


def _without_status(row: CountingRow) -> CountingRow:
    if not row.content.get(CENTRAL):
        return row
    kept = {name: codes for name, codes in row.content.items() if name not in {*_BY_STATUS, _REFERRAL, _STEP}}
    return CountingRow(row.row_id, row.quarter, kept | {EVENT: row.content.get(EVENT, "")})
