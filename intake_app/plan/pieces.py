"""Measured pieces that draw themselves, set over pages: nothing clipped, no heading alone."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace

from intake_app.plan.tagging import Painter

_WORTH_FILLING = 0.45

Draw = Callable[[Painter, float, float], None]
"""Draws with the left edge at x and the upper edge at y (points from below)."""


@dataclass(frozen=True)
class Piece:
    """Something measured, with the space before it. `leads`: stays with what follows; `section`: may get more space
    before it on a roomy page; `fall_apart` gives what it becomes when a page is too small for it.
    """

    height: float
    draw: Draw
    before: float = 4.0
    leads: bool = False
    section: bool = False
    fall_apart: Callable[[], tuple[Piece, ...]] = tuple

    @property
    def parts(self) -> tuple[Piece, ...]:
        """What it falls apart into; made when asked, since most pieces stay whole."""
        return self.fall_apart()


def shifted(piece: Piece, by: float) -> Piece:
    """The same piece, drawn `by` points further to the right."""

    def draw(painter: Painter, x: float, top: float) -> None:
        piece.draw(painter, x + by, top)

    return replace(piece, draw=draw, fall_apart=lambda: tuple(shifted(part, by) for part in piece.parts))


def within(piece: Piece, *groups: tuple[str, Hashable]) -> Piece:
    """The same piece inside structure elements, outermost first; so are all parts it falls apart into."""

    def draw(painter: Painter, x: float, top: float) -> None:
        with ExitStack() as opened:
            for tag, key in groups:
                opened.enter_context(painter.group(tag, key))
            piece.draw(painter, x, top)

    return replace(piece, draw=draw, fall_apart=lambda: tuple(within(part, *groups) for part in piece.parts))


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
