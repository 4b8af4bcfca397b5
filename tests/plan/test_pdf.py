"""The prints on paper: they fit, they can be read back, and screen readers find their way."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest

from intake_app.domain.catalogue import Catalogue
from intake_app.domain.plan import OwnWords, PlanDocument
from intake_app.errors import FileMissing
from intake_app.plan.document import KINDS
from intake_app.plan.pdf import render_plan

from .reading import read_tree, walk

Sample = Callable[[str], PlanDocument]
Render = Callable[..., bytes]
NAMES = ("refugee-cook", "farm-worker", "nt1-cleaner")
DUTCH_GOAL = "Ik wil in een keuken werken en beter Nederlands praten."
ARABIC_GOAL = "أريد أن أعمل في مطبخ وأن أتكلم الهولندية بشكل أفضل."


@pytest.fixture(scope="module")
def render(sample: Sample, catalogue: Catalogue, resources: Path) -> Render:
    def make(name: str, language: str, kind: str = "plan", **changes: object) -> bytes:
        document = replace(sample(name), **changes)  # type: ignore[arg-type]  # changes by field name
        return render_plan(document, catalogue, kind=kind, language=language, resources=resources)

    return make


@pytest.fixture(scope="module")
def cook(render: Render) -> bytes:
    return render("refugee-cook", "ar")


def page_texts(raw: bytes) -> list[str]:
    document = pdfium.PdfDocument(raw)
    texts = [unicodedata.normalize("NFKC", page.get_textpage().get_text_range()) for page in document]
    document.close()
    return texts


def marks(raw: bytes) -> list[tuple[str, str, str]]:
    """Tag, language and text of every structure element in reading order."""
    return [(f"/{one.tag}", one.language, one.text) for one in walk(read_tree(raw))]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["nl", "en", "ar"])
def test_a_plan_is_two_pages(render: Render, name: str, language: str) -> None:
    with pikepdf.open(BytesIO(render(name, language))) as pdf:
        assert len(pdf.pages) == 2


def test_the_goal_is_read_back_in_both_languages_in_the_order_of_speech(cook: bytes) -> None:
    words = " ".join(page_texts(cook)[1].split())

    assert DUTCH_GOAL in words
    # pdfium turns right-to-left lines around itself, as long as no Dutch stands on the same baseline
    assert ARABIC_GOAL in words


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs pdftotext of Poppler")
def test_poppler_reads_arabic_back_in_the_order_of_speech(cook: bytes, tmp_path: Path) -> None:
    file = tmp_path / "plan.pdf"
    file.write_bytes(cook)

    read = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, check=True).stdout.decode()

    text = unicodedata.normalize("NFKC", read)
    text = " ".join("".join(char for char in text if char not in "\u202a\u202b\u202c").split())
    assert "أريد أن أعمل في مطبخ وأن أتكلم الهولندية بشكل" in text
    for sentence in ("خطوتي الأولى", "اتجاهات مناسبة", "العمل واللغة أو الحاسوب", DUTCH_GOAL):
        assert sentence in text


def test_a_screen_reader_gets_every_text_whole_and_in_its_language(cook: bytes) -> None:
    found = marks(cook)

    assert ("/P", "ar", ARABIC_GOAL) in found
    assert ("/P", "nl", DUTCH_GOAL) in found
    assert found.index(("/P", "ar", ARABIC_GOAL)) + 1 == found.index(("/P", "nl", DUTCH_GOAL))
    assert ("/Figure", "nl", "QR 4711-2085-1") in found
    assert [tag for tag, _, _ in found].count("/H1") == 1


def test_the_pdf_is_tagged_and_names_its_language_but_no_person(cook: bytes) -> None:
    with pikepdf.open(BytesIO(cook)) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang) == "ar"
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"].startswith("Plan 4711-2085-1")
            assert "Amina" not in str(metadata)


def test_everything_drawn_is_content_or_artifact(cook: bytes) -> None:
    with pikepdf.open(BytesIO(cook)) as pdf:
        for page in pdf.pages:
            depth = 0
            for instruction in pikepdf.parse_content_stream(page):
                operator = str(instruction.operator)
                depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(operator, 0)
                if operator in ("Tj", "TJ", "S", "f", "B", "b*", "f*", "B*"):
                    assert depth == 1, operator
            assert depth == 0


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("name", "language"), [("refugee-cook", "ar"), ("nt1-cleaner", "nl"), ("farm-worker", "en")])
def test_nothing_stands_outside_the_margins(render: Render, kind: str, name: str, language: str) -> None:
    document = pdfium.PdfDocument(render(name, language, kind))
    for page in document:
        width, height = page.get_size()
        text = page.get_textpage()
        for index in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(index)
            assert left >= 18
            assert right <= width - 18
            assert bottom >= 12
            assert top <= height - 12
    document.close()


@pytest.mark.parametrize("kind", KINDS)
def test_no_two_texts_lie_over_each_other(render: Render, kind: str) -> None:
    document = pdfium.PdfDocument(render("refugee-cook", "en", kind))
    for page in document:
        text = page.get_textpage()
        boxes = [text.get_rect(index) for index in range(text.count_rects())]
        for place, first in enumerate(boxes):
            for second in boxes[place + 1 :]:
                across = min(first[2], second[2]) - max(first[0], second[0])
                upward = min(first[3], second[3]) - max(first[1], second[1])
                assert across <= 1.5 or upward <= 4
    document.close()


@pytest.mark.parametrize("kind", KINDS)
def test_no_meaning_is_carried_by_colour(render: Render, kind: str) -> None:
    with pikepdf.open(BytesIO(render("refugee-cook", "ar", kind))) as pdf:
        drawn = [instruction for page in pdf.pages for instruction in pikepdf.parse_content_stream(page)]
    painted = [one for one in drawn if str(one.operator) in {"rg", "RG", "k", "K", "sc", "SC", "scn", "SCN"}]

    assert len(drawn) > 100
    assert {str(one.operator) for one in painted} <= {"rg", "RG"}
    assert [one for one in painted if len({float(part) for part in one.operands}) != 1] == [], "grey only"


def test_the_same_plan_gives_the_same_bytes(render: Render, cook: bytes) -> None:
    render("farm-worker", "en")

    assert render("refugee-cook", "ar") == cook


def test_a_long_plan_flows_on_and_loses_nothing(render: Render) -> None:
    long = OwnWords(" ".join(f"woord{number}" for number in range(1500)), "nl")

    raw = render("nt1-cleaner", "nl", goal=long)

    words = set(" ".join(page_texts(raw)).split())
    assert {f"woord{number}" for number in range(1500)} <= words


def test_a_long_plan_in_two_languages_flows_on_and_loses_nothing(render: Render) -> None:
    long = OwnWords(" ".join(f"word{n}" for n in range(900)), "en", " ".join(f"woord{n}" for n in range(900)))

    words = set(" ".join(page_texts(render("nt1-cleaner", "en", goal=long))).split())

    assert {f"word{n}" for n in range(900)} | {f"woord{n}" for n in range(900)} <= words


def test_large_print_is_eighteen_points(render: Render) -> None:
    with pikepdf.open(BytesIO(render("refugee-cook", "en", "large"))) as pdf:
        sizes = {
            float(instruction.operands[1])
            for page in pdf.pages
            for instruction in pikepdf.parse_content_stream(page)
            if str(instruction.operator) == "Tf"
        }

    assert any(abs(size - 18) < 0.01 for size in sizes)
    assert max(sizes) > 24


@pytest.mark.parametrize("language", ["ti", "uk", "pl", "tr", "fa", "ps", "so", "ru", "bg", "ro", "fr"])
def test_every_language_of_the_list_can_be_printed(render: Render, language: str) -> None:
    assert len(page_texts(render("refugee-cook", language))) >= 2


def test_a_character_nobody_can_print_leaves_a_sign_and_stops_nothing(render: Render) -> None:
    raw = render("nt1-cleaner", "nl", goal=OwnWords("Ik wil 😀 werken", "nl"))

    assert "Ik wil \ufffd werken" in " ".join(" ".join(page_texts(raw)).split())


def test_absent_fonts_are_named(sample: Sample, catalogue: Catalogue, tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        render_plan(sample("nt1-cleaner"), catalogue, language="nl", resources=tmp_path)


def word_edges(raw: bytes, page: int, words: tuple[str, ...]) -> list[float]:
    """The left edge of each text on a page, in points."""
    document = pdfium.PdfDocument(raw)
    text = document[page].get_textpage()
    edges = []
    for word in words:
        found = text.search(word, match_case=True).get_next()
        assert found is not None, word
        edges.append(text.get_charbox(found[0])[0])
    document.close()
    return edges


def test_dutch_stands_in_one_column_down_the_page(render: Render) -> None:
    edges = word_edges(
        render("farm-worker", "en"),
        1,
        ("Mijn doel", "Mijn vraag", "Medewerker veehouderij", "Mijn stappen", "Voor din"),
    )

    assert max(edges) - min(edges) < 2.0


def test_own_words_in_dutch_stand_once_in_large_letters(render: Render) -> None:
    said = [text for tag, _, text in marks(render("farm-worker", "ar", "large")) if tag == "/P"]

    assert sum("Ik wil met machines werken" in text for text in said) == 1


def test_the_appointment_keeps_together_in_large_letters(render: Render) -> None:
    texts = page_texts(render("farm-worker", "ar", "large"))

    heading = next(text for text in texts if "Onze afspraak" in text)
    assert "donderdag 3 december 2026" in heading
