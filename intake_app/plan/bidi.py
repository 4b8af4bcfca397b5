"""The Unicode Bidirectional Algorithm (UAX #9, revision 48): embedding levels with isolates, and visual order.

Rule names in the comments (X1, W4, N0 …) are those of https://www.unicode.org/reports/tr9/.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import bidirectional

_MAX_DEPTH = 125
_ISOLATES = frozenset({"LRI", "RLI", "FSI"})
_EMBEDDINGS = frozenset({"LRE", "RLE", "LRO", "RLO"})
_REMOVED = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "BN"})
_NEUTRAL = frozenset({"B", "S", "WS", "ON", "LRI", "RLI", "FSI", "PDI"})
_TRAILING = frozenset({"WS", "LRI", "RLI", "FSI", "PDI"}) | _REMOVED
_STRONG_AS = {"L": "L", "R": "R", "AL": "R", "EN": "R", "AN": "R"}

_PAIRS = (
    "()[]{}\u0f3a\u0f3b\u0f3c\u0f3d\u169b\u169c\u2045\u2046\u207d\u207e\u208d\u208e\u2308\u2309\u230a\u230b\u2329\u232a"
    "\u2768\u2769\u276a\u276b\u276c\u276d\u276e\u276f\u2770\u2771\u2772\u2773\u2774\u2775\u27c5\u27c6\u27e6\u27e7"
    "\u27e8\u27e9\u27ea\u27eb\u27ec\u27ed\u27ee\u27ef\u2983\u2984\u2985\u2986\u2987\u2988\u2989\u298a\u298b\u298c"
    "\u298d\u2990\u298f\u298e\u2991\u2992\u2993\u2994\u2995\u2996\u2997\u2998\u29d8\u29d9\u29da\u29db\u29fc\u29fd"
    "\u2e22\u2e23\u2e24\u2e25\u2e26\u2e27\u2e28\u2e29\u2e55\u2e56\u2e57\u2e58\u2e59\u2e5a\u2e5b\u2e5c"
    "\u3008\u3009\u300a\u300b\u300c\u300d\u300e\u300f\u3010\u3011\u3014\u3015\u3016\u3017\u3018\u3019\u301a\u301b"
    "\ufe59\ufe5a\ufe5b\ufe5c\ufe5d\ufe5e\uff08\uff09\uff3b\uff3d\uff5b\uff5d\uff5f\uff60\uff62\uff63"
)
_CLOSING = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
_CANONICAL = {"\u232a": "\u3009"}


def base_level(text: str) -> int:
    """The paragraph level by the first strong letter outside isolates (P2, P3): 1 right to left, else 0."""
    return _first_strong([bidirectional(char) for char in text], 0, len(text))


def embedding_levels(text: str, base: int) -> list[int]:
    """The resolved level of every character of one paragraph (X1 to I2), odd meaning right to left.

    Characters that the algorithm removes (old embeddings, boundary neutrals) take the level before them.
    """
    classes = [bidirectional(char) or "L" for char in text]
    matching = _matching_pdi(classes)
    explicit = _Explicit(classes, base, matching)
    explicit.run()
    levels = list(explicit.levels)
    for indexes in _isolating_runs(classes, explicit.levels, matching):
        sequence = _Sequence(text, explicit, indexes, base)
        for index, level in zip(indexes, sequence.resolve(), strict=True):
            levels[index] = level
    previous = base
    for index, name in enumerate(classes):
        if name in _REMOVED:
            levels[index] = previous
        previous = levels[index]
    return levels


def line_levels(text: str, levels: Sequence[int], base: int) -> list[int]:
    """The levels of one line after rule L1: separators and white space at its end fall back to the base level."""
    result = list(levels)
    reset = True
    for index in range(len(text) - 1, -1, -1):
        name = bidirectional(text[index])
        if name in ("B", "S"):
            reset = True
        elif name not in _TRAILING:
            reset = False
        if reset:
            result[index] = base
    return result


def visual_order(levels: Sequence[int]) -> list[int]:
    """Indexes in the order in which they stand from left to right (L2). Works on characters and on runs."""
    order = list(range(len(levels)))
    odd = [level for level in levels if level & 1]
    if not odd:
        return order
    for level in range(max(levels), min(odd) - 1, -1):
        start = 0
        while start < len(order):
            if levels[order[start]] < level:
                start += 1
                continue
            end = start
            while end < len(order) and levels[order[end]] >= level:
                end += 1
            order[start:end] = order[start:end][::-1]
            start = end
    return order


def _first_strong(classes: Sequence[str], start: int, end: int) -> int:
    depth = 0
    for name in classes[start:end]:
        if name in _ISOLATES:
            depth += 1
        elif name == "PDI":
            depth = max(0, depth - 1)
        elif depth == 0 and name in ("L", "R", "AL"):
            return 0 if name == "L" else 1
    return 0


def _matching_pdi(classes: Sequence[str]) -> dict[int, int]:
    """Each isolate initiator with its PDI, where it has one (BD9)."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for index, name in enumerate(classes):
        if name in _ISOLATES:
            opened.append(index)
        elif name == "PDI" and opened:
            found[opened.pop()] = index
    return found


@dataclass(frozen=True)
class _Status:
    level: int
    override: str = ""
    isolate: bool = False


class _Explicit:
    """Rules X1 to X8: levels and overrides from explicit formatting characters."""

    def __init__(self, classes: Sequence[str], base: int, matching: dict[int, int]) -> None:
        self.classes = classes
        self.matching = matching
        self.levels = [base] * len(classes)
        self.types = list(classes)
        self._base = base
        self._stack = [_Status(base)]
        self._overflow_isolates = 0
        self._overflow_embeddings = 0
        self._valid_isolates = 0

    def run(self) -> None:
        for index, name in enumerate(self.classes):
            if name in _EMBEDDINGS:
                self._embed(index, name)
            elif name in _ISOLATES:
                self._isolate(index, name)
            elif name == "PDI":
                self._end_isolate(index)
            elif name == "PDF":
                self._end_embedding(index)
            elif name == "B":
                self.levels[index] = self._base
            else:
                self._place(index)

    def _place(self, index: int) -> None:
        top = self._stack[-1]
        self.levels[index] = top.level
        if top.override and self.classes[index] != "BN":
            self.types[index] = top.override

    def _next_level(self, *, rtl: bool) -> int:
        level = self._stack[-1].level
        return (level + 1) | 1 if rtl else (level + 2) & ~1

    def _embed(self, index: int, name: str) -> None:
        self.levels[index] = self._stack[-1].level
        level = self._next_level(rtl=name in ("RLE", "RLO"))
        if level <= _MAX_DEPTH and not self._overflow_isolates and not self._overflow_embeddings:
            self._stack.append(_Status(level, {"RLO": "R", "LRO": "L"}.get(name, "")))
        elif not self._overflow_isolates:
            self._overflow_embeddings += 1

    def _isolate(self, index: int, name: str) -> None:
        self._place(index)
        end = self.matching.get(index, len(self.classes))
        rtl = name == "RLI" or (name == "FSI" and _first_strong(self.classes, index + 1, end) == 1)
        level = self._next_level(rtl=rtl)
        if level <= _MAX_DEPTH and not self._overflow_isolates and not self._overflow_embeddings:
            self._valid_isolates += 1
            self._stack.append(_Status(level, isolate=True))
        else:
            self._overflow_isolates += 1

    def _end_isolate(self, index: int) -> None:
        if self._overflow_isolates:
            self._overflow_isolates -= 1
        elif self._valid_isolates:
            self._overflow_embeddings = 0
            while not self._stack[-1].isolate:
                self._stack.pop()
            self._stack.pop()
            self._valid_isolates -= 1
        self._place(index)

    def _end_embedding(self, index: int) -> None:
        self.levels[index] = self._stack[-1].level
        if self._overflow_isolates:
            return
        if self._overflow_embeddings:
            self._overflow_embeddings -= 1
        elif not self._stack[-1].isolate and len(self._stack) > 1:
            self._stack.pop()


def _isolating_runs(classes: Sequence[str], levels: Sequence[int], matching: dict[int, int]) -> list[list[int]]:
    """Isolating run sequences (BD13, X10) as lists of indexes, without the removed characters (X9)."""
    runs: list[list[int]] = []
    for index, name in enumerate(classes):
        if name in _REMOVED:
            continue
        if runs and levels[runs[-1][-1]] == levels[index] and classes[runs[-1][-1]] != "B":
            runs[-1].append(index)
        else:
            runs.append([index])
    starts = {run[0]: run for run in runs}
    continued = set(matching.values())
    sequences = []
    for run in runs:
        if classes[run[0]] == "PDI" and run[0] in continued:
            continue
        sequence = list(run)
        while (pdi := matching.get(sequence[-1])) is not None and pdi in starts:
            sequence += starts[pdi]
        sequences.append(sequence)
    return sequences


class _Sequence:
    """Rules W1 to W7, N0 to N2 and I1, I2 on one isolating run sequence."""

    def __init__(self, text: str, explicit: _Explicit, indexes: list[int], base: int) -> None:
        classes, levels = explicit.classes, explicit.levels
        self._text = [text[i] for i in indexes]
        self._level = levels[indexes[0]]
        self._original = [explicit.types[i] for i in indexes]
        self.types = list(self._original)
        before = next((levels[i] for i in range(indexes[0] - 1, -1, -1) if classes[i] not in _REMOVED), base)
        last = indexes[-1]
        after = next((levels[i] for i in range(last + 1, len(levels)) if classes[i] not in _REMOVED), base)
        if classes[last] in _ISOLATES:
            after = base
        self._sos = "R" if max(before, self._level) & 1 else "L"
        self._eos = "R" if max(after, self._level) & 1 else "L"
        self._direction = "R" if self._level & 1 else "L"

    def resolve(self) -> list[int]:
        self._weak_marks()
        self._weak_numbers()
        self._weak_separators()
        self._weak_latin()
        self._brackets()
        self._neutrals()
        return [self._level + _rise(self._level, name) for name in self.types]

    def _weak_marks(self) -> None:
        previous = self._sos
        for i, name in enumerate(self.types):
            if name == "NSM":  # W1
                self.types[i] = "ON" if previous in _ISOLATES or previous == "PDI" else previous
            previous = self.types[i]

    def _weak_numbers(self) -> None:
        strong = self._sos
        for i, name in enumerate(self.types):
            if name in ("L", "R", "AL"):
                strong = name
            elif name == "EN" and strong == "AL":  # W2
                self.types[i] = "AN"
        self.types = ["R" if name == "AL" else name for name in self.types]  # W3

    def _weak_separators(self) -> None:
        types = self.types
        for i in range(1, len(types) - 1):  # W4
            left, name, right = types[i - 1], types[i], types[i + 1]
            if left == right and ((name in ("ES", "CS") and left == "EN") or (name == "CS" and left == "AN")):
                types[i] = left
        for i, name in enumerate(types):  # W5
            if name == "ET" and self._touches_number(i):
                types[i] = "EN"
        self.types = ["ON" if name in ("ET", "ES", "CS") else name for name in types]  # W6

    def _touches_number(self, index: int) -> bool:
        if index and self.types[index - 1] == "EN":
            return True
        end = index
        while end < len(self.types) and self.types[end] == "ET":
            end += 1
        return end < len(self.types) and self.types[end] == "EN"

    def _weak_latin(self) -> None:
        strong = self._sos
        for i, name in enumerate(self.types):
            if name in ("L", "R"):
                strong = name
            elif name == "EN" and strong == "L":  # W7
                self.types[i] = "L"

    def _bracket_pairs(self) -> list[tuple[int, int]]:
        """BD16: pairs in order of their opening bracket; the stack holds 63 at most."""
        stack: list[tuple[str, int]] = []
        pairs: list[tuple[int, int]] = []
        for i, char in enumerate(self._text):
            if self.types[i] != "ON":
                continue
            if char in _CLOSING:
                if len(stack) == 63:
                    return []
                stack.append((_canonical(_CLOSING[char]), i))
                continue
            for depth in range(len(stack) - 1, -1, -1):
                if stack[depth][0] == _canonical(char):
                    pairs.append((stack[depth][1], i))
                    del stack[depth:]
                    break
        return sorted(pairs)

    def _brackets(self) -> None:
        for start, end in self._bracket_pairs():  # N0
            inside = {_STRONG_AS[name] for name in self.types[start + 1 : end] if name in _STRONG_AS}
            if self._direction in inside:
                self._set_pair(start, end, self._direction)
            elif inside:
                before = next((_STRONG_AS[n] for n in reversed(self.types[:start]) if n in _STRONG_AS), self._sos)
                opposite = "L" if self._direction == "R" else "R"
                self._set_pair(start, end, before if before == opposite else self._direction)

    def _set_pair(self, start: int, end: int, direction: str) -> None:
        for place in (start, end):
            self.types[place] = direction
            follow = place + 1
            while follow < len(self._original) and self._original[follow] == "NSM":
                self.types[follow] = direction
                follow += 1

    def _neutrals(self) -> None:
        types = self.types
        i = 0
        while i < len(types):
            if types[i] not in _NEUTRAL:
                i += 1
                continue
            end = i
            while end < len(types) and types[end] in _NEUTRAL:
                end += 1
            before = _STRONG_AS[types[i - 1]] if i else self._sos
            after = _STRONG_AS[types[end]] if end < len(types) else self._eos
            types[i:end] = [before if before == after else self._direction] * (end - i)  # N1, N2
            i = end


def _rise(level: int, name: str) -> int:
    """How far a resolved type lifts its embedding level (I1, I2)."""
    if level & 1:
        return 0 if name == "R" else 1
    return {"L": 0, "R": 1}.get(name, 2)


def _canonical(char: str) -> str:
    return _CANONICAL.get(char, char)
