"""A Pratt parser for XPath 1.0 as ODK XForms uses it."""

from __future__ import annotations

from intake_app.errors import ExpressionError
from intake_app.xforms.limits import MAX_EXPRESSION, MAX_TERMS, refuse_above
from intake_app.xforms.xpath.ast import Binary, Call, Expr, Filter, Literal, Negate, Number, Path, Step
from intake_app.xforms.xpath.lexer import Token, tokenize

_STRENGTH = {
    "or": 1,
    "and": 2,
    "=": 3,
    "!=": 3,
    "<": 4,
    "<=": 4,
    ">": 4,
    ">=": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "div": 6,
    "mod": 6,
    "|": 8,
}
_NEGATION = 7
_AXES = frozenset(
    {
        "child",
        "parent",
        "self",
        "attribute",
        "ancestor",
        "ancestor-or-self",
        "descendant",
        "descendant-or-self",
        "following-sibling",
        "preceding-sibling",
        "following",
        "preceding",
    }
)
_NODE_TYPES = frozenset({"node", "text"})
_MAX_DEPTH = 100
_MAX_CHAIN = 100
_FOLDED = frozenset({"or", "and", "+", "-"})
_SHOWN = 60
_TOLD = 300
"""Characters of an expression that an error repeats."""
_ANY_DESCENDANT = Step("descendant-or-self", "node()")


def parse(source: str) -> Expr:
    """Read one expression. Raises ExpressionError (`expression`, `position`, `problem`)."""
    refuse_above(len(source), MAX_EXPRESSION, "expression", source[:_SHOWN])
    parser = _Parser(source)
    expression = parser.expression(0)
    parser.expect_end()
    refuse_above(len(parser.tokens), 2 * MAX_TERMS, "terms", source[:_SHOWN])
    return expression


def local(name: str) -> str:
    """A name without its prefix: node names are compared by their local part."""
    return name.rpartition(":")[2]


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.tokens = tokenize(source)
        self.at = 0
        self.depth = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.at]

    def fail(self, problem: str, token: Token | None = None) -> ExpressionError:
        return ExpressionError(expression=self.source[:_TOLD], position=(token or self.token).position, problem=problem)

    def take(self) -> Token:
        token = self.token
        self.at += 1
        return token

    def accept(self, text: str) -> bool:
        if self.token.kind in {"symbol", "operator"} and self.token.text == text:
            self.at += 1
            return True
        return False

    def expect(self, text: str) -> None:
        if not self.accept(text):
            raise self.fail("unfinished" if self.token.kind == "end" else f"expected {text}")

    def expect_end(self) -> None:
        if self.token.kind != "end":
            raise self.fail("unexpected_token")

    def expression(self, strength: int) -> Expr:
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise self.fail("too_deep")
        left = self.operand()
        chain = 0
        while self.token.kind == "operator" and _STRENGTH[self.token.text] > strength:
            operator = self.take().text
            chain += operator not in _FOLDED
            if chain > _MAX_CHAIN:
                raise self.fail("too_deep")
            left = Binary(operator, left, self.expression(_STRENGTH[operator]))
        self.depth -= 1
        return left

    def operand(self) -> Expr:
        if self.accept("-"):
            return Negate(self.expression(_NEGATION))
        token = self.token
        if token.kind == "end":
            raise self.fail("unfinished")
        primary = self.primary()
        if primary is None:
            return self.location_path()
        predicates = self.predicates()
        whole = Filter(primary, predicates) if predicates else primary
        if self.token.text in {"/", "//"} and self.token.kind == "symbol":
            return Path(whole, tuple(self.more_steps()))
        return whole

    def primary(self) -> Expr | None:
        token = self.token
        if token.kind == "number":
            return Number(float(self.take().text))
        if token.kind == "literal":
            return Literal(self.take().text[1:-1])
        if self.accept("("):
            inside = self.expression(0)
            self.expect(")")
            return inside
        if token.text == "$":
            raise self.fail("variable")
        if token.kind == "name" and self.tokens[self.at + 1].text == "(" and token.text not in _NODE_TYPES:
            return self.call()
        return None

    def call(self) -> Call:
        name = self.take()
        self.expect("(")
        arguments: list[Expr] = []
        if not self.accept(")"):
            arguments.append(self.expression(0))
            while self.accept(","):
                arguments.append(self.expression(0))
            self.expect(")")
        return Call(name.text, tuple(arguments), name.position)

    def location_path(self) -> Path:
        if self.token.text == "//":
            return Path("/", tuple(self.more_steps()))
        if self.accept("/"):
            steps = self.relative_steps() if self.starts_step() else []
            return Path("/", tuple(steps))
        return Path(None, tuple(self.relative_steps()))

    def starts_step(self) -> bool:
        token = self.token
        return token.kind == "name" or (token.kind == "symbol" and token.text in {"*", ".", "..", "@"})

    def relative_steps(self) -> list[Step]:
        return [self.step(), *self.more_steps()]

    def more_steps(self) -> list[Step]:
        steps: list[Step] = []
        while self.token.kind == "symbol" and self.token.text in {"/", "//"}:
            if self.take().text == "//":
                steps.append(_ANY_DESCENDANT)
            steps.append(self.step())
        return steps

    def step(self) -> Step:
        if self.accept("."):
            return Step("self", "node()", self.predicates())
        if self.accept(".."):
            return Step("parent", "node()", self.predicates())
        axis = "child"
        if self.accept("@"):
            axis = "attribute"
        elif self.token.kind == "name" and self.tokens[self.at + 1].text == "::":
            named = self.take()
            axis = named.text
            if axis not in _AXES:
                raise self.fail("unknown_axis", named)
            self.expect("::")
        test = self.name_test()
        return Step(axis, test, self.predicates())

    def name_test(self) -> str:
        if self.accept("*"):
            return "*"
        if self.token.kind != "name":
            raise self.fail("unfinished" if self.token.kind == "end" else "unexpected_token")
        name = self.take()
        if self.token.text == "(" and self.token.kind == "symbol":
            if name.text not in _NODE_TYPES:
                raise self.fail("unexpected_token", name)
            self.expect("(")
            self.expect(")")
            return f"{name.text}()"
        return local(name.text)

    def predicates(self) -> tuple[Expr, ...]:
        found: list[Expr] = []
        while self.accept("["):
            found.append(self.expression(0))
            self.expect("]")
        return tuple(found)
