"""Host nodes: what the app writes into a form, and what stays when it writes again."""

import pytest

from intake_app.errors import EventRefused
from intake_app.i18n.phrases import error_sentence
from tests.xforms.story import Story, ask, bind, form, pick, repeat, rows

YN = rows("yn", {"name": "yes", "label": "Ja"}, {"name": "no", "label": "Nee"})


def talk() -> Story:
    inside = "<id/><label/><react/>"
    return Story(
        form(
            f'<role/><note/><tip jr:template="">{inside}</tip><tip>{inside}</tip>'
            '<job jr:template=""><title/><code/></job><job><title/><code/></job><yes/>',
            bind("role", tag__host="role")
            + bind("note", relevant="/data/role = 'volunteer'")
            + bind("tip", tag__host="tips")
            + bind("tip/id", tag__host="id")
            + bind("tip/label", tag__host="label")
            + bind("job/code", tag__host="job_code")
            + bind("yes", calculate="count(/data/tip[react = 'yes'])"),
            ask("note")
            + repeat("tip", pick("tip/react", "instance('yn')/root/item"))
            + repeat("job", ask("job/title")),
            YN,
        )
    )


def tip(code: str, text: str = "") -> dict[str, str]:
    return {"id": code, "label": text or code.upper()}


def ids(story: Story) -> list[str]:
    return [story.entry.value(f"{ref}/id") for ref in story.entry.instances("/data/tip")]


def test_a_host_value_is_written_by_the_app_and_what_reads_it_follows() -> None:
    story = talk()

    change = story.entry.set_host("role", "volunteer")

    assert story.node("note").relevant
    assert change.event == {"host": "role", "value": "volunteer"}
    assert {"/data/role", "/data/note"} <= change.changed


@pytest.mark.parametrize("ref", ["role", "tip[1]/id", "tip[1]/label"])
def test_the_talk_cannot_answer_a_host_node(ref: str) -> None:
    with pytest.raises(EventRefused) as refused:
        talk().answer(ref, "x")

    assert refused.value.params["reason"] == "host"


def test_rows_replace_the_one_empty_instance() -> None:
    story = talk()

    story.entry.set_host("tips", [tip("a"), tip("b", "Beter")])

    assert ids(story) == ["a", "b"]
    assert story.value("tip[2]/label") == "Beter"


def test_rows_that_stay_keep_their_answers_in_any_order() -> None:
    story = talk()
    story.entry.set_host("tips", [tip("a"), tip("b"), tip("c")])
    story.answer("tip[2]/react", "yes")

    story.entry.set_host("tips", [tip("d"), tip("b", "Nieuw"), tip("a")])

    assert ids(story) == ["d", "b", "a"]
    assert story.values("tip[1]/react", "tip[2]/react", "tip[3]/react") == ["", "yes", ""]
    assert story.value("tip[2]/label") == "Nieuw"
    assert story.value("yes") == "1"

    story.entry.set_host("tips", [tip("d")])
    assert story.value("yes") == "0"


def test_no_rows_leave_the_pristine_instance_and_empty_a_filled_list() -> None:
    story = talk()
    story.entry.set_host("tips", [])
    assert ids(story) == [""]

    story.entry.set_host("tips", [tip("a")])
    story.entry.set_host("tips", [])
    assert ids(story) == []


def test_a_host_node_in_a_repeat_is_named_within_its_instance() -> None:
    story = talk()
    story.add("job")

    story.entry.set_host("job_code", "welding", "/data/job[2]")

    assert story.values("job[1]/code", "job[2]/code") == ["", "welding"]
    with pytest.raises(EventRefused):
        story.entry.set_host("job_code", "welding")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("nothing", "x"),
        ("tips", "text"),
        ("role", [tip("a")]),
        ("tips", [{"label": "without id"}]),
        ("tips", [tip("a"), tip("a")]),
        ("tips", [{"id": "a", "react": "yes"}]),
    ],
)
def test_what_does_not_fit_a_host_node_is_refused(name: str, value: str | list[dict[str, str]]) -> None:
    with pytest.raises(EventRefused):
        talk().entry.set_host(name, value)


def test_the_talk_cannot_add_or_remove_host_rows() -> None:
    with pytest.raises(EventRefused):
        talk().add("tip")
    with pytest.raises(EventRefused):
        talk().remove("tip[1]")


def test_a_journal_of_events_gives_the_same_record_again() -> None:
    story = talk()
    events = [
        story.entry.set_host("role", "volunteer").event,
        story.entry.set_host("tips", [tip("a"), tip("b")]).event,
        story.answer("tip[2]/react", "yes").event,
        story.add("job").event,
        story.entry.set_host("job_code", "welding", "/data/job[2]").event,
        story.answer("job[2]/title", "Lasser").event,
        story.remove("job[1]").event,
    ]

    again = talk()
    for event in events:
        again.entry.apply(event)

    assert again.entry.savepoint() == story.entry.savepoint()


@pytest.mark.parametrize(
    "event",
    [{}, {"set": "/data/note"}, {"set": "/data/note", "value": 5}, {"host": "tips", "rows": [["a"]]}, {"other": 1}],
)
def test_an_event_of_no_known_shape_is_refused(event: dict[str, object]) -> None:
    with pytest.raises(EventRefused):
        talk().entry.apply(event)


@pytest.mark.parametrize(
    ("event", "where"),
    [
        ({"host": "rolee", "value": "x"}, "/data (host rolee)"),
        ({"host": "rolee", "value": "x", "within": "/data/job[1]"}, "/data/job[1] (host rolee)"),
        ({"host": "role", "rows": [{"id": "1"}]}, "/data/role (host role)"),
        ({"host": "work", "rows": [{"id": "1", "naam": "x"}]}, "/data/work (host work.naam)"),
        ({"host": "work", "value": "x"}, "/data/work (host work)"),
    ],
)
def test_a_host_event_that_is_refused_says_which_host_and_where(event: dict[str, object], where: str) -> None:
    story = Story(
        form(
            "<role/><job><title/></job><work><id/><label/></work>",
            bind("role", tag__host="role") + bind("work", tag__host="work")
            + bind("work/id", tag__host="id") + bind("work/label", tag__host="label"),
            repeat("job", ask("job/title")) + repeat("work"),
        )
    )  # fmt: skip

    with pytest.raises(EventRefused) as refused:
        story.entry.apply(event)

    assert refused.value.params["ref"] == where
    assert where in error_sentence(refused.value, "nl")
