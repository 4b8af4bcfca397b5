"""The profile file of `match`: read with kind errors, and filled up with what cards and jobs show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from intake_app.domain.catalogue import Catalogue
from intake_app.domain.profile import Evidence, Job, ProfileSkill, SkillLevel, SkillsProfile
from intake_app.errors import ProfileInvalid
from intake_app.matching.rules import Rules

ESCO_OCCUPATION = "http://data.europa.eu/esco/occupation/"
INTEREST_LETTERS = "RIASEC"
HIGHEST_INTEREST = 10
CEFR_PARTS = ("understand", "speak", "read", "write")
CEFR_LEVELS = ("a0", "a1", "a2", "b1", "b2", "c1")
LONGEST_TRAVEL_MINUTES = 600
TEXT_KEYS = (
    "interests_confirmed",
    "hours",
    "municipality",
    "care",
    "years_at_school",
    "level",
    "learn_hours",
    "taster",
    "own_idea",
    "work_now",
    "start",
    "letter",
)
LIST_KEYS = (
    "cards",
    "top_cards",
    "rather_not",
    "times",
    "transport",
    "physical_wish",
    "papers",
    "learn_kind",
    "taster_sectors",
    "work_wish",
    "basic_wish",
    "devices",
    "digital_can",
    "obstacles",
)
TALK_FORMS = ("short", "full")
OTHER_KEYS = ("skills", "interests", "cefr", "max_travel_minutes", "jobs", "talk_form")
JOB_KEYS = ("occupation", "sector", "years", "when")


def profile_from_json(data: object) -> SkillsProfile:
    """The profile of a decoded file; every key is optional. Raises ProfileInvalid with field and problem.

    Without `talk_form` a profile with interests counts as a full talk, since only that one asks them.
    """
    content = _object(data, "")
    for key in content:
        if key not in (*TEXT_KEYS, *LIST_KEYS, *OTHER_KEYS):
            raise ProfileInvalid(field=key, problem="unknown_key")
    interests = _interests(content.get("interests", {}))
    form = _text(content, "talk_form") or ("full" if interests else "short")
    if form not in TALK_FORMS:
        raise ProfileInvalid(field="talk_form", problem="not_short_or_full")
    texts: dict[str, Any] = {key: _text(content, key) for key in TEXT_KEYS}
    lists: dict[str, Any] = {key: _texts(content.get(key, []), key) for key in LIST_KEYS}
    return SkillsProfile(
        skills=_skills(content.get("skills", {})),
        interests=interests,
        cefr=_cefr(content.get("cefr", {})),
        max_travel_minutes=_minutes(content.get("max_travel_minutes")),
        jobs=_jobs(content.get("jobs", [])),
        talk_form=form,
        **texts,
        **lists,
    )


def with_derived_skills(profile: SkillsProfile, catalogue: Catalogue, rules: Rules) -> SkillsProfile:
    """The profile with what its cards and jobs show (4.4-2). Raises ProfileInvalid for ids the catalogue lacks.

    A card shows its skills at "seen" unless the profile itself gives their level; a job gives all skills of its
    occupation, and the highest of several sources counts. Jobs outside the catalogue stay without skills.
    """
    _check_ids(profile, catalogue)
    skills = dict(profile.skills)
    for card in dict.fromkeys((*profile.cards, *profile.top_cards)):
        for skill in catalogue.cards[card].skills:
            known = skills.get(skill) or ProfileSkill(skill, SkillLevel.SEEN)
            skills[skill] = replace(known, evidence=(*known.evidence, Evidence("card", card)))
    for job in profile.jobs:
        occupation = catalogue.known_occupation(job.occupation)
        if occupation is None:
            continue
        level = SkillLevel.HELP if job.years in rules.codes.short_job_years else SkillLevel.ALONE
        for skill in occupation.skills_of_work:
            known = skills.get(skill) or ProfileSkill(skill, level)
            best = max(known.level, level, key=lambda each: rules.score.skill_levels[each.value])
            skills[skill] = replace(known, level=best, evidence=(*known.evidence, Evidence("job", occupation.id)))
    return replace(profile, skills=skills)


def _check_ids(profile: SkillsProfile, catalogue: Catalogue) -> None:
    for skill in profile.skills:
        if skill not in catalogue.skills:
            raise ProfileInvalid(field=f"skills.{skill}", problem="unknown_skill")
    for key, cards in (("cards", profile.cards), ("top_cards", profile.top_cards)):
        for card in cards:
            if card not in catalogue.cards:
                raise ProfileInvalid(field=f"{key}.{card}", problem="unknown_card")


def _object(value: object, field: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise ProfileInvalid(field=field, problem="not_an_object")
    return value


def _text(content: Mapping[str, Any], key: str) -> str:
    value = content.get(key, "")
    if not isinstance(value, str):
        raise ProfileInvalid(field=key, problem="not_a_text")
    return value


def _texts(value: object, field: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ProfileInvalid(field=field, problem="not_a_list_of_texts")
    return tuple(value)


def _skills(value: object) -> dict[str, ProfileSkill]:
    found = {}
    for skill, level in _object(value, "skills").items():
        if not isinstance(level, str) or level not in set(SkillLevel):
            raise ProfileInvalid(field=f"skills.{skill}", problem="not_seen_help_alone_or_teach")
        found[skill] = ProfileSkill(skill, SkillLevel(level))
    return found


def _interests(value: object) -> dict[str, float]:
    found: dict[str, float] = {}
    for letter, score in _object(value, "interests").items():
        if letter not in INTEREST_LETTERS or len(letter) != 1:
            raise ProfileInvalid(field=f"interests.{letter}", problem="not_one_of_RIASEC")
        if isinstance(score, bool) or not isinstance(score, int | float) or not 0 <= score <= HIGHEST_INTEREST:
            raise ProfileInvalid(field=f"interests.{letter}", problem="not_0_to_10")
        found[letter] = score
    return found


def _cefr(value: object) -> dict[str, str]:
    found: dict[str, str] = {}
    for part, level in _object(value, "cefr").items():
        if part not in CEFR_PARTS:
            raise ProfileInvalid(field=f"cefr.{part}", problem="unknown_key")
        if level not in CEFR_LEVELS:
            raise ProfileInvalid(field=f"cefr.{part}", problem="not_a_cefr_level")
        found[part] = level
    return found


def _minutes(value: object) -> int | None:
    if value is None:
        return None
    whole = isinstance(value, int | float) and not isinstance(value, bool) and value == value // 1
    if not isinstance(value, int | float) or not whole or not 0 <= value <= LONGEST_TRAVEL_MINUTES:
        raise ProfileInvalid(field="max_travel_minutes", problem="not_minutes")
    return int(value)


def _jobs(value: object) -> tuple[Job, ...]:
    if not isinstance(value, list):
        raise ProfileInvalid(field="jobs", problem="not_a_list")
    jobs = []
    for number, item in enumerate(value):
        content = _object(item, f"jobs[{number}]")
        for key in content:
            if key not in JOB_KEYS:
                raise ProfileInvalid(field=f"jobs[{number}].{key}", problem="unknown_key")
            if not isinstance(content[key], str):
                raise ProfileInvalid(field=f"jobs[{number}].{key}", problem="not_a_text")
        told = dict(content)
        told["occupation"] = _occupation_id(told.get("occupation", ""))
        jobs.append(Job(**told))
    return tuple(jobs)


def _occupation_id(name: str) -> str:
    """An ESCO address becomes the id under which an imported list has it; an id of the catalogue stays."""
    return f"esco:{name.removeprefix(ESCO_OCCUPATION)}" if name.startswith(ESCO_OCCUPATION) else name
