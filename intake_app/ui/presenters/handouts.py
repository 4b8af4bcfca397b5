"""The papers for the table as a page lists them: by use, with the languages in which each is of use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from intake_app.domain.catalogue import Catalogue
from intake_app.i18n.gettext import mark, translations_folder
from intake_app.i18n.languages import with_texts

DUTCH = "nl"
ADDRESSES = "addresses"
# Translators: picture cards, four on a sheet of paper; the code of each stands on its back.
_ON_BOTH_SIDES = mark("Print op dik papier, aan twee kanten, en keer om langs de lange kant. Knip de kaarten los.")


@dataclass(frozen=True)
class Handout:
    """One paper: its code, marked name, and marked words on its use. `dutch_only`: for the counsellor alone."""

    code: str
    name: str
    use: str
    dutch_only: bool = False

    @property
    def two_sided(self) -> bool:
        """Whether it has backs that belong to its fronts."""
        return self.use == _ON_BOTH_SIDES


GROUPS: Mapping[str, tuple[Handout, ...]] = {
    mark("Vóór en in het gesprek"): (
        Handout("explanation", mark("Uitleg met plaatjes"), mark("Lees dit voor bij het begin van een gesprek.")),
        Handout(
            "seat-drawing", mark("Zo zitten wij"), mark("Een tekening: naast elkaar, allebei zicht op het scherm.")
        ),
        Handout("card-deck", mark("Alle kaarten"), _ON_BOTH_SIDES),
        Handout("table-deck", mark("Kleine set kaarten"), _ON_BOTH_SIDES),
        Handout("my-cards", mark("Mijn kaarten"), mark("Een briefje voor de eigen codes. Wij bewaren het niet.")),
        Handout("short-intake", mark("Kort gesprek op papier"), mark("Voor als de laptop het niet doet.")),
        Handout("empty-plan", mark("Leeg plan"), mark("Schrijf het plan met de pen als de laptop het niet doet.")),
    ),
    mark("Toestemming en privacy"): (
        Handout("consent-form", mark("Toestemming"), mark("Elke vraag apart, met ruimte voor een handtekening.")),
        Handout("withdrawal-slip", mark("Stoppen of wissen"), mark("Voor wie een toestemming wil intrekken.")),
        Handout("privacy-notice", mark("Uw gegevens"), mark("Wat wij bewaren, wie het ziet en hoe lang.")),
        Handout("youth-sheet", mark("Voor jongeren"), mark("Voor wie 16 of 17 jaar is. Geef dit vóór het gesprek.")),
    ),
    mark("Adressen en hulp"): (
        Handout(ADDRESSES, mark("Adressen"), mark("Waar iemand terecht kan, per gemeente.")),
        Handout("cheat-sheet", mark("Spiekblad"), mark("Een paar woorden in de taal, en hoe u een tolk belt.")),
        Handout("crisis-card", mark("Bij nood"), mark("Voor u. Bel de nummers na voor u de kaart ophangt."), True),
    ),
}
"""Marked heading to the papers below it."""


def handouts() -> Sequence[Handout]:
    """All papers in the order of the page."""
    return tuple(one for group in GROUPS.values() for one in group)


def handout(code: str) -> Handout:
    """The paper of a code. Raises KeyError."""
    return {one.code: one for one in handouts()}[code]


def languages() -> tuple[tuple[str, str], ...]:
    """Code and own name of the languages in which papers can be made: those that have texts."""
    return tuple((one.code, one.name) for one in with_texts(translations_folder()))


def municipalities(catalogue: Catalogue) -> tuple[tuple[str, str], ...]:
    """Id and name, by name; the names are the same in every language."""
    return tuple(sorted(((one, there.label_nl) for one, there in catalogue.municipalities.items()), key=lambda x: x[1]))


def handout_file(code: str, language: str, municipality: str = "") -> str:
    """A name for the file."""
    return "-".join(filter(None, (code, municipality, language))) + ".pdf"
