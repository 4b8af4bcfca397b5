"""What the Werkcentrum gets beside the talk: who it is, the plan, and a line for counting (DOMAIN 8.10)."""

from __future__ import annotations

from intake_app.domain.consent import ConsentCode
from intake_app.domain.plan import PlanDocument, PlanReferral, PlanStep
from intake_app.profile.answers import Answers
from intake_app.services.caseload import NO_CHANGE, CaseChange
from intake_app.services.conversation import Conversation
from intake_app.services.plans import sensitivity
from intake_app.services.records import Record, write_record
from intake_app.xforms.api import FormDefinition, FormEntry

Consents = frozenset[ConsentCode]


def participant_record(
    form: FormDefinition, conversation: Conversation, consents: Consents, before: bytes | None = None
) -> Record:
    """Name, plan language and, with C3, how to reach the person; the only central form with a name.

    `before` is the record of an earlier talk that this one replaces; so it is for the two below.
    """
    answers = conversation.talk.answers
    return write_record(
        form,
        {
            "talk_id": conversation.talk.instance_id,
            "participant_number": conversation.number,
            "call_name": answers.text("call_name"),
            "plan_language": answers.text("plan_form") or conversation.talk.language,
            "contact": answers.text("contact"),
            "email": answers.text("email"),
            "contact_way": answers.text("contact_way"),
            "consent_central": _yes(ConsentCode.CENTRAL in consents),
            "consent_contact": _yes(ConsentCode.CONTACT in consents),
            "family_name": answers.text("family_name"),
            "birth_year": answers.text("birth_year"),
        },
        consents,
        before,
    )


def plan_record(
    form: FormDefinition,
    conversation: Conversation,
    plan: PlanDocument,
    consents: Consents,
    before: bytes | None = None,
) -> Record:
    """The plan in codes and own words; a partner of S 1 or 9 only with its own consent."""
    return write_record(
        form,
        {
            "talk_id": conversation.talk.instance_id,
            "participant_number": conversation.number,
            "plan_number": plan.plan_number,
            "catalogue_version": plan.catalogue_version,
            "goal": (plan.goal.dutch or plan.goal.text) if plan.goal else "",
            "steps": [_step(number, step, conversation) for number, step in enumerate(plan.steps, 1)],
            "occupations": [
                {"id": d.occupation, "label": d.label_nl, "source": "chosen", "chosen_route": d.chosen_route}
                for d in plan.directions
            ],
            "offers": [{"id": o.offer, "label": o.label_nl, "source": "catalogue"} for o in plan.offers],
            "referrals": [_referral(number, item, conversation) for number, item in enumerate(plan.referrals, 1)],
        },
        consents,
        before,
    )


def status_record(
    form: FormDefinition,
    conversation: Conversation,
    plan: PlanDocument,
    consents: Consents,
    before: bytes | None = None,
    case: CaseChange | None = None,
) -> Record:
    """Counts only: a line for this talk without any content. That of a first talk also makes the row of the person in
    the entity list (`case`)."""
    talk = conversation.talk
    counted = Answers(FormEntry.restore(form, before), form) if before is not None else None
    return write_record(
        form,
        {
            "kind": "talk",
            "location": talk.answers.host("location"),
            "form_version": talk.definition.version,
            "participant_number": conversation.number,
            "talk_id": talk.instance_id,
            "talk_date": talk.header.started_at.astimezone(talk.clock.now().tzinfo).date().isoformat(),
            "finished_date": talk.clock.today().isoformat(),
            "talk_form": talk.answers.text("version"),
            "state": talk.answers.text("status"),
            "plan_handed_over": talk.answers.host("plan_handed_over"),
            # says of who wants to be counted that nobody has spoken to them yet; without C6 it is not written
            "guided": (counted.host("guided") if counted is not None else "") or "no",
            "referrals_made": str(len(plan.referrals)),
            **(case.content if case is not None else NO_CHANGE),
        },
        consents,
        before,
        case.ports if case is not None else None,
    )


def _step(number: int, step: PlanStep, conversation: Conversation) -> dict[str, str]:
    rows = conversation.talk.answers.rows_with("share_consent")
    agreed = {row.text("referral") for row in rows if row.text("share_consent") == "yes"}
    open_partner = not step.partner or sensitivity(step.partner, conversation.keeper.catalogue) == 0
    return {
        "id": str(number),
        "label": step.what.dutch or step.what.text,
        "source": "talk",
        "who": step.who,
        "partner": step.partner if open_partner or step.partner in agreed else "",
        "date": step.by.isoformat() if step.by else "",
        "done_when": step.done_when,
    }


def _referral(number: int, item: PlanReferral, conversation: Conversation) -> dict[str, str]:
    named = item.sensitive == 0 or item.shared
    known = conversation.keeper.catalogue.organisations.get(item.organisation)
    return {
        "id": str(number),
        "label": (known.label_nl if known else item.organisation) if named else "",
        "source": "talk",
        "organisation": item.organisation if named else "",
        "handover": item.handover,
        "shared": _yes(item.shared),
    }


def _yes(value: bool) -> str:
    return "yes" if value else "no"
