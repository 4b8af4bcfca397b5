"""One practice talk in the real window, led with a real mouse and keyboard; a picture of the screen at each stop.

`python -m devtools.guided OUT` inside an X screen with a window manager. Where a button stands is asked of the window;
that it is pressed happens outside it, by xdotool, as if somebody sat there.
"""

from __future__ import annotations

import json
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from devtools.hand import Hand, StuckError
from devtools.shell import say
from intake_app.__main__ import open_window
from intake_app.bootstrap import store_gate
from intake_app.domain.plan import Installation
from intake_app.errors import IntakeError
from intake_app.paths import resource_dir
from intake_app.services.installation import write_installation
from intake_app.ui.main_window import MainWindow
from intake_app.ui.screenshots import SAMPLE
from intake_app.ui.widgets import AnswerCard, AnswerGrid

PERSON = SAMPLE.removesuffix(".json")
PICTURES = {
    "talk_language": "05-taal",
    "version": "06-hoe-lang",
    "consent_record": "07-toestemming",
    "work_wish": "08-vraag",
    "cards": "09-kaarten",
    "top3": "10-liefste-kaarten",
    "skills_ok": "11-vaardigheden",
    "reaction": "12-richtingen",
    "step": "13-stap",
    "consent_form": "17-na-afloop",
}
"""The questions of which a picture is taken once they are answered."""
PLACE = Installation(
    "Werkcentrum Achterhoek",
    "Bibliotheek Voorbeeld",
    "0544 000 000",
    controller="Organisatie Voorbeeld",
    controller_contact="privacy@voorbeeld.example",
    data_officer="Functionaris Voorbeeld",
    privacy_text="www.voorbeeld.example/privacy",
)
"""A place that does not exist, filled in as before a first talk."""
MOST_SCREENS = 90
_START_MS = 400


class Guided:
    """Leads the talk of the sample. Raises StuckError where it does not go on."""

    def __init__(self, window: Any, hand: Hand, passphrase: str) -> None:
        self.window, self.hand, self._passphrase = window, hand, passphrase
        raw = json.loads((resource_dir("sample", "talks", SAMPLE)).read_text(encoding="utf-8"))
        self._answers: dict[str, str | list[str]] = raw["answers"]
        self._taken: set[str] = set()

    def lead(self) -> None:
        """From the door to the first page again."""
        page = self._wait(lambda page: hasattr(page, "passphrase"))
        self.hand.take("01-wachtzin")
        self.hand.press(page.passphrase)
        self.hand.type(self._passphrase)
        self.hand.press(page.go)
        page = self._wait(lambda page: hasattr(page, "practise"))
        self.hand.take("02-eerste-bladzijde")
        self.hand.press(page.practise)
        page = self._wait(lambda page: hasattr(page, "buttons"))
        self.hand.take("03-oefenen")
        self.hand.press(page.buttons[PERSON])
        page = self._wait(lambda page: hasattr(page, "begin_requested"))
        self.hand.take("04-rolkaart")
        self.hand.press(page.go)
        self._questions()
        self._after_the_questions()
        self._questions()
        page = self._wait(lambda page: hasattr(page, "again") and hasattr(page, "told"))
        self.hand.take("18-na-de-oefening")
        self.hand.press(page.go)
        page = self._wait(lambda page: hasattr(page, "practise"))
        self.hand.press(page.send)
        self._wait(lambda page: not hasattr(page, "practise"))
        self.hand.take("19-versturen")

    def _wait(self, there: Callable[[Any], bool]) -> Any:
        for _ in range(MOST_SCREENS):
            page = self.window.page
            if page is not None and there(page):
                self.hand.rest()
                return page
            QApplication.processEvents()
            self.hand.rest()
        raise StuckError(f"still at {type(self.window.page).__name__}")

    def _questions(self) -> None:
        page = self._wait(lambda page: hasattr(page, "board"))
        for _ in range(MOST_SCREENS):
            if self.window.page is not page:
                return
            refs = list(page.controls)
            for ref in refs:
                if ref in page.controls:
                    self._answer(page, ref)
            for ref in refs:
                self._picture(page, ref)
            self.hand.press(page.chrome.next)
            self._past_a_problem(page)
        raise StuckError("the questions do not end")

    def _concept(self, page: Any, ref: str) -> str:
        return str(page.presenter.conversation.concept_of(ref))

    def _picture(self, page: Any, ref: str) -> None:
        name = PICTURES.get(self._concept(page, ref), "")
        control = page.controls.get(ref)
        on_families = getattr(control, "families", None) is not None and control.stage == ""
        if name and name not in self._taken and not on_families:
            self._taken.add(name)
            self.hand.bring(page.controls[ref].question)
            self.hand.take(name)

    def _answer(self, page: Any, ref: str) -> None:
        told = self._answers.get(self._concept(page, ref), "")
        if isinstance(told, list):
            self._rows(page, ref, told)
            return
        wanted = told.split() + str(self._answers["family"]).split() * (self._concept(page, ref) == "cards")
        if told.startswith(("+", "@")):
            wanted = [card.value for card in self._cards(page, ref)[:1]]
        for value in wanted:
            card = next((one for one in self._cards(page, ref) if one.value == value and not one.isChecked()), None)
            if card is not None:
                self.hand.press(card)
        entry = getattr(page.controls.get(ref), "entry", None)
        if entry is not None and told and not told.startswith(("+", "@")):
            self.hand.press(entry)
            self.hand.type(told)

    def _rows(self, page: Any, ref: str, told: list[str]) -> None:
        """One answer a row; of a question that comes once a row, the first."""
        for place, value in enumerate(told):
            control = page.controls.get(ref)
            if control is None:
                return
            grids = [grid for grid in control.findChildren(AnswerGrid) if any(c.value == value for c in grid.cards)]
            if value.startswith(("+", "@")):
                grids = control.findChildren(AnswerGrid)
            if place >= len(grids):
                return
            cards = [card for card in grids[place].cards if card.isVisible() and card.is_answer]
            card = next((one for one in cards if one.value == value), cards[0] if value[:1] in "+@" and cards else None)
            if card is not None and not card.isChecked():
                self.hand.press(card)

    def _cards(self, page: Any, ref: str) -> list[AnswerCard]:
        control = page.controls.get(ref)
        if control is None:
            return []
        return [card for card in control.findChildren(AnswerCard) if card.isVisible() and card.is_answer]

    def _past_a_problem(self, page: Any) -> None:
        """A question that must be answered gets its first answer."""
        if self.window.page is not page or (control := page.board.problem()) is None:
            return
        cards = self._cards(page, control.model.ref)
        if not cards:
            raise StuckError(f"no answer to {control.model.ref}")
        self.hand.press(cards[0])

    def _after_the_questions(self) -> None:
        page = self._wait(lambda page: hasattr(page, "right") and hasattr(page, "changes"))
        self.hand.take("14-nalezen")
        self.hand.press(page.right)
        page = self._wait(lambda page: hasattr(page, "go_on") and not hasattr(page, "board"))
        if not hasattr(page, "kinds"):
            self.hand.take("15-regelingen")
            self.hand.press(page.go_on)
            page = self._wait(lambda page: hasattr(page, "kinds"))
        self.hand.press(page.right.cards[0])
        self.hand.take("16-plan")
        self.hand.press(page.go_on)
        self._wait(lambda page: getattr(page, "list", None) is not None)
        self.hand.take("16a-meegeven")
        self.hand.press(page.go_on)


def main(out: Path) -> int:
    """Lead the talk in a data folder that is thrown away; 0 when it came to its end."""
    passphrase = secrets.token_hex(8)
    ended = ["the talk was not begun"]
    app = QApplication(["intake-app"])

    def lead() -> None:
        window = next((one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow)), None)
        if window is None or window.access is None:
            QTimer.singleShot(_START_MS, lead)
            return
        try:
            Guided(window, Hand(window, out), passphrase).lead()
            ended.clear()
        except (StuckError, IntakeError, RuntimeError, subprocess.CalledProcessError) as stuck:
            ended[:] = [f"{type(stuck).__name__}: {stuck}"]
        finally:
            app.exit(0)

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        store = store_gate(Path(folder)).create(passphrase, "Anna Voorbeeld", "site_lead", "counsellor")
        write_installation(store, PLACE)
        store.staff.adopt_recovery(store.staff.new_recovery())
        store.close()
        QTimer.singleShot(_START_MS, lead)
        open_window(Path(folder))
    for line in ended:
        say(f"The guide stopped: {line}")
    return 1 if ended else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
