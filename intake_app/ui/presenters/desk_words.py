"""What the conflict desk says, by what met there: a plan, a follow-up, or what belongs to a follow-up."""

from __future__ import annotations

from dataclasses import dataclass

from intake_app.i18n.gettext import mark

FOLLOW_UP, STATUS, PLAN = "follow_up", "status", "plan"


@dataclass(frozen=True)
class DeskWords:
    """Title of the page, why it is there, what to do where the centre has something else beside the questions, the
    button, and what stands while it works."""

    title: str
    why: str
    beside: str
    ready: str
    busy: str
    beside_title: str = mark("Ook anders bij het Werkcentrum")


_OF_PLAN = DeskWords(
    mark("Twee plekken, één plan"),
    mark(
        "Dit plan is op twee plekken veranderd. Kies bij elke vraag wat klopt, het liefst samen met de deelnemer. "
        "Er gaat niets weg: wat u niet kiest, blijft hier staan."
    ),
    mark(
        "Dit heeft het Werkcentrum ook veranderd. Straks geldt weer wat hier staat. Klopt het van het Werkcentrum "
        "beter? Verbeter het dan eerst in het gesprek."
    ),
    mark("Maak hier één plan van"),
    mark("Er wordt één plan van gemaakt …"),
)
_OF_FOLLOW_UP = DeskWords(
    mark("Twee versies, één vervolggesprek"),
    mark(
        "Dit vervolggesprek is op twee plekken verbeterd. Kies bij elke vraag wat klopt. Weet u het niet? Bel de "
        "deelnemer. Er gaat niets weg: wat u niet kiest, blijft hier staan."
    ),
    mark("Dit heeft het Werkcentrum ook veranderd. Straks geldt weer wat hier staat."),
    mark("Maak hier één vervolggesprek van"),
    mark("Er wordt één vervolggesprek van gemaakt …"),
)
_OF_STATUS = DeskWords(
    mark("De telling bij een vervolggesprek"),
    mark("Het programma telt dit zelf, uit het vervolggesprek. U hoeft niets te kiezen."),
    mark("Straks geldt wat hier staat. Klopt dat niet? Verbeter dan eerst het vervolggesprek."),
    mark("Zo is het goed"),
    mark("Het wordt klaargezet …"),
    mark("Anders bij het Werkcentrum"),
)
_OF_RENEWED_PLAN = DeskWords(
    mark("Het plan na een vervolggesprek"),
    mark("Dit plan volgt uit het vervolggesprek. U hoeft niets te kiezen."),
    mark("Straks geldt wat hier staat. Klopt dat niet? Verbeter dan eerst het vervolggesprek."),
    mark("Zo is het goed"),
    mark("Het wordt klaargezet …"),
    mark("Anders bij het Werkcentrum"),
)
_BY_FORM = {FOLLOW_UP: _OF_FOLLOW_UP, STATUS: _OF_STATUS, PLAN: _OF_RENEWED_PLAN}


def desk_words(form_id: str) -> DeskWords:
    """The words for what met, by its form; each still in Dutch, to be said in the language of the window."""
    return _BY_FORM.get(form_id, _OF_PLAN)
