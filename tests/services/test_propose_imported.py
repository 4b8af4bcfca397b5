"""Occupations of an imported ESCO in a talk: where the site lead wants it they are proposed, chosen and planned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.catalogue_files import SMALL, Download, write_folder
from intake_app.bootstrap import CatalogueSearch, PdfPrinter
from intake_app.catalogue.imported import ImportedOccupations
from intake_app.catalogue.imports.store import remove_files
from intake_app.domain.catalogue import Occupation
from intake_app.domain.plan import PlanDocument
from intake_app.domain.reasons import ReasonCode
from intake_app.errors import EventRefused
from intake_app.paths import resource_dir
from intake_app.services.conversation import Conversation
from intake_app.services.office import Office
from intake_app.services.official_lists import (
    ESCO,
    ImportOrder,
    import_list,
    propose_imported,
    proposes_imported,
    remove_list,
)
from intake_app.services.radar import Radar
from tests.services.helps import begun, make_office, ref_of, told


@pytest.fixture(scope="module")
def download(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_folder(tmp_path_factory.mktemp("download"), ("nl",), Download(SMALL))


@pytest.fixture
def office(tmp_path: Path, download: Path) -> Iterator[Office]:
    """A place where ESCO was imported and nobody decided yet whether it is proposed from."""
    made = make_office()
    folder = tmp_path / "reference"
    catalogue = replace(made.catalogue, elsewhere=ImportedOccupations(made.catalogue, folder))
    find = CatalogueSearch(catalogue, folder)
    made = replace(
        made, imported=folder, catalogue=catalogue, find=find, find_own_work=find.own_work, let_go_of_lists=find.let_go
    )
    import_list(made, ESCO, download, ImportOrder(lambda _progress: None))
    yield made
    find.let_go()


@pytest.fixture
def wide(office: Office) -> Office:
    propose_imported(office, wanted=True)
    return office


@pytest.fixture
def work(wide: Office) -> Occupation:
    """One that leads to none of ours by its code."""
    ours = [one.isco for one in wide.catalogue.occupations.values()]
    fit = [one for one in wide.catalogue.wider.values() if ours.count(one.isco) != 1 and one.core_skills]
    return max(fit, key=lambda one: len(one.core_skills))


def chosen(office: Office, work: Occupation) -> Conversation:
    """A talk in which this occupation is the own idea and the direction."""
    talk = begun(office)
    told(talk, {"cards": "card_h1 card_h5 card_z1"})
    talk.choose_occupation(ref_of(talk, "own_idea"), work.id)
    talk.keeper.fill_suggestions()
    row = next(row for row in talk.talk.answers.rows("suggestions") if row.host("id") == work.id)
    talk.answer(row.ref_of("chosen"), "yes")
    return talk


def plan_of(office: Office, talk: Conversation) -> PlanDocument:
    return office.plan(talk)


def test_nothing_is_proposed_from_it_until_the_site_lead_says_so(office: Office) -> None:
    assert not proposes_imported(office)
    assert office.catalogue.wider == {}

    propose_imported(office, wanted=True)

    assert proposes_imported(office)
    assert len(office.catalogue.wider) == SMALL.occupations


def test_taking_it_back_or_removing_the_list_ends_it(wide: Office) -> None:
    propose_imported(wide, wanted=False)
    assert wide.catalogue.wider == {}
    propose_imported(wide, wanted=True)
    remove_list(wide, ESCO)
    assert wide.catalogue.wider == {}


def test_an_idea_and_a_direction_may_be_one_of_it_and_are_found_by_its_name(wide: Office, work: Occupation) -> None:
    assert work.id in [hit.id for hit in wide.search_directions(work.label_nl, "nl")]
    talk = chosen(wide, work)

    first = talk.keeper.recommendations()[0]
    assert (first.id, first.reasons[0].code) == (work.id, ReasonCode.IMPORTED_LIST)


def test_without_the_wish_neither_search_nor_talk_gives_one(office: Office) -> None:
    name = next(iter(office.catalogue.elsewhere))
    label = office.catalogue.elsewhere[name].label_nl
    assert name not in [hit.id for hit in office.search_directions(label, "nl")]
    talk = begun(office)
    with pytest.raises(EventRefused):
        talk.choose_occupation(ref_of(talk, "own_idea"), name)


def test_the_plan_names_it_and_says_what_is_not_known(wide: Office, work: Occupation) -> None:
    plan = plan_of(wide, chosen(wide, work))

    (direction,) = plan.directions
    assert (direction.label_nl, direction.chosen_route) == (work.label_nl, "")
    assert direction.reasons[0].code is ReasonCode.IMPORTED_LIST
    pdf = PdfPrinter(resource_dir()).render(plan, wide.catalogue, kind="plan", language="nl")
    assert pdf.startswith(b"%PDF")


def test_a_talk_that_chose_one_goes_on_and_is_planned_when_the_list_is_gone(wide: Office, work: Occupation) -> None:
    talk = chosen(wide, work)
    instance = talk.talk.instance_id
    told(talk, {"consent_record": "yes"})
    assert talk.talk.recording
    assert wide.imported is not None
    wide.let_go_of_lists()
    remove_files(wide.imported, ESCO)
    propose_imported(wide, wanted=False)

    again = wide.open_talk(instance)
    again.keeper.fill_suggestions()

    (direction,) = plan_of(wide, again).directions
    assert direction.label_nl == work.label_nl
    pdf = PdfPrinter(resource_dir()).render(plan_of(wide, again), wide.catalogue, kind="plan", language="nl")
    assert pdf.startswith(b"%PDF")


def test_the_radar_shows_one_from_close_by_with_neighbours_of_ours(wide: Office, work: Occupation) -> None:
    radar = Radar(wide, chosen(wide, work))

    close = radar.close(work.id)

    assert {*close.have, *close.partly, *close.missing} == {*work.core_skills, *work.other_skills}
    assert close.road.ways == ()
    assert close.road.soon
    assert all(one.occupation in wide.catalogue.occupations for one in close.neighbours)
