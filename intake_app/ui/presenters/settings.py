"""The settings of the place as fields, and how large and how strong the window shows its texts to each account."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from intake_app.i18n.gettext import mark, translator
from intake_app.services.preferences import read_choice, write_choices
from intake_app.ui.look import Look as Look
from intake_app.ui.look import look_now as look_now
from intake_app.ui.look import look_of as look_of
from intake_app.ui.look import show as show

if TYPE_CHECKING:
    from intake_app.domain.plan import Installation
    from intake_app.services.ports import Store

TEXT_SIZE, COLOURS = "window.text_size", "window.colours"
SIZES = {
    "normal": mark("Gewoon"),
    "large": mark("Groot"),
    "larger": mark("Groter"),
    "largest": mark("Grootst"),
}
SCHEMES = {
    "system": mark("Zoals de computer"),
    "light": mark("Licht"),
    "dark": mark("Donker"),
    "contrast": mark("Zwart op wit, sterke randen"),
}
"""The palettes one can choose from, by their name in the theme."""
FIELDS = (
    ("organisation", mark("Organisatie"), mark("Staat op elk plan.")),
    ("location", mark("Plek"), mark("Bijvoorbeeld: Bibliotheek Groenlo.")),
    ("phone", mark("Telefoon van deze plek"), mark("Staat groot op het plan. De deelnemer belt dit nummer.")),
    ("controller", mark("Verantwoordelijk voor de gegevens"), mark("De organisatie die erop toeziet.")),
    ("controller_contact", mark("Bereikbaar op"), mark("E-mail of telefoon voor vragen over gegevens.")),
    ("data_officer", mark("Functionaris gegevensbescherming"), mark("Naam of adres.")),
    (
        "privacy_text",
        mark("Privacyverklaring"),
        mark("Waar deelnemers haar vinden: een webadres, of waar het blad ligt."),
    ),
)
"""Fields of `Installation` that are typed: name, label, help."""
BASIS = mark("Grondslag")
_DAYS, _MONTHS = mark("{count} dagen"), mark("{count} maanden")
CLOCKS = (
    ("draft_days", mark("Niet afgemaakt gesprek"), _DAYS),
    ("laptop_days", mark("Afgerond gesprek op deze laptop"), _DAYS),
    ("unsent_warn_days", mark("Waarschuwing bij niet verstuurd"), _DAYS),
    ("unsent_block_days", mark("Geen nieuw gesprek bij niet verstuurd"), _DAYS),
    ("case_card_days", mark("Belkaart na het laatste vervolgcontact"), _DAYS),
    ("special_months", mark("Antwoorden over behoeften en herkomst"), _MONTHS),
    ("central_months", mark("Bij het Werkcentrum na het laatste contact"), _MONTHS),
    ("central_max_months", mark("Bij het Werkcentrum, hoogstens"), _MONTHS),
    ("consent_months", mark("Bewijs van toestemming, daarna nog"), _MONTHS),
    ("audit_months", mark("Logboek"), _MONTHS),
    ("backup_days", mark("Reservekopieën"), _DAYS),
    ("envelope_days", mark("Overdrachtsenvelop"), _DAYS),
)
"""Fields of `RetentionClocks`: name, label, unit."""
LOCKS = mark("na {count} minuten")


def read_look(store: Store) -> Look:
    """The look that the account that is in chose; what is not known is as usual."""
    return look_of(read_choice(store, TEXT_SIZE), read_choice(store, COLOURS))


def write_look(store: Store, look: Look) -> None:
    """Keep the look for the account that is in. Raises StorageError."""
    write_choices(store, {TEXT_SIZE: look.size.name.lower(), COLOURS: look.scheme.value})


def show_as_chosen(store: Store) -> None:
    """Put the chosen look on the program, once a store that knows it is open and one was chosen."""
    if read_choice(store, TEXT_SIZE):
        show(read_look(store))


def with_texts(installation: Installation, texts: dict[str, str]) -> Installation:
    """The settings with what was typed, without spaces around it."""
    return replace(installation, **{name: told.strip() for name, told in texts.items()})


def still_empty(missing: Collection[str]) -> str:
    """A kind sentence about what a talk still waits for (names of settings); empty when nothing."""
    say = translator("nl").text
    labels = {name: label for name, label, _ in FIELDS} | {"legal_basis": BASIS}
    names = [say(label) for name, label in labels.items() if name in missing]
    # Translators: {names} is a list of fields.
    told = say("Nog leeg: {names}. Gesprekken met deelnemers kunnen beginnen als alles is ingevuld.")
    return told.format(names=", ".join(names)) if names else ""


def period(name: str, count: int) -> str:
    """A period of the clocks in words."""
    unit = next(unit for code, _, unit in CLOCKS if code == name)
    return translator("nl").text(unit).format(count=count)
