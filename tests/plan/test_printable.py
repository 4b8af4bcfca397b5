"""Hostile text prints harmlessly: it hides nothing, turns nothing around and breaks no page."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake_app.domain.catalogue import Catalogue
from intake_app.domain.plan import OwnWords, PlanDocument, PlanStep
from intake_app.plan.document import KINDS
from intake_app.plan.pdf import render_plan
from intake_app.plan.printable import UNKNOWN, printable
from intake_app.plan.typeset import Style, set_text

pytestmark = pytest.mark.usefixtures("fonts")
Sample = Callable[[str], PlanDocument]
HOSTILE = {
    "markup": "<para><b>x</b>&amp;</para> <a href='javascript:1'>y</a> \\nul %s {name} {0} $1 ${x} (( )) EMC BDC",
    "control characters": "a\x00b\x07c\x1bd\x7fe\x85f\u2028g\rh\ti\x0cj",
    "ten thousand letters": "x" * 10_000,
    "ten thousand Arabic letters": "س" * 10_000,
    "ten thousand words": "werk " * 2_000,
    "a thousand line ends": "\n" * 1_000,
    "emoji": "Ik ben 😀 👩🏽‍🍳 en 🇺🇦 blij ❤️",
    "lone surrogates": "a\ud800b\udfffc",
    "overrides": "\u202egnidael\u202d x \u202b y \u2067 z \u2069\u2069\u2069 slot",
    "marks upon marks": "z" + "\u0301" * 400 + "a" + "\u064b" * 400,
    "outside Unicode's letters": "\ufffe\uffff\U0010ffff\ue000\ufdd0",
    "joiners": "\u200d\u200c\u200d" * 50 + "a\u200d",
    "other scripts": "汉字 हिन्दी ไทย 한국어 ქართული ᚠ",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("language", ["nl", "ar"])
def test_hostile_text_in_every_field_prints_inside_the_page(
    sample: Sample, catalogue: Catalogue, resources: Path, text: str, language: str
) -> None:
    plan = sample("nt1-cleaner")
    short = text[:300]
    hostile = replace(
        plan,
        call_name=short,
        counsellor=short,
        goal=OwnWords(text, "ar" if language == "ar" else "nl", text),
        steps=(PlanStep(OwnWords(short, "en"), "partner", short, None, short), *plan.steps),
        installation=replace(plan.installation, location=short, phone=short[:30]),
    )

    raw = render_plan(hostile, catalogue, language=language, resources=resources)

    document = pdfium.PdfDocument(raw)
    assert 2 <= len(document) <= 60
    for page in document:
        width, height = page.get_size()
        read = page.get_textpage()
        for index in range(read.count_rects()):
            left, bottom, right, top = read.get_rect(index)
            assert left >= 10, text[:20]
            assert right <= width - 10
            assert bottom >= 5
            assert top <= height + 2
    document.close()


@pytest.mark.parametrize("kind", KINDS)
def test_every_print_bears_all_hostile_texts_at_once(
    sample: Sample, catalogue: Catalogue, resources: Path, kind: str
) -> None:
    plan = sample("refugee-cook")
    all_of_it = " ".join(text[:200] for text in HOSTILE.values())
    words = OwnWords(all_of_it, "ar", all_of_it)
    steps = tuple(replace(step, what=words) for step in plan.steps)

    raw = render_plan(
        replace(plan, goal=words, steps=steps, call_name=all_of_it[:500], counsellor=all_of_it[:200]),
        catalogue,
        kind=kind,
        language="ar",
        resources=resources,
    )

    assert raw.startswith(b"%PDF")


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.characters(), max_size=60), st.booleans(), st.sampled_from([30.0, 200.0]))
def test_any_text_at_all_is_set_within_its_column(text: str, rtl: bool, width: float) -> None:
    block = set_text(text, Style(10.0), width, rtl=rtl)

    assert all(0 not in run.ids for line in block.lines for run in line.runs)
    # one letter wider than the column cannot be broken any further
    assert all(line.width <= width * 1.06 or len(line.text) <= 6 for line in block.lines)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.characters(), max_size=60))
def test_what_was_made_fit_for_paper_stays_as_it_is(text: str) -> None:
    fit = printable(text)

    assert printable(fit) == fit
    fit.encode("utf-8")


def test_a_character_that_no_font_has_is_one_visible_sign() -> None:
    assert printable("Ik ben 😀😀 blij") == f"Ik ben {UNKNOWN} blij"
    assert printable("𝐈𝐤 ﬁets") == "Ik ﬁets"


def test_the_sign_that_ends_the_table_of_a_font_is_no_letter_of_it() -> None:
    assert printable("a\uffffb") == f"a{UNKNOWN}b"


def test_a_right_to_left_override_turns_nothing_around() -> None:
    block = set_text("\u202eabc\u202c def", Style(10.0), 400.0, rtl=False)

    assert [line.text for line in block.lines] == ["abc def"]
    assert len(block.lines[0].runs) == 1


def test_isolates_of_a_person_end_where_their_words_end() -> None:
    assert printable("a\u2067b") == "a\u2067b\u2069"
    assert printable("\u2069a") == "a"


def test_texts_of_our_languages_stay_as_they_were() -> None:
    for text in ("Één café – 10 €", "خطتي: «بطاقة»", "می‌خواهم", "Їжа, ґанок", "ኣነ ሰላም እየ።"):
        assert printable(text) == unicodedata.normalize("NFC", text)
