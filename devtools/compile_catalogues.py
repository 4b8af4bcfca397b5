"""Compile .po files to .mo: `python -m devtools.compile_catalogues FILE...`. Needs Babel."""

from __future__ import annotations

import os
import sys
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_catalogue(source: Path) -> Path:
    """Write the .mo beside the .po, in one step, so that a running app never reads half a file."""
    with source.open("rb") as file:
        catalogue = read_po(file)
    content = BytesIO()
    write_mo(content, catalogue)
    compiled = source.with_suffix(".mo")
    temporary = compiled.with_name(f"{compiled.name}.{os.getpid()}")
    temporary.write_bytes(content.getvalue())
    temporary.replace(compiled)
    return compiled


if __name__ == "__main__":
    for name in sys.argv[1:]:
        compile_catalogue(Path(name))
