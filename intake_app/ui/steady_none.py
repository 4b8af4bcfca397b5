"""Keeps Python 3.11 alive under Qt for Python 6.12, whose calls give back `None` without counting the reference.

The binding is built for Python 3.12 and later, where `None` is immortal (PEP 683) and need not be counted. Under 3.11
each call that returns nothing takes one reference away, until the interpreter stops with "deallocating None". A count
that can never run out is what PEP 683 gives `None`; here it is written by hand.
"""

from __future__ import annotations

import ctypes
import sys

PLENTY = sys.maxsize // 4
"""More references than any session takes away; half of it is still far from either end of the counter."""


def keep_none() -> None:
    """Give `None` references that cannot run out; does nothing where it is immortal already."""
    if sys.implementation.name == "cpython" and sys.version_info < (3, 12):
        # The count is the first field of every object of CPython (Include/object.h, struct _object).
        ctypes.c_ssize_t.from_address(id(None)).value = PLENTY
