"""Choices that stand alone ("niets", "sla over"): enforced for every answer, wherever it comes from (DOMAIN 2.2)."""

from __future__ import annotations

from collections.abc import Collection

from intake_app.xforms.api import FormEntry


def settled(entry: FormEntry, ref: str, value: str) -> str:
    """A choice of several as it may stand: an exclusive choice that is new stands alone, an older one gives way.

    So "geen van deze" after three ticks clears the ticks, and a tick after "geen van deze" clears that; a form
    needs no constraint for it. Other answers, and lists without exclusive choices, come back as they are.
    """
    chosen = value.split()
    if len(chosen) < 2:
        return value
    view = entry.node(ref)
    alone = {choice.value for choice in view.choices or () if choice.properties.get("exclusive") == "yes"}
    if not alone.intersection(chosen):
        return value
    return " ".join(_kept(chosen, alone, entry.value(ref).split()))


def _kept(chosen: list[str], alone: Collection[str], before: Collection[str]) -> list[str]:
    new = [word for word in chosen if word in alone and word not in before]
    if new:
        return new[-1:]
    others = [word for word in chosen if word not in alone]
    return others or chosen[-1:]
