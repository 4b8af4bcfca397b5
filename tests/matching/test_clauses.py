"""Which test proves which clause of the matching rules (DOMAIN 4.4): a table that cannot point at nothing."""

import ast
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1]

CLAUSES: dict[str, tuple[str, ...]] = {
    "1 inputs, and what is never one": (
        "matching/test_fair.py::test_a_profile_has_no_room_for_what_the_law_protects",
        "matching/test_score.py::test_nothing_protected_can_be_an_input_of_occupations",
        "matching/test_fair.py::test_where_one_lives_and_what_one_lacks_change_no_occupation_and_no_order",
        "profile/test_profile.py::test_needs_origin_name_age_and_income_have_no_place_in_a_profile",
        "profile/test_protected.py::test_protected_answers_change_neither_occupations_nor_their_order",
    ),
    "2 levels as numbers, the highest source counts": (
        "matching/test_score.py::test_levels_count_as_the_rules_say",
        "matching/test_score.py::test_the_highest_of_several_sources_counts",
        "profile/test_profile.py::test_the_highest_of_several_sources_counts_and_all_evidence_stays",
    ),
    "2 a job gives its skills, help when short; an ESCO job its essential ones": (
        "matching/test_score.py::test_a_job_of_less_than_a_year_gives_help",
        "matching/test_imported.py::test_own_work_that_only_esco_knows_comes_first_and_shows_its_skills",
    ),
    "2 route level": ("matching/test_score.py::test_the_route_level_comes_from_school_or_a_dutch_level",),
    "2 regulated": (
        "matching/test_score.py::test_regulated_work_asks_job_evidence_or_the_papers",
        "matching/test_score.py::test_no_paper_of_the_questionnaire_replaces_a_big_registration",
    ),
    "3 skill part and the cap on generic skills": (
        "matching/test_score.py::test_the_skill_part_weighs_what_is_present",
        "matching/test_score.py::test_generic_skills_alone_never_exceed_thirty_per_cent",
    ),
    "4 interests, and when they are left out": (
        "matching/test_score.py::test_interests_weigh_three_two_one",
        "matching/test_score.py::test_interests_the_person_does_not_recognise_are_left_out",
        "profile/test_profile.py::test_interests_need_twenty_answered_pictures",
    ),
    "5 wishes": ("matching/test_score.py::test_wishes_count_only_when_asked_and_answered",),
    "6 fit": (
        "matching/test_score.py::test_the_score_is_the_weighted_mean_of_its_contributions",
        "matching/test_score.py::test_halves_are_rounded_up",
        "matching/test_ranking.py::test_order_label_fit_and_core_are_those_of_the_readable_calculation",
    ),
    "7 met leren": (
        "matching/test_score.py::test_without_a_core_skill_it_takes_learning",
        "matching/test_score.py::test_two_levels_higher_takes_learning",
        "matching/test_score.py::test_a_weak_fit_takes_learning_although_a_core_skill_is_there",
    ),
    "7 past goed": ("matching/test_score.py::test_past_goed_asks_two_strong_core_skills_and_an_easy_entry_or_a_job",),
    "8 order": ("matching/test_score.py::test_the_order_is_label_fit_core_and_then_the_table",),
    "9 own wish filter": (
        "matching/test_list.py::test_what_the_person_would_rather_not_do_stays_out",
        "matching/test_list.py::test_wishes_that_only_go_on_the_plan_filter_nothing",
    ),
    "9 language never hides work": (
        "matching/test_explain.py::test_language_changes_only_the_first_step",
        "matching/test_score.py::test_language_changes_no_score_and_no_order",
    ),
    "9 travel time filters offers": ("matching/test_offers.py::test_travel_time_filters_offers_when_it_can_be_known",),
    "10 three or six": ("matching/test_list.py::test_three_in_the_short_talk_and_six_in_the_full_one",),
    "10 own idea, own work, best neighbour first": (
        "matching/test_list.py::test_the_own_idea_comes_first_whatever_its_score",
        "matching/test_list.py::test_own_work_comes_next_one_in_the_short_talk_and_two_in_the_full_one",
        "matching/test_list.py::test_the_latest_work_comes_first",
        "matching/test_list.py::test_the_best_neighbour_shares_the_first_three_isco_digits",
    ),
    "10 spread: two sectors, an entry, a growth step": (
        "matching/test_list.py::test_there_are_at_least_two_sectors",
        "matching/test_list.py::test_with_little_schooling_one_occupation_has_no_entry_level",
        "matching/test_list.py::test_who_needs_income_now_sees_work_that_can_start_now",
        "matching/test_list.py::test_the_full_talk_shows_one_step_up",
        "matching/test_list.py::test_spreading_never_removes_own_idea_or_own_work",
        "matching/test_fair.py::test_no_sector_is_never_or_always_proposed",
    ),
    "10 blood_animals only when asked": ("matching/test_list.py::test_work_with_blood_appears_only_when_asked_for",),
    "11 and 12 notes and cautions": (
        "matching/test_explain.py::test_notes_and_cautions_are_said_where_they_belong",
        "matching/test_offers.py::test_consult_first_is_said_at_a_benefit_an_azc_or_an_unknown_income",
    ),
    "13 benefit and status touch offers only": (
        "matching/test_fair.py::test_circumstances_filter_offers_and_touch_no_occupation",
        "matching/test_score.py::test_benefit_and_status_have_no_way_into_occupations",
        "matching/test_offers.py::test_money_and_work_places_say_where_to_ask",
        "matching/test_radar.py::test_money_is_always_only_a_maybe_and_says_where_to_ask",
    ),
    "14 words": (
        "matching/test_radar.py::test_kansberoep_is_said_only_where_a_source_of_now_names_it",
        "matching/test_explain.py::test_a_certificate_of_conduct_is_only_said_to_be_asked",
    ),
    "15 every suggestion explains itself": (
        "matching/test_explain.py::test_it_says_what_the_person_can_already_core_skills_first",
        "matching/test_explain.py::test_it_names_interests_and_wishes_that_fit",
        "matching/test_explain.py::test_missing_skills_are_those_not_shown_core_first",
        "matching/test_people.py::test_the_reasons_quote_their_evidence_in_words",
    ),
    "15 why not, and what would change it": (
        "matching/test_change.py::test_every_obstacle_is_named",
        "matching/test_change.py::test_the_steps_open_the_work_and_none_of_them_can_be_left_out",
    ),
    "15 the counsellor adds, removes, reorders; both are logged": (
        "profile/test_suggestions.py::test_a_row_the_counsellor_takes_away_is_out_of_sight_and_kept_with_the_reason",
        "profile/test_suggestions.py::test_a_row_can_be_put_elsewhere_and_stays_there",
        "profile/test_suggestions.py::test_every_change_by_hand_is_logged_without_its_content",
    ),
    "15 route, and one step within two weeks": (
        "matching/test_offers.py::test_the_route_follows_wish_level_language_and_hours",
        "matching/test_offers.py::test_every_occupation_has_a_route_for_everybody",
        "matching/test_radar.py::test_every_road_has_a_step_within_two_weeks_whoever_asks",
    ),
    "16 same answers, same result": (
        "matching/test_fair.py::test_the_same_input_gives_the_same_bytes_in_any_order_of_rows",
        "matching/test_examples.py::test_the_same_answers_give_the_same_result",
    ),
    "16 old entries are marked": ("matching/test_explain.py::test_entries_older_than_a_year_are_to_be_checked",),
    "16 worked examples": (
        "matching/test_examples.py::test_the_worked_examples_give_the_lists_of_the_rules",
        "matching/test_examples.py::test_the_worked_examples_give_the_figures_of_the_rules",
        "matching/test_examples.py::test_even_all_farm_and_tool_cards_at_the_highest_level_make_no_electrician",
    ),
    "16 own skills, and taking one away": (
        "matching/test_fair.py::test_exactly_the_skills_and_interests_of_an_occupation_rank_it_in_the_first_three",
        "matching/test_fair.py::test_removing_a_skill_never_raises_the_occupation",
        "matching/test_score.py::test_taking_a_skill_away_never_raises_an_occupation",
    ),
}


def test_every_clause_has_its_tests() -> None:
    assert {int(clause.split()[0]) for clause in CLAUSES} == set(range(1, 17)) - {12}
    assert "11 and 12 notes and cautions" in CLAUSES


@pytest.mark.parametrize("place", sorted({place for places in CLAUSES.values() for place in places}))
def test_every_named_test_exists(place: str) -> None:
    path, name = place.split("::")
    tree = ast.parse((FOLDER / path).read_text(encoding="utf-8"))

    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
