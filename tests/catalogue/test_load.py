"""The shipped catalogue is whole, and a spoiled one says where it is spoiled."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from intake_app.catalogue.check import check_catalogue
from intake_app.catalogue.load import load_catalogue
from intake_app.domain.catalogue import Catalogue
from intake_app.errors import CatalogueInvalid, FileMissing

SHIPPED = Path(__file__).parents[2] / "resources" / "catalogue"


def change(folder: Path, file: str, row: int, column: str, value: str) -> None:
    """Overwrite one cell; `row` counts as a spreadsheet does."""
    path = folder / file
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    rows[row - 2][column] = value
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


def test_the_shipped_catalogue_has_no_problems() -> None:
    assert check_catalogue(SHIPPED) == []


def test_the_shipped_catalogue_holds_everything_the_field_asked_for(catalogue: Catalogue) -> None:
    counts = [len(catalogue.skills), len(catalogue.cards), len(catalogue.occupations), len(catalogue.municipalities)]

    assert counts == [173, 76, 75, 8]
    assert sum(skill.generic for skill in catalogue.skills.values()) == 43
    assert sum(card.in_deck for card in catalogue.cards.values()) == 24
    assert len(catalogue.families) == 9
    assert {card.family for card in catalogue.cards.values()} == set(catalogue.families)
    assert len({occupation.sector for occupation in catalogue.occupations.values()}) == 9


def test_ranks_are_the_order_of_the_table(catalogue: Catalogue) -> None:
    assert [occupation.rank for occupation in catalogue.occupations.values()] == list(range(1, 76))


def test_every_family_shows_at_most_eight_cards_at_first(catalogue: Catalogue) -> None:
    for family in catalogue.families:
        shown = [card for card in catalogue.cards.values() if card.family == family and not card.more]
        assert 6 <= len(shown) <= 8


def test_a_certificate_of_conduct_alone_does_not_make_work_regulated(catalogue: Catalogue) -> None:
    regulated = {occupation.id for occupation in catalogue.occupations.values() if occupation.regulated}

    assert regulated == {"zw4", "zw6", "bi2", "bi3", "ok2", "ok3", "ok6", "lt3", "lt4", "lt5", "gv4", "hd6"}


def test_only_a_named_source_without_falling_demand_is_a_kansberoep(catalogue: Catalogue) -> None:
    named = {occupation.id for occupation in catalogue.occupations.values() if occupation.is_kansberoep}

    assert named == {"tm6", "tm7", "tm8", "bi1", "bi2", "bi5", "lt5", "hd4"}


def test_sensitive_organisations_are_marked(catalogue: Catalogue) -> None:
    marked = {organisation.id: organisation.sensitive for organisation in catalogue.organisations.values()}

    assert {name for name, value in marked.items() if value == 9} == {"ggz_ips", "coa", "vluchtelingenwerk", "union"}
    assert {name for name, value in marked.items() if value == 1} == {"uwv", "gemeente_sociaal"}


def test_samples_say_that_they_are_samples(catalogue: Catalogue) -> None:
    samples = [offer for offer in catalogue.offers.values() if offer.is_sample]

    assert samples
    for offer in samples:
        assert offer.label_nl.startswith("Voorbeeld")
        assert offer.text_nl.startswith("Voorbeeld")


def test_schemes_that_ended_are_off_until_somebody_switches_them_on(catalogue: Catalogue) -> None:
    off = {offer.id for offer in catalogue.offers.values() if not offer.default_on}

    assert off == {"stap", "leertijd", "snelle_start"}


def test_every_occupation_has_everyday_words_in_three_languages(catalogue: Catalogue) -> None:
    for occupation in catalogue.occupations:
        words = catalogue.synonyms["occupation", occupation]
        assert len(words["nl"]) >= 3
        assert len(words["en"]) >= 3
        assert len(words["ar"]) >= 2


def test_no_phone_or_address_is_made_up(catalogue: Catalogue) -> None:
    assert {(organisation.phone, organisation.address) for organisation in catalogue.organisations.values()} == {
        ("", "")
    }


@pytest.mark.parametrize(
    ("file", "column", "value", "problem"),
    [
        ("cards.csv", "skills", "cooking flying", "unknown flying"),
        ("occupations.csv", "core_skills", "", "empty"),
        ("occupations.csv", "sector", "space", "unknown space"),
        ("occupations.csv", "routes", "P X", "unknown X"),
        ("occupations.csv", "body", "S Q", "unknown Q"),
        ("occupations.csv", "rank", "first", "not_a_whole_number"),
        ("skills.csv", "generic", "misschien", "not_yes_or_no"),
        ("offers.csv", "only_for", "iedereen", "not_key_is_value"),
        ("offers.csv", "ends", "31-02-2026", "not_a_date"),
        ("organisations.csv", "municipalities", "aalten parijs", "unknown parijs"),
        ("places.csv", "latitude", "noord", "not_a_number"),
        ("synonyms.csv", "id", "zz99", "unknown zz99"),
    ],
)
def test_loading_names_the_cell_that_cannot_be_used(
    folder: Path, file: str, column: str, value: str, problem: str
) -> None:
    change(folder, file, 4, column, value)

    with pytest.raises(CatalogueInvalid) as caught:
        load_catalogue(folder)

    assert caught.value.params == {"file": file, "row": 4, "column": column, "problem": problem}


@pytest.mark.parametrize(
    ("file", "column", "value", "problem"),
    [
        ("occupations.csv", "core_skills", "teamwork cleaning", "generic teamwork"),
        ("occupations.csv", "core_skills", "cleaning", "not_two_or_three"),
        ("occupations.csv", "isco", "12", "wrong_shape"),
        ("occupations.csv", "cautions", "watch_out", "unknown watch_out"),
        ("occupations.csv", "source", "", "empty"),
        ("occupations.csv", "estimated", "colour", "unknown colour"),
        ("occupations.csv", "lowest_level", "6", "above_highest"),
        ("skills.csv", "esco_uuid", "123", "not_a_uuid"),
        ("skills.csv", "checked_on", "", "empty"),
        ("offers.csv", "kinds", "L Q", "unknown Q"),
        ("offers.csv", "only_for", "shoe_size=44", "unknown shoe_size"),
        ("places.csv", "latitude", "48.1", "outside_region"),
        ("places.csv", "postcodes", "71", "not_four_digits"),
        ("municipalities.csv", "cbs_code", "0197", "wrong_shape"),
        ("organisations.csv", "sensitive", "5", "not_0_1_or_9"),
    ],
)
def test_checking_finds_what_still_loads_but_is_not_right(
    folder: Path, file: str, column: str, value: str, problem: str
) -> None:
    change(folder, file, 3, column, value)

    assert (file, 3, column, problem) in check_catalogue(folder)
    assert load_catalogue(folder).version


@pytest.mark.parametrize("file", ["skills.csv", "cards.csv", "occupations.csv", "offers.csv", "organisations.csv"])
def test_a_doubled_id_is_refused(folder: Path, file: str) -> None:
    path = folder / file
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[1]]) + "\n", encoding="utf-8")

    with pytest.raises(CatalogueInvalid) as caught:
        load_catalogue(folder)

    assert caught.value.params["problem"] == "doubled_id"
    assert caught.value.params["row"] == len(lines) + 1


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "skills.csv").unlink()

    with pytest.raises(FileMissing) as caught:
        load_catalogue(folder)

    assert str(caught.value.params["path"]).endswith("skills.csv")


def test_a_missing_column_is_named(folder: Path) -> None:
    path = folder / "cards.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("in_deck", "deck", 1), encoding="utf-8")

    with pytest.raises(CatalogueInvalid) as caught:
        load_catalogue(folder)

    assert caught.value.params["problem"] == "column_missing"


def _dutch_spreadsheet(text: str) -> str:
    rows = list(csv.reader(io.StringIO(text)))
    stream = io.StringIO()
    csv.writer(stream, delimiter=";").writerows(rows)
    return "\ufeff" + stream.getvalue().replace("2026-11-21", "21-11-2026")


@pytest.mark.parametrize("rewrite", [_dutch_spreadsheet, lambda text: "\ufeff" + text])
def test_a_catalogue_saved_by_a_dutch_spreadsheet_is_the_same(
    folder: Path, catalogue: Catalogue, rewrite: Callable[[str], str]
) -> None:
    for path in folder.glob("*.csv"):
        path.write_text(rewrite(path.read_text(encoding="utf-8")), encoding="utf-8", newline="")

    assert load_catalogue(folder) == catalogue


def test_a_file_in_another_encoding_is_reported_and_not_guessed(folder: Path) -> None:
    (folder / "terms.csv").write_bytes("kind,id,label_nl\nfamily,h,Caf\xe9\n".encode("latin-1"))

    assert any(problem[0] == "terms.csv" and problem[3] == "not_utf8" for problem in check_catalogue(folder))
