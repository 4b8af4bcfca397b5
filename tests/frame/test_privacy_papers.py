"""The papers for the privacy officer say what the forms and the rules say today."""

from __future__ import annotations

import pytest

from devtools.exchange_papers import LEFT_OUT, TARGETS, rows_of
from devtools.privacy_papers import FOLDER, FORMS, form_fields, main, papers
from intake_app.domain.concepts import CONCEPTS

MADE = papers()


@pytest.mark.parametrize("name", sorted(MADE))
def test_what_stands_in_the_repository_is_what_the_forms_give(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == MADE[name], "python3 -m devtools.privacy_papers"


def test_a_check_says_that_all_is_up_to_date() -> None:
    assert main(["--check"]) == 0


@pytest.mark.parametrize("form", FORMS)
def test_every_field_of_every_form_is_in_the_register(form: str) -> None:
    found = form_fields(form)
    assert found
    for field in found:
        assert f"| `{field.name}` |" in MADE["verwerkingsregister.md"]


def test_special_data_and_what_is_never_written_are_named_as_such() -> None:
    special = [one.name for form in FORMS for one in form_fields(form) if one.sensitive == "9"]
    assert {"l07_needs", "d08_migration_type", "d09_target_group", "q05_referral"} <= set(special)
    assert all(f"`{name}`" in MADE["dpia.md"] for name in special)
    never = [one.name for one in form_fields("intake") if one.in_memory_only]
    assert set(never) == {"a01_welcome", "a04b_alone", "e01_work_allowed"}


def test_the_agreements_of_before_the_pilot_are_all_there() -> None:
    for word in ("DPIA", "Register", "Geheimhouding", "Datalek", "Hosting", "Algoritmeregister", "Geen controle"):
        assert word in MADE["afspraken-voor-de-pilot.md"]


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_every_mapping_names_a_concept_of_ours_or_leaves_the_field_out(name: str) -> None:
    for row in rows_of(name):
        assert row["ours"] in CONCEPTS or not row["ours"], row
        assert row["rule"], row
        assert row["ours"] or row["rule"].startswith((LEFT_OUT, "made anew", "0 unknown")), row


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_nothing_asked_under_c4_or_c5_is_ever_handed_over(name: str) -> None:
    consents = {one.name: set(one.consents) for one in form_fields("intake")}
    guarded = {field.partition("_")[2] for field, codes in consents.items() if codes & {"C4", "C5"}}
    assert "needs" in guarded
    for row in rows_of(name):
        assert row["ours"] not in guarded or row["rule"].startswith(LEFT_OUT), row
