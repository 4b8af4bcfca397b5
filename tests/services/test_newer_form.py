"""A talk begun with an older version of the form, opened with a newer one: nothing is lost without being told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from intake_app.bootstrap import PublishedForms
from intake_app.domain.ids import InstanceId
from intake_app.errors import DiskFull
from intake_app.services.consents import CONSENT_CONCEPTS
from intake_app.services.continuing import reopen_finished
from intake_app.services.conversation import Conversation
from intake_app.services.office import Office
from intake_app.services.versions import LeftOver, left_overs
from intake_app.xforms.api import FormDefinition, parse_form
from intake_app.xforms.compile import compile_form, published_name
from tests.fakes.storage import InMemoryStore
from tests.services.helps import REPOSITORY, FullDiskStore, begun, make_office, ref_of, told

SHEET = REPOSITORY / "resources" / "forms" / "intake.md"
OLD_VERSION = "2026010101"
HOBBY, ALONE_QUESTION = "/data/d01b_hobby", "/data/d01c_worry"


def _older_sheet() -> str:
    """The sheet with two questions more, one choice more and one question less, under an older version."""
    lines = []
    for line in SHEET.read_text(encoding="utf-8").splitlines():
        cells = line.split("|")
        name = cells[3].strip() if len(cells) > 3 else ""
        if cells[-1].strip() == "" and name == "Intakegesprek":
            cells[4] = f" {OLD_VERSION} "
        if name == "d05_no_work_since":
            continue
        lines.append("|".join(cells))
        if name == "d01_work_now":
            for extra, label, consent, private in (
                ("d01b_hobby", "Wat doet u graag thuis?", "T C5", ""),
                ("d01c_worry", "Waar ligt u wakker van?", "T", "yes"),
            ):
                more = [*cells]
                more[2], more[3], more[4] = " text ", f" {extra} ", f" {label} "
                more[15], more[16] = " ", f" {consent} "
                more[23] = f" {private} "
                lines.append("|".join(more))
        if cells[1:4] and name == "employee" and cells[2].strip() == "work_now":
            more = [*cells]
            more[3], more[4] = " odd_jobs ", " Ja, losse klussen "
            lines.append("|".join(more))
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of published forms that holds the older version."""
    folder = tmp_path_factory.mktemp("published")
    sheet = folder / "intake.md"
    sheet.write_text(_older_sheet(), encoding="utf-8")
    compiled = compile_form(sheet, folder)
    assert compiled.version == OLD_VERSION
    (folder / published_name("intake", OLD_VERSION)).write_bytes(compiled.xml)
    return folder


@pytest.fixture(scope="module")
def older(published: Path) -> FormDefinition:
    return parse_form((published / published_name("intake", OLD_VERSION)).read_bytes())


@pytest.fixture(params=["older version at hand", "older version gone"])
def past(request: pytest.FixtureRequest, published: Path, tmp_path: Path) -> Path:
    return published if request.param == "older version at hand" else tmp_path


Told = Callable[[Conversation], None]


def _begun_with_older(store: InMemoryStore, older: FormDefinition) -> Conversation:
    """A recorded talk on the older version, its answers partly in the savepoint and partly in the journal."""
    office = make_office(store)
    office = replace(office, forms={**office.forms, "intake": older})
    conversation = begun(office)
    conversation.answer(HOBBY, "Duiven houden")
    conversation.answer(ALONE_QUESTION, "De huur")
    with conversation.talk.together():
        conversation.talk.fold()
    told(conversation, {"work_now": "odd_jobs", "goal": "Ik wil werk vinden"})
    conversation.answer(HOBBY, "Duiven en kippen houden")
    return conversation


def _opened(store: InMemoryStore, past: Path, instance_id: str) -> Conversation:
    office = replace(make_office(store), past_forms=PublishedForms(past))
    return office.open_talk(InstanceId(instance_id))


@pytest.fixture
def store() -> FullDiskStore:
    return FullDiskStore()


@pytest.fixture
def name(store: FullDiskStore, older: FormDefinition) -> str:
    return _begun_with_older(store, older).talk.instance_id


def _answers_left(conversation: Conversation) -> dict[str, str]:
    return {one.ref: one.answer for one in conversation.left_over}


def test_answers_that_still_fit_are_there_also_those_of_the_journal(
    store: FullDiskStore, past: Path, name: str
) -> None:
    conversation = _opened(store, past, name)

    answers = conversation.talk.answers
    assert (answers.text("call_name"), answers.text("goal")) == ("Truus Verzonnen", "Ik wil werk vinden")
    assert conversation.talk.instance_id == name
    assert answers.host("form_version") == conversation.talk.definition.version != OLD_VERSION


def test_every_answer_without_a_place_is_told_and_kept_in_its_last_wording(
    store: FullDiskStore, past: Path, name: str
) -> None:
    conversation = _opened(store, past, name)

    left = _answers_left(conversation)
    assert left.keys() == {HOBBY, ALONE_QUESTION, "/data/d01_work_now"}
    assert (left[HOBBY], left[ALONE_QUESTION]) == ("Duiven en kippen houden", "De huur")
    assert conversation.news is not None
    assert conversation.news.lost == conversation.left_over
    assert "Hoe lang heeft u geen betaald werk?" in conversation.news.added


def test_questions_and_choices_are_told_in_their_dutch_words(store: FullDiskStore, published: Path, name: str) -> None:
    by_ref = {one.ref: one for one in _opened(store, published, name).left_over}

    assert by_ref[HOBBY] == LeftOver(
        HOBBY, "Wat doet u graag thuis?", "gone", "Duiven en kippen houden", ("T", "C5"), private=False
    )
    assert by_ref[ALONE_QUESTION].private
    work = by_ref["/data/d01_work_now"]
    assert (work.question, work.reason, work.answer) == ("Heeft u nu betaald werk?", "choice", "Ja, losse klussen")


def test_a_question_nobody_knows_any_more_counts_as_private(store: FullDiskStore, tmp_path: Path, name: str) -> None:
    by_ref = {one.ref: one for one in _opened(store, tmp_path, name).left_over}

    assert (by_ref[HOBBY].question, by_ref[HOBBY].private, by_ref[HOBBY].consent) == ("", True, None)


def test_the_next_opening_is_plain_and_still_holds_what_was_left_over(
    store: FullDiskStore, past: Path, name: str
) -> None:
    first = _opened(store, past, name)
    again = _opened(store, past, name)

    assert again.news is None
    assert again.left_over == first.left_over
    assert again.talk.stored_savepoint() == first.talk.stored_savepoint()
    assert store.contents.drafts[name].header.form_version == first.talk.definition.version
    assert store.contents.drafts[name].journal == ()


def test_the_talk_goes_on_and_keeps_what_is_answered_next(store: FullDiskStore, past: Path, name: str) -> None:
    told(_opened(store, past, name), {"work_now": "no"})

    again = _opened(store, past, name)
    assert again.talk.answers.text("work_now") == "no"


def test_text_that_was_being_typed_comes_along_or_is_told(
    store: FullDiskStore, past: Path, older: FormDefinition
) -> None:
    conversation = _begun_with_older(store, older)
    goal = ref_of(conversation, "goal")
    conversation.talk.type(goal, "Ik wil werk in de buurt")
    conversation.talk.type(HOBBY, "Duiven, kippen en een")

    opened = _opened(store, past, conversation.talk.instance_id)

    assert opened.talk.answers.text("goal") == "Ik wil werk in de buurt"
    assert _answers_left(opened)[HOBBY] == "Duiven, kippen en een"


def test_on_a_full_disk_the_talk_stays_what_it_was(store: FullDiskStore, past: Path, name: str) -> None:
    before = store.contents.drafts[name]
    store.full = True
    with pytest.raises(DiskFull):
        _opened(store, past, name)
    assert store.contents.drafts[name] == before

    store.full = False
    assert HOBBY in _answers_left(_opened(store, past, name))


@pytest.mark.parametrize(("consent", "stays"), [("C5", {ALONE_QUESTION, "/data/d01_work_now"}), ("C1", set())])
def test_a_withdrawn_consent_takes_its_left_over_answers_along(
    store: FullDiskStore, published: Path, name: str, consent: str, stays: set[str]
) -> None:
    conversation = _opened(store, published, name)
    concept = next(name for name, code in CONSENT_CONCEPTS.items() if code == consent)

    conversation.answer(ref_of(conversation, concept), "no")

    assert _answers_left(conversation).keys() == stays
    with store.unit_of_work() as uow:
        assert {one.ref for one in left_overs(uow, InstanceId(name))} == stays


def test_what_was_left_over_goes_with_the_finished_talk(store: FullDiskStore, published: Path, name: str) -> None:
    conversation = _opened(store, published, name)
    told(conversation, {"status": "stopped_by_participant"})
    office: Office = make_office(store)

    outcome = office.finish(conversation)

    assert outcome.stored, outcome.violations
    assert not [key for key in store.contents.files if key[1] == "left_over"]


def test_a_finished_talk_that_is_opened_again_keeps_what_no_longer_fits(
    store: FullDiskStore, older: FormDefinition
) -> None:
    conversation = _begun_with_older(store, older)
    told(conversation, {"status": "stopped_by_participant"})
    office = make_office(store)
    assert office.finish(conversation).stored

    again = reopen_finished(office, conversation.talk.instance_id)

    assert _answers_left(again)[HOBBY] == "Duiven en kippen houden"
    assert again.talk.answers.text("goal") == "Ik wil werk vinden"


def test_a_published_form_is_found_by_its_name_only(published: Path) -> None:
    find = PublishedForms(published)

    assert find("intake", "1") is None
    assert find("../published/intake", OLD_VERSION) is None
    found = find("intake", OLD_VERSION)
    assert found is not None
    assert found.version == OLD_VERSION
