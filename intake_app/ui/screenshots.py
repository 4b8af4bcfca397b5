"""Pictures of every page and every kind of screen of a talk, from a practice talk that leaves nothing behind."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Collection, Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, Qt
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from intake_app.domain.draft import Account, RecoveryHalves
from intake_app.domain.ids import AccountId
from intake_app.errors import UnexpectedFailure
from intake_app.services.access import Access
from intake_app.services.accounts import Accounts
from intake_app.services.conversation import Conversation
from intake_app.services.office import Office
from intake_app.services.one_question import OneQuestion
from intake_app.services.people import list_people, open_file
from intake_app.services.policy import Action, may
from intake_app.services.ports import Store
from intake_app.services.rehearsal import Rehearsal, Script, read_script
from intake_app.services.versions import LeftOver
from intake_app.services.walk.screens import Screen
from intake_app.ui import theme
from intake_app.ui.controls import control_class
from intake_app.ui.controls.cards import CardsControl
from intake_app.ui.frame_screens import frame_pages
from intake_app.ui.more_screens import office_pages, talk_pages
from intake_app.ui.pages.about import AboutPage
from intake_app.ui.pages.access_log import AccessLogPage
from intake_app.ui.pages.account_forms import AddPage
from intake_app.ui.pages.accounts import AccountsPage
from intake_app.ui.pages.backup import BackupPage
from intake_app.ui.pages.changed_form import ChangedFormPage
from intake_app.ui.pages.conversation import ConversationPage
from intake_app.ui.pages.first_access import FirstAccessPage
from intake_app.ui.pages.handouts import HandoutsPage
from intake_app.ui.pages.home import HomePage
from intake_app.ui.pages.identify import IdentifyPage
from intake_app.ui.pages.languages import LanguagesPage
from intake_app.ui.pages.numbers import PRACTICE, NumbersPage
from intake_app.ui.pages.offers import OffersPage
from intake_app.ui.pages.official_lists import OfficialListsPage
from intake_app.ui.pages.one_question import OneQuestionPage
from intake_app.ui.pages.people import PeoplePage
from intake_app.ui.pages.person import PersonPage
from intake_app.ui.pages.person_rights import PersonRightsPage
from intake_app.ui.pages.plan import KINDS, PlanPage
from intake_app.ui.pages.reading_back import ReadingBackPage
from intake_app.ui.pages.recover import RecoverPage
from intake_app.ui.pages.recovery_key import RecoveryKeyPage
from intake_app.ui.pages.retention import RetentionPage
from intake_app.ui.pages.send import SendPage
from intake_app.ui.pages.settings import SettingsPage
from intake_app.ui.pages.shared import lane
from intake_app.ui.pages.talk_desk import TalkDesk
from intake_app.ui.pages.unlock import UnlockPage
from intake_app.ui.presenters.changes import VersionTold, left_over_lines
from intake_app.ui.presenters.conversation import ConversationPresenter
from intake_app.ui.tasks import BackgroundLane
from intake_app.ui.widgets.paper import PaperView

SIZE = (1366, 768)
SAMPLE = "short-refugee-cook.json"
DUTCH = "nl"
IN_DUTCH = 4
"""So many screens of the talk are also shown in Dutch alone, beside its plan."""
_PATIENCE_S = 30.0
_QUIET_LOOKS, _LOOK_S = 6, 0.01
"""A page is at rest when it was found so several times in a row."""


class Door:
    """A data folder that is only looked at from outside: there is a store, or there is none."""

    def __init__(self, there: bool) -> None:
        self._there = there

    def exists(self) -> bool:
        return self._there

    def accounts(self) -> tuple[Account, ...]:
        return ()

    def wait(self) -> int:
        return 0

    def create(self, passphrase: str, name: str, *roles: str) -> Store:
        raise UnexpectedFailure(kind="picture")

    def unlock(self, passphrase: str, account_id: AccountId | None = None) -> Store:
        raise UnexpectedFailure(kind="picture")

    def verify(self, passphrase: str, account_id: AccountId | None = None) -> Account:
        raise UnexpectedFailure(kind="picture")

    def recover(self, halves: RecoveryHalves, passphrase: str) -> Store:
        raise UnexpectedFailure(kind="picture")


@dataclass(frozen=True)
class Stage:
    """How the pages are shown: the window in logical pixels, the size of the type and the palette."""

    width: int = SIZE[0]
    height: int = SIZE[1]
    text: theme.TextSize = theme.TextSize.NORMAL
    scheme: theme.Scheme = theme.Scheme.LIGHT


USUAL = Stage()

Look = Callable[[str, QWidget], None]
"""Is shown every page, by its name, as it stands when its picture is taken."""


def _no_look(_name: str, _page: QWidget) -> None:
    """Nobody looks along."""


@dataclass
class _Album:
    """Numbers the pictures and writes them."""

    out: Path
    look: Look = _no_look
    only: Collection[str] = ()
    stage: Stage = USUAL
    made: list[Path] = field(default_factory=list)

    def take(self, name: str, page: QWidget) -> Path:
        """Show a page out of sight, let it settle, write its picture, and let it go. Raises UnexpectedFailure.

        The path it gives is of a picture that was made only if the page is one of those wanted.
        """
        path = self.out / f"{len(self.made) + 1:02d}-{name}.png"
        if self.only and name not in self.only:
            _drop(page)
            return path
        page.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        page.resize(self.stage.width, self.stage.height)
        page.show()
        try:
            settle(page)
            self.look(name, page)
            if not page.grab().save(str(path)):
                raise UnexpectedFailure(kind="picture")
        finally:
            _drop(page)
        self.made.append(path)
        return path


def capture_all(
    office: Office,
    out: Path,
    language: str,
    look: Look = _no_look,
    only: Collection[str] = (),
    stage: Stage = USUAL,
) -> Iterator[Path]:
    """Write `NN-page.png` for every page, by default 1366 by 768, and give each path as it is made.

    The talk is a practice talk in `language` beside Dutch, played from the sample, and some screens in Dutch
    alone; it is erased from the store at the end. Nothing is sent and no dialog opens. `look` is shown each page
    before its picture is taken; `only` names the pages that are wanted, all if empty. Raises IntakeError.
    """
    app = _application()
    before = theme.tokens()
    theme.apply(app, getattr(office.printer, "resources", None), size=stage.text, scheme=stage.scheme)
    out.mkdir(parents=True, exist_ok=True)
    album = _Album(out, look, only, stage)
    try:
        pages = _everything(office, album, language)
        for path in pages:
            if path in album.made:
                yield path
            if only and len(album.made) == len(only):
                pages.close()
    finally:
        if theme.tokens() != before:
            theme.apply(app, before.resources, size=before.size, scheme=before.scheme)


def _everything(office: Office, album: _Album, language: str) -> Generator[Path, None, None]:
    """Every page, in the order in which a counsellor meets them."""
    yield album.take("first-start", FirstAccessPage(Access(Door(there=False))))
    yield album.take("unlock", UnlockPage(Access(Door(there=True))))
    yield album.take("recover", RecoverPage(Access(Door(there=True))))
    yield album.take("home", HomePage(office))
    pages = [*frame_pages(office), *office_pages(office)]
    try:
        for name, page in pages:
            yield album.take(name, page)
    finally:
        for page in [page for _, page in pages if isValid(page)]:
            _drop(page)
    yield from _talk(office, album, language)
    if language != DUTCH and not album.only:
        yield from _dutch_talk(office, album)
    yield album.take("send", SendPage(office))
    yield album.take("settings", SettingsPage(office))
    if may(office.store.account, Action.OFFICIAL_LISTS):
        yield album.take("official-lists", OfficialListsPage(office))
    if may(office.store.account, Action.COUNTS):
        numbers = NumbersPage(office)
        numbers.choose([PRACTICE])
        settle(numbers)
        yield album.take("numbers", numbers)
    yield album.take("keeping", RetentionPage(office))
    yield album.take("backup", BackupPage(office))
    yield album.take("access-log", AccessLogPage(office))
    accounts = Accounts(office.store, office.clock)
    yield album.take("accounts", AccountsPage(accounts))
    yield album.take("add-colleague", AddPage(accounts))
    yield album.take("recovery-key", RecoveryKeyPage(accounts, office.installation.location))
    yield album.take("papers", HandoutsPage(office))
    yield album.take("about", AboutPage())
    yield album.take("languages", LanguagesPage())


def settle(page: QWidget, patience: float = _PATIENCE_S, work: BackgroundLane | None = None) -> None:
    """Let everything that a page has begun come to rest: background work, layout, timers. Raises UnexpectedFailure."""
    busy = work or lane()
    end = time.monotonic() + patience
    quiet = 0
    # Counted, not timed: while work in the background holds the interpreter, time passes and nothing moves.
    while quiet < _QUIET_LOOKS:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        moving = busy.busy or any(paper.settling for paper in page.findChildren(PaperView))
        quiet = 0 if moving or not (_stands(page) and _stands(getattr(page, "page", None))) else quiet + 1
        if time.monotonic() > end:
            raise UnexpectedFailure(kind="page_never_ready")
        time.sleep(_LOOK_S)


def _stands(page: QWidget | None) -> bool:
    """Whether everything of a page is there; of a window it is the page in sight that has to grow."""
    return all(getattr(page, what, True) is not False for what in ("grown", "ready", "settled"))


def _application() -> QApplication:
    app = QApplication.instance()
    if isinstance(app, QApplication):
        return app
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return QApplication(["intake-app"])


def _script(office: Office, language: str) -> Script:
    folder = getattr(office.printer, "resources", theme.tokens().resources)
    return read_script(folder / "sample" / "talks" / SAMPLE, {"talk_language": language})


def _talk(office: Office, album: _Album, language: str) -> Iterator[Path]:
    """Every kind of screen, the pages that follow the questions, and what is asked when the guest has left."""
    conversation = office.begin_talk(practice=True)
    look = _Look(office, conversation, album)
    rehearsal = Rehearsal(conversation, _script(office, language), look)
    try:
        rehearsal.play(until_guest_leaves=True)
        yield from look.new()
        yield album.take("reading-back", ReadingBackPage(ConversationPresenter(conversation)))
        yield album.take("offers", OffersPage(conversation))
        for name, page in talk_pages(office, conversation):
            yield album.take(name, page)
        yield album.take("one-question", OneQuestionPage(OneQuestion(office, conversation)))
        yield album.take("changed-form", changed_form(conversation))
        for kind in KINDS:
            yield album.take(f"plan-{kind}", _plan(office, conversation, kind))
        yield album.take("plan-steps", _plan(office, conversation, "plan", PlanPage.edit))
        yield album.take("plan-giving", _plan(office, conversation, "plan", PlanPage.show_list))
        yield album.take("home-with-open-talk", HomePage(office))
        yield from _people(office, album)
        conversation.plan_handed_over()
        rehearsal.play()
        yield from look.new()
    finally:
        look.leave()
        _forget(office, conversation)


def _people(office: Office, album: _Album) -> Iterator[Path]:
    """The list, the question who is here, and a file; for an account that guides people."""
    if not may(office.store.account, Action.PEOPLE):
        return
    yield album.take("people", PeoplePage(office))
    person = list_people(office.store)[0]
    yield album.take("identify", IdentifyPage(office, person))
    found = open_file(
        office.store, office.clock, person.participant_id, call_name=person.call_name, number=person.number
    )
    yield album.take("person", PersonPage(office, found))
    yield album.take("rights", PersonRightsPage(office, person.participant_id))


def changed_form(conversation: Conversation) -> ChangedFormPage:
    """As if of three questions that were asked one had gone from the form, one had moved and one were new."""
    entry = conversation.talk.entry
    refs = [node.ref for node in entry.nodes() if node.value and node.relevant and node.control == "input"][:3]
    gone, moved, new = (entry.label(ref, DUTCH) or "" for ref in refs)
    lost = LeftOver(refs[0], gone, "gone", entry.value(refs[0]), (), private=False)
    return ChangedFormPage(VersionTold(left_over_lines((lost,), alone=True), (moved,), (new,)))


def _dutch_talk(office: Office, album: _Album) -> Iterator[Path]:
    """The first kinds of screen and the plan of a talk in Dutch alone."""
    conversation = office.begin_talk(practice=True)
    look = _Look(office, conversation, album, "-dutch", IN_DUTCH)
    try:
        Rehearsal(conversation, _script(office, DUTCH), look).play(until_guest_leaves=True)
        yield from look.new()
        yield album.take("plan-dutch", _plan(office, conversation, "plan"))
    finally:
        look.leave()
        _forget(office, conversation)


def _plan(
    office: Office, conversation: Conversation, kind: str, beside: Callable[[PlanPage], None] | None = None
) -> PlanPage:
    page = PlanPage(office, conversation)
    page.whole()
    if beside is not None:
        beside(page)
    if kind != page.kinds.values()[0]:
        page.kinds.set_values([kind])
        page.show_kind(kind)
    return page


class _Look:
    """Is shown every screen of a talk and takes a picture of each kind as it is met, with its answers on it."""

    def __init__(
        self, office: Office, conversation: Conversation, album: _Album, suffix: str = "", most: int = 1000
    ) -> None:
        self._office, self._conversation, self._album = office, conversation, album
        self._suffix, self._most = suffix, most
        # One for the whole talk: that a language has no voice is said on its first screen alone.
        self._desk = TalkDesk(office)
        self._kinds: set[tuple[object, ...]] = set()
        self._taken: list[Path] = []

    def __call__(self, screen: Screen) -> None:
        if len(self._kinds) >= self._most:
            return
        presenter = ConversationPresenter(self._conversation)
        presenter.go_to(screen.key)
        questions = presenter.model().questions
        kind = (screen.after_guest, *(control_class(question) for question in questions))
        if kind in self._kinds:
            return
        self._kinds.add(kind)
        concept = self._conversation.concept_of(questions[0].ref).replace("_", "-")
        self._picture(f"talk{self._suffix}-{concept}", presenter)

    def _picture(self, name: str, presenter: ConversationPresenter) -> None:
        """One picture of the screen, and one of its next inner screen where it has them."""
        if self._album.only and name not in self._album.only:
            return
        self._taken.append(self._album.take(name, self._page(presenter)))
        if any(control_class(question) is CardsControl for question in presenter.model().questions):
            inner = self._page(presenter)
            for control in inner.controls.values():
                control.advance()
            self._taken.append(self._album.take(f"{name}-next", inner))

    def _page(self, presenter: ConversationPresenter) -> ConversationPage:
        return ConversationPage(self._office, presenter, desk=self._desk)

    def leave(self) -> None:
        """The talk is over."""
        self._desk.deleteLater()

    def new(self) -> Iterator[Path]:
        """The pictures taken since the last time."""
        taken, self._taken = self._taken, []
        yield from taken


def _drop(page: QWidget) -> None:
    """Let go of a page at once: without an event loop nobody else does, and many pages make every change slow."""
    page.close()
    page.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _forget(office: Office, conversation: Conversation) -> None:
    """Erase the practice talk, where it was written down."""
    if conversation.talk.recording:
        office.remove_draft(conversation.talk.header.instance_id)
