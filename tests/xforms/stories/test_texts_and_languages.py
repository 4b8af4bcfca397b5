"""Labels, hints, messages and choices as they are shown: languages, outputs, names of choices."""

import pytest

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
