"""Events, submissions, restoring and editing: what happens once, what happens again, what is written."""

import pytest
from lxml import etree

from intake_app.errors import EventRefused, FormInvalid
from intake_app.xforms.api import FormEntry, parse_form, serialize
from tests.xforms.story import MOMENT, Story, ask, bind, form, repeat

FIRST, LOAD, NEW, CHANGED = "odk-instance-first-load", "odk-instance-load", "odk-new-repeat", "xforms-value-changed"


def setvalue(ref: str, event: str, value: str) -> str:
    return f'<setvalue ref="/data/{ref}" event="{event}" value="{value}"/>'


@pytest.mark.parametrize(
    ("event", "value", "at_first", "restored"),
    [
        (FIRST, "concat(/data/a, '!')", "x!", "mine"),
        (LOAD, "concat(/data/a, '!')", "x!", "x!"),
        (f"{FIRST} {LOAD}", "'both'", "both", "both"),
        (FIRST, "1 + 1", "2", "mine"),
        (FIRST, "today()", "2026-03-02T00:00:00.000Z", "mine"),
        (FIRST, "count(/data/r)", "1", "mine"),
        (LOAD, "count(/data/r)", "1", "1"),
    ],
)
def test_actions_at_first_and_at_every_load(event: str, value: str, at_first: str, restored: str) -> None:
    definition = parse_form(form("<a>x</a><b/><r><c/></r>", setvalue("b", event, value), ask("b") + repeat("r")))
    entry = FormEntry.new(definition, now=lambda: MOMENT)
    assert entry.value("/data/b") == at_first

    entry.set_value("/data/b", "mine")
    again = FormEntry.restore(definition, entry.savepoint(), now=lambda: MOMENT)

    assert again.value("/data/b") == restored


def test_a_first_load_action_sets_off_the_actions_of_what_it_changes() -> None:
    story = Story(
        form(
            "<a/><b/><c/>",
            setvalue("a", FIRST, "'x'"),
            ask("a", setvalue("b", CHANGED, "concat(/data/a, '1')")) + ask("b"),
        )
    )

    assert story.values("a", "b") == ["x", "x1"]


def test_a_preload_sets_no_action_off() -> None:
    story = Story(
        form(
            "<day/><b/>",
            bind("day", type="date", jr__preload="date", jr__preloadParams="today"),
            ask("day", setvalue("b", CHANGED, "'set'")) + ask("b"),
        )
    )

    assert story.values("day", "b") == ["2026-03-02", ""]


@pytest.mark.parametrize(
    ("answers", "copy"), [(["1"], "1"), (["1", "2"], "12"), (["1", "1"], "1"), (["1", "", "1"], "11"), ([], "")]
)
def test_a_changed_value_sets_its_action_off_once(answers: list[str], copy: str) -> None:
    story = Story(form("<a/><log/>", "", ask("a", setvalue("log", CHANGED, "concat(/data/log, /data/a)"))))

    for value in answers:
        story.answer("a", value)

    assert story.value("log") == copy


@pytest.mark.parametrize("number", [1, 2, 3])
def test_an_action_stays_in_the_instance_of_its_question(number: int) -> None:
    story = Story(form("<r><a/><b/></r>", "", repeat("r", ask("r/a", setvalue("r/b", CHANGED, "position(..)")))))
    story.add("r")
    story.add("r")

    story.answer(f"r[{number}]/a", "x")

    assert story.values("r[1]/b", "r[2]/b", "r[3]/b") == [str(number) if at == number else "" for at in (1, 2, 3)]


def test_an_action_may_reach_several_targets_and_clear() -> None:
    actions = setvalue("b", CHANGED, "/data/a") + setvalue("c", CHANGED, "''")
    story = Story(form("<a/><b/><c>full</c>", "", ask("a", actions)))

    story.answer("a", "x")

    assert story.values("b", "c") == ["x", ""]


def test_a_new_instance_runs_its_own_actions_and_no_others() -> None:
    story = Story(
        form(
            "<r><a/></r><s><b/></s>",
            "",
            repeat("r", setvalue("r/a", NEW, "'new'")) + repeat("s", setvalue("s/b", NEW, "'new'")),
        )
    )
    story.add("r")

    assert story.values("r[1]/a", "r[2]/a", "s[1]/b") == ["", "new", ""]


@pytest.mark.parametrize("event", ["nonsense", "xforms-focus", f"{FIRST} nonsense"])
def test_an_event_nobody_knows_is_refused(event: str) -> None:
    with pytest.raises(FormInvalid):
        parse_form(form("<a/>", setvalue("a", event, "'x'")))


@pytest.mark.parametrize(
    ("answer", "written"),
    [
        ("a & b", "a & b"),
        ("<b>", "<b>"),
        ("e\u0301", "\u00e9"),
        ("مرحبا", "مرحبا"),
        ("  ruimte  ", "  ruimte  "),
        ("regel\nregel", "regel\nregel"),
        ("\x01geheim", "geheim"),
        ("😀", "😀"),
        ("]]>", "]]>"),
    ],
)
def test_what_is_sent_reads_back_as_it_was_said(answer: str, written: str) -> None:
    story = Story(form("<a/>", "", ask("a")))
    story.answer("a", answer)

    assert etree.fromstring(serialize(story.entry)).findtext("{*}a") == written
    assert FormEntry.restore(story.definition, story.entry.savepoint()).value("/data/a") == written


@pytest.mark.parametrize(
    "event",
    [
        {},
        {"set": "/data/a"},
        {"set": "/data/nowhere", "value": "x"},
        {"set": "/data/r", "value": "x"},
        {"set": "/data/r[9]/b", "value": "x"},
        {"set": "a", "value": "x"},
        {"set": "", "value": "x"},
        {"set": "/data/a[", "value": "x"},
        {"set": "/data/r[0]/b", "value": "x"},
        {"add_repeat": "/data/a"},
        {"add_repeat": "/data/nowhere"},
        {"add_repeat": ""},
        {"remove_repeat": "/data/r[2]"},
        {"remove_repeat": "/data/a"},
        {"language": "Klingon"},
        {"host": "nobody", "value": "x"},
        {"set": 1, "value": 2},
    ],
)
def test_an_event_that_cannot_be_is_refused_and_changes_nothing(event: dict[str, object]) -> None:
    story = Story(form("<a>1</a><r><b>2</b></r>", "", ask("a") + repeat("r", ask("r/b"))))
    before = story.entry.savepoint()

    with pytest.raises(EventRefused):
        story.entry.apply(event)

    assert story.entry.savepoint() == before


@pytest.mark.parametrize("times", [1, 2, 3])
def test_an_edit_names_the_record_it_takes_the_place_of(times: int) -> None:
    definition = parse_form(form("<a/>", "", ask("a")))
    entry = FormEntry.new(definition, now=lambda: MOMENT, seed=1)
    for number in range(times):
        before = entry.instance_id
        entry = FormEntry.edit(definition, serialize(entry), now=lambda: MOMENT, seed=number + 2)

        assert entry.instance_id != before
        assert f"<deprecatedID>{before}<" in serialize(entry).decode().replace("orx:", "")


@pytest.mark.parametrize("kept", ["once(/data/a)", "once(concat(/data/a, '!'))"])
def test_what_is_kept_once_stays_through_changing_and_restoring(kept: str) -> None:
    story = Story(form("<a>first</a><b/>", bind("b", calculate=kept), ask("a")))
    first = story.value("b")
    story.answer("a", "second")

    assert story.value("b") == first != ""
    assert FormEntry.restore(story.definition, story.entry.savepoint()).value("/data/b") == first
