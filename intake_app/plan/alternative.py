"""What a pictogram shows, for who hears the page: never the sentence that stands beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from intake_app.domain.catalogue import Catalogue
from intake_app.i18n.bidi import strip_controls
from intake_app.i18n.gettext import mark
from intake_app.plan.content import Block, Box, Pair, Pictured, Pictures
from intake_app.plan.voice import Voice, coded

_DRAWN: Mapping[str, str] = {
    "plan_step": mark("Plaatje: voetstappen"),
    "plan_phone": mark("Plaatje: een telefoon"),
    "plan_calendar": mark("Plaatje: een kalender"),
    "plan_goal": mark("Plaatje: een pijl in de roos"),
    "plan_private": mark("Plaatje: een hangslot"),
    "plan_clock": mark("Plaatje: een klok"),
    "plan_question": mark("Plaatje: een vraagteken"),
    "plan_strength": mark("Plaatje: een ster"),
    "skill": mark("Plaatje: een ster"),
    "two_people": mark("Plaatje: twee mensen"),
    "computer": mark("Plaatje: een laptop"),
    "no_control": mark("Plaatje: een vergrootglas met een streep erdoor"),
    "pause": mark("Plaatje: twee strepen, het teken voor pauze"),
    "bin": mark("Plaatje: een prullenbak"),
    "seat_drawing": mark("Plaatje: twee stoelen en één laptop"),
    "school": mark("Plaatje: een schoolgebouw"),
}


def alternatives(pages: Iterable[Iterable[Block]], voice: Voice, catalogue: Catalogue) -> dict[str, Pair]:
    """Name of a picture on these pages to what it shows; names of which nothing is known stay out."""
    names = dict.fromkeys(name for blocks in pages for block in blocks for name in _names(block))
    told = {name: _told(name, voice, catalogue) for name in names}
    return {name: pair for name, pair in told.items() if pair is not None}


def adds(alternative: Pair | None, beside: Iterable[str]) -> bool:
    """Whether a description says more than the words beside the picture; if not, the picture is only decoration."""
    if alternative is None:
        return False
    told = _folded(alternative.own.text)
    return bool(told) and all(told not in _folded(text) for text in beside)


def _names(block: Block) -> Iterator[str]:
    if isinstance(block, Pictured):
        yield from filter(None, (block.picture, block.or_else))
    elif isinstance(block, Pictures):
        yield from (name for name, _ in block.items)
    elif isinstance(block, Box):
        for inner in block.blocks:
            yield from _names(inner)


def _told(name: str, voice: Voice, catalogue: Catalogue) -> Pair | None:
    kind, _, code = name.partition("_")
    if name in _DRAWN:
        return voice.say(_DRAWN[name])
    if kind == "card" and code in catalogue.cards:
        return voice.catalogue(f"card:{code}", catalogue.cards[code].label_nl)
    if kind == "occupation" and code in catalogue.occupations:
        return voice.catalogue(f"occupation:{code}", catalogue.occupations[code].label_nl)
    return voice.value(coded("sector", [code])) if kind == "sector" else None


def _folded(text: str) -> str:
    return " ".join(strip_controls(text).casefold().split())
