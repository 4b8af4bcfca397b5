"""Official lists through the use cases: taking in, stopping, removing, and what stays whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.catalogue_files import SMALL, Download, write_folder
from intake_app.bootstrap import CatalogueSearch, warm_up
from intake_app.catalogue.imports.esco import import_esco
from intake_app.domain.clock import SystemClock
from intake_app.errors import CatalogueInvalid, FileBusy, ImportCancelled
from intake_app.services.office import Office
from intake_app.services.official_lists import (
    BRC,
    COMPETENTNL,
    ESCO,
    ImportOrder,
    Progress,
    import_list,
    official_lists,
    remove_list,
)
from tests.fakes.storage import InMemoryStore
from tests.services.helps import make_office

COMPETENT = Path(__file__).parents[1] / "data" / "catalogue" / "competentnl_invented.ttl"


def ignore(_: Progress) -> None:
    return None


@pytest.fixture(scope="module")
def download(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Small files in the official shape, in two languages."""
    return write_folder(tmp_path_factory.mktemp("download"), ("nl", "en"), Download(SMALL))


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office with an empty folder for lists, and the search that ships."""
    office = make_office(InMemoryStore(), SystemClock())
    find = CatalogueSearch(office.catalogue, tmp_path / "reference")
    office.imported, office.find, office.let_go_of_lists = tmp_path / "reference", find, find.let_go
    return office


def done(office: Office) -> list[tuple[str, str]]:
    with office.store.unit_of_work() as uow:
        return [(line.action, line.subject) for line in uow.audit.list()]


def test_nothing_stands_here_at_first(office: Office) -> None:
    assert [(one.kind, one.present, one.damaged) for one in official_lists(office)] == [
        (ESCO, False, False),
        (COMPETENTNL, False, False),
        (BRC, False, False),
    ]


def test_a_list_is_taken_in_reported_shown_written_down_and_removed(office: Office, download: Path) -> None:
    shares: list[float] = []
    report = import_list(office, ESCO, download, ImportOrder(lambda progress: shares.append(progress.share)))
    esco = official_lists(office)[0]

    assert report.linked_skills == len(office.catalogue.skills)
    assert (esco.present, esco.imported_on is not None) == (True, True)
    assert set(esco.languages) == {"nl", "en"}
    assert esco.counts["occupation"] == SMALL.occupations
    assert shares == sorted(shares)
    assert shares[-1] == 1.0

    remove_list(office, ESCO)
    assert not official_lists(office)[0].present
    assert list((office.imported or Path()).iterdir()) == []
    assert done(office) == [("list_imported", ESCO), ("list_removed", ESCO)]


def test_kinds_stand_beside_each_other(office: Office, download: Path) -> None:
    import_list(office, ESCO, download, ImportOrder(ignore))
    import_list(office, COMPETENTNL, COMPETENT, ImportOrder(ignore))
    remove_list(office, ESCO)
    assert [one.kind for one in official_lists(office) if one.present] == [COMPETENTNL]


def test_a_stopped_or_wrong_import_leaves_the_list_that_stood(office: Office, download: Path) -> None:
    import_list(office, COMPETENTNL, COMPETENT, ImportOrder(ignore))
    before = official_lists(office)
    order = ImportOrder(lambda _: order.cancel())

    with pytest.raises(ImportCancelled):
        import_list(office, ESCO, download, order)
    with pytest.raises(CatalogueInvalid):
        import_list(office, COMPETENTNL, download / "skills_nl.csv", ImportOrder(ignore))

    assert official_lists(office) == before
    assert done(office) == [("list_imported", COMPETENTNL)]


def test_what_is_removed_is_no_longer_found_and_what_is_imported_is(office: Office, download: Path) -> None:
    skill = office.catalogue.skills["welding"]
    text = (download / "skills_nl.csv").read_text(encoding="utf-8")
    label = text[text.index(skill.esco_uri) :].split(",")[3]

    def found() -> bool:
        return any(hit.matched == label for hit in office.search(label, "nl"))

    assert not found()
    import_list(office, ESCO, download, ImportOrder(ignore))
    assert found()
    remove_list(office, ESCO)
    assert not found()


def test_a_list_of_which_a_file_is_in_use_stays_in_use(
    office: Office, download: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_list(office, ESCO, download, ImportOrder(ignore))

    def refuse(self: Path, missing_ok: bool = False) -> None:
        raise PermissionError(self.name)

    with monkeypatch.context() as held:
        held.setattr(Path, "unlink", refuse)
        with pytest.raises(FileBusy):
            remove_list(office, ESCO)

    assert official_lists(office)[0].present
    assert office.search("lasser", "nl")[0].id == "tm3"


def test_the_words_of_a_list_are_read_before_anybody_types(office: Office, download: Path) -> None:
    assert office.imported is not None
    import_esco(download, office.imported, office.catalogue)
    warm_up(office)
    assert isinstance(office.find, CatalogueSearch)
    assert office.find.ready
