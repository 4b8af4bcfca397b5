"""What the first page shows: open talks with two marks each, what waits, and whether everything is ready."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from intake_app.domain.readiness import Level, Light
from intake_app.i18n.formats import format_moment
from intake_app.i18n.gettext import mark, translations_folder, translator
from intake_app.i18n.readiness_texts import light_text
from intake_app.services.follow_up import calls_today as due_today
from intake_app.services.installation import read_server
from intake_app.services.office import DraftSummary, Office
from intake_app.services.policy import Action, may
from intake_app.services.readiness import (
    UNSENT_WARN_DAYS,
    backup_light,
    languages_light,
    last_sent_light,
    printer_light,
    room_light,
    unsent,
)
from intake_app.ui.battery import Charge

LOW_BATTERY = 25

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
    """What has not left yet: how many records, how many need a person, whether the oldest waits too long.

    `others`: how many of colleagues wait on this laptop.
    """

    count: int
    set_apart: int
    too_long: bool
    server: bool
    others: int = 0


@dataclass(frozen=True)
class HomeRead:
    """What the first page reads of the store: the open talks, the newest first, and what waits."""

    talks: tuple[OpenTalk, ...] = field(repr=False)
    waiting: Waiting


def read_home(office: Office) -> HomeRead:
    """Read it; who leads no talks has none open. Raises StorageError."""
    leads = may(office.store.account, Action.TALK)
    return HomeRead(open_talks(office.open_drafts()) if leads else (), waiting(office))


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
    outbox = office.outbox()
    now = unsent(outbox)
    return Waiting(
        count=now.count,
        set_apart=now.set_apart,
        too_long=now.older_than(UNSENT_WARN_DAYS, office.clock.now()),
        server=read_server(office.store).configured,
        others=outbox.of_others(),
    )


def readiness(
    office: Office, printers: Sequence[str], folder: Path, battery: Charge | None = None
) -> tuple[Readiness, ...]:
    """The lights, those that need a person first; none for a battery that there is not."""
    found = (printer_light(printers), room_light(folder), languages_light(translations_folder()))
    lights = [_shown(light) for light in (*found, last_sent_light(office.store))]
    if may(office.store.account, Action.BACKUP):
        lights.append(_shown(backup_light(office.store, office.clock.now())))
    if battery is not None:
        lights.append(_battery(battery))
    order = ("error", "warning", "info", "good")
    return tuple(sorted(lights, key=lambda light: order.index(light.kind)))


def calls_today(office: Office) -> int:
    """How many people are to be called today; 0 for who follows nobody up."""
    if not may(office.store.account, Action.PEOPLE):
        return 0
    return due_today(office.store, office.clock.today())


def _shown(light: Light) -> Readiness:
    """A light as the page shows it: what to do is said only where something must be done."""
    text = light_text(light, "nl")
    urgent = light.level in (Level.WARNING, Level.ERROR)
    return Readiness(light.level.value, text.name, f"{text.detail} {text.do}".strip() if urgent else text.detail)


def _battery(found: Charge) -> Readiness:
    say = translator("nl").text
    if found.plugged:
        return Readiness("good", say("Accu"), say("{charge}%, de stekker zit erin.").format(charge=found.charge))
    if found.charge < LOW_BATTERY:
        told = say("{charge}%. Doe de stekker in het stopcontact.")
        return Readiness("warning", say("Accu"), told.format(charge=found.charge))
    return Readiness("good", say("Accu"), f"{found.charge}%")


Printers = Callable[[], Sequence[str]]
"""Gives the names of the printers of this computer."""
