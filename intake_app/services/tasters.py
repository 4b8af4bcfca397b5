"""Tasters and work-learning places: who is interested, registered or was there, and what room is left (DOMAIN 5)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from intake_app.domain.catalogue import Catalogue, Offer
from intake_app.domain.draft import AuditLine
from intake_app.domain.follow_up import TasterState, TasterStep
from intake_app.domain.ids import ParticipantId
from intake_app.errors import RecordMissing
from intake_app.profile.answers import Answers
from intake_app.services.policy import Action, guarded
from intake_app.services.ports import Store

if TYPE_CHECKING:
    from intake_app.services.office import Office

FORMS = ("taster", "work_place")
"""`Offer.form` of a real place at a real time."""


@dataclass(frozen=True)
class TasterPlace:
    """A place in the catalogue: `left` people can still come as the catalogue told on `checked_on`; None is unknown."""

    offer: str
    label_nl: str
    form: str
    place: str
    starts: date | None
    ends: date | None
    left: int | None
    checked_on: date | None
    is_sample: bool


def steps_of(answers: Answers, catalogue: Catalogue) -> tuple[TasterStep, ...]:
    """The tasters and places that were chosen in a talk (p07)."""
    chosen = [row.host("id") for row in answers.rows("offers") if row.text("offers") == "yes"]
    offers = [catalogue.offers[name] for name in chosen if name in catalogue.offers]
    return tuple(TasterStep(offer.id, offer.label_nl) for offer in offers if offer.form in FORMS)


def places(catalogue: Catalogue, today: date) -> tuple[TasterPlace, ...]:
    """Every taster and work-learning place that is switched on and not over; the soonest in front, full ones last."""
    found = [_place(offer) for offer in catalogue.offers.values() if _is_on(offer, today)]
    return tuple(sorted(found, key=lambda one: (one.left == 0, one.starts or date.max, one.offer)))


@guarded(Action.PEOPLE)
def set_taster(office: Office, participant_id: ParticipantId, offer: str, state: TasterState) -> TasterStep:
    """Note on the case card how far somebody is with a taster or place; one that was not chosen before is added.

    Raises RecordMissing without a card, or for an offer that is no taster or place.
    """
    now, today = office.clock.now(), office.clock.today()
    known = office.catalogue.offers.get(offer)
    with office.store.unit_of_work() as uow:
        card = uow.cards.of(participant_id)
        if card is None:
            raise RecordMissing(kind="case_card", id=participant_id)
        before = next((one for one in card.tasters if one.offer == offer), None)
        if before is None and (known is None or known.form not in FORMS):
            raise RecordMissing(kind="offer", id=offer)
        step = TasterStep(offer, before.label_nl if before else known.label_nl if known else offer, state, today)
        rest = tuple(one for one in card.tasters if one.offer != offer)
        uow.cards.save(replace(card, tasters=(*rest, step)))
        uow.audit.add(AuditLine(now, office.store.account.account_id, "taster_noted", participant_id))
        uow.commit()
    return step


@guarded(Action.PEOPLE)
def taster_counts(store: Store) -> dict[str, dict[TasterState, int]]:
    """Offer to how many of the own caseload stand where with it; practice apart."""
    counts: dict[str, dict[TasterState, int]] = {}
    with store.unit_of_work() as uow:
        cards = uow.cards.list()
    for step in (step for card in cards if not card.practice for step in card.tasters):
        states = counts.setdefault(step.offer, dict.fromkeys(TasterState, 0))
        states[step.state] += 1
    return counts


def _is_on(offer: Offer, today: date) -> bool:
    # a taster without an end is one day, a place without one stays open
    last = offer.ends or (offer.starts if offer.form == FORMS[0] else None)
    return offer.form in FORMS and offer.default_on and (last is None or last >= today)


def _place(offer: Offer) -> TasterPlace:
    return TasterPlace(
        offer.id,
        offer.label_nl,
        offer.form,
        offer.place,
        offer.starts,
        offer.ends,
        offer.capacity,
        offer.provenance.checked_on,
        offer.is_sample,
    )
