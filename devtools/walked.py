"""One walk past every page in one language: a picture of each, and what is wrong with its texts.

`python -m devtools.walked CODE OUT [made-up]` in the folder of the app; writes `OUT/NN-PAGE.png`, prints what it found
and ends with 1 when it found something.
"""

from __future__ import annotations

import secrets
import sys
import tempfile
from collections.abc import Collection
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from devtools.looked_over import complaints
from devtools.shell import say
from intake_app.bootstrap import open_office, store_gate
from intake_app.paths import resource_dir
from intake_app.services.installation import ServerSettings, write_server
from intake_app.ui.screenshots import SAMPLE, USUAL, Look, Stage, capture_all

SERVER = ServerSettings("https://central.example/v1/projects/1", "geen", trial=True)
"""An address that nothing is sent to: the pages about sending are then full ones."""

SAID = resource_dir("sample", "talks", SAMPLE).read_text(encoding="utf-8")
"""The script of the talk: what the participant says in it stays as it was said."""


def walk(code: str, out: Path, *, made_up: bool) -> list[str]:
    """What is wrong on the pages in that language, each with the name of its page. Raises IntakeError."""
    found: list[str] = []
    walked(code, out, partial(_look, found, made_up))
    return found


def walked(code: str, out: Path, look: Look, stage: Stage = USUAL, only: Collection[str] = ()) -> None:
    """Show `look` every page in that language, or `only` those, in an office of its own. Raises IntakeError."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        store = store_gate(Path(folder)).create(secrets.token_urlsafe(12), "Anna Voorbeeld", "site_lead", "counsellor")
        try:
            write_server(store, SERVER)
            for _ in capture_all(open_office(store), out, code, look, only, stage):
                pass
        finally:
            store.close()


def _look(found: list[str], made_up: bool, name: str, page: QWidget) -> None:
    found += [f"{name}: {problem}" for problem in complaints(page, made_up=made_up, said=SAID)]


if __name__ == "__main__":
    problems = walk(sys.argv[1], Path(sys.argv[2]), made_up="made-up" in sys.argv[3:])
    for problem in problems:
        say(problem)
    sys.exit(1 if problems else 0)
