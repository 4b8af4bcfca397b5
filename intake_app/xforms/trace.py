"""A form played without an interface: events in, the state after each out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path

from intake_app.errors import UnknownName
from intake_app.xforms.definition.parse import parse_form
from intake_app.xforms.form_entry import FormEntry
from intake_app.xforms.serialize import serialize
from intake_app.xforms.views import NodeView, Violation


def trace(
    form_xml: bytes,
    events: Sequence[Mapping[str, object]],
    *,
    media: Path | None = None,
    language: str | None = None,
    today: str | None = None,
    seed: int | None = None,
) -> dict[str, object]:
    """Play events against a form: `{"states": [one after the load, one after each event], "xml": submission}`.

    `today` is an ISO date or date-time and stops the clock there. Raises FormInvalid for the form, EventRefused
    for an event that no answer can be, UnknownName for a language or day that does not exist.
    """
    definition = parse_form(form_xml)
    if language is not None and not definition.language(language):
        raise UnknownName(kind="language", name=language, known=", ".join(definition.languages))
    entry = FormEntry.new(definition, media=media, now=_clock(today), seed=seed, language=language)
    states = [_state(entry, None, None, None)]
    states.extend(_play(entry, event) for event in events)
    return {"states": states, "xml": _submission(entry)}


def _play(entry: FormEntry, event: Mapping[str, object]) -> dict[str, object]:
    if event.get("validate") is True:
        return _state(entry, event, None, entry.violations())
    if event.get("finalize") is True:
        return _state(entry, event, None, entry.finalize())
    return _state(entry, event, entry.apply(event).rejected, None)


def _state(
    entry: FormEntry,
    event: Mapping[str, object] | None,
    rejected: Violation | None,
    invalid: Sequence[Violation] | None,
) -> dict[str, object]:
    return {
        "event": None if event is None else dict(event),
        "rejected": None if rejected is None else {"ref": rejected.ref, "message": rejected.message},
        "invalid": None
        if invalid is None
        else [{"ref": one.ref, "reason": one.reason, "message": one.message} for one in invalid],
        "nodes": [_node(view) for view in entry.nodes()],
    }


def _node(view: NodeView) -> dict[str, object]:
    return {
        "ref": view.ref,
        "type": view.type,
        "relevant": view.relevant,
        "readonly": view.readonly,
        "required": view.required,
        "value": view.value,
        "valid": view.valid,
        "label": view.label,
        "hint": view.hint,
        "choices": None if view.choices is None else [[choice.value, choice.label] for choice in view.choices],
    }


def _submission(entry: FormEntry) -> str:
    text = serialize(entry).decode()
    return text.partition("?>")[2].strip() if text.startswith("<?xml") else text


def _clock(today: str | None) -> Callable[[], datetime] | None:
    if today is None:
        return None
    try:
        moment = datetime.fromisoformat(today) if "T" in today else datetime.combine(date.fromisoformat(today), time())
    except ValueError:
        raise UnknownName(kind="day", name=today, known="YYYY-MM-DD, YYYY-MM-DDThh:mm:ss+hh:mm") from None
    fixed = moment if moment.tzinfo is not None else moment.astimezone()
    return lambda: fixed
