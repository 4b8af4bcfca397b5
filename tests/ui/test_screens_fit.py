"""On the ten screens that stand for all, in every shipped language, every text fits its place and has its letters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from devtools.gates import shipped
from devtools.looked_over import complaints
from devtools.screens import REPRESENTATIVE
from intake_app.services.office import Office
from intake_app.ui.screenshots import capture_all
from intake_app.ui.widgets import BilingualLabel
from intake_app.ui.widgets.pair import Pair
from intake_app.ui.widgets.text import TextLabel
from tests.fakes.storage import InMemoryStore


@pytest.mark.parametrize("code", ["nl", *shipped()])
def test_no_text_is_cut_and_no_letter_is_missing(code: str, ready_office: Office, tmp_path: Path, qtbot: QtBot) -> None:
    found: dict[str, list[str]] = {}

    def look(name: str, page: QWidget) -> None:
        found[name] = complaints(page)

    office = replace(ready_office, store=InMemoryStore())
    made = list(capture_all(office, tmp_path, code, look, REPRESENTATIVE))

    assert found == {name: [] for name in REPRESENTATIVE}
    assert len(made) == len(REPRESENTATIVE)


def on_a_page(label: QWidget, shown: Callable[..., QWidget]) -> QWidget:
    page = QWidget()
    label.setParent(page)
    return shown(page, 300, 200)


def test_a_text_higher_than_its_place_is_found(shown: Callable[..., QWidget]) -> None:
    label = TextLabel("Dit is een lange zin die niet op een regel past.")
    label.setFixedSize(120, 20)

    assert complaints(on_a_page(label, shown)) == ["cut: 'Dit is een lange zin die niet op een regel past.'"]


def test_a_word_wider_than_its_place_is_found(shown: Callable[..., QWidget]) -> None:
    label = TextLabel("Arbeidsongeschiktheidsverzekering")
    label.setFixedSize(60, 100)

    assert complaints(on_a_page(label, shown)) == ["cut: 'Arbeidsongeschiktheidsverzekering'"]


def test_a_text_past_the_edge_of_what_it_stands_in_is_found(shown: Callable[..., QWidget]) -> None:
    label = QLabel("Verder")
    label.setGeometry(280, 10, 90, 30)

    assert complaints(on_a_page(label, shown)) == ["past the edge: 'Verder'"]


def test_a_letter_that_no_font_has_is_found(shown: Callable[..., QWidget]) -> None:
    label = TextLabel("goed \U0010fffd")
    label.setGeometry(0, 0, 250, 60)

    assert any(what.startswith("no letters for") for what in complaints(on_a_page(label, shown)))


def test_a_text_left_in_dutch_is_found_in_a_made_up_language(shown: Callable[..., QWidget]) -> None:
    page = QWidget()
    column = QVBoxLayout(page)
    for own in ("[Véřdéř~~]", "Verder", "Samira", "Deutsch", "poniedziałek, 7 grudnia 2026", "12"):
        column.addWidget(BilingualLabel(Pair(own, "Verder", "pl")))
    shown(page, 400, 600)

    assert complaints(page, made_up=True, said="Samira") == ["not translated: 'Verder'"]
