"""The name under which a record stands here and at the centre now, where a withdrawal gave it another."""

from __future__ import annotations

from intake_app.domain.ids import InstanceId
from intake_app.services.ports import UnitOfWork


def stands_as(uow: UnitOfWork, name: InstanceId) -> InstanceId:
    """The name of now for one of before; the same where it never began anew."""
    for withdrawal in uow.rights.withdrawals():
        name = dict(withdrawal.anew).get(name, name)
    return name
