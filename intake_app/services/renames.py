"""The name under which a record stands here and at the centre now, where a withdrawal gave it another."""

from __future__ import annotations

from collections.abc import Mapping

from intake_app.domain.ids import InstanceId
from intake_app.services.ports import UnitOfWork


def new_names(uow: UnitOfWork) -> Mapping[InstanceId, InstanceId]:
    """The names of before, each with the one of now."""
    found: dict[InstanceId, InstanceId] = {}
    for withdrawal in uow.rights.withdrawals():
        anew = dict(withdrawal.anew)
        found = {old: anew.get(name, name) for old, name in found.items()} | anew
    return found


def stands_as(uow: UnitOfWork, name: InstanceId) -> InstanceId:
    """The name of now for one of before; the same where it never began anew."""
    return new_names(uow).get(name, name)
