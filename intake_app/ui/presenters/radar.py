"""The radar of occupations in words: sectors, tiles, and one occupation from close by, in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from intake_app.domain.catalogue import Catalogue, Occupation
from intake_app.domain.radar import Blip, NearOffer, Way
from intake_app.domain.reasons import Reason, ReasonCode
from intake_app.i18n.formats import format_date
from intake_app.i18n.gettext import mark, translator
from intake_app.i18n.phrases import catalogue_text, code_words, fit_sentence, joined, reason_sentence
from intake_app.services.radar import Radar
from intake_app.ui.controls.words import Words
from intake_app.ui.presenters.rows import picture_of
from intake_app.ui.widgets.pair import Pair

HAVE, PARTLY, MISSING = "have", "partly", "missing"

_IN_DEMAND = mark("kansberoep: veel vraag")
_ELSEWHERE = mark("ander werk dat hierop lijkt")
_IMPORTED = mark("uit de lijst ESCO")
_HERE = mark("in uw plaats")
_BY = {
    # Translators: {minutes} is a number, {km} too: how far a place is, about.
    "walk": mark("ongeveer {minutes} minuten lopen"),
    "bike": mark("ongeveer {minutes} minuten fietsen"),
    "ebike": mark("ongeveer {minutes} minuten met de e-bike"),
    "moped": mark("ongeveer {minutes} minuten met de brommer"),
    "car": mark("ongeveer {minutes} minuten met de auto"),
}
_SHARED = mark("Hetzelfde: {skills}")
_LATER = mark("later, zie hierboven wat helpt")
_PAY = mark("Loon: {pay} ({source}, {date})")
STATE_WORDS = {HAVE: mark("dit kunt u"), PARTLY: mark("dit kunt u een beetje"), MISSING: mark("dit kunt u leren")}
_MOST_OFFERS = 5
_SAID_ON_TOP = frozenset({ReasonCode.OTHERS_FIRST})


@dataclass(frozen=True)
class Tile:
    """One occupation of a sector: its name, picture, and a note about how it fits and whether it is in demand."""

    id: str
    name: Pair
    pictogram: str
    note: Pair | None


@dataclass(frozen=True)
class SkillLine:
    """One skill of an occupation: `state` is have, partly or missing, and its words for who does not see it."""

    name: Pair
    state: str
    words: Pair


@dataclass(frozen=True)
class OfferLine:
    """An offer on the way: its name, and how far it is when that is known."""

    name: Pair
    distance: Pair | None
    sample: bool


@dataclass(frozen=True)
class NeighbourLine:
    """Work of another sector and what is the same in it."""

    id: str
    name: Pair
    sector: Pair
    shared: Pair
    pictogram: str


@dataclass(frozen=True)
class CloseUp:
    """One occupation from close by. `pay` and `in_demand` only where a source says so.

    `origin` names the imported list it comes from, `notice` what is then not known; such a one may have no `sector`.
    """

    id: str
    name: Pair
    pictogram: str
    sector: Pair | None
    fit: Pair | None
    in_demand: Pair | None
    origin: Pair | None
    notice: Pair | None
    day: Pair
    skills: tuple[SkillLine, ...]
    routes: tuple[Pair, ...]
    needed: tuple[Pair, ...]
    chance: Pair
    source: str
    pay: Pair | None
    against: tuple[Pair, ...]
    changes: tuple[Pair, ...]
    offers: tuple[OfferLine, ...]
    neighbours: tuple[NeighbourLine, ...]


class RadarPresenter:
    """Texts of the radar in a talk language beside Dutch; `language` nl for a counsellor alone."""

    def __init__(self, radar: Radar, language: str) -> None:
        self.radar = radar
        self.language = language
        self._catalogue: Catalogue = radar.office.catalogue
        self._words = Words(language)

    def sectors(self) -> tuple[Tile, ...]:
        """The sectors; in a talk those with work that fits best come first."""
        found = [
            Tile(code, self._both(f"sector:{code}", self._catalogue.terms["sector"][code]), f"sector_{code}", None)
            for code in self.radar.sectors
        ]
        return tuple(found)

    def first_sector(self) -> str:
        """Where to begin: the sector of the first proposal, else the first one."""
        known = (self._catalogue.known_occupation(name) for name in self.radar.proposed())
        sectors = [occupation.sector for occupation in known if occupation is not None and occupation.sector]
        return next(iter([*sectors, *self.radar.sectors]))

    def tiles(self, sector: str) -> tuple[Tile, ...]:
        """The occupations of a sector, at least five."""
        return tuple(self._tile(blip) for blip in self.radar.sectors[sector])

    def _tile(self, blip: Blip) -> Tile:
        occupation = self.radar.thing(blip.occupation)
        notes = [self._fit(blip.fit)] if blip.fit else []
        if blip.kansberoep:
            notes.append(self._words.pair(_IN_DEMAND))
        if occupation.imported:
            notes.append(self._words.pair(_IMPORTED))
        if not blip.own_sector:
            notes.append(self._words.pair(_ELSEWHERE))
        return Tile(
            occupation.id, self._name(occupation), picture_of(occupation.id, occupation.sector), self._chain(notes)
        )

    def close_up(self, name: str) -> CloseUp:
        """One occupation from close by."""
        occupation, close = self.radar.thing(name), self.radar.close(name)
        facts = self.radar.facts(name)
        states = {HAVE: close.have, PARTLY: close.partly, MISSING: close.missing}
        of_skill = {skill: state for state, skills in states.items() for skill in skills}
        order = (*occupation.core_skills, *occupation.other_skills)
        return CloseUp(
            id=name,
            name=self._name(occupation),
            pictogram=picture_of(occupation.id, occupation.sector),
            sector=self._sector(occupation),
            origin=self._words.pair(_IMPORTED) if occupation.imported else None,
            notice=self._sentence(Reason(ReasonCode.IMPORTED_LIST)) if occupation.imported else None,
            fit=self._fit(close.fit) if close.fit else None,
            in_demand=self._words.pair(_IN_DEMAND) if occupation.is_kansberoep else None,
            day=self._both(f"occupation_day:{name}", facts.day_nl),
            skills=tuple(self._skill(skill, of_skill[skill]) for skill in dict.fromkeys(order)),
            routes=tuple(self._route(way) for way in close.road.ways),
            needed=tuple(self._needed(occupation)),
            chance=self._sentence(self._chance(occupation)),
            source=_source(occupation),
            pay=self._pay(name),
            against=tuple(self._sentence(one) for one in self.radar.against(name) if one.code not in _SAID_ON_TOP),
            changes=tuple(self._sentence(reason) for reason in self.radar.changes(name)),
            offers=tuple(self._offer(one) for one in close.near[:_MOST_OFFERS]),
            neighbours=tuple(self._neighbour(one.occupation, one.shared) for one in close.neighbours),
        )

    def _sector(self, occupation: Occupation) -> Pair | None:
        if not occupation.sector:
            return None
        return self._both(f"sector:{occupation.sector}", self._catalogue.terms["sector"][occupation.sector])

    def _skill(self, skill: str, state: str) -> SkillLine:
        name = self._both(f"skill:{skill}", self._catalogue.skills[skill].label_nl)
        return SkillLine(name, state, self._words.pair(STATE_WORDS[state]))

    def _route(self, way: Way) -> Pair:
        own, dutch = code_words("route", way.route, self.language), code_words("route", way.route, "nl")
        pair = Pair(own, dutch, self.language)
        return pair if way.feasible or not self.radar.personal else self._chain([pair, self._words.pair(_LATER)])

    def _needed(self, occupation: Occupation) -> Iterable[Pair]:
        for asked in occupation.requirements:
            named = {"code": asked.code, "text_nl": asked.text_nl, "by_law": asked.by_law}
            yield self._sentence(Reason(ReasonCode.NEEDED, {"requirement": named}))

    def _chance(self, occupation: Occupation) -> Reason:
        checked = occupation.provenance.checked_on
        params = {"source": occupation.provenance.source, "date": checked.isoformat() if checked else ""}
        return Reason(ReasonCode.DEMAND_HIGH if occupation.is_kansberoep else ReasonCode.DEMAND_UNKNOWN, params)

    def _pay(self, name: str) -> Pair | None:
        facts = self.radar.facts(name)
        if not facts.pay_nl or facts.pay_checked_on is None:
            return None
        own, dutch = (
            self._words.pair(_PAY, pay=facts.pay_nl, source=facts.pay_source, date=format_date(facts.pay_checked_on, c))
            for c in (self.language, "nl")
        )
        return Pair(own.own, dutch.dutch, self.language)

    def _offer(self, near: NearOffer) -> OfferLine:
        offer = self._catalogue.offers[near.offer]
        name = self._both(f"offer:{offer.id}", offer.label_nl)
        if near.reach is None:
            return OfferLine(name, None, offer.is_sample)
        words = self._words
        far = words.pair(_BY[near.reach.way], minutes=near.reach.minutes) if near.reach.minutes else words.pair(_HERE)
        return OfferLine(name, far, offer.is_sample)

    def _neighbour(self, name: str, shared: Sequence[str]) -> NeighbourLine:
        other = self._catalogue.occupations[name]
        skills = [
            joined((catalogue_text(f"skill:{s}", self._catalogue.skills[s].label_nl, code) for s in shared), code)
            for code in (self.language, "nl")
        ]
        same = Pair(
            self._words.pair(_SHARED, skills=skills[0]).own, self._words.pair(_SHARED, skills=skills[1]).dutch,
            self.language,
        )  # fmt: skip
        sector = self._both(f"sector:{other.sector}", self._catalogue.terms["sector"][other.sector])
        return NeighbourLine(name, self._name(other), sector, same, picture_of(name, other.sector))

    def _name(self, occupation: Occupation) -> Pair:
        return self._both(f"occupation:{occupation.id}", occupation.label_nl)

    def _both(self, context: str, dutch: str) -> Pair:
        has = translator(self.language, "catalogue").has(dutch, context)
        return Pair(catalogue_text(context, dutch, self.language) if has else "", dutch, self.language)

    def _fit(self, fit: object) -> Pair:
        return Pair(fit_sentence(fit, self.language), fit_sentence(fit, "nl"), self.language)

    def _sentence(self, reason: Reason) -> Pair:
        own = reason_sentence(reason, self.language, self._catalogue)
        dutch = reason_sentence(reason, "nl", self._catalogue)
        return Pair("" if own == dutch else own, dutch, self.language)

    def _chain(self, pairs: Sequence[Pair]) -> Pair | None:
        """Short notes after each other."""
        if not pairs:
            return None
        own = " · ".join(pair.own or pair.dutch for pair in pairs)
        return Pair(own if any(pair.own for pair in pairs) else "", " · ".join(p.dutch for p in pairs), self.language)


def _source(occupation: Occupation) -> str:
    """Where the chance of work comes from and when it was checked, in Dutch for the counsellor."""
    say, found = translator("nl").text, occupation.provenance
    if found.checked_on is None:
        return say("Bron: {source}. Nog niet nagekeken.").format(source=found.source)
    checked = format_date(found.checked_on, "nl", "long")
    return say("Bron: {source}. Nagekeken op {date}.").format(source=found.source, date=checked)
