"""A form as a readable script, in every language it has."""

from __future__ import annotations

import pytest

from intake_app.errors import UnknownName
from intake_app.xforms.compile import form_text
from intake_app.xforms.definition.parse import parse_form


@pytest.fixture(scope="module")
def talk(repository):
    return parse_form((repository / "resources" / "forms" / "compiled" / "intake.xml").read_bytes())


@pytest.fixture(scope="module")
def repository(request):
    return request.config.rootpath


def test_the_script_has_sections_questions_conditions_and_choices(talk):
    lines = form_text(talk, "nl").splitlines()
    at = lines.index("Heeft u hulp nodig met de taal? [a04_interpreter]")
    assert lines[0] == f"Intakegesprek (intake {talk.version}) Nederlands (nl)"
    assert "== F Taal, rekenen, computer" in lines
    assert lines[at + 1] == "  {/data/a02_talk_language != '' and /data/a02_talk_language != 'nl'}"
    assert lines[at + 2] == "  ( ) Nee, geen hulp"


def test_questions_of_a_repeat_stand_indented_below_it(talk):
    lines = form_text(talk, "nl").splitlines()
    assert "+ Stap [step]" in lines
    assert "  Wat gaat u doen? [q01_step]" in lines


def test_a_long_list_stands_once_and_is_pointed_to(talk):
    script = form_text(talk, "nl")
    assert script.count("Elke dag koken voor het gezin") == 1
    assert "[ ] = [i06b_asked_cards]" in script


def test_outputs_show_what_will_stand_there(talk):
    assert "tot <retention_days> dagen" in form_text(talk, "nl")


def test_every_language_is_found_by_code_or_name(talk):
    assert "Welcome. We talk about what you can do" in form_text(talk, "en")
    assert form_text(talk, "ar") == form_text(talk, "العربية (ar)")
    assert "أهلًا وسهلًا بكم" in form_text(talk, "ar")


def test_a_language_the_form_lacks_is_refused_with_those_it_has(talk):
    with pytest.raises(UnknownName) as refused:
        form_text(talk, "tlh")
    assert refused.value.params["name"] == "tlh"
    assert "English (en)" in str(refused.value.params["known"])


def test_a_form_that_asks_nothing_is_its_title(repository):
    definition = parse_form((repository / "resources" / "forms" / "compiled" / "participant.xml").read_bytes())
    assert form_text(definition, "nl").startswith("Deelnemer (participant ")
