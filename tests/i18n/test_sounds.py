"""The cheat sheet: every shipped language has all its phrases, each written in its own script and in Dutch letters."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from devtools.gates import SCRIPTS, _script, foreign_letters, shipped
from intake_app.i18n.languages import LANGUAGES
from intake_app.i18n.sounds import sounds

TRANSLATIONS = Path(__file__).parents[2] / "translations"
PHRASES = {"Welkom", "U mag stoppen", "Dit is geen toets", "Ik bel een tolk", "Klopt dit?", "Tot [dag]"}


@pytest.mark.parametrize("code", shipped())
def test_a_language_has_every_phrase_in_its_own_letters_and_as_dutch_reads_it(code: str) -> None:
    known = sounds(code, TRANSLATIONS)

    assert set(known) == PHRASES
    for one in known.values():
        own = {_script(letter) for letter in one.text if letter.isalpha()}
        assert own == {SCRIPTS[LANGUAGES[code].script]}
        assert not foreign_letters(one.text, LANGUAGES[code])
        assert re.fullmatch(r"[a-zëïéèöü' ,.?…\-\[\]()]+", one.sound.lower()), one.sound


def test_no_phrase_stands_there_twice() -> None:
    with (TRANSLATIONS / "sounds.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["lang"], row["phrase"]) for row in csv.DictReader(file)]

    assert len(rows) == len(set(rows)) == len(shipped()) * len(PHRASES)


def test_a_language_without_phrases_has_none() -> None:
    assert sounds("es", TRANSLATIONS) == {}
