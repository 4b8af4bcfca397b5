"""What is given on paper when somebody uses a right: receipt, copy of the data, the sheet about rights (DOMAIN 8.5)."""

from __future__ import annotations

from pathlib import Path

from intake_app.domain.catalogue import Catalogue
from intake_app.domain.consent import ConsentRecord
from intake_app.domain.letters import (
    CORRECTED,
    ERASED,
    DataCopy,
    Letter,
    RightsReceipt,
    ToldAnswer,
    WithdrawalSheet,
)
from intake_app.domain.plan import Installation
from intake_app.i18n.gettext import mark
from intake_app.i18n.phrases import catalogue_text, consent_sentences
from intake_app.plan.content import Block, Box, Check, Pair, Said, Sheet, Text
from intake_app.plan.pdf import render_sheet
from intake_app.plan.voice import Value, Voice, dated, number

_DONE = {
    ERASED: mark("Alles van u is van deze laptop gewist."),
    CORRECTED: mark("Uw gegevens op deze laptop zijn verbeterd."),
}
_TITLES = {
    ERASED: mark("Uw gegevens zijn gewist"),
    CORRECTED: mark("Uw gegevens zijn verbeterd"),
}
_ASKED = {
    ERASED: mark("Wij hebben het Werkcentrum gevraagd om uw gegevens daar ook te wissen."),
    CORRECTED: mark("Wij hebben het Werkcentrum gevraagd om uw gegevens daar ook te verbeteren."),
}


def render_letter(letter: Letter, catalogue: Catalogue, resources: Path) -> bytes:
    """A letter as a tagged PDF in the participant's language and Dutch. Raises FontMissing, FileMissing."""
    return render_sheet(letter_sheet(letter, catalogue), resources)


def letter_sheet(letter: Letter, catalogue: Catalogue) -> Sheet:
    """The sheet of a letter; a receipt says what was done and nothing of the data themselves."""
    writer = _Writer(letter, catalogue)
    if isinstance(letter, RightsReceipt):
        return _receipt(writer, letter)
    if isinstance(letter, DataCopy):
        return _copy(writer, letter)
    return _rights(writer, letter)


class _Writer:
    """The voice of a letter and what every sheet of it carries."""

    def __init__(self, letter: Letter, catalogue: Catalogue) -> None:
        self.place: Installation = letter.installation
        self.number = letter.number
        self.catalogue = catalogue
        self.practice = not isinstance(letter, WithdrawalSheet) and letter.practice
        self.voice = Voice(letter.language)

    def line(self, message: str, style: str = "body", /, **values: Value) -> Text:
        return Text(self.voice.say(message, **values), style)

    def sheet(self, title: str, blocks: list[Block], paper: str = "A4") -> Sheet:
        footer = self.voice.say(
            mark("Nummer {number} · {location}"), number=number(self.number), location=self.place.location
        )
        return Sheet(
            kind="letter",
            language=self.voice.code,
            title=self.voice.say(title),
            pages=(tuple(blocks),),
            footer=footer,
            banner=self.voice.say(mark("OEFENING: dit is geen echt plan")) if self.practice else None,
            paper=paper,
        )

    def organisation(self, name: str) -> Value:
        found = self.catalogue.organisations.get(name)
        return lambda code: catalogue_text(f"organisation:{name}", found.label_nl if found else name, code)

    def consent(self, code: str, organisation: str = "", *, who_sees: bool = False) -> Pair:
        """What a consent allows, or who sees it how long."""
        found = self.organisation(organisation)
        days, months = self.place.kept(code)
        return self.voice.each(
            lambda spoken: consent_sentences(
                code,
                spoken,
                organisation=found(spoken) if callable(found) else "",
                days=days,
                months=months,
            )[who_sees]
        )

    def questions(self) -> list[Block]:
        """Whom to ask, and where to complain."""
        blocks: list[Block] = []
        if self.place.phone:
            blocks.append(self.line(mark("Vragen? Bel {phone}."), phone=number(self.place.phone)))
        if self.place.data_officer:
            blocks.append(self.line(mark("Vragen over privacy: {officer}."), officer=self.place.data_officer))
        site, phone = number("autoriteitpersoonsgegevens.nl"), number("088 1805 250")
        complaint = mark("Een klacht? De Autoriteit Persoonsgegevens: {site}, {phone}.")
        return [*blocks, self.line(complaint, site=site, phone=phone)]


def _receipt(writer: _Writer, letter: RightsReceipt) -> Sheet:
    here: list[Block] = [writer.line(mark("1. Op deze laptop"), "heading")]
    here.append(writer.line(mark("Op {date} gedaan."), "lead", date=dated(letter.at.date())))
    if letter.kind in _DONE:
        here.append(Check((writer.line(_DONE[letter.kind], "strong"),), "yes"))
    if letter.code is not None and letter.kind != ERASED:
        here.append(writer.line(mark("Dit mag niet meer:")))
        here.append(Check((Text(writer.consent(letter.code.value, letter.organisation), "strong"),), "no"))
    if letter.organisation:
        told = mark("Wij vertellen dit aan {organisation}. Zij bewaren zelf wat zij al kregen: vraag het ook daar.")
        here.append(writer.line(told, organisation=writer.organisation(letter.organisation)))
    if letter.kind == ERASED:
        here.append(writer.line(mark("Wij bewaren nog een tijd uw nummer, en welke toestemming u gaf. Verder niets.")))
    here += _backups(writer, letter)
    number_block = writer.line(mark("Uw nummer: {number}"), "strong", number=number(letter.number))
    blocks = [number_block, *here, *_central(writer, letter), *writer.questions()]
    return writer.sheet(_TITLES.get(letter.kind, mark("U heeft uw toestemming ingetrokken")), blocks)


def _backups(writer: _Writer, letter: RightsReceipt) -> list[Block]:
    if not letter.backups or letter.backups_before is None:
        return []
    blocks: list[Block] = [writer.line(mark("Er zijn nog reservekopieën waar u in staat:"))]
    for held in letter.backups:
        place = writer.voice.say(mark("{name}, van {date}"), name=number(held.label), date=dated(held.made_at.date()))
        blocks.append(Check((Text(place),)))
    until = mark("Die worden vernieuwd of vernietigd vóór {date}. Komt er een terug, dan wordt u meteen weer gewist.")
    return [*blocks, writer.line(until, date=dated(letter.backups_before))]


def _central(writer: _Writer, letter: RightsReceipt) -> list[Block]:
    blocks: list[Block] = [writer.line(mark("2. Bij het Werkcentrum"), "heading")]
    if not letter.central:
        return [*blocks, writer.line(mark("Er is niets van u naar het Werkcentrum gestuurd."))]
    if letter.central_done is not None:
        done = mark("Het Werkcentrum heeft op {date} laten weten dat het klaar is.")
        return [*blocks, Check((writer.line(done, "strong", date=dated(letter.central_done.date())),), "yes")]
    asked = _ASKED.get(letter.kind, mark("Wij hebben het Werkcentrum gevraagd om dit daar ook te doen."))
    blocks.append(writer.line(asked))
    if letter.central_before is not None:
        by = mark("Het Werkcentrum doet dit vóór {date}. Daarna krijgt u het tweede deel van dit bewijs.")
        blocks.append(Check((writer.line(by, date=dated(letter.central_before)),)))
    return blocks


def _copy(writer: _Writer, letter: DataCopy) -> Sheet:
    blocks: list[Block] = [
        writer.line(mark("Uw nummer: {number}"), "strong", number=number(letter.number)),
        writer.line(mark("Dit staat op {date} over u op deze laptop."), "lead", date=dated(letter.made_on)),
    ]
    if letter.call_name:
        blocks.append(writer.line(mark("Uw naam: {name}"), name=letter.call_name))
    if letter.card.get("contact"):
        blocks.append(writer.line(mark("Zo bereiken wij u: {contact}"), contact=number(letter.card["contact"])))
    blocks += _case(writer, letter)
    blocks.append(writer.line(mark("Uw antwoorden"), "heading"))
    blocks += [_answer(writer, told) for told in letter.answers]
    if not letter.answers:
        blocks.append(writer.line(mark("Er staan geen antwoorden meer op deze laptop.")))
    for one in letter.elsewhere:
        there = mark("Dit schreef een andere plek op: {place}, op {date}")
        blocks.append(writer.line(there, "heading", place=one.place, date=dated(one.made_on)))
        blocks += [_answer(writer, told) for told in one.answers]
    blocks.append(writer.line(mark("Dit mag:"), "heading"))
    blocks += [_consent(writer, record) for record in letter.consents]
    if letter.plans:
        blocks.append(writer.line(mark("Uw plannen"), "heading"))
        for name, day in letter.plans:
            told = mark("Plan {number}, van {date}")
            blocks.append(writer.line(told, number=number(name), date=dated(day)))
    sent = (
        mark("Een deel hiervan staat ook bij het Werkcentrum.")
        if letter.sent
        else mark("Er is niets van u naar het Werkcentrum gestuurd.")
    )
    blocks += [writer.line(sent), *writer.questions()]
    return writer.sheet(mark("Mijn gegevens: alles wat er over mij staat"), blocks)


def _case(writer: _Writer, letter: DataCopy) -> list[Block]:
    """What the case card holds beside name and number: agreements, and when we speak or spoke."""
    blocks: list[Block] = []
    agreed = (
        ("steps", mark("Dit spraken we af: {steps}")),
        ("tasters", mark("Uw proeverijen en leerwerkplekken: {steps}")),
        ("referrals", mark("Hier hielpen wij u naartoe: {steps}")),
    )
    for name, words in agreed:
        if letter.card.get(name):
            blocks.append(writer.line(words, steps=letter.card[name]))
    for day in letter.spoken_on:
        blocks.append(writer.line(mark("Wij spraken u daarna op {date}."), date=dated(day)))
    if letter.missed:
        blocks.append(writer.line(mark("Zo vaak bereikten wij u niet: {count}"), count=number(str(letter.missed))))
    if letter.next_date is not None:
        blocks.append(writer.line(mark("Onze volgende afspraak is op {date}."), date=dated(letter.next_date)))
    return blocks


def _answer(writer: _Writer, told: ToldAnswer) -> Block:
    code = writer.voice.code
    question = Pair(Said(told.question, code), Said(told.question_nl, "nl"))
    answer = Pair(Said(told.answer, code), Said(told.answer_nl, "nl"))
    return Box((Text(question, "small"), Text(answer, "strong")))


def _consent(writer: _Writer, record: ConsentRecord) -> Block:
    texts = [Text(writer.consent(record.code.value, record.organisation), "strong")]
    when = mark("Ja, op {date}.") if record.given else mark("Nee, op {date}.")
    texts.append(writer.line(when, date=dated(record.at.date())))
    if record.stands:
        texts.append(Text(writer.consent(record.code.value, record.organisation, who_sees=True)))
    if record.withdrawn_at is not None:
        texts.append(writer.line(mark("Ingetrokken op {date}."), date=dated(record.withdrawn_at.date())))
    return Check(tuple(texts), "yes" if record.stands else "no")


def _rights(writer: _Writer, letter: WithdrawalSheet) -> Sheet:
    rights = (
        mark("U mag alles zien wat er over u staat, en een kopie meenemen."),
        mark("Klopt er iets niet? Dan veranderen wij het."),
        mark("U mag elke toestemming weer intrekken. U hoeft niet te zeggen waarom."),
        mark("U mag alles laten wissen."),
        mark("U mag zeggen dat wij uw gegevens een tijd niet gebruiken. Of dat u het niet wilt."),
    )
    blocks: list[Block] = [writer.line(mark("Dit zijn uw rechten"), "heading")]
    blocks += [Check((writer.line(right),), "yes") for right in rights]
    blocks.append(writer.line(mark("Zo doet u dat"), "heading"))
    blocks.append(
        writer.line(mark("Zeg het tegen uw begeleider en noem uw nummer. Het kan ook later, bij iemand anders."))
    )
    blocks.append(writer.line(mark("Uw nummer: {number}"), "strong", number=number(letter.number)))
    blocks.append(writer.line(mark("Wij helpen u daarna gewoon verder, als u dat wilt.")))
    return writer.sheet(mark("Uw gegevens, uw keuze"), [*blocks, *writer.questions()], paper="A5")
