"""The cells of a language in a window: every page in each palette, at the largest type, with what is wrong with it.

`python -m devtools.matrix_cells CODE WINDOW OUT [made-up] [PAGE…]` in the folder of the app, for all pages or those;
writes `OUT/PALETTE/NN-PAGE.png` and `OUT/PALETTE/found.txt`, and ends with 1 if it found something.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from devtools.laid_out import layout_complaints
from devtools.looked_over import complaints
from devtools.matrix import SCHEMES, WINDOWS
from devtools.walked import SAID, walked
from intake_app.ui import theme
from intake_app.ui.pages.conversation import ConversationPage
from intake_app.ui.screenshots import Stage, settle
from intake_app.ui.theme import Scheme, TextSize

_MADE_UP = "made-up"
PATIENCE_S = 30.0
"""So long at most a page may take to come to rest in another palette."""


def stage(window: str, scheme: str = SCHEMES[0]) -> Stage:
    """The largest type in that window and that palette."""
    return Stage(WINDOWS[window].width, WINDOWS[window].height, TextSize.LARGEST, Scheme(scheme))


def look(of: Stage, found: list[str], made_up: bool, name: str, page: QWidget) -> None:
    """Note what a person would not let pass on a page that is shown on that stage; a question also beside the strip."""
    found += [f"{name}: {problem}" for problem in _wrong(of, made_up, page)]
    if isinstance(page, ConversationPage) and not page.side.desk.turned and not page.side.desk.strip_open:
        page.side.toggle_strip()
        settle(page, PATIENCE_S)
        found += [f"{name} beside the strip: {problem}" for problem in _wrong(of, made_up, page)]
        page.side.toggle_strip()
        settle(page, PATIENCE_S)


def _wrong(of: Stage, made_up: bool, page: QWidget) -> Iterator[str]:
    yield from complaints(page, made_up=made_up, said=SAID)
    yield from layout_complaints(page, page.grab().toImage())
    if (page.width(), page.height()) != (of.width, of.height):
        yield f"does not fit: it wants {page.width()} by {page.height()}"


@dataclass
class Cells:
    """Looks at each page in one palette after the other, and keeps what was found in each.

    The picture in the first palette is for whoever shows the page.
    """

    of: Stage
    out: Path
    made_up: bool = False
    found: dict[str, list[str]] = field(default_factory=lambda: {scheme: [] for scheme in SCHEMES})
    pages: int = 0

    def look(self, name: str, page: QWidget) -> None:
        """One page in every palette; it is left in the one it came in."""
        self.pages += 1
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        for scheme in (*SCHEMES[1:], SCHEMES[0]):
            theme.apply(app, scheme=Scheme(scheme))
            settle(page, PATIENCE_S)
            look(self.of, self.found[scheme], self.made_up, name, page)
            if scheme != SCHEMES[0]:
                place = self.out / scheme
                place.mkdir(parents=True, exist_ok=True)
                page.grab().save(str(place / f"{self.pages:02}-{name}.png"))

    def write(self) -> bool:
        """Leave what was found beside the pictures; whether anything was."""
        for scheme, lines in self.found.items():
            told = "".join(f"{line}\n" for line in lines)
            (self.out / scheme / "found.txt").write_text(told, encoding="utf-8")
        return any(self.found.values())


def main(code: str, window: str, out: Path, *, made_up: bool, only: Collection[str] = ()) -> int:
    """Fill the three cells, and leave what was found beside the pictures."""
    cells = Cells(stage(window), out, made_up)
    walked(code, out / SCHEMES[0], cells.look, cells.of, only)
    return 1 if cells.write() else 0


if __name__ == "__main__":
    language, window_name, folder, *rest = sys.argv[1:]
    pages = [name for name in rest if name != _MADE_UP]
    sys.exit(main(language, window_name, Path(folder), made_up=_MADE_UP in rest, only=pages))
