"""Commands use the catalogue that the central server sent into the data folder."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from intake_app.bootstrap import IMPORTED
from intake_app.catalogue.delivered import take_in
from intake_app.paths import resource_dir
from tests.commands.conftest import Command

MARK = "zoals hier"
TALK = resource_dir("sample") / "talks" / "care-at-home-short-to-full-nl.json"


@pytest.fixture
def laptop(tmp_path: Path) -> Path:
    """A data folder with a catalogue that calls itself 2027.1 and was checked on another day."""
    shipped = resource_dir("catalogue")
    cards = (shipped / "cards.csv").read_bytes()
    day = cards.splitlines()[1].split(b",")[-2]
    assert day.startswith(b"20")
    lines = list(csv.reader(io.StringIO((shipped / "skills.csv").read_text(encoding="utf-8"), newline="")))
    label = lines[0].index("label_nl")
    renamed = [lines[0], *([*line[:label], f"{line[label]} ({MARK})", *line[label + 1 :]] for line in lines[1:])]
    skills = io.StringIO(newline="")
    csv.writer(skills).writerows(renamed)
    older = cards.replace(day, b"2025-01-02", 1)
    lists = list(csv.DictReader(io.StringIO((shipped / "organisations.csv").read_text(encoding="utf-8"), newline="")))
    partners = io.StringIO(newline="")
    writer = csv.DictWriter(partners, list(lists[0]))
    writer.writeheader()
    writer.writerows({**row, "label_nl": f"{row['label_nl']} {MARK}"} for row in lists)
    sent = {
        "skills.csv": skills.getvalue().encode(),
        "organisations.csv": partners.getvalue().encode(),
        "cards.csv": older,
        "version.txt": b"2027.1",
    }
    take_in(sent, tmp_path / "data" / IMPORTED, shipped)
    return tmp_path / "data"


def test_match_ranks_with_it_unless_another_folder_is_asked_for(command: Command, laptop: Path, tmp_path: Path) -> None:
    profile = tmp_path / "profile.json"
    profile.write_text(json.dumps({"cards": ["z4", "z1", "z6"]}), encoding="utf-8")
    asked = ("match", "--profile", profile, "--json", "--data-dir", laptop)

    assert json.loads(command(*asked).out)["catalogue_version"] == "2027.1"
    shipped = resource_dir("catalogue")
    version = (shipped / "version.txt").read_text(encoding="utf-8").strip()
    assert json.loads(command(*asked, "--catalogue", shipped).out)["catalogue_version"] == version


def test_doctor_tells_the_age_of_it(command: Command, laptop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTAKE_PASSPHRASE", "")
    found = {row["name"]: row for row in json.loads(command("doctor", "--json", "--data-dir", laptop).out)["checks"]}

    assert "2025-01-02" in json.dumps(found["catalogue"]["facts"])


def test_the_skills_file_takes_its_names_from_it(command: Command, laptop: Path, tmp_path: Path) -> None:
    name = command("plan", "render", "--list").out.split()[0]
    out = tmp_path / "skills.jsonld"

    assert command("plan", "skills-file", "--sample", name, "-o", out, "--data-dir", laptop).code == 0
    assert MARK in out.read_text(encoding="utf-8")
    assert command("plan", "skills-file", "--sample", name, "-o", out, "--data-dir", tmp_path / "none").code == 0
    assert MARK not in out.read_text(encoding="utf-8")


@pytest.mark.parametrize("sent", [True, False])
def test_the_list_of_addresses_is_printed_from_it(command: Command, laptop: Path, tmp_path: Path, sent: bool) -> None:
    out = tmp_path / "addresses.pdf"

    assert command("print", "addresses", "-o", out, "--data-dir", laptop if sent else tmp_path / "none").code == 0
    with PdfDocument(out) as pdf:
        text = " ".join(page.get_textpage().get_text_bounded() for page in pdf)
    assert (MARK in text) is sent


@pytest.mark.parametrize("sent", [True, False])
def test_a_talk_on_paper_names_skills_as_it_does(command: Command, laptop: Path, tmp_path: Path, sent: bool) -> None:
    form, talk = resource_dir("forms", "compiled") / "intake.xml", TALK
    told = command("form", "text", form, "--answers", talk, "--data-dir", laptop if sent else tmp_path / "none")

    assert told.code == 0
    assert (MARK in told.out) is sent
