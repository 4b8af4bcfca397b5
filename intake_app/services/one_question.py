"""The talk of one question: five minutes from what the guest came for to addresses on a slip (DOMAIN 2.1-3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import TYPE_CHECKING

from intake_app.domain.catalogue import Catalogue, Offer, Organisation
from intake_app.domain.eligibility import Circumstances
from intake_app.domain.plan import PlanDocument, PlanOffer, PlanReferral
from intake_app.domain.profile import SkillsProfile
from intake_app.i18n.gettext import translations_folder
from intake_app.i18n.languages import review_state
from intake_app.matching.eligibility import suggest_offers
from intake_app.services.conversation import Conversation
from intake_app.services.policy import Action, guarded, guarded_object
from intake_app.services.tally import count_one_question

if TYPE_CHECKING:
    from intake_app.services.office import Office

VERSION = "one_question"
ELSEWHERE = "other"
KINDS = ("organisation", "offer", "occupation")
"""What a search may put beside the first answers; skills and cards are no place to go to."""
_WORK = "work"
_SENSITIVE_ON_REQUEST = 9
_MOST_OFFERS = 3


@dataclass(frozen=True)
class Found:
    """What helps with the question: where to go, and what there is to ask for."""

    organisations: tuple[Organisation, ...]
    offers: tuple[Offer, ...] = ()


@guarded_object(Action.TALK)
@dataclass
class OneQuestion:
    """A talk of one question at its answer. Nothing here is stored but a count.

    `municipality` is where the guest lives (code list `mun`), empty until somebody says so; `wanted` are things
    found by searching, as (kind, id); `typed` is what somebody is still typing to search. `added` and `refused` are
    ids that were put on the slip or taken off it by hand. All this outlives the page, that is made anew in another
    language and after looking back at the questions. Methods that count raise StorageError.
    """

    office: Office = field(repr=False)
    conversation: Conversation = field(repr=False)
    municipality: str = ""
    wanted: list[tuple[str, str]] = field(default_factory=list)
    typed: str = field(default="", repr=False)
    added: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)
    counted: bool = False

    def __post_init__(self) -> None:
        """Begin with the municipality in which this laptop stands, where its place is known."""
        self.municipality = self.municipality or _municipality_of(self.office)

    @property
    def questions(self) -> tuple[str, ...]:
        """What the guest came for (codes of a05)."""
        return self.conversation.talk.answers.many("question")

    def want(self, kind: str, name: str) -> None:
        """Something was found by searching."""
        if (kind, name) not in self.wanted:
            self.wanted.append((kind, name))

    def found(self) -> Found:
        """Where to go, what was searched first; organisations of the own municipality only."""
        catalogue = self.office.catalogue
        searched = [name for kind, name in self.wanted if kind == "organisation"]
        each = [self.office.first_answers.get(code, ()) for code in self.questions]
        # Two questions take turns, so that the first place of each stands at the top.
        first = [name for turn in zip_longest(*each) for name in turn if name]
        if any(kind == "occupation" for kind, _ in self.wanted):
            first = [*self.office.first_answers.get(_WORK, ())[:1], *first]
        if not first and not searched:
            first = list(self.office.first_answers.get("unsure", ()))
        here = [catalogue.organisations[n] for n in dict.fromkeys(searched + first) if n in catalogue.organisations]
        return Found(
            tuple(one for one in here if one.id in searched or self._is_near(one)), tuple(self._offers(catalogue))
        )

    def slip(self, organisations: Iterable[str], offers: Iterable[str]) -> PlanDocument:
        """What stands on the address slip: the chosen organisations and offers, no name and no number."""
        talk, office = self.conversation.talk, self.office
        catalogue = office.catalogue
        return PlanDocument(
            participant_number="",
            plan_number="",
            call_name="",
            language=talk.language,
            made_on=talk.clock.today(),
            counsellor=office.store.account.name,
            installation=office.installation,
            catalogue_version=catalogue.version,
            question=self.questions,
            referrals=tuple(PlanReferral(name, "", 0) for name in organisations),
            offers=tuple(PlanOffer(name, catalogue.offers[name].label_nl) for name in offers),
            language_state=review_state(talk.language, translations_folder()).state,
            practice=talk.header.practice,
        )

    def count(self) -> None:
        """Add this talk to the tally, once; a practice talk does not count (DOMAIN 8.10). Raises StorageError."""
        talk = self.conversation.talk
        if not self.counted and not talk.header.practice:
            count_one_question(self.office.store, self.questions, talk.clock.today())
        self.counted = True

    def _is_near(self, one: Organisation) -> bool:
        if one.sensitive >= _SENSITIVE_ON_REQUEST:
            return False
        return not self.municipality or self.municipality == ELSEWHERE or self.municipality in one.municipalities

    def _offers(self, catalogue: Catalogue) -> list[Offer]:
        searched = [catalogue.offers[name] for kind, name in self.wanted if kind == "offer"]
        works = [name for kind, name in self.wanted if kind == "occupation"]
        if not works:
            return searched
        profile = SkillsProfile(skills={}, municipality=self.municipality)
        suggested = suggest_offers(
            profile, works, Circumstances(), catalogue, self.office.rules, today=self.conversation.talk.clock.today()
        )
        known = {offer.id for offer in searched}
        fitting = [catalogue.offers[item.id] for item in suggested if item.id not in known]
        return [*searched, *fitting[:_MOST_OFFERS]]


@guarded(Action.TALK)
@guarded(Action.TALK)
def begin_one_question(office: Office) -> Conversation:
    """A talk of one question: its four screens, with the length already chosen."""
    conversation = office.begin_talk(talk_form=VERSION)
    ref = conversation.talk.answers.ref("version")
    if ref is not None:
        conversation.answer(ref, VERSION)
    return conversation


def _municipality_of(office: Office) -> str:
    """The municipality of the place in the settings, by the longest place name in it; "" when none is known."""
    location = office.installation.location.casefold()
    places = [place for place in office.catalogue.places if place.name.casefold() in location]
    return max(places, key=lambda place: len(place.name)).municipality if places else ""
