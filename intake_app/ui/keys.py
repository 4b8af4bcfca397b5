"""Keys with words: every shortcut says what it does, and the list of keys is read from the shortcuts themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from intake_app.i18n.gettext import mark
from intake_app.ui.pages.shared import text

USUAL = {
    "Ctrl+Return": mark("Verder"),
    "Ctrl+Enter": mark("Verder"),
    "Alt+Right": mark("Een scherm naar rechts: verder, of terug in een taal die van rechts naar links gaat"),
    "Alt+Left": mark("Een scherm naar links: terug, of verder in een taal die van rechts naar links gaat"),
    "F2": mark("Lees voor, of stop met voorlezen; op een antwoord: alleen dat antwoord"),
    "Shift+F2": mark("Lees langzaam voor"),
    "F7": mark("Kies een andere taal"),
    "F8": mark("Toon of verberg de kant van de begeleider"),
    "F9": mark("De laptop is gedraaid: toon alleen wat voor de deelnemer is"),
    "Shift+F9": mark("Toon op het tweede scherm wat voor de deelnemer is"),
    "Ctrl+Z": mark("Neem het laatste antwoord terug"),
    "PgDown": mark("Verder naar beneden lezen"),
    "PgUp": mark("Terug naar boven lezen"),
}
"""What a key means wherever it is used, for shortcuts that do not say it themselves."""


@dataclass(frozen=True)
class Key:
    """One way to do something: the keys as they stand on the keyboard, and what they do."""

    keys: str
    words: str


def add_key(owner: QWidget, keys: str, words: str, act: Callable[[], object]) -> QShortcut:
    """A shortcut for a page and what is in it, with its words (already translated)."""
    shortcut = QShortcut(QKeySequence(keys), owner)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.setWhatsThis(words)
    shortcut.activated.connect(act)
    return shortcut


def keys_of(owner: QWidget) -> tuple[Key, ...]:
    """The shortcuts that are alive on a widget and inside it; those with the same words stand together."""
    found: dict[str, list[str]] = {}
    for keys, words in _each(owner):
        shown = _shown(keys)
        if shown not in found.setdefault(words, []):
            found[words].append(shown)
    return tuple(Key("  ·  ".join(keys), words) for words, keys in found.items())


def wordless(owner: QWidget) -> list[str]:
    """Shortcuts of a widget that no list can name, because nothing says what they do."""
    return [keys.toString() for keys, words in _each(owner) if not words]


def _each(owner: QWidget) -> Iterator[tuple[QKeySequence, str]]:
    for action in owner.actions():
        if isinstance(action, QAction) and action.isEnabled():
            yield from ((keys, action.whatsThis() or action.text()) for keys in action.shortcuts())
    for shortcut in owner.findChildren(QShortcut):
        if shortcut.isEnabled():
            yield from ((keys, _words(shortcut, keys)) for keys in QShortcut.keys(shortcut))


def _words(shortcut: QShortcut, keys: QKeySequence) -> str:
    usual = USUAL.get(keys.toString(), "")
    return shortcut.whatsThis() or (text(usual) if usual else "")


def _shown(keys: QKeySequence) -> str:
    names = {"Return": text("Enter"), "PgDown": text("Page Down"), "PgUp": text("Page Up")}
    parts = keys.toString(QKeySequence.SequenceFormat.PortableText).split("+")
    return " + ".join(names.get(part, part) for part in parts)
