"""The level of an education in the Dutch framework (NLQF), where exactly one goes with its name."""

from __future__ import annotations

from collections.abc import Mapping

NLQF: Mapping[str, str] = {"mbo1": "1", "mbo2": "2", "mbo3": "3", "mbo4": "4", "ad": "5", "hbo": "6"}
"""Code of g01b or g07 to level (Besluit NLQF, article 2). Left out, since a level would be a guess: vmbo (1 or 2),
havo or vwo (4 or 4+), university (6 or 7), schools below vmbo, and every certificate of g08, which names no course."""
