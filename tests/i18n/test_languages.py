"""Languages, their directions and formats, Dutch where a text is missing, and ready sentences in both halves."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from hypothesis import given
from hypothesis import strategies as st

from intake_app.i18n.bidi import isolate, isolate_ltr, strip_controls
from intake_app.i18n.formats import (
    filled_in,
    format_date,
    format_minutes,
    format_moment,
    format_number,
    format_time,
    numbers_in_prose,
    one_full_stop,
)
from intake_app.i18n.gettext import DOMAINS, translations_folder, translator, use_translations
from intake_app.i18n.languages import LANGUAGES, ReviewState, is_rtl, language, review_state, with_texts
from intake_app.i18n.phrases import fill
from intake_app.i18n.starters import GOALS, ROUTE_STEP, STEPS, Starter, _inside_sentence, own_words, starter_sentence

DAY = date(2026, 12, 3)
REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture
def small_translations(tmp_path: Path) -> Iterator[Path]:
    """A folder in which English knows one goal, and Polish nothing."""
    catalogue = Catalog(locale="en")
    catalogue.add("Ik wil {occupation} worden.", "I want to become a {occupation}.")
    catalogue.add("brief", "letter", context="post")
    catalogue.add(("{n} dag", "{n} dagen"), ("{n} day", "{n} days"))
    place = tmp_path / "en" / "LC_MESSAGES"
    place.mkdir(parents=True)
    catalogue.language_team = "reviewed by A. Lezer on 2027-01-10"
    for domain in DOMAINS:
        with (place / f"{domain}.mo").open("wb") as file:
            write_mo(file, catalogue)
    before = translations_folder()
    use_translations(tmp_path)
    yield tmp_path
    use_translations(before)


def written(folder: Path, code: str, teams: dict[str, str]) -> None:
    """Files of one language, each with its `Language-Team` line and no texts."""
    place = folder / code / "LC_MESSAGES"
    place.mkdir(parents=True)
    for domain, team in teams.items():
        head = f'msgid ""\nmsgstr "Language-Team: {team}\\n"\n'
        (place / f"{domain}.po").write_text(head, encoding="utf-8")


# ---------------------------------------------------------------- languages
def test_the_direction_comes_from_our_own_list() -> None:
    assert {code for code in LANGUAGES if is_rtl(code)} == {"ar", "fa", "ps"}


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_language_calls_itself_in_its_own_script(code: str) -> None:
    found = language(code)
    scripts = {"Latn": "LATIN", "Arab": "ARABIC", "Cyrl": "CYRILLIC", "Ethi": "ETHIOPIC"}

    assert found.code == code
    assert scripts[found.script] in unicodedata.name(found.name[0])
    assert is_rtl(code) is (unicodedata.bidirectional(found.name[0]) == "AL")


def test_a_language_that_is_not_ours_reads_as_dutch() -> None:
    assert language("other").code == "nl"
    assert not is_rtl("other")


def test_nobody_spoke_for_a_language_means_made_by_machine(small_translations: Path) -> None:
    assert review_state("pl", small_translations) == ReviewState("machine", None, None)


def test_a_review_is_a_name_and_a_day_in_the_header_of_every_file(small_translations: Path) -> None:
    assert review_state("en", small_translations) == ReviewState("reviewed", "A. Lezer", "2027-01-10")


@pytest.mark.parametrize("missing", DOMAINS)
def test_one_file_that_nobody_checked_makes_the_language_one_of_the_machine(tmp_path: Path, missing: str) -> None:
    checked = [domain for domain in DOMAINS if domain != missing]
    written(tmp_path, "pl", dict.fromkeys(checked, "reviewed by B. Lezer on 2027-02-01") | {missing: "intake-app"})

    assert review_state("pl", tmp_path).state == "machine"


@pytest.mark.parametrize(
    "claim", ["", "reviewed", "reviewed by", "reviewed by  on 2027-01-10", "reviewed by A. Lezer", "A. Lezer"]
)
def test_a_claim_without_a_name_and_a_day_is_no_review(tmp_path: Path, claim: str) -> None:
    written(tmp_path, "pl", dict.fromkeys(DOMAINS, claim))

    assert review_state("pl", tmp_path).state == "machine"


def test_the_oldest_check_counts_and_everyone_who_checked_is_named(tmp_path: Path) -> None:
    claims = dict.fromkeys(DOMAINS, "reviewed by B. Lezer on 2027-02-01")
    written(tmp_path, "pl", claims | {"plan": "reviewed by A. Kijker on 2027-01-31"})

    assert review_state("pl", tmp_path) == ReviewState("reviewed", "A. Kijker, B. Lezer", "2027-01-31")


def test_no_shipped_language_claims_a_review_without_a_name() -> None:
    for one in with_texts(REPOSITORY / "translations"):
        state = review_state(one.code, REPOSITORY / "translations")
        assert (state.by is not None) is (state.state == "reviewed"), one.code


# ---------------------------------------------------------------- texts
def test_a_gap_shows_dutch_never_a_blank(small_translations: Path) -> None:
    for code in ("pl", "en", "nl"):
        assert translator(code).text("Volgende") == "Volgende"
    assert not translator("en").has("Volgende")
    assert translator("nl").has("Volgende")


def test_a_name_that_is_the_same_in_every_language_is_no_gap() -> None:
    context = "organisation:werkcentrum"

    assert translator("fa", "catalogue").text("Werkcentrum Achterhoek", context) == "Werkcentrum Achterhoek"
    assert translator("fa", "catalogue").has("Werkcentrum Achterhoek", context)
    assert not translator("fa", "catalogue").has("Werkcentrum Achterhoek", "organisation:elsewhere")


def test_the_same_word_in_another_place_is_another_text(small_translations: Path) -> None:
    assert translator("en").text("brief", "post") == "letter"
    assert translator("en").text("brief") == "brief"


def test_plurals_follow_the_language(small_translations: Path) -> None:
    counted = [translator("en").plural("{n} dag", "{n} dagen", n).format(n=n) for n in (1, 2)]

    assert counted == ["1 day", "2 days"]


# ---------------------------------------------------------------- formats
def test_a_date_names_its_weekday_as_people_say_it() -> None:
    assert format_date(DAY, "nl") == "donderdag 3 december 2026"
    assert format_date(DAY, "nl", "long") == "3 december 2026"
    assert format_date(DAY, "en").startswith("Thursday")
    assert "ديسمبر" in format_date(DAY, "ar")


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_has_dates_times_and_numbers(code: str) -> None:
    for text in (
        format_date(DAY, code),
        format_date(DAY, code, "short"),
        format_time(time(10, 5), code),
        format_number(1234.5, code),
        format_moment(datetime(2026, 12, 3, 10, 5, tzinfo=UTC), code),
    ):
        assert text.strip()


def test_times_are_written_as_the_language_writes_them() -> None:
    assert format_time(time(10, 5), "nl") == "10.05"
    assert format_time(time(10, 5), "en") == "10:05"
    assert strip_controls(format_time(time(10, 5), "ar")) in {"10:05", "١٠:٠٥"}


def test_persian_is_written_with_its_own_digits_on_days_of_our_calendar() -> None:
    assert format_date(DAY, "fa") == "پنجشنبه ۳ دسامبر ۲۰۲۶"
    assert strip_controls(format_time(time(10, 5), "fa")) == "۱۰:۰۵"
    assert strip_controls(format_date(DAY, "fa", "short")) == "۰۳-۱۲-۲۰۲۶"
    assert strip_controls(format_number(1234.5, "fa")) == "۱٬۲۳۴٫۵"
    assert format_minutes(12, "fa") == "۱۲ دقیقه"
    assert not any(digit in format_moment(datetime(2026, 12, 3, 10, 5), "fa") for digit in "0123456789")


def test_a_count_in_a_sentence_is_in_the_digits_of_its_language_and_a_phone_number_never() -> None:
    assert filled_in(12, "fa") == "۱۲"
    assert filled_in("0544 000 000", "fa") == "0544 000 000"
    assert filled_in(12, "ar") == filled_in(12, "nl") == "12"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("تا 30 روز", "تا ۳۰ روز"),
        ("24 ماه بعد از آخرین گفتگو", "۲۴ ماه بعد از آخرین گفتگو"),
        ("16 یا 17", "۱۶ یا ۱۷"),
        ("بعد از 3، 6 و 12 ماه", "بعد از ۳، ۶ و ۱۲ ماه"),
        ("تلفن 0544 000 000", "تلفن 0544 000 000"),
        ("ساعت 10:05 بیایید", "ساعت 10:05 بیایید"),
        ("mbo 2 یا بالاتر", "mbo 2 یا بالاتر"),
        ("سطح A1 است", "سطح A1 است"),
        ("زنگ بزنید: 0800 2000", "زنگ بزنید: 0800 2000"),
        ("0544 000 000 تلفن", "0544 000 000 تلفن"),
    ],
)
def test_only_counted_numbers_of_a_persian_sentence_change_their_digits(said: str, shown: str) -> None:
    assert numbers_in_prose(said, "fa") == shown
    assert numbers_in_prose(said, "ar") == said


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_length_of_time_is_in_words_of_the_language(code: str) -> None:
    said = format_minutes(5, code)

    assert "duration" not in said
    assert any(letter.isalpha() for letter in said)


def test_a_date_that_ends_with_a_full_stop_ends_its_sentence() -> None:
    assert one_full_stop("Преди 3 декември 2026 г..") == "Преди 3 декември 2026 г."
    assert one_full_stop("г.\u2069. Край.") == "г.\u2069 Край."
    assert one_full_stop("Wacht ... even. Ja.") == "Wacht ... even. Ja."
    assert fill("Voor {date}.", "bg", date=format_date(DAY, "bg")) == "Преди четвъртък, 3 декември 2026\u202fг."


def test_months_of_tigrinya_and_somali_are_their_own() -> None:
    for code in ("ti", "so"):
        months = {format_date(date(2026, month, 3), code, "LLLL") for month in range(1, 13)}
        english = {format_date(date(2026, month, 3), "en", "LLLL") for month in range(1, 13)}
        assert len(months) == 12
        assert not months & english


def test_digits_are_never_reversed_in_a_line_from_right_to_left() -> None:
    for text in (
        format_date(DAY, "ar", "short"),
        format_time(time(10, 5), "ar"),
        format_number(1234.5, "ar"),
        format_moment(datetime(2026, 12, 3, tzinfo=UTC), "ar"),
    ):
        assert text.startswith("\u2066")
        assert text.endswith("\u2069")


@given(st.text())
def test_isolates_close_what_they_open_and_can_be_taken_off(text: str) -> None:
    for wrapped in (isolate(text), isolate_ltr(text)):
        assert strip_controls(wrapped) == strip_controls(text)
        if text:
            assert (wrapped[0], wrapped[-1]) in {("\u2068", "\u2069"), ("\u2066", "\u2069")}
        else:
            assert wrapped == ""


# ---------------------------------------------------------------- ready sentences
def test_every_route_has_its_first_step() -> None:
    assert set(ROUTE_STEP.values()) <= set(STEPS)


def test_a_sentence_that_was_used_unchanged_is_kept_in_both_languages(small_translations: Path) -> None:
    cook = Starter("goal_become", "Kok", "hd2")
    said = starter_sentence(cook, "en")
    assert said == "I want to become a kok."
    for text in (said, "Ik wil kok worden.", f"  {said} "):
        words = own_words(text, "en", (cook,))
        assert (words.text, words.language, words.dutch) == (said, "en", "Ik wil kok worden.")


def test_own_words_stay_as_they_were_said(small_translations: Path) -> None:
    words = own_words(" أريد أن أطبخ ", "ar", (Starter("goal_become", "Kok", "hd2"),))

    assert (words.text, words.dutch) == ("أريد أن أطبخ", "")


@pytest.mark.parametrize("code", sorted(GOALS | STEPS))
def test_without_a_translation_the_whole_sentence_is_dutch(small_translations: Path, code: str) -> None:
    starter = Starter(code, "Kok", "hd2")

    assert starter_sentence(starter, "pl") == starter_sentence(starter, "nl")
    assert "{" not in starter_sentence(starter, "nl")


@pytest.mark.parametrize("language", [one.code for one in with_texts(REPOSITORY / "translations")])
@pytest.mark.parametrize("code", sorted(GOALS | STEPS))
def test_a_ready_sentence_begins_with_a_capital_where_letters_have_one(code: str, language: str) -> None:
    first = starter_sentence(Starter(code, "Kok", "hd2"), language)[0]

    assert first == first.upper()


def test_a_turkish_name_has_the_small_letters_of_turkish() -> None:
    assert _inside_sentence("İtfaiyeci", "tr") == "itfaiyeci"
    assert _inside_sentence("Isıtma ustası", "tr") == "ısıtma ustası"
    assert _inside_sentence("Isolatiemonteur", "nl") == "isolatiemonteur"


def test_a_name_keeps_capitals_that_are_no_beginning_of_a_sentence() -> None:
    assert "ICT-beheerder" in starter_sentence(Starter("goal_become", "ICT-beheerder", "x"), "nl")
