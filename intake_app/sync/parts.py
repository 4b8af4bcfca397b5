"""How a record and its files are divided over requests, as OpenRosa says: each request carries the XML again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from intake_app.domain.instance import OutboxItem, RecordFile
from intake_app.errors import RecordTooBig

MULTIPART_ROOM = 1000
"""Bytes that the boundaries and headers of one part may take."""
MOST_FILES = 100
"""ODK Collect puts no more files in one request."""
RECORD_PART = "xml_submission_file"
MORE_TO_COME = "*isIncomplete*"


@dataclass(frozen=True)
class FilePart:
    """One part of a multipart form; without `filename` a plain field. Central finds files by `name`."""

    name: str
    content: bytes = field(repr=False)
    filename: str = ""
    kind: str = "text/xml"


def portions(item: OutboxItem, most: int) -> Iterator[tuple[FilePart, ...]]:
    """The requests that a record needs when one may hold `most` bytes; one when it has no files.

    Raises RecordTooBig before anything is given when the XML, or one file beside it, does not fit.
    """
    room = most - len(item.xml) - MULTIPART_ROOM
    largest = max((len(file.content) + MULTIPART_ROOM for file in item.files), default=0)
    if room < largest or room < 0:
        raise RecordTooBig(size=len(item.xml) + largest, limit=most, status=413, text="")
    groups = _groups(item.files, room)
    for number, group in enumerate(groups, 1):
        parts = [FilePart(RECORD_PART, item.xml, "submission.xml")]
        parts += [FilePart(file.name, file.content, file.name, "application/octet-stream") for file in group]
        if number < len(groups):
            parts.append(FilePart(MORE_TO_COME, b"yes"))
        yield tuple(parts)


def _groups(files: tuple[RecordFile, ...], room: int) -> list[list[RecordFile]]:
    groups: list[list[RecordFile]] = [[]]
    left = room
    for file in files:
        size = len(file.content) + MULTIPART_ROOM
        if groups[-1] and (size > left or len(groups[-1]) == MOST_FILES):
            groups.append([])
            left = room
        groups[-1].append(file)
        left -= size
    return groups
