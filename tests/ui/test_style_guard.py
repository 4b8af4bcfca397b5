from __future__ import annotations

import ast
from pathlib import Path

HOMES = ("theme.py", "colours.py")
FORBIDDEN = {
    "QBrush",
    "QColor",
    "QFont",
    "QPalette",
    "QPen",
    "setFixedHeight",
    "setFixedSize",
    "setFixedWidth",
    "setFont",
    "setPalette",
    "setStyleSheet",
}


def style_in(source: str) -> list[str]:
    """Every name that sets a colour, a font, a size or a style by hand."""
    found = []
    for node in ast.walk(ast.parse(source)):
        name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
        if name in FORBIDDEN:
            found.append(f"{node.lineno}: {name}")
    return found


def test_only_the_theme_and_the_widgets_know_colours_sizes_and_styles(repository: Path) -> None:
    ui = repository / "intake_app" / "ui"
    files = [path for path in ui.rglob("*.py") if "widgets" not in path.parts and path.name not in HOMES]

    assert len(files) > 10
    assert {path.name: style_in(path.read_text(encoding="utf-8")) for path in files} == {p.name: [] for p in files}


def test_the_guard_sees_a_style_set_by_hand() -> None:
    assert style_in("label.setStyleSheet('color: red')\nx = QColor('red')\n") == ["1: setStyleSheet", "2: QColor"]


def test_widgets_ask_the_theme_for_every_colour(repository: Path) -> None:
    written = [
        f"{path.name}: {node.value}"
        for path in (repository / "intake_app" / "ui").rglob("*.py")
        if path.name not in HOMES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("#")
    ]

    assert written == []
