"""How complete a language is said to be: of every text of today, in percent, with the consents by themselves."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from devtools.compile_catalogues import compile_catalogue
from intake_app.i18n.catalogue_files import EMPTY, Key, read_catalogue
from intake_app.i18n.coverage import CONSENT, SCOPES, coverage, gaps, language_states, texts_of
from intake_app.i18n.gettext import DOMAINS
from intake_app.i18n.languages import with_texts

REPOSITORY = Path(__file__).parents[2]
TRANSLATIONS = REPOSITORY / "translations"
HEAD = 'msgid ""\nmsgstr "Language-Team: nobody\\nContent-Type: text/plain; charset=utf-8\\n"\n\n'
COUNTED = 'msgid "{n} dag"\nmsgid_plural "{n} dagen"\nmsgstr[0] "{n} jour"\nmsgstr[1] "{n} jours"\n\n'


def write(folder: Path, code: str, domain: str, body: str) -> Path:
    """A small file of one language."""
    place = folder / code / "LC_MESSAGES"
    place.mkdir(parents=True, exist_ok=True)
    path = place / f"{domain}.po"
    path.write_text(HEAD + body, encoding="utf-8")
    return path


def said(dutch: str, own: str, context: str = "", flag: str = "") -> str:
    """One text of a file."""
    lines = [f"#, {flag}"] if flag else []
    lines += [f'msgctxt "{context}"'] if context else []
    return "\n".join([*lines, f'msgid "{dutch}"', f'msgstr "{own}"', "", ""])


@pytest.mark.parametrize("compiled", [True, False])
def test_a_file_is_read_the_same_compiled_or_as_its_source(tmp_path: Path, compiled: bool) -> None:
    body = said("Ja", "Oui") + said("Leeg", "") + said("Nee", "Non", "antwoord") + COUNTED
    path = write(tmp_path, "fr", "app", body + said("Twijfel", "Doute", flag="fuzzy"))
    if compiled:
        compile_catalogue(path)
        path.unlink()

    found = read_catalogue(tmp_path, "fr", "app")

    assert found.texts == {Key("", "Ja"), Key("antwoord", "Nee"), Key("", "{n} dag")}
    assert found.header["language-team"] == "nobody"


def test_the_shipped_files_are_read_the_same_compiled_or_as_their_source(tmp_path: Path) -> None:
    path = tmp_path / "ar" / "LC_MESSAGES" / "app.po"
    path.parent.mkdir(parents=True)
    shutil.copy(TRANSLATIONS / "ar" / "LC_MESSAGES" / "app.po", path)
    again = tmp_path / "again" / "ar" / "LC_MESSAGES" / "app.po"
    again.parent.mkdir(parents=True)
    shutil.copy(path, again)
    compile_catalogue(again)
    again.unlink()

    assert len(read_catalogue(tmp_path, "ar", "app").texts) > 100
    assert read_catalogue(tmp_path / "again", "ar", "app").texts == read_catalogue(tmp_path, "ar", "app").texts


def test_a_file_that_is_not_there_or_is_no_catalogue_has_no_texts(tmp_path: Path) -> None:
    place = tmp_path / "pl" / "LC_MESSAGES"
    place.mkdir(parents=True)
    (place / "plan.mo").write_bytes(b"no catalogue at all, but long enough to be read")

    assert read_catalogue(tmp_path, "pl", "app") == EMPTY
    assert read_catalogue(tmp_path, "pl", "plan") == EMPTY


def test_what_is_missing_counts_against_every_text_of_today(tmp_path: Path) -> None:
    write(tmp_path, "en_XA", "app", "".join(said(word, f"[{word}]") for word in ("Ja", "Nee", "Stop")))
    write(tmp_path, "pl", "app", said("Ja", "Tak") + said("Nee", "Nie") + said("Vroeger", "Dawniej"))

    assert coverage("pl", "app", tmp_path) == 66
    assert gaps("pl", "app", tmp_path) == (Key("", "Stop"),)
    assert coverage("nl", "app", tmp_path) == 100


def test_consents_are_counted_where_they_are_asked_and_where_the_plan_says_them() -> None:
    found = texts_of("en_XA", CONSENT, TRANSLATIONS)
    contexts = {key.context for key in found}

    for name in (
        "b01_explained",
        "b02_consent_record",
        "b03_consent_central",
        "b07_consent_stats",
        "q06_share_consent",
    ):
        assert f"intake:{name}:label" in contexts
    assert Key("", "Mij later bellen of schrijven.") in found
    assert not any(":a0" in context or ":card:" in context for context in contexts)


@pytest.mark.parametrize("scope", SCOPES)
def test_every_scope_has_texts_and_dutch_has_them_all(scope: str) -> None:
    assert len(texts_of("en_XA", scope, TRANSLATIONS)) > 20
    assert coverage("nl", scope, TRANSLATIONS) == 100


def test_the_command_tells_every_language_with_its_state() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "intake_app", "languages", "--json"], cwd=REPOSITORY, capture_output=True, check=True
    )
    rows = json.loads(ended.stdout)

    assert [row["code"] for row in rows] == [one.code for one in with_texts(TRANSLATIONS)]
    assert {"nl", "en", "ar", "uk"} <= {row["code"] for row in rows}
    for row in rows:
        assert set(row) == {"code", "name", "direction", "digits", "coverage", "review", "voice"}
        assert set(row["coverage"]) == {*DOMAINS, CONSENT}
        assert set(row["review"]) == {"state", "by", "date"}
    assert {row["direction"] for row in rows if row["code"] == "ar"} == {"rtl"}


def test_the_digits_are_those_that_numbers_are_written_with() -> None:
    digits = {state.language.code: state.digits.strip("\u2066\u2069") for state in language_states(TRANSLATIONS)}

    assert {code: written for code, written in digits.items() if written != "1234567890"} in (
        {"fa": "۱۲۳۴۵۶۷۸۹۰"},
        {},
    )
