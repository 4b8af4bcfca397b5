"""The screens of a talk as it stands now: relevance, privacy, role and age gate applied to the order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from intake_app.profile.answers import ConceptIndex
from intake_app.services.walk.document import DocumentOrder
from intake_app.services.walk.order import AFTER_GUEST, Block, Slot, blocks, document_blocks, has_order
from intake_app.xforms.api import ChoiceView, FormDefinition, FormEntry

VOLUNTEER = "volunteer"
ALONE = frozenset({"two_of_us", "with_interpreter"})
INTERPRETERS = frozenset({"phone_interpreter", "interpreter_here"})
_NEEDED = frozenset({"version", "age_group", "go_on", "consent_record"})
"""Without these the talk does not go on: the talk form, the age gate, and whether it may be written down."""
_INSTANCE = re.compile(r"\[\d+\]")


@dataclass(frozen=True)
class WalkContext:
    """What the walk must know beside the answers: who counsels, and which talk form is meant before a06."""

    role: str = "counsellor"
    talk_form: str = "short"


@dataclass(frozen=True)
class Screen:
    """One screen: exact refs of its questions, and the repeat instance it belongs to, if any.

    `again` is the generic repeat for which "Nog een?" is offered here; `key` names the screen across changes.
    `lists` are the concepts asked per row of a list that has no rows yet: they are filled when the screen is
    opened. A screen that then still has no refs has nothing to ask and is passed by.
    """

    key: str
    refs: tuple[str, ...]
    place: int
    section: str
    instance: str = ""
    again: str = ""
    lists: tuple[str, ...] = ()

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
        self._orders: dict[str, tuple[Block, ...]] = {}
        self._document: DocumentOrder | None = None
        self._made: tuple[tuple[int, bool], tuple[Screen, ...]] = ((-1, False), ())
        self._asked: tuple[int, tuple[Screen, ...]] = (-1, ())
        self.context = context

    def screens(self) -> tuple[Screen, ...]:
        """Every screen to be shown from the answers so far; ends at a question the talk cannot pass unanswered."""
        if self._asked[0] != self._entry.revision:
            self._asked = self._entry.revision, self._shown()
        return self._asked[1]

    def _shown(self) -> tuple[Screen, ...]:
        found: list[Screen] = []
        last = self._gate_place() if self.stopped else None
        alone = self._alone()
        status = self._index.concepts.get("status")
        for screen in self._standing(alone):
            if last is not None and screen.place > last and status not in screen.refs:
                continue
            found.append(screen)
            if self._waits_here(screen):
                break
        return tuple(found)

    @property
    def stopped(self) -> bool:
        """Whether the age gate has ended the talk (DOMAIN 2.1-20): younger than 16, or 16-17 and not going on."""
        return self._value("age_group") == "lt16" or self._value("go_on") == "no"

    def waiting(self) -> tuple[str, ...]:
        """Private questions that are passed over now and stand on the list "later, alleen"."""
        if self._alone() or self.stopped:
            return ()
        private = (
            ref
            for block in self._blocks()
            for group in block.screens
            for slot in group
            if self._tags(slot).get("private") == "yes" and self._role_may(slot)
            for ref in self._instances_of(slot, "")
        )
        return tuple(ref for ref in dict.fromkeys(private) if self._entry.is_relevant(ref))

    def needed(self, ref: str) -> bool:
        """Whether this question cannot be skipped (a06, the age check, the consents, and what the form requires)."""
        return self._tag(ref, "no_skip") == "yes" or self._entry.is_required(ref)

    def choices(self, ref: str, choices: tuple[ChoiceView, ...]) -> tuple[ChoiceView, ...]:
        """The choices to be shown now: some wait for consent C7 or are not for volunteers (DOMAIN 2.1-17, 2.1-19)."""
        held = frozenset((self._entry.value(ref)).split())
        marked = any(choice.properties.get("volunteer") == "yes" for choice in choices)
        volunteers_only = marked and self.context.role == VOLUNTEER
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
        if form not in self._orders:
            ordered = has_order(self._definition, form)
            self._orders[form] = blocks(self._definition, form) if ordered else document_blocks(self._definition)
        return self._orders[form]

    def planned(self) -> tuple[Screen, ...]:
        """Every screen as the answers stand, also those beyond a question that must be answered first."""
        return self._standing(self._alone())

    def _standing(self, alone: bool) -> tuple[Screen, ...]:
        """Every screen as the answers stand, made once for each state of the entry: a turn asks for them many times."""
        made_of = (self._entry.revision, alone)
        if self._made[0] != made_of:
            self._made = made_of, tuple(self._all(alone))
        return self._made[1]

    def _all(self, alone: bool) -> Iterator[Screen]:
        if not has_order(self._definition, self.talk_form()):
            yield from self._pages(alone)
            return
        for block in self._blocks():
            if block.repeat:
                yield from self._per_instance(block, alone)
            else:
                yield from self._one(block.screens[0], "", alone)

    def _pages(self, alone: bool) -> Iterator[Screen]:
        """The screens of a form without order columns."""
        if self._document is None:
            self._document = DocumentOrder(self._definition)
        for page in self._document.pages(self._entry):
            refs = tuple(ref for ref in page.refs if self._may_show(ref, alone))
            room = bool(page.again) and self._room_for_more(page.again, len(self._all_instances(page.again)))
            again = page.again if room else ""
            if refs or again:
                key = refs[0] if refs else f"{again}+"
                yield Screen(key, refs, 0, self._tag(refs[0], "section") if refs else "", page.instance, again)

    def _may_show(self, ref: str, alone: bool) -> bool:
        generic = _INSTANCE.sub("", ref)
        return not self._passed_over(Slot(0, generic, "", together=False), alone)

    def _per_instance(self, block: Block, alone: bool) -> Iterator[Screen]:
        instances = self._all_instances(block.repeat)
        for instance in instances:
            shown = [screen for group in block.screens for screen in self._one(group, instance, alone)]
            if shown and instance == instances[-1] and self._room_for_more(block.repeat, len(instances)):
                shown[-1] = replace(shown[-1], again=block.repeat)
            yield from shown

    def _one(self, group: tuple[Slot, ...], instance: str, alone: bool) -> Iterator[Screen]:
        refs: list[str] = []
        lists: list[str] = []
        for slot in group:
            if self._passed_over(slot, alone):
                continue
            shown = [ref for ref in self._instances_of(slot, instance) if self._is_row(slot, ref)]
            if shown or not slot.together:
                refs.extend(ref for ref in shown if self._entry.is_relevant(ref))
            elif self._may_get_rows(slot, instance):
                lists.append(self._tags(slot).get("concept", ""))
        if refs or lists:
            place = group[0].place
            key = f"{place}@{instance}" if instance else f"{place}"
            section = self._tag(refs[0], "section") if refs else self._tags(group[0]).get("section", "")
            yield Screen(
                key if place else refs[0], tuple(refs), place, section, instance, lists=tuple(dict.fromkeys(lists))
            )

    def _is_row(self, slot: Slot, ref: str) -> bool:
        """A list of the app starts with one empty instance, which stands for no row at all."""
        leaf = self._index.inner_hosts.get((slot.repeat, "id")) if slot.together else None
        if leaf is None:
            return True
        instance = ref[: len(ref) - len(slot.ref) + len(slot.repeat)]
        return self._entry.value(instance + leaf[len(slot.repeat) :]) != ""

    def _may_get_rows(self, slot: Slot, instance: str) -> bool:
        standing = tuple(self._instances_of(slot, instance))
        return not standing or any(self._entry.is_relevant(ref) for ref in standing)

    def _instances_of(self, slot: Slot, instance: str) -> Iterator[str]:
        if not slot.repeat:
            yield slot.ref
            return
        tail = slot.ref[len(slot.repeat) :]
        if not instance:
            inside = self._all_instances(slot.repeat)
        elif slot.repeat == slot.runs:
            inside = (instance,)
        else:
            inside = self._entry.instances(instance + slot.repeat[len(slot.runs) :])
        for here in inside:
            yield here + tail

    def _all_instances(self, repeat: str) -> tuple[str, ...]:
        outer = max((r for r in self._definition.repeats if repeat.startswith(r + "/")), key=len, default="")
        if not outer:
            return self._entry.instances(repeat)
        tail = repeat[len(outer) :]
        return tuple(ref for parent in self._all_instances(outer) for ref in self._entry.instances(parent + tail))

    def _passed_over(self, slot: Slot, alone: bool) -> bool:
        tags = self._tags(slot)
        if not self._role_may(slot) or (not alone and tags.get("private") == "yes"):
            return True
        return tags.get("gate") == "language" and not self._gate_open()

    def _gate_open(self) -> bool:
        """Special consents are asked in a reviewed language, or with an interpreter (DOMAIN 2.1-19)."""
        state = self._index.hosts.get("language_state")
        machine = state is not None and self._entry.value(state) == "machine"
        return not machine or self._value("interpreter") in INTERPRETERS

    def _choice_shown(self, choice: ChoiceView, volunteers_only: bool) -> bool:
        if choice.properties.get("gate") == "C7" and not self.sharing_possible():
            return False
        return not volunteers_only or choice.properties.get("volunteer") == "yes"

    def _role_may(self, slot: Slot) -> bool:
        return self._tags(slot).get("not_for") != VOLUNTEER or self.context.role != VOLUNTEER

    def _room_for_more(self, repeat: str, count: int) -> bool:
        tags = self._definition.binds[repeat].tags
        if tags.get("host"):
            return False  # the app writes these rows, nobody adds one
        most = tags.get("max", "")
        full, _, short = most.partition("/")
        limit = short if short and self.talk_form() == "short" else full
        return not limit.isdigit() or count < int(limit)

    def _gate_place(self) -> int:
        """The last place that is shown when the age gate has ended the talk."""
        gate = {self._index.concepts.get("age_group"), self._index.concepts.get("go_on")}
        places = (slot.place for block in self._blocks() for g in block.screens for slot in g if slot.ref in gate)
        return max(places, default=0)

    def _waits_here(self, screen: Screen) -> bool:
        return any(self._tag(ref, "concept") in _NEEDED and not self._entry.value(ref) for ref in screen.refs)

    def _alone(self) -> bool:
        return self._value("alone") in ALONE

    def _value(self, concept: str) -> str:
        ref = self._index.concepts.get(concept)
        return self._entry.answer(ref) if ref else ""

    def _tags(self, slot: Slot) -> Mapping[str, str]:
        return self._definition.binds[slot.ref].tags

    def _tag(self, ref: str, name: str) -> str:
        return self._definition.binds[_INSTANCE.sub("", ref) if "[" in ref else ref].tags.get(name, "")
