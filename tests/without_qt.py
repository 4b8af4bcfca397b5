"""A pytest plugin for the run that proves that everything but the window works where Qt is not installed.

Use: `pytest -p tests.without_qt -p no:pytest-qt --ignore=tests/ui --ignore=tests/e2e`.
"""

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType

import pytest

QT_PACKAGES = frozenset({"PySide6", "shiboken6", "pytestqt"})


class QtIsAbsent:
    """An import finder for which Qt does not exist."""

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name.partition(".")[0] in QT_PACKAGES:
            raise ModuleNotFoundError(f"No module named {name!r} (Qt is left out of this run)", name=name)
        return None


def pytest_addoption(parser: pytest.Parser) -> None:
    for setting in ("qt_api", "qt_log_level_fail", "qt_log_ignore"):
        parser.addini(setting, "belongs to pytest-qt, which is left out of this run")


sys.meta_path.insert(0, QtIsAbsent())
