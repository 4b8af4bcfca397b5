"""The sheets beside the plan: own data, skills sheet, letter of referral, appointment card (DOMAIN 6.9-6.13)."""

from __future__ import annotations

from collections.abc import Callable

from intake_app.domain.plan import PlanConsent, PlanDocument
from intake_app.i18n import words
from intake_app.i18n.gettext import mark
from intake_app.i18n.phrases import catalogue_text, consent_sentences
from intake_app.plan.content import Block, Check, Pair, Pictured, Rules, Said, Sheet, Text
from intake_app.plan.nlqf import NLQF
from intake_app.plan.parts import Writer
from intake_app.plan.plan_pages import occupation_label
from intake_app.plan.voice import Value, clock, coded, dated, labels, number, tongues

_NO_DUTCH_YET = "a0"
_SURE = frozenset({"alone", "teach"})
_STATES = {True: "yes", False: "no", None: "empty"}


def data_sheet(writer: Writer) -> Sheet:
    """ "Mijn gegevens" on A5: what is allowed, who sees it how long, and how to change or erase it."""
    document = writer.document
    place = document.installation
    blocks: list[Block] = [writer.heading(mark("Dit mag:"))]
    blocks += [_consent(writer, consent) for consent in document.consents]
    if place.no_control_agreement:
        blocks.append(writer.line(mark("Wij gebruiken dit niet om uw uitkering te controleren.")))
    blocks.append(writer.heading(mark("Zo verandert of wist u uw gegevens")))
    tell = mark("Zeg het tegen uw begeleider. U mag alles zien, veranderen of wissen.")
    if place.phone:
        tell = mark("Zeg het tegen uw begeleider, of bel {phone}. U mag alles zien, veranderen of wissen.")
    blocks.append(writer.line(tell, phone=number(place.phone)))
    if place.controller:
        contact = ", ".join(filter(None, (place.controller, number(place.controller_contact or place.phone))))
        blocks.append(writer.line(mark("Verantwoordelijk voor uw gegevens: {controller}."), controller=contact))
    if place.data_officer:
        blocks.append(writer.line(mark("Vragen over privacy: {officer}."), officer=place.data_officer))
    blocks.append(
        writer.line(
            mark("Een klacht? De Autoriteit Persoonsgegevens: {site}, {phone}."),
            site=number("autoriteitpersoonsgegevens.nl"),
            phone=number("088 1805 250"),
        )
    )
    blocks.append(writer.heading(mark("Mijn nummer")))
    blocks.append(Text(writer.voice.name(number(document.participant_number)), "phone"))
    if document.handover_code:
        code = mark("Code om mijn gegevens door te geven: {code}. Geef deze code alleen als u dat zelf wilt.")
        blocks.append(writer.line(code, code=number(document.handover_code)))
    title = writer.say(mark("Mijn gegevens"))
    return writer.sheet(title, (tuple(blocks),), paper="A5", last=_translated(writer))


def _consent(writer: Writer, consent: PlanConsent) -> Check:
    days, months = writer.document.installation.kept(consent.code)

    def part(index: int) -> Pair:
        return writer.voice.each(
            lambda code: consent_sentences(
                consent.code,
                code,
                organisation=catalogue_text(*writer.organisation(consent.organisation), code),
                days=days,
                months=months,
            )[index]
        )

    answers = {True: mark("Ja"), False: mark("Nee"), None: mark("Niet gevraagd")}
    answer = writer.say(answers[consent.given])
    what = part(0)
    joined = Pair(
        Said(f"{answer.own.text}: {what.own.text}", writer.voice.code), Said(f"{answer.nl.text}: {what.nl.text}", "nl")
    )
    texts = [Text(joined, "strong")]
    if consent.given:
        texts.append(Text(part(1)))
    return Check(tuple(texts), _STATES[consent.given])


def skills_sheet(writer: Writer) -> Sheet:
    """One page for an employer or school: only what the person can do and does; no obstacles, needs or origin.

    The own story stands there when the document has one: whoever prints asks the person first.
    """
    document = writer.document
    cards = [writer.catalogue.cards[i] for i in document.strength_cards if i in writer.catalogue.cards]
    blocks: list[Block] = [writer.heading(mark("Dit kan ik")), *_skills(writer)]
    if cards:
        blocks.append(writer.heading(mark("Dit heb ik gedaan, thuis, als vrijwilliger of op het werk")))
        blocks += [
            Pictured(f"card_{card.id}", (Text(writer.voice.catalogue(f"card:{card.id}", card.label_nl)),))
            for card in cards
        ]
    if document.story is not None:
        blocks += [writer.heading(mark("Een keer dat het goed ging")), Text(writer.own(document.story))]
    blocks += _languages(writer)
    if document.papers or document.level in words.TABLES["level"]:
        blocks += [writer.heading(mark("Mijn papieren")), *_papers(writer)]
    if document.directions:
        blocks.append(writer.heading(mark("Dit werk zoek ik")))
        names = labels([occupation_label(direction) for direction in document.directions])
        blocks.append(Text(writer.voice.value(names), "body"))
    note = writer.line(mark("Dit blad vertelt wat ik zelf laat zien. Het is geen diploma."), "small")
    title = writer.named(mark("Dit kan ik: {name}"), mark("Dit kan ik"))
    return writer.sheet(title, (tuple(blocks),), last=(note, *_translated(writer)))


def sure_skills(document: PlanDocument) -> list[tuple[str, str]]:
    """Skill ids with how well; once levels are known, only what a person does alone or teaches."""
    levels = dict(document.skill_levels)
    told = [(skill, levels.get(skill, "seen")) for skill in document.strengths]
    return [(skill, level) for skill, level in told if level in _SURE] or told


def _skills(writer: Writer) -> list[Block]:
    found: list[Block] = []
    for skill, level in sure_skills(writer.document):
        if skill not in writer.catalogue.skills:
            continue
        name = labels([(f"skill:{skill}", writer.catalogue.skills[skill].label_nl)])
        said = writer.voice.value(name)
        if level in _SURE:
            said = writer.voice.each(_mastered(name, coded("mastery", [level])))
        found.append(Check((Text(said, "strong"),), "yes"))
    return found


def _mastered(skill: Callable[[str], str], level: Callable[[str], str]) -> Callable[[str], str]:
    """A skill and how well, each in the language of the half."""
    return lambda code: f"{skill(code)}: {level(code)}"


def _languages(writer: Writer) -> list[Block]:
    document = writer.document
    said: list[Text] = []
    if document.languages:
        said.append(Text(writer.voice.value(tongues(document.languages))))
    parts = tuple((part, level) for part, level in document.dutch if level != _NO_DUTCH_YET)
    if parts:
        said.append(writer.line(mark("Nederlands: {parts}"), parts=_dutch(parts)))
    return [writer.heading(mark("Talen")), *said] if said else []


def _dutch(parts: tuple[tuple[str, str], ...]) -> Value:
    def of(code: str) -> str:
        return ", ".join(f"{coded('dutch', [part])(code)} {number(level.upper())}" for part, level in parts)

    return of


def _papers(writer: Writer) -> list[Block]:
    document = writer.document
    found: list[Block] = []
    if document.level in words.TABLES["level"]:
        found.append(Check((Text(writer.voice.value(_education(document.level))),), "yes"))
    return found + [Check((Text(writer.voice.value(coded("paper", [paper]))),), "yes") for paper in document.papers]


def _education(level: str) -> Value:
    """An education with its NLQF level, where exactly one goes with it: "mbo 2 (NLQF 2)"."""
    named = coded("level", [level])
    return (lambda code: f"{named(code)} ({number('NLQF ' + NLQF[level])})") if level in NLQF else named


def referral_sheet(writer: Writer) -> Sheet:
    """A letter per referral that the person allowed: who, what for, when, how to reach; nothing else."""
    document = writer.document
    shared = [referral for referral in document.referrals if referral.shared]
    pages: list[tuple[Block, ...]] = []
    for referral in shared:
        pages.append(tuple(_letter(writer, labels([writer.organisation(referral.organisation)]))))
    if not pages:
        pages = [(writer.line(mark("Er is niets dat gedeeld mag worden.")),)]
    title = writer.named(mark("Brief voor hulp: {name}"), mark("Brief voor hulp"))
    return writer.sheet(title, tuple(pages), last=_translated(writer))


def _letter(writer: Writer, organisation: Value) -> list[Block]:
    document = writer.document
    blocks: list[Block] = [writer.heading(mark("Aan: {organisation}"), organisation=organisation)]
    name = document.call_name or document.participant_number
    text = mark("{name} wil graag hulp.")
    question: Value = ""
    if document.question:
        text = mark("{name} wil graag hulp bij: {question}.")
        question = coded("question", document.question)
    blocks.append(writer.line(text, "lead", name=name, question=question))
    blocks.append(writer.line(mark("Wij spraken op {date}."), date=dated(document.made_on)))
    blocks += _contact(writer)
    blocks.append(writer.line(mark("{name} vindt het goed dat ik dit deel."), name=name))
    blocks.append(writer.line(mark("Met vriendelijke groet, {counsellor}"), counsellor=writer.counsellor))
    blocks += [writer.line(mark("Handtekening:")), Rules(1)]
    return blocks


def _contact(writer: Writer) -> list[Block]:
    """When and where to answer: the person, else the place; without either there is nothing to say."""
    document = writer.document
    phone = number(document.contact or document.installation.phone)
    if not phone:
        return []
    if document.appointment is None or document.appointment.day is None:
        return [writer.line(mark("Graag contact via {phone}."), phone=phone)]
    text = mark("Graag contact voor {date} via {phone}.")
    return [writer.line(text, date=dated(document.appointment.day), phone=phone)]


def appointment_sheet(writer: Writer) -> Sheet:
    """A card on A6: when, where, with whom, and what to do when it does not suit."""
    document = writer.document
    meeting = document.appointment
    blocks: list[Block] = []
    if meeting is not None and meeting.day is not None and meeting.how != "none":
        texts = [Text(writer.voice.value(dated(meeting.day)), "strong")]
        if meeting.at is not None:
            texts.append(writer.line(mark("{time} uur"), "strong", time=clock(meeting.at)))
        if meeting.place:
            texts.append(Text(writer.voice.name(meeting.place)))
        texts.append(writer.line(mark("met {counsellor}"), counsellor=writer.counsellor))
        blocks.append(Pictured("plan_calendar", tuple(texts)))
    else:
        blocks.append(writer.appointment("body"))
    if document.installation.phone:
        call = writer.line(mark("Kunt u niet? Bel {phone}."), "strong", phone=number(document.installation.phone))
        blocks.append(Pictured("plan_phone", (call,)))
    return writer.sheet(writer.say(mark("Afspraak")), (tuple(blocks),), paper="A6")


def _translated(writer: Writer) -> tuple[Text, ...]:
    if writer.document.language_state == "reviewed" or writer.voice.code == "nl":
        return ()
    return (writer.line(mark("Vertaald met de computer. Vraag het als iets niet klopt."), "small"),)
