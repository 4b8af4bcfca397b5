"""`form check` and `form trace` on forms that mean harm or hold doubts: one line, exit 1; doubts are only told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands.conftest import Command
from tests.xforms.story import ask, bind, form

OUTSIDE = b'<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]><d>&e;</d>'
HARMFUL = {
    "outside": OUTSIDE,
    "deep": form("<g>" * 10_000 + "</g>" * 10_000),
    "label": form("<a/>", body=ask("a", f"<label>{'x' * 1_000_000}</label>")),
    "expression": form("<a/>", bind("a", calculate="(" * 20_000 + "1" + ")" * 20_000)),
    "address": form("<a/>", extra='<instance id="l" src="jr://file-csv/../../secret.csv"/>'),
}


@pytest.mark.parametrize("name", HARMFUL)
@pytest.mark.parametrize("verb", ["check", "trace"])
def test_a_form_that_means_harm_is_one_line_and_exit_1(command: Command, tmp_path: Path, verb: str, name: str) -> None:
    path, events = tmp_path / "form.xml", tmp_path / "events.json"
    path.write_bytes(HARMFUL[name])
    events.write_text("[]", encoding="utf-8")
    options = ["--events", str(events)] if verb == "trace" else []

    code, out, err = command("form", verb, str(path), *options)

    assert (code, out) == (1, "")
    assert len(err.strip().splitlines()) == 1
    assert len(err) < 1000


def test_an_answer_that_a_wild_pattern_chokes_on_is_one_line_and_exit_1(command: Command, tmp_path: Path) -> None:
    path, events = tmp_path / "form.xml", tmp_path / "events.json"
    path.write_bytes(form("<a/>", bind("a", constraint="regex(., '(a|aa)+$')"), ask("a")))
    events.write_text(json.dumps([{"set": "/data/a", "value": "a" * 60 + "!"}]), encoding="utf-8")

    code, out, err = command("form", "trace", str(path), "--events", str(events))

    assert (code, out, len(err.strip().splitlines())) == (1, "", 1)
    assert "/data/a" in err


def test_doubts_about_a_form_are_told_and_do_not_refuse_it(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    path = tmp_path / "form.xml"
    path.write_bytes(form("<a/>", bind("a", relevant="/data/nobody = 1"), ask("a")))

    code, out, err = command("form", "check", str(path))

    assert (code, out) == (0, "")
    assert "unknown_path" in err
