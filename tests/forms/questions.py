"""The table of all questions, written from the field guide by hand, and what its conditions mean.

A condition with "not", "at most" or a count holds only for an answered question; choices that stand alone count as
zero. An answer counts only where its own question is asked.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).resolve().parents[1] / "data" / "forms" / "questions.csv"
ALWAYS = "always"
_WORD = re.compile(r"\b([a-x]\d\d[a-z]?)\b")
_ATOM = re.compile(
    r"(?P<who>[a-x]\d\d[a-z]?(?:\+[a-x]\d\d[a-z]?)?)(?P<how>=|≠| in | has | at least | at most | answered )(?P<what>.+)"
)


@dataclass(frozen=True)
class Question:
    """One row: `when` as the field guide says it, `code` the letter and number of the id."""

    id: str
    short: bool
    type: str
    part_of: str
    repeat: str
    when: str
    private: bool
    volunteer: bool
    consent: str
    sensitive: str

    @property
    def code(self) -> str:
        return self.id.split("_")[0]

    @property
    def reads(self) -> tuple[str, ...]:
        """Codes of the questions its condition looks at."""
        return tuple(dict.fromkeys(_WORD.findall(self.when)))


@cache
def questions() -> Mapping[str, Question]:
    """Code to question, in the order of the table."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = [
        Question(
            id=row["id"],
            short=row["short"] == "K",
            type=row["type"],
            part_of=row["part_of"],
            repeat=row["repeat"],
            when=row["when"],
            private=row["private"] == "private",
            volunteer=row["volunteer"] != "never",
            consent=row["consent"],
            sensitive=row["sensitive"],
        )
        for row in rows
    ]
    return {question.code: question for question in found}


@dataclass(frozen=True)
class Told:
    """Answers by code: one text, or one for each instance of a repeat. `alone` are choices that count as zero."""

    answers: Mapping[str, str | Sequence[str]]
    alone: Mapping[str, frozenset[str]]

    def asked(self, code: str, instance: int = 0) -> bool:
        """Whether the condition of a question holds, in one instance of its repeat."""
        question = questions()[code]
        return question.when == ALWAYS or self._any_of(question.when, instance)

    def value(self, code: str, instance: int = 0) -> str:
        """An answer that counts: given to a question that is asked."""
        told = self.answers.get(code, "")
        text = told if isinstance(told, str) else (told[instance] if instance < len(told) else "")
        return text if text and (code == "j01" or self.asked(code, instance)) else ""

    def _any_of(self, text: str, instance: int) -> bool:
        return any(all(self._holds(atom, instance) for atom in part.split(" and ")) for part in text.split(" or "))

    def _holds(self, atom: str, instance: int) -> bool:
        if atom.startswith("not "):
            return not self._holds(atom.removeprefix("not "), instance)
        if atom.startswith("any "):
            inner = atom.removeprefix("any ")
            told = self.answers.get(inner[:3], ())
            return any(self._holds(inner, number) for number in range(1 if isinstance(told, str) else len(told)))
        found = _ATOM.fullmatch(atom)
        assert found, atom
        return self._rule(found["how"].strip())(found["who"], found["what"], instance)

    def _rule(self, how: str) -> Callable[[str, str, int], bool]:
        return {
            "=": lambda who, what, here: self.value(who, here) == what,
            "≠": lambda who, what, here: self.value(who, here) not in ("", what),
            "in": lambda who, what, here: self.value(who, here) in what.split("|"),
            "has": lambda who, what, here: what in self.value(who, here).split(),
            "at least": lambda who, what, here: self._count(who, here) >= int(what),
            "at most": lambda who, what, here: self.value(who, here) != "" and self._count(who, here) <= int(what),
            "answered": lambda who, what, here: len(self._all(who, here)) >= int(what),
        }[how]

    def _count(self, who: str, here: int) -> int:
        words = [(code, word) for code in who.split("+") for word in self.value(code, here).split()]
        return sum(word not in self.alone.get(code, frozenset()) for code, word in words)

    def _all(self, who: str, here: int) -> list[str]:
        told = self.answers.get(who, "")
        if who == "j01":
            return [word for word in told if word]
        return [self.value(who, here)] if self.value(who, here) else []
