"""The official ESCO download (classification, CSV), v1.1 to v1.2.1, in as many languages as there are files for.

Source of the format: the files themselves as ESCO publishes them; columns are read by name. Relation files may carry a
language in their name or not. See docs for the line of credit that ESCO asks for.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from intake_app.catalogue.imports.progress import Watch
from intake_app.catalogue.imports.report import ImportReport
from intake_app.catalogue.imports.sources import Line, Source, lines, sources_in
from intake_app.catalogue.imports.staging import Staging
from intake_app.catalogue.imports.store import ESSENTIAL, OPTIONAL, current_file, new_list
from intake_app.domain.catalogue import Catalogue
from intake_app.errors import CatalogueInvalid

ROLES = (
    "occupations",
    "skills",
    "occupationSkillRelations",
    "broaderRelationsOccPillar",
    "broaderRelationsSkillPillar",
    "skillSkillRelations",
    "ISCOGroups",
    "skillGroups",
)
_NAME = re.compile(r"(?P<role>" + "|".join(ROLES) + r")(?:_(?P<lang>[a-z]{2,3}))?\.csv", re.IGNORECASE)
_VERSION = re.compile(r"v(\d+\.\d+(?:\.\d+)?)", re.IGNORECASE)
_ALTERNATIVES = re.compile(r"\r?\n| \| ")
_FEMALE_PAIR = re.compile(r"\s*/\s*vrouwelijke?\s.*$", re.IGNORECASE)
"""Some Dutch job names are written "x/vrouwelijke x"; the second half adds no word to search by."""
GONE = frozenset({"obsolete", "deprecated"})
RELATIONS = ("occupationUri", "relationType", "skillUri")
CREDIT = "This service uses the ESCO classification of the European Commission."


class _File(NamedTuple):
    role: str
    language: str
    source: Source


def import_esco(path: Path, folder: Path, catalogue: Catalogue, watch: Watch | None = None) -> ImportReport:
    """Read an ESCO download (zip, folder, or folder of zips) into the list kept in `folder`.

    Languages of an older import that are not in this one are kept. Raises FileMissing, CatalogueInvalid with file, row
    and column, LimitExceeded, ImportCancelled, DiskFull; then the older list stands as it stood.
    """
    watch = watch or Watch()
    with sources_in(path) as sources:
        files = list(_recognised(sources, path.name))
        watch.total = sum(file.source.size for file in files)
        report = ImportReport("esco", version=_version([*(file.source.around for file in files), path.name]))
        older = current_file(folder, "esco")
        with new_list(folder, "esco", watch) as database:
            staging = Staging(database, watch)
            _read(files, staging, report)
            report.kept_languages = staging.keep_languages(older)
            report.languages = dict(staging.languages)
            _link(database, staging, catalogue, report)
            staging.finish(version=report.version, source=path.name, credit=CREDIT)
    return report


def _recognised(sources: Iterable[Source], name: str) -> Iterator[_File]:
    found: dict[tuple[str, str], _File] = {}
    by_lower = {role.lower(): role for role in ROLES}
    for source in sources:
        match = _NAME.fullmatch(source.name)
        if match:
            role, language = by_lower[match["role"].lower()], (match["lang"] or "").lower()
            # the relations are the same in every language: one copy is enough
            key = (role, "" if "Relations" in role else language)
            found.setdefault(key, _File(role, language, source))
    files = sorted(found.values(), key=lambda file: (ROLES.index(file.role), file.language != "nl", file.language))
    present = {file.role for file in files}
    for role in ("occupations", "skills", "occupationSkillRelations"):
        if role not in present:
            raise CatalogueInvalid(file=name, row=0, column="", problem=f"file_missing {role}")
    for file in files:
        if file.role in ("occupations", "skills", "ISCOGroups", "skillGroups") and not file.language:
            raise CatalogueInvalid(file=file.source.name, row=0, column="", problem="language_missing")
    yield from files


def _version(names: Iterable[str]) -> str:
    found = [match[1] for name in names if (match := _VERSION.search(name))]
    return max(found, default="", key=lambda version: [int(part) for part in version.split(".")])


def _read(files: Iterable[_File], staging: Staging, report: ImportReport) -> None:
    counts: Counter[str] = Counter()
    skipped: Counter[str] = Counter()
    for file in files:
        if file.role in ("occupations", "skills"):
            counts[file.role] = max(counts[file.role], _concepts(file, staging, skipped))
        elif file.role in ("ISCOGroups", "skillGroups"):
            counts[file.role] = max(counts[file.role], _groups(file, staging))
        elif file.role == "occupationSkillRelations":
            counts["relations"] = _requirements(file, staging, skipped)
        elif file.role == "skillSkillRelations":
            counts["skill_relations"] = _related(file, staging, skipped)
        else:
            counts["broader"] += _broader(file, staging, skipped)
    report.counts, report.skipped = dict(counts), dict(skipped)


def esco_id(address: str) -> str:
    """Our id of an ESCO concept: `esco:` and the last part of its address."""
    return "esco:" + address.rstrip("/").rsplit("/", 1)[-1]


def _required(line: Line, column: str, source: Source) -> str:
    value = line.cells[column].strip()
    if not value:
        raise CatalogueInvalid(file=source.name, row=line.number, column=column, problem="empty")
    return value


def _concepts(file: _File, staging: Staging, skipped: Counter[str]) -> int:
    """The occupations or skills of one language."""
    kind = "occupation" if file.role == "occupations" else "skill"
    columns = ("conceptUri", "preferredLabel", "altLabels", *(("iscoGroup",) if kind == "occupation" else ()))
    seen: set[str] = set()
    for line in lines(file.source, columns, staging.watch):
        address = _required(line, "conceptUri", file.source)
        if line.cells.get("status", "").strip().lower() in GONE:
            skipped["no longer in use"] += 1
        elif address in seen:
            skipped["doubled"] += 1
        else:
            seen.add(address)
            thing = staging.thing(address, kind, esco_id(address))
            names = [*_names(line, "altLabels"), *_names(line, "hiddenLabels")]
            staging.texts(thing, file.language, _plain(_required(line, "preferredLabel", file.source)), names)
            if kind == "occupation":
                values = (thing, line.cells["iscoGroup"].strip(), line.cells.get("code", "").strip(), _note(line))
                staging.database.execute("INSERT OR IGNORE INTO occupations VALUES (?, ?, ?, ?)", values)
    return len(seen)


def _names(line: Line, column: str) -> list[str]:
    return [_plain(name) for name in _ALTERNATIVES.split(line.cells.get(column, "")) if name.strip()]


def _plain(label: str) -> str:
    return _FEMALE_PAIR.sub("", label.strip()) or label.strip()


def _note(line: Line) -> str:
    """The address of the note that says this occupation is regulated, "" when there is none."""
    return line.cells.get("regulatedProfessionNote", "").strip()


def _groups(file: _File, staging: Staging) -> int:
    count = 0
    for line in lines(file.source, ("conceptUri", "code", "preferredLabel"), staging.watch):
        address = _required(line, "conceptUri", file.source)
        values = (address, line.cells["code"].strip(), file.language, line.cells["preferredLabel"].strip())
        staging.database.execute("INSERT OR IGNORE INTO groups VALUES (?, ?, ?, ?)", values)
        count += 1
    return count


def _requirements(file: _File, staging: Staging, skipped: Counter[str]) -> int:
    def rows() -> Iterator[tuple[int, int, int]]:
        for line in lines(file.source, RELATIONS, staging.watch):
            occupation = staging.things.get(_required(line, "occupationUri", file.source))
            skill = staging.things.get(_required(line, "skillUri", file.source))
            how = line.cells["relationType"].strip().lower()
            if how not in ("essential", "optional"):
                raise CatalogueInvalid(
                    file=file.source.name, row=line.number, column="relationType", problem=f"unknown {how}"
                )
            if occupation is None or skill is None:
                skipped["relation to a concept that is not there"] += 1
            else:
                yield occupation, skill, ESSENTIAL if how == "essential" else OPTIONAL

    insert = "INSERT OR REPLACE INTO requires VALUES (?, ?, ?)"
    return staging.database.executemany(insert, rows()).rowcount


def _related(file: _File, staging: Staging, skipped: Counter[str]) -> int:
    count = 0
    for line in lines(file.source, ("originalSkillUri", "relationType", "relatedSkillUri"), staging.watch):
        one = staging.things.get(_required(line, "originalSkillUri", file.source))
        other = staging.things.get(_required(line, "relatedSkillUri", file.source))
        if one is None or other is None:
            skipped["relation to a concept that is not there"] += 1
        else:
            values = (one, other, line.cells["relationType"].strip().lower())
            staging.database.execute("INSERT OR IGNORE INTO related VALUES (?, ?, ?)", values)
            count += 1
    return count


def _broader(file: _File, staging: Staging, skipped: Counter[str]) -> int:
    """Above a concept may stand several others: it is a graph. Groups above groups are left out."""
    count = 0
    for line in lines(file.source, ("conceptUri", "broaderUri"), staging.watch):
        thing = staging.things.get(_required(line, "conceptUri", file.source))
        if thing is None:
            skipped["group above a group"] += 1
        else:
            values = (thing, _required(line, "broaderUri", file.source))
            staging.database.execute("INSERT OR IGNORE INTO broader VALUES (?, ?)", values)
            count += 1
    return count


def _link(database: sqlite3.Connection, staging: Staging, catalogue: Catalogue, report: ImportReport) -> None:
    ends = {address.rstrip("/").rsplit("/", 1)[-1] for address in staging.things}
    unlinked = tuple(skill.id for skill in catalogue.skills.values() if skill.esco_uuid not in ends)
    codes = {code for (code,) in database.execute("SELECT DISTINCT isco FROM occupations")}
    alone = tuple(each.id for each in catalogue.occupations.values() if each.isco not in codes)
    report.linked_skills, report.unlinked_skills = len(catalogue.skills) - len(unlinked), unlinked
    report.linked_occupations, report.unlinked_occupations = len(catalogue.occupations) - len(alone), alone
