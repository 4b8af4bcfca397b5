"""The activity cards, their families and skills, and the thirty picture items."""

from __future__ import annotations

from collections import Counter

PER_FAMILY = {"h": 8, "z": 8, "t": 10, "b": 8, "o": 8, "c": 8, "v": 9, "s": 8, "w": 9}
BEHIND_MORE = {"card_t4", "card_t6", "card_v9", "card_w7"}


def test_there_are_76_cards_in_nine_families(intake):
    cards = intake.lists["card"]
    assert Counter(card["family"] for card in cards) == PER_FAMILY
    assert {row["name"] for row in intake.lists["family"]} == set(PER_FAMILY)
    assert len(cards) == 76


def test_a_family_shows_at_most_eight_cards_at_once(intake):
    more = {card["name"] for card in intake.lists["card"] if card.get("more") == "yes"}
    assert more == BEHIND_MORE
    shown = Counter(card["family"] for card in intake.lists["card"] if card["name"] not in more)
    assert set(shown.values()) == {8}


def test_every_card_shows_one_to_five_skills_and_a_picture_of_its_own(intake):
    for card in intake.lists["card"]:
        assert 1 <= len(card["skills"].split()) <= 5, card["name"]
    pictures = [card["pictogram"] for card in intake.lists["card"]]
    assert all(pictures)


def test_a_few_cards_word_for_word(intake):
    assert intake.choice_label("card", "card_h1") == "Elke dag koken voor het gezin"
    assert intake.choice_label("card", "card_t10") == "Een machine bedienen (pomp, weefgetouw, aggregaat)"
    skills = {card["name"]: card["skills"].split() for card in intake.lists["card"]}
    assert skills["card_h1"] == ["cooking", "task_planning", "food_hygiene", "menu_planning"]
    assert skills["card_t9"] == ["welding", "safety", "accuracy"]
    assert skills["card_w9"] == ["adaptability", "perseverance", "initiative", "learning"]


def test_cards_are_held_whole_and_only_the_favourites_are_filtered(intake):
    for name in ("i01_cards", "i06b_asked_cards"):
        itemset = intake.controls[intake.ref(name)].find("{*}itemset")
        assert itemset.get("nodeset") == "instance('card')/root/item"
    favourites = intake.controls[intake.ref("i03_top3")].find("{*}itemset").get("nodeset")
    assert "selected( /data/i01_cards , name)" in favourites


def test_there_are_five_picture_items_of_each_interest_type(intake):
    items = [name.removeprefix("j01_ri_") for name in intake.order if name.startswith("j01_ri_")]
    assert items == [f"{letter}{number}" for letter in "riasec" for number in range(1, 6)]
    assert intake.label("j01_ri_r1") == "Iets maken dat kapot is"
    assert intake.label("j01_ri_c5") == "Gegevens invoeren op de computer"


def test_interests_are_shown_only_after_twenty_items(intake):
    assert intake.binds["/data/j02_recognise"]["relevant"].split() == ["/data/j01_answered", ">=", "20"]
    assert intake.binds["/data/j01_answered"]["calculate"].count("if(") == 30
