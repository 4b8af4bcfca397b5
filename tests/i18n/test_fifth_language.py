"""One more language is a row of data and its files of texts: talk, plan and commands follow by themselves."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from devtools.compile_catalogues import compile_catalogue
from devtools.made_up import disguised
from intake_app.i18n.gettext import DOMAINS

REPOSITORY = Path(__file__).parents[2]
ROW = "eo,Esperanto,Esperanto,Latn,ltr,arabext,eo\n"
"""Its digits are not those of Europe, so that a number shows whether the row is read."""


def run(place: Path, *arguments: str | Path) -> str:
    """A command of the app that lies in `place`; gives what it printed."""
    ended = subprocess.run(
        [sys.executable, "-m", "intake_app", *map(str, arguments)], cwd=place, capture_output=True, check=False
    )
    assert ended.returncode == 0, ended.stderr.decode()
    return ended.stdout.decode("utf-8")


def translated(template: Path) -> Catalog:
    """Every text of a domain in the made-up language."""
    with template.open("rb") as file:
        wanted = read_po(file)
    made = Catalog(locale="eo", domain=template.stem, fuzzy=False)
    for message in wanted:
        if message.id:
            forms = [message.id] if isinstance(message.id, str) else [*message.id]
            said = tuple(disguised(form, "en_XA") for form in forms)
            made.add(message.id, said[0] if isinstance(message.id, str) else said, context=message.context)
    return made


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the app with one row and five files more; no line of its code is another."""
    place = tmp_path_factory.mktemp("app")
    for name in ("intake_app", "translations", "resources"):
        shutil.copytree(REPOSITORY / name, place / name, ignore=shutil.ignore_patterns("__pycache__", "color"))
    with (place / "translations" / "languages.csv").open("a", encoding="utf-8") as rows:
        rows.write(ROW)
    own = place / "translations" / "eo" / "LC_MESSAGES"
    own.mkdir(parents=True)
    for domain in DOMAINS:
        content = BytesIO()
        write_po(content, translated(place / "translations" / f"{domain}.pot"))
        (own / f"{domain}.po").write_bytes(content.getvalue())
        compile_catalogue(own / f"{domain}.po")
    return place


def test_the_languages_command_shows_it_whole_and_honestly_unchecked(app: Path) -> None:
    rows = {row["code"]: row for row in json.loads(run(app, "languages", "--json"))}

    assert rows["eo"]["name"] == "Esperanto"
    assert rows["eo"]["direction"] == "ltr"
    assert rows["eo"]["digits"] == "۱۲۳۴۵۶۷۸۹۰"
    assert set(rows["eo"]["coverage"].values()) == {100}
    assert rows["eo"]["review"] == {"state": "machine", "by": None, "date": None}


def test_the_talk_is_compiled_with_it(app: Path) -> None:
    run(app, "form", "compile", app / "resources" / "forms" / "intake.md", "-o", app / "intake.xml")

    script = run(app, "form", "text", app / "intake.xml", "--lang", "eo")

    with (app / "translations" / "intake.pot").open("rb") as file:
        asked = {message.context: str(message.id) for message in read_po(file)}
    for name in ("a02_talk_language", "b02_consent_record", "n01_learn_best"):
        first = disguised(asked[f"intake:{name}:label"], "en_XA").split(". ")[0].splitlines()[0]
        assert first in script


def test_the_plan_speaks_it(app: Path) -> None:
    run(app, "plan", "render", "--sample", "farm-worker", "--lang", "eo", "-o", app / "plan.pdf")

    with pikepdf.open(app / "plan.pdf") as pdf:
        assert str(pdf.Root.Lang) == "eo"
    text = " ".join(page.get_textpage().get_text_bounded() for page in pdfium.PdfDocument(app / "plan.pdf"))
    assert disguised("Mijn eerste stap", "en_XA") in " ".join(text.split())
    assert any(digit in text for digit in "۰۱۲۳۴۵۶۷۸۹")
