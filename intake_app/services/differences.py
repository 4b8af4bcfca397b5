"""Two places said something else about one person: which answers differ, each as a question with both answers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from intake_app.errors import EventRefused
from intake_app.profile.answers import ConceptIndex
from intake_app.services.conversation import Conversation
from intake_app.services.hand_over import goes_along
from intake_app.services.sent_content import answer_shown
from intake_app.xforms.api import FormDefinition, FormEntry, NodeView

DUTCH = "nl"
HERE, THERE, OWN = "here", "there", "own"
_NUMBER = re.compile(r"\[\d+\]")
_ROW = "#"
_OWN_PLACE = frozenset({"referral", "alone", "interpreter", "version", "plan_form"})
"""Concepts that each place settles for itself: whom it arranges contact with, who was at the table, which form."""
_HIDDEN = "partner"
_TEXT = frozenset({"string"})


@dataclass(frozen=True)
class Told:
    """What one place has under one question: rows of leaf name to text (one row outside repeats), and in words."""

    question: str
    rows: tuple[Mapping[str, str], ...] = field(repr=False)
    shown: str = field(repr=False)
    hosts: Mapping[str, str] = field(default_factory=dict, repr=False)
    """What the app wrote into a row of a list, for a place that does not have the row."""
    typed: bool = False


EMPTY = Told("", (), "")


@dataclass(frozen=True)
class Differing:
    """What both places have under one question; `changed_here` as in `Difference`."""

    here: Told
    there: Told
    changed_here: bool = True


@dataclass(frozen=True)
class Difference:
    """One question with both answers; `changed_here` says that this place changed it too since the plan was given.

    `choice` is empty, here, there or own; `own` are the words that are put in the place of both, also half typed.
    """

    key: str
    question: str
    here: str = field(repr=False)
    there: str = field(repr=False)
    changed_here: bool = True
    choice: str = ""
    own: str = field(default="", repr=False)
    typed: bool = False
    idle: bool = False
    """The question is not asked, as other choices stand now."""


def told_by(form: FormDefinition, entry: FormEntry, shared: frozenset[str] | None = None) -> dict[str, Told]:
    """Everything of an entry that both places can have, by a key that both share: what may move with its person, or
    what stands under the generic refs `shared`."""
    index, shared = ConceptIndex.of(form), _shared(form) if shared is None else shared
    rows: dict[str, _Rows] = {}
    found: dict[str, Told] = {}
    for view in entry.nodes():
        at = view.ref.rsplit("/", 1)[0]
        if view.kind == "repeat" and view.ref.count("[") == 1:
            rows[view.ref] = _Rows(view.generic_ref, view.label or "", _hosts(entry, index, view))
        elif _counts(shared, entry, view):
            if at in rows:
                rows[at].add(entry, view)
            elif "[" not in view.ref:
                shown = answer_shown(entry, view, view.value or "")
                typed = view.type in _TEXT and view.choices is None
                found[view.ref] = Told(_words(view), ({"": view.value or ""},), shown, typed=typed)
    return found | _joined(form, rows)


def differences(
    form: FormDefinition,
    here: FormEntry,
    there: FormEntry,
    base: FormEntry | None,
    shared: frozenset[str] | None = None,
) -> dict[str, Differing]:
    """Per key what both say; what the other place left as it was given is no difference. `shared` as in `told_by`."""
    ours, theirs = told_by(form, here, shared), told_by(form, there, shared)
    given = told_by(form, base, shared) if base is not None else None
    found = {}
    for key in dict.fromkeys((*ours, *theirs)):
        mine, other = ours.get(key, EMPTY), _unhidden(ours.get(key, EMPTY), theirs.get(key, EMPTY))
        if _same(mine, other):
            continue
        before = given.get(key, EMPTY) if given is not None else None
        if before is None or not _same(_unhidden(before, other), before):
            found[key] = Differing(mine, other, before is None or not _same(mine, before))
    return found


def take_over(conversation: Conversation, chosen: Mapping[str, Told], *, as_asked: bool = False) -> None:
    """Put the chosen answers in a talk, each with its consequences. With `as_asked` an answer is passed over whose
    question is not asked any more. Raises EventRefused (reason `conflict_refused`) for one that the form does not take,
    StorageError; then none of them happened."""
    form, entry = conversation.talk.definition, conversation.talk.entry
    with conversation.talk.together():
        left = dict(chosen)
        for _ in range(2):  # one answer may make room for another: a direction is left before the next is chosen
            left = {
                key: told
                for key, told in left.items()
                if (as_asked and not is_asked(form, entry, key)) or not _put(conversation, key, told)
            }
        if as_asked:
            left = {key: told for key, told in left.items() if is_asked(form, entry, key)}
        if left:
            raise EventRefused(ref=next(iter(left)), reason="conflict_refused")


@dataclass
class _Rows:
    """The instance of a repeat while it is read."""

    repeat: str
    label: str
    hosts: dict[str, str]
    leaves: dict[str, str] = field(default_factory=dict)
    shown: list[str] = field(default_factory=list)
    question: str = ""

    def add(self, entry: FormEntry, view: NodeView) -> None:
        value = view.value or ""
        self.leaves[view.ref.rsplit("/", 1)[1]] = value
        self.question = self.question or _words(view)
        if value:
            self.shown.append(answer_shown(entry, view, value))


def _joined(form: FormDefinition, rows: Mapping[str, _Rows]) -> dict[str, Told]:
    """Rows of a list that the app keeps stand each by their id; those of the talk together, as one answer."""
    found: dict[str, Told] = {}
    together: dict[str, list[_Rows]] = {}
    for one in rows.values():
        name = one.hosts.get("id", "")
        if name and one.leaves:
            label = one.hosts.get("label", "") or name
            question = f"{one.question} – {label}" if one.question and label not in one.question else one.question
            found[f"{one.repeat}{_ROW}{name}"] = Told(
                question, (dict(one.leaves),), " · ".join(one.shown), dict(one.hosts)
            )
        elif not one.hosts and one.leaves:
            together.setdefault(one.repeat, []).append(one)
    for repeat, several in together.items():
        filled = [one for one in several if one.shown]
        shown = "\n".join(" · ".join(one.shown) for one in filled)
        question = several[0].label or several[0].question
        found[repeat] = Told(question, tuple(dict(one.leaves) for one in filled), shown)
    return found


def _counts(shared: frozenset[str], entry: FormEntry, view: NodeView) -> bool:
    if view.kind in ("group", "repeat") or view.control in (None, "trigger"):
        return False
    return view.generic_ref in shared and entry.takes_answer(view.ref)


def _shared(form: FormDefinition) -> frozenset[str]:
    """Generic refs that both places can have: what goes along, less what each place settles for itself."""
    index = ConceptIndex.of(form).concepts
    own = {index[name] for name in _OWN_PLACE if name in index}
    repeats = tuple(f"{ref.rsplit('/', 1)[0]}/" for ref in own if ref.rsplit("/", 1)[0] in form.repeats)
    return frozenset(ref for ref in goes_along(form) - own if not ref.startswith(repeats))


def _hosts(entry: FormEntry, index: ConceptIndex, view: NodeView) -> dict[str, str]:
    """Names and texts of what the app wrote into a row."""
    found = {}
    for (repeat, name), leaf in index.inner_hosts.items():
        if repeat == view.generic_ref:
            found[name] = entry.answer(view.ref + leaf[len(repeat) :])
    return found


def _words(view: NodeView) -> str:
    return _NUMBER.sub("", view.label or view.ref.rsplit("/", 1)[1])


def _unhidden(mine: Told, other: Told) -> Told:
    """A partner that C7 did not let go along was not taken away there."""
    rows = []
    for number, row in enumerate(other.rows):
        hidden = [name for name, text in row.items() if name.endswith(_HIDDEN) and not text]
        own = mine.rows[number] if number < len(mine.rows) else {}
        rows.append({**row, **{name: own.get(name, "") for name in hidden}})
    return Told(other.question, tuple(rows), other.shown, other.hosts, other.typed)


def _same(one: Told, other: Told) -> bool:
    return _filled(one) == _filled(other)


def _filled(told: Told) -> list[dict[str, str]]:
    rows = [{name: text for name, text in row.items() if text} for row in told.rows]
    return [row for row in rows if row]


def _put(conversation: Conversation, key: str, told: Told) -> bool:
    repeat, at_row, name = key.partition(_ROW)
    if at_row:
        return _put_row(conversation, repeat, name, told)
    if repeat in conversation.talk.definition.repeats:
        return _put_rows(conversation, repeat, told)
    return _answer(conversation, key, told.rows[0][""] if told.rows else "")


def is_asked(form: FormDefinition, entry: FormEntry, key: str) -> bool:
    """Whether the question of a key takes an answer, as the talk stands now."""
    repeat = key.partition(_ROW)[0]
    if repeat not in form.repeats:
        return entry.takes_answer(key)
    return any(view.relevant for view in entry.nodes() if view.kind == "repeat" and view.generic_ref == repeat)


def _put_row(conversation: Conversation, repeat: str, name: str, told: Told) -> bool:
    answers = conversation.talk.answers
    if not any(row.host("id") == name for row in answers.rows_of(repeat)):
        if not told.hosts:
            return True
        columns = [host for generic, host in answers.index.inner_hosts if generic == repeat]
        rows = [{column: row.host(column) for column in columns} for row in answers.rows_of(repeat) if row.host("id")]
        host = next(host for host, ref in answers.index.hosts.items() if ref == repeat)
        conversation.talk.set_host(host, [*rows, dict(told.hosts)])
    place = next(row.ref for row in answers.rows_of(repeat) if row.host("id") == name)
    leaves = told.rows[0] if told.rows else _emptied(conversation, place)
    good = [_answer(conversation, f"{place}/{leaf}", text) for leaf, text in leaves.items()]
    return all(good)


def _put_rows(conversation: Conversation, repeat: str, told: Told) -> bool:
    talk = conversation.talk
    wanted = max(1, len(told.rows))
    while len(talk.entry.instances(repeat)) > wanted:
        talk.remove_instance(talk.entry.instances(repeat)[-1])
    while len(talk.entry.instances(repeat)) < wanted:
        talk.add_instance(repeat)
    good = []
    for number, place in enumerate(talk.entry.instances(repeat)):
        leaves = {**_emptied(conversation, place), **(told.rows[number] if number < len(told.rows) else {})}
        good += [_answer(conversation, f"{place}/{leaf}", text) for leaf, text in leaves.items()]
    return all(good)


def _emptied(conversation: Conversation, place: str) -> dict[str, str]:
    """The questions of a row that were answered, each without its answer."""
    controls, generic = conversation.talk.definition.controls, _NUMBER.sub("", place)
    found = {}
    for ref in controls:
        parent, _, leaf = ref.rpartition("/")
        if parent == generic and conversation.talk.entry.takes_answer(f"{place}/{leaf}"):
            found[leaf] = ""
    return found


def _answer(conversation: Conversation, ref: str, text: str) -> bool:
    entry = conversation.talk.entry
    if entry.value(ref) == text:
        return True
    if not text and not entry.takes_answer(ref):
        return True
    try:
        return conversation.answer(ref, text).rejected is None
    except EventRefused:
        return False
