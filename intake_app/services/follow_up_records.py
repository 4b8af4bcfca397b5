"""A written record that hangs on a case card, as it is kept there."""

from __future__ import annotations

from datetime import datetime

from intake_app.domain.follow_up import FollowUpRecord
from intake_app.domain.ids import AccountId, InstanceId
from intake_app.domain.instance import InstanceStatus
from intake_app.services.follow_up_known import Known
from intake_app.services.records import Record


def on_card(
    known: Known, record: Record, by: AccountId, at: datetime, corrects: InstanceId | None = None
) -> FollowUpRecord:
    """The record, complete, all of which may leave; `corrects` names what it takes the place of."""
    return FollowUpRecord(
        record.instance_id,
        known.owner,
        record.form_id,
        record.form_version,
        by,
        InstanceStatus.COMPLETE,
        at,
        record.xml,
        record.xml,
        corrects,
    )
