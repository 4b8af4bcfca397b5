"""Blocks as measured pieces that draw themselves, and pieces set over pages: nothing clipped, no heading alone."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from intake_app.i18n.bidi import strip_controls
from intake_app.i18n.languages import is_rtl
from intake_app.plan.content import Block, Box, Check, Pictured, Pictures, Rules, Said, Text
from intake_app.plan.pictures import draw_picture, load_picture
from intake_app.plan.tagging import Painter
from intake_app.plan.typeset import Style, TextBlock, draw_text, set_text

_STYLES = {
    "title": (24.0, 15.0, True),
    "heading": (14.0, 11.0, True),
    "part": (12.5, 10.5, True),
    "lead": (15.0, 12.0, False),
    "strong": (11.5, 10.0, True),
    "body": (10.5, 9.5, False),
    "small": (7.5, 7.5, False),
    "phone": (24.0, 24.0, True),
}
"""Size in points in the participant's language and in Dutch, and weight."""
_TAGS = {"title": "H1", "heading": "H2", "part": "H2"}
_LEADS = ("title", "heading", "part")
_SMALLEST = 7.0
_COLUMN_GAP = 12.0
_NARROW = 300.0
_DUTCH_GREY = 0.25
_DUTCH_SHARE = 0.42
_WORTH_FILLING = 0.45
_PICTURES = {"lead": 46.0, "phone": 46.0, "strong": 34.0, "body": 26.0}

Draw = Callable[[Painter, float, float], None]
"""Draws with the left edge at x and the upper edge at y (points from below)."""


@dataclass(frozen=True)
class Piece:
    """Something measured, with the space before it. `leads`: stays with what follows; `section`: may get more space
    before it on a roomy page; `parts`: what it falls apart into when a page is too small for it.
    """

    height: float
    draw: Draw
    before: float = 4.0
    leads: bool = False
    section: bool = False
    parts: tuple[Piece, ...] = field(default=())


@dataclass(frozen=True)
class Look:
    """How a sheet is set: language, scale of all sizes, whether Dutch stands below instead of beside, pictures.

    `dutch`: how wide the Dutch column is, the same all down a sheet, in points; 0 for a share of the room there is.
    """

    language: str
    scale: float
    pictures: Path
    stacked: bool = False
    dutch: float = 0.0

    @property
    def rtl(self) -> bool:
        """Whether the participant's half is written from right to left."""
        return is_rtl(self.language)

    def with_scale(self, scale: float) -> Look:
        """The same look in another size."""
        return replace(self, scale=scale)

    def inside(self, edge: float) -> Look:
        """The same look where `edge` points are taken from the side of the Dutch column."""
        return replace(self, dutch=max(0.0, self.dutch - edge))

    def halves(self, width: float) -> tuple[float, float]:
        """The widths of the participant's half and of Dutch in a room of `width` points."""
        dutch = self.dutch or dutch_width(width)
        return width - _COLUMN_GAP - dutch, dutch


def dutch_width(width: float) -> float:
    """How wide the Dutch column of a sheet is, in points."""
    return (width - _COLUMN_GAP) * _DUTCH_SHARE


def piece_of(block: Block, look: Look, width: float) -> Piece:
    """Measure a block for a column of `width` points. Raises FontMissing, FileMissing."""
    match block:
        case Text():
            return _text(block, look, width)
        case Pictured():
            return _pictured(block, look, width)
        case Pictures():
            return _picture_row(block, look, width)
        case Check():
            return _check(block, look, width)
        case Rules():
            return _rules(block, look, width)
        case Box():
            return _box(block, look, width)


def paginate(pieces: Iterable[Piece], first: float, other: float, *, break_up: bool = False) -> list[list[Piece]]:
    """Pieces over pages of `first` and then `other` points; headings go with what they lead.

    With `break_up` a piece that would leave much of a page empty falls apart over two pages.
    """
    pages: list[list[Piece]] = [[]]
    room = first
    waiting = deque(_groups(_fitting(pieces, min(first, other))))
    while waiting:
        group = waiting.popleft()
        needed = _height(group, on_top=not pages[-1])
        if pages[-1] and needed > room:
            if break_up and group[-1].parts and room > _WORTH_FILLING * other:
                waiting.extendleft(reversed(list(_groups([*group[:-1], *group[-1].parts]))))
                continue
            pages.append([])
            room = other
            needed = _height(group, on_top=True)
        pages[-1] += group
        room -= needed
    return pages


def stack_height(pieces: Sequence[Piece]) -> float:
    """The height of pieces below one another, without the space before the first."""
    return _height(pieces, on_top=True)


def draw_stack(painter: Painter, pieces: Sequence[Piece], x: float, top: float, extra: float = 0.0) -> float:
    """Draw pieces from `top` down with `extra` points more between groups; gives where the last one ends."""
    for index, piece in enumerate(pieces):
        if index:
            top -= piece.before + (extra if may_spread(pieces[index - 1], piece) else 0.0)
        piece.draw(painter, x, top)
        top -= piece.height
    return top


def may_spread(before: Piece, piece: Piece) -> bool:
    """Whether spare height of a page may go between these two."""
    return piece.section and not before.leads


def _height(pieces: Sequence[Piece], *, on_top: bool) -> float:
    total = sum(piece.height + piece.before for piece in pieces)
    return total - pieces[0].before if pieces and on_top else total


def _fitting(pieces: Iterable[Piece], room: float) -> Iterable[Piece]:
    for piece in pieces:
        if piece.height > room and piece.parts:
            yield from _fitting(piece.parts, room)
        else:
            yield piece


def _groups(pieces: Iterable[Piece]) -> Iterable[list[Piece]]:
    group: list[Piece] = []
    for piece in pieces:
        group.append(piece)
        if not piece.leads:
            yield group
            group = []
    if group:
        yield group


def _size(style: str, look: Look, *, dutch: bool) -> Style:
    own, small, bold = _STYLES[style]
    lone = look.language == "nl"
    size = small if dutch and not lone and not look.stacked else own
    grows = look.scale if style not in ("title", "phone") or look.scale < 1 else 1 + (look.scale - 1) * 0.4
    return Style(max(_SMALLEST, size * grows), bold, _DUTCH_GREY if dutch and not lone else 0.0)


def _blocks_of(said: Said, half: str, style: Style, width: float) -> list[tuple[TextBlock, str]]:
    side = is_rtl(half)
    blocks = [(set_text(said.text, style, width, rtl=is_rtl(said.language), at_right=side), said.language)]
    if said.note:
        small = Style(max(_SMALLEST, style.size * 0.7), grey=style.grey)
        blocks.append((set_text(said.note, small, width, rtl=is_rtl(half)), half))
    return blocks


def _column(blocks: list[tuple[TextBlock, str]], tag: str, *, centred: bool = False) -> Piece:
    """Text blocks below one another; it can fall apart into lines."""

    def draw(painter: Painter, x: float, top: float) -> None:
        for block, language in blocks:
            with painter.tagged(tag, language, strip_controls(block.text)):
                draw_text(painter.canvas, block, x, top, centred=centred)
            top -= block.height

    lines = [(replace(b, text=line.text, lines=(line,)), code) for b, code in blocks for line in b.lines]
    parts = tuple(_line_piece(block, code, tag) for block, code in lines) if len(lines) > 1 else ()
    return Piece(sum(block.height for block, _ in blocks), draw, parts=parts)


def _line_piece(block: TextBlock, language: str, tag: str) -> Piece:
    def draw(painter: Painter, x: float, top: float) -> None:
        with painter.tagged(tag, language, block.text):
            draw_text(painter.canvas, block, x, top)

    return Piece(block.height, draw, before=0.0)


def _text(text: Text, look: Look, width: float) -> Piece:
    tag = _TAGS.get(text.style, "P")
    own = _size(text.style, look, dutch=False)
    before = {"heading": 7.0, "part": 5.0}.get(text.style, 1.5) * look.scale
    leads = text.style in _LEADS
    if look.language == "nl" or text.style == "phone":
        alone = Said(text.pair.nl.text, look.language, text.pair.nl.note) if text.style == "phone" else text.pair.nl
        piece = _column(_blocks_of(alone, look.language, own, width), tag)
        return Piece(piece.height, piece.draw, before, leads, leads, piece.parts)
    dutch = _size(text.style, look, dutch=True)
    if look.stacked or width < _NARROW:
        blocks = _blocks_of(text.pair.own, look.language, own, width)
        if text.pair.own.text != text.pair.nl.text:
            blocks += _blocks_of(text.pair.nl, "nl", dutch, width)
        piece = _column(blocks, tag)
        return Piece(piece.height, piece.draw, before, leads, leads, piece.parts)
    return _side_by_side(text, look, width, (own, dutch), before)


def _side_by_side(text: Text, look: Look, width: float, styles: tuple[Style, Style], before: float) -> Piece:
    """The participant's half where reading begins, Dutch on the other side, on one first baseline."""
    own_width, nl_width = look.halves(width)
    tag = _TAGS.get(text.style, "P")
    own = _column(_blocks_of(text.pair.own, look.language, styles[0], own_width), tag)
    nl = _column(_blocks_of(text.pair.nl, "nl", styles[1], nl_width), tag)
    own_x, nl_x = (nl_width + _COLUMN_GAP, 0.0) if look.rtl else (0.0, own_width + _COLUMN_GAP)
    drop = max(0.0, (styles[0].size - styles[1].size) * 0.85)

    def draw(painter: Painter, x: float, top: float) -> None:
        own.draw(painter, x + own_x, top)
        nl.draw(painter, x + nl_x, top - drop)

    parts = _row_parts(own, nl, own_x, nl_x)
    leads = text.style in _LEADS
    return Piece(max(own.height, nl.height + drop), draw, before, leads, leads, parts)


def _row_parts(own: Piece, nl: Piece, own_x: float, nl_x: float) -> tuple[Piece, ...]:
    """Lines of both halves side by side, for a paragraph longer than a page."""
    left, right = own.parts or (own,), nl.parts or (nl,)
    rows = []
    for index in range(max(len(left), len(right))):
        placed = [(column[index], at) for column, at in ((left, own_x), (right, nl_x)) if index < len(column)]

        def draw(painter: Painter, x: float, top: float, placed: list[tuple[Piece, float]] = placed) -> None:
            for piece, at in placed:
                piece.draw(painter, x + at, top)

        rows.append(Piece(max(piece.height for piece, _ in placed), draw, before=0.0))
    return tuple(rows) if len(rows) > 1 else ()


def _beside(
    sign: Draw, sign_width: float, sign_height: float, texts: tuple[Text, ...], look: Look, width: float
) -> Piece:
    """Texts with a sign where reading begins."""
    gap = 8.0 * look.scale
    inner = [_text(text, look, width - sign_width - gap) for text in texts]
    height = stack_height(inner)
    sign_x, text_x = (width - sign_width, 0.0) if look.rtl else (0.0, sign_width + gap)
    total = max(height, sign_height)

    def draw(painter: Painter, x: float, top: float) -> None:
        with painter.artifact():
            sign(painter, x + sign_x, top)
        draw_stack(painter, inner, x + text_x, top - max(0.0, (sign_height - height) / 2))

    parts = tuple(inner) if len(inner) > 1 else inner[0].parts
    return Piece(total, draw, before=5.0 * look.scale, section=sign_height > 0, parts=parts)


def _pictured(block: Pictured, look: Look, width: float) -> Piece:
    size = max(_PICTURES.get(text.style, 26.0) for text in block.texts[:2]) * look.scale
    picture = load_picture(look.pictures / f"{block.picture}.svg")

    def sign(painter: Painter, x: float, top: float) -> None:
        draw_picture(painter.canvas, picture, x, top, size)

    return _beside(sign, size, size, block.texts, look, width)


def _check(block: Check, look: Look, width: float) -> Piece:
    size = 13.0 * look.scale

    def sign(painter: Painter, x: float, top: float) -> None:
        canvas = painter.canvas
        canvas.setStrokeGray(0)
        canvas.setLineWidth(1.1)
        box = top - size - 1.5 * look.scale
        canvas.rect(x, box, size, size, stroke=1, fill=0)
        canvas.setLineWidth(1.8)
        if block.state == "yes":
            canvas.lines(
                [
                    (x + 2, box + size * 0.5, x + size * 0.42, box + 3),
                    (x + size * 0.42, box + 3, x + size - 2, box + size - 2),
                ]
            )
        elif block.state == "no":
            canvas.lines(
                [(x + 3, box + 3, x + size - 3, box + size - 3), (x + 3, box + size - 3, x + size - 3, box + 3)]
            )

    # the box stands level with the first line, not in the middle
    return _beside(sign, size, 0.0, block.texts, look, width)


def _picture_row(block: Pictures, look: Look, width: float) -> Piece:
    """Pictures side by side, first one where reading begins; own words and Dutch centred below."""
    gap = 12.0
    column = (width - gap * (len(block.items) - 1)) / len(block.items)
    size = min(column, 78.0 * look.scale)
    strong, plain = _size("strong", look, dutch=False), _size("body", look, dutch=True)
    cells = []
    for name, pair in block.items:
        words = _blocks_of(pair.own, look.language, strong, column)
        if look.language != "nl":
            words += _blocks_of(pair.nl, "nl", plain, column)
        cells.append((load_picture(look.pictures / f"{name}.svg"), _column(words, "P", centred=True)))
    height = size + max(label.height for _, label in cells)

    def draw(painter: Painter, x: float, top: float) -> None:
        for index, (picture, label) in enumerate(cells):
            place = len(cells) - 1 - index if look.rtl else index
            left = x + place * (column + gap)
            with painter.artifact():
                draw_picture(painter.canvas, picture, left + (column - size) / 2, top, size)
            label.draw(painter, left, top - size)

    return Piece(height, draw, section=True)


def _rules(block: Rules, look: Look, width: float) -> Piece:
    step = 25.0 * min(look.scale, 1.3)

    def draw(painter: Painter, x: float, top: float) -> None:
        with painter.artifact():
            painter.canvas.setStrokeGray(0.35)
            painter.canvas.setLineWidth(0.7)
            for index in range(block.count):
                painter.canvas.line(x, top - (index + 1) * step, x + width, top - (index + 1) * step)

    return Piece(step * block.count + 6.0, draw)


def _box(block: Box, look: Look, width: float) -> Piece:
    padding = 7.0 * look.scale
    inner = [piece_of(item, look.inside(padding), width - 2 * padding) for item in block.blocks]
    height = stack_height(inner) + 2 * padding

    def draw(painter: Painter, x: float, top: float) -> None:
        with painter.artifact():
            painter.canvas.setStrokeGray(0)
            painter.canvas.setLineWidth(1)
            painter.canvas.roundRect(x, top - height, width, height, 6, stroke=1, fill=0)
        draw_stack(painter, inner, x + padding, top - padding)

    return Piece(height, draw, before=5.0 * look.scale, section=True, parts=tuple(inner))
