"""Where ODK leaves XPath 1.0 as it is, expressions come to what lxml says they come to."""

from __future__ import annotations

import math

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from intake_app.xforms.definition.lists import document_of
from intake_app.xforms.definition.model import NodeDefinition
from intake_app.xforms.xpath.compiler import compile_expression
from intake_app.xforms.xpath.values import Context, Value, number_text

NUMBERS = st.sampled_from(["0", "1", "2", "3", "7", "10", "0.5", "2.25", "-1", "-2.5", "100"])
LITERALS = st.sampled_from(["''", "'a'", "'b a'", "'12'", "' 3 '", "'-4.5'", "'abc'", "'1 2'", "'é'"])
TREE = etree.fromstring("<r><a>1</a><a>2</a><b x='7'>12</b><c><d>5</d><d>6</d></c><e/><f>text</f></r>")
SETS = st.sampled_from(["/r/a", "/r/b", "/r/c/d", "/r/a | /r/b", "/r/a[2]", "/r/a[. > 1]", "/r/c/d[last()]", "/r/b/@x"])
OPERATORS = st.sampled_from(["+", "-", "*", "div", "mod"])


def numeric(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.tuples(inner, OPERATORS, inner).map(lambda part: f"({' '.join(part)})"),
        inner.map(lambda part: f"-({part})"),
        inner.map(lambda part: f"round({part})"),
        inner.map(lambda part: f"floor({part})"),
        inner.map(lambda part: f"ceiling({part})"),
        st.one_of(LITERALS, SETS).map(lambda part: f"number({part})"),
        SETS.map(lambda part: f"count({part})"),
        st.sampled_from(["/r/a", "/r/c/d", "/r/b"]).map(lambda part: f"sum({part})"),
        LITERALS.map(lambda part: f"string-length({part})"),
    )


ARITHMETIC = st.recursive(NUMBERS, numeric, max_leaves=8)
TEXT = st.one_of(
    LITERALS,
    SETS.map(lambda part: f"string({part})"),
    st.tuples(LITERALS, LITERALS).map(lambda pair: f"concat({pair[0]}, {pair[1]})"),
    st.tuples(LITERALS, LITERALS).map(lambda pair: f"substring-before({pair[0]}, {pair[1]})"),
    st.tuples(LITERALS, LITERALS).map(lambda pair: f"substring-after({pair[0]}, {pair[1]})"),
    st.tuples(LITERALS, LITERALS, LITERALS).map(lambda three: f"translate({', '.join(three)})"),
    LITERALS.map(lambda part: f"normalize-space({part})"),
)
COMPARISON = st.tuples(
    st.one_of(ARITHMETIC, TEXT, SETS),
    st.sampled_from(["=", "!=", "<", "<=", ">", ">="]),
    st.one_of(ARITHMETIC, TEXT, SETS),
).map(lambda part: f"({part[0]}) {part[1]} ({part[2]})")
TRUTH = st.recursive(
    st.one_of(
        COMPARISON,
        st.sampled_from(["true()", "false()"]),
        st.tuples(LITERALS, LITERALS).map(lambda pair: f"contains({pair[0]}, {pair[1]})"),
        st.tuples(LITERALS, LITERALS).map(lambda pair: f"starts-with({pair[0]}, {pair[1]})"),
    ),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda part: f"({' '.join(part)})"),
        inner.map(lambda part: f"not({part})"),
    ),
    max_leaves=5,
)


class Beside:
    """A runtime for expressions that look only at the tree they are given."""

    def __init__(self) -> None:
        self.document = document_of([TREE])


def ours(source: str) -> Value:
    runtime = Beside()
    expression = compile_expression(source, NodeDefinition("r", None), None)
    return expression.evaluate(Context(runtime.document, runtime, runtime.document))  # type: ignore[arg-type]


def same(one: Value, other: object) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return (math.isnan(one) and math.isnan(other)) or math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    return one == other


@settings(max_examples=300)
@given(ARITHMETIC)
def test_arithmetic(source: str) -> None:
    assert same(ours(source), TREE.xpath(source)), source


@settings(max_examples=200)
@given(TEXT)
def test_texts(source: str) -> None:
    assert same(ours(source), TREE.xpath(source)), source


@settings(max_examples=300)
@given(TRUTH)
def test_truths_and_comparisons(source: str) -> None:
    assert same(ours(source), TREE.xpath(source)), source


@given(st.integers(-(10**9), 10**9))
def test_whole_numbers_as_text(number: int) -> None:
    assert number_text(float(number)) == TREE.xpath(f"string({number})")


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_as_text_never_has_an_exponent_and_reads_back(number: float) -> None:
    text = number_text(number)

    assert "e" not in text.lower()
    assert math.isclose(float(text), number, rel_tol=1e-9, abs_tol=1e-15)
