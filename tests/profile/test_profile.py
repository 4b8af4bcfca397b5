"""From answers to a profile: every skill with its evidence, and nothing that may not count."""

from __future__ import annotations

from dataclasses import fields

import pytest

from intake_app.domain.profile import Evidence, SkillLevel, SkillsProfile
from intake_app.profile.answers import Answers, ConceptIndex
from intake_app.profile.derive import all_skills, derive_circumstances, derive_profile, liked_cards_of
from intake_app.profile.skills import skills_to_check
from intake_app.services.conversation import Conversation
from intake_app.xforms.api import FormEntry, parse_form
from tests.services.helps import begun, make_office, ref_of, told


@pytest.fixture
def talk() -> Conversation:
    return begun(make_office(), version="full")


def profile(talk: Conversation) -> SkillsProfile:
    return derive_profile(talk.talk.answers, talk.keeper.catalogue)


def test_a_ticked_card_shows_its_skills_as_seen(talk: Conversation) -> None:
    told(talk, {"cards": "card_h1"})
    card = talk.keeper.catalogue.cards["h1"]
    found = profile(talk)

    assert set(found.skills) == set(card.skills)
    assert {skill.level for skill in found.skills.values()} == {SkillLevel.SEEN}
    assert {skill.evidence for skill in found.skills.values()} == {(Evidence("card", "h1"),)}


def test_the_highest_of_several_sources_counts_and_all_evidence_stays(talk: Conversation) -> None:
    told(talk, {"ever_worked": "yes", "cards": "card_h1", "job": "Kok"})
    talk.choose_occupation(ref_of(talk, "job"), "hd2")
    cook = talk.keeper.catalogue.occupations["hd2"]
    shared = set(talk.keeper.catalogue.cards["h1"].skills) & {*cook.core_skills, *cook.other_skills}
    found = profile(talk).skills

    assert shared
    for skill in shared:
        assert found[skill].level is SkillLevel.ALONE
        assert {one.kind for one in found[skill].evidence} == {"card", "job"}


def test_less_than_a_year_of_work_shows_helping(talk: Conversation) -> None:
    told(talk, {"ever_worked": "yes", "job": "Kok", "job_years": "lt1"})
    talk.choose_occupation(ref_of(talk, "job"), "hd2")

    assert {skill.level for skill in profile(talk).skills.values()} == {SkillLevel.HELP}


@pytest.mark.parametrize(("level", "shown"), [("help", SkillLevel.HELP), ("teach", SkillLevel.TEACH)])
def test_the_level_told_per_card_counts(talk: Conversation, level: str, shown: SkillLevel) -> None:
    told(talk, {"cards": "card_h1"})
    talk.keeper.fill_card_levels()
    told(talk, {"level": level})

    assert {skill.level for skill in profile(talk).skills.values()} == {shown}


def test_a_skill_the_person_takes_away_is_gone_and_a_confirmed_one_says_so(talk: Conversation) -> None:
    told(talk, {"cards": "card_h1 card_t9"})
    talk.keeper.fill_skills()
    rows = talk.talk.answers.rows("derived_skills")
    talk.answer(rows[0].ref_of("skills_ok"), "remove")
    talk.answer(rows[1].ref_of("skills_ok"), "confirm")
    found = profile(talk).skills

    assert rows[0].host("id") not in found
    assert found[rows[1].host("id")].confirmed is True
    assert found[rows[1].host("id")].said_by_person == "confirmed"
    assert rows[0].host("id") in all_skills(talk.talk.answers, talk.keeper.catalogue)


def test_what_was_taken_away_stays_with_its_evidence_and_is_not_matched(talk: Conversation) -> None:
    told(talk, {"cards": "card_h1"})
    talk.keeper.fill_skills()
    row = talk.talk.answers.rows("derived_skills")[0]
    talk.answer(row.ref_of("skills_ok"), "remove")

    (gone,) = profile(talk).removed_skills

    assert (gone.skill, gone.said_by_person) == (row.host("id"), "removed")
    assert gone.evidence == (Evidence("card", "h1"),)
    assert gone.skill not in profile(talk).skills


def test_the_level_of_dutch_is_the_lowest_of_four_and_all_four_are_kept(talk: Conversation) -> None:
    told(talk, {"talk_language": "ar", "nl_understand": "b1", "nl_speak": "a2", "nl_read": "a1", "nl_write": "a2"})

    assert profile(talk).cefr == {"understand": "b1", "speak": "a2", "read": "a1", "write": "a2"}
    assert profile(talk).dutch_level == "a1"


def test_a_skill_added_by_hand_counts(talk: Conversation) -> None:
    talk.keeper.add_skill("welding")

    assert profile(talk).skills["welding"].evidence == (Evidence("own", "own"),)
    assert profile(talk).skills["welding"].said_by_person == "added"


def test_only_a_paper_that_holds_here_counts(talk: Conversation) -> None:
    told(talk, {"certificates": "vca forklift"})
    talk.keeper.fill_papers()
    for row, word in zip(talk.talk.answers.rows("papers"), ("yes", "no_abroad"), strict=True):
        talk.answer(row.ref_of("valid"), word)
    valid = [row.host("id") for row in talk.talk.answers.rows("papers") if row.text("valid") == "yes"]

    assert list(profile(talk).papers) == valid


def test_fewer_than_three_cards_all_count_as_liked(talk: Conversation) -> None:
    told(talk, {"cards": "card_h1 card_t9"})
    assert liked_cards_of(talk.talk.answers) == ("h1", "t9")
    told(talk, {"cards": "card_h1 card_t9 card_w3"})
    assert liked_cards_of(talk.talk.answers) == ()
    told(talk, {"top3": "card_w3"})
    assert liked_cards_of(talk.talk.answers) == ("w3",)


def test_interests_need_twenty_answered_pictures(talk: Conversation) -> None:
    items = [f"ri_{letter}{number}" for letter in "riasec" for number in range(1, 6)]
    told(talk, dict.fromkeys(items[:19], "fun"))
    assert profile(talk).interests == {}
    told(talk, {items[19]: "not"})
    scores = profile(talk).interests

    assert scores["R"] == 10
    assert scores["S"] == 8
    assert scores["C"] == 0


def test_at_most_two_skills_of_one_picture_are_read_back(talk: Conversation) -> None:
    cards = " ".join(f"card_{name}" for name in list(talk.keeper.catalogue.cards)[:12])
    told(talk, {"cards": cards})
    chosen = skills_to_check(all_skills(talk.talk.answers, talk.keeper.catalogue).values(), talk.keeper.catalogue, ())
    sources = [skill.evidence[0].source for skill in chosen]

    assert len(chosen) == 8
    assert max(sources.count(source) for source in sources) <= 2


def test_needs_origin_name_age_and_income_have_no_place_in_a_profile(talk: Conversation) -> None:
    told(
        talk,
        {
            "consent_needs": "yes",
            "needs": "quiet_place",
            "consent_origin": "yes",
            "born_abroad": "yes",
            "migration_type": "ukraine",
            "income": "bijstand",
        },
    )
    found = repr(profile(talk))

    for word in ("quiet_place", "ukraine", "bijstand", "Truus", "27_56"):
        assert word not in found
    assert not {"needs", "born_abroad", "age_group", "call_name", "talk_language"} & {
        f.name for f in fields(SkillsProfile)
    }
    assert derive_circumstances(talk.talk.answers).income == ("bijstand",)


def test_an_answer_to_a_question_that_no_longer_counts_is_not_read(talk: Conversation) -> None:
    told(talk, {"ever_worked": "yes", "job": "Kok"})
    talk.choose_occupation(ref_of(talk, "job"), "hd2")
    assert profile(talk).jobs
    told(talk, {"ever_worked": "no"})

    assert profile(talk).jobs == ()
    assert profile(talk).skills == {}


def test_a_form_that_does_not_ask_a_thing_reads_as_no_answer() -> None:
    definition = parse_form(
        b'<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
        b'xmlns:orx="http://openrosa.org/xforms"><h:head><h:title>x</h:title><model><instance><data id="x" version="1">'
        b"<a/><orx:meta><orx:instanceID/></orx:meta></data></instance></model></h:head><h:body/></h:html>"
    )
    answers = Answers(FormEntry.new(definition), definition)

    assert (answers.text("goal"), answers.many("cards"), answers.host("role")) == ("", (), "")
    assert (answers.rows("suggestions"), answers.rows_with("job"), answers.ref("goal")) == ((), (), None)
    assert ConceptIndex.of(definition).concepts == {}
    assert derive_profile(answers, make_office().catalogue).skills == {}
