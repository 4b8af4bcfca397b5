"""What a sheet says, block by block, and what can be read back from its PDF."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf

from intake_app.i18n.bidi import strip_controls
from intake_app.plan.content import Block, Box, Check, Code, Pair, Pictured, Pictures, Rules, Said, Sheet, Text

HEADINGS = {"title": "H1", "heading": "H2", "part": "H2", "item": "H3"}
PICTOGRAMS = Path(__file__).parents[2] / "resources" / "pictograms" / "black"
TICKS = {"empty": "☐", "yes": "☑", "no": "☒"}
_DIRECTION_MARKS = "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@dataclass
class Element:
    """A structure element as read back: tag, language, text (or description), children."""

    tag: str
    language: str = ""
    text: str = ""
    kids: list[Element] = field(default_factory=list)
    marks: int = 0


def read_tree(raw: bytes) -> Element:
    """The structure tree below its root."""
    with pikepdf.open(BytesIO(raw)) as pdf:
        (document,) = pdf.Root.StructTreeRoot.K
        return _read(document)


def _read(node: Any) -> Element:
    text = node.get("/Alt") if str(node.S) == "/Figure" else node.get("/ActualText")
    found = Element(str(node.S)[1:], str(node.get("/Lang", "")), str(text or ""))
    for kid in node.K:
        if str(kid.get("/Type")) == "/MCR":
            found.marks += 1
        else:
            found.kids.append(_read(kid))
    return found


def walk(element: Element) -> Iterator[Element]:
    """An element and everything below it, in reading order."""
    yield element
    for kid in element.kids:
        yield from walk(kid)


def said_by(sheet: Sheet) -> list[Element]:
    """What the tree of a sheet must hold below the document, made from the sheet alone."""
    found: list[Element] = []
    if sheet.banner is not None:
        found += _text(Text(sheet.banner), sheet)
    if sheet.qr:
        found.append(Element("Figure", "nl", f"QR {sheet.qr}"))
    if not sheet.quartered:
        found += _text(Text(sheet.title, "title"), sheet)
    for page in sheet.pages:
        found += _blocks(page, sheet)
    return found + _blocks(sheet.last, sheet)


def _blocks(blocks: Iterable[Block], sheet: Sheet) -> list[Element]:
    found: list[Element] = []
    listing: Element | None = None
    for block in blocks:
        inner = _block(block, sheet)
        if isinstance(block, Check):
            if listing is None:
                listing = Element("L")
                found.append(listing)
            listing.kids.append(Element("LI", kids=inner))
            continue
        listing = None
        found += inner
    return found


def _block(block: Block, sheet: Sheet) -> list[Element]:
    match block:
        case Text():
            return _text(block, sheet)
        case Rules():
            return []
        case Box():
            return [Element("Sect", kids=_blocks(block.blocks, sheet))]
        case Pictured():
            figure = _figure(sheet, block, " ".join(text.pair.own.text for text in block.texts))
            return [*figure, *_texts(block.texts, sheet)]
        case Check():
            tick = Element("Lbl", block.texts[0].pair.own.language, TICKS[block.state])
            return [tick, *_texts(block.texts, sheet)]
        case Code():
            code = Element("P", sheet.language, _plain(block.code))
            return [code, *(Element("P", said.language, _plain(said.text)) for said in _said(block.words, sheet))]
        case Pictures():
            found = []
            for name, pair in block.items:
                found += _figure(sheet, Pictured(name, ()), pair.own.text)
                found += [Element("P", said.language, _plain(said.text)) for said in _said(pair, sheet)]
            return found


def _figure(sheet: Sheet, block: Pictured, beside: str) -> list[Element]:
    """A picture is described unless the words beside it say the same; then it is decoration."""
    drawn = (PICTOGRAMS / f"{block.picture}.svg").is_file()
    alt = sheet.alts.get(block.picture if drawn else block.or_else)
    if alt is None or _plain(alt.own.text).casefold() in _plain(beside).casefold():
        return []
    return [Element("Figure", alt.own.language, _plain(alt.own.text))]


def _texts(texts: Iterable[Text], sheet: Sheet) -> list[Element]:
    return [element for text in texts for element in _text(text, sheet)]


def _text(text: Text, sheet: Sheet) -> list[Element]:
    heading = HEADINGS.get(text.style)
    said = [Said(text.pair.nl.text, sheet.language)] if text.style == "phone" else _said(text.pair, sheet)
    if (sheet.kind == "large" or sheet.paper == "A6") and text.pair.own.text == text.pair.nl.text:
        said = said[:1]
    spans = []
    for one, half in zip(said, (sheet.language, "nl"), strict=False):
        spans.append(Element("Span" if heading else "P", one.language, _plain(one.text)))
        if one.note:
            spans.append(Element("Span" if heading else "P", half, _plain(one.note)))
    return [Element(heading, kids=spans)] if heading else spans


def _said(pair: Pair, sheet: Sheet) -> list[Said]:
    return [pair.nl] if sheet.language == "nl" else [pair.own, pair.nl]


def _plain(text: str) -> str:
    return strip_controls(text)


def shape_of(elements: Iterable[Element]) -> list[Any]:
    """Elements as nested lists that compare and print well."""
    return [(one.tag, one.language, one.text, shape_of(one.kids)) for one in elements]


def poppler_text(raw: bytes, folder: Path, *options: str) -> str:
    """What pdftotext reads, in NFKC, without marks of direction."""
    file = folder / "read.pdf"
    file.write_bytes(raw)
    read = subprocess.run(["pdftotext", *options, str(file), "-"], capture_output=True, check=True).stdout.decode()
    return normal(read)


def normal(text: str) -> str:
    """NFKC without white space, marks of direction and joiners: what is left are the letters in their order."""
    text = unicodedata.normalize("NFKC", text)
    return re.sub(r"\s+", "", "".join(c for c in text if c not in _DIRECTION_MARKS and c not in "\u200c\u200d"))
