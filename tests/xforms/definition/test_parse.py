"""A form is read whole, or refused with every problem and its place."""

import pytest

from intake_app.errors import FormInvalid, UnsafeXml
from intake_app.xforms.api import parse_form
from tests.xforms.story import ask, bind, form, pick, repeat, rows


def problems_of(xml: bytes) -> list[tuple[str, str]]:
    with pytest.raises(FormInvalid) as refused:
        parse_form(xml)
    return [(problem.where, problem.code) for problem in refused.value.params["problems"]]


def test_what_a_form_is_called_and_holds() -> None:
    found = parse_form(
        form(
            "<a/><g><b/></g><r><c/></r>",
            bind("a", type="xsd:int", tag__concept="top3") + bind("g", relevant="/data/a > 1"),
            ask("a")
            + '<group ref="/data/g" appearance="field-list">'
            + ask("g/b")
            + "</group>"
            + repeat("r", ask("r/c")),
        )
    )

    assert (found.form_id, found.version, found.title, found.root) == ("story", "1", "Story", "/data")
    assert list(found.controls) == ["/data/a", "/data/g", "/data/g/b", "/data/r", "/data/r/c"]
    assert [found.controls[ref].kind for ref in found.controls] == ["input", "group", "input", "repeat", "input"]
    assert found.controls["/data/g"].appearance == ("field-list",)
    assert found.repeats == ("/data/r",)
    assert (found.binds["/data/a"].type, found.binds["/data/a"].tags) == ("int", {"concept": "top3"})
    assert found.binds["/data/g"].relevant == "/data/a > 1"
    assert found.languages == ()


def test_tags_are_found_under_any_prefix() -> None:
    xml = form("<a/>", bind("a", tag__concept="x")).replace(b"xmlns:tag=", b"xmlns:other=").replace(b"tag:", b"other:")

    assert parse_form(xml).binds["/data/a"].tags == {"concept": "x"}


def test_the_files_a_form_wants_are_listed() -> None:
    itext = (
        '<itext><translation lang="nl"><text id="a"><value>A</value><value form="image">jr://images/a.png</value>'
        "</text></translation></itext>"
    )

    found = parse_form(form("<a/>", extra='<instance id="l" src="jr://file-csv/l.csv"/>', itext=itext))

    assert found.media == {"jr://images/a.png", "jr://file-csv/l.csv"}


@pytest.mark.parametrize(
    ("asked", "name"), [("nl", "Dutch (nl)"), ("Dutch (nl)", "Dutch (nl)"), ("NL", "Dutch (nl)"), ("x", "")]
)
def test_a_language_is_known_by_name_and_by_code(asked: str, name: str) -> None:
    itext = '<itext><translation lang="English (en)"/><translation lang="Dutch (nl)" default="true()"/></itext>'

    found = parse_form(form("<a/>", itext=itext))

    assert found.languages == ("English (en)", "Dutch (nl)")
    assert found.default_language == "Dutch (nl)"
    assert found.language(asked) == name


def test_all_problems_are_told_at_once_with_their_places() -> None:
    xml = form(
        "<a/><b/><c/>",
        bind("a", relevant="1 +")
        + bind("b", calculate="nonsense()")
        + bind("c", constraint="(", required="/data/c = ''"),
        ask("a", '<label>Hi <output value="oops("/></label>') + ask("missing") + pick("b", "instance('l'"),
    )

    assert sorted(problems_of(xml)) == sorted(
        [
            ("/data/missing", "control_without_node"),
            ("/data/b", "expression_wrong"),
            ("/data/a", "expression_wrong"),
            ("/data/b", "expression_wrong"),
            ("/data/c", "expression_wrong"),
            ("/data/c", "cycle"),
            ("/data/a", "expression_wrong"),
        ]
    )


def test_a_bad_output_in_a_choice_text_is_found_at_load() -> None:
    text = '<text id="c-0"><value>Ja <output value="1 +"/></value></text>'

    xml = form("<a/>", itext=f'<itext><translation lang="nl">{text}</translation></itext>')

    assert problems_of(xml) == [("itext(c-0)", "expression_wrong")]


def test_an_unknown_event_is_a_problem() -> None:
    xml = form("<a/>", '<setvalue ref="/data/a" event="odk-full-moon" value="1"/>')

    assert problems_of(xml) == [("/data/a", "unknown_event")]


def test_a_list_declared_twice_is_a_problem() -> None:
    assert problems_of(form("<a/>", extra=rows("l") + rows("l"))) == [("instance(l)", "instance_id_doubled")]


def test_paths_that_lead_nowhere_are_warnings_as_in_odk_collect() -> None:
    found = parse_form(
        form(
            "<a/>", bind("a", relevant="/data/typo = 1 and instance('gone')/root/item = 1") + bind("ghost", type="int")
        )
    )

    assert {(warning.where, warning.code) for warning in found.warnings} == {
        ("/data/a", "unknown_path"),
        ("/data/a", "unknown_instance"),
        ("/data/ghost", "bind_without_node"),
    }


def test_a_problem_says_where_what_and_how() -> None:
    with pytest.raises(FormInvalid) as refused:
        parse_form(form("<a/>", bind("a", relevant="1 +")))

    assert str(refused.value.params["problems"][0]) == (
        "/data/a: expression_wrong attribute=relevant expression=1 + position=3 problem=unfinished"
    )


@pytest.mark.parametrize("xml", [b"<x/>", b"<h><head><model/></head></h>"])
def test_xml_without_a_form_is_refused(xml: bytes) -> None:
    with pytest.raises(FormInvalid):
        parse_form(xml)


@pytest.mark.parametrize(
    "xml",
    [
        b"",
        b"no xml",
        b"<a>",
        b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
        b'<!DOCTYPE a SYSTEM "http://example.org/a.dtd"><a/>',
        b"\xff\xfe\x00",
    ],
)
def test_unsafe_or_broken_xml_is_refused(xml: bytes) -> None:
    with pytest.raises(UnsafeXml):
        parse_form(xml)
