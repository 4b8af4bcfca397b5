"""One language in one window: every page at the largest type in each palette, its picture and what is wrong with it.

`python -m devtools.matrix_cells CODE WINDOW OUT [made-up]` in the folder of the app; ends with 1 if it found something.
"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from devtools.laid_out import layout_complaints
from devtools.looked_over import complaints
from devtools.matrix import SCHEMES, WINDOWS, Window
from devtools.walked import SAID, walked
from intake_app.ui import theme
from intake_app.ui.screenshots import settle


def look(window: Window, out: Path, found: list[str], made_up: bool, name: str, page: QWidget) -> None:
    """Take the picture of a page in each palette at the largest type, and note what a person would not let pass."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    for scheme in SCHEMES:
        theme.apply(app, size=theme.TextSize.LARGEST, scheme=theme.Scheme(scheme))
        page.resize(window.width, window.height)
        settle(page)
        picture = page.grab().toImage()
        (out / scheme).mkdir(parents=True, exist_ok=True)
        picture.save(str(out / scheme / f"{name}.png"))
        wrong = [*complaints(page, made_up=made_up, said=SAID), *layout_complaints(page, picture)]
        if (page.width(), page.height()) != (window.width, window.height):
            wrong.append(f"does not fit: it wants {page.width()} by {page.height()}")
        found += [f"{scheme} {name}: {problem}" for problem in wrong]


def main(code: str, window: str, out: Path, *, made_up: bool) -> int:
    """Fill the cells, and leave what was found beside the pictures."""
    found: list[str] = []
    walked(code, out / "before", partial(look, WINDOWS[window], out, found, made_up))
    (out / "found.txt").write_text("".join(f"{line}\n" for line in found), encoding="utf-8")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), made_up="made-up" in sys.argv[4:]))
