"""One cell: every page in a language, a window and a palette, at the largest type, with what is wrong with it.

`python -m devtools.matrix_cells CODE WINDOW PALETTE OUT [made-up]` in the folder of the app; ends with 1 if it found
something.
"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from devtools.laid_out import layout_complaints
from devtools.looked_over import complaints
from devtools.matrix import WINDOWS
from devtools.walked import SAID, walked
from intake_app.ui.screenshots import Stage
from intake_app.ui.theme import Scheme, TextSize


def stage(window: str, scheme: str) -> Stage:
    """The largest type in that window and that palette."""
    return Stage(WINDOWS[window].width, WINDOWS[window].height, TextSize.LARGEST, Scheme(scheme))


def look(of: Stage, found: list[str], made_up: bool, name: str, page: QWidget) -> None:
    """Note what a person would not let pass on a page that is shown on that stage."""
    wrong = [*complaints(page, made_up=made_up, said=SAID), *layout_complaints(page, page.grab().toImage())]
    if (page.width(), page.height()) != (of.width, of.height):
        wrong.append(f"does not fit: it wants {page.width()} by {page.height()}")
    found += [f"{name}: {problem}" for problem in wrong]


def main(code: str, window: str, scheme: str, out: Path, *, made_up: bool) -> int:
    """Fill the cell, and leave what was found beside the pictures."""
    found: list[str] = []
    of = stage(window, scheme)
    walked(code, out, partial(look, of, found, made_up), of)
    (out / "found.txt").write_text("".join(f"{line}\n" for line in found), encoding="utf-8")
    return 1 if found else 0


if __name__ == "__main__":
    language, window_name, palette, folder, *rest = sys.argv[1:]
    sys.exit(main(language, window_name, palette, Path(folder), made_up="made-up" in rest))
