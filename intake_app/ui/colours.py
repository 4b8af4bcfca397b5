"""The three palettes, which of their colours stand on which, and how contrast is measured."""

from __future__ import annotations

from typing import NamedTuple


class Colours(NamedTuple):
    """Named colours; `CONTRAST_RULES` says which stand on which, and how much they must differ."""

    ground: str
    surface: str
    sunken: str
    ink: str
    ink_soft: str
    line: str
    edge: str
    primary: str
    primary_strong: str
    primary_ink: str
    primary_soft: str
    primary_tint: str
    accent: str
    accent_soft: str
    accent_ink: str
    focus: str
    info: str
    info_soft: str
    good: str
    good_soft: str
    warning: str
    warning_soft: str
    error: str
    error_soft: str
    off_ink: str
    off: str
    plate: str
    """What pictures stand on: they are drawn with dark lines."""


LIGHT = Colours(
    ground="#F6F3EC",
    surface="#FFFFFF",
    sunken="#ECE7DC",
    ink="#17282D",
    ink_soft="#46575D",
    line="#DDD6C8",
    edge="#748284",
    primary="#0B625C",
    primary_strong="#074640",
    primary_ink="#FFFFFF",
    primary_soft="#DCEFEB",
    primary_tint="#F0F8F6",
    accent="#E08A2C",
    accent_soft="#FCEBD5",
    accent_ink="#7A4200",
    focus="#1D4ED8",
    info="#1F4B87",
    info_soft="#E6EEF9",
    good="#1C633A",
    good_soft="#E3F3E8",
    warning="#7A4A00",
    warning_soft="#FFF1D6",
    error="#9B2423",
    error_soft="#FCE9E6",
    off_ink="#6B787B",
    off="#EFECE5",
    plate="#FFFFFF",
)

DARK = Colours(
    ground="#12191B",
    surface="#1B2528",
    sunken="#263237",
    ink="#F3F0E9",
    ink_soft="#BFCACC",
    line="#3B4A4E",
    edge="#8999A0",
    primary="#74D3C7",
    primary_strong="#A6E8DF",
    primary_ink="#05211D",
    primary_soft="#17423E",
    primary_tint="#1D3132",
    accent="#F0A552",
    accent_soft="#40301B",
    accent_ink="#F6C78C",
    focus="#9DBEFF",
    info="#A3C7F7",
    info_soft="#1B2C42",
    good="#93D8A8",
    good_soft="#173222",
    warning="#F2C274",
    warning_soft="#3A2B12",
    error="#F7ABA2",
    error_soft="#431E1C",
    off_ink="#8B989C",
    off="#222C2F",
    plate="#F4F1EA",
)

HIGH_CONTRAST = Colours(
    ground="#FFFFFF",
    surface="#FFFFFF",
    sunken="#F0F0F0",
    ink="#000000",
    ink_soft="#1A1A1A",
    line="#000000",
    edge="#000000",
    primary="#003B36",
    primary_strong="#001F1C",
    primary_ink="#FFFFFF",
    primary_soft="#FFEB80",
    primary_tint="#FFF8D6",
    accent="#8A4B00",
    accent_soft="#FFF3CC",
    accent_ink="#4A2800",
    focus="#0000D6",
    info="#002B66",
    info_soft="#FFFFFF",
    good="#003D1B",
    good_soft="#FFFFFF",
    warning="#4A2C00",
    warning_soft="#FFFFFF",
    error="#7A0000",
    error_soft="#FFFFFF",
    off_ink="#4D4D4D",
    off="#F0F0F0",
    plate="#FFFFFF",
)

CONTRAST_RULES: tuple[tuple[str, str, float], ...] = (
    *((ink, ground, 4.5) for ink in ("ink", "ink_soft") for ground in ("ground", "surface", "sunken", "primary_soft")),
    *(("ink", ground, 7.0) for ground in ("ground", "surface", "primary_soft", "primary_tint", "accent_soft")),
    *((kind, f"{kind}_soft", 4.5) for kind in ("info", "good", "warning", "error")),
    *(("ink", f"{kind}_soft", 7.0) for kind in ("info", "good", "warning", "error")),
    *(("ink_soft", ground, 4.5) for ground in ("primary_tint", "accent_soft")),
    ("primary_ink", "primary", 4.5),
    ("primary_ink", "primary_strong", 4.5),
    ("primary", "surface", 4.5),
    ("primary", "ground", 4.5),
    ("primary", "primary_soft", 4.5),
    ("accent_ink", "accent_soft", 4.5),
    ("off_ink", "off", 3.0),
    *(("edge", ground, 3.0) for ground in ("ground", "surface")),
    *(("edge", ground, 3.0) for ground in ("sunken", "primary_tint")),
    *(("primary", ground, 4.5) for ground in ("sunken", "primary_tint")),
    *(("focus", ground, 3.0) for ground in ("ground", "surface", "sunken", "primary_soft", "primary_tint")),
    *((kind, "surface", 4.5) for kind in ("info", "good", "warning", "error")),
)
"""(ink, ground, least ratio): WCAG 2.2 criteria 1.4.3 (4.5), 1.4.6 (7) for texts of the talk, 1.4.11 (3) for edges."""


def relative_luminance(colour: str) -> float:
    """The relative luminance, 0 to 1, of a colour written `#RRGGBB` (WCAG 2.2, definition)."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast_ratio(one: str, other: str) -> float:
    """The contrast ratio, 1 to 21, of two colours written `#RRGGBB` (WCAG 2.2, definition)."""
    dark, light = sorted((relative_luminance(one), relative_luminance(other)))
    return (light + 0.05) / (dark + 0.05)
