"""Which texts of the catalogue are translated, each with the context that keeps it apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from intake_app.domain.catalogue import Catalogue
from intake_app.domain.radar import WorkFacts


def catalogue_messages(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Context (`occupation:tm3`) and Dutch text of everything a person may read, each pair once."""
    seen: set[tuple[str, str]] = set()
    for message in _messages(catalogue):
        if message[1] and message not in seen:
            seen.add(message)
            yield message


def _messages(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    for kind, labels in catalogue.terms.items():
        for code, label in labels.items():
            yield f"{kind}:{code}", label
    for occupation in catalogue.occupations.values():
        yield f"occupation:{occupation.id}", occupation.label_nl
        yield "level", occupation.level_text
        yield "source", occupation.provenance.source
    for skill in catalogue.skills.values():
        yield f"skill:{skill.id}", skill.label_nl
    for card in catalogue.cards.values():
        yield f"card:{card.id}", card.label_nl
    for occupation in catalogue.occupations.values():
        for requirement in occupation.requirements:
            yield f"requirement:{requirement.code}", requirement.text_nl
    for offer in catalogue.offers.values():
        yield f"offer:{offer.id}", offer.label_nl
        yield f"offer_text:{offer.id}", offer.text_nl
        yield f"offer_ask:{offer.id}", offer.ask_nl
    for organisation in catalogue.organisations.values():
        yield f"organisation:{organisation.id}", organisation.label_nl
        yield f"organisation_role:{organisation.id}", organisation.role_nl


def work_messages(facts: Mapping[str, WorkFacts]) -> Iterator[tuple[str, str]]:
    """Context (`occupation_day:tm3`) and Dutch text of a day of each occupation."""
    for name, told in facts.items():
        if told.day_nl:
            yield f"occupation_day:{name}", told.day_nl
