"""What the app hands the engine: properties, the record before, signatures, files; controls with their own rules."""

from base64 import b64encode

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from intake_app.errors import EventRefused, VerifierMissing
from intake_app.xforms.api import Ports
from tests.xforms.story import Story, ask, bind, form, opened


def verify(key: bytes, signature: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


SIGNED = form("<code/><key/><said/>", bind("said", calculate="extract-signed(/data/code, /data/key)"),
              ask("code") + ask("key"))  # fmt: skip


def test_a_signed_message_is_read_only_when_the_signature_fits() -> None:
    key = Ed25519PrivateKey.generate()
    message = b"kaart 7"
    entry = opened(SIGNED, Ports(verify=verify))
    entry.set_value("/data/key", b64encode(key.public_key().public_bytes_raw()).decode())

    entry.set_value("/data/code", b64encode(key.sign(message) + message).decode())
    assert entry.value("/data/said") == "kaart 7"

    entry.set_value("/data/code", b64encode(key.sign(message) + b"kaart 8").decode())
    assert entry.value("/data/said") == ""


def test_a_form_with_signatures_names_what_is_missing() -> None:
    with pytest.raises(VerifierMissing) as refused:
        Story(SIGNED)

    assert refused.value.params == {"function": "extract-signed", "where": "/data/said"}


PHOTOS = form("<one/><two/><text/>", bind("one", type="binary") + bind("two", type="binary"),
              '<upload ref="/data/one" mediatype="image/*"/><upload ref="/data/two" mediatype="image/*"/>'
              + ask("text"))  # fmt: skip


def test_a_file_is_kept_by_the_app_and_named_in_the_record() -> None:
    kept: dict[str, bytes] = {}

    def keep(name: str, content: bytes) -> str:
        kept[name] = content
        return name

    entry = opened(PHOTOS, Ports(keep_file=keep))
    entry.attach("/data/one", "C:\\Users\\bea\\photo.jpg", b"1")
    entry.attach("/data/two", "/home/bea/photo.jpg", b"2")

    assert [entry.value("/data/one"), entry.value("/data/two")] == ["photo.jpg", "photo-2.jpg"]
    assert kept == {"photo.jpg": b"1", "photo-2.jpg": b"2"}
    with pytest.raises(EventRefused):
        entry.attach("/data/text", "photo.jpg", b"3")


@pytest.mark.parametrize("name", ["../x.jpg", "a/b.jpg", "a\\b.jpg", ".."])
def test_a_file_answer_is_a_bare_name(name: str) -> None:
    assert Story(PHOTOS).answer("one", name).rejected is not None
