"""The readiness lights: each says how it stands, and is red only where a person must act now."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from intake_app.bootstrap import load_reference
from intake_app.domain.readiness import Level, Light
from intake_app.errors import FormMissing, StoreDamaged, StoreInUse, StoreMissing, WrongPassphrase
from intake_app.i18n.gettext import DOMAINS
from intake_app.i18n.readiness_texts import light_text
from intake_app.paths import resource_dir, translations_dir
from intake_app.services import readiness
from intake_app.services.office import Office
from intake_app.services.readiness import Unsent
from intake_app.services.submissions import Outbox
from tests.fakes import records
from tests.fakes.storage import InMemoryStore
from tests.services.helps import MORNING

BUILT_IN = resource_dir("fonts")


def waits(days: int, *, count: int = 2, set_apart: int = 0) -> Light:
    return readiness.unsent_light(Unsent(count, set_apart, MORNING - timedelta(days=days)), MORNING)


@pytest.mark.parametrize(
    ("problem", "colour"),
    [
        (None, "green"),
        (StoreMissing(), "amber"),
        (StoreInUse(), "amber"),
        (WrongPassphrase(), "red"),
        (StoreDamaged(part="database"), "red"),
    ],
)
def test_only_a_store_that_should_open_and_does_not_is_red(problem: StoreMissing | None, colour: str) -> None:
    assert readiness.database_light(problem).level.colour == colour


@pytest.mark.parametrize(
    ("free", "level"),
    [
        (readiness.LITTLE_ROOM, Level.GOOD),
        (readiness.LITTLE_ROOM - 1, Level.WARNING),
        (readiness.NO_ROOM, Level.WARNING),
        (readiness.NO_ROOM - 1, Level.ERROR),
    ],
)
def test_room_on_the_disk_warns_before_it_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, level: Level
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _path: type("Usage", (), {"free": free})())

    assert readiness.room_light(tmp_path).level is level


def test_room_is_told_for_a_folder_that_is_still_to_be_made(tmp_path: Path) -> None:
    assert (
        readiness.room_light(tmp_path / "not" / "yet").params["size"] == readiness.room_light(tmp_path).params["size"]
    )


def test_the_fonts_that_ship_are_whole() -> None:
    assert readiness.fonts_light(BUILT_IN).level is Level.GOOD


def fonts(folder: Path) -> Path:
    lines = []
    for name in ("One.ttf", "Two.ttf"):
        (folder / name).write_bytes(name.encode())
        lines.append(f"{hashlib.sha256(name.encode()).hexdigest()}  {name}\n")
    (folder / readiness.CHECKSUMS).write_text("".join(lines), encoding="ascii")
    return folder


def test_a_font_that_is_gone_or_changed_is_named(tmp_path: Path) -> None:
    folder = fonts(tmp_path)
    assert readiness.fonts_light(folder).code == "present"
    (folder / "One.ttf").unlink()
    (folder / "Two.ttf").write_bytes(b"cut off")

    light = readiness.fonts_light(folder)

    assert (light.level, light.params["names"]) == (Level.ERROR, ("One.ttf", "Two.ttf"))


def test_a_folder_without_fonts_is_red(tmp_path: Path) -> None:
    assert readiness.fonts_light(tmp_path).level is Level.ERROR


def test_languages_nobody_checked_are_named() -> None:
    light = readiness.languages_light(translations_dir())

    assert light.level.colour == "amber"
    assert {"Engels", "Arabisch", "Oekraïens"} <= set(light.params["unchecked"])


def test_a_language_that_was_reviewed_is_green(tmp_path: Path) -> None:
    place = tmp_path / "ar" / "LC_MESSAGES"
    place.mkdir(parents=True)
    for domain in DOMAINS:
        head = 'msgid ""\nmsgstr "Language-Team: reviewed by A. on 2027-01-01\\n"\n'
        (place / f"{domain}.po").write_text(head, encoding="utf-8")

    light = readiness.languages_light(tmp_path)

    assert (light.level, light.params["names"]) == (Level.GOOD, ("Nederlands", "Arabisch"))


def test_a_catalogue_grows_old_by_its_oldest_row() -> None:
    catalogue = load_reference()
    oldest = catalogue.checked_days()[0]
    limit = oldest + timedelta(days=readiness.CATALOGUE_WARN_DAYS)

    assert readiness.catalogue_light(catalogue, limit).level is Level.GOOD
    assert readiness.catalogue_light(catalogue, limit + timedelta(days=1)).level is Level.WARNING


def test_a_catalogue_that_nobody_checked_says_so() -> None:
    reference = load_reference()
    bare = replace(reference, skills={}, cards={}, occupations={}, offers={}, organisations={})

    assert readiness.catalogue_light(bare, date(2027, 1, 1)).code == "never"


def test_forms_that_are_there_tell_their_version(office: Office) -> None:
    light = readiness.forms_light(office.forms)

    assert light.level is Level.GOOD
    assert light.params["version"] == office.forms["intake"].version
    assert readiness.forms_light(FormMissing(form_id="intake")).level is Level.ERROR


@pytest.mark.parametrize(
    ("light", "code", "level"),
    [
        (waits(0), "waits", Level.GOOD),
        (waits(readiness.UNSENT_WARN_DAYS), "waits", Level.GOOD),
        (waits(readiness.UNSENT_WARN_DAYS + 1), "too_long", Level.WARNING),
        (waits(0, set_apart=1), "set_apart", Level.WARNING),
        (waits(readiness.UNSENT_BLOCK_DAYS + 1, set_apart=1), "far_too_long", Level.ERROR),
        (readiness.unsent_light(Unsent(0, 0, None), MORNING), "nothing", Level.GOOD),
    ],
)
def test_what_waits_grows_more_urgent(light: Light, code: str, level: Level) -> None:
    assert (light.code, light.level) == (code, level)


def test_the_outbox_is_counted_with_its_oldest_row() -> None:
    store = InMemoryStore()
    with store.unit_of_work() as uow:
        uow.participants.add(records.participant())
        for number in (5, 2, 9):
            uow.outbox.add(records.item(f"uuid:{number}", minutes=number))
        uow.outbox.save_attempt(replace(records.item("uuid:9", minutes=9), set_apart=True))
        uow.commit()

    found = readiness.unsent(Outbox(store))

    assert (found.count, found.set_apart) == (3, 1)
    assert found.oldest == records.item("uuid:2", minutes=2).queued_at


def test_a_laptop_without_a_server_says_that_everything_stays_here() -> None:
    assert readiness.last_sent_light(InMemoryStore()).code == "no_server"


def test_a_closed_store_leaves_sending_unknown_not_good() -> None:
    assert {light.level.colour for light in readiness.sending_lights(None, MORNING)} == {"amber"}


def every_light() -> list[Light]:
    catalogue = load_reference()
    day = catalogue.checked_days()[0]
    return [
        *(readiness.database_light(problem) for problem in (None, StoreMissing(), StoreInUse(), WrongPassphrase())),
        readiness.locked_light(),
        *(Light("disk", Level.GOOD, code, {"size": 3}) for code in ("room", "little", "full")),
        readiness.fonts_light(BUILT_IN),
        Light("fonts", Level.ERROR, "missing", {"names": ("One.ttf",)}),
        readiness.languages_light(translations_dir()),
        Light("languages", Level.GOOD, "reviewed", {"names": ("Nederlands",)}),
        readiness.catalogue_light(catalogue, day),
        readiness.catalogue_light(catalogue, day + timedelta(days=400)),
        Light("catalogue", Level.WARNING, "never", {"version": "1"}),
        readiness.forms_light(FormMissing(form_id="intake")),
        Light("forms", Level.GOOD, "present", {"version": "1"}),
        *(waits(days) for days in (0, 20, 100)),
        waits(0, set_apart=2),
        readiness.unsent_light(Unsent(0, 0, None), MORNING),
        *readiness.sending_lights(None, MORNING),
        *(Light("last_sync", Level.INFO, code) for code in ("nothing_yet", "no_server")),
        Light("last_sync", Level.GOOD, "sent", {"moment": datetime(2027, 1, 1, tzinfo=UTC)}),
        readiness.voices_light(),
        readiness.voices_light({"Nederlands": True, "Arabisch": False}),
        readiness.voices_light({"Nederlands": True}),
        *(readiness.printer_light(names) for names in ([], ["Balie"])),
    ]


@pytest.mark.parametrize("language", ["nl", "en", "ar"])
def test_every_light_has_words_and_what_is_not_good_says_what_to_do(language: str) -> None:
    for light in every_light():
        text = light_text(light, language)
        assert text.name, light
        assert text.detail, light
        assert "{" not in text.detail, light
        assert text.do or light.level is Level.GOOD or light.code == "unknown", light


def test_what_needs_a_person_comes_first() -> None:
    levels = [light.level for light in readiness.by_urgency(every_light())]

    assert levels == sorted(levels, key=[Level.ERROR, Level.WARNING, Level.INFO, Level.GOOD].index)
