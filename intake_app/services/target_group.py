"""The target group that is put ready for the counsellor, who confirms it or chooses another and says why (d09)."""

from __future__ import annotations

from intake_app.monitoring.groups import Proposal, fitting, propose
from intake_app.profile.answers import Answers, ConceptIndex
from intake_app.services.talk import Talk

GROUP, WHY = "target_group", "group_reason"
PROPOSED, RULE = "proposed_group", "group_rule"
"""Host leaves: what the rule proposes (empty where it doubts), and which rule spoke."""
CONFIRMED = (GROUP, WHY)
"""Concepts that go with the consent about origin as well as with the consent to count (DOMAIN 8.5)."""


def proposed_group(answers: Answers, *, counted: bool = False) -> Proposal:
    """What the rule says of these answers. Migrant only with both consents, C5 and C6; else work decides.

    `counted`: C6 was given elsewhere, in the follow-up.
    """
    return propose(
        answers.text("migration_type"),
        answers.text("work_now"),
        answers.many("work_wish"),
        may_be_migrant=_may_be_migrant(answers, counted=counted),
    )


def groups_that_fit(answers: Answers) -> tuple[str, ...]:
    """Every group whose rule holds for these answers, for the second flags of DOMAIN 7.2."""
    return fitting(
        answers.text("migration_type"),
        answers.text("work_now"),
        answers.many("work_wish"),
        may_be_migrant=_may_be_migrant(answers, counted=False),
    )


def put_group_ready(talk: Talk, told: Answers | None = None) -> None:
    """Say what the rule proposes and why, and fill it in. A group that stands there stays; in doubt none is filled in.

    `told` are the answers of the talk when the group is confirmed in a follow-up, where C6 stands.
    """
    ref = talk.answers.ref(GROUP)
    if ref is None:
        return
    proposal = proposed_group(told or talk.answers, counted=told is not None)
    group = "" if proposal.doubt else proposal.group
    for name, value in ((PROPOSED, group), (RULE, proposal.reason)):
        if talk.answers.host(name) != value:
            talk.set_host(name, value)
    if group and not talk.entry.value(ref) and ref not in talk.skipped():
        talk.answer(ref, group)


def forget_proposal(talk: Talk) -> bool:
    """Take back what the rule said; whether there was anything."""
    said = [name for name in (PROPOSED, RULE) if talk.answers.host(name)]
    for name in said:
        talk.set_host(name, "")
    return bool(said)


def group_in(index: ConceptIndex) -> frozenset[str]:
    """Every leaf of a form that tells of the target group."""
    asked = {index.concepts.get(concept) for concept in CONFIRMED}
    return frozenset(filter(None, asked | {index.hosts.get(name) for name in (PROPOSED, RULE)}))


def _may_be_migrant(answers: Answers, *, counted: bool) -> bool:
    return answers.text("consent_origin") == "yes" and (counted or answers.text("consent_stats") == "yes")
