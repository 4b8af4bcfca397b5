"""The form against the table of questions: nothing missing, nothing more, and every condition means the same."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache

import pytest

from intake_app.xforms.api import FormDefinition, FormEntry, parse_form
from tests.forms.conftest import COMPILED
from tests.forms.questions import ALWAYS, Question, Told, questions

DRAWS = 60
"""So many random sets of answers are tried for each condition."""
KINDS = {"one": "select1", "multi": "select", "yn": "select1", "yns": "select1"}
TYPES = {"int": "int", "date": "date", "time": "time"}
YES_NO = {"yn": {"yes", "no"}, "yns": {"yes", "no", "skip"}}
EXAMPLES = {"text": "iets", "int": "12", "date": "2027-03-15", "time": "10:00:00.000"}
ITEMS = 30


@cache
def form() -> FormDefinition:
    return parse_form((COMPILED / "intake.xml").read_bytes())


def row(code: str) -> Question:
    return questions()[code]


@pytest.fixture(scope="module")
def entry() -> FormEntry:
    return FormEntry.new(form(), now=lambda: datetime(2027, 3, 1, 10, tzinfo=UTC), seed=1)


# ---------------------------------------------------------------- what there is
def test_the_form_asks_every_question_of_the_table_and_no_other(intake):
    names = [ref.rsplit("/", 1)[-1] for ref, tags in intake.tags.items() if "concept" in tags]
    asked = [name for name in names if "_text_" not in name and not name.startswith("j01_ri_")]
    assert sorted(asked) == sorted(question.id for question in questions().values())
    assert sum(name.startswith("j01_ri_") for name in names) == ITEMS


def test_the_table_counts_as_the_field_guide_does():
    whole = [question for question in questions().values() if not question.part_of]
    parts = [question for question in questions().values() if question.part_of]
    assert (len(whole) + 1, len(parts)) == (119, 17)
    assert (sum(q.short for q in whole), sum(q.short for q in parts)) == (49, 8)


@pytest.mark.parametrize("code", list(questions()))
def test_a_question_carries_the_marks_of_the_table(intake, code):
    question = row(code)
    tags, bind = intake.tags[intake.ref(question.id)], intake.binds[intake.ref(question.id)]
    assert bool(tags.get("short")) is question.short
    assert tags.get("full")
    assert tags["consent"] == question.consent
    assert tags["sensitive"] == question.sensitive
    assert (tags.get("private") == "yes") is question.private
    assert (tags.get("not_for") != "volunteer") is question.volunteer
    assert bind["type"] == TYPES.get(question.type, "string")


@pytest.mark.parametrize("code", list(questions()))
def test_a_question_is_of_its_kind_and_stands_in_its_repeat(intake, code):
    question = row(code)
    ref = intake.ref(question.id)
    kind = intake.controls[ref].tag.rsplit("}", 1)[-1]
    assert kind == KINDS.get(question.type, "input")
    above = ref.split("/")[-2]
    assert above == (question.repeat or "data")
    if question.type in YES_NO:
        assert set(choices(code)) == YES_NO[question.type]


# ---------------------------------------------------------------- what the conditions mean
@cache
def choices(code: str) -> tuple[str, ...]:
    """Every choice a question has, whatever its list leaves out just now."""
    control = form().controls[generic(code)]
    assert control.items is not None
    name = control.items.nodeset.instances[0]
    items = (node for node in form().lists[name].walk() if node.name == "item")
    return tuple(next(c.text for c in item.children if c.name == "name") for item in items)


@cache
def alone() -> dict[str, frozenset[str]]:
    found = {}
    for code, question in questions().items():
        if question.type == "multi":
            name = form().controls[generic(code)].items.nodeset.instances[0]
            items = [node for node in form().lists[name].walk() if node.name == "item"]
            texts = [{child.name: child.text for child in item.children} for item in items]
            found[code] = frozenset(t["name"] for t in texts if t.get("exclusive") == "yes")
    return found


def generic(code: str) -> str:
    return next(ref for ref in form().binds if ref.rsplit("/", 1)[-1] == row(code).id)


def exact(code: str) -> str:
    """The first instance of everything around a question."""
    ref, parts = "", generic(code).strip("/").split("/")
    for number, part in enumerate(parts):
        ref += f"/{part}"
        if number < len(parts) - 1 and re.sub(r"\[1\]", "", ref) in form().repeats:
            ref += "[1]"
    return ref


def behind(code: str) -> Iterator[str]:
    """The questions a condition looks at, and those that those depend on."""
    for other in row(code).reads:
        if other != "j01":
            yield from behind(other)
            yield other


def drawn(code: str, chance: random.Random, entry: FormEntry) -> str:
    """An answer that the form offers now, or none."""
    question = row(code)
    offered = tuple(choice.value for choice in entry.choices(exact(code), "nl") or ())
    if chance.random() < 0.2 or (question.type in KINDS and not offered):
        return ""
    if question.type == "multi":
        several = chance.sample(offered, chance.randint(1, min(4, len(offered))))
        lonely = [word for word in several if word in alone()[code]]
        return lonely[0] if lonely else " ".join(several)
    if question.type in KINDS:
        wanted = re.findall(rf"{code}(?:=|≠| in )([\w|]+)", " ".join(q.when for q in questions().values()))
        likely = [word for words in wanted for word in words.split("|") if word in offered]
        return chance.choice(likely if likely and chance.random() < 0.6 else offered)
    return EXAMPLES[question.type]


CONDITIONAL = [code for code, question in questions().items() if question.when != ALWAYS and code != "j02"]


@pytest.mark.parametrize("code", CONDITIONAL)
def test_a_condition_of_the_form_means_what_the_table_says(entry, code):
    chance = random.Random(code)
    variables = list(dict.fromkeys(behind(code)))
    seen = set()
    for _ in range(DRAWS):
        for variable in reversed(variables):
            entry.set_value(exact(variable), "")
        answers = {}
        for variable in variables:
            text = drawn(variable, chance, entry)
            if entry.set_value(exact(variable), text).rejected is None:
                answers[variable] = text
        expected = Told(answers, alone()).asked(code)
        assert entry.is_relevant(exact(code)) is expected, answers
        seen.add(expected)
    for variable in reversed(variables):
        entry.set_value(exact(variable), "")
    assert seen == {True, False}, "the draws never met both"


@pytest.mark.parametrize("code", [code for code, question in questions().items() if question.when == ALWAYS])
def test_a_question_without_a_condition_is_always_asked(entry, code):
    question = row(code)
    chain = [ref for ref in form().binds if generic(code).startswith(f"{ref}/") or ref == generic(code)]
    own = [ref for ref in chain if form().binds[ref].relevant is not None]
    assert own == [], question.id


def test_interests_are_asked_about_after_twenty_items():
    items = ["fun"] * 19
    assert not Told({"j01": items}, {}).asked("j02")
    assert Told({"j01": [*items, "not"]}, {}).asked("j02")


# ---------------------------------------------------------------- nothing looks ahead
@pytest.mark.parametrize("talk_form", ["short", "full"])
def test_no_condition_looks_at_a_question_that_is_asked_later(intake, talk_form):
    """On one screen they may look at each other; what stands twice counts by its last place, when all is known."""
    last = {}
    for ref, tags in intake.tags.items():
        if places := tags.get(talk_form, "").split():
            last[ref] = int(places[-1])
    looking = 0
    for ref, place in last.items():
        bind = intake.binds[ref]
        above = [intake.binds[r].get("relevant", "") for r in intake.binds if ref.startswith(f"{r}/")]
        filters = " ".join(
            node.get("nodeset", "") for node in intake.controls.get(ref, ()) if node.tag.endswith("itemset")
        )
        text = " ".join([bind.get("relevant", ""), filters, *above])
        for other, there in last.items():
            if re.search(rf"/{re.escape(other.rsplit('/', 1)[-1])}\b", text) and other != ref:
                looking += 1
                assert there <= place, f"{ref} looks at {other}"
    assert looking > 20


# ---------------------------------------------------------------- what is never asked (2.1-14)
NEVER = ("bsn", "geslacht", "nationaliteit", "godsdienst", "religie", "etnisch", "afkomst", "diagnose", "medicijn",
         "strafblad", "ziekte heeft", "paspoort", "documentnummer", "foto van")  # fmt: skip


def test_the_never_asked_list_is_absent(intake):
    dutch = intake.texts["Nederlands (nl)"]
    labels = {key: text.casefold() for key, text in dutch.items() if key.endswith(":label")}
    assert [(key, word) for key, text in labels.items() for word in NEVER if word in text] == []
    kinds = {control.tag.rsplit("}", 1)[-1] for control in intake.controls.values()}
    assert "upload" not in kinds
    names = set(intake.order)
    assert not [
        name for name in names if re.search(r"(bsn|gender|nationality|religion|ethnic|diagnos|medication)", name)
    ]


def test_every_free_text_says_what_not_to_write(intake):
    """A name, number, place or country is no story; every other text field carries the sentence of 2.1-14."""
    short = {"c01", "c02", "c05", "c06", "c06b", "d08b", "q08c"}
    warning = "Schrijf alleen over werk en leren. Geen medische dingen. Geen nummers van papieren."
    for code, question in questions().items():
        if question.type == "text" and code not in short and code != "x01":
            assert warning in intake.texts["Nederlands (nl)"][f"{intake.ref(question.id)}:hint"], code
