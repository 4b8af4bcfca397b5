"""Preloads and metadata: identity, moments, properties, and what is filled in only once."""

from datetime import UTC, datetime

import pytest

from intake_app.xforms.api import FormEntry, Ports, serialize
from tests.xforms.story import (
    CHANGED,
    Story,
    ask,
    bind,
    computed,
    form,
    opened,
    setvalue,
)


def test_properties_serve_the_preload_and_the_function() -> None:
    xml = form(
        "<who/><mail/><none/>",
        bind("who", jr__preload="property", jr__preloadParams="username")
        + bind("mail", calculate="property('email')")
        + bind("none", jr__preload="property", jr__preloadParams="phonenumber"),
    )
    entry = opened(xml, Ports(properties={"username": "bea", "email": "bea@example.org"}))

    assert [entry.value(f"/data/{name}") for name in ("who", "mail", "none")] == ["bea", "bea@example.org", ""]


def test_the_version_of_the_form_can_be_asked() -> None:
    assert computed("version()") == "1"


def test_a_preload_sets_no_action_off() -> None:
    story = Story(
        form(
            "<day/><b/>",
            bind("day", type="date", jr__preload="date", jr__preloadParams="today"),
            ask("day", setvalue("b", CHANGED, "'set'")) + ask("b"),
        )
    )

    assert story.values("day", "b") == ["2026-03-02", ""]


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


STAMPED = form(
    "<start/><end/><day/><name/>",
    bind("start", type="dateTime", jr__preload="timestamp", jr__preloadParams="start")
    + bind("end", type="dateTime", jr__preload="timestamp", jr__preloadParams="end")
    + bind("day", type="date", jr__preload="date", jr__preloadParams="today"),
    ask("name"),
)
LATER = datetime(2026, 4, 5, 12, tzinfo=UTC)


def stamps(entry: FormEntry) -> list[str]:
    return [entry.value(f"/data/{name}")[:10] for name in ("start", "end", "day")]


@pytest.mark.parametrize("way", ["restore", "edit"])
def test_a_record_opened_later_keeps_its_moments_and_takes_only_a_new_end(way: str) -> None:
    story = Story(STAMPED)
    assert story.entry.finalize() == ()
    if way == "restore":
        again = FormEntry.restore(story.definition, story.entry.savepoint(), now=lambda: LATER)
    else:
        again = FormEntry.edit(story.definition, serialize(story.entry), now=lambda: LATER, seed=2)
    assert stamps(again) == ["2026-03-02", "2026-03-02", "2026-03-02"]

    assert again.finalize() == ()

    assert stamps(again) == ["2026-03-02", "2026-04-05", "2026-03-02"]


def test_a_record_that_is_not_complete_gets_no_end() -> None:
    story = Story(STAMPED.replace(b"<bind", b'<bind nodeset="/data/name" required="true()"/><bind', 1))

    assert [one.reason for one in story.entry.finalize()] == ["required"]
    assert story.value("end") == ""


def test_the_identity_is_given_once_and_stays_through_answers_and_drafts() -> None:
    story = Story(STAMPED)
    identity = story.entry.instance_id
    story.answer("name", "Ali")
    story.entry.finalize()

    again = FormEntry.restore(story.definition, story.entry.savepoint(), now=lambda: LATER, seed=9)

    assert story.entry.instance_id == again.instance_id == identity
