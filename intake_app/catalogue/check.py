"""Everything a coordinator should mend in a catalogue folder, each with its file, row and column."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from intake_app.catalogue.load import read_catalogue
from intake_app.catalogue.tables import CellError, Problem, Row, Tables
from intake_app.domain.catalogue import ALWAYS, Catalogue
from intake_app.domain.concepts import CONCEPTS
from intake_app.domain.eligibility import OFFER_ANSWERS

CAUTIONS = frozenset(
    {"registration_first", "screening", "self_employment", "demand_falling", "blood_animals", "consult_first"}
)
SOURCE_CLASSES = frozenset({"A", "a", "B", "C"})
OFFER_KINDS = frozenset("LMRWH")
OFFER_FORMS = frozenset({"", "taster", "work_place"})
DAYS = frozenset(["ma", "di", "wo", "do", "vr", "za", "zo"])
WHAT_A_PLACE_TELLS = ("starts", "days", "needs_cefr", "municipality", "place", "capacity")
"""A proeverij or leerwerkplek is somewhere, at some time, for some people."""
LANGUAGE = re.compile(r"[a-z]{2,3}")
SENSITIVITIES = frozenset({0, 1, 9})
LANGUAGE_LEVELS = re.compile(r"(A1|A2|B1|B2|C1)(-(A1|A2|B1|B2|C1))?|")
ISCO = re.compile(r"\d{4}")
RIASEC = re.compile(r"[RIASEC]{1,3}")
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
REQUIREMENT = re.compile(r"[A-Z][A-Z0-9_-]*")
CBS = re.compile(r"GM\d{4}")
POSTCODE = re.compile(r"[1-9]\d{3}")
LATITUDES = (51.8, 52.3)
LONGITUDES = (6.0, 6.9)
"""The Achterhoek with a little room around it; a place outside is a typing error."""
FILES = (
    "skills.csv",
    "cards.csv",
    "occupations.csv",
    "requirements.csv",
    "offers.csv",
    "organisations.csv",
    "places.csv",
    "municipalities.csv",
    "terms.csv",
    "synonyms.csv",
    "days.csv",
)


def check_catalogue(folder: Path) -> list[Problem]:
    """All problems of a folder, those that keep it from loading first. Raises FileMissing."""
    catalogue, problems = read_catalogue(folder)
    tables = Tables(folder, [])
    _check_provenance(tables)
    for file, check in (
        ("skills.csv", _skill),
        ("occupations.csv", lambda row: _occupation(row, catalogue)),
        ("cards.csv", _card),
        ("requirements.csv", _requirement),
        ("offers.csv", lambda row: _offer(row, catalogue)),
        ("organisations.csv", _organisation),
        ("places.csv", _place),
        ("municipalities.csv", _municipality),
        ("synonyms.csv", _synonym),
        ("days.csv", lambda row: _day(row, catalogue)),
    ):
        _apply(tables, file, check)
    _check_doubled_synonyms(tables)
    _check_doubled_places(tables)
    _check_doubled_days(tables)
    return list(dict.fromkeys([*problems, *tables.problems]))


Findings = Iterator[tuple[str, str]]
"""Column and problem."""


def _apply(tables: Tables, file: str, check: Callable[[Row], Findings]) -> None:
    for row in tables.rows(file):
        try:
            for column, problem in check(row):
                tables.problems.append(Problem(file, row.number, column, problem))
        except CellError as wrong:
            tables.problems.append(Problem(file, row.number, wrong.column, wrong.problem))


def _check_provenance(tables: Tables) -> None:
    for file in FILES:
        for row in tables.rows(file):
            for column in ("source", "checked_on"):
                if not row.cells.get(column):
                    tables.problems.append(Problem(file, row.number, column, "empty"))
            for column in row.cells.get("estimated", "").split():
                if column != "requirements" and column not in row.cells:
                    tables.problems.append(Problem(file, row.number, "estimated", f"unknown {column}"))


def _skill(row: Row) -> Findings:
    if not UUID.fullmatch(row.text("esco_uuid")):
        yield "esco_uuid", "not_a_uuid"


def _occupation(row: Row, catalogue: Catalogue) -> Findings:
    for skill in row.words("core_skills"):
        known = catalogue.skills.get(skill)
        if known is not None and known.generic:
            yield "core_skills", f"generic {skill}"
    both = set(row.words("core_skills")) & set(row.words("other_skills"))
    for skill in sorted(both):
        yield "other_skills", f"also_core {skill}"
    if not 2 <= len(row.words("core_skills")) <= 3:
        yield "core_skills", "not_two_or_three"
    for column, shape in (("isco", ISCO), ("riasec", RIASEC), ("cefr", LANGUAGE_LEVELS)):
        if not shape.fullmatch(row.text(column)):
            yield column, "wrong_shape"
    for caution in row.words("cautions"):
        if caution not in CAUTIONS:
            yield "cautions", f"unknown {caution}"
    if row.text("source_class") not in SOURCE_CLASSES:
        yield "source_class", "unknown"
    if not row.words("routes"):
        yield "routes", "empty"
    if row.integer("lowest_level") > row.integer("highest_level"):
        yield "lowest_level", "above_highest"


def _card(row: Row) -> Findings:
    if not row.words("skills"):
        yield "skills", "empty"


def _requirement(row: Row) -> Findings:
    if not REQUIREMENT.fullmatch(row.text("code")):
        yield "code", "wrong_shape"


def _synonym(row: Row) -> Findings:
    if not LANGUAGE.fullmatch(row.text("lang")):
        yield "lang", "wrong_shape"
    words = [word.strip().casefold() for word in row.text("words").split("|")]
    if "" in words:
        yield "words", "empty"
    for word in sorted({word for word in words if word and words.count(word) > 1}):
        yield "words", f"doubled {word}"


def _offer(row: Row, catalogue: Catalogue) -> Findings:
    yield from _when_and_where(row, catalogue)
    for kind in row.words("kinds") or ("",):
        if kind not in OFFER_KINDS:
            yield "kinds", f"unknown {kind}"
    for column in ("shown_for", "only_for"):
        for key in row.answers(column):
            if key not in OFFER_ANSWERS:
                yield column, f"unknown {key}"
    starts, ends = row.day("starts"), row.day("ends")
    if starts and ends and starts > ends:
        yield "ends", "before_start"
    if not LANGUAGE_LEVELS.fullmatch(row.text("needs_cefr")):
        yield "needs_cefr", "wrong_shape"
    if row.flag("is_sample") and "voorbeeld" not in row.text("label_nl").lower():
        yield "label_nl", "sample_not_marked"


def _when_and_where(row: Row, catalogue: Catalogue) -> Findings:
    form = row.optional("form")
    if form not in OFFER_FORMS:
        yield "form", f"unknown {form}"
    elif form:
        for column in WHAT_A_PLACE_TELLS:
            if not row.optional(column):
                yield column, "empty"
    for day in row.optional("days").split():
        if day not in DAYS:
            yield "days", f"unknown {day}"
    place = row.optional("place")
    where = {each.name for each in catalogue.places if each.municipality == row.text("municipality")}
    if place and place not in where:
        yield "place", f"unknown {place}"
    capacity = row.number_or_none("capacity")
    if capacity is not None and capacity < 0:
        yield "capacity", "below_zero"


def _organisation(row: Row) -> Findings:
    if row.integer("sensitive") not in SENSITIVITIES:
        yield "sensitive", "not_0_1_or_9"
    for key in row.answers("refer_when") if "refer_when" in row.cells else ():
        if key not in CONCEPTS | {ALWAYS}:
            yield "refer_when", f"unknown {key}"


def _place(row: Row) -> Findings:
    for column, (low, high) in (("latitude", LATITUDES), ("longitude", LONGITUDES)):
        if not low <= row.decimal(column) <= high:
            yield column, "outside_region"
    for postcode in row.words("postcodes") or ("",):
        if not POSTCODE.fullmatch(postcode):
            yield "postcodes", "not_four_digits"


def _municipality(row: Row) -> Findings:
    if not CBS.fullmatch(row.text("cbs_code")):
        yield "cbs_code", "wrong_shape"


def _day(row: Row, catalogue: Catalogue) -> Findings:
    if row.required("id") not in catalogue.occupations:
        yield "id", f"unknown {row.text('id')}"
    if not row.text("day_nl"):
        yield "day_nl", "empty"


def _check_doubled_days(tables: Tables) -> None:
    seen: set[str] = set()
    for row in tables.rows("days.csv"):
        if row.optional("id") in seen:
            tables.problems.append(Problem("days.csv", row.number, "id", "doubled_id"))
        seen.add(row.optional("id"))


def _check_doubled_synonyms(tables: Tables) -> None:
    seen: set[tuple[str, str, str]] = set()
    for row in tables.rows("synonyms.csv"):
        key = (row.optional("kind"), row.optional("id"), row.optional("lang"))
        if key in seen:
            tables.problems.append(Problem("synonyms.csv", row.number, "lang", "doubled_id"))
        seen.add(key)


def _check_doubled_places(tables: Tables) -> None:
    seen: set[tuple[str, str]] = set()
    for row in tables.rows("places.csv"):
        key = (row.cells.get("name", ""), row.cells.get("municipality", ""))
        if key in seen:
            tables.problems.append(Problem("places.csv", row.number, "name", "doubled_id"))
        seen.add(key)
