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
    parts = [page.layout().itemAt(number).widget() for number in range(page.layout().count())]
    header, rest = parts[0], parts[1:]
    order = [stop for part in (start, *rest, header) if part is not None for stop in stops(part)]
    for before, after in pairwise(order):
        QWidget.setTabOrder(before, after)
