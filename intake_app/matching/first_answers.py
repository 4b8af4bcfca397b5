"""Where a talk of one question leads first: a table from what the guest came for to organisations (DOMAIN 1.4, a05)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from intake_app.errors import RulesInvalid

FILE = "first_answers.json"
FirstAnswers = Mapping[str, tuple[str, ...]]


def load_first_answers(folder: Path) -> FirstAnswers:
    """Code of a05 to ids of organisations, in the order they are named. Raises RulesInvalid."""
    try:
        raw = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return {code: tuple(ids) for code, ids in raw.items() if code != "about"}
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise RulesInvalid(file=FILE, key="", problem=type(error).__name__) from error
