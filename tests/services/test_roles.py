"""Every call of the use cases against every role: the table is written here by hand and compared with the program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from intake_app.domain.draft import ROLES, Account
from intake_app.domain.ids import AccountId
from intake_app.errors import RoleRefused
from intake_app.services.office import Office
from intake_app.services.policy import POLICY, Action, guarded, guarded_object, may
from intake_app.services.ports import Store
from tests.fakes.storage import InMemoryStore
from tests.services.helps import make_office
from tests.services.role_calls import ServiceCall, service_calls

WAY_IN = {"access.Reentry.accounts", "access.Reentry.is_first_start", "access.Reentry.unlock"}
"""Who stands before the locked screen has no role yet: the passphrase decides."""
OF_EVERYBODY = {"office.Office.installation"}
"""A property that only reads what a guarded call gives."""

TABLE = """
call                                volunteer  counsellor  specialist  site_lead
accounts.Accounts.add               no         no          no          yes
accounts.Accounts.adopt_recovery_key no        no          no          yes
accounts.Accounts.bring_back        no         no          no          yes
accounts.Accounts.bring_back_own    yes        yes         yes         yes
accounts.Accounts.change_passphrase yes        yes         yes         yes
accounts.Accounts.end               no         no          no          yes
accounts.Accounts.hand_over         yes        yes         yes         no
accounts.Accounts.hand_over_all     yes        yes         yes         no
accounts.Accounts.has_recovery_key  no         no          no          yes
accounts.Accounts.members           no         no          no          yes
accounts.Accounts.new_recovery_key  no         no          no          yes
accounts.Accounts.recovery_history  no         no          no          yes
accounts.Accounts.reset             no         no          no          yes
accounts.Accounts.sealed_people     yes        yes         yes         yes
accounts.Accounts.successors        yes        yes         yes         no
anew.Beginning                      yes        yes         yes         yes
anew.requeue                        yes        yes         yes         yes
audit.read_log                      no         no          no          yes
backup.days_without                 yes        yes         yes         yes
backup.forget_backup                no         yes         yes         yes
backup.known_backups                yes        yes         yes         yes
backup.make_backup                  no         yes         yes         yes
backup.overdue                      yes        yes         yes         yes
erasures.after_restore              yes        yes         yes         yes
erasures.looked_up                  no         yes         yes         yes
erasures.refuse_unsure              yes        yes         yes         yes
erasures.seen                       no         yes         yes         yes
case_cards.case_cards               no         yes         yes         no
case_cards.followed_up              no         yes         yes         no
connecting.connect                  no         no          no          yes
connecting.read_code                no         no          no          yes
connecting.read_code_image          no         no          no          yes
connecting.try_connection           no         no          no          yes
left_at.leave_at                    yes        yes         yes         no
left_at.left_at                     yes        yes         yes         no
sending.last_rounds                 yes        yes         yes         yes
sending.pause_sending               yes        yes         yes         yes
sending.read_valve                  yes        yes         yes         yes
sending.send_during_talks           no         no          no          yes
sending.send_round                  yes        yes         yes         yes
sent_content.content_of             yes        yes         yes         yes
continuing.reopen_finished          no         yes         yes         no
conversation.Conversation           yes        yes         yes         no
counting.close_quarters             yes        yes         yes         yes
counting.local_tally                no         yes         yes         yes
device.DeviceProperties             yes        yes         yes         no
device.last_saved                   yes        yes         yes         no
drafts.StoreDraft                   yes        yes         yes         no
editions.earlier_records            yes        yes         yes         no
editions.plan_turn                  yes        yes         yes         no
follow_up.calls_today               no         yes         yes         no
follow_up.card_of                   no         yes         yes         no
follow_up.due_calls                 no         yes         yes         no
follow_up_counts.status_after       no         yes         yes         no
follow_up_end.close_follow_up       no         yes         yes         no
follow_up_end.finish_follow_up      no         yes         yes         no
follow_up_end.move_follow_up        no         yes         yes         no
follow_up_end.not_reached           no         yes         yes         no
follow_up_known.known_of            no         yes         yes         no
follow_up_known.measured_before     no         yes         yes         no
follow_up_plan.read_follow_up_plan  yes        yes         yes         yes
follow_up_plan.write_follow_up_plan no         no          no          yes
follow_up_rights.counts_to_talk     yes        yes         yes         yes
follow_up_rights.talks_sent         yes        yes         yes         yes
follow_up_rights.withdraw_from_card no         yes         yes         no
follow_up_rights.withdraw_from_follow_ups yes  yes         yes         yes
beside.beside                       no         yes         yes         no
follow_up_desk.desk_of              no         yes         yes         no
follow_up_desk.follow_up_meetings   no         yes         yes         no
follow_up_desk.meet_follow_up       no         yes         yes         no
follow_up_desk.told_of_follow_ups   no         yes         yes         no
follow_up_settle.counts_again       no         yes         yes         no
follow_up_settle.settle_counts      no         yes         yes         no
follow_up_settle.settle_plan        no         yes         yes         no
follow_up_settle.settle_talk        no         yes         yes         no
follow_up_steps.keep_plan           no         yes         yes         no
follow_up_talk.once_more            no         yes         yes         no
follow_up_write.FollowUpEnd         no         yes         yes         no
follow_up_steps.next_plan           no         yes         yes         no
follow_up_steps.plan_edit           no         yes         yes         no
follow_up_case.case_after           no         yes         yes         no
follow_up_case.case_moved           no         yes         yes         no
follow_up_case.keep_case            no         yes         yes         no
caseload.known_elsewhere            no         yes         yes         no
conflicts.ConflictDesk              no         yes         yes         no
conflicts.meetings                  no         yes         yes         no
centre_file.meet_centre_record      no         yes         yes         no
centre_file.open_from_elsewhere     no         yes         yes         no
chains.next_chains                  yes        yes         yes         no
conflicts.meet                      no         yes         yes         no
sent_content.lines_of               yes        yes         yes         yes
conflicts.take_hand_over            no         yes         yes         no
conflicts.told_elsewhere            no         yes         yes         no
hand_over.read_hand_over            no         yes         yes         no
hand_over.keep_hand_over            no         yes         yes         no
caseload.changed_cases              no         yes         yes         no
caseload.changed_elsewhere          no         yes         yes         no
follow_up_talk.FollowUpLog          no         yes         yes         no
follow_up_talk.begin_follow_up      no         yes         yes         no
overtaken.overtaken_edits           no         yes         yes         no
follow_up_talk.can_correct          no         yes         yes         no
follow_up_talk.correct_follow_up    no         yes         yes         no
follow_up_talk.drop_follow_up       no         yes         yes         no
follow_up_talk.plan_day             no         yes         yes         no
envelopes.EnvelopeDesk              yes        yes         yes         yes
envelopes.read_public_key           yes        yes         yes         yes
envelopes.write_public_key          no         no          no          yes
form_updates.forms_needed           yes        yes         yes         yes
form_updates.download               yes        yes         yes         yes
handouts.make_handout               yes        yes         yes         yes
hand_over.open_hand_over            no         yes         yes         no
hand_over.organisations_agreed      no         yes         yes         no
hand_over.plan_may_go_to            no         yes         yes         no
hand_over.seal_hand_over            no         yes         yes         no
hand_over.source_of                 yes        yes         yes         no
housekeeping.clear_due              yes        yes         yes         yes
housekeeping.cleared_today          yes        yes         yes         yes
housekeeping.clock_doubt            yes        yes         yes         yes
housekeeping.coming                 no         yes         yes         yes
housekeeping.trust_clock            yes        yes         yes         yes
fairness.fairness_check             no         yes         yes         yes
fairness.note_fairness              no         no          no          yes
indicators.local_evidence           no         yes         yes         yes
indicators.note_training            no         no          no          yes
indicators.read_period              no         yes         yes         yes
indicators.report_of                no         yes         yes         yes
indicators.report_paper             no         yes         yes         yes
indicators.training_days            no         no          no          yes
indicators.write_period             no         no          no          yes
installation.missing_settings       yes        yes         yes         yes
installation.read_clocks            yes        yes         yes         yes
installation.read_installation      yes        yes         yes         yes
installation.read_lock_minutes      yes        yes         yes         yes
installation.read_server            yes        yes         yes         yes
installation.refuse_unsettled       yes        yes         yes         yes
installation.write_clocks           no         no          no          yes
installation.write_installation     no         no          no          yes
installation.write_lock_minutes     no         no          no          yes
voice.plan_aloud.plan_aloud         yes        yes         yes         no
voice.settings.read_voice           yes        yes         yes         yes
voice.settings.write_autoplay       yes        yes         yes         yes
voice.settings.write_consents_recorded no      no          no          yes
installation.write_server           no         no          no          yes
office.Office.appointment           yes        yes         yes         no
office.Office.begin_talk            yes        yes         yes         no
office.Office.fetch_new             yes        yes         yes         yes
office.Office.finish                yes        yes         yes         no
office.Office.open_drafts           yes        yes         yes         no
office.Office.open_talk             yes        yes         yes         no
office.Office.outbox                yes        yes         yes         yes
office.Office.plan                  yes        yes         yes         no
office.Office.ports                 yes        yes         yes         no
office.Office.print_letter          yes        yes         yes         yes
office.Office.remove_draft          yes        yes         yes         no
office.Office.render                yes        yes         yes         no
office.Office.search                yes        yes         yes         yes
office.Office.search_directions     yes        yes         yes         yes
office.Office.search_own_work       yes        yes         yes         yes
office.Office.send                  yes        yes         yes         yes
office.Office.stored_plan           no         yes         yes         no
office.Office.write_place           yes        yes         yes         no
official_lists.import_list          no         no          no          yes
official_lists.official_lists       no         no          no          yes
official_lists.propose_imported     no         no          no          yes
official_lists.proposes_imported    yes        yes         yes         yes
official_lists.refresh_wider        yes        yes         yes         yes
official_lists.remove_list          no         no          no          yes
one_question.OneQuestion            yes        yes         yes         no
one_question.begin_one_question     yes        yes         yes         no
people.list_people                  no         yes         yes         no
people.open_file                    no         yes         yes         no
practice.practice_people            yes        yes         yes         no
practice.remarks                    yes        yes         yes         no
practice.role_card                  yes        yes         yes         no
preferences.read_choice             yes        yes         yes         yes
preferences.write_choices           yes        yes         yes         yes
printing.last_printer               yes        yes         yes         yes
printing.remember_printer           yes        yes         yes         yes
readiness.audit_light               yes        yes         yes         yes
readiness.backup_light              yes        yes         yes         yes
readiness.refuse_unsent             yes        yes         yes         yes
readiness.last_sent_light           yes        yes         yes         yes
readiness.sending_lights            yes        yes         yes         yes
radar.Radar                         yes        yes         yes         yes
radar.sector_spread                 no         yes         yes         yes
recording.start_recording           yes        yes         yes         no
recording.stop_recording            yes        yes         yes         no
referrals.letters                   no         yes         yes         no
referrals.referrals_of              no         yes         yes         no
met_smaller.allowed_of              yes        yes         yes         yes
met_smaller.take_out_of_meetings    yes        yes         yes         yes
met_smaller.without_consent         yes        yes         yes         yes
reducing.reduced                    yes        yes         yes         yes
reducing.smaller_talk               yes        yes         yes         yes
requests.carried_out                no         yes         yes         no
requests.requests                   no         yes         yes         no
rights.copy_of                      no         yes         yes         no
rights.correct                      no         yes         yes         no
rights.erase_person                 no         yes         yes         yes
rights.person_rights                no         yes         yes         no
rights.second_part                  no         yes         yes         no
rights.take_back                    no         yes         yes         no
rights.withdrawal_sheet             yes        yes         yes         yes
stored_plans.find_plan              no         yes         yes         no
stored_plans.plan_before            yes        yes         yes         no
submissions.Outbox                  yes        yes         yes         yes
tally.count_one_question            yes        yes         yes         no
tally.tally                         no         yes         yes         yes
tasters.set_taster                  no         yes         yes         no
tasters.taster_counts               no         yes         yes         no
withdrawal.let_go                   yes        yes         yes         yes
withdrawal.open_talks               yes        yes         yes         yes
withdrawal.replay_withdrawals       yes        yes         yes         yes
withdrawal.withdraw                 no         yes         yes         no
"""
"""DOMAIN 1.2 call by call. A volunteer leads own open talks and no more; a site lead sees counts and no content."""

CALLS = {each.name: each for each in service_calls()}


def _rows() -> dict[str, tuple[bool, ...]]:
    lines = [line.split() for line in TABLE.strip().splitlines()]
    assert tuple(lines[0][1:]) == ROLES
    return {line[0]: tuple(word == "yes" for word in line[1:]) for line in lines[1:]}


ROWS = _rows()
CELLS = [
    pytest.param(name, role, allowed, id=f"{name}-{role}")
    for name, row in ROWS.items()
    for role, allowed in zip(ROLES, row, strict=True)
]


def _store(role: str) -> InMemoryStore:
    return InMemoryStore(Account(AccountId("account-1"), "Vera", (role,)))


def _with_holder(call: ServiceCall, store: Store, office: Office) -> Callable[[], Any]:
    """The call with the store, or what holds it, where the call expects it; the guard looks at nothing else."""
    holder = store if call.name.split(".")[0] not in ("office", "rights", "continuing", "one_question") else office
    return lambda: call.call(*([office] if call.name.startswith("office.") else [holder]))


@pytest.mark.parametrize(("name", "role", "allowed"), CELLS)
def test_a_call_is_open_to_the_roles_of_the_table_and_to_no_other(name: str, role: str, allowed: bool) -> None:
    call = CALLS[name]
    store = _store(role)
    assert call.guard is not None
    assert may(store.account, call.guard) is allowed
    if allowed or isinstance(call.call, type):
        return
    office = replace(make_office(), store=store)
    with pytest.raises(RoleRefused) as refused:
        _with_holder(call, store, office)()
    assert refused.value.params == {"role": role, "action": call.guard.value}


def test_the_table_names_every_call_that_reaches_a_store() -> None:
    assert set(CALLS) - WAY_IN - OF_EVERYBODY == set(ROWS)


def test_no_call_is_without_a_guard() -> None:
    assert {name for name, call in CALLS.items() if call.guard is None} == WAY_IN | OF_EVERYBODY


def test_every_action_is_somebodys_and_only_known_roles_have_any() -> None:
    assert set(POLICY) == set(Action)
    for roles in POLICY.values():
        assert roles
        assert roles <= set(ROLES)


def test_an_unguarded_call_would_be_seen() -> None:
    def newly_written(store: Store) -> Store:
        return store

    from tests.services.role_calls import _takes_a_store

    assert _takes_a_store(newly_written)
    assert not hasattr(newly_written, "guarded_by")


# ------------------------------------------------------------------ how the guard works
def test_an_account_with_several_roles_has_the_rights_of_all() -> None:
    both = Account(AccountId("1"), "Anna", ("site_lead", "volunteer"))
    assert may(both, Action.ACCOUNTS)
    assert may(both, Action.TALK)
    assert not may(both, Action.FULL_TALK)
    assert not may(both, Action.PEOPLE)


def test_a_refused_call_does_nothing() -> None:
    done = []

    @guarded(Action.SETTINGS)
    def change(store: Store, what: str) -> str:
        done.append(what)
        return what

    with pytest.raises(RoleRefused):
        change(_store("volunteer"), "phone")
    with pytest.raises(RoleRefused):
        change(what="phone", store=_store("counsellor"))
    assert done == []
    assert change(_store("site_lead"), "phone") == "phone"


def test_no_object_of_a_guarded_class_reaches_who_has_no_right() -> None:
    @guarded_object(Action.TALK)
    class Lead:
        def __init__(self, store: Store) -> None:
            self.store = store

    with pytest.raises(RoleRefused):
        Lead(_store("site_lead"))
    assert Lead(_store("volunteer")).store.account.name == "Vera"


def test_a_conversation_is_not_made_for_a_site_lead() -> None:
    conversation = make_office().begin_talk()
    with pytest.raises(RoleRefused):
        replace(conversation, store=_store("site_lead"))


def test_a_full_talk_is_not_begun_by_a_volunteer() -> None:
    volunteer = make_office(_store("volunteer"))
    with pytest.raises(RoleRefused):
        volunteer.begin_talk(talk_form="full")
    assert volunteer.begin_talk(talk_form="short").talk.walk.talk_form() == "short"
