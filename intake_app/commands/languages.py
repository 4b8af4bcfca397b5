"""`languages`: which languages there are, how complete each is, and whether people have checked it."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from intake_app.i18n.bidi import strip_controls
from intake_app.i18n.coverage import LanguageState, language_states
from intake_app.paths import translations_dir

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
    if arguments.json:
        print(json.dumps([_row(state) for state in states], ensure_ascii=False))
    else:
        for state in states:
            print(_line(state))
    return 0


def _row(state: LanguageState) -> dict[str, object]:
    one = state.language
    return {
        "code": one.code,
        "name": one.name,
        "direction": "rtl" if one.rtl else "ltr",
        "digits": strip_controls(state.digits),
        "coverage": state.coverage,
        "review": {"state": state.review.state, "by": state.review.by, "date": state.review.date},
        "voice": None,
    }


def _line(state: LanguageState) -> str:
    one = state.language
    covered = " ".join(f"{scope} {percent}%" for scope, percent in state.coverage.items())
    checked = f"{state.review.state} by {state.review.by}" if state.review.by else state.review.state
    direction = "rtl" if one.rtl else "ltr"
    return f"{one.code}  {one.name}  {direction}  {strip_controls(state.digits)}  {covered}  {checked}  no voice"
