"""`languages`: which languages there are, how complete each is, and whether people have checked it."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from intake_app.i18n.gettext import DOMAINS
from intake_app.i18n.languages import LANGUAGES, SOURCE_LANGUAGE, is_rtl, review_state
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
    rows = [_row(code) for code in LANGUAGES if code == SOURCE_LANGUAGE or (translations_dir() / code).is_dir()]
    if arguments.json:
        print(json.dumps(rows, ensure_ascii=False))
    else:
        for row in rows:
            print(f"{row['code']}  {row['name']}  {row['coverage']}")
    return 0


def _row(code: str) -> dict[str, object]:
    review = review_state(code, translations_dir())
    return {
        "code": code,
        "name": LANGUAGES[code].name,
        "direction": "rtl" if is_rtl(code) else "ltr",
        "coverage": {domain: _coverage(code, domain) for domain in DOMAINS},
        "review": {"state": review.state, "by": review.by, "date": review.date},
        "voice": None,
    }


def _coverage(code: str, domain: str) -> int:
    """Percent of the texts that have a translation, rounded down; Dutch is the source."""
    if code == SOURCE_LANGUAGE:
        return 100
    path: Path = translations_dir() / code / "LC_MESSAGES" / f"{domain}.po"
    if not path.is_file():
        return 0
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        messages = [message for message in read_po(file) if message.id]
    done = sum(1 for message in messages if message.string and not message.fuzzy)
    return 100 * done // len(messages) if messages else 0
