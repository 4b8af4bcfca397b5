"""Reading a filled form by concept: the only way code outside the engine looks at answers."""

from __future__ import annotations

from dataclasses import dataclass

from intake_app.xforms.api import FormDefinition, FormEntry


@dataclass(frozen=True)
class ConceptIndex:
    """Where each concept and each host name stands in a form, as generic refs."""

    concepts: dict[str, str]
    hosts: dict[str, str]
    inner_hosts: dict[tuple[str, str], str]
    """(generic ref of the repeat, host name) to leaf."""

    @classmethod
    def of(cls, definition: FormDefinition) -> ConceptIndex:
        """Index a parsed form once."""
        concepts: dict[str, str] = {}
        hosts: dict[str, str] = {}
        inner: dict[tuple[str, str], str] = {}
        repeats = frozenset(definition.repeats)
        for ref, bind in definition.binds.items():
            if concept := bind.tags.get("concept"):
                concepts.setdefault(concept, ref)
            if host := bind.tags.get("host"):
                parent = ref.rsplit("/", 1)[0]
                if parent in repeats and ref not in repeats:
                    inner[(parent, host)] = ref
                hosts.setdefault(host, ref)
        return cls(concepts, hosts, inner)


class Answers:
    """The answers of one entry. A question that is not relevant, absent or empty reads as an empty text."""

    def __init__(self, entry: FormEntry, definition: FormDefinition) -> None:
        self._entry = entry
        self.index = ConceptIndex.of(definition)

    def text(self, concept: str) -> str:
        """The answer to a question outside repeats."""
        ref = self.index.concepts.get(concept)
        return self._read(ref) if ref else ""

    def many(self, concept: str) -> tuple[str, ...]:
        """The chosen codes of a multiple choice, in their order."""
        return tuple(self.text(concept).split())

    def host(self, name: str) -> str:
        """What the app wrote into a host leaf."""
        ref = self.index.hosts.get(name)
        return self._read(ref) if ref else ""

    def ref(self, concept: str) -> str | None:
        """The generic ref of a concept, or None when the form does not ask it."""
        return self.index.concepts.get(concept)

    def rows_of(self, repeat_ref: str) -> tuple[Row, ...]:
        """The instances of a repeat given by its generic ref."""
        return tuple(Row(self, repeat_ref, ref) for ref in self._entry.instances(repeat_ref))

    def rows(self, host: str) -> tuple[Row, ...]:
        """The rows of a host list."""
        ref = self.index.hosts.get(host)
        return self.rows_of(ref) if ref else ()

    def rows_with(self, concept: str) -> tuple[Row, ...]:
        """The instances of the repeat in which this concept is asked."""
        ref = self.index.concepts.get(concept)
        return self.rows_of(ref.rsplit("/", 1)[0]) if ref else ()

    def _read(self, ref: str) -> str:
        return self._entry.answer(ref)


@dataclass(frozen=True)
class Row:
    """One instance of a repeat."""

    answers: Answers
    generic: str
    ref: str

    def text(self, concept: str) -> str:
        """The answer to a question of this row."""
        generic = self.answers.index.concepts.get(concept)
        return self.answers._read(self._here(generic)) if generic else ""

    def many(self, concept: str) -> tuple[str, ...]:
        """The chosen codes of a multiple choice of this row."""
        return tuple(self.text(concept).split())

    def host(self, name: str) -> str:
        """A host leaf of this row: id, label, source, …"""
        leaf = self.answers.index.inner_hosts.get((self.generic, name))
        return self.answers._read(self._here(leaf)) if leaf else ""

    def rows(self, host: str) -> tuple[Row, ...]:
        """The rows of a host list inside this row."""
        generic = self.answers.index.hosts.get(host)
        if not generic:
            return ()
        inner = self._here(generic)
        return tuple(Row(self.answers, generic, ref) for ref in self.answers._entry.instances(inner))

    def ref_of(self, concept: str) -> str:
        """The exact ref of a question of this row, or "" when the form does not ask it."""
        generic = self.answers.index.concepts.get(concept)
        return self._here(generic) if generic else ""

    def _here(self, generic: str) -> str:
        return self.ref + generic[len(self.generic) :]
