"""Words are divided where their spelling allows it, only when they must be, and copy out whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake_app.plan.content import Pair, Said, Sheet, Text
from intake_app.plan.hyphenation import _patterns, places
from intake_app.plan.pdf import render_sheet
from intake_app.plan.typeset import Style, forget_texts, set_text, text_width

from .reading import poppler_text

pytestmark = pytest.mark.usefixtures("fonts")
STYLE = Style(11)
LONG = "Arbeidsongeschiktheidsverzekering"


def divided(word: str, language: str) -> str:
    for place in reversed(places(word, language)):
        word = f"{word[:place]}-{word[place:]}"
    return word


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", "schuld-hulp-ver-le-ning ver-ant-woor-de-lijk-heids-ge-voel ge-meente"),
        ("en", "in-ter-na-tion-al-isa-tion"),
        ("pl", "od-po-wie-dzial-ność"),
        ("uk", "від-по-ві-даль-ність ку-ку-рудза дзво-ник буль-йон йо-гурт бур'-ян знан-ня ходжу"),
        ("fr", "ac-com-pa-gne-ment res-pon-sa-bi-lité"),
        ("bg", "от-го-вор-ност ра-бо-то-да-тел майс-тор пси-хо-лог"),
        ("tr", "so-rum-lu-luk ça-lış-tı-ran öğ-ret-men kont-rol"),
        ("so", "ma-suu-li-yad sha-qaa-lay-siin"),
        ("ro", "res-pon-sa-bi-li-ta-te pro-fe-sor ac-tri-ță în-cheiat"),
        ("ar", "بالمسؤوليات"),
        ("ti", "ሓላፍነታዊነት"),
        ("", "schuldhulpverlening"),
    ],
)
def test_words_are_divided_by_the_rules_of_their_language(language: str, words: str) -> None:
    for word in words.split():
        assert divided(word.replace("-", ""), language) == word


@given(st.text(alphabet="абвгґдеєжзиіїйклмнопрстуфхцчшщьюя'", min_size=5, max_size=24))
def test_a_ukrainian_line_never_begins_or_ends_with_what_may_not_stand_alone(word: str) -> None:
    for place in places(word, "uk"):
        before, after = word[:place], word[place:]
        assert len(before) >= 2
        assert len(after) >= 2
        assert after[0] not in "ь'"
        assert before[-1] + after[0] not in ("дж", "дз")
        assert set("аеєиіїоуюя") & set(before)
        assert set("аеєиіїоуюя") & set(after)


def test_a_word_that_fits_on_a_line_stays_whole() -> None:
    width = text_width(LONG, STYLE, rtl=False) + 1

    block = set_text(f"Vraag naar {LONG} en meer", STYLE, width, rtl=False, language="nl")

    assert [line.text for line in block.lines] == ["Vraag naar", LONG, "en meer"]
    assert not any(line.hyphen for line in block.lines)


@settings(max_examples=40)
@given(st.floats(45, 150), st.sampled_from(["nl", "uk", "en", "pl"]))
def test_a_divided_word_keeps_every_letter_and_every_line_its_width(width: float, language: str) -> None:
    text = f"Een {LONG} сільськогосподарський internationalisation-od odpowiedzialność nu"

    block = set_text(text, STYLE, width, rtl=False, language=language)

    assert "".join(line.text for line in block.lines).replace(" ", "") == text.replace(" ", "")
    assert block.widest <= width + 0.01
    for line in block.lines[:-1]:
        if line.hyphen:
            assert line.text[-1].isalpha()


def test_a_divided_word_is_copied_whole(resources: Path, tmp_path: Path) -> None:
    said = Pair(Said(f"{LONG}s{LONG.lower()}", "nl"), Said(f"{LONG}s{LONG.lower()}", "nl"))
    sheet = Sheet("plan", "nl", said, ((Text(said, "phone"),),), said, paper="A6")

    raw = render_sheet(sheet, resources)

    read = poppler_text(raw, tmp_path, "-raw")
    assert f"{LONG}s{LONG.lower()}" in read.replace("\u00ad", "")
    assert read.count("\u00ad") >= 2


def test_what_was_divided_is_not_remembered() -> None:
    set_text("Geheimzinnighedenverzameling", STYLE, 50, rtl=False, language="nl")

    forget_texts()

    assert not _patterns("nl").hd.cache
