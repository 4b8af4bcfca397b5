"""The command line: one subcommand per module of `commands`, exit codes 0, 1 and 2 (DESIGN 6)."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from intake_app.i18n.gettext import use_translations
from intake_app.paths import translations_dir

if TYPE_CHECKING:
    import argparse

    from intake_app.errors import IntakeError

COMMANDS = (
    "demo",
    "form",
    "catalogue",
    "match",
    "plan",
    "print",
    "send",
    "sync",
    "languages",
    "report",
    "doctor",
    "backup",
    "envelope",
)
EXIT_DONE, EXIT_WRONG_INPUT, EXIT_WRONG_USAGE = 0, 1, 2


def build_parser() -> argparse.ArgumentParser:
    """The parser with every subcommand; without one the window opens."""
    import argparse
    import importlib

    parser = argparse.ArgumentParser(
        prog="intake-app", description="Intake en ontwikkelplan voor het LLO-portaal Onbenut Talent."
    )
    parser.add_argument("--data-dir", type=Path, metavar="DIR", help="folder of the encrypted store")
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name in COMMANDS:
        importlib.import_module(f"intake_app.commands.{name}").add_parser(subparsers)
    _take_data_dir_anywhere(subparsers)
    return parser


def _take_data_dir_anywhere(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """`--data-dir` may also stand behind the subcommand."""
    import argparse

    for parser in subparsers.choices.values():
        parser.add_argument("--data-dir", type=Path, metavar="DIR", default=argparse.SUPPRESS, help="data folder")
        for action in parser._actions:
            if isinstance(action, argparse._SubParsersAction):
                _take_data_dir_anywhere(action)


def main(argv: Sequence[str] | None, open_window: Callable[[Path | None], int]) -> int:
    """Run a subcommand, or open the window; an error of ours is one clear line on standard error."""
    _write_utf8()
    use_translations(translations_dir())
    given = sys.argv[1:] if argv is None else list(argv)
    if not given or (len(given) == 2 and given[0] == "--data-dir"):
        # The window alone does not wait for what every subcommand takes with it.
        return open_window(Path(given[1]) if given else None)
    arguments = build_parser().parse_args(given)
    if arguments.command is None:
        return open_window(arguments.data_dir)
    return _run(arguments)


def _run(arguments: argparse.Namespace) -> int:
    from intake_app.errors import IntakeError, UnexpectedFailure

    try:
        return int(arguments.handler(arguments))
    except IntakeError as error:
        return _say(error)
    except BrokenPipeError:
        return EXIT_DONE
    except OSError as error:
        return _say(_of_the_disk(error))
    except Exception as error:  # noqa: BLE001 - its text could quote what a person said: only places are shown
        import traceback

        places = "".join(traceback.format_tb(error.__traceback__))
        print(f"{places}{type(error).__name__}", file=sys.stderr)
        return _say(UnexpectedFailure(kind=type(error).__name__))


def _say(error: IntakeError) -> int:
    from intake_app.i18n.phrases import error_sentence

    print(error_sentence(error, os.environ.get("INTAKE_LANGUAGE", "nl")), file=sys.stderr)
    return EXIT_WRONG_INPUT


def _of_the_disk(error: OSError) -> IntakeError:
    """A file that cannot be read or written, in our own words."""
    import errno

    from intake_app.errors import DiskFull, FileMissing, StorageError

    if error.errno == errno.ENOSPC:
        return DiskFull()
    if isinstance(error, FileNotFoundError | NotADirectoryError) and error.filename is not None:
        return FileMissing(path=str(error.filename))
    return StorageError(problem=type(error).__name__)


def _write_utf8() -> None:
    """Arabic must leave through any console, also one with an old Windows code page."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
