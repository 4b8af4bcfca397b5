"""A coordinator edits the catalogue in a spreadsheet, as CSV files or as one workbook, and nothing is lost."""

import csv
import io
import shutil
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from intake_app.catalogue.check import FILES, check_catalogue
from intake_app.catalogue.load import load_catalogue
from intake_app.catalogue.workbook import VERSION_SHEET, write_folder, write_workbook
from intake_app.domain.catalogue import Catalogue
from intake_app.errors import CatalogueInvalid, FileMissing

SHIPPED = Path(__file__).parents[2] / "resources" / "catalogue"


def table(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


@pytest.fixture(scope="module")
def whole_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("book") / "catalogus.xlsx"
    write_workbook(SHIPPED, path)
    return path


@pytest.fixture
def book(whole_book: Path, tmp_path: Path) -> Path:
    """A workbook that may be changed."""
    return Path(shutil.copy(whole_book, tmp_path))


def test_the_workbook_is_the_catalogue(book: Path, catalogue: Catalogue) -> None:
    assert load_catalogue(book) == catalogue
    assert check_catalogue(book) == []


def test_there_and_back_gives_the_same_files(book: Path, tmp_path: Path) -> None:
    write_folder(book, tmp_path / "back")

    for path in (SHIPPED / name for name in (*FILES, "version.txt")):
        again = tmp_path / "back" / path.name
        if path.suffix == ".csv":
            assert table(path) == table(again)
        else:
            assert path.read_text(encoding="utf-8").strip() == again.read_text(encoding="utf-8").strip()


def test_excel_saving_it_anew_changes_nothing(book: Path, catalogue: Catalogue) -> None:
    saved = load_workbook(book)
    for sheet in saved.worksheets:
        sheet.append([])
    saved.save(book)

    assert load_catalogue(book) == catalogue


def test_what_excel_takes_for_a_date_a_number_or_a_yes_is_read_as_meant(book: Path) -> None:
    saved = load_workbook(book)
    offers, occupations = saved["offers"], saved["occupations"]
    heading = [cell.value for cell in offers[1]]
    row = next(row for row in offers.iter_rows(min_row=2) if row[0].value == "sample_taster_metal")
    row[heading.index("starts")].value = datetime(2027, 3, 9)
    row[heading.index("capacity")].value = 4.0
    row[heading.index("default_on")].value = False
    rank = [cell.value for cell in occupations[1]].index("rank")
    occupations.cell(2, rank + 1).value = 1
    saved.save(book)

    offer = load_catalogue(book).offers["sample_taster_metal"]
    assert (str(offer.starts), offer.capacity, offer.default_on) == ("2027-03-09", 4, False)


def test_a_spoiled_cell_of_a_workbook_is_named_as_in_the_files(book: Path) -> None:
    saved = load_workbook(book)
    heading = [cell.value for cell in saved["occupations"][1]]
    saved["occupations"].cell(7, heading.index("isco") + 1).value = "12"
    saved.save(book)

    assert ("occupations.csv", 7, "isco", "wrong_shape") in check_catalogue(book)


@pytest.mark.parametrize("sheet", ["skills", "synonyms", VERSION_SHEET])
def test_a_missing_sheet_is_named(book: Path, tmp_path: Path, sheet: str) -> None:
    saved = load_workbook(book)
    del saved[sheet]
    saved.save(book)

    with pytest.raises(FileMissing) as caught:
        load_catalogue(book)
    assert str(caught.value.params["path"]).endswith(sheet)
    with pytest.raises(FileMissing):
        write_folder(book, tmp_path / "back")


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "catalogus.xlsx"
    path.write_text("not a workbook", encoding="utf-8")

    with pytest.raises(CatalogueInvalid) as caught:
        load_catalogue(path)
    assert caught.value.params["problem"] == "not_xlsx"


SPOILED = [
    ("skills.csv", 9, "esco_uuid", "no-uuid", "not_a_uuid"),
    ("skills.csv", 174, "label_nl", "", "empty"),
    ("cards.csv", 12, "skills", "", "empty"),
    ("cards.csv", 3, "family", "q", "unknown q"),
    ("occupations.csv", 76, "riasec", "XYZ", "wrong_shape"),
    ("occupations.csv", 14, "cefr", "D9", "wrong_shape"),
    ("requirements.csv", 5, "code", "vog", "wrong_shape"),
    ("requirements.csv", 61, "occupation", "zz1", "unknown zz1"),
    ("requirements.csv", 2, "by_law", "soms", "not_yes_or_no"),
    ("offers.csv", 36, "days", "ma zz", "unknown zz"),
    ("offers.csv", 36, "capacity", "", "empty"),
    ("offers.csv", 36, "starts", "", "empty"),
    ("offers.csv", 36, "needs_cefr", "", "empty"),
    ("offers.csv", 36, "place", "Aalten", "unknown Aalten"),
    ("offers.csv", 36, "form", "feest", "unknown feest"),
    ("offers.csv", 36, "label_nl", "Proeverij metaal", "sample_not_marked"),
    ("offers.csv", 40, "capacity", "-1", "below_zero"),
    ("organisations.csv", 4, "municipalities", "berlijn", "unknown berlijn"),
    ("places.csv", 100, "longitude", "66", "outside_region"),
    ("municipalities.csv", 9, "work_body", "niemand", "unknown niemand"),
    ("terms.csv", 10, "kind", "kleur", "unknown kleur"),
    ("synonyms.csv", 500, "lang", "Dutch", "wrong_shape"),
    ("synonyms.csv", 77, "words", "één||twee", "empty"),
    ("synonyms.csv", 77, "words", "Bakker|bakker", "doubled bakker"),
    ("synonyms.csv", 1000, "checked_on", "", "empty"),
    ("days.csv", 7, "id", "zz1", "unknown zz1"),
    ("days.csv", 9, "day_nl", "", "empty"),
    ("days.csv", 12, "id", "zw1", "doubled_id"),
]


@pytest.mark.parametrize(("file", "row", "column", "value", "problem"), SPOILED)
def test_every_file_spoiled_gives_the_exact_row_and_column(
    folder: Path, file: str, row: int, column: str, value: str, problem: str
) -> None:
    path = folder / file
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    rows[row - 1][rows[0].index(column)] = value
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)

    found = check_catalogue(folder)
    assert (file, row, column, problem) in found
    assert {(each.file, each.row) for each in found} == {(file, row)} or file in ("skills.csv", "terms.csv")


def test_all_files_are_among_the_spoiled() -> None:
    assert {file for file, *_ in SPOILED} == set(FILES)


def test_a_missing_version_is_named(folder: Path) -> None:
    (folder / "version.txt").unlink()

    with pytest.raises(FileMissing) as caught:
        load_catalogue(folder)
    assert str(caught.value.params["path"]).endswith("version.txt")


def test_real_places_tell_when_where_and_for_whom_and_samples_say_so(catalogue: Catalogue) -> None:
    real_places = [offer for offer in catalogue.offers.values() if offer.form]

    assert {offer.form for offer in real_places} == {"taster", "work_place"}
    for offer in real_places:
        assert all((offer.starts, offer.days, offer.place, offer.needs_cefr, offer.capacity))
        assert offer.is_sample
        assert offer.label_nl.startswith("Voorbeeld")


def test_a_catalogue_of_before_the_table_of_days_is_still_good(folder: Path, tmp_path: Path) -> None:
    (folder / "days.csv").unlink()
    write_workbook(folder, tmp_path / "old.xlsx")
    write_folder(tmp_path / "old.xlsx", tmp_path / "back")

    for place in (folder, tmp_path / "old.xlsx", tmp_path / "back"):
        assert check_catalogue(place) == []
    assert not (tmp_path / "back" / "days.csv").exists()


def test_a_folder_of_before_these_columns_still_loads(folder: Path) -> None:
    path = folder / "offers.csv"
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    keep = [place for place, name in enumerate(rows[0]) if name not in ("form", "days", "place")]
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([row[place] for place in keep] for row in rows)

    assert load_catalogue(folder).offers["sample_taster_metal"].form == ""
