"""`plan render`: the printed plan and its companions, from a sample or from a kept talk, without the window."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from intake_app.errors import FileMissing, StoreMissing, UnknownName
from intake_app.paths import default_data_dir, private_file, resource_dir

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from intake_app.domain.catalogue import Catalogue
    from intake_app.domain.plan import PlanDocument

_KINDS = ("plan", "large", "private", "data", "skills", "referral", "appointment", "counsellor", "address")
_SUFFIX = ".json"


def add_parser(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommand; `handler` of its arguments runs it."""
    plans = subparsers.add_parser("plan", help="print the plan and its companions as PDF")
    verbs = plans.add_subparsers(dest="verb", metavar="VERB", required=True)
    rendering = verbs.add_parser("render", help="one print as PDF, or the names of the samples")
    chosen = rendering.add_mutually_exclusive_group(required=True)
    chosen.add_argument("--list", action="store_true", help="sample names, one a line")
    chosen.add_argument("--sample", metavar="NAME", help="a plan of an invented person")
    chosen.add_argument("--intake", metavar="ID", help="the plan of a finished talk: its plan number or instance id")
    rendering.add_argument("--lang", metavar="L", help="language beside Dutch; default that of the plan")
    rendering.add_argument("--kind", choices=_KINDS, default="plan", help="which print (default: plan)")
    rendering.add_argument("-o", "--output", type=Path, metavar="FILE.pdf")
    rendering.add_argument("--story", action="store_true", help="the own story too, which the person agreed to now")
    rendering.set_defaults(handler=run, usage_error=rendering.error)
    _add_skills_file(verbs)


def _add_skills_file(verbs: _SubParsersAction[argparse.ArgumentParser]) -> None:
    file = verbs.add_parser("skills-file", help="the skills overview as JSON-LD, only when the person asks for it")
    chosen = file.add_mutually_exclusive_group(required=True)
    chosen.add_argument("--sample", metavar="NAME", help="a plan of an invented person")
    chosen.add_argument("--intake", metavar="ID", help="the plan of a finished talk")
    file.add_argument("--story", action="store_true", help="the own story too, which the person agreed to now")
    file.add_argument("-o", "--output", type=Path, metavar="FILE.jsonld", required=True)
    file.set_defaults(handler=write_skills_file)


def run(arguments: argparse.Namespace) -> int:
    """Write the PDF or print the names.

    Raises UnknownName, FileMissing, FontMissing; with --intake also StoreMissing, WrongPassphrase, RecordMissing.
    """
    if arguments.list:
        print("\n".join(sample_names()))
        return 0
    if arguments.output is None:
        arguments.usage_error("-o FILE.pdf says where the PDF goes")
    _known_language(arguments.lang)
    folder = getattr(arguments, "data_dir", None) or default_data_dir()
    catalogue = _catalogue(folder)
    if arguments.intake is None:
        document = _told(sample_plan(arguments.sample), arguments)
        language = arguments.lang or document.language
        arguments.output.write_bytes(_render(document, catalogue, arguments.kind, language))
    else:
        document = _told(kept_plan(folder, arguments.intake, arguments.lang), arguments)
        private_file(arguments.output, _render(document, catalogue, arguments.kind, document.language))
    return 0


def write_skills_file(arguments: argparse.Namespace) -> int:
    """Write the skills file. Raises UnknownName, FileMissing; with --intake also what `run` raises."""
    from intake_app.plan.passport import skills_file

    folder = getattr(arguments, "data_dir", None) or default_data_dir()
    document = sample_plan(arguments.sample) if arguments.intake is None else kept_plan(folder, arguments.intake, None)
    private_file(arguments.output, skills_file(_told(document, arguments), _catalogue(folder)))
    return 0


def _told(document: PlanDocument, arguments: argparse.Namespace) -> PlanDocument:
    """Without the own story, unless the person said yes to it for this print."""
    return document if arguments.story else replace(document, story=None)


def sample_names() -> list[str]:
    """The samples that ship, in alphabetical order."""
    return sorted(path.stem for path in resource_dir("sample", "plans").glob("*" + _SUFFIX))


def sample_plan(name: str) -> PlanDocument:
    """A plan of an invented person. Raises UnknownName, FileMissing."""
    from intake_app.plan.document import document_from_json

    if name not in sample_names():
        raise UnknownName(kind="sample", name=name, known=sample_names())
    return document_from_json(_read(resource_dir("sample", "plans", name + _SUFFIX)))


def kept_plan(folder: Path, name: str, language: str | None) -> PlanDocument:
    """A plan that was handed over; `language` None is the participant's own. Raises StoreMissing, RecordMissing."""
    from intake_app.bootstrap import store_gate
    from intake_app.commands.send import ask_passphrase
    from intake_app.services.stored_plans import find_plan, in_language

    gate = store_gate(folder)
    if not gate.exists():
        raise StoreMissing
    store = gate.unlock(ask_passphrase())
    try:
        document = find_plan(store, name)
    finally:
        store.close()
    return document if language is None else in_language(document, language)


def _catalogue(folder: Path) -> Catalogue:
    """The catalogue in use in a data folder, else the shipped one."""
    from intake_app.bootstrap import IMPORTED, load_reference

    return load_reference(folder / IMPORTED)


def _render(document: PlanDocument, catalogue: Catalogue, kind: str, language: str) -> bytes:
    from intake_app.plan.pdf import render_plan

    return render_plan(document, catalogue, kind=kind, language=language, resources=resource_dir())


def _known_language(code: str | None) -> None:
    from intake_app.i18n.languages import LANGUAGES

    if code is not None and code not in LANGUAGES:
        raise UnknownName(kind="language", name=code, known=tuple(LANGUAGES))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileMissing(path=path.name) from error
