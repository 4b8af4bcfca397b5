"""The plan as the page shows it: its pages as pictures, what is still empty, and names for files without a person."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pypdfium2
from PySide6.QtCore import QMarginsF, QSaveFile, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from intake_app.domain.plan import PlanDocument
from intake_app.i18n.gettext import mark
from intake_app.services.step_hints import step_hints
from intake_app.ui.tasks import Watch

POINTS_PER_INCH = 72.0
MOST_DPI = 300
"""A laser printer shows no more, and a page of more dots takes long."""
JOB_TITLE = "Document"
"""Print queues show it to everybody, so it says nothing (DOMAIN 6.14)."""
KINDS = {
    "plan": mark("Plan"),
    "large": mark("Grote letters"),
    "data": mark("Mijn gegevens"),
    "private": mark("Privé-blad"),
    "appointment": mark("Afsprakenkaart"),
    "referral": mark("Brief voor hulp"),
    "skills": mark("Dit kan ik"),
    "story": mark("Met mijn verhaal"),
}
"""The sheets of a plan and what each is called."""
_STICK = mark("Bewaar alleen op de stick van de deelnemer, als die het vraagt.")
NOTES = {
    "plan": _STICK,
    "large": _STICK,
    "data": mark("Wat mag, wie het ziet en hoe lang. Geef dit blad altijd mee."),
    "private": mark("Alleen als de deelnemer erom vraagt. Vouw het blad dicht."),
    "appointment": mark("Klein kaartje: wanneer, waar, en wat te doen als het niet uitkomt."),
    "referral": mark("Print eerst een brief voor de deelnemer zelf."),
    "skills": mark("Voor een werkgever of school, alleen als de deelnemer erom vraagt."),
    "story": mark("Vraag eerst: mag uw verhaal erop? Alleen bij ja."),
}
"""What to think of before a sheet is printed, for the counsellor."""
COUNTS = frozenset({"plan", "large"})
"""Whoever has one of these on paper has the plan."""
_FILE_NAMES = {
    "plan": "plan",
    "large": "plan-groot",
    "private": "prive-blad",
    "data": "mijn-gegevens",
    "skills": "dit-kan-ik",
    "story": "dit-kan-ik",
    "referral": "brief",
    "appointment": "afspraak",
}
HINTS = {
    "no_step": mark("Er staat nog geen stap in het plan."),
    # Translators: {step} is the number of a step.
    "action": mark("Stap {step}: begin met wat iemand doet. Bijvoorbeeld: ik bel, ik ga, ik vraag, ik oefen."),
    "person": mark("Stap {step}: kies wie er helpt."),
    "day": mark("Stap {step}: kies een dag."),
    "past": mark("Stap {step}: de dag is al voorbij."),
    "soon": mark("Lukt een eerste stap binnen twee weken? Klein mag."),
    "sign": mark("Stap {step}: waaraan ziet u dat het klaar is?"),
    "care": mark("Is er opvang of hulp thuis geregeld voor deze stap?"),
    "times": mark("Kan deze stap in de avond of in het weekend?"),
    "hours": mark("Er is weinig tijd in de week. Begin met één kleine stap."),
}
_MOST_HINTS = 1
# PDFium keeps its state in one place for the whole program.
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Paper:
    """The pages of a PDF as pictures, and the size of each in points."""

    pictures: tuple[QImage, ...]
    points: tuple[tuple[float, float], ...]


def page_widths(pdf: bytes) -> tuple[float, ...]:
    """The width of every page in points."""
    with _one_at_a_time:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return tuple(document.get_page_size(number)[0] for number in range(len(document)))
        finally:
            document.close()


def pictures(pdf: bytes, scale: float, ratio: float = 1.0) -> Paper:
    """Every page as a picture: `scale` logical pixels per point, `ratio` device pixels per logical pixel."""
    with _one_at_a_time:
        document = pypdfium2.PdfDocument(pdf)
        try:
            found = [_picture(document, number, scale * ratio) for number in range(len(document))]
            sizes = tuple(document.get_page_size(number) for number in range(len(document)))
        finally:
            document.close()
    for image in found:
        image.setDevicePixelRatio(ratio)
    return Paper(tuple(found), sizes)


def first_page(pdf: bytes, scale: float, ratio: float = 1.0) -> Paper:
    """The first page alone, as `pictures` gives it."""
    image, size = _page(pdf, 0, scale * ratio)
    image.setDevicePixelRatio(ratio)
    return Paper((image,), (size,))


def _page(pdf: bytes, number: int, scale: float) -> tuple[QImage, tuple[float, float]]:
    with _one_at_a_time:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return _picture(document, number, scale), document.get_page_size(number)
        finally:
            document.close()


def _picture(document: pypdfium2.PdfDocument, number: int, scale: float) -> QImage:
    """Nothing on our paper has a colour, and a page in greys takes a quarter of the memory and of the print job."""
    page = document[number]
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        grey = QImage.Format.Format_Grayscale8
        image = QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, grey)
        # The bytes belong to Python and go away; the picture must own its own.
        return image.copy()
    finally:
        bitmap.close()
        page.close()


def print_pages(printer: QPrinter, pdf: bytes, watch: Watch | None = None) -> bool:
    """Put the pages the printer was asked for on it at their own size; False when it would not begin or one failed.

    One page is in memory at a time. Raises WorkStopped when the watch says so; the printer then throws the job away.
    """
    numbers = _asked_for(printer, len(page_widths(pdf)))
    dpi = min(printer.resolution(), MOST_DPI)
    printer.setDocName(JOB_TITLE)
    printer.setFullPage(True)
    painter = QPainter()
    try:
        for turn, number in enumerate(numbers):
            if watch is not None:
                _go_on(watch, printer, turn, len(numbers))
            image, size = _page(pdf, number, dpi / POINTS_PER_INCH)
            _set_size(printer, size)
            if not (printer.newPage() if turn else painter.begin(printer)):
                return False
            painter.drawImage(painter.viewport(), image)
    finally:
        finished = painter.isActive() and painter.end()
    return finished and printer.printerState() is not QPrinter.PrinterState.Error


def _asked_for(printer: QPrinter, count: int) -> range:
    """Which pages, from 0: those somebody named in the dialog as far as there are such pages, else all of them."""
    if printer.printRange() is not QPrinter.PrintRange.PageRange:
        return range(count)
    return range(max(printer.fromPage(), 1) - 1, min(printer.toPage(), count)) or range(count)


def _go_on(watch: Watch, printer: QPrinter, number: int, count: int) -> None:
    watch.tell(number, count)
    if watch.stopped:
        printer.abort()
    watch.check()


def _set_size(printer: QPrinter, points: tuple[float, float]) -> None:
    size = QPageSize(QSizeF(*points), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    printer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))


def save_file(path: str, content: bytes) -> bool:
    """Write a file whole or not at all; False when the place is full, gone or closed to us."""
    file = QSaveFile(path)
    if not file.open(QSaveFile.OpenModeFlag.WriteOnly):
        return False
    return file.write(content) == len(content) and file.commit()


def hint_lines(plan: PlanDocument, hard: Sequence[str] = ()) -> tuple[tuple[str, dict[str, str]], ...]:
    """The first hint for the steps: marked sentences with their values."""
    hints = step_hints(plan, hard)[:_MOST_HINTS]
    return tuple((HINTS[hint.code], {"step": str(hint.step)}) for hint in hints)


def for_print(plan: PlanDocument, kind: str) -> tuple[PlanDocument, str]:
    """What is printed as this kind of sheet: the own story only on the sheet that says so."""
    return (plan, "skills") if kind == "story" else (replace(plan, story=None), kind)


def file_name(kind: str, number: str, language: str = "") -> str:
    """A name by kind and participant number, never by a person; `language` where it is another than that of the talk,
    so that both fit in one folder."""
    return "-".join(filter(None, (_FILE_NAMES[kind], number, language))) + ".pdf"


def empty_parts(plan: PlanDocument) -> Sequence[str]:
    """The marked names of the parts that the plan does not have yet."""
    parts = (
        (plan.goal, mark("een doel")),
        (plan.strengths or plan.strength_cards, mark("wat u kunt")),
        (plan.directions or plan.not_yet, mark("een richting")),
        (plan.steps, mark("een eerste stap")),
        (plan.appointment, mark("een afspraak")),
    )
    return [name for there, name in parts if not there]
