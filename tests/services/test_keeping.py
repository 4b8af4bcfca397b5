"""An answer is kept with all that follows from it, or it did not happen: full disks, half-typed text, crashes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake_app.errors import DiskFull, EventRefused
from intake_app.services.conversation import Conversation
from intake_app.services.office import Office
from intake_app.services.rehearsal import Rehearsal, Script
from intake_app.storage.gate import SqlStore, SqlStoreGate
from intake_app.xforms.api import FormEntry
from tests.fakes.encrypted import CHEAP, PASSPHRASE
from tests.services.helps import (
    BEGINNING,
    NT1,
    REFUGEE,
    FullDiskStore,
    begun,
    leaves,
    make_office,
    names,
    ref_of,
    sample_script,
    told,
)

NOT_STORED = ("a01_welcome", "a04b_alone", "e01_work_allowed")


def stored(office: Office, conversation: Conversation) -> FormEntry:
    """What would come back after a crash, without what lives in memory only."""
    return office.open_talk(conversation.talk.header.instance_id).talk.entry


def content(entry: FormEntry, conversation: Conversation) -> bytes:
    return entry.savepoint(leave_empty=conversation.talk.memory_refs)


def same(office: Office, conversation: Conversation) -> bool:
    return content(conversation.talk.entry, conversation) == content(stored(office, conversation), conversation)


# ---------------------------------------------------------------- a full disk
@pytest.mark.parametrize(
    ("concept", "value"),
    [
        ("call_name", "Truus Anders"),
        ("talk_language", "ar"),
        ("consent_central", "yes"),
        ("asked_cards", "card_h2"),
        ("chosen", "yes"),
        ("job", "Kok"),
        ("step", "Ik bel het Taalhuis"),
    ],
)
def test_an_answer_that_cannot_be_kept_did_not_happen(
    office: Office, disk: FullDiskStore, concept: str, value: str
) -> None:
    conversation = begun(office)
    conversation.keeper.fill_suggestions()
    ref = ref_of(conversation, concept)
    before = conversation.talk.entry.savepoint()
    disk.full = True
    with pytest.raises(DiskFull):
        conversation.answer(ref, value)

    assert conversation.talk.entry.savepoint() == before
    disk.full = False
    assert same(office, conversation)
    conversation.answer(ref, value)
    assert conversation.talk.entry.value(ref) == value
    assert same(office, conversation)


def test_what_was_typed_is_not_lost_with_an_answer_that_could_not_be_kept(office: Office, disk: FullDiskStore) -> None:
    conversation = begun(office)
    goal = ref_of(conversation, "goal")
    disk.full = True
    with pytest.raises(DiskFull):
        conversation.answer(goal, "Ik wil bakker worden")

    assert conversation.talk.typing == {goal: "Ik wil bakker worden"}
    disk.full = False
    conversation.answer(goal, "Ik wil bakker worden")
    assert conversation.talk.typing == {}


def test_a_row_that_could_not_be_taken_away_keeps_what_was_typed_in_it(office: Office, disk: FullDiskStore) -> None:
    conversation = begun(office)
    conversation.talk.add_instance("/data/step")
    typed = {"/data/step[1]/q01_step": "eerste", "/data/step[2]/q01_step": "tweede"}
    for ref, text in typed.items():
        conversation.talk.type(ref, text)
    disk.full = True
    with pytest.raises(DiskFull):
        conversation.talk.remove_instance("/data/step[1]")
    with pytest.raises(DiskFull):
        conversation.skip("/data/step[2]/q01_step")

    assert conversation.talk.typing == typed


def test_every_other_step_is_whole_on_a_full_disk_too(office: Office, disk: FullDiskStore) -> None:
    conversation = begun(office)
    told(conversation, {"cards": "card_h1 card_h2 card_t9"})
    screen = next(s for s in conversation.screens() if "skills_ok" in s.lists)
    disk.full = True
    for step in (
        lambda: conversation.open_screen(screen),
        lambda: conversation.skip(ref_of(conversation, "goal")),
        lambda: conversation.choose_occupation(ref_of(conversation, "job"), "hd2"),
        lambda: conversation.talk.add_instance("/data/step"),
        lambda: conversation.keeper.add_skill("cooking"),
        conversation.plan_handed_over,
    ):
        with pytest.raises(DiskFull):
            step()

    disk.full = False
    assert same(office, conversation)
    assert conversation.open_screen(screen)
    assert same(office, conversation)


def test_a_talk_lived_through_with_a_disk_that_fills_again_and_again_loses_no_answer(
    office: Office, disk: FullDiskStore
) -> None:
    """Every ninth write fails; the person answers again, as the page asks."""
    script = sample_script()
    conversation = office.begin_talk()
    disk.room = 9

    class Patient(Rehearsal):
        def _one(self, screen: object) -> None:
            for _ in range(60):
                with suppress(DiskFull):
                    super()._one(screen)  # type: ignore[arg-type]
                    return
                self._done.discard(screen.key)  # type: ignore[attr-defined]
                disk.room = 9
            raise AssertionError("the screen was never passed")

    Patient(conversation, script).play()
    disk.room = None
    answers = conversation.talk.answers
    for concept in ("call_name", "cards", "goal", "contact", "consent_central", "status"):
        assert answers.text(concept), concept
    assert answers.text("cards") == script.answers["cards"]
    assert same(office, conversation)


# ---------------------------------------------------------------- text that is being typed
def test_typed_text_comes_back_after_a_crash(office: Office) -> None:
    conversation = begun(office)
    goal = ref_of(conversation, "goal")
    conversation.talk.type(goal, "Ik wil bakk")
    again = office.open_talk(conversation.talk.header.instance_id)

    assert again.talk.entry.value(goal) == "Ik wil bakk"
    assert again.recovered == (goal,)


def test_a_finished_answer_is_never_undone_by_what_was_typed_before_it(office: Office) -> None:
    conversation = begun(office)
    goal = ref_of(conversation, "goal")
    conversation.talk.type(goal, "Ik wil bak")
    conversation.answer(goal, "Ik wil bakker worden")
    again = office.open_talk(conversation.talk.header.instance_id)

    assert again.talk.entry.value(goal) == "Ik wil bakker worden"
    assert again.recovered == ()


def test_typed_text_that_breaks_a_rule_is_shown_again_and_not_lost(office: Office) -> None:
    conversation = begun(office)
    told(conversation, {"consent_contact": "yes"})
    phone = ref_of(conversation, "contact")
    conversation.talk.type(phone, "06-")
    again = office.open_talk(conversation.talk.header.instance_id)

    assert again.talk.typing == {phone: "06-"}
    assert again.recovered == (phone,)


def test_text_typed_before_the_consent_to_record_is_kept_from_the_yes_on(office: Office) -> None:
    conversation = office.begin_talk()
    told(conversation, {"talk_language": "nl", "version": "short", "age_group": "27_56"})
    name = ref_of(conversation, "call_name")
    conversation.talk.type(name, "Tru")
    told(conversation, {"consent_record": "yes"})

    assert office.open_talk(conversation.talk.header.instance_id).recovered == (name,)


def test_text_typed_in_a_row_that_went_away_hinders_nobody(office: Office) -> None:
    conversation = begun(office)
    conversation.talk.add_instance("/data/step")
    conversation.talk.type("/data/step[1]/q01_step", "eerste")
    conversation.talk.type("/data/step[2]/q01_step", "tweede")
    conversation.talk.remove_instance("/data/step[1]")

    assert conversation.talk.typing == {"/data/step[1]/q01_step": "tweede"}
    again = office.open_talk(conversation.talk.header.instance_id)
    assert again.talk.entry.value("/data/step[1]/q01_step") == "tweede"


def test_skipped_questions_move_up_with_their_row(office: Office) -> None:
    conversation = begun(office)
    conversation.talk.add_instance("/data/step")
    for ref in ("/data/step[1]/q01_step", "/data/step[2]/q03_date", "/data/p05_goal"):
        conversation.skip(ref)
    conversation.talk.remove_instance("/data/step[1]")

    assert conversation.talk.skipped() == ("/data/step[1]/q03_date", "/data/p05_goal")


def test_an_answer_takes_a_question_out_of_the_skipped_ones(office: Office) -> None:
    conversation = begun(office)
    goal = ref_of(conversation, "goal")
    conversation.skip(goal)
    assert conversation.talk.skipped() == (goal,)
    conversation.answer(goal, "Ik wil bakker worden")

    assert conversation.talk.skipped() == ()


@pytest.mark.parametrize("concept", ["version", "age_group", "consent_record", "consent_central"])
def test_what_must_be_answered_cannot_be_skipped(office: Office, concept: str) -> None:
    conversation = begun(office)
    with pytest.raises(EventRefused):
        conversation.skip(ref_of(conversation, concept))


# ---------------------------------------------------------------- questions that live in memory only
def test_no_answer_of_memory_only_questions_reaches_journal_or_savepoint(office: Office, disk: FullDiskStore) -> None:
    full = Script("full", {**REFUGEE.answers, "version": "full", "work_allowed": "yes"})
    conversation = office.begin_talk()
    Rehearsal(conversation, full).play()
    assert conversation.talk.answers.text("work_allowed") == "yes"
    assert conversation.talk.answers.text("alone") == "with_interpreter"
    told(conversation, {"alone": "two_of_us", "work_allowed": "no"})
    conversation.talk.type(ref_of(conversation, "alone"), "two_of_us")
    draft = disk.contents.drafts[conversation.talk.header.instance_id]

    assert draft.savepoint is not None
    saved = leaves(draft.savepoint)
    assert all(saved[name] == [""] for name in NOT_STORED)
    assert not [e for e in draft.journal if str(e.event.get("set", "")).endswith(NOT_STORED)]
    assert draft.typing == {}
    assert not set(NOT_STORED) & set(names(conversation.talk.skipped()))


@pytest.mark.parametrize("concept", ["welcome", "alone", "work_allowed"])
def test_typing_or_skipping_a_memory_only_question_writes_nothing_of_it(
    office: Office, disk: FullDiskStore, concept: str
) -> None:
    conversation = office.begin_talk()
    memory_only, goal = ref_of(conversation, concept), ref_of(conversation, "goal")
    conversation.talk.type(memory_only, "two_of_us")
    told(conversation, BEGINNING)
    where = conversation.talk.header.instance_id
    assert disk.contents.drafts[where].typing == {}

    conversation.talk.type(memory_only, "two_of_us")
    conversation.talk.type(goal, "Ik wil bakk")
    assert disk.contents.drafts[where].typing == {goal: "Ik wil bakk"}
    conversation.skip(memory_only)
    conversation.skip(goal)

    draft = disk.contents.drafts[where]
    assert conversation.talk.skipped() == (goal,)
    assert not [entry for entry in draft.journal if memory_only in str(entry.event)]
    assert draft.savepoint is not None
    assert memory_only.encode() not in draft.savepoint


def test_no_rule_of_the_form_reads_a_question_that_lives_in_memory_only(office: Office) -> None:
    """Otherwise what is restored would not be what was talked about."""
    definition = office.forms["intake"]
    for bind in definition.binds.values():
        rules = " ".join(filter(None, (bind.relevant, bind.constraint, bind.calculate, bind.required, bind.readonly)))
        assert not any(name in rules for name in NOT_STORED), bind.ref


def test_an_opened_talk_asks_first_who_is_there(office: Office) -> None:
    conversation = begun(office)
    told(conversation, {"obstacles": "money"})
    again = office.open_talk(conversation.talk.header.instance_id)

    assert again.talk.answers.text("alone") == ""
    assert "m01_obstacles" not in {name for screen in again.screens() for name in names(screen.refs)}
    told(again, {"alone": "two_of_us"})
    assert again.talk.answers.text("obstacles") == "money"


# ---------------------------------------------------------------- after a crash
def test_the_journal_replayed_equals_the_live_talk_at_every_savepoint_and_between(office: Office) -> None:
    conversation = office.begin_talk()
    wrong: list[str] = []

    def look(screen: object) -> None:
        if conversation.talk.recording and not same(office, conversation):
            wrong.append(str(screen))

    Rehearsal(conversation, NT1, seen=look).play()
    assert conversation.talk.sequence > 60
    assert wrong == []


def played_until(office: Office, screens: int) -> Conversation:
    conversation = office.begin_talk()

    class Enough(Exception):
        pass

    count = 0

    def look(_screen: object) -> None:
        nonlocal count
        count += 1
        if count == screens:
            raise Enough

    with suppress(Enough):
        Rehearsal(conversation, sample_script(), seen=look).play()
    return conversation


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(screens=st.integers(min_value=6, max_value=36))
def test_a_talk_killed_after_any_screen_opens_as_it_was(screens: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder: Path = tmp_path_factory.mktemp("laptop")
    gate = SqlStoreGate(folder / "data", CHEAP)
    store = gate.create(PASSPHRASE, "Anneke", "site_lead", "counsellor")
    conversation = played_until(make_office(store), screens)
    was, where = content(conversation.talk.entry, conversation), conversation.talk.header.instance_id
    asked = [names(screen.refs) for screen in conversation.screens()]
    store.close()  # nothing is written at closing: what is there was there before

    again = gate.unlock(PASSPHRASE)
    opened = make_office(again).open_talk(where)
    assert content(opened.talk.entry, opened) == was
    told(opened, {"alone": "with_interpreter"})
    assert [names(screen.refs) for screen in opened.screens()] == asked
    opened.answer(ref_of(opened, "goal"), "Verder gaan")
    again.close()


def test_a_talk_goes_on_after_a_crash_and_is_finished(open_store: Callable[[], SqlStore]) -> None:
    where = played_until(make_office(open_store()), 20).talk.header.instance_id
    office = make_office(open_store())
    opened = office.open_talk(where)
    Rehearsal(opened, sample_script()).play()

    assert office.finish(opened).stored
    assert office.open_drafts() == ()
