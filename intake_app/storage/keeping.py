"""Repositories of what outlives a talk: case cards, counting rows, withdrawals, requests and proof of consent."""

from __future__ import annotations

import json
from datetime import date, datetime

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from intake_app.domain.consent import ConsentCode, ConsentRecord
from intake_app.domain.follow_up import TasterState, TasterStep
from intake_app.domain.ids import AccountId, FormVersion, InstanceId, ParticipantId, ParticipantNumber
from intake_app.domain.keeping import CardStay, CaseCard, CountingRow, DataRequest, KeptConsent, Tombstone, Withdrawal
from intake_app.errors import RecordErased, RecordMissing
from intake_app.storage.consents import consent_content
from intake_app.storage.kept_models import (
    CaseCardRow,
    CountingRowRow,
    DataRequestRow,
    KeptConsentRow,
    WithdrawalRow,
)
from intake_app.storage.models import OutboxRow, TombstoneRow
from intake_app.storage.repositories import Repository, Seals, aware, packed, reading


class CaseCards(Repository):
    """Case cards of the own caseload, each under its own key: they open when the person's talks have gone."""

    def __init__(self, session: Session, seals: Seals) -> None:
        super().__init__(session, seals)
        self.keys_made: set[ParticipantId] = set()
        self.erased: set[ParticipantId] = set()

    def save(self, card: CaseCard) -> None:
        """Keep a card, or replace what it says. Raises `RecordErased` for a card that was erased."""
        if self._session.get(TombstoneRow, card.card_id) is not None:
            raise RecordErased(id=card.card_id)
        row = self._session.get(CaseCardRow, card.card_id)
        if row is None:
            self._seals.keys.make(ParticipantId(card.card_id))
            self.keys_made.add(ParticipantId(card.card_id))
            row = CaseCardRow(
                card_id=card.card_id,
                participant_id=card.participant_id,
                account_id=card.account_id,
                made_at=aware(card.made_at),
                runs_from=aware(card.runs_from),
                sealed=b"",
            )
        row.runs_from = aware(card.runs_from)
        row.sealed = self._seals.seal(card.card_id, "case_card", card.card_id, packed(_card_content(card)))
        self._session.add(row)
        self._session.flush()

    def of(self, participant_id: ParticipantId) -> CaseCard | None:
        """The card of a person, or None; also None for a card of somebody else's caseload."""
        row = self._session.exec(select(CaseCardRow).where(CaseCardRow.participant_id == participant_id)).first()
        return self._card(row) if row is not None and self._seals.may_open(row.card_id) else None

    def list(self) -> tuple[CaseCard, ...]:
        """The cards of the own caseload, the one that goes first in front."""
        rows = self._session.exec(select(CaseCardRow).order_by(col(CaseCardRow.runs_from)))
        return tuple(self._card(row) for row in rows if self._seals.may_open(row.card_id))

    def stays(self) -> tuple[CardStay, ...]:
        """Every card's clock, of all caseloads."""
        rows = self._session.exec(select(CaseCardRow).order_by(col(CaseCardRow.runs_from)))
        count = select(OutboxRow.card_id, func.count()).where(col(OutboxRow.card_id).is_not(None))
        waiting = dict(self._session.exec(count.group_by(col(OutboxRow.card_id))).all())
        return tuple(
            CardStay(
                row.card_id,
                ParticipantId(row.participant_id),
                AccountId(row.account_id),
                row.runs_from,
                self._seals.may_open(row.card_id),
                waiting.get(row.card_id, 0),
            )
            for row in rows
        )

    def erase(self, participant_id: ParticipantId, at: datetime) -> None:
        """Remove the card of a person, leave a tombstone, destroy its key at commit; no card is fine."""
        row = self._session.exec(select(CaseCardRow).where(CaseCardRow.participant_id == participant_id)).first()
        if row is None:
            return
        self._session.add(TombstoneRow(participant_id=row.card_id, number="", erased_at=aware(at)))
        self.erased.add(ParticipantId(row.card_id))
        self._session.delete(row)
        self._session.flush()

    def _card(self, row: CaseCardRow) -> CaseCard:
        content = self._seals.open(row.card_id, "case_card", row.card_id, row.sealed)
        with reading("case_card"):
            known = json.loads(content)
            return CaseCard(
                card_id=row.card_id,
                participant_id=ParticipantId(row.participant_id),
                number=ParticipantNumber(known["number"]),
                account_id=AccountId(row.account_id),
                made_at=row.made_at,
                runs_from=row.runs_from,
                call_name=known["call_name"],
                contact=tuple(known["contact"]),
                language=known["language"],
                steps=tuple(known["steps"]),
                next_date=date.fromisoformat(known["next_date"]) if known["next_date"] else None,
                practice=known["practice"],
                tasters=tuple(_taster(one) for one in known.get("tasters", ())),
                referrals=tuple(known.get("referrals", ())),
                spoken_on=tuple(date.fromisoformat(day) for day in known.get("spoken_on", ())),
                missed=known.get("missed", 0),
                closed=known.get("closed", False),
                counted=tuple(known.get("counted", ())),
            )


class Counting(Repository):
    """Counting rows of the running quarter."""

    def add(self, row: CountingRow) -> None:
        """Keep a row."""
        sealed = self._seals.seal(None, "counting_row", row.row_id, packed(row.content))
        self._session.add(CountingRowRow(row_id=row.row_id, quarter=row.quarter, sealed=sealed))
        self._session.flush()

    def list(self) -> tuple[CountingRow, ...]:
        """All rows, the oldest quarter first; within a quarter in the order of their random numbers."""
        rows = self._session.exec(select(CountingRowRow).order_by(col(CountingRowRow.quarter), CountingRowRow.row_id))
        found = []
        for row in rows:
            content = self._seals.open(None, "counting_row", row.row_id, row.sealed)
            with reading("counting_row"):
                found.append(CountingRow(row.row_id, row.quarter, json.loads(content)))
        return tuple(found)

    def remove(self, quarter: str) -> None:
        """Take the rows of a quarter away: they are in the tally."""
        self._session.exec(delete(CountingRowRow).where(col(CountingRowRow.quarter) == quarter))


class Rights(Repository):
    """Withdrawals, requests to the centre, proof of consent and the list of who was erased."""

    def __init__(self, session: Session, seals: Seals) -> None:
        super().__init__(session, seals)
        self.noted = False

    def withdraw(self, withdrawal: Withdrawal) -> None:
        """Write down that a consent was taken back; from then on it holds for every backup too."""
        at = aware(withdrawal.at)
        content = {
            "number": withdrawal.number,
            "code": withdrawal.code.value,
            "organisation": withdrawal.organisation,
            "anew": withdrawal.anew,
        }
        place = f"{withdrawal.participant_id}#{at.isoformat()}"
        sealed = self._seals.seal(None, "withdrawal", place, packed(content))
        self._session.add(WithdrawalRow(participant_id=withdrawal.participant_id, at=at, sealed=sealed))
        self._session.flush()
        self.noted = True

    def withdrawals(self) -> tuple[Withdrawal, ...]:
        """Every consent that was ever taken back on this laptop, in that order."""
        rows = self._session.exec(select(WithdrawalRow).order_by(col(WithdrawalRow.position)))
        return tuple(self._withdrawal(row) for row in rows)

    def tombstones(self) -> tuple[Tombstone, ...]:
        """Who was erased, oldest first."""
        rows = self._session.exec(select(TombstoneRow).order_by(col(TombstoneRow.erased_at)))
        return tuple(
            Tombstone(ParticipantId(row.participant_id), ParticipantNumber(row.number), row.erased_at) for row in rows
        )

    def ask(self, request: DataRequest) -> None:
        """Keep a request to the central caseworker."""
        content = {
            "talk_id": request.talk_id,
            "kind": request.kind,
            "code": request.code.value if request.code else "",
            "requested_by": request.requested_by,
            "language": request.language,
            "form_version": request.form_version,
            "record": request.record.decode(),
        }
        self._session.add(
            DataRequestRow(
                instance_id=request.instance_id,
                number=request.number,
                asked_at=aware(request.asked_at),
                done_at=aware(request.done_at) if request.done_at else None,
                sealed=self._seals.seal(None, "data_request", request.instance_id, packed(content)),
            )
        )
        self._session.flush()
        self.noted = self.noted or request.lasts

    def requests(self) -> tuple[DataRequest, ...]:
        """Every request, oldest first."""
        rows = self._session.exec(select(DataRequestRow).order_by(col(DataRequestRow.asked_at)))
        return tuple(self._request(row) for row in rows)

    def carried_out(self, instance_id: InstanceId, at: datetime) -> None:
        """The Werkcentrum said that it was done. Raises `RecordMissing`."""
        row = self._session.get(DataRequestRow, instance_id)
        if row is None:
            raise RecordMissing(kind="data_request", id=instance_id)
        row.done_at = aware(at)
        self._session.add(row)
        self._session.flush()
        self.noted = True

    def keep_consents(self, kept: tuple[KeptConsent, ...]) -> None:
        """Keep proof of consents whose records go now."""
        for one in kept:
            at = aware(one.ended_at)
            place = f"{one.number}#{at.isoformat()}"
            sealed = self._seals.seal(None, "kept_consent", place, packed(consent_content(one.record)))
            self._session.add(KeptConsentRow(number=one.number, ended_at=at, sealed=sealed))
        self._session.flush()

    def kept_consents(self) -> tuple[KeptConsent, ...]:
        """All proof that is still kept."""
        rows = self._session.exec(select(KeptConsentRow).order_by(col(KeptConsentRow.position)))
        return tuple(self._kept(row) for row in rows)

    def forget_before(self, moment: datetime) -> int:
        """Remove proof and finished requests from before a moment; gives how many."""
        edge = aware(moment)
        gone = self._session.exec(delete(KeptConsentRow).where(col(KeptConsentRow.ended_at) < edge)).rowcount
        done = self._session.exec(delete(DataRequestRow).where(col(DataRequestRow.done_at) < edge)).rowcount
        self.noted = self.noted or bool(done)
        return gone + done

    def _withdrawal(self, row: WithdrawalRow) -> Withdrawal:
        content = self._seals.open(None, "withdrawal", f"{row.participant_id}#{row.at.isoformat()}", row.sealed)
        with reading("withdrawal"):
            known = json.loads(content)
            return Withdrawal(
                ParticipantId(row.participant_id),
                ParticipantNumber(known["number"]),
                ConsentCode(known["code"]),
                row.at,
                known["organisation"],
                tuple((InstanceId(old), InstanceId(new)) for old, new in known.get("anew", ())),
            )

    def _request(self, row: DataRequestRow) -> DataRequest:
        content = self._seals.open(None, "data_request", row.instance_id, row.sealed)
        with reading("data_request"):
            known = json.loads(content)
            return DataRequest(
                instance_id=InstanceId(row.instance_id),
                number=ParticipantNumber(row.number),
                talk_id=known["talk_id"],
                kind=known["kind"],
                asked_at=row.asked_at,
                code=ConsentCode(known["code"]) if known["code"] else None,
                requested_by=known["requested_by"],
                language=known["language"],
                done_at=row.done_at,
                # of before, when a request did not keep what was sent
                form_version=FormVersion(known["form_version"]) if known.get("form_version") else None,
                record=known.get("record", "").encode(),
            )

    def _kept(self, row: KeptConsentRow) -> KeptConsent:
        content = self._seals.open(None, "kept_consent", f"{row.number}#{row.ended_at.isoformat()}", row.sealed)
        with reading("kept_consent"):
            known = json.loads(content)
            withdrawn = known.pop("withdrawn_at")
            record = ConsentRecord(
                code=ConsentCode(known.pop("code")),
                at=datetime.fromisoformat(known.pop("at")),
                withdrawn_at=datetime.fromisoformat(withdrawn) if withdrawn else None,
                **known,
            )
            return KeptConsent(ParticipantNumber(row.number), record, row.ended_at)


def _card_content(card: CaseCard) -> dict[str, object]:
    return {
        "number": card.number,
        "call_name": card.call_name,
        "contact": list(card.contact),
        "language": card.language,
        "steps": list(card.steps),
        "next_date": card.next_date.isoformat() if card.next_date else "",
        "practice": card.practice,
        "tasters": [
            [one.offer, one.label_nl, one.state.value, one.since.isoformat() if one.since else ""]
            for one in card.tasters
        ],
        "referrals": list(card.referrals),
        "spoken_on": [day.isoformat() for day in card.spoken_on],
        "missed": card.missed,
        "closed": card.closed,
        "counted": list(card.counted),
    }


def _taster(told: list[str]) -> TasterStep:
    offer, label, state, since = told
    return TasterStep(offer, label, TasterState(state), date.fromisoformat(since) if since else None)
