"""Finds every call of the use cases that reaches a store, and what guards it."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from intake_app import services
from intake_app.services.policy import Action

_REACHES = ("Store", "Office")
"""Names of types through which a store is reached; whoever holds one of them could read it."""
_PORTS = "intake_app.services.ports"


@dataclass(frozen=True)
class ServiceCall:
    """A public function, method or property. `guard` is what it asks for; None when it asks nothing."""

    name: str
    guard: Action | None
    call: Callable[..., Any]


def service_calls() -> tuple[ServiceCall, ...]:
    """All of them, by name. A class that is itself guarded stands for all its methods."""
    found = [call for module in _modules() for call in _of_module(module)]
    return tuple(sorted(found, key=lambda each: each.name))


def _modules() -> Iterator[ModuleType]:
    for info in pkgutil.walk_packages(services.__path__, f"{services.__name__}."):
        if info.name != _PORTS:
            yield importlib.import_module(info.name)


def _of_module(module: ModuleType) -> Iterator[ServiceCall]:
    short = module.__name__.removeprefix(f"{services.__name__}.")
    for name, thing in vars(module).items():
        if name.startswith("_") or getattr(thing, "__module__", "") != module.__name__:
            continue
        if inspect.isclass(thing):
            yield from _of_class(short, thing)
        elif inspect.isfunction(thing) and _takes_a_store(thing):
            yield ServiceCall(f"{short}.{name}", getattr(thing, "guarded_by", None), thing)


def _of_class(short: str, kind: type) -> Iterator[ServiceCall]:
    if not _holds_a_store(kind) or getattr(kind, "_is_protocol", False):
        return
    whole = vars(kind).get("guarded_by")
    if whole is not None:
        yield ServiceCall(f"{short}.{kind.__name__}", whole, kind)
        return
    fields = getattr(kind, "__dataclass_fields__", {})
    for name, thing in vars(kind).items():
        if name in fields:
            continue
        call = thing.fget if isinstance(thing, property) else thing
        if not name.startswith("_") and inspect.isfunction(call):
            yield ServiceCall(f"{short}.{kind.__name__}.{name}", getattr(call, "guarded_by", None), call)


def _holds_a_store(kind: type) -> bool:
    return any(_names_a_store(each) for each in getattr(kind, "__annotations__", {}).values())


def _takes_a_store(function: Callable[..., Any]) -> bool:
    return any(_names_a_store(each.annotation) for each in inspect.signature(function).parameters.values())


def _names_a_store(annotation: object) -> bool:
    words = str(annotation).replace("|", " ").replace("[", " ").replace("]", " ").split()
    return any(word in _REACHES for word in words)
