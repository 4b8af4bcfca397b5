"""What the window finds: ids a talk can hold, and what was imported meanwhile."""

from pathlib import Path

import pytest

from benchmarks.catalogue_files import SMALL, Download, write_folder
from intake_app.bootstrap import CatalogueSearch
from intake_app.catalogue.imports.esco import import_esco
from intake_app.domain.catalogue import Catalogue


@pytest.fixture(scope="module")
def download(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_folder(tmp_path_factory.mktemp("download"), ("nl",), Download(SMALL))


def test_every_hit_is_something_the_catalogue_knows(catalogue: Catalogue, download: Path, tmp_path: Path) -> None:
    import_esco(download, tmp_path, catalogue)
    find = CatalogueSearch(catalogue, tmp_path)
    known = {*catalogue.occupations, *catalogue.skills, *catalogue.cards, *catalogue.offers, *catalogue.organisations}

    for words in ("lasser", "medewerker", "ba", "koken", "operator"):
        hits = find(words, "nl")
        assert {hit.id for hit in hits} <= known
        assert len(hits) <= 20
    assert find("lasser", "nl")[0].id == "tm3"


def test_a_list_imported_while_the_window_is_open_is_found_at_the_next_question(
    catalogue: Catalogue, download: Path, tmp_path: Path
) -> None:
    skill = catalogue.skills["welding"]
    path = download / "skills_nl.csv"
    text = path.read_text(encoding="utf-8")
    start = text.index(skill.esco_uri)
    label = text[start:].split(",")[3]
    find = CatalogueSearch(catalogue, tmp_path)
    before = {hit.id for hit in find(label, "nl") if hit.matched == label}

    import_esco(download, tmp_path, catalogue)

    assert before == set()
    assert find(label, "nl")[0].id == "welding"
    assert find(label, "nl")[0].label_nl == "lassen"


def test_without_a_folder_the_shipped_catalogue_is_searched(catalogue: Catalogue) -> None:
    assert CatalogueSearch(catalogue)("welder", "en")[0].id == "tm3"
