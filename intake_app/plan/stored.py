"""A plan document as JSON, so that what was handed over can be kept and printed again."""

from __future__ import annotations

import dataclasses
import json
import types
from collections.abc import Mapping
from datetime import date, time
from enum import Enum
from typing import Any, get_args, get_origin, get_type_hints

from intake_app.domain.plan import PlanDocument
from intake_app.errors import PlanError


def document_to_json(document: PlanDocument) -> bytes:
    """The document as UTF-8 JSON; keys in the order of the fields."""
    return json.dumps(_plain(document), ensure_ascii=False, indent=1).encode("utf-8")


def document_from_json(raw: bytes) -> PlanDocument:
    """The document that `document_to_json` wrote; fields that are absent take their defaults. Raises PlanError."""
    try:
        return _build(PlanDocument, json.loads(raw))  # type: ignore[no-any-return]  # built by the type it is given
    except (ValueError, TypeError, KeyError, AttributeError):
        # the text of the error may quote what a person said
        raise PlanError(problem="stored plan") from None


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {item.name: _plain(getattr(value, item.name)) for item in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, (date, time)) else value


def _build(kind: Any, value: Any) -> Any:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is types.UnionType:
        inner = next(argument for argument in arguments if argument is not types.NoneType)
        return None if value is None else _build(inner, value)
    if origin is tuple:
        repeated = len(arguments) == 2 and arguments[1] is Ellipsis
        inner_kinds = [arguments[0]] * len(value) if repeated else arguments
        return tuple(_build(inner, item) for inner, item in zip(inner_kinds, value, strict=True))
    if dataclasses.is_dataclass(kind):
        hints = get_type_hints(kind)
        make: Any = kind
        return make(**{name: _build(hints[name], item) for name, item in value.items()})
    if origin is not None:
        return {name: _tuples(item) for name, item in value.items()}
    if kind in (date, time):
        return kind.fromisoformat(value)
    if issubclass(kind, Enum):
        return kind(value)
    if not isinstance(value, kind):
        raise TypeError
    return value


def _tuples(value: object) -> object:
    """Parameters of a reason keep JSON's types, but lists become tuples so that values stay unchangeable."""
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value
