"""Counting talks of one question: a number per quarter, place and question, and nothing of any person (DOMAIN 8.10)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

from intake_app.domain.counting import quarter_of
from intake_app.services.policy import Action, guarded
from intake_app.services.ports import Store

PREFIX = "tally."
ONE_QUESTION = "one_question"
NOT_SAID = "not_said"


@guarded(Action.TALK)
def count_one_question(store: Store, questions: Iterable[str], day: date) -> None:
    """Add one talk of one question, by the codes of a05; without an answer it counts as "not said".

    A talk with two codes adds to both counters and once to the total. Raises StorageError.
    """
    codes = tuple(questions) or (NOT_SAID,)
    counters = [ONE_QUESTION, *(f"{ONE_QUESTION}:{code}" for code in codes)]
    name = PREFIX + quarter_of(day)
    with store.unit_of_work() as uow:
        counts = _read(uow.settings.get(name))
        for counter in counters:
            counts[counter] = counts.get(counter, 0) + 1
        uow.settings.set(name, json.dumps(counts, sort_keys=True))
        uow.commit()


@guarded(Action.COUNTS)
def tally(store: Store, quarter: str) -> dict[str, int]:
    """The counters of a quarter: `one_question` in all, `one_question:CODE` by what the guest came for."""
    with store.unit_of_work() as uow:
        return _read(uow.settings.get(PREFIX + quarter))


def _read(text: str) -> dict[str, int]:
    return {name: int(count) for name, count in json.loads(text).items()} if text else {}
