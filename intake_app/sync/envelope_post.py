"""Sends what came out of an envelope along the same way as what waits on a laptop: one round over a bag of records."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from intake_app.domain.clock import Clock
from intake_app.domain.ids import InstanceId
from intake_app.domain.instance import OutboxHead, OutboxItem, Receipt
from intake_app.sync.openrosa import OpenRosaServer
from intake_app.sync.worker import ServerLike, run_once


class Bag:
    """An outbox for one round; what was confirmed is told afterwards."""

    def __init__(self, items: Sequence[OutboxItem]) -> None:
        self._rows = {item.instance_id: item for item in items}
        self.receipts: list[Receipt] = []

    def heads(self) -> tuple[OutboxHead, ...]:
        """What is not confirmed yet."""
        return tuple(item.head for item in self._rows.values())

    def load_some(self, instance_ids: Sequence[InstanceId]) -> Mapping[InstanceId, OutboxItem]:
        """Those of these records."""
        return {name: self._rows[name] for name in instance_ids if name in self._rows}

    def still_waiting(self, instance_ids: Sequence[InstanceId]) -> Collection[InstanceId]:
        """Which of these are not confirmed."""
        return frozenset(self.load_some(instance_ids))

    def keep(self, receipts: Sequence[Receipt], attempts: Sequence[OutboxItem]) -> Collection[InstanceId]:
        """Receipts take their records out."""
        for receipt in receipts:
            if self._rows.pop(receipt.instance_id, None) is not None:
                self.receipts.append(receipt)
        for item in attempts:
            if item.instance_id in self._rows:
                self._rows[item.instance_id] = item
        return self.still_waiting([item.instance_id for item in attempts])


def post_to(
    server: ServerLike, items: Sequence[OutboxItem], clock: Clock
) -> tuple[list[Receipt], str, dict[str, object]]:
    """One round, and a second for what was refused: that a record was deleted there counts when it is heard twice.

    Gives the receipts, and what ended the round or set a record apart ("" when all went).
    """
    bag = Bag(items)
    report = run_once(bag, server, clock.now(), asked_by_person=True)
    if report.failed and not report.problem:
        report = run_once(bag, server, clock.now(), asked_by_person=True)
    if report.problem or not report.failed:
        return bag.receipts, report.problem, report.problem_params
    return bag.receipts, report.failed[0].code, dict(report.failed[0].params)


def post(
    address: str, token: str, items: Sequence[OutboxItem], clock: Clock
) -> tuple[list[Receipt], str, dict[str, object]]:
    """The same to a server by its address and the token of an app user. Raises ServerAddressWrong."""
    with OpenRosaServer(address, token, clock=clock) as server:
        return post_to(server, items, clock)
