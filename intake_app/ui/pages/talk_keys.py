"""The keys of a talk that work wherever the keyboard stands on its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from intake_app.i18n.languages import is_rtl

if TYPE_CHECKING:
    from intake_app.ui.pages.conversation import ConversationPage

_PAGE_STEP = 0.8


def add_talk_keys(page: ConversationPage) -> None:
    """On and back, and up and down the screen."""
    for keys, action in (
        ("Ctrl+Return", page.go_on),
        ("Ctrl+Enter", page.go_on),
        ("Alt+Right", lambda: _go_by_arrow(page, right=True)),
        ("Alt+Left", lambda: _go_by_arrow(page, right=False)),
        ("PgDown", lambda: _scroll(page, _PAGE_STEP)),
        ("PgUp", lambda: _scroll(page, -_PAGE_STEP)),
    ):
        shortcut = QShortcut(QKeySequence(keys), page)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(lambda act=action: page.from_keyboard(act))


def _go_by_arrow(page: ConversationPage, *, right: bool) -> None:
    """Next is where the reading goes: to the right, or to the left in right-to-left languages."""
    forward = right != is_rtl(page.presenter.language)
    (page.go_on if forward else page.go_back)()


def _scroll(page: ConversationPage, part: float) -> None:
    bar = page.scroll.verticalScrollBar()
    bar.setValue(bar.value() + round(page.scroll.viewport().height() * part))
