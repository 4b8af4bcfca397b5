"""Events that no record can take: refused, and nothing changes."""

import pytest

from intake_app.errors import EventRefused
from tests.xforms.story import Story, ask, form, repeat


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
