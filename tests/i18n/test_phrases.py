"""Codes become sentences: every code, in every shipped language, with the words the field agreed on."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from intake_app import errors
from intake_app.catalogue.load import load_catalogue
from intake_app.domain.catalogue import Catalogue, Requirement
from intake_app.domain.reasons import Reason, ReasonCode
from intake_app.domain.recommendation import Fit
from intake_app.i18n import words
from intake_app.i18n.bidi import strip_controls
from intake_app.i18n.languages import with_texts
from intake_app.i18n.phrases import (
    code_words,
    consent_sentences,
    error_sentence,
    error_text,
    fit_sentence,
    joined,
    reason_sentence,
    requirement_sentence,
)

REPOSITORY = Path(__file__).parents[2]
LANGUAGES = tuple(one.code for one in with_texts(REPOSITORY / "translations"))
FULL_STOPS = (".", "።")
FULL: dict[str, object] = {
    "skills": ["cooking", "baking"],
    "card": "h1",
    "letters": "RS",
    "kinds": ["learn_on_job"],
    "sector": "care",
    "requirement": {"code": "CERT", "text_nl": "lasdiploma"},
    "level": "mbo 2",
    "cefr": "a2",
    "source": "UWV",
    "date": date(2026, 3, 1),
    "occupation": "tm3",
    "ask": "de gemeente",
}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(REPOSITORY / "resources" / "catalogue")


@pytest.mark.parametrize("code", list(ReasonCode))
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("params", [{}, FULL])
def test_every_reason_is_a_whole_sentence_with_or_without_its_parameters(
    code: ReasonCode, language: str, params: dict[str, object], catalogue: Catalogue
) -> None:
    sentence = reason_sentence(Reason(code, params), language, catalogue)

    assert sentence.endswith(FULL_STOPS)
    assert "{" not in sentence
    assert "None" not in sentence
    assert not re.search(r"[:(]\s*[.)]", sentence), "no gap where a value should stand"


@pytest.mark.parametrize("code", list(ReasonCode))
def test_every_reason_is_said_in_arabic_letters(code: ReasonCode, catalogue: Catalogue) -> None:
    sentence = reason_sentence(Reason(code, FULL), "ar", catalogue)

    assert sum("\u0600" <= char <= "\u06ff" for char in sentence) > 5


@pytest.mark.parametrize(
    ("code", "words_of_the_field"),
    [
        (ReasonCode.NOTE_EARLY_SHIFT, "Vroege dienst: vaak geen bus."),
        (ReasonCode.NOTE_CHILDCARE_FIRST, "Eerst opvang regelen."),
        (ReasonCode.NOTE_FIXED_HOURS, "Vraag naar vaste uren."),
        (ReasonCode.NOTE_LICENCE, "Rijbewijs nodig."),
        (
            ReasonCode.CAUTION_REGISTRATION_FIRST,
            "Eerst uw diploma laten erkennen: zorg bij het CIBG (BIG), onderwijs bij DUO.",
        ),
        (ReasonCode.CAUTION_SCREENING, "Er is een onderzoek naar gedrag. Vraag eerst of het kan."),
        (ReasonCode.CAUTION_SELF_EMPLOYMENT, "Vaak werk als zzp'er: vraag advies over geld en verzekering."),
        (ReasonCode.CAUTION_DEMAND_FALLING, "Er zijn minder vacatures dan vroeger. Kijk eerst samen."),
        (ReasonCode.CAUTION_BLOOD_ANIMALS, "Werk met vlees en bloed."),
        (ReasonCode.CAUTION_CONSULT_FIRST, "Overleg eerst met UWV, gemeente of COA."),
        (ReasonCode.VOG_ASKED, "Een VOG wordt gevraagd bij dit werk."),
        (ReasonCode.DEMAND_UNKNOWN, "Kans op werk: nog navragen."),
        (ReasonCode.CAN_ALREADY, "U kunt al: koken en bakken."),
        (ReasonCode.STILL_LEARN, "Nog leren: koken en bakken."),
        (ReasonCode.NEEDED, "Nodig: lasdiploma."),
        (ReasonCode.DEMAND_HIGH, "Kans op werk: veel vraag in de Achterhoek (UWV, 1 maart 2026)."),
        (ReasonCode.INTEREST_FITS, "Dit past bij wat u leuk vindt: met uw handen werken en mensen helpen."),
        (ReasonCode.CARD_SHOWS, "Uw kaart “Elke dag koken voor het gezin” laat dit zien: koken en bakken."),
    ],
)
def test_the_words_are_those_of_the_rules(code: ReasonCode, words_of_the_field: str, catalogue: Catalogue) -> None:
    assert reason_sentence(Reason(code, FULL), "nl", catalogue) == words_of_the_field


def test_a_certificate_of_conduct_is_never_called_needed(catalogue: Catalogue) -> None:
    vog = Requirement("VOG", "Verklaring Omtrent het Gedrag (VOG)", by_law=True)
    sentences = {
        requirement_sentence(vog, "nl"),
        reason_sentence(Reason(ReasonCode.NEEDED, {"requirement": vog}), "nl", catalogue),
        reason_sentence(Reason(ReasonCode.NEEDED, {"requirement": {"code": "VOG", "text_nl": "VOG"}}), "nl", catalogue),
    }

    assert sentences == {"Een VOG wordt gevraagd bij dit werk."}


def test_no_sentence_promises_a_right_or_says_kansberoep(catalogue: Catalogue) -> None:
    said = " ".join(reason_sentence(Reason(code, FULL), "nl", catalogue) for code in ReasonCode)

    for forbidden in ("recht op", "u heeft recht", "mag niet", "kansberoep"):
        assert forbidden not in said.lower()


def test_user_text_and_numbers_are_isolated_in_arabic(catalogue: Catalogue) -> None:
    sentence = reason_sentence(Reason(ReasonCode.DEMAND_HIGH, FULL), "ar", catalogue)
    level = reason_sentence(Reason(ReasonCode.LANGUAGE_FIRST, FULL), "ar", catalogue)

    assert "\u2068UWV\u2069" in sentence
    assert "\u2066A2\u2069" in level


def test_an_unknown_id_gives_a_barer_sentence(catalogue: Catalogue) -> None:
    assert (
        reason_sentence(Reason(ReasonCode.CAN_ALREADY, {"skills": ["flying"]}), "nl", catalogue)
        == "U kunt hier al iets van."
    )


def test_a_language_without_texts_says_the_whole_sentence_in_dutch(catalogue: Catalogue) -> None:
    sentence = reason_sentence(Reason(ReasonCode.CAN_ALREADY, FULL), "ps", catalogue)

    assert sentence == "U kunt al: koken en bakken."


@pytest.mark.parametrize("fit", list(Fit))
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_fit_is_words_and_never_a_number(fit: Fit, language: str) -> None:
    sentence = fit_sentence(fit, language)

    assert sentence
    assert not any(char.isdigit() for char in sentence)


def test_the_three_fits_are_the_agreed_words() -> None:
    assert [fit_sentence(fit, "nl") for fit in Fit] == ["past goed", "past deels", "met leren"]


@pytest.mark.parametrize("code", ["C1", "C2", "C3", "C4", "C5", "C6", "C7"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_consent_says_what_and_who_sees_it(code: str, language: str) -> None:
    what, who = consent_sentences(code, language, organisation="Taalhuis", days=30, months=12)

    assert what.endswith(FULL_STOPS)
    assert who.endswith(FULL_STOPS)
    assert "{" not in what + who


def test_a_list_is_said_with_and() -> None:
    assert joined(["koken", "bakken", "naaien"], "nl") == "koken, bakken en naaien"
    assert strip_controls(joined(["أ", "ب"], "ar")) == "أ وب"


@pytest.mark.parametrize("kind", list(words.TABLES))
def test_every_code_has_words_in_every_shipped_language(kind: str) -> None:
    for code in words.TABLES[kind]:
        assert all(code_words(kind, code, language) for language in LANGUAGES)
        assert any("\u0600" <= char <= "\u06ff" for char in code_words(kind, code, "ar")), code


def test_an_unknown_code_has_no_words() -> None:
    assert code_words("route", "X", "nl") == ""


def kinds_of_error(kind: type[errors.IntakeError] = errors.IntakeError) -> list[type[errors.IntakeError]]:
    own = [child for child in kind.__subclasses__() if child.__module__ == errors.__name__]
    return [kind, *(found for child in own for found in kinds_of_error(child))]


@pytest.mark.parametrize("kind", kinds_of_error(), ids=lambda kind: kind.code)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_says_what_it_means_and_what_to_do(kind: type[errors.IntakeError], language: str) -> None:
    parts = error_text(kind(), language)

    assert all(parts)
    assert "{" not in error_sentence(kind(), language)
    if kind is not errors.IntakeError:
        assert parts.what != error_text(errors.IntakeError(), language).what


def test_an_error_shows_its_parameters_and_marks_the_absent_ones() -> None:
    assert "U+1F600" in error_sentence(errors.FontMissing(codepoint="U+1F600"), "nl")
    assert "(regel …)" in error_sentence(errors.UnsafeXml(), "nl")
    assert "a; b" in error_sentence(errors.FormInvalid(problems=("a", "b")), "nl")


def test_braces_in_a_parameter_are_no_places() -> None:
    sentence = error_sentence(errors.ExpressionError(expression="${age} {path}", problem="x", path="secret"), "nl")

    assert "${age} {path}" in sentence


def test_a_parameter_is_isolated_in_arabic() -> None:
    assert "\u2068plan.json\u2069" in error_sentence(errors.FileMissing(path="plan.json"), "ar")


def test_an_error_made_elsewhere_speaks_with_the_words_of_its_parent() -> None:
    class OddInput(errors.InputError):
        code = "odd_input_of_this_test"

    assert error_sentence(OddInput(), "nl") == error_sentence(errors.InputError(), "nl")


@pytest.mark.parametrize("domain", ["plan", "errors"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_translations_are_complete_and_keep_every_place(domain: str, language: str) -> None:
    path = REPOSITORY / "translations" / language / "LC_MESSAGES" / f"{domain}.po"
    with path.open("rb") as file:
        catalog = read_po(file)

    for message in catalog:
        if message.id:
            assert message.string, message.id
            assert set(re.findall(r"{\w+}", message.string)) == set(re.findall(r"{\w+}", message.id)), message.id
