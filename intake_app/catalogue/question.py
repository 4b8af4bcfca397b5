"""Asking an index: from typed words to texts that answer them, each with how well and why."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from math import log
from typing import NamedTuple

from intake_app.catalogue.fold import fold
from intake_app.catalogue.index import Found, Index
from intake_app.catalogue.vocabulary import Meaning, prefix_quality

LEAST_SHARE_OF_WORDS = 0.4
MOST_WORDS = 12
"""Of a long sentence the first words are taken; nobody types a story into a search field."""
SHORTEST_JOINED = 5
JOINED_QUALITY = 0.97
FULL_TEXT, FULLNESS = 0.80, 0.17
"""A text that answers all words of the question has 0.80, and up to 0.17 more the fewer other words it holds."""
FILLERS = frozenset(
    fold(
        "ik wil graag iets met werken werk worden doen als in de het een en of van voor te op bij mijn heb kan ben was "
        "bi-j warken zijn hun aan naar goed gewerkt beroep baan medewerker "
        "i want to would like something with work working become be as in the a an and or of for at my have can am "
        "was job worker people peoples "
        "أريد أحب العمل عمل أعمل اعمال في من مع أن على شيء كـ عند كنت عامل "
        "я хочу працювати робота робити працював працювала з у в на для і та по мій роботу працівник "
        "ja chcę praca pracę pracować pracowałem pracowałam robić zostać jako w na do dla i lub przy mam umiem "
        "ben iş işi çalışmak istiyorum yapmak olmak olarak bir ve ile için bana var işçi işçisi "
        "من می‌خواهم میخواهم کار کنم کردن شغل در با از به و برای را که یک هستم "
        "ኣነ ስራሕ ክሰርሕ ምስራሕ ክኸውን እደሊ ይደሊ ኣብ ምስ ናይ ን "
        "eu vreau să lucrez lucru muncă muncesc loc de la cu în pe și sau un o ca să fiu am "
        "аз искам да работя работа работник с в на за и или като имам съм "
        "waxaan rabaa doonayaa shaqo shaqada shaqeeyo inaan ka ku la iyo ama u ah leeyahay noqdo "
        "je veux voudrais travailler travail comme dans avec sur le la les l de du des d un une et ou mon ma faire être"
    ).split()
)
"""Words that say nothing about which work; they count little, and only when something else was typed."""
FILLER_WEIGHT = 0.05


MOST_TEXTS = 90
"""Texts compared per word; the index gives names before other texts and short before long."""
ENOUGH = 30
RAREST = 2
MOST_MEANINGS = 12
"""Meanings of one word that are looked up; the others only count in texts found otherwise."""


class Answer(NamedTuple):
    """A text of the index with how well it answers (0-1) and the kind of match."""

    found: Found
    score: float
    why: str


class _Word(NamedTuple):
    text: str
    meanings: dict[str, Meaning]
    weight: float


def ask(index: Index, folded: str, *, thorough: bool) -> Iterator[Answer]:
    """Every text that answers a folded question, in no special order."""
    words = folded.split()[:MOST_WORDS]
    question = " ".join(words)
    known = [_word(index, word, thorough=thorough) for word in words]
    _join(index, known)
    for found in _candidates(index, question, known):
        answer = _compare(question, known, found)
        if answer is not None:
            yield answer


def _join(index: Index, words: list[_Word]) -> None:
    """Two words that the index knows as one ("kinder opvang") may each mean that one."""
    for one, other in pairwise(words):
        joined = one.text + other.text
        if len(joined) >= SHORTEST_JOINED and joined in index.vocabulary.counts:
            one.meanings[joined] = other.meanings[joined] = Meaning(JOINED_QUALITY, "word")


def _word(index: Index, word: str, *, thorough: bool) -> _Word:
    meanings = index.vocabulary.meanings(word, thorough=thorough)
    if word in FILLERS:
        return _Word(word, meanings, FILLER_WEIGHT)
    if not meanings:
        return _Word(word, meanings, 1.0)
    surest = max(meanings.values()).quality
    texts = max(index.vocabulary.counts[other] for other, each in meanings.items() if each.quality == surest)
    # rare words say more
    return _Word(word, meanings, log(1 + index.size / texts) / log(1 + index.size))


def _candidates(index: Index, question: str, words: list[_Word]) -> list[Found]:
    """Texts worth comparing: those with all words, and when these are few also those with one of the rarest words."""
    found = {each.number: each for each in index.whole(question)}
    telling = [word for word in words if word.weight > FILLER_WEIGHT and word.meanings]
    telling = telling or [word for word in words if word.meanings]
    exact = bool(found)
    if len(telling) > 1:
        groups = [_group(word, last=word is words[-1]) for word in telling]
        found.update((each.number, each) for each in index.holding(groups, MOST_TEXTS))
    if len(telling) == 1 or (len(found) < ENOUGH and not exact):
        for word in sorted(telling, key=lambda word: -word.weight)[:RAREST]:
            found.update((each.number, each) for each in _with_word(index, word, last=word is words[-1]))
    return list(found.values())


def _with_word(index: Index, word: _Word, *, last: bool) -> list[Found]:
    found = index.holding([_group(word, last=last)], MOST_TEXTS)
    if len(found) == MOST_TEXTS and word.text in word.meanings:
        # among many meanings the texts with the very word may have fallen outside
        found += index.holding([[word.text]], MOST_TEXTS // 2)
    return found


def _group(word: _Word, *, last: bool) -> list[str]:
    """The words to look up; only the last word typed may still be unfinished."""
    surest = sorted(word.meanings, key=lambda other: -word.meanings[other].quality)[:MOST_MEANINGS]
    return [*surest, f"{word.text}*"] if last else surest


def _compare(question: str, words: list[_Word], found: Found) -> Answer | None:
    if question == found.folded:
        return Answer(found, 1.0, "exact")
    tokens = found.folded.split()
    matches = [_best(word, tokens) for word in words]
    answered = sum(word.weight for word, match in zip(words, matches, strict=True) if match.quality)
    asked = sum(word.weight for word in words)
    if not answered or answered < LEAST_SHARE_OF_WORDS * asked:
        return None
    worth = sum(word.weight * match.quality for word, match in zip(words, matches, strict=True)) / asked
    telling = sum(token not in FILLERS for token in tokens) or len(tokens)
    hits = sum(bool(m.quality) for w, m in zip(words, matches, strict=True) if w.weight > FILLER_WEIGHT) or 1
    weakest = min((match for match in matches if match.quality), key=lambda match: match.quality)
    return Answer(found, worth * (FULL_TEXT + FULLNESS * min(1.0, hits / telling)), weakest.why)


_NONE = Meaning(0.0, "")


def _best(word: _Word, tokens: list[str]) -> Meaning:
    best = _NONE
    for token in tokens:
        meaning = word.meanings.get(token)
        if meaning is None and token.startswith(word.text):
            meaning = Meaning(prefix_quality(word.text, token), "prefix")
        if meaning is not None and meaning.quality > best.quality:
            best = meaning
    return best
