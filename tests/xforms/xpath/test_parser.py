"""Expressions are read as XPath 1.0 says, and refused with a place when they are not one."""

import pytest

from intake_app.errors import ExpressionError
from intake_app.xforms.xpath.ast import Binary, Call, Filter, Literal, Negate, Number, Path, Step
from intake_app.xforms.xpath.parser import parse


def child(name: str) -> Step:
    return Step("child", name)


def test_operators_bind_by_their_strength() -> None:
    assert parse("1 + 2 * 3 = 7 and 1 or 0") == Binary(
        "or",
        Binary(
            "and",
            Binary("=", Binary("+", Number(1.0), Binary("*", Number(2.0), Number(3.0))), Number(7.0)),
            Number(1.0),
        ),
        Number(0.0),
    )


def test_equal_operators_group_from_the_left() -> None:
    assert parse("8 - 4 - 2") == Binary("-", Binary("-", Number(8.0), Number(4.0)), Number(2.0))


def test_minus_binds_tighter_than_times_and_looser_than_union() -> None:
    assert parse("-1 * 2") == Binary("*", Negate(Number(1.0)), Number(2.0))
    assert parse("-a|b") == Negate(Binary("|", Path(None, (child("a"),)), Path(None, (child("b"),))))


@pytest.mark.parametrize(
    ("source", "names"),
    [("div div mod", ["div", "mod"]), ("and and or", ["and", "or"]), ("* * *", ["*", "*"])],
)
def test_the_word_operators_are_names_where_an_operand_stands(source: str, names: list[str]) -> None:
    found = parse(source)

    assert isinstance(found, Binary)
    assert [found.left, found.right] == [Path(None, (child(name),)) for name in names]


def test_paths_have_axes_abbreviations_and_predicates() -> None:
    assert parse("/data/kid[1]/../@id") == Path(
        "/",
        (
            child("data"),
            Step("child", "kid", (Number(1.0),)),
            Step("parent", "node()"),
            Step("attribute", "id"),
        ),
    )
    assert parse("preceding-sibling::*") == Path(None, (Step("preceding-sibling", "*"),))
    assert parse("//a") == Path("/", (Step("descendant-or-self", "node()"), child("a")))
    assert parse(".") == Path(None, (Step("self", "node()"),))


def test_a_function_can_begin_a_path_or_be_filtered() -> None:
    assert parse("instance('l')/root") == Path(Call("instance", (Literal("l"),), 0), (child("root"),))
    assert parse("(a)[1]") == Filter(Path(None, (child("a"),)), (Number(1.0),))


def test_prefixes_of_names_do_not_matter_and_those_of_functions_do() -> None:
    assert parse("orx:meta") == Path(None, (child("meta"),))
    assert parse("jr:itext('a')") == Call("jr:itext", (Literal("a"),), 0)


def test_names_may_hold_hyphens_dots_digits_and_any_letters() -> None:
    assert parse("a-1.b_ë") == Path(None, (child("a-1.b_ë"),))


@pytest.mark.parametrize(
    ("source", "position", "problem"),
    [
        ("", 0, "unfinished"),
        ("1 +", 3, "unfinished"),
        ("(1", 2, "unfinished"),
        ("1 2", 2, "unexpected_token"),
        ("a[1", 3, "unfinished"),
        ("f(1,)", 4, "unexpected_token"),
        ("1e3", 0, "bad_number"),
        ("'open", 0, "unexpected_character"),
        ("a ! b", 2, "unexpected_character"),
        ("$x", 0, "variable"),
        ("sideways::a", 0, "unknown_axis"),
        ("a/", 2, "unfinished"),
        ("= 1", 0, "unexpected_token"),
    ],
)
def test_what_is_no_expression_is_refused_with_its_place(source: str, position: int, problem: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        parse(source)

    assert refused.value.params == {"expression": source, "position": position, "problem": problem}


def test_nesting_without_end_is_refused() -> None:
    with pytest.raises(ExpressionError) as refused:
        parse("(" * 5000 + "1" + ")" * 5000)

    assert refused.value.params["problem"] == "too_deep"
