"""What people say stands readable nowhere: no file, report, output or argument; also after a kill and an erasure.

Every field that takes words gets a word that is nowhere else (tests/scenario/marked_talk.py); each is looked for in
UTF-8 and UTF-16, with its accents together and apart.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from intake_app.platform.crash_report import FATAL, REPORT
from intake_app.storage.gate import DATABASE, KEY_FILE, SqlStoreGate
from intake_app.storage.keys import KeyFile
from tests.fakes.encrypted import CHEAP
from tests.fakes.inside import inside_database
from tests.scenario import marked_talk
from tests.scenario.conftest import PASSPHRASE, REPOSITORY
from tests.scenario.marked_talk import DAY, PHONE, STEM, TYPED

PAGE, RESERVED = 4096, 80
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")


def forms_of(word: str) -> set[bytes]:
    """How a word may stand in a file."""
    spellings = {unicodedata.normalize(form, word) for form in ("NFC", "NFD")}
    return {spelling.encode(encoding) for spelling in spellings for encoding in ENCODINGS}


SOUGHT = [form for word in (STEM, STEM[:7], PHONE, DAY) for form in forms_of(word)]


def found_in(content: bytes) -> list[bytes]:
    return [form for form in SOUGHT if form in content]


class Laptop:
    """A home folder, a folder for temporary files and a data folder of their own."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.data = place / "data"
        for name in ("home", "temporary"):
            (place / name).mkdir()

    def run(self, stage: str, *, wait: bool = True) -> subprocess.Popen[bytes]:
        names = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "XDG_CACHE_HOME", "XDG_DATA_HOME")
        environment = {**os.environ, **dict.fromkeys(names, str(self.place / "home"))}
        environment |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(self.place / "temporary"))
        environment |= {"INTAKE_PASSPHRASE": PASSPHRASE, "PYTHONPATH": str(REPOSITORY)}
        command = [sys.executable, marked_talk.__file__, str(self.data), stage]
        with (self.place / f"output-{stage}.txt").open("wb") as output:
            process = subprocess.Popen(
                command, cwd=REPOSITORY, env=environment, stdout=subprocess.PIPE, stderr=output, bufsize=0
            )
        if wait:
            said, _ = process.communicate(timeout=240)
            (self.place / f"said-{stage}.txt").write_bytes(said)
        return process

    def readable(self) -> list[str]:
        """The files in which a word can be read."""
        files = [path for path in self.place.rglob("*") if path.is_file()]
        assert self.data / DATABASE in files
        return [f"{path.name}: {found[0]!r}" for path in files if (found := found_in(path.read_bytes()))]


@pytest.fixture
def laptop(tmp_path: Path) -> Laptop:
    return Laptop(tmp_path)


@pytest.fixture
def killed(laptop: Laptop) -> Iterator[Callable[[], list[bytes]]]:
    """A talk in the middle of a word; ends the process and gives what was seen of it from outside."""
    process = laptop.run("open", wait=False)
    assert process.stdout is not None

    def kill() -> list[bytes]:
        said = process.stdout.readline() if process.stdout else b""
        seen = [said]
        for name in ("cmdline", "environ"):
            place = Path(f"/proc/{process.pid}/{name}")
            seen += [place.read_bytes()] if place.exists() else []
        process.send_signal(signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)
        seen.append(process.communicate()[0])
        return seen

    yield kill
    if process.poll() is None:
        process.kill()
        process.communicate()


def kept_words(data: Path) -> set[str]:
    """The words that really stand in the store, by the name of their field."""
    store = SqlStoreGate(data, CHEAP).unlock(PASSPHRASE)
    with store.unit_of_work() as uow:
        drafts = [uow.drafts.get(header.instance_id) for header in uow.drafts.list()]
        contents = [draft.savepoint or b"" for draft in drafts]
        contents += [repr([entry.event for entry in draft.journal]).encode() for draft in drafts]
        contents += [repr(dict(draft.typing)).encode() for draft in drafts]
        contents += [record.xml for record in uow.instances.list()]
    store.close()
    text = unicodedata.normalize("NFC", b" ".join(contents).decode("utf-8"))
    stem = unicodedata.normalize("NFC", STEM)
    return set(re.findall(rf"{stem}\w+|{PHONE}|{DAY}", text))


def pages(data: Path) -> list[bytes]:
    """Every page of the database opened by hand, free ones too: AES-256-CBC with the raw key (SQLCipher's design)."""
    _, bundle = KeyFile.read(data / KEY_FILE).open(PASSPHRASE)
    raw = (data / DATABASE).read_bytes()
    found = []
    for start in range(0, len(raw), PAGE):
        page = raw[start : start + PAGE]
        vector = page[PAGE - RESERVED : PAGE - RESERVED + 16]
        content = page[16 if start == 0 else 0 : PAGE - RESERVED]
        opening = Cipher(algorithms.AES(bundle.database), modes.CBC(vector)).decryptor()
        found.append(opening.update(content) + opening.finalize())
    return found


def sealed_contents(data: Path) -> list[bytes]:
    """The beginning of what is sealed of each person, as it stands in the decrypted database."""
    with inside_database(data, PASSPHRASE) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        tables = ("participant", "savepoint", "typing", "journal_entry")
        return [row[0][:24] for table in tables for row in connection.execute(f"SELECT sealed FROM {table}")]


def test_the_search_itself_finds_a_word_in_every_spelling() -> None:
    for encoding in ENCODINGS:
        for form in ("NFC", "NFD"):
            assert found_in(b"\0x" + unicodedata.normalize(form, f"a{STEM}b").encode(encoding))
    assert not found_in(b"Zq" * 100)


def test_after_normal_use_no_word_is_readable_in_any_file_or_output(laptop: Laptop) -> None:
    done = laptop.run("use")

    assert done.returncode == 0, (laptop.place / "output-use.txt").read_text()
    assert laptop.readable() == []
    words = kept_words(laptop.data)
    assert {PHONE, DAY, unicodedata.normalize("NFC", TYPED)} <= words
    assert len(words) >= 12, words
    assert laptop.readable() == []


def test_after_a_kill_in_the_middle_of_a_word_nothing_is_readable(
    laptop: Laptop, killed: Callable[[], list[bytes]]
) -> None:
    seen = killed()

    assert seen[0] == b"ready\n", (laptop.place / "output-open.txt").read_text()
    assert all(not found_in(each) for each in seen)
    assert PASSPHRASE.encode() not in seen[1]
    assert (laptop.data / f"{DATABASE}-wal").stat().st_size > 10_000
    assert laptop.readable() == []


def test_errors_reports_and_what_a_struck_process_leaves_tell_no_word(laptop: Laptop) -> None:
    done = laptop.run("broken")
    told = (laptop.place / "output-broken.txt").read_text("utf-8", "replace")

    assert done.returncode != 0
    assert "StorageError" in told or "StoreDamaged" in told, told
    assert "OSError" in (laptop.data / REPORT).read_text("utf-8")
    assert "break_it" in (laptop.data / FATAL).read_text("utf-8")
    assert (laptop.place / "said-broken.txt").stat().st_size > 200
    assert laptop.readable() == []


def test_after_erasing_nothing_is_left_not_even_in_free_pages(
    laptop: Laptop, killed: Callable[[], list[bytes]]
) -> None:
    killed()
    sealed = sealed_contents(laptop.data)
    before = b"".join(pages(laptop.data))
    done = laptop.run("erase")
    after = b"".join(pages(laptop.data))

    assert done.returncode == 0
    assert len(sealed) > 3
    assert all(each in before for each in sealed)
    assert [each for each in sealed if each in after] == []
    assert found_in(before) == found_in(after) == []
    assert b"CREATE TABLE participant" in after
    assert laptop.readable() == []
