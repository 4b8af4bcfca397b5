"""Cards for on the table, with the code of each on its back, and a slip to note one's own codes on (DOMAIN 2.1-11)."""

from __future__ import annotations

from collections.abc import Sequence

from intake_app.domain.catalogue import ActivityCard
from intake_app.i18n.gettext import mark
from intake_app.plan.content import Block, Code, Pictures, Rules, Sheet, Text
from intake_app.plan.hand import Hand
from intake_app.plan.voice import number

_FACES = (
    # Translators: on three cards for the table: what somebody thinks of a picture.
    ("smile3_fun", mark("Leuk")),
    ("smile3_unsure", mark("Weet ik niet")),
    ("smile3_not", mark("Niet voor mij")),
)
"""The same three as on screen, to lay beside a card (DOMAIN 2.1-11)."""
_ON_A_SIDE = 4
_PICTURE = 135.0

Side = tuple[Block, ...]


def card_deck(hand: Hand) -> Sheet:
    """All activity cards and the three faces."""
    return _deck(hand, list(hand.catalogue.cards.values()))


def table_deck(hand: Hand) -> Sheet:
    """The small set for a short talk on paper and for groups, and the three faces (DOMAIN 3.2)."""
    return _deck(hand, [card for card in hand.catalogue.cards.values() if card.in_deck])


def my_cards(hand: Hand) -> Sheet:
    """Four of the same slip: somebody keeps the own codes for a later talk. Nobody else keeps them."""
    slip: Side = (
        hand.line(mark("Mijn kaarten"), "title"),
        # Translators: codes such as h1 stand on the back of printed picture cards.
        hand.line(mark("Schrijf hier de codes die achter op uw kaarten staan:")),
        Rules(3),
        hand.line(mark("Deze drie doe ik het liefst:")),
        Rules(1),
        hand.line(mark("Neem dit briefje mee naar een gesprek. Wij bewaren het niet.")),
        *hand.honest(),
    )
    return hand.quarters(mark("Mijn kaarten"), [slip] * _ON_A_SIDE)


def _deck(hand: Hand, cards: Sequence[ActivityCard]) -> Sheet:
    """A card that tells what to do, the cards, the faces; after every four fronts their four backs."""
    fronts: list[Side] = [_first(hand, len(cards))]
    backs: list[Side] = [()]
    for card in cards:
        fronts.append(_front(hand, card))
        backs.append(_back(hand, card))
    for picture, words in _FACES:
        fronts.append((Pictures(((picture, hand.say(words)),), size=_PICTURE),))
        backs.append(())
    pages: list[Side] = []
    for start in range(0, len(fronts), _ON_A_SIDE):
        for side in (fronts, backs):
            four = side[start : start + _ON_A_SIDE]
            pages += [*four, *[()] * (_ON_A_SIDE - len(four))]
    return hand.quarters(mark("Kaarten"), pages)


def _first(hand: Hand, count: int) -> Side:
    told = hand.line(mark("Dit zijn {count} kaarten. Leg ze op tafel en kies er drie."), "lead", count=count)
    return (hand.line(mark("Kaarten"), "title"), told, *hand.honest(), Text(hand.footer(), "small"))


def _front(hand: Hand, card: ActivityCard) -> Side:
    words = hand.voice.catalogue(f"card:{card.id}", card.label_nl)
    return (Pictures(((f"card_{card.id}", words),), size=_PICTURE),)


def _back(hand: Hand, card: ActivityCard) -> Side:
    family = hand.voice.catalogue(f"family:{card.family}", hand.catalogue.families[card.family])
    return (Code(number(card.id.upper()), family),)
