"""Encrypted records after the ODK specification (https://getodk.github.io/xforms-spec/encryption): a manifest and .enc
files that only the holder of the form's private key opens."""

from __future__ import annotations

import base64
import binascii
import hashlib
import secrets
from collections.abc import Iterator
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.decrepit.ciphers.modes import CFB
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.padding import PKCS7
from cryptography.hazmat.primitives.serialization import load_der_public_key
from lxml import etree

from intake_app import safe_xml
from intake_app.domain.instance import RecordFile
from intake_app.domain.sealing import RecordToSeal, SealedRecord
from intake_app.errors import FormKeyRefused, RecordBroken
from intake_app.sync.letters import RecordIds, record_ids

KEY_BYTES = 32
BLOCK_BYTES = 16
LEAST_KEY_BITS = 2048
LEAST_EXPONENT = 65537
SUBMISSIONS = "http://opendatakit.org/submissions"
METADATA = "http://openrosa.org/xforms"
XML_NAME = "submission.xml"
SUFFIX = ".enc"


def check_form_key(form_id: str, public_key: str) -> None:
    """Raises FormKeyRefused (problem `unreadable`, `not_rsa`, `too_short` or `weak`) for a key we do not trust.

    The specification asks for RSA of at least 2048 bits, as X.509 in DER, in base64.
    """
    _load(form_id, public_key)


def seal_record(record: RecordToSeal) -> SealedRecord:
    """Lock a record with a key of its own, which is wiped before this returns and stands nowhere but in the manifest,
    readable with the private key only. Raises FormKeyRefused, and RecordBroken for bytes that are no record of that id.

    The manifest names instanceID and, for an edit, deprecatedID in clear, since the server orders records by them.
    """
    rsa, ids = _load(record.form_id, record.public_key), record_ids(record.xml)
    if ids.instance_id != record.instance_id:
        raise RecordBroken(instance_id=record.instance_id, problem="other_instance_id")
    key = bytearray(secrets.token_bytes(KEY_BYTES))
    try:
        wrapped = base64.b64encode(rsa.encrypt(bytes(key), _oaep())).decode()
        plain = (*record.files, RecordFile(XML_NAME, record.xml))
        vectors = _vectors(record.instance_id, key)
        sealed = tuple(RecordFile(one.name + SUFFIX, _seal(key, next(vectors), one.content)) for one in plain)
    finally:
        key[:] = bytes(KEY_BYTES)
    digest = hashlib.md5(_signed_text(record, wrapped, plain), usedforsecurity=False).digest()
    signature = base64.b64encode(rsa.encrypt(digest, _oaep())).decode()
    return SealedRecord(_manifest(record, ids, wrapped, signature), sealed)


def _load(form_id: str, public_key: str) -> RSAPublicKey:
    try:
        der = base64.b64decode("".join(public_key.split()), validate=True)
        key = load_der_public_key(der)
    except (binascii.Error, ValueError, UnsupportedAlgorithm):
        raise FormKeyRefused(form_id=form_id, problem="unreadable") from None
    if not isinstance(key, RSAPublicKey):
        raise FormKeyRefused(form_id=form_id, problem="not_rsa")
    if key.key_size < LEAST_KEY_BITS:
        raise FormKeyRefused(form_id=form_id, problem="too_short")
    if key.public_numbers().e < LEAST_EXPONENT:
        raise FormKeyRefused(form_id=form_id, problem="weak")
    return key


def _oaep() -> OAEP:
    return OAEP(mgf=MGF1(algorithm=SHA256()), algorithm=SHA256(), label=None)


def _vectors(instance_id: str, key: bytearray) -> Iterator[bytes]:
    """One initialisation vector per file: the seed of which one byte more is raised each time."""
    seed = bytearray(hashlib.md5(instance_id.encode() + bytes(key), usedforsecurity=False).digest())
    counter = 0
    while True:
        seed[counter % BLOCK_BYTES] = (seed[counter % BLOCK_BYTES] + 1) % 256
        counter += 1
        yield bytes(seed)


def _seal(key: bytearray, vector: bytes, content: bytes) -> bytes:
    padder = PKCS7(BLOCK_BYTES * 8).padder()
    padded = padder.update(content) + padder.finalize()
    encryptor = Cipher(AES(bytes(key)), CFB(vector)).encryptor()
    return encryptor.update(padded) + encryptor.finalize()


def _signed_text(record: RecordToSeal, wrapped: str, plain: tuple[RecordFile, ...]) -> bytes:
    version = (record.form_version,) if record.form_version else ()
    sums = (f"{one.name}::{hashlib.md5(one.content, usedforsecurity=False).hexdigest()}" for one in plain)
    lines = (record.form_id, *version, wrapped, record.instance_id, *sums)
    return "".join(f"{line}\n" for line in lines).encode()


def _manifest(record: RecordToSeal, ids: RecordIds, wrapped: str, signature: str) -> bytes:
    names: dict[Any, str] = {None: SUBMISSIONS, "orx": METADATA}  # lxml's types leave out the default namespace's None
    root = etree.Element(f"{{{SUBMISSIONS}}}data", nsmap=names)
    root.set("id", record.form_id)
    if record.form_version:
        root.set("version", record.form_version)
    root.set("encrypted", "yes")
    _text(root, f"{{{SUBMISSIONS}}}base64EncryptedKey", wrapped)
    meta = etree.SubElement(root, f"{{{METADATA}}}meta")
    _text(meta, f"{{{METADATA}}}instanceID", record.instance_id)
    if ids.deprecated_id:
        _text(meta, f"{{{METADATA}}}deprecatedID", ids.deprecated_id)
    for one in record.files:
        media = etree.SubElement(root, f"{{{SUBMISSIONS}}}media")
        _text(media, f"{{{SUBMISSIONS}}}file", one.name + SUFFIX)
    _text(root, f"{{{SUBMISSIONS}}}encryptedXmlFile", XML_NAME + SUFFIX)
    _text(root, f"{{{SUBMISSIONS}}}base64EncryptedElementSignature", signature)
    return safe_xml.serialize(root)


def _text(parent: etree._Element, name: str, text: str) -> None:
    etree.SubElement(parent, name).text = text
