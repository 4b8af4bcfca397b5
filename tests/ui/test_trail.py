from __future__ import annotations

from itertools import pairwise

import pytest

from intake_app.paths import resource_dir
from intake_app.services.office import Office
from intake_app.services.rehearsal import Rehearsal, read_script
from intake_app.services.walk.screens import Screen
from intake_app.ui.presenters.conversation import ConversationPresenter
from intake_app.ui.presenters.sections import is_known


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
