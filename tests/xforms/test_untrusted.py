"""Forms and lists that mean harm, or were made by accident: one error, soon, without filling the memory."""

from __future__ import annotations

import json
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest

from intake_app.errors import FormInvalid, IntakeError, LimitExceeded, UnsafeXml
from intake_app.i18n.phrases import error_sentence
from intake_app.xforms.api import FormEntry, parse_form, trace
from tests.xforms.story import Story, ask, bind, form, repeat

SECONDS = 2.0
"""Of the processor, so that other work on the same computer does not count."""
MEGABYTES = 150
"""Above what was there before; the largest file a test reads is 31 megabytes of text, held as bytes and as text."""


def refused(name: str, work: Callable[[], object]) -> IntakeError:
    """The error, after seeing that it came soon and cheaply. Memory is measured in a try of its own."""
    took = 9e9
    for _ in range(2):
        began = process_time()
        with pytest.raises(IntakeError):
            work()
        took = min(took, process_time() - began)
        if took < SECONDS:
            break
    tracemalloc.start()
    try:
        with pytest.raises(IntakeError) as caught:
            work()
        peak = tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()
    sys.stdout.write(f"{name}: {took:.2f} s, {peak:.0f} MB, {caught.value}"[:200] + "\n")
    assert took < SECONDS
    assert peak < MEGABYTES
    assert "\n" not in error_sentence(caught.value, "nl")
    return caught.value


def nested(levels: int) -> bytes:
    return form("".join(f"<g{n}>" for n in range(levels)) + "".join(f"</g{n}>" for n in reversed(range(levels))))


def bomb() -> bytes:
    lines = [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)]
    return f'<!DOCTYPE d [<!ENTITY a0 "{"x" * 1000}">{"".join(lines)}]><d x="&a9;">&a9;</d>'.encode()


OUTSIDE = b'<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]><d>&e;</d>'


@pytest.mark.parametrize(
    ("name", "xml"),
    [
        ("entity bomb", bomb()),
        ("external entity", OUTSIDE),
        ("ten thousand levels", nested(10_000)),
        ("ten thousand levels of one name", form("<g>" * 10_000 + "</g>" * 10_000)),
        ("a text of eleven megabytes", form("<a/>", body=ask("a", f"<label>{'x' * 11_000_000}</label>"))),
    ],
)
def test_xml_that_means_harm_is_refused(name: str, xml: bytes) -> None:
    assert isinstance(refused(name, lambda: parse_form(xml)), UnsafeXml)


EVERYTHING = "count(//*) + count(/data/*)"


@pytest.mark.parametrize(
    ("limit", "xml"),
    [
        ("depth", nested(200)),
        ("label", form("<a/>", body=ask("a", f"<label>{'x' * 1_000_000}</label>"))),
        ("model_nodes", form("".join(f"<a{n}/>" for n in range(20_001)))),
        ("elements", form("<a/>", extra=f'<instance id="l"><root>{"<i><n/></i>" * 500_000}</root></instance>')),
        ("expression", form("<a/>", bind("a", calculate="1" + " + 1" * 50_000))),
        ("terms", form("<a/>", bind("a", calculate="1" + "+1" * 20_000))),
        ("pattern", form("<a/>", bind("a", constraint=f"regex(., '{'a' * 6_000}')"))),
        ("reads", form("".join(f"<a{n}/>" for n in range(900)),
                       "".join(bind(f"a{n}", constraint=EVERYTHING) for n in range(900)))),
    ],
)  # fmt: skip
def test_a_form_beyond_a_limit_is_refused_by_its_name(limit: str, xml: bytes) -> None:
    error = refused(limit, lambda: parse_form(xml))

    assert isinstance(error, LimitExceeded)
    assert error.params["limit"] == limit


@pytest.mark.parametrize("expression", ["(" * 20_000 + "1" + ")" * 20_000, "-" * 20_000 + "1", "1" + " = 1" * 2_000])
def test_an_expression_without_end_is_refused(expression: str) -> None:
    error = refused("expression", lambda: parse_form(form("<a/>", bind("a", calculate=expression))))

    assert isinstance(error, FormInvalid)
    assert [problem.params["problem"] for problem in error.params["problems"]] == ["too_deep"]


def test_hundreds_of_terms_are_an_ordinary_expression() -> None:
    story = Story(
        form(
            "<a/><sum/><either/>",
            bind("a", type="int")
            + bind("sum", calculate=" + ".join(["/data/a"] * 900))
            + bind("either", calculate=" or ".join(["/data/a = 3"] * 900)),
            ask("a"),
        )
    )
    story.answer("a", "3")

    assert story.values("sum", "either") == ["2700", "1"]


@pytest.mark.parametrize("pattern", ["(a|aa)+$", "([a-z]|[a-m]|[a-c])+$"])
def test_a_pattern_that_runs_wild_is_stopped(pattern: str) -> None:
    story = Story(form("<a/>", bind("a", constraint=f"regex(., '{pattern}')"), ask("a")))
    story.answer("a", "aa")

    error = refused(pattern, lambda: story.answer("a", "a" * 60 + "!"))

    assert error.params["limit"] == "pattern_seconds"
    assert error.params["where"] == "/data/a"
    assert story.value("a") == "aa"


def test_a_value_that_doubles_itself_is_stopped() -> None:
    xml = form(
        "".join(f"<a{n}/>" for n in range(40)),
        "".join(bind(f"a{n}", calculate=f"concat(/data/a{n - 1}, /data/a{n - 1})") for n in range(1, 40)),
        ask("a0"),
    )

    assert refused("doubling", lambda: Story(xml).answer("a0", "x" * 100)).params["limit"] == "value"


def test_repeats_that_multiply_without_end_are_stopped() -> None:
    xml = form(
        "<n/><a><b><c><x/><y/></c></b></a>",
        bind("n", type="int"),
        ask("n") + repeat("a", repeat("a/b", repeat("a/b/c", ask("a/b/c/x"), "/data/n"), "/data/n"), "/data/n"),
    )

    assert refused("multiplying", lambda: Story(xml).answer("n", "100")).params["limit"] == "live_nodes"


def test_after_a_stop_the_way_back_is_a_savepoint() -> None:
    double = "concat(/data/a, /data/a)"
    xml = form("<a/><b/><c/>", bind("b", calculate=double) + bind("c", calculate="string-length(/data/b)"), ask("a"))
    story = Story(xml)
    story.answer("a", "xy")
    before, nodes = story.entry.savepoint(), list(story.entry.nodes())
    with pytest.raises(LimitExceeded):
        story.answer("a", "x" * 600_000)

    story.entry.return_to(before)

    assert list(story.entry.nodes()) == nodes
    story.answer("a", "x")
    assert story.values("b", "c") == ["xx", "2"]


def listed(file: Path) -> Callable[[], object]:
    kind = "file-csv" if file.suffix == ".csv" else "file"
    definition = parse_form(form("<a/>", extra=f'<instance id="l" src="jr://{kind}/{file.name}"/>'))
    return lambda: FormEntry.new(definition, media=file.parent)


@pytest.mark.parametrize(
    ("limit", "text"),
    [
        ("columns", ",".join(f"c{n}" for n in range(1_000_000))),
        ("columns", "a,b\n" + "x," * 1_000_000),
        ("rows", "a\n" + "x\n" * 1_500_000),
        ("cells", ",".join(f"c{n}" for n in range(400)) + "\n" + "x\n" * 5_000),
        ("list_bytes", "a\n" + "x" * 31_000_000),
    ],
)
def test_a_table_beyond_a_limit_is_refused(tmp_path: Path, limit: str, text: str) -> None:
    (tmp_path / "l.csv").write_text(text, encoding="utf-8")

    assert refused(f"csv {limit}", listed(tmp_path / "l.csv")).params["limit"] == limit


def test_a_cell_without_end_is_refused(tmp_path: Path) -> None:
    (tmp_path / "l.csv").write_text('a\n"' + "x" * 5_000_000, encoding="utf-8")

    assert refused("open quote", listed(tmp_path / "l.csv")).params["problem"] == "bad_csv"


@pytest.mark.parametrize("shape", ["[" * 100_000, '{"type": "FeatureCollection", "features": ' + "[" * 50_000])
def test_a_map_nested_without_end_is_refused(tmp_path: Path, shape: str) -> None:
    (tmp_path / "l.geojson").write_text(shape, encoding="utf-8")

    assert refused("geojson", listed(tmp_path / "l.geojson")).params["problem"] == "not_geojson"


def test_a_map_with_endless_features_is_refused(tmp_path: Path) -> None:
    features = [{"type": "Feature", "geometry": {"type": "Point", "coordinates": [6, 52]}}] * 90_000
    (tmp_path / "l.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")

    assert refused("features", listed(tmp_path / "l.geojson")).params["limit"] == "features"


def test_a_link_that_leads_out_of_the_media_folder_is_no_list(tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("name,label\nx,X\n", encoding="utf-8")
    (tmp_path / "media").mkdir()
    try:
        (tmp_path / "media" / "l.csv").symlink_to(tmp_path / "secret.csv")
    except OSError:
        pytest.skip("this system makes no links for this user")
    entry = listed(tmp_path / "media" / "l.csv")()

    assert isinstance(entry, FormEntry)
    assert "l" not in entry.live.instances


def test_a_trace_says_the_same() -> None:
    xml = form("<a/>", bind("a", constraint="regex(., '(a|aa)+$')"), ask("a"))

    refused("trace", lambda: trace(xml, [{"set": "/data/a", "value": "a" * 60 + "!"}]))
