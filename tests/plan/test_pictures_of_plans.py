"""The prints look as they did when they were looked at: small pictures of pages, compared as an eye would.

After a change that is meant: `python3 -m tests.plan.test_pictures_of_plans` writes the pictures anew; look at them.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageFilter

from intake_app.bootstrap import load_reference, prepare
from intake_app.commands.plan import sample_names, sample_plan
from intake_app.domain.catalogue import Catalogue
from intake_app.paths import resource_dir
from intake_app.plan.pdf import render_plan

GOLDEN = Path(__file__).parent / "golden"
WIDTH = 200
PAGES = [
    *((name, "plan", 0) for name in sample_names()),
    ("refugee-cook", "plan", 1),
    ("displaced-bookkeeper", "plan", 1),
    ("warehouse-shifts", "plan", 1),
    ("refugee-cook", "data", 0),
    ("refugee-cook", "referral", 0),
    ("displaced-bookkeeper", "appointment", 0),
    ("mother-starting", "large", 0),
]
MEAN_DIFFERENCE = 4.5
"""Of 255, over the whole page, after a blur: another wording moves it less, a lost block more."""
WORST_PATCH = 30.0
"""Of 255, for the worst patch of an eighth of the width."""


def picture(name: str, kind: str, page: int, catalogue: Catalogue) -> Image.Image:
    document = sample_plan(name)
    raw = render_plan(document, catalogue, kind=kind, language=document.language, resources=resource_dir())
    pdf = pypdfium2.PdfDocument(raw)
    try:
        one = pdf[page]
        return one.render(scale=WIDTH / one.get_width(), grayscale=True).to_pil().convert("L")
    finally:
        pdf.close()


def golden_of(name: str, kind: str, page: int) -> Path:
    return GOLDEN / f"{name}-{kind}-{page + 1}.png"


def difference(left: Image.Image, right: Image.Image) -> tuple[float, float]:
    """Mean and worst patch of what differs between two pages as seen from a distance."""
    blurred = [image.filter(ImageFilter.GaussianBlur(2)) for image in (left, right)]
    apart = ImageChops.difference(*blurred)
    small = apart.resize((8, 11), Image.Resampling.BOX)
    values = list(small.tobytes())
    return sum(values) / len(values), float(max(values))


@pytest.mark.parametrize(("name", "kind", "page"), PAGES)
def test_a_page_looks_as_it_did_when_it_was_looked_at(name: str, kind: str, page: int, catalogue: Catalogue) -> None:
    with Image.open(golden_of(name, kind, page)) as kept:
        mean, worst = difference(picture(name, kind, page, catalogue), kept.convert("L"))

    assert mean <= MEAN_DIFFERENCE
    assert worst <= WORST_PATCH


def test_a_lost_block_would_be_seen(catalogue: Catalogue) -> None:
    whole = picture("refugee-cook", "plan", 0, catalogue)
    lost = whole.copy()
    lost.paste(255, (0, whole.height // 4, whole.width, whole.height // 2))

    mean, worst = difference(whole, lost)

    assert mean > MEAN_DIFFERENCE or worst > WORST_PATCH


def test_the_plan_of_somebody_else_would_be_seen(catalogue: Catalogue) -> None:
    mean, worst = difference(
        picture("refugee-cook", "plan", 0, catalogue), picture("nt1-cleaner", "plan", 0, catalogue)
    )

    assert mean > MEAN_DIFFERENCE or worst > WORST_PATCH


def main() -> int:
    prepare()
    GOLDEN.mkdir(exist_ok=True)
    for name, kind, page in PAGES:
        small = picture(name, kind, page, load_reference()).quantize(8)
        small.save(golden_of(name, kind, page), optimize=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
