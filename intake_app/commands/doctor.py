"""`doctor`: is this laptop ready for a talk? One light per subject, and what to do about each."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from intake_app.bootstrap import IMPORTED, RECORDINGS, load_forms, load_reference, recorded_voices, store_gate
from intake_app.commands.send import ask_passphrase
from intake_app.domain.clock import SystemClock
from intake_app.domain.readiness import Light
from intake_app.errors import IntakeError, StoreMissing
from intake_app.i18n.languages import with_texts
from intake_app.i18n.readiness_texts import colour_word, light_text
from intake_app.paths import default_data_dir, resource_dir, translations_dir
from intake_app.platform.speech import Programs
from intake_app.services import readiness
from intake_app.services.voice.known import voice_kinds

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from intake_app.services.ports import Store

Found = TypeVar("Found")


def add_parser(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommand; `handler` of its arguments runs it."""
    parser = subparsers.add_parser(
        "doctor",
        help="is this laptop ready? green, amber or red, with what to do",
        description="Looks at the store, the disk, fonts, languages, catalogue, forms, what waits to be sent, "
        "backups, access log and voices. The store is opened with INTAKE_PASSPHRASE or a prompt. Printers are shown "
        "by the window. Ends with 1 when a light is red.",
    )
    parser.add_argument("--json", action="store_true", help="print the lights as JSON")
    parser.set_defaults(handler=run)


def run(arguments: argparse.Namespace) -> int:
    """Print every light; 1 when one is red."""
    lights = examine(arguments.data_dir or default_data_dir())
    language = os.environ.get("INTAKE_LANGUAGE", "nl")
    if arguments.json:
        print(json.dumps(_report(lights, language), ensure_ascii=False))
    else:
        for light in lights:
            text = light_text(light, language)
            print(" ".join(part for part in (f"[{colour_word(light, language)}] {text.name}:", *text[1:]) if part))
    return 1 if _colour(lights) == "red" else 0


def examine(folder: Path) -> tuple[Light, ...]:
    """The lights of a data folder and of the program itself, in a fixed order."""
    clock = SystemClock()
    with _opened(folder) as (database, store):
        sending = readiness.sending_lights(store, clock.now())
        keeping = (readiness.backup_light(store, clock.now()), readiness.audit_light(store))
    return (
        database,
        readiness.room_light(folder),
        readiness.fonts_light(resource_dir("fonts")),
        readiness.languages_light(translations_dir()),
        readiness.catalogue_light(_or_problem(lambda: load_reference(folder / IMPORTED)), clock.today()),
        readiness.forms_light(_or_problem(load_forms)),
        *sending,
        *keeping,
        _voices(folder),
    )


def _voices(folder: Path) -> Light:
    """Recordings and programs; voices of the system itself are known to the window only."""
    languages = with_texts(translations_dir())
    kinds = voice_kinds(recorded_voices(folder / RECORDINGS), Programs(), [one.code for one in languages])
    return readiness.voices_light({one.dutch: bool(kinds[one.code]) for one in languages})


@contextmanager
def _opened(folder: Path) -> Iterator[tuple[Light, Store | None]]:
    """The light of the store, and the store itself where it opened."""
    gate = store_gate(folder)
    try:
        if not gate.exists():
            raise StoreMissing
        passphrase = ask_passphrase()
        store = gate.unlock(passphrase) if passphrase else None
    except IntakeError as problem:
        yield readiness.database_light(problem), None
    else:
        try:
            yield readiness.database_light(None) if store else readiness.locked_light(), store
        finally:
            if store is not None:
                store.close()


def _or_problem(load: Callable[[], Found]) -> Found | IntakeError:
    try:
        return load()
    except IntakeError as problem:
        return problem


def _colour(lights: tuple[Light, ...]) -> str:
    colours = {light.level.colour for light in lights}
    return next((colour for colour in ("red", "amber") if colour in colours), "green")


def _report(lights: tuple[Light, ...], language: str) -> dict[str, object]:
    return {"state": _colour(lights), "checks": [_row(light, language) for light in lights]}


def _row(light: Light, language: str) -> dict[str, object]:
    text = light_text(light, language)
    return {
        "name": light.name,
        "state": light.level.colour,
        "code": light.error.code if light.error else light.code,
        "subject": text.name,
        "message": text.detail,
        "do": text.do or None,
        "facts": {name: _plain(value) for name, value in light.params.items()},
    }


def _plain(value: object) -> object:
    """Days and moments as ISO 8601, lists as lists."""
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
