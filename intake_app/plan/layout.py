"""Blocks of a sheet as measured pieces, in two languages side by side or below one another, with their tags."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from intake_app.i18n.bidi import strip_controls
from intake_app.i18n.languages import is_rtl
from intake_app.plan.alternative import adds
from intake_app.plan.content import Block, Box, Check, Code, Pair, Pictured, Pictures, Rules, Said, Text
from intake_app.plan.pictures import draw_picture, first_name, load_picture
from intake_app.plan.pieces import Draw, Piece, draw_stack, shifted, stack_height, within
from intake_app.plan.printable import printable
from intake_app.plan.tagging import Painter
from intake_app.plan.typeset import Style, TextBlock, draw_text, set_text

_STYLES = {
    "title": (24.0, 15.0, True),
    "heading": (14.0, 11.0, True),
    "part": (12.5, 10.5, True),
    "lead": (15.0, 12.0, False),
    "item": (11.5, 10.0, True),
    "strong": (11.5, 10.0, True),
    "body": (10.5, 9.5, False),
    "small": (7.5, 7.5, False),
    "phone": (24.0, 24.0, True),
    "code": (84.0, 84.0, True),
}
"""Size in points in the participant's language and in Dutch, and weight."""
_TAGS = {"title": "H1", "heading": "H2", "part": "H2", "item": "H3"}
_LEADS = ("title", "heading", "part")
_TICKS = {"empty": "☐", "yes": "☑", "no": "☒"}
_SLOW = frozenset({"title", "phone", "code"})
"""What is large as it is grows less than the rest."""
_SMALLEST = 7.0
_COLUMN_GAP = 12.0
_NARROW = 300.0
_DUTCH_GREY = 0.25
_DUTCH_SHARE = 0.42
_PICTURES = {"lead": 46.0, "phone": 46.0, "item": 34.0, "strong": 34.0, "body": 26.0}


@dataclass(frozen=True)
class Look:
    """How a sheet is set: language, scale of all sizes, whether Dutch stands below instead of beside, pictures.

    `dutch`: how wide the Dutch column is, the same all down a sheet, in points; 0 for a share of the room there is.
    `alts`: what a picture shows, by its name.
    """

    language: str
    scale: float
    pictures: Path
    stacked: bool = False
    dutch: float = 0.0
    alts: Mapping[str, Pair] = field(default_factory=dict)

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


def pieces_of(blocks: Iterable[Block], look: Look, width: float) -> list[Piece]:
    """Measure blocks one by one; checks that follow each other are the items of one list."""
    found: list[Piece] = []
    listing: object = None
    for block in blocks:
        listing = (listing or object()) if isinstance(block, Check) else None
        piece = piece_of(block, look, width)
        found.append(within(piece, ("L", listing), ("LI", object())) if listing else piece)
    return found


def piece_of(block: Block, look: Look, width: float) -> Piece:
    """Measure a block for a column of `width` points. Raises FontMissing, FileMissing."""
    match block:
        case Text():
            return _text(block, look, width)
        case Pictured():
            return _pictured(block, look, width)
        case Pictures():
            return _picture_row(block, look, width)
        case Code():
            return _code(block, look, width)
        case Check():
            return _check(block, look, width)
        case Rules():
            return _rules(block, look, width)
        case Box():
            return _box(block, look, width)


def _size(style: str, look: Look, *, dutch: bool) -> Style:
    own, small, bold = _STYLES[style]
    lone = look.language == "nl"
    size = small if dutch and not lone and not look.stacked else own
    grows = look.scale if style not in _SLOW or look.scale < 1 else 1 + (look.scale - 1) * 0.4
    return Style(max(_SMALLEST, size * grows), bold, _DUTCH_GREY if dutch and not lone else 0.0)


def _blocks_of(said: Said, half: str, style: Style, width: float) -> list[tuple[TextBlock, str]]:
    side = is_rtl(half)
    text = set_text(said.text, style, width, rtl=is_rtl(said.language), at_right=side, language=said.language)
    blocks = [(text, said.language)]
    if said.note:
        small = Style(max(_SMALLEST, style.size * 0.7), grey=style.grey)
        blocks.append((set_text(said.note, small, width, rtl=is_rtl(half), language=half), half))
    return blocks


def _column(blocks: list[tuple[TextBlock, str]], tag: str, *, centred: bool = False) -> Piece:
    """Text blocks below one another; it can fall apart into lines, which stay one element."""
    keyed = [(block, language, object()) for block, language in blocks]

    def lines() -> tuple[Piece, ...]:
        found = [
            _line_piece(replace(block, lines=(line,)), language, tag, key)
            for block, language, key in keyed
            for line in block.lines
        ]
        return tuple(found) if len(found) > 1 else ()

    def draw(painter: Painter, x: float, top: float) -> None:
        for block, language, key in keyed:
            with painter.tagged(tag, language, strip_controls(block.text), key):
                draw_text(painter.canvas, block, x, top, centred=centred)
            top -= block.height

    return Piece(sum(block.height for block, _ in blocks), draw, fall_apart=lines)


def _line_piece(block: TextBlock, language: str, tag: str, key: object) -> Piece:
    def draw(painter: Painter, x: float, top: float) -> None:
        with painter.tagged(tag, language, strip_controls(block.text), key):
            draw_text(painter.canvas, block, x, top)

    return Piece(block.height, draw, before=0.0)


def _text(text: Text, look: Look, width: float) -> Piece:
    heading = _TAGS.get(text.style)
    piece = _halves(text, look, width, "Span" if heading else "P")
    # a heading is one element that says the same in two languages
    return within(piece, (heading, object())) if heading else piece


def _halves(text: Text, look: Look, width: float, tag: str) -> Piece:
    own = _size(text.style, look, dutch=False)
    before = {"heading": 7.0, "part": 5.0}.get(text.style, 1.5) * look.scale
    leads = text.style in _LEADS
    if look.language == "nl" or text.style == "phone":
        alone = Said(text.pair.nl.text, look.language, text.pair.nl.note) if text.style == "phone" else text.pair.nl
        piece = _column(_blocks_of(alone, look.language, own, width), tag)
        return Piece(piece.height, piece.draw, before, leads, leads, piece.fall_apart)
    dutch = _size(text.style, look, dutch=True)
    if look.stacked or width < _NARROW:
        blocks = _blocks_of(text.pair.own, look.language, own, width)
        if text.pair.own.text != text.pair.nl.text:
            blocks += _blocks_of(text.pair.nl, "nl", dutch, width)
        piece = _column(blocks, tag)
        return Piece(piece.height, piece.draw, before, leads, leads, piece.fall_apart)
    return _side_by_side(text, look, width, (own, dutch), before, tag)


def _side_by_side(text: Text, look: Look, width: float, styles: tuple[Style, Style], before: float, tag: str) -> Piece:
    """The participant's half where reading begins, Dutch on the other side, on one first baseline."""
    own_width, nl_width = look.halves(width)
    own = _column(_blocks_of(text.pair.own, look.language, styles[0], own_width), tag)
    nl = _column(_blocks_of(text.pair.nl, "nl", styles[1], nl_width), tag)
    own_x, nl_x = (nl_width + _COLUMN_GAP, 0.0) if look.rtl else (0.0, own_width + _COLUMN_GAP)
    drop = max(0.0, (styles[0].size - styles[1].size) * 0.85)

    def draw(painter: Painter, x: float, top: float) -> None:
        own.draw(painter, x + own_x, top)
        nl.draw(painter, x + nl_x, top - drop)

    leads = text.style in _LEADS
    height = max(own.height, nl.height + drop)
    return Piece(height, draw, before, leads, leads, lambda: _row_parts(own, nl, own_x, nl_x))


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
    sign_x, text_x = (width - sign_width, 0.0) if look.rtl else (0.0, sign_width + gap)
    inner = [shifted(_text(text, look, width - sign_width - gap), text_x) for text in texts]
    height = stack_height(inner)
    total = max(height, sign_height)

    def draw(painter: Painter, x: float, top: float) -> None:
        sign(painter, x + sign_x, top)
        draw_stack(painter, inner, x, top - max(0.0, (sign_height - height) / 2))

    def draw_first(painter: Painter, x: float, top: float) -> None:
        sign(painter, x + sign_x, top)
        inner[0].draw(painter, x, top)

    def parts() -> tuple[Piece, ...]:
        first = Piece(max(inner[0].height, sign_height), draw_first, fall_apart=inner[0].fall_apart)
        return (first, *inner[1:]) if len(inner) > 1 else inner[0].parts

    return Piece(total, draw, before=5.0 * look.scale, section=sign_height > 0, fall_apart=parts)


def _pictured(block: Pictured, look: Look, width: float) -> Piece:
    size = max(_PICTURES.get(text.style, 26.0) for text in block.texts[:2]) * look.scale
    name = first_name(look.pictures, block.picture, block.or_else)
    figure = _figure(name, [text.pair for text in block.texts], look, size)
    return _beside(figure, size, size, block.texts, look, width)


def _figure(name: str, beside: Iterable[Pair], look: Look, size: float) -> Draw:
    """A picture with its description; without one that adds to the words beside it, it is decoration."""
    picture = load_picture(look.pictures / f"{name}.svg")
    alt = look.alts.get(name)
    said = alt.own if alt is not None and adds(alt, [pair.own.text for pair in beside]) else None

    def draw(painter: Painter, x: float, top: float) -> None:
        with ExitStack() as opened:
            if said is None:
                opened.enter_context(painter.artifact())
            else:
                told, bounds = strip_controls(printable(said.text)), (x, top - size, x + size, top)
                opened.enter_context(painter.tagged("Figure", said.language, told, bounds=bounds))
            draw_picture(painter.canvas, picture, x, top, size)

    return draw


def _check(block: Check, look: Look, width: float) -> Piece:
    size = 13.0 * look.scale
    language = block.texts[0].pair.own.language

    def sign(painter: Painter, x: float, top: float) -> None:
        with painter.tagged("Lbl", language, _TICKS[block.state]):
            _draw_box(painter.canvas, block.state, x, top - size - 1.5 * look.scale, size)

    # the box stands level with the first line, not in the middle
    return _beside(sign, size, 0.0, block.texts, look, width)


def _draw_box(canvas: Canvas, state: str, x: float, low: float, size: float) -> None:
    canvas.setStrokeGray(0)
    canvas.setLineWidth(1.1)
    canvas.rect(x, low, size, size, stroke=1, fill=0)
    canvas.setLineWidth(1.8)
    if state == "yes":
        turn = (x + size * 0.42, low + 3)
        canvas.lines([(x + 2, low + size * 0.5, *turn), (*turn, x + size - 2, low + size - 2)])
    elif state == "no":
        left, right, high = x + 3, x + size - 3, low + size - 3
        canvas.lines([(left, low + 3, right, high), (left, high, right, low + 3)])


def _picture_row(block: Pictures, look: Look, width: float) -> Piece:
    """Pictures side by side, first one where reading begins; own words and Dutch centred below."""
    gap = 12.0
    column = (width - gap * (len(block.items) - 1)) / len(block.items)
    size = min(column, block.size * look.scale)
    cells = [(_figure(name, [pair], look, size), _below(pair, look, column)) for name, pair in block.items]
    height = size + max(label.height for _, label in cells)

    def draw(painter: Painter, x: float, top: float) -> None:
        for index, (figure, label) in enumerate(cells):
            place = len(cells) - 1 - index if look.rtl else index
            left = x + place * (column + gap)
            figure(painter, left + (column - size) / 2, top)
            label.draw(painter, left, top - size)

    return Piece(height, draw, section=True)


def _below(pair: Pair, look: Look, width: float) -> Piece:
    """Words in the middle of what they stand under, Dutch last."""
    words = _blocks_of(pair.own, look.language, _size("strong", look, dutch=False), width)
    if look.language != "nl":
        words += _blocks_of(pair.nl, "nl", _size("body", look, dutch=True), width)
    return _column(words, "P", centred=True)


def _code(block: Code, look: Look, width: float) -> Piece:
    large = _size("code", look, dutch=False)
    code = _column(_blocks_of(Said(block.code, look.language), look.language, large, width), "P", centred=True)
    words = _below(block.words, look, width)

    def draw(painter: Painter, x: float, top: float) -> None:
        code.draw(painter, x, top)
        words.draw(painter, x, top - code.height)

    return Piece(code.height + words.height, draw)


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
    section = ("Sect", object())
    inner = [within(one, section) for one in pieces_of(block.blocks, look.inside(padding), width - 2 * padding)]
    height = stack_height(inner) + 2 * padding

    def draw(painter: Painter, x: float, top: float) -> None:
        with painter.artifact():
            painter.canvas.setStrokeGray(0)
            painter.canvas.setLineWidth(1)
            painter.canvas.roundRect(x, top - height, width, height, 6, stroke=1, fill=0)
        draw_stack(painter, inner, x + padding, top - padding)

    return Piece(height, draw, before=5.0 * look.scale, section=True, fall_apart=lambda: tuple(inner))
