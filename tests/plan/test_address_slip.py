"""The slip of a talk of one question: what is not known of an organisation can be written on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from intake_app.domain.catalogue import Catalogue
from intake_app.domain.plan import Installation, PlanDocument, PlanReferral
from intake_app.plan.content import Box, Text
from intake_app.plan.document import sheet_for
from intake_app.plan.parts import WRITE_HERE
from intake_app.plan.pdf import render_plan

PLACES = ("werkcentrum", "taalhuis", "gemeente_werk")


def slip(language: str) -> PlanDocument:
    """Three organisations, as many as fit on A5."""
    return PlanDocument(
        participant_number="",
        plan_number="",
        call_name="",
        language=language,
        made_on=date(2026, 11, 25),
        counsellor="Anneke",
        installation=Installation("Werkcentrum", "Groenlo", "0544 000 000"),
        catalogue_version="1",
        question=("work",),
        referrals=tuple(PlanReferral(name, "", 0) for name in PLACES),
    )


def lines(catalogue: Catalogue, language: str = "nl") -> list[list[str]]:
    """The Dutch lines of each organisation."""
    (blocks,) = sheet_for(slip(language), catalogue, kind="address", language=language).pages
    boxes = [block for block in blocks if isinstance(block, Box)]
    return [[one.pair.nl.text for one in box.blocks if isinstance(one, Text)] for box in boxes]


def known(catalogue: Catalogue, **desk: str) -> Catalogue:
    """The catalogue with this desk for the first organisation."""
    first = replace(catalogue.organisations[PLACES[0]], **desk)
    return replace(catalogue, organisations={**catalogue.organisations, PLACES[0]: first})


def test_an_unknown_address_and_telephone_get_a_line_to_write_on(catalogue: Catalogue) -> None:
    first, *_ = lines(known(catalogue, address="", phone=""))

    assert [line for line in first if WRITE_HERE in line] == [f"Adres: {WRITE_HERE}", f"Telefoon: {WRITE_HERE}"]


def test_what_is_known_needs_no_line(catalogue: Catalogue) -> None:
    told = known(catalogue, address="Markt 1, Groenlo", phone="0544 111 222")
    half = known(catalogue, address="Markt 1, Groenlo", phone="")

    assert not any(WRITE_HERE in line for line in lines(told)[0])
    assert [line for line in lines(half)[0] if WRITE_HERE in line] == [f"Telefoon: {WRITE_HERE}"]


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_a_slip_with_lines_to_write_on_still_has_two_sides(
    catalogue: Catalogue, resources: Path, language: str
) -> None:
    pdf = render_plan(slip(language), catalogue, kind="address", language=language, resources=resources)
    document = pypdfium2.PdfDocument(pdf)
    try:
        assert len(document) <= 2
    finally:
        document.close()
