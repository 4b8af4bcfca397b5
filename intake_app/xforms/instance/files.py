"""Names of files that answer a question: no folders, no doubles."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import PurePosixPath


def bare_name(name: str) -> str:
    """The last part of a path of any system, without characters that no file system takes."""
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(letter for letter in last if letter.isprintable() and letter not in '<>:"|?*').strip(" .")
    return kept or "file"


def free_name(name: str, taken: Collection[str]) -> str:
    """The bare name, numbered (`photo-2.jpg`) as long as it is taken."""
    bare = bare_name(name)
    stem, suffix = PurePosixPath(bare).stem, PurePosixPath(bare).suffix
    number = 1
    found = bare
    while found in taken:
        number += 1
        found = f"{stem}-{number}{suffix}"
    return found
