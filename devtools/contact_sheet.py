"""`dev.py pictures`: every picture of the app with what it stands for, on sheets of paper, for people to judge.

On the sheets each picture stands as on the screen and, small, as on paper, with the Dutch words and the id below.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import pypdfium2
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from devtools.assets import FONTS, PICTOGRAMS, rows
from devtools.shell import REPOSITORY, say
from devtools.wanted_pictures import Wanted, wanted
from intake_app.plan.pictures import draw_picture, load_picture

OUT = REPOSITORY / "out" / "pictures"
PAGE = landscape(A4)
COLUMNS, LINES = 8, 5
MARGIN, HEAD = 24.0, 28.0
WIDTH = (PAGE[0] - 2 * MARGIN) / COLUMNS
HEIGHT = (PAGE[1] - 2 * MARGIN - HEAD) / LINES
BIG, SMALL = 58.0, 24.0
DOTS = 2.0
"""Dots of the PNG files for each point of paper."""


def make(arguments: list[str]) -> int:
    """Write `pictures.pdf` and a PNG of each of its pages; 1 when something on a screen has no picture."""
    out = Path(arguments[0]) if arguments else OUT
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    cells = wanted()
    pdf = out / "pictures.pdf"
    draw([*cells, *unnamed(cells)], pdf)
    count = _photographed(pdf, out)
    for cell in (missing := without_picture(cells)):
        say(f"No picture: {cell.group}, {cell.id} ({cell.label})")
    say(f"{len(cells)} pictures on {count} sheets stand in {out}.")
    return 1 if missing else 0


def without_picture(cells: Sequence[Wanted]) -> list[Wanted]:
    """What names no picture, or one that is not drawn."""
    return [cell for cell in cells if not (PICTOGRAMS / "color" / f"{cell.picture}.svg").is_file()]


def unnamed(cells: Sequence[Wanted]) -> list[Wanted]:
    """The pictures that no question, choice or occupation names: those of the plan and of the window."""
    used = {cell.picture for cell in cells}
    return [
        Wanted("plan en scherm", row["name"], row["meaning_nl"], row["name"])
        for row in rows()
        if row["name"] not in used
    ]


def draw(cells: Sequence[Wanted], pdf: Path) -> None:
    """The sheets as one PDF, every group from a new line on, its name above it."""
    for name, file in (("Plain", "NotoSans-Regular.ttf"), ("Strong", "NotoSans-Bold.ttf")):
        pdfmetrics.registerFont(TTFont(name, str(FONTS / file)))
    canvas = Canvas(str(pdf), pagesize=PAGE, invariant=1)
    canvas.setTitle("Plaatjes")
    for number, page in enumerate(_pages(_lines(cells)), start=1):
        canvas.setFont("Strong", 12)
        canvas.drawString(MARGIN, PAGE[1] - MARGIN - 12, f"Plaatjes, blad {number}")
        for at, line in enumerate(page):
            for column, cell in enumerate(line):
                _cell(canvas, cell, MARGIN + column * WIDTH, PAGE[1] - MARGIN - HEAD - at * HEIGHT, first=column == 0)
        canvas.showPage()
    canvas.save()


def _lines(cells: Sequence[Wanted]) -> Iterator[Sequence[Wanted]]:
    for _, group in groupby(cells, key=lambda cell: cell.group):
        members = list(group)
        for start in range(0, len(members), COLUMNS):
            yield members[start : start + COLUMNS]


def _pages(lines: Iterator[Sequence[Wanted]]) -> Iterator[list[Sequence[Wanted]]]:
    kept = list(lines)
    for start in range(0, len(kept), LINES):
        yield kept[start : start + LINES]


def _cell(canvas: Canvas, cell: Wanted, x: float, top: float, *, first: bool) -> None:
    canvas.setStrokeGray(0.8)
    canvas.rect(x + 2, top - HEIGHT + 2, WIDTH - 4, HEIGHT - 4)
    for style, side, left in (("color", BIG, x + 6), ("black", SMALL, x + WIDTH - SMALL - 6)):
        path = PICTOGRAMS / style / f"{cell.picture}.svg"
        if path.is_file():
            draw_picture(canvas, load_picture(path), left, top - 10, side)
    canvas.setFillGray(0.4)
    canvas.setFont("Plain", 5.5)
    canvas.drawString(x + 6, top - HEIGHT + 6, f"{cell.group} · {cell.id}"[:46] if first else cell.id)
    canvas.setFillGray(0)
    canvas.setFont("Plain", 7)
    for number, text in enumerate(simpleSplit(cell.label, "Plain", 7, WIDTH - 12)[:2]):
        canvas.drawString(x + 6, top - BIG - 18 - number * 8, text)


def _photographed(pdf: Path, out: Path) -> int:
    document = pypdfium2.PdfDocument(pdf)
    for number in range(len(document)):
        document[number].render(scale=DOTS).to_pil().save(out / f"sheet-{number + 1:02}.png")
    count = len(document)
    document.close()
    return count


if __name__ == "__main__":
    sys.exit(make(sys.argv[1:]))
