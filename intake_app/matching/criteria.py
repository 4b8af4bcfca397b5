"""The criteria of a match, one function each: what of an occupation the person has, likes and wishes (DOMAIN 4.4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Protocol

from intake_app.domain.catalogue import Catalogue, Occupation
from intake_app.domain.profile import SkillsProfile
from intake_app.matching.rules import Rules


class Work(Protocol):
    """What wishes look at: route letters, body codes and the sector."""

    @property
    def routes(self) -> tuple[str, ...]:
        """Route letters."""

    @property
    def body(self) -> tuple[str, ...]:
        """Codes of physical demands."""

    @property
    def sector(self) -> str:
        """The sector code."""


RIASEC_LETTERS = "RIASEC"
FEW_CARDS = 3
"""With fewer ticked cards i03 is not asked, and all of them count as chosen (DOMAIN 2.5, i03)."""


def skill_level(profile: SkillsProfile, skill: str, rules: Rules) -> Fraction:
    """The level of one skill as a number, 0 when it was not shown or was removed in i07."""
    known = profile.skills.get(skill)
    if known is None or known.confirmed is False:
        return Fraction(0)
    return Fraction(rules.score.skill_levels[known.level.value])


def mean(values: Iterable[Fraction]) -> Fraction | None:
    """The mean, or None when there is nothing to take it of."""
    found = list(values)
    return sum(found, Fraction(0)) / len(found) if found else None


def skill_groups(occupation: Occupation, catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """The skills of C, P and G of 4.4-3 by the names core, other and generic; P and G are left out when empty.

    C is always there: an occupation without known core skills (from an imported list) has none that can be shown.
    """
    groups = {
        "core": occupation.core_skills,
        "other": tuple(skill for skill in occupation.other_skills if not catalogue.skills[skill].generic),
        "generic": tuple(skill for skill in occupation.other_skills if catalogue.skills[skill].generic),
    }
    return {name: skills for name, skills in groups.items() if skills or name == "core"}


def skill_means(
    occupation: Occupation, profile: SkillsProfile, catalogue: Catalogue, rules: Rules
) -> dict[str, Fraction]:
    """C, P and G of 4.4-3 by the names core, other and generic; absent ones left out."""
    return {
        name: mean(skill_level(profile, skill, rules) for skill in skills) or Fraction(0)
        for name, skills in skill_groups(occupation, catalogue).items()
    }


def skill_weights(means: Mapping[str, object], rules: Rules) -> dict[str, Fraction]:
    """The weight of each mean within the skill part, by which of them are present."""
    name = "_".join(part for part in ("core", "other", "generic") if part in means)
    return {part: Fraction(weight) for part, weight in rules.score.skill_parts[name].items()}


def interest(occupation: Occupation, profile: SkillsProfile, rules: Rules) -> Fraction | None:
    """I of 4.4-4: how far the letters of the occupation are those of the person; None when not asked or refused."""
    return interest_of(occupation.riasec, profile, rules)


def interest_of(riasec: str, profile: SkillsProfile, rules: Rules) -> Fraction | None:
    """The same for the letters of an occupation; None too where an imported list gives no letters."""
    if not riasec or not profile.interests or profile.interests_confirmed in rules.score.interest_off:
        return None
    weighted = list(zip(rules.score.interest_letters, riasec, strict=False))
    total = sum(weight * interest_score(profile, letter, rules) for weight, letter in weighted)
    return Fraction(total) / sum(weight for weight, _ in weighted)


def interest_score(profile: SkillsProfile, letter: str, rules: Rules) -> Fraction:
    """The score of one interest type, 0-1."""
    # the decimal text of a float is what was meant: 0.1 is a tenth
    return Fraction(str(profile.interests.get(letter, 0))) / rules.score.interest_highest


def liked_cards(profile: SkillsProfile) -> tuple[str, ...]:
    """The cards of i03 by id; all ticked ones when they were too few to choose from."""
    found = profile.top_cards or (profile.cards if len(profile.cards) < FEW_CARDS else ())
    return tuple(sorted(set(found)))


def liked_cards_with_core(
    occupation: Occupation, profile: SkillsProfile, catalogue: Catalogue, rules: Rules
) -> tuple[str, ...]:
    """Chosen cards that show a core skill of the occupation which the person did not remove."""
    return tuple(
        card
        for card in liked_cards(profile)
        if card in catalogue.cards
        and any(
            skill in occupation.core_skills and skill_level(profile, skill, rules) > 0
            for skill in catalogue.cards[card].skills
        )
    )


def learn_kinds(profile: SkillsProfile, rules: Rules) -> tuple[str, ...]:
    """The chosen kinds of learning that count for occupations, in the order of the rules: not language, not digital."""
    return tuple(kind for kind in rules.codes.routes_of_learn_kind if kind in profile.learn_kind)


def met_learn_kinds(occupation: Work, profile: SkillsProfile, rules: Rules) -> tuple[str, ...]:
    """The chosen kinds of learning that a route of the occupation offers."""
    return tuple(
        kind
        for kind in learn_kinds(profile, rules)
        if set(rules.codes.routes_of_learn_kind[kind]) & set(occupation.routes)
    )


def body_wishes(profile: SkillsProfile, rules: Rules) -> tuple[str, ...]:
    """The wishes of l06 that matching knows, in the order of the rules."""
    return tuple(wish for wish in rules.codes.body_of_physical_wish if wish in profile.physical_wish)


def met_body_wishes(occupation: Work, profile: SkillsProfile, rules: Rules) -> tuple[str, ...]:
    """The wishes of l06 that the work meets."""
    wanted = rules.codes.body_of_physical_wish
    return tuple(
        wish
        for wish in body_wishes(profile, rules)
        if (wanted[wish]["code"] in occupation.body) is wanted[wish]["present"]
    )


def wishes(occupation: Occupation, profile: SkillsProfile, catalogue: Catalogue, rules: Rules) -> dict[str, Fraction]:
    """The criteria of W (4.4-5) that were asked and answered, each 0-1."""
    found: dict[str, Fraction] = {}
    if liked_cards(profile):
        found["liked_card"] = Fraction(bool(liked_cards_with_core(occupation, profile, catalogue, rules)))
    return found | wishes_met(occupation, profile, rules)


def wishes_met(occupation: Work, profile: SkillsProfile, rules: Rules) -> dict[str, Fraction]:
    """The criteria of W that look at the work alone, not at skills."""
    found: dict[str, Fraction] = {}
    if kinds := learn_kinds(profile, rules):
        found["learn_kind"] = Fraction(len(met_learn_kinds(occupation, profile, rules)), len(kinds))
    if wanted := body_wishes(profile, rules):
        found["body"] = Fraction(len(met_body_wishes(occupation, profile, rules)), len(wanted))
    if profile.taster_sectors:
        found["sector"] = Fraction(occupation.sector in profile.taster_sectors)
    return found


def avoided_wishes(occupation: Occupation, profile: SkillsProfile, rules: Rules) -> tuple[str, ...]:
    """The answers of k02 that this work goes against (4.4-9)."""
    return tuple(
        code
        for code in sorted(set(profile.rather_not))
        if rules.codes.avoid_body.get(code) in occupation.body
        or set(rules.codes.avoid_core_skills.get(code, ())) & set(occupation.core_skills)
    )
