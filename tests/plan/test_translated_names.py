"""Names from the catalogue are said in the language of the half they stand in, never in Dutch where there is a word."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace

import pytest

from intake_app.domain.catalogue import Catalogue
from intake_app.domain.plan import OwnWords, PlanConsent, PlanDocument, PlanStep
from intake_app.domain.reasons import Reason, ReasonCode
from intake_app.i18n.bidi import strip_controls
from intake_app.i18n.phrases import catalogue_text, reason_sentence
from intake_app.plan.content import Said
from intake_app.plan.document import sheet_for

Samples = Callable[[str], PlanDocument]
LIBRARY = "digitaalhuis"
OWN = {"en": "Library and Digitaalhuis", "ar": "المكتبة"}


def said_in(value: object, language: str) -> Iterator[str]:
    """Every text of a sheet in one language."""
    if isinstance(value, Said):
        if value.language == language:
            yield strip_controls(value.text)
    elif isinstance(value, tuple):
        for item in value:
            yield from said_in(item, language)
    elif is_dataclass(value):
        for one in fields(value):
            yield from said_in(getattr(value, one.name), language)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_partner_who_helps_with_a_step_is_named_in_both_languages(
    language: str, sample: Samples, catalogue: Catalogue
) -> None:
    step = PlanStep(OwnWords("Oefenen met de computer", "nl"), who="partner", partner=LIBRARY)
    plan = replace(sample("refugee-cook"), steps=(step,))
    sheet = sheet_for(plan, catalogue, kind="plan", language=language)
    dutch = catalogue.organisations[LIBRARY].label_nl
    assert any(OWN[language] in text for text in said_in(sheet, language))
    assert not any(dutch in text for text in said_in(sheet, language))
    assert any(dutch in text for text in said_in(sheet, "nl"))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_sheet_of_data_names_who_gets_it_in_both_languages(
    language: str, sample: Samples, catalogue: Catalogue
) -> None:
    plan = replace(sample("refugee-cook"), consents=(PlanConsent("C7", True, LIBRARY),))
    sheet = sheet_for(plan, catalogue, kind="data", language=language)
    dutch = catalogue.organisations[LIBRARY].label_nl
    assert sum(OWN[language] in text for text in said_in(sheet, language)) == 2
    assert sum(dutch in text for text in said_in(sheet, "nl")) == 2
    assert not any(dutch in text for text in said_in(sheet, language))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_where_to_ask_which_level_and_whose_word_it_is_are_translated(language: str, catalogue: Catalogue) -> None:
    params: dict[tuple[ReasonCode, str], dict[str, str]] = {
        (ReasonCode.OFFER_ASK_AT, "ask"): {
            offer.ask_nl: f"offer_ask:{offer.id}" for offer in catalogue.offers.values()
        },
        (ReasonCode.LEVEL_GAP, "level"): {one.level_text: "level" for one in catalogue.occupations.values()},
        (ReasonCode.DEMAND_HIGH, "source"): {one.provenance.source: "source" for one in catalogue.occupations.values()},
    }
    for (code, name), texts in params.items():
        for dutch, context in texts.items():
            sentence = reason_sentence(Reason(code, {name: dutch}), language, catalogue)
            assert catalogue_text(context, dutch, language) in strip_controls(sentence)
            if language == "ar":
                assert catalogue_text(context, dutch, language) != dutch or not dutch
