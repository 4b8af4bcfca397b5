"""The development plan as a value: what it says, in codes and own words; `plan` and `i18n.phrases` make it readable."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time

from intake_app.domain.reasons import Reason
from intake_app.domain.recommendation import Fit


@dataclass(frozen=True)
class OwnWords:
    """A sentence of the person: `text` in `language`, and the Dutch beside it when somebody gave it."""

    text: str
    language: str
    dutch: str = ""


@dataclass(frozen=True)
class PlanStep:
    """One step: what, who does it (participant, together, counsellor, partner), by when, and how it shows."""

    what: OwnWords
    who: str = "together"
    partner: str = ""
    by: date | None = None
    done_when: str = ""
    private: bool = False


@dataclass(frozen=True)
class PlanDirection:
    """A chosen occupation with its reasons; `chosen_route` is a route letter of DOMAIN 4.2 or ""."""

    occupation: str
    label_nl: str
    sector: str
    fit: Fit
    reasons: tuple[Reason, ...] = ()
    missing_skills: tuple[str, ...] = ()
    requirements: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    chosen_route: str = ""
    cautions: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlanReferral:
    """Where the person goes, and how contact is made (codes of q07). `sensitive` 1 or 9 goes to the private sheet."""

    organisation: str
    handover: str
    sensitive: int
    shared: bool = False


@dataclass(frozen=True)
class Appointment:
    """The next meeting (q08 and its parts); `how` is here, phone, visit or none."""

    day: date | None
    at: time | None = None
    place: str = ""
    how: str = ""


@dataclass(frozen=True)
class PlanOffer:
    """A possible offer on the plan, with its reasons."""

    offer: str
    label_nl: str
    reasons: tuple[Reason, ...] = ()
    is_sample: bool = False


@dataclass(frozen=True)
class PlanConsent:
    """One line of "Mijn gegevens": a consent code and whether it stands (None: not asked)."""

    code: str
    given: bool | None
    organisation: str = ""


@dataclass(frozen=True)
class Installation:
    """Settings of the place: names and numbers that stand on every plan."""

    organisation: str
    location: str
    phone: str
    controller: str = ""
    controller_contact: str = ""
    data_officer: str = ""
    central_name: str = "Werkcentrum Achterhoek"
    legal_basis: str = "consent"
    no_control_agreement: bool = False
    laptop_days: int = 30
    central_months: int = 12
    special_months: int = 12
    case_card_days: int = 30
    privacy_text: str = ""

    def kept(self, consent: str) -> tuple[int, int]:
        """Days on the laptop and months at the centre that hold for what this consent (C1 to C7) allows."""
        days = self.case_card_days if consent == "C3" else self.laptop_days
        return days, self.special_months if consent in ("C4", "C5") else self.central_months


PARTS = ("goal", "strengths", "directions", "steps", "offers", "referrals", "appointment")
"""The parts of a plan of which a next plan tells whether they changed."""


@dataclass(frozen=True)
class PlanDocument:
    """Everything the printed plan and its companions say (DOMAIN 6). Never C5 data, never o02 or d09."""

    participant_number: str
    plan_number: str
    call_name: str = field(repr=False)
    language: str
    made_on: date
    counsellor: str
    installation: Installation
    catalogue_version: str
    goal: OwnWords | None = None
    question: tuple[str, ...] = ()
    strengths: tuple[str, ...] = ()
    """Skill ids for "Dit kan ik", strongest first; pictures come from their card or group."""
    strength_cards: tuple[str, ...] = ()
    directions: tuple[PlanDirection, ...] = ()
    not_yet: bool = False
    interests: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    steps: tuple[PlanStep, ...] = ()
    referrals: tuple[PlanReferral, ...] = ()
    obstacles: tuple[str, ...] = ()
    offers: tuple[PlanOffer, ...] = ()
    appointment: Appointment | None = None
    consents: tuple[PlanConsent, ...] = ()
    handover_code: str = ""
    language_state: str = "machine"
    sources: tuple[tuple[str, date | None], ...] = ()
    practice: bool = False
    skill_levels: tuple[tuple[str, str], ...] = ()
    """Skill id and how well (seen, help, alone, teach), for the strengths."""
    dutch: tuple[tuple[str, str], ...] = ()
    """Part of the Dutch language (understand, speak, read, write) and level (a0 to c1)."""
    languages: tuple[str, ...] = ()
    """Codes of the other languages the person speaks."""
    level: str = ""
    """Highest education in Dutch terms (code of g01b or g07)."""
    papers: tuple[str, ...] = ()
    """Certificates and licences that are valid in the Netherlands (codes of g08)."""
    story: OwnWords | None = None
    """A time that it went well (i05); on the skills sheet only when the person agrees, asked at each print."""
    contact: str = field(default="", repr=False)
    """Phone or e-mail of the person, for the letter of referral."""
    changed: tuple[str, ...] = ()
    """What is new since the plan before this one (names of `PARTS`); empty for a first plan."""

    @property
    def turn(self) -> int:
        """Which plan of this person it is, from 1: the last part of its number."""
        last = self.plan_number.rpartition("-")[2]
        return int(last) if last.isdecimal() else 1


def changed_parts(before: PlanDocument, after: PlanDocument) -> tuple[str, ...]:
    """The names of `PARTS` in which two plans of one person differ."""
    return tuple(part for part in PARTS if getattr(before, part) != getattr(after, part))
