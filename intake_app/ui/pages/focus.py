"""The way of the Tab key over a page that is filled anew: body, then footer, then header, in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget

from intake_app.ui.widgets import Page


def stops(widget: QWidget) -> Iterator[QWidget]:
    """Everything below a widget that takes the keyboard, in the order it is read."""
    if widget.focusPolicy() & Qt.FocusPolicy.ClickFocus and not isinstance(widget, QScrollArea):
        yield widget
        return
    if widget.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents):
        return  # labels, pictures and icons: nothing in them is pressed
    if isinstance(widget, QScrollArea):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            yield widget
        yield from stops(widget.widget())
    elif widget.layout() is not None:
        yield from _in_layout(widget.layout())
    else:
        for child in widget.children():
            if isinstance(child, QWidget):
                yield from stops(child)


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    for number in range(layout.count()):
        item = layout.itemAt(number)
        if (inner := item.layout()) is not None:
            yield from _in_layout(inner)
        elif (widget := item.widget()) is not None:
            yield from stops(widget)


def chain_focus(page: Page, start: QWidget | None = None) -> None:
    """Let Tab go from `start` through the body first, then the footer, then the header."""
    _chain(_round(page, start))


class FocusRound:
    """The same for a page of which one part, `newest`, is filled time and again.

    To put right one step costs Qt a walk past every widget. So the round is begun after the newest part, and only what
    is made anew is put right.
    """

    def __init__(self, page: Page, start: QWidget, newest: QWidget) -> None:
        self._page, self._start, self._newest = page, start, newest
        self._known: list[QWidget] = []

    def close(self) -> None:
        """Put the steps right that are not right any more."""
        order = _round(self._page, self._start)
        after = max((place for place, stop in enumerate(order, 1) if self._newest.isAncestorOf(stop)), default=0)
        order = order[after:] + order[:after]
        pairs = zip(order, self._known, strict=False)
        same = next((place for place, (now, before) in enumerate(pairs) if now is not before), None)
        right = min(len(order), len(self._known)) if same is None else same
        _chain(order[max(0, right - 1) :])
        self._known = order


def _round(page: Page, start: QWidget | None) -> list[QWidget]:
    parts = [page.layout().itemAt(number).widget() for number in range(page.layout().count())]
    header, rest = parts[0], parts[1:]
    return [stop for part in (start, *rest, header) if part is not None for stop in stops(part)]


def _chain(order: list[QWidget]) -> None:
    for before, after in pairwise(order):
        QWidget.setTabOrder(before, after)
