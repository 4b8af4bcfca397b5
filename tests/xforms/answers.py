"""Answers as people and machines give them: mostly good, some that break a rule, some that are no answer at all."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from intake_app.xforms.api import NodeView

_GOOD = {
    "int": ("0", "1", "2", "3", "4", "7", "12", "40", "-3", "007", "1000"),
    "decimal": ("3.5", "-0.25", "7", "0", "12.125", "100.5", "1000000"),
    "date": ("2026-03-02", "2024-02-29", "1999-12-31", "1970-01-01", "2030-07-15"),
    "time": ("10:30:00.000Z", "23:59:59.000Z", "00:00:00.000Z"),
    "dateTime": ("2026-03-02T10:30:00.000Z", "1999-12-31T23:59:00.000Z"),
    "geopoint": ("52.1 6.2 0 0", "51.9 6.3 10.5 4", "-33.5 151.25 3 2"),
    "geotrace": ("52.1 6.2 0 0; 52.2 6.3 0 0", "51.9 6.3 1 1; 51.8 6.4 2 2; 51.7 6.5 3 3"),
    "geoshape": ("52 6 0 0; 52 7 0 0; 53 7 0 0; 52 6 0 0",),
    "binary": ("foto.jpg", "stem.m4a"),
}
_BAD = {
    "int": ("drie", "3.5", "--2"),
    "decimal": ("veel", "1,5"),
    "date": ("gisteren", "2026-13-01"),
    "geopoint": ("hier",),
}
_TEXTS = (
    *("Ali", "Noor", "x y", "Zoë & <b>", "مرحبا", "2", "10", "0", "2026-03-02", "ja", "nee", "A1", "7011 AB", "a,b;c"),
    *("true", "false", "-5", "1.50", "regel een\nregel twee", "  ruimte  ", "'aan' \"haling\"", "100%", "abcabc"),
)


def some(view: NodeView, random: Random, parameters: Mapping[str, str]) -> str:
    """An answer to a question as it stands."""
    dice = random.random()
    if dice < 0.1:
        return ""
    if view.choices is not None:
        return _chosen(view, random, stray=dice > 0.95)
    if view.control == "trigger":
        return "OK"
    if view.control == "range":
        start, end, step = (float(parameters[name]) for name in ("start", "end", "step"))
        wanted = start + random.randint(0, int(abs(end - start) / step)) * (step if end > start else -step)
        return f"{wanted:g}"
    if dice > 0.92 and view.type in _BAD:
        return random.choice(_BAD[view.type])
    return random.choice(_GOOD.get(view.type, _TEXTS))


def _chosen(view: NodeView, random: Random, stray: bool) -> str:
    values = [choice.value for choice in view.choices or ()]
    if view.control == "rank":
        return " ".join(random.sample(values, len(values)))
    if stray or not values:
        values = [*values, "zwerver"]
    if view.control != "select":
        return random.choice(values)
    return " ".join(random.sample(values, random.randint(1, min(4, len(values)))))
