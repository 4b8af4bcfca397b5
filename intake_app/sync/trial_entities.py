"""The trial receiver's entity lists: records make and change them, with versions and conflicts as in ODK Central."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock

from lxml import etree

from intake_app.errors import UnsafeXml
from intake_app.safe_xml import local_name, parse, serialize

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_TRUE = frozenset({"1", "true"})
_XFORMS = "{http://www.w3.org/2002/xforms}"
_ENTITIES = "{http://www.opendatakit.org/xforms/entities}"
HARD, SOFT = "hard", "soft"


@dataclass(frozen=True)
class EntityVersion:
    """One version of an entity, by the record that made it. `conflict` is empty, hard or soft."""

    version: int
    base: int
    trunk: int
    branch: str
    label: str
    data: Mapping[str, str]
    source: str
    conflict: str = ""
    changed: frozenset[str] = frozenset()


@dataclass
class Entity:
    """An entity with all its versions, oldest first."""

    name: str
    versions: list[EntityVersion] = field(default_factory=list)
    deleted: bool = False
    out_of_sight: bool = False

    @property
    def current(self) -> EntityVersion:
        """The newest version."""
        return self.versions[-1]


@dataclass(frozen=True)
class _Change:
    dataset: str
    name: str
    create: bool
    update: bool
    base: str
    trunk: str
    branch: str
    label: str
    data: Mapping[str, str]
    source: str


class TrialEntities:
    """The lists of one project. What Central tells nobody but its log stands in `errors` (record, reason)."""

    def __init__(self, saves: Mapping[str, Mapping[str, str]]) -> None:
        self._saves = saves
        self._lists: dict[str, dict[str, Entity]] = {}
        self._held: list[_Change] = []
        self._lock = Lock()
        self.errors: list[tuple[str, str]] = []

    def of(self, dataset: str) -> Mapping[str, Entity]:
        """The entities of a list by their id."""
        with self._lock:
            return dict(self._lists.get(dataset, {}))

    @property
    def held(self) -> int:
        """How many changes wait for one that is missing before them."""
        return len(self._held)

    def delete(self, dataset: str, name: str) -> None:
        """What an administrator does."""
        with self._lock:
            self._lists[dataset][name].deleted = True

    def put_out_of_sight(self, dataset: str, name: str) -> None:
        """The row is there still, and laptops do not get it any more."""
        with self._lock:
            self._lists[dataset][name].out_of_sight = True

    def deleted(self, dataset: str, names: Sequence[str]) -> dict[str, bool]:
        """Of the ids asked about that are known: whether they were deleted."""
        known = self.of(dataset)
        return {name: known[name].deleted for name in names if name in known}

    def take_in(self, form_id: str, instance_id: str, xml: bytes) -> None:
        """Work a new record off. An edit of a record that was worked off changes no entity, as in Central."""
        change = _read(xml, self._saves.get(form_id, {}), instance_id)
        if change is None:
            return
        with self._lock:
            self._apply(change)
            self._try_held()

    def csv_of(self, dataset: str, properties: Sequence[str]) -> bytes:
        """The list as laptops get it."""
        text = io.StringIO(newline="")
        rows = csv.writer(text)
        rows.writerow(["name", "label", "__version", *properties])
        for name, one in sorted(self.of(dataset).items()):
            if not one.deleted and not one.out_of_sight:
                now = one.current
                rows.writerow([name, now.label, now.version, *(now.data.get(each, "") for each in properties)])
        return text.getvalue().encode()

    def _apply(self, change: _Change) -> bool:
        """Whether the change was dealt with; one that waits for another is held."""
        known = self._lists.setdefault(change.dataset, {}).get(change.name)
        problem = _problem(change, known)
        if problem:
            self.errors.append((change.source, problem))
            return True
        if change.create and not change.update:
            first = EntityVersion(1, 0, 0, change.branch, change.label, change.data, change.source)
            self._lists[change.dataset][change.name] = Entity(change.name, [first])
            return True
        base = _base_of(change, known)
        if known is None or base is None:
            if change not in self._held:
                self._held.append(change)
            return False
        known.versions.append(_next(known, change, base))
        return True

    def _try_held(self) -> None:
        again = True
        while again:
            again = False
            for change in list(self._held):
                if self._apply(change):
                    self._held.remove(change)
                    again = True


def _problem(change: _Change, known: Entity | None) -> str:
    if not _UUID.fullmatch(change.name):
        return "bad uuid"
    if change.create and not change.update:
        if known is not None:
            return "duplicate uuid"
        return "" if change.label else "blank label"
    if not change.base.isdecimal():
        return "bad baseVersion"
    if known is not None and known.deleted:
        return "deleted entity"
    return "unknown entity" if known is None and not (change.branch and not change.trunk) else ""


def _base_of(change: _Change, known: Entity | None) -> EntityVersion | None:
    """The version the change builds on: on the server, or the one its own branch made; None while that one is missing.

    In a branch the numbers count on the laptop that made it; elsewhere others may have changed the entity meanwhile.
    """
    if known is None:
        return None
    base = int(change.base)
    if change.branch and (not change.trunk or base > int(change.trunk)):
        if not change.trunk and base == 1:
            return known.versions[0]
        own = [one for one in known.versions if one.branch == change.branch and one.base + 1 == base]
        return own[-1] if own else None
    return next((one for one in known.versions if one.version == base), None)


def _next(known: Entity, change: _Change, base: EntityVersion) -> EntityVersion:
    now = known.current
    changed = frozenset(name for name, value in change.data.items() if value != base.data.get(name, ""))
    later = [one for one in known.versions if one.version > base.version]
    mine = bool(later) and all(one.branch and one.branch == change.branch for one in later)
    conflict = ""
    if later and not mine:
        others = frozenset().union(*(one.changed for one in later))
        conflict = HARD if others & changed else SOFT
    return EntityVersion(
        now.version + 1,
        int(change.base),
        int(change.trunk or 0),
        change.branch,
        change.label or now.label,
        {**now.data, **change.data},
        change.source,
        conflict,
        changed,
    )


def _read(xml: bytes, saves: Mapping[str, str], source: str) -> _Change | None:
    try:
        root = parse(xml)
    except UnsafeXml:
        return None
    for element in root.iter("*"):
        if local_name(element) != "entity" or not element.get("dataset"):
            continue
        create, update = (element.get(word, "") in _TRUE for word in ("create", "update"))
        if not (create or update):
            return None
        texts = {local_name(one): (one.text or "") for one in root.iterchildren("*") if not len(one)}
        label = next((one.text or "" for one in element if local_name(one) == "label"), "")
        return _Change(
            element.get("dataset", ""),
            element.get("id", "").removeprefix("uuid:"),
            create,
            update,
            element.get("baseVersion", ""),
            element.get("trunkVersion", ""),
            element.get("branchId", ""),
            label.strip(),
            {name: texts[node] for name, node in saves.items() if node in texts},
            source,
        )
    return None


def saves_of(form_xml: bytes) -> tuple[str, dict[str, str]]:
    """The entity list a blank form writes to, and property to question; empty for a form that writes to none."""
    root = parse(form_xml)
    dataset = next((str(one.get("dataset")) for one in root.iter("*") if one.get("dataset")), "")
    binds = [one for one in root.iter(f"{_XFORMS}bind") if one.get(f"{_ENTITIES}saveto")]
    return dataset, {str(one.get(f"{_ENTITIES}saveto")): str(one.get("nodeset")).rsplit("/", 1)[-1] for one in binds}


def list_in(form_xml: bytes) -> str:
    """The entity list whose file a form asks for (`jr://file-csv/NAME.csv`), empty for none."""
    dataset, _ = saves_of(form_xml)
    return dataset if f"jr://file-csv/{dataset}.csv".encode() in form_xml else ""


def integrity(answers: Mapping[str, bool]) -> bytes:
    """The answer to the question which entities were deleted."""
    root = etree.Element("data")
    entities = etree.SubElement(root, "entities")
    for name, gone in answers.items():
        one = etree.SubElement(entities, "entity", id=name)
        etree.SubElement(one, "deleted").text = "true" if gone else "false"
    return serialize(root)


def stamp_of(content: bytes) -> str:
    """A change stamp that is no MD5 of the content, as Central's is none."""
    return hashlib.sha256(b"stamp" + content).hexdigest()[:32]
