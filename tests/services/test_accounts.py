"""Accounts as the site lead and colleagues use them: what is noted, what is refused, what a talk waits for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from intake_app.domain.clock import FixedClock
from intake_app.domain.clocks import LONGEST, RetentionClocks
from intake_app.domain.draft import Account
from intake_app.domain.ids import AccountId, ParticipantId
from intake_app.errors import (
    NotSettled,
    PassphraseTooShort,
    RoleRefused,
    WrongPassphrase,
)
from intake_app.services.access import Access
from intake_app.services.accounts import Accounts
from intake_app.services.installation import (
    DEFAULT,
    NEEDED,
    missing_settings,
    read_clocks,
    read_lock_minutes,
    write_clocks,
    write_installation,
    write_lock_minutes,
)
from intake_app.services.one_question import begin_one_question
from intake_app.storage.gate import SqlStore, SqlStoreGate
from tests.fakes import records
from tests.fakes.encrypted import CHEAP, PASSPHRASE
from tests.fakes.places import SETTLED
from tests.fakes.storage import InMemoryStore
from tests.services.helps import MORNING, begun, make_office

BERT = "bert zijn lange zin"


@pytest.fixture
def gate(tmp_path: Path) -> SqlStoreGate:
    return SqlStoreGate(tmp_path / "data", CHEAP)


@pytest.fixture
def store(gate: SqlStoreGate) -> Iterator[SqlStore]:
    made = Access(gate).make(PASSPHRASE, "Anna")
    assert isinstance(made, SqlStore)
    yield made
    made.close()


@pytest.fixture
def accounts(store: SqlStore) -> Accounts:
    return Accounts(store, FixedClock(MORNING))


def _log(accounts: Accounts) -> list[tuple[str, str]]:
    with accounts.store.unit_of_work() as uow:
        return [(line.action, line.subject) for line in uow.audit.list()]


def test_the_first_account_is_site_lead_and_counsellor(store: SqlStore) -> None:
    assert (store.account.roles, store.account.role) == (("site_lead", "counsellor"), "counsellor")


def test_opening_is_noted_in_the_access_log(gate: SqlStoreGate, store: SqlStore) -> None:
    store.close()
    again = Access(gate, FixedClock(MORNING)).unlock(PASSPHRASE)
    with again.unit_of_work() as uow:
        assert [line.action for line in uow.audit.list()] == ["unlocked"]
    again.close()


def test_a_colleague_is_let_in_with_words_and_roles(accounts: Accounts) -> None:
    bert = accounts.add(BERT, "  Bert   de Vries ", ("site_lead", "volunteer"))
    assert (bert.name, bert.roles) == ("Bert de Vries", ("volunteer", "site_lead"))
    assert _log(accounts) == [("account_added", bert.account_id)]


@pytest.mark.parametrize(
    ("passphrase", "roles", "error"),
    [("kort", ("volunteer",), PassphraseTooShort), (BERT, ("boss",), RoleRefused), (BERT, (), RoleRefused)],
)
def test_a_colleague_needs_a_long_passphrase_and_a_known_role(
    accounts: Accounts, passphrase: str, roles: tuple[str, ...], error: type[Exception]
) -> None:
    with pytest.raises(error):
        accounts.add(passphrase, "Bert", roles)
    assert len(accounts.members()) == 1


def test_every_help_is_noted_and_no_word_of_it(accounts: Accounts, gate: SqlStoreGate) -> None:
    halves = accounts.new_recovery_key()
    assert not accounts.has_recovery_key()
    accounts.adopt_recovery_key(halves)
    key = accounts.store.staff.recovery_id()
    bert = accounts.add(BERT, "Bert", ("counsellor",)).account_id
    assert accounts.reset(bert, "bert zijn tweede zin", halves)
    assert accounts.end(bert, accounts.store.account.account_id) == 0
    accounts.change_passphrase(PASSPHRASE, "een hele nieuwe zin")
    assert _log(accounts) == [
        ("recovery_key_made", key),
        ("account_added", bert),
        ("recovery_key_used", key),
        ("access_reset", bert),
        ("account_ended", bert),
        ("passphrase_changed", accounts.store.account.account_id),
    ]
    history = accounts.recovery_history()
    assert [(each.used, each.at) for each in history] == [(True, MORNING), (False, MORNING)]


def test_nobody_resets_or_ends_oneself(accounts: Accounts) -> None:
    bert = accounts.add(BERT, "Bert", ("counsellor", "site_lead")).account_id
    me = accounts.store.account.account_id
    with pytest.raises(RoleRefused):
        accounts.reset(me, "een hele nieuwe zin")
    with pytest.raises(RoleRefused):
        accounts.end(me, bert)


def test_people_go_to_who_guides_people_only(accounts: Accounts) -> None:
    volunteer = accounts.add(BERT, "Bert", ("volunteer",)).account_id
    lead = accounts.add("carla haar lange zin", "Carla", ("site_lead",)).account_id
    guide = accounts.add("daan zijn lange zin", "Daan", ("specialist",))
    assert accounts.successors() == (guide,)
    for refused in (volunteer, lead):
        with pytest.raises(RoleRefused):
            accounts.hand_over_all(refused)
    with pytest.raises(RoleRefused):
        accounts.end(lead, volunteer)


def test_a_whole_caseload_is_handed_over_before_leaving(accounts: Accounts, gate: SqlStoreGate) -> None:
    guide = accounts.add("daan zijn lange zin", "Daan", ("specialist",)).account_id
    with accounts.store.unit_of_work() as uow:
        uow.participants.add(records.participant())
        uow.participants.add(records.participant("p-2", "2222-2222", "Bilal"))
        uow.commit()
    assert accounts.hand_over_all(guide) == 2
    assert [entry for entry in _log(accounts) if entry[0] == "caseload_handed_over"] == [
        ("caseload_handed_over", "p-1"),
        ("caseload_handed_over", "p-2"),
    ]
    accounts.store.close()
    theirs = gate.unlock("daan zijn lange zin")
    with theirs.unit_of_work() as uow:
        assert uow.participants.get(ParticipantId("p-2")).call_name == "Bilal"
    theirs.close()


def test_an_old_passphrase_that_comes_to_mind_brings_the_people_back(accounts: Accounts, gate: SqlStoreGate) -> None:
    bert = accounts.add(BERT, "Bert", ("counsellor",)).account_id
    with accounts.store.unit_of_work() as uow:
        uow.participants.add(records.participant())
        uow.commit()
    accounts.hand_over([ParticipantId("p-1")], bert)
    assert not accounts.reset(bert, "bert zijn tweede zin")
    accounts.store.close()
    theirs = Accounts(gate.unlock("bert zijn tweede zin"), FixedClock(MORNING))
    assert theirs.sealed_people() == 1
    with pytest.raises(WrongPassphrase):
        theirs.bring_back_own("een gok die fout is")
    assert theirs.bring_back_own(BERT) == 1
    assert theirs.sealed_people() == 0
    theirs.store.close()


# ------------------------------------------------------------------ what a talk waits for
def test_no_talk_begins_before_every_setting_is_filled_but_practice_may() -> None:
    office = make_office()
    store = InMemoryStore()
    office.store = store
    assert missing_settings(store) == NEEDED[1:]
    for begin in (office.begin_talk, lambda: begin_one_question(office)):
        with pytest.raises(NotSettled) as refused:
            begin()
        assert refused.value.params == {"fields": NEEDED[1:]}
    assert office.begin_talk(practice=True).talk.header.practice
    write_installation(store, SETTLED)
    assert missing_settings(store) == ()
    assert not office.begin_talk().talk.header.practice


@pytest.mark.parametrize("name", NEEDED)
def test_each_setting_that_is_empty_holds_talks_back(name: str) -> None:
    office = make_office()
    with office.store.unit_of_work() as uow:
        uow.settings.set(f"installation.{name}", " ")
        uow.commit()
    with pytest.raises(NotSettled) as refused:
        office.begin_talk()
    assert refused.value.params == {"fields": (name,)}


def test_a_new_participant_starts_clean(accounts: Accounts) -> None:
    office = make_office(accounts.store)
    first = begun(office, call_name="Truus Verzonnen")
    second = office.begin_talk()
    assert second.number != first.number
    assert second.talk.header.participant_id != first.talk.header.participant_id
    assert second.talk.answers.text("call_name") == ""
    assert not second.talk.recording


def test_a_default_that_nobody_confirmed_is_no_choice() -> None:
    assert DEFAULT.legal_basis == "consent"
    assert "legal_basis" in missing_settings(InMemoryStore())


def test_periods_stay_inside_what_is_allowed() -> None:
    store = InMemoryStore()
    assert read_clocks(store) == RetentionClocks()
    write_clocks(store, RetentionClocks(draft_days=0, backup_days=400, audit_months=6))
    kept = read_clocks(store)
    assert (kept.draft_days, kept.backup_days, kept.audit_months) == (1, LONGEST["backup_days"], 6)
    with store.unit_of_work() as uow:
        uow.settings.set("installation.audit_months", "veel")
        uow.commit()
    assert read_clocks(store).audit_months == RetentionClocks().audit_months


def test_the_lock_comes_after_one_of_the_offered_times() -> None:
    store = InMemoryStore(Account(AccountId("a"), "Anna", ("site_lead",)))
    assert read_lock_minutes(store) == 10
    write_lock_minutes(store, 5)
    assert read_lock_minutes(store) == 5
    write_lock_minutes(store, 100_000)
    assert read_lock_minutes(store) == 10
