"""Pages of a form that carries no order of its own: document order, a field-list group being one page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from intake_app.xforms.api import FormDefinition, FormEntry


@dataclass(frozen=True)
class Page:
    """Exact refs of relevant questions shown together, the repeat instance they stand in, and the generic repeat
    of which another instance may be added after this page."""

    refs: tuple[str, ...]
    instance: str = ""
    again: str = ""


class DocumentOrder:
    """The body's order, read once; repeats run instance by instance, also those inside others."""

    def __init__(self, definition: FormDefinition) -> None:
        self._definition = definition
        self._repeats = frozenset(definition.repeats)
        self._lists = frozenset(
            ref
            for ref, control in definition.controls.items()
            if control.kind == "group" and "field-list" in control.appearance
        )
        self._inside: dict[str, list[str]] = {}
        for ref, control in definition.controls.items():
            if control.kind != "group":
                self._inside.setdefault(self._above(ref, self._repeats), []).append(ref)

    def pages(self, entry: FormEntry) -> Iterator[Page]:
        """The pages as the answers stand now."""
        yield from self._level(entry, "", "")

    def _level(self, entry: FormEntry, repeat: str, instance: str) -> Iterator[Page]:
        """The pages inside one repeat instance, or of the form itself."""
        for key, run in groupby(self._inside.get(repeat, ()), self._page_of):
            refs = list(run)
            if key in self._repeats:
                yield from self._instances(entry, key, instance + key[len(repeat) :])
                continue
            shown = tuple(here for ref in refs if entry.is_relevant(here := instance + ref[len(repeat) :]))
            if shown:
                yield Page(shown, instance)

    def _instances(self, entry: FormEntry, repeat: str, family: str) -> Iterator[Page]:
        instances = entry.instances(family)
        for number, instance in enumerate(instances, start=1):
            pages = list(self._level(entry, repeat, instance))
            if pages and number == len(instances) and self._may_grow(repeat) and not pages[-1].again:
                pages[-1] = replace(pages[-1], again=repeat)
            yield from pages
        if not instances and self._may_grow(repeat) and self._definition.binds[repeat].relevant is None:
            above = family.rpartition("/")[0]
            if above.count("/") < 2 or entry.is_relevant(above):
                yield Page((), "", repeat)

    def _may_grow(self, repeat: str) -> bool:
        control = self._definition.controls.get(repeat)
        fixed = control is not None and control.parameters.get("noAddRemove", "").strip() == "true()"
        host = "host" in self._definition.binds[repeat].tags
        return not (fixed or host or repeat in self._definition.counts)

    def _page_of(self, ref: str) -> str:
        return ref if ref in self._repeats else self._above(ref, self._lists) or ref

    def _above(self, ref: str, parents: frozenset[str]) -> str:
        """The nearest of these refs above one."""
        above = ref.rpartition("/")[0]
        while above and above not in parents:
            above = above.rpartition("/")[0]
        return above
