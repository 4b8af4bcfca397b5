"""Random walks through a form, the same steps for our engine and for JavaRosa, and what differs between the two.

A walk is recorded as what JavaRosa said at every step, so that it can be replayed without Java. To record anew:
`python -m tests.xforms.walker`.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from lxml import etree

from intake_app.xforms.api import Change, FormDefinition, FormEntry, NodeView, parse_form, serialize
from intake_app.xforms.compile import compile_form
from tests.xforms import answers
from tests.xforms.excuses import Difference, excused
from tests.xforms.oracle import javarosa
from tests.xforms.story import MOMENT

DATA = Path(__file__).parents[1] / "data" / "xforms"
FORMS = DATA / "forms"
MEDIA = FORMS / "media"
WALKS = DATA / "walks"
NAMES = sorted(path.stem for path in FORMS.glob("*.md"))
STEPS = 630
SEEDS = (1, 2)
KEYS = ("relevant", "readonly", "required", "value", "label", "hint", "choices")
LOOK_AT_ALL = 20
"""In a replay every node is compared once in so many steps, else those that either side calls changed."""

GENERIC = re.compile(r"\[\d+\]")
STAMPS = ("instanceID", "start", "end", "today", "device", "user")
"""Elements whose text comes from the clock, chance or the device."""

Event = dict[str, str]
Node = dict[str, Any]


@cache
def compiled(name: str) -> bytes:
    """The XForm of one of our forms. Raises FormInvalid."""
    with TemporaryDirectory() as nothing:
        return compile_form(FORMS / f"{name}.md", Path(nothing)).xml


def begun(xml: bytes, seed: int) -> FormEntry:
    """A new record of a form, with the lists beside our forms."""
    return FormEntry.new(parse_form(xml), media=MEDIA, now=lambda: MOMENT, seed=seed)


@dataclass
class Told:
    """What JavaRosa said at one step: the event, its verdict, and the nodes that look different or are gone."""

    event: Event
    rejected: str | None = None
    message: str | None = None
    nodes: list[Node] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    invalid: list[str] | None = None
    xml: str = ""


@dataclass
class Outcome:
    """How a walk went: what nobody excuses, and how often each clause of DAG.md had to excuse something."""

    unexplained: list[str] = field(default_factory=list)
    clauses: Counter[str] = field(default_factory=Counter)
    answers: int = 0


def seen(view: NodeView) -> Node:
    """A node in the words of the records."""
    return {
        "ref": view.ref,
        "relevant": view.relevant,
        "readonly": view.readonly,
        "required": view.required,
        "value": view.value,
        "label": view.label,
        "hint": view.hint,
        "choices": None if view.choices is None else [[choice.value, choice.label] for choice in view.choices],
    }


class Comparison:
    """Our record beside JavaRosa's, step after step."""

    def __init__(self, entry: FormEntry) -> None:
        self.entry = entry
        self.theirs: dict[str, Node] = {}
        self.outcome = Outcome()
        self.step = 0

    def begin(self, told: Told) -> None:
        """Compare the records as they are loaded."""
        self._take(told)
        self._note(told, self._different(None))

    def follow(self, told: Told, *, all_nodes: bool = True) -> None:
        """Take a step ourselves and compare."""
        self.step += 1
        self._take(told)
        if "check" in told.event:
            self._note(told, self._at_the_end(told))
            return
        self.outcome.answers += "set" in told.event
        change = self.entry.apply(told.event)
        near = None if all_nodes else {*change.changed, *(node["ref"] for node in told.nodes)}
        self._note(told, [*self._verdicts(told, change), *self._different(near)])

    def _take(self, told: Told) -> None:
        self.theirs.update((node["ref"], node) for node in told.nodes)
        for ref in told.gone:
            self.theirs.pop(ref, None)

    def _note(self, told: Told, differences: list[Difference]) -> None:
        for one in differences:
            clause = excused(one, told.event)
            if clause is None:
                self.outcome.unexplained.append(f"step {self.step} {told.event}: {one}")
            else:
                self.outcome.clauses[clause] += 1

    def _verdicts(self, told: Told, change: Change) -> Iterator[Difference]:
        ours = None if change.rejected is None else change.rejected.reason
        if (ours is None) != (told.rejected is None):
            yield Difference(told.event.get("set", ""), "rejected", ours, told.rejected)
        elif change.rejected is not None and told.message and change.rejected.message != told.message:
            yield Difference(told.event["set"], "message", change.rejected.message, told.message)

    def _different(self, near: set[str] | None) -> list[Difference]:
        if near is None:
            views = {view.ref: seen(view) for view in self.entry.nodes()}
            refs = views.keys() | self.theirs.keys()
        else:
            there = [ref for ref in near if ref in self.theirs]
            views = {ref: seen(self.entry.node(ref)) for ref in there}
            refs = views.keys()
        return [one for ref in refs if not meta(ref) for one in self._unlike(ref, views.get(ref))]

    def _unlike(self, ref: str, mine: Node | None) -> Iterator[Difference]:
        other = self.theirs.get(ref)
        if mine is None or other is None:
            yield Difference(ref, "there", mine is not None, other is not None)
            return
        bind = self.entry.definition.binds.get(GENERIC.sub("", ref))
        for key in KEYS:
            if key == "value" and bind is not None and bind.preload is not None:
                continue
            # JavaRosa shows texts and choices of asked questions only, and values of leaves only.
            silent = mine[key] is None or other[key] is None
            if not silent and mine[key] != other[key]:
                yield Difference(ref, key, mine[key], other[key])

    def _at_the_end(self, told: Told) -> Iterator[Difference]:
        asked = self.entry.definition.controls
        ours = [one for one in self.entry.violations() if self.entry.node(one.ref).generic_ref in asked]
        mine = [spelled(ours[0].ref), ours[0].reason] if ours else None
        theirs = None if told.invalid is None else [spelled(told.invalid[0]), told.invalid[1]]
        if mine != theirs:
            yield Difference("", "invalid", mine, theirs)
        yield from unlike_xml(serialize(self.entry), told.xml.encode())


def meta(ref: str) -> bool:
    """Whether a node belongs to the meta block, whose identifiers are different in every record."""
    return ref.startswith("/data/meta")


def spelled(ref: str) -> str:
    """A ref with no `[1]`: JavaRosa writes a place at every step."""
    return ref.replace("[1]", "")


def unlike_xml(ours: bytes, theirs: bytes) -> Iterator[Difference]:
    """Where two submissions differ, identifiers and stamps aside."""
    mine, other = (list(flat(etree.fromstring(xml))) for xml in (ours, theirs))
    ranked = sorted(mine), sorted(other)
    paths = [[path for path, _ in pairs] for pairs in ranked]
    if paths[0] != paths[1]:
        yield Difference("", "elements", paths[0], paths[1])
    elif [path for path, _ in mine] != [path for path, _ in other]:
        yield Difference("", "order", [path for path, _ in mine], [path for path, _ in other])
    else:
        for (path, text), (_, their_text) in zip(mine, other, strict=True):
            if text != their_text:
                yield Difference(path, "xml", text, their_text)


def flat(element: etree._Element, above: str = "") -> Iterator[tuple[str, str]]:
    """The elements of a submission in order, each with its text; of the meta block only what the form computes."""
    name = etree.QName(element).localname
    path = f"{above}/{name}"
    yield path, "" if len(element) or name in STAMPS else element.text or ""
    for child in element:
        yield from flat(child, path)


def wander(entry: FormEntry, random: Random) -> Event:
    """What somebody might do next who answers at random."""
    dice = random.random()
    if dice < 0.02:
        return {"check": "yes"}
    if dice < 0.05 and len(entry.definition.languages) > 1:
        return {"language": random.choice(entry.definition.languages)}
    views = list(entry.nodes())
    if dice < 0.13 and (free := list(may_grow(entry, views))):
        return {"add_repeat": random.choice(free)}
    if dice < 0.17 and (many := list(may_shrink(entry, views))):
        return {"remove_repeat": random.choice(many)}
    open_ones = [view for view in views if may_answer(entry.definition, view)]
    if not open_ones:
        return {"check": "yes"}
    view = random.choice(open_ones)
    return {
        "set": view.ref,
        "value": answers.some(view, random, entry.definition.controls[view.generic_ref].parameters),
    }


def may_grow(entry: FormEntry, views: list[NodeView]) -> Iterator[str]:
    """The repeats that take one more: small ones only, so that a walk stays a walk through the form."""
    parents = ["/data", *(view.ref for view in views if view.kind != "value" and view.relevant)]
    for generic in entry.definition.repeats:
        above, name = generic.rpartition("/")[::2]
        for parent in parents:
            if GENERIC.sub("", parent) == above and free(entry, generic):
                there = entry.instances(f"{parent}/{name}")
                shown = all(entry.is_relevant(ref) for ref in there)
                if len(there) < 4 and shown and (there or entry.definition.binds[generic].relevant is None):
                    yield f"{parent}/{name}"


def may_shrink(entry: FormEntry, views: list[NodeView]) -> Iterator[str]:
    """The instances that may go. Where a repeat can hide as a whole, its last one stays to show whether it does."""
    for view in views:
        if view.kind == "repeat" and view.relevant and free(entry, view.generic_ref):
            bind = entry.definition.binds[view.generic_ref]
            hides = bind.relevant is not None or bind.readonly is not None
            if not hides or len(entry.instances(view.ref.rpartition("[")[0])) > 1:
                yield view.ref


def free(entry: FormEntry, generic: str) -> bool:
    """Whether a person adds and removes instances."""
    control = entry.definition.controls.get(generic)
    return control is None or not {"count", "noAddRemove"} & control.parameters.keys()


def may_answer(definition: FormDefinition, view: NodeView) -> bool:
    """Whether a person sees an open question here."""
    bind = definition.binds.get(view.generic_ref)
    asked = view.kind == "value" and view.relevant and view.control is not None and not view.readonly
    return asked and bind is not None and bind.calculate is None


def told_by(session: javarosa.Session, event: Event) -> Told:
    """Let JavaRosa take a step, and then all that it leaves for later."""
    if "check" in event:
        session.settle()
        end = session.finish()
        return Told(event, invalid=end["invalid"], xml=end["xml"])
    said, settled = session.play(event), session.settle()
    return Told(
        event, said["rejected"], said["message"], [*said["nodes"], *settled["nodes"]], [*said["gone"], *settled["gone"]]
    )


def live(session: javarosa.Session, xml: bytes, path: Path, steps: int, seed: int) -> tuple[Outcome, list[Told]]:
    """Walk with JavaRosa at our side; the outcome and what JavaRosa said."""
    path.write_bytes(xml)
    random, entry = Random(seed), begun(xml, seed)
    loaded = session.load(path, media=MEDIA)
    settled = session.settle()
    first = Told({}, nodes=[*loaded["nodes"], *settled["nodes"]], gone=settled["gone"])
    comparison, tale = Comparison(entry), [first]
    comparison.begin(first)
    for _ in range(steps):
        told = told_by(session, wander(entry, random))
        tale.append(told)
        comparison.follow(told)
    return comparison.outcome, tale


def replay(xml: bytes, tale: list[Told], seed: int) -> Outcome:
    """Walk the way of a record."""
    comparison = Comparison(begun(xml, seed))
    comparison.begin(tale[0])
    for number, told in enumerate(tale[1:], start=1):
        comparison.follow(told, all_nodes=number % LOOK_AT_ALL == 0 or number == len(tale) - 1)
    return comparison.outcome


def record(path: Path, tales: dict[int, list[Told]]) -> None:
    """Keep what JavaRosa said, by seed: the same bytes every time."""
    lines = {seed: [_packed(told) for told in tale] for seed, tale in tales.items()}
    text = json.dumps(lines, ensure_ascii=False, separators=(",", ":"))
    path.write_bytes(gzip.compress(text.encode(), mtime=0))


def recorded(name: str) -> dict[int, list[Told]]:
    """The tales of a form, by seed."""
    lines = json.loads(gzip.decompress((WALKS / f"{name}.json.gz").read_bytes()))
    return {int(seed): [_unpacked(line) for line in tale] for seed, tale in lines.items()}


def _packed(told: Told) -> list[object]:
    nodes = [
        [node["ref"], *(node[key] for key in KEYS)] for node in {node["ref"]: node for node in told.nodes}.values()
    ]
    return [told.event, told.rejected, told.message, nodes, told.gone, told.invalid, told.xml]


def _unpacked(line: list[Any]) -> Told:
    event, rejected, message, nodes, *rest = line
    return Told(event, rejected, message, [dict(zip(("ref", *KEYS), node, strict=True)) for node in nodes], *rest)


def main(names: list[str]) -> None:
    """Record the walks of these forms, of all without names."""
    total: Counter[str] = Counter()
    answered = 0
    with javarosa.Session() as session, TemporaryDirectory() as folder:
        for name in names or NAMES:
            tales: dict[int, list[Told]] = {}
            for seed in SEEDS:
                outcome, tales[seed] = live(session, compiled(name), Path(folder, f"{name}.xml"), STEPS, seed)
                total.update(outcome.clauses)
                answered += outcome.answers
                wrong = len(outcome.unexplained)
                sys.stdout.write(
                    f"{name} {seed}: {outcome.answers} answers, {dict(outcome.clauses)}, {wrong} unexplained\n"
                )
                sys.stdout.writelines(f"    {line}\n" for line in outcome.unexplained[:6])
                sys.stdout.flush()
            record(WALKS / f"{name}.json.gz", tales)
    sys.stdout.write(f"{answered} answers; {dict(total)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
