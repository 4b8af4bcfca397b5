"""The digest function."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence

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
