"""All functions of ODK XForms, by subject; importing this package fills the table."""

from intake_app.xforms.xpath.functions import (
    booleans,
    dates,
    digests,
    geo,
    nodesets,
    numbers,
    selects,
    strings,
)
from intake_app.xforms.xpath.functions.registry import FUNCTIONS, Function

__all__ = [
    "FUNCTIONS",
    "Function",
    "booleans",
    "dates",
    "digests",
    "geo",
    "nodesets",
    "numbers",
    "selects",
    "strings",
]
