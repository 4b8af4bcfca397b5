"""Why an occupation is proposed, what is still to learn and what to watch, as codes (DOMAIN 4.4-11 to 4.4-15)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from intake_app.domain.catalogue import Catalogue, Occupation
from intake_app.domain.profile import SkillsProfile
from intake_app.domain.reasons import Reason, ReasonCode
from intake_app.domain.recommendation import Recommendation
from intake_app.matching import criteria
from intake_app.matching.compose import own_jobs
from intake_app.matching.rules import Rules
from intake_app.matching.score import Assessment, language_gap, learns_language_there, lowest_cefr

CAUTION_REASONS = {
    "registration_first": ReasonCode.CAUTION_REGISTRATION_FIRST,
    "screening": ReasonCode.CAUTION_SCREENING,
    "self_employment": ReasonCode.CAUTION_SELF_EMPLOYMENT,
    "demand_falling": ReasonCode.CAUTION_DEMAND_FALLING,
    "blood_animals": ReasonCode.CAUTION_BLOOD_ANIMALS,
}
"""`consult_first` is not here: it depends on the chosen route and on circumstances (`consult_first_applies`)."""


@dataclass(frozen=True)
class Setting:
    """What an explanation may look at."""

    profile: SkillsProfile
    catalogue: Catalogue
    rules: Rules
    today: date | None = None


def explain(
    assessment: Assessment, setting: Setting, *, fixed: str = "", extra: ReasonCode | None = None
) -> Recommendation:
    """The assessment as a proposal. `fixed` and `extra` say how it came into the list."""
    occupation = assessment.occupation
    return Recommendation(
        id=occupation.id,
        label_nl=occupation.label_nl,
        sector=occupation.sector,
        fit=assessment.label,
        score=float(assessment.fit),
        contributions=assessment.contributions,
        reasons=tuple(_reasons(assessment, setting, extra)),
        missing_skills=missing_skills(assessment, setting.catalogue),
        routes=occupation.routes,
        cautions=occupation.cautions,
        fixed=fixed,
    )


def missing_skills(assessment: Assessment, catalogue: Catalogue) -> tuple[str, ...]:
    """Skills of the work that were not shown: core first, then what is specific, then what is useful everywhere."""
    occupation = assessment.occupation
    absent = [skill for skill in _all_skills(occupation) if assessment.levels[skill] == 0]
    return tuple(sorted(absent, key=lambda skill: _specificity(skill, occupation, catalogue)))


def near_work(occupation: Occupation, setting: Setting) -> str:
    """The earlier occupation this one is or shares its first ISCO digits with; "" when there is none."""
    digits = setting.rules.lists.neighbour_isco_digits
    jobs = own_jobs(setting.profile, setting.catalogue, setting.rules)
    near = [job.id for job in jobs if job.isco[:digits] == occupation.isco[:digits]]
    return occupation.id if occupation.id in near else next(iter(near), "")


def _reasons(assessment: Assessment, setting: Setting, extra: ReasonCode | None) -> Iterator[Reason]:
    if assessment.occupation.imported:
        yield Reason(ReasonCode.IMPORTED_LIST)
    yield from _own(assessment.occupation, setting)
    yield from _can_already(assessment, setting)
    yield from _wishes(assessment.occupation, setting)
    if extra is not None:
        yield Reason(extra, {"sector": assessment.occupation.sector})
    yield from _to_learn(assessment, setting)
    yield from _needed(assessment.occupation)
    yield from _language(assessment.occupation, setting)
    yield from _notes(assessment.occupation, setting)
    if assessment.avoided:
        yield Reason(ReasonCode.WISH_AVOIDED, {"kinds": list(assessment.avoided)})
    for caution in assessment.occupation.cautions:
        if caution in CAUTION_REASONS:
            yield Reason(CAUTION_REASONS[caution])
    yield from _demand(assessment.occupation, setting)


def _own(occupation: Occupation, setting: Setting) -> Iterator[Reason]:
    if setting.profile.own_idea == occupation.id:
        yield Reason(ReasonCode.OWN_IDEA)
    if near := near_work(occupation, setting):
        yield Reason(ReasonCode.NEAR_YOUR_WORK, {"occupation": near})


def _can_already(assessment: Assessment, setting: Setting) -> Iterator[Reason]:
    occupation, most = assessment.occupation, setting.rules.lists.skills_in_reason
    held = [skill for skill in _all_skills(occupation) if assessment.levels[skill] > 0]
    held.sort(key=lambda skill: (_specificity(skill, occupation, setting.catalogue), -assessment.levels[skill]))
    if held:
        yield Reason(ReasonCode.CAN_ALREADY, {"skills": held[:most]})
    liked = criteria.liked_cards_with_core(occupation, setting.profile, setting.catalogue, setting.rules)
    if liked:
        yield Reason(ReasonCode.LIKED_CARD, {"card": list(liked)})
    specific = [skill for skill in held if _specificity(skill, occupation, setting.catalogue) < _GENERIC]
    if telling := _telling_card(specific, liked, setting.profile):
        card, shown = telling
        yield Reason(ReasonCode.CARD_SHOWS, {"card": card, "skills": shown[:most]})
    yield from _job_shows(specific, occupation, setting)


def _telling_card(
    skills: Sequence[str], said_already: Collection[str], profile: SkillsProfile
) -> tuple[str, list[str]] | None:
    """The card that shows the first of these skills, with all it shows of them; of several the fullest."""
    shown_by: dict[str, list[str]] = {}
    for skill in skills:
        for evidence in profile.skills[skill].evidence:
            if evidence.kind == "card" and evidence.source not in said_already:
                shown_by.setdefault(evidence.source, []).append(skill)
    if not shown_by:
        return None
    card = min(shown_by, key=lambda name: (skills.index(shown_by[name][0]), -len(shown_by[name]), name))
    return card, shown_by[card]


def _job_shows(skills: Sequence[str], occupation: Occupation, setting: Setting) -> Iterator[Reason]:
    """The earlier work that shows most of these skills, where it is other work than this."""
    kinds = setting.rules.codes.job_evidence
    shown_by: dict[str, list[str]] = {}
    ranks: dict[str, int] = {}
    for skill in skills:
        for source in sorted({e.source for e in setting.profile.skills[skill].evidence if e.kind in kinds}):
            known = setting.catalogue.known_occupation(source)
            if known is not None and source != occupation.id:
                shown_by.setdefault(source, []).append(skill)
                ranks[source] = known.rank
    if shown_by:
        job = min(shown_by, key=lambda name: (-len(shown_by[name]), ranks[name]))
        shown = shown_by[job][: setting.rules.lists.skills_in_reason]
        yield Reason(ReasonCode.JOB_SHOWS, {"occupation": job, "skills": shown})


def _wishes(occupation: Occupation, setting: Setting) -> Iterator[Reason]:
    profile, rules = setting.profile, setting.rules
    if criteria.interest(occupation, profile, rules) is not None:
        letters = [
            letter
            for letter in occupation.riasec
            if criteria.interest_score(profile, letter, rules) >= rules.score.interest_shown
        ]
        if letters:
            yield Reason(ReasonCode.INTEREST_FITS, {"letters": "".join(letters)})
    if kinds := criteria.met_learn_kinds(occupation, profile, rules):
        yield Reason(ReasonCode.WISH_LEARN_KIND, {"kinds": list(kinds)})
    if wanted := criteria.met_body_wishes(occupation, profile, rules):
        yield Reason(ReasonCode.WISH_BODY, {"kinds": list(wanted)})
    if occupation.sector in profile.taster_sectors:
        yield Reason(ReasonCode.WISH_SECTOR, {"sector": occupation.sector})


def _to_learn(assessment: Assessment, setting: Setting) -> Iterator[Reason]:
    occupation, rules = assessment.occupation, setting.rules
    if assessment.no_core_skill:
        yield Reason(ReasonCode.NO_CORE_SKILL)
    if assessment.level_gap is not None and assessment.level_gap >= rules.score.labels["level_gap"]:
        yield Reason(ReasonCode.LEVEL_GAP, {"level": occupation.level_text})
    if assessment.proof_missing:
        yield Reason(ReasonCode.REGULATED_NO_PROOF)
    missing = [
        skill
        for skill in missing_skills(assessment, setting.catalogue)
        if _specificity(skill, occupation, setting.catalogue) < _GENERIC
    ]
    if missing:
        yield Reason(ReasonCode.STILL_LEARN, {"skills": missing[: rules.lists.skills_in_reason]})


def _needed(occupation: Occupation) -> Iterator[Reason]:
    for requirement in occupation.requirements:
        if requirement.code == "VOG":
            yield Reason(ReasonCode.VOG_ASKED)
        else:
            named = {"code": requirement.code, "text_nl": requirement.text_nl, "by_law": requirement.by_law}
            yield Reason(ReasonCode.NEEDED, {"requirement": named})


def _language(occupation: Occupation, setting: Setting) -> Iterator[Reason]:
    """Language never hides work; it only changes the first step (4.4-9)."""
    gap = language_gap(occupation, setting.profile, setting.rules)
    if gap == 0:
        return
    there = learns_language_there(occupation, gap, setting.rules)
    code = ReasonCode.LANGUAGE_AT_WORK if there else ReasonCode.LANGUAGE_FIRST
    yield Reason(code, {"cefr": lowest_cefr(occupation)})


def _notes(occupation: Occupation, setting: Setting) -> Iterator[Reason]:
    """Feasibility notes, never a filter (4.4-11)."""
    profile, codes = setting.profile, setting.rules.codes
    irregular = codes.irregular_hours in occupation.body
    if irregular and profile.transport and not set(profile.transport) & set(codes.own_transport):
        yield Reason(ReasonCode.NOTE_EARLY_SHIFT)
    if profile.care == codes.needs_childcare:
        yield Reason(ReasonCode.NOTE_CHILDCARE_FIRST)
    if irregular and codes.school_hours in profile.times:
        yield Reason(ReasonCode.NOTE_FIXED_HOURS)
    for requirement in occupation.requirements:
        if requirement.code == codes.licence_requirement and not set(requirement.papers) & set(profile.papers):
            yield Reason(ReasonCode.NOTE_LICENCE)


def _demand(occupation: Occupation, setting: Setting) -> Iterator[Reason]:
    checked = occupation.provenance.checked_on
    params = {"source": occupation.provenance.source, "date": checked.isoformat() if checked else ""}
    yield Reason(ReasonCode.DEMAND_HIGH if occupation.is_kansberoep else ReasonCode.DEMAND_UNKNOWN, params)
    oldest = timedelta(days=setting.rules.codes.older_than_days)
    if setting.today is not None and (checked is None or setting.today - checked > oldest):
        yield Reason(ReasonCode.CHECK_DATE, params)


_GENERIC = 2


def _specificity(skill: str, occupation: Occupation, catalogue: Catalogue) -> int:
    """0 core, 1 own to few occupations, 2 useful everywhere."""
    if skill in occupation.core_skills:
        return 0
    return _GENERIC if catalogue.skills[skill].generic else 1


def _all_skills(occupation: Occupation) -> tuple[str, ...]:
    return (*occupation.core_skills, *occupation.other_skills)
