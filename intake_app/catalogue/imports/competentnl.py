"""CompetentNL (UWV, SBB, CBS, TNO): occupations, skills and their bridges to ESCO, from linked data.

Predicates and classes are known by the part after `#`, because the addresses before it differ between releases.
Texts count when they are Dutch or carry no language. Whether the names may be passed on is for a person to read in
CompetentNL's terms; nothing of it ships with the app.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from intake_app.catalogue.imports.progress import Watch
from intake_app.catalogue.imports.report import ImportReport
from intake_app.catalogue.imports.sources import Source, sources_in
from intake_app.catalogue.imports.staging import Staging
from intake_app.catalogue.imports.store import ESSENTIAL, OPTIONAL, current_file, new_list
from intake_app.catalogue.imports.triples import TYPE, Triple, local_name, read_triples
from intake_app.domain.catalogue import Catalogue
from intake_app.errors import CatalogueInvalid

ENDINGS = (".ttl", ".nt", ".csv")
CLASSES = {"Occupation": "occupation", "HumanCapability": "skill", "KnowledgeArea": "skill"}
"""Classes that are searched; tasks and educational norms are counted."""
COUNTED = frozenset({"OccupationTask", "EducationalNorm", "MboKwalificatie", "MboKeuzedeel"})
NAMES = {"preflabel": 1, "altlabel": 0, "specialization": 0}
WEIGHTS = {
    "requireshatessential": ESSENTIAL + 1,
    "requireshatimportant": ESSENTIAL,
    "requireshatsomewhat": OPTIONAL,
}
BRIDGES = {
    name.lower(): name
    for name in (
        "exactMatchESCO",
        "closeMatchESCO",
        "broadMatchESCO",
        "narrowMatchESCO",
        "broadMatchTaxonomyItemESCOBeroep",
        "closeMatchONET",
        "hasRIASEC",
    )
}
LANGUAGE = "nl"
STAGES = """
CREATE TEMP TABLE classes (address TEXT NOT NULL, class TEXT NOT NULL, PRIMARY KEY (address, class)) WITHOUT ROWID;
CREATE TEMP TABLE names (address TEXT NOT NULL, is_label INTEGER NOT NULL, text TEXT NOT NULL);
CREATE TEMP TABLE nodes (address TEXT NOT NULL, is_label INTEGER NOT NULL, node TEXT NOT NULL);
CREATE TEMP TABLE forms (node TEXT NOT NULL, text TEXT NOT NULL);
CREATE TEMP TABLE needs (occupation TEXT NOT NULL, skill TEXT NOT NULL, weight INTEGER NOT NULL);
CREATE TEMP TABLE parents (address TEXT NOT NULL, parent TEXT NOT NULL);
CREATE TEMP TABLE leads (address TEXT NOT NULL, how TEXT NOT NULL, uri TEXT NOT NULL);
"""


def import_competentnl(path: Path, folder: Path, catalogue: Catalogue, watch: Watch | None = None) -> ImportReport:
    """Read CompetentNL files (.ttl, .nt, .csv; loose, in a folder or zipped) into the list kept in `folder`.

    Raises FileMissing, CatalogueInvalid with file and row, LimitExceeded, ImportCancelled, DiskFull; then the older
    list stands as it stood.
    """
    watch = watch or Watch()
    with sources_in(path) as sources:
        files = [each for each in sources if each.name.lower().endswith(ENDINGS)]
        if not files:
            raise CatalogueInvalid(file=path.name, row=0, column="", problem="file_missing .ttl .nt .csv")
        watch.total = sum(each.size for each in files)
        report = ImportReport("competentnl")
        older = current_file(folder, "competentnl")
        with new_list(folder, "competentnl", watch) as database:
            database.executescript(STAGES)
            _read(files, database, watch)
            staging = Staging(database, watch)
            _settle(database, staging, report)
            if not staging.things:
                raise CatalogueInvalid(file=path.name, row=0, column="", problem="nothing_found")
            report.kept_languages = staging.keep_languages(older)
            report.languages = dict(staging.languages)
            _link(database, catalogue, report)
            staging.finish(version="", source=path.name, credit="CompetentNL")
    return report


def _read(files: Iterable[Source], database: sqlite3.Connection, watch: Watch) -> None:
    for file in files:
        for triple in read_triples(file, watch):
            statement = _staged(triple)
            if statement is not None:
                database.execute(*statement)


def _staged(triple: Triple) -> tuple[str, tuple[str | int, ...]] | None:
    """The statement that keeps a triple until all are read; None for one that says nothing to us."""
    name = local_name(triple.predicate).lower()
    if triple.predicate == TYPE:
        return "INSERT OR IGNORE INTO classes VALUES (?, ?)", (triple.subject, local_name(triple.object))
    if name in NAMES:
        if not triple.is_text:
            return "INSERT INTO nodes VALUES (?, ?, ?)", (triple.subject, NAMES[name], triple.object)
        if _dutch(triple):
            return "INSERT INTO names VALUES (?, ?, ?)", (triple.subject, NAMES[name], triple.object)
    elif name == "literalform" and _dutch(triple):
        return "INSERT INTO forms VALUES (?, ?)", (triple.subject, triple.object)
    elif name in WEIGHTS and not triple.is_text:
        return "INSERT INTO needs VALUES (?, ?, ?)", (triple.subject, triple.object, WEIGHTS[name])
    elif name == "broader" and not triple.is_text:
        return "INSERT INTO parents VALUES (?, ?)", (triple.subject, triple.object)
    elif name in BRIDGES:
        value = local_name(triple.object)[:1].upper() if name == "hasriasec" else triple.object
        return "INSERT INTO leads VALUES (?, ?, ?)", (triple.subject, BRIDGES[name], value)
    return None


def _dutch(triple: Triple) -> bool:
    return triple.is_text and triple.language.split("-")[0] in ("", LANGUAGE)


def _settle(database: sqlite3.Connection, staging: Staging, report: ImportReport) -> None:
    """From kept triples to things, names and relations."""
    database.execute("CREATE INDEX temp.names_address ON names (address)")
    database.execute("CREATE INDEX temp.forms_node ON forms (node)")
    database.execute(
        "INSERT INTO names SELECT n.address, n.is_label, f.text FROM nodes n JOIN forms f ON f.node = n.node"
    )
    counts: Counter[str] = Counter()
    skipped: Counter[str] = Counter()
    classes = database.execute("SELECT address, class FROM classes ORDER BY address, class").fetchall()
    for address, kind in classes:
        counts[kind] += kind in CLASSES or kind in COUNTED
        if kind in CLASSES:
            _name(database, staging, address, CLASSES[kind], skipped)
    known = staging.things
    for occupation, skill, weight in database.execute("SELECT * FROM needs").fetchall():
        if occupation in known and skill in known:
            values = (known[occupation], known[skill], weight)
            database.execute("INSERT OR REPLACE INTO requires VALUES (?, ?, ?)", values)
            counts["relations"] += 1
        else:
            skipped["relation to a concept that is not there"] += 1
    for address, parent in database.execute("SELECT * FROM parents").fetchall():
        if address in known:
            database.execute("INSERT OR IGNORE INTO broader VALUES (?, ?)", (known[address], parent))
    for address, how, uri in database.execute("SELECT * FROM leads").fetchall():
        if address in known:
            database.execute("INSERT OR IGNORE INTO bridges VALUES (?, ?, ?)", (known[address], how, uri))
            counts[how] += 1
    report.counts = {kind: count for kind, count in counts.items() if count}
    report.skipped = dict(skipped)


def _name(database: sqlite3.Connection, staging: Staging, address: str, kind: str, skipped: Counter[str]) -> None:
    rows = database.execute("SELECT text FROM names WHERE address = ? ORDER BY is_label DESC, rowid", (address,))
    texts = [text for (text,) in rows]
    if not texts:
        skipped["without a Dutch name"] += 1
    elif address not in staging.things:
        thing = staging.thing(address, kind, f"cnl:{local_name(address)}")
        staging.texts(thing, LANGUAGE, texts[0], texts[1:])


def _link(database: sqlite3.Connection, catalogue: Catalogue, report: ImportReport) -> None:
    rows = database.execute("SELECT uri FROM bridges WHERE how IN ('exactMatchESCO', 'closeMatchESCO')")
    ends = {uri.rstrip("/").rsplit("/", 1)[-1] for (uri,) in rows}
    unlinked = tuple(skill.id for skill in catalogue.skills.values() if skill.esco_uuid not in ends)
    report.linked_skills, report.unlinked_skills = len(catalogue.skills) - len(unlinked), unlinked
