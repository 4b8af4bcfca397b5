"""Digests and signatures."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Sequence

from intake_app.errors import VerifierMissing
from intake_app.xforms.xpath.functions.registry import plain
from intake_app.xforms.xpath.values import Context, Value, to_string

_ALGORITHMS = {"MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512"}


@plain("digest", 2, 3)
def _digest(ctx: Context, args: Sequence[Value]) -> Value:
    """Base64 unless `hex` is asked; empty for an algorithm that ODK does not name."""
    algorithm = _ALGORITHMS.get(to_string(args[1]).upper())
    if algorithm is None:
        return ""
    # ODK forms use digests to make pseudonyms of their own data; the form names the algorithm.
    found = hashlib.new(algorithm, to_string(args[0]).encode(), usedforsecurity=False)
    if len(args) == 3 and to_string(args[2]).lower() == "hex":
        return found.hexdigest()
    return base64.b64encode(found.digest()).decode()


_SIGNATURE = 64
"""Bytes of an Ed25519 signature, which stand before the message it signs."""


@plain("extract-signed", 2)
def _extract_signed(ctx: Context, args: Sequence[Value]) -> Value:
    """The message in a signed text, empty when the signature is not by this key. Raises VerifierMissing."""
    verify = ctx.runtime.verifier()
    if verify is None:
        where = "" if ctx.current.definition is None else ctx.current.definition.ref
        raise VerifierMissing(function="extract-signed", where=where)
    try:
        signed, key = (base64.b64decode(to_string(arg).strip(), validate=True) for arg in args)
    except (binascii.Error, ValueError):
        return ""
    signature, message = signed[:_SIGNATURE], signed[_SIGNATURE:]
    if len(signature) < _SIGNATURE or not verify(key, signature, message):
        return ""
    return message.decode("utf-8", "replace")
