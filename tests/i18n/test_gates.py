"""Every gate of the translations: the shipped languages pass it, and what it is for is caught by it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from devtools import gates
from devtools.gates import Complaint, complaints, shipped
from devtools.made_up import MADE_UP
from intake_app.i18n.gettext import DOMAINS
from intake_app.i18n.languages import LANGUAGES

REPOSITORY = Path(__file__).parents[2]
TRANSLATIONS = REPOSITORY / "translations"


def kinds(message: Message, code: str) -> set[str]:
    return {complaint.kind for complaint in complaints(message, code)}


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("code", shipped())
def test_no_shipped_language_has_a_lost_place_a_foreign_script_left_over_dutch_or_a_missing_plural(
    code: str, domain: str
) -> None:
    found: list[Complaint] = []
    for message in gates.catalogue(code, domain):
        if message.id:
            found += [complaint for complaint in complaints(message, code) if complaint.kind != "gap"]
    assert found == []


def test_the_four_first_languages_are_under_these_gates() -> None:
    assert {"en", "ar", "uk"} <= set(shipped())
    assert not set(shipped()) & set(MADE_UP)


@pytest.mark.parametrize(
    ("code", "dutch", "said", "kind"),
    [
        ("uk", "Bel {phone}.", "Телефонуйте.", "place"),
        ("uk", "Bel {phone}.", "Телефонуйте {phones}.", "place"),
        ("en", "Dag ${b_name}", "Hello", "place"),
        ("ar", "Welkom", "Добро", "script"),
        ("uk", "Welkom", "مرحبا", "script"),
        ("en", "Welkom", "Вітаємо", "script"),
        ("uk", "Welkom", "Bіtаємо", "script"),
        ("uk", "Wij zoeken samen", "Мы ищем вместе", "script"),
        ("ar", "Wat wilt u leren?", "Wat wilt u leren?", "dutch"),
        ("uk", "Wat wilt u leren?", "Wat wilt u leren?", "dutch"),
        ("en", "Wat wilt u leren?", "Wat wilt u leren?", "dutch"),
        ("en", "Kom langs. U kunt het vragen.", "Come by. U kunt het vragen.", "dutch"),
        ("uk", "Kom langs. U kunt het vragen.", "Приходьте. U kunt het vragen.", "dutch"),
        ("fa", "Boek", "كتاب", "script"),
        ("fa", "Nederlands", "هولندي", "script"),
        ("ar", "Welkom", "خوش آمدید", "script"),
        ("bg", "Wij zoeken samen", "Мы ищем вместе", "script"),
        ("uk", "Wij zoeken samen", "Търсим заедно", "script"),
        ("ro", "Chauffeur", "Şofer", "script"),
        ("tr", "Werk", "Iș", "script"),
        ("ti", "Welkom", "مرحبا", "script"),
        ("ti", "Wat wilt u leren?", "Wat wilt u leren?", "dutch"),
        ("so", "Wat wilt u leren?", "Wat wilt u leren?", "dutch"),
        ("fr", "Kom langs. U kunt het vragen.", "Venez. U kunt het vragen.", "dutch"),
        ("uk", "Welkom", "", "gap"),
        ("uk", "Welkom", "  ", "gap"),
    ],
)
def test_what_a_gate_is_for_is_caught(code: str, dutch: str, said: str, kind: str) -> None:
    assert kind in kinds(Message(dutch, said), code)


@pytest.mark.parametrize(
    ("code", "dutch", "said"),
    [
        ("uk", "Bel {phone}.", "Телефонуйте: {phone}."),
        ("uk", "Taalhuis", "Taalhuis (мовний дім)"),
        ("uk", "Verklaring Omtrent het Gedrag (VOG)", "Verklaring Omtrent het Gedrag (VOG, довідка)"),
        ("ar", "DigiD", "DigiD"),
        ("en", "Kies je taal", "العربية is one of the languages"),
        ("en", "Het kan", "It is of use to die or op"),
        ("pl", "Het kan", "Te prace są ze mną, wie pan o tym"),
        ("ro", "Het kan", "Nu te uit, am dat tot ce am"),
        ("so", "Het kan", "Waa kan, is aan dhihi karno"),
        ("tr", "Het kan", "Kan, UWV'te bakılır"),
        ("fr", "Het kan", "Il met tout, dit le van"),
        ("tr", "Chauffeur", "Şoför"),
        ("ro", "Chauffeur", "Șofer"),
        ("fa", "Boek", "کتاب"),
    ],
)
def test_names_and_the_own_names_of_languages_pass(code: str, dutch: str, said: str) -> None:
    assert kinds(Message(dutch, said), code) == set()


def test_a_doubtful_translation_counts_as_none() -> None:
    assert kinds(Message("Welkom", "Вітаємо", flags={"fuzzy"}), "uk") == {"gap"}


@pytest.mark.parametrize(
    ("code", "forms"),
    [
        ("uk", ("{n} крок", "{n} кроки")),
        ("uk", ("{n} крок", "{n} кроки", "")),
        ("ar", ("{n} خطوة", "{n} خطوات")),
        ("en", ("{n} step",)),
    ],
)
def test_a_missing_plural_form_is_caught(code: str, forms: tuple[str, ...]) -> None:
    assert "plural" in kinds(Message(("{n} stap", "{n} stappen"), forms), code)


@pytest.mark.parametrize(
    ("code", "wanted"),
    [("nl", 2), ("en", 2), ("ar", 6), ("uk", 3), ("pl", 3), ("ro", 3), ("fa", 2), ("tr", 2), ("ru", 3), ("bg", 2)],
)
def test_each_language_has_the_plural_forms_of_whole_numbers(code: str, wanted: int) -> None:
    assert len(gates.integer_plurals(LANGUAGES[code])) == wanted


# ---------------------------------------------------------------- the build
@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The sources of the translations, without compiled files, to break one."""
    for place in TRANSLATIONS.glob("*/LC_MESSAGES/*.po"):
        target = tmp_path / place.relative_to(TRANSLATIONS)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(place, target)
    return tmp_path


def emptied(path: Path, context: str, dutch: str) -> None:
    """Take one translation out of a file."""
    with path.open("rb") as file:
        catalogue: Catalog = read_po(file)
    message = catalogue.get(dutch, context or None)
    assert message is not None
    assert message.string
    message.string = ""
    with path.open("wb") as file:
        write_po(file, catalogue)


@pytest.mark.parametrize(
    ("domain", "context", "scopes"),
    [
        ("intake", re.compile("intake:a02_talk_language:label"), {"intake"}),
        ("intake", re.compile("intake:b03_consent_central:label"), {"intake", "consent"}),
        ("plan", None, {"plan", "consent"}),
    ],
)
def test_the_build_refuses_a_language_with_a_gap_in_the_talk_the_plan_or_a_consent(
    copied: Path, domain: str, context: re.Pattern[str] | None, scopes: set[str]
) -> None:
    broken = copied / "uk" / "LC_MESSAGES" / f"{domain}.po"
    if context is None:
        emptied(broken, "", "Mij later bellen of schrijven.")
    else:
        with broken.open("rb") as file:
            found = next(message for message in read_po(file) if context.fullmatch(message.context or ""))
        emptied(broken, found.context or "", str(found.id))

    lines = gates.missing(copied)

    assert {line.split(": ")[0] for line in lines} == {"uk"}
    assert {line.split(": ")[1] for line in lines} == scopes


def test_the_languages_of_today_may_be_built() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "devtools.gates"], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stderr) == (0, "")
