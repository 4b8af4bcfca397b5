"""From talks and contacts to counters: every person once, and what holds of them (DOMAIN 7.2).

The counters are those that a laptop writes in its tally (`monitoring.tally`): both sources add up to one report.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from intake_app.domain.counting import (
    FOLLOW_UP_DAYS,
    PROGRESS_MONTHS,
    PROGRESSION,
    Contact,
    CountedTalk,
    Evidence,
    Period,
    add_months,
)

Counts = dict[str, Counter[str]]
"""By place: counter to number."""

PERSONS, GUIDED, PILOT, TASTER = "persons", "guided", "pilot", "taster"
MADE, ARRIVED, FIRST_STEP = "referral:made", "referral:arrived", "first_step:"
DUE, MOVED = "due_", "moved_"
PILOT_FIRST, PILOT_LAST = date(2027, 1, 1), date(2027, 6, 30)
"""The pilot of ind03, the first two quarters of 2027."""
COMPLETE = "complete"


def counts_of_people(evidence: Evidence, period: Period) -> Counts:
    """What holds of the people with a counted talk in the period, by the place of the talk that counts."""
    counts: Counts = defaultdict(Counter)
    by_person: dict[str, list[CountedTalk]] = defaultdict(list)
    for talk in evidence.talks:
        if talk.counted and period.holds(talk.finished):
            by_person[talk.person].append(talk)
    for person, talks in by_person.items():
        known = sorted(evidence.contacts.get(person, ()), key=lambda contact: contact.day)
        contacts = [contact for contact in known if contact.day <= period.as_of and contact.reached]
        talks.sort(key=lambda talk: talk.finished)
        anchor = guided_talk(talks, contacts) or talks[0]
        counts[anchor.location].update(_person(talks, contacts, period))
    return dict(counts)


def guided_talk(talks: Iterable[CountedTalk], contacts: Iterable[Contact]) -> CountedTalk | None:
    """The first talk by which a person is actively guided: finished, plan in hand, spoken to within 90 days."""
    days = [contact.day for contact in contacts if contact.reached]
    for talk in talks:
        edge = talk.finished + timedelta(days=FOLLOW_UP_DAYS)
        followed = talk.guided or any(talk.finished <= day <= edge for day in days)
        if talk.state == COMPLETE and talk.handed_over and followed:
            return talk
    return None


def moved_on(intake: date, months: int, contacts: Iterable[Contact]) -> bool:
    """Whether work, more work, a course or a work-learning place began within so many months after the intake.

    The month that was told decides where there is one; one before the month of the intake is no step forward. Without a
    month the day of the contact decides.
    """
    edge = add_months(intake, months)
    for contact in contacts:
        if contact.outcome not in PROGRESSION or not contact.reached:
            continue
        began = contact.outcome_month or contact.day
        if intake.replace(day=1) <= began <= edge:
            return True
    return False


def first_step(plan: date, contacts: Iterable[Contact]) -> int | None:
    """Days from the plan to the first step that was done, or None; a step done before the plan counts as no days."""
    done = [day for contact in contacts for day in contact.steps_done]
    return max(0, (min(done) - plan).days) if done else None


def _person(talks: list[CountedTalk], contacts: list[Contact], period: Period) -> Iterator[str]:
    """The counters one person adds to; a counter that counts things, not people, may come more than once."""
    yield PERSONS
    if any(PILOT_FIRST <= talk.finished <= PILOT_LAST for talk in talks):
        yield PILOT
    if any(talk.taster for talk in talks) or any(contact.attended for contact in contacts):
        yield TASTER
    yield from _referrals(talks, contacts)
    days = first_step(talks[0].finished, contacts)
    if days is None:
        days = min((talk.first_step_days for talk in talks if talk.first_step_days is not None), default=None)
    if days is not None:
        yield f"{FIRST_STEP}{days}"
    guided = guided_talk(talks, contacts)
    if guided is not None:
        yield GUIDED
        yield from _progress(guided, contacts, period)


def _referrals(talks: list[CountedTalk], contacts: list[Contact]) -> Iterator[str]:
    made = sum(talk.referrals for talk in talks)
    arrived = max(sum(talk.arrived for talk in talks), sum(contact.arrived for contact in contacts))
    yield from (MADE,) * made
    yield from (ARRIVED,) * min(made, arrived)


def _progress(talk: CountedTalk, contacts: list[Contact], period: Period) -> Iterator[str]:
    """After 3, 6 and 12 months; who was not reached or said nothing stays among those it is reckoned over."""
    told = any(contact.outcome for contact in contacts)
    for months in PROGRESS_MONTHS:
        if add_months(talk.finished, months) > period.as_of:
            continue
        yield f"{DUE}{months}"
        # an outcome without its contact has no date: it can only be told to lie within the last follow-up
        by_flag = not told and months == PROGRESS_MONTHS[-1] and talk.outcome in PROGRESSION
        if by_flag or moved_on(talk.finished, months, contacts):
            yield f"{MOVED}{months}"
