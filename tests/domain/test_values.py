"""Small rules of the field that plain values carry."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from intake_app.domain.catalogue import Occupation, Provenance, Requirement
from intake_app.domain.clock import FixedClock, SystemClock
from intake_app.domain.concepts import CONCEPTS, HOST_LISTS, HOST_VALUES, NAMES
from intake_app.domain.distance import road_km, straight_line_km
from intake_app.domain.draft import ParticipantRecord
from intake_app.domain.ids import AccountId, ParticipantId, ParticipantNumber
from intake_app.errors import DiskFull, IntakeError, ServerRefused, error_of

OCCUPATION = Occupation(
    id="zw3",
    rank=3,
    label_nl="Verzorgende",
    sector="care",
    isco="5321",
    level_text="mbo 3",
    lowest_level=3,
    highest_level=3,
    nlqf="3",
    cefr="b1",
    cefr_by_law=False,
    riasec="SCR",
    core_skills=("person_care",),
    other_skills=(),
    routes=("B",),
    requirements=(),
    body=(),
    cautions=(),
    source_class="A",
    provenance=Provenance("UWV", date(2027, 1, 1)),
)


@pytest.mark.parametrize(
    ("requirement", "regulated"),
    [
        (Requirement("BIG", "BIG-registratie", by_law=False), True),
        (Requirement("CERT", "lasdiploma", by_law=True), True),
        (Requirement("CERT", "lasdiploma", by_law=False), False),
        (Requirement("VOG", "VOG", by_law=True), False),
    ],
)
def test_work_is_regulated_by_law_or_register_never_by_a_certificate_of_conduct(
    requirement: Requirement, regulated: bool
) -> None:
    assert replace(OCCUPATION, requirements=(requirement,)).regulated is regulated


@pytest.mark.parametrize(
    ("source_class", "cautions", "named"), [("A", (), True), ("B", (), False), ("A", ("demand_falling",), False)]
)
def test_kansberoep_is_said_only_with_a_source_and_without_falling_demand(
    source_class: str, cautions: tuple[str, ...], named: bool
) -> None:
    assert replace(OCCUPATION, source_class=source_class, cautions=cautions).is_kansberoep is named


def test_groenlo_to_winterswijk_is_about_ten_kilometres() -> None:
    groenlo, winterswijk = (52.042, 6.616), (51.972, 6.719)

    assert straight_line_km(*groenlo, *winterswijk) == pytest.approx(10.5, abs=1)
    assert road_km(*groenlo, *winterswijk) > straight_line_km(*groenlo, *winterswijk)
    assert straight_line_km(*groenlo, *groenlo) == 0


def test_a_fixed_clock_stands_still_and_the_system_clock_knows_its_zone() -> None:
    clock = FixedClock(datetime(2027, 3, 1, 12, tzinfo=UTC))

    assert clock.now() == clock.now() == datetime(2027, 3, 1, 12, tzinfo=UTC)
    assert clock.today() == date(2027, 3, 1)
    assert SystemClock().now().utcoffset() is not None


def test_no_concept_stands_twice_and_none_is_called_like_a_list_heading() -> None:
    words = [word for line in NAMES.splitlines() if not line.endswith(":") for word in line.split()]

    assert len(words) == len(set(words)) == len(CONCEPTS)
    assert not HOST_VALUES & HOST_LISTS


def test_records_show_ids_and_no_person_in_a_log() -> None:
    record = ParticipantRecord(
        ParticipantId("p-1"),
        ParticipantNumber("4711-2085"),
        AccountId("a-1"),
        datetime(2027, 3, 1, tzinfo=UTC),
        call_name="Samira",
        age_group="27_56",
        language="ar",
    )

    assert "Samira" not in repr(record)
    assert "27_56" not in repr(record)


def test_an_error_comes_back_from_its_code_as_what_it_was() -> None:
    error = error_of("server_refused", {"status": 409})

    assert isinstance(error, ServerRefused)
    assert error.params == {"status": 409}
    assert isinstance(error_of("disk_full", {}), DiskFull)
    assert type(error_of("never_heard_of", {})) is IntakeError
