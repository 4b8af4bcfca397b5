"""Papers for the table: forms, privacy notice, explanation, seat drawing, empty plan, cards (DOMAIN 6.14)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from intake_app.domain.catalogue import Catalogue
from intake_app.domain.plan import Installation
from intake_app.errors import UnknownName
from intake_app.i18n.gettext import mark
from intake_app.i18n.phrases import consent_sentences
from intake_app.plan.card_deck import card_deck, my_cards, table_deck
from intake_app.plan.content import Block, Box, Check, Pair, Pictured, Pictures, Rules, Sheet, Text
from intake_app.plan.hand import Asked, Hand
from intake_app.plan.handout_lists import address_list, cheat_sheet, crisis_card, youth_sheet
from intake_app.plan.pdf import render_sheet
from intake_app.plan.voice import number

__all__ = ["HANDOUTS", "Asked", "HandoutSetting", "handout_sheet", "render_handout"]

_CONSENTS = ("C1", "C2", "C3", "C4", "C5", "C6")


@dataclass(frozen=True)
class HandoutSetting:
    """What a handout may need: place, day, municipality id ("" for all), and the questions of the short talk."""

    place: Installation
    today: date
    municipality: str = ""
    questions: Sequence[Asked] = field(default=())


def handout_sheet(name: str, language: str, catalogue: Catalogue, setting: HandoutSetting) -> Sheet:
    """The content of one handout. Raises UnknownName for a name that is not in HANDOUTS, or another municipality."""
    if name not in _MAKERS:
        raise UnknownName(kind="handout", name=name, known=HANDOUTS)
    if setting.municipality and setting.municipality not in catalogue.municipalities:
        known = tuple(catalogue.municipalities)
        raise UnknownName(kind="municipality", name=setting.municipality, known=known)
    return _MAKERS[name](Hand(name, language, catalogue, setting.place, setting.today), setting)


def render_handout(name: str, language: str, catalogue: Catalogue, setting: HandoutSetting, resources: Path) -> bytes:
    """One handout as a tagged PDF, in a language and Dutch. Raises UnknownName, FileMissing."""
    return render_sheet(handout_sheet(name, language, catalogue, setting), resources)


def _consent(hand: Hand, code: str) -> tuple[Pair, Pair]:
    days, months = hand.place.kept(code)

    def part(index: int) -> Pair:
        return hand.voice.each(lambda spoken: consent_sentences(code, spoken, days=days, months=months)[index])

    return part(0), part(1)


def _signature(hand: Hand) -> list[Block]:
    return [hand.line(mark("Naam, datum en handtekening:")), Rules(2)]


def _consents(hand: Hand, _: HandoutSetting) -> Sheet:
    blocks: list[Block] = [hand.line(mark("U kiest zelf. Nee is ook goed. U mag later anders kiezen."), "lead")]
    for code in _CONSENTS:
        what, who = _consent(hand, code)
        yes, no = hand.line(mark("Ja"), "strong"), hand.line(mark("Nee"), "strong")
        blocks.append(Box((Text(what, "item"), Text(who), Check((yes,)), Check((no,)))))
    return hand.sheet(mark("Mag dit?"), [*blocks, *_signature(hand)])


def _withdrawal(hand: Hand, _: HandoutSetting) -> Sheet:
    blocks: list[Block] = [hand.line(mark("Ik wil dat u stopt met:"), "heading")]
    blocks += [Check((Text(_consent(hand, code)[0], "strong"),)) for code in _CONSENTS]
    blocks.append(hand.line(mark("Of alles tegelijk:"), "heading"))
    blocks.append(Check((hand.line(mark("Wis alles."), "strong"),)))
    blocks += [hand.line(mark("Mijn nummer:")), Rules(1), *_signature(hand)]
    blocks.append(hand.line(mark("U hoeft niet te zeggen waarom. Wij helpen u daarna gewoon verder."), "small"))
    return hand.sheet(mark("Stoppen of wissen"), blocks, paper="A5")


def _privacy(hand: Hand, _: HandoutSetting) -> Sheet:
    place = hand.place
    blocks: list[Block] = [hand.line(mark("Wij bewaren alleen wat u goed vindt."), "lead")]
    for code in _CONSENTS:
        what, who = _consent(hand, code)
        blocks += [Text(what, "strong"), Text(who)]
    blocks.append(hand.line(mark("Uw rechten"), "heading"))
    blocks.append(hand.line(mark("U mag alles zien, veranderen of wissen. Zeg het tegen uw begeleider.")))
    if place.phone:
        blocks.append(hand.line(mark("Of bel {phone}."), phone=number(place.phone)))
    if place.controller:
        blocks.append(hand.line(mark("Verantwoordelijk voor uw gegevens: {controller}."), controller=place.controller))
    if place.data_officer:
        blocks.append(hand.line(mark("Vragen over privacy: {officer}."), officer=place.data_officer))
    site, phone = number("autoriteitpersoonsgegevens.nl"), number("088 1805 250")
    told = mark("Een klacht? De Autoriteit Persoonsgegevens: {site}, {phone}.")
    return hand.sheet(mark("Uw gegevens"), [*blocks, hand.line(told, site=site, phone=phone)], paper="A5")


def _explanation(hand: Hand, _: HandoutSetting) -> Sheet:
    told = (
        ("two_people", mark("Wij praten samen. U kiest zelf wat u vertelt.")),
        ("computer", mark("Ik schrijf uw antwoorden op deze laptop. De laptop is op slot.")),
        ("plan_private", mark("Alleen uw begeleider ziet het.")),
        ("no_control", mark("Wij geven niets aan wie beslist over uw geld of uw verblijf.")),
        ("plan_clock", mark("Na een tijd wissen wij alles.")),
        ("pause", mark("U mag stoppen. Altijd. U hoeft niet te zeggen waarom.")),
        ("bin", mark("Zegt u: wis alles? Dan doen wij dat.")),
        ("plan_question", mark("Mag ik het opschrijven? Ja is goed. Nee is ook goed.")),
    )
    blocks: list[Block] = [Pictured(picture, (hand.line(text, "lead"),)) for picture, text in told]
    return hand.sheet(mark("Wat wij met uw woorden doen"), blocks, roomy=True)


def _seats(hand: Hand, _: HandoutSetting) -> Sheet:
    blocks: list[Block] = [
        Pictures((("seat_drawing", hand.say(mark("Zo zitten wij: naast elkaar."))),), size=330.0),
        hand.line(mark("Wij kijken samen op het scherm. U ziet alles wat ik schrijf."), "lead"),
        hand.line(mark("Komt er een vraag die alleen voor u is? Dan draait het scherm naar u toe."), "lead"),
    ]
    return hand.sheet(mark("Zo zitten wij"), blocks, roomy=True)


def _empty_plan(hand: Hand, _: HandoutSetting) -> Sheet:
    blocks: list[Block] = [hand.line(mark("Mijn naam:")), Rules(1)]
    for picture, text, lines in (
        ("plan_step", mark("Mijn eerste stap"), 3),
        ("plan_calendar", mark("Onze afspraak"), 2),
        ("plan_strength", mark("Dit kan ik"), 3),
        ("plan_goal", mark("Mijn doel"), 2),
        ("plan_question", mark("Dit wil ik nog vragen"), 3),
    ):
        blocks.append(Box((Pictured(picture, (hand.line(text, "item"),)), Rules(lines))))
    if hand.place.phone:
        phone = Text(hand.voice.name(number(hand.place.phone)), "phone")
        blocks.append(
            Pictured("plan_phone", (hand.line(mark("Een vraag? Bel {location}"), location=hand.location), phone))
        )
    return hand.sheet(mark("Mijn plan"), blocks)


def _short_intake(hand: Hand, setting: HandoutSetting) -> Sheet:
    blocks: list[Block] = [hand.line(mark("Op papier, als de laptop het niet doet. Niets is verplicht."), "lead")]
    for asked in setting.questions:
        answers: list[Block] = [Check((Text(choice),)) for choice in asked.choices]
        if not asked.told:
            blocks.append(Box((Text(asked.label, "strong"), *(answers or [Rules(1)]))))
        else:
            blocks.append(Text(asked.label))
    return hand.sheet(mark("Kort gesprek op papier"), blocks)


_MAKERS: Mapping[str, Callable[[Hand, HandoutSetting], Sheet]] = {
    "consent-form": _consents,
    "withdrawal-slip": _withdrawal,
    "privacy-notice": _privacy,
    "explanation": _explanation,
    "addresses": lambda hand, setting: address_list(hand, setting.municipality),
    "cheat-sheet": lambda hand, _: cheat_sheet(hand),
    "crisis-card": lambda hand, _: crisis_card(hand),
    "seat-drawing": _seats,
    "short-intake": _short_intake,
    "empty-plan": _empty_plan,
    "card-deck": lambda hand, _: card_deck(hand),
    "table-deck": lambda hand, _: table_deck(hand),
    "my-cards": lambda hand, _: my_cards(hand),
    "youth-sheet": lambda hand, _: youth_sheet(hand),
}
HANDOUTS = tuple(_MAKERS)
"""The names of all handouts."""
