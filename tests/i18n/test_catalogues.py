"""The translations are whole: nothing empty or doubtful, every place for a value kept, every plural form its own."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from gettext import c2py
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from devtools.extract_strings import PACKAGE, SOURCES, stale_files, templates
from devtools.gates import SCRIPTS
from devtools.made_up import MADE_UP
from intake_app.i18n.gettext import DOMAINS
from intake_app.i18n.languages import LANGUAGES

TRANSLATIONS = Path(__file__).parents[2] / "translations"
SHIPPED = sorted(
    folder.parent.name for folder in TRANSLATIONS.glob("*/LC_MESSAGES") if folder.parent.name not in MADE_UP
)
"""Every language with a folder: a new one is under test from its first day."""
PLACE = re.compile(r"\{[a-z_]*\}|\$\{[a-z_0-9]+\}")
WORDS = 3
"""So many words are a sentence; fewer may well be the same in two languages."""
CONTROLS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
GLOSSARY_TERMS = 60
UNCHANGED_BY_NUMBERS = {"tr", "fa"}
"""Languages in which a noun stays the same after any number."""
MOST_THE_SAME = 0.1
"""In the others a few words have one form, as "mois" in French."""
ENDINGS = {"bg": 2, "fr": 1, "pl": 2, "ro": 2, "so": 2, "ti": 1, "tr": 1, "uk": 2}
"""Letters at the end of a word that change with its case, number or article."""

ABBREVIATION = re.compile(r"[A-Z0-9][A-Z0-9+.&/() -]*")
"""UWV, BBL, IDW and sizes such as 2-4: the same in every language."""
NAMES = {
    *("Aalten", "Berkelland", "Bronckhorst", "Doetinchem", "Montferland", "Oost Gelre", "Oude IJsselstreek"),
    *(
        "Winterswijk",
        "Graafschap College",
        "Grensland College",
        "Hoofdzaak werk (IPS)",
        "Opijver",
        "TINT Achterhoek",
        "Zone.college",
    ),
}
LEVEL = re.compile(r"mbo [1-4](-[1-4])?( / Ad)?|Associate degree \(Ad\)", re.IGNORECASE)
SAME_IN_ENGLISH = {
    *(
        "Begin",
        "Computer",
        "E-mail",
        "Later",
        "Migrant",
        "Open",
        "Open: {hours}.",
        "Plan",
        "Plan {number} · {location}",
    ),
    *(
        "Printer",
        "Respect",
        "respect",
        "School",
        "Sector",
        "Server",
        "Smartphone",
        "Specialist",
        "Start",
        "Stop",
        "Tablet",
    ),
    *("Code", "Enter", "Menu", "Page Down", "Page Up", "Plan {number}", "Server {host}", "Tab", "Tigrinya", "Weekend"),
    *("school", "{count} week", "{name} ({size} kB)"),
}
"""Dutch words that are English words too."""


@cache
def catalogue(language: str, domain: str) -> Catalog:
    """The catalogue of a language and domain as it stands in the repository."""
    with (TRANSLATIONS / language / "LC_MESSAGES" / f"{domain}.po").open("rb") as file:
        return read_po(file, domain=domain)


@cache
def drawn() -> dict[str, Catalog]:
    """What the code, the forms and the data say today."""
    return templates()


@cache
def stale() -> frozenset[Path]:
    """The files that no longer follow from the texts."""
    return frozenset(path for path, _ in stale_files())


def messages(language: str, domain: str) -> list[Message]:
    """Every text of a catalogue, without its head."""
    return [message for message in catalogue(language, domain) if message.id]


def forms(message: Message) -> list[tuple[str, str]]:
    """Each translated form beside the Dutch it stands for; the last Dutch form stands for all from the second on."""
    if isinstance(message.id, str):
        assert isinstance(message.string, str)
        return [(message.id, message.string)]
    assert isinstance(message.string, tuple | list)
    return [(message.id[min(index, 1)], form) for index, form in enumerate(message.string)]


def everything(language: str) -> Iterator[tuple[str, str, str, str]]:
    """Domain, context, Dutch and translation of every text of a language."""
    for domain in DOMAINS:
        for message in messages(language, domain):
            for dutch, said in forms(message):
                yield domain, message.context or "", dutch, said


def is_name(dutch: str) -> bool:
    """Whether a text is a name, an abbreviation or all places for values, which no language changes."""
    bare = not re.search(r"[^\W\d_]", PLACE.sub("", dutch))
    return bare or dutch in NAMES or any(kind.fullmatch(dutch) for kind in (ABBREVIATION, LEVEL))


def words_in(dutch: str) -> int:
    """How many words a text has, without its places for values."""
    return len(re.findall(r"[^\W\d_]{2,}", PLACE.sub(" ", dutch)))


every = pytest.mark.parametrize("language", SHIPPED)
every_domain = pytest.mark.parametrize("domain", DOMAINS)


@every
@every_domain
def test_a_shipped_language_has_a_translation_for_every_text_of_today(language: str, domain: str) -> None:
    known = {(message.context, message.id) for message in messages(language, domain)}
    wanted = {(message.context, message.id) for message in drawn()[domain] if message.id}
    assert wanted - known == set()
    assert known - wanted == set()
    assert [said for message in messages(language, domain) for said in forms(message) if not said[1].strip()] == []


def test_every_module_with_texts_belongs_to_a_domain() -> None:
    drawn_from = {path for patterns in SOURCES.values() for pattern in patterns for path in PACKAGE.glob(pattern)}
    speaking = {path for path in PACKAGE.rglob("*.py") if re.search(r"\bmark\(\s*\"", path.read_text(encoding="utf-8"))}
    assert speaking
    assert speaking - drawn_from == set()


@every
@every_domain
def test_no_translation_is_doubtful_or_left_over(language: str, domain: str) -> None:
    assert [message.id for message in messages(language, domain) if message.fuzzy] == []
    assert list(catalogue(language, domain).obsolete) == []


@every_domain
@pytest.mark.parametrize("language", ["template", *SHIPPED, *MADE_UP])
def test_the_files_say_what_is_said_today(language: str, domain: str) -> None:
    own = TRANSLATIONS / language / "LC_MESSAGES" / f"{domain}.po"
    path = TRANSLATIONS / f"{domain}.pot" if language == "template" else own
    assert path.exists()
    assert path not in stale(), "run `python3 dev.py strings`"


@every
def test_every_place_for_a_value_is_kept(language: str) -> None:
    wrong = [
        (domain, dutch, said)
        for domain, _, dutch, said in everything(language)
        if sorted(PLACE.findall(dutch)) != sorted(PLACE.findall(said))
    ]
    assert wrong == []


@every
def test_a_translation_begins_and_ends_as_its_dutch_does(language: str) -> None:
    wrong = [
        (domain, dutch, said)
        for domain, _, dutch, said in everything(language)
        if said != said.strip() or dutch.count("\n") != said.count("\n") or dutch.endswith("…") != said.endswith("…")
    ]
    assert wrong == []


@every
def test_a_question_stays_a_question(language: str) -> None:
    mark = "؟" if LANGUAGES[language].script == "Arab" else "?"
    wrong = [
        (domain, dutch, said)
        for domain, _, dutch, said in everything(language)
        if dutch.endswith("?") != said.endswith(mark)
    ]
    assert wrong == []


def test_english_says_something_else_than_the_dutch_unless_it_is_a_name() -> None:
    same = {
        dutch
        for _, _, dutch, said in everything("en")
        if said == dutch and not is_name(dutch) and dutch not in SAME_IN_ENGLISH
    }
    assert same == set()


@every
def test_no_sentence_is_the_dutch_one(language: str) -> None:
    same = {
        dutch
        for _, _, dutch, said in everything(language)
        if said == dutch and not is_name(dutch) and words_in(dutch) >= WORDS
    }
    assert same == set()


@pytest.mark.parametrize("language", [code for code in SHIPPED if LANGUAGES[code].script != "Latn"])
def test_a_language_is_written_in_its_own_letters_unless_it_is_a_name(language: str) -> None:
    own = SCRIPTS[LANGUAGES[language].script]
    latin = {
        dutch
        for _, _, dutch, said in everything(language)
        if (language == "ar" or words_in(dutch) >= WORDS)
        and not is_name(dutch)
        and any(letter.isalpha() for letter in PLACE.sub("", said))
        and not any(own in unicodedata.name(letter, "") for letter in said)
    }
    assert latin == set()


@pytest.mark.parametrize("language", [code for code in SHIPPED if LANGUAGES[code].script == "Arab"])
def test_arabic_letters_have_their_own_punctuation_after_them(language: str) -> None:
    wrong = [said for *_, said in everything(language) if re.search(r"[\u0620-\u064a\u06a9\u06af\u06cc][?,;]", said)]
    assert wrong == []


@every
def test_directions_are_set_where_texts_are_shown_not_in_the_texts(language: str) -> None:
    assert [said for *_, said in everything(language) if CONTROLS.search(said)] == []


@every
@every_domain
def test_the_plural_rule_gives_each_number_the_form_of_its_language(language: str, domain: str) -> None:
    catalog = catalogue(language, domain)
    rule = Locale.parse(LANGUAGES[language].babel).plural_form
    whole = {rule(number) for number in range(300)}
    order = [tag for tag in ("zero", "one", "two", "few", "many", "other") if tag in whole]
    assert catalog.num_plurals == len(order)
    chosen = c2py(catalog.plural_expr)
    assert [order[chosen(number)] for number in range(300)] == [rule(number) for number in range(300)]


@every
def test_every_plural_form_is_there_and_the_forms_differ_where_a_number_changes_a_word(language: str) -> None:
    counted = [
        message for domain in DOMAINS for message in messages(language, domain) if not isinstance(message.id, str)
    ]
    assert counted
    for message in counted:
        assert len(forms(message)) == catalogue(language, "app").num_plurals
    same = [message.id for message in counted if len({form for _, form in forms(message)}) == 1]
    assert language in UNCHANGED_BY_NUMBERS or len(same) <= len(counted) * MOST_THE_SAME, same


@every
def test_a_card_a_family_and_a_sector_have_one_name_in_the_talk_and_in_the_plan(language: str) -> None:
    asked = {context: (dutch, said) for domain, context, dutch, said in everything(language) if domain == "intake"}
    compared = 0
    for domain, context, dutch, said in everything(language):
        kind, _, code = context.partition(":")
        if domain == "catalogue" and kind in {"card", "family", "sector"}:
            name = f"card_{code}" if kind == "card" else code
            other = asked.get(f"intake:{kind}:{name}:label", ("", ""))
            if other[0] == dutch:
                assert said == other[1], context
                compared += 1
    assert compared > GLOSSARY_TERMS


def glossary(language: str) -> list[dict[str, str]]:
    """The terms of the field with their translation."""
    with (TRANSLATIONS / "glossary" / f"{language}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_glossaries_have_the_same_terms_once_each() -> None:
    terms = [row["dutch"] for row in glossary(SHIPPED[0])]
    assert len(terms) == len(set(terms)) >= GLOSSARY_TERMS
    assert all([row["dutch"] for row in glossary(language)] == terms for language in SHIPPED)
    assert all(row["translation"].strip() for language in SHIPPED for row in glossary(language))


def stem_of(word: str, language: str) -> str:
    """A word without what changes in a sentence: the Arabic article, the end of a word that has endings."""
    ending = ENDINGS.get(language, 0)
    if ending and len(word) > ending + 1:
        return word[:-ending]
    return word.removeprefix("ال")


@every
def test_the_texts_use_the_words_of_the_glossary(language: str) -> None:
    texts = [(dutch, said.lower()) for *_, dutch, said in everything(language)]
    unused = []
    for row in glossary(language):
        term = re.compile(rf"\b{re.escape(row['dutch'])}\b", re.IGNORECASE)
        stems = [stem_of(word, language) for word in re.sub(r"\s*\(.*?\)", "", row["translation"]).lower().split()]
        said = [text for dutch, text in texts if term.search(dutch)]
        if said and not any(all(stem in text for stem in stems) for text in said):
            unused.append(row["dutch"])
    assert unused == []
