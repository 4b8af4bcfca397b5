"""How interests and wishes join the skill part (4.4-4 to 4.4-6), in whole numbers, once for each kind of work."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from intake_app.domain.profile import SkillsProfile
from intake_app.matching import criteria
from intake_app.matching.rules import Rules
from intake_app.matching.table import OccupationTable, Signature

Ratio = tuple[int, int]
"""Numerator and denominator."""


@dataclass(frozen=True)
class Mix:
    """How the skill part goes into the fit: fit = (skill part x factor + extra) / whole."""

    factor: int
    extra: int
    whole: int


def mixes_of(profile: SkillsProfile, table: OccupationTable) -> list[tuple[Mix, Mix]]:
    """Per signature of the table how the parts mix, without and with a liked card that shows a core skill."""
    mixer = _Mixer(profile, table.rules)
    return [mixer.of(signature) for signature in table.signatures]


class _Mixer:
    """The answers of one person that count for interests and wishes; what comes out the same is made once."""

    def __init__(self, profile: SkillsProfile, rules: Rules) -> None:
        self._profile, self._rules = profile, rules
        self._kinds = len(criteria.learn_kinds(profile, rules))
        self._wanted = len(criteria.body_wishes(profile, rules))
        self._sectors = frozenset(profile.taster_sectors)
        self._liked = bool(criteria.liked_cards(profile))
        self._asked = bool(self._kinds) + bool(self._wanted) + bool(self._sectors) + self._liked
        self._read_interests()
        weights = rules.score.weights
        self._skills, self._interests, self._wishes = _whole(
            [weights["skills"], weights["interests"], weights["wishes"]]
        )
        self._interest_of: dict[str, Ratio] = {}
        self._made: dict[tuple[str, int, int, bool], tuple[Mix, Mix]] = {}

    def of(self, signature: Signature) -> tuple[Mix, Mix]:
        """Without and with a liked card."""
        learn = len(criteria.met_learn_kinds(signature, self._profile, self._rules)) if self._kinds else 0
        body = len(criteria.met_body_wishes(signature, self._profile, self._rules)) if self._wanted else 0
        key = (signature.riasec, learn, body, signature.sector in self._sectors)
        if key not in self._made:
            self._made[key] = (self._mix(*key, liked=False), self._mix(*key, liked=True))
        return self._made[key]

    def _mix(self, riasec: str, learn: int, body: int, sector: bool, *, liked: bool) -> Mix:
        interest = self._interest(riasec)
        wish = self._wish(learn, body, sector, liked)
        whole = self._skills + (self._interests if interest else 0) + (self._wishes if wish else 0)
        (i_part, i_of), (w_part, w_of) = interest or (0, 1), wish or (0, 1)
        return Mix(
            factor=self._skills * i_of * w_of,
            extra=self._interests * i_part * w_of + self._wishes * w_part * i_of,
            whole=whole * i_of * w_of,
        )

    def _wish(self, learn: int, body: int, sector: bool, liked: bool) -> Ratio | None:
        if not self._asked:
            return None
        kinds, wanted = self._kinds or 1, self._wanted or 1
        single = (sector if self._sectors else 0) + (liked if self._liked else 0)
        return learn * wanted + body * kinds + single * kinds * wanted, kinds * wanted * self._asked

    def _interest(self, riasec: str) -> Ratio | None:
        """As `criteria.interest_of`."""
        if not riasec or not self._scores:
            return None
        if riasec not in self._interest_of:
            weighed = list(zip(self._letter_weights, riasec, strict=False))
            part = sum(weight * self._scores[letter] for weight, letter in weighed)
            self._interest_of[riasec] = part, self._score_unit * sum(weight for weight, _ in weighed)
        return self._interest_of[riasec]

    def _read_interests(self) -> None:
        """The score of every letter as a whole number of `_score_unit`; none when interests do not count."""
        profile, rules = self._profile, self._rules
        self._letter_weights = _whole(rules.score.interest_letters)
        self._scores: dict[str, int] = {}
        if not profile.interests or profile.interests_confirmed in rules.score.interest_off:
            return
        letters = {letter: criteria.interest_score(profile, letter, rules) for letter in criteria.RIASEC_LETTERS}
        self._score_unit = lcm(*(score.denominator for score in letters.values()))
        self._scores = {letter: int(score * self._score_unit) for letter, score in letters.items()}


def _whole(numbers: Iterable[int | Fraction]) -> list[int]:
    """The same ratios as whole numbers."""
    found = [Fraction(number) for number in numbers]
    unit = lcm(*(number.denominator for number in found))
    return [int(number * unit) for number in found]
