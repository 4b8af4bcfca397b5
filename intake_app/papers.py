"""Papers for the table, made from what ships: the questions of the short talk too, as the compiled form asks them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from intake_app.paths import resource_dir

if TYPE_CHECKING:
    from intake_app.domain.catalogue import Catalogue
    from intake_app.domain.plan import Installation
    from intake_app.plan.hand import Asked
    from intake_app.xforms.api import FormDefinition

_QUESTION = re.compile(r"^(?P<label>\S.*) \[(?P<name>[a-z]+\d+[a-z]?_\w+)\]$")
_CHOICE = re.compile(r"^  (?:\( \)|\[ \]) (?P<label>.+)$")
_OUTPUT = re.compile(r"[<\u2039{]/?\w*[\w/ ]*[>\u203a}]")
_AFTER_THE_GUEST = 2000
_MOST_CHOICES = 12
_DUTCH = "nl"


def make_paper(
    name: str,
    language: str,
    catalogue: Catalogue,
    place: Installation,
    today: date,
    *,
    municipality: str = "",
    resources: Path | None = None,
) -> bytes:
    """A paper in a language and Dutch, as PDF. Raises UnknownName for another paper or municipality, FileMissing."""
    from intake_app.plan.handouts import HandoutSetting, render_handout

    questions = short_talk(language) if name == "short-intake" else ()
    setting = HandoutSetting(place, today, municipality, questions)
    return render_handout(name, language, catalogue, setting, resources or resource_dir())


def short_talk(language: str) -> tuple[Asked, ...]:
    """The questions of the short talk in their order, with their choices, in a language and Dutch."""
    from intake_app.plan.content import Pair, Said
    from intake_app.plan.hand import Asked
    from intake_app.xforms.compile import form_text
    from intake_app.xforms.definition.parse import parse_form

    definition = parse_form(resource_dir("forms", "compiled", "intake.xml").read_bytes())
    own, dutch = (_questions(form_text(definition, code)) for code in (language, _DUTCH))
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
