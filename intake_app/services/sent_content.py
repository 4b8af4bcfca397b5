"""What a waiting record says, in Dutch, read from the very bytes that will be sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from intake_app.domain.ids import FormId, FormVersion, InstanceId
from intake_app.domain.instance import OutboxItem
from intake_app.errors import FormInvalid, RecordErased, RecordMissing, UnsafeXml
from intake_app.i18n.formats import format_date
from intake_app.services.office import Office
from intake_app.services.policy import Action, guarded
from intake_app.services.submissions import Outbox
from intake_app.xforms.api import FormDefinition, FormEntry, NodeView, leaves

DUTCH = "nl"


@dataclass(frozen=True)
class SentLine:
    """One thing that the record says. `question` is empty for what the app itself writes; `name` is its own name."""

    name: str
    question: str
    answer: str = field(repr=False)


@dataclass(frozen=True)
class SentContent:
    """Everything in a record, and its files by name and size. `locked` when only the centre can open what leaves; the
    lines are then those of the record inside. Bytes that are no record of a known form stand there as they are.
    """

    lines: tuple[SentLine, ...] = field(repr=False)
    files: tuple[tuple[str, int], ...] = field(default=(), repr=False)
    locked: bool = False


@guarded(Action.SEND)
def content_of(office: Office, instance_id: InstanceId) -> SentContent:
    """What will be sent of this row. Raises RecordMissing when it went, or was taken out meanwhile."""
    item = Outbox(office.store).load(instance_id)
    inside = _inside(office, item)
    files = tuple((file.name, len(file.content)) for file in item.files)
    lines = lines_of(office, item.form_id, item.form_version, inside or item.xml)
    return SentContent(lines, files, inside is not None)


def _inside(office: Office, item: OutboxItem) -> bytes | None:
    """The record that a locked one was made of, as it is kept here; None for one that leaves readable."""
    if b'encrypted="yes"' not in item.xml[:4000]:
        return None
    try:
        with office.store.unit_of_work() as uow:
            return uow.instances.get(item.instance_id).released_xml
    except (RecordMissing, RecordErased):
        return None


@guarded(Action.SEND)
def lines_of(office: Office, form_id: FormId, version: FormVersion, xml: bytes) -> tuple[SentLine, ...]:
    """Everything that the bytes of a record say; nothing where they cannot be read."""
    form = _form(office, form_id, version)
    entry = _entry(form, xml) if form is not None else None
    views = {view.ref: view for view in entry.nodes()} if entry is not None else {}
    repeats = {view.generic_ref for view in views.values() if view.kind == "repeat"}
    try:
        found = leaves(xml, repeats)
    except UnsafeXml:
        return ()
    return tuple(_line(entry, views.get(leaf.ref), leaf.ref, leaf.text) for leaf in found)


def _form(office: Office, form_id: FormId, version: FormVersion) -> FormDefinition | None:
    current = office.forms.get(form_id)
    if current is not None and current.version == version:
        return current
    return office.past_forms(form_id, version) or current


def _entry(form: FormDefinition, xml: bytes) -> FormEntry | None:
    try:
        return FormEntry.restore(form, xml, language=DUTCH)
    except (FormInvalid, UnsafeXml):
        return None


def _line(entry: FormEntry | None, view: NodeView | None, ref: str, text: str) -> SentLine:
    own = ref.rsplit("/", 1)[-1].partition("[")[0]
    if entry is None or view is None:
        return SentLine(own, "", text)
    name = view.tags.get("host") or own
    question = entry.label(ref, DUTCH) if view.control not in (None, "trigger") else None
    return SentLine(name, question or "", answer_shown(entry, view, text))


def answer_shown(entry: FormEntry, view: NodeView, text: str) -> str:
    """The text as a person reads it; where the live record says something else than the bytes, the bytes."""
    if view.choices is not None:
        labels = {choice.value: choice.label for choice in entry.choices(view.ref, DUTCH) or ()}
        return " · ".join(labels.get(word) or word for word in text.split())
    if view.type == "date":
        try:
            return format_date(date.fromisoformat(text), DUTCH)
        except ValueError:
            return text
    return text
