"""The screens of a talk as it stands now: relevance, privacy, role and age gate applied to the order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from intake_app.profile.answers import ConceptIndex
from intake_app.services.walk.order import AFTER_GUEST, Block, Slot, blocks, document_blocks, has_order
from intake_app.xforms.api import ChoiceView, FormDefinition, FormEntry

VOLUNTEER = "volunteer"
ALONE = frozenset({"two_of_us", "with_interpreter"})
TALK_FORMS_HELD = frozenset({"short", "full"})
"""Talk forms that are led to their end; the one-question talk still lacks its address slip and is not offered."""
INTERPRETERS = frozenset({"phone_interpreter", "interpreter_here"})
_NEEDED = ("version", "age_group", "go_on")


@dataclass(frozen=True)
class WalkContext:
    """What the walk must know beside the answers: who counsels, and which talk form is meant before a06."""

    role: str = "counsellor"
    talk_form: str = "short"


@dataclass(frozen=True)
class Screen:
    """One screen: exact refs of its questions, and the repeat instance it belongs to, if any.

    `again` is the generic repeat for which "Nog een?" is offered here; `key` names the screen across changes.
    """

    key: str
    refs: tuple[str, ...]
    place: int
    section: str
    instance: str = ""
    again: str = ""

    @property
    def after_guest(self) -> bool:
        """Asked after the guest has left."""
        return self.place >= AFTER_GUEST


class Walk:
    """The walk over one entry. Nothing here changes an answer."""

    def __init__(self, definition: FormDefinition, entry: FormEntry, context: WalkContext) -> None:
        self._definition = definition
        self._entry = entry
        self._index = ConceptIndex.of(definition)
        self.context = context

    def screens(self) -> tuple[Screen, ...]:
        """Every screen to be shown from the answers so far; ends at a question the talk cannot pass unanswered."""
        found: list[Screen] = []
        stopped = self._stopped()
        for screen in self._all():
            if stopped and not self._is_status(screen):
                continue
            found.append(screen)
            if self._waits_here(screen):
                break
        return tuple(found)

    def waiting(self) -> tuple[str, ...]:
        """Private questions that are passed over now and stand on the list "later, alleen"."""
        if self._alone():
            return ()
        return tuple(
            ref
            for block in self._blocks()
            for group in block.screens
            for slot in group
            for ref in self._instances_of(slot)
            if self._tag(ref, "private") == "yes" and self._role_may(ref) and self._entry.node(ref).relevant
        )

    def needed(self, ref: str) -> bool:
        """Whether this question cannot be skipped (a06, the age check, the consents, and what the form requires)."""
        return self._tag(ref, "no_skip") == "yes" or self._entry.node(ref).required

    def choices(self, ref: str, choices: tuple[ChoiceView, ...]) -> tuple[ChoiceView, ...]:
        """The choices to be shown now: some wait for consent C7 or are not for volunteers (DOMAIN 2.1-17, 2.1-19)."""
        held = frozenset((self._entry.value(ref)).split())
        marked = any(choice.properties.get("volunteer") == "yes" for choice in choices)
        volunteers_only = marked and self.context.role == VOLUNTEER
        if self._tag(ref, "concept") == "version":
            choices = tuple(c for c in choices if c.value in TALK_FORMS_HELD)
        return tuple(c for c in choices if c.value in held or self._choice_shown(c, volunteers_only))

    def sharing_possible(self) -> bool:
        """Whether consent C7 can be asked: the talk is recorded and the gate of the language is open."""
        return self._value("consent_record") == "yes" and self._gate_open()

    def talk_form(self) -> str:
        """The talk form of a06, or the one meant until it is answered."""
        told = self._value("version")
        return told or self.context.talk_form

    def _blocks(self) -> tuple[Block, ...]:
        form = self.talk_form()
        if not has_order(self._definition, form):
            return document_blocks(self._definition)
        return blocks(self._definition, form)

    def _all(self) -> Iterator[Screen]:
        for block in self._blocks():
            if block.repeat:
                yield from self._per_instance(block)
            else:
                yield from self._one(block.screens[0], "")

    def _per_instance(self, block: Block) -> Iterator[Screen]:
        instances = self._entry.instances(block.repeat)
        for instance in instances:
            shown = [screen for group in block.screens for screen in self._one(group, instance)]
            if shown and instance == instances[-1] and self._room_for_more(block.repeat, len(instances)):
                last = shown.pop()
                shown.append(Screen(last.key, last.refs, last.place, last.section, last.instance, block.repeat))
            yield from shown

    def _one(self, group: tuple[Slot, ...], instance: str) -> Iterator[Screen]:
        refs = tuple(ref for slot in group for ref in self._instances_of(slot, instance) if self._shown(ref))
        if refs:
            place = group[0].place
            key = f"{place}@{instance}" if instance else f"{place}"
            yield Screen(key if place else refs[0], refs, place, self._tag(refs[0], "section"), instance)

    def _instances_of(self, slot: Slot, instance: str = "") -> Iterator[str]:
        if not slot.repeat:
            yield slot.ref
            return
        tail = slot.ref[len(slot.repeat) :]
        inside = (instance,) if instance and not slot.together else self._all_instances(slot.repeat, instance)
        for here in inside:
            yield here + tail

    def _all_instances(self, repeat: str, within: str) -> tuple[str, ...]:
        outer = next((r for r in self._definition.repeats if repeat.startswith(r + "/")), "")
        if not outer:
            return self._entry.instances(repeat)
        parents = (within,) if within else self._entry.instances(outer)
        tail = repeat[len(outer) :]
        return tuple(ref for parent in parents for ref in self._entry.instances(parent + tail))

    def _shown(self, ref: str) -> bool:
        if not self._entry.node(ref).relevant or not self._role_may(ref):
            return False
        if self._tag(ref, "gate") == "language" and not self._gate_open():
            return False
        return self._alone() or self._tag(ref, "private") != "yes"

    def _gate_open(self) -> bool:
        """Special consents are asked in a reviewed language, or with an interpreter (DOMAIN 2.1-19)."""
        state = self._index.hosts.get("language_state")
        machine = state is not None and self._entry.value(state) == "machine"
        return not machine or self._value("interpreter") in INTERPRETERS

    def _choice_shown(self, choice: ChoiceView, volunteers_only: bool) -> bool:
        if choice.properties.get("gate") == "C7" and not self.sharing_possible():
            return False
        return not volunteers_only or choice.properties.get("volunteer") == "yes"

    def _role_may(self, ref: str) -> bool:
        return self._tag(ref, "not_for") != VOLUNTEER or self.context.role != VOLUNTEER

    def _room_for_more(self, repeat: str, count: int) -> bool:
        most = self._definition.binds[repeat].tags.get("max", "")
        full, _, short = most.partition("/")
        limit = short if short and self.talk_form() == "short" else full
        return not limit.isdigit() or count < int(limit)

    def _stopped(self) -> bool:
        return self._value("age_group") == "lt16" or self._value("go_on") == "no"

    def _is_status(self, screen: Screen) -> bool:
        """The screens that stay when the age gate ends the talk: all up to the gate, and the state of the talk."""
        gate = {self._index.concepts.get("age_group"), self._index.concepts.get("go_on")}
        last = max(slot.place for block in self._blocks() for g in block.screens for slot in g if slot.ref in gate)
        status = self._index.concepts.get("status")
        return screen.place <= last or status in screen.refs

    def _waits_here(self, screen: Screen) -> bool:
        return any(
            self._tag(ref, "concept") in _NEEDED and not (self._entry.node(ref).value or "") for ref in screen.refs
        )

    def _alone(self) -> bool:
        return self._value("alone") in ALONE

    def _value(self, concept: str) -> str:
        ref = self._index.concepts.get(concept)
        if not ref:
            return ""
        view = self._entry.node(ref)
        return (view.value or "") if view.relevant else ""

    def _tag(self, ref: str, name: str) -> str:
        return self._entry.node(ref).tags.get(name, "")
