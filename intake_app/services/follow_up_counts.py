"""The counts of a talk after a follow-up: its `status` record anew, flags only with C6 (DOMAIN 7.2, 8.10)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from intake_app.domain.consent import ConsentCode
from intake_app.domain.counting import FOLLOW_UP_DAYS, ContactFacts
from intake_app.monitoring.skills import grew
from intake_app.profile.answers import Answers
from intake_app.services.case_cards import COMPLETE, HANDED_OVER
from intake_app.services.caseload import NO_CHANGE
from intake_app.services.follow_up_known import MEASURED, STATUS, Known
from intake_app.services.follow_up_talk import plan_day
from intake_app.services.follow_up_told import DONE, Told
from intake_app.services.policy import Action, guarded
from intake_app.services.records import Record, write_record
from intake_app.xforms.api import FormEntry

if TYPE_CHECKING:
    from intake_app.services.office import Office

HIGHER, SAME = "higher", "same"


def facts_of(known: Known, told: Told, start: date, today: date) -> ContactFacts:
    """What this contact adds to the counts of the laptop, without any number of a person."""
    before = {concept: known.intake.text(concept) for concept in MEASURED} if known.intake is not None else {}
    grown = grew(before, told.levels, told.meter)
    first = _first_step(start, told)
    return ContactFacts(
        reached=told.reached,
        month=max((today.year - start.year) * 12 + today.month - start.month - (today.day < start.day), 0),
        outcome=told.outcome,
        attended=len(told.attended),
        arrived=len(told.arrived),
        skills="" if grown is None else HIGHER if grown else SAME,
        first_step_days=int(first) if first else None,
    )


def was_handed_over(known: Known) -> bool:
    """Whether the talk was complete and the plan was in hand: by the talk itself, else by what the card kept of it."""
    if known.intake is not None:
        return known.intake.text("status") == COMPLETE and known.intake.host("plan_handed_over") == "yes"
    return known.card is not None and HANDED_OVER in known.card.counted


@guarded(Action.PEOPLE)
def status_after(
    office: Office, known: Known, told: Told, consents: frozenset[ConsentCode], before: bytes | None
) -> Record:
    """The `status` record after this talk: an edit of `before`, or a new one where the earlier is no longer here."""
    form = office.forms[STATUS]
    earlier = Answers(FormEntry.restore(form, before), form) if before is not None else None

    def was(name: str) -> str:
        return earlier.host(name) if earlier is not None else ""

    content = {
        "kind": "talk",
        "location": was("location") or office.installation.location,
        "form_version": was("form_version") or form.version,
        "participant_number": known.number,
        "talk_id": was("talk_id") or known.talk_id,
        "finished_date": was("finished_date") or plan_day(office, known).isoformat(),
        "guided": _guided(office, known, told, was("guided"), was("state"), was("plan_handed_over")),
        "outcome": told.outcome or was("outcome"),
        "taster_attended": "yes" if told.attended else was("taster_attended"),
        "days_to_first_step": was("days_to_first_step") or _first_step(plan_day(office, known), told),
        "referrals_made": was("referrals_made") or str(len(known.referrals())),
        "referrals_arrived": str(max(len(told.arrived), int(was("referrals_arrived") or 0))),
        **NO_CHANGE,
    }
    return write_record(form, content, consents, before)


def _guided(office: Office, known: Known, told: Told, was: str, state: str, handed_over: str) -> str:
    """Actively guided: finished, the plan handed over, and spoken to within 90 days (DOMAIN 7.2)."""
    if was == "yes":
        return was
    in_time = (office.clock.today() - plan_day(office, known)).days <= FOLLOW_UP_DAYS
    return "yes" if told.reached and in_time and state == COMPLETE and handed_over == "yes" else "no"


def _first_step(start: date, told: Told) -> str:
    days = [step.done_on for step in told.steps if step.result == DONE and step.done_on is not None]
    return str(max((min(days) - start).days, 0)) if days else ""
