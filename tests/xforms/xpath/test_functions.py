"""Every function of ODK XForms, by what it comes to."""

import math

import pytest

from intake_app.errors import FormInvalid
from intake_app.xforms.api import parse_form
from tests.xforms.story import bind, computed, form, rows

MODEL = (
    "<n>3</n><d>2026-03-02</d><t>2026-03-02T10:00:00.000+01:00</t><e/><s>a b c</s>"
    "<k><v>1</v></k><k><v>5</v></k><k><v/></k>"
)
BINDS = bind("n", type="int") + bind("d", type="date") + bind("t", type="dateTime") + bind("k/v", type="int")
LISTS = rows("l", {"name": "x", "size": "3"}, {"name": "y", "size": "4"})


def come_to(expression: str, kind: str = "string") -> str:
    return computed(expression, kind, MODEL, BINDS, LISTS)


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("string(5 + 1)", "6"),
        ("string(0.5)", "0.5"),
        ("string(1000000 * 1000000)", "1000000000000"),
        ("string(0.000001)", "0.000001"),
        ("string(true())", "true"),
        ("string(1 div 0)", "Infinity"),
        ("concat('a', 1, true(), /data/e)", "a1true"),
        ("concat(/data/k/v)", "15"),
        ("join('-', 'a', 'b')", "a-b"),
        ("join(',', /data/k/v)", "1,5,"),
        ("substr('hello', 1, 3)", "el"),
        ("substr('hello', -3)", "llo"),
        ("substr('hello', 1, -1)", "ell"),
        ("substring-before('a-b-c', '-')", "a"),
        ("substring-after('a-b-c', '-')", "b-c"),
        ("translate('abcabc', 'abc', 'AB')", "ABAB"),
        ("string-length('één')", "3"),
        ("normalize-space('  a   b ')", "a b"),
        ("contains('abc', 'b')", "1"),
        ("starts-with('abc', 'ab')", "1"),
        ("ends-with('abc', 'bc')", "1"),
        ("ends-with('abc', 'ab')", "0"),
        ("string-length(uuid())", "36"),
        ("string-length(uuid(7))", "7"),
        ("digest('a', 'MD5')", "DMF1ucDxtqgxw5niaXcmYQ=="),
        ("digest('a', 'SHA-1', 'hex')", "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8"),
        ("digest('a', 'SHA-256', 'hex')", "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"),
        ("digest('a', 'NONE')", ""),
        ("base64-decode('w6k=')", "é"),
        ("base64-decode('?')", ""),
        ("pulldata('l', 'size', 'name', 'y')", "4"),
        ("pulldata('l', 'size', 'name', 'z')", ""),
    ],
)
def test_text_functions(expression: str, text: str) -> None:
    assert come_to(expression) == text


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("if(1 = 1, 'yes', 1 div 0)", "yes"),
        ("if(/data/e, 'yes', 'no')", "no"),
        ("coalesce(/data/e, /data/n)", "3"),
        ("coalesce(/data/e, '', 'last')", "last"),
        ("not('')", "1"),
        ("boolean('false')", "1"),
        ("boolean(0)", "0"),
        ("boolean-from-string('true')", "1"),
        ("boolean-from-string('yes')", "0"),
        ("regex('abc', 'b')", "0"),
        ("regex('abc', '.b.')", "1"),
        ("regex('Zoë', '\\p{L}+')", "1"),
        ("regex('Zoë1', '[\\p{L}]+')", "0"),
        ("regex('7011 AB', '[1-9][0-9]{3} ?[A-Z]{2}')", "1"),
        ("checklist(1, 2, true(), false())", "1"),
        ("checklist(-1, 1, true(), true())", "0"),
        ("weighted-checklist(3, -1, true(), 2, false(), 5, true(), 1)", "1"),
        ("true() and not(false()) or false()", "1"),
    ],
)
def test_functions_on_truth(expression: str, text: str) -> None:
    assert come_to(expression) == text


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("number('12.50')", "12.5"),
        ("number('1e3')", ""),
        ("number('+5')", ""),
        ("number(/data/d)", "20514"),
        ("number('2026-03-02')", ""),
        ("int(-2.7)", "-2"),
        ("round(2.5)", "3"),
        ("round(-2.5)", "-2"),
        ("round(2.567, 1)", "2.6"),
        ("round(1234, -2)", "1200"),
        ("sum(/data/k/v)", "6"),
        ("max(/data/k/v)", "5"),
        ("min(3, /data/k/v, 'a')", "1"),
        ("min('')", ""),
        ("pow(2, 10)", "1024"),
        ("sqrt(9)", "3"),
        ("sqrt(-1)", ""),
        ("log(0)", "-Infinity"),
        ("log10(1000)", "3"),
        ("exp(0)", "1"),
        ("exp10(2)", "100"),
        ("abs(-3)", "3"),
        ("round(sin(pi() div 2), 6)", "1"),
        ("round(atan2(1, 1) * 4, 6)", "3.141593"),
        ("-7 mod 3", "-1"),
        ("5.5 mod 2", "1.5"),
        ("7 mod 0", ""),
        ("1 div 3", "0.3333333333333333"),
        ("floor(-1.5)", "-2"),
        ("ceiling(1.2)", "2"),
        ("/data/e + 1", ""),
        ("'3' + '4'", "7"),
        ("random() < 1", "1"),
    ],
)
def test_number_functions(expression: str, text: str) -> None:
    assert come_to(expression) == text


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("today() = date('2026-03-02')", "1"),
        ("/data/d = '2026-03-02'", "1"),
        ("/data/d < today() + 1", "1"),
        ("today() - /data/d", "0"),
        ("string(date(/data/d + 30))", "2026-04-01"),
        ("string(date(18262.5))", "2020-01-01"),
        ("date('no day')", ""),
        ("date('')", ""),
        ("format-date(/data/d, '%e %n %y %Y-%m-%d %b %a %%')", "2 3 26 2026-03-02 Mar Mon %"),
        ("format-date('', '%Y')", ""),
        ("format-date-time(/data/t, '%H:%M:%S.%3 %h')", "09:00:00.000 9"),
        ("decimal-date-time(/data/t)", "20514.375"),
        ("decimal-date-time(/data/d)", "20514"),
        ("decimal-time('06:00')", "0.25"),
        ("decimal-time('no time')", ""),
        ("/data/t < date-time('2026-03-02T09:30:00Z')", "1"),
        ("string(date-time('2026-03-02'))", "2026-03-02T00:00:00.000Z"),
        ("now() > /data/t", "1"),
    ],
)
def test_date_functions(expression: str, text: str) -> None:
    assert come_to(expression) == text


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("count(/data/k)", "3"),
        ("count(/data/k[1]/*)", "1"),
        ("count(//v)", "3"),
        ("count-non-empty(/data/k/v)", "2"),
        ("count(/data/k[v > 0])", "2"),
        ("count(/data/k[v > 0][2])", "1"),
        ("/data/k[2]/v", "5"),
        ("/data/k[last() - 1]/v", "5"),
        ("position(/data/n)", "1"),
        ("count(instance('l')/root/item)", "2"),
        ("instance('l')/root/item[size = 4]/name", "y"),
        ("instance('l')/root/item[size = /data/n]/name", "x"),
        ("instance('l')/root/item[size = current()/../n]/name", "x"),
        ("count(instance('nowhere')/root/item)", "0"),
        ("count(randomize(instance('l')/root/item, 1))", "2"),
        ("local-name(/data/k)", "k"),
        ("count(/data/n | /data/d | /data/n)", "2"),
        ("count(/data/n/ancestor::*)", "1"),
        ("count(/data/k[3]/preceding-sibling::k)", "2"),
        ("/data/k[3]/preceding-sibling::k[1]/v", "5"),
        ("/data/@id", "story"),
        ("selected(/data/s, 'b')", "1"),
        ("selected(/data/s, 'd')", "0"),
        ("selected('', '')", "1"),
        ("is-selected(/data/s, 'a')", "1"),
        ("selected-at(/data/s, 1)", "b"),
        ("selected-at(/data/s, 9)", ""),
        ("count-selected(' a  b ')", "2"),
        ("depend(/data/n, /data/d)", "3"),
    ],
)
def test_node_set_and_choice_functions(expression: str, text: str) -> None:
    assert come_to(expression) == text


def test_places_on_earth() -> None:
    assert float(come_to("distance('0 0 0 0; 0 1 0 0')")) == pytest.approx(111318.845, abs=0.01)
    assert float(come_to("area('0 0; 0 1; 1 1; 1 0; 0 0')")) == pytest.approx(1.2391e10, rel=1e-3)
    assert come_to("distance('nowhere')") == ""
    assert come_to("geofence('0.5 0.5', '0 0; 0 1; 1 1; 1 0; 0 0')") == "1"
    assert come_to("geofence('1.5 0.5', '0 0; 0 1; 1 1; 1 0; 0 0')") == "0"
    assert come_to("intersects('0 0; 1 1; 0 1; 1 0')") == "1"
    assert come_to("intersects('0 0; 0 1; 1 1; 0 0')") == "0"


@pytest.mark.parametrize(
    ("expression", "problem"),
    [
        ("nonsense(1)", "unknown_function nonsense"),
        ("string-length(1, 2)", "argument_count string-length"),
        ("if(1, 2)", "argument_count if"),
        ("1 +", "unfinished"),
        ("regex('a', '[')", "bad_pattern"),
        ("format-date(today(), '%q')", "bad_date_format"),
        ("instance(/data/n)", "instance_id_not_literal"),
        ("concat('a')/b", "not_a_nodeset"),
        ("indexed-repeat(/data/n, /data/k, 1)", "indexed_repeat_outside"),
        ("jr:choice-name('a', 'b c')", "not_a_path"),
    ],
)
def test_a_wrong_call_is_refused_at_load_with_the_name_of_its_node(expression: str, problem: str) -> None:
    xml = form(f"{MODEL}<x/>", BINDS + bind("x", calculate=expression), extra=LISTS)

    with pytest.raises(FormInvalid) as refused:
        parse_form(xml)

    (found,) = refused.value.params["problems"]
    assert (found.where, found.params["attribute"], found.params["problem"]) == ("/data/x", "calculate", problem)


def test_the_numbers_of_the_random_function_follow_the_seed() -> None:
    assert come_to("random()") == come_to("random()")
    assert not math.isnan(float(come_to("random()")))
