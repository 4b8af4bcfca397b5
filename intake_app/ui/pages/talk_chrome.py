"""What stands around the questions of a talk: where we are, the actions at the head and the foot, in two languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from intake_app.i18n.gettext import mark, translator
from intake_app.ui.controls.model import QuestionModel
from intake_app.ui.controls.words import Words
from intake_app.ui.pages.head_buttons import HeadButtons
from intake_app.ui.presenters.questions import ScreenModel
from intake_app.ui.widgets import (
    Badge,
    IconButton,
    PrimaryButton,
    QuietButton,
    SecondaryButton,
    SectionTrail,
)
from intake_app.ui.widgets.announce import announce

if TYPE_CHECKING:
    from intake_app.ui.pages.conversation import ConversationPage
    from intake_app.ui.pages.talk_side import TalkSide

NEXT = mark("Verder")
BACK = mark("Terug")
SKIP = mark("Sla over")
KEPT = mark("Bewaard")
PRACTICE = mark("Oefening")
READ_BACK = mark("Nalezen wat er staat")
STRIP = mark("Strook voor de begeleider. Toets: F8")
UNDO = mark("Laatste antwoord terug. Toetsen: Ctrl+Z")
WAITING = mark("Later, alleen: {count}")
# Translators: {count} answers that the renewed questions have no place for.
LEFT_OVER = mark("Past niet meer: {count}")
AFTER = mark("Na het gesprek, voor de begeleider")
REMOVE = mark("Weghalen")
NEXT_KEYS = mark("Toetsen: Ctrl+Enter, of Alt met een pijltje")
BACK_KEYS = mark("Toetsen: Alt met een pijltje terug")
ONE_MORE = {
    "job": mark("Nog een baan"),
    "course": mark("Nog een opleiding"),
    "own_card": mark("Nog iets"),
    "step": mark("Nog een stap"),
    "referral": mark("Nog een organisatie"),
}
ONE_MORE_OF_ANY = mark("Nog een?")


class TalkChrome:
    """Header and footer of a `ConversationPage`; remade when the talk language changes."""

    def __init__(self, page: ConversationPage) -> None:
        self._page = page
        self._language = ""
        self._after_guest = False
        self._questions: tuple[QuestionModel, ...] = ()
        self._dutch = translator("nl")
        self.trail = SectionTrail()
        page.set_where(self.trail)
        self.start = page.focus_start
        self.kept = Badge("", "good")
        self._make_header()

    def _make_header(self) -> None:
        page, dutch = self._page, self._dutch
        self.head = HeadButtons()
        self.practice = Badge(dutch.text(PRACTICE), "warning")
        self.practice.setVisible(page.presenter.conversation.talk.header.practice)
        self.speaker, self.slow, self.language = self.head.speaker, self.head.slow, self.head.language
        self.turn, self.size = self.head.turn, self.head.size
        self.pause, self.stop = self.head.pause, self.head.stop
        self.waiting = QuietButton("", "lock")
        self.waiting.setObjectName("waiting")
        self.waiting.clicked.connect(page.waiting_requested)
        self.left_over = QuietButton("", "list")
        self.left_over.setObjectName("left_over")
        self.left_over.clicked.connect(page.left_over_requested)
        self.strip = IconButton("info", dutch.text(STRIP))
        self.strip.setObjectName("strip")
        self.reading = IconButton("list", dutch.text(READ_BACK))
        self.reading.setObjectName("reading")
        self.reading.clicked.connect(lambda: page.reading_requested.emit(""))
        self.pause.clicked.connect(page.pause_requested)
        self.stop.clicked.connect(page.stop_requested)
        for widget in (
            self.practice,
            self.left_over,
            self.waiting,
            *self.head.first,
            self.strip,
            self.turn,
            self.size,
            self.reading,
            *self.head.last,
        ):
            page.add_action(widget)

    def _make_footer(self, model: ScreenModel) -> None:
        page, words = self._page, Words(model.language)
        self.back = SecondaryButton(words.pair(BACK), "back")
        self.remove = QuietButton(words.pair(REMOVE), "trash")
        self.undo = IconButton("undo", self._dutch.text(UNDO))
        self.undo.setObjectName("undo")
        self.undo.clicked.connect(page.take_back)
        self.kept = Badge(words.pair(KEPT).main, "good")
        self.skip = QuietButton(words.pair(SKIP), "skip", icon_after=True)
        self.again = SecondaryButton(words.pair(ONE_MORE_OF_ANY), "plus")
        self.next = PrimaryButton(words.pair(NEXT), "next", icon_after=True)
        actions = {
            "back": page.go_back, "remove": page.remove_again, "skip": page.skip, "again": page.again,
            "next": page.go_on,
        }  # fmt: skip
        for name, action in actions.items():
            button = getattr(self, name)
            button.setObjectName(name)
            button.clicked.connect(action)
        self.next.setToolTip(self._dutch.text(NEXT_KEYS))
        self.back.setToolTip(self._dutch.text(BACK_KEYS))
        page.set_footer([self.back, self.undo, self.remove], [self.kept, self.skip, self.again, self.next])
        page.set_reader(model.language)
        # A layout shows what it is given only when the program is idle; keyboard and mouse are quicker than that.
        self.next.show()
        self.kept.hide()
        self.head.say_in(model.language)

    def update(self, model: ScreenModel) -> None:
        """Say where we are, and offer what can be done on this screen."""
        presenter = self._page.presenter
        if self._language != model.language:
            self._language = model.language
            self._make_footer(model)
        self._after_guest = model.after_guest
        self._questions = tuple(model.questions)
        trail = presenter.trail()
        self._page.set_title(self._dutch.text(AFTER) if model.after_guest else "")
        self.trail.setVisible(not model.after_guest)
        self.trail.setLayoutDirection(Qt.LayoutDirection.RightToLeft if model.rtl else Qt.LayoutDirection.LeftToRight)
        self.trail.set_steps(trail.steps, trail.current, trail.count)
        self.back.setVisible(not presenter.is_first)
        self.undo.setVisible(presenter.may_take_back)
        needed = any(question.required for question in model.questions)
        self.skip.setVisible(not needed and not model.after_guest)
        self.reading.setVisible(not model.after_guest and not presenter.is_first)
        again = presenter.screen.again
        self.again.setVisible(bool(again))
        if again:
            self.again.set_text(Words(model.language).pair(ONE_MORE.get(again.rsplit("/", 1)[-1], ONE_MORE_OF_ANY)))
        self.remove.setVisible(presenter.can_remove)
        left = len(presenter.conversation.left_over)
        self.left_over.setVisible(bool(left))
        if left:
            self.left_over.set_text(self._dutch.text(LEFT_OVER).format(count=left))
        count = len(presenter.waiting()) if presenter.knows_who_is_there else 0
        self.waiting.setVisible(bool(count))
        if count:
            self.waiting.set_text(self._dutch.text(WAITING).format(count=count))

    def announce(self) -> None:
        """Say the questions in sight to who cannot see them; not a silent card, for others may hear it too."""
        if not any(question.silent for question in self._questions):
            announce(self._page, "\n".join(question.label.spoken for question in self._questions))

    def lead(self, side: TalkSide) -> None:
        """What the buttons of the header do that stand beside the questions."""
        for button, action in (
            (self.speaker, side.toggle_voice),
            (self.slow, side.read_slowly),
            (self.language, side.choose_language),
            (self.strip, side.toggle_strip),
            (self.turn, side.toggle_turned),
        ):
            button.clicked.connect(action)

    def show_voice(self, *, can: bool, speaking: bool) -> None:
        """Offer to read, or to stop reading; nothing where there is no voice."""
        self.head.show_voice(can=can, speaking=speaking)

    def show_language(self, code: str) -> None:
        """The language of the talk, by its own name."""
        self.head.show_language(code)

    def show_turned(self, turned: bool) -> None:
        """While the laptop is turned, what is for the counsellor is out of sight; skip, pause and stop stay."""
        self.head.show_turned(turned)
        self.turn.setVisible(turned or not self._after_guest)
        self.strip.setVisible(not turned)
        practice = self._page.presenter.conversation.talk.header.practice
        self.practice.setVisible(practice and not turned)
        if turned:
            for button in (self.waiting, self.left_over, self.reading):
                button.hide()

    def show_kept(self, kept: bool) -> None:
        """The small sign that what was given is written down."""
        self.kept.setVisible(kept)
        if kept:
            announce(self.kept, self.kept.text())
