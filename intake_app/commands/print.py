"""`print`: the papers for the table, as PDF, without a talk and without passphrase."""

from __future__ import annotations

import argparse
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from intake_app.errors import UnknownName
from intake_app.paths import resource_dir

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from intake_app.domain.plan import Installation
    from intake_app.plan.hand import Asked
    from intake_app.xforms.api import FormDefinition

_QUESTION = re.compile(r"^(?P<label>\S.*) \[(?P<name>[a-z]+\d+[a-z]?_\w+)\]$")
_CHOICE = re.compile(r"^  (?:\( \)|\[ \]) (?P<label>.+)$")
_OUTPUT = re.compile(r"[<\u2039{]/?\w*[\w/ ]*[>\u203a}]")
_AFTER_THE_GUEST = 2000
_MOST_CHOICES = 12
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
    from intake_app.plan.handouts import HANDOUTS, HandoutSetting, render_handout

    if arguments.list:
        print("\n".join(HANDOUTS))
        return 0
    if arguments.name is None or arguments.output is None:
        arguments.usage_error("print NAME -o FILE.pdf, or --list")
    from intake_app.bootstrap import load_reference
    from intake_app.i18n.languages import LANGUAGES

    if arguments.lang not in LANGUAGES:
        raise UnknownName(kind="language", name=arguments.lang, known=tuple(LANGUAGES))
    setting = HandoutSetting(
        place=_place(arguments),
        today=arguments.today or date.today(),  # noqa: DTZ011 - the day on the wall, as the paper tells it
        municipality=arguments.municipality,
        questions=short_talk(arguments.lang) if arguments.name == "short-intake" else (),
    )
    raw = render_handout(arguments.name, arguments.lang, load_reference(), setting, resource_dir())
    arguments.output.write_bytes(raw)
    return 0


def _place(arguments: argparse.Namespace) -> Installation:
    from intake_app.domain.plan import Installation

    return Installation(organisation="", location=arguments.place, phone=arguments.phone)


def short_talk(language: str) -> tuple[Asked, ...]:
    """The questions of the short talk in their order, with their choices, in a language and Dutch."""
    from intake_app.plan.content import Pair, Said
    from intake_app.plan.hand import Asked
    from intake_app.xforms.compile import form_text
    from intake_app.xforms.definition.parse import parse_form

    definition = parse_form(resource_dir("forms", "compiled", "intake.xml").read_bytes())
    own, dutch = (_questions(form_text(definition, code)) for code in (language, _LANGUAGE_NEUTRAL))
    notes = {ref.rsplit("/", 1)[-1] for ref, bind in definition.binds.items() if bind.readonly}
    found = []
    for name in short_order(definition):
        if name in own and name in dutch:
            pairs = [Pair(Said(a, language), Said(b, "nl")) for a, b in zip(own[name], dutch[name], strict=False)]
            choices = tuple(pairs[1:]) if len(pairs) - 1 <= _MOST_CHOICES else ()
            found.append(Asked(pairs[0], choices, name in notes))
    return tuple(found)


def short_order(definition: FormDefinition) -> list[str]:
    """Names of the questions that the short talk asks while the guest is there, in their order."""
    placed = []
    for ref, bind in definition.binds.items():
        place = bind.tags.get("short", "").split()
        if place and float(place[0]) < _AFTER_THE_GUEST:
            placed.append((float(place[0]), ref.rsplit("/", 1)[-1]))
    return [name for _, name in sorted(placed, key=lambda item: item[0])]


def _questions(text: str) -> dict[str, list[str]]:
    """Question names to their words, followed by their choices, out of the readable script of a form."""
    found: dict[str, list[str]] = {}
    current: list[str] = []
    for line in text.splitlines():
        if question := _QUESTION.match(line):
            current = found.setdefault(question["name"], [_without_outputs(question["label"])])
        elif choice := _CHOICE.match(line):
            current.append(choice["label"])
    return found


def _without_outputs(text: str) -> str:
    """What the app would fill in is a line to fill in by hand."""
    return _OUTPUT.sub("____", text)
