"""The counts of a talk after a follow-up: its `status` record anew, flags only with C6 (DOMAIN 7.2, 8.10)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from intake_app.domain.consent import ConsentCode
from intake_app.domain.counting import FOLLOW_UP_DAYS
from intake_app.profile.answers import Answers
from intake_app.services.follow_up_known import STATUS, Known
from intake_app.services.follow_up_talk import plan_day
from intake_app.services.follow_up_told import DONE, Told
from intake_app.services.policy import Action, guarded
from intake_app.services.records import Record, write_record
from intake_app.xforms.api import FormEntry

if TYPE_CHECKING:
    from intake_app.services.office import Office

COMPLETE = "complete"


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
