"""The catalogue folder as one value; refuses rows that cannot be read and references that lead nowhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from pathlib import Path

from intake_app.catalogue.tables import CellError, Problem, Row, Tables
from intake_app.domain.catalogue import (
    ActivityCard,
    Catalogue,
    Municipality,
    Occupation,
    Offer,
    Organisation,
    Place,
    Requirement,
    Skill,
)
from intake_app.errors import CatalogueInvalid

TERM_KINDS = ("family", "sector", "route", "body", "group")
SYNONYM_KINDS = ("occupation", "skill", "card", "offer", "organisation")


def load_catalogue(folder: Path) -> Catalogue:
    """Read a folder or workbook. Raises FileMissing, and CatalogueInvalid for the first thing wrong."""
    catalogue, problems = read_catalogue(folder)
    if problems:
        first = problems[0]
        raise CatalogueInvalid(file=first.file, row=first.row, column=first.column, problem=first.problem)
    return catalogue


def read_catalogue(folder: Path) -> tuple[Catalogue, list[Problem]]:
    """What could be read, and everything that could not. Raises FileMissing when a whole file is absent."""
    tables = Tables(folder, [])
    terms = _terms(tables)
    skills = tables.keyed("skills.csv", _skill)
    cards = tables.keyed("cards.csv", _card)
    requirements = _requirements(tables)
    occupations = tables.keyed("occupations.csv", lambda row: _occupation(row, tuple(requirements[row.required("id")])))
    offers = tables.keyed("offers.csv", _offer)
    organisations = tables.keyed("organisations.csv", _organisation)
    municipalities = tables.keyed("municipalities.csv", _municipality)
    catalogue = Catalogue(
        version=tables.version(),
        skills=skills,
        cards=cards,
        families=terms["family"],
        occupations=occupations,
        offers=offers,
        organisations=organisations,
        places=tuple(place for _, place in tables.build("places.csv", _place)),
        municipalities=municipalities,
        synonyms=_synonyms(tables),
        terms=terms,
    )
    _check_references(tables, catalogue)
    # files are read again for their references: what cannot be read was reported twice
    return catalogue, list(dict.fromkeys(tables.problems))


def _terms(tables: Tables) -> dict[str, dict[str, str]]:
    terms: dict[str, dict[str, str]] = {kind: {} for kind in TERM_KINDS}
    for row, (kind, code, label) in tables.build(
        "terms.csv", lambda row: (row.required("kind"), row.required("id"), row.required("label_nl"))
    ):
        if kind not in terms:
            tables.problems.append(Problem("terms.csv", row.number, "kind", f"unknown {kind}"))
        elif code in terms[kind]:
            tables.problems.append(Problem("terms.csv", row.number, "id", "doubled_id"))
        else:
            terms[kind][code] = label
    return terms


def _skill(row: Row) -> Skill:
    return Skill(
        id=row.required("id"),
        label_nl=row.required("label_nl"),
        group=row.text("group"),
        esco_uuid=row.text("esco_uuid"),
        esco_label_en=row.text("esco_label_en"),
        generic=row.flag("generic"),
        cnl_code=row.text("cnl_code"),
        provenance=row.provenance(),
    )


def _card(row: Row) -> ActivityCard:
    return ActivityCard(
        id=row.required("id"),
        label_nl=row.required("label_nl"),
        family=row.text("family"),
        skills=row.words("skills"),
        more=row.flag("more"),
        in_deck=row.flag("in_deck"),
        provenance=row.provenance(),
    )


def _requirements(tables: Tables) -> dict[str, list[Requirement]]:
    found: dict[str, list[Requirement]] = defaultdict(list)
    for _, (occupation, requirement) in tables.build("requirements.csv", _requirement):
        found[occupation].append(requirement)
    return found


def _requirement(row: Row) -> tuple[str, Requirement]:
    requirement = Requirement(row.required("code"), row.required("text_nl"), row.flag("by_law"), row.words("papers"))
    return row.required("occupation"), requirement


def _occupation(row: Row, requirements: tuple[Requirement, ...]) -> Occupation:
    core = row.words("core_skills")
    if not core:
        raise CellError("core_skills", "empty")
    return Occupation(
        id=row.required("id"),
        rank=row.integer("rank"),
        label_nl=row.required("label_nl"),
        sector=row.text("sector"),
        isco=row.text("isco"),
        level_text=row.text("level_text"),
        lowest_level=row.integer("lowest_level"),
        highest_level=row.integer("highest_level"),
        nlqf=row.text("nlqf"),
        cefr=row.text("cefr"),
        cefr_by_law=row.flag("cefr_by_law"),
        riasec=row.text("riasec"),
        core_skills=core,
        other_skills=row.words("other_skills"),
        routes=row.words("routes"),
        requirements=requirements,
        body=row.words("body"),
        cautions=row.words("cautions"),
        source_class=row.text("source_class"),
        provenance=row.provenance(),
    )


def _offer(row: Row) -> Offer:
    return Offer(
        id=row.required("id"),
        label_nl=row.required("label_nl"),
        kinds=row.words("kinds"),
        text_nl=row.required("text_nl"),
        conditions=row.answers("only_for"),
        ask_nl=row.text("ask_nl"),
        default_on=row.flag("default_on"),
        is_sample=row.flag("is_sample"),
        provenance=row.provenance(),
        starts=row.day("starts"),
        ends=row.day("ends"),
        sector=row.text("sector"),
        municipality=row.text("municipality"),
        needs_cefr=row.text("needs_cefr"),
        capacity=row.number_or_none("capacity"),
        form=row.optional("form"),
        place=row.optional("place"),
        days=tuple(row.optional("days").split()),
        shown_for=row.answers("shown_for"),
    )


def _organisation(row: Row) -> Organisation:
    return Organisation(
        id=row.required("id"),
        label_nl=row.required("label_nl"),
        role_nl=row.text("role_nl"),
        sensitive=row.integer("sensitive"),
        municipalities=row.words("municipalities"),
        phone=row.text("phone"),
        address=row.text("address"),
        hours=row.text("hours"),
        provenance=row.provenance(),
        refer_when=row.answers("refer_when") if "refer_when" in row.cells else {},
    )


def _place(row: Row) -> Place:
    return Place(
        name=row.required("name"),
        municipality=row.required("municipality"),
        postcodes=row.words("postcodes"),
        latitude=row.decimal("latitude"),
        longitude=row.decimal("longitude"),
    )


def _municipality(row: Row) -> Municipality:
    return Municipality(
        id=row.required("id"),
        cbs_code=row.text("cbs_code"),
        label_nl=row.required("label_nl"),
        library=row.text("library"),
        work_body=row.text("work_body"),
    )


def _synonyms(tables: Tables) -> dict[tuple[str, str], dict[str, tuple[str, ...]]]:
    found: dict[tuple[str, str], dict[str, tuple[str, ...]]] = defaultdict(dict)
    for _, (key, language, words) in tables.build("synonyms.csv", _synonym):
        known = found[key].get(language, ())
        found[key][language] = tuple(dict.fromkeys((*known, *words)))
    return dict(found)


def _synonym(row: Row) -> tuple[tuple[str, str], str, tuple[str, ...]]:
    words = tuple(word.strip() for word in row.required("words").split("|") if word.strip())
    return (row.required("kind"), row.required("id")), row.required("lang"), words


REFERENCES: tuple[tuple[str, str, str, Callable[[Row], tuple[str, ...]]], ...] = (
    ("cards.csv", "skills", "skills", lambda row: row.words("skills")),
    ("cards.csv", "family", "families", lambda row: (row.required("family"),)),
    ("occupations.csv", "core_skills", "skills", lambda row: row.words("core_skills")),
    ("occupations.csv", "other_skills", "skills", lambda row: row.words("other_skills")),
    ("occupations.csv", "sector", "sector", lambda row: (row.required("sector"),)),
    ("occupations.csv", "routes", "route", lambda row: row.words("routes")),
    ("occupations.csv", "body", "body", lambda row: row.words("body")),
    ("requirements.csv", "occupation", "occupations", lambda row: (row.required("occupation"),)),
    ("places.csv", "municipality", "municipalities", lambda row: (row.required("municipality"),)),
    ("organisations.csv", "municipalities", "municipalities", lambda row: row.words("municipalities")),
    ("municipalities.csv", "work_body", "organisations", lambda row: (row.required("work_body"),)),
    ("offers.csv", "sector", "sector", lambda row: row.words("sector")),
    ("offers.csv", "municipality", "municipalities", lambda row: row.words("municipality")),
)
"""File, column, kind of thing it names, and how to read the names."""


def _check_references(tables: Tables, catalogue: Catalogue) -> None:
    """Every id a row points to must exist: matching and search rely on it."""
    known: dict[str, Collection[str]] = {
        "skills": catalogue.skills,
        "families": catalogue.families,
        "occupations": catalogue.occupations,
        "municipalities": catalogue.municipalities,
        "organisations": catalogue.organisations,
        **{kind: catalogue.terms.get(kind, {}) for kind in ("sector", "route", "body")},
    }
    for file, column, kind, values in REFERENCES:
        for row, found in tables.build(file, values):
            tables.refer(file, row, column, known[kind], found)
    _check_synonyms(tables, catalogue)


def _check_synonyms(tables: Tables, catalogue: Catalogue) -> None:
    things: dict[str, Collection[str]] = {
        "occupation": catalogue.occupations,
        "skill": catalogue.skills,
        "card": catalogue.cards,
        "offer": catalogue.offers,
        "organisation": catalogue.organisations,
    }
    for row, (kind, thing) in tables.build("synonyms.csv", lambda row: (row.text("kind"), row.text("id"))):
        if kind not in SYNONYM_KINDS:
            tables.refer("synonyms.csv", row, "kind", SYNONYM_KINDS, (kind,))
        else:
            tables.refer("synonyms.csv", row, "id", things[kind], (thing,))
