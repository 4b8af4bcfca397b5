#!/usr/bin/env python3
"""The one way in for people who build the app: `python3 dev.py VERB`. Standard library only."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial

if sys.version_info < (3, 11):  # before any import that would fail less clearly
    sys.exit("dev.py needs Python 3.11 or newer; this is " + sys.version.split()[0])

from devtools import catalogues, checks, environment, guide, programs
from devtools.shell import StepFailedError, passing_through, say

USAGE = """usage: python3 dev.py VERB [ARGUMENTS]

  run              open the window; without a display, live through the sample conversation instead
  test [--long]    everything that is checked before a change is taken in
  app ARGS...      the app's own command line, in the project's environment
  check            format, lint, types, walls and locks, without changing anything
  fix              put format and lint right where that can be done by machine
  build            make the one-folder program and let it live through the sample conversation
  bench NAME ...   a measurement from benchmarks/; without a name, the list
  strings          draw the texts from the code and the data into translations/, and compile;
                   --readability says instead how plain the Dutch texts are
  screens [CODE…]  pictures of every page in every language, the made-up ones too, into out/screens/;
                   --matrix: at the largest type in two small windows and three palettes, into out/matrix/
  pictures         every picture with what it stands for, on sheets to be looked at, into out/pictures/
  guide            pictures of the visual guide, made by leading a talk in the real window, into docs/beeldgids/
  assets           fetch fonts and pictograms anew into resources/
"""


def _screens(arguments: list[str]) -> int:
    catalogues.compile_stale()
    return _in_the_environment("screens", arguments)


def _guide(arguments: list[str]) -> int:
    catalogues.compile_stale()
    return guide.guide(arguments)


def _in_the_environment(module: str, arguments: list[str]) -> int:
    """Run a module of ours that needs the project's libraries."""
    return passing_through([environment.PYTHON, "-m", f"devtools.{module}", *arguments])


def main(arguments: list[str]) -> int:
    """Run one verb; gives the exit code: 0 done, 1 something was found wrong, 2 wrong usage."""
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        say(USAGE)
        return 0 if arguments else 2
    verb, rest = arguments[0], arguments[1:]
    verbs: dict[str, Callable[[list[str]], int]] = {
        "run": programs.run,
        "test": checks.test,
        "app": programs.app,
        "check": checks.check,
        "fix": checks.fix,
        "build": programs.build,
        "bench": programs.bench,
        "strings": catalogues.strings,
        "screens": _screens,
        "pictures": partial(_in_the_environment, "contact_sheet"),
        "guide": _guide,
        "assets": partial(_in_the_environment, "assets"),
    }
    if verb not in verbs:
        say(f"dev.py does not know the verb '{verb}'.\n\n{USAGE}")
        return 2
    try:
        environment.ensure(thoroughly=verb not in ("app", "fix", "bench"))
        return verbs[verb](rest)
    except StepFailedError as problem:
        say(str(problem))
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
