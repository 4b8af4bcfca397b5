"""A place whose settings are filled and that has its recovery key, so that talks may begin."""

from __future__ import annotations

from dataclasses import asdict

from intake_app.domain.plan import Installation
from intake_app.services.installation import PREFIX
from intake_app.services.ports import Store

SETTLED = Installation(
    "Werkcentrum Achterhoek",
    "Bibliotheek Groenlo",
    "0544 000 000",
    controller="Voorbeeldorganisatie",
    controller_contact="privacy@voorbeeld.example",
    data_officer="Functionaris Voorbeeld",
    privacy_text="www.voorbeeld.example/privacy",
)


def settle(store: Store, place: Installation = SETTLED) -> None:
    """Fill the settings as a site lead did before; the store may be anybody's."""
    with store.unit_of_work() as uow:
        for name, value in asdict(place).items():
            uow.settings.set(PREFIX + name, ("no", "yes")[value] if isinstance(value, bool) else str(value))
        uow.commit()
    if not store.staff.recovery_id():
        store.staff.adopt_recovery(store.staff.new_recovery())
