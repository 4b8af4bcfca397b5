"""Reasons as codes with parameters; only `i18n.phrases` makes sentences of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class ReasonCode(StrEnum):
    """Every reason, note and caution that a suggestion can carry (DOMAIN 4.4-11 to 4.4-15).

    Params: `skills` a list of skill ids, `card` a card id, `letters` RIASEC letters, `kinds` codes of n04,
    `sector`, `requirement` (code and text_nl), `level`, `cefr`, `source`, `date`, `occupation`, `hours` a code of l01.
    """

    CAN_ALREADY = "can_already"
    CARD_SHOWS = "card_shows"
    JOB_SHOWS = "job_shows"
    LIKED_CARD = "liked_card"
    INTEREST_FITS = "interest_fits"
    WISH_LEARN_KIND = "wish_learn_kind"
    WISH_BODY = "wish_body"
    WISH_SECTOR = "wish_sector"
    OWN_IDEA = "own_idea"
    NEAR_YOUR_WORK = "near_your_work"
    STILL_LEARN = "still_learn"
    NEEDED = "needed"
    VOG_ASKED = "vog_asked"
    LANGUAGE_FIRST = "language_first"
    LANGUAGE_AT_WORK = "language_at_work"
    LEVEL_GAP = "level_gap"
    REGULATED_NO_PROOF = "regulated_no_proof"
    NO_CORE_SKILL = "no_core_skill"
    DEMAND_HIGH = "demand_high"
    DEMAND_UNKNOWN = "demand_unknown"
    CHECK_DATE = "check_date"
    NOTE_EARLY_SHIFT = "note_early_shift"
    NOTE_CHILDCARE_FIRST = "note_childcare_first"
    NOTE_FIXED_HOURS = "note_fixed_hours"
    NOTE_LICENCE = "note_licence"
    WISH_AVOIDED = "wish_avoided"
    CAUTION_REGISTRATION_FIRST = "registration_first"
    CAUTION_SCREENING = "screening"
    CAUTION_SELF_EMPLOYMENT = "self_employment"
    CAUTION_DEMAND_FALLING = "demand_falling"
    CAUTION_BLOOD_ANIMALS = "blood_animals"
    CAUTION_CONSULT_FIRST = "consult_first"
    FIT_LOW = "fit_low"
    ONLY_WHEN_ASKED = "only_when_asked"
    OTHERS_FIRST = "others_first"
    IMPORTED_LIST = "imported_list"
    CHANGE_LANGUAGE = "change_language"
    CHANGE_PAPER = "change_paper"
    CHANGE_HOURS = "change_hours"
    CHANGE_LEVEL = "change_level"
    CHANGE_SKILL = "change_skill"
    GROWTH_STEP = "growth_step"
    SECTOR_SPREAD = "sector_spread"
    ENTRY_NOW = "entry_now"
    OFFER_LANGUAGE_WISH = "offer_language_wish"
    OFFER_DIGITAL_WISH = "offer_digital_wish"
    OFFER_LEARN_KIND = "offer_learn_kind"
    OFFER_TASTER = "offer_taster"
    OFFER_FOREIGN_DIPLOMA = "offer_foreign_diploma"
    OFFER_FOR_OCCUPATION = "offer_for_occupation"
    OFFER_MAYBE = "offer_maybe"
    OFFER_ASK_AT = "offer_ask_at"


@dataclass(frozen=True)
class Reason:
    """One reason code with what fills its sentence."""

    code: ReasonCode
    params: Mapping[str, object] = field(default_factory=dict)
