"""Labels, hints, messages, choices and their media as they are shown: languages, outputs, names of choices."""

import pytest

from intake_app.errors import EventRefused
from tests.xforms.story import Story, ask, bind, form, pick, repeat, rows


def texts(language: str, default: bool = False, **values: str) -> str:
    inside = "".join(f'<text id="{key}"><value>{value}</value></text>' for key, value in values.items())
    mark = ' default="true()"' if default else ""
    return f'<translation lang="{language}"{mark}>{inside}</translation>'


NAME = '<output value="/data/name"/>'
ITEXT = (
    "<itext>"
    + texts(
        "Nederlands (nl)", True, q=f"Dag {NAME}", h="Hulp", m="Fout", a="Appel", b="Peer", only="Alleen hier", r="Nodig"
    )
    + texts("English (en)", q=f"Hello {NAME}", h="Help", m="Wrong", a="Apple", b="Pear", only="-", r="Needed")
    + texts("العربية (ar)", q=f"مرحبا {NAME}", h="مساعدة", m="خطأ", a="تفاح", b="-")
    + "</itext>"
)
LIST = (
    '<instance id="l"><root><item><itextId>a</itextId><name>a</name></item>'
    "<item><itextId>b</itextId><name>b</name></item></root></instance>"
)


def spoken() -> Story:
    fruit = (
        '<select1 ref="/data/fruit"><itemset nodeset="instance(\'l\')/root/item">'
        '<value ref="name"/><label ref="jr:itext(itextId)"/></itemset></select1>'
    )
    return Story(
        form(
            "<name/><q/><fruit/><told/><only/>",
            bind(
                "q",
                constraint=". != 'bad'",
                jr__constraintMsg="jr:itext('m')",
                required="true()",
                jr__requiredMsg="jr:itext('r')",
            )
            + bind("told", calculate="jr:choice-name(/data/fruit, '/data/fruit')"),
            ask("name")
            + ask("q", "<label ref=\"jr:itext('q')\"/><hint ref=\"jr:itext('h')\"/>")
            + fruit
            + ask("only", "<label ref=\"jr:itext('only')\"/>"),
            LIST,
            ITEXT,
        )
    )


@pytest.mark.parametrize(
    ("language", "label", "hint", "choices", "told"),
    [
        ("nl", "Dag Ali", "Hulp", ["Appel", "Peer"], "Appel"),
        ("en", "Hello Ali", "Help", ["Apple", "Pear"], "Apple"),
        ("ar", "مرحبا Ali", "مساعدة", ["تفاح", "Peer"], "تفاح"),
        ("English (en)", "Hello Ali", "Help", ["Apple", "Pear"], "Apple"),
    ],
)
def test_everything_shown_follows_the_language(
    language: str, label: str, hint: str, choices: list[str], told: str
) -> None:
    story = spoken()
    story.answer("name", "Ali")
    story.answer("fruit", "a")

    story.entry.set_language(language)

    view = story.node("q")
    assert (view.label, view.hint) == (label, hint)
    assert [choice.label for choice in story.node("fruit").choices or ()] == choices
    assert story.value("told") == told


@pytest.mark.parametrize(("language", "message"), [("nl", "Fout"), ("en", "Wrong"), ("ar", "خطأ")])
def test_a_message_is_told_in_the_language_of_the_moment(language: str, message: str) -> None:
    story = spoken()
    story.entry.set_language(language)

    rejected = story.answer("q", "bad").rejected

    assert rejected is not None
    assert rejected.message == message
    assert story.entry.message("/data/q", "nl") == "Fout"


@pytest.mark.parametrize(("language", "message"), [("nl", "Nodig"), ("en", "Needed"), ("ar", "Nodig")])
def test_a_required_message_falls_back_on_the_default_language(language: str, message: str) -> None:
    story = spoken()
    story.entry.set_language(language)

    assert [one.message for one in story.entry.violations()] == [message]


@pytest.mark.parametrize("language", ["nl", "en", "ar"])
def test_a_text_that_a_language_lacks_shows_the_default(language: str) -> None:
    story = spoken()
    story.entry.set_language(language)

    assert story.node("only").label == "Alleen hier"


def test_another_language_can_be_read_without_switching() -> None:
    story = spoken()
    story.answer("name", "Noor")

    assert [story.entry.label("/data/q", code) for code in ("nl", "en")] == ["Dag Noor", "Hello Noor"]
    assert story.entry.language == "Nederlands (nl)"


@pytest.mark.parametrize(
    ("expression", "shown"),
    [
        ("/data/name", "Ali"),
        ("concat(/data/name, '!')", "Ali!"),
        ("/data/n * 2", "14"),
        ("/data/n > 5", "true"),
        ("if(/data/n > 5, 'veel', 'weinig')", "veel"),
        ("count(/data/r)", "1"),
        ("/data/day", "2026-03-02"),
        ("format-date(/data/day, '%d-%m-%Y')", "02-03-2026"),
        ("/data/nowhere", ""),
        ("round(/data/n div 3, 2)", "2.33"),
        ("string-length(/data/name)", "3"),
        ("instance('l')/root/item[1]/name", "x"),
    ],
)
def test_an_output_shows_what_its_expression_comes_to(expression: str, shown: str) -> None:
    story = Story(
        form(
            "<name>Ali</name><n>7</n><day>2026-03-02</day><r/><q/>",
            bind("n", type="int") + bind("day", type="date"),
            ask("q", f'<label>[<output value="{expression}"/>]</label>') + repeat("r"),
            rows("l", {"name": "x"}),
        )
    )

    assert story.node("q").label == f"[{shown}]"


def test_an_output_in_a_repeat_speaks_of_its_own_instance() -> None:
    story = Story(
        form(
            "<r><name/><q/></r>",
            "",
            repeat("r", ask("r/name") + ask("r/q", '<label><output value="../name"/>?</label>')),
        )
    )
    story.add("r")
    story.answer("r[1]/name", "Ali")
    story.answer("r[2]/name", "Noor")

    assert [story.node(f"r[{number}]/q").label for number in (1, 2)] == ["Ali?", "Noor?"]


@pytest.mark.parametrize(("value", "name"), [("a", "A"), ("b", "B"), ("", ""), ("zz", "")])
def test_the_name_of_a_choice_follows_its_value(value: str, name: str) -> None:
    story = Story(
        form(
            "<v/><c/><told/>",
            bind("told", calculate="jr:choice-name(/data/v, '/data/c')"),
            ask("v") + pick("c", "instance('l')/root/item"),
            rows("l", {"name": "a", "label": "A"}, {"name": "b", "label": "B"}),
        )
    )
    story.answer("v", value)

    assert story.value("told") == name


@pytest.mark.parametrize("text", ["**vet** en _schuin_", "&lt;b&gt;", "regel&#10;regel", "a &amp; b"])
def test_marks_in_a_text_are_handed_on_as_written(text: str) -> None:
    story = Story(form("<q/>", "", ask("q", f"<label>{text}</label>")))
    plain = text.replace("&lt;", "<").replace("&gt;", ">").replace("&#10;", "\n").replace("&amp;", "&")

    assert story.node("q").label == plain


FAMILY_TEXTS = """<itext>
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


def family() -> Story:
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
            FAMILY_TEXTS,
        )
    )


def test_the_default_language_speaks_first_and_outputs_are_filled_in() -> None:
    told = family()
    told.answer("name", "Ali")

    assert told.node("age").label == "Hoe oud is Ali?"
    assert told.node("name").hint == "Uw naam"


def test_switching_the_language_changes_labels_hints_choices_and_what_is_computed_from_them() -> None:
    told = family()
    told.answer("ok", "yes")
    assert told.value("said") == "ja"

    told.entry.set_language("ar")

    assert told.entry.language == "Arabic (ar)"
    assert told.node("name").label == "الاسم"
    assert [choice.label for choice in told.node("ok").choices or ()] == ["نعم", "لا"]
    assert told.value("said") == "نعم"


def test_two_languages_can_be_shown_side_by_side() -> None:
    told = family()

    assert told.entry.label("/data/name", "ar") == "الاسم"
    assert told.entry.hint("/data/name", "Arabic (ar)") == "اسمك"
    assert [choice.label for choice in told.entry.choices("/data/ok", "ar") or ()] == ["نعم", "لا"]
    assert told.node("name").label == "Naam"


def test_a_gap_shows_the_default_language() -> None:
    told = family()

    assert told.entry.label("/data/only", "ar") == "Alleen Nederlands"
    assert told.entry.label("/data/gap", "ar") == "Gat"


def test_guidance_pictures_and_sound_stand_beside_the_text() -> None:
    node = family().node("name")

    assert (node.guidance, node.image, node.audio) == ("Vraag rustig", "naam.png", "naam.mp3")


def test_a_choice_has_its_picture_and_its_properties() -> None:
    yes, no = family().node("ok").choices or ()

    assert (yes.image, dict(yes.properties)) == ("ja.png", {"pictogram": "1F600"})
    assert (no.image, dict(no.properties)) == (None, {})


def test_a_label_that_shows_an_answer_is_named_as_changed() -> None:
    assert "/data/age" in family().answer("name", "Ali").changed


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
        family().entry.set_language("fr")
