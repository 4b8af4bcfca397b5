"""Labels, hints, choices and their media in every language of the form."""

import pytest

from intake_app.errors import EventRefused
from tests.xforms.story import Story, ask, bind, form, repeat

ITEXT = """<itext>
<translation lang="Dutch (nl)" default="true()">
 <text id="name"><value>Naam</value><value form="short">N</value><value form="image">jr://images/naam.png</value>
 <value form="audio">jr://audio/naam.mp3</value></text>
 <text id="hint"><value>Uw naam</value><value form="guidance">Vraag rustig</value></text>
 <text id="age"><value> Hoe oud is <output value="/data/name"/>? </value></text>
 <text id="only"><value>Alleen Nederlands</value></text><text id="gap"><value>Gat</value></text>
 <text id="y"><value>ja</value><value form="image">jr://images/ja.png</value></text>
 <text id="n"><value>nee</value></text>
</translation>
<translation lang="Arabic (ar)">
 <text id="name"><value>الاسم</value></text><text id="hint"><value>اسمك</value></text>
 <text id="age"><value>كم عمر <output value="/data/name"/>؟</value></text><text id="gap"><value>-</value></text>
 <text id="y"><value>نعم</value></text><text id="n"><value>لا</value></text>
</translation></itext>"""
YES_NO = (
    '<instance id="yn"><root><item><itextId>y</itextId><name>yes</name><pictogram>1F600</pictogram></item>'
    "<item><itextId>n</itextId><name>no</name></item></root></instance>"
)


def label(text_id: str) -> str:
    return f"<label ref=\"jr:itext('{text_id}')\"/>"


def story() -> Story:
    return Story(
        form(
            "<name/><age/><only/><gap/><ok/><said/>",
            bind("said", calculate="jr:choice-name(/data/ok, '/data/ok')"),
            ask("name", label("name") + "<hint ref=\"jr:itext('hint')\"/>")
            + ask("age", label("age"))
            + ask("only", label("only"))
            + ask("gap", label("gap"))
            + '<select1 ref="/data/ok" appearance="quick intake-cards">'
            "<itemset nodeset=\"instance('yn')/root/item\">"
            '<value ref="name"/><label ref="jr:itext(itextId)"/></itemset></select1>',
            YES_NO,
            ITEXT,
        )
    )


def test_the_default_language_speaks_first_and_outputs_are_filled_in() -> None:
    told = story()
    told.answer("name", "Ali")

    assert told.node("age").label == "Hoe oud is Ali?"
    assert told.node("name").hint == "Uw naam"


def test_switching_the_language_changes_labels_hints_choices_and_what_is_computed_from_them() -> None:
    told = story()
    told.answer("ok", "yes")
    assert told.value("said") == "ja"

    told.entry.set_language("ar")

    assert told.entry.language == "Arabic (ar)"
    assert told.node("name").label == "الاسم"
    assert [choice.label for choice in told.node("ok").choices or ()] == ["نعم", "لا"]
    assert told.value("said") == "نعم"


def test_two_languages_can_be_shown_side_by_side() -> None:
    told = story()

    assert told.entry.label("/data/name", "ar") == "الاسم"
    assert told.entry.hint("/data/name", "Arabic (ar)") == "اسمك"
    assert [choice.label for choice in told.entry.choices("/data/ok", "ar") or ()] == ["نعم", "لا"]
    assert told.node("name").label == "Naam"


def test_a_gap_shows_the_default_language() -> None:
    told = story()

    assert told.entry.label("/data/only", "ar") == "Alleen Nederlands"
    assert told.entry.label("/data/gap", "ar") == "Gat"


def test_guidance_pictures_and_sound_stand_beside_the_text() -> None:
    node = story().node("name")

    assert (node.guidance, node.image, node.audio) == ("Vraag rustig", "naam.png", "naam.mp3")


def test_a_choice_has_its_picture_and_its_properties() -> None:
    yes, no = story().node("ok").choices or ()

    assert (yes.image, dict(yes.properties)) == ("ja.png", {"pictogram": "1F600"})
    assert (no.image, dict(no.properties)) == (None, {})


def test_a_label_that_shows_an_answer_is_named_as_changed() -> None:
    assert "/data/age" in story().answer("name", "Ali").changed


def test_a_label_in_a_repeat_shows_its_own_instance() -> None:
    told = Story(
        form(
            "<kid><name/><age/></kid>",
            "",
            repeat("kid", ask("kid/name") + ask("kid/age", '<label>Leeftijd <output value="../name"/></label>')),
        )
    )
    told.add("kid")
    told.answer("kid[2]/name", "Noor")

    assert told.node("kid[1]/age").label == "Leeftijd "
    assert told.node("kid[2]/age").label == "Leeftijd Noor"


def test_a_form_without_texts_shows_none() -> None:
    node = Story(form("<a/>", body=ask("a"))).node("a")

    assert (node.label, node.hint, node.choices) == (None, None, None)


def test_appearances_control_and_tags_are_exposed() -> None:
    told = Story(
        form("<a/>", bind("a", tag__concept="top3", tag__sensitive="1"), '<input ref="/data/a" appearance="x y"/>')
    )

    node = told.node("a")

    assert (node.control, node.appearance) == ("input", ("x", "y"))
    assert dict(node.tags) == {"concept": "top3", "sensitive": "1"}


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(EventRefused):
        story().entry.set_language("fr")
