"""What was imported, ready to be searched and read, beside the shipped catalogue."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from intake_app.catalogue.imports.store import ESSENTIAL, FORMAT, KINDS, current_file
from intake_app.catalogue.index import Index
from intake_app.catalogue.search import Search, index_of
from intake_app.domain.catalogue import Catalogue, Occupation, Provenance, Requirement

EXACT = "exactMatchESCO"
"""Only an exact bridge makes two skills one; a close one may join a broad skill to a narrow one."""
ESCO_PREFIX = "esco:"
AFTER_OURS = 10_000
"""Ranks of imported occupations start here, so that ours stay first among equals."""
LEVEL_OF_MAJOR_GROUP = {"1": 4, "2": 6, "3": 4, "4": 2, "5": 2, "6": 2, "7": 2, "8": 2, "9": 0}
"""The skill levels of ISCO-08 (ILO 2012, volume 1, table 1) as levels of school: 1 none, 2 mbo 2, 3 mbo 4, 4 hbo."""
UNREGULATED = "/unregulated"
REGULATED = Requirement("REGULATED", "erkend diploma", by_law=True)
"""Stands for whatever a country asks of a regulated profession: such a list says only that there is something."""


@dataclass(frozen=True)
class ImportedList:
    """One imported list: its kind and its file, open for reading."""

    kind: str
    path: Path
    database: sqlite3.Connection

    @cached_property
    def index(self) -> Index:
        """Its names, searchable."""
        return Index(self.database)

    @cached_property
    def about(self) -> dict[str, str]:
        """Version, source, moment of import and line of credit."""
        return dict(self.database.execute("SELECT key, value FROM about"))

    def counts(self) -> dict[str, int]:
        """Number of things of each kind, and of relations between them."""
        found = dict(self.database.execute("SELECT kind, count(*) FROM things GROUP BY kind"))
        (relations,) = self.database.execute("SELECT count(*) FROM requires").fetchone()
        return {**found, "relations": relations}

    def languages(self) -> dict[str, int]:
        """Number of names in each language."""
        return dict(self.database.execute("SELECT lang, count(*) FROM entries GROUP BY lang ORDER BY lang"))

    def close(self) -> None:
        """Let go of the file, so that Windows may remove it."""
        self.database.close()


def open_imported(folder: Path) -> tuple[ImportedList, ...]:
    """The imported lists of a folder; a file that is damaged or of another format counts as not imported."""
    found = []
    for kind in KINDS:
        path = current_file(folder, kind)
        database = _open(path) if path else None
        if path and database:
            found.append(ImportedList(kind, path, database))
    return tuple(found)


def imported_files(folder: Path) -> tuple[Path, ...]:
    """The files of the imported lists; others than before mean that something was imported meanwhile."""
    return tuple(path for kind in KINDS if (path := current_file(folder, kind)) is not None)


def damaged(folder: Path) -> tuple[str, ...]:
    """Kinds whose file is there but cannot be used: they must be imported again."""
    found = []
    for kind in KINDS:
        path = current_file(folder, kind)
        if path is not None:
            database = _open(path)
            if database is None:
                found.append(kind)
            else:
                database.close()
    return tuple(found)


def _open(path: Path) -> sqlite3.Connection | None:
    try:
        database = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False)
        try:
            (found,) = database.execute("PRAGMA user_version").fetchone()
            database.execute("SELECT key, value FROM about").fetchall()
        except sqlite3.DatabaseError:
            database.close()
            return None
    except sqlite3.DatabaseError:
        return None
    if found != FORMAT:
        database.close()
        return None
    return database


def search_over(catalogue: Catalogue, lists: tuple[ImportedList, ...], *, near: bool = False) -> Search:
    """The search over the shipped catalogue and imported lists together.

    With `near`, an imported occupation whose ISCO code belongs to one occupation of ours leads to that one.
    """
    same: dict[tuple[str, str], tuple[str, str]] = {}
    for each in lists:
        same.update(same_things(catalogue, each))
        if near:
            same.update(near_things(catalogue, each))
    return Search(index_of(catalogue), [each.index for each in lists], same)


def same_things(catalogue: Catalogue, imported: ImportedList) -> Mapping[tuple[str, str], tuple[str, str]]:
    """Which imported things are things of ours: skills by ESCO id, job titles by an ISCO code of one occupation."""
    skills = {skill.esco_uuid: ("skill", skill.id) for skill in catalogue.skills.values()}
    if imported.kind == "esco":
        return {("skill", f"esco:{uuid}"): ours for uuid, ours in skills.items()}
    if imported.kind == "competentnl":
        rows = imported.database.execute(
            "SELECT t.kind, t.thing, b.uri FROM bridges b JOIN things t ON t.id = b.thing WHERE b.how = ?", (EXACT,)
        )
        ends = ((kind, thing, uri.rstrip("/").rsplit("/", 1)[-1]) for kind, thing, uri in rows)
        return {(kind, thing): skills[end] for kind, thing, end in ends if kind == "skill" and end in skills}
    return {("occupation", f"isco:{code}"): ours for code, ours in _alone_in_their_group(catalogue).items()}


def near_things(catalogue: Catalogue, imported: ImportedList) -> Mapping[tuple[str, str], tuple[str, str]]:
    """Imported occupations that share their ISCO code with exactly one occupation of ours."""
    alone = _alone_in_their_group(catalogue)
    rows = imported.database.execute(
        "SELECT t.thing, o.isco FROM occupations o JOIN things t ON t.id = o.thing WHERE t.kind = 'occupation'"
    )
    return {("occupation", thing): alone[isco] for thing, isco in rows if isco in alone}


def _alone_in_their_group(catalogue: Catalogue) -> dict[str, tuple[str, str]]:
    by_code: dict[str, list[str]] = {}
    for occupation in catalogue.occupations.values():
        by_code.setdefault(occupation.isco, []).append(occupation.id)
    return {code: ("occupation", ids[0]) for code, ids in by_code.items() if len(ids) == 1}


def imported_occupations(catalogue: Catalogue, imported: ImportedList, only: str = "") -> dict[str, Occupation]:
    """The occupations of an ESCO list as values, by id, in the order of the list; `only` the one with this id.

    Core skills are the essential skills that are in the shipped catalogue and not generic, other skills the rest of
    those that are in it (DOMAIN 4.4-2). The sector is that of our occupations of the same ISCO group, the lowest level
    follows from the ISCO major group. What ESCO does not tell (Dutch, interests, body, routes) stays empty.
    """
    skills = {f"esco:{skill.esco_uuid}": skill.id for skill in catalogue.skills.values()}
    required = _required_skills(imported, skills, only)
    day = date.fromisoformat(imported.about["imported_at"][:10])
    source = Provenance(f"ESCO {imported.about['version']}".strip(), day)
    rows = imported.database.execute(
        "SELECT t.id, t.thing, t.label_nl, o.isco, o.note FROM occupations o JOIN things t ON t.id = o.thing "
        "WHERE ? IN ('', t.thing) ORDER BY t.id",
        (only,),
    )
    sector_of = _sectors_by_group(catalogue)
    return {
        thing: _occupation(
            _Told(AFTER_OURS + place, thing, label, isco, sector_of(isco), _regulates(note)),
            required.get(number, []),
            catalogue,
            source,
        )
        for place, (number, thing, label, isco, note) in enumerate(rows)
    }


def _regulates(note: str) -> bool:
    """ESCO names a note for regulated professions, and for others either nothing or a note called unregulated."""
    return bool(note) and not note.rstrip("/").endswith(UNREGULATED)


def wider_occupations(catalogue: Catalogue, folder: Path) -> dict[str, Occupation]:
    """The occupations of the ESCO list in a folder, to be proposed beside ours; none without such a list."""
    with _esco(folder) as esco:
        return imported_occupations(catalogue, esco) if esco else {}


def _sectors_by_group(catalogue: Catalogue) -> Callable[[str], str]:
    """From an ISCO code to the sector that all our occupations of its group share: four digits, then three, then two.

    "" where ours stand in several sectors, or there are none.
    """
    sectors: dict[str, set[str]] = {}
    for occupation in catalogue.occupations.values():
        for digits in (4, 3, 2):
            sectors.setdefault(occupation.isco[:digits], set()).add(occupation.sector)

    def sector_of(isco: str) -> str:
        found = next((sectors[isco[:digits]] for digits in (4, 3, 2) if isco[:digits] in sectors), set())
        return next(iter(found)) if len(found) == 1 else ""

    return sector_of


class ImportedOccupations(Mapping[str, Occupation]):
    """The occupations of the ESCO list in a folder, each read when it is asked for.

    A list that is imported or removed meanwhile counts at once; no file stays open.
    """

    def __init__(self, catalogue: Catalogue, folder: Path) -> None:
        self._catalogue, self._folder = catalogue, folder
        self._file: Path | None = None
        self._read: dict[str, Occupation | None] = {}

    def __getitem__(self, name: str) -> Occupation:
        found = self._look_up(name) if name.startswith(ESCO_PREFIX) else None
        if found is None:
            raise KeyError(name)
        return found

    def _look_up(self, name: str) -> Occupation | None:
        file = current_file(self._folder, "esco")
        if file != self._file:
            self._file = file
            self._read.clear()
        if name not in self._read:
            with _esco(self._folder) as esco:
                found = imported_occupations(self._catalogue, esco, name) if esco else {}
            self._read[name] = found.get(name)
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        with _esco(self._folder) as esco:
            names = list(imported_occupations(self._catalogue, esco)) if esco else []
        return iter(names)

    def __len__(self) -> int:
        with _esco(self._folder) as esco:
            return esco.counts().get("occupation", 0) if esco else 0


@contextmanager
def _esco(folder: Path) -> Iterator[ImportedList | None]:
    lists = open_imported(folder)
    try:
        yield next((each for each in lists if each.kind == "esco"), None)
    finally:
        for each in lists:
            each.close()


def _required_skills(imported: ImportedList, skills: Mapping[str, str], only: str) -> dict[int, list[tuple[str, bool]]]:
    marks = ",".join("?" * len(skills))
    rows: Iterator[Any] = imported.database.execute(
        "SELECT r.occupation, t.thing, r.weight FROM things t JOIN requires r ON r.skill = t.id "
        f"WHERE t.kind = 'skill' AND t.thing IN ({marks}) "
        "AND (? = '' OR r.occupation IN (SELECT id FROM things WHERE kind = 'occupation' AND thing = ?)) "
        "ORDER BY r.occupation, r.weight DESC, t.id",
        (*skills, only, only),
    )
    found: dict[int, list[tuple[str, bool]]] = {}
    for occupation, thing, weight in rows:
        found.setdefault(occupation, []).append((skills[thing], weight == ESSENTIAL))
    return found


class _Told(NamedTuple):
    """What an imported list tells of an occupation itself."""

    rank: int
    id: str
    label: str
    isco: str
    sector: str
    regulated: bool


def _occupation(told: _Told, required: list[tuple[str, bool]], catalogue: Catalogue, source: Provenance) -> Occupation:
    core = tuple(skill for skill, essential in required if essential and not catalogue.skills[skill].generic)
    level = LEVEL_OF_MAJOR_GROUP.get(told.isco[:1], 0)
    return Occupation(
        id=told.id,
        rank=told.rank,
        label_nl=told.label,
        sector=told.sector,
        isco=told.isco,
        level_text="",
        lowest_level=level,
        highest_level=level,
        nlqf="",
        cefr="",
        cefr_by_law=False,
        riasec="",
        core_skills=core,
        other_skills=tuple(skill for skill, _ in required if skill not in core),
        routes=(),
        requirements=(REGULATED,) if told.regulated else (),
        body=(),
        cautions=(),
        source_class="",
        provenance=source,
    )
