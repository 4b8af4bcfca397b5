"""How a record and its files are divided over requests, as OpenRosa says: each request carries the XML again."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from intake_app.domain.instance import OutboxItem, RecordFile
from intake_app.errors import RecordTooBig

MULTIPART_ROOM = 1000
"""Bytes that the boundaries and headers of one part may take."""
MOST_FILES = 100
"""ODK Collect puts no more files in one request."""
RECORD_PART = "xml_submission_file"
MORE_TO_COME = "*isIncomplete*"
_PIECE = 64_000
"""Bytes that are handed to the line at once where they are small: one call of the system for most requests."""
_IN_QUOTES = str.maketrans({'"': "%22", "\r": "%0D", "\n": "%0A"})
"""How a name stands in the header of a part (WHATWG HTML, multipart/form-data encoding algorithm)."""


@dataclass(frozen=True)
class FilePart:
    """One part of a multipart form; without `filename` a plain field. Central finds files by `name`."""

    name: str
    content: bytes = field(repr=False)
    filename: str = ""
    kind: str = "text/xml"


@dataclass(frozen=True)
class Multipart:
    """The body of one request (RFC 7578), made once: its content type, and its bytes in pieces."""

    kind: str
    pieces: tuple[bytes, ...] = field(repr=False)

    @property
    def length(self) -> int:
        """Bytes of the whole body."""
        return sum(map(len, self.pieces))


def multipart(parts: Sequence[FilePart]) -> Multipart:
    """These parts, in their order, as one body. Large contents are not copied."""
    boundary = secrets.token_hex(16)
    pieces: list[bytes] = []
    small = bytearray()
    for part in parts:
        small += _head(part, boundary)
        if len(part.content) > _PIECE:
            pieces += (bytes(small), part.content)
            small.clear()
        else:
            small += part.content
        small += b"\r\n"
        if len(small) > _PIECE:
            pieces.append(bytes(small))
            small.clear()
    small += f"--{boundary}--\r\n".encode()
    return Multipart(f"multipart/form-data; boundary={boundary}", (*pieces, bytes(small)))


def _head(part: FilePart, boundary: str) -> bytes:
    lines = f'--{boundary}\r\nContent-Disposition: form-data; name="{part.name.translate(_IN_QUOTES)}"'
    if part.filename:
        lines += f'; filename="{part.filename.translate(_IN_QUOTES)}"\r\nContent-Type: {part.kind}'
    return f"{lines}\r\n\r\n".encode()


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
