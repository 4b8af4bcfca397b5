"""From criteria to a fit and its label (DOMAIN 4.4-6 and 4.4-7)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor

from intake_app.domain.catalogue import Catalogue, Occupation, Requirement
from intake_app.domain.profile import SkillsProfile
from intake_app.domain.recommendation import Contribution, Fit
from intake_app.matching import criteria
from intake_app.matching.rules import Rules

LABEL_ORDER = (Fit.GOOD, Fit.PARTLY, Fit.WITH_LEARNING)


@dataclass(frozen=True)
class Assessment:
    """Everything known of one occupation for one person; `fit` and `core` are rounded to two decimals."""

    occupation: Occupation
    levels: Mapping[str, Fraction]
    core: Fraction
    fit: Fraction
    label: Fit
    contributions: tuple[Contribution, ...]
    job_evidence: bool
    no_core_skill: bool
    level_gap: int | None
    proof_missing: bool
    avoided: tuple[str, ...]

    @property
    def order(self) -> tuple[int, Fraction, Fraction, int]:
        """Label, then fit, then core, both high to low, then the order of the catalogue (4.4-8)."""
        return LABEL_ORDER.index(self.label), -self.fit, -self.core, self.occupation.rank


def half_up(value: Fraction) -> Fraction:
    """Two decimals, halves upwards."""
    return Fraction(floor(value * 100 + Fraction(1, 2)), 100)


def route_level(profile: SkillsProfile, rules: Rules) -> int | None:
    """The level a school route would start from; a Dutch or valued level replaces the years at school."""
    by_level = rules.codes.route_level_of_level.get(profile.level)
    return by_level if by_level is not None else rules.codes.route_level_of_years.get(profile.years_at_school)


def language_gap(occupation: Occupation, profile: SkillsProfile, rules: Rules) -> int:
    """How many CEFR steps the lowest spoken skill is short of the start of this work; 0 when unknown."""
    order = rules.codes.cefr_order
    spoken = [profile.cefr[part] for part in rules.codes.spoken_cefr if profile.cefr.get(part) in order]
    written = [profile.cefr[part] for part in rules.codes.written_cefr if profile.cefr.get(part) in order]
    asked = lowest_cefr(occupation)
    if asked not in order or not (spoken or written):
        return 0
    return max(0, order.index(asked) - min(order.index(level) for level in spoken or written))


def lowest_cefr(occupation: Occupation) -> str:
    """The Dutch asked to start, as a code of list `cefr`: "A2-B1" is a2."""
    return occupation.cefr.partition("-")[0].lower()


def learns_language_there(occupation: Occupation, gap: int, rules: Rules) -> bool:
    """Whether a language gap is small enough to be closed at work, on a route that allows it (4.4-9)."""
    at_work = rules.codes.language_at_work
    small = gap <= at_work["largest_gap"] and bool(set(at_work["routes"]) & set(occupation.routes))
    return small and not occupation.cefr_by_law


def assess(
    occupation: Occupation,
    profile: SkillsProfile,
    catalogue: Catalogue,
    rules: Rules,
    *,
    met: Collection[str] = (),
) -> Assessment:
    """Score and label one occupation; `met` names requirements that count as met whatever the papers say."""
    means = criteria.skill_means(occupation, profile, catalogue, rules)
    levels = {
        skill: criteria.skill_level(profile, skill, rules)
        for skill in (*occupation.core_skills, *occupation.other_skills)
    }
    contributions, fit = _fit(occupation, profile, catalogue, rules)
    strongest = max((levels[skill] for skill in occupation.core_skills), default=Fraction(0))
    known_level = route_level(profile, rules)
    assessment = Assessment(
        occupation=occupation,
        levels=levels,
        core=half_up(means["core"]),
        fit=half_up(fit),
        label=Fit.PARTLY,
        contributions=contributions,
        job_evidence=has_job_evidence(occupation, profile, rules),
        no_core_skill=strongest < rules.score.labels["core_known"],
        level_gap=None if known_level is None else occupation.lowest_level - known_level,
        proof_missing=any(one.code not in met for one in missing_papers(occupation, profile, rules)),
        avoided=criteria.avoided_wishes(occupation, profile, rules),
    )
    return _labelled(assessment, rules)


def _fit(
    occupation: Occupation, profile: SkillsProfile, catalogue: Catalogue, rules: Rules
) -> tuple[tuple[Contribution, ...], Fraction]:
    """The parts present with their weights, and their weighted mean (4.4-6)."""
    means = criteria.skill_means(occupation, profile, catalogue, rules)
    inner = criteria.skill_weights(means, rules)
    asked = criteria.wishes(occupation, profile, catalogue, rules)
    parts: dict[str, tuple[Fraction | None, tuple[Contribution, ...]]] = {
        "skills": (
            sum((inner[name] * means[name] for name in means), Fraction(0)),
            tuple(Contribution(name, float(means[name]), float(inner[name])) for name in means),
        ),
        "interests": (criteria.interest(occupation, profile, rules), ()),
        "wishes": (
            criteria.mean(asked.values()),
            tuple(Contribution(name, float(value), 1 / len(asked)) for name, value in asked.items()),
        ),
    }
    present = {name: value for name, (value, _) in parts.items() if value is not None}
    weights = {name: Fraction(rules.score.weights[name]) for name in present}
    fit = sum((weights[name] * value for name, value in present.items()), Fraction(0)) / sum(weights.values())
    contributions = tuple(
        Contribution(name, float(value), float(weights[name]), parts[name][1]) for name, value in present.items()
    )
    return contributions, fit


def has_job_evidence(occupation: Occupation, profile: SkillsProfile, rules: Rules) -> bool:
    """A core skill that comes from a job or its tasks (4.4-2)."""
    return any(
        evidence.kind in rules.codes.job_evidence
        for skill in occupation.core_skills
        if criteria.skill_level(profile, skill, rules) > 0
        for evidence in profile.skills[skill].evidence
    )


def has_proof(occupation: Occupation, profile: SkillsProfile, rules: Rules) -> bool:
    """Not regulated, or job evidence, or every required paper (4.4-7)."""
    return not missing_papers(occupation, profile, rules)


def missing_papers(occupation: Occupation, profile: SkillsProfile, rules: Rules) -> tuple[Requirement, ...]:
    """What the law asks and nothing shows yet; nothing is missing for who has job evidence."""
    if not occupation.regulated or has_job_evidence(occupation, profile, rules):
        return ()
    held = set(profile.papers)
    return tuple(one for one in required_by_law(occupation, rules) if held.isdisjoint(one.papers))


def required_by_law(occupation: Occupation, rules: Rules) -> tuple[Requirement, ...]:
    """The requirements that make an occupation regulated."""
    return tuple(requirement for requirement in occupation.requirements if _regulates(requirement, rules))


def _regulates(requirement: Requirement, rules: Rules) -> bool:
    codes = rules.codes
    return requirement.code == codes.registration_requirement or (
        requirement.by_law and requirement.code != codes.certificate_of_conduct
    )


def _labelled(assessment: Assessment, rules: Rules) -> Assessment:
    bounds = rules.score.labels
    levels = [assessment.levels[skill] for skill in assessment.occupation.core_skills]
    too_high = assessment.level_gap is not None and assessment.level_gap >= bounds["level_gap"]
    if assessment.no_core_skill or too_high or assessment.proof_missing or assessment.fit < bounds["least_fit"]:
        return replace(assessment, label=Fit.WITH_LEARNING)
    strong = sum(level >= bounds["core_strong"] for level in levels) >= bounds["core_strong_count"]
    easy_entry = assessment.occupation.lowest_level in bounds["entry_levels"] or assessment.job_evidence
    good = assessment.fit >= bounds["good_fit"] and strong and easy_entry
    return replace(assessment, label=Fit.GOOD if good else Fit.PARTLY)
