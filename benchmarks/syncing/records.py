"""Finished records of every form, with edits, and of a form of others with files, in the stores of laptops."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from benchmarks.killing.examine import PASSPHRASE, gate
from intake_app.domain.draft import ParticipantRecord
from intake_app.domain.ids import FormId, FormVersion, InstanceId, ParticipantId, ParticipantNumber
from intake_app.domain.instance import FrozenInstance, InstanceStatus, OutboxItem, RecordFile
from intake_app.paths import resource_dir
from intake_app.services.submissions import queue
from intake_app.storage.gate import SqlStore
from intake_app.xforms.api import FormEntry, parse_form, serialize

FORMS = ("intake", "participant", "plan", "follow_up", "status", "data_request")
OTHERS = "tuinproef"
SECRET = "nooit-versturen-"
"""Begins a text that stands in what the laptop keeps, and in nothing that may be sent."""
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
EDITED_SHARE = 0.25
_MARK = b"</"
FILE_BYTES = 25_000
"""Three of these and the record do not fit into one request of the chaos run, so that they are divided."""
OTHERS_FORM = f"""<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head>
<h:title>Tuinproef</h:title><model><instance><data id="{OTHERS}" version="1"><a/><b/><c/><meta><instanceID/></meta>
</data></instance></model></h:head><h:body/></h:html>"""


@dataclass
class Laptop:
    """The store of one laptop, and what must reach the server from it."""

    folder: Path
    frozen: dict[str, bytes] = field(default_factory=dict)
    files: dict[str, dict[str, bytes]] = field(default_factory=dict)


def blank_forms(folder: Path) -> Path:
    """A folder with every blank form, for the receiver."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in FORMS:
        (folder / f"{name}.xml").write_bytes((resource_dir("forms", "compiled") / f"{name}.xml").read_bytes())
    (folder / f"{OTHERS}.xml").write_text(OTHERS_FORM, encoding="utf-8")
    return folder


def fill(folder: Path, count: int, random: Random, *, size: int = 200) -> Laptop:
    """A store with so many records waiting, edits among them, and a third as many that may never be sent."""
    laptop = Laptop(folder)
    samples = {name: _sample(name) for name in FORMS}
    store = gate(folder).create(PASSPHRASE, "Anneke", "site_lead", "counsellor")
    try:
        _add_person(store)
        for number, item in enumerate(_items(count, samples, random, size)):
            laptop.frozen[item.instance_id] = item.xml
            laptop.files[item.instance_id] = {file.name: file.content for file in item.files}
            _keep(store, item, silent=number % 3 == 0)
    finally:
        store.close()
    return laptop


def _items(count: int, samples: dict[str, tuple[bytes, str, str]], random: Random, size: int) -> Iterator[OutboxItem]:
    made = 0
    while made < count:
        form = random.choice([*FORMS, OTHERS])
        before = ""
        for _ in range(1 + (random.random() < EDITED_SHARE) + (random.random() < EDITED_SHARE / 2)):
            if made == count:
                return
            name = f"uuid:{uuid.UUID(int=random.getrandbits(128))}"
            yield _item(name, before, form, samples, random, size, made)
            before, made = name, made + 1


def _item(
    name: str, before: str, form: str, samples: dict[str, tuple[bytes, str, str]], random: Random, size: int, made: int
) -> OutboxItem:
    files: tuple[RecordFile, ...] = ()
    text = "é العربية " + _words(random, random.randrange(size // 2, size + size // 2))
    if form == OTHERS:
        version = "1"
        files = tuple(RecordFile(f"{name[5:13]}-{at}.jpg", random.randbytes(FILE_BYTES)) for at in "abc")
        named = "".join(f"<{at}>{file.name}</{at}>" for at, file in zip("abc", files, strict=True))
        xml = f'<data id="{OTHERS}" version="1"><!--{text}-->{named}<meta><instanceID>{name}</instanceID></meta></data>'
        content = xml.encode()
    else:
        sample, own, version = samples[form]
        content = sample.replace(own.encode(), name.encode()).replace(_MARK, f"<!--{text}--></".encode(), 1)
    if before:
        content = _edit(content, before)
    return OutboxItem(
        InstanceId(name),
        ParticipantId("p-1"),
        FormId(form),
        FormVersion(version),
        START + timedelta(seconds=random.randrange(made + 5)),
        content,
        files=files,
    )


def _words(random: Random, size: int) -> str:
    """Text of so many characters that shrinks no better than what people write: letters as often as in Dutch."""
    return "".join(random.choices("  eeeeennnaaattiiirrodsvlghkmubpwjzcf", k=size))


def _edit(xml: bytes, before: str) -> bytes:
    for prefix in (b"orx:", b""):
        end = b"</" + prefix + b"instanceID>"
        if end in xml:
            put = b"<" + prefix + b"deprecatedID>" + before.encode() + b"</" + prefix + b"deprecatedID>"
            return xml.replace(end, end + put, 1)
    raise ValueError("a record without instanceID")


def _sample(form: str) -> tuple[bytes, str, str]:
    definition = parse_form((resource_dir("forms", "compiled") / f"{form}.xml").read_bytes())
    entry = FormEntry.new(definition)
    entry.finalize()
    return serialize(entry), entry.instance_id, definition.version


def _add_person(store: SqlStore) -> None:
    with store.unit_of_work() as uow:
        uow.participants.add(
            ParticipantRecord(
                participant_id=ParticipantId("p-1"),
                number=ParticipantNumber("4711-2085"),
                account_id=store.account.account_id,
                created_at=START,
                call_name="Verzonnen",
                age_group="27_56",
                language="nl",
            )
        )
        uow.commit()


def _keep(store: SqlStore, item: OutboxItem, *, silent: bool) -> None:
    """The record as it is kept, with more in it than may leave; `silent` adds one that may not leave at all."""
    person = ParticipantId("p-1")
    whole = item.xml + f"<!--{SECRET}{item.instance_id}-->".encode()
    complete = InstanceStatus.COMPLETE
    with store.unit_of_work() as uow:
        uow.instances.add(
            FrozenInstance(
                item.instance_id, person, item.form_id, item.form_version, complete, item.queued_at, whole, item.xml
            )
        )
        if silent:
            kept = InstanceId(f"{item.instance_id}-here")
            uow.instances.add(
                FrozenInstance(kept, person, item.form_id, item.form_version, complete, item.queued_at, whole)
            )
        queue(uow, item)
        uow.commit()
