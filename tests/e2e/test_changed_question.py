"""A coordinator changes a question and adds a choice in Excel: the talk changes, and no line of the program does."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from intake_app.bootstrap import open_office
from intake_app.cli import main
from tests.e2e.conftest import PASSPHRASE
from tests.e2e.test_talks import Desk
from tests.scenario.talk_book import talk
from tests.services.helps import settle

REPOSITORY = Path(__file__).resolve().parents[2]
FORMS = REPOSITORY / "resources" / "forms"
QUESTION, LIST = "d03_work_wish", "work_wish"
NEW_WORDS = "Wat hoopt u met werk te bereiken?"
NEW_CHOICE, NEW_LABEL = "own_shop", "Een eigen winkel"


def run(*arguments: object) -> int:
    return main([str(argument) for argument in arguments], lambda _: 99)


def as_in_excel(path: Path) -> None:
    """Other words for a question, one choice more, and a version of today: what a coordinator types."""
    book = openpyxl.load_workbook(path)
    survey, choices, settings = (head(book[name]) for name in ("survey", "choices", "settings"))
    row = next(cells for cells in survey.rows() if cells["name"].value == QUESTION)
    next(cell for name, cell in row.items() if name.startswith("label") and "(nl)" in name).value = NEW_WORDS
    last = [cells for cells in choices.rows() if cells["list_name"].value == LIST][-1]
    place = last["name"].row + 1
    choices.sheet.insert_rows(place)
    for name, value in {"list_name": LIST, "name": NEW_CHOICE, "pictogram": "shop"}.items():
        choices.sheet.cell(place, last[name].column, value)
    label = next(cell for name, cell in last.items() if name.startswith("label") and "(nl)" in name)
    choices.sheet.cell(place, label.column, NEW_LABEL)
    version = next(settings.rows())["version"]
    version.value = str(int(version.value) + 1)
    book.save(path)


class head:  # noqa: N801  # reads as what it is: a sheet by its head
    """A sheet whose rows are read by the names in its first line."""

    def __init__(self, sheet) -> None:
        self.sheet = sheet
        self.names = [cell.value for cell in sheet[1]]

    def rows(self):
        for cells in self.sheet.iter_rows(min_row=2):
            yield dict(zip(self.names, cells, strict=False))


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """The forms of a laptop that got the changed questionnaire, made by the commands of the guide."""
    place = tmp_path / "forms"
    shutil.copytree(FORMS / "compiled", place)
    sheet = tmp_path / "intake.xlsx"
    assert run("form", "compile", FORMS / "intake.md", "-o", tmp_path / "before.xml", "--xlsx", sheet) == 0
    as_in_excel(sheet)
    assert run("form", "compile", sheet, "-o", place / "intake.xml") == 0
    assert run("form", "check", place / "intake.xml") == 0
    return place


def test_other_words_and_one_more_choice_are_in_the_talk_without_a_change_to_the_program(
    changed: Path, qtbot, window, gate
) -> None:
    store = gate.create(PASSPHRASE, "Anna Voorbeeld", "counsellor")
    settle(store)
    window.opened(open_office(store, forms=changed))
    hand = Desk(qtbot, window).begin(talk("low-literate-short-nl"))
    for _ in range(30):
        if hand.talk.presenter.asks(LIST):
            break
        hand.answer_screen()
        hand.next()

    control = hand.talk.controls[f"/data/{QUESTION}"]
    assert control.question.pair.main == NEW_WORDS
    assert [card.value for card in control.grid.cards][-1] == NEW_CHOICE
    assert control.grid.card(NEW_CHOICE).accessibleName().startswith(NEW_LABEL)
    hand.choose(control.grid, NEW_CHOICE)
    hand.next()

    instance = hand.talk.presenter.conversation.talk.instance_id
    kept = window.office.open_talk(instance)
    assert kept.talk.entry.value(f"/data/{QUESTION}").split() == [NEW_CHOICE]
    assert kept.talk.entry.choices(f"/data/{QUESTION}", "nl")[-1].label == NEW_LABEL
