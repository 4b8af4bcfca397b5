"""One program with our theme, and a way to show a widget with the keyboard in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from intake_app.bootstrap import open_office, prepare
from intake_app.domain.catalogue import Catalogue
from intake_app.domain.plan import PlanDocument
from intake_app.paths import resource_dir
from intake_app.services.conversation import Conversation
from intake_app.services.office import Office
from intake_app.services.ports import PlanPrinter
from intake_app.services.rehearsal import Rehearsal, read_script
from intake_app.services.sending import Valve
from intake_app.ui import theme
from intake_app.ui.controls import Helpers, QuestionControl, QuestionModel, control_for
from intake_app.ui.gallery_samples import search
from intake_app.ui.widgets.pressable import last_used
from tests.fakes.places import settle
from tests.fakes.storage import InMemoryStore
from tests.fakes.sweeping import swept_by_the_module, swept_by_the_test
from tests.ui.tables import begun

__all__ = ["begun", "swept_by_the_module", "swept_by_the_test"]

TODAY = date(2026, 11, 25)


@pytest.fixture(autouse=True)
def themed(qapp: QApplication, repository: Path) -> QApplication:
    """Every test begins with normal letters, normal contrast and the hands off the mouse."""
    last_used.by_keys()
    now = theme.tokens()
    if not qapp.styleSheet() or now.size is not theme.TextSize.NORMAL or now.scheme is not theme.Scheme.LIGHT:
        theme.apply(qapp, repository / "resources", size=theme.TextSize.NORMAL, scheme=theme.Scheme.LIGHT)
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
        qtbot.waitUntil(lambda: getattr(widget, "grown", True))
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


@pytest.fixture(scope="session")
def ready_office(repository: Path) -> Office:
    """The office with everything that ships, over a store in memory; loaded once."""
    prepare()
    return open_office(InMemoryStore())


@pytest.fixture
def office(ready_office: Office) -> Office:
    """An office over an empty store of its own, with no way to a server."""
    store = InMemoryStore()
    settle(store)
    return replace(ready_office, store=store, send_round=None, valve=Valve())


@dataclass
class RememberingPrinter:
    """The real printer, that draws the same sheet only once."""

    printer: PlanPrinter
    drawn: dict[tuple[str, str, str], bytes] = field(default_factory=dict)

    def render(self, document: PlanDocument, catalogue: Catalogue, *, kind: str, language: str) -> bytes:
        sheet = (repr(document), kind, language)
        if sheet not in self.drawn:
            self.drawn[sheet] = self.printer.render(document, catalogue, kind=kind, language=language)
        return self.drawn[sheet]


@dataclass
class Played:
    """The sample talk in Arabic, up to where the plan is handed over."""

    office: Office
    conversation: Conversation


@pytest.fixture(scope="session")
def played(ready_office: Office) -> Played:
    """Played once; tests may print its plan, and leave its answers alone."""
    store = InMemoryStore()
    settle(store)
    printer = RememberingPrinter(ready_office.printer)
    office = replace(ready_office, store=store, send_round=None, valve=Valve(), printer=printer)
    conversation = office.begin_talk(practice=True)
    script = read_script(resource_dir("sample", "talks", "short-refugee-cook.json"))
    Rehearsal(conversation, script).play(until_guest_leaves=True)
    return Played(office, conversation)


@pytest.fixture
def keyboard_complaints() -> Callable[[QWidget], list[str]]:
    """What a person with only a keyboard, a screen reader or a large finger would miss on a page."""

    def complaints(page: QWidget) -> list[str]:
        found = []
        for widget in page.findChildren(QWidget):
            if not widget.isVisibleTo(page) or not isinstance(widget, QAbstractButton | QLineEdit):
                continue
            name = f"{type(widget).__name__} {widget.accessibleName()!r}"
            if not widget.accessibleName():
                found.append(f"{name} has no name")
            if widget.height() < theme.TARGET or widget.width() < theme.TARGET:
                found.append(f"{name} is {widget.width()} by {widget.height()}")
            if widget.isEnabled() and widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
                found.append(f"{name} is out of reach of the keyboard")
        return found

    return complaints
