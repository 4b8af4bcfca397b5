"""Consent answers of a talk as records: code, text version, language, way and moment of each (DOMAIN 2.2, 2.7)."""

from __future__ import annotations

from datetime import datetime

from intake_app.domain.consent import ConsentCode, ConsentRecord
from intake_app.profile.answers import Answers

CONSENT_CONCEPTS = {
    "consent_record": ConsentCode.RECORD,
    "consent_central": ConsentCode.CENTRAL,
    "consent_contact": ConsentCode.CONTACT,
    "consent_needs": ConsentCode.NEEDS,
    "consent_origin": ConsentCode.ORIGIN,
    "consent_stats": ConsentCode.COUNTING,
}
"""Concept of each consent question outside repeats; C7 is asked per referral."""


def consent_records(answers: Answers, text_version: str, language: str, at: datetime) -> tuple[ConsentRecord, ...]:
    """Every consent that was answered, yes or no, as it stands at this moment."""
    way = answers.text("consent_form")
    records = [
        ConsentRecord(code, word == "yes", text_version, language, way, at)
        for concept, code in CONSENT_CONCEPTS.items()
        if (word := answers.text(concept)) in {"yes", "no"}
    ]
    for row in answers.rows_with("share_consent"):
        word = row.text("share_consent")
        if word in {"yes", "no"}:
            organisation = row.text("referral")
            records.append(
                ConsentRecord(ConsentCode.SHARING, word == "yes", text_version, language, way, at, organisation)
            )
    return tuple(records)
