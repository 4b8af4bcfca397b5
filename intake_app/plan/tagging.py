"""A tagged PDF for screen readers: marks while drawing, then the structure tree (ISO 32000-1, 14.7 and 14.8)."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from xml.sax.saxutils import escape

import pikepdf
from reportlab.pdfgen.canvas import Canvas

_PDF_VERSION = "1.7"
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language></rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
"""What the file says of itself (ISO 16684-1); no name of a person."""


@dataclass
class Node:
    """One structure element: its tag, language, text (or description of a figure), children, or marks on pages.

    `bounds` is what a figure covers, in points: left, bottom, right, top. `header` is the scope of a table header.
    """

    tag: str
    language: str = ""
    text: str = ""
    kids: list[Node] = field(default_factory=list)
    marks: list[tuple[int, int]] = field(default_factory=list)
    bounds: tuple[float, float, float, float] | None = None
    header: str = ""


class Painter:
    """A canvas that remembers what it draws: everything is either tagged content or an artifact.

    Elements have keys: what is drawn under the same key again, on the next page perhaps, continues that element.
    """

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.root = Node("Document")
        self.page = 0
        self._next = 0
        self._open = [self.root]
        self._known: dict[Hashable, Node] = {}

    @contextmanager
    def group(self, tag: str, key: Hashable, *, header: str = "") -> Iterator[None]:
        """An element that holds others: a list, an item, a section, a row."""
        self._open.append(self._node(key, Node(tag, header=header)))
        yield
        self._open.pop()

    @contextmanager
    def tagged(
        self, tag: str, language: str, text: str, key: Hashable = None, bounds: tuple[float, ...] | None = None
    ) -> Iterator[None]:
        """Content that is read aloud as `text` in `language`."""
        node = self._node(key, Node(tag, language, text))
        if bounds is not None:
            left, bottom, right, top = bounds
            node.bounds = (left, bottom, right, top)
        node.marks.append((self.page, self._next))
        self.canvas.addLiteral(f"/{tag} <</MCID {self._next}>> BDC")
        self._next += 1
        yield
        self.canvas.addLiteral("EMC")

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """Lines and frames, and the foot of the page."""
        self.canvas.addLiteral("/Artifact BMC")
        yield
        self.canvas.addLiteral("EMC")

    def next_page(self) -> None:
        """End the page."""
        self.canvas.showPage()
        self.page += 1
        self._next = 0

    def _node(self, key: Hashable, fresh: Node) -> Node:
        known = self._known.get(key) if key is not None else None
        if known is not None:
            return known
        self._open[-1].kids.append(fresh)
        if key is not None:
            self._known[key] = fresh
        return fresh


def tagged_pdf(raw: bytes, document: Node, *, language: str, title: str) -> bytes:
    """The PDF with the structure tree of `document`, in the order of drawing."""
    with pikepdf.open(BytesIO(raw)) as pdf:
        root = pdf.Root
        tree = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot))
        owners: dict[tuple[int, int], pikepdf.Object] = {}
        tree.K = pikepdf.Array([_element(pdf, tree, document, owners)])
        tree.ParentTree = pdf.make_indirect(_parent_tree(pdf, owners))
        tree.ParentTreeNextKey = len(pdf.pages)
        root.StructTreeRoot = tree
        root.MarkInfo = pikepdf.Dictionary(Marked=True)
        root.Lang = pikepdf.String(language)
        root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        root.Metadata = pdf.make_stream(_XMP.format(title=escape(title), language=language).encode())
        root.Metadata.Type = pikepdf.Name.Metadata
        root.Metadata.Subtype = pikepdf.Name.XML
        out = BytesIO()
        pdf.save(out, deterministic_id=True, min_version=_PDF_VERSION)
    return out.getvalue()


def _element(
    pdf: pikepdf.Pdf, parent: pikepdf.Object, node: Node, owners: dict[tuple[int, int], pikepdf.Object]
) -> pikepdf.Object:
    element = pdf.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name("/" + node.tag), P=parent)
    )
    if node.language:
        element.Lang = pikepdf.String(node.language)
    if node.text:
        element[pikepdf.Name.Alt if node.tag == "Figure" else pikepdf.Name.ActualText] = pikepdf.String(node.text)
    if node.bounds is not None:
        box = pikepdf.Array([round(edge, 2) for edge in node.bounds])
        element.A = pikepdf.Dictionary(O=pikepdf.Name.Layout, BBox=box)
    if node.header:
        element.A = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name("/" + node.header))
    kids: list[object] = [_element(pdf, element, kid, owners) for kid in node.kids]
    for page, mcid in node.marks:
        owners[page, mcid] = element
        kids.append(pikepdf.Dictionary(Type=pikepdf.Name.MCR, Pg=pdf.pages[page].obj, MCID=mcid))
    element.K = pikepdf.Array(kids)
    return element


def _parent_tree(pdf: pikepdf.Pdf, owners: dict[tuple[int, int], pikepdf.Object]) -> pikepdf.Dictionary:
    numbers: list[object] = []
    for index, page in enumerate(pdf.pages):
        page.obj.StructParents = index
        page.obj.Tabs = pikepdf.Name.S
        own = [owners[place] for place in sorted(owners) if place[0] == index]
        numbers += [index, pdf.make_indirect(pikepdf.Array(own))]
    return pikepdf.Dictionary(Nums=pikepdf.Array(numbers))
