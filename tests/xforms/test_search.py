"""Choices drawn from a CSV file by `search()` in the appearance, as older ODK forms do."""

from pathlib import Path

import pytest

from intake_app.errors import FormInvalid
from tests.xforms.story import Story, ask, form

FRUITS = (
    "name_key,name,colour,kind\nap,Appel,red,pome\npe,Peer,green,pome\nst,Aardbei,red,berry\nbl,Braam,black,berry\n"
)
ITEM = "<item><label>name</label><value>name_key</value></item>"
OTHER = "<item><label>Anders</label><value>99</value></item>"


@pytest.fixture
def media(tmp_path: Path) -> Path:
    (tmp_path / "fruits.csv").write_text(FRUITS, encoding="utf-8")
    return tmp_path


def asked(call: str, items: str = ITEM, kind: str = "select1") -> bytes:
    select = f'<{kind} ref="/data/fruit" appearance="minimal {call}"><label>Welke?</label>{items}</{kind}>'
    return form("<q/><k/><fruit/>", body=ask("q") + ask("k") + select)


def found(media: Path, call: str, items: str = ITEM, **answers: str) -> list[str]:
    story = Story(asked(call, items), media=media)
    for ref, value in answers.items():
        story.answer(ref, value)
    return story.offered("fruit")


def test_without_a_filter_every_row_is_a_choice_with_its_own_label(media: Path) -> None:
    story = Story(asked("search('fruits')"), media=media)

    choices = story.node("fruit").choices or ()
    assert [(one.value, one.label) for one in choices] == [
        ("ap", "Appel"), ("pe", "Peer"), ("st", "Aardbei"), ("bl", "Braam"),
    ]  # fmt: skip
    assert story.node("fruit").appearance == ("minimal",)
    assert story.definition.media == {"jr://file-csv/fruits.csv"}


@pytest.mark.parametrize(
    ("look", "text", "expected"),
    [
        ("contains", "AA", ["st", "bl"]),
        ("startsWith", "a", ["ap", "st"]),
        ("endswith", "r", ["pe"]),
        ("matches", "peer", ["pe"]),
        ("matches", "pee", []),
        ("contains", "", ["ap", "pe", "st", "bl"]),
    ],
)
def test_rows_are_found_as_one_types_whatever_the_capitals(
    media: Path, look: str, text: str, expected: list[str]
) -> None:
    assert found(media, f"search('fruits', '{look}', 'name', /data/q)", q=text) == expected


def test_several_columns_are_looked_in(media: Path) -> None:
    assert found(media, "search('fruits', 'contains', 'name, colour', /data/q)", q="re") == ["ap", "pe", "st"]


def test_one_column_more_may_have_to_be_equal(media: Path) -> None:
    call = "search('fruits', 'matches', 'colour', 'red', 'kind', /data/k)"

    assert found(media, call, k="berry") == ["st"]
    assert found(media, call, k="pome") == ["ap"]
    assert found(media, call) == []


def test_a_choice_with_a_number_stays_beside_what_is_found(media: Path) -> None:
    assert found(media, "search('fruits', 'matches', 'name', /data/q)", ITEM + OTHER, q="peer") == ["99", "pe"]


def test_an_answer_that_is_no_longer_found_goes(media: Path) -> None:
    story = Story(asked("search('fruits', 'contains', 'name', /data/q)"), media=media)
    story.answer("fruit", "ap")

    story.answer("q", "peer")

    assert story.value("fruit") == ""


def test_several_choices_can_be_searched_too(media: Path) -> None:
    story = Story(asked("search('fruits')", kind="select"), media=media)
    story.answer("fruit", "ap pe zz")

    assert story.value("fruit") == "ap pe"


def test_several_label_columns_stand_beside_each_other(media: Path) -> None:
    item = "<item><label>name, colour</label><value>name_key</value></item>"
    choices = Story(asked("search('fruits')", item), media=media).node("fruit").choices or ()

    assert choices[0].label == "Appel, red"


def test_each_language_names_its_own_label_column(media: Path) -> None:
    texts = (
        '<itext><translation lang="nl" default="true()"><text id="c"><value>name</value></text></translation>'
        '<translation lang="en"><text id="c"><value>colour</value></text></translation></itext>'
    )
    item = "<item><label ref=\"jr:itext('c')\"/><value>name_key</value></item>"
    select = f'<select1 ref="/data/fruit" appearance="search(\'fruits\')">{item}</select1>'
    story = Story(form("<fruit/>", body=select, itext=texts), media=media)

    assert (story.node("fruit").choices or ())[0].label == "Appel"
    story.entry.set_language("en")
    assert (story.node("fruit").choices or ())[0].label == "red"


def test_without_the_file_nothing_is_offered_and_no_answer_is_dropped(tmp_path: Path) -> None:
    assert found(tmp_path, "search('fruits')") == []


@pytest.mark.parametrize(
    "call",
    ["search()", "search('fruits', 'contains')", "search('fruits', 'sounds-like', 'name', 'x')", "search('../fruits')",
     "search('fruits', 'contains', 'name', nonsense(1))"],
)  # fmt: skip
def test_a_search_of_another_shape_is_refused_at_its_question(call: str) -> None:
    with pytest.raises(FormInvalid) as refused:
        Story(asked(call))

    assert "/data/fruit" in str(refused.value.params["problems"])
