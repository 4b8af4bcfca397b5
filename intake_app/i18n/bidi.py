"""Direction isolates for display: user text and left-to-right values inside right-to-left sentences (UAX #9)."""

from __future__ import annotations

FIRST_STRONG_ISOLATE = "\u2068"
LEFT_TO_RIGHT_ISOLATE = "\u2066"
POP_ISOLATE = "\u2069"
_CONTROLS = dict.fromkeys([0x2066, 0x2067, 0x2068, 0x2069, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E])


def isolate(text: str) -> str:
    """Text of a person, between FSI and PDI, so that it keeps its own direction."""
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}" if text else ""


def isolate_ltr(text: str) -> str:
    """A date, number or phone number, between LRI and PDI, so that it is never reversed."""
    return f"{LEFT_TO_RIGHT_ISOLATE}{text}{POP_ISOLATE}" if text else ""


def strip_controls(text: str) -> str:
    """The text without direction controls: what may be stored."""
    return text.translate(_CONTROLS)
