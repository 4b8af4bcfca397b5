from __future__ import annotations

from itertools import pairwise

import pytest

from intake_app.paths import resource_dir
from intake_app.services.office import Office
from intake_app.services.rehearsal import Rehearsal, read_script
from intake_app.services.walk.screens import Screen
from intake_app.services.walk.session import Progress
from intake_app.ui.presenters.conversation import ConversationPresenter
from intake_app.ui.presenters.sections import _count, is_known
from intake_app.ui.widgets.section_trail import BOTH
from tests.ui.tables import RECORDED, lead


@pytest.mark.parametrize(
    ("name", "form"), [("short-refugee-cook.json", None), ("long-without-work-full-nl.json", "full")]
)
def test_the_number_of_the_part_one_is_in_goes_up_by_one_and_never_back(
    office: Office, name: str, form: str | None
) -> None:
    talk = office.begin_talk(practice=True, **({"talk_form": form} if form else {}))
    numbers: list[int] = []
    letters: list[str] = []

    def look(screen: Screen) -> None:
        presenter = ConversationPresenter(talk)
        presenter.go_to(screen.key)
        trail = presenter.trail()
        if is_known(talk.talk) and not screen.after_guest:
            numbers.append(trail.current + 1)
            letters.append(trail.steps[trail.current].letter)
            assert letters[-1] == screen.section

    script = read_script(resource_dir("sample", "talks", name), {"talk_language": "nl"})
    Rehearsal(talk, script, look).play(until_guest_leaves=True)

    assert all(0 <= later - earlier <= 1 for earlier, later in pairwise(numbers)), numbers
    assert len(set(letters)) < max(numbers), "a part that comes back has a number of its own"


@pytest.mark.parametrize("form", ["short", "full"])
def test_a_question_that_holds_the_walk_makes_the_trail_no_shorter(office: Office, form: str) -> None:
    presenter = ConversationPresenter(office.begin_talk())
    totals: list[int] = []
    for _ in range(12):
        totals.append(len(presenter.trail().steps))
        for ref in list(presenter.model().refs()):
            if value := {**RECORDED, "version": form}.get(presenter.conversation.concept_of(ref), ""):
                presenter.answer(ref, value)
        presenter.saw(presenter.model())
        assert presenter.next(), presenter.messages

    length_known = totals[4:]
    assert totals[:4] == totals[:1] * 4
    assert all(0 <= later - earlier <= 1 for earlier, later in pairwise(length_known)), totals


def test_what_is_left_stands_there_in_dutch_beside_the_participant_s_language(office: Office) -> None:
    presenter = ConversationPresenter(office.begin_talk())
    lead(presenter, RECORDED, until="call_name")
    own, dutch = presenter.trail().count.split(BOTH)

    assert "Nog ongeveer" in dutch
    assert "minuten" in dutch
    assert "Nog" not in own
    presenter.answer(presenter.conversation.talk.answers.ref("talk_language"), "nl")
    assert BOTH not in presenter.trail().count


def test_one_screen_left_is_said_in_the_singular() -> None:
    assert _count(Progress(0, 0, left=1), "nl").startswith("Nog ongeveer één scherm ·")
    assert _count(Progress(0, 0, left=0), "nl") == ""
