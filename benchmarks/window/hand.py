"""Leads a page of a talk with the answers of an invented person, as the clicks of a quick hand would."""

from __future__ import annotations

import time
from collections.abc import Iterator

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from intake_app.services.rehearsal import Script
from intake_app.ui.pages.conversation import ConversationPage
from intake_app.ui.presenters.conversation import Stage

MOST = 200
_ROUNDS = 2


def rest(page: ConversationPage) -> None:
    """Until the page is laid out and painted as it now stands, with what follows from that: it scrolls, and paints.

    What was let go is deleted meanwhile, as it is when the program waits for the next event. Everything waits its turn
    in one queue; a window that is not shown yet would paint nothing.
    """
    assert page.isVisible()
    QApplication.sendPostedEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    for _ in range(_ROUNDS):
        QApplication.processEvents()


class Watch:
    """Runs from when it is made; tells the seconds by the clock and those of the processor."""

    def __init__(self) -> None:
        self._clock, self._work = time.perf_counter(), time.process_time()

    def told(self) -> tuple[float, float]:
        """Seconds until now, by the clock and of the processor."""
        return time.perf_counter() - self._clock, time.process_time() - self._work


class Hand:
    """Answers a screen and goes on; `turns` gives the seconds from each answer until the next question is painted."""

    def __init__(self, page: ConversationPage, script: Script) -> None:
        self._page = page
        self._script = script

    def _value(self, ref: str) -> str:
        concept = self._page.presenter.conversation.concept_of(ref)
        told = self._script.answers.get(concept, "")
        if isinstance(told, str):
            return told
        row = int(ref.rsplit("[", 1)[1].split("]")[0]) if "[" in ref else 1
        return told[row - 1] if row <= len(told) else ""

    def answer(self) -> None:
        """Everything on the screen; what the person does not tell is left open, unless it must be told."""
        done: set[str] = set()
        while todo := [ref for ref in self._page.controls if ref not in done]:
            done.add(todo[0])
            model = self._page.controls[todo[0]].model
            value = self._value(todo[0])
            known = {choice.value for choice in model.choices}
            if known and not set(value.split()) <= known:
                value = ""
            if not value and model.required and model.choices:
                value = model.choices[0].value
            if value and value[0] not in "@+":
                self._page.take_answer(todo[0], value)

    def turns(self) -> Iterator[tuple[float, float]]:
        """Every screen until the guest leaves. Raises RuntimeError when the talk does not go on."""
        page, presenter = self._page, self._page.presenter
        for _ in range(MOST):
            if presenter.stage is not Stage.ASKING:
                return
            self.answer()
            rest(page)
            before = (presenter.key, presenter.stage)
            watch = Watch()
            page.go_on()
            rest(page)
            taken = watch.told()
            if (presenter.key, presenter.stage) == before:
                page.skip()
                rest(page)
            elif presenter.stage is Stage.ASKING:
                yield taken
        raise RuntimeError(f"no end after {MOST} screens")
