"""How large or slow a form and the files beside it may be: named limits, each with its reason and one error."""

from __future__ import annotations

from intake_app.errors import LimitExceeded

MAX_ELEMENTS = 600_000
"""Elements of one XML file: a choice list of 50,000 rows of ten columns fits; reading more takes too much memory."""

MAX_MODEL_NODES = 20_000
"""Nodes of a form's model. The largest forms we know of have some 5,000 questions."""

MAX_DEPTH = 100
"""Groups inside groups. The largest forms have about ten; computing walks the tree by recursion."""

MAX_LABEL = 100_000
"""Characters of one text a person reads: some forty pages."""

MAX_EXPRESSION = 50_000
"""Characters of one expression; forms made by a program reach some 10,000."""

MAX_TERMS = 5_000
"""Operators and functions in one expression: each is a closure, and shares the time of one answer."""

MAX_READS = 100_000
"""How often expressions read nodes in one form, `//*` counting for all: ordering them takes time with this number."""

MAX_PATTERN = 5_000
"""Characters of a pattern for regex()."""

MAX_PATTERN_SECONDS = 0.5
"""How long one match may take; an ordinary one takes microseconds, a pattern that runs wild takes years."""

MAX_VALUE = 1_000_000
"""Characters of one value: a form can double a text again and again until memory is full."""

MAX_LIVE_NODES = 100_000
"""Nodes that repeats may add to one record: 2,000 instances of fifty questions. Counts inside counts multiply."""

MAX_LIST_BYTES = 30_000_000
"""Bytes of a list beside the form; 50,000 rows of the official occupations take about 10 million."""

MAX_ROWS = 200_000
"""Rows of a list beside the form: all addresses of a few municipalities."""

MAX_COLUMNS = 500
"""Columns of a list: a column for each of forty languages, ten times over."""

MAX_CELLS = 1_000_000
"""Cells of a list: rows times columns of the header; a cell takes about a hundred bytes of memory."""

MAX_FEATURES = 50_000
"""Features of a map: reading JSON costs ten times what a table costs."""

MAX_MAP_VALUES = 2_000_000
"""Commas in the file of a map, each of which parts two values in memory."""


def refuse_above(number: float, most: float, limit: str, where: str) -> None:
    """Raise LimitExceeded (`where`, `limit`, `most`) when a number is above its limit."""
    if number > most:
        raise LimitExceeded(where=where, limit=limit, most=most)


def refuse_large_xml(data: bytes, where: str) -> None:
    """Refuse XML with too many elements before it is read, since the tree in memory is many times larger."""
    # An element that is closed apart has two `<`; whatever the encoding, `<` is this byte.
    refuse_above(data.count(b"<"), 2 * MAX_ELEMENTS, "elements", where)
