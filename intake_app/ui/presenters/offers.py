"""Possible offers as cards: always "misschien", with reasons in both languages, where to ask, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass

from intake_app.domain.catalogue import Catalogue, Offer
from intake_app.domain.reasons import Reason, ReasonCode
from intake_app.domain.recommendation import OfferSuggestion
from intake_app.i18n.formats import format_date
from intake_app.i18n.gettext import mark, translator
from intake_app.i18n.phrases import catalogue_text, reason_sentence
from intake_app.services.conversation import Conversation
from intake_app.ui.controls.words import Words
from intake_app.ui.presenters.questions import shown_language
from intake_app.ui.widgets.pair import Pair

KINDS = {
    "L": ("kind_school", mark("Leren")),
    "M": ("kind_money", mark("Geld voor leren")),
    "R": ("kind_paper", mark("Uw diploma of ervaring")),
    "W": ("kind_work", mark("Werkplek")),
    "H": ("kind_help", mark("Hulp")),
}
"""Kind of DOMAIN 5 to its code and word."""
_SAID_ELSEWHERE = frozenset({ReasonCode.OFFER_MAYBE, ReasonCode.OFFER_ASK_AT})


@dataclass(frozen=True)
class OfferCard:
    """One offer. `source` is for the counsellor, in Dutch."""

    id: str
    title: Pair
    text: Pair
    kinds: tuple[Pair, ...]
    reasons: tuple[Pair, ...]
    ask: Pair
    source: str
    sample: bool
    estimated: bool


def offer_cards(conversation: Conversation) -> tuple[OfferCard, ...]:
    """The offers of a talk as it stands, in the order of the suggestions."""
    catalogue, language = conversation.keeper.catalogue, shown_language(conversation.talk.language)
    return tuple(_card(item, catalogue, language) for item in conversation.keeper.offers())


def _card(item: OfferSuggestion, catalogue: Catalogue, language: str) -> OfferCard:
    offer = catalogue.offers[item.id]
    words = Words(language)
    return OfferCard(
        id=item.id,
        title=_both(f"offer:{offer.id}", offer.label_nl, language),
        text=_both(f"offer_text:{offer.id}", offer.text_nl, language),
        kinds=tuple(words.pair(KINDS[kind][1]) for kind in offer.kinds if kind in KINDS),
        reasons=tuple(_reason(r, catalogue, language) for r in item.reasons if r.code not in _SAID_ELSEWHERE),
        ask=_ask(offer, catalogue, language),
        source=_source(offer),
        sample=offer.is_sample,
        estimated=bool(offer.provenance.estimated),
    )


def _both(context: str, dutch: str, language: str) -> Pair:
    own = catalogue_text(context, dutch, language) if translator(language, "catalogue").has(dutch, context) else ""
    return Pair(own, dutch, language)


def _reason(reason: Reason, catalogue: Catalogue, language: str) -> Pair:
    own, dutch = reason_sentence(reason, language, catalogue), reason_sentence(reason, "nl", catalogue)
    return Pair("" if own == dutch else own, dutch, language)


def _ask(offer: Offer, catalogue: Catalogue, language: str) -> Pair:
    """ "Vraag dit na bij …", also where the rules do not ask for it: conditions change."""
    return _reason(Reason(ReasonCode.OFFER_ASK_AT, {"ask": offer.ask_nl}), catalogue, language)


def _source(offer: Offer) -> str:
    say = translator("nl").text
    checked = offer.provenance.checked_on
    if checked is None:
        # Translators: {source} is where a piece of reference data was found.
        return say("Bron: {source}. Nog niet nagekeken.").format(source=offer.provenance.source)
    told = say("Bron: {source}. Nagekeken op {date}.")
    return told.format(source=offer.provenance.source, date=format_date(checked, "nl", "long"))
