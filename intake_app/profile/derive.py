"""The profile of a talk: every answer that matching and offers may use, by concept."""

from __future__ import annotations

from intake_app.domain.catalogue import Catalogue
from intake_app.domain.eligibility import Circumstances
from intake_app.domain.profile import Evidence, Job, ProfileSkill, SkillLevel, SkillsProfile
from intake_app.profile.answers import Answers
from intake_app.profile.interests import interest_scores
from intake_app.profile.skills import SkillCollector

OWN_IDEA_SOURCE = "own_idea"
"""`source` of a suggestions row that stands for the person's own idea (p03)."""
_CARD_PREFIX = "card_"
_TOLD_LEVELS = frozenset(level.value for level in SkillLevel)


def card_id(code: str) -> str:
    """The card of a choice code: `card_t9` is t9 (DOMAIN 3.2)."""
    return code.removeprefix(_CARD_PREFIX)


def cards_of(answers: Answers) -> tuple[str, ...]:
    """Every ticked card, also those the counsellor tapped while listening (i06b)."""
    codes = (*answers.many("cards"), *answers.many("asked_cards"))
    return tuple(dict.fromkeys(card_id(code) for code in codes))


def liked_cards_of(answers: Answers) -> tuple[str, ...]:
    """The cards of i03; with fewer than three ticked cards all of them count as chosen."""
    cards = cards_of(answers)
    chosen = tuple(card_id(code) for code in answers.many("top3"))
    return chosen or (cards if len(cards) < 3 else ())


def jobs_of(answers: Answers) -> tuple[Job, ...]:
    """The jobs of h02, in the order told."""
    rows = answers.rows_with("job")
    jobs = (
        Job(
            occupation=row.host("job_occupation"),
            sector=row.text("job_sector"),
            years=row.text("job_years"),
            when=row.text("job_when"),
            own_words=row.text("job"),
        )
        for row in rows
    )
    return tuple(job for job in jobs if job.occupation or job.own_words)


def derive_profile(answers: Answers, catalogue: Catalogue) -> SkillsProfile:
    """Build the profile. No answer with basis C4 or C5 is read here (DOMAIN 4.4-1)."""
    jobs = jobs_of(answers)
    travel = answers.text("travel_time")
    collector, confirmed = _skills(answers, catalogue, jobs), _confirmations(answers)
    return SkillsProfile(
        skills=collector.collected(confirmed),
        removed_skills=collector.removed(confirmed),
        cards=cards_of(answers),
        top_cards=liked_cards_of(answers),
        interests=interest_scores(answers),
        interests_confirmed=answers.text("recognise"),
        cefr=_cefr(answers),
        rather_not=answers.many("rather_not"),
        hours=answers.text("hours"),
        times=answers.many("times"),
        transport=answers.many("transport"),
        max_travel_minutes=int(travel) if travel.isdigit() else None,
        municipality=answers.text("municipality"),
        care=answers.text("care"),
        physical_wish=answers.many("physical_wish"),
        years_at_school=answers.text("highest"),
        level=_level(answers),
        papers=_papers(answers),
        learn_kind=answers.many("learn_kind"),
        learn_hours=answers.text("learn_hours"),
        taster=answers.text("taster"),
        taster_sectors=answers.many("taster_sector"),
        jobs=jobs,
        own_idea=_own_idea(answers),
        work_now=answers.text("work_now"),
        work_wish=answers.many("work_wish"),
        start=answers.text("start"),
        basic_wish=answers.many("basic_wish"),
        devices=answers.many("devices"),
        digital_can=answers.many("digital_can"),
        letter=answers.text("letter"),
        obstacles=answers.many("obstacles"),
        talk_form=answers.text("version") or "short",
    )


def all_skills(answers: Answers, catalogue: Catalogue) -> dict[str, ProfileSkill]:
    """Every skill the answers show, also those the person took away in i07."""
    return _skills(answers, catalogue, jobs_of(answers)).collected({})


def derive_circumstances(answers: Answers) -> Circumstances:
    """What only offers and schemes may ask (DOMAIN 4.4-13)."""
    courses = answers.rows_with("course_where")
    return Circumstances(
        age_group=answers.text("age_group"),
        work_now=answers.text("work_now"),
        income=answers.many("income"),
        foreign_schooling=any(row.text("course_where") in {"eu", "other"} for row in courses),
        diploma_valued=next((row.text("valued") for row in courses if row.text("valued")), ""),
        location_is_azc=answers.host("location").startswith("azc"),
    )


def _skills(answers: Answers, catalogue: Catalogue, jobs: tuple[Job, ...]) -> SkillCollector:
    collector = SkillCollector(catalogue)
    levels = {card_id(row.host("id")): row.text("level") for row in answers.rows_with("level")}
    for card in cards_of(answers):
        told = levels.get(card, "")
        collector.add_card(card, SkillLevel(told) if told in _TOLD_LEVELS else SkillLevel.SEEN)
    for job in jobs:
        collector.add_job(job)
    for row in answers.rows_with("job"):
        for task in row.rows("job_tasks"):
            if task.text("job_tasks") == "yes":
                collector.add(task.host("id"), SkillLevel.ALONE, Evidence("job_task", row.host("job_occupation")))
    for row in answers.rows("derived_skills"):
        if row.host("source") == "own":
            collector.add(row.host("id"), SkillLevel.SEEN, Evidence("own", "own"))
    return collector


def _confirmations(answers: Answers) -> dict[str, bool]:
    told = {row.host("id"): row.text("skills_ok") for row in answers.rows("derived_skills")}
    return {skill: word == "confirm" for skill, word in told.items() if word in {"confirm", "remove"}}


def _cefr(answers: Answers) -> dict[str, str]:
    parts = ("understand", "speak", "read", "write")
    told = {part: answers.text(f"nl_{part}") for part in parts}
    return {part: level for part, level in told.items() if level}


def _level(answers: Answers) -> str:
    valued = [row.text("valued_level") for row in answers.rows_with("valued_level") if row.text("valued_level")]
    return valued[-1] if valued else answers.text("nl_level")


def _papers(answers: Answers) -> tuple[str, ...]:
    named = [code for code in answers.many("certificates") if code != "none"]
    checked = {row.host("id"): row.text("valid") for row in answers.rows_with("valid")}
    return tuple(code for code in named if checked.get(code) == "yes")


def _own_idea(answers: Answers) -> str:
    for row in answers.rows("suggestions"):
        if row.host("source") == OWN_IDEA_SOURCE:
            return row.host("id")
    return ""
