"""Lists for the table: addresses per municipality, the cheat sheet of a language, numbers for an emergency."""

from __future__ import annotations

from datetime import timedelta

from intake_app.domain.catalogue import Organisation
from intake_app.i18n.gettext import mark, translations_folder
from intake_app.i18n.sounds import sounds
from intake_app.plan.content import Block, Box, Check, Pair, Pictured, Rules, Said, Sheet, Text
from intake_app.plan.hand import Hand
from intake_app.plan.voice import dated, labels, number

FRESH = timedelta(days=183)
"""An address that was not checked for longer is marked (DOMAIN 6.14)."""

_FOR_YOUTH = ("doorstroompunt", "zeg")
"""Partners for whoever is younger than 18 (DOMAIN 1.4)."""
_PHRASES = (
    mark("Welkom"),
    mark("U mag stoppen"),
    mark("Dit is geen toets"),
    mark("Ik bel een tolk"),
    mark("Klopt dit?"),
    mark("Tot [dag]"),
)


def address_list(hand: Hand, municipality: str) -> Sheet:
    """Every organisation of a municipality (all of them for ""), with what it is for and when it was checked."""
    found = [
        one for one in hand.catalogue.organisations.values() if not municipality or municipality in one.municipalities
    ]
    blocks: list[Block] = [_address(hand, one) for one in sorted(found, key=lambda one: one.label_nl)]
    title, name = mark("Adressen"), ""
    if municipality:
        title, name = mark("Adressen in {place}"), hand.catalogue.municipalities[municipality].label_nl
    return hand.paged(title, [tuple(blocks)], place=name)


def _address(hand: Hand, found: Organisation) -> Box:
    name = Text(hand.voice.catalogue(f"organisation:{found.id}", found.label_nl), "item")
    lines: list[Block] = [name]
    if found.role_nl:
        lines.append(hand.line(mark("Voor: {role}."), role=labels([(f"organisation_role:{found.id}", found.role_nl)])))
    told = (
        (mark("Adres: {text}"), found.address),
        (mark("Telefoon: {text}"), number(found.phone)),
        (mark("Open: {text}"), found.hours),
    )
    for message, text in told:
        lines.append(hand.line(message, text=text or "______________________"))
    lines.append(hand.line(mark("Vaste persoon: {text}"), text="______________________"))
    checked = found.provenance.checked_on
    if checked is not None:
        old = hand.today - checked > FRESH
        message = mark("! Lang geleden nagekeken: {date}. Bel eerst.") if old else mark("Nagekeken op {date}.")
        lines.append(hand.line(message, "strong" if old else "small", date=dated(checked)))
    return Box(tuple(lines))


def cheat_sheet(hand: Hand) -> Sheet:
    """For the counsellor, on A5: a few words of the language with their sound, and how to use the phone interpreter."""
    blocks: list[Block] = []
    known = sounds(hand.voice.code, translations_folder())
    for dutch in (phrase for phrase in _PHRASES if phrase in known):
        told = known[dutch]
        pair = Pair(Said(told.text, hand.voice.code), Said(hand.say(dutch).nl.text, "nl"))
        blocks.append(Box((Text(pair, "item"), Text(Pair(Said(told.sound, "nl"), Said(told.sound, "nl"))))))
    if not blocks:
        blocks = [Box((hand.line(dutch, "item"), Rules(1))) for dutch in _PHRASES]
    blocks.append(hand.line(mark("De tolktelefoon"), "heading"))
    steps = (
        mark("Bel het nummer van de tolktelefoon: ____________________"),
        mark("Noem de klantcode: ____________________"),
        mark("Zeg welke taal u nodig heeft."),
        mark("Zeg wie er in de kamer is, en zet de telefoon op luidspreker."),
        mark("Praat tegen de deelnemer, niet tegen de tolk. Maak korte zinnen."),
    )
    blocks += [Check((hand.line(step),)) for step in steps]
    return hand.sheet(mark("Spiekblad"), blocks, paper="A5")


def crisis_card(hand: Hand) -> Sheet:
    """Numbers for an emergency, for the counsellor; of use of it nothing is kept."""
    told = (
        (mark("Nu gevaar: politie, brandweer, ambulance"), "112"),
        (mark("Veilig Thuis: geweld of dreiging thuis, dag en nacht, gratis"), "0800 2000"),
        (mark("Denken aan zelfmoord: 113, dag en nacht, gratis"), "0800 0113"),
        (mark("CoMensha: mensenhandel en uitbuiting"), "033 448 1186"),
        (mark("Nederlandse Arbeidsinspectie: onveilig of oneerlijk werk"), "0800 5151"),
    )
    blocks: list[Block] = [hand.line(mark("Blijf rustig. Blijf erbij. Vraag wat iemand nu nodig heeft."), "lead")]
    for message, phone in told:
        words = hand.line(message, "strong")
        blocks.append(Pictured("plan_phone", (words, Text(hand.voice.name(number(phone)), "phone"))))
    blocks.append(hand.line(mark("Hier in huis: naam en nummer"), "heading"))
    blocks += [Rules(3), hand.line(mark("Schrijf niets op over het gebruik van deze kaart."), "small")]
    blocks.append(hand.line(mark("Bel deze nummers zelf na voor u de kaart ophangt."), "small"))
    return hand.sheet(mark("Bij nood"), blocks)


def youth_sheet(hand: Hand) -> Sheet:
    """For who is 16 or 17: who helps with school and work, and that going on with the talk is an own choice."""
    blocks: list[Block] = [
        hand.line(mark("Bent u 16 of 17 jaar? Dan is dit blad voor u."), "lead"),
        Pictured("school", (hand.line(mark("Praat eerst met uw school: uw mentor of de decaan helpt u verder.")),)),
        hand.line(mark("Zij helpen u gratis bij school en werk"), "heading"),
    ]
    found = [hand.catalogue.organisations[name] for name in _FOR_YOUTH if name in hand.catalogue.organisations]
    blocks += [_address(hand, one) for one in found]
    blocks.append(hand.line(mark("Wilt u ook met ons praten?"), "heading"))
    rights = (
        mark("U kiest zelf. Nee is ook goed."),
        mark("Uw ouder of iemand anders die u vertrouwt, mag erbij zijn."),
        mark("U mag stoppen. Altijd. U hoeft niet te zeggen waarom."),
    )
    blocks += [Check((hand.line(right),), "yes") for right in rights]
    if hand.place.phone:
        blocks.append(hand.line(mark("Of bel {phone}."), phone=number(hand.place.phone)))
    return hand.sheet(mark("Voor jongeren"), blocks, paper="A5")
