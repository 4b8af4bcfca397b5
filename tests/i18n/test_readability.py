"""The Dutch source is plain: short sentences, and words that people know; what is hard on purpose has a reason."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from devtools import readability
from devtools.readability import Finding, exceptions, figures, findings, is_common, sentences, source_texts, words
from intake_app.i18n.gettext import DOMAINS

REPOSITORY = Path(__file__).parents[2]
FEWEST_REASONS = 5


@pytest.mark.parametrize("domain", DOMAINS)
def test_no_sentence_is_long_and_no_word_is_hard_without_a_reason(domain: str) -> None:
    assert list(findings(source_texts(domain))) == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_sentences_are_short_on_average(domain: str) -> None:
    told = figures(domain, source_texts(domain))

    assert told.sentences > 100
    assert told.mean_words <= readability.MEAN_SENTENCE
    assert told.longest <= readability.LONGEST_SENTENCE


def test_a_long_sentence_is_found() -> None:
    long = "Wij willen graag met u praten over wat u kunt en wat u wilt leren en waar u dan kunt gaan werken."

    assert list(findings([long, "Dat is goed."])) == [Finding("sentence", long, long)]


@pytest.mark.parametrize("word", ["subsidiabiliteit", "competentieprofiel", "geïndiceerd"])
def test_a_hard_word_is_found_once(word: str) -> None:
    found = list(findings([f"Dit is {word}.", f"{word.capitalize()}!"]))

    assert [(one.kind, one.what) for one in found] == [("word", word)]


@pytest.mark.parametrize("word", ["werkplek", "buurthuis", "taalcursus", "schoonmaakwerk", "toegangscode"])
def test_a_compound_of_two_common_words_is_seen_through(word: str) -> None:
    assert is_common(word)


def test_places_for_values_and_abbreviations_are_no_words() -> None:
    assert words("Bel UWV op {phone}, of ${b_name}.") == ["bel", "op", "of"]
    assert sentences("Dag {name}! Wilt u iets?\nJa.") == ["Dag iets!", "Wilt u iets?", "Ja."]


def test_every_exception_has_a_reason_is_needed_and_is_used() -> None:
    used = {part for domain in DOMAINS for text in source_texts(domain) for word in words(text) for part in parts(word)}
    listed = dict(exceptions())

    assert all(reason.strip() for reason in listed.values())
    assert len(set(listed.values())) >= FEWEST_REASONS
    assert set(listed) - used == set()
    assert set(listed) & readability.common_words() == set()


def parts(word: str) -> set[str]:
    """A word, and its pieces between hyphens."""
    return {word, *word.split("-")}


def test_the_list_of_common_words_says_where_it_comes_from() -> None:
    head = (readability.DATA / "words_nl.txt").read_text(encoding="utf-8").split("\n\n")[0].splitlines()[:7]

    assert all(line.startswith("#") for line in head)
    for source in ("wordfreq 3.1.1", "CC BY-SA 4.0", "SUBTLEX-NL", "OpenSubtitles"):
        assert source in " ".join(head)
    assert len(readability.common_words()) == 15000


def test_the_figures_are_told_by_one_command() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "devtools.readability"], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )

    assert ended.returncode == 0, ended.stderr
    assert [line.split()[0] for line in ended.stderr.splitlines()[1:]] == list(DOMAINS)
