"""The whole practice talk as a process: the plan says one thing in two languages, and no name stands in clear."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from intake_app.bootstrap import prepare
from intake_app.i18n.bidi import strip_controls
from intake_app.i18n.starters import Starter, starter_sentence
from intake_app.storage.gate import SqlStoreGate
from tests.plan.reading import read_tree, walk
from tests.scenario.conftest import PASSPHRASE, REPOSITORY, Run

SCRIPT = json.loads((REPOSITORY / "resources" / "sample" / "talks" / "short-refugee-cook.json").read_text("utf-8"))
NAME = SCRIPT["name"]
OWN_WORDS = (
    NAME,
    *NAME.split()[:1],
    SCRIPT["answers"]["contact"],
    SCRIPT["answers"]["asked_for"],
    *SCRIPT["answers"]["job"],
)
"""What only this invented person says: name, number, and sentences of her own."""
ANSWERS = sorted(
    {
        text
        for told in SCRIPT["answers"].values()
        for text in ([told] if isinstance(told, str) else told)
        if len(text) > 7 and not text.startswith(("@", "+"))
    }
)
"""Answers long enough that their bytes do not occur by chance."""
MAY_BE_READ = {".pdf", ".png"}


@dataclass(frozen=True)
class Lived:
    """One run of the demo, and the two folders it worked in."""

    result: subprocess.CompletedProcess[str]
    out: Path
    data: Path

    def files(self) -> Iterator[Path]:
        for folder in (self.out, self.data):
            yield from (path for path in folder.rglob("*") if path.is_file())


def live(run: Run, folder: Path, *options: str) -> Lived:
    lived = Lived(None, folder / "out", folder / "data")  # type: ignore[arg-type]  # the outcome comes next
    result = run("demo", "--lang", "ar", "--out", lived.out, "--data-dir", lived.data, *options)
    return Lived(result, lived.out, lived.data)


@pytest.fixture(scope="module")
def lived(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Lived:
    return live(run, tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="module")
def not_recorded(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Lived:
    return live(run, tmp_path_factory.mktemp("no-record"), "--no-record")


def encodings(text: str) -> list[bytes]:
    return [text.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]


def in_clear(path: Path, texts: tuple[str, ...] | list[str]) -> list[str]:
    raw = path.read_bytes()
    return [text for text in texts if any(form in raw for form in encodings(text))]


def plain(text: str) -> str:
    """Letters only: direction controls, presentation forms, hyphens of line ends and spaces do not count."""
    letters = unicodedata.normalize("NFKC", strip_controls(text))
    return re.sub(r"[\s\u00ad\ufffe\u0640]+", "", letters)


def text_of(path: Path) -> str:
    document = pdfium.PdfDocument(path)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return plain(text)


def spoken(path: Path) -> list[tuple[str, str]]:
    """Language and text of each piece of the plan, in the order a screen reader says them; pictures are no words."""
    pieces = walk(read_tree(path.read_bytes()))
    return [(piece.language, piece.text) for piece in pieces if piece.text and piece.tag != "Figure"]


def words(text: str) -> set[str]:
    """Words whose letters no reader of PDF takes apart: those without marks above or below."""
    return {word.strip(".:") for word in text.split() if not any(map(unicodedata.combining, word))}


def goal(language: str) -> str:
    prepare()
    return starter_sentence(Starter("goal_become", "Kok", "hd2"), language)


def test_the_demo_lives_through_a_talk_and_ends_well(lived: Lived) -> None:
    assert lived.result.returncode == 0, lived.result.stderr
    assert lived.result.stderr == ""
    assert "records sent: 4" in lived.result.stdout
    assert {path.name for path in lived.out.iterdir()} == {"plan-ar.pdf", "private-ar.pdf", "data-ar.pdf"}


def test_the_plan_says_the_same_goal_in_dutch_and_in_arabic(lived: Lived) -> None:
    pieces, text = spoken(lived.out / "plan-ar.pdf"), text_of(lived.out / "plan-ar.pdf")

    assert pieces.index(("ar", goal("ar"))) + 1 == pieces.index(("nl", goal("nl")))
    assert plain(goal("nl")) in text
    assert len(words(goal("ar"))) > 2
    assert [word for word in words(goal("ar")) if word not in text] == []


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext (poppler) is not installed")
def test_a_second_reader_of_pdf_finds_both_goals_too(lived: Lived) -> None:
    command = ["pdftotext", str(lived.out / "plan-ar.pdf"), "-"]
    text = plain(subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8"))

    assert plain(goal("nl")) in text
    readable = [word.strip(".:") for word in goal("ar").split() if word.strip(".:") in words(goal("ar"))]
    assert plain(" ".join(readable)) in text


def test_no_file_but_the_prints_holds_her_name_number_or_words(lived: Lived) -> None:
    found = {path.name: in_clear(path, OWN_WORDS) for path in lived.files() if path.suffix not in MAY_BE_READ}

    assert "intake.db" in found
    assert {name: texts for name, texts in found.items() if texts} == {}


def test_her_name_stands_in_one_line_of_the_summary_and_nowhere_else(lived: Lived) -> None:
    lines = [line for line in lived.result.stdout.splitlines() for text in OWN_WORDS if text in line]

    assert set(lines) == {line for line in lines if line.startswith("participant: ")}
    assert len(set(lines)) == 1
    assert not [text for text in OWN_WORDS if text in lived.result.stderr]


def test_a_talk_that_was_recorded_can_be_opened_again_with_the_passphrase(lived: Lived) -> None:
    store = SqlStoreGate(lived.data).unlock(PASSPHRASE)
    try:
        with store.unit_of_work() as uow:
            assert [person.call_name for person in uow.participants.list()] == [NAME]
            assert {instance.form_id for instance in uow.instances.list()} == {
                "intake",
                "participant",
                "plan",
                "status",
            }
            assert len(uow.outbox.receipts()) == 4
    finally:
        store.close()


def test_who_says_no_to_recording_gets_a_plan_and_leaves_no_byte(not_recorded: Lived) -> None:
    assert not_recorded.result.returncode == 0, not_recorded.result.stderr
    assert ("ar", goal("ar")) in spoken(not_recorded.out / "plan-ar.pdf")
    others = [path for path in not_recorded.files() if path.suffix not in MAY_BE_READ]
    assert others
    assert {path.name: in_clear(path, ANSWERS) for path in others} == {path.name: [] for path in others}


def test_after_a_no_the_opened_store_knows_nobody(not_recorded: Lived) -> None:
    store = SqlStoreGate(not_recorded.data).unlock(PASSPHRASE)
    try:
        with store.unit_of_work() as uow:
            found = [uow.participants.list(), uow.drafts.list(), uow.instances.list(), uow.outbox.waiting()]
            assert found == [(), (), (), ()]
            assert uow.outbox.receipts() == ()
            assert [line for line in uow.audit.list() if "talk" in line.action or "participant" in line.action] == []
    finally:
        store.close()


def test_the_demo_does_not_touch_a_folder_with_something_in_it(run: Run, tmp_path: Path) -> None:
    (tmp_path / "kept.txt").write_text("van iemand", encoding="utf-8")
    result = run("demo", "--data-dir", tmp_path)

    assert result.returncode == 1
    assert "niet leeg" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["kept.txt"]


def test_the_demo_names_the_languages_it_knows(run: Run, tmp_path: Path) -> None:
    result = run("demo", "--lang", "klingon", "--data-dir", tmp_path / "data")

    assert result.returncode == 1
    assert "klingon" in result.stderr
    assert not (tmp_path / "data").exists()
