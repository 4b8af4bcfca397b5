"""Opens encrypted records as the holder of the private key does: written from the steps of the specification, with
PyCryptodome, and nothing of the product (https://getodk.github.io/xforms-spec/encryption)."""

import base64
import hashlib
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass, field

from Crypto.Cipher import AES, PKCS1_OAEP
from Crypto.Hash import SHA256
from Crypto.PublicKey import RSA
from Crypto.Signature import pss
from Crypto.Util.Padding import unpad
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

SUBMISSIONS = "{http://opendatakit.org/submissions}"
METADATA = "{http://openrosa.org/xforms}"


@dataclass(frozen=True)
class Opened:
    """What was inside: the record, its files, the record's key, and whether the signature holds."""

    xml: bytes
    files: dict[str, bytes]
    key: bytes = field(repr=False)
    genuine: bool = False
    deprecated_id: str = ""


def new_pair(bits: int = 2048) -> tuple[RSA.RsaKey, str]:
    """A private key, and the public one as a form carries it."""
    # made elsewhere because that is quick; all opening is done with it here
    made = generate_private_key(65537, bits)
    private = RSA.import_key(made.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))
    return private, base64.b64encode(private.public_key().export_key("DER")).decode()


def open_record(manifest: bytes, files: Mapping[str, bytes], private: RSA.RsaKey) -> Opened:
    """Decrypt in the order of the manifest, the record itself last, and check the signature."""
    root = ET.fromstring(manifest)
    assert root.tag == f"{SUBMISSIONS}data"
    assert root.get("encrypted") == "yes"
    instance_id = _text(root, f"{METADATA}meta/{METADATA}instanceID")
    wrapped = _text(root, f"{SUBMISSIONS}base64EncryptedKey")
    key = _unwrap(wrapped, private)
    assert len(key) == 32
    names = [each.text or "" for each in root.findall(f"{SUBMISSIONS}media/{SUBMISSIONS}file")]
    names.append(_text(root, f"{SUBMISSIONS}encryptedXmlFile"))
    seed = bytearray(hashlib.md5(instance_id.encode() + key).digest())
    plain: dict[str, bytes] = {}
    for counter, name in enumerate(names):
        seed[counter % 16] = (seed[counter % 16] + 1) % 256
        cipher = AES.new(key, AES.MODE_CFB, iv=bytes(seed), segment_size=128)
        plain[name.removesuffix(".enc")] = unpad(cipher.decrypt(files[name]), 16)
    told = [root.get("id") or "", *([root.get("version") or ""] if root.get("version") else []), wrapped, instance_id]
    told += [f"{name}::{hashlib.md5(content).hexdigest()}" for name, content in plain.items()]
    digest = hashlib.md5("".join(f"{line}\n" for line in told).encode()).digest()
    signature = _unwrap(_text(root, f"{SUBMISSIONS}base64EncryptedElementSignature"), private)
    xml = plain.pop("submission.xml")
    deprecated = root.findtext(f"{METADATA}meta/{METADATA}deprecatedID") or ""
    return Opened(xml, plain, key, signature == digest, deprecated)


def _unwrap(text: str, private: RSA.RsaKey) -> bytes:
    scheme = PKCS1_OAEP.new(private, hashAlgo=SHA256, mgfunc=lambda seed, length: pss.MGF1(seed, length, SHA256))
    return bytes(scheme.decrypt(base64.b64decode(text)))


def _text(root: ET.Element, path: str) -> str:
    found = root.findtext(path)
    assert found, path
    return found.strip()
