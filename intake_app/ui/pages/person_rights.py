"""The rights of a person: a copy, a correction, a consent taken back, everything erased; each asked twice."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from intake_app.domain.consent import ConsentCode
from intake_app.domain.ids import ParticipantId
from intake_app.domain.letters import Letter, RightsReceipt
from intake_app.errors import IntakeError
from intake_app.i18n.bidi import isolate
from intake_app.i18n.gettext import mark
from intake_app.i18n.languages import is_rtl
from intake_app.services.follow_up import card_of
from intake_app.services.office import Office
from intake_app.services.policy import Action, may
from intake_app.services.rights import (
    PersonRights,
    copy_of,
    correct,
    erase_person,
    person_rights,
    take_back,
    withdrawal_sheet,
)
from intake_app.ui.controls.words import Words
from intake_app.ui.dialogs.choose import ChooseDialog, Option
from intake_app.ui.pages.shared import at_start, in_background, say_error, text
from intake_app.ui.pages.side_page import SidePage
from intake_app.ui.presenters.keeping import ConsentLine, consent_lines
from intake_app.ui.presenters.questions import shown_language
from intake_app.ui.widgets import (
    BilingualLabel,
    BusyOverlay,
    Card,
    Divider,
    LineEntry,
    MessageBar,
    Pair,
    SecondaryButton,
    column,
    row,
)
from intake_app.ui.widgets.growth import Parts
from intake_app.ui.widgets.halves import Halves
from intake_app.ui.widgets.icons import IconMark

_TITLE = mark("Uw gegevens, uw keuze")
_COPY = mark("Kopie van alles wat er over u staat")
_SHEET = mark("Blad over uw rechten")
_CORRECT = mark("Bewaar de verbetering")
_TAKE_BACK = mark("Intrekken")
_ERASE = mark("Alles wissen")
_SURE_ERASE = mark("Wilt u dat wij alles van u wissen? Dit kan niet terug.")
_ERASE_YES = mark("Ja, wis alles")
_ERASE_DETAIL = mark("Uw antwoorden, uw plan en uw naam gaan weg. U krijgt een bewijs op papier.")
# Translators: {number} is a participant number such as 4711-2085.
_WHO = mark("{name}, nummer {number}")
_SURE_BACK = mark("Wilt u deze toestemming intrekken?")
_BACK_YES = mark("Ja, trek in")
_BACK_DETAIL = mark("Het werkt meteen. U hoeft niet te zeggen waarom. U krijgt een bewijs op papier.")
_STAY = mark("Nee, laat het zo")
_CONSENTS = mark("Toestemmingen")
_NONE = mark("Er is nog geen toestemming gevraagd.")
_SEE = mark("Zien en meenemen")
_MEND = mark("Verbeteren")
_NAME = mark("Roepnaam")
_MEND_DETAIL = mark(
    "Een antwoord verbetert u in het gesprek zelf. Is het al verstuurd? Dan vragen wij het Werkcentrum om het ook te "
    "verbeteren."
)
_CONSENTS_LEAST = 0.35
"""The least part of the page for the consents; where there is less, what can be done stands below them."""
_WORDS_LEAST = 0.6
"""The least part of a line for the words of a consent; where there is less, its button stands below them."""


class PersonRightsPage(SidePage):
    """For counsellor and participant together, in both languages.

    Signals: `letter_requested(letter, gone)` with what goes on paper and whether the person was erased;
    `back_requested`. Open it with an id of the own caseload, and with what is `known` where that was read before;
    raises RecordMissing, RecordErased, RoleRefused.
    """

    back_requested = Signal()
    letter_requested = Signal(object, bool)

    def __init__(
        self, office: Office, participant_id: str, known: PersonRights | None = None, parent: QWidget | None = None
    ) -> None:
        self._office, self._id = office, ParticipantId(participant_id)
        self._known = known or person_rights(office, self._id)
        language = shown_language(self._known.person.language or "nl")
        self._words = Words(language)
        super().__init__(self._words.pair(_TITLE), widest=1080, parent=parent)
        self.back.connect(self.back_requested)
        self.dialog: ChooseDialog | None = None
        self.message = MessageBar(closable=True)
        self.add(self.message)
        self._rtl = is_rtl(language)
        self.busy = BusyOverlay(self)
        self.set_footer(end=[self._erase()])
        self.set_reader(language)
        self.grow(self._parts())

    def _parts(self) -> Parts:
        """The consents on one side, what can be done on the other."""
        one, other = column(None, gap=3), column(None, gap=3)
        halves = Halves(one, other, gap=3, shares=(3, 2), left_over=_CONSENTS_LEAST)
        halves.setLayoutDirection(Qt.LayoutDirection.RightToLeft if self._rtl else Qt.LayoutDirection.LeftToRight)
        self.add(halves)
        for side, make in (
            (one, self._consents), (other, self._copy_card), (other, self._correct_card)
        ):  # fmt: skip
            side.insertWidget(side.count() - 1, make())
            yield

    def _card(self, title: str, icon: str) -> Card:
        line = row(IconMark(icon, "primary", 28), gap=1.5)
        line.addWidget(BilingualLabel(self._words.pair(title), "title"), 1)
        return Card(line, gap=1.5)

    def _consents(self) -> Card:
        card = self._card(_CONSENTS, "check")
        self.buttons: dict[tuple[ConsentCode, str], SecondaryButton] = {}
        lines = consent_lines(self._known.consents, self._office.installation, self._office.catalogue, self._words)
        if not lines:
            card.add(BilingualLabel(self._words.pair(_NONE), "body"))
        for number, line in enumerate(lines):
            if number:
                card.add(Divider())
            card.add(self._consent(line))
        return card

    def _consent(self, line: ConsentLine) -> QWidget:
        texts = column(BilingualLabel(line.what, "strong"), BilingualLabel(line.state, "small"), gap=0.5)
        if line.stands:
            button = SecondaryButton(self._words.pair(_TAKE_BACK), "cross")
            button.setAccessibleName(f"{text(_TAKE_BACK)}: {line.what.dutch}")
            button.clicked.connect(lambda: self.ask_back(line.code, line.organisation))
            self.buttons[line.code, line.organisation] = button
            beside = row(column(button, None, gap=0), None, gap=0)
            return Halves(texts, beside, shares=(1, 0), left_over=_WORDS_LEAST)
        shown = QWidget()
        shown.setLayout(texts)
        return shown

    def _copy_card(self) -> Card:
        self.copy = SecondaryButton(self._words.pair(_COPY), "print")
        self.copy.clicked.connect(lambda: self._work(lambda: copy_of(self._office, self._id), self._show))
        self.sheet = SecondaryButton(self._words.pair(_SHEET), "info")
        self.sheet.clicked.connect(lambda: self._show(withdrawal_sheet(self._office, self._known.person)))
        card = self._card(_SEE, "eye")
        for button in (self.copy, self.sheet):
            at_start(card.body, button)
        return card

    def _correct_card(self) -> Card:
        self.name = LineEntry(text(_NAME), rtl=self._rtl)
        self.name.set_text(self._known.person.call_name)
        self.keep = SecondaryButton(self._words.pair(_CORRECT), "pencil")
        self.keep.clicked.connect(self._correct)
        card = self._card(_MEND, "pencil")
        for part in (
            BilingualLabel(self._words.pair(_NAME), "strong"),
            self.name,
            BilingualLabel(self._words.pair(_MEND_DETAIL), "small"),
        ):
            card.add(part)
        at_start(card.body, self.keep)
        return card

    def _erase(self) -> SecondaryButton:
        """In the foot, always in sight."""
        self.erase = SecondaryButton(self._words.pair(_ERASE), "trash")
        self.erase.clicked.connect(self.ask_erase)
        return self.erase

    def ask_back(self, code: ConsentCode, organisation: str = "") -> None:
        """Ask once more; C1 is everything."""
        if code is ConsentCode.RECORD:
            self.ask_erase()
            return
        self._ask(
            _SURE_BACK,
            Option("yes", self._words.pair(_BACK_YES), self._words.pair(_BACK_DETAIL), "cross"),
            lambda: take_back(self._office, self._id, code, organisation),
        )

    def ask_erase(self) -> None:
        """Ask once more, in both languages."""
        self._ask(
            _SURE_ERASE,
            Option("yes", self._words.pair(_ERASE_YES), self._words.pair(_ERASE_DETAIL), "trash"),
            lambda: erase_person(self._office, self._id),
            self._call_back(),
            text("Moet het bewijs op de post? Schrijf nu het adres op."),
        )

    def _call_back(self) -> str:
        """Who calls is called back, on the number that is known while the person still is."""
        card = card_of(self._office.store, self._id) if may(self._office.store.account, Action.PEOPLE) else None
        told = ", ".join(isolate(one) for one in card.contact) if card is not None else ""
        if not told:
            return text("Aan de telefoon? Bel eerst terug op het nummer dat u kent.")
        return text("Aan de telefoon? Bel eerst terug: {contact}.", contact=told)

    def _ask(self, question: str, option: Option, work: Callable[[], RightsReceipt], *more: str) -> None:
        """Ask once more, about this person by name."""
        person = self._known.person
        who = self._words.pair(_WHO, name=Words.user(person.call_name or text("Nog geen naam")), number=person.number)
        lines = [who, *(Pair.plain(line) for line in more if line)]
        self.dialog = ChooseDialog(self._words.pair(question), [option], self._words.pair(_STAY), self, lines)
        self.dialog.chosen.connect(lambda _code: self._work(work, self._show))
        self.dialog.open()

    def _correct(self) -> None:
        person, name = self._known.person, self.name.text()
        self._work(lambda: correct(self._office, self._id, call_name=name, language=person.language), self._show)

    def _work(self, work: Callable[[], Letter], done: Callable[[Letter], None]) -> None:
        self.busy.start(text("Even geduld …"), whole=True)
        in_background(self, work, lambda letter: self._finished(letter, done), self._failed)

    def _finished(self, letter: Letter, done: Callable[[Letter], None]) -> None:
        self.busy.stop()
        done(letter)

    def _show(self, letter: Letter) -> None:
        self.letter_requested.emit(letter, isinstance(letter, RightsReceipt) and letter.kind == "erased")

    def _failed(self, error: IntakeError) -> None:
        self.busy.stop()
        say_error(self.message, error)
        self.scroll.verticalScrollBar().setValue(0)
