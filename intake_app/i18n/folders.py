"""Where the texts of all languages lie, and in which files."""

from __future__ import annotations

from pathlib import Path

DOMAINS = ("app", "intake", "catalogue", "plan", "errors")

named: list[Path] = []
"""The folder that was named at start, if any (`i18n.gettext.use_translations`)."""


def translations_folder() -> Path:
    """The folder in use; by default the one that came with the package, installed or in the source tree."""
    if named:
        return named[0]
    package = Path(__file__).resolve().parents[1]
    installed = package / "_data"
    return (installed if installed.is_dir() else package.parent) / "translations"
