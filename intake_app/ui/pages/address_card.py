"""In the settings: how many organisations have no address yet, and what that means for who comes with one question."""

from __future__ import annotations

from collections.abc import Sequence

from intake_app.domain.catalogue import Organisation
from intake_app.ui.pages.shared import heading, plural, text
from intake_app.ui.widgets import Card, MessageBar, MessageKind, TextLabel


def without_address(organisations: Sequence[Organisation]) -> list[Organisation]:
    """Those that nobody can be sent to: neither address nor telephone is known, by name."""
    found = [one for one in organisations if not one.address and not one.phone]
    return sorted(found, key=lambda one: one.label_nl)


class AddressCard(Card):
    """Warns while addresses are missing, and names them."""

    def __init__(self, organisations: Sequence[Organisation]) -> None:
        super().__init__(heading(text("Adressen van organisaties"), "home"), gap=2)
        self.missing = without_address(organisations)
        self.warning = MessageBar()
        self.add(self.warning)
        if not self.missing:
            self.warning.say(MessageKind.GOOD, text("Elke organisatie heeft een adres of een telefoonnummer."))
            return
        self.warning.say(
            MessageKind.WARNING,
            plural(
                "{count} organisatie heeft nog geen adres en geen telefoonnummer.",
                "{count} organisaties hebben nog geen adres en geen telefoonnummer.",
                len(self.missing),
            ),
            text(
                "Op het briefje van één vraag komt een lege regel. Schrijf het adres daar met de pen. De beheerder van "
                "de streek zet de adressen in de lijst; die komt mee als er internet is."
            ),
        )
        self.add(TextLabel(", ".join(one.label_nl for one in self.missing), "small"))
