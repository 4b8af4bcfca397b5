"""Location paths: which nodes they lead to, and, before they run, which model nodes those may be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from intake_app.xforms.instance.node import Node
from intake_app.xforms.xpath.ast import Path, Step
from intake_app.xforms.xpath.compiled import Compiled, Evaluate
from intake_app.xforms.xpath.lookup import narrowing
from intake_app.xforms.xpath.static import Place, Places, below, down, siblings, unique, up
from intake_app.xforms.xpath.values import Context, Value, to_boolean

if TYPE_CHECKING:
    from intake_app.xforms.definition.model import NodeDefinition
    from intake_app.xforms.xpath.compiler import Compiler

Advance = Callable[[Context, list[Node]], list[Node]]


class PathCompiler:
    """Compiles the paths of one expression."""

    def __init__(self, compiler: Compiler) -> None:
        self.compiler = compiler

    def compile(self, path: Path) -> Compiled:
        """A path as a closure that gives the relevant nodes it leads to, in document order."""
        start, places, steps = self._start(path)
        ups, names, rest = _plain_part(steps)
        above = 0 if path.start is None else start.above if isinstance(start, _Above) else None
        for step in steps[: len(steps) - len(rest)]:
            places = self._advance_places(places, step)
        advances = []
        for step in rest:
            advance, places = self._step(step, places)
            advances.append(advance)
        if places is not None:
            self.compiler.findings.read(places)
        general = _walker(start, ups, names, advances)
        if above is None or advances:
            return Compiled(general, places)
        return Compiled(_straight(above + ups, names, general), places)

    def _start(self, path: Path) -> tuple[Callable[[Context], list[Node]], Places | None, tuple[Step, ...]]:
        if path.start is None:
            return (lambda ctx: [ctx.node]), self.compiler.here, path.steps
        if path.start == "/":
            return self._absolute(path)
        assert not isinstance(path.start, str)
        inner = self.compiler.compile(path.start, self.compiler.here)

        def evaluate(ctx: Context) -> list[Node]:
            found = inner.evaluate(ctx)
            return found if isinstance(found, list) else []

        return evaluate, inner.places, path.steps

    def _absolute(self, path: Path) -> tuple[Callable[[Context], list[Node]], Places | None, tuple[Step, ...]]:
        # JavaRosa reads an absolute path as running through the same repeat instances as its context
        # (TreeReference.contextualize), as far as the names agree and no predicate says otherwise.
        inside_list = self.compiler.here is None
        places = self.compiler.origin if inside_list else self.compiler.here
        if places is None or len(places) != 1 or places[0].node is None:
            return (lambda ctx: [ctx.runtime.document]), (Place(None, None),), path.steps
        chain = _chain(places[0].node)
        bound = 0
        for step, node in zip(path.steps, chain, strict=False):
            if step.axis != "child" or step.test != node.name or step.predicates:
                break
            bound += 1
        ups = len(chain) - bound
        anchor = chain[bound - 1] if bound else None
        shared = _shallower(anchor, places[0].shared)

        if not inside_list:
            return _Above(ups), (Place(anchor, shared, places[0].crossed),), path.steps[bound:]

        def evaluate(ctx: Context) -> list[Node]:
            return _above(ctx.current, ups)

        return evaluate, (Place(anchor, shared, places[0].crossed),), path.steps[bound:]

    def _step(self, step: Step, places: Places | None) -> tuple[Advance, Places | None]:
        reached = self._advance_places(places, step)
        if step.predicates and reached is not None:
            reached = tuple(
                Place(place.node, place.shared, place.crossed or _is_repeat(place.node)) for place in reached
            )
        tests = [self.compiler.compile(predicate, reached).evaluate for predicate in step.predicates]
        narrow = narrowing(self.compiler, step) if reached is None else None
        select = _SELECTORS[step.axis]
        test = step.test
        backwards = step.axis in _BACKWARDS

        def advance(ctx: Context, nodes: list[Node]) -> list[Node]:
            found: list[Node] = []
            for node in nodes:
                narrowed = narrow(ctx, node) if narrow is not None else None
                candidates = select(node, test) if narrowed is None else list(narrowed)
                kept = filter_nodes(ctx, candidates, tests) if tests else candidates
                found.extend(reversed(kept) if backwards else kept)
            return found if len(nodes) == 1 else _without_doubles(found)

        return advance, reached

    def _advance_places(self, places: Places | None, step: Step) -> Places | None:
        if places is None:
            return None
        reached = unique(found for place in places for found in self._reach(place, step))
        if places and not reached and step.axis not in {"attribute", "parent"} and step.test != "text()":
            self.compiler.findings.unknown.append(step.test)
        return reached

    def _reach(self, place: Place, step: Step) -> Iterable[Place]:
        root = self.compiler.root
        match step.axis:
            case "self":
                found: Iterable[Place] = (place,)
            case "child":
                return down(place, root, step.test)
            case "parent":
                found = _only(up(place))
            case "ancestor" | "ancestor-or-self":
                found = _upward(place, step.axis == "ancestor-or-self")
            case "descendant":
                found = below(place, root)
            case "descendant-or-self":
                found = (place, *below(place, root))
            case "attribute":
                return down(place, root, f"@{step.test}")
            case _:
                found = siblings(place, root)
        return [one for one in found if _place_passes(one, step.test)]


def filter_nodes(ctx: Context, nodes: list[Node], tests: Sequence[Evaluate]) -> list[Node]:
    """The nodes that pass every predicate, each predicate counting positions anew."""
    for test in tests:
        kept: list[Node] = []
        inner = Context(ctx.node, ctx.runtime, ctx.current, 0, len(nodes))
        for place, node in enumerate(nodes, start=1):
            inner.node, inner.position = node, place
            outcome = test(inner)
            if (outcome == place) if isinstance(outcome, float) else to_boolean(outcome):
                kept.append(node)
        nodes = kept
    return nodes


def _plain_part(steps: tuple[Step, ...]) -> tuple[int, tuple[str, ...], tuple[Step, ...]]:
    """Leading `..` steps, then leading child names, all without predicates; and the steps after them."""
    ups = at = 0
    while at < len(steps) and steps[at] in (_PARENT, _SELF):
        ups += steps[at] == _PARENT
        at += 1
    names: list[str] = []
    while at < len(steps) and steps[at].axis == "child" and not steps[at].predicates and _is_name(steps[at].test):
        names.append(steps[at].test)
        at += 1
    return ups, tuple(names), steps[at:]


def _walker(
    start: Callable[[Context], list[Node]], ups: int, names: tuple[str, ...], advances: Sequence[Advance]
) -> Evaluate:
    def evaluate(ctx: Context) -> Value:
        found = start(ctx)
        for _ in range(ups):
            found = _without_doubles([node.parent for node in found if node.parent is not None])
        for name in names:
            found = found[0].named(name) if len(found) == 1 else [kid for node in found for kid in node.named(name)]
        for advance in advances:
            found = advance(ctx, found)
        return [node for node in found if node.relevant]

    return evaluate


class _Above:
    """The start of a path some levels above its context."""

    def __init__(self, above: int) -> None:
        self.above = above

    def __call__(self, ctx: Context) -> list[Node]:
        return _above(ctx.node, self.above)


def _above(start: Node, levels: int) -> list[Node]:
    node: Node | None = start
    for _ in range(levels):
        node = None if node is None else node.parent
    return [] if node is None else [node]


def _straight(ups: int, names: tuple[str, ...], general: Evaluate) -> Evaluate:
    """Up and down again, as most paths of most forms go: `general`, without its lists while one node leads to one."""

    def evaluate(ctx: Context) -> Value:
        node: Node | None = ctx.node
        for _ in range(ups):
            if node is None:
                return []
            node = node.parent
        if node is None:
            return []
        for name in names:
            family = node.named(name)
            if len(family) != 1:
                return general(ctx)
            node = family[0]
        return [node] if node.relevant else []

    return evaluate


def _chain(node: NodeDefinition) -> list[NodeDefinition]:
    chain = [node]
    while chain[-1].parent is not None:
        chain.append(chain[-1].parent)
    chain.reverse()
    return chain


def _shallower(one: NodeDefinition | None, other: NodeDefinition | None) -> NodeDefinition | None:
    if one is None or other is None:
        return None
    return one if len(_chain(one)) <= len(_chain(other)) else other


def _is_name(test: str) -> bool:
    return test != "*" and not test.endswith("()")


def _is_repeat(node: NodeDefinition | None) -> bool:
    return node is not None and node.repeat


def _only(place: Place | None) -> tuple[Place, ...]:
    return () if place is None else (place,)


def _upward(place: Place, with_self: bool) -> list[Place]:
    found = [place] if with_self else []
    at = up(place)
    while at is not None:
        found.append(at)
        at = up(at)
    return found


def _place_passes(place: Place, test: str) -> bool:
    if test == "node()":
        return True
    return place.node is not None and test in ("*", place.node.name)


def _without_doubles(nodes: list[Node]) -> list[Node]:
    if len(nodes) < 2:
        return nodes
    return list({id(node): node for node in nodes}.values())


def _passing(nodes: Iterable[Node], test: str) -> list[Node]:
    if test == "text()":
        return []
    return [node for node in nodes if node.name and (test == node.name or _is_any(test, node))]


def _is_any(test: str, node: Node) -> bool:
    return test in ("*", "node()") and not node.name.startswith("@")


def _ancestors(node: Node) -> list[Node]:
    found: list[Node] = []
    at = node.parent
    while at is not None:
        found.append(at)
        at = at.parent
    return found


def _beside(node: Node, after: bool) -> list[Node]:
    if node.parent is None:
        return []
    family = node.parent.children
    at = family.index(node)
    return family[at + 1 :] if after else family[:at][::-1]


def _beyond(node: Node, after: bool) -> list[Node]:
    found: list[Node] = []
    for level in [node, *_ancestors(node)]:
        for sibling in _beside(level, after):
            found.extend(sibling.walk() if after else reversed(list(sibling.walk())))
    return found


def _child(node: Node, test: str) -> list[Node]:
    return node.named(test) if _is_name(test) else _passing(node.children, test)


def _attribute(node: Node, test: str) -> list[Node]:
    if test == "*":
        own = [child for child in node.children if child.name.startswith("@")]
        return own + [found for name in node.attributes if (found := node.attribute(name)) is not None]
    computed = node.named(f"@{test}")
    return computed or [found for found in (node.attribute(test),) if found is not None]


def _self(node: Node, test: str) -> list[Node]:
    return [node] if test in (node.name, "node()") or (test == "*" and node.name) else []


_SELECTORS: dict[str, Callable[[Node, str], list[Node]]] = {
    "child": _child,
    "attribute": _attribute,
    "self": _self,
    "parent": lambda node, test: [] if node.parent is None else _self(node.parent, test),
    "ancestor": lambda node, test: _passing(_ancestors(node), test),
    "ancestor-or-self": lambda node, test: _passing([node, *_ancestors(node)], test),
    "descendant": lambda node, test: _passing(list(node.walk())[1:], test),
    "descendant-or-self": lambda node, test: _self(node, test) + _passing(list(node.walk())[1:], test),
    "following-sibling": lambda node, test: _passing(_beside(node, True), test),
    "preceding-sibling": lambda node, test: _passing(_beside(node, False), test),
    "following": lambda node, test: _passing(_beyond(node, True), test),
    "preceding": lambda node, test: _passing(_beyond(node, False), test),
}
_BACKWARDS = frozenset({"ancestor", "ancestor-or-self", "preceding", "preceding-sibling"})
_PARENT = Step("parent", "node()")
_SELF = Step("self", "node()")
