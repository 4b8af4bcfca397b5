"""A conversation in progress: answers go through the engine and into the journal before they count as kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from intake_app.domain.clock import Clock
from intake_app.domain.draft import DraftHeader, JournalEntry
from intake_app.domain.ids import FormId, FormVersion, InstanceId
from intake_app.profile.answers import Answers
from intake_app.services.drafts import SAVEPOINT_EVERY, Batch, DraftLog, MemoryDraft
from intake_app.services.files import FileCase, uploads
from intake_app.services.ports import UnitOfWork
from intake_app.services.walk.screens import Screen, Walk, WalkContext
from intake_app.xforms.api import Change, FormDefinition, FormEntry

NOT_STORED = "N"
"""Consent word of questions that live in memory only, in every talk."""


@dataclass
class Talk:
    """One entry with its journal, its walk and the texts still being typed. Nothing of it is global."""

    definition: FormDefinition
    entry: FormEntry = field(repr=False)
    header: DraftHeader
    clock: Clock = field(repr=False)
    context: WalkContext
    log: DraftLog = field(default_factory=MemoryDraft, repr=False)
    sequence: int = 0
    typing: dict[str, str] = field(default_factory=dict, repr=False)
    files: FileCase = field(default_factory=FileCase, repr=False)
    spoken: str = ""
    """The participant's language where the form does not ask for it."""
    _batch: Batch | None = field(default=None, init=False, repr=False)

    def __post_init__(self) -> None:
        """Index the form once."""
        self.answers = Answers(self.entry, self.definition)
        self.memory_refs = frozenset(
            ref for ref, bind in self.definition.binds.items() if NOT_STORED in bind.tags.get("consent", "").split()
        )
        self.has_uploads = any(control.kind == "upload" for control in self.definition.controls.values())
        self._walk = Walk(self.definition, self.entry, self.context)

    @property
    def instance_id(self) -> InstanceId:
        """InstanceID of the record that this talk becomes."""
        return InstanceId(self.entry.instance_id)

    @property
    def form(self) -> tuple[FormId, FormVersion]:
        """Form id and version."""
        return FormId(self.definition.form_id), FormVersion(self.definition.version)

    @property
    def recording(self) -> bool:
        """Whether the answers are written to the store."""
        return self.log.durable

    @property
    def language(self) -> str:
        """The participant's language, Dutch until one is chosen."""
        return self.answers.text("talk_language") or self.spoken or "nl"

    @property
    def walk(self) -> Walk:
        """The walk over the answers as they stand."""
        if self._walk.context != self.context:
            self._walk = Walk(self.definition, self.entry, self.context)
        return self._walk

    def screens(self) -> tuple[Screen, ...]:
        """The screens to be shown now."""
        return self.walk.screens()

    @contextmanager
    def together(self) -> Iterator[None]:
        """What happens inside is kept in one transaction, or not at all.

        Raises StorageError when it could not be kept: entry, journal and the texts being typed then stand as before,
        and a text that was given waits in `typing`.
        """
        if self._batch is not None:
            yield
            return
        before, sequence, header, typing = self.entry.savepoint(), self.sequence, self.header, dict(self.typing)
        waiting = dict(self.files.waiting)
        self._batch = Batch()
        try:
            yield
            self._keep(self._batch)
        except BaseException:
            self.entry.return_to(before)
            self.sequence, self.header, self.typing = sequence, header, typing
            self.files.waiting = waiting
            raise
        finally:
            self._batch = None

    def answer(self, ref: str, value: str) -> Change:
        """Give an answer. It is durable, where the talk is recorded, when this returns. Raises StorageError."""
        typed = self.typing.pop(ref, None)
        try:
            with self.together():
                change = self.apply({"set": ref, "value": value})
                if change.rejected is None and value:
                    self._unskip(ref)
                if typed is not None and self._batch is not None:
                    self._batch.typing = self.stored_typing()
        except Exception:
            self.hold(ref, value)
            raise
        return change

    def attach(self, ref: str, name: str, content: bytes) -> Change:
        """Answer an upload question with a file. It is as durable as an answer. Raises EventRefused, StorageError."""
        with self.together():
            change = self.entry.attach(ref, name, content)
            self._write_down({"set": ref, "value": self.entry.value(ref)}, change)
        return change

    def hold(self, ref: str, value: str) -> None:
        """Hold on to a text that could not be kept, so that nothing typed is lost."""
        control = self.definition.controls.get(generic(ref))
        if value and control is not None and control.kind == "input":
            self.typing[ref] = value

    def skip(self, ref: str) -> None:
        """Leave a question open on purpose: its answer is empty and its ref stands in `skipped`."""
        with self.together():
            if self.entry.value(ref):
                self.answer(ref, "")
            if not self._kept_in_memory(ref) and ref not in self.skipped():
                self.set_host("skipped", " ".join([*self.skipped(), ref]))

    def skipped(self) -> tuple[str, ...]:
        """Refs of the questions that were skipped."""
        return tuple(self.answers.host("skipped").split())

    def type(self, ref: str, text: str) -> None:
        """Keep text that is still being typed, so that a crash costs no word of it. Raises StorageError."""
        self.typing[ref] = text
        if not self._kept_in_memory(ref):
            self.log.keep(Batch(typing=self.stored_typing()))

    def forget_typed(self, ref: str) -> None:
        """Let go of a text that is still being typed; inside `together`, with which it is kept."""
        self.typing.pop(ref, None)
        if self._batch is not None:
            self._batch.typing = self.stored_typing()

    def stored_typing(self) -> dict[str, str]:
        """The texts still being typed that may be written."""
        return {ref: text for ref, text in self.typing.items() if not self._kept_in_memory(ref)}

    def add_instance(self, repeat: str) -> Change:
        """One more course, job, step or referral."""
        return self.apply({"add_repeat": repeat})

    def remove_instance(self, ref: str) -> Change:
        """Take an instance of a repeat away; those after it move up, also in what was skipped or is being typed."""
        with self.together():
            change = self.apply({"remove_repeat": ref})
            moved = {name: _moved_up(name, ref) for name in (*self.skipped(), *self.typing)}
            skipped = [moved[name] for name in self.skipped() if moved[name]]
            if tuple(skipped) != self.skipped():
                self.set_host("skipped", " ".join(skipped))
            if any(moved[name] != name for name in self.typing):
                self.typing = {moved[name]: text for name, text in self.typing.items() if moved[name]}
                if self._batch is not None:
                    self._batch.typing = self.stored_typing()
        return change

    def set_host(self, name: str, value: str | Sequence[Mapping[str, str]], within: str = "") -> Change | None:
        """Write what the app knows; None when the form has no such host node."""
        if name not in self.answers.index.hosts:
            return None
        event: dict[str, object] = {"host": name}
        event["value" if isinstance(value, str) else "rows"] = value if isinstance(value, str) else list(value)
        if within:
            event["within"] = within
        return self.apply(event)

    def apply(self, event: Mapping[str, object]) -> Change:
        """Run one event through the engine and write it down. Raises StorageError: it then did not happen."""
        with self.together():
            change = self.entry.apply(event)
            self._write_down(event, change)
        return change

    def _write_down(self, event: Mapping[str, object], change: Change) -> None:
        if change.rejected is None and not self._is_memory_event(event) and self._batch is not None:
            self.sequence += 1
            self._batch.entries.append(JournalEntry(self.sequence, dict(event), self.clock.now()))
            self.header = replace(self.header, updated_at=self.clock.now())
            if self.has_uploads and ("set" in event or "remove_repeat" in event):
                self.along(self.store_files)

    def store_files(self, uow: UnitOfWork) -> None:
        """Bring the files in the store in line with the answers."""
        self.files.store(uow, self.header.participant_id, self.instance_id, self.stored_files())

    def stored_files(self) -> frozenset[str]:
        """The names of the files that may be written."""
        return frozenset(name for ref, name in uploads(self.entry).items() if not self._kept_in_memory(ref))

    def along(self, work: Callable[[UnitOfWork], None]) -> None:
        """Do other work of the store in the transaction of this answer; only inside `together`."""
        if self._batch is not None:
            self._batch.also.append(work)

    def fold(self) -> None:
        """Write a savepoint with this answer, so that the journal no longer holds what was taken back."""
        if self._batch is not None:
            self._batch.savepoint = (self.stored_savepoint(), self.sequence)

    def go_on_in(self, log: DraftLog) -> None:
        """Keep the talk elsewhere from now on; `log` holds it already as it stands."""
        self.log = log
        if self._batch is not None:
            self._batch = Batch()

    def stored_savepoint(self) -> bytes:
        """The entry without the answers that are never stored."""
        return self.entry.savepoint(leave_empty=self.memory_refs)

    def _keep(self, batch: Batch) -> None:
        if batch.is_empty:
            return
        due = (
            bool(batch.entries)
            and self.sequence // SAVEPOINT_EVERY > (batch.entries[0].sequence - 1) // SAVEPOINT_EVERY
        )
        if self.recording and (due or batch.savepoint is not None):
            batch.savepoint = (self.stored_savepoint(), self.sequence)
        self.log.keep(batch)
        if self.has_uploads:
            self.forget_files(stored=self.recording)

    def forget_files(self, *, stored: bool) -> None:
        """Let go of the bytes that no answer names, and of those that the store holds."""
        named = set(uploads(self.entry).values()) - (self.stored_files() if stored else frozenset())
        self.files.waiting = {name: content for name, content in self.files.waiting.items() if name in named}

    def _unskip(self, ref: str) -> None:
        names = self.skipped()
        if ref in names:
            self.set_host("skipped", " ".join(name for name in names if name != ref))

    def _is_memory_event(self, event: Mapping[str, object]) -> bool:
        ref = event.get("set")
        return isinstance(ref, str) and self._kept_in_memory(ref)

    def _kept_in_memory(self, ref: str) -> bool:
        return generic(ref) in self.memory_refs


def generic(ref: str) -> str:
    """A ref without the numbers of its repeat instances."""
    return re.sub(r"\[\d+\]", "", ref) if "[" in ref else ref


def _moved_up(ref: str, removed: str) -> str:
    """A ref as it reads after an instance was removed; "" when it stood inside that instance."""
    repeat, _, number = removed.removesuffix("]").rpartition("[")
    found = re.match(re.escape(repeat) + r"\[(\d+)\](?=/|$)", ref)
    if found is None or int(found[1]) < int(number):
        return ref
    if found[1] == number:
        return ""
    return f"{repeat}[{int(found[1]) - 1}]{ref[found.end() :]}"
