"""A talk begun with another version of its form: brought over, and what changed told in the words of the questions."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field

from intake_app.domain.draft import Draft, JournalEntry
from intake_app.domain.ids import FormId, FormVersion, InstanceId, ParticipantId
from intake_app.errors import EventRefused
from intake_app.services.files import LEFT_OVER, UPLOAD
from intake_app.services.ports import UnitOfWork
from intake_app.services.talk import generic
from intake_app.xforms.api import FormDefinition, FormEntry, Lost

PastForms = Callable[[FormId, FormVersion], FormDefinition | None]
"""Finds an older version of a form; None when it is not at hand."""
Restore = Callable[[FormDefinition, bytes | None], FormEntry]
"""Makes an entry from a savepoint, or a new one."""


def no_past_forms(_form: FormId, _version: FormVersion) -> FormDefinition | None:
    """No older version is at hand."""
    return None


_LIST = "list"
GONE, NO_LONGER_VALID, CHOICE = "gone", "type", "choice"


@dataclass(frozen=True)
class LeftOver:
    """An answer that this version of the form has no place for; kept with the talk until it is finished.

    `question` and `answer` are Dutch texts; `question` is "" when nobody knows any more what was asked. `reason`
    is that of the engine's `Lost`. `consent` are the consents the question asked for, None when that is not known;
    `private` questions are not shown while somebody else is at the table.
    """

    ref: str
    question: str
    reason: str
    answer: str = field(repr=False)
    consent: tuple[str, ...] | None = None
    private: bool = True


@dataclass(frozen=True)
class VersionNews:
    """What another version of the form changed in a talk: questions that were added or moved, by their Dutch text,
    and answers that lost their place."""

    added: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    lost: tuple[LeftOver, ...] = ()


@dataclass(frozen=True)
class Opened:
    """A kept talk as it can go on. `news` is None when it was made with this very version."""

    entry: FormEntry = field(repr=False)
    typing: Mapping[str, str] = field(repr=False)
    news: VersionNews | None = None


def opened(draft: Draft, definition: FormDefinition, past: PastForms, restore: Restore) -> Opened:
    """Savepoint, then journal, on the version they were made with; the result then fitted into `definition`.

    Where that version is not at hand the savepoint is fitted and the journal played after it, and what no longer
    fits is gathered. No answer gets lost without being told.
    """
    if draft.header.form_version == definition.version:
        entry = restore(definition, draft.savepoint)
        for line in draft.journal:
            entry.apply(line.event)
        return Opened(entry, draft.typing)
    old = past(draft.header.form_id, draft.header.form_version)
    before = None if old is None else restore(old, draft.savepoint)
    if before is None:
        entry = restore(definition, draft.savepoint)
        lost = _played(entry, draft.journal, dict(entry.fit.moved))
    else:
        lost = _played(before, draft.journal, {})
        entry = restore(definition, before.savepoint())
    typing, untyped = _typing(entry, draft.typing)
    told = Teller(entry, before)
    by_ref = {one.ref: one for one in (*entry.fit.lost, *lost, *untyped)}
    news = VersionNews(
        tuple(told.new_questions(entry.fit.added)),
        tuple(dict.fromkeys(told.question(new) or old_ref for old_ref, new in entry.fit.moved)),
        tuple(told.left_over(one) for one in by_ref.values()),
    )
    return Opened(entry, typing, news)


def _played(entry: FormEntry, journal: Iterable[JournalEntry], moved: Mapping[str, str]) -> list[Lost]:
    """Play a journal as far as the form takes it; the answers it does not take, the last of each question."""
    lost: dict[str, Lost] = {}
    for line in journal:
        ref, value = line.event.get("set"), line.event.get("value")
        if isinstance(ref, str) and isinstance(value, str):
            lost.pop(ref, None)
            if (problem := _answered(entry, moved.get(ref, ref), value)) is not None:
                lost[ref] = Lost(ref, *problem)
        else:
            # What the app wrote itself is written anew where it still has a place.
            with suppress(EventRefused):
                entry.apply(line.event)
    return list(lost.values())


def _answered(entry: FormEntry, ref: str, value: str) -> tuple[str, str] | None:
    """Give an answer; why and which part of it was not kept, None when all of it was."""
    try:
        change = entry.set_value(ref, value)
        if change.rejected is not None:
            # The answer before this one was taken back by it, and must not come up again.
            entry.set_value(ref, "")
            return NO_LONGER_VALID, value
    except EventRefused:
        return (GONE, value) if value else None
    control = entry.definition.controls.get(generic(ref))
    if control is None or control.kind not in ("select", "select1", "rank"):
        return None
    kept = entry.value(ref).split()
    gone = " ".join(word for word in value.split() if word not in kept)
    return (CHOICE, gone) if gone else None


def _typing(entry: FormEntry, typing: Mapping[str, str]) -> tuple[dict[str, str], list[Lost]]:
    """Texts that were being typed: those whose question is still there, and the others."""
    moved = dict(entry.fit.moved)
    kept: dict[str, str] = {}
    lost: list[Lost] = []
    for ref, text in typing.items():
        at = moved.get(ref, ref)
        try:
            entry.value(at)
            kept[at] = text
        except EventRefused:
            if text:
                lost.append(Lost(ref, GONE, text))
    return kept, lost


class Teller:
    """Says refs in the Dutch words of the form, of the older version first where it is at hand."""

    def __init__(self, entry: FormEntry, before: FormEntry | None) -> None:
        self._entry = entry
        self._sources = [entry] if before is None else [before, entry]

    def question(self, ref: str) -> str:
        """The text of a question, "" when it is not known."""
        found = (_asked(source, ref) for source in self._sources)
        return next((text for text in found if text), "")

    def new_questions(self, refs: Iterable[str]) -> Iterator[str]:
        """The texts of new questions that a person can answer; lists of the app itself are left out."""
        for ref in refs:
            bind, control = self._entry.definition.binds[ref], self._entry.definition.controls[ref]
            asks = control.kind != "trigger" and "host" not in bind.tags and bind.readonly != "true()"
            if asks and bind.calculate is None and (text := _asked(self._entry, ref)):
                yield text

    def left_over(self, lost: Lost) -> LeftOver:
        """A lost answer with its question."""
        name = generic(lost.ref)
        source = next((one for one in self._sources if name in one.definition.binds), None)
        tags = None if source is None else source.definition.binds[name].tags
        return LeftOver(
            ref=lost.ref,
            question=self.question(lost.ref),
            reason=lost.reason,
            answer=self._answer(lost),
            consent=None if tags is None else tuple(tags.get("consent", "").split()),
            private=tags is None or tags.get("private") == "yes",
        )

    def _answer(self, lost: Lost) -> str:
        for source in self._sources:
            with suppress(EventRefused):
                labels = {one.value: one.label for one in source.choices(lost.ref, "nl") or ()}
                if any(word in labels for word in lost.value.split()):
                    return ", ".join(labels.get(word, word) for word in lost.value.split())
        return lost.value


def _asked(entry: FormEntry, ref: str) -> str:
    """The Dutch label of a question by its exact or generic ref, "" when there is none."""
    parts = ""
    for part in ref.split("/")[1:]:
        parts += f"/{part}"
        if generic(parts) in entry.definition.repeats and not part.endswith("]"):
            parts += "[1]"
    for candidate in (ref, parts):
        with suppress(EventRefused):
            return entry.label(candidate, "nl") or ""
    return ""


def left_overs(uow: UnitOfWork, talk: InstanceId) -> tuple[LeftOver, ...]:
    """The answers without a place that are kept with a talk."""
    if _LIST not in uow.files.names(talk, LEFT_OVER):
        return ()
    rows = json.loads(uow.files.get(talk, LEFT_OVER, _LIST))
    return tuple(LeftOver(**{**row, "consent": _words(row["consent"])}) for row in rows)


def save_left_overs(uow: UnitOfWork, owner: ParticipantId, talk: InstanceId, left: Iterable[LeftOver]) -> None:
    """Keep them; none leaves nothing behind."""
    rows = [asdict(one) for one in left]
    if rows:
        uow.files.save(owner, talk, LEFT_OVER, _LIST, json.dumps(rows, ensure_ascii=False).encode())
    else:
        uow.files.keep_only(talk, LEFT_OVER, ())


def carry_over(uow: UnitOfWork, owner: ParticipantId, before: InstanceId, talk: InstanceId, entry: FormEntry) -> None:
    """A finished record that is opened again as another talk: its files come along, and so does what it lost.

    `entry` is the new talk, made from the record `before`; what this version of the form has no place for stays
    with it as with a draft.
    """
    told = Teller(entry, None)
    save_left_overs(uow, owner, talk, [told.left_over(one) for one in entry.fit.lost])
    for name in uow.files.names(before, UPLOAD):
        uow.files.save(owner, talk, UPLOAD, name, uow.files.get(before, UPLOAD, name))


def _words(found: list[str] | None) -> tuple[str, ...] | None:
    return None if found is None else tuple(found)
