"""A conversation in progress: answers go through the engine and into the journal before they count as kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from intake_app.domain.clock import Clock
from intake_app.domain.draft import DraftHeader, JournalEntry
from intake_app.domain.ids import FormId, FormVersion, InstanceId
from intake_app.profile.answers import Answers
from intake_app.services.drafts import SAVEPOINT_EVERY, DraftLog, MemoryDraft
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

    def __post_init__(self) -> None:
        """Index the form once."""
        self.answers = Answers(self.entry, self.definition)

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
        return self.answers.text("talk_language") or "nl"

    @property
    def walk(self) -> Walk:
        """The walk over the answers as they stand."""
        return Walk(self.definition, self.entry, self.context)

    def screens(self) -> tuple[Screen, ...]:
        """The screens to be shown now."""
        return self.walk.screens()

    def answer(self, ref: str, value: str) -> Change:
        """Give an answer. It is durable, where the talk is recorded, when this returns.

        Raises StorageError when it could not be kept: the entry then stands as before.
        """
        before = self.entry.value(ref)
        change = self.apply({"set": ref, "value": value}, undo={"set": ref, "value": before})
        if change.rejected is None:
            self.typing.pop(ref, None)
            if value:
                self._unskip(ref)
        return change

    def skip(self, ref: str) -> None:
        """Leave a question open on purpose: its answer is empty and its ref stands in `skipped`."""
        if self.entry.value(ref):
            self.answer(ref, "")
        if not self._kept_in_memory(ref):
            names = [*self.skipped(), ref] if ref not in self.skipped() else list(self.skipped())
            self.set_host("skipped", " ".join(names))

    def skipped(self) -> tuple[str, ...]:
        """Refs of the questions that were skipped."""
        return tuple(self.answers.host("skipped").split())

    def type(self, ref: str, text: str) -> None:
        """Keep text that is still being typed, so that a crash costs no word of it."""
        self.typing[ref] = text
        if not self._kept_in_memory(ref):
            self.log.typing({key: value for key, value in self.typing.items() if not self._kept_in_memory(key)})

    def add_instance(self, repeat: str) -> Change:
        """One more course, job, step or referral."""
        return self.apply({"add_repeat": repeat})

    def remove_instance(self, ref: str) -> Change:
        """Take an instance of a repeat away."""
        return self.apply({"remove_repeat": ref})

    def set_host(self, name: str, value: str | Sequence[Mapping[str, str]], within: str = "") -> Change | None:
        """Write what the app knows; None when the form has no such host node."""
        if name not in self.answers.index.hosts:
            return None
        event: dict[str, object] = {"host": name}
        event["value" if isinstance(value, str) else "rows"] = value if isinstance(value, str) else list(value)
        if within:
            event["within"] = within
        return self.apply(event)

    def apply(self, event: Mapping[str, object], undo: Mapping[str, object] | None = None) -> Change:
        """Run one event through the engine and write it down."""
        change = self.entry.apply(event)
        if change.rejected is not None or self._is_memory_event(event):
            return change
        entry = JournalEntry(self.sequence + 1, dict(event), self.clock.now())
        try:
            self.log.append([entry])
        except Exception:
            if undo is not None:
                self.entry.apply(undo)
            raise
        self.sequence += 1
        self._touch()
        if self.sequence % SAVEPOINT_EVERY == 0:
            self.log.savepoint(self.stored_savepoint(), self.sequence)
        return change

    def stored_savepoint(self) -> bytes:
        """The entry without the answers that are never stored; they are put back at once."""
        held = {ref: self.entry.value(ref) for ref in self._memory_refs() if self.entry.value(ref)}
        for ref in held:
            self.entry.apply({"set": ref, "value": ""})
        savepoint = self.entry.savepoint()
        for ref, value in held.items():
            self.entry.apply({"set": ref, "value": value})
        return savepoint

    def _touch(self) -> None:
        self.header = replace(self.header, updated_at=self.clock.now())

    def _unskip(self, ref: str) -> None:
        names = self.skipped()
        if ref in names:
            self.set_host("skipped", " ".join(name for name in names if name != ref))

    def _memory_refs(self) -> tuple[str, ...]:
        return tuple(ref for ref in self.definition.binds if self._kept_in_memory(ref))

    def _is_memory_event(self, event: Mapping[str, object]) -> bool:
        ref = event.get("set")
        return isinstance(ref, str) and self._kept_in_memory(ref)

    def _kept_in_memory(self, ref: str) -> bool:
        tags = self.entry.node(ref).tags
        return NOT_STORED in tags.get("consent", "").split()
