"""Every catalogue text is translated, and distances are what a map says."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from intake_app.catalogue.distance import distance_km
from intake_app.catalogue.messages import catalogue_messages, work_messages
from intake_app.catalogue.work_facts import load_work_facts
from intake_app.domain.catalogue import Catalogue, Place
from intake_app.domain.distance import straight_line_km

TRANSLATIONS = Path(__file__).parents[2] / "translations"
STARTER = Path(__file__).parents[2] / "resources" / "catalogue"


def _catalogue_po(language: str) -> Catalog:
    with (TRANSLATIONS / language / "LC_MESSAGES" / "catalogue.po").open("rb") as stream:
        return read_po(stream)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_text_of_the_catalogue_is_translated(catalogue: Catalogue, language: str) -> None:
    translated = _catalogue_po(language)

    for context, dutch in (*catalogue_messages(catalogue), *work_messages(load_work_facts(STARTER))):
        message = translated.get(dutch, context)
        assert message is not None, (context, dutch)
        assert message.string, (context, dutch)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_translation_is_left_over(catalogue: Catalogue, language: str) -> None:
    wanted = {*catalogue_messages(catalogue), *work_messages(load_work_facts(STARTER))}

    assert {(message.context, message.id) for message in _catalogue_po(language) if message.id} == wanted


def test_arabic_texts_are_written_in_arabic_but_for_names() -> None:
    latin_only = [
        message.context
        for message in _catalogue_po("ar")
        if message.id and not any("\u0600" <= letter <= "\u06ff" for letter in message.string)
    ]

    assert all(context.startswith(("organisation:", "offer_ask:")) for context in latin_only), latin_only


def _place(catalogue: Catalogue, name: str) -> Place:
    return next(place for place in catalogue.places if place.name == name)


def test_the_straight_line_is_that_of_the_map(catalogue: Catalogue) -> None:
    here, there = _place(catalogue, "Winterswijk"), _place(catalogue, "Doetinchem")

    line = straight_line_km(here.latitude, here.longitude, there.latitude, there.longitude)

    assert line == pytest.approx(29.5, abs=0.1)
    assert distance_km(here, there) == pytest.approx(line * 1.3)
    assert distance_km(here, here) == 0


def test_every_municipality_has_places_close_to_each_other(catalogue: Catalogue) -> None:
    for municipality in catalogue.municipalities:
        places = [place for place in catalogue.places if place.municipality == municipality]
        assert places
        assert all(distance_km(places[0], place) < 35 for place in places)
