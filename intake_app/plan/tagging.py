"""A tagged PDF for screen readers: marks while drawing, then the structure tree (ISO 32000-1, 14.7 and 14.8)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO

import pikepdf
from reportlab.pdfgen.canvas import Canvas


@dataclass(frozen=True)
class Mark:
    """One marked piece of a page: its tag (H1, H2, P, Figure), language and text or description."""

    page: int
    mcid: int
    tag: str
    language: str
    text: str


class Painter:
    """A canvas that remembers what it draws: everything is either tagged content or an artifact."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.marks: list[Mark] = []
        self.page = 0
        self._next = 0

    @contextmanager
    def tagged(self, tag: str, language: str, text: str) -> Iterator[None]:
        """Content that is read aloud as `text` in `language`."""
        self.marks.append(Mark(self.page, self._next, tag, language, text))
        self.canvas.addLiteral(f"/{tag} <</MCID {self._next}>> BDC")
        self._next += 1
        yield
        self.canvas.addLiteral("EMC")

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """Lines, pictures that only repeat the words beside them, and the foot of the page."""
        self.canvas.addLiteral("/Artifact BMC")
        yield
        self.canvas.addLiteral("EMC")

    def next_page(self) -> None:
        """End the page."""
        self.canvas.showPage()
        self.page += 1
        self._next = 0


def tagged_pdf(raw: bytes, marks: list[Mark], *, language: str, title: str) -> bytes:
    """The PDF with a structure tree made of the marks, in the order of drawing."""
    with pikepdf.open(BytesIO(raw)) as pdf:
        root = pdf.Root
        tree = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot))
        body = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.Document, P=tree))
        elements = [_element(pdf, body, mark) for mark in marks]
        body.K = pikepdf.Array(elements)
        tree.K = pikepdf.Array([body])
        tree.ParentTree = pdf.make_indirect(_parent_tree(pdf, marks, elements))
        tree.ParentTreeNextKey = len(pdf.pages)
        root.StructTreeRoot = tree
        root.MarkInfo = pikepdf.Dictionary(Marked=True)
        root.Lang = pikepdf.String(language)
        root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
            metadata["dc:title"] = title
            metadata["dc:language"] = [language]
            metadata["pdfuaid:part"] = "1"
        out = BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _element(pdf: pikepdf.Pdf, parent: pikepdf.Object, mark: Mark) -> pikepdf.Object:
    element = pikepdf.Dictionary(
        Type=pikepdf.Name.StructElem,
        S=pikepdf.Name("/" + mark.tag),
        P=parent,
        Pg=pdf.pages[mark.page].obj,
        K=mark.mcid,
        Lang=pikepdf.String(mark.language),
    )
    element[pikepdf.Name.Alt if mark.tag == "Figure" else pikepdf.Name.ActualText] = pikepdf.String(mark.text)
    return pdf.make_indirect(element)


def _parent_tree(pdf: pikepdf.Pdf, marks: list[Mark], elements: list[pikepdf.Object]) -> pikepdf.Dictionary:
    numbers: list[object] = []
    for index, page in enumerate(pdf.pages):
        page.obj.StructParents = index
        page.obj.Tabs = pikepdf.Name.S
        own = [element for mark, element in zip(marks, elements, strict=True) if mark.page == index]
        numbers += [index, pdf.make_indirect(pikepdf.Array(own))]
    return pikepdf.Dictionary(Nums=pikepdf.Array(numbers))
