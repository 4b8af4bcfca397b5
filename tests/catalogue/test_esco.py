"""The official ESCO download is read whole or not at all, in any packing, and its names attach to our own skills."""

import csv
import errno
import io
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.catalogue_files import SMALL, Download, write_folder, write_zip
from intake_app.catalogue.imported import damaged, imported_occupations, open_imported, search_over
from intake_app.catalogue.imports.esco import import_esco
from intake_app.catalogue.imports.progress import Progress, Watch
from intake_app.catalogue.imports.store import current_file, new_list
from intake_app.domain.catalogue import Catalogue
from intake_app.errors import CatalogueInvalid, DiskFull, FileMissing, ImportCancelled


@pytest.fixture(scope="module")
def download() -> Download:
    return Download(SMALL)


@pytest.fixture(scope="module")
def loose(download: Download, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Dutch and English, lying loose, relation files with a language in their name. Not to be changed."""
    return write_folder(tmp_path_factory.mktemp("loose"), ("nl", "en"), download)


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "reference"


def dump(folder: Path) -> list[tuple[object, ...]]:
    """Everything of the list that a reader can see, but for the moment of the import and the name of the source."""
    (imported,) = open_imported(folder)
    found: list[tuple[object, ...]] = []
    for table in ("things", "entries", "occupations", "requires", "broader", "related", "groups"):
        found += sorted(imported.database.execute(f"SELECT '{table}', * FROM {table}").fetchall(), key=repr)
    imported.close()
    return found


def test_counts_languages_version_and_links_are_reported(loose: Path, kept: Path, catalogue: Catalogue) -> None:
    report = import_esco(loose, kept, catalogue)

    assert report.counts["occupations"] == SMALL.occupations
    assert report.counts["skills"] == SMALL.skills
    assert report.counts["relations"] == SMALL.relations
    assert set(report.languages) == {"nl", "en"}
    assert (report.linked_skills, report.unlinked_skills) == (173, ())
    assert report.skipped == {}


@pytest.mark.parametrize("suffixed", [True, False], ids=["language in every name", "relations without a language"])
def test_a_zip_a_folder_and_a_folder_of_zips_give_the_same(
    download: Download, loose: Path, tmp_path: Path, catalogue: Catalogue, suffixed: bool
) -> None:
    zips = tmp_path / "zips"
    for language in ("nl", "en"):
        write_zip(zips, language, download, suffixed=suffixed)
    import_esco(loose, tmp_path / "from folder", catalogue)
    report = import_esco(zips, tmp_path / "from zips", catalogue)

    assert report.version == "1.2.0"
    assert dump(tmp_path / "from folder") == dump(tmp_path / "from zips")


def test_a_zip_that_holds_a_folder_is_read(loose: Path, tmp_path: Path, catalogue: Catalogue) -> None:
    path = tmp_path / "ESCO dataset - v1.1.1 - classification - nl - csv.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("__MACOSX/._skills_nl.csv", "rubbish")
        for file in loose.iterdir():
            archive.write(file, f"ESCO/{file.name}")

    assert import_esco(path, tmp_path / "kept", catalogue).version == "1.1.1"


def test_a_second_language_joins_the_first(download: Download, tmp_path: Path, catalogue: Catalogue) -> None:
    kept = tmp_path / "kept"
    import_esco(write_zip(tmp_path, "nl", download), kept, catalogue)
    report = import_esco(write_zip(tmp_path, "ar", download), kept, catalogue)
    together = import_esco(
        write_folder(tmp_path / "both", ("nl", "ar"), download), tmp_path / "kept together", catalogue
    )

    (imported,) = open_imported(kept)
    assert report.kept_languages == ("nl",)
    assert imported.languages() == together.languages
    assert {path.name for path in kept.iterdir()} == {"esco-000002.db"}


def change(folder: Path, file: str, edit: Callable[[list[dict[str, str]]], None], heading: str = "") -> None:
    path = folder / file
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    fields = list(rows[0])
    edit(rows)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, fields)
        writer.writeheader()
        writer.writerows(rows)
    if heading:
        path.write_text(path.read_text(encoding="utf-8").replace(heading, "x" + heading, 1), encoding="utf-8")


@pytest.fixture
def mine(download: Download, tmp_path: Path) -> Path:
    """A Dutch download that may be changed."""
    return write_folder(tmp_path / "mine", ("nl",), download)


def set_cell(row: int, column: str, value: str) -> Callable[[list[dict[str, str]]], None]:
    def edit(rows: list[dict[str, str]]) -> None:
        rows[row - 2][column] = value

    return edit


def test_the_traps_of_the_official_files(mine: Path, kept: Path, catalogue: Catalogue) -> None:
    def edit(rows: list[dict[str, str]]) -> None:
        rows[0] |= {
            "preferredLabel": "turfsteker/vrouwelijke turfsteker",
            "altLabels": "moswerker\nturfgraver\r\n veenwerker ",
            "hiddenLabels": "turver | turfman",
            "iscoGroup": "0110",
            "modifiedDate": "",
        }
        rows[1]["status"] = "obsolete"

    change(mine, "occupations_nl.csv", edit)
    report = import_esco(mine, kept, catalogue)

    (imported,) = open_imported(kept)
    search = search_over(catalogue, (imported,))
    for words in ("turfsteker", "moswerker", "turfgraver", "veenwerker", "turver", "turfman"):
        assert search.find(words, "nl", 1)[0].label_nl == "turfsteker"
    occupation = next(each for each in imported_occupations(catalogue, imported).values() if each.isco == "0110")
    assert occupation.label_nl == "turfsteker"
    assert report.skipped["no longer in use"] == 1
    assert report.skipped["relation to a concept that is not there"] > 0


def test_columns_are_read_by_name_also_after_a_dutch_spreadsheet(
    mine: Path, tmp_path: Path, catalogue: Catalogue
) -> None:
    import_esco(mine, tmp_path / "before", catalogue)
    for path in mine.glob("*.csv"):
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
        stream = io.StringIO(newline="")
        csv.writer(stream, delimiter=";").writerows([row[::-1] for row in rows])
        path.write_text("\ufeff" + stream.getvalue(), encoding="utf-8", newline="")
    import_esco(mine, tmp_path / "after", catalogue)

    assert dump(tmp_path / "before") == dump(tmp_path / "after")


@pytest.mark.parametrize(
    ("file", "row", "column", "value", "problem"),
    [
        ("occupations_nl.csv", 5, "conceptUri", "", "empty"),
        ("skills_nl.csv", 401, "preferredLabel", " ", "empty"),
        ("occupationSkillRelations_nl.csv", 99, "relationType", "perhaps", "unknown perhaps"),
        ("broaderRelationsSkillPillar_nl.csv", 3, "broaderUri", "", "empty"),
    ],
)
def test_a_spoiled_cell_is_named_by_row_and_column(
    mine: Path, kept: Path, catalogue: Catalogue, file: str, row: int, column: str, value: str, problem: str
) -> None:
    change(mine, file, set_cell(row, column, value))

    with pytest.raises(CatalogueInvalid) as caught:
        import_esco(mine, kept, catalogue)

    assert caught.value.params == {"file": file, "row": row, "column": column, "problem": problem}
    assert list(kept.iterdir()) == []


def test_a_missing_column_a_short_row_another_encoding_and_a_broken_zip_are_named(
    mine: Path, download: Download, tmp_path: Path, catalogue: Catalogue
) -> None:
    def refused(path: Path) -> tuple[object, object]:
        with pytest.raises(CatalogueInvalid) as caught:
            import_esco(path, tmp_path / "kept", catalogue)
        return caught.value.params["row"], caught.value.params["problem"]

    change(mine, "skills_nl.csv", lambda rows: None, heading="preferredLabel")
    assert refused(mine) == (1, "column_missing")
    (mine / "skills_nl.csv").write_text("conceptUri,preferredLabel,altLabels\nhttp://x/1,a,b\nhttp://x/2,a\n")
    assert refused(mine) == (3, "cell_missing")
    (mine / "skills_nl.csv").write_bytes(b"conceptUri,preferredLabel,altLabels\nhttp://x/1,caf\xe9,b\n")
    assert refused(mine)[1] == "not_utf8"
    (mine / "skills_nl.csv").unlink()
    assert refused(mine) == (0, "file_missing skills")
    whole = write_zip(tmp_path, "nl", download)
    cut = tmp_path / "cut.zip"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    assert refused(cut)[1] == "broken_zip"


def test_a_path_that_is_not_there_is_named(tmp_path: Path, catalogue: Catalogue) -> None:
    with pytest.raises(FileMissing):
        import_esco(tmp_path / "gone.zip", tmp_path / "kept", catalogue)


class Stop:
    """Somebody who watches and stops the import once it is this far."""

    def __init__(self, share: float) -> None:
        self.share = share
        self.seen: list[float] = []

    def tell(self, progress: Progress) -> None:
        self.seen.append(progress.share)

    def cancelled(self) -> bool:
        return bool(self.seen) and self.seen[-1] >= self.share


@pytest.mark.parametrize("share", [0.0, 0.3, 0.6, 0.75, 0.85, 0.9])
def test_an_import_stopped_anywhere_leaves_the_old_list_whole(
    loose: Path, mine: Path, kept: Path, catalogue: Catalogue, share: float
) -> None:
    import_esco(mine, kept, catalogue)
    before = (current_file(kept, "esco") or kept).read_bytes()
    stop = Stop(share)

    with pytest.raises(ImportCancelled):
        import_esco(loose, kept, catalogue, Watch(tell=stop.tell, cancelled=stop.cancelled))

    assert [path.name for path in kept.iterdir()] == ["esco-000001.db"]
    assert (kept / "esco-000001.db").read_bytes() == before


def test_progress_never_goes_back_and_ends_at_one(loose: Path, kept: Path, catalogue: Catalogue) -> None:
    stop = Stop(2.0)

    import_esco(loose, kept, catalogue, Watch(tell=stop.tell, cancelled=stop.cancelled))

    assert stop.seen == sorted(stop.seen)
    assert stop.seen[-1] == 1.0


def test_a_full_disk_is_told_and_leaves_the_old_list(kept: Path) -> None:
    with new_list(kept, "esco", Watch()) as database:
        database.execute("INSERT INTO about VALUES ('version', 'old')")

    def fill() -> None:
        with new_list(kept, "esco", Watch()) as database:
            database.execute("PRAGMA max_page_count=40")
            for number in range(100_000):
                database.execute("INSERT INTO about VALUES (?, ?)", (str(number), "x" * 100))

    with pytest.raises(DiskFull):
        fill()

    assert [path.name for path in kept.iterdir()] == ["esco-000001.db"]


def test_a_list_that_is_open_elsewhere_is_replaced_all_the_same(mine: Path, kept: Path, catalogue: Catalogue) -> None:
    import_esco(mine, kept, catalogue)
    (reader,) = open_imported(kept)
    import_esco(mine, kept, catalogue)

    assert reader.counts()["skill"] == SMALL.skills
    assert current_file(kept, "esco") == kept / "esco-000002.db"


def test_an_older_file_that_cannot_be_removed_does_not_matter(
    mine: Path, kept: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_esco(mine, kept, catalogue)
    unlink = Path.unlink

    def held(path: Path, missing_ok: bool = False) -> None:
        if path.name == "esco-000001.db":
            raise PermissionError(errno.EACCES, "open elsewhere")
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", held)
    import_esco(mine, kept, catalogue)

    assert current_file(kept, "esco") == kept / "esco-000002.db"


def test_a_damaged_list_counts_as_not_imported_and_is_named(mine: Path, kept: Path, catalogue: Catalogue) -> None:
    import_esco(mine, kept, catalogue)
    (kept / "esco-000001.db").write_bytes(b"not a database" * 100)

    assert open_imported(kept) == ()
    assert damaged(kept) == ("esco",)


def test_a_list_of_another_format_must_be_imported_again(mine: Path, kept: Path, catalogue: Catalogue) -> None:
    import_esco(mine, kept, catalogue)
    with sqlite3.connect(kept / "esco-000001.db") as database:
        database.execute("PRAGMA user_version=99")
    database.close()

    assert damaged(kept) == ("esco",)


def test_official_names_lead_to_our_own_skill(mine: Path, kept: Path, catalogue: Catalogue) -> None:
    welding = catalogue.skills["welding"].esco_uri

    def edit(rows: list[dict[str, str]]) -> None:
        row = next(row for row in rows if row["conceptUri"] == welding)
        row["preferredLabel"], row["altLabels"] = "lasapparatuur bedienen", "zwoegbranden"

    change(mine, "skills_nl.csv", edit)
    import_esco(mine, kept, catalogue)
    hits = search_over(catalogue, open_imported(kept)).find("zwoegbranden", "nl", 5)

    assert (hits[0].kind, hits[0].id, hits[0].label_nl) == ("skill", "welding", "lassen")
    assert hits[0].matched == "zwoegbranden"


def test_an_imported_occupation_knows_its_essential_skills_of_ours(
    download: Download, mine: Path, kept: Path, catalogue: Catalogue
) -> None:
    import_esco(mine, kept, catalogue)
    (imported,) = open_imported(kept)
    occupations = imported_occupations(catalogue, imported)

    by_uri = {skill.esco_uri: skill.id for skill in catalogue.skills.values()}
    address = download.occupations[0]
    ours = {by_uri[skill] for occupation, skill in download.pairs if occupation == address and skill in by_uri}
    found = occupations["esco:" + address.rsplit("/", 1)[-1]]
    assert len(occupations) == SMALL.occupations
    assert {*found.core_skills, *found.other_skills} == ours
    assert not any(catalogue.skills[skill].generic for skill in found.core_skills)


def test_for_a_talk_an_imported_occupation_leads_to_the_one_of_ours_with_its_code(
    mine: Path, kept: Path, catalogue: Catalogue
) -> None:
    def edit(rows: list[dict[str, str]]) -> None:
        rows[0] |= {"preferredLabel": "zwoegbrander", "iscoGroup": "7212"}
        rows[1] |= {"preferredLabel": "kwelbegeleider", "iscoGroup": "3412"}

    change(mine, "occupations_nl.csv", edit)
    import_esco(mine, kept, catalogue)
    near = search_over(catalogue, open_imported(kept), near=True)

    assert near.find("zwoegbrander", "nl", 1)[0].id == "tm3"
    assert near.find("kwelbegeleider", "nl", 1)[0].id.startswith("esco:")
