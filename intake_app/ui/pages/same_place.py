"""A page of a talk shown anew in another language, at the same place and as far as one was."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from shiboken6 import isValid

from intake_app.ui.pages.page_reader import parts_of
from intake_app.ui.pages.plan import PlanPage
from intake_app.ui.widgets import Page


@dataclass(frozen=True)
class Place:
    """Which text of a page is the first one in sight, and how many logical pixels below the upper edge."""

    number: int
    below: int


def place_on(page: Page) -> Place:
    """Where somebody is on a page."""
    port = page.scroll.viewport()
    for number, part in enumerate(parts_of(page)):
        top = part.mapTo(port, part.rect().topLeft()).y()
        if top + part.height() > 0:
            return Place(number, top)
    return Place(0, 0)


def stand_at(page: Page, place: Place) -> None:
    """Go to that place once all of the page has found its height."""
    page.whole()

    def move() -> None:
        if not isValid(page):
            return
        # Where a text stands is known once all that was put on the page is laid out.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        parts = parts_of(page)
        if place.number < len(parts):
            part = parts[place.number]
            bar = page.scroll.verticalScrollBar()
            top = part.mapTo(page.scroll.widget(), part.rect().topLeft()).y()
            bar.setValue(top - place.below if place.number else 0)

    QTimer.singleShot(0, page, move)


@dataclass(frozen=True)
class PlanState:
    """How far the handing over of a plan is: the sheet in sight, what was answered, given and sent to the printer."""

    kind: str
    paper: str
    right: list[str]
    steps: bool
    giving: bool
    given: set[str] = field(default_factory=set)
    asked: dict[str, None] = field(default_factory=dict)


def plan_state(page: PlanPage) -> PlanState:
    """What is to stand on the page of the plan in another language too."""
    page.whole()
    handing = page.handing
    other = page.paper_language if page.paper_language != page.plan.language else ""
    return PlanState(
        page.kinds.values()[0],
        other,
        page.right.values(),
        page.steps is not None,
        page.list is not None,
        set(handing.given),
        dict(handing.asked),
    )


def stand_as(page: PlanPage, state: PlanState) -> None:
    """Bring a new page of the plan as far as another one was."""
    page.whole()
    page.handing.given, page.handing.asked = state.given, state.asked
    if state.kind != "plan":
        page.kinds.set_values([state.kind])
        page.show_kind(state.kind)
    if state.paper:
        page.speak(state.paper)
    page.right.set_values(state.right)
    if state.steps:
        page.edit()
    elif state.giving:
        page.show_list()
