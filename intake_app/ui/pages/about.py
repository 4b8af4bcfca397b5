"""About the program: version, licence, whose work it stands on, and what it does not claim."""

from __future__ import annotations

import tomllib
from contextlib import suppress
from functools import partial
from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from intake_app.ui.pages.shared import at_start, heading, text
from intake_app.ui.pages.side_page import SidePage
from intake_app.ui.presenters.about import parts, running
from intake_app.ui.theme import tokens
from intake_app.ui.widgets import Card, SecondaryButton, TextLabel, column, row
from intake_app.ui.widgets.growth import Parts
from intake_app.ui.widgets.list_line import list_parts

ESCO_LINE = "This service uses the ESCO classification of the European Commission."
"""The wording that the ESCO terms of use ask for."""


def program_version() -> str:
    """The version of the installed program, or that of the loose files it runs from; empty where neither is told."""
    with suppress(PackageNotFoundError):
        return version("intake-app")
    project = tokens().resources.parent / "pyproject.toml"
    with suppress(OSError, tomllib.TOMLDecodeError, KeyError):
        return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])
    return ""


class AboutPage(SidePage):
    """What anyone may know of the program."""

    back_requested = Signal()
    languages_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(text("Over dit programma"), widest=900, parent=parent)
        self.back.connect(self.back_requested)
        self.parts = parts(tokens().resources.parent)
        self.grow(self._cards())

    def _cards(self) -> Parts:
        for make in (self._program, self._honest, self._languages, self._privacy, self._credits):
            self.add(make())
            yield
        if self.parts:
            yield from self._parts()

    def _program(self) -> Card:
        lines = [TextLabel(text("Intake en ontwikkelplan voor het LLO-portaal Onbenut Talent, Achterhoek."), "body")]
        number = program_version()
        if number:
            lines.append(TextLabel(text("Versie {number}", number=number), "body"))
        python, qt = running()
        lines.append(TextLabel(text("Draait op Python {python} en Qt {qt}.", python=python, qt=qt), "body"))
        lines.append(
            TextLabel(text("Vrije software met de licentie EUPL-1.2. U mag het gebruiken, bekijken en delen."), "body")
        )
        return Card(heading(text("Het programma"), "info"), column(*lines, gap=1))

    def _honest(self) -> Card:
        return self._card(
            text("Wat u moet weten"),
            "warning",
            text("Niet alle gegevens zijn echt of nagekeken. “Voorbeeld” betekent: verzonnen, om te oefenen."),
            text("Een schatting is van ons. Hij heet dan “schatting”. Vraag altijd na wat belangrijk is."),
            text("Vertaald met de computer betekent: nog niet nagekeken door iemand die de taal spreekt."),
            text(
                "Het programma stelt voor. U en de deelnemer kiezen. Het zegt nooit dat iemand ergens recht op heeft."
            ),
            text("Gemaakt en getest op Linux. Op Windows is het nog niet getest."),
        )

    def _languages(self) -> Card:
        self.languages = SecondaryButton(text("Bekijk de talen"), "globe")
        self.languages.clicked.connect(self.languages_requested)
        lines = column(TextLabel(text("Wat is vertaald, en wie keek het na?"), "body"), gap=2)
        at_start(lines, self.languages)
        return Card(heading(text("Talen"), "globe"), lines)

    def _privacy(self) -> Card:
        return self._card(
            text("Gegevens"),
            "lock",
            text("Alles staat versleuteld op deze laptop. Zonder wachtzin kan niemand het lezen."),
            text("Er gaat niets naar een cloud, en in het gesprek werkt geen kunstmatige intelligentie mee."),
            text("Alleen waar de deelnemer ja tegen zei, gaat naar het Werkcentrum."),
        )

    def _credits(self) -> Card:
        return self._card(
            text("Met dank aan"),
            "people",
            ESCO_LINE,
            text("Tekeningen: OpenMoji, licentie CC BY-SA 4.0. Een aantal is door ons samengesteld."),
            text("Letters: Noto van Google, licentie SIL Open Font License 1.1."),
            text("Plaatsen en afstanden: eigen tabel, vergeleken met GeoNames, licentie CC BY 4.0."),
            text("Vragenlijsten: volgens ODK XForms, de open standaard van ODK."),
            text("Alle gebruikte onderdelen staan in THIRD_PARTY.md bij het programma."),
        )

    def _parts(self) -> Parts:
        """The list as it ships; names and licences are in the language of their makers."""
        card = Card(heading(text("Onderdelen en hun licenties"), "list"), gap=0.75)
        self.add(card)
        makers = [partial(self._line, part.name, part.version, part.licence) for part in self.parts]
        yield from list_parts(card.body, makers, gap=0.75, divided=False)

    def _line(self, name: str, version: str, licence: str) -> QWidget:
        line = row(gap=2)
        for words, role, share in ((name, "body", 5), (version, "small", 2), (licence, "small", 4)):
            line.addWidget(TextLabel(words, role), share, Qt.AlignmentFlag.AlignTop)
        whole = QWidget()
        whole.setLayout(line)
        return whole

    def _card(self, title: str, icon: str, *lines: str) -> Card:
        return Card(heading(title, icon), column(*(TextLabel(line, "body") for line in lines), gap=1))
