"""What the engine asks of the app around it: properties of the device, the record before, signatures, files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Verify = Callable[[bytes, bytes, bytes], bool]
"""Whether an Ed25519 signature (second, 64 bytes) by a public key (first, 32 bytes) fits a message (third)."""


@dataclass(frozen=True)
class Ports:
    """The means a form may need. All are optional; a form that needs none never notices.

    `properties` by ODK's names (deviceid, email, username, phonenumber) serve `property()` and the preloads of
    the same name. `lists` are files of lists by name, taken before those of the media folder. `last_saved` gives the
    XML of the last saved record of this form, or None. `verify` serves `extract-signed()`. `keep_file` stores a file
    under the name it is given and answers the name it now has.
    """

    properties: Mapping[str, str] = field(default_factory=dict, repr=False)
    lists: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    last_saved: Callable[[], bytes | None] | None = field(default=None, repr=False)
    verify: Verify | None = field(default=None, repr=False)
    keep_file: Callable[[str, bytes], str] | None = field(default=None, repr=False)
