"""The referrals of a person: where to, how contact is made, what may be shared, and the letter with only that."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from intake_app.domain.ids import ParticipantId
from intake_app.errors import IntakeError
from intake_app.services.office import Office
from intake_app.services.referrals import ReferralStand, letters, referrals_of
from intake_app.ui.pages.shared import at_start, heading, say_error, text
from intake_app.ui.pages.side_page import SidePage
from intake_app.ui.presenters.plan import file_name
from intake_app.ui.presenters.referrals import referral_text
from intake_app.ui.printing import SYSTEM, PaperDesk, PrintWays
from intake_app.ui.widgets import Badge, BusyOverlay, Card, MessageBar, SecondaryButton, TextLabel, row


class ReferralsPage(SidePage):
    """`back_requested`: to the case card. The guest's copy is printed first, then the letter in Dutch."""

    back_requested = Signal()

    def __init__(
        self,
        office: Office,
        participant_id: ParticipantId,
        *,
        ways: PrintWays = SYSTEM,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text("Verwijzingen"), widest=960, parent=parent)
        self._office, self._who = office, participant_id
        self.back.connect(self.back_requested)
        self.message = MessageBar(closable=True)
        self.add(self.message)
        self.busy = BusyOverlay(self)
        self.desk = PaperDesk(self, self.message, self.busy, office.store, ways)
        self.prints: dict[tuple[str, str], SecondaryButton] = {}
        found: tuple[ReferralStand, ...] = ()
        try:
            found = referrals_of(office, participant_id)
        except IntakeError as error:
            say_error(self.message, error)
        for one in found:
            self.add(self._card(one))
        if not found:
            told = text("Er zijn geen verwijzingen, of het plan staat niet meer op deze laptop.")
            self.add(Card(TextLabel(told, "body")))
        self.add_stretch()

    def _card(self, one: ReferralStand) -> Card:
        told = referral_text(one)
        card = Card(heading(one.label_nl, "people"), gap=1.5)
        at_start(card.body, Badge(told.badge, told.badge_kind))
        card.add(TextLabel(told.way, "body"))
        card.add(TextLabel(told.sharing, "body", tone="" if one.shared else "soft"))
        if one.shared:
            own = self._button(one, "own", text("Druk af voor de deelnemer"))
            letter = self._button(one, "letter", text("Druk de brief af"))
            save = SecondaryButton(text("Bewaar als PDF"), "save")
            save.clicked.connect(lambda: self.desk.save(lambda: self._pdf(one, "letter"), file_name("referral", "")))
            card.add(row(own, letter, save, None, gap=1.5))
        return card

    def _button(self, one: ReferralStand, which: str, words: str) -> SecondaryButton:
        button = SecondaryButton(words, "print")
        button.setAccessibleDescription(one.label_nl)
        button.clicked.connect(lambda: self.desk.print(lambda: self._pdf(one, which)))
        self.prints[(one.organisation, which)] = button
        return button

    def _pdf(self, one: ReferralStand, which: str) -> bytes:
        own, letter = letters(self._office, self._who, one.organisation)
        return self._office.render(own if which == "own" else letter, "referral")
