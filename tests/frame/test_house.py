"""The rules of the house that a machine can see: short functions, short files, a first line that says what for."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent.parent
MODULES = sorted(
    path
    for folder in ("intake_app", "devtools")
    for path in (REPOSITORY / folder).rglob("*.py")
    if "versions" not in path.parts
)
LINES_PER_FUNCTION = 40
LINES_PER_FILE = 400

REASONS_FOR_LENGTH: dict[str, str] = {
    "intake_app/errors.py": "one tree, so that each code is seen beside the others; nothing in it but names",
}
"""A file or `file::function` that is longer, with its reason."""


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The lines that do something: the docstring, which only explains, is left out."""
    last = function.end_lineno or function.lineno
    total = last - function.lineno + 1
    first = function.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        total -= (first.end_lineno or first.lineno) - first.lineno + 1
    return total


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(REPOSITORY).as_posix())
def test_a_module_is_short_and_says_what_it_is_for(path: Path):
    name = path.relative_to(REPOSITORY).as_posix()
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    too_long = [
        f"{name}::{function.name} has {lines_of(function)} lines"
        for function in functions(tree)
        if lines_of(function) > LINES_PER_FUNCTION and f"{name}::{function.name}" not in REASONS_FOR_LENGTH
    ]

    assert ast.get_docstring(tree), f"{name} does not say what it is for"
    assert not too_long
    assert name in REASONS_FOR_LENGTH or len(source.splitlines()) <= LINES_PER_FILE


PLANTED = {
    "services/bad.py": ("import intake_app.storage.database", "A room imports another only where this list says so"),
    "plan/bad.py": ("import intake_app.services.drafts", "A room imports another only where this list says so"),
    "errors.py": ("import intake_app.domain.ids", "No two rooms import each other"),
    "bootstrap.py": ("import intake_app.ui.app", "open the window's room"),
    "services/deep.py": ("import intake_app.plan.pdf", "Use cases reach the outer rooms only through their ports"),
    "cli.py": ("import PySide6.QtCore", "Qt lives in ui"),
    "plan/preview.py": ("import pypdfium2", "pypdfium2 lives in ui"),
    "services/sql.py": ("from sqlmodel import select", "live in storage"),
    "storage/plain.py": ("import sqlite3", "Unencrypted SQLite"),
    "sync/openrosa.py": ("import cryptography.fernet", "cryptography lives in"),
    "services/web.py": ("import httpx", "The network lives in sync"),
    "ui/draw.py": ("import reportlab.pdfgen.canvas", "live in plan"),
    "services/forms.py": ("import pyxform", "pyxform lives in xforms.compile"),
}
STANDING = {
    "domain/ids.py": "import intake_app.errors",
    "plan/pdf.py": "import reportlab",
    "storage/database.py": "import sqlmodel",
    "services/drafts.py": "import intake_app.plan.document",
    "plan/document.py": "import intake_app.i18n.phrases",
    "i18n/phrases.py": "import intake_app.domain.ids",
    "ui/app.py": "import PySide6",
    "sync/wire.py": "import httpx",
    "__main__.py": "import intake_app.ui.app",
    "commands/demo.py": "import intake_app.ui.app",
    "xforms/compile/convert.py": "import pyxform",
}


def build_house(folder: Path, rooms: dict[str, str]) -> None:
    (folder / "pyproject.toml").write_text(
        (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    for name, line in {"errors.py": "", "safe_xml.py": "", "bootstrap.py": "", "cli.py": "", **rooms}.items():
        path = folder / "intake_app" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(line + "\n", encoding="utf-8")
        for package in (path.parent, *path.parent.parents):
            if not package.is_relative_to(folder / "intake_app"):
                break
            (package / "__init__.py").touch()


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    program = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(cache_dir=None))"
    return subprocess.run([sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=False)


def test_a_house_that_keeps_to_its_walls_passes(tmp_path: Path):
    build_house(tmp_path, STANDING)

    answer = lint_imports(tmp_path)

    assert answer.returncode == 0, answer.stdout + answer.stderr


@pytest.mark.parametrize("planted", PLANTED, ids=str)
def test_a_hole_in_a_wall_is_found(tmp_path: Path, planted: str):
    line, wall = PLANTED[planted]
    build_house(tmp_path, {**STANDING, planted: line})

    answer = lint_imports(tmp_path)

    assert answer.returncode == 1, answer.stdout + answer.stderr
    broken = [text for text in answer.stdout.splitlines() if "BROKEN" in text]
    assert any(wall in text for text in broken), answer.stdout
