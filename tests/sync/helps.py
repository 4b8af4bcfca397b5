"""Records, outbox rows, an outbox in memory and clients for the tests of sending."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from xml.sax.saxutils import escape

import httpx

from intake_app.domain.clock import FixedClock
from intake_app.domain.ids import FormId, FormVersion, InstanceId
from intake_app.domain.instance import OutboxHead, OutboxItem, Receipt
from intake_app.sync.openrosa import OpenRosaServer
from intake_app.sync.trial_receiver import TrialReceiver
from intake_app.sync.wire import Timeouts

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SHORT = Timeouts(connect=5, read=5, write=5)


def record(name: str, *, replaces: str = "", text: str = "lassen", form: str = "intake", version: str = "1") -> bytes:
    """The frozen bytes of a record with instanceID `uuid:NAME`."""
    deprecated = f"<orx:deprecatedID>uuid:{replaces}</orx:deprecatedID>" if replaces else ""
    return (
        f'<data id="{form}" version="{version}" xmlns:orx="http://openrosa.org/xforms"><own_words>{escape(text)}'
        f"</own_words><orx:meta><orx:instanceID>uuid:{name}</orx:instanceID>{deprecated}</orx:meta></data>"
    ).encode()


def row(name: str, xml: bytes | None = None, *, minute: int = 0, **changes: object) -> OutboxItem:
    """An outbox row for that record, queued so many minutes after NOW."""
    item = OutboxItem(
        instance_id=InstanceId(f"uuid:{name}"),
        participant_id=None,
        form_id=FormId("intake"),
        form_version=FormVersion("1"),
        queued_at=NOW + timedelta(minutes=minute),
        xml=record(name) if xml is None else xml,
    )
    return replace(item, **changes)  # type: ignore[arg-type]


def edit(name: str, replaces: str, **more: object) -> OutboxItem:
    """An outbox row for an edit."""
    return row(name, record(name, replaces=replaces), **more)  # type: ignore[arg-type]


def client(receiver: TrialReceiver, *, token: str = "", timeouts: Timeouts = SHORT) -> OpenRosaServer:
    """A client of the receiver; `token` only where a wrong one is meant."""
    return OpenRosaServer(
        receiver.base_url,
        token or receiver.token,
        device_id="laptop-7",
        timeouts=timeouts,
        clock=FixedClock(NOW),
    )


def raw_post(receiver: TrialReceiver, content: bytes, content_type: str, **headers: str) -> httpx.Response:
    """A POST with a body of one's own making."""
    return httpx.post(
        f"{receiver.base_url}/submission",
        content=content,
        headers={
            "Authorization": f"Bearer {receiver.token}",
            "X-OpenRosa-Version": "1.0",
            "Content-Type": content_type,
            **headers,
        },
        trust_env=False,
    )


class MemoryOutbox:
    """An outbox that keeps the contract of the stored one, and remembers what was asked of it in which order."""

    def __init__(self, *items: OutboxItem) -> None:
        self.rows = {item.instance_id: item for item in items}
        self.receipts: list[Receipt] = []
        self.history: list[OutboxItem] = []

    def waiting(self) -> tuple[OutboxItem, ...]:
        return tuple(sorted(self.rows.values(), key=lambda item: item.queued_at))

    def heads(self) -> tuple[OutboxHead, ...]:
        return tuple(item.head for item in self.waiting())

    def load_some(self, instance_ids: Sequence[InstanceId]) -> dict[InstanceId, OutboxItem]:
        return {name: self.rows[name] for name in instance_ids if name in self.rows}

    def still_waiting(self, instance_ids: Sequence[InstanceId]) -> frozenset[InstanceId]:
        return frozenset(self.load_some(instance_ids))

    def keep(self, receipts: Sequence[Receipt], attempts: Sequence[OutboxItem]) -> frozenset[InstanceId]:
        for receipt in receipts:
            if self.rows.pop(receipt.instance_id, None) is not None:
                self.receipts.append(receipt)
        for item in attempts:
            if item.instance_id in self.rows:
                assert self.rows[item.instance_id].xml == item.xml
                self.rows[item.instance_id] = item
                self.history.append(item)
        return self.still_waiting([item.instance_id for item in attempts])
