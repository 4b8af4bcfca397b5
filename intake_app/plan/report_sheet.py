"""The report on one page of paper, in Dutch: bars with their targets, and every number beside its bar.

Grey only, so that it prints on any printer. Each bar is read aloud as its numbers.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from intake_app.domain.report import Figure, Report, most_of, shares
from intake_app.i18n.formats import format_date
from intake_app.i18n.gettext import mark, translator
from intake_app.i18n.report_texts import (
    INVENTED,
    NOT_COUNTED,
    ONE_QUESTION,
    figure_name,
    figure_text,
    indicator_text,
    target_text,
)
from intake_app.plan.fonts import load_fonts
from intake_app.plan.tagging import Painter, tagged_pdf
from intake_app.plan.typeset import Style, draw_text, set_text

TITLE = mark("De cijfers")
_PERIOD = mark("Van {first} tot en met {last}, zoals bekend op {day}. {place}")
_EVERYWHERE = mark("Alle plaatsen samen.")
_PLACE = mark("Plaats: {place}.")
_SMALL = mark("Kleine getallen staan er niet op, zodat niemand te herkennen is. Versie van de regels: {version}.")
_WIDTH, _HEIGHT = A4
_MARGIN, _GAP, _BAR, _MARK = 40.0, 22.0, 9.0, 4.0
_TITLE, _STRONG, _BODY, _SMALL_STYLE = Style(20.0, True), Style(10.0, True), Style(8.5), Style(7.5, grey=0.25)
_LEFT = ("ind01", "ind02", "ind03", "ind05", "ind04", "ind06", "ind12", "ind13")
_RIGHT = ("ind10", "ind11", "ind07", "ind08", "ind09")
_FULL, _PALE = 0.35, 0.88
_NO_BREAK = "\u00a0"


def render_report(report: Report, resources: Path) -> bytes:
    """The page as a tagged PDF. Raises FontMissing, FileMissing."""
    load_fonts(resources / "fonts")
    out = BytesIO()
    first_font: Any = "NotoSans-Regular"
    canvas = Canvas(out, pagesize=A4, invariant=1, lang="nl", initialFontName=first_font)
    title = translator("nl").text(TITLE)
    canvas.setTitle(title)
    painter = Painter(canvas)
    _Page(report, painter).draw(title)
    painter.next_page()
    canvas.save()
    return tagged_pdf(out.getvalue(), painter.root, language="nl", title=title)


class _Page:
    """Draws from the top down; two columns of indicators between a head and a foot."""

    def __init__(self, report: Report, painter: Painter) -> None:
        self._report, self._painter = report, painter
        self._top = _HEIGHT - _MARGIN
        self._words = translator("nl")

    def draw(self, title: str) -> None:
        """Everything on the page."""
        whole = _WIDTH - 2 * _MARGIN
        if self._report.practice:
            self._banner(whole)
        self._text(title, _TITLE, _MARGIN, whole, "H1")
        self._text(self._about(), _BODY, _MARGIN, whole, "P")
        self._top -= 10.0
        start, column = self._top, (whole - _GAP) / 2
        for x, names in ((_MARGIN, _LEFT), (_MARGIN + column + _GAP, _RIGHT)):
            self._top = start
            for name in names:
                self._indicator(name, x, column)
        self._top = _MARGIN + 44.0
        for message, figure in ((NOT_COUNTED, self._report.not_counted), (ONE_QUESTION, self._report.one_question)):
            line = f"{self._words.text(message)}: {figure_text(figure)}"
            self._text(line, _BODY, _MARGIN, whole, "P")
        small = self._words.text(_SMALL).format(version=self._report.version)
        self._text(small, _SMALL_STYLE, _MARGIN, whole, "P")

    def _about(self) -> str:
        period = self._report.period
        place = self._words.text(_PLACE).format(place=self._report.location) if self._report.location else ""
        return self._words.text(_PERIOD).format(
            first=format_date(period.first, "nl", "long"),
            last=format_date(period.last, "nl", "long"),
            day=format_date(period.as_of, "nl", "long"),
            place=place or self._words.text(_EVERYWHERE),
        )

    def _banner(self, whole: float) -> None:
        canvas = self._painter.canvas
        with self._painter.artifact():
            canvas.setStrokeGray(0)
            canvas.setLineWidth(1.5)
            canvas.setDash(6, 3)
            canvas.rect(_MARGIN, self._top - 22.0, whole, 22.0, stroke=1, fill=0)
            canvas.setDash()
        self._top -= 4.0
        self._text(self._words.text(INVENTED), _STRONG, _MARGIN + 8.0, whole - 16.0, "P")
        self._top -= 12.0

    def _text(self, text: str, style: Style, x: float, width: float, tag: str) -> None:
        block = set_text(text, style, width, rtl=False, language="nl")
        with self._painter.tagged(tag, "nl", text):
            draw_text(self._painter.canvas, block, x, self._top)
        self._top -= block.height + 2.0

    def _indicator(self, name: str, x: float, width: float) -> None:
        indicator = self._report.indicator(name)
        self._text(indicator_text(name)[0], _STRONG, x, width, "H2")
        most = most_of(indicator)
        for figure in indicator.figures:
            told = " · ".join(
                word for word in (figure_text(figure), target_text(figure).replace(" ", _NO_BREAK)) if word
            )
            called = f"{figure_name(name, figure.code)}: " if len(indicator.figures) > 1 else ""
            self._text(f"{called}{told}", _BODY, x, width, "P")
            self._bar(figure, most, x, width)
        self._top -= 7.0

    def _bar(self, figure: Figure, most: float, x: float, width: float) -> None:
        share, target = shares(figure, most)
        if share is None and target is None:
            return
        canvas = self._painter.canvas
        with self._painter.artifact():
            canvas.setFillGray(_PALE)
            canvas.rect(x, self._top - _BAR, width, _BAR, stroke=0, fill=1)
            canvas.setFillGray(_FULL)
            canvas.rect(x, self._top - _BAR, width * (share or 0.0), _BAR, stroke=0, fill=1)
            if target is not None:
                canvas.setFillGray(0)
                canvas.rect(x + width * target - 1.0, self._top - _BAR - _MARK / 2, 2.0, _BAR + _MARK, stroke=0, fill=1)
        self._top -= _BAR + 5.0
