"""The repository of consents: every answer to every consent text, and what was taken back."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import col, select

from intake_app.domain.consent import ConsentCode, ConsentRecord
from intake_app.domain.ids import ParticipantId
from intake_app.storage.models import ConsentRow
from intake_app.storage.repositories import Repository, aware, packed, reading


class Consents(Repository):
    """Every answer to every consent text."""

    def add(self, participant_id: ParticipantId, record: ConsentRecord) -> None:
        """Keep one more answer. Raises `RecordMissing` and `RecordErased`."""
        self._own(participant_id)
        consent_id = str(uuid.uuid4())
        sealed = self._seals.seal(participant_id, "consent", consent_id, packed(consent_content(record)))
        self._session.add(
            ConsentRow(consent_id=consent_id, participant_id=participant_id, at=aware(record.at), sealed=sealed)
        )
        self._session.flush()

    def of(self, participant_id: ParticipantId) -> tuple[ConsentRecord, ...]:
        """The answers in the order they were given. Raises `RecordMissing` and `RecordErased`."""
        self._own(participant_id)
        return tuple(self._record(row) for row in self._rows(participant_id))

    def withdraw(self, participant_id: ParticipantId, code: ConsentCode, organisation: str, at: datetime) -> int:
        """Note the moment with every standing "yes" to this consent; gives how many stood.

        Raises `RecordMissing` and `RecordErased`.
        """
        self._own(participant_id)
        count = 0
        for row in self._rows(participant_id):
            record = self._record(row)
            if record.code is code and record.organisation == organisation and record.stands:
                content = packed(consent_content(replace(record, withdrawn_at=at)))
                row.sealed = self._seals.seal(participant_id, "consent", row.consent_id, content)
                self._session.add(row)
                count += 1
        self._session.flush()
        return count

    def _rows(self, participant_id: str) -> Sequence[ConsentRow]:
        own = select(ConsentRow).where(ConsentRow.participant_id == participant_id)
        return self._session.exec(own.order_by(col(ConsentRow.position))).all()

    def _record(self, row: ConsentRow) -> ConsentRecord:
        content = self._seals.open(row.participant_id, "consent", row.consent_id, row.sealed)
        with reading("consent"):
            known = json.loads(content)
            withdrawn = known["withdrawn_at"]
            return ConsentRecord(
                code=ConsentCode(known["code"]),
                given=known["given"],
                text_version=known["text_version"],
                language=known["language"],
                way=known["way"],
                at=datetime.fromisoformat(known["at"]),
                organisation=known["organisation"],
                withdrawn_at=datetime.fromisoformat(withdrawn) if withdrawn else None,
            )


def consent_content(record: ConsentRecord) -> dict[str, object]:
    """A consent as it is sealed."""
    return {
        "code": record.code.value,
        "given": record.given,
        "text_version": record.text_version,
        "language": record.language,
        "way": record.way,
        "organisation": record.organisation,
        "at": aware(record.at).isoformat(),
        "withdrawn_at": aware(record.withdrawn_at).isoformat() if record.withdrawn_at else None,
    }
