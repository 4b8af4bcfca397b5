"""The voice of a paper that belongs to nobody: a language, a place, a day, and the frame of its sheet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from intake_app.domain.catalogue import Catalogue
from intake_app.domain.plan import Installation
from intake_app.i18n.gettext import mark, translations_folder
from intake_app.i18n.languages import review_state
from intake_app.plan.alternative import alternatives
from intake_app.plan.content import Block, Pair, Sheet, Text
from intake_app.plan.voice import Value, Voice, dated


@dataclass(frozen=True)
class Asked:
    """A question for paper: its words, and its choices (none: a line to write on). `told` is only read aloud."""

    label: Pair
    choices: tuple[Pair, ...] = ()
    told: bool = False


class Hand:
    """Makes texts and sheets of one handout."""

    def __init__(self, kind: str, language: str, catalogue: Catalogue, place: Installation, today: date) -> None:
        self.kind, self.catalogue, self.place, self.today = kind, catalogue, place, today
        self.voice = Voice(language)

    @property
    def location(self) -> str:
        """Organisation and place, each once."""
        place = self.place
        names = (place.location,) if place.organisation in place.location else (place.organisation, place.location)
        return ", ".join(filter(None, names))

    def say(self, message: str, /, **values: Value) -> Pair:
        """A marked Dutch text in both languages."""
        return self.voice.say(message, **values)

    def line(self, message: str, style: str = "body", /, **values: Value) -> Text:
        """One sentence."""
        return Text(self.say(message, **values), style)

    def sheet(self, title: str, blocks: list[Block], *, paper: str = "A4", roomy: bool = False) -> Sheet:
        """A sheet whose blocks flow on; `title` is a marked text."""
        return self.paged(title, [tuple(blocks)], paper=paper, roomy=roomy)

    def paged(
        self, title: str, pages: list[tuple[Block, ...]], *, paper: str = "A4", roomy: bool = False, **values: Value
    ) -> Sheet:
        """A sheet page by page."""
        return Sheet(
            kind=self.kind,
            language=self.voice.code,
            title=self.say(title, **values),
            pages=tuple(pages),
            alts=alternatives(pages, self.voice, self.catalogue),
            footer=self.footer(),
            paper=paper,
            roomy=roomy,
            last=self.honest(),
        )

    def quarters(self, title: str, pages: list[tuple[Block, ...]]) -> Sheet:
        """Cards to cut out, four on a side; see `Sheet.quartered`."""
        return replace(self.paged(title, pages, paper="A6"), quartered=True, last=())

    def footer(self) -> Pair:
        """The day, and the place where one is known."""
        if self.location:
            return self.say(mark("Gemaakt op {date} · {location}"), date=dated(self.today), location=self.location)
        return self.say(mark("Gemaakt op {date}"), date=dated(self.today))

    def honest(self) -> tuple[Text, ...]:
        """What has to be said where no person has looked at the translation yet."""
        code = self.voice.code
        if code == "nl" or review_state(code, translations_folder()).state == "reviewed":
            return ()
        return (self.line(mark("Vertaald met de computer. Vraag het als iets niet klopt."), "small"),)
