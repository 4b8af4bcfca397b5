"""A form walked through: stories of the way on, back and across, of what falls away, and of honest progress."""

from __future__ import annotations

import pytest

from intake_app.errors import EventRefused
from intake_app.services.walk.screens import Screen, Walk, WalkContext
from intake_app.services.walk.session import FormSession, Setback
from intake_app.xforms.api import FormEntry, parse_form
from tests.xforms.story import MOMENT, ask, bind, form, repeat


def group(ref: str, body: str, appearance: str = "") -> str:
    return f'<group ref="/data/{ref}" appearance="{appearance}">{body}</group>'


HOUSEHOLD = form(
    "<name/><kids/><child><name/><g><born/><school/></g><toy><what/></toy><last/></child><work/><boss/><end/>",
    bind("kids", type="int", required="true()")
    + bind("work", required="true()", jr__requiredMsg="Werkt u?")
    + bind("boss", relevant="/data/work = 'yes'", required="true()")
    + bind("end", relevant="/data/kids != ''"),
    ask("name") + ask("kids")
    + repeat("child", ask("child/name") + group("child/g", ask("child/g/born") + ask("child/g/school"), "field-list")
             + repeat("child/toy", ask("child/toy/what")) + ask("child/last"))
    + ask("work") + ask("boss") + ask("end"),
)  # fmt: skip


class Way:
    def __init__(self, xml: bytes) -> None:
        definition = parse_form(xml)
        self.entry = FormEntry.new(definition, now=lambda: MOMENT, seed=1)
        self.walk = Walk(definition, self.entry, WalkContext())
        self.session = FormSession(lambda: self.walk, self.entry)

    def answer(self, ref: str, value: str) -> None:
        assert self.entry.set_value(f"/data/{ref}", value).rejected is None

    @property
    def at(self) -> tuple[str, ...]:
        where = self.session.where()
        return () if where is None else short(where.screen)

    def to_the_end(self) -> list[tuple[str, ...]]:
        seen = [self.at]
        while (where := self.session.next()) is not None:
            seen.append(short(where.screen))
        return seen


def short(screen: Screen) -> tuple[str, ...]:
    return tuple(ref.removeprefix("/data/") for ref in screen.refs)


@pytest.fixture
def way() -> Way:
    return Way(HOUSEHOLD)


def test_document_order_runs_each_instance_with_what_is_inside_it(way: Way) -> None:
    way.entry.add_repeat("/data/child")
    way.entry.add_repeat("/data/child[1]/toy")

    assert way.to_the_end() == [
        ("name",),
        ("kids",),
        ("child[1]/name",),
        ("child[1]/g/born", "child[1]/g/school"),
        ("child[1]/toy[1]/what",),
        ("child[1]/toy[2]/what",),
        ("child[1]/last",),
        ("child[2]/name",),
        ("child[2]/g/born", "child[2]/g/school"),
        ("child[2]/toy[1]/what",),
        ("child[2]/last",),
        ("work",),
    ]


def test_another_instance_is_offered_after_the_last_one(way: Way) -> None:
    way.entry.add_repeat("/data/child")
    offers = [(short(screen)[0], screen.again) for screen in way.walk.screens() if screen.again]

    assert offers == [
        ("child[1]/toy[1]/what", "/data/child/toy"),
        ("child[2]/toy[1]/what", "/data/child/toy"),
        ("child[2]/last", "/data/child"),
    ]


def test_a_repeat_without_instances_still_offers_the_first(way: Way) -> None:
    way.entry.remove_repeat("/data/child[1]")

    assert [(screen.refs, screen.again) for screen in way.walk.screens() if screen.again] == [((), "/data/child")]


def test_on_and_back_again_is_where_one_was(way: Way) -> None:
    assert way.session.previous() is None
    for _ in range(3):
        way.session.next()
    here = way.at
    way.session.next()
    way.session.previous()

    assert way.at == here


def test_at_the_last_screen_there_is_no_next_and_one_stays(way: Way) -> None:
    last = way.to_the_end()[-1]

    assert way.session.next() is None
    assert way.at == last
    where = way.session.where()
    assert where is not None
    assert where.is_last


def test_one_can_jump_to_every_answered_question(way: Way) -> None:
    for ref, value in [("name", "Bea"), ("child[1]/g/school", "De Berkel"), ("work", "no")]:
        way.answer(ref, value)

    for ref in way.session.answered():
        assert ref in way.session.jump(ref).screen.refs
    assert way.session.answered() == ("/data/name", "/data/child[1]/g/school", "/data/work")


@pytest.mark.parametrize("ref", ["/data/boss", "/data/nothing"])
def test_one_cannot_jump_to_what_is_not_asked(way: Way, ref: str) -> None:
    with pytest.raises(EventRefused):
        way.session.jump(ref)


def test_when_the_screen_itself_goes_one_stands_at_the_next_that_stays(way: Way) -> None:
    way.answer("kids", "1")
    way.answer("work", "yes")
    way.session.jump("/data/boss")

    way.answer("work", "no")

    assert way.at == ("end",)


def test_when_nothing_stays_behind_it_one_stands_at_the_last_before(way: Way) -> None:
    way.answer("kids", "1")
    way.session.jump("/data/end")

    way.answer("kids", "")

    assert way.at == ("work",)


def test_an_answer_that_no_longer_counts_is_set_aside_and_comes_back(way: Way) -> None:
    way.answer("work", "yes")
    way.answer("boss", "Jansen")
    way.answer("work", "no")
    assert way.session.set_aside() == ("/data/boss",)

    way.answer("work", "yes")
    assert way.session.set_aside() == ()
    assert way.entry.value("/data/boss") == "Jansen"


def test_the_whole_form_is_checked_and_each_finding_says_where(way: Way) -> None:
    way.answer("work", "yes")

    findings = way.session.check()

    assert [(found.ref, found.reason, found.message) for found in findings] == [
        ("/data/kids", "required", ""),
        ("/data/boss", "required", ""),
    ]
    assert [way.session.jump(found.ref).screen.key for found in findings] == [found.screen for found in findings]


def test_progress_counts_what_is_answered_of_what_counts_now(way: Way) -> None:
    before = way.session.progress()
    way.answer("name", "Bea")
    after = way.session.progress()

    assert (before.answered, after.answered, before.relevant) == (0, 1, after.relevant)
    assert after.setback is None


def test_progress_goes_down_only_with_a_reason(way: Way) -> None:
    way.answer("name", "Bea")
    way.session.progress()

    way.answer("work", "yes")
    assert way.session.progress().setback is None

    way.entry.add_repeat("/data/child")
    back = way.session.progress().setback
    assert back is not None
    assert "/data/child[2]/name" in back.came_in
    assert back.fell_out == ()

    way.answer("name", "")
    assert way.session.progress().setback == Setback((), ("/data/name",))


def test_a_form_that_asks_nothing_is_done_and_has_no_place() -> None:
    way = Way(form("<a/>"))

    assert way.session.where() is None
    assert way.session.progress().share == 1.0
