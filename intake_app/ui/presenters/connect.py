"""Connecting to the project of the organisation: what a code gave, and how each line of a try turned out."""

from __future__ import annotations

from dataclasses import dataclass

from intake_app.i18n.gettext import mark, translator
from intake_app.i18n.phrases import error_text
from intake_app.services.connecting import TriedLine
from intake_app.ui.presenters.send import error_of, form_name

NAMES = {
    "address": mark("Adres"),
    "server": mark("Server"),
    "token": mark("Toegangscode"),
    "forms": mark("Vragenlijsten"),
}
GOOD = {
    "address": mark("Het adres is veilig (https)."),
    "server": mark("De server antwoordt en spreekt onze taal."),
    "token": mark("De server kent deze laptop."),
}


@dataclass(frozen=True)
class TriedShown:
    """One light of a try."""

    kind: str
    name: str
    detail: str


def tried(lines: tuple[TriedLine, ...]) -> tuple[TriedShown, ...]:
    """The outcome line by line; the last says what nobody can know beforehand."""
    say = translator("nl").text
    shown = tuple(_shown(line) for line in lines)
    if all(line.good is not None for line in lines):
        unknown = say("Of er verslagen in mogen, blijkt pas bij het eerste verslag.")
        return (*shown, TriedShown("info", say("Versturen"), unknown))
    return shown


def works(lines: tuple[TriedLine, ...]) -> bool:
    """Whether address, server and code are good, whatever forms there are."""
    return all(line.good for line in lines if line.name != "forms")


def _shown(line: TriedLine) -> TriedShown:
    say = translator("nl").text
    name = say(NAMES[line.name])
    if line.good is None:
        return TriedShown("info", name, say("Niet geprobeerd."))
    if line.name == "forms" and not line.code:
        return TriedShown("good" if line.good else "warning", name, _forms(line))
    if line.good:
        return TriedShown("good", name, say(GOOD[line.name]))
    words = error_text(error_of(line.code, line.params), "nl")
    return TriedShown("error", name, f"{words.what} {words.do}")


def _forms(line: TriedLine) -> str:
    missing = line.params.get("missing")
    if not isinstance(missing, tuple) or not missing:
        return translator("nl").text("Alle vragenlijsten staan klaar.")
    names = ", ".join(form_name(str(form)) for form in missing)
    # Translators: {names} is a list of forms, such as "Plan, Stand van zaken".
    told = translator("nl").text("Nog niet op de server: {names}. Vraag het Werkcentrum om ze klaar te zetten.")
    return told.format(names=names)
