"""What is heard of a plan: everything on the paper in its order, in one language, and nothing that is private."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from intake_app.domain.catalogue import Catalogue
from intake_app.domain.plan import OwnWords, PlanDocument, PlanStep
from intake_app.domain.reasons import Reason, ReasonCode
from intake_app.i18n.bidi import strip_controls
from intake_app.i18n.gettext import translations_folder
from intake_app.i18n.languages import with_texts
from intake_app.plan.aloud import AloudSection
from intake_app.plan.content import Block, Box, Check, Pictured, Pictures, Text
from intake_app.plan.document import aloud_for, sheet_for

Sample = Callable[[str], PlanDocument]
CODES = [one.code for one in with_texts(translations_folder())]
SAMPLES = ["refugee-cook", "nt1-cleaner", "mother-starting", "displaced-bookkeeper", "work-limitation"]


def heard(sections: tuple[AloudSection, ...]) -> list[str]:
    return [one.text for section in sections for one in section.texts]


def told(section: AloudSection) -> str:
    return " ".join(one.text for one in section.texts)


def on_paper(blocks: tuple[Block, ...]) -> list[str]:
    found: list[str] = []
    for block in blocks:
        if isinstance(block, Text):
            found.append(block.pair.own.text)
        elif isinstance(block, Pictured | Check):
            found += [text.pair.own.text for text in block.texts]
        elif isinstance(block, Pictures):
            found += [pair.own.text for _, pair in block.items]
        elif isinstance(block, Box):
            found += on_paper(block.blocks)
    return found


@pytest.mark.parametrize("name", SAMPLES)
def test_all_words_of_the_paper_are_heard_in_their_order(name: str, sample: Sample, catalogue: Catalogue) -> None:
    document = sample(name)
    sheet = sheet_for(document, catalogue, kind="plan", language=document.language)
    written = " ".join(text for blocks in sheet.pages for text in on_paper(blocks) if "___" not in text)
    spoken = " ".join(heard(aloud_for(document, catalogue, kind="plan", language=document.language))[1:])
    plain = " ".join(strip_controls(written).replace(" · ", " ").split())

    assert plain
    assert plain in spoken


@pytest.mark.parametrize("code", CODES)
def test_a_plan_sounds_in_one_language_but_for_names_and_own_words(
    code: str, sample: Sample, catalogue: Catalogue
) -> None:
    document = sample("nt1-cleaner")
    sections = aloud_for(document, catalogue, kind="plan", language=code)
    languages = [one.language for section in sections for one in section.texts]

    assert languages.count(code) > 0.7 * len(languages)
    assert {*languages} <= {code, "nl"}


def test_each_section_begins_with_its_heading_and_stands_on_its_page(sample: Sample, catalogue: Catalogue) -> None:
    document = replace(sample("refugee-cook"), practice=False)
    sections = aloud_for(document, catalogue, kind="plan", language="nl")
    headings = {section.texts[0].text: section.page for section in sections}

    assert headings["Mijn eerste stap"] == headings["Onze afspraak"] == headings["Dit kan ik"] == 1
    assert headings["Mijn doel"] == headings["Richtingen die passen"] == headings["Mijn stappen"] == 2
    assert next(iter(headings)).startswith("Mijn plan")


def test_what_follows_from_a_private_answer_is_on_paper_and_not_heard(sample: Sample, catalogue: Catalogue) -> None:
    document = sample("refugee-cook")
    directions = tuple(
        replace(one, reasons=(*one.reasons, Reason(ReasonCode.NOTE_CHILDCARE_FIRST))) for one in document.directions
    )
    document = replace(document, directions=directions)
    sheet = sheet_for(document, catalogue, kind="plan", language="nl")

    assert any("Eerst opvang regelen." in text for blocks in sheet.pages for text in on_paper(blocks))
    assert "Eerst opvang" not in " ".join(heard(aloud_for(document, catalogue, kind="plan", language="nl")))


@pytest.mark.parametrize("kind", ["plan", "large"])
def test_private_steps_and_help_stand_only_on_their_own_sheet(kind: str, sample: Sample, catalogue: Catalogue) -> None:
    secret = OwnWords("Ik bel de schuldhulp.", "nl")
    document = replace(sample("refugee-cook"), steps=(PlanStep(secret, private=True),))

    assert secret.text in heard(aloud_for(document, catalogue, kind="private", language="nl"))
    assert secret.text not in heard(aloud_for(document, catalogue, kind=kind, language="nl"))


def test_own_words_are_said_in_the_language_they_were_told_in(sample: Sample, catalogue: Catalogue) -> None:
    document = replace(sample("refugee-cook"), goal=OwnWords("أريد أن أصبح طبّاخًا", "ar"))
    texts = [one for section in aloud_for(document, catalogue, kind="plan", language="uk") for one in section.texts]

    assert [one.language for one in texts if one.text == "أريد أن أصبح طبّاخًا"] == ["ar"]


def test_dutch_that_was_typed_into_an_arabic_talk_is_said_in_dutch(sample: Sample, catalogue: Catalogue) -> None:
    document = replace(sample("refugee-cook"), steps=(PlanStep(OwnWords("Ik bel Anneke", "ar")),))
    texts = [one for section in aloud_for(document, catalogue, kind="plan", language="ar") for one in section.texts]

    assert {one.language for one in texts if one.text == "Ik bel Anneke"} == {"nl"}


def test_lines_to_write_on_and_signs_of_direction_are_for_the_eye_alone(sample: Sample, catalogue: Catalogue) -> None:
    for name in SAMPLES:
        for kind in ("plan", "private", "appointment", "skills"):
            for text in heard(aloud_for(sample(name), catalogue, kind=kind, language="ar")):
                assert "__" not in text
                assert text == strip_controls(text).strip()
                assert "\u00a0" not in text


def test_a_practice_plan_says_so_before_anything_else(sample: Sample, catalogue: Catalogue) -> None:
    document = replace(sample("refugee-cook"), practice=True)

    assert heard(aloud_for(document, catalogue, kind="plan", language="nl"))[0] == "OEFENING: dit is geen echt plan"
