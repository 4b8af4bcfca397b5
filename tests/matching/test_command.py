"""`match --profile FILE` as a person runs it (DESIGN 6)."""

import json
from pathlib import Path
from typing import Any

import pytest

from intake_app.cli import main


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    path = tmp_path / "profile.json"
    content = {"cards": ["z4", "z1", "z6", "h1", "h5", "h6", "z3", "o1", "o2"], "top_cards": ["z4", "z1", "z6"]}
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def no_window(folder: Path | None) -> int:
    raise AssertionError(folder)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["match", *arguments], no_window)
    streams = capsys.readouterr()
    return code, streams.out, streams.err


def test_the_result_has_the_shape_of_the_contract(capsys: pytest.CaptureFixture[str], profile: Path) -> None:
    code, out, _ = run(capsys, "--profile", str(profile), "--json")

    result: dict[str, Any] = json.loads(out)
    assert code == 0
    assert set(result) == {"recommendations", "catalogue_version"}
    assert [item["id"] for item in result["recommendations"]] == ["zw3", "zw2", "ok3"]
    first = result["recommendations"][0]
    assert list(first) == [
        "id", "label", "fit", "score", "contributions", "reasons", "missing_skills", "routes", "cautions",
    ]  # fmt: skip
    assert (first["label"], first["fit"], first["score"]) == ("Helpende zorg en welzijn", "partly", 0.58)
    assert set(first["contributions"][0]) == {"criterion", "value", "weight"}
    assert set(first["reasons"][0]) == {"code", "params"}


def test_all_ranks_every_occupation(capsys: pytest.CaptureFixture[str], profile: Path) -> None:
    _, out, _ = run(capsys, "--profile", str(profile), "--all", "--json")

    assert len({item["id"] for item in json.loads(out)["recommendations"]}) == 75


@pytest.mark.parametrize(
    ("words", "first"), [("tm3", "tm3"), ("Lasser", "tm3"), ("welder", "tm3"), ("astronaut", "zw3")]
)
def test_an_own_idea_may_be_told_in_words(
    capsys: pytest.CaptureFixture[str], profile: Path, words: str, first: str
) -> None:
    told = json.loads(profile.read_text(encoding="utf-8")) | {"own_idea": words}
    profile.write_text(json.dumps(told), encoding="utf-8")

    code, out, err = run(capsys, "--profile", str(profile), "--json")

    assert (code, json.loads(out)["recommendations"][0]["id"]) == (0, first)
    assert ("own_idea" in err) is (words == "astronaut")


def test_an_empty_profile_is_no_error(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "empty.json"
    path.write_text("{}", encoding="utf-8")

    code, out, _ = run(capsys, "--profile", str(path), "--json")

    assert (code, json.loads(out)["recommendations"]) == (0, [])


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"skills": {"cooking": "expert"}}', '{"skills": {"magic": "seen"}}']
)
def test_a_profile_that_does_not_fit_is_one_clear_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: str
) -> None:
    path = tmp_path / "profile.json"
    path.write_text(content, encoding="utf-8")

    code, out, err = run(capsys, "--profile", str(path), "--json")

    assert (code, out) == (1, "")
    assert len(err.strip().splitlines()) == 1


def test_a_profile_that_is_not_there_is_exit_one(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(capsys, "--profile", str(tmp_path / "gone.json"))[0] == 1


def test_without_a_profile_it_is_wrong_usage() -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["match", "--json"], no_window)

    assert stopped.value.code == 2
