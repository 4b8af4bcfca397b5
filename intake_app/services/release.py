"""Which answers of a talk stand in its central copy (DESIGN 8): the one place that calls `released` on real answers."""

from __future__ import annotations

from collections.abc import Callable

from intake_app.domain.consent import ConsentCode, released
from intake_app.profile.answers import Answers
from intake_app.xforms.api import FormDefinition

NOT_STORED = "N"
_PARTNERS = (("referral", "referral"), ("step", "partner"))
"""Concepts that name an organisation: (a concept of the row, the concept that names it)."""


def local_refs(definition: FormDefinition) -> frozenset[str]:
    """Everything the laptop may keep: all but the questions that live in memory only."""
    return frozenset(
        ref for ref, bind in definition.binds.items() if NOT_STORED not in bind.tags.get("consent", "").split()
    )


def released_refs(
    definition: FormDefinition,
    answers: Answers,
    consents: frozenset[ConsentCode],
    sensitivity: Callable[[str], int],
) -> frozenset[str] | None:
    """The refs of the central copy, or None when nothing leaves.

    A partner of sensitivity 1 or 9 stays here unless the person agreed to share with it (q06); the row then says
    only that a referral was made. Refs of those questions come back per instance, with their index.
    """
    tags = {ref: bind.tags for ref, bind in definition.binds.items()}
    refs = released(consents, tags)
    if refs is None:
        return None
    kept = set(refs)
    for row_concept, concept in _PARTNERS:
        generic = answers.ref(concept)
        if generic is None or generic not in kept:
            continue
        kept.discard(generic)
        agreed = _agreed(answers)
        for row in answers.rows_with(row_concept):
            partner = row.text(concept)
            if not partner or partner == "none" or sensitivity(partner) == 0 or partner in agreed:
                kept.add(row.ref_of(concept))
    return frozenset(kept)


def _agreed(answers: Answers) -> frozenset[str]:
    rows = answers.rows_with("share_consent")
    return frozenset(row.text("referral") for row in rows if row.text("share_consent") == "yes")
