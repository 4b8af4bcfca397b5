"""What ODK Central answers to a submission, rule by rule, for trials and tests; no network in this file."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import Lock
from xml.parsers import expat

from intake_app.domain.clock import Clock, SystemClock

NOTICE = "trial receiver, no production server"
SUCCESS = f"full submission upload was successful! ({NOTICE})"
DELETED = "This submission has been deleted. You may not resubmit it."
DIFFERENT = "A submission already exists with this ID, but with different XML."
NO_FORM_ID = "Required parameter form ID xml attribute missing."
UNKNOWN_FORM = "Could not find the resource you were looking for."
UNKNOWN_VERSION = "The form version specified in this submission does not exist on this server."
CLOSED = "This form is not currently accepting submissions."
NOT_ASSIGNED = "Could not authenticate with the provided credentials."
NOT_FOUND = "You tried to update an existing submission, but we can't find that submission to update."


@dataclass(frozen=True)
class ReceivedRecord:
    """A record as it came in, with the receipt that was given. `root_id` is the id of its first version."""

    instance_id: str
    root_id: str
    deprecated_id: str
    form_id: str
    version: str
    received_at: datetime
    receipt: str
    xml: bytes = field(repr=False)
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Verdict:
    """The answer to a submission: an HTTP status and the server's words; `record` when it was kept now."""

    status: int
    text: str
    record: ReceivedRecord | None = None


@dataclass
class Envelope:
    """What the receiver reads of a record."""

    form_id: str = ""
    version: str = ""
    instance_id: str = ""
    deprecated_id: str = ""
    texts: set[str] = field(default_factory=set)


class TrialCentral:
    """The records of one project and the rules of ODK Central about them.

    `forms` maps each form id to its known versions; None takes every form. Several threads may call it.
    """

    def __init__(self, forms: dict[str, set[str]] | None = None, clock: Clock | None = None) -> None:
        self._forms = forms
        self._clock = clock or SystemClock()
        self._lock = Lock()
        self._records: dict[str, ReceivedRecord] = {}
        self._files: dict[str, dict[str, bytes]] = {}
        self._current: dict[str, str] = {}
        self._deleted: set[str] = set()
        self._closed: set[str] = set()
        self._unassigned: set[str] = set()
        self._busy: set[str] = set()

    @property
    def received(self) -> tuple[ReceivedRecord, ...]:
        """Every version of every record, in the order in which they came."""
        with self._lock:
            return tuple(replace(one, files=dict(self._files[one.instance_id])) for one in self._records.values())

    def close_form(self, form_id: str) -> None:
        """From now on the form takes no submissions (409)."""
        self._closed.add(form_id)

    def unassign(self, form_id: str) -> None:
        """The app user may no longer use the form (401), while HEAD still says 204."""
        self._unassigned.add(form_id)

    def delete(self, instance_id: str) -> None:
        """What an administrator does: the record goes, and may not come back."""
        with self._lock:
            root = self._records[instance_id].root_id
            self._current.pop(root, None)
            gone = [key for key, record in self._records.items() if record.root_id == root]
            for key in gone:
                del self._records[key], self._files[key]
            self._deleted.update(gone)

    @contextmanager
    def working_on(self, xml: bytes) -> Iterator[Verdict | None]:
        """Hold a record while it is being worked on; a second equal request meanwhile gets the verdict of losers."""
        found = read_envelope(xml)
        with self._lock:
            lost = bool(found.instance_id) and found.instance_id in self._busy
            self._busy.add(found.instance_id)
        try:
            yield self._loser(found) if lost else None
        finally:
            if not lost:
                with self._lock:
                    self._busy.discard(found.instance_id)

    def submit(self, xml: bytes, files: Mapping[str, bytes] | None = None) -> Verdict:
        """Judge a submission and keep it if it is good. Bytes that are not UTF-8 give 500, as in Central.

        `files` that the XML does not name are passed over; those that came before are replaced by other bytes.
        """
        try:
            xml.decode("utf-8")
        except UnicodeDecodeError:
            return Verdict(500, "Internal Server Error")
        found = read_envelope(xml)
        refusal = self._form_refusal(found)
        if refusal is not None:
            return refusal
        found.instance_id = found.instance_id or f"uuid:{uuid.uuid4()}"
        with self._lock:
            verdict = self._judge(found, xml)
            if verdict.status == 201:
                self._keep_files(found, files or {})
            return verdict

    def _keep_files(self, found: Envelope, files: Mapping[str, bytes]) -> None:
        kept = self._files.setdefault(found.instance_id, {})
        if not kept and found.deprecated_id:
            kept.update({name: one for name, one in self._files[found.deprecated_id].items() if name in found.texts})
        kept.update({name: content for name, content in files.items() if name in found.texts})

    def _loser(self, found: Envelope) -> Verdict:
        return Verdict(409, _already_there(found) if found.deprecated_id else DELETED)

    def _form_refusal(self, found: Envelope) -> Verdict | None:
        if not found.form_id:
            return Verdict(400, NO_FORM_ID)
        if self._forms is not None and found.form_id not in self._forms:
            return Verdict(404, UNKNOWN_FORM)
        if found.form_id in self._unassigned:
            return Verdict(401, NOT_ASSIGNED)
        if self._forms is not None and found.version not in self._forms[found.form_id]:
            return Verdict(404, UNKNOWN_VERSION)
        if found.form_id in self._closed:
            return Verdict(409, CLOSED)
        return None

    def _judge(self, found: Envelope, xml: bytes) -> Verdict:
        if found.instance_id in self._deleted:
            return Verdict(409, DELETED)
        known = self._records.get(found.instance_id)
        if known is not None:
            return self._judge_known(found, known, xml)
        if not found.deprecated_id:
            return self._keep(found, found.instance_id, xml)
        before = self._records.get(found.deprecated_id)
        if before is None:
            return Verdict(404, NOT_FOUND)
        if self._current.get(before.root_id) != found.deprecated_id:
            return Verdict(409, _out_of_date(found.deprecated_id))
        return self._keep(found, before.root_id, xml)

    def _judge_known(self, found: Envelope, known: ReceivedRecord, xml: bytes) -> Verdict:
        if found.deprecated_id != known.deprecated_id and found.deprecated_id:
            return Verdict(409, _already_there(found))
        if known.xml != xml:
            return Verdict(409, DIFFERENT)
        if self._current.get(known.root_id) != known.instance_id:
            return Verdict(409, _out_of_date(found.deprecated_id or "undefined"))
        return Verdict(201, known.receipt)

    def _keep(self, found: Envelope, root_id: str, xml: bytes) -> Verdict:
        record = ReceivedRecord(
            instance_id=found.instance_id,
            root_id=root_id,
            deprecated_id=found.deprecated_id,
            form_id=found.form_id,
            version=found.version,
            received_at=self._clock.now(),
            receipt=SUCCESS,
            xml=xml,
        )
        self._records[record.instance_id] = record
        self._current[root_id] = record.instance_id
        return Verdict(201, SUCCESS, record)


def read_envelope(xml: bytes) -> Envelope:
    """Read form, version and ids as far as the text goes: Central also takes a record that is cut off.

    What cannot be read stays empty. A document type ends the reading.
    """
    reader = _EnvelopeReader()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = reader.refuse
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, _DocumentTypeError):
        return reader.found
    return reader.found


class _DocumentTypeError(Exception):
    """The record holds a document type."""


class _EnvelopeReader:
    def __init__(self) -> None:
        self.found = Envelope()
        self._path: list[str] = []
        self._text = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if not self._path:
            self.found.form_id = attributes.get("id", "")
            self.found.version = attributes.get("version", "")
        self._path.append(name.rpartition("}")[2])
        self._text = ""

    def end(self, _name: str) -> None:
        where = self._path[1:]
        if where == ["meta", "instanceID"]:
            self.found.instance_id = self._text.strip()
        elif where == ["meta", "deprecatedID"]:
            self.found.deprecated_id = self._text.strip()
        self._path.pop()
        if self._text.strip():
            self.found.texts.add(self._text.strip())
        self._text = ""

    def text(self, data: str) -> None:
        self._text += data

    def refuse(self, *_parts: object) -> None:
        raise _DocumentTypeError


def _already_there(found: Envelope) -> str:
    return f"A resource already exists with instanceID value(s) of {found.instance_id}."


def _out_of_date(instance_id: str) -> str:
    return f"You tried to update a submission, but the copy you were editing ({instance_id}) is now out of date."
