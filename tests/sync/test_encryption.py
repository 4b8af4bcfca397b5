"""Encrypted records open with the private key and an implementation that is not ours, and with nothing else."""

import base64
import hashlib
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from Crypto.Cipher import PKCS1_OAEP
from Crypto.PublicKey import ECC, RSA
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake_app.domain.ids import FormId, FormVersion, InstanceId
from intake_app.domain.instance import OutboxItem, RecordFile
from intake_app.domain.sealing import RecordToSeal
from intake_app.errors import FormKeyRefused, RecordBroken
from intake_app.sync.encryption import check_form_key, seal_record
from intake_app.sync.openrosa import OpenRosaServer
from intake_app.sync.trial_receiver import TrialReceiver
from intake_app.sync.worker import run_once
from tests.sync.helps import NOW, MemoryOutbox, record, row
from tests.sync.opener import new_pair, open_record

PRIVATE, PUBLIC = new_pair()
OTHER, _ = new_pair()
JAVA = shutil.which("java")


def to_seal(name: str = "a", *files: RecordFile, replaces: str = "", text: str = "lassen") -> RecordToSeal:
    xml = record(name, replaces=replaces, text=text)
    return RecordToSeal(FormId("intake"), FormVersion("1"), PUBLIC, InstanceId(f"uuid:{name}"), xml, files)


def contents(*files: RecordFile) -> dict[str, bytes]:
    return {file.name: file.content for file in files}


def test_another_implementation_opens_what_we_locked_and_finds_it_genuine() -> None:
    plain = to_seal("a", RecordFile("foto.jpg", b"\xff\xd8" + bytes(range(256))), RecordFile("stem é.ogg", b""))

    sealed = seal_record(plain)
    opened = open_record(sealed.manifest, contents(*sealed.files), PRIVATE)

    assert opened.genuine
    assert opened.xml == plain.xml
    assert opened.files == {"foto.jpg": plain.files[0].content, "stem é.ogg": b""}
    assert [file.name for file in sealed.files] == ["foto.jpg.enc", "stem é.ogg.enc", "submission.xml.enc"]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.text(st.characters(exclude_categories=["C"])), pieces=st.lists(st.binary(max_size=100), max_size=20))
def test_any_text_and_any_number_of_files_come_back_byte_for_byte(text: str, pieces: list[bytes]) -> None:
    plain = to_seal("p", *(RecordFile(f"{n}.bin", piece) for n, piece in enumerate(pieces)), text=text)
    sealed = seal_record(plain)
    opened = open_record(sealed.manifest, contents(*sealed.files), PRIVATE)
    assert (opened.genuine, opened.xml, opened.files) == (True, plain.xml, contents(*plain.files))


@pytest.mark.skipif(JAVA is None, reason="a second independent implementation needs Java")
def test_the_java_platform_opens_it_too(tmp_path: Path) -> None:
    plain = to_seal("j", RecordFile("foto.jpg", bytes(range(256)) * 3), text="Ελένη لحام")
    sealed = seal_record(plain)
    (tmp_path / "manifest.xml").write_bytes(sealed.manifest)
    for file in sealed.files:
        (tmp_path / file.name).write_bytes(file.content)
    (tmp_path / "key.der").write_bytes(PRIVATE.export_key("DER", pkcs=8))
    program = Path(__file__).parent / "java" / "OpenRecord.java"

    done = subprocess.run(
        [str(JAVA), str(program), str(tmp_path), str(tmp_path / "key.der")], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "signature holds"
    assert (tmp_path / "opened-submission.xml").read_bytes() == plain.xml
    assert (tmp_path / "opened-foto.jpg").read_bytes() == plain.files[0].content


def test_nothing_of_the_record_can_be_read_from_what_leaves() -> None:
    plain = to_seal("a", RecordFile("foto.jpg", b"een heel herkenbare foto"), text="een heel herkenbaar antwoord")
    sealed = seal_record(plain)
    for piece in (sealed.manifest, *(file.content for file in sealed.files)):
        assert b"herkenbaar" not in piece
        assert b"own_words" not in piece


def test_another_private_key_opens_nothing() -> None:
    sealed = seal_record(to_seal())
    with pytest.raises(ValueError, match="decryption"):
        open_record(sealed.manifest, contents(*sealed.files), OTHER)


def test_a_changed_record_is_seen_by_its_signature() -> None:
    sealed = seal_record(to_seal())
    (locked,) = sealed.files
    bent = bytearray(locked.content)
    bent[10] ^= 1
    opened = open_record(sealed.manifest, {locked.name: bytes(bent)}, PRIVATE)
    assert not opened.genuine


def test_each_record_has_a_key_of_its_own_that_stands_nowhere_in_what_is_kept() -> None:
    one, two = seal_record(to_seal()), seal_record(to_seal())
    keys = [open_record(each.manifest, contents(*each.files), PRIVATE).key for each in (one, two)]
    assert keys[0] != keys[1]
    for sealed, key in zip((one, two), keys, strict=True):
        kept = b"".join((sealed.manifest, *(file.content for file in sealed.files), repr(sealed).encode()))
        for told in (key, base64.b64encode(key), key.hex().encode(), hashlib.md5(b"uuid:a" + key).digest()):
            assert told not in kept


def test_the_key_is_wiped_before_the_call_returns() -> None:
    left: list[bytes] = []

    def watch(frame: FrameType, event: str, _argument: object) -> Any:
        if frame.f_code is seal_record.__code__ and event == "return":
            left.append(bytes(frame.f_locals["key"]))
        return watch

    before = sys.gettrace()
    sys.settrace(watch)
    try:
        seal_record(to_seal())
    finally:
        sys.settrace(before)
    assert left == [bytes(32)]


def test_an_edit_names_what_it_replaces_outside_the_lock_too() -> None:
    sealed = seal_record(to_seal("b", replaces="a"))
    assert open_record(sealed.manifest, contents(*sealed.files), PRIVATE).deprecated_id == "uuid:a"


@pytest.mark.parametrize(
    ("key", "problem"),
    [
        ("", "unreadable"),
        ("geen sleutel", "unreadable"),
        (PUBLIC[:-40], "unreadable"),
        (base64.b64encode(b"\x00" * 300).decode(), "unreadable"),
        (base64.b64encode(ECC.generate(curve="P-256").public_key().export_key(format="DER")).decode(), "not_rsa"),
        (base64.b64encode(new_pair(1024)[0].public_key().export_key("DER")).decode(), "too_short"),
        (base64.b64encode(RSA.construct((PRIVATE.n, 3)).export_key("DER")).decode(), "weak"),
    ],
    ids=["none", "words", "cut", "zeros", "curve", "short", "exponent"],
)
def test_a_key_we_do_not_trust_is_refused_with_its_reason(key: str, problem: str) -> None:
    with pytest.raises(FormKeyRefused) as refused:
        check_form_key("intake", key)
    assert refused.value.params == {"form_id": "intake", "problem": problem}
    with pytest.raises(FormKeyRefused):
        seal_record(replace(to_seal(), public_key=key))


def test_white_space_in_a_key_does_no_harm() -> None:
    check_form_key("intake", "\n".join(PUBLIC[at : at + 64] for at in range(0, len(PUBLIC), 64)))


@pytest.mark.parametrize("xml", [b"<data/>", record("other"), b"\xff\xfe", record("a")[:-9]])
def test_bytes_that_are_no_record_of_that_id_are_not_locked(xml: bytes) -> None:
    with pytest.raises(RecordBroken):
        seal_record(replace(to_seal("a"), xml=xml))


def outbox_row(plain: RecordToSeal, minute: int = 0) -> OutboxItem:
    sealed = seal_record(plain)
    name = plain.instance_id.removeprefix("uuid:")
    return row(name, sealed.manifest, minute=minute, files=sealed.files)


def test_a_receiver_keeps_manifest_and_files_and_the_edit_after_its_original(
    receiver: TrialReceiver, server: OpenRosaServer
) -> None:
    first = to_seal("a", RecordFile("foto.jpg", b"foto"))
    second = to_seal("b", replaces="a", text="lassen en solderen")
    outbox = MemoryOutbox(outbox_row(second, minute=0), outbox_row(first, minute=1))

    report = run_once(outbox, server, NOW)

    assert report.sent == ("uuid:a", "uuid:b")
    found = {one.instance_id: one for one in receiver.received}
    for plain in (first, second):
        kept = found[plain.instance_id]
        opened = open_record(kept.xml, kept.files, PRIVATE)
        assert (opened.xml, opened.genuine) == (plain.xml, True)
    assert found["uuid:b"].root_id == "uuid:a"


def test_oaep_is_the_one_of_the_specification() -> None:
    """SHA-1 inside, as many libraries have it, does not open it: both hashes are SHA-256."""
    sealed = seal_record(to_seal())
    wrapped = sealed.manifest.split(b"base64EncryptedKey>")[1].split(b"<")[0]
    with pytest.raises(ValueError, match="decryption"):
        PKCS1_OAEP.new(PRIVATE).decrypt(base64.b64decode(wrapped))
