"""What a form may know of this laptop and of the record before: nothing of a person but the counsellor's own name."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from intake_app.domain.ids import FormId, InstanceId
from intake_app.errors import RecordMissing
from intake_app.services.policy import Action, guarded, guarded_object
from intake_app.services.ports import Store
from intake_app.services.renames import new_names

DEVICE_ID, USERNAME = "deviceid", "username"
_SETTING = "device_id"
_FINALIZED = "talk_finalized"


@guarded_object(Action.TALK)
@dataclass(frozen=True)
class DeviceProperties(Mapping[str, str]):
    """ODK's device properties. `deviceid` is a random number of this installation, made when a form first asks.

    It tells nothing of the machine: no serial number, no network address. Other properties (telephone number,
    e-mail) are not told.
    """

    store: Store = field(repr=False)

    def __getitem__(self, name: str) -> str:
        if name == USERNAME:
            return self.store.account.name
        if name == DEVICE_ID:
            return self._device_id()
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter((DEVICE_ID, USERNAME))

    def __len__(self) -> int:
        return 2

    def _device_id(self) -> str:
        with self.store.unit_of_work() as uow:
            known = uow.settings.get(_SETTING)
            if not known:
                known = f"intake:{uuid.uuid4()}"
                uow.settings.set(_SETTING, known)
                uow.commit()
        return known


@guarded(Action.TALK)
def last_saved(store: Store, form_id: FormId, *, practice: bool) -> bytes | None:
    """The record of this form that this account finished last; practice talks see only practice talks.

    None when there is none, or the last one is erased or no longer kept.
    """
    with store.unit_of_work() as uow:
        mine = store.account.account_id
        lines = [line for line in uow.audit.list() if line.action == _FINALIZED and line.account_id == mine]
        names = new_names(uow)
        for line in reversed(lines):
            talk = InstanceId(line.subject)
            try:
                instance = uow.instances.get(names.get(talk, talk))
            except RecordMissing:
                continue
            person = uow.participants.get(instance.participant_id)
            if instance.form_id == form_id and person.practice == practice:
                return instance.xml
    return None
