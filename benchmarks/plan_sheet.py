"""Contact sheets: every sample plan with every companion as small pictures, to look at; PNG files.

`python3 dev.py bench plan_sheet [--out DIR] [--lang L] [--kinds plan,large] [--samples NAME,NAME] [--size WIDTH]`
"""

from __future__ import annotations

import argparse
from pathlib import Path

import pypdfium2
from PIL import Image

from intake_app.bootstrap import load_reference, prepare
from intake_app.commands.plan import sample_names, sample_plan
from intake_app.domain.catalogue import Catalogue
from intake_app.paths import resource_dir
from intake_app.plan.document import KINDS
from intake_app.plan.pdf import render_plan

GAP = 8
GROUND = 150


def pages_of(raw: bytes, width: int) -> list[Image.Image]:
    """Every page of a PDF as a grey picture; an A4 page is `width` pixels wide, smaller paper smaller."""
    scale = width / 595.0
    document = pypdfium2.PdfDocument(raw)
    try:
        return [page.render(scale=scale, grayscale=True).to_pil().convert("L") for page in document]
    finally:
        document.close()


def put_together(rows: list[list[Image.Image]]) -> Image.Image:
    """Rows of pictures on one grey ground."""
    width = max(sum(page.width + GAP for page in row) for row in rows) + GAP
    height = sum(max(page.height for page in row) + GAP for row in rows) + GAP
    sheet = Image.new("L", (width, height), GROUND)
    top = GAP
    for row in rows:
        left = GAP
        for page in row:
            sheet.paste(page, (left, top))
            left += page.width + GAP
        top += max(page.height for page in row) + GAP
    return sheet


def prints(name: str, kinds: list[str], language: str, catalogue: Catalogue, width: int) -> list[Image.Image]:
    """The pages of one sample in the order of kinds; `language` empty is the sample's own."""
    document = sample_plan(name)
    code = language or document.language
    pages = []
    for kind in kinds:
        raw = render_plan(document, catalogue, kind=kind, language=code, resources=resource_dir())
        pages += pages_of(raw, width)
    return pages


def main() -> int:
    """Write one sheet per sample and one of the plans alone; say where."""
    parser = argparse.ArgumentParser(prog="plan_sheet", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("out") / "plan_sheets")
    parser.add_argument("--lang", default="")
    parser.add_argument("--kinds", default=",".join(KINDS))
    parser.add_argument("--samples", default="")
    parser.add_argument("--size", type=int, default=340, help="width of an A4 page in pixels")
    chosen = parser.parse_args()
    prepare()
    catalogue = load_reference()
    chosen.out.mkdir(parents=True, exist_ok=True)
    names = chosen.samples.split(",") if chosen.samples else sample_names()
    every = []
    for name in names:
        pages = prints(name, chosen.kinds.split(","), chosen.lang, catalogue, chosen.size)
        rows = [pages[start : start + 8] for start in range(0, len(pages), 8)]
        put_together(rows).save(chosen.out / f"{name}.png", optimize=True)
        every.append(prints(name, ["plan"], chosen.lang, catalogue, chosen.size))
        print(f"{chosen.out / name}.png  {len(pages)} pages")
    put_together([every[i] + every[i + 1] if i + 1 < len(every) else every[i] for i in range(0, len(every), 2)]).save(
        chosen.out / "all-plans.png", optimize=True
    )
    print(f"{chosen.out / 'all-plans.png'}  {len(names)} plans")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
