"""The one rule that decides what leaves the laptop, over all tags and consents."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from intake_app.domain.consent import ConsentCode, ConsentRecord, released, standing

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
WORDS = ("T", "N", "C1", "C2", "C3", "C4", "C5", "C6", "C7", "c2", "C8", "altijd")
consents = st.frozensets(st.sampled_from(ConsentCode))
tag = st.fixed_dictionaries(
    {},
    optional={
        "consent": st.lists(st.sampled_from(WORDS), max_size=3).map(" ".join),
        "central": st.sampled_from(["yes", "no", "", "Yes"]),
        "sensitive": st.sampled_from(["0", "1", "9"]),
    },
)
form = st.dictionaries(st.sampled_from([f"/data/q{number}" for number in range(12)]), tag)


@given(consents, form)
def test_without_consent_to_send_nothing_leaves(
    given_: frozenset[ConsentCode], tags: dict[str, dict[str, str]]
) -> None:
    assert released(given_ - {ConsentCode.CENTRAL}, tags) is None


@given(consents, form)
def test_each_field_needs_a_place_at_the_centre_and_every_consent_it_names(
    given_: frozenset[ConsentCode], tags: dict[str, dict[str, str]]
) -> None:
    given_ |= {ConsentCode.CENTRAL}
    expected = set()
    for ref, told in tags.items():
        words = set(told.get("consent", "").split())
        if told.get("central") == "yes" and words and words - {"T"} <= {code.value for code in given_}:
            expected.add(ref)

    assert released(given_, tags) == expected


@given(consents, consents, form)
def test_one_more_consent_never_takes_a_field_away(
    one: frozenset[ConsentCode], more: frozenset[ConsentCode], tags: dict[str, dict[str, str]]
) -> None:
    base = one | {ConsentCode.CENTRAL}
    few, many = released(base, tags), released(base | more, tags)

    assert few is not None
    assert many is not None
    assert few <= many


@given(consents, form)
def test_what_lives_in_memory_only_or_has_no_tags_never_leaves(
    given_: frozenset[ConsentCode], tags: dict[str, dict[str, str]]
) -> None:
    kept = released(given_ | {ConsentCode.CENTRAL}, tags | {"/data/untagged": {}}) or frozenset()

    assert not [ref for ref in kept if "N" in tags.get(ref, {}).get("consent", "N").split()]


answers = st.lists(
    st.tuples(st.sampled_from(ConsentCode), st.booleans(), st.sampled_from(["", "uwv"]), st.booleans()), max_size=8
)


@given(answers)
def test_the_newest_answer_to_each_consent_counts(told: list[tuple[ConsentCode, bool, str, bool]]) -> None:
    records = [
        ConsentRecord(code, yes, "1", "nl", "", NOON + timedelta(minutes=n), where, NOON if taken_back else None)
        for n, (code, yes, where, taken_back) in enumerate(told)
    ]
    last = {(record.code, record.organisation): record for record in records}

    assert standing(records) == {code for (code, _), record in last.items() if record.stands}
    assert standing(reversed(records)) == standing(records)
