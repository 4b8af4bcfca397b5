"""The pages of a print as values: every text in two languages, in blocks that know no measures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Said:
    """A text in a language; `note` is a small line under it (whose words it is)."""

    text: str
    language: str
    note: str = ""


@dataclass(frozen=True)
class Pair:
    """The same in the participant's language and in Dutch."""

    own: Said
    nl: Said


@dataclass(frozen=True)
class Text:
    """A paragraph. `style` is title, heading, part, lead, strong, body, small or phone; the first three lead on."""

    pair: Pair
    style: str = "body"


@dataclass(frozen=True)
class Pictured:
    """A pictogram with texts beside it; `or_else` stands in where there is no drawing of the first name."""

    picture: str
    texts: tuple[Text, ...]
    or_else: str = ""


@dataclass(frozen=True)
class Pictures:
    """Pictograms in a row, each with its words below; `size` is the most a picture takes, in points at scale 1."""

    items: tuple[tuple[str, Pair], ...]
    size: float = 78.0


@dataclass(frozen=True)
class Code:
    """A code that is read from across a table, with words below, in the middle of the paper."""

    code: str
    words: Pair


@dataclass(frozen=True)
class Check:
    """A box before texts: empty (to tick with a pen), yes (a tick) or no (a cross)."""

    texts: tuple[Text, ...]
    state: str = "empty"


@dataclass(frozen=True)
class Rules:
    """Blank lines to write on."""

    count: int


@dataclass(frozen=True)
class Box:
    """Blocks that stand together in a frame and stay on one page."""

    blocks: tuple[Block, ...]


Block = Text | Pictured | Pictures | Code | Check | Rules | Box


@dataclass(frozen=True)
class Sheet:
    """One print: its title, paper (A4, A5, A6), blocks in order, and what stands on every page.

    `pages` gives the blocks page by page; a sheet that does not fit flows on. `roomy` lets the blocks of a page
    spread over its whole height. `footer` is the small line at the foot, `last` the small lines after everything.
    `alts` tells what a picture shows, by its name. `quartered`: the pages are cards of a quarter of A4, to cut out;
    four of them are one side of a sheet, and every second side is the back of the one before. Such a sheet says its
    title and its small lines itself, since what is cut out has no head and no foot.
    """

    kind: str
    language: str
    title: Pair
    pages: tuple[tuple[Block, ...], ...]
    footer: Pair
    banner: Pair | None = None
    qr: str = ""
    paper: str = "A4"
    roomy: bool = False
    last: tuple[Text, ...] = field(default=())
    alts: Mapping[str, Pair] = field(default_factory=dict)
    quartered: bool = False
