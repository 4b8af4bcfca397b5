"""Each readiness light as kind sentences: its name, how it stands, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from intake_app.domain.readiness import Light
from intake_app.i18n.bidi import isolate
from intake_app.i18n.error_texts import error_text
from intake_app.i18n.formats import format_date, format_moment
from intake_app.i18n.gettext import mark, translator
from intake_app.i18n.languages import is_rtl


class LightText(NamedTuple):
    """What the light is about, how it stands, and what to do now; `do` may be empty."""

    name: str
    detail: str
    do: str


_NAMES: Mapping[str, str] = {
    "database": mark("Gegevens op deze laptop"),
    "disk": mark("Ruimte op de schijf"),
    "fonts": mark("Letters"),
    "languages": mark("Talen"),
    "catalogue": mark("Beroepen en aanbod"),
    "forms": mark("Vragenlijsten"),
    "unsent": mark("Nog te versturen"),
    "last_sync": mark("Laatst verstuurd"),
    "backup": mark("Reservekopie"),
    "audit": mark("Logboek"),
    "voices": mark("Voorlezen"),
    "printer": mark("Printer"),
}

COLOURS: Mapping[str, str] = {"green": mark("goed"), "amber": mark("let op"), "red": mark("mis")}
"""A colour in one word, for where there is no colour."""

_UNKNOWN = mark("Niet bekend: de gegevens zijn niet geopend.")
_NAMES_ALONE, _MOMENT_ALONE = "{names}", "{moment}"
_READ_YOURSELF = mark("Lees zelf voor, laat de tolk voorlezen, of neem een stem op.")
_SEND = mark("Verstuur als er internet is.")

# Translators: {size} is a number of gigabytes, {names} and {unchecked} are lists, {day} and {oldest} are dates,
# {moment} is a day and time, {version} is a version such as 2026-11-21.1.
_TEXTS: Mapping[tuple[str, str], tuple[str, str]] = {
    ("database", "open"): (mark("De gegevens gaan open en zijn heel."), ""),
    ("database", "not_set_up"): (
        mark("Deze laptop is nog niet ingericht."),
        mark("Open de app en kies een wachtzin."),
    ),
    ("database", "in_use"): (
        mark("De app staat open. Daarom is hier niet gekeken."),
        mark("Sluit de app en probeer het opnieuw."),
    ),
    ("database", "locked"): (
        mark("Er is geen wachtzin gegeven. Daarom is hier niet gekeken."),
        mark("Probeer het opnieuw met de wachtzin."),
    ),
    ("disk", "room"): (mark("{size} GB vrij"), ""),
    ("disk", "little"): (mark("{size} GB vrij"), mark("Maak binnenkort ruimte vrij.")),
    ("disk", "full"): (mark("De schijf is bijna vol."), mark("Maak eerst ruimte vrij.")),
    ("fonts", "present"): (mark("Alle letters zijn er."), ""),
    ("fonts", "missing"): (
        mark("Deze bestanden ontbreken of zijn veranderd: {names}. Zo kan een plan niet goed geprint worden."),
        mark("Installeer de app opnieuw."),
    ),
    ("languages", "machine"): (
        mark("{names}. Nagekeken: {checked}. De rest is vertaald met de computer en nog niet nagekeken."),
        mark("Laat iemand die de taal goed kent de teksten nakijken."),
    ),
    ("languages", "reviewed"): (_NAMES_ALONE, ""),
    ("catalogue", "fresh"): (mark("Versie {version}. De oudste regel is nagekeken op {oldest}."), ""),
    ("catalogue", "old"): (
        mark("Versie {version}. De oudste regel is nagekeken op {oldest}, meer dan een half jaar geleden."),
        mark("Vraag het Werkcentrum om nieuwe gegevens."),
    ),
    ("catalogue", "never"): (
        mark("Versie {version}. Nog niemand heeft deze gegevens nagekeken."),
        mark("Vraag het Werkcentrum om nieuwe gegevens."),
    ),
    ("forms", "present"): (mark("De vragenlijsten zijn er. Het gesprek is versie {version}."), ""),
    ("unsent", "nothing"): (mark("Er wacht niets."), ""),
    ("unsent", "waits"): (mark("Er wachten verslagen: {count}. Het oudste wacht sinds {oldest}."), _SEND),
    ("unsent", "too_long"): (
        mark("Er wachten verslagen: {count}. Het oudste wacht sinds {oldest}, langer dan {days} dagen."),
        _SEND,
    ),
    ("unsent", "far_too_long"): (
        mark("Er wachten verslagen: {count}. Het oudste wacht sinds {oldest}, langer dan {days} dagen."),
        mark("Verstuur ze nu, of vraag het Werkcentrum om hulp."),
    ),
    ("unsent", "set_apart"): (
        mark("De server nam verslagen niet aan: {set_apart}. Ze staan nog veilig op deze laptop."),
        mark("Vraag het Werkcentrum om hulp."),
    ),
    ("unsent", "unknown"): (_UNKNOWN, ""),
    ("last_sync", "sent"): (_MOMENT_ALONE, ""),
    ("last_sync", "nothing_yet"): (mark("Nog niets."), _SEND),
    ("last_sync", "no_server"): (
        mark("Er is nog geen server ingesteld. Alles blijft op deze laptop."),
        mark("Vraag het Werkcentrum om een toegang en vul die in."),
    ),
    ("last_sync", "unknown"): (_UNKNOWN, ""),
    ("backup", "fresh"): (mark("De laatste is van {moment}."), ""),
    ("backup", "old"): (
        mark("De laatste is van {moment}, {days} dagen geleden."),
        mark("Maak een nieuwe reservekopie op de stick."),
    ),
    ("backup", "never"): (
        mark("Er is nog geen reservekopie. Wat niet verstuurd is, staat alleen op deze laptop."),
        mark("Maak een reservekopie op een stick."),
    ),
    ("backup", "unknown"): (_UNKNOWN, ""),
    ("audit", "whole"): (mark("Het logboek is heel: {count} regels."), ""),
    ("audit", "unknown"): (_UNKNOWN, ""),
    ("voices", "none"): (
        mark("Deze laptop heeft geen stemmen en geen opnames."),
        _READ_YOURSELF,
    ),
    ("voices", "some"): (mark("Een stem voor: {names}. Nog geen stem voor: {missing}."), _READ_YOURSELF),
    ("voices", "all"): (mark("Een stem voor: {names}."), ""),
    ("printer", "present"): (_NAMES_ALONE, ""),
    ("printer", "none"): (mark("Geen printer gevonden."), mark("Een plan bewaren als PDF kan wel.")),
}


def light_text(light: Light, language: str) -> LightText:
    """The light in words; one that is on because of an error says what the error says."""
    texts = translator(language)
    name = texts.text(_NAMES[light.name])
    if light.error is not None:
        problem = error_text(light.error, language)
        return LightText(name, f"{problem.what} {problem.means}", problem.do)
    detail, do = (texts.text(message) if message else "" for message in _TEXTS[light.name, light.code])
    values = {key: _value(value, language) for key, value in light.params.items()}
    return LightText(name, detail.format_map(values), do)


def colour_word(light: Light, language: str) -> str:
    """The colour of a light in one word."""
    return translator(language).text(COLOURS[light.level.colour])


def _value(value: object, language: str) -> str:
    if isinstance(value, datetime):
        return format_moment(value, language)
    if isinstance(value, date):
        return format_date(value, language, "long")
    text = ", ".join(str(item) for item in value) if isinstance(value, tuple) else str(value)
    return isolate(text) if is_rtl(language) else text
