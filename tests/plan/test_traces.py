"""Printing leaves no trace of a person: not in the file's description, not on the disk, not in a log."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from intake_app.domain.catalogue import Catalogue
from intake_app.domain.plan import OwnWords, PlanDocument
from intake_app.plan import typeset
from intake_app.plan.document import KINDS
from intake_app.plan.pdf import render_plan

MARK = "Zilvermeeuw"


@pytest.fixture
def marked(sample: Callable[[str], PlanDocument]) -> PlanDocument:
    words = OwnWords(f"Ik ben {MARK}.", "nl")
    return replace(sample("refugee-cook"), call_name=MARK, goal=words, story=words, contact=f"{MARK}@voorbeeld.nl")


@pytest.mark.parametrize("kind", KINDS)
def test_the_description_of_the_file_names_nobody(
    marked: PlanDocument, catalogue: Catalogue, resources: Path, kind: str
) -> None:
    raw = render_plan(marked, catalogue, kind=kind, language="ar", resources=resources)

    with pikepdf.open(BytesIO(raw)) as pdf:
        described = pdf.Root.Metadata.read_bytes().decode() + str(dict(pdf.docinfo.items()))
        assert MARK not in described
        assert "/EmbeddedFiles" not in pdf.Root.get("/Names", {})


def test_nothing_is_written_anywhere_nor_logged(
    marked: PlanDocument,
    catalogue: Catalogue,
    resources: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    with caplog.at_level(logging.DEBUG):
        for kind in KINDS:
            render_plan(marked, catalogue, kind=kind, language="ar", resources=resources)

    assert list(tmp_path.iterdir()) == []
    assert MARK not in caplog.text
    assert capsys.readouterr() == ("", "")


def test_what_was_kept_to_be_fast_can_be_forgotten(marked: PlanDocument, catalogue: Catalogue, resources: Path) -> None:
    first = render_plan(marked, catalogue, language="ar", resources=resources)
    assert typeset._set.cache_info().currsize > 0

    typeset.forget_texts()

    assert typeset._set.cache_info().currsize == 0
    assert typeset._shaped.cache_info().currsize == 0
    assert render_plan(marked, catalogue, language="ar", resources=resources) == first
