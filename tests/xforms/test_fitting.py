"""A draft made with an older version of a form, opened with a newer one."""

from intake_app.xforms.api import Fit, FormEntry, Lost, parse_form, serialize
from tests.xforms.story import MOMENT, Story, ask, bind, form, pick, repeat, rows

OLD = form(
    "<name/><age/><gone/><colour/><many/><kid><name/><old/></kid><g><inside/></g>",
    bind("kid/name"),
    ask("name") + ask("age") + ask("gone") + pick("colour", "instance('c')/root/item")
    + pick("many", "instance('c')/root/item", "select") + repeat("kid", ask("kid/name") + ask("kid/old"))
    + ask("g/inside"),
    rows("c", {"name": "red", "label": "R"}, {"name": "blue", "label": "B"}),
)  # fmt: skip
NEW = form(
    "<name/><age/><colour/><many/><kid><name/><more><old/></more></kid><inside/><extra/><job><title/></job>",
    bind("age", type="int"),
    ask("name") + ask("age") + pick("colour", "instance('c')/root/item")
    + pick("many", "instance('c')/root/item", "select") + repeat("kid", ask("kid/name") + ask("kid/more/old"))
    + ask("inside") + ask("extra") + repeat("job", ask("job/title")),
    rows("c", {"name": "blue", "label": "B"}, {"name": "green", "label": "G"}),
).replace(b'version="1"', b'version="2"')  # fmt: skip


def draft(**answers: str) -> Story:
    story = Story(OLD)
    story.add("kid")
    for ref, value in answers.items():
        story.answer(ref.replace("__", "/").replace("kid2", "kid[2]").replace("kid1", "kid[1]"), value)
    return story


def newer(story: Story) -> FormEntry:
    return FormEntry.restore(parse_form(NEW), story.entry.savepoint(), now=lambda: MOMENT, seed=2)


def test_what_fits_stays_under_the_same_identity_and_the_new_version() -> None:
    story = draft(name="Ali", age="30", kid2__name="Sam")

    entry = newer(story)

    assert [entry.value(f"/data/{ref}") for ref in ("name", "age", "kid[2]/name")] == ["Ali", "30", "Sam"]
    assert entry.instance_id == story.entry.instance_id
    assert b'version="2"' in serialize(entry)


def test_new_questions_and_new_repeats_are_there_and_told() -> None:
    entry = newer(draft())

    assert set(entry.fit.added) == {"/data/extra", "/data/job/title", "/data/inside", "/data/kid/more/old"}
    assert entry.instances("/data/job") == ("/data/job[1]",)
    assert (entry.fit.made_with, entry.fit.lost) == ("1", ())


def test_an_answer_whose_question_moved_moves_along_in_its_own_instance() -> None:
    entry = newer(draft(kid1__old="x", kid2__old="y", g__inside="z"))

    assert entry.value("/data/kid[1]/more/old") == "x"
    assert entry.value("/data/kid[2]/more/old") == "y"
    assert entry.value("/data/inside") == "z"
    assert set(entry.fit.moved) == {
        ("/data/kid[1]/old", "/data/kid[1]/more/old"),
        ("/data/kid[2]/old", "/data/kid[2]/more/old"),
        ("/data/g/inside", "/data/inside"),
    }


def test_an_answer_without_a_place_is_told_with_its_ref() -> None:
    entry = newer(draft(age="dertig", gone="weg", colour="red", many="red blue"))

    assert set(entry.fit.lost) == {
        Lost("/data/age", "type", "dertig"),
        Lost("/data/gone", "gone", "weg"),
        Lost("/data/colour", "choice", "red"),
        Lost("/data/many", "choice", "red"),
    }
    assert [entry.value(f"/data/{ref}") for ref in ("age", "colour", "many")] == ["", "", "blue"]


def test_the_report_shows_no_answer_when_it_is_written_down() -> None:
    assert "geheim" not in repr(newer(draft(gone="geheim")).fit)


def test_a_draft_of_the_same_version_has_nothing_to_tell() -> None:
    story = draft(name="Ali")
    again = FormEntry.restore(story.definition, story.entry.savepoint(), now=lambda: MOMENT)

    assert again.fit == Fit("1")
    assert not again.fit.changed


def test_opening_it_again_changes_nothing_more() -> None:
    entry = newer(draft(name="Ali", kid2__old="y"))

    again = FormEntry.restore(entry.definition, entry.savepoint(), now=lambda: MOMENT)

    assert not again.fit.changed
    assert list(again.nodes()) == list(entry.nodes())
