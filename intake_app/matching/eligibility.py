"""Which offers to mention, always as "misschien"; benefit and status act here and nowhere else (DOMAIN 4.4-13, 5)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from intake_app.domain.catalogue import Catalogue, Occupation, Offer, Place
from intake_app.domain.distance import road_km
from intake_app.domain.eligibility import Circumstances
from intake_app.domain.profile import SkillsProfile
from intake_app.domain.reasons import Reason, ReasonCode
from intake_app.domain.recommendation import OfferSuggestion
from intake_app.matching.route import consult_first_applies, consult_first_needed
from intake_app.matching.rules import Rules

__all__ = ["consult_first_applies", "suggest_offers"]

ANY = "*"
YES = "yes"


@dataclass(frozen=True)
class Person:
    """What offers may look at, as answers by name; an empty set means unknown."""

    answers: Mapping[str, frozenset[str]]
    chosen: tuple[Occupation, ...]
    profile: SkillsProfile
    circumstances: Circumstances


def suggest_offers(
    profile: SkillsProfile,
    chosen_occupations: Iterable[str],
    circumstances: Circumstances,
    catalogue: Catalogue,
    rules: Rules,
    *,
    today: date | None = None,
) -> tuple[OfferSuggestion, ...]:
    """Offers that an answer calls up and nothing known rules out.

    Most reasons first, then what is to be learnt or tried before money, then by id: in whatever order rows stand.

    Offers that a coordinator has not switched on are hidden. Those that have ended or are full are hidden too;
    `today` decides what has ended (without it only offers that ended before they were last checked).
    """
    chosen = tuple(
        catalogue.occupations[occupation] for occupation in chosen_occupations if occupation in catalogue.occupations
    )
    person = Person(answers_of(profile, chosen, circumstances, rules), chosen, profile, circumstances)
    found: list[tuple[int, OfferSuggestion]] = []
    for offer in catalogue.offers.values():
        called_by = _called_by(offer, person)
        if called_by and _open(offer, today) and _possible(offer, person, catalogue, rules):
            suggestion = OfferSuggestion(
                id=offer.id,
                label_nl=offer.label_nl,
                kinds=offer.kinds,
                reasons=tuple(_reasons(offer, called_by, person, rules)),
                is_sample=offer.is_sample,
            )
            found.append((len(called_by), suggestion))
    found.sort(key=lambda item: (-item[0], rules.offers.kinds_order.index(item[1].kinds[0]), item[1].id))
    return tuple(suggestion for _, suggestion in found[: rules.offers.most])


def answers_of(
    profile: SkillsProfile, chosen: Sequence[Occupation], circumstances: Circumstances, rules: Rules
) -> dict[str, frozenset[str]]:
    """The answers that conditions of offers may name (OFFER_ANSWERS); an empty set means unknown."""
    sectors = {*profile.taster_sectors, *(occupation.sector for occupation in chosen)}
    low = set(profile.cefr.values()) & set(rules.offers.low_cefr)
    long_work = any(job.years in rules.offers.long_job_years for job in profile.jobs)
    return {
        "learn_kind": frozenset(profile.learn_kind),
        "basic_wish": frozenset(profile.basic_wish),
        "taster": _some(profile.taster),
        "letter": _some(profile.letter),
        "level": _some(profile.level),
        "work_wish": frozenset(profile.work_wish),
        "obstacles": frozenset(profile.obstacles),
        "work_now": _some(circumstances.work_now or profile.work_now),
        "income": frozenset(circumstances.income),
        "age_group": _some(circumstances.age_group),
        "diploma_valued": _some(circumstances.diploma_valued),
        "foreign_schooling": _yes(circumstances.foreign_schooling),
        "azc": _yes(circumstances.location_is_azc),
        "language_gap": _yes(bool(low)),
        "experience": _yes(long_work),
        "kansberoep": _yes(any(occupation.is_kansberoep for occupation in chosen)),
        "sector": frozenset(sectors),
        "occupation": frozenset(occupation.id for occupation in chosen),
        "route": frozenset(route for occupation in chosen for route in occupation.routes),
        "requirement": frozenset(r.code for occupation in chosen for r in occupation.requirements),
    }


def _some(value: str) -> frozenset[str]:
    return frozenset({value}) if value else frozenset()


def _yes(holds: bool) -> frozenset[str]:
    return frozenset({YES}) if holds else frozenset()


STRICT_KEYS = frozenset({"sector", "occupation", "foreign_schooling"})
"""Conditions on what the person chose or has: not known means it does not hold."""


def _called_by(offer: Offer, person: Person) -> dict[str, frozenset[str]]:
    """The answers that call an offer up, by key."""
    hits = {key: person.answers.get(key, frozenset()) & set(values) for key, values in offer.shown_for.items()}
    return {key: values for key, values in hits.items() if values}


def _open(offer: Offer, today: date | None) -> bool:
    day = today or offer.provenance.checked_on
    ended = offer.ends is not None and day is not None and offer.ends < day
    return offer.default_on and not ended and offer.capacity != 0


def _possible(offer: Offer, person: Person, catalogue: Catalogue, rules: Rules) -> bool:
    for key, values in offer.conditions.items():
        known = person.answers.get(key, frozenset())
        if (known or key in STRICT_KEYS) and not known & set(values):
            return False
    return _within_reach(offer, person.profile, catalogue, rules)


def _within_reach(offer: Offer, profile: SkillsProfile, catalogue: Catalogue, rules: Rules) -> bool:
    """l04 filters offers; bus times cannot be known offline, so with bus or lift everything stays."""
    home, there = centre_of(profile.municipality, catalogue), centre_of(offer.municipality, catalogue)
    if home is None or there is None or home == there or profile.max_travel_minutes is None:
        return True
    if not profile.transport or set(profile.transport) & set(rules.offers.minutes_unknown):
        return True
    speeds = [rules.offers.km_per_hour[way] for way in profile.transport if way in rules.offers.km_per_hour]
    if not speeds:
        return True
    way = road_km(home.latitude, home.longitude, there.latitude, there.longitude)
    return way / float(max(speeds)) * 60 <= profile.max_travel_minutes


def centre_of(municipality: str, catalogue: Catalogue) -> Place | None:
    """The place a municipality is named after stands for all of it, else the first by name."""
    there = [place for place in catalogue.places if municipality and place.municipality == municipality]
    name = catalogue.municipalities[municipality].label_nl if municipality in catalogue.municipalities else ""
    return min(there, key=lambda place: (place.name != name, place.name), default=None)


def _reasons(offer: Offer, called_by: Mapping[str, Collection[str]], person: Person, rules: Rules) -> list[Reason]:
    reasons: list[Reason] = []
    for key, values in called_by.items():
        for code in _codes(rules.offers.reason_of.get(key, {}), sorted(values)):
            reason = Reason(code, _params(code, offer, sorted(values), person))
            if reason not in reasons:
                reasons.append(reason)
    reasons.append(Reason(ReasonCode.OFFER_MAYBE))
    if set(offer.kinds) & set(rules.offers.ask_kinds) and offer.ask_nl:
        reasons.append(Reason(ReasonCode.OFFER_ASK_AT, {"ask": offer.ask_nl}))
    if set(offer.kinds) & set(rules.offers.consult_first_kinds) and consult_first_needed(person.circumstances, rules):
        reasons.append(Reason(ReasonCode.CAUTION_CONSULT_FIRST))
    if offer.needs_cefr and _below(offer.needs_cefr, person.profile, rules):
        reasons.append(Reason(ReasonCode.LANGUAGE_FIRST, {"cefr": offer.needs_cefr.lower()}))
    return reasons


def _codes(table: Mapping[str, str], values: Iterable[str]) -> list[ReasonCode]:
    names = (table.get(value, table.get(ANY, "")) for value in values)
    return [ReasonCode(name) for name in dict.fromkeys(names) if name]


def _params(code: ReasonCode, offer: Offer, values: Sequence[str], person: Person) -> dict[str, object]:
    if code is ReasonCode.OFFER_LEARN_KIND:
        return {"kinds": [value for value in values if value not in {"language", "digital"}]}
    if code is ReasonCode.OFFER_TASTER and offer.sector:
        return {"sector": offer.sector}
    if code is ReasonCode.OFFER_FOR_OCCUPATION:
        return {"occupation": _occupation_for(offer, person)}
    return {}


def _occupation_for(offer: Offer, person: Person) -> str:
    """The first chosen occupation that the offer's own calls fit."""
    for occupation in person.chosen:
        fits = {
            "occupation": {occupation.id},
            "route": set(occupation.routes),
            "requirement": {requirement.code for requirement in occupation.requirements},
            "kansberoep": {YES} if occupation.is_kansberoep else set(),
        }
        if any(fits.get(key, set()) & set(values) for key, values in offer.shown_for.items()):
            return occupation.id
    return person.chosen[0].id if person.chosen else ""


def _below(asked: str, profile: SkillsProfile, rules: Rules) -> bool:
    order = rules.codes.cefr_order
    spoken = [order.index(profile.cefr[p]) for p in rules.codes.spoken_cefr if profile.cefr.get(p) in order]
    level = asked.partition("-")[0].lower()
    return bool(spoken) and level in order and min(spoken) < order.index(level)
