"""The review of a language, step by step as translations/README.md tells it, on a copy."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from devtools import extract_strings
from devtools.gates import LOOK_AT, half_reviewed
from intake_app.i18n.catalogue_files import read_catalogue
from intake_app.i18n.coverage import language_states
from intake_app.i18n.gettext import DOMAINS
from intake_app.i18n.languages import ReviewState, review_state

REPOSITORY = Path(__file__).parents[2]
TRANSLATIONS = REPOSITORY / "translations"
LANGUAGE = "uk"
REVIEW = "reviewed by Olena Lezer on 2027-01-15"
GUIDE = (TRANSLATIONS / "README.md").read_text(encoding="utf-8")


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the translations of one language, in which the texts of today are drawn out."""
    shutil.copytree(TRANSLATIONS / LANGUAGE, tmp_path / LANGUAGE, ignore=shutil.ignore_patterns("*.mo"))
    for template in (*TRANSLATIONS.glob("*.pot"), TRANSLATIONS / "languages.csv"):
        shutil.copy(template, tmp_path)
    monkeypatch.setattr(extract_strings, "TRANSLATIONS", tmp_path)
    return tmp_path


def opened(folder: Path, domain: str) -> Catalog:
    with (folder / LANGUAGE / "LC_MESSAGES" / f"{domain}.po").open("rb") as file:
        return read_po(file, domain=domain)


def saved(folder: Path, catalogue: Catalog) -> None:
    """As an editor leaves it: lines wrapped, its own head line, texts in another order."""
    path = folder / LANGUAGE / "LC_MESSAGES" / f"{catalogue.domain}.po"
    with path.open("wb") as file:
        write_po(file, catalogue, width=60, sort_output=True)
    text = path.read_text(encoding="utf-8")
    head = '"MIME-Version: 1.0\\n"'
    assert head in text
    path.write_text(text.replace(head, head + '\n"X-Generator: Poedit 3.5\\n"', 1), encoding="utf-8")
    read_catalogue.cache_clear()
    review_state.cache_clear()


def reviewed(folder: Path, *domains: str) -> None:
    """Steps 5 and 6: the name in the head of each file."""
    for domain in domains:
        catalogue = opened(folder, domain)
        catalogue.language_team = REVIEW
        saved(folder, catalogue)


def drawn_again(folder: Path, change: tuple[str, str] | None = None) -> None:
    """What `dev.py strings` does with the files of the language; `change` is a Dutch text of the plan that changed."""
    for domain in DOMAINS:
        with (folder / f"{domain}.pot").open("rb") as file:
            template = read_po(file, domain=domain)
        if change and domain == "plan":
            assert template.get(change[0]) is not None
            template.delete(change[0])
            template.add(change[1])
        content = extract_strings.refresh(template, LANGUAGE)
        assert content is not None
        (folder / LANGUAGE / "LC_MESSAGES" / f"{domain}.po").write_bytes(content)
    read_catalogue.cache_clear()
    review_state.cache_clear()


OLD, NEW = "Dit blad is alleen voor u.", "Dit blad is alleen voor u zelf."


def test_a_correction_stays_when_the_texts_are_drawn_again(copied: Path) -> None:
    before = opened(copied, "plan")
    said = before.get(OLD)
    assert said is not None
    said.string = "Цей аркуш лише для Вас. Виправлено."
    saved(copied, before)

    drawn_again(copied)

    found = opened(copied, "plan")
    assert str(found.get(OLD).string) == "Цей аркуш лише для Вас. Виправлено."  # type: ignore[union-attr]  # it is there
    content = (copied / LANGUAGE / "LC_MESSAGES" / "plan.po").read_text(encoding="utf-8")
    ours = (TRANSLATIONS / LANGUAGE / "LC_MESSAGES" / "plan.po").read_text(encoding="utf-8")
    differing = [pair for pair in zip(content.splitlines(), ours.splitlines(), strict=True) if pair[0] != pair[1]]
    assert len(differing) == 1


def test_the_name_enters_the_app_when_all_five_files_bear_it(copied: Path) -> None:
    reviewed(copied, *DOMAINS[:-1])
    drawn_again(copied)
    assert review_state(LANGUAGE, copied).state == "machine"

    reviewed(copied, DOMAINS[-1])
    drawn_again(copied)

    assert review_state(LANGUAGE, copied) == ReviewState("reviewed", "Olena Lezer", "2027-01-15")
    (state,) = [one for one in language_states(copied) if one.language.code == LANGUAGE]
    assert state.review.by == "Olena Lezer"
    assert half_reviewed(copied) == []


def test_a_changed_text_opens_the_review_again_for_that_text_alone(copied: Path) -> None:
    reviewed(copied, *DOMAINS)
    drawn_again(copied)
    whole = opened(copied, "plan")

    drawn_again(copied, (OLD, NEW))

    found = opened(copied, "plan")
    marked = [message.id for message in found if LOOK_AT in message.user_comments]
    assert marked == [NEW]
    assert found.language_team == f"intake-app, eerder {REVIEW}"
    assert review_state(LANGUAGE, copied) == ReviewState("machine", None, None)
    kept = {message.id: message.string for message in found if message.id and message.id != NEW}
    assert kept == {message.id: message.string for message in whole if message.id and message.id != OLD}
    assert opened(copied, "app").language_team == REVIEW


def test_the_language_is_reviewed_again_when_only_the_new_texts_were_looked_at(copied: Path) -> None:
    reviewed(copied, *DOMAINS)
    drawn_again(copied, (OLD, NEW))
    translated = opened(copied, "plan")
    new = translated.get(NEW)
    assert new is not None
    new.string = "Цей аркуш лише для Вас."
    saved(copied, translated)
    again = opened(copied, "plan")
    assert LOOK_AT in again.get(NEW).user_comments  # type: ignore[union-attr]  # it is there
    again.language_team = REVIEW.replace("01-15", "03-01")
    saved(copied, again)
    assert half_reviewed(copied) == [f"{LANGUAGE}: plan: {LOOK_AT}: {NEW}"]

    again.get(NEW).user_comments = []  # type: ignore[union-attr]  # it is there
    saved(copied, again)

    assert half_reviewed(copied) == []
    assert review_state(LANGUAGE, copied) == ReviewState("reviewed", "Olena Lezer", "2027-01-15")


def test_a_doubtful_text_is_shown_in_dutch(copied: Path) -> None:
    catalogue = opened(copied, "plan")
    catalogue.get(OLD).flags.add("fuzzy")  # type: ignore[union-attr]  # it is there
    saved(copied, catalogue)

    assert OLD not in {key.dutch for key in read_catalogue(copied, LANGUAGE, "plan").texts}


def test_the_guide_names_what_is_really_written_and_typed() -> None:
    assert LOOK_AT in GUIDE
    assert re.search(r"reviewed by \S.* on \d{4}-\d{2}-\d{2}", GUIDE)
    assert f"intake-app, {extract_strings.BEFORE} reviewed by" in GUIDE
    for domain in DOMAINS:
        assert f"`CODE/LC_MESSAGES/{domain}.po`" in GUIDE
    for name in re.findall(r"`(?:review/|glossary/)?([a-z]+\.csv)`", GUIDE):
        assert (TRANSLATIONS / name).is_file() or name == "CODE.csv"
