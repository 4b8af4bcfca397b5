"""`plan render`: the printed plan and its companions, from a sample or from a kept talk, without the window."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from intake_app.errors import FileMissing, StoreMissing, UnknownName
from intake_app.paths import default_data_dir, private_file, resource_dir

if TYPE_CHECKING:
    from argparse import _SubParsersAction

_KINDS = ("plan", "large", "private", "data", "skills", "referral", "appointment", "counsellor")
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
    rendering.set_defaults(handler=run, usage_error=rendering.error)


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
    if arguments.intake is None:
        arguments.output.write_bytes(render_sample(arguments.sample, arguments.kind, arguments.lang))
    else:
        folder = arguments.data_dir or default_data_dir()
        private_file(arguments.output, render_kept(folder, arguments.intake, arguments.kind, arguments.lang))
    return 0


def sample_names() -> list[str]:
    """The samples that ship, in alphabetical order."""
    return sorted(path.stem for path in resource_dir("sample", "plans").glob("*" + _SUFFIX))


def render_sample(name: str, kind: str, language: str | None) -> bytes:
    """One print of a sample as PDF bytes; `language` None is the sample's own."""
    from intake_app.catalogue.load import load_catalogue
    from intake_app.plan.document import document_from_json
    from intake_app.plan.pdf import render_plan

    if name not in sample_names():
        raise UnknownName(kind="sample", name=name, known=sample_names())
    document = document_from_json(_read(resource_dir("sample", "plans", name + _SUFFIX)))
    catalogue = load_catalogue(resource_dir("catalogue"))
    return render_plan(document, catalogue, kind=kind, language=language or document.language, resources=resource_dir())


def render_kept(folder: Path, name: str, kind: str, language: str | None) -> bytes:
    """One print of a plan that was handed over, as PDF bytes; `language` None is the participant's own."""
    from intake_app.bootstrap import load_reference, store_gate
    from intake_app.commands.send import ask_passphrase
    from intake_app.plan.pdf import render_plan
    from intake_app.services.stored_plans import find_plan, in_language

    gate = store_gate(folder)
    if not gate.exists():
        raise StoreMissing
    store = gate.unlock(ask_passphrase())
    try:
        document = find_plan(store, name)
    finally:
        store.close()
    if language is not None:
        document = in_language(document, language)
    return render_plan(document, load_reference(), kind=kind, language=document.language, resources=resource_dir())


def _known_language(code: str | None) -> None:
    from intake_app.i18n.languages import LANGUAGES

    if code is not None and code not in LANGUAGES:
        raise UnknownName(kind="language", name=code, known=tuple(LANGUAGES))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileMissing(path=path.name) from error
