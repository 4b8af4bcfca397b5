"""How the window shows its texts: the size of the letters and the palette, as one choice."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtWidgets import QApplication

from intake_app.ui import theme


class Look(NamedTuple):
    """How the window shows its texts."""

    size: theme.TextSize = theme.TextSize.NORMAL
    scheme: theme.Scheme = theme.Scheme.SYSTEM


def look_of(size: str, scheme: str) -> Look:
    """The look that two kept words name; what is not known is as usual."""
    sizes, schemes = theme.TextSize.__members__, theme.Scheme.__members__
    usual = Look()
    return Look(sizes.get(size.upper(), usual.size), schemes.get(scheme.upper(), usual.scheme))


def look_now() -> Look:
    """The look that is in force."""
    return Look(theme.tokens().size, theme.tokens().scheme)


def show(look: Look) -> None:
    """Put a look on the whole program."""
    app = QApplication.instance()
    if isinstance(app, QApplication) and look_now() != look:
        theme.apply(app, size=look.size, scheme=look.scheme, at_once=False)
