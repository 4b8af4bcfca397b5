"""Checking the tags of a form: the binding between questions and the code that reads their answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from intake_app.domain.concepts import CONCEPTS
from intake_app.domain.consent import ConsentCode
from intake_app.xforms.definition.model import BindDefinition, FormDefinition
from intake_app.xforms.problems import Problem

CONSENT_WORDS = frozenset({"T", "N", *ConsentCode})
"""T the service itself, N in memory only, C1…C7 only with that consent."""

_PLACES = re.compile(r"\d+( \d+)*")
_MAXIMUM = re.compile(r"\d+(/\d+)?")
_ASKING = frozenset({"input", "select1", "select", "rank", "range", "trigger", "upload"})


def _one_of(*words: str) -> Callable[[str], bool]:
    return frozenset(words).__contains__


def _consents(value: str) -> bool:
    return bool(value.split()) and all(word in CONSENT_WORDS for word in value.split())


def _places(value: str) -> bool:
    return _PLACES.fullmatch(value) is not None


TAGS: Mapping[str, Callable[[str], bool]] = {
    "concept": CONCEPTS.__contains__,
    "consent": _consents,
    "sensitive": _one_of("0", "1", "9"),
    "central": _one_of("yes", "no"),
    "section": lambda value: len(value) == 1 and value.isupper(),
    "one": _places,
    "short": _places,
    "full": _places,
    "private": _one_of("yes"),
    "not_for": _one_of("volunteer"),
    "together": _one_of("yes"),
    "max": lambda value: _MAXIMUM.fullmatch(value) is not None,
    "host": lambda value: value.isidentifier(),
    "who": _one_of("counsellor"),
    "gate": _one_of("language"),
    "no_skip": _one_of("yes"),
    "picture": lambda value: value.isidentifier(),
}
"""Every tag a bind may have, and which values it takes (resources/forms/README.md tells what they mean)."""


def check_tags(definition: FormDefinition) -> tuple[Problem, ...]:
    """What is wrong with a form's tags: unknown, doubled and missing concepts, unknown tags, values that mean nothing.

    A form without any tag was written elsewhere and has no such problems. Codes: tag_unknown, tag_value,
    concept_unknown, concept_doubled, concept_missing, release_unclear (a node that holds an answer without saying
    by which consent, how sensitive, and whether it may leave the laptop).
    """
    if not any(bind.tags for bind in definition.binds.values()):
        return ()
    problems: list[Problem] = []
    for bind in definition.binds.values():
        problems.extend(_wrong_values(bind))
    problems.extend(_doubled_concepts(definition))
    problems.extend(_missing_tags(definition))
    return tuple(problems)


def _wrong_values(bind: BindDefinition) -> Iterator[Problem]:
    for name, value in bind.tags.items():
        allowed = TAGS.get(name)
        if allowed is None:
            yield Problem(bind.ref, "tag_unknown", {"tag": name})
        elif not allowed(value):
            yield Problem(bind.ref, "concept_unknown" if name == "concept" else "tag_value", {name: value})


def _doubled_concepts(definition: FormDefinition) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for bind in definition.binds.values():
        concept = bind.tags.get("concept")
        if concept is None:
            continue
        if concept in first:
            yield Problem(bind.ref, "concept_doubled", {"concept": concept, "first": first[concept]})
        first.setdefault(concept, bind.ref)


def _missing_tags(definition: FormDefinition) -> Iterator[Problem]:
    for ref, node in definition.nodes.items():
        bind = node.bind
        if not node.leaf or "/meta/" in f"{ref}/":
            continue
        control = definition.controls.get(ref)
        asks = control is not None and control.kind in _ASKING
        if asks and "concept" not in bind.tags and "host" not in bind.tags:
            yield Problem(ref, "concept_missing")
        if not {"consent", "sensitive", "central"} <= bind.tags.keys():
            yield Problem(ref, "release_unclear")
