"""No row of the engine's table of duties goes without stories: what the collected tests add up to."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

ROWS = {
    "Dependency graph": ("dependency_graph",),
    "Relevance": ("relevance",),
    "Readonly/required": ("readonly_and_required",),
    "Constraint/validity": ("constraints",),
    "Calculates, defaults, order": ("calculates_and_defaults",),
    "Repeats": ("repeats",),
    "jr:count, jr:noAddRemove": ("repeat_counts",),
    "position(), indexed-repeat, current()": ("positions",),
    "Selects, choice filters": ("choices",),
    "Labels, itext, outputs": ("labels_and_languages",),
    "rank, range, trigger": ("rank_range_trigger",),
    "Data types, dates": ("types_and_dates",),
    "Secondary instances": ("secondary_instances",),
    "Events, actions": ("events_and_actions",),
    "Preload, metadata": ("preload_and_metadata",),
    "Submission XML": ("submission",),
    "Edit, restore": ("edit_and_restore",),
    "once(), random, randomize, uuid, digest": ("once_and_chance",),
    "Entities": ("entities",),
    "XPath core": ("xpath_core",),
    "Smoke on real forms": ("real_forms",),
}
LEAST, ALL_STORIES, EXPRESSIONS, GAPS = 5, 350, 300, 5
HERE = Path(__file__).parent
RULES = HERE.parents[1] / "intake_app" / "xforms" / "DAG.md"


@pytest.fixture(scope="module")
def told() -> Counter[str]:
    """How many tests each module under stories/ and xpath/ holds, by its path."""
    listed = subprocess.run(
        [sys.executable, "-m", "pytest", "stories", "xpath", "--collect-only", "-q", "-p", "no:cacheprovider"],
        cwd=HERE,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    lines = (line.partition("::") for line in listed.stdout.splitlines())
    return Counter("/".join(Path(path).parts[-2:]) for path, found, _ in lines if found)


def test_every_row_has_its_stories_and_every_story_its_row(told: Counter[str]) -> None:
    per_row = {row: sum(told[f"stories/test_{module}.py"] for module in modules) for row, modules in ROWS.items()}

    assert {row: number for row, number in per_row.items() if number < LEAST} == {}
    assert sum(per_row.values()) == sum(number for path, number in told.items() if path.startswith("stories/"))
    assert sum(per_row.values()) >= ALL_STORIES


def test_the_expressions_have_their_cases(told: Counter[str]) -> None:
    assert sum(number for path, number in told.items() if path.startswith("xpath/")) >= EXPRESSIONS


def gaps(source: str) -> list[ast.Call | None]:
    """Every use of `xfail` in a module; None for one that is no call, and so neither strict nor named."""
    tree = ast.parse(source)
    calls = {id(call.func): call for call in ast.walk(tree) if isinstance(call, ast.Call)}
    return [calls.get(id(node)) for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == "xfail"]


def named(call: ast.Call | None, rules: str) -> bool:
    """Whether a gap is strict and its reason stands in the rules."""
    told = (
        {word.arg: word.value.value for word in call.keywords if isinstance(word.value, ast.Constant)} if call else {}
    )
    reason = told.get("reason")
    return told.get("strict") is True and isinstance(reason, str) and reason != "" and reason in rules


def test_known_gaps_are_few_strict_and_named_in_the_rules() -> None:
    rules = RULES.read_text(encoding="utf-8")
    found = [gap for path in sorted(HERE.rglob("*.py")) for gap in gaps(path.read_text(encoding="utf-8"))]

    assert len(found) < GAPS
    assert all(named(gap, rules) for gap in found)


@pytest.mark.parametrize(
    ("mark", "fine"),
    [
        ("@pytest.mark.xfail(strict=True, reason='A trigger is')", True),
        ("@pytest.mark.xfail(reason='A trigger is')", False),
        ("@pytest.mark.xfail(strict=True, reason='nowhere written')", False),
        ("@pytest.mark.xfail", False),
    ],
)
def test_a_gap_that_is_hidden_is_found(mark: str, fine: bool) -> None:
    (gap,) = gaps(f"{mark}\ndef test_x(): ...\n")

    assert named(gap, "1. A trigger is a calculate") is fine
