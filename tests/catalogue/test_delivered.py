"""The central server replaces the catalogue with attachments of a form: all of them are right, or none is used."""

import csv
import io
from pathlib import Path

import pytest

from intake_app.bootstrap import load_reference
from intake_app.catalogue.delivered import catalogue_tables, current_catalogue, take_in
from intake_app.catalogue.workbook import write_workbook
from intake_app.domain.catalogue import Catalogue
from intake_app.errors import CatalogueInvalid

SHIPPED = Path(__file__).parents[2] / "resources" / "catalogue"


def offers(label: str = "Voorbeeld: proeverij in een smederij", days: str = "za") -> bytes:
    """The table of offers with another taster, as a Dutch spreadsheet saves it."""
    text = (SHIPPED / "offers.csv").read_text(encoding="utf-8")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    for row in rows:
        if row[0] == "sample_taster_metal":
            row[rows[0].index("label_nl")], row[rows[0].index("days")] = label, days
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=";").writerows(rows)
    return ("\ufeff" + stream.getvalue()).encode()


def test_one_table_replaces_its_own_and_leaves_the_rest(tmp_path: Path, catalogue: Catalogue) -> None:
    taken = take_in({"catalogue_offers.csv": offers(), "streets.csv": b"name,label"}, tmp_path, SHIPPED)

    assert taken.offers["sample_taster_metal"].days == ("za",)
    assert taken.occupations == catalogue.occupations
    assert taken.version != catalogue.version
    assert load_reference(tmp_path) == taken


def test_the_same_tables_give_the_same_version_and_others_another(tmp_path: Path) -> None:
    one = take_in({"offers.csv": offers()}, tmp_path / "a", SHIPPED).version
    again = take_in({"offers.csv": offers()}, tmp_path / "b", SHIPPED).version
    other = take_in({"offers.csv": offers(days="zo")}, tmp_path / "c", SHIPPED).version

    assert one == again != other


def test_a_later_delivery_builds_on_the_one_before(tmp_path: Path) -> None:
    take_in({"offers.csv": offers()}, tmp_path, SHIPPED)
    terms = (SHIPPED / "terms.csv").read_bytes().replace(b"Huis en koken", b"Huis en keuken")
    taken = take_in({"terms.csv": terms, "version.txt": b"2027.1"}, tmp_path, SHIPPED)

    assert taken.version == "2027.1"
    assert taken.families["h"] == "Huis en keuken"
    assert taken.offers["sample_taster_metal"].days == ("za",)
    assert [path.name for path in tmp_path.iterdir()] == ["catalogue-000002"]


def test_a_whole_workbook_is_taken_in(tmp_path: Path, catalogue: Catalogue) -> None:
    book = tmp_path / "catalogue.xlsx"
    write_workbook(SHIPPED, book)

    assert take_in({"catalogue.xlsx": book.read_bytes()}, tmp_path / "kept", SHIPPED) == catalogue


@pytest.mark.parametrize(
    ("content", "problem"),
    [(offers(days="zondag"), "unknown zondag"), (b"\xff\xfe", "not_utf8"), (b"", "unknown sample_taster_metal")],
)
def test_a_delivery_that_is_not_right_changes_nothing(tmp_path: Path, content: bytes, problem: str) -> None:
    before = take_in({"offers.csv": offers()}, tmp_path, SHIPPED)

    with pytest.raises(CatalogueInvalid) as caught:
        take_in({"offers.csv": content}, tmp_path, SHIPPED)

    assert caught.value.params["file"] in ("offers.csv", "synonyms.csv")
    assert problem.split(" ")[0] in str(caught.value.params["problem"])
    assert [path.name for path in tmp_path.iterdir()] == ["catalogue-000001"]
    assert load_reference(tmp_path) == before


def test_attachments_that_are_no_tables_of_ours_are_no_delivery(tmp_path: Path) -> None:
    assert catalogue_tables({"streets.csv": b"", "audio.mp3": b""}) == {}
    with pytest.raises(CatalogueInvalid):
        take_in({"streets.csv": b""}, tmp_path, SHIPPED)


def test_a_delivered_catalogue_that_was_damaged_gives_way_to_the_shipped_one(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    take_in({"offers.csv": offers()}, tmp_path, SHIPPED)
    ((current_catalogue(tmp_path) or tmp_path) / "skills.csv").unlink()

    assert load_reference(tmp_path) == catalogue
    assert load_reference(None) == load_reference(tmp_path / "nothing") == catalogue
