"""Keeps Python 3.11 alive under Qt for Python 6.12, whose calls give back `None` and `True` without counting them.

The binding is built for Python 3.12 and later, where the singletons are immortal (PEP 683) and need not be counted.
Under 3.11 each call that returns nothing, and each signal that carries `True`, takes one reference away, until the
interpreter stops with "deallocating None" or "deallocating True". A count that can never run out is what PEP 683 gives
them; here it is written by hand.
"""

from __future__ import annotations

import ctypes
import sys

PLENTY = sys.maxsize // 4
"""More references than any session takes away; half of it is still far from either end of the counter."""


_SINGLETONS = (None, True, False, NotImplemented, Ellipsis)


def keep_none() -> None:
    """Give the singletons references that cannot run out; does nothing where they are immortal already."""
    if sys.implementation.name == "cpython" and sys.version_info < (3, 12):
        # The count is the first field of every object of CPython (Include/object.h, struct _object).
        for single in _SINGLETONS:
            ctypes.c_ssize_t.from_address(id(single)).value = PLENTY
