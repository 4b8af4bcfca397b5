"""Makes forms of any size with the mixture of rules that real questionnaires have; run it to see one."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from xml.sax.saxutils import quoteattr

CHOICES = ("yes", "no", "maybe")
PARTS = ("one", "two", "three", "four")
QUESTIONS = "abcdefghij"
"""The questions of a section and of a repeat: a and i take one choice, b, c and g a whole number, d, f and j text,
e several choices and h a decimal number."""
HUB = "/data/s1/a"
"""The question that one question of every section and of every repeat instance depends on."""

_KINDS = dict(
    zip(QUESTIONS, ("one", "int", "int", "text", "many", "text", "int", "decimal", "one", "text"), strict=True)
)
_TYPES = {"one": "string", "many": "string", "text": "string", "int": "int", "decimal": "decimal"}
HEAD = (
    '<?xml version="1.0"?>\n<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
    'xmlns:jr="http://openrosa.org/javarosa" xmlns:orx="http://openrosa.org/xforms">\n'
)
META = "<meta><instanceID/></meta>"
META_BIND = '<bind nodeset="/data/meta/instanceID" type="string" jr:preload="uid"/>'


@dataclass(frozen=True)
class Size:
    """How large a form is. A section has ten questions; so has a repeat, in each of its instances."""

    sections: int = 45
    repeats: int = 5
    instances: int = 20
    languages: tuple[str, ...] = ("nl", "en", "ar")

    @property
    def questions(self) -> int:
        """How many questions the form asks, a repeat's counted once."""
        return len(QUESTIONS) * (self.sections + self.repeats)


THE_FORM = Size()
"""500 questions, 350 relevants, 120 calculates, 100 constraints, five repeats of twenty instances, three languages."""


@dataclass(frozen=True)
class Question:
    """A question as it stands in a record: its exact ref and what kind of answer it takes."""

    ref: str
    kind: str

    def answer(self, random: Random) -> str:
        """An answer that satisfies every constraint, whatever the other answers are."""
        if self.kind == "one":
            return random.choice(CHOICES)
        if self.kind == "many":
            return " ".join(part for part in PARTS if random.random() < 0.5) or PARTS[0]
        if self.kind == "int":
            return str(random.randint(0, 100))
        if self.kind == "decimal":
            return f"{random.randint(1, 99)}.5"
        return f"text {random.randint(1, 999)}"


def questions(size: Size) -> list[Question]:
    """Every question of a new record, in document order."""
    families = [f"/data/s{number}" for number in range(1, size.sections + 1)]
    families += [
        f"/data/r{number}[{place}]" for number in range(1, size.repeats + 1) for place in range(1, size.instances + 1)
    ]
    return [Question(f"{family}/{name}", _KINDS[name]) for family in families for name in QUESTIONS]


def form(size: Size = THE_FORM) -> bytes:
    """The form as an ODK XForm."""
    return (
        f"{HEAD}<h:head><h:title>Measured</h:title><model>\n{_itext(size)}"
        f'<instance><data id="measured" version="1">{_model(size)}{META}</data></instance>\n'
        f"{''.join(_binds(size))}{META_BIND}</model></h:head>\n<h:body>\n{''.join(_body(size))}</h:body></h:html>\n"
    ).encode()


def _families(size: Size) -> Iterator[tuple[str, int, bool]]:
    """Every section and repeat: its name, its number and whether it repeats."""
    yield from ((f"s{number}", number, False) for number in range(1, size.sections + 1))
    yield from ((f"r{number}", number, True) for number in range(1, size.repeats + 1))


def _itext(size: Size) -> str:
    written = []
    for number, language in enumerate(size.languages):
        default = ' default="true()"' if number == 0 else ""
        texts = "".join(_texts(size, language))
        written.append(f'<translation lang="{language}"{default}>\n{texts}</translation>\n')
    return f"<itext>{''.join(written)}</itext>\n"


def _texts(size: Size, language: str) -> Iterator[str]:
    for family, _, repeated in _families(size):
        for name in QUESTIONS:
            ref = f"/data/{family}/{name}"
            # One label in ten tells a computed value, as real forms do with names and totals.
            score = "../score" if repeated else f"/data/{family}/score"
            shown = f' <output value="{score}"/>' if name == "j" else ""
            yield f'<text id="{ref}:label"><value>{language}: what about {family} {name}?{shown}</value></text>\n'
            yield f'<text id="{ref}:hint"><value>{language}: tell in your own words, {family} {name}</value></text>\n'
    for choice in (*CHOICES, *PARTS):
        yield f'<text id="choice:{choice}"><value>{language}: {choice}</value></text>\n'


def _model(size: Size) -> str:
    asked = "".join(f"<{name}/>" for name in QUESTIONS)
    written = []
    for family, _, repeated in _families(size):
        if repeated:
            inside = f"{asked}<score/><note/><place/><share/><line/>"
            written.append(f'<{family} jr:template="">{inside}</{family}>')
            written += [f"<{family}>{inside}</{family}>"] * size.instances
            written.append(f"<{family}_total/>")
        else:
            written.append(f"<{family}>{asked}<score/><note/></{family}>")
    return "\n".join(written)


def _binds(size: Size) -> Iterator[str]:
    for family, number, repeated in _families(size):
        near = ".." if repeated else f"/data/{family}"
        before = f"/data/s{number - 1 if number > 1 else size.sections}/a"
        rules = _relevants(near, before)
        for name in QUESTIONS:
            constraint = {"b": ". >= 0 and . <= 100", "c": f". >= 0 and . <= coalesce({near}/b, 0) + 200"}.get(name)
            yield _bind(f"{family}/{name}", _TYPES[_KINDS[name]], relevant=rules.get(name), constraint=constraint)
        kinds = {"note": "string", "line": "string"}
        for name, expression in _calculates(near, family if repeated else None).items():
            yield _bind(f"{family}/{name}", kinds.get(name, "int"), calculate=expression)
        if repeated:
            yield _bind(f"{family}_total", "int", calculate=f"sum(/data/{family}/score)")


def _relevants(near: str, before: str) -> dict[str, str]:
    return {
        "c": f"{near}/a = 'yes'",
        "d": f"{before} != 'no' and {near}/b > 10",
        "e": f"{near}/a = 'yes' or {near}/c > 50",
        "f": f"selected({near}/e, 'two')",
        "g": f"{near}/score > 60",
        "h": f"count-selected({near}/e) > 1",
        "i": f"{HUB} = 'yes'",
    }


def _calculates(near: str, repeat: str | None) -> dict[str, str]:
    score = f"coalesce({near}/b, 0) + coalesce({near}/c, 0) + count-selected({near}/e)"
    note = f"if({near}/score > 60, concat('High: ', {near}/score), concat('Low: ', {near}/j))"
    if repeat is None:
        return {"score": score, "note": note}
    return {
        "score": score,
        "note": note,
        "place": "position(..)",
        "share": f"int(100 * ../score div (/data/{repeat}_total + 1))",
        "line": "concat(../place, '. ', ../j)",
    }


def _bind(ref: str, kind: str, **rules: str | None) -> str:
    written = "".join(f" {name}={quoteattr(rule)}" for name, rule in rules.items() if rule is not None)
    return f'<bind nodeset="/data/{ref}" type="{kind}"{written}/>\n'


def _body(size: Size) -> Iterator[str]:
    for family, _, repeated in _families(size):
        asked = "".join(_control(f"/data/{family}/{name}", _KINDS[name]) for name in QUESTIONS)
        inside = f'<repeat nodeset="/data/{family}">\n{asked}</repeat>' if repeated else asked
        yield f'<group ref="/data/{family}"><label>{family}</label>\n{inside}</group>\n'


def _control(ref: str, kind: str) -> str:
    told = f"<label ref=\"jr:itext('{ref}:label')\"/><hint ref=\"jr:itext('{ref}:hint')\"/>"
    tag = {"one": "select1", "many": "select"}.get(kind, "input")
    offered = {"one": CHOICES, "many": PARTS}.get(kind, ())
    items = "".join(
        f"<item><label ref=\"jr:itext('choice:{value}')\"/><value>{value}</value></item>" for value in offered
    )
    return f'<{tag} ref="{ref}">{told}{items}</{tag}>\n'


def main() -> int:
    """Print a form of the size that was asked for."""
    parser = argparse.ArgumentParser(prog="dev.py bench forms", description=main.__doc__)
    parser.add_argument("--sections", type=int, default=THE_FORM.sections)
    parser.add_argument("--repeats", type=int, default=THE_FORM.repeats)
    parser.add_argument("--instances", type=int, default=THE_FORM.instances)
    chosen = parser.parse_args()
    sys.stdout.write(form(Size(chosen.sections, chosen.repeats, chosen.instances)).decode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
