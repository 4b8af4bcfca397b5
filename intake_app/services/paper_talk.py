"""A talk on paper: an invented person's answers, led through the same use cases, with a store that keeps nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self, cast

from intake_app.domain.catalogue import Catalogue
from intake_app.domain.clock import Clock
from intake_app.domain.draft import Account, DraftHeader
from intake_app.domain.ids import AccountId, FormId, FormVersion, InstanceId
from intake_app.matching.rules import Rules
from intake_app.services.conversation import Conversation
from intake_app.services.installation import DEFAULT
from intake_app.services.numbers import new_number
from intake_app.services.reading_back import answer_text
from intake_app.services.recording import new_participant_id
from intake_app.services.rehearsal import Rehearsal, Script
from intake_app.services.rows import RowKeeper
from intake_app.services.talk import Talk, generic
from intake_app.services.walk.screens import Screen, WalkContext
from intake_app.xforms.api import FormDefinition, FormEntry

if TYPE_CHECKING:
    from types import TracebackType

    from intake_app.services.ports import Store

_SKIPPED = "–"


@dataclass(frozen=True)
class _Nothing:
    """Repositories that take everything and keep nothing."""

    def __getattr__(self, _name: str) -> Callable[..., None]:
        return lambda *_given, **_named: None


class _PaperWork:
    """A unit of work on paper."""

    def __getattr__(self, _name: str) -> Any:
        return _Nothing()

    def commit(self) -> None:
        """Nothing was kept."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing to close."""


@dataclass(frozen=True)
class PaperStore:
    """A store for rehearsals: writing always works, and nothing is there afterwards.

    It fits the port as far as a talk reaches before it is finished.
    """

    account: Account

    def unit_of_work(self) -> Any:
        """One transaction that leaves nothing."""
        return _PaperWork()

    def close(self) -> None:
        """There is nothing to close."""


def paper_talk(
    definition: FormDefinition, catalogue: Catalogue, rules: Rules, clock: Clock, role: str = "counsellor"
) -> Conversation:
    """A talk in memory, with the settings of a new installation."""
    entry = FormEntry.new(definition, now=clock.now, seed=1, language="nl" if definition.language("nl") else None)
    account = Account(AccountId("paper"), "", (role,))
    header = DraftHeader(
        instance_id=InstanceId(entry.instance_id),
        participant_id=new_participant_id(),
        form_id=FormId(definition.form_id),
        form_version=FormVersion(definition.version),
        account_id=account.account_id,
        started_at=clock.now(),
        updated_at=clock.now(),
        practice=True,
    )
    talk = Talk(definition, entry, header, clock, WalkContext(role=role))
    store = cast("Store", PaperStore(account))
    conversation = Conversation(talk, RowKeeper(talk, catalogue, rules), store, new_number())
    talk.set_host("legal_basis", DEFAULT.legal_basis or "consent")
    talk.set_host("language_state", conversation.keeper.language_state("nl"))
    return conversation


def transcript(conversation: Conversation, script: Script, language: str) -> Iterator[str]:
    """The talk as lines: section, question, answer; in a talk that is gone on with, also the second time."""
    yield f"{script.name} · {script.group}".rstrip(" ·")
    yield from _Transcript(conversation, script, language).lines(resumed=False)
    if script.later:
        _put_aside(conversation)
        yield ""
        yield "* * *"
        yield from _Transcript(conversation, script.next_time(), language).lines(resumed=True)


def _put_aside(conversation: Conversation) -> None:
    """As when a kept talk is opened again: what lives in memory only is forgotten."""
    for ref in conversation.talk.memory_refs:
        if conversation.talk.entry.takes_answer(ref) and conversation.talk.entry.value(ref):
            conversation.answer(ref, "")


class _Transcript:
    """Writes down what a rehearsal shows, screen by screen."""

    def __init__(self, conversation: Conversation, script: Script, language: str) -> None:
        self._conversation, self._script, self._language = conversation, script, language
        self._section = self._question = ""
        self._lines: list[str] = []

    def lines(self, *, resumed: bool) -> Iterator[str]:
        """Play, then give what was said."""
        told = self._script.answers.get("version")
        ref = self._conversation.talk.answers.ref("version")
        rehearsal = Rehearsal(self._conversation, self._script, self._screen, resumed=resumed)
        if resumed and ref and isinstance(told, str) and told:
            self._conversation.answer(ref, told)
        rehearsal.play()
        yield from self._lines

    def _screen(self, screen: Screen) -> None:
        entry = self._conversation.talk.entry
        self._lines.append("")
        self._question = ""
        for ref in screen.refs:
            view = entry.node(ref)
            if view.control is None:
                continue
            self._enter(view.tags.get("section", ""))
            question = f"{entry.label(ref, self._language) or ''} [{generic(ref).rsplit('/', 1)[-1]}]"
            if question != self._question:
                self._lines.append(question)
            self._question = question
            note = view.control == "trigger" or (view.control == "input" and view.readonly)
            if not note:
                self._lines.append(f"    > {self._answer(ref)}")

    def _answer(self, ref: str) -> str:
        view = self._conversation.talk.entry.node(ref)
        row = view.hint if "]" in ref and view.hint and view.tags.get("concept") in _PER_ROW else ""
        answer = answer_text(self._conversation, view, self._language) if view.value else _SKIPPED
        return f"{row}: {answer}" if row else answer

    def _enter(self, section: str) -> None:
        if section and section != self._section:
            self._section = section
            self._lines.append(f"== {section}")


_PER_ROW = frozenset({"skills_ok", "job_tasks", "level", "reaction", "reason", "chosen", "offers", "valid"})
"""Questions asked per row of a list, whose hint is the row."""
