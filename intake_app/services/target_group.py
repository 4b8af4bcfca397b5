"""The target group that is put ready for the counsellor, who confirms it or chooses another (d09, DOMAIN 7.2)."""

from __future__ import annotations

from intake_app.monitoring.groups import Proposal, propose
from intake_app.profile.answers import Answers
from intake_app.services.talk import Talk

GROUP = "target_group"


def proposed_group(answers: Answers) -> Proposal:
    """What the rule says of these answers. Migrant only with both consents, C5 and C6; else work decides."""
    consents = all(answers.text(concept) == "yes" for concept in ("consent_origin", "consent_stats"))
    return propose(
        answers.text("migration_type"),
        answers.text("work_now"),
        answers.many("work_wish"),
        may_be_migrant=consents,
    )


def put_group_ready(talk: Talk) -> None:
    """Fill the proposed group in. What stands there stays, and where the rule doubts the counsellor has to choose."""
    ref = talk.answers.ref(GROUP)
    if ref is None or talk.entry.value(ref) or ref in talk.skipped():
        return
    proposal = proposed_group(talk.answers)
    if proposal.group and not proposal.doubt:
        talk.answer(ref, proposal.group)
