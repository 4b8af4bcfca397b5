"""Lets the sheet of a plan be heard by who cannot read it: section by section, once more, slower, and silent again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut

from intake_app.domain.plan import PlanDocument
from intake_app.i18n.gettext import mark, translator
from intake_app.i18n.languages import is_rtl
from intake_app.services.office import Office
from intake_app.services.stored_plans import in_language
from intake_app.services.voice.plan_aloud import HeardSection, like, plan_aloud
from intake_app.services.voice.spoken import Silence, Spoken
from intake_app.ui.controls.words import Words
from intake_app.ui.pages.participant_view import READ, STOP_READING
from intake_app.ui.pages.shared import text
from intake_app.ui.pages.sheet_view import SheetView
from intake_app.ui.presenters.plan import for_print
from intake_app.ui.presenters.spoken import silent_line
from intake_app.ui.voice.known import speaker_here
from intake_app.ui.voice.speaker import Speaker
from intake_app.ui.widgets import IconButton, Page, TextLabel
from intake_app.ui.widgets.read_button import ReadButton
from intake_app.ui.widgets.reveal import reveal

_SLOWER = mark("Lees langzaam voor")
_AGAIN = mark("Lees dit stuk nog een keer voor")
_NOT_ALOUD = mark("Dit blad leest de laptop niet voor: niet iedereen hoeft het te horen.")


@dataclass(frozen=True)
class Heard:
    """What is in sight: a plan, the kind of sheet, and the language of who listens."""

    plan: PlanDocument
    kind: str
    language: str


class SheetReader(QObject):
    """Puts its buttons below the paper of `view`. `in_sight` tells what stands there; `tell` is for when that changed.

    The sentences come from the plan, not from the drawn paper, so they can be heard before it is drawn. Where the
    sheet stays silent there are no buttons, and `why` says to the counsellor why that is. Without the `speaker` of a
    talk the page gets one of its own.
    """

    def __init__(
        self,
        page: Page,
        view: SheetView,
        office: Office,
        in_sight: Callable[[], Heard],
        why: TextLabel,
        speaker: Speaker | None = None,
    ) -> None:
        super().__init__(page)
        self._view, self._office, self._in_sight, self.why = view, office, in_sight, why
        self._speaker = speaker = speaker or speaker_here(office, self)
        self._sections: tuple[HeardSection, ...] = ()
        self._now, self._turned = 0, -1
        self._left: list[tuple[int, Spoken]] = []
        self._mine = self._slow = False
        say = translator("nl").text
        self.read = ReadButton("", "speaker")
        self.read.setObjectName("read_sheet")
        self.again = IconButton("undo", say(_AGAIN))
        self.slow = IconButton("slow", say(_SLOWER))
        for button, work in ((self.read, self.toggle), (self.again, self.once_more), (self.slow, self.slower)):
            button.clicked.connect(work)
            view.add_tool(button)
        speaker.began.connect(self._began)
        speaker.ended.connect(self._ended)
        page.installEventFilter(self)
        self.tell()

    def add_keys(self, page: Page) -> None:
        """F2 and Shift+F2, for a page of which nothing else is read."""
        for keys, work in (("F2", self.toggle), ("Shift+F2", self.slower)):
            shortcut = QShortcut(QKeySequence(keys), page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(work)

    def tell(self) -> None:
        """Another sheet, another language or another text stands there: be silent, and offer to read that."""
        if self._mine:
            self._speaker.forget()
        self._sections, self._left, self._now = (), [], 0
        self._show()

    def toggle(self) -> None:
        """Read the sheet from the top, or be silent."""
        if self._mine:
            self._speaker.stop()
        else:
            self._begin(0, slow=False)

    def once_more(self) -> None:
        """Read the section that was heard last once more, as slowly, and go on from there."""
        self._begin(self._now, slow=self._slow)

    def slower(self) -> None:
        """Read slowly: while it is being read from the section one is in, otherwise from the top."""
        self._begin(self._now if self._mine else 0, slow=True)

    def _begin(self, section: int, *, slow: bool) -> None:
        heard = self._in_sight()
        if not self._speaker.can_say([like(heard.kind, heard.language)]):
            return
        if not self._sections:
            plan, kind = for_print(in_language(heard.plan, heard.language), heard.kind)
            self._sections = plan_aloud(self._office, plan, kind)
        self._now, self._turned, self._slow = section, -1, slow
        rest = enumerate(self._sections[section:], section)
        self._left = [(number, spoken) for number, one in rest for spoken in one.sentences]
        self._speaker.read([spoken for _, spoken in self._left], slow=slow)
        if not self._speaker.speaking:
            self._ended()

    def _began(self, spoken: Spoken) -> None:
        section = next((number for number, line in self._left if line is spoken), None)
        self._mine = section is not None
        if section is not None:
            self._now = section
            self._turn(section)
        self._show()

    def _turn(self, section: int) -> None:
        """Once for each section, so that the paper can be looked through meanwhile.

        A sheet that takes more paper than it has pages (large letters) is not turned: where a text stands is known
        only where each page is one of paper.
        """
        if section != self._turned and self._view.paper.count == max(one.page for one in self._sections):
            self._view.paper.show_page(self._sections[section].page)
        self._turned = section

    def _ended(self) -> None:
        self._mine = False
        self._show()

    def _show(self) -> None:
        heard = self._in_sight()
        sample = like(heard.kind, heard.language)
        can = self._speaker.can_say([sample])
        self.read.setLayoutDirection(
            Qt.LayoutDirection.RightToLeft if is_rtl(heard.language) else Qt.LayoutDirection.LeftToRight
        )
        icon, words = ("cross", STOP_READING) if self._mine else ("speaker", READ)
        self.read.show_action(icon, Words(heard.language).pair(words))
        for button in (self.read, self.again, self.slow):
            button.setVisible(can)
        self.again.setEnabled(bool(self._sections))
        reason = self._speaker.silence(sample)
        self.why.setText("" if reason is None else self._why(reason, heard.language))
        reveal(self.why, reason is not None)

    def _why(self, reason: Silence, language: str) -> str:
        if reason is Silence.PRIVATE:
            return text(_NOT_ALOUD)
        return " ".join(silent_line(reason, language)).strip()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide:  # locked, or another page: nothing is heard of it any more
            self._speaker.forget()
        return False
