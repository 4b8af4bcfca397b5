"""Filling the small forms that the app writes itself: participant, plan, status (DESIGN 8, DOMAIN 8.10)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from intake_app.domain.consent import ConsentCode, released
from intake_app.domain.ids import FormId, FormVersion, InstanceId
from intake_app.errors import UnknownName
from intake_app.profile.answers import ConceptIndex
from intake_app.xforms.api import FormDefinition, FormEntry, Ports, serialize

Rows = Sequence[Mapping[str, str]]
_REPLACED = re.compile(rb"<(\w+:)?deprecatedID>[^<]*</(\w+:)?deprecatedID>")


@dataclass(frozen=True)
class Record:
    """One written record, ready to be frozen."""

    form_id: FormId
    form_version: FormVersion
    instance_id: InstanceId
    xml: bytes = field(repr=False)


def write_record(
    definition: FormDefinition,
    content: Mapping[str, str | Rows],
    consents: frozenset[ConsentCode],
    before: bytes | None = None,
    ports: Ports | None = None,
) -> Record:
    """Fill the host nodes of a form and keep what the consents release.

    With `before`, the bytes of an earlier record, the new one is an edit of it: it names that one as deprecatedID.

    `content` maps host names to a text or to rows. A name that the form does not have raises UnknownName, so that
    a changed form is noticed before anything is sent.
    """
    if before is None:
        entry = FormEntry.new(definition, ports=ports)
    else:
        entry = FormEntry.edit(definition, before, ports=ports)
    hosts = ConceptIndex.of(definition).hosts
    for name, value in content.items():
        if name not in hosts:
            raise UnknownName(kind="field", name=name, form=definition.form_id)
        entry.set_host(name, value)
    entry.finalize()
    keep = released(consents, {ref: bind.tags for ref, bind in definition.binds.items()})
    return Record(
        FormId(definition.form_id),
        FormVersion(definition.version),
        InstanceId(entry.instance_id),
        serialize(entry, keep=keep or frozenset()),
    )


def first_version(xml: bytes) -> bytes:
    """The same record, in the place of none before it."""
    return _REPLACED.sub(b"", xml)
