"""A thick pile of paper: page by page to the printer, to be stopped at any page, and only the pages that were asked."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter

from intake_app.errors import WorkStopped
from intake_app.services.handouts import make_handout
from intake_app.services.office import Office
from intake_app.ui.presenters.plan import pictures, print_pages
from intake_app.ui.tasks import Watch

DOTS = 72


@pytest.fixture(scope="module")
def deck(ready_office: Office) -> bytes:
    return make_handout(ready_office, "table-deck", "ar")


def as_file(path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setResolution(DOTS)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def looks(pdf: bytes) -> list[int]:
    """How much ink there is on each page, in rough steps: no two of these pages have the same."""
    found = []
    for image in pictures(pdf, 1.0).pictures:
        assert image.format() == QImage.Format.Format_Grayscale8
        found.append(sum(bytes(image.constBits())) // 100_000)
    return found


def test_every_page_of_a_pile_is_printed_in_its_order(deck: bytes, tmp_path: Path) -> None:
    path = tmp_path / "all.pdf"

    assert print_pages(as_file(path), deck)

    assert looks(path.read_bytes()) == pytest.approx(looks(deck), abs=3)


@pytest.mark.parametrize(
    ("first", "last", "wanted"), [(3, 4, slice(2, 4)), (13, 99, slice(12, 14)), (50, 60, slice(0, 14))]
)
def test_only_the_pages_that_were_asked_for_are_printed(
    deck: bytes, tmp_path: Path, first: int, last: int, wanted: slice
) -> None:
    path = tmp_path / "some.pdf"
    printer = as_file(path)
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(first, last)

    assert print_pages(printer, deck)

    assert looks(path.read_bytes()) == pytest.approx(looks(deck)[wanted], abs=3)


@pytest.mark.parametrize("stop_at", [0, 5])
def test_a_pile_can_be_stopped_at_any_page(deck: bytes, tmp_path: Path, stop_at: int) -> None:
    watch = Watch()
    told: list[tuple[int, int]] = []

    def hear(part: int, of: int) -> None:
        told.append((part, of))
        if part == stop_at:
            watch.stop()

    watch.told.connect(hear)
    with pytest.raises(WorkStopped):
        print_pages(as_file(tmp_path / "stopped.pdf"), deck, watch)

    assert told == [(part, 14) for part in range(stop_at + 1)]


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_does_not_begin_is_told(deck: bytes, tmp_path: Path) -> None:
    assert not print_pages(as_file(tmp_path / "no such folder" / "x.pdf"), deck)


def test_a_page_on_screen_is_as_large_as_it_was(deck: bytes) -> None:
    document = pypdfium2.PdfDocument(deck)
    width, height = document.get_page_size(0)
    document.close()

    first = pictures(deck, 1.0, 2.0).pictures[0]
    assert (first.width(), first.height()) == pytest.approx((width * 2, height * 2), abs=1)
