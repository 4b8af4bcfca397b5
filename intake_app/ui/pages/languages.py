"""The languages: how complete each is, who checked it, how it is written, and whether it can be read aloud."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from intake_app.i18n.coverage import LanguageState, language_state
from intake_app.i18n.formats import format_date
from intake_app.i18n.gettext import mark, translations_folder
from intake_app.i18n.languages import LANGUAGES, REVIEWED, SOURCE_LANGUAGE, Language, with_texts
from intake_app.services.office import Office
from intake_app.ui.pages.shared import heading, text
from intake_app.ui.pages.side_page import SidePage
from intake_app.ui.theme import TALL_SCRIPTS
from intake_app.ui.voice.known import voices_here
from intake_app.ui.widgets import Badge, Card, TextLabel, Tiles, column, row
from intake_app.ui.widgets.growth import Parts

SCOPES = {
    "intake": mark("gesprek"),
    "consent": mark("toestemmingen"),
    "plan": mark("plan"),
    "catalogue": mark("beroepen en aanbod"),
    "app": mark("knoppen en uitleg"),
    "errors": mark("meldingen"),
}
"""What each part of the texts is called here, what the participant hears first."""
WHOLE = 100


class LanguagesPage(SidePage):
    """One card per language that has texts, and the names of those that have none yet."""

    back_requested = Signal()

    def __init__(
        self, folder: Path | None = None, parent: QWidget | None = None, *, office: Office | None = None
    ) -> None:
        super().__init__(text("Talen"), widest=1100, parent=parent)
        self.back.connect(self.back_requested)
        found = with_texts(folder or translations_folder())
        self._voices = voices_here(office, [one.code for one in found]) if office else {}
        self.add(
            TextLabel(text("In deze talen kunt u een gesprek voeren. Het Nederlands staat er altijd bij."), "body")
        )
        self.grow(self._parts(found, folder or translations_folder()))

    def _parts(self, found: Sequence[Language], folder: Path) -> Parts:
        tiles = Tiles(420, 2, 2)
        self.add(tiles)
        for one in found:
            tiles.add_tile(self._card(language_state(one, folder)))
            yield
        self.add(self._without({one.code for one in found}))

    def _card(self, state: LanguageState) -> Card:
        one = state.language
        name = TextLabel(one.name, "title", rtl=one.rtl, tall=one.script in TALL_SCRIPTS, wrap=False)
        lines = [self._covered(state), self._checked(state), self._written(state)]
        lines.append(self._read_aloud(state))
        return Card(
            row(name, None, self._badge(state), gap=1.5),
            column(
                TextLabel(one.dutch, "strong", tone="soft"), *(TextLabel(line, "body") for line in lines), None, gap=0.5
            ),
            margin=2.5,
        )

    def _read_aloud(self, state: LanguageState) -> str:
        if self._voices.get(state.language.code):
            return text("Voorlezen kan.")
        return text("Voorlezen kan nog niet: er is geen stem.")

    def _badge(self, state: LanguageState) -> Badge:
        if state.language.code == SOURCE_LANGUAGE:
            return Badge(text("bron"), "info")
        if state.review.state == REVIEWED:
            return Badge(text("nagekeken"), "good")
        return Badge(text("nog niet nagekeken"), "warning")

    def _covered(self, state: LanguageState) -> str:
        short = [
            f"{text(words)} {state.coverage[scope]}%"
            for scope, words in SCOPES.items()
            if state.coverage[scope] < WHOLE
        ]
        if not short:
            return text("Alle teksten zijn er: gesprek, toestemmingen, plan, beroepen en knoppen.")
        return text("Nog niet alles is vertaald: {parts}.", parts=", ".join(short))

    def _checked(self, state: LanguageState) -> str:
        if state.language.code == SOURCE_LANGUAGE:
            return text("In deze taal zijn de teksten geschreven.")
        if state.review.state == REVIEWED:
            day = format_date(date.fromisoformat(state.review.date or ""), SOURCE_LANGUAGE, "long")
            return text("Nagekeken door {name} op {date}.", name=state.review.by, date=day)
        return text("Vertaald met de computer. Nog niemand die de taal spreekt, keek alles na.")

    def _written(self, state: LanguageState) -> str:
        way = text("van rechts naar links") if state.language.rtl else text("van links naar rechts")
        return text("Geschreven {way}, met de cijfers {digits}.", way=way, digits=state.digits)

    def _without(self, known: set[str]) -> Card:
        names = ", ".join(one.dutch for one in LANGUAGES.values() if one.code not in known)
        return Card(
            heading(text("Nog geen teksten"), "globe"),
            TextLabel(text("{names}. In deze talen kan een tolk helpen; op het scherm staat Nederlands.", names=names)),
        )
