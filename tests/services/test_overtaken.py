"""A correction that came too late at the centre is not lost in the queue: it waits at the conflict desk."""

from __future__ import annotations

from dataclasses import replace

from intake_app.domain.ids import InstanceId
from intake_app.services.overtaken import overtaken_edits
from tests.fakes import records
from tests.services.helps import make_office


def test_only_an_edit_that_the_centre_found_out_of_date_is_named_and_once_for_each_person() -> None:
    office = make_office()
    with office.store.unit_of_work() as uow:
        uow.participants.add(records.participant())
        for name in ("uuid:a", "uuid:b", "uuid:c"):
            uow.outbox.add(records.item(name))
        uow.commit()
    assert overtaken_edits(office) == ()

    with office.store.unit_of_work() as uow:
        items = uow.outbox.some([InstanceId("uuid:a"), InstanceId("uuid:b"), InstanceId("uuid:c")])
        for name, problem in (("uuid:a", "edit_out_of_date"), ("uuid:b", "edit_out_of_date"), ("uuid:c", "id_taken")):
            uow.outbox.save_attempt(replace(items[InstanceId(name)], set_apart=True, last_problem=problem))
        uow.commit()
    (found,) = overtaken_edits(office)
    assert (found.participant_id, found.meeting) == (records.participant().participant_id, "")
