"""What the prints say, and what they never say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest

from intake_app.domain.catalogue import Catalogue
from intake_app.domain.plan import Appointment, OwnWords, PlanDocument, PlanStep
from intake_app.domain.reasons import Reason, ReasonCode
from intake_app.errors import PlanError, UnknownName
from intake_app.i18n.bidi import strip_controls
from intake_app.plan.content import Block, Box, Check, Pair, Pictured, Pictures, Sheet, Text
from intake_app.plan.document import KINDS, document_from_json, document_to_json, sheet_for

Sample = Callable[[str], PlanDocument]


def pairs(blocks: tuple[Block, ...]) -> Iterator[Pair]:
    for block in blocks:
        if isinstance(block, Text):
            yield block.pair
        elif isinstance(block, Pictured | Check):
            yield from (text.pair for text in block.texts)
        elif isinstance(block, Pictures):
            yield from (pair for _, pair in block.items)
        elif isinstance(block, Box):
            yield from pairs(block.blocks)


def dutch(sheet: Sheet, page: int | None = None) -> str:
    pages = sheet.pages if page is None else (sheet.pages[page],)
    return "\n".join(strip_controls(pair.nl.text) for blocks in pages for pair in pairs(blocks))


def own(sheet: Sheet) -> str:
    return "\n".join(strip_controls(pair.own.text) for blocks in sheet.pages for pair in pairs(blocks))


@pytest.mark.parametrize("name", ["refugee-cook", "farm-worker", "nt1-cleaner"])
def test_a_stored_plan_says_the_same_when_it_is_read_again(sample: Sample, name: str) -> None:
    document = sample(name)

    assert document_from_json(document_to_json(document)) == document


def test_a_reason_with_a_date_says_the_same_after_storing(sample: Sample, catalogue: Catalogue) -> None:
    demand = Reason(ReasonCode.DEMAND_HIGH, {"source": "UWV", "date": date(2026, 3, 1)})
    plain = sample("nt1-cleaner")
    document = replace(plain, directions=(replace(plain.directions[0], reasons=(demand,)),))

    again = document_from_json(document_to_json(document))

    said = [dutch(sheet_for(item, catalogue, kind="plan", language="nl")) for item in (document, again)]
    assert said[0] == said[1]
    assert "veel vraag in de Achterhoek (UWV, 1 maart 2026)" in said[0]


@pytest.mark.parametrize("raw", [b"", b"[]", b"{}", b'{"call_name": 3}', b'{"unknown": "Amina"}'])
def test_what_is_no_stored_plan_is_refused_without_quoting_it(raw: bytes) -> None:
    with pytest.raises(PlanError) as caught:
        document_from_json(raw)

    assert "Amina" not in str(caught.value)


def test_the_fridge_page_says_first_step_appointment_phone_and_strengths(sample: Sample, catalogue: Catalogue) -> None:
    page = dutch(sheet_for(sample("refugee-cook"), catalogue, kind="plan", language="ar"), 0)

    assert "Ik bel het Taalhuis en vraag om een les Nederlands." in page
    assert "Voor maandag 30 november 2026. Anna helpt mij." in page
    assert "donderdag 3 december 2026, 10.00 uur, met Anna\nbibliotheek Groenlo" in page
    assert "0544\u00a0000\u00a0000" in page
    for strength in ("koken", "maaltijden plannen", "veilig omgaan met eten"):
        assert strength in page


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("private", "counsellor")])
def test_sensitive_help_and_private_steps_stand_only_on_the_private_sheet(
    sample: Sample, catalogue: Catalogue, kind: str
) -> None:
    said = dutch(sheet_for(sample("refugee-cook"), catalogue, kind=kind, language="ar"))
    private = dutch(sheet_for(sample("refugee-cook"), catalogue, kind="private", language="ar"))

    for secret in ("schuldhulp", "brieven over geld", "opvang of zorg thuis"):
        assert secret in private
        assert secret not in said


def test_page_two_says_goal_directions_steps_and_help(sample: Sample, catalogue: Catalogue) -> None:
    page = dutch(sheet_for(sample("refugee-cook"), catalogue, kind="plan", language="ar"), 1)

    for sentence in (
        "Ik wil in een keuken werken en beter Nederlands praten.",
        "Mijn vraag: werk en taal of computer.",
        "Dit is een idee. U kiest zelf.",
        "Kok · past deels",
        "Nog leren: meer dingen tegelijk doen.",
        "Kans op werk: nog navragen.",
        "Zo maken we contact: wij bellen nu samen.",
        "Ik neem mee:",
        "We spreken elkaar weer: donderdag 3 december 2026",
    ):
        assert sentence in page


def test_a_caution_is_said_with_the_direction_that_carries_it(sample: Sample, catalogue: Catalogue) -> None:
    page = dutch(sheet_for(sample("farm-worker"), catalogue, kind="plan", language="nl"), 1)

    assert page.count("Overleg eerst met UWV, gemeente of COA.") == 1


def test_a_certificate_of_conduct_is_only_said_to_be_asked_for(sample: Sample, catalogue: Catalogue) -> None:
    page = dutch(sheet_for(sample("nt1-cleaner"), catalogue, kind="plan", language="nl"), 1)

    assert "Een VOG wordt gevraagd bij dit werk." in page
    assert "Verklaring Omtrent" not in page


def test_words_in_one_language_stand_in_both_halves_with_whose_they_are(sample: Sample, catalogue: Catalogue) -> None:
    words = OwnWords("أريد أن أعمل", "ar")
    document = replace(sample("refugee-cook"), goal=words)

    goals = [
        pair
        for blocks in sheet_for(document, catalogue, kind="plan", language="ar").pages
        for pair in pairs(blocks)
        if pair.own.text == words.text
    ]

    assert [(pair.own.language, pair.own.note) for pair in goals] == [("ar", "")]
    assert (goals[0].nl.text, goals[0].nl.language) == (words.text, "ar")
    assert goals[0].nl.note == "Woorden van Amina (Arabisch)"


def test_a_plan_without_choices_is_still_a_plan(sample: Sample, catalogue: Catalogue) -> None:
    bare = replace(
        sample("refugee-cook"), goal=None, question=(), directions=(), steps=(), referrals=(), appointment=None
    )

    said = dutch(sheet_for(bare, catalogue, kind="plan", language="ar"))

    assert "Ik kies nog niet. Dat is goed." in said
    assert "Wij hebben geen afspraak." in said


def test_at_most_three_steps_stand_on_page_two(sample: Sample, catalogue: Catalogue) -> None:
    steps = tuple(PlanStep(OwnWords(f"Ik doe stap {number}.", "nl")) for number in range(1, 6))

    page = dutch(sheet_for(replace(sample("nt1-cleaner"), steps=steps), catalogue, kind="plan", language="nl"), 1)

    assert "Ik doe stap 3." in page
    assert "Ik doe stap 4." not in page


def test_who_helps_is_said_for_every_kind_of_help(sample: Sample, catalogue: Catalogue) -> None:
    helpers = {"participant": "Ik doe dit zelf.", "together": "Sanne helpt mij.", "counsellor": "Sanne doet dit."}
    for who, sentence in helpers.items():
        document = replace(sample("nt1-cleaner"), steps=(PlanStep(OwnWords("Ik bel.", "nl"), who=who),))
        assert sentence in dutch(sheet_for(document, catalogue, kind="plan", language="nl"), 0)
    partner = PlanStep(OwnWords("Ik bel.", "nl"), who="partner", partner="taalhuis")
    document = replace(sample("nt1-cleaner"), steps=(partner,))
    assert "Taalhuis Achterhoek helpt mij." in dutch(sheet_for(document, catalogue, kind="plan", language="nl"), 0)


def test_my_data_says_each_consent_who_sees_it_and_how_to_stop(sample: Sample, catalogue: Catalogue) -> None:
    said = dutch(sheet_for(sample("refugee-cook"), catalogue, kind="data", language="ar"))

    assert "Ja: Mijn antwoorden op deze laptop bewaren." in said
    assert "tot 30 dagen nadat het gesprek klaar of verstuurd is" in said
    assert "Nee: Opschrijven wat ik op het werk nodig heb." in said
    assert "Niet gevraagd: Opschrijven of ik uit een ander land kom." in said
    assert "Alleen Taalhuis Achterhoek krijgt het" in said
    assert "Autoriteit Persoonsgegevens" in said
    assert "4711-2085" in said
    assert "KERS-48-LAMP" in said


@pytest.mark.parametrize("agreed", [True, False])
def test_control_is_only_denied_where_the_agreement_is_signed(
    sample: Sample, catalogue: Catalogue, agreed: bool
) -> None:
    plain = sample("refugee-cook")
    document = replace(plain, installation=replace(plain.installation, no_control_agreement=agreed))

    said = dutch(sheet_for(document, catalogue, kind="data", language="ar"))

    assert ("Wij gebruiken dit niet om uw uitkering te controleren." in said) is agreed


def test_the_skills_sheet_says_no_obstacles_help_or_steps(sample: Sample, catalogue: Catalogue) -> None:
    sheet = sheet_for(sample("refugee-cook"), catalogue, kind="skills", language="ar")

    said = dutch(sheet)
    assert "koken" in said
    assert "Elke dag koken voor het gezin" in said
    for absent in ("geld", "Taalhuis", "Ik bel", "opvang"):
        assert absent not in said


def test_a_letter_is_written_only_for_help_that_may_be_shared(sample: Sample, catalogue: Catalogue) -> None:
    sheet = sheet_for(sample("refugee-cook"), catalogue, kind="referral", language="ar")

    assert len(sheet.pages) == 1
    said = dutch(sheet)
    assert "Aan: Taalhuis Achterhoek" in said
    assert "Amina wil graag hulp bij: werk en taal of computer." in said
    assert "Amina vindt het goed dat ik dit deel." in said
    assert "koken" not in said


def test_without_consent_there_is_no_letter(sample: Sample, catalogue: Catalogue) -> None:
    sheet = sheet_for(sample("farm-worker"), catalogue, kind="referral", language="nl")

    assert dutch(sheet) == "Er is niets dat gedeeld mag worden."


def test_the_counsellor_page_is_dutch_and_leaves_special_consents_out(sample: Sample, catalogue: Catalogue) -> None:
    sheet = sheet_for(sample("refugee-cook"), catalogue, kind="counsellor", language="ar")

    said = dutch(sheet)
    assert sheet.language == "nl"
    assert "C1: ja" in said
    assert "C4" not in said
    assert "C5" not in said
    assert "niet delen" in said


def test_the_appointment_card_says_when_where_who_and_the_phone(sample: Sample, catalogue: Catalogue) -> None:
    sheet = sheet_for(sample("refugee-cook"), catalogue, kind="appointment", language="ar")

    assert sheet.paper == "A6"
    said = dutch(sheet)
    for part in ("donderdag 3 december 2026", "10.00 uur", "bibliotheek Groenlo", "met Anna", "Kunt u niet? Bel"):
        assert part in said


def test_no_appointment_is_said_kindly(sample: Sample, catalogue: Catalogue) -> None:
    document = replace(sample("refugee-cook"), appointment=Appointment(day=None, how="none"))

    assert "Wij hebben geen afspraak" in dutch(sheet_for(document, catalogue, kind="appointment", language="ar"))


@pytest.mark.parametrize(("state", "says"), [("machine", True), ("reviewed", False)])
def test_a_machine_translation_says_so_until_it_is_reviewed(
    sample: Sample, catalogue: Catalogue, state: str, says: bool
) -> None:
    document = replace(sample("refugee-cook"), language_state=state)

    sheet = sheet_for(document, catalogue, kind="plan", language="ar")

    lines = " ".join(text.pair.nl.text for text in sheet.last)
    assert ("Vertaald met de computer." in lines) is says
    assert "Bronnen: MJP 3.19 (21 november 2026)" in lines


def test_practice_is_said_on_the_sheet_and_a_real_plan_has_no_banner(sample: Sample, catalogue: Catalogue) -> None:
    practice = sheet_for(sample("refugee-cook"), catalogue, kind="plan", language="ar")
    real = sheet_for(replace(sample("refugee-cook"), practice=False), catalogue, kind="plan", language="ar")

    assert practice.banner is not None
    assert practice.banner.nl.text.startswith("OEFENING")
    assert real.banner is None


def test_an_example_offer_is_called_an_example(sample: Sample, catalogue: Catalogue) -> None:
    said = dutch(sheet_for(sample("farm-worker"), catalogue, kind="plan", language="nl"))

    assert "Een dag meekijken op een melkveebedrijf (voorbeeld)" in said


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "counsellor"])
def test_every_sentence_of_ours_is_said_in_arabic_too(sample: Sample, catalogue: Catalogue, kind: str) -> None:
    sheet = sheet_for(sample("refugee-cook"), catalogue, kind=kind, language="ar")

    ours = {"Ik kijk een ochtend mee in de keuken van de kantine."}
    for blocks in sheet.pages:
        for pair in pairs(blocks):
            letters = [char for char in pair.own.text if "\u0600" <= char <= "\u06ff"]
            names = pair.own.text in ours or pair.own.text == pair.nl.text
            assert letters or names, pair.nl.text


def test_a_language_without_translations_shows_dutch_from_left_to_right(sample: Sample, catalogue: Catalogue) -> None:
    sheet = sheet_for(sample("refugee-cook"), catalogue, kind="plan", language="ps")

    headings = [pair for blocks in sheet.pages for pair in pairs(blocks) if pair.nl.text == "Mijn eerste stap"]
    assert [(pair.own.text, pair.own.language) for pair in headings] == [("Mijn eerste stap", "nl")]


def test_an_unknown_print_is_refused_with_the_known_ones(sample: Sample, catalogue: Catalogue) -> None:
    with pytest.raises(UnknownName) as caught:
        sheet_for(sample("refugee-cook"), catalogue, kind="poster", language="nl")

    assert caught.value.params["known"] == KINDS


def test_a_step_with_a_sensitive_partner_stands_on_the_private_sheet(sample: Sample, catalogue: Catalogue) -> None:
    step = PlanStep(OwnWords("Ik praat met iemand.", "nl"), who="partner", partner="ggz_ips")
    document = replace(sample("nt1-cleaner"), steps=(step,))

    assert "Ik praat met iemand." not in dutch(sheet_for(document, catalogue, kind="plan", language="nl"))
    assert "Ik praat met iemand." in dutch(sheet_for(document, catalogue, kind="private", language="nl"))


def test_a_caution_that_does_not_hold_for_the_chosen_way_is_not_said(sample: Sample, catalogue: Catalogue) -> None:
    plain = sample("nt1-cleaner")
    reasons = (Reason(ReasonCode.CAUTION_CONSULT_FIRST),)
    document = replace(plain, directions=(replace(plain.directions[0], reasons=reasons, cautions=()),))

    assert "Overleg eerst" not in dutch(sheet_for(document, catalogue, kind="plan", language="nl"))


def test_requirements_given_as_texts_are_known_again(sample: Sample, catalogue: Catalogue) -> None:
    plain = sample("nt1-cleaner")
    texts = tuple(item.text_nl for item in catalogue.occupations["hd4"].requirements)
    document = replace(plain, directions=(replace(plain.directions[0], reasons=(), requirements=texts),))

    assert "Een VOG wordt gevraagd bij dit werk." in dutch(sheet_for(document, catalogue, kind="plan", language="nl"))


@pytest.mark.parametrize("kind", KINDS)
def test_a_plan_of_somebody_without_a_name_at_a_place_without_a_phone_has_no_gaps(
    sample: Sample, catalogue: Catalogue, kind: str
) -> None:
    plain = sample("refugee-cook")
    place = replace(plain.installation, location="", phone="", controller_contact="")
    document = replace(plain, call_name="", counsellor="", installation=place, goal=OwnWords("أريد", "ar"))

    sheet = sheet_for(document, catalogue, kind=kind, language="ar")

    for text in (dutch(sheet), own(sheet), sheet.title.nl.text, sheet.title.own.text, sheet.footer.nl.text):
        for gap in (": \n", "  ", " .", " ,", ", .", "bel .", "()", "via ."):
            assert gap not in text
        assert not text.endswith((":", ": ")) or kind in ("referral", "data")
