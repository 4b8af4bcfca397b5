"""What happens by itself: starting values, preloads, and setvalue at its events."""

from lxml import etree

from intake_app.xforms.api import FormEntry, serialize
from tests.xforms.story import MOMENT, Story, ask, bind, form, repeat

FIRST = "odk-instance-first-load"
CHANGED = "xforms-value-changed"


def setvalue(ref: str, event: str, value: str = "", literal: str = "") -> str:
    source = f' value="{value}"' if value else ""
    return f'<setvalue ref="/data/{ref}" event="{event}"{source}>{literal}</setvalue>'


def test_the_order_at_first_load_is_literal_then_setvalue_then_calculate() -> None:
    story = Story(
        form(
            "<a>1</a><b>1</b><c>1</c>",
            bind("c", calculate="concat(/data/a, /data/b)")
            + setvalue("b", FIRST, "concat(/data/a, 'x')")
            + setvalue("c", FIRST, "'lost'"),
        )
    )

    assert story.values("a", "b", "c") == ["1", "1x", "11x"]


def test_a_dynamic_default_fills_a_node() -> None:
    assert Story(form("<d/>", bind("d", type="date") + setvalue("d", FIRST, "today()"))).value("d") == "2026-03-02"


def test_preloads_fill_identity_start_and_day() -> None:
    story = Story(
        form(
            "<start/><end/><day/><device/>",
            bind("start", type="dateTime", jr__preload="timestamp", jr__preloadParams="start")
            + bind("end", type="dateTime", jr__preload="timestamp", jr__preloadParams="end")
            + bind("day", type="date", jr__preload="date", jr__preloadParams="today")
            + bind("device", jr__preload="property", jr__preloadParams="deviceid"),
        )
    )
    assert story.values("start", "end", "day", "device") == ["2026-03-02T09:30:00.000Z", "", "2026-03-02", ""]
    assert story.entry.instance_id.startswith("uuid:")

    assert story.entry.finalize() == ()
    assert story.value("end") == "2026-03-02T09:30:00.000Z"


def test_a_seed_fixes_the_identity() -> None:
    xml = form("<a/>")

    assert Story(xml, seed=7).entry.instance_id == Story(xml, seed=7).entry.instance_id
    assert Story(xml, seed=7).entry.instance_id != Story(xml, seed=8).entry.instance_id


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


def test_once_keeps_its_first_value() -> None:
    story = Story(form("<a/><b/>", bind("b", calculate="once(/data/a)"), ask("a")))
    story.answer("a", "first")
    story.answer("a", "second")

    assert story.value("b") == "first"


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
