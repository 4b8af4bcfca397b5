"""How the prints look: sheets on paper, in two languages, sized to fit, tagged for screen readers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

from reportlab.lib.pagesizes import A4, A5, A6
from reportlab.pdfgen.canvas import Canvas

from intake_app.domain.catalogue import Catalogue
from intake_app.domain.plan import PlanDocument
from intake_app.i18n.bidi import strip_controls
from intake_app.i18n.languages import is_rtl
from intake_app.plan.content import Block, Sheet, Text
from intake_app.plan.document import sheet_for
from intake_app.plan.fonts import load_fonts
from intake_app.plan.layout import Look, dutch_width, piece_of, pieces_of
from intake_app.plan.pictures import draw_qr
from intake_app.plan.pieces import Piece, draw_stack, may_spread, paginate, stack_height
from intake_app.plan.printable import printable
from intake_app.plan.tagging import Painter, tagged_pdf
from intake_app.plan.typeset import Style, draw_text, set_text, text_width

_PAPERS = {"A4": A4, "A5": A5, "A6": A6}
_MARGINS = {"A4": 36.0, "A5": 32.0, "A6": 22.0}
_FOOT = 24.0
_QR = 62.0
_SCALES = {
    "A4": (1.5, 1.4, 1.3, 1.25, 1.2, 1.15, 1.1, 1.05, 1.0, 0.96, 0.92, 0.88, 0.85, 0.82, 0.8, 0.77),
    "A5": (1.1, 1.0, 0.95, 0.9, 0.85, 0.8, 0.75),
    "A6": (1.2, 1.1, 1.0, 0.9, 0.8, 0.7),
}
"""From large to the smallest that may still be read; what does not fit then flows on to a next page."""
_CARD_SCALES = (1.6, 1.5, 1.4, 1.3, 1.2, 1.1, 1.0, 0.9, 0.8, 0.7)
"""Cards are read by people who stand around a table."""
_LARGE = 18 / 10.5
_SPREAD = 22.0
_TITLE_LENGTH = 120
_FONT = "NotoSans-Regular"
_ON_A_SIDE = 4


def _with_company(page: list[Piece]) -> list[list[Piece]]:
    """A full page in two, so that the last lines do not stand alone on a page."""
    cut = next((i for i in range(len(page) - 1, 0, -1) if may_spread(page[i - 1], page[i])), 0)
    return [page[:cut], page[cut:]] if cut else [page, []]


def render_plan(
    document: PlanDocument, catalogue: Catalogue, *, kind: str = "plan", language: str, resources: Path
) -> bytes:
    """One print as a PDF, in the participant's language and Dutch.

    `kind` is one of `document.KINDS`; `resources` holds `fonts` and `pictograms`. The same document gives the
    same bytes. Raises UnknownName for another kind, FontMissing, FileMissing.
    """
    sheet = sheet_for(document, catalogue, kind=kind, language=language)
    return render_sheet(sheet, resources)


def render_sheet(sheet: Sheet, resources: Path) -> bytes:
    """A sheet as a tagged PDF."""
    load_fonts(resources / "fonts")
    out = BytesIO()
    # no name in the title: it shows in print queues
    title = " ".join(printable(strip_controls(sheet.footer.nl.text)).split())[:_TITLE_LENGTH]
    # ReportLab would name a font of its own on every page, and not embed it
    first_font: Any = _FONT
    size = A4 if sheet.quartered else _PAPERS[sheet.paper]
    canvas = Canvas(out, pagesize=size, invariant=1, lang=sheet.language, initialFontName=first_font)
    canvas.setTitle(title)
    painter = Painter(canvas)
    setter = _Quarters if sheet.quartered else _Pages
    setter(sheet, painter, resources / "pictograms" / "black").draw()
    canvas.save()
    return tagged_pdf(out.getvalue(), painter.root, language=sheet.language, title=title)


@dataclass(frozen=True)
class _Leaf:
    """One page: its pieces, whether it carries the title, and how much its groups may spread."""

    pieces: list[Piece]
    look: Look
    titled: bool
    last: bool


class _Pages:
    """Sets one sheet over pages and draws them."""

    def __init__(self, sheet: Sheet, painter: Painter, pictures: Path) -> None:
        self._sheet = sheet
        self._painter = painter
        self._width, self._height = _PAPERS[sheet.paper]
        self._margin = _MARGINS[sheet.paper]
        self._inner = self._width - 2 * self._margin
        large = sheet.kind == "large"
        self._scales = (_LARGE,) if large else _SCALES[sheet.paper]
        wide = dutch_width(self._inner)
        self._look = Look(sheet.language, 1.0, pictures, stacked=large, dutch=wide, alts=sheet.alts)
        self._warning: Piece | None = None
        self._last = pieces_of(sheet.last, self._look, self._inner)

    def draw(self) -> None:
        leaves = self._leaves()
        for number, leaf in enumerate(leaves, start=1):
            self._draw_leaf(leaf, number, len(leaves))
            self._painter.next_page()

    def _leaves(self) -> list[_Leaf]:
        leaves: list[_Leaf] = []
        sheets = self._sheet.pages
        if self._look.stacked:
            # in large letters the sides do not fall together with pages: they follow on from each other
            sheets = (tuple(block for blocks in sheets for block in blocks),)
        for index, blocks in enumerate(sheets):
            final = index == len(sheets) - 1
            pages, look = self._set_page(blocks, titled=index == 0, final=final)
            for turn, page in enumerate(pages):
                leaves.append(_Leaf(page, look, titled=index == 0 and turn == 0, last=final and turn == len(pages) - 1))
        return leaves

    def _set_page(self, blocks: Sequence[Block], *, titled: bool, final: bool) -> tuple[list[list[Piece]], Look]:
        """The largest size in which the blocks stand on one page; if there is none, a good size on more pages."""
        found = None
        low, high = 0, len(self._scales)
        while low < high:
            middle = (low + high) // 2
            look = self._look.with_scale(self._scales[middle])
            pieces = pieces_of(blocks, look, self._inner)
            if stack_height(pieces) + (self._last_height() if final else 0.0) <= self._room(look, titled=titled):
                found, high = ([pieces], look), middle
            else:
                low = middle + 1
        if found is not None:
            return found
        pages, look = self._over_pages(blocks, titled=titled)
        if final and stack_height(pages[-1]) + self._last_height() > self._room(
            look, titled=titled and len(pages) == 1
        ):
            pages[-1:] = _with_company(pages[-1])
        return pages, look

    def _over_pages(self, blocks: Sequence[Block], *, titled: bool) -> tuple[list[list[Piece]], Look]:
        """As few pages as the smallest size takes, in the largest size, up to the usual one, that takes no more."""
        found: list[tuple[list[list[Piece]], Look]] = []
        for scale in [one for one in self._scales if one <= 1.0] or self._scales:
            look = self._look.with_scale(scale)
            first, other = self._room(look, titled=titled), self._room(look, titled=False)
            pieces = pieces_of(blocks, look, self._inner)
            found.append((paginate(pieces, first, other, break_up=look.stacked), look))
        return min(found, key=lambda one: len(one[0]))

    def _last_height(self) -> float:
        return stack_height(self._last) + 12.0 if self._last else 0.0

    def _room(self, look: Look, *, titled: bool) -> float:
        room = self._height - 2 * self._margin - _FOOT
        if self._sheet.banner is not None:
            room -= self._banner().height + 14.0
        return room - (self._head_height(look) if titled else 0.0)

    def _head_height(self, look: Look) -> float:
        return max(self._title(look).height, _QR if self._sheet.qr else 0.0) + 12.0

    def _title(self, look: Look) -> Piece:
        taken = _QR + 14.0 if self._sheet.qr else 0.0
        return piece_of(Text(self._sheet.title, "title"), look.inside(taken), self._inner - taken)

    def _banner(self) -> Piece:
        """On every page, but said once: the pages share one element."""
        if self._warning is None:
            assert self._sheet.banner is not None
            self._warning = piece_of(Text(self._sheet.banner, "body"), self._look.inside(8.0), self._inner - 16.0)
        return self._warning

    def _draw_leaf(self, leaf: _Leaf, number: int, count: int) -> None:
        top = self._height - self._margin
        if self._sheet.banner is not None:
            top = self._draw_banner(top)
        if leaf.titled:
            top = self._draw_head(leaf.look, top)
        room = top - self._margin - _FOOT - (self._last_height() if leaf.last else 0.0)
        draw_stack(self._painter, leaf.pieces, self._margin, top, self._spread(leaf, room))
        if leaf.last and self._last:
            draw_stack(self._painter, self._last, self._margin, self._margin + _FOOT + stack_height(self._last))
        self._draw_foot(number, count)

    def _spread(self, leaf: _Leaf, room: float) -> float:
        gaps = sum(may_spread(before, piece) for before, piece in pairwise(leaf.pieces))
        if not self._sheet.roomy or not gaps or self._sheet.kind == "large":
            return 0.0
        return max(0.0, min(_SPREAD, (room - stack_height(leaf.pieces)) / gaps))

    def _draw_banner(self, top: float) -> float:
        piece = self._banner()
        height = piece.height + 6.0
        with self._painter.artifact():
            self._painter.canvas.setStrokeGray(0)
            self._painter.canvas.setLineWidth(1.5)
            self._painter.canvas.setDash(6, 3)
            self._painter.canvas.rect(self._margin, top - height, self._inner, height, stroke=1, fill=0)
            self._painter.canvas.setDash()
        piece.draw(self._painter, self._margin + 8.0, top - 3.0)
        return top - height - 8.0

    def _draw_head(self, look: Look, top: float) -> float:
        """The title where reading begins, the QR code with the plan number opposite."""
        title = self._title(look)
        rtl = is_rtl(self._sheet.language)
        code_x = self._margin if rtl else self._margin + self._inner - _QR
        title_x = self._margin + (_QR + 14.0 if rtl and self._sheet.qr else 0.0)
        if self._sheet.qr:
            bounds = (code_x, top + 6.0 - _QR, code_x + _QR, top + 6.0)
            with self._painter.tagged("Figure", "nl", f"QR {self._sheet.qr}", bounds=bounds):
                draw_qr(self._painter.canvas, self._sheet.qr, code_x, top + 6.0, _QR)
            with self._painter.artifact():
                number = set_text(self._sheet.qr, Style(7.0), _QR, rtl=False)
                draw_text(self._painter.canvas, number, code_x, top + 9.0 - _QR, centred=True)
        head = self._head_height(look)
        title.draw(self._painter, title_x, top - max(0.0, (head - 12.0 - title.height) / 2))
        return top - head

    def _draw_foot(self, number: int, count: int) -> None:
        """Plan number and place in both languages, page of pages: repeated on every page, so no content."""
        canvas, sheet = self._painter.canvas, self._sheet
        style = Style(7.0, grey=0.25)
        with self._painter.artifact():
            canvas.setStrokeGray(0.35)
            canvas.setLineWidth(0.5)
            canvas.line(self._margin, self._margin + 12.0, self._width - self._margin, self._margin + 12.0)
            pages = f"{number} / {count}"
            width = text_width(pages, style, rtl=False) + 1.0
            middle = set_text(pages, style, width, rtl=False)
            draw_text(canvas, middle, (self._width - width) / 2, self._margin + 10.0)
            half = (self._inner - width) / 2 - 8.0
            for said, at_end in (
                (sheet.footer.own, is_rtl(sheet.language)),
                (sheet.footer.nl, not is_rtl(sheet.language)),
            ):
                if sheet.language == "nl" and at_end:
                    continue
                # one line: names of places are short, and the foot of a page has no room for others
                block = set_text(said.text, style, half, rtl=is_rtl(said.language)).first_line()
                x = self._width - self._margin - half if at_end else self._margin
                shift = half - block.widest if at_end and not block.rtl else 0.0
                draw_text(canvas, block, x + shift, self._margin + 10.0)


class _Quarters(_Pages):
    """Cards to cut out, four on a side of A4. The backs are mirrored: one turns the sheet along its long edge."""

    def __init__(self, sheet: Sheet, painter: Painter, pictures: Path) -> None:
        super().__init__(sheet, painter, pictures)
        self._scales = _CARD_SCALES
        self._width, self._height = A4[0] / 2, A4[1] / 2
        self._inner = self._width - 2 * self._margin

    def draw(self) -> None:
        pages = self._sheet.pages
        for start in range(0, len(pages), _ON_A_SIDE):
            back = start // _ON_A_SIDE % 2 == 1
            if not back:
                self._draw_cuts()
            for place, blocks in enumerate(pages[start : start + _ON_A_SIDE]):
                down, across = divmod(place, 2)
                self._draw_card(blocks, 1 - across if back else across, down)
            self._painter.next_page()

    def _draw_card(self, blocks: Sequence[Block], across: int, down: int) -> None:
        pages, look = self._set_page(blocks, titled=False, final=False)
        pieces = [piece for page in pages for piece in page]
        spare = max(0.0, self._room(look, titled=False) - stack_height(pieces))
        top = A4[1] - down * self._height - self._margin - spare / 2
        draw_stack(self._painter, pieces, across * self._width + self._margin, top)

    def _room(self, look: Look, *, titled: bool) -> float:
        return self._height - 2 * self._margin

    def _draw_cuts(self) -> None:
        """Where to cut: on the fronts alone, since no printer lays the back exactly on the front."""
        canvas = self._painter.canvas
        with self._painter.artifact():
            canvas.setStrokeGray(0.6)
            canvas.setLineWidth(0.4)
            canvas.setDash(2, 4)
            canvas.lines([(A4[0] / 2, 0.0, A4[0] / 2, A4[1]), (0.0, A4[1] / 2, A4[0], A4[1] / 2)])
            canvas.setDash()
