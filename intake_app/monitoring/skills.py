"""Whether somebody's basic skills grew between the talk and a contact after it (ind06)."""

from __future__ import annotations

from collections.abc import Mapping

LADDERS = ("nl_understand", "nl_speak", "nl_read", "nl_write")
DIGITAL = "digital_can"
_LEVELS = {"a0": 0, "a1": 1, "a2": 2, "b1": 3, "b2": 4, "c1": 5}
_NOTHING = "none"
_METER = {"higher": True, "same": False, "lower": False}


def grew(before: Mapping[str, str], after: Mapping[str, str], meter: str = "") -> bool | None:
    """True when one of f01-f04, the number of f13, or a Basismeter is higher than before; None if nothing was twice.

    `before` and `after` map concepts (`nl_speak`, `digital_can`) to answers; `meter` is the answer of u05f. Going down
    in one and up in another counts as growth: the indicator asks for a higher one.
    """
    compared = [
        _LEVELS[after[name]] > _LEVELS[before[name]]
        for name in LADDERS
        if before.get(name) in _LEVELS and after.get(name) in _LEVELS
    ]
    if before.get(DIGITAL) and after.get(DIGITAL):
        compared.append(_number(after[DIGITAL]) > _number(before[DIGITAL]))
    if meter in _METER:
        compared.append(_METER[meter])
    return any(compared) if compared else None


def _number(text: str) -> int:
    return len(set(text.split()) - {_NOTHING})
