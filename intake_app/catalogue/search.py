"""Finding occupations, skills, cards, offers and organisations by everyday words in any language of the catalogue.

Candidates come from a full-text index (whole words, beginnings, pieces of words, words that look or sound alike); one
score then puts them in order. The shipped catalogue and imported official lists are asked together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from intake_app.catalogue.fold import fold
from intake_app.catalogue.index import Entry, Found, Index, memory_index
from intake_app.catalogue.question import ask
from intake_app.domain.catalogue import Catalogue, SearchHit

SOURCE_LANGUAGE = "nl"
KINDS = ("occupation", "skill", "card", "offer", "organisation")
"""Also the order of kinds that match equally well: work comes first."""
KIND_STEP = 0.02
OWN_LANGUAGE_BONUS = 0.05
LABEL_BONUS = 0.01
OURS_BONUS = 0.04
"""The shipped catalogue before official lists: its occupations are those of the region, in everyday words."""
TOGETHER_PENALTY = 0.04


class Search:
    """Several indexes asked as one: the shipped catalogue first, then imported lists.

    `same` gives for an id of an imported list the id of the shipped thing that is the same, so that both are one.
    """

    def __init__(
        self, ours: Index, imported: Iterable[Index] = (), same: Mapping[tuple[str, str], tuple[str, str]] | None = None
    ) -> None:
        self._ours = ours
        self._imported = tuple(imported)
        self._same = same or {}
        self._labels = ours.labels

    def find(self, text: str, language: str, limit: int) -> list[SearchHit]:
        """The best match of each thing, best first; equal matches in the order of the catalogue."""
        folded = fold(text)
        if not folded:
            return []
        best: dict[tuple[str, str], tuple[float, int, int, SearchHit]] = {}
        for place, index in enumerate((self._ours, *self._imported)):
            for found, score, why in ask(index, folded, thorough=place == 0):
                total = score + _bonus(found, language) + (OURS_BONUS if place == 0 else 0.0)
                key = self._same.get((found.kind, found.id), (found.kind, found.id))
                if key not in best or (-total, place, found.number) < (-best[key][0], *best[key][1:3]):
                    best[key] = (total, place, found.number, self._hit(key, found, why, total))
        ordered = sorted(best.values(), key=lambda each: (-each[0], each[1], each[2]))
        return [hit for *_, hit in ordered[:limit]]

    def _hit(self, key: tuple[str, str], found: Found, why: str, total: float) -> SearchHit:
        label = self._labels.get(key, found.label_nl)
        return SearchHit(*key, label, found.text, found.language, why, round(total, 4))


def _bonus(found: Found, language: str) -> float:
    """Small pushes that decide between matches that are equally good as texts."""
    own = OWN_LANGUAGE_BONUS if found.language == language else 0.0
    label = LABEL_BONUS if found.is_label else 0.0
    # all words of a thing together stand under its label
    together = TOGETHER_PENALTY if found.text == found.label_nl and not found.is_label else 0.0
    return own + label - KIND_STEP * KINDS.index(found.kind) - together


@lru_cache(maxsize=2)
def _index_by_id(holder: _ById) -> Index:
    return memory_index(catalogue_entries(holder.catalogue))


class _ById:
    """A catalogue as a cache key: the same object means the same index (its mappings cannot be hashed)."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def __hash__(self) -> int:
        return id(self.catalogue)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ById) and other.catalogue is self.catalogue


def index_of(catalogue: Catalogue) -> Index:
    """The index of a catalogue, built at its first use and kept for the last two catalogues."""
    return _index_by_id(_ById(catalogue))


def search_of(catalogue: Catalogue) -> Search:
    """The search over one catalogue alone."""
    return Search(index_of(catalogue))


def search(catalogue: Catalogue, text: str, language: str, limit: int = 20) -> list[SearchHit]:
    """What the words may mean, best first, over all languages; `language` is only preferred among equals.

    Forgives case, accents, Arabic spelling variants, other alphabets, typing errors and spelling by ear, and knows
    beginnings, endings and parts of words.
    """
    return search_of(catalogue).find(text, language, limit)


def catalogue_entries(catalogue: Catalogue) -> Iterator[Entry]:
    """Every text by which a thing of the catalogue can be found, then per thing and language all words together."""
    labels = list(_labels(catalogue))
    together: dict[tuple[str, str, str, str], dict[str, None]] = {}
    for kind, thing, label in labels:
        for entry in _texts(catalogue, kind, thing, label):
            words = together.setdefault((kind, thing, label, entry.language), {})
            folded = fold(entry.text)
            words.update(dict.fromkeys(folded.split()))
            yield entry._replace(folded=folded)
    for (kind, thing, label, language), found in together.items():
        yield Entry(kind, thing, label, language, label, is_label=False, folded=" ".join(found))


def _texts(catalogue: Catalogue, kind: str, thing: str, label: str) -> Iterator[Entry]:
    yield Entry(kind, thing, label, SOURCE_LANGUAGE, label, is_label=True)
    for language, words in catalogue.synonyms.get((kind, thing), {}).items():
        for word in words:
            yield Entry(kind, thing, label, language, word, is_label=False)
    if kind == "skill":
        yield Entry(kind, thing, label, "en", catalogue.skills[thing].esco_label_en, is_label=False)


def _labels(catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    things: Iterable[tuple[str, Iterable[tuple[str, str]]]] = (
        ("occupation", ((each.id, each.label_nl) for each in catalogue.occupations.values())),
        ("skill", ((each.id, each.label_nl) for each in catalogue.skills.values())),
        ("card", ((each.id, each.label_nl) for each in catalogue.cards.values())),
        ("offer", ((each.id, each.label_nl) for each in catalogue.offers.values() if each.default_on)),
        ("organisation", ((each.id, each.label_nl) for each in catalogue.organisations.values())),
    )
    for kind, labels in things:
        for thing, label in labels:
            yield kind, thing, label
