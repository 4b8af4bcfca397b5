"""Words are divided where their spelling allows it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.i18n import hyphenation
from intake_app.i18n.hyphenation import forget_words, places, read_ahead


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


def test_patterns_that_were_read_ahead_are_not_read_again_for_the_first_word() -> None:
    hyphenation._patterns.cache_clear()
    forget_words()

    read_ahead("nl")
    read = hyphenation._patterns.cache_info().misses
    divided = places("verzekeringsmaatschappij", "nl")

    assert (read, hyphenation._patterns.cache_info().misses) == (1, 1)
    assert divided


def test_for_a_language_without_patterns_nothing_is_read_ahead() -> None:
    hyphenation._patterns.cache_clear()

    read_ahead("so")

    assert hyphenation._patterns.cache_info().misses == 0
