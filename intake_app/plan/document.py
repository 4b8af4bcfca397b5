"""What the prints say: from a plan document to sheets of paired texts; no measures, no drawing (DOMAIN 6).

Nothing here knows of answers that may never be printed: they are no part of a `PlanDocument`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from intake_app.domain.catalogue import Catalogue
from intake_app.domain.plan import PlanDocument
from intake_app.errors import UnknownName
from intake_app.plan.address_slip import address_sheet
from intake_app.plan.aloud import Aloud, AloudSection, sections_of, without_private
from intake_app.plan.companions import appointment_sheet, data_sheet, referral_sheet, skills_sheet
from intake_app.plan.content import Sheet
from intake_app.plan.counsellor_page import counsellor_sheet
from intake_app.plan.parts import Writer
from intake_app.plan.plan_pages import plan_sheet, private_sheet
from intake_app.plan.stored import document_from_json, document_to_json

__all__ = ["KINDS", "Aloud", "AloudSection", "aloud_for", "document_from_json", "document_to_json", "sheet_for"]

_BUILDERS: Mapping[str, Callable[[Writer], Sheet]] = {
    "plan": plan_sheet,
    "large": plan_sheet,
    "private": private_sheet,
    "data": data_sheet,
    "skills": skills_sheet,
    "referral": referral_sheet,
    "appointment": appointment_sheet,
    "counsellor": counsellor_sheet,
    "address": address_sheet,
}

KINDS = tuple(_BUILDERS)
"""The prints that can be made: `plan` is the fridge page and page two, `large` the same in 18 point."""


def sheet_for(document: PlanDocument, catalogue: Catalogue, *, kind: str, language: str) -> Sheet:
    """The content of one print in `language` and Dutch. Raises UnknownName for a kind that is not in KINDS."""
    if kind not in _BUILDERS:
        raise UnknownName(kind="print", name=kind, known=KINDS)
    # the counsellor reads Dutch; everything else is for the participant
    spoken = "nl" if kind == "counsellor" else language
    return _BUILDERS[kind](Writer(document, catalogue, spoken, kind))


def aloud_for(document: PlanDocument, catalogue: Catalogue, *, kind: str, language: str) -> tuple[AloudSection, ...]:
    """What one print says to who hears it, in `language`. Raises UnknownName for a kind that is not in KINDS."""
    return sections_of(sheet_for(without_private(document), catalogue, kind=kind, language=language))
