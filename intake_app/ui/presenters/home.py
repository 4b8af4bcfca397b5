"""What the first page shows: open talks with two marks each, what waits, and whether everything is ready."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from intake_app.i18n.formats import format_moment
from intake_app.i18n.gettext import mark, translations_folder, translator
from intake_app.i18n.languages import LANGUAGES, MACHINE, SOURCE_LANGUAGE, review_state
from intake_app.services.installation import read_server
from intake_app.services.office import DraftSummary, Office

UNSENT_WARN_DAYS = 14
"""DOMAIN 8.11 `unsent_warn_days`."""
LITTLE_ROOM, NO_ROOM = 2_000_000_000, 300_000_000
LOW_BATTERY = 25
_POWER = Path("/sys/class/power_supply")

AGE_GROUPS = {
    "lt16": mark("jonger dan 16"),
    "16_17": mark("16 of 17 jaar"),
    "18_26": mark("18 tot en met 26 jaar"),
    "27_56": mark("27 tot en met 56 jaar"),
    "57_plus": mark("57 jaar of ouder"),
}


@dataclass(frozen=True)
class OpenTalk:
    """A talk to go on with. Name and age group, or number, keep two people of one name apart."""

    instance_id: str
    title: str = field(repr=False)
    detail: str = field(repr=False)
    practice: bool = False


@dataclass(frozen=True)
class Readiness:
    """One light: kind good, info, warning or error; what it is about, and how it stands."""

    kind: str
    name: str
    detail: str


@dataclass(frozen=True)
class Waiting:
    """What has not left yet: how many records, how many need a person, whether the oldest waits too long."""

    count: int
    set_apart: int
    too_long: bool
    server: bool


def open_talks(summaries: Sequence[DraftSummary]) -> tuple[OpenTalk, ...]:
    """The open talks as a list shows them, in the order given."""
    return tuple(_open_talk(summary) for summary in summaries)


def _open_talk(summary: DraftSummary) -> OpenTalk:
    say = translator("nl").text
    age = AGE_GROUPS.get(summary.age_group)
    moment = format_moment(summary.header.updated_at, "nl")
    parts = [say(age)] if age else []
    # Translators: {number} is a participant number such as 4711-2085; {moment} is a day and time.
    parts.append(say("nummer {number}").format(number=summary.number))
    parts.append(say("laatst bewaard {moment}").format(moment=moment))
    name = summary.call_name.strip() or say("Nog geen naam")
    return OpenTalk(summary.header.instance_id, name, " · ".join(parts), summary.header.practice)


def waiting(office: Office) -> Waiting:
    """The state of the outbox."""
    items = office.outbox().waiting()
    limit = office.clock.now() - timedelta(days=UNSENT_WARN_DAYS)
    return Waiting(
        count=len(items),
        set_apart=sum(item.set_apart for item in items),
        too_long=any(item.queued_at < limit for item in items),
        server=read_server(office.store).configured,
    )


def readiness(office: Office, printers: Sequence[str], folder: Path, power: Path = _POWER) -> tuple[Readiness, ...]:
    """The lights, those that need a person first."""
    lights = [_printer(printers), _room(shutil.disk_usage(folder).free), _languages(), _last_sent(office)]
    charge = battery(power)
    if charge is not None:
        lights.append(_battery(charge))
    order = ("error", "warning", "info", "good")
    return tuple(sorted(lights, key=lambda light: order.index(light.kind)))


def battery(power: Path = _POWER) -> int | None:
    """The charge in percent of a battery that is being used up; None when it is not known or the plug is in."""
    for supply in sorted(power.glob("BAT*")):
        try:
            state = (supply / "status").read_text(encoding="ascii").strip()
            charge = int((supply / "capacity").read_text(encoding="ascii"))
        except (OSError, ValueError):
            continue
        return charge if state == "Discharging" else None
    return None


def _printer(printers: Sequence[str]) -> Readiness:
    say = translator("nl").text
    if printers:
        return Readiness("good", say("Printer"), ", ".join(printers[:2]))
    return Readiness("warning", say("Printer"), say("Geen printer gevonden. Een plan bewaren als PDF kan wel."))


def _room(free: int) -> Readiness:
    say = translator("nl").text
    name = say("Ruimte op de schijf")
    # Translators: {size} is a number of gigabytes.
    detail = say("{size} GB vrij").format(size=free // 1_000_000_000)
    if free < NO_ROOM:
        return Readiness("error", name, say("De schijf is bijna vol. Maak eerst ruimte vrij."))
    return Readiness("warning" if free < LITTLE_ROOM else "good", name, detail)


def _languages() -> Readiness:
    say = translator("nl").text
    folder = translations_folder()
    here = [one for one in LANGUAGES.values() if one.code != SOURCE_LANGUAGE and (folder / one.code).is_dir()]
    unchecked = [one.dutch for one in here if review_state(one.code, folder).state == MACHINE]
    names = ", ".join(["Nederlands", *(one.dutch for one in here)])
    if unchecked:
        # Translators: {names} and {unchecked} are lists of languages.
        told = say("{names}. Vertaald met de computer, nog niet nagekeken: {unchecked}.")
        return Readiness("info", say("Talen"), told.format(names=names, unchecked=", ".join(unchecked)))
    return Readiness("good", say("Talen"), names)


def _last_sent(office: Office) -> Readiness:
    say = translator("nl").text
    name = say("Laatst verstuurd")
    receipts = office.outbox().receipts()
    if receipts:
        last: datetime = max(receipt.received_at for receipt in receipts)
        return Readiness("good", name, format_moment(last, "nl"))
    if read_server(office.store).configured:
        return Readiness("info", name, say("Nog niets."))
    return Readiness("info", name, say("Er is nog geen server ingesteld. Alles blijft op deze laptop."))


def _battery(charge: int) -> Readiness:
    say = translator("nl").text
    if charge < LOW_BATTERY:
        told = say("{charge}%. Doe de stekker in het stopcontact.")
        return Readiness("warning", say("Accu"), told.format(charge=charge))
    return Readiness("good", say("Accu"), f"{charge}%")


Printers = Callable[[], Sequence[str]]
"""Gives the names of the printers of this computer."""
