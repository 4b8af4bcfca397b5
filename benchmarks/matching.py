"""Measures matching over the starter set and over a list of the size of ESCO, beside what one would write at first.

`python3 dev.py bench matching` prints a table; exit code 1 tells that a promise broke that is not about speed.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import sys
import time
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

from benchmarks.catalogue_files import SMALL, Download, Size
from benchmarks.engine import Promise, table
from intake_app.catalogue.load import load_catalogue
from intake_app.domain.catalogue import Catalogue, Occupation, Provenance, Skill
from intake_app.domain.profile import Evidence, ProfileSkill, SkillLevel, SkillsProfile
from intake_app.matching.profile_file import profile_from_json, with_derived_skills
from intake_app.matching.ranking import Standing, rank_table
from intake_app.matching.recommend import recommend
from intake_app.matching.rules import Rules, load_rules
from intake_app.matching.score import assess
from intake_app.matching.table import OccupationTable, lay_out

RESOURCES = Path(__file__).parent.parent / "resources"
STARTER_MS, ESCO_MS, MOST_MEGABYTES = 5.0, 30.0, 60.0
PROFILE_SKILLS = 60
GENERIC_EVERY = 4
"""Every so many skills counts as useful everywhere, as in the starter set."""
MEGABYTE = 1024 * 1024
SKEW = 2.5
Row = tuple[str, int, int]
"""Id, fit and mean of the core skills in hundredths."""


def large_catalogue(starter: Catalogue, size: Size) -> Catalogue:
    """A catalogue of the size of ESCO, made up: all its skills count, not only those of the starter set."""
    download = Download(size)
    source = Provenance("verzonnen", None)
    generic = {address for place, address in enumerate(download.skills) if place % GENERIC_EVERY == 0}
    skills = {
        address: Skill(address, address, "", "", "", address in generic, "", source) for address in download.skills
    }
    asked: dict[str, tuple[list[str], list[str]]] = {address: ([], []) for address in download.occupations}
    chance, taken = Random(11), set[tuple[str, str]]()
    for place, (occupation, drawn) in enumerate(download.pairs):
        # a few skills are asked by very many occupations, most by a handful, as in the real list
        often = download.skills[int(len(download.skills) * chance.random() ** SKEW)]
        skill = drawn if (occupation, often) in taken else often
        if (occupation, skill) not in taken:
            taken.add((occupation, skill))
            asked[occupation][0 if place % 2 == 0 and skill not in generic else 1].append(skill)
    pattern = tuple(starter.occupations.values())
    occupations = {}
    for place, (address, (core, other)) in enumerate(asked.items()):
        like = pattern[place % len(pattern)]
        occupations[address] = _occupation(place, address, core, other, like)
    return replace(starter, skills={**starter.skills, **skills}, occupations=occupations)


def _occupation(place: int, address: str, core: list[str], other: list[str], like: Occupation) -> Occupation:
    """With routes, body, letters and requirements of one of ours, so that no part of the rules is idle."""
    return replace(like, id=address, rank=place, core_skills=tuple(core), other_skills=tuple(other))


def large_profile(catalogue: Catalogue, skills: int = PROFILE_SKILLS) -> SkillsProfile:
    """So many skills, those that most occupations ask: the hard case."""
    count: dict[str, int] = {}
    for occupation in catalogue.occupations.values():
        for skill in (*occupation.core_skills, *occupation.other_skills):
            count[skill] = count.get(skill, 0) + 1
    chosen = sorted(count, key=lambda skill: (-count[skill], skill))[:skills]
    chance, levels = Random(3), list(SkillLevel)
    kinds = ("card", "job")
    found = {
        skill: ProfileSkill(skill, chance.choice(levels), (Evidence(chance.choice(kinds), "w1"),)) for skill in chosen
    }
    return SkillsProfile(
        skills=found,
        interests={letter: chance.randint(0, 10) for letter in "RIASEC"},
        interests_confirmed="yes",
        learn_kind=("learn_on_job", "certificate"),
        physical_wish=("standing", "outdoors"),
        taster_sectors=("technology",),
        rather_not=("nights",),
        level="mbo2",
        talk_form="full",
    )


def plain(profile: SkillsProfile, catalogue: Catalogue, rules: Rules) -> list[Row]:
    """A loop over all occupations that works each out by itself, then a sort: the rules as they are written."""
    found = [assess(each, profile, catalogue, rules) for each in catalogue.occupations.values()]
    found.sort(key=lambda each: each.order)
    return [(each.occupation.id, int(each.fit * 100), int(each.core * 100)) for each in found]


class PlainSql:
    """The skill part alone, by one query over a table of occupation, skill and share; the rest would come on top."""

    def __init__(self, laid: OccupationTable) -> None:
        self.database = sqlite3.connect(":memory:")
        self.database.execute("CREATE TABLE asks (occupation INTEGER, skill TEXT, share REAL)")
        self.database.execute("CREATE TABLE has (skill TEXT PRIMARY KEY, level REAL)")
        rows = (
            (place, skill, weight / laid.denominators[place] * laid.level_unit)
            for skill, found in laid.weights.items()
            for place, weight in found
        )
        self.database.executemany("INSERT INTO asks VALUES (?, ?, ?)", rows)
        self.database.execute("CREATE INDEX asks_skill ON asks (skill)")

    def ask(self, profile: SkillsProfile, rules: Rules) -> int:
        """Number of occupations with a sum, best first."""
        self.database.execute("DELETE FROM has")
        levels = [(name, float(rules.score.skill_levels[one.level.value])) for name, one in profile.skills.items()]
        self.database.executemany("INSERT INTO has VALUES (?, ?)", levels)
        query = (
            "SELECT occupation, sum(share * level) AS part FROM asks JOIN has USING (skill) "
            "GROUP BY occupation ORDER BY part DESC"
        )
        return len(self.database.execute(query).fetchall())


def rows_of(standings: Sequence[Standing]) -> list[Row]:
    """As the plain calculation gives them."""
    return [(each.occupation.id, -each.minus_fit, -each.minus_core) for each in standings]


def milliseconds(work: Callable[[], object], runs: int) -> float:
    """Processor time of the quickest of so many runs, after one that warms up: other work only ever slows down."""
    work()
    times = []
    for _ in range(max(1, runs)):
        begun = time.process_time()
        work()
        times.append((time.process_time() - begun) * 1000)
    return min(times)


def _line(text: str, found: float, beside: float, promise: float) -> Promise:
    return Promise(text, f"{found:.2f} ms", f"{beside:.1f} ms", f"{found / beside:.3f}", found < promise)


def starter_lines(starter: Catalogue, rules: Rules, runs: int) -> list[Promise]:
    """The starter set, with a person of the samples: the list with its explanations, as the talk asks it."""
    told = json.loads((RESOURCES / "sample" / "profiles" / "older-bricklayer.json").read_text(encoding="utf-8"))
    person = with_derived_skills(profile_from_json(told), starter, rules)
    found = milliseconds(lambda: recommend(person, starter, rules), runs * 5)
    beside = milliseconds(lambda: plain(person, starter, rules), runs)
    text = f"starter set: {len(starter.occupations)} occupations, six proposed with reasons, under 5 ms"
    return [_line(text + " (beside: the loop without reasons)", found, beside, STARTER_MS)]


def large_lines(starter: Catalogue, rules: Rules, size: Size, runs: int) -> list[Promise]:
    """The list of the size of ESCO."""
    catalogue = large_catalogue(starter, size)
    person = large_profile(catalogue)
    tracemalloc.start()
    laid = lay_out(catalogue, rules)
    standings = rank_table(person, laid)
    megabytes = tracemalloc.get_traced_memory()[1] / MEGABYTE
    tracemalloc.stop()
    begun = time.process_time()
    lay_out(catalogue, rules)
    once = (time.process_time() - begun) * 1000
    found = milliseconds(lambda: rank_table(person, laid), runs * 3)
    loop = milliseconds(lambda: plain(person, catalogue, rules), 1)
    sql = PlainSql(laid)
    query = milliseconds(lambda: sql.ask(person, rules), runs)
    relations = sum(len(found) for found in laid.weights.values())
    what = f"{len(catalogue.occupations)} occupations, {relations} relations, {len(person.skills)} skills"
    same = rows_of(standings) == plain(person, catalogue, rules)
    return [
        _line(f"{what}: all ranked under 30 ms (beside: a Python loop)", found, loop, ESCO_MS),
        Promise(
            "the same beside one SQL query for the skill part alone",
            f"{found:.2f} ms",
            f"{query:.1f} ms",
            f"{found / query:.3f}",
            None,
            promised=False,
        ),
        Promise(
            f"its memory under {MOST_MEGABYTES:.0f} MB extra (peak of tracemalloc: laid out and ranked)",
            f"{megabytes:.1f} MB",
            "",
            "",
            megabytes < MOST_MEGABYTES,
            speed=False,
        ),
        Promise("laid out once, when a list is opened", f"{once:.0f} ms", "", "", None, promised=False),
        Promise(
            "the same order, fit and core as the loop, to the last digit",
            f"{len(standings)}",
            "",
            "",
            same,
            speed=False,
        ),
    ]


def measure(size: Size, runs: int) -> list[Promise]:
    """All lines of the table."""
    starter, rules = load_catalogue(RESOURCES / "catalogue"), load_rules(RESOURCES / "matching")
    return [*starter_lines(starter, rules, runs), *large_lines(starter, rules, size, runs)]


def main(given: Sequence[str] | None = None) -> int:
    """Measure and print; 1 when a promise broke that is not about speed."""
    parser = argparse.ArgumentParser(prog="dev.py bench matching", description=__doc__)
    parser.add_argument("--runs", type=int, default=7, help="how often each is measured")
    parser.add_argument("--markdown", action="store_true", help="the table as README.md has it")
    parser.add_argument("--small", action="store_true", help="tiny sizes, to see that it works")
    chosen = parser.parse_args(given)
    lines = measure(SMALL if chosen.small else Size(), chosen.runs)
    print(table(lines, chosen.markdown))
    return 1 if any(line.kept is False and not line.speed for line in lines) else 0


if __name__ == "__main__":
    sys.exit(main())
