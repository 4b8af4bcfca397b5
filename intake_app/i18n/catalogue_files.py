"""Reading one translation file: its header, and which texts it holds. Compiled (.mo) where it is, else its source."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_MAGIC = {b"\xde\x12\x04\x95": "<", b"\x95\x04\x12\xde": ">"}
_CONTEXT_END = "\x04"
_PLURAL_END = "\x00"
_HEADER_LINE = re.compile(r"^([A-Za-z-]+): (.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Key:
    """What names a text: its context ("" where it has none) and its Dutch words, of a counted text the single form."""

    context: str
    dutch: str


@dataclass(frozen=True)
class CatalogueFile:
    """The header lines of a file by their name in small letters, and the texts that have a translation in it."""

    header: dict[str, str]
    texts: frozenset[Key]


EMPTY = CatalogueFile({}, frozenset())


@cache
def read_catalogue(folder: Path, code: str, domain: str) -> CatalogueFile:
    """The texts of one language and domain under the folder of translations; EMPTY where there is no file."""
    compiled = folder / code / "LC_MESSAGES" / f"{domain}.mo"
    if compiled.is_file():
        return _from_compiled(compiled.read_bytes())
    source = compiled.with_suffix(".po")
    return _from_source(source) if source.is_file() else EMPTY


def _from_compiled(raw: bytes) -> CatalogueFile:
    """GNU gettext's binary form: a count, and two tables of lengths and places (gettext manual, "MO Files")."""
    order = _MAGIC.get(raw[:4])
    if order is None:
        return EMPTY
    count, dutch_at, said_at = struct.unpack_from(f"{order}3I", raw, 8)

    def text(table: int, index: int) -> str:
        length, start = struct.unpack_from(f"{order}2I", raw, table + 8 * index)
        return raw[start : start + length].decode("utf-8")

    header, keys = "", set()
    for index in range(count):
        found = text(dutch_at, index)
        if found:
            context, _, dutch = found.rpartition(_CONTEXT_END)
            keys.add(Key(context, dutch.partition(_PLURAL_END)[0]))
        else:
            header = text(said_at, index)
    return CatalogueFile(_header(header), frozenset(keys))


def _from_source(path: Path) -> CatalogueFile:
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        catalogue = read_po(file)
    keys = {
        Key(message.context or "", message.id if isinstance(message.id, str) else message.id[0])
        for message in catalogue
        if message.id and message.string and any(message.string) and not message.fuzzy
    }
    lines = "\n".join(f"{name}: {value}" for name, value in catalogue.mime_headers)
    return CatalogueFile(_header(lines), frozenset(keys))


def _header(lines: str) -> dict[str, str]:
    return {name.lower(): value.strip() for name, value in _HEADER_LINE.findall(lines)}
