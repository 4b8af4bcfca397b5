"""`plan render --intake` prints a plan that was handed over, from the encrypted store."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import pytest

from intake_app.storage.gate import SqlStoreGate
from tests.commands.conftest import Command
from tests.fakes.encrypted import CHEAP, PASSPHRASE
from tests.services.helps import REFUGEE, make_office, played


class Laptop(NamedTuple):
    """A data folder with one finished talk."""

    folder: Path
    talk: str
    plan: str


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Laptop:
    folder = tmp_path_factory.mktemp("laptop") / "data"
    store = SqlStoreGate(folder, CHEAP).create(PASSPHRASE, "Anneke", "site_lead", "counsellor")
    office = make_office(store)
    conversation = played(office, REFUGEE, practice=True)
    number = office.plan(conversation).plan_number
    office.finish(conversation)
    store.close()
    return Laptop(folder, str(conversation.talk.header.instance_id), number)


@pytest.fixture
def laptop(finished: Laptop, monkeypatch: pytest.MonkeyPatch) -> Laptop:
    monkeypatch.setenv("INTAKE_PASSPHRASE", PASSPHRASE)
    return finished


def words(pdf: Path) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_the_number_on_the_paper_and_the_id_of_the_talk_give_the_same_plan(
    command: Command, laptop: Laptop, tmp_path: Path
) -> None:
    made = []
    for number, name in enumerate((laptop.plan, laptop.talk, laptop.talk.removeprefix("uuid:"))):
        target = tmp_path / f"{number}.pdf"
        result = command("plan", "render", "--intake", name, "-o", target, "--data-dir", laptop.folder)
        assert result == (0, "", "")
        made.append(target.read_bytes())

    assert made[0].startswith(b"%PDF-")
    assert made[0] == made[1] == made[2]


def test_another_language_and_another_print_can_be_asked(command: Command, laptop: Laptop, tmp_path: Path) -> None:
    target = tmp_path / "data.pdf"
    arguments = ("--intake", laptop.plan, "--lang", "en", "--kind", "data", "-o", target, "--data-dir", laptop.folder)

    assert command("plan", "render", *arguments).code == 0

    text = words(target)
    assert "My data" in text
    assert "Mijn gegevens" in text


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps files private by the rights of the profile folder")
def test_the_pdf_can_be_read_by_its_owner_only(command: Command, laptop: Laptop, tmp_path: Path) -> None:
    target = tmp_path / "plan.pdf"

    command("plan", "render", "--intake", laptop.plan, "-o", target, "--data-dir", laptop.folder)

    assert target.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", ["0000-0000-1", "uuid:00000000-0000-4000-8000-000000000000", ""])
def test_a_plan_that_is_not_there_is_one_kind_line(command: Command, laptop: Laptop, tmp_path: Path, name: str) -> None:
    target = tmp_path / "plan.pdf"

    result = command("plan", "render", "--intake", name, "-o", target, "--data-dir", laptop.folder)

    assert (result.code, result.out) == (1, "")
    assert "Zoek het op met het nummer van de deelnemer." in result.err
    assert not target.exists()


def test_a_wrong_passphrase_writes_nothing(
    command: Command, laptop: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTAKE_PASSPHRASE", "een heel andere zin")
    target = tmp_path / "plan.pdf"

    result = command("plan", "render", "--intake", laptop.plan, "-o", target, "--data-dir", laptop.folder)

    assert result.code == 1
    assert result.err.strip()
    assert not target.exists()


def test_with_nobody_to_ask_for_the_passphrase_it_is_one_line_without_a_traceback(
    command: Command, laptop: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_terminal(_prompt: str) -> str:
        raise EOFError

    monkeypatch.delenv("INTAKE_PASSPHRASE")
    monkeypatch.setattr("getpass.getpass", no_terminal)

    result = command("plan", "render", "--intake", laptop.plan, "-o", tmp_path / "p.pdf", "--data-dir", laptop.folder)

    assert (result.code, len(result.err.splitlines())) == (1, 1)


def test_without_a_store_nothing_is_asked_or_made(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("INTAKE_PASSPHRASE", raising=False)
    folder = tmp_path / "nothing yet"

    result = command("plan", "render", "--intake", "1234-5678-1", "-o", tmp_path / "p.pdf", "--data-dir", folder)

    assert result.code == 1
    assert result.err.strip()
    assert not folder.exists()


def test_a_sample_and_a_kept_plan_cannot_be_asked_at_once(command: Command, tmp_path: Path) -> None:
    result = command("plan", "render", "--sample", "x", "--intake", "y", "-o", tmp_path / "p.pdf")

    assert result.code == 2
