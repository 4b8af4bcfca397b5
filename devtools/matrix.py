"""`dev.py screens --matrix`: every page in every language, window and palette at the largest type, each looked over.

A language in a window is a process of its own (`devtools.matrix_cells`), as many at once as there are processors; it
shows every page in each palette, as somebody does who changes it. A cell (a language, a window and a palette) holds
`NN-PAGE.png` for every page, and `found.txt`. Sixty of the pictures are put on sheets, six on each, for a person to
look at.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from PIL import Image

from devtools.environment import PYTHON
from devtools.made_up import MADE_UP
from devtools.shell import REPOSITORY, say

OUT = REPOSITORY / "out" / "matrix"
SCHEMES = ("light", "dark", "contrast")


@dataclass(frozen=True)
class Window:
    """A window in logical pixels, and how many dots of the screen each of them takes."""

    width: int
    height: int
    scale: float = 1.0


TITLE_BAR, TASK_BAR = 30, 40
"""What they take from the height of a screen, in logical pixels."""

WINDOWS = {
    "1280x720": Window(1280, 720 - TITLE_BAR - TASK_BAR),
    "1366x768-125": Window(1093, 614 - TITLE_BAR - TASK_BAR, 1.25),
}
"""A window that fills each of the two small screens; 1366 by 768 dots at 125 percent are 1093 by 614 logical pixels."""

LOOKED_AT = (
    "first-start", "unlock", "home", "menu", "follow-ups", "case-card", "numbers", "send", "connect", "envelope",
    "papers", "plan-steps", "participant-view", "compare", "radar-close", "recordings", "help", "settings",
    "talk-cards", "talk-reaction",
)  # fmt: skip
"""Twenty pages, of each of which three cells go on the sheets."""

ACROSS, DOWN, SMALL = 2, 3, (960, 540)
"""Pictures beside and below each other on a sheet, and how large each stands there, in dots."""


def matrix(place: Path, wanted: Sequence[str], stand_in: dict[str, str]) -> int:
    """Fill every cell for the codes, say what is wrong where, and make the sheets; 1 when something is wrong.

    `place` is the copy of the app in which made-up languages go by the codes in `stand_in`.
    """
    shutil.rmtree(OUT, ignore_errors=True)
    runs = list(product(WINDOWS, wanted))
    with ThreadPoolExecutor(os.cpu_count() or 1) as lanes:
        ended = list(lanes.map(lambda run: look_over(place, stand_in, *run), runs))
    cells = list(product(SCHEMES, WINDOWS, wanted))
    found = [line for cell in cells for line in remarks(*cell)]
    for line in found:
        say(line)
    pictures = len(list(OUT.glob("*/*/*/*.png")))
    say(f"{pictures} pictures in {len(cells)} cells, {len(found)} remarks.")
    say(f"Sixty of them stand on {len(sheets(list(wanted)))} sheets in {OUT.relative_to(REPOSITORY)}.")
    return 1 if found or any(ended) else 0


def look_over(place: Path, stand_in: dict[str, str], window: str, code: str, only: Sequence[str] = ()) -> int:
    """Fill the cells of a language in a window, with all pages or `only` those; gives how the process ended."""
    out = OUT / code / window
    out.mkdir(parents=True, exist_ok=True)
    made_up = ["made-up"] if code in MADE_UP else []
    command = [PYTHON, "-m", "devtools.matrix_cells", stand_in.get(code, code), window, out, *made_up, *only]
    settings = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "QT_LOGGING_RULES": "qt.qpa.*=false",
        "QT_SCALE_FACTOR": str(WINDOWS[window].scale),
    }
    with (out / "said.txt").open("w", encoding="utf-8") as said:
        words = [str(part) for part in command]
        ended = subprocess.run(words, cwd=place, env=settings, stdout=said, stderr=said, check=False).returncode
    say(f"{code} {window}: {'looked at' if ended in (0, 1) else f'ended with {ended}'}")
    return ended


def remarks(scheme: str, window: str, code: str) -> list[str]:
    """What was found in a cell, each with where that was."""
    path = OUT / code / window / scheme / "found.txt"
    if not path.is_file():
        return [f"{code} {window} {scheme}: did not come to its end, see said.txt above it"]
    return [f"{code} {window} {scheme} {line}" for line in path.read_text(encoding="utf-8").splitlines()]


def chosen(codes: Sequence[str]) -> list[tuple[Path, str]]:
    """Three cells of each of the twenty pages, as folder and page: languages, windows and palettes take turns."""
    cells = [OUT / code / window / scheme for code, window, scheme in product(codes, WINDOWS, SCHEMES)]
    step = 7 if len(cells) % 7 else 5
    pages = [name for name in LOOKED_AT for _ in range(3)]
    return [(cells[number * step % len(cells)], name) for number, name in enumerate(pages)]


def sheets(codes: Sequence[str]) -> list[Path]:
    """Put the chosen cells on sheets; gives the sheets."""
    made = []
    paths = [path for cell, name in chosen(codes) for path in cell.glob(f"[0-9]*[0-9]-{name}.png")]
    each = ACROSS * DOWN
    for number, start in enumerate(range(0, len(paths), each), 1):
        sheet = Image.new("RGB", (ACROSS * SMALL[0], DOWN * SMALL[1]), "#888888")
        for place, path in enumerate(paths[start : start + each]):
            with Image.open(path) as picture:
                small = picture.convert("RGB").resize((SMALL[0] - 8, SMALL[1] - 8), Image.Resampling.LANCZOS)
            sheet.paste(small, (place % ACROSS * SMALL[0] + 4, place // ACROSS * SMALL[1] + 4))
        made.append(OUT / f"sheet-{number:02}.png")
        sheet.save(made[-1])
    return made
