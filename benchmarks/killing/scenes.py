"""The work during which the process is killed: what it does, what it tells, and what must stand afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any, ClassVar, Protocol

from benchmarks.killing.examine import (
    PASSPHRASE,
    Findings,
    check_people,
    counted,
    draft_in,
    gate,
    opened,
    state_of,
    state_up_to,
)
from benchmarks.killing.told import Line, Teller
from intake_app.domain.ids import InstanceId
from intake_app.paths import resource_dir
from intake_app.services.conversation import Conversation
from intake_app.services.office import Office
from intake_app.services.rehearsal import Rehearsal, Script, read_script
from intake_app.storage.gate import SqlStore
from intake_app.xforms.api import Change

SAMPLE = resource_dir("sample", "talks", "short-refugee-cook.json")
WORDS = ("brood", "koken", "winkel", "naaien", "مطبخ", "хліб", "buiten", "dieren", "lassen", "zorgen")


class Scene(Protocol):
    """One kind of work. `live` runs in the process that is killed, `examine` in a new one."""

    name: str
    steps: int
    """After at most so many lines the process is killed; 0 for work of one step, cut off somewhere inside it."""

    def prepare(self, warm: Office, folder: Path) -> None:
        """Make the store from which every run starts."""
        ...

    def live(self, warm: Office, folder: Path, tell: Teller, random: Random) -> None:
        """Do the work."""
        ...

    def examine(self, warm: Office, folder: Path, told: Sequence[Line], findings: Findings) -> None:
        """Look whether everything that was told stands."""
        ...


def new_store(folder: Path) -> SqlStore:
    """An empty store of Anneke, who is site lead and counsellor in one."""
    return gate(folder).create(PASSPHRASE, "Anneke", "site_lead", "counsellor")


def told_by(concept_values: Mapping[str, str], conversation: Conversation) -> None:
    """Give answers by concept."""
    for concept, value in concept_values.items():
        ref = conversation.talk.answers.ref(concept)
        if ref is None or conversation.answer(ref, value).rejected is not None:
            raise RuntimeError(f"the question {concept} took no answer")


def recorded_talk(office: Office, name: str) -> Conversation:
    """A talk just past the consent to record."""
    conversation = office.begin_talk(practice=True)
    beginning = {
        "talk_language": "nl",
        "question": "work",
        "alone": "two_of_us",
        "version": "short",
        "age_group": "27_56",
        "explained": "clear",
        "consent_record": "yes",
        "call_name": name,
    }
    told_by(beginning, conversation)
    return conversation


def sample() -> Script:
    """The sample conversation that ships."""
    return read_script(SAMPLE)


class Typing:
    """Two people in turn type in their own words, letter by letter, and now and then are done with it."""

    name = "typing"
    steps = 60

    def prepare(self, warm: Office, folder: Path) -> None:
        store = new_store(folder)
        office = replace(warm, store=store)
        for person in ("Truus", "Samira"):
            recorded_talk(office, person)
        store.close()

    def live(self, warm: Office, folder: Path, tell: Teller, random: Random) -> None:
        with opened(warm, folder) as office:
            talks = [office.open_talk(summary.header.instance_id) for summary in office.open_drafts()]
            for number in range(1000):
                conversation = talks[number % 2]
                ref = str(conversation.talk.answers.ref("goal"))
                where, text = conversation.talk.header.instance_id, f"{where_mark(conversation)}"
                for word in random.choices(WORDS, k=4):
                    text += f" {word}"
                    tell("try", where, ref, text)
                    conversation.talk.type(ref, text)
                    tell("kept", where, ref, text)
                tell("try", where, ref, text)
                conversation.answer(ref, text)
                tell("kept", where, ref, text)

    def examine(self, warm: Office, folder: Path, told: Sequence[Line], findings: Findings) -> None:
        with opened(warm, folder) as office:
            summaries = office.open_drafts()
            check_people(store_of(office), [summary.header.instance_id for summary in summaries], findings)
            if len(summaries) != 2:
                findings.lost.append(f"{2 - len(summaries)} talks")
            for summary in summaries:
                self._talk(office, summary.header.instance_id, told, findings)

    def _talk(self, office: Office, where: InstanceId, told: Sequence[Line], findings: Findings) -> None:
        conversation = office.open_talk(where)
        ref = str(conversation.talk.answers.ref("goal"))
        found = conversation.talk.typing.get(ref) or conversation.talk.entry.value(ref)
        own = [line for line in told if line[1] == where]
        kept = [line[3] for line in own if line[0] == "kept"]
        expected = {kept[-1] if kept else "", *([own[-1][3]] if own and own[-1][0] == "try" else [])}
        if found not in expected:
            findings.lost.append("a text that was being typed")
        if found and not found.startswith(where_mark(conversation)):
            findings.ghosts.append("words of one person in the talk of another")


def where_mark(conversation: Conversation) -> str:
    """A word that only this talk holds."""
    return conversation.talk.answers.text("call_name")


@dataclass
class Watched:
    """A conversation that tells what it is about to do and what is kept; everything else goes through."""

    conversation: Conversation
    tell: Teller
    told_recording: bool = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self.conversation, name)

    def answer(self, ref: str, value: str) -> Change:
        """Answer, and tell before and after."""
        self.tell("try", self.conversation.talk.header.instance_id)
        change = self.conversation.answer(ref, value)
        self._kept()
        return change

    def skip(self, ref: str) -> None:
        """Skip, and tell before and after."""
        self.tell("try", self.conversation.talk.header.instance_id)
        self.conversation.skip(ref)
        self._kept()

    def open_screen(self, screen: Any) -> bool:
        """Prepare a screen, and tell before and after."""
        self.tell("try", self.conversation.talk.header.instance_id)
        again = self.conversation.open_screen(screen)
        self._kept()
        return again

    def choose_occupation(self, ref: str, occupation: str) -> None:
        """Choose, and tell before and after."""
        self.tell("try", self.conversation.talk.header.instance_id)
        self.conversation.choose_occupation(ref, occupation)
        self._kept()

    def _kept(self) -> None:
        talk = self.conversation.talk
        if talk.recording:
            self.tell("kept", talk.header.instance_id, talk.sequence, state_of(self.conversation))


class Answering:
    """The sample conversation is lived through, from the first question on, beside a talk that is open already."""

    name = "answering"
    steps = 200

    def prepare(self, warm: Office, folder: Path) -> None:
        store = new_store(folder)
        recorded_talk(replace(warm, store=store), "Truus")
        store.close()

    def live(self, warm: Office, folder: Path, tell: Teller, random: Random) -> None:
        with opened(warm, folder) as office:
            watched: Any = Watched(office.begin_talk(practice=True), tell)
            Rehearsal(watched, sample()).play()

    def examine(self, warm: Office, folder: Path, told: Sequence[Line], findings: Findings) -> None:
        with opened(warm, folder) as office:
            names = {line[1] for line in told}
            before = [s.header.instance_id for s in office.open_drafts() if s.call_name == "Truus"]
            check_people(store_of(office), [*names, *before], findings)
            if len(before) != 1:
                findings.lost.append("the talk of the person before")
            for where in names:
                self._talk(office, where, [line for line in told if line[1] == where], findings)

    def _talk(self, office: Office, where: str, told: Sequence[Line], findings: Findings) -> None:
        draft = draft_in(office, where)
        kept = [line for line in told if line[0] == "kept"]
        if draft is None:
            if kept:
                findings.lost.append("a whole talk")
            return
        conversation = office.open_talk(InstanceId(where))
        if not kept:
            return
        _, _, sequence, state = kept[-1]
        if told[-1][0] == "kept" and state_of(conversation) != state:
            findings.lost.append("the talk stands otherwise than it was shown")
        reached = draft.journal[-1].sequence if draft.journal else draft.savepoint_sequence
        if reached < sequence:
            findings.lost.append(f"{sequence - reached} events")
        again = state_up_to(office, draft, sequence, conversation.talk.memory_refs)
        if again not in (None, state):
            findings.lost.append("the journal tells another talk than was shown")


class Finalising:
    """A talk is finished: either all of it stands, or it is as open as it was."""

    name = "finalising"
    steps = 0
    whole: ClassVar = {"records": 4, "outbox": 4, "plans": 1, "consents": 1, "open": 0}
    not_begun: ClassVar = {"records": 0, "outbox": 0, "plans": 0, "consents": 0, "open": 1}

    def prepare(self, warm: Office, folder: Path) -> None:
        store = new_store(folder)
        office = replace(warm, store=store)
        Rehearsal(office.begin_talk(practice=True), sample()).play()
        mark_trial(store)
        store.close()

    def live(self, warm: Office, folder: Path, tell: Teller, random: Random) -> None:
        with opened(warm, folder) as office:
            where = office.open_drafts()[0].header.instance_id
            conversation = office.open_talk(where)
            tell("try", where, state_of(conversation))
            if not office.finish(conversation).stored:
                raise RuntimeError("the talk was not finished")
            tell("kept", where, "")

    def examine(self, warm: Office, folder: Path, told: Sequence[Line], findings: Findings) -> None:
        with opened(warm, folder) as office:
            where = told[0][1] if told else office.open_drafts()[0].header.instance_id
            check_people(store_of(office), [where], findings)
            found = counted(store_of(office), where)
            if found not in (self.whole, self.not_begun):
                findings.lost.append(f"half of a finished talk: {found}")
            elif told and told[-1][0] == "kept" and found != self.whole:
                findings.lost.append("a finished talk is open again")
            elif told and found == self.not_begun and state_of(office.open_talk(where)) != told[0][2]:
                findings.lost.append("the open talk is another one")


class Erasing:
    """One of two people is taken away: she is whole or gone, and the other is not touched."""

    name = "erasing"
    steps = 0

    def prepare(self, warm: Office, folder: Path) -> None:
        store = new_store(folder)
        office = replace(warm, store=store)
        for person in ("Truus", "Samira"):
            recorded_talk(office, person)
        store.close()

    def live(self, warm: Office, folder: Path, tell: Teller, random: Random) -> None:
        with opened(warm, folder) as office:
            where = next(s.header.instance_id for s in office.open_drafts() if s.call_name == "Samira")
            tell("try", where)
            office.remove_draft(where)
            tell("kept", where)

    def examine(self, warm: Office, folder: Path, told: Sequence[Line], findings: Findings) -> None:
        with opened(warm, folder) as office:
            found = {s.call_name: s.header.instance_id for s in office.open_drafts()}
            check_people(store_of(office), list(found.values()), findings)
            for where in found.values():
                office.open_talk(where)
            if "Truus" not in found:
                findings.lost.append("the other person")
            if "Samira" in found and told and told[-1][0] == "kept":
                findings.ghosts.append("a person who had been erased")


def store_of(office: Office) -> SqlStore:
    """The real store behind an office of the harness."""
    if not isinstance(office.store, SqlStore):
        raise TypeError("the harness works on the real store")
    return office.store


def mark_trial(store: SqlStore, address: str = "http://127.0.0.1:9", token: str = "A" * 64) -> None:
    """Set up a receiver for trials, to which practice talks may go."""
    from intake_app.services.installation import ServerSettings, write_server

    write_server(store, ServerSettings(address, token, trial=True))
