"""Lists beside the questions: CSV, XML, GeoJSON, the record saved before, and looking up in them."""

import json
from pathlib import Path

import pytest

from intake_app.errors import CatalogueInvalid, FormInvalid, UnsafeXml
from intake_app.xforms.api import FormEntry, Ports, parse_form
from tests.xforms.story import FIRST, MOMENT, Story, ask, bind, computed, form, opened, pick, rows, setvalue


def test_a_missing_list_drops_no_answers() -> None:
    xml = form(
        "<a/><place/>",
        "",
        ask("a") + pick("place", "instance('far')/root/item[land = /data/a]"),
        '<instance id="far" src="jr://file-csv/far.csv"/>',
    )
    entry = FormEntry.new(parse_form(xml), now=lambda: MOMENT)
    entry.set_value("/data/place", "ams")

    entry.set_value("/data/a", "nl")

    assert entry.value("/data/place") == "ams"


LAST_SAVED = form(
    "<town/>",
    setvalue("town", FIRST, "instance('l')/data/town"),
    ask("town"),
    '<instance id="l" src="jr://instance/last-saved"/>',
)


@pytest.mark.parametrize(
    ("saved", "town"),
    [
        (None, ""),
        (b'<data id="story"><town>Lochem</town></data>', "Lochem"),
        (b'<data id="x"><town>Y</town></data>', ""),
    ],
)
def test_the_record_saved_before_gives_its_answers(saved: bytes | None, town: str) -> None:
    assert opened(LAST_SAVED, Ports(last_saved=lambda: saved)).value("/data/town") == town


def test_without_a_record_before_the_form_begins_empty() -> None:
    assert Story(LAST_SAVED).value("town") == ""


def from_file(name: str, folder: Path, label: str = "label") -> Story:
    kind = "file-csv" if name.endswith("csv") else "file"
    return Story(
        form(
            "<a/><pulled/>",
            bind("pulled", calculate="pulldata('far', 'label', 'name', /data/a)"),
            ask("a") + pick("a", "instance('far')/root/item", label=label),
            f'<instance id="far" src="jr://{kind}/{name}"/>',
        ),
        media=folder,
    )


@pytest.mark.parametrize(
    "text",
    [
        "name,label\nx,Eks\ny,Ypsilon\n",
        "\ufeffname;label\r\nx;Eks\r\ny;Ypsilon\r\n",
        'name,label\nx,"Eks"\n\ny,"Ypsilon"',
    ],
)
def test_a_csv_file_is_a_list(tmp_path: Path, text: str) -> None:
    (tmp_path / "far.csv").write_bytes(text.encode())

    story = from_file("far.csv", tmp_path)

    assert [(one.value, one.label) for one in story.node("a").choices or ()] == [("x", "Eks"), ("y", "Ypsilon")]


def test_a_quoted_cell_holds_commas_quotes_and_lines(tmp_path: Path) -> None:
    (tmp_path / "far.csv").write_text('name,label\nx,"a, ""b""\nc"\n', encoding="utf-8")

    assert (from_file("far.csv", tmp_path).node("a").choices or ())[0].label == 'a, "b"\nc'


def test_short_rows_are_padded_and_a_header_alone_is_an_empty_list(tmp_path: Path) -> None:
    (tmp_path / "far.csv").write_text("name,label,more\nx,Eks\n", encoding="utf-8")
    assert dict((from_file("far.csv", tmp_path).node("a").choices or ())[0].properties) == {"more": ""}

    (tmp_path / "far.csv").write_text("name,label\n", encoding="utf-8")
    assert from_file("far.csv", tmp_path).offered("a") == []


def test_a_missing_file_is_an_empty_list(tmp_path: Path) -> None:
    assert from_file("far.csv", tmp_path).offered("a") == []


def test_a_list_is_looked_up_by_key(tmp_path: Path) -> None:
    (tmp_path / "far.csv").write_text("name,label\nx,Eks\ny,Ypsilon\n", encoding="utf-8")
    story = from_file("far.csv", tmp_path)

    story.answer("a", "y")

    assert story.value("pulled") == "Ypsilon"


def test_an_xml_file_is_a_list(tmp_path: Path) -> None:
    (tmp_path / "far.xml").write_text("<root><item><name>x</name><label>Eks</label></item></root>", encoding="utf-8")

    assert from_file("far.xml", tmp_path).offered("a") == ["x"]


def test_an_xml_file_with_entities_is_refused(tmp_path: Path) -> None:
    (tmp_path / "far.xml").write_text('<!DOCTYPE r [<!ENTITY e "x">]><root>&e;</root>', encoding="utf-8")

    with pytest.raises(UnsafeXml):
        from_file("far.xml", tmp_path)


def test_a_geojson_file_is_a_list_of_places(tmp_path: Path) -> None:
    feature = {
        "type": "Feature",
        "id": "p1",
        "geometry": {"type": "Point", "coordinates": [6.2, 52.1]},
        "properties": {"name": "zut", "label": "Zutphen"},
    }
    (tmp_path / "far.geojson").write_text(
        json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8"
    )

    choice = (from_file("far.geojson", tmp_path).node("a").choices or ())[0]

    assert (choice.value, choice.label) == ("zut", "Zutphen")
    assert dict(choice.properties) == {"geometry": "52.1 6.2 0 0", "id": "p1"}


@pytest.mark.parametrize(
    "content",
    [
        "no json",
        '{"type": "Feature"}',
        '{"type": "FeatureCollection", "features": [{"geometry": {"type": "MultiPoint", "coordinates": []}}]}',
        '{"type": "FeatureCollection", "features": [{"geometry": {"type": "Point"}}]}',
    ],
)
def test_a_geojson_file_of_another_shape_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "far.geojson").write_text(content, encoding="utf-8")

    with pytest.raises(CatalogueInvalid):
        from_file("far.geojson", tmp_path)


def test_a_csv_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "far.csv").write_bytes(b"name,label\nx,\xff\n")

    with pytest.raises(CatalogueInvalid):
        from_file("far.csv", tmp_path)


@pytest.mark.parametrize("name", ["../secret.csv", "a/../../secret.csv", "..\\secret.csv", "C:/secret.csv"])
def test_an_address_that_leads_out_of_the_media_folder_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.csv").write_text("name,label\nx,X\n", encoding="utf-8")
    (tmp_path / "media").mkdir()

    with pytest.raises(FormInvalid) as refused:
        from_file(name, tmp_path / "media")

    assert [problem.code for problem in refused.value.params["problems"]] == ["unsafe_address"]


def test_a_picture_from_outside_the_media_folder_is_refused() -> None:
    texts = (
        '<itext><translation lang="nl"><text id="t"><value form="image">jr://images/../../x.png</value></text>'
        "</translation></itext>"
    )

    with pytest.raises(FormInvalid):
        Story(form("<a/>", body=ask("a"), itext=texts))


@pytest.mark.parametrize(("key", "found"), [("x", "1"), ("", ""), ("nobody", "")])
def test_pulldata_looks_up_the_first_row_with_the_key(key: str, found: str) -> None:
    listed = rows("l", {"k": "x", "v": "1"}, {"k": "x", "v": "2"}, {"k": "y", "v": "3"})

    assert computed(f"pulldata('l', 'v', 'k', '{key}')", extra=listed) == found
