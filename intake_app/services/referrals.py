"""Referrals: which partners fit what somebody told, and a letter with only what was agreed (DOMAIN 1.4, q05-q07)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from intake_app.domain.catalogue import ALWAYS, Catalogue, Organisation
from intake_app.domain.ids import ParticipantId
from intake_app.domain.plan import PlanDocument, PlanReferral
from intake_app.errors import RecordMissing
from intake_app.profile.answers import Answers
from intake_app.services.follow_up_known import FOLLOW_UP, Known, known_of
from intake_app.services.follow_up_told import told_in
from intake_app.services.policy import Action, guarded
from intake_app.services.stored_plans import in_language
from intake_app.xforms.api import FormDefinition, FormEntry

if TYPE_CHECKING:
    from intake_app.services.office import Office

SPECIAL = 9
_DUTCH = "nl"


@dataclass(frozen=True)
class Partner:
    """An organisation that fits, and the answers because of which: (concept, code); empty where it always does."""

    organisation: str
    because: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ReferralStand:
    """A referral of a plan: where, how, whether its letter may be given, and whether contact came about."""

    number: str
    organisation: str
    label_nl: str
    handover: str
    sensitive: int
    shared: bool
    arrived: bool = False


def partners_for(answers: Answers, form: FormDefinition, catalogue: Catalogue, *, alone: bool) -> tuple[Partner, ...]:
    """Organisations that fit, most answers in front, those that fit everybody at the end: nobody is sent away.

    Not `alone`, private answers call nothing up: somebody else is looking. Organisations of S 9 are never proposed,
    a person asks for them.
    """
    found = [
        Partner(one.id, because)
        for one in catalogue.organisations.values()
        if one.sensitive < SPECIAL and ((because := _because(one, answers, form, alone)) or ALWAYS in one.refer_when)
    ]
    return tuple(sorted(found, key=lambda partner: -len(partner.because)))


def _because(one: Organisation, answers: Answers, form: FormDefinition, alone: bool) -> tuple[tuple[str, str], ...]:
    hits = []
    for concept, codes in one.refer_when.items():
        ref = answers.ref(concept)
        if ref is None or (not alone and form.binds[ref].tags.get("private") == "yes"):
            continue
        rows = answers.rows_with(concept) if ref.rsplit("/", 1)[0] in form.repeats else ()
        told = {code for row in rows for code in row.many(concept)} if rows else set(answers.many(concept))
        hits += [(concept, code) for code in codes if code in told]
    return tuple(hits)


@guarded(Action.PEOPLE)
def referrals_of(office: Office, participant_id: ParticipantId) -> tuple[ReferralStand, ...]:
    """The referrals of a person's last plan while it is here, and what follow-ups told. Raises RecordMissing."""
    known = known_of(office, participant_id)
    if known.plan is None:
        return ()
    arrived = _arrived(office, known)
    return tuple(
        _stand(office, str(number), one, str(number) in arrived) for number, one in enumerate(known.plan.referrals, 1)
    )


@guarded(Action.PEOPLE)
def letters(office: Office, participant_id: ParticipantId, organisation: str) -> tuple[PlanDocument, PlanDocument]:
    """What goes to one partner, documents to be printed as `referral`: the guest's copy first, then the Dutch letter.

    Both hold this one referral and no other. Raises RecordMissing without the plan, for a partner that is not in it, or
    where the guest did not agree to share (C7).
    """
    known = known_of(office, participant_id)
    found = [one for one in (known.plan.referrals if known.plan else ()) if one.organisation == organisation]
    if known.plan is None or not found or not found[0].shared:
        raise RecordMissing(kind="referral", id=organisation)
    only = replace(known.plan, referrals=(found[0],))
    return in_language(only, known.plan.language), in_language(only, _DUTCH)


def _stand(office: Office, number: str, one: PlanReferral, arrived: bool) -> ReferralStand:
    known = office.catalogue.organisations.get(one.organisation)
    label = known.label_nl if known else one.organisation
    return ReferralStand(number, one.organisation, label, one.handover, one.sensitive, one.shared, arrived)


def _arrived(office: Office, known: Known) -> frozenset[str]:
    form = office.forms[FOLLOW_UP]
    told = [
        told_in(Answers(FormEntry.restore(form, record.xml), form))
        for record in known.records
        if record.form_id == FOLLOW_UP
    ]
    return frozenset(number for one in told for number in one.arrived)
