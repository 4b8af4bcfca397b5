"""Every picture that a question or choice names is there, in colour and in black."""

from __future__ import annotations

import csv

import pytest

TAG = "{https://llo-portaal.nl/xforms/intake}picture"


@pytest.fixture(scope="module")
def named(forms):
    choices = {
        row["pictogram"]
        for form in forms.values()
        for rows in form.lists.values()
        for row in rows
        if "pictogram" in row
    }
    questions = {tags["picture"] for form in forms.values() for tags in form.tags.values() if "picture" in tags}
    return choices | questions


def test_every_picture_is_in_the_index_and_drawn_twice(repository, named):
    folder = repository / "resources" / "pictograms"
    with (folder / "index.csv").open(encoding="utf-8", newline="") as file:
        known = {row["name"] for row in csv.DictReader(file)}
    assert sorted(named - known) == []
    for style in ("color", "black"):
        drawn = {path.stem for path in (folder / style).glob("*.svg")}
        assert sorted(named - drawn) == []


def test_every_card_and_picture_item_has_its_own_picture(intake):
    cards = {card["name"]: card["pictogram"] for card in intake.lists["card"]}
    assert all(name == picture for name, picture in cards.items())
    items = {ref.rsplit("j01_", 1)[-1]: tags["picture"] for ref, tags in intake.tags.items() if "/j01_ri_" in ref}
    assert all(name == picture for name, picture in items.items())


def test_not_for_me_is_a_neutral_cross_in_every_list_of_faces(intake):
    assert [row["pictogram"] for row in intake.lists["smile3"]] == ["smile3_fun", "smile3_unsure", "smile3_not"]
