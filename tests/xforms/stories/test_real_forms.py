"""Whole runs through real forms: our own talk and its follow-up, a household, a cascade, a registration."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from intake_app.xforms.api import FormDefinition, FormEntry, Ports, parse_form, serialize
from tests.xforms import walker
from tests.xforms.story import MOMENT

SHIPPED = Path(__file__).parents[3] / "resources" / "forms" / "compiled"
TALK = {
    "a02_talk_language": "ar",
    "a05_question": "work",
    "a06_version": "short",
    "c03_age_group": "27_56",
    "b01_explained": "clear",
    "b02_consent_record": "yes",
    "c01_call_name": "Samira",
    "c04_municipality": "doetinchem",
    "d01_work_now": "no",
    "f12_devices": "smartphone internet",
    "g01_highest": "y10_12",
    "h01_ever_worked": "yes",
    "i01_cards": "card_h1 card_h3",
    "l01_hours": "16_24",
    "l03_transport": "bike bus_train",
}


@cache
def shipped(name: str) -> FormDefinition:
    return parse_form((SHIPPED / f"{name}.xml").read_bytes())


def begin(definition: FormDefinition, ports: Ports | None = None) -> FormEntry:
    return FormEntry.new(definition, media=walker.MEDIA, now=lambda: MOMENT, seed=1, ports=ports or Ports())


def say(entry: FormEntry, said: Mapping[str, str]) -> None:
    for ref, value in said.items():
        change = entry.set_value(f"/data/{ref}", value)
        assert change.rejected is None, ref


def shown(entry: FormEntry) -> set[str]:
    return {view.ref.removeprefix("/data/") for view in entry.nodes() if view.relevant}


def choices(entry: FormEntry, ref: str) -> list[str]:
    return [choice.value for choice in entry.node(f"/data/{ref}").choices or ()]


def talk() -> FormEntry:
    entry = begin(shipped("intake"))
    say(entry, TALK)
    return entry


def rows(*codes: str) -> list[dict[str, str]]:
    return [{"id": code, "label": code.upper(), "source": "catalogue"} for code in codes]


def test_a_short_talk_runs_from_the_welcome_to_a_clean_end() -> None:
    entry = talk()
    entry.set_host("suggestions", rows("tm3", "zw2", "ho1"))
    say(
        entry,
        {
            "job[1]/h02_job": "Naaister",
            "suggestions[1]/p01_reaction": "nice",
            "suggestions[1]/p04_chosen": "yes",
            "p05_goal": "Weer werken",
            "step[1]/q01_step": "Bellen",
            "step[1]/q02_who": "participant",
            "step[1]/q03_date": "2026-03-09",
            "q08_follow_up": "2026-03-30",
            "r06_status": "complete",
        },
    )

    assert entry.violations() == entry.finalize() == ()
    sent = etree.fromstring(serialize(entry))
    assert (sent.get("id"), sent.findtext("c01_call_name"), sent.findtext("job/h02_job")) == (
        "intake",
        "Samira",
        "Naaister",
    )
    assert [row.findtext("suggestion_id") for row in sent.findall("suggestions")] == ["tm3", "zw2", "ho1"]


def test_the_talk_ends_only_with_a_length_and_an_age() -> None:
    entry = begin(shipped("intake"))
    say(entry, {"a02_talk_language": "nl"})

    missing = [(one.ref.removeprefix("/data/"), one.reason) for one in entry.finalize()]

    assert missing == [("a06_version", "required"), ("c03_age_group", "required")]


def test_the_talk_opens_what_an_answer_calls_for_and_closes_it_again() -> None:
    entry = begin(shipped("intake"))
    opened = {
        "a02_talk_language": "a04_interpreter",
        "h01_ever_worked": "job[1]/h02_job",
        "d01_work_now": "d02_hours_now",
    }
    answers = {"a02_talk_language": ("ti", "nl"), "h01_ever_worked": ("yes", "no"), "d01_work_now": ("employee", "no")}
    for question, follows in opened.items():
        assert follows not in shown(entry)
        say(entry, {question: answers[question][0]})
        assert follows in shown(entry)
        say(entry, {question: answers[question][1]})
        assert follows not in shown(entry)


def test_the_fourth_chosen_direction_is_kept_out_with_a_word_of_explanation() -> None:
    entry = talk()
    entry.set_host("suggestions", rows("tm3", "zw2", "ho1", "lo1"))
    say(entry, {f"suggestions[{number}]/p04_chosen": "yes" for number in (1, 2, 3)})

    rejected = entry.set_value("/data/suggestions[4]/p04_chosen", "yes").rejected

    assert rejected is not None
    assert rejected.reason == "constraint"
    assert rejected.message.strip()
    assert entry.value("/data/suggestions[4]/p04_chosen") == ""


def test_the_talk_put_away_and_opened_again_goes_on_where_it_was() -> None:
    entry = talk()
    entry.set_host("suggestions", rows("tm3", "zw2"))
    say(entry, {"suggestions[2]/p01_reaction": "maybe"})

    again = FormEntry.restore(shipped("intake"), entry.savepoint(), now=lambda: MOMENT)

    assert again.savepoint() == entry.savepoint()
    assert serialize(again) == serialize(entry)
    again.set_host("suggestions", rows("zw2"))
    assert again.value("/data/suggestions[1]/p01_reaction") == "maybe"


@pytest.mark.parametrize("name", sorted(path.stem for path in SHIPPED.glob("*.xml")))
def test_every_form_that_ships_opens_in_each_of_its_languages(name: str) -> None:
    entry = begin(shipped(name))
    identity = entry.instance_id
    told: set[tuple[str, ...]] = set()
    for language in entry.definition.languages:
        entry.set_language(language)
        told.add(tuple(view.label for view in entry.nodes() if view.label))

    asks = any(view.label for view in entry.nodes())
    assert len(told) == (len(entry.definition.languages) if asks else 0)
    assert entry.instance_id == identity


def test_a_follow_up_asks_again_what_was_asked_before_and_closes() -> None:
    entry = begin(shipped("follow_up"))
    assert "u03_outcome" not in shown(entry)
    entry.set_host("talk_id", "uuid:talk")
    entry.set_host("asked_before", "nl_speak digital_can")
    say(entry, {"u01_reached": "yes"})
    entry.set_host("steps", rows("s1", "s2"))
    say(entry, {"steps[1]/u02_steps": "done", "steps[1]/u02b_done_date": "2026-03-20", "u07c_closed": "yes"})

    seen = shown(entry)
    assert {"u05b_speak", "u05e_digital", "steps[1]/u02b_done_date"} <= seen
    assert not {"u05a_understand", "u05c_read", "steps[2]/u02b_done_date", "u07b_next_date"} & seen
    assert entry.finalize() == ()
    assert etree.fromstring(serialize(entry)).findtext("talk_id") == "uuid:talk"


def test_a_follow_up_that_reached_nobody_sends_no_outcome() -> None:
    entry = begin(shipped("follow_up"))
    say(entry, {"u01_reached": "yes", "u03_outcome": choices_after_reaching()[0]})
    say(entry, {"u01_reached": "no", "u07b_next_date": "2026-04-01"})

    sent = etree.fromstring(serialize(entry))
    assert entry.finalize() == ()
    assert (sent.find("u03_outcome"), sent.findtext("u07b_next_date")) == (None, "2026-04-01")


def choices_after_reaching() -> list[str]:
    entry = begin(shipped("follow_up"))
    say(entry, {"u01_reached": "yes"})
    return choices(entry, "u03_outcome")


def test_a_household_adds_up_over_its_members_and_their_weeks() -> None:
    entry = begin(parse_form(walker.compiled("family")))
    entry.add_repeat("/data/member")
    entry.add_repeat("/data/member[1]/week")
    say(
        entry,
        {
            "member[1]/mname": "Noor",
            "member[1]/role": "parent",
            "member[1]/task": "cook",
            "member[1]/tasks": "cook earn",
            "member[1]/hours": "4",
            "member[1]/week[1]/did": "cook",
            "member[1]/week[1]/times": "2",
            "member[1]/week[2]/did": "earn",
            "member[1]/week[2]/times": "3",
            "member[2]/mname": "Ali",
            "member[2]/role": "child",
            "member[2]/task": "rest",
            "member[2]/hours": "1",
        },
    )
    totals = [entry.value(f"/data/{name}") for name in ("parents", "hours_all", "all_done", "who")]
    assert totals == ["1", "5", "5", "Noor"]
    assert choices(entry, "member[2]/task") == ["learn", "play", "rest"]

    say(entry, {"member[1]/tasks": "cook"})
    assert entry.value("/data/member[1]/week[2]/did") == ""
    assert entry.value("/data/all_done") == "2"

    entry.remove_repeat("/data/member[1]")
    assert [entry.value(f"/data/{name}") for name in ("parents", "hours_all", "who")] == ["0", "1", ""]


def test_a_cascade_over_a_file_falls_when_the_province_changes() -> None:
    entry = begin(parse_form(walker.compiled("cascade")))
    say(entry, {"province": "gld", "region": "achterhoek"})
    town = choices(entry, "town")[0]
    say(entry, {"town": town})
    named = entry.value("/data/town_name")
    assert named
    assert entry.node("/data/why").label == f"Waarom {named}?"

    say(entry, {"province": "ov"})

    assert [entry.value(f"/data/{name}") for name in ("region", "town", "town_name")] == ["", "", ""]
    assert "why" not in shown(entry)


def test_a_registration_carries_its_metadata_and_makes_its_row() -> None:
    entry = begin(parse_form(walker.compiled("register")), Ports(properties={"username": "bea"}))
    say(entry, {"name": "Ali", "town": "Lochem", "wants": "yes", "age": "34"})

    assert entry.finalize() == ()
    sent = etree.fromstring(serialize(entry))
    assert (sent.findtext("user"), sent.findtext("today")) == ("bea", "2026-03-02")
    assert sent.findtext("start") == sent.findtext("end") == "2026-03-02T09:30:00.000Z"
    (row,) = entry.entities()
    assert (row.action, row.label) == ("create", "Ali (Lochem)")

    say(entry, {"wants": "no"})
    assert entry.entities() == ()
