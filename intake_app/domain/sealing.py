"""A record that is to be locked for the Werkcentrum, and what is left of it to send (ODK encrypted forms)."""

from __future__ import annotations

from dataclasses import dataclass, field

from intake_app.domain.ids import FormId, FormVersion, InstanceId
from intake_app.domain.instance import RecordFile


@dataclass(frozen=True)
class RecordToSeal:
    """A finished record in clear with its files, and the public key of its form (`base64RsaPublicKey`)."""

    form_id: FormId
    form_version: FormVersion
    public_key: str
    instance_id: InstanceId
    xml: bytes = field(repr=False)
    files: tuple[RecordFile, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class SealedRecord:
    """What may leave of a locked record: the manifest and the .enc files. There is no way back without the private key.

    Every call that makes one draws a new key, so these bytes are kept as they are and never made a second time.
    """

    manifest: bytes = field(repr=False)
    files: tuple[RecordFile, ...] = field(repr=False)
