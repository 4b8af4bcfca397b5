"""Reading triples as linked data is served: N-Triples and Turtle files, and CSV answers of a SPARQL server.

Only what such files use is read: addresses, prefixed names, plain and long texts with a language or type, numbers,
lists of predicates and objects, and unnamed nodes. Source of the grammars: W3C RDF 1.1 Turtle and N-Triples.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import NamedTuple

from intake_app.catalogue.imports.progress import Watch
from intake_app.catalogue.imports.sources import Source, lines
from intake_app.errors import CatalogueInvalid

TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
FIRST_COLUMNS = (("s", "p", "o"), ("subject", "predicate", "object"))
SUBJECT_COLUMNS = ("uri", "iri", "concept", "subject", "s", "occupation", "skill", "capability", "id")
LONGEST_STATEMENT = 4_000_000
"""Characters; a file without an end to its statement is no file of triples."""


LONG_QUOTES = ('"' * 3, "'" * 3)


class Triple(NamedTuple):
    """One statement; `language` is set for texts that have one, `is_text` tells a text from an address."""

    subject: str
    predicate: str
    object: str
    is_text: bool = False
    language: str = ""
    row: int = 0


def local_name(address: str) -> str:
    """The part after `#`, or after the last slash: what stays the same when a publisher moves house."""
    return re.split(r"[#/]", address.rstrip("#/"))[-1]


_TOKEN = re.compile(
    r"""(?P<space>\s+|\#[^\n]*)
    |<(?P<address>[^<>"{}|^`\\\x00-\x20]*)>
    |(?P<long>\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3}|'{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3})
    |(?P<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    |@(?P<at>[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    |(?P<typed>\^\^)
    |(?P<blank>_:[\w.-]*[\w-])
    |(?P<number>[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
    |(?P<name>[\w-]*(?:\.[\w-]+)*:(?:[\w:%-]|\\[^\w\s]|\.(?=[\w:%-]))*)
    |(?P<word>[A-Za-z]+)
    |(?P<mark>[.;,\[\]()])""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_ESCAPED = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}


class _Token(NamedTuple):
    kind: str
    value: str
    row: int


def read_triples(source: Source, watch: Watch) -> Iterator[Triple]:
    """The statements of a `.ttl`, `.nt` or `.csv` file. Raises CatalogueInvalid with the row, ImportCancelled."""
    if source.name.lower().endswith(".csv"):
        yield from _from_table(source, watch)
        return
    with source.open() as raw, io.TextIOWrapper(raw, encoding="utf-8-sig") as text:
        reader = _Turtle(source.name)
        try:
            for statement in _statements(text, source.name):
                watch.reading(source.name, raw.tell)
                yield from reader.statement(statement)
        except UnicodeDecodeError as wrong:
            raise CatalogueInvalid(file=source.name, row=0, column="", problem="not_utf8") from wrong
    watch.before += source.size


def _statements(text: io.TextIOWrapper, file: str) -> Iterator[list[_Token]]:
    """The tokens of each statement, read line by line so that a large file needs little memory."""
    waiting, row = "", 1
    tokens: list[_Token] = []
    depth = 0
    for line in text:
        waiting += line
        if len(waiting) > LONGEST_STATEMENT:
            raise CatalogueInvalid(file=file, row=row, column="", problem="not_turtle")
        if _inside_long_text(waiting):
            continue
        for token in _tokens(waiting, row, file):
            tokens.append(token)
            depth += (token.value in ("[", "(")) - (token.value in ("]", ")")) if token.kind == "mark" else 0
            ended = token.kind == "mark" and token.value == "." and depth == 0
            if ended or _is_sparql_directive(tokens):
                yield tokens
                tokens = []
        row += waiting.count("\n")
        waiting = ""
    if tokens or waiting.strip():
        raise CatalogueInvalid(file=file, row=row, column="", problem="not_turtle")


def _inside_long_text(waiting: str) -> bool:
    """Whether a text in triple quotes has begun and not ended."""
    if not any(quotes in waiting for quotes in LONG_QUOTES):
        return False
    place = 0
    while match := _TOKEN.match(waiting, place):
        if waiting.startswith(LONG_QUOTES, place) and match.lastgroup != "long":
            return True
        place = match.end()
    return waiting.startswith(LONG_QUOTES, place)


def _is_sparql_directive(tokens: list[_Token]) -> bool:
    """`PREFIX a: <…>` and `BASE <…>` end without a point."""
    first = tokens[0]
    if first.kind != "word" or tokens[-1].kind != "address":
        return False
    return (first.value.upper(), len(tokens)) in (("PREFIX", 3), ("BASE", 2))


def _tokens(text: str, row: int, file: str) -> Iterator[_Token]:
    place = 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None or match.lastgroup is None:
            here = row + text.count("\n", 0, place)
            raise CatalogueInvalid(file=file, row=here, column="", problem="not_turtle")
        if match.lastgroup != "space":
            yield _Token(match.lastgroup, match[match.lastgroup], row + text.count("\n", 0, place))
        place = match.end()


class _Turtle:
    """What a file has said about prefixes so far, and the names of its unnamed nodes."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._prefixes: dict[str, str] = {}
        self._base = ""
        self._unnamed = 0
        self._tokens: list[_Token] = []
        self._place = 0
        self._found: list[Triple] = []

    def statement(self, tokens: list[_Token]) -> list[Triple]:
        """The triples of one statement; a directive gives none."""
        self._tokens, self._place, self._found = tokens, 0, []
        first = tokens[0]
        if first.kind in ("at", "word") and first.value.lower() in ("prefix", "base"):
            self._directive(first.value.lower())
            return []
        bracket = first.kind == "mark" and first.value == "["
        subject = self._node()
        # `[ … ] .` says all inside the brackets
        if not (bracket and self._peek().value == "."):
            self._predicates(subject, ".")
        self._expect(".")
        return self._found

    def _directive(self, which: str) -> None:
        self._place = 1
        name = self._next().value if which == "prefix" else ""
        address = self._resolve(self._next())
        if which == "prefix":
            self._prefixes[name.rstrip(":")] = address
        else:
            self._base = address

    def _predicates(self, subject: str, end: str) -> None:
        while self._peek().value != end:
            token = self._next()
            predicate = TYPE if token.kind == "word" and token.value == "a" else self._resolve(token)
            self._object(subject, predicate)
            while self._peek().value == "," and self._peek().kind == "mark":
                self._next()
                self._object(subject, predicate)
            while self._peek().value == ";" and self._peek().kind == "mark":
                self._next()

    def _object(self, subject: str, predicate: str) -> None:
        token = self._peek()
        if token.kind in ("text", "long"):
            self._next()
            quotes = 3 if token.kind == "long" else 1
            value, language = _unescape(token.value[quotes:-quotes]), ""
            after = self._peek()
            if after.kind == "at":
                language = self._next().value.lower()
            elif after.kind == "typed":
                self._next()
                self._resolve(self._next())
            self._found.append(Triple(subject, predicate, value, True, language, token.row))
        elif token.kind == "number" or (token.kind == "word" and token.value in ("true", "false")):
            self._found.append(Triple(subject, predicate, self._next().value, True, "", token.row))
        else:
            self._found.append(Triple(subject, predicate, self._node(), False, "", token.row))

    def _node(self) -> str:
        token = self._next()
        if token.kind == "mark" and token.value == "[":
            node = self._new_node()
            self._predicates(node, "]")
            self._expect("]")
            return node
        if token.kind == "mark" and token.value == "(":
            # lists carry nothing that we read; they are stepped over
            node = self._new_node()
            while self._peek().value != ")":
                self._object(node, "list")
            self._expect(")")
            return node
        return self._resolve(token)

    def _new_node(self) -> str:
        self._unnamed += 1
        return f"_:unnamed{self._unnamed}"

    def _resolve(self, token: _Token) -> str:
        if token.kind == "blank":
            return token.value
        if token.kind == "address":
            address = _unescape(token.value)
            return address if ":" in address.split("/", 1)[0] else self._base + address
        if token.kind == "name":
            prefix, _, rest = token.value.partition(":")
            if prefix in self._prefixes:
                return self._prefixes[prefix] + re.sub(r"\\(.)", r"\1", rest)
            raise CatalogueInvalid(file=self._file, row=token.row, column="", problem=f"unknown {prefix}:")
        raise CatalogueInvalid(file=self._file, row=token.row, column="", problem="not_turtle")

    def _peek(self) -> _Token:
        if self._place >= len(self._tokens):
            raise CatalogueInvalid(file=self._file, row=self._tokens[-1].row, column="", problem="not_turtle")
        return self._tokens[self._place]

    def _next(self) -> _Token:
        token = self._peek()
        self._place += 1
        return token

    def _expect(self, mark: str) -> None:
        token = self._next()
        if token.kind != "mark" or token.value != mark:
            raise CatalogueInvalid(file=self._file, row=token.row, column="", problem="not_turtle")


def _unescape(text: str) -> str:
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda m: chr(int(m[1] or m[2], 16)) if m[1] or m[2] else _ESCAPED.get(m[3], m[3]), text)


def _from_table(source: Source, watch: Watch) -> Iterator[Triple]:
    """A SPARQL answer: three columns that are a triple, or one column with the thing and one for each predicate."""
    for line in lines(source, (), watch):
        columns = {name.lstrip("?").strip().lower(): name for name in line.cells}
        for names in FIRST_COLUMNS:
            if all(name in columns for name in names):
                subject, predicate, value = (line.cells[columns[name]] for name in names)
                yield from _cell(subject, predicate, value, line.number)
                break
        else:
            key = next((columns[name] for name in SUBJECT_COLUMNS if name in columns), None)
            if key is None:
                raise CatalogueInvalid(file=source.name, row=1, column="uri", problem="column_missing")
            for name, value in line.cells.items():
                if name != key:
                    yield from _cell(line.cells[key], name.lstrip("?").strip(), value, line.number)


def _cell(subject: str, predicate: str, value: str, row: int) -> Iterator[Triple]:
    subject, value = subject.strip(), value.strip()
    if subject and value:
        is_text = not re.match(r"(https?|urn):", value)
        predicate = TYPE if predicate.lower() in ("type", "a", "class") else predicate
        yield Triple(subject, predicate, value, is_text, "", row)
