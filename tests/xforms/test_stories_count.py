"""No area of the engine goes without stories: what the collected tests add up to."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

AREAS = {
    "graph": ("test_graph", "test_computing", "test_consistency"),
    "relevance and rules": ("test_relevance", "test_relevance_and_rules", "test_validity"),
    "repeats and counts": ("test_repeats", "test_repeats_and_counts"),
    "choices": ("test_choices", "test_choosing"),
    "texts": ("test_texts", "test_texts_and_languages"),
    "types, dates and chance": ("test_types_and_dates",),
    "lists": ("test_lists", "test_large_lists"),
    "events and saving": ("test_actions", "test_saving", "test_saving_and_events"),
    "host nodes": ("test_hosts",),
    "entities": ("test_entities",),
    "beside JavaRosa": ("test_against_javarosa", "test_walks"),
}
LEAST, ALL_STORIES, EXPRESSIONS = 15, 350, 300


def test_every_area_has_its_stories(repository: Path) -> None:
    listed = subprocess.run(
        [sys.executable, "-m", "pytest", "tests/xforms", "--collect-only", "-q", "-p", "no:cacheprovider"],
        cwd=repository,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    told: Counter[str] = Counter()
    expressions = 0
    for line in listed.stdout.splitlines():
        path, found, _ = line.partition("::")
        told[Path(path).stem] += bool(found)
        expressions += bool(found) and "/xpath/" in Path(path).as_posix()

    per_area = {area: sum(told[module] for module in modules) for area, modules in AREAS.items()}
    assert min(per_area.values()) >= LEAST, per_area
    assert sum(per_area.values()) >= ALL_STORIES
    assert expressions >= EXPRESSIONS
