"""A plan as sentences for a voice: marked as its sheet is, and named by a number, never by a person."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from intake_app.domain.clock import FixedClock
from intake_app.domain.plan import PlanDocument
from intake_app.services.office import Office
from intake_app.services.voice.plan_aloud import HeardSection, like, plan_aloud
from intake_app.services.voice.recordings import text_key
from tests.fakes.storage import InMemoryStore
from tests.services.helps import MORNING, NT1, make_office, played, told

NAME = "Xandra"


@pytest.fixture(scope="module")
def office() -> Office:
    return make_office(InMemoryStore(), FixedClock(MORNING))


@pytest.fixture(scope="module")
def plan(office: Office) -> PlanDocument:
    conversation = played(office, NT1)
    told(conversation, {"call_name": NAME})
    return office.plan(conversation)


def sentences(sections: tuple[HeardSection, ...]) -> Iterator[tuple[str, str]]:
    for section in sections:
        for spoken in section.sentences:
            yield spoken.text, text_key(spoken)


def test_a_name_is_said_and_stands_in_no_name_of_a_sentence(office: Office, plan: PlanDocument) -> None:
    found = list(sentences(plan_aloud(office, plan)))

    assert any(NAME in text for text, _ in found)
    assert not any(NAME.lower() in key for _, key in found)
    assert len({key for _, key in found}) == len(found)


def test_the_pages_follow_each_other(office: Office, plan: PlanDocument) -> None:
    pages = [section.page for section in plan_aloud(office, plan)]

    assert pages == sorted(pages)
    assert {*pages} == {1, 2}


@pytest.mark.parametrize("kind", ["plan", "large", "appointment", "skills", "private", "referral", "data"])
def test_every_sentence_is_marked_as_its_sheet(office: Office, plan: PlanDocument, kind: str) -> None:
    sheet = like(kind, plan.language)
    found = [spoken for section in plan_aloud(office, plan, kind) for spoken in section.sentences]

    assert found
    assert {(one.private, one.consent) for one in found} == {(sheet.private, sheet.consent)}
    assert sheet.private is (kind in ("private", "referral"))
    assert sheet.consent is (kind == "data")
