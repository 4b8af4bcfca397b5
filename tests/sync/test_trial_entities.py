"""The trial receiver's entity lists: versions, conflicts, what waits, and what only the log is told, as in Central."""

from __future__ import annotations

from itertools import permutations

import pytest

from intake_app.errors import NotTheServer
from intake_app.paths import resource_dir
from intake_app.sync.entity_list import deleted_names, entity_names
from intake_app.sync.trial_entities import TrialEntities, integrity, list_in, saves_of

NAME, OTHER = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"
SAVES = {"form": {"status": "state", "next_date": "day"}}
BRANCH = "33333333-3333-4333-8333-333333333333"


def record(
    action: str,
    base: str = "",
    trunk: str = "",
    branch: str = "",
    name: str = NAME,
    label: str = "4711-2085",
    **told: str,
) -> bytes:
    leaves = "".join(f"<{leaf}>{text}</{leaf}>" for leaf, text in told.items())
    flags = f'create="{int(action == "create")}" update="{int(action == "update")}"'
    versions = f'baseVersion="{base}" trunkVersion="{trunk}" branchId="{branch}"'
    entity = f'<entity dataset="caseload" id="{name}" {flags} {versions}><label>{label}</label></entity>'
    return f'<data id="form">{leaves}<meta>{entity}</meta></data>'.encode()


def after(*records: bytes) -> TrialEntities:
    entities = TrialEntities(SAVES)
    for number, one in enumerate(records, 1):
        entities.take_in("form", f"r{number}", one)
    return entities


CREATE = record("create", state="open", day="2027-03-15")


def conflicts(entities: TrialEntities) -> list[str]:
    return [one.conflict for one in entities.of("caseload")[NAME].versions]


def test_an_update_of_the_present_version_is_no_conflict() -> None:
    entities = after(CREATE, record("update", "1", "1", BRANCH, state="closed"))
    now = entities.of("caseload")[NAME].current
    assert (now.version, now.conflict, now.data) == (2, "", {"status": "closed", "next_date": "2027-03-15"})


@pytest.mark.parametrize(("told", "kind"), [({"state": "back"}, "hard"), ({"day": "2027-04-01"}, "soft")])
def test_an_update_of_an_older_version_is_applied_and_marked(told: dict[str, str], kind: str) -> None:
    entities = after(CREATE, record("update", "1", "1", "a", state="closed"), record("update", "1", "1", "b", **told))
    assert conflicts(entities) == ["", "", kind]
    assert entities.of("caseload")[NAME].current.version == 3


def test_a_branch_made_offline_ends_right_in_every_order_of_arrival() -> None:
    chain = [CREATE, *(record("update", str(base), "", BRANCH, day=f"2027-04-0{base}") for base in (1, 2, 3))]
    for order in permutations(chain):
        entities = after(*order)
        assert entities.of("caseload")[NAME].current.data["next_date"] == "2027-04-03", order
        assert conflicts(entities) == [""] * 4
        assert entities.held == 0


@pytest.mark.parametrize(
    ("records", "reason"),
    [
        ((CREATE, CREATE), "duplicate uuid"),
        ((record("create", label=""),), "blank label"),
        ((record("create", name="4711-2085"),), "bad uuid"),
        ((record("update", "1", "1", BRANCH, name=OTHER),), "unknown entity"),
        ((CREATE, record("update", "")), "bad baseVersion"),
    ],
)
def test_what_is_wrong_is_told_to_nobody_but_the_log(records: tuple[bytes, ...], reason: str) -> None:
    assert [told for _, told in after(*records).errors] == [reason]


def test_a_deleted_entity_takes_no_change_and_leaves_the_list() -> None:
    entities = after(CREATE)
    entities.delete("caseload", NAME)
    entities.take_in("form", "late", record("update", "1", "1", BRANCH, state="closed"))
    assert entities.errors == [("late", "deleted entity")]
    assert entity_names(entities.csv_of("caseload", ["status"]), "caseload.csv") == frozenset()
    answer = integrity(entities.deleted("caseload", [NAME, OTHER]))
    assert deleted_names(answer, [NAME, OTHER]) == {NAME}
    with pytest.raises(NotTheServer):
        deleted_names(b"<html/>", [NAME])


def test_records_without_an_entity_change_nothing() -> None:
    for xml in (b"<data/>", b"no xml", record("neither", state="open")):
        assert after(xml).of("caseload") == {}


def test_the_shipped_form_asks_for_the_list_it_writes_to() -> None:
    xml = (resource_dir("forms", "compiled") / "status.xml").read_bytes()
    assert list_in(xml) == "caseload"
    assert saves_of(xml)[1] == {"number": "participant_number", "status": "state", "next_date": "next_date"}
    plan = (resource_dir("forms", "compiled") / "plan.xml").read_bytes()
    assert (list_in(plan), saves_of(plan)) == ("", ("", {}))
