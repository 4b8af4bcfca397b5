"""How long things stay (DOMAIN 8.11), each a setting of the place, with what is usual and what is allowed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class RetentionClocks:
    """Periods in days or months, as their names say; the usual ones unless the place decided otherwise."""

    draft_days: int = 30
    laptop_days: int = 30
    unsent_warn_days: int = 14
    unsent_block_days: int = 90
    case_card_days: int = 30
    special_months: int = 12
    central_months: int = 12
    central_max_months: int = 30
    consent_months: int = 12
    audit_months: int = 24
    backup_days: int = 30
    envelope_days: int = 14


LONGEST: dict[str, int] = {
    "draft_days": 90,
    "laptop_days": 90,
    "unsent_warn_days": 60,
    "unsent_block_days": 180,
    "case_card_days": 180,
    "special_months": 12,
    "central_months": 30,
    "central_max_months": 30,
    "consent_months": 60,
    "audit_months": 60,
    "backup_days": 30,
    "envelope_days": 30,
}
"""The longest each may be set to; the shortest is 1. DOMAIN fixes special_months, central_max_months, backup_days."""
