"""One program with our theme, and a way to show a widget with the keyboard in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from intake_app.ui import theme
from intake_app.ui.controls import Helpers, QuestionControl, QuestionModel, control_for
from intake_app.ui.gallery_samples import search

TODAY = date(2026, 11, 25)


@pytest.fixture(autouse=True)
def themed(qapp: QApplication, repository: Path) -> QApplication:
    """Every test begins with normal letters and normal contrast."""
    now = theme.tokens()
    if not qapp.styleSheet() or now.size is not theme.TextSize.NORMAL or now.high_contrast:
        theme.apply(qapp, repository / "resources", size=theme.TextSize.NORMAL, contrast=False)
    return qapp


@pytest.fixture
def shown(qtbot: QtBot) -> Callable[..., QWidget]:
    """Show a widget of a size in an active window and let it settle."""

    def show(widget: QWidget, width: int = 1100, height: int = 700) -> QWidget:
        qtbot.addWidget(widget)
        widget.resize(width, height)
        with qtbot.waitActive(widget):
            widget.show()
            widget.activateWindow()
        QApplication.processEvents()
        return widget

    return show


@pytest.fixture
def helpers() -> Helpers:
    """A fixed day, and a search in four occupations."""
    return Helpers(lambda: TODAY, search, search)


@pytest.fixture
def asked(shown: Callable[..., QWidget], helpers: Helpers) -> Callable[[QuestionModel], QuestionControl]:
    """The control of a question, on screen."""

    def ask(model: QuestionModel) -> QuestionControl:
        control = control_for(model, helpers)
        shown(control)
        return control

    return ask
