"""Measures the printed plan beside typst: four pages, two languages, 30 pictograms, tagged, warm.

`python3 dev.py bench plan [--runs N] [--markdown]` prints a table. Exit code 1 tells that a print does not hold
what was asked (pages, pictures, tags, words of both languages); a missed speed is said in the table.
"""

from __future__ import annotations

import argparse
import platform
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from statistics import median
from time import perf_counter

import pikepdf
import pypdfium2
import typst

from intake_app.bootstrap import load_reference, prepare
from intake_app.commands.plan import sample_plan
from intake_app.domain.catalogue import Catalogue
from intake_app.i18n.bidi import strip_controls
from intake_app.paths import resource_dir
from intake_app.plan.content import Block, Box, Pair, Pictured, Said, Sheet, Text
from intake_app.plan.document import sheet_for
from intake_app.plan.pdf import render_plan, render_sheet

PAGES = 4
PICTURES = 30
MOST_MS = 250.0
MOST_RATIO = 3.5
MOST_PREVIEW_MS = 150.0
PER_PAGE = (8, 8, 7, 7)


@dataclass(frozen=True)
class Line:
    """A line of the table, in milliseconds."""

    text: str
    ours: float
    peer: float | None = None
    most: float | None = None
    most_ratio: float | None = None

    @property
    def cells(self) -> tuple[str, ...]:
        """As the table shows it."""
        peer = "" if self.peer is None else f"{self.peer:.0f} ms"
        ratio = "" if self.peer is None else f"{self.ours / self.peer:.2f}"
        held = [self.ours <= self.most] if self.most is not None else []
        if self.peer is not None and self.most_ratio is not None:
            held.append(self.ours / self.peer <= self.most_ratio)
        verdict = "-" if not held else "kept" if all(held) else "MISSED"
        return self.text, f"{self.ours:.0f} ms", peer, ratio, verdict


def pairs_of(catalogue: Catalogue) -> list[Pair]:
    """Sentences of real plans in Arabic and Dutch, longest first, without repeats."""
    found: dict[str, Pair] = {}
    for name in ("refugee-cook", "mother-starting", "farm-worker"):
        for page in sheet_for(sample_plan(name), catalogue, kind="plan", language="ar").pages:
            for text in texts_of(page):
                if text.pair.own.language == "ar" and text.pair.own.text.strip():
                    found[text.pair.nl.text] = text.pair
    return sorted(found.values(), key=lambda pair: -len(pair.nl.text))


def texts_of(blocks: tuple[Block, ...]) -> list[Text]:
    """All texts of blocks and of the blocks inside them."""
    found: list[Text] = []
    for block in blocks:
        if isinstance(block, Text):
            found.append(block)
        elif isinstance(block, Box):
            found += texts_of(block.blocks)
        elif isinstance(block, Pictured):
            found += block.texts
    return found


def content(catalogue: Catalogue, turn: int, *, fresh: bool = False) -> Sheet:
    """Four pages. Every turn changes a heading on every page; with `fresh` every single sentence."""
    pairs, pictures = pairs_of(catalogue), sorted((resource_dir("pictograms") / "black").glob("card_*.svg"))[:PICTURES]
    named = Pair(Said(f"خطة رقم {turn}", "ar"), Said(f"Plan nummer {turn}", "nl"))
    pages = []
    place = 0
    for count in PER_PAGE:
        blocks: list[Block] = [Text(named, "heading")]
        for _ in range(count):
            long, short = pairs[place % 12], pairs[12 + place % 12]
            if fresh:
                long, short = _renewed(long, turn * PICTURES + place), _renewed(short, turn * PICTURES + place)
            block = Pictured(pictures[place].stem, (Text(short, "strong"), Text(long)))
            blocks.append(Box((block,)) if place % 3 == 0 else block)
            place += 1
        pages.append(tuple(blocks))
    alts = {one.stem: _described(one.stem, catalogue) for one in pictures}
    return Sheet("plan", "ar", named, tuple(pages), named, alts=alts)


def _described(name: str, catalogue: Catalogue) -> Pair:
    said = Said(catalogue.cards[name.removeprefix("card_")].label_nl, "nl")
    return Pair(said, said)


def _renewed(pair: Pair, number: int) -> Pair:
    """The same sentence with a number in the middle: hardly longer, but no line is as before."""
    halves = []
    for said in (pair.own, pair.nl):
        words = said.text.split(" ")
        middle = len(words) // 2
        halves.append(replace(said, text=" ".join([*words[:middle], str(number), *words[middle:]])))
    return Pair(*halves)


def typst_source(sheet: Sheet) -> bytes:
    """The same content for typst: two columns, pictures with a description, headings, frames."""
    lines = [
        '#set document(title: "Plan")',
        '#set page(paper: "a4", margin: 36pt)',
        '#set text(font: ("Noto Sans", "Noto Sans Arabic"), size: 8pt)',
        '#let ar(it) = text(lang: "ar", dir: rtl, it)',
        '#let nl(it) = text(lang: "nl", it)',
        "#let two(own, dutch) = grid(columns: (42%, 58%), column-gutter: 12pt, nl(dutch), align(right, ar(own)))",
        "#let shown(name, told, body) = grid(columns: (1fr, 34pt), column-gutter: 8pt, body,"
        ' image(name + ".svg", width: 34pt, alt: told))',
    ]
    for number, page in enumerate(sheet.pages):
        if number:
            lines.append("#pagebreak()")
        for block in page:
            lines.append(_typst_block(block))
    return "\n".join(lines).encode()


def _typst_block(block: Block) -> str:
    if isinstance(block, Box):
        return f"#block(stroke: 1pt, inset: 7pt, radius: 6pt)[{''.join(map(_typst_block, block.blocks))}]"
    if isinstance(block, Pictured):
        told = _quoted(block.texts[0].pair.own.text)
        inner = "".join(f"#two({_quoted(t.pair.own.text)}, {_quoted(t.pair.nl.text)})" for t in block.texts)
        return f'#shown("{block.picture}", {told})[{inner}]'
    assert isinstance(block, Text)
    return f"#heading(level: 1, two({_quoted(block.pair.own.text)}, {_quoted(block.pair.nl.text)}))"


def _quoted(text: str) -> str:
    text = strip_controls(text).replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{text}"'


def problems(raw: bytes, sheet: Sheet) -> list[str]:
    """What a print of the content lacks."""
    found = []
    with pikepdf.open(BytesIO(raw)) as pdf:
        if len(pdf.pages) != PAGES:
            found.append(f"{len(pdf.pages)} pages")
        if "/StructTreeRoot" not in pdf.Root or not bool(pdf.Root.MarkInfo.Marked):
            found.append("not tagged")
        figures = sum(str(one.get("/S", "")) == "/Figure" for one in pdf.objects if isinstance(one, pikepdf.Dictionary))
        if figures < PICTURES:
            found.append(f"{figures} figures")
    document = pypdfium2.PdfDocument(raw)
    words = " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
    document.close()
    if not all(word in words for word in sheet.title.nl.text.split()):
        found.append("Dutch words")
    return found


def timed(work: Callable[[], bytes]) -> tuple[float, bytes]:
    """Milliseconds and what was made."""
    begun = perf_counter()
    raw = work()
    return (perf_counter() - begun) * 1000, raw


def side_by_side(catalogue: Catalogue, runs: int, folder: Path) -> tuple[list[Line], list[str]]:
    """Both make the same new content in turns, after three turns to warm up."""
    for picture in (resource_dir("pictograms") / "black").glob("card_*.svg"):
        (folder / picture.name).write_bytes(picture.read_bytes())
    first = folder / "plan.typ"
    first.write_bytes(typst_source(content(catalogue, 0)))
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[resource_dir("fonts")])
    compiler = typst.Compiler(first, root=folder, font_paths=fonts)
    wrong: list[str] = []
    ours: dict[bool, list[float]] = {False: [], True: []}
    theirs: dict[bool, list[float]] = {False: [], True: []}
    for turn in range(2 * runs + 4):
        fresh = bool(turn % 2)
        sheet = content(catalogue, turn, fresh=fresh)
        source = typst_source(sheet)
        peer_ms, peer = timed(lambda source=source: _compiled(compiler, first, source))
        our_ms, raw = timed(lambda sheet=sheet: render_sheet(sheet, resource_dir()))
        wrong += [f"ours: {one}" for one in problems(raw, sheet)] + [f"typst: {one}" for one in problems(peer, sheet)]
        if turn >= 4:
            ours[fresh].append(our_ms)
            theirs[fresh].append(peer_ms)
    what = "four pages, two languages, 30 pictograms, warm"
    limits = (MOST_MS, MOST_RATIO)
    lines = [
        Line(f"{what}: another person's plan, median", median(ours[True]), median(theirs[True]), *limits),
        Line("the same, fastest", min(ours[True]), min(theirs[True])),
        Line(f"{what}: headings changed, median (only told)", median(ours[False]), median(theirs[False])),
        Line("the same, fastest", min(ours[False]), min(theirs[False])),
    ]
    return lines, wrong


def _compiled(compiler: typst.Compiler, place: Path, source: bytes) -> bytes:
    place.write_bytes(source)
    made = compiler.compile(format="pdf", pdf_standards="ua-1")
    assert isinstance(made, bytes)
    return made


def previews(catalogue: Catalogue, runs: int) -> Line:
    """From a changed plan to the picture of its first page, as the window shows it."""
    plan = sample_plan("refugee-cook")
    taken = []
    for turn in range(runs + 3):
        changed = replace(
            plan, steps=(replace(plan.steps[0], done_when=f"Ik heb {turn} keer gebeld."), *plan.steps[1:])
        )

        def shown(changed: object = changed) -> bytes:
            raw = render_plan(changed, catalogue, language="ar", resources=resource_dir())  # type: ignore[arg-type]  # a plan
            document = pypdfium2.PdfDocument(raw)
            bitmap = document[0].render(scale=1.2, prefer_bgrx=True)
            picture = bytes(bitmap.buffer)
            document.close()
            return picture

        milliseconds, _ = timed(shown)
        if turn >= 3:
            taken.append(milliseconds)
    return Line("from a change to the picture of the first page, median", median(taken), most=MOST_PREVIEW_MS)


def main() -> int:
    """Measure, print the table; 1 when a print lacks something."""
    parser = argparse.ArgumentParser(prog="plan", description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--markdown", action="store_true")
    chosen = parser.parse_args()
    prepare()
    catalogue = load_reference()
    with tempfile.TemporaryDirectory() as folder:
        lines, wrong = side_by_side(catalogue, chosen.runs, Path(folder))
    lines.append(previews(catalogue, chosen.runs))
    head = ("promise", "ours", f"typst {typst.__version__}", "ratio", "verdict")
    rows = [head, *(line.cells for line in lines)]
    if chosen.markdown:
        rows.insert(1, ("---",) * 5)
        print("\n".join(f"| {' | '.join(cells)} |" for cells in rows))
    else:
        widths = [max(len(cells[i]) for cells in rows) for i in range(5)]
        print(
            "\n".join("  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)) for cells in rows)
        )
        print(f"\n{chosen.runs} runs in turns, Python {platform.python_version()}")
    for problem in sorted(set(wrong)):
        print(f"BROKEN: {problem}")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
