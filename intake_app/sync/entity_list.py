"""Entity lists as Central gives them: whether a list is whole, and what became of entities that are no longer in it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from intake_app.errors import DownloadDamaged, NotTheServer, UnsafeXml
from intake_app.safe_xml import local_name, parse
from intake_app.sync.reading import child_text

ENTITY_KINDS = ("entityList", "approvalEntityList")
COLUMNS = ("name", "label", "__version")
MOST_IN_ONE_QUESTION = 100
"""Ids in one address; each is a UUID of 36 characters."""
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def entity_names(content: bytes, file: str) -> frozenset[str]:
    """The ids in a list. Its hash is no MD5, so the content itself must prove that nothing is cut off.

    Raises DownloadDamaged (problem `entity_list`) unless it is UTF-8 CSV with Central's columns, every row whole, every
    id a UUID that stands there once, every version a number.
    """
    try:
        rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
        header = next(rows, [])
        places = [header.index(column) for column in COLUMNS]
        names: set[str] = set()
        for row in rows:
            name, _, version = (row[place] for place in places)
            good = len(row) == len(header) and _UUID.fullmatch(name) and name not in names and version.isdecimal()
            if not good:
                raise ValueError
            names.add(name)
    except (ValueError, IndexError, csv.Error):
        raise DownloadDamaged(name=file, problem="entity_list") from None
    return frozenset(names)


def questions(names: Iterable[str]) -> tuple[str, ...]:
    """The ids to ask about, as the `id` of the address, a hundred at a time."""
    ordered = sorted(names)
    return tuple(
        ",".join(ordered[at : at + MOST_IN_ONE_QUESTION]) for at in range(0, len(ordered), MOST_IN_ONE_QUESTION)
    )


def deleted_names(body: bytes, asked: Sequence[str]) -> frozenset[str]:
    """Which of the ids asked about were deleted at the centre; one that the answer leaves out was not.

    Raises NotTheServer for an answer of another shape.
    """
    try:
        root = parse(body)
    except UnsafeXml:
        raise NotTheServer(status=200) from None
    if local_name(root) != "data":
        raise NotTheServer(status=200)
    found = {
        str(entity.get("id", "")): child_text(entity, "deleted")
        for entity in root.iter("*")
        if local_name(entity) == "entity"
    }
    return frozenset(name for name in asked if found.get(name) == "true")
