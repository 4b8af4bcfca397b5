"""A sheet of a plan as sentences to be read aloud, section by section, with what no loudspeaker may say marked so."""

from __future__ import annotations

from dataclasses import dataclass

from intake_app.domain.plan import PlanDocument
from intake_app.plan.document import aloud_for
from intake_app.services.office import Office
from intake_app.services.policy import Action, guarded
from intake_app.services.voice.spoken import Spoken

_PRIVATE = frozenset({"private", "referral"})
"""Sheets for one pair of eyes: sensitive help and obstacles, and a letter with where somebody can be reached."""
_CONSENTS = frozenset({"data"})
"""Sheets that repeat the texts of the consents, which no robot voice reads (DOMAIN 2.1-9)."""


@dataclass(frozen=True)
class HeardSection:
    """What is read between two headings; `page` is where it stands on the sheet, from 1."""

    page: int
    sentences: tuple[Spoken, ...]


def like(kind: str, language: str, text: str = "?", text_id: str = "") -> Spoken:
    """A sentence as it stands on this kind of sheet: what holds for it holds for the whole sheet."""
    return Spoken(text, language, text_id, private=kind in _PRIVATE, consent=kind in _CONSENTS)


@guarded(Action.TALK)
def plan_aloud(office: Office, plan: PlanDocument, kind: str = "plan") -> tuple[HeardSection, ...]:
    """The sections of a sheet in the language of the plan, from top to bottom. Raises UnknownName.

    A sentence has a number for a name: its Dutch words may hold the name of a person.
    """
    found, number = [], 0
    for section in aloud_for(plan, office.catalogue, kind=kind, language=plan.language):
        spoken = tuple(
            like(kind, one.language, one.text, f"{kind}.{place}") for place, one in enumerate(section.texts, number)
        )
        number += len(spoken)
        found.append(HeardSection(section.page, spoken))
    return tuple(found)
