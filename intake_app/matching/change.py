"""Why an occupation is not proposed now, and the smallest change that would open it (DOMAIN 4.4-7, 4.4-9, 4.4-15)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import combinations

from intake_app.domain.catalogue import Catalogue, Occupation, Requirement
from intake_app.domain.eligibility import Circumstances
from intake_app.domain.profile import ProfileSkill, SkillLevel, SkillsProfile
from intake_app.domain.reasons import Reason, ReasonCode
from intake_app.domain.recommendation import Fit
from intake_app.matching.route import TASTER, feasible_routes
from intake_app.matching.rules import Rules
from intake_app.matching.score import (
    Assessment,
    assess,
    language_gap,
    learns_language_there,
    lowest_cefr,
    missing_papers,
    route_level,
)

NOBODY = Circumstances()


def why_not(
    occupation: Occupation,
    profile: SkillsProfile,
    catalogue: Catalogue,
    rules: Rules,
    *,
    listed: Collection[str] = (),
) -> tuple[Reason, ...]:
    """Why this occupation does not stand in the list `listed`, or stands there as "met leren"; empty when it fits."""
    assessment = assess(occupation, profile, catalogue, rules)
    found = list(_against(assessment, profile, rules))
    if occupation.id not in listed and not found:
        found.append(Reason(ReasonCode.OTHERS_FIRST))
    return tuple(found) if occupation.id not in listed or assessment.label is Fit.WITH_LEARNING else ()


def _against(assessment: Assessment, profile: SkillsProfile, rules: Rules) -> Iterator[Reason]:
    occupation, labels = assessment.occupation, rules.score.labels
    if assessment.avoided:
        yield Reason(ReasonCode.WISH_AVOIDED, {"kinds": list(assessment.avoided)})
    if set(rules.lists.only_when_asked) & set(occupation.cautions):
        yield Reason(ReasonCode.ONLY_WHEN_ASKED)
    if assessment.no_core_skill:
        yield Reason(ReasonCode.NO_CORE_SKILL)
    if assessment.level_gap is not None and assessment.level_gap >= labels["level_gap"]:
        yield Reason(ReasonCode.LEVEL_GAP, {"level": occupation.level_text})
    if assessment.proof_missing:
        yield Reason(ReasonCode.REGULATED_NO_PROOF)
    if assessment.fit < labels["least_fit"]:
        yield Reason(ReasonCode.FIT_LOW)
    if _language_first(occupation, profile, rules):
        yield Reason(ReasonCode.LANGUAGE_FIRST, {"cefr": lowest_cefr(occupation)})


def what_would_change(
    occupation: Occupation,
    profile: SkillsProfile,
    catalogue: Catalogue,
    rules: Rules,
    *,
    circumstances: Circumstances = NOBODY,
) -> tuple[Reason, ...]:
    """The fewest steps after which the work is open: a language step, a paper, hours, a school level, a skill.

    Open means: at least "past deels", the language is enough or can be learnt at work, and a route other than a taster
    can be gone. Empty when it is open already. When even all skills of the work would not do, the skills are named that
    bring it nearest.
    """
    steps: list[Reason] = []
    profile = _with_language(occupation, profile, rules, steps)
    profile = _with_level(occupation, profile, rules, steps)
    profile, waived = _with_papers(occupation, profile, rules, steps)
    profile = _with_skills(occupation, profile, catalogue, rules, waived, steps)
    _with_hours(occupation, profile, circumstances, rules, steps)
    return tuple(steps)


def is_open(
    occupation: Occupation,
    profile: SkillsProfile,
    catalogue: Catalogue,
    rules: Rules,
    *,
    circumstances: Circumstances = NOBODY,
    met: Collection[str] = (),
) -> bool:
    """Whether nothing stands between this person and this work but the way to it; `met` are requirements waived."""
    fits = assess(occupation, profile, catalogue, rules, met=met).label is not Fit.WITH_LEARNING
    way = bool(set(feasible_routes(occupation, profile, circumstances, rules)) - {TASTER})
    return fits and way and not _language_first(occupation, profile, rules)


def _language_first(occupation: Occupation, profile: SkillsProfile, rules: Rules) -> bool:
    gap = language_gap(occupation, profile, rules)
    return gap > 0 and not learns_language_there(occupation, gap, rules)


def _with_language(occupation: Occupation, profile: SkillsProfile, rules: Rules, steps: list[Reason]) -> SkillsProfile:
    """The lowest level of Dutch with which the work, or a school route towards it, is open."""
    order = rules.codes.cefr_order
    if not _language_first(occupation, profile, rules):
        return profile
    asked = order.index(lowest_cefr(occupation))
    for level in order[: asked + 1]:
        cefr = {part: max(told, level, key=order.index) for part, told in profile.cefr.items() if told in order}
        changed = replace(profile, cefr=cefr)
        if not _language_first(occupation, changed, rules):
            steps.append(Reason(ReasonCode.CHANGE_LANGUAGE, {"cefr": level}))
            return changed
    return profile


def _with_level(occupation: Occupation, profile: SkillsProfile, rules: Rules, steps: list[Reason]) -> SkillsProfile:
    level, bound = route_level(profile, rules), rules.score.labels["level_gap"]
    if level is None or occupation.lowest_level - level < bound:
        return profile
    wanted = occupation.lowest_level - bound + 1
    code = rules.lists.level_codes[wanted]
    steps.append(Reason(ReasonCode.CHANGE_LEVEL, {"level": rules.lists.level_words[wanted]}))
    return replace(profile, level=code)


def _with_papers(
    occupation: Occupation, profile: SkillsProfile, rules: Rules, steps: list[Reason]
) -> tuple[SkillsProfile, frozenset[str]]:
    """Every paper that the law asks; one without a paper of our list (a registration) counts as met by its code."""
    waived = set()
    for requirement in missing_papers(occupation, profile, rules):
        steps.append(Reason(ReasonCode.CHANGE_PAPER, {"requirement": _named(requirement)}))
        waived.add(requirement.code)
    return profile, frozenset(waived)


def _named(requirement: Requirement) -> dict[str, object]:
    return {"code": requirement.code, "text_nl": requirement.text_nl, "by_law": requirement.by_law}


def _with_skills(
    occupation: Occupation,
    profile: SkillsProfile,
    catalogue: Catalogue,
    rules: Rules,
    waived: Collection[str],
    steps: list[Reason],
) -> SkillsProfile:
    """The fewest skills, core ones first, that make it "past deels" once they are done alone."""

    def fits(changed: SkillsProfile) -> bool:
        return assess(occupation, changed, catalogue, rules, met=waived).label is not Fit.WITH_LEARNING

    if fits(profile):
        return profile
    levels = assess(occupation, profile, catalogue, rules).levels
    alone = rules.score.skill_levels[SkillLevel.ALONE.value]
    core = [skill for skill in occupation.core_skills if levels[skill] < alone]
    special = [s for s in occupation.other_skills if levels[s] < alone and not catalogue.skills[s].generic]
    weak = [*core, *special]
    if not fits(_learnt(profile, weak)):
        # A skill more never lowers the fit: when all of them are not enough, no choice among them is.
        weak = []
    options = [choice for size in (1, 2, 3) for choice in combinations(weak, size)]
    options.extend(tuple(weak[:size]) for size in range(4, len(weak) + 1))
    for choice in options:
        changed = _learnt(profile, choice)
        if fits(changed):
            steps.append(Reason(ReasonCode.CHANGE_SKILL, {"skills": list(choice)}))
            return changed
    if core:
        steps.append(Reason(ReasonCode.CHANGE_SKILL, {"skills": core}))
    return _learnt(profile, core)


def _learnt(profile: SkillsProfile, skills: Collection[str]) -> SkillsProfile:
    learnt = {}
    for skill in skills:
        known = profile.skills.get(skill)
        learnt[skill] = ProfileSkill(skill, SkillLevel.ALONE, known.evidence if known else ())
    return replace(profile, skills={**profile.skills, **learnt})


def _with_hours(
    occupation: Occupation,
    profile: SkillsProfile,
    circumstances: Circumstances,
    rules: Rules,
    steps: list[Reason],
) -> None:
    """The next number of hours a week with which a route can be gone, when there is none now."""

    def ways(changed: SkillsProfile) -> set[str]:
        return set(feasible_routes(occupation, changed, circumstances, rules)) - {TASTER}

    order = rules.lists.hours_order
    if ways(profile) or profile.hours not in order:
        return
    for hours in order[order.index(profile.hours) + 1 :]:
        if ways(replace(profile, hours=hours)):
            steps.append(Reason(ReasonCode.CHANGE_HOURS, {"hours": hours}))
            return
