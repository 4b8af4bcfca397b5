"""Own work that only an imported list knows: found, kept with its name, near to ours, and told in the plan."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.catalogue_files import SMALL, Download, write_folder
from intake_app.bootstrap import CatalogueSearch
from intake_app.catalogue.imported import ImportedOccupations, imported_occupations, open_imported
from intake_app.catalogue.imports.esco import import_esco
from intake_app.catalogue.imports.store import remove_files
from intake_app.domain.catalogue import Catalogue, Occupation
from intake_app.domain.reasons import Reason, ReasonCode
from intake_app.errors import EventRefused
from intake_app.i18n.phrases import reason_sentence
from intake_app.profile.derive import derive_profile
from intake_app.services.conversation import Conversation
from intake_app.services.office import Office
from intake_app.services.plans import readable
from tests.services.helps import begun, make_office, ref_of, told


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a small ESCO list in the official shape."""
    shared = make_office()
    write_folder(tmp_path / "download", ("nl",), Download(SMALL))
    import_esco(tmp_path / "download", tmp_path / "reference", shared.catalogue)
    return tmp_path / "reference"


@pytest.fixture
def office(folder: Path) -> Office:
    office = make_office()
    office.catalogue = replace(office.catalogue, elsewhere=ImportedOccupations(office.catalogue, folder))
    find = CatalogueSearch(office.catalogue, folder)
    office.find, office.find_own_work = find, find.own_work
    return office


@pytest.fixture
def work(folder: Path, office: Office) -> Occupation:
    """One that leads to none of ours by itself, has a neighbour among ours, and asks special skills of ours."""
    (esco,) = open_imported(folder)
    found = imported_occupations(office.catalogue, esco)
    esco.close()
    codes = [one.isco for one in office.catalogue.occupations.values()]
    groups = {code[:3] for code in codes}
    fit = [one for one in found.values() if codes.count(one.isco) != 1 and one.isco[:3] in groups and one.core_skills]
    return max(fit, key=lambda one: len(one.core_skills))


@pytest.fixture
def talk(office: Office, work: Occupation) -> Conversation:
    conversation = begun(office)
    told(conversation, {"ever_worked": "yes", "cards": "card_h1 card_h5 card_z1"})
    conversation.choose_occupation(ref_of(conversation, "job"), work.id)
    return conversation


def job_of(talk: Conversation) -> tuple[str, str]:
    (row,) = talk.talk.answers.rows_with("job")
    return row.host("job_occupation"), row.host("job_occupation_label")


def test_it_is_found_as_own_work_and_nowhere_else(office: Office, work: Occupation) -> None:
    assert work.id in {hit.id for hit in office.search_own_work(work.label_nl, "nl")}
    assert work.id not in {hit.id for hit in office.search(work.label_nl, "nl")}
    assert office.search_own_work("lasser", "nl")[0].id == "tm3"


def test_it_is_kept_with_its_id_and_its_dutch_name(talk: Conversation, work: Occupation) -> None:
    assert job_of(talk) == (work.id, work.label_nl)


def test_its_skills_count_and_its_neighbour_among_ours_is_told(talk: Conversation, work: Occupation) -> None:
    profile = derive_profile(talk.talk.answers, talk.keeper.catalogue)
    assert set(work.core_skills) <= set(profile.skills)

    ours = talk.keeper.catalogue.occupations
    assert all(item.id in ours for item in talk.keeper.ranked())
    reasons = [reason for item in talk.keeper.ranked() for reason in item.reasons]
    near = [reason for reason in reasons if reason.code is ReasonCode.NEAR_YOUR_WORK]
    assert {reason.params["occupation"] for reason in near} == {work.id}
    assert work.label_nl in reason_sentence(near[0], "nl", talk.keeper.catalogue)
    listed = [item.id for item in talk.keeper.recommendations()]
    assert listed[0] == work.id
    assert any(ours[name].isco[:3] == work.isco[:3] for name in listed[1:])


def test_a_plan_reads_the_same_when_the_list_is_gone(office: Office, work: Occupation, folder: Path) -> None:
    reason = readable(Reason(ReasonCode.NEAR_YOUR_WORK, {"occupation": work.id}), office.catalogue)
    before = reason_sentence(reason, "nl", office.catalogue)
    remove_files(folder, "esco")

    assert work.label_nl in before
    assert reason_sentence(reason, "nl", office.catalogue) == before


def test_a_talk_goes_on_when_the_list_is_gone(talk: Conversation, work: Occupation, folder: Path) -> None:
    remove_files(folder, "esco")
    assert talk.keeper.catalogue.known_occupation(work.id) is None

    talk.keeper.fill_job_tasks()
    talk.keeper.fill_suggestions()
    assert talk.keeper.recommendations()
    assert job_of(talk) == (work.id, work.label_nl)


def test_an_idea_or_a_direction_is_one_of_ours_unless_the_site_lead_wants_more(
    office: Office, work: Occupation
) -> None:
    conversation = begun(office)
    for occupation in (work.id, "zz9"):
        with pytest.raises(EventRefused):
            conversation.choose_occupation(ref_of(conversation, "own_idea"), occupation)
    with pytest.raises(EventRefused):
        conversation.choose_occupation(ref_of(conversation, "job"), "esco:none")


def test_one_read_alone_is_as_in_the_whole_list(folder: Path, office: Office, work: Occupation) -> None:
    catalogue: Catalogue = office.catalogue
    lazy = ImportedOccupations(catalogue, folder)
    assert lazy[work.id] == replace(work, rank=lazy[work.id].rank)
    assert len(lazy) == len(list(lazy)) == SMALL.occupations
    assert "zw1" not in lazy
