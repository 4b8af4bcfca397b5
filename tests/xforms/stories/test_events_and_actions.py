"""What happens by itself: setvalue at its events, in the instance of its question, and what it sets off."""

import pytest
from lxml import etree

from intake_app.errors import FormInvalid
from intake_app.xforms.api import FormEntry, parse_form, serialize
from tests.xforms.story import CHANGED, FIRST, LOAD, MOMENT, NEW, Story, ask, bind, form, repeat, setvalue


def test_a_place_can_be_typed_where_the_form_asks_the_device_for_it() -> None:
    action = '<odk:setgeopoint event="odk-instance-first-load" ref="/data/place"/>'
    record = '<odk:recordaudio event="odk-instance-load" ref="/data/sound" odk:quality="low"/>'
    story = Story(form("<place/><sound/>", action + record + bind("place", type="geopoint"), ask("place")))

    assert story.values("place", "sound") == ["", ""]
    assert story.answer("place", "52.1 6.2").rejected is None
    assert story.value("place") == "52.1 6.2 0.0 0.0"


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


def test_a_new_repeat_instance_gets_its_values_once() -> None:
    story = Story(
        form(
            "<r><number/><born/></r>",
            "",
            repeat(
                "r",
                ask("r/number")
                + setvalue("r/number", f"{FIRST} odk-new-repeat", "position(..)")
                + setvalue("r/born", "odk-new-repeat", "", "later"),
            ),
        )
    )
    story.add("r")
    story.answer("r[1]/number", "9")
    story.add("r")

    assert story.values("r[1]/number", "r[2]/number", "r[3]/number") == ["9", "2", "3"]
    assert story.values("r[1]/born", "r[2]/born") == ["", "later"]


def trigger(*actions: str) -> Story:
    return Story(
        form("<a/><b>old</b><c/><plus/>", bind("plus", calculate="/data/a + 1"), ask("a", "".join(actions)) + ask("b"))
    )


def test_a_changed_answer_sets_other_nodes_after_recalculation() -> None:
    story = trigger(setvalue("c", CHANGED, "/data/plus * 10"))

    story.answer("a", "2")

    assert story.value("c") == "30"


def test_an_action_without_value_clears() -> None:
    story = trigger(setvalue("b", CHANGED))

    story.answer("a", "2")

    assert story.value("b") == ""


def test_the_same_answer_again_sets_nothing_off() -> None:
    story = trigger(setvalue("b", CHANGED, "'set'"))
    story.answer("a", "2")
    story.answer("b", "mine")

    story.answer("a", "2")

    assert story.value("b") == "mine"


def test_actions_set_each_other_off_and_reach_irrelevant_nodes() -> None:
    story = Story(
        form(
            "<a/><b/><c/>",
            bind("c", relevant="false()"),
            ask("a", setvalue("b", CHANGED, "/data/a")) + ask("b", setvalue("c", CHANGED, "concat(/data/b, '!')")),
        )
    )

    story.answer("a", "go")

    assert story.values("b", "c") == ["go", "go!"]


def test_an_action_inside_a_repeat_stays_in_its_instance() -> None:
    story = Story(form("<r><a/><b/></r>", "", repeat("r", ask("r/a", setvalue("r/b", CHANGED, "../a")) + ask("r/b"))))
    story.add("r")

    story.answer("r[2]/a", "x")

    assert story.values("r[1]/b", "r[2]/b") == ["", "x"]


VERSIONED = b'<model xmlns:e="http://www.opendatakit.org/xforms/entities" e:entities-version="2024.1.0">'


def entity() -> Story:
    return Story(
        form(
            '<name/><meta><instanceID/><entity dataset="caseload" id="" create=""><label/></entity></meta>',
            bind("meta/entity/@create", calculate="if(/data/name != '', '1', '')")
            + bind("meta/entity/@id", type="string", readonly="true()")
            + bind("meta/entity/label", calculate="/data/name")
            + setvalue("meta/entity/@id", FIRST, "uuid()"),
            ask("name"),
        ).replace(b"<model>", VERSIONED)
    )


def test_attributes_can_be_set_and_computed() -> None:
    story = entity()
    story.answer("name", "Ali")

    sent = etree.fromstring(serialize(story.entry)).find("meta/entity")

    assert sent is not None
    assert (sent.get("dataset"), sent.get("create"), len(sent.get("id") or "")) == ("caseload", "1", 36)
    assert sent.findtext("label") == "Ali"


def test_attributes_survive_a_savepoint_and_are_no_questions() -> None:
    story = entity()

    again = FormEntry.restore(story.definition, story.entry.savepoint(), now=lambda: MOMENT, seed=9)

    assert serialize(again) == serialize(story.entry)
    assert not [view.ref for view in again.nodes() if "@" in view.ref]
