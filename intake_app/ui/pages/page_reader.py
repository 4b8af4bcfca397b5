"""Reads a page of a talk aloud that asks no questions: what is in sight, line by line, and shows which line."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QApplication, QLayout, QScrollArea, QWidget
from shiboken6 import isValid

from intake_app.services.voice.spoken import Spoken
from intake_app.ui.dialogs.between import BetweenDialog
from intake_app.ui.theme import GRID
from intake_app.ui.voice.speaker import Speaker
from intake_app.ui.widgets import AnswerCard, BilingualLabel, Page, Pair
from intake_app.ui.widgets.read_button import ReadButton
from intake_app.ui.widgets.read_sign import ReadSign

COUNSELLOR = "for_counsellor"
"""A property of parts that are not for the participant: never read, and away while the laptop is turned."""


class PageReader(QObject):
    """Reads the texts of `page` that stand there in the language of the talk, and nothing that is for the counsellor.

    Private answers stand on none of these pages (`services/reading_back`). `changed(can, speaking)`.
    """

    changed = Signal(bool, bool)

    def __init__(self, page: Page | BetweenDialog, speaker: Speaker, language: str) -> None:
        super().__init__(page)
        self._page, self._speaker, self._language = page, speaker, language
        self._title = page.title if isinstance(page, Page) else None
        self._lines: list[tuple[QWidget, Spoken]] = []
        self._next = 0
        self.marked: ReadSign | AnswerCard | None = None
        speaker.began.connect(self._began)
        speaker.ended.connect(self._ended)
        page.installEventFilter(self)

    def toggle(self) -> None:
        """Read what is in sight, or stop."""
        self._speaker.stop() if self._speaker.speaking else self.read()

    def read(self, *, slow: bool = False) -> None:
        """Read what is in sight, from the top: the title, and the lines of which the middle can be seen."""
        body = self._page.scroll.widget()
        found = [(self._title, self._title.pair)] if self._title is not None else []
        found += [(part, pair) for part, pair in _texts(body) if self._seen(part)]
        made = ((part, self._spoken(pair)) for part, pair in found)
        self._lines = [(part, spoken) for part, spoken in made if spoken is not None]
        self._next = 0
        self._speaker.read([spoken for _, spoken in self._lines], slow=slow)
        self.tell()

    def toggle_by_key(self) -> None:
        """As `toggle`; with the keyboard on a card, that card alone."""
        now = QApplication.focusWidget()
        on_card = isinstance(now, AnswerCard) and now.shows_focus and not self._speaker.speaking
        if not (on_card and self.read_card(now)):
            self.toggle()

    def read_card(self, card: AnswerCard) -> bool:
        """Read one card, which is not chosen by that; False where it stays silent."""
        spoken = self._spoken(card.answer.pair)
        if spoken is None or not self._speaker.can_say([spoken]):
            return False
        self._lines, self._next = [(card, spoken)], 0
        self._speaker.read([spoken])
        return True

    def tell(self) -> None:
        """Say whether this page can be read, and is being read."""
        sample = Spoken("?", self._language, "")
        self.changed.emit(self._speaker.can_say([sample]), self._speaker.speaking)

    def _seen(self, part: QWidget) -> bool:
        port = self._page.scroll.viewport()
        middle = part.mapTo(port, part.rect().center())
        return part.isVisibleTo(self._page) and port.rect().contains(middle)

    def _spoken(self, pair: Pair) -> Spoken | None:
        """A gap is not read: the Dutch that stands there is not the participant's language.

        The names of languages to choose from are read each in its own.
        """
        if pair.language not in (self._language, "nl"):
            return Spoken(pair.own, pair.language, pair.dutch) if pair.own.strip() else None
        if pair.language != self._language and not (self._language == "nl" and pair.main == pair.dutch):
            return None
        words = pair.main if self._language == "nl" else pair.own
        return Spoken(words, self._language, pair.dutch) if words.strip() else None

    def _began(self, spoken: Spoken) -> None:
        self._take_away()
        place = next((n for n, (_, line) in enumerate(self._lines) if n >= self._next and line is spoken), None)
        if place is None:
            self.tell()
            return
        self._next = place + 1
        if isValid(part := self._lines[place][0]) and part is not self._title:
            self._mark(part)
        self.changed.emit(True, True)

    def _mark(self, part: QWidget) -> None:
        if isinstance(part, AnswerCard):
            part.show_read(True)
            self.marked = part
        else:
            self.marked = ReadSign(part, self._page.scroll.widget())
        self._page.scroll.ensureWidgetVisible(part, 0, 2 * GRID)

    def _ended(self) -> None:
        self._take_away()
        self.tell()

    def _take_away(self) -> None:
        marked, self.marked = self.marked, None
        if marked is None or not isValid(marked):
            return
        if isinstance(marked, AnswerCard):
            marked.show_read(False)
        else:
            marked.hide()
            marked.deleteLater()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide:  # locked, or another page: nothing is heard of it any more
            self._speaker.forget()
        return False


def parts_of(page: Page) -> list[QWidget]:
    """What is read on a page; in another language the same stands there in the same order."""
    return [part for part, _ in _texts(page.scroll.widget())]


def _texts(widget: QWidget) -> Iterator[tuple[QWidget, Pair]]:
    """The texts in two languages below a widget, in the order in which they are laid out."""
    if widget.isHidden() or widget.property(COUNSELLOR) or isinstance(widget, ReadButton):
        return
    if isinstance(widget, BilingualLabel):
        yield widget, widget.pair
    elif isinstance(widget, AnswerCard):
        yield widget, widget.answer.pair
    elif isinstance(widget, QScrollArea):
        yield from _texts(widget.widget())
    elif widget.layout() is not None:
        yield from _laid_out(widget.layout())
    else:
        for child in widget.children():
            if isinstance(child, QWidget):
                yield from _texts(child)


def _laid_out(layout: QLayout) -> Iterator[tuple[QWidget, Pair]]:
    for number in range(layout.count()):
        item = layout.itemAt(number)
        if (inner := item.layout()) is not None:
            yield from _laid_out(inner)
        elif (widget := item.widget()) is not None:
            yield from _texts(widget)


def for_counsellor(widget: QWidget) -> QWidget:
    """Mark a part of a page as not for the participant."""
    widget.setProperty(COUNSELLOR, True)
    return widget
