"""`languages`: which languages there are, how complete each is, and whether people have checked it."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from intake_app.bootstrap import RECORDINGS, recorded_voices
from intake_app.i18n.bidi import strip_controls
from intake_app.i18n.coverage import LanguageState, language_states
from intake_app.paths import default_data_dir, translations_dir
from intake_app.platform.speech import Programs
from intake_app.services.voice.known import voice_kinds
from intake_app.services.voice.spoken import Kind

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def add_parser(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommand; `handler` of its arguments runs it."""
    parser = subparsers.add_parser("languages", help="the languages, their coverage and review state")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(handler=run)


def run(arguments: argparse.Namespace) -> int:
    """Print one row per language that has texts."""
    states = language_states(translations_dir())
    own = (arguments.data_dir or default_data_dir()) / RECORDINGS
    voices = voice_kinds(recorded_voices(own), Programs(), [state.language.code for state in states])
    if arguments.json:
        print(json.dumps([_row(state, voices[state.language.code]) for state in states], ensure_ascii=False))
    else:
        for state in states:
            print(_line(state, voices[state.language.code]))
    return 0


def _row(state: LanguageState, voices: tuple[Kind, ...]) -> dict[str, object]:
    one = state.language
    return {
        "code": one.code,
        "name": one.name,
        "direction": "rtl" if one.rtl else "ltr",
        "digits": strip_controls(state.digits),
        "coverage": state.coverage,
        "review": {"state": state.review.state, "by": state.review.by, "date": state.review.date},
        "voice": voices[0].value if voices else None,
    }


def _line(state: LanguageState, voices: tuple[Kind, ...]) -> str:
    one = state.language
    covered = " ".join(f"{scope} {percent}%" for scope, percent in state.coverage.items())
    checked = f"{state.review.state} by {state.review.by}" if state.review.by else state.review.state
    direction = "rtl" if one.rtl else "ltr"
    voice = f"voice: {', '.join(voices)}" if voices else "no voice"
    return f"{one.code}  {one.name}  {direction}  {strip_controls(state.digits)}  {covered}  {checked}  {voice}"
