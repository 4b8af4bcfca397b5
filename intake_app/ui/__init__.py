"""The window: everything that knows Qt. Pages, controls for questions, base widgets and the theme."""

from __future__ import annotations

import builtins

import PySide6.QtCore  # noqa: F401 - what it does to importing is undone below

# Qt for Python puts an import of its own in the place of Python's. It reads and keeps the source of every module loaded
# from then on, to see whether it asks for `__feature__` (its shibokensupport/feature.py, PYSIDE-2029). Nothing here
# does. Undone, the whole program takes a tenth less time to load and 38 MB less memory.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
