"""Parts that several prints share: steps, appointment, help, the small last lines."""

from __future__ import annotations

from datetime import date

from intake_app.domain.catalogue import Catalogue, Organisation
from intake_app.domain.plan import OwnWords, PlanDocument, PlanReferral, PlanStep
from intake_app.i18n.bidi import isolate
from intake_app.i18n.formats import format_date
from intake_app.i18n.gettext import mark
from intake_app.i18n.languages import is_rtl
from intake_app.i18n.phrases import catalogue_text, plan_text
from intake_app.plan.alternative import alternatives
from intake_app.plan.content import Block, Box, Check, Pair, Said, Sheet, Text
from intake_app.plan.voice import Value, Voice, clock, coded, dated, labels, number

_HELPERS = {
    "participant": mark("Ik doe dit zelf."),
    "together": mark("{counsellor} helpt mij."),
    "counsellor": mark("{counsellor} doet dit."),
    "partner": mark("{partner} helpt mij."),
}

WRITE_HERE = "______________________"
"""A line on paper."""
_ADDRESS, _PHONE = mark("Adres: {text}"), mark("Telefoon: {text}")
_LONGEST_NAME = 60
"""Letters of a name in a title; longer ones would leave no room for the plan."""


class Writer:
    """One document, its catalogue and the voice of the participant's language."""

    def __init__(self, document: PlanDocument, catalogue: Catalogue, language: str, kind: str) -> None:
        self.document = document
        self.catalogue = catalogue
        self.kind = kind
        self.voice = Voice(language)

    def say(self, message: str, /, **values: Value) -> Pair:
        """A marked Dutch text in both languages."""
        return self.voice.say(message, **values)

    def named(self, message: str, nameless: str) -> Pair:
        """A title with the person's call name; somebody who gave no name gets the title alone."""
        name = self.document.call_name
        if len(name) > _LONGEST_NAME:
            name = name[:_LONGEST_NAME].rstrip() + "…"
        return self.say(message, name=name) if name.strip() else self.say(nameless)

    def heading(self, message: str, /, **values: Value) -> Text:
        """A heading; it never stands alone at the foot of a page."""
        return Text(self.say(message, **values), "heading")

    def part(self, message: str, /, **values: Value) -> Text:
        """A smaller heading, for a page that holds much."""
        return Text(self.say(message, **values), "part")

    def line(self, message: str, style: str = "body", /, **values: Value) -> Text:
        """One sentence."""
        return Text(self.say(message, **values), style)

    def own(self, words: OwnWords) -> Pair:
        """The person's own words."""
        return self.voice.own_words(words, self.document.call_name)

    def sheet(self, title: Pair, pages: tuple[tuple[Block, ...], ...], **more: object) -> Sheet:
        """A sheet with what every print carries: number, banner for practice, footer."""
        document = self.document
        footer = self.say(mark("Plan {number} · {location}"), number=document.plan_number, location=self.location)
        return Sheet(
            kind=self.kind,
            language=self.voice.code,
            title=title,
            pages=pages,
            alts=alternatives(pages, self.voice, self.catalogue),
            footer=footer,
            banner=self.say(mark("OEFENING: dit is geen echt plan")) if document.practice else None,
            **more,  # type: ignore[arg-type]  # the caller's texts by name
        )

    @property
    def location(self) -> str:
        """Where the talk was: organisation and place, each once."""
        place = self.document.installation
        if place.organisation in place.location:
            return place.location
        return ", ".join(filter(None, (place.organisation, place.location)))

    @property
    def counsellor(self) -> Value:
        """The counsellor's name, or "mijn begeleider" where none was filled in."""
        return self.document.counsellor or (lambda code: plan_text(mark("Mijn begeleider"), code))

    def organisation(self, code: str) -> tuple[str, str]:
        """Context and Dutch name of an organisation; one that the catalogue does not know keeps its own name."""
        found = self.catalogue.organisations.get(code)
        return f"organisation:{code}", found.label_nl if found else code

    def step(self, step: PlanStep, style: str = "body") -> tuple[Text, ...]:
        """What, for which day, who helps, and how one sees that it is done."""
        details = []
        if step.by is not None:
            details.append(self.say(mark("Voor {date}."), date=dated(step.by)))
        helper = _HELPERS.get(step.who, _HELPERS["together"])
        if step.who != "partner" or step.partner:
            partner = labels([self.organisation(step.partner)])
            details.append(self.say(helper, counsellor=self.counsellor, partner=partner))
        if step.done_when:
            details.append(self.say(mark("Klaar als: {sign}"), sign=step.done_when))
        texts = [Text(self.own(step.what), "strong" if style == "body" else style)]
        if details:
            texts.append(Text(sentences(details), style))
        return tuple(texts)

    @property
    def has_appointment(self) -> bool:
        """Whether a day was agreed for the next meeting."""
        meeting = self.document.appointment
        return meeting is not None and meeting.day is not None and meeting.how != "none"

    def appointment(self, style: str = "lead") -> Text:
        """Day, time, place and person of the next meeting, or that there is none."""
        meeting = self.document.appointment
        if meeting is None or meeting.day is None or not self.has_appointment:
            return self.line(mark("Wij hebben geen afspraak. Kom langs of bel als u een vraag heeft."), style)
        values: dict[str, Value] = {"date": dated(meeting.day), "counsellor": self.counsellor}
        message = mark("{date}, met {counsellor}")
        if meeting.at is not None:
            values["time"] = clock(meeting.at)
            message = mark("{date}, {time} uur, met {counsellor}")
        where: Value = meeting.place or (coded("appointment", [meeting.how]) if meeting.how else "")
        pairs = [self.say(message, **values)]
        if where:
            pairs.append(self.voice.value(where))
        return Text(joined_by(pairs, "\n" if style == "lead" else " · "), style)

    def referral(self, referral: PlanReferral) -> Block:
        """Who helps, where, how contact is made and what to take along."""
        found = self.catalogue.organisations.get(referral.organisation)
        texts = [Text(self.voice.catalogue(*self.organisation(referral.organisation)), "strong")]
        if found:
            texts.append(Text(sentences(self._desk(found))))
        contact = [self.say(mark("Ik neem mee: dit plan en de brieven die hierover gaan."))]
        if referral.handover:
            contact.insert(0, self.say(mark("Zo maken we contact: {how}."), how=coded("handover", [referral.handover])))
        return Box((*texts, Text(sentences(contact))))

    def address(self, organisation: str) -> Block:
        """An organisation by itself: name, what it is for, desk, phone and hours; a line to write what is not known."""
        name = Text(self.voice.catalogue(*self.organisation(organisation)), "strong")
        found = self.catalogue.organisations.get(organisation)
        if found is None:
            return Box((name,))
        missing = [message for message, known in ((_ADDRESS, found.address), (_PHONE, found.phone)) if not known]
        lines = [self.line(message, text=WRITE_HERE) for message in missing]
        return Box((name, Text(sentences(self._desk(found))), *lines))

    def _desk(self, found: Organisation) -> list[Pair]:
        lines = []
        if found.role_nl:
            role = labels([(f"organisation_role:{found.id}", found.role_nl)])
            lines.append(self.say(mark("Voor: {role}."), role=role))
        if found.address:
            lines.append(self.say(mark("Adres: {address}."), address=found.address))
        if found.phone:
            lines.append(self.say(mark("Telefoon: {phone}."), phone=number(found.phone)))
        if found.hours:
            lines.append(self.say(mark("Open: {hours}."), hours=found.hours))
        if not found.address and not found.phone:
            lines.append(self.say(mark("Adres en telefoon: vraag het aan {counsellor}."), counsellor=self.counsellor))
        return lines

    def last_lines(self) -> tuple[Text, ...]:
        """Sources with their dates, the catalogue version, and the honest word about the translation."""
        document = self.document
        said = []
        if document.language_state != "reviewed" and self.voice.code != "nl":
            said.append(self.say(mark("Vertaald met de computer. Vraag het als iets niet klopt.")))
        version = document.catalogue_version or self.catalogue.version
        made = mark("Gemaakt op {date}. Gegevens: versie {version}.")
        said.append(self.say(made, date=dated(document.made_on), version=version))
        if document.changed:
            new = mark("Dit is plan {turn}. Nieuw sinds het vorige plan: {parts}.")
            said.append(self.say(new, turn=document.turn, parts=coded("part", document.changed)))
        if document.sources:
            said.append(self.voice.each(self._sources))
        return (Text(sentences(said), "small"),)

    def _sources(self, code: str) -> str:
        listed = [_source(name, day, code) for name, day in self.document.sources]
        separator = "؛ " if is_rtl(code) else "; "
        return self.voice_text(mark("Bronnen: {sources}"), code, sources=separator.join(listed))

    def voice_text(self, message: str, code: str, /, **values: Value) -> str:
        """One language of `say`."""
        return Voice(code).say(message, **values).own.text

    def visible_steps(self) -> tuple[PlanStep, ...]:
        """The steps that may hang on a wall."""
        return tuple(step for step in self._steps() if not self._is_private(step))

    def private_steps(self) -> tuple[PlanStep, ...]:
        """The steps for the private sheet: marked so, or done with a partner that nobody else should read of."""
        return tuple(step for step in self._steps() if self._is_private(step))

    def _steps(self) -> tuple[PlanStep, ...]:
        return tuple(step for step in self.document.steps if step.what.text.strip())

    def _is_private(self, step: PlanStep) -> bool:
        if step.private or step.who != "partner" or not step.partner:
            return step.private
        partner = self.catalogue.organisations.get(step.partner)
        return partner is None or partner.sensitive != 0

    def empty_check(self, step: PlanStep) -> Check:
        """A step with a box to tick."""
        return Check(self.step(step))


def _source(name: str, day: date | None, code: str) -> str:
    name = catalogue_text("source", name, code)
    name = isolate(name) if is_rtl(code) else name
    return f"{name} ({format_date(day, code, 'long')})" if day else name


def sentences(pairs: list[Pair]) -> Pair:
    """Sentences one after another in each language."""
    return joined_by(pairs, " ")


def joined_by(pairs: list[Pair], separator: str) -> Pair:
    """Texts with a separator between them in each language."""
    own, nl = (separator.join(said) for said in zip(*((p.own.text, p.nl.text) for p in pairs), strict=True))
    # one gap in the translation must not turn the direction of the others
    language = next((pair.own.language for pair in pairs if pair.own.language != "nl"), "nl")
    return Pair(Said(own, language), Said(nl, "nl"))
