"""Every export, opened by another library: counts only, no name, no number of a person, no free text, no formula."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pikepdf
import pypdfium2
import pytest
from lxml import etree

from intake_app.commands.report import rendered
from intake_app.domain.counting import Evidence
from intake_app.domain.report import Report
from intake_app.monitoring.central import read_exports
from intake_app.monitoring.exports import safe, to_csv, to_xlsx
from intake_app.monitoring.make import make_report
from intake_app.monitoring.practice import practice_region, practice_tables, write_export
from tests.monitoring.people import TWO_YEARS, talk

FORMATS = ("json", "csv", "xlsx", "pdf")
NUMBER = re.compile(r"\d{4}-\d{4}(?!-)|OEFEN|uuid:|oefening-")
"""Participant numbers as the app makes them, those of invented people, ids of records and talks."""
MARKS = ("Fatima", "06-12345678", "ik wil leren lassen", "4711-2085", "begeleider-7")


@pytest.fixture(scope="module")
def report() -> Report:
    return make_report(practice_region(TWO_YEARS, size=600), TWO_YEARS)


@pytest.fixture
def marked(tmp_path: Path) -> Report:
    """A region whose records hold what must never come out: a name, a telephone number, own words, a number, ids."""
    tables = practice_tables(TWO_YEARS, size=60)
    for row in tables["status"]:
        if row["kind"] == "talk":
            row |= {"participant_number": f"4711-2085{row['participant_number']}", "talk_id": "Fatima"}
    for row in tables["follow_up"]:
        row |= {"participant_number": f"4711-2085{row['participant_number']}", "talk_id": "06-12345678"}
    for row in tables["follow_up-steps"]:
        row |= {"step_label": "ik wil leren lassen", "step_id": "begeleider-7"}
    write_export(tables, tmp_path / "export.zip")
    return make_report(read_exports([tmp_path / "export.zip"]), TWO_YEARS)


def words(kind: str, raw: bytes) -> str:
    """All that a reader of the file can find in it."""
    if kind == "pdf":
        with pypdfium2.PdfDocument(raw) as document:
            pages = " ".join(page.get_textpage().get_text_range() for page in document)
        with pikepdf.open(io.BytesIO(raw)) as pdf:
            return pages + str(dict(pdf.docinfo)) + bytes(pdf.Root.Metadata.read_bytes()).decode()
    if kind == "xlsx":
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return " ".join(archive.read(name).decode() for name in archive.namelist())
    return raw.decode()


@pytest.mark.parametrize("kind", FORMATS)
def test_no_export_holds_a_name_a_number_or_own_words(marked: Report, kind: str) -> None:
    found = words(kind, rendered(marked, kind))
    assert not [mark for mark in MARKS if mark in found]
    assert not NUMBER.findall(found)


@pytest.mark.parametrize("kind", FORMATS)
def test_invented_numbers_say_so_in_every_export(report: Report, kind: str) -> None:
    assert "VERZONNEN" in words(kind, rendered(report, kind))
    assert "VERZONNEN" not in words(kind, rendered(make_report(Evidence(), TWO_YEARS), kind))


def test_json_holds_the_thirteen_and_nulls_for_what_is_hidden(report: Report) -> None:
    found = json.loads(rendered(report, "json"))
    assert [name for name in found if name.startswith("ind")] == [f"ind{n:02d}" for n in range(1, 14)]
    assert found["period"] == {"from": "2027-01-01", "to": "2028-12-31"}
    assert found["ind01"]["figures"]["count"]["target"] == 200
    for name in (f"ind{n:02d}" for n in range(1, 14)):
        for figure in found[name]["figures"].values():
            assert not figure["hidden"] or (figure["value"], figure["of"], figure["share"]) == (None, None, None)


def test_json_opens_in_pandas_with_the_same_figures() -> None:
    report = make_report(practice_region(TWO_YEARS, size=600), TWO_YEARS)
    found = pd.read_json(io.BytesIO(rendered(report, "json")), typ="series")
    figures = pd.DataFrame(found["ind04"]["figures"]).T
    assert list(figures.index) == ["months_3", "months_6", "months_12"]
    assert figures.loc["months_12", "value"] == report.indicator("ind04").figure("months_12").value
    towns = pd.DataFrame(found["municipalities"])
    assert set(towns["group"]) <= {"migrant", "jobseeker_distance", "employed_upskill", "other"}
    assert towns[towns["hidden"].astype(bool)]["value"].isna().all()
    assert (towns[~towns["hidden"].astype(bool)]["value"] >= 10).all()
    assert not [name for name in found.index if name.endswith("name")]


def test_csv_in_pandas_has_a_line_per_figure(report: Report) -> None:
    found = pd.read_csv(io.BytesIO(rendered(report, "csv")))
    assert set(found["indicator"]) >= {f"ind{n:02d}" for n in range(1, 14)}
    first = found[(found["indicator"] == "ind01") & (found["figure"] == "count")].iloc[0]
    assert (first["value"], first["target"]) == (report.indicator("ind01").figure("count").value, 200)
    assert found[found["hidden"] == "hidden"][["value", "of", "share"]].isna().all(axis=None)
    assert set(found["practice"]) == {"VERZONNEN"}


def test_xlsx_as_plain_xml_has_numbers_and_texts_and_no_formula(report: Report) -> None:
    with zipfile.ZipFile(io.BytesIO(rendered(report, "xlsx"))) as archive:
        assert not [name for name in archive.namelist() if "macro" in name.lower() or "external" in name.lower()]
        sheet = etree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    space = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    assert sheet.xpath("//m:f", namespaces=space) == []
    kinds = {cell.get("t", "n") for cell in sheet.xpath("//m:c", namespaces=space)}
    assert kinds == {"n", "inlineStr"}
    assert len(sheet.xpath("//m:row", namespaces=space)) > 40


def test_pdf_is_one_tagged_page_with_every_indicator(report: Report) -> None:
    raw = rendered(report, "pdf")
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        assert len(pdf.pages) == 1
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang) == "nl"
    found = " ".join(words("pdf", raw).split())
    for name in ("Mensen goed begeleid", "Naar groep", "Een stap verder", "Taal en tolk", "Begeleiders met training"):
        assert name in found


def test_the_page_of_one_place_and_of_nothing_is_one_page_too() -> None:
    evidence = practice_region(TWO_YEARS, size=300)
    for shown in (make_report(evidence, TWO_YEARS, "Verzonnen Noord"), make_report(Evidence(), TWO_YEARS)):
        with pikepdf.open(io.BytesIO(rendered(shown, "pdf"))) as pdf:
            assert len(pdf.pages) == 1


@pytest.mark.parametrize(
    "name", ["=1+1", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1", "=cmd|' /C calc'!A0", "%0A=1", "\n=1", "|x"]
)
def test_the_name_of_a_place_is_never_run_by_a_spreadsheet(name: str) -> None:
    made = replace(make_report(Evidence((talk(location=name),), {}), TWO_YEARS), location=name)
    found = pd.read_csv(io.StringIO(to_csv(made, lambda one, two: (one, two))), dtype=str, keep_default_na=False)
    assert not found.map(lambda cell: cell.lstrip().startswith(("=", "+", "@", "\t", "|", "%"))).any(axis=None)
    assert safe(name).startswith("'")
    raw = to_xlsx(made, lambda one, two: (one, two), datetime(2027, 1, 1, tzinfo=UTC))
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_a_plain_name_stays_as_it_is() -> None:
    assert safe("Bibliotheek 's-Heerenberg") == "Bibliotheek 's-Heerenberg"
