"""The target group that is proposed for somebody, and every other that fits (DOMAIN 7.2); a counsellor confirms it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from intake_app.domain.counting import EMPLOYED, JOBSEEKER, MIGRANT

_MIGRANT = frozenset({"status_holder", "asylum_seeker", "ukraine", "eu_worker"})
_DOUBT = frozenset({"family", "other"})
_WORKS = frozenset({"employee", "agency_flex", "self_employed"})
_UPSKILL = frozenset({"other_job", "level_up", "more_hours", "keep_job"})
NOT_WORKING = "no"


@dataclass(frozen=True)
class Proposal:
    """`group` is empty where the rule gives none. `reason` is the code of the rule that spoke.

    `doubt`: the counsellor decides and says why, whatever is proposed.
    """

    group: str
    reason: str
    doubt: bool = False


def fitting(migration: str, work_now: str, work_wish: Collection[str], *, may_be_migrant: bool) -> tuple[str, ...]:
    """Every group whose rule holds, whichever of them the person is counted in."""
    found = [MIGRANT] if may_be_migrant and migration in _MIGRANT else []
    if work_now in _WORKS and not _UPSKILL.isdisjoint(work_wish):
        found.append(EMPLOYED)
    if work_now == NOT_WORKING:
        found.append(JOBSEEKER)
    return tuple(found)


def propose(migration: str, work_now: str, work_wish: Collection[str], *, may_be_migrant: bool) -> Proposal:
    """The group by d08, d01 and d03. `may_be_migrant`: the consents C5 and C6 both stand; else work decides."""
    if may_be_migrant and migration in _MIGRANT:
        return Proposal(MIGRANT, "migration")
    doubt = may_be_migrant and migration in _DOUBT
    if work_now in _WORKS and not _UPSKILL.isdisjoint(work_wish):
        return Proposal(EMPLOYED, "family" if doubt else "work_and_wish", doubt)
    if work_now == NOT_WORKING:
        return Proposal(JOBSEEKER, "family" if doubt else "no_work", doubt)
    return Proposal("", "family" if doubt else "unclear", doubt=True)
