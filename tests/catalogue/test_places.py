"""Places lie where a map has them, and ways are told in round minutes."""

import pytest

from intake_app.catalogue.distance import cycling_minutes, distance_km, find_place
from intake_app.domain.catalogue import Catalogue, Place
from intake_app.domain.distance import about_minutes

ON_THE_MAP = """
aalten Aalten 51.925 6.581; aalten Dinxperlo 51.864 6.488; berkelland Borculo 52.116 6.522;
berkelland Eibergen 52.100 6.649; berkelland Neede 52.134 6.614; berkelland Ruurlo 52.088 6.450;
bronckhorst Vorden 52.105 6.310; bronckhorst Zelhem 52.007 6.349; bronckhorst Steenderen 52.064 6.188;
doetinchem Doetinchem 51.965 6.289; doetinchem Gaanderen 51.929 6.346; doetinchem Wehl 51.961 6.211;
montferland 's-Heerenberg 51.877 6.259; montferland Didam 51.941 6.132; montferland Zeddam 51.903 6.260;
oost_gelre Groenlo 52.042 6.611; oost_gelre Lichtenvoorde 51.987 6.567; oude_ijsselstreek Ulft 51.890 6.378;
oude_ijsselstreek Gendringen 51.873 6.376; oude_ijsselstreek Varsseveld 51.943 6.458;
oude_ijsselstreek Terborg 51.920 6.354; oude_ijsselstreek Silvolde 51.909 6.388; winterswijk Winterswijk 51.973 6.719
"""
CODES = {
    "aalten": "GM0197",
    "berkelland": "GM1859",
    "bronckhorst": "GM1876",
    "doetinchem": "GM0222",
    "montferland": "GM1955",
    "oost_gelre": "GM1586",
    "oude_ijsselstreek": "GM1509",
    "winterswijk": "GM0294",
}


def place(catalogue: Catalogue, name: str, municipality: str) -> Place:
    found = find_place(catalogue, name, municipality)
    assert found is not None, (name, municipality)
    return found


@pytest.mark.parametrize("line", [line.strip() for line in ON_THE_MAP.replace("\n", " ").split(";")])
def test_the_main_places_lie_where_the_map_has_them(catalogue: Catalogue, line: str) -> None:
    municipality, name, latitude, longitude = line.split(" ")
    found = place(catalogue, name, municipality)

    assert (found.latitude, found.longitude) == (float(latitude), float(longitude))


def test_every_municipality_carries_its_code_of_the_cbs(catalogue: Catalogue) -> None:
    assert {each.id: each.cbs_code for each in catalogue.municipalities.values()} == CODES


def test_about_a_hundred_places_each_with_its_municipality(catalogue: Catalogue) -> None:
    assert len(catalogue.places) >= 110
    assert {each.municipality for each in catalogue.places} == set(CODES)


def test_a_name_that_stands_for_two_places_needs_its_municipality(catalogue: Catalogue) -> None:
    assert find_place(catalogue, "Aalten", "winterswijk") is None


def test_a_neighbouring_village_is_about_so_many_minutes_by_bicycle(catalogue: Catalogue) -> None:
    groenlo, lichtenvoorde = place(catalogue, "Groenlo", "oost_gelre"), place(catalogue, "Lichtenvoorde", "oost_gelre")

    assert distance_km(groenlo, lichtenvoorde) == pytest.approx(8.8, abs=0.2)
    assert cycling_minutes(groenlo, lichtenvoorde) == cycling_minutes(lichtenvoorde, groenlo) == 35
    assert cycling_minutes(groenlo, groenlo) == 5


@pytest.mark.parametrize(
    ("kilometres", "km_per_hour", "minutes"), [(0, 15, 5), (6.2, 15, 25), (6.9, 15, 30), (25, 50, 30), (0.5, 5, 5)]
)
def test_minutes_are_rounded_to_five(kilometres: float, km_per_hour: float, minutes: int) -> None:
    assert about_minutes(kilometres, km_per_hour) == minutes
