"""`form compile|check|trace|text`: questionnaires without the window."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from intake_app.errors import EventsInvalid, FileMissing, UnknownName
from intake_app.paths import resource_dir, translations_dir

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from intake_app.xforms.api import FormDefinition


def add_parser(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommands; `handler` of their arguments runs them."""
    forms = subparsers.add_parser("form", help="compile, check, run or read a questionnaire")
    verbs = forms.add_subparsers(dest="verb", metavar="VERB", required=True)
    compiling = verbs.add_parser("compile", help="XLSForm (xlsx, md, csv) with translations to XForm")
    compiling.add_argument("source", type=Path, metavar="SRC")
    compiling.add_argument("-o", "--output", type=Path, required=True, metavar="FORM.xml")
    compiling.add_argument("--xlsx", type=Path, metavar="FULL.xlsx", help="also write the sheet with all languages")
    compiling.set_defaults(handler=run_compile)
    checking = verbs.add_parser("check", help="report every problem of a form with its place")
    checking.add_argument("form", type=Path, metavar="FORM.xml")
    checking.set_defaults(handler=run_check)
    tracing = verbs.add_parser("trace", help="run a form without a screen and print what happens")
    tracing.add_argument("form", type=Path, metavar="FORM.xml")
    tracing.add_argument("--events", required=True, metavar="FILE|-")
    tracing.add_argument("--media", type=Path, metavar="DIR")
    tracing.add_argument("--lang", metavar="L")
    tracing.add_argument("--today", metavar="ISO", help="date or date-time with offset for today() and now()")
    tracing.add_argument("--seed", type=int, metavar="N", help="fixes uuid and random")
    tracing.add_argument("--json", action="store_true", help="JSON, which is also the default")
    tracing.set_defaults(handler=run_trace)
    reading = verbs.add_parser("text", help="the conversation as a readable script")
    reading.add_argument("form", type=Path, metavar="FORM.xml")
    reading.add_argument("--lang", default="nl", metavar="L")
    reading.add_argument("--answers", type=Path, metavar="FILE", help="a person's answers: the talk as it then goes")
    reading.set_defaults(handler=run_text)


def run_compile(arguments: argparse.Namespace) -> int:
    """Compile; raises FormInvalid, FormVersionTaken, FileMissing."""
    from intake_app.xforms.compile import compile_form

    _read(arguments.source)
    compiled = compile_form(arguments.source, translations_dir(), version_check=resource_dir("forms", "published"))
    _parse(compiled.xml)
    arguments.output.write_bytes(compiled.xml)
    if arguments.xlsx:
        arguments.xlsx.write_bytes(compiled.xlsx)
    for warning in compiled.warnings:
        print(warning, file=sys.stderr)
    return 0


def run_check(arguments: argparse.Namespace) -> int:
    """Check a form; 1 when there is anything to mend. What it can be filled in with all the same is only told.

    Raises FormInvalid, FileMissing, FormKeyRefused.
    """
    from intake_app.commands.odk_validate import validate_with_java
    from intake_app.services.outgoing import kind_of
    from intake_app.xforms.compile import check_tags

    raw = _read(arguments.form)
    definition = _parse(raw)
    for warning in definition.warnings:
        print(warning, file=sys.stderr)
    if definition.public_key:
        from intake_app.sync.encryption import check_form_key

        check_form_key(definition.form_id, definition.public_key)
        kind_of(definition)
        print(f"{definition.form_id}: encrypted, records leave locked under the form's public key", file=sys.stderr)
    problems = [*check_tags(definition), *validate_with_java(arguments.form)]
    for problem in problems:
        print(problem)
    if not problems:
        print(f"{definition.form_id} {definition.version}: no problem", file=sys.stderr)
    return 1 if problems else 0


def run_trace(arguments: argparse.Namespace) -> int:
    """Run the events of a file or of standard input and print the states."""
    from intake_app.xforms.api import trace

    result = trace(
        _read(arguments.form),
        _events(arguments.events),
        media=arguments.media,
        language=arguments.lang,
        today=arguments.today,
        seed=arguments.seed,
    )
    json.dump(result, sys.stdout, ensure_ascii=False, indent=1)
    print()
    return 0


def run_text(arguments: argparse.Namespace) -> int:
    """Print the talk as a script in one language, or as it goes with the answers of one person. Raises UnknownName."""
    definition = _parse(_read(arguments.form))
    if arguments.answers is None:
        from intake_app.xforms.compile import form_text

        print(form_text(definition, arguments.lang))
        return 0
    from intake_app.bootstrap import load_reference, prepare, reference_dir
    from intake_app.domain.clock import SystemClock
    from intake_app.matching.rules import load_rules
    from intake_app.services.paper_talk import paper_talk, transcript
    from intake_app.services.rehearsal import read_script

    if definition.languages and not definition.language(arguments.lang):
        raise UnknownName(kind="language", name=arguments.lang, known=", ".join(definition.languages))
    prepare()
    _read(arguments.answers)
    script = read_script(arguments.answers)
    rules = load_rules(resource_dir("matching"))
    catalogue = load_reference(reference_dir(arguments.data_dir))
    conversation = paper_talk(definition, catalogue, rules, SystemClock(), script.role)
    for line in transcript(conversation, script, arguments.lang):
        print(line)
    return 0


def _parse(raw: bytes) -> FormDefinition:
    from intake_app.xforms.api import parse_form

    return parse_form(raw)


def _events(source: str) -> list[dict[str, Any]]:
    raw = sys.stdin.buffer.read() if source == "-" else _read(Path(source))
    try:
        events = json.loads(raw.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        raise EventsInvalid(path=source, line=error.lineno) from None
    except UnicodeDecodeError as error:
        raise EventsInvalid(path=source, line=raw[: error.start].count(b"\n") + 1) from None
    if not isinstance(events, list) or not all(isinstance(event, dict) for event in events):
        raise EventsInvalid(path=source, line=1)
    return events


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileMissing(path=str(path)) from error
