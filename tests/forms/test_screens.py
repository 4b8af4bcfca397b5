"""How many screens three people see: the length of the talk is a promise to the guest."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from intake_app.xforms.api import FormDefinition, FormEntry, parse_form

SECOND, AFTER = 1000, 2000
NOT_COUNTED = ("c03b_go_on",)
MORE_SCREENS = {"i01_cards": 3}
"""i01 is one step of four screens: the families, then three families of cards."""

EVERYBODY = {
    "a04b_alone": "two_of_us",
    "c03_age_group": "27_56",
    "b02_consent_record": "yes",
    "b03_consent_central": "yes",
    "b04_consent_contact": "yes",
    "i01_cards": "card_h1 card_t9 card_w3",
    "i03_top3": "card_h1 card_t9 card_w3",
    "q08_follow_up": "2027-03-15",
    "q08d_how": "here",
    "h01_ever_worked": "yes",
    "g08_certificates": "licence_b",
}
FULL = {"b07_consent_stats": "yes", "g01_highest": "y10_12", "q02_who": "together"}
WORKER = {
    "a02_talk_language": "nl",
    "d01_work_now": "employee",
    "f08_letter": "read_self",
    "f13_digital_can": "send_photo search digid banking",
    "f14_basic_wish": "nothing_now",
    "m01_obstacles": "nothing",
    "n06_taster": "no",
    "q05_referral": "none",
    "b05_consent_needs": "no",
    "b06_consent_origin": "no",
}
REFUGEE = {
    "a02_talk_language": "ar",
    "a04_interpreter": "interpreter_here",
    "d01_work_now": "no",
    "f03_nl_read": "a2",
    "f14_basic_wish": "read",
    "m01_obstacles": "money housing",
    "n06_taster": "maybe",
    "q05_referral": "taalhuis",
    "q07_handover": "message",
    "q06_share_consent": "yes",
    "b05_consent_needs": "yes",
    "l07_needs": "quiet_place",
    "b06_consent_origin": "yes",
    "d07_born_abroad": "yes",
    "e03_civic": "busy",
}
NT1 = {
    "a02_talk_language": "nl",
    "d01_work_now": "no",
    "f08_letter": "someone_helps",
    "f14_basic_wish": "read",
    "m01_obstacles": "money housing",
    "n06_taster": "maybe",
    "q05_referral": "taalhuis",
    "q07_handover": "counsellor_calls",
    "q06_share_consent": "yes",
    "b05_consent_needs": "no",
    "b06_consent_origin": "no",
}


@pytest.fixture(scope="module")
def talk_form(request) -> FormDefinition:
    path = request.config.rootpath / "resources" / "forms" / "compiled" / "intake.xml"
    return parse_form(path.read_bytes())


def live_talk(form: FormDefinition, person: dict[str, str], version: str, jobs: int, courses: list[str]) -> FormEntry:
    entry = FormEntry.new(form, now=lambda: datetime(2027, 3, 1, 10, tzinfo=UTC), seed=1)
    answers = {"a06_version": version, **EVERYBODY, **(FULL if version == "full" else {}), **person}
    for name, value in answers.items():
        ref = next(node.ref for node in entry.nodes() if node.ref.endswith(f"/{name}"))
        assert entry.set_value(ref, value).rejected is None, name
    for _ in range(jobs - 1):
        entry.add_repeat("/data/job")
    for number, where in enumerate(courses, 1):
        if number > 1:
            entry.add_repeat("/data/course")
        entry.set_value(f"/data/course[{number}]/g03_course_where", where)
    entry.set_host("suggestions", [{"id": one, "label": one, "source": "match"} for one in ("tm3", "zw3")])
    for ref in entry.instances("/data/suggestions"):
        entry.set_value(f"{ref}/p01_reaction", "nice")
    for node in list(entry.nodes()):
        if "/j01_ri_" in node.ref:
            entry.set_value(node.ref, "fun")
    return entry


def screens(entry: FormEntry, version: str, first: int, last: int) -> int:
    """Screens at places from `first` to before `last`: one per place, and one per instance of an ordinary repeat."""
    seen: set[tuple[int, str]] = set()
    more = 0
    for node in entry.nodes():
        bind = entry.definition.binds[re.sub(r"\[\d+\]", "", node.ref)]
        name = node.ref.rsplit("/", 1)[-1]
        if not node.relevant or name in NOT_COUNTED:
            continue
        for place in map(int, bind.tags.get(version, "").split()):
            if first <= place < last:
                seen.add((place, instance_of(entry, node.ref)))
                more += MORE_SCREENS.get(name, 0)
    return len(seen) + more


def instance_of(entry: FormEntry, ref: str) -> str:
    """The repeat instance whose screens the node stands on; "" on screens of the talk itself."""
    parts = ref.split("/")[:-1]
    while parts:
        here = "/".join(parts)
        generic = re.sub(r"\[\d+\]", "", here)
        if here.endswith("]") and "together" not in entry.definition.binds[generic].tags:
            return here
        parts.pop()
    return ""


@pytest.mark.parametrize(("person", "count"), [(WORKER, 35), (REFUGEE, 36), (NT1, 36)])
def test_the_short_talk_has_as_many_screens_as_promised(talk_form, person, count):
    entry = live_talk(talk_form, person, "short", 1, [])
    assert screens(entry, "short", 0, AFTER) == count


@pytest.mark.parametrize(
    ("person", "courses", "first", "second"),
    [(WORKER, ["nl", "nl"], 44, 41), (REFUGEE, ["other"], 49, 52), (NT1, ["nl"], 41, 45)],
)
def test_the_full_talk_has_as_many_screens_as_promised(talk_form, person, courses, first, second):
    jobs = 1 if person is NT1 else 2
    entry = live_talk(talk_form, person, "full", jobs, courses)
    assert (screens(entry, "full", 0, SECOND), screens(entry, "full", SECOND, AFTER)) == (first, second)
