"""What offers and schemes may ask about a person; kept apart from the profile so that no occupation sees it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Circumstances:
    """Answers that only filter offers and add "vraag dit na" (DOMAIN 4.4-13); codes of DOMAIN 2."""

    age_group: str = ""
    work_now: str = ""
    income: tuple[str, ...] = ()
    foreign_schooling: bool = False
    diploma_valued: str = ""
    location_is_azc: bool = False


OFFER_ANSWERS = frozenset(
    {"learn_kind", "basic_wish", "taster", "letter", "level", "work_wish", "obstacles", "work_now", "income"}
    | {"age_group", "diploma_valued", "foreign_schooling", "azc", "language_gap", "experience", "kansberoep"}
    | {"sector", "occupation", "route", "requirement"}
)
"""Every name that the columns `shown_for` and `only_for` of an offer may use."""
