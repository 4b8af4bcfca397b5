"""`print`: the papers for the table, as PDF, without a talk and without passphrase."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from intake_app.errors import UnknownName

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from intake_app.domain.plan import Installation

_LANGUAGE_NEUTRAL = "nl"


def add_parser(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommand; `handler` of its arguments runs it."""
    printing = subparsers.add_parser("print", help="papers for the table: forms, lists, cards")
    printing.add_argument("name", nargs="?", metavar="NAME", help="which paper; --list names them")
    printing.add_argument("--list", action="store_true", help="the names of all papers, one a line")
    printing.add_argument("--lang", default=_LANGUAGE_NEUTRAL, metavar="L", help="language beside Dutch (default: nl)")
    printing.add_argument("--municipality", default="", metavar="ID", help="for addresses: aalten, winterswijk, …")
    printing.add_argument("--place", default="", metavar="TEXT", help="name of the location, for the foot of the page")
    printing.add_argument("--phone", default="", metavar="NUMBER", help="phone of the location")
    printing.add_argument("--today", type=date.fromisoformat, metavar="ISO", help="day that stands on the paper")
    printing.add_argument("-o", "--output", type=Path, metavar="FILE.pdf")
    printing.set_defaults(handler=run, usage_error=printing.error)


def run(arguments: argparse.Namespace) -> int:
    """Write the PDF or print the names. Raises UnknownName, FileMissing."""
    from intake_app.plan.handouts import HANDOUTS

    if arguments.list:
        print("\n".join(HANDOUTS))
        return 0
    if arguments.name is None or arguments.output is None:
        arguments.usage_error("print NAME -o FILE.pdf, or --list")
    from intake_app.bootstrap import load_reference, reference_dir
    from intake_app.i18n.languages import LANGUAGES
    from intake_app.papers import make_paper

    if arguments.lang not in LANGUAGES:
        raise UnknownName(kind="language", name=arguments.lang, known=tuple(LANGUAGES))
    raw = make_paper(
        arguments.name,
        arguments.lang,
        load_reference(reference_dir(arguments.data_dir)),
        _place(arguments),
        arguments.today or date.today(),  # noqa: DTZ011 - the day on the wall, as the paper tells it
        municipality=arguments.municipality,
    )
    arguments.output.write_bytes(raw)
    return 0


def _place(arguments: argparse.Namespace) -> Installation:
    from intake_app.domain.plan import Installation

    return Installation(organisation="", location=arguments.place, phone=arguments.phone)
