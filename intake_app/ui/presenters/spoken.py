"""What is read aloud of a screen: its questions, hints, messages and choices, in the participant's language only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from intake_app.i18n.gettext import mark, translator
from intake_app.i18n.languages import LANGUAGES
from intake_app.services.voice.spoken import Silence, Spoken
from intake_app.ui.controls.model import QuestionModel
from intake_app.ui.presenters.questions import ScreenModel
from intake_app.ui.presenters.rows import generic
from intake_app.ui.widgets.pair import Pair

# Translators: {language} is the Dutch name of a language, such as Arabisch.
NO_VOICE = mark("Voorlezen in het {language} kan niet: deze laptop heeft er geen stem voor.")
NO_VOICE_DO = mark("Lees zelf voor, of laat de tolk voorlezen.")
NEEDS_RECORDING = mark("Deze tekst leest geen computerstem voor. Er is nog geen opname van een mens.")
PRIVATE = mark("Deze vraag wordt niet voorgelezen. Draai de laptop, dan tikt de deelnemer zelf.")


def sentences(model: ScreenModel, stages: Mapping[str, str] | None = None) -> tuple[Spoken, ...]:
    """Everything that can be said of a screen, in the order in which it is seen.

    `stages` tells by the ref of a question on which inner screen it is: of activity cards one family at a time.
    """
    found = stages or {}
    return tuple(spoken for question in model.questions for spoken in _of(question, found.get(question.ref, "")))


def beside(told: Iterable[Pair]) -> tuple[Spoken, ...]:
    """What is said beside a card that was tapped, in the participant's language."""
    return tuple(Spoken(pair.own, pair.language, pair.dutch) for pair in told if pair.own.strip())


def chosen(model: ScreenModel, ref: str, value: str) -> tuple[Spoken, ...]:
    """The choices of one question that stand in its answer, to be heard as they are tapped."""
    for question in model.questions:
        for part in (question, *question.parts):
            if part.ref == ref:
                return tuple(spoken for spoken in _choices(part) if spoken.choice in value.split())
    return ()


def silent_line(reason: Silence, language: str) -> tuple[str, str]:
    """Why it stays silent, and what to do, for the counsellor in Dutch."""
    say = translator("nl").text
    if reason is Silence.PRIVATE:
        return say(PRIVATE), ""
    if reason is Silence.NEEDS_RECORDING:
        return say(NEEDS_RECORDING), say(NO_VOICE_DO)
    known = LANGUAGES.get(language)
    return say(NO_VOICE).format(language=known.dutch if known else language), say(NO_VOICE_DO)


def _of(question: QuestionModel, stage: str) -> Iterator[Spoken]:
    if "intake-cards" in question.appearance and question.parts:
        if stage:
            family = (c for c in question.choices if c.properties.get("family", "") == stage)
            shown = tuple(c for c in family if not c.properties.get("more") or c.value in question.value.split())
            yield from _of(replace(question, choices=shown, parts=()), "")
        else:
            yield from _of(replace(question.parts[0], message=question.message), "")
        return
    name = _name(question.ref)
    if question.message is not None:
        yield from _said(question, question.message.own, question.message.dutch)
    yield from _said(question, question.own_label, f"{name}.label")
    yield from _said(question, question.own_hint, f"{name}.hint")
    for row in question.rows:
        yield from _said(question, row.own, f"{name}.{row.id}")
    for pair in question.examples:
        yield from _said(question, pair.own, pair.dutch)
    for part in question.parts:
        yield from _of(part, "")
    if not question.parts:
        yield from _choices(question)


def _choices(question: QuestionModel) -> Iterator[Spoken]:
    name = _name(question.ref)
    found = question.choices or next((row.choices for row in question.rows), ())
    for choice in found:
        yield from _said(question, choice.own, f"{name}.{choice.value}", choice.value)


def _said(question: QuestionModel, text: str, text_id: str, choice: str = "") -> Iterator[Spoken]:
    """A gap is not read: the Dutch that stands there is not the participant's language."""
    if text.strip():
        yield Spoken(text, question.language, text_id, question.silent, question.by_a_person, choice)


def _name(ref: str) -> str:
    return generic(ref).rsplit("/", 1)[-1]
