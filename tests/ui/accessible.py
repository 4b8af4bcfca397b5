"""What a screen reader and the Tab key meet on a page: controls without a name or role, out of reach, out of order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QScrollArea, QTextEdit, QWidget

from intake_app.ui.widgets.answer_grid import AnswerGrid
from intake_app.ui.widgets.focus_start import FocusStart
from intake_app.ui.widgets.pictogram import PictogramLabel

_NO_ROLES = (QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Pane, QAccessible.Role.Grouping)
"""What Qt says of a widget it knows nothing about."""


def named(widget: QWidget) -> str:
    """How a complaint names a widget."""
    return f"{type(widget).__name__} '{widget.accessibleName()[:50]}'"


def controls(page: QWidget) -> list[QWidget]:
    """Everything in sight on a page that can have the keyboard, but for the place where it starts."""
    return [
        widget
        for widget in page.findChildren(QWidget)
        if widget.isVisibleTo(page)
        and widget.isEnabled()
        and widget.focusProxy() is None
        and not isinstance(widget, FocusStart)
        and (widget.focusPolicy() != Qt.FocusPolicy.NoFocus or isinstance(widget, QAbstractButton | QLineEdit))
        and _is_ours(widget)
    ]


def _is_ours(widget: QWidget) -> bool:
    """Parts that Qt itself puts inside a control belong to that control."""
    parent = widget.parentWidget()
    return not (isinstance(parent, QLineEdit) or widget.objectName().startswith("qt_"))


def tab_stops(page: QWidget) -> list[QWidget]:
    """The controls at which the Tab key stops, in its order, from the one it comes to first."""
    start = next((one for one in page.findChildren(FocusStart) if one.isVisibleTo(page)), page)
    found, widget = [], start.nextInFocusChain()
    while widget is not start:
        by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if by_tab and page.isAncestorOf(widget) and widget.isVisibleTo(page) and widget.isEnabled():
            found.append(widget.focusProxy() or widget)
        widget = widget.nextInFocusChain()
    return list(dict.fromkeys(found))


def complaints(page: QWidget) -> list[str]:
    """What somebody without eyes or without a mouse would miss on a page that is shown."""
    return [*_unnamed(page), *_out_of_reach(page), *_silent_pictures(page), *_out_of_order(page)]


def _unnamed(page: QWidget) -> Iterator[str]:
    for widget in controls(page):
        met = QAccessible.queryAccessibleInterface(widget)
        if not met.text(QAccessible.Text.Name).strip():
            yield f"{named(widget)} has no name"
        if met.role() in _NO_ROLES and not _holds_pictures(widget):
            yield f"{named(widget)} has no role"
        if not _can_be_used(widget):
            yield f"{named(widget)} cannot be used by a screen reader"


def _holds_pictures(widget: QWidget) -> bool:
    """Paper to scroll through: Qt has no role for it, its pages are pictures with a name."""
    sheets = [QAccessible.queryAccessibleInterface(one) for one in widget.findChildren(QLabel)]
    pictures = [one for one in sheets if one.role() is QAccessible.Role.Graphic]
    named = all(one.text(QAccessible.Text.Name) for one in pictures)
    return isinstance(widget, QScrollArea) and named and (bool(pictures) or not widget.widget().findChildren(QWidget))


def _can_be_used(widget: QWidget) -> bool:
    met = QAccessible.queryAccessibleInterface(widget)
    if isinstance(widget, QAbstractButton):
        return bool({"Press", "Toggle"} & set(met.actionInterface().actionNames()))
    return not isinstance(widget, QLineEdit | QTextEdit) or met.textInterface() is not None


def _out_of_reach(page: QWidget) -> Iterator[str]:
    stops = tab_stops(page)
    for widget in controls(page):
        if widget not in stops and not _by_arrows(widget, stops):
            yield f"{named(widget)} is out of reach of the Tab key"
        if isinstance(widget, QTextEdit) and not widget.tabChangesFocus():
            yield f"{named(widget)} keeps the Tab key"


def _by_arrows(widget: QWidget, stops: list[QWidget]) -> bool:
    """Cards of a grid share one stop; arrows go from card to card."""
    grid = widget.parentWidget()
    while grid is not None and not isinstance(grid, AnswerGrid):
        grid = grid.parentWidget()
    return grid is not None and any(grid.isAncestorOf(stop) for stop in stops)


def _silent_pictures(page: QWidget) -> Iterator[str]:
    for picture in page.findChildren(PictogramLabel):
        if picture.isVisibleTo(page):
            met = QAccessible.queryAccessibleInterface(picture)
            if not met.text(QAccessible.Text.Name).strip() or met.role() is not QAccessible.Role.Graphic:
                yield f"picture {picture.picture_name} has no words"


def _out_of_order(page: QWidget) -> Iterator[str]:
    """Tab goes the way one reads. It may start in the middle: then it goes back to the top once."""
    back = [(one, other) for one, other in pairwise(tab_stops(page)) if _goes_back(one, other)]
    if len(back) > 1:
        for one, other in back:
            yield f"Tab goes back from {named(one)} to {named(other)}"


def _goes_back(one: QWidget, other: QWidget) -> bool:
    """Whether `other` stands before `one` for somebody who reads in the direction of what holds them both."""
    holder, first, second = _holder(one, other)
    a, b = _place(first, holder), _place(second, holder)
    if b.bottom() <= a.top():
        return True
    if b.top() >= a.bottom():
        return False
    if min(a.bottom(), b.bottom()) - max(a.top(), b.top()) < min(a.height(), b.height()) / 2:
        return b.top() < a.top()
    rtl = holder.layoutDirection() == Qt.LayoutDirection.RightToLeft
    return b.left() >= a.right() if rtl else b.right() <= a.left()


def _holder(one: QWidget, other: QWidget) -> tuple[QWidget, QWidget, QWidget]:
    above = []
    widget: QWidget | None = one
    while widget is not None:
        above.append(widget)
        widget = widget.parentWidget()
    second = other
    while second.parentWidget() not in above:
        second = second.parentWidget()
    holder = second.parentWidget()
    return holder, above[above.index(holder) - 1], second


def _place(widget: QWidget, holder: QWidget) -> QRect:
    return QRect(widget.mapTo(holder, QPoint(0, 0)), widget.size())
