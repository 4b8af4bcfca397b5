"""The measured form is what the measurement says it is."""

from __future__ import annotations

from pathlib import Path
from random import Random

from benchmarks.forms import HUB, THE_FORM, Size, form, questions
from benchmarks.peers.cascade import cascade_answers, cascade_form, cascade_lists
from intake_app.xforms.api import FormEntry, parse_form

TINY = Size(sections=3, repeats=2, instances=2)


def test_the_form_has_as_many_rules_as_was_promised() -> None:
    definition = parse_form(form())
    binds = definition.binds.values()

    asked = [control for control in definition.controls.values() if control.kind in ("input", "select", "select1")]
    assert len(asked) == THE_FORM.questions == 500
    assert sum(bind.relevant is not None for bind in binds) == 350
    assert sum(bind.calculate is not None for bind in binds) == 120
    assert sum(bind.constraint is not None for bind in binds) == 100
    assert len(definition.repeats) == 5
    assert len(definition.languages) == 3


def test_every_repeat_starts_with_its_twenty_instances() -> None:
    entry = FormEntry.new(parse_form(form()), seed=1)

    assert [len(entry.instances(ref)) for ref in entry.definition.repeats] == [20] * 5


def test_every_answer_to_every_question_is_kept() -> None:
    entry = FormEntry.new(parse_form(form(TINY)), seed=1)
    random = Random(1)

    for question in questions(TINY) * 3:
        assert entry.set_value(question.ref, question.answer(random)).rejected is None, question


def test_one_question_decides_about_every_section_and_every_instance() -> None:
    entry = FormEntry.new(parse_form(form(TINY)), seed=1)

    changed = entry.set_value(HUB, "yes").changed

    assert len([ref for ref in changed if ref.endswith("/i")]) == TINY.sections + TINY.repeats * TINY.instances


def test_every_text_is_there_in_every_language() -> None:
    entry = FormEntry.new(parse_form(form(TINY)), seed=1)

    for question in questions(TINY):
        for language in TINY.languages:
            assert (entry.label(question.ref, language) or "").startswith(f"{language}: ")
            assert (entry.hint(question.ref, language) or "").startswith(f"{language}: ")


def test_equal_sizes_give_equal_forms() -> None:
    assert form(TINY) == form(TINY)


def test_the_cascade_offers_every_answer_it_is_given(tmp_path: Path) -> None:
    for name, text in cascade_lists(5000).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    entry = FormEntry.new(parse_form(cascade_form()), seed=1, media=tmp_path)

    for ref, value in cascade_answers(5):
        offered = {choice.value for choice in entry.choices(ref, "") or ()}
        assert value in offered
        entry.set_value(ref, value)
        assert entry.value(ref) == value
