"""Every sentence in every shipped language, and the sentences whose wording is fixed."""

from __future__ import annotations

import re

import pytest
from babel.messages.pofile import read_po

from intake_app.i18n.languages import review_state, with_texts
from intake_app.paths import translations_dir
from intake_app.xforms.compile.compiler import compile_form
from intake_app.xforms.compile.sheets import read_sheets
from intake_app.xforms.compile.texts import form_texts, placeholders

FORM_IDS = ("data_request", "follow_up", "intake", "participant", "plan", "status")
NAMES = {one.code: f"{one.name} ({one.code})" for one in with_texts(translations_dir())}
TRANSLATED = tuple(code for code in NAMES if code != "nl")
DEFAULTS = {"retention_days": "30", "central_months": "12", "special_months": "12", "case_card_days": "30"}

CONSENT_TEXTS = {
    "b02_text_consent": "Mag ik uw antwoorden op deze laptop bewaren? Dan maken wij samen een plan. Alleen ik en mijn "
    "vervanger zien het, tot 30 dagen nadat het gesprek klaar of verstuurd is. Nee is ook goed: dan praten we zonder "
    "opschrijven.",
    "b02_text_public_task": "Ik schrijf op deze laptop op wat u vertelt, om samen een plan te maken. Alleen ik en mijn "
    "vervanger zien het. Het blijft tot 30 dagen nadat het gesprek klaar of verstuurd is. Wilt u dat niet, zeg het: "
    "dan praten we zonder opschrijven.",
    "b03_consent_central": "Mogen uw antwoorden en uw plan naar het Werkcentrum? Dan hoeft u daar niet alles opnieuw "
    "te vertellen. Alleen uw begeleiders zien het, tot 12 maanden na het laatste gesprek. Nee is ook goed.",
    "b04_consent_contact": "Mogen wij later bellen of schrijven om te vragen hoe het gaat? Uw begeleider bewaart dan "
    "uw naam, nummer, taal, stappen en de datum. Dat gaat weg 30 dagen na het laatste gesprek. Nee is ook goed: u mag "
    "zelf altijd langskomen.",
    "b05_consent_needs": "Mag ik opschrijven wat u op het werk nodig heeft door uw gezondheid? Dan zoeken we werk dat "
    "past; een ziekte schrijf ik niet op. Alleen uw begeleiders zien het, hoogstens 12 maanden. Nee is ook goed.",
    "b06_consent_origin": "Mag ik opschrijven of u uit een ander land komt? Dan kan ik beter helpen met uw diploma en "
    "met de regels voor werk. Alleen uw begeleiders zien het, hoogstens 12 maanden. Nee is ook goed.",
    "b07_consent_stats": "Mogen wij u zonder naam meetellen, ook of u uit een ander land komt? Dan zien we of het "
    "project werkt. Alleen mensen van het project zien de aantallen; die blijven bewaard. Nee is ook goed.",
    "q06_share_consent": "Mag ik uw naam, uw nummer en deze vraag aan [organisatie] geven? Dan kunnen zij contact met "
    "u opnemen. Alleen [organisatie] krijgt het, en bewaart het zolang zij u helpen. Nee is ook goed: dan gaat u zelf, "
    "of we gaan samen.",
    "b01_text_no_control": "Wij gebruiken dit niet om uw uitkering te controleren.",
}
PROTECTIVE = "Schrijf alleen over werk en leren. Geen medische dingen. Geen nummers van papieren."


@pytest.fixture(scope="session")
def catalogues(repository):
    found = {}
    for code in TRANSLATED:
        with (repository / "translations" / code / "LC_MESSAGES" / "intake.po").open("rb") as file:
            found[code] = read_po(file)
    return found


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_every_text_of_a_form_is_there_in_dutch_english_and_arabic(forms, form_id):
    texts = forms[form_id].texts
    if not texts:
        assert form_id in ("participant", "status")
        return
    assert set(texts) == set(NAMES.values())
    wanted = texts[NAMES["nl"]]
    for name in NAMES.values():
        assert set(texts[name]) == set(wanted)
        assert not [text_id for text_id, text in texts[name].items() if text in ("", "-")]


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_no_language_has_a_gap(repository, form_id):
    forms_folder = repository / "resources" / "forms"
    assert compile_form(forms_folder / f"{form_id}.md", repository / "translations").gaps == ()


@pytest.mark.parametrize("code", TRANSLATED)
def test_the_catalogue_holds_exactly_the_sentences_of_the_forms(repository, catalogues, code):
    wanted = {
        (text.context, text.message)
        for form_id in FORM_IDS
        for text in form_texts(read_sheets(repository / "resources" / "forms" / f"{form_id}.md"))
    }
    assert {(message.context, message.id) for message in catalogues[code] if message.id} == wanted


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_translation_keeps_the_outputs_of_its_sentence(catalogues, code):
    for message in catalogues[code]:
        if message.id:
            assert placeholders(message.string) == placeholders(message.id), message.context


def test_arabic_has_arabic_letters_and_arabic_punctuation(catalogues):
    for message in catalogues["ar"]:
        if message.id:
            assert re.search(r"[\u0621-\u064A]", message.string), message.context
            assert not re.search(r"[?;]|,(?!\d)", message.string), message.context


def test_a_question_stays_a_question_in_every_language(catalogues):
    for code, mark in (("en", "?"), ("ar", "؟")):
        for message in catalogues[code]:
            if message.id and message.id.endswith("?"):
                assert message.string.endswith(mark), (code, message.context)


def test_numbers_in_a_sentence_are_the_same_in_every_language(catalogues):
    for catalogue in catalogues.values():
        for message in catalogue:
            if message.id:
                digits = sorted(re.findall(r"\d+", message.id))
                theirs = sorted(re.findall(r"\d+", message.string))
                assert set(theirs) <= set(digits), message.context


def test_the_review_state_of_every_language_is_told_honestly(repository):
    folder = repository / "translations"
    assert review_state("nl", folder).state == "reviewed"
    for code in TRANSLATED:
        found = review_state(code, folder)
        assert found.state in ("machine", "reviewed")
        assert found.state == "machine" or (found.by and found.date)


@pytest.mark.parametrize("name", sorted(CONSENT_TEXTS))
def test_consent_texts_stand_word_for_word(intake, name):
    def shown(match: re.Match[str]) -> str:
        node = match.group(1).rsplit("/", 1)[-1]
        return DEFAULTS.get(node, "[organisatie]")

    assert re.sub(r"<([^>]*)>", shown, intake.label(name)) == CONSENT_TEXTS[name]


def test_retention_numbers_have_the_default_of_the_settings(intake):
    data = intake.root.find(".//{http://www.w3.org/2002/xforms}data")
    assert {name: data.findtext(f"{{*}}{name}") for name in DEFAULTS} == DEFAULTS


def test_every_free_text_about_life_warns_against_medical_and_document_data(intake):
    nameless = {"c01", "c02", "c05", "c06", "c06b", "d08b", "q08c"}
    for name in intake.order:
        ref = intake.ref(name)
        control = intake.controls.get(ref)
        bind = intake.binds[ref]
        if control is None or not control.tag.endswith("}input") or bind.get("readonly") or bind["type"] != "string":
            continue
        if name.split("_")[0] not in nameless:
            assert PROTECTIVE in intake.texts[NAMES["nl"]][f"{ref}:hint"], name


def test_the_welcome_says_that_one_may_skip_and_stop(intake):
    assert intake.label("a01_welcome") == (
        "Welkom. We praten over wat u kunt, wat u wilt leren en welk werk bij u past. U kiest zelf. U kunt niets fout "
        "doen. Dit is geen toets. U mag een vraag overslaan en u mag altijd stoppen."
    )
