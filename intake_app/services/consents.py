"""Consent answers of a talk as records: code, text version, language, way and moment of each (DOMAIN 2.2, 2.7)."""

from __future__ import annotations

from dataclasses import replace
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
HOST = "consent_record"
"""The host list in which the talk keeps these records."""


def consent_records(answers: Answers, text_version: str, language: str, at: datetime) -> tuple[ConsentRecord, ...]:
    """Every answer that was given to a consent so far: those kept before, and what changed as news of `at`.

    A "yes" that no longer stands keeps its row and gets the moment of its withdrawal; a "no" stays as it was.
    """
    way = answers.text("consent_form")
    told = _told(answers)
    kept = [replace(record, way=way or record.way) for record in _kept(answers)]
    newest = {(record.code, record.organisation): number for number, record in enumerate(kept)}
    for key, number in newest.items():
        if kept[number].stands and told.get(key) is not True:
            kept[number] = replace(kept[number], withdrawn_at=at)
    news = [
        ConsentRecord(code, given, text_version, language, way, at, organisation)
        for (code, organisation), given in told.items()
        if (code, organisation) not in newest
        or kept[newest[(code, organisation)]].given is not given
        or kept[newest[(code, organisation)]].withdrawn_at is not None
    ]
    return (*kept, *news)


def consent_rows(records: tuple[ConsentRecord, ...]) -> list[dict[str, str]]:
    """The records as rows of the host list."""
    return [
        {
            "code": record.code.value,
            "given": "yes" if record.given else "no",
            "text_version": record.text_version,
            "language": record.language,
            "way": record.way,
            "at": record.at.isoformat(timespec="seconds"),
            "withdrawn_at": record.withdrawn_at.isoformat(timespec="seconds") if record.withdrawn_at else "",
            "organisation": record.organisation,
        }
        for record in records
    ]


def _told(answers: Answers) -> dict[tuple[ConsentCode, str], bool]:
    """The consent questions that have an answer now, by code and organisation."""
    told = {(code, ""): answers.text(concept) for concept, code in CONSENT_CONCEPTS.items()}
    for row in answers.rows_with("share_consent"):
        told[(ConsentCode.SHARING, row.text("referral"))] = row.text("share_consent")
    return {key: word == "yes" for key, word in told.items() if word in {"yes", "no"}}


def _kept(answers: Answers) -> list[ConsentRecord]:
    rows = [row for row in answers.rows(HOST) if row.host("code")]
    return [
        ConsentRecord(
            code=ConsentCode(row.host("code")),
            given=row.host("given") == "yes",
            text_version=row.host("text_version"),
            language=row.host("language"),
            way=row.host("way"),
            at=datetime.fromisoformat(row.host("at")),
            organisation=row.host("organisation"),
            withdrawn_at=datetime.fromisoformat(row.host("withdrawn_at")) if row.host("withdrawn_at") else None,
        )
        for row in rows
    ]
