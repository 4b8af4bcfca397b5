"""A record as it stands at the centre, in a file that the Werkcentrum gave: it meets ours at the conflict desk.

The file is what ODK Central gives for a submission as XML (`…/forms/FORM/submissions/ID.xml`): the current version of
the record, to be fetched by who may read records there.
"""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

from intake_app.domain.draft import ParticipantRecord
from intake_app.domain.ids import FormId, FormVersion, InstanceId
from intake_app.domain.instance import FrozenInstance
from intake_app.errors import CentreRecordOther, FormInvalid, SealMissing
from intake_app.profile.answers import Answers
from intake_app.services.beside import beside
from intake_app.services.chains import INTAKE, Refused, refused_edits
from intake_app.services.conflicts import meet, take_hand_over
from intake_app.services.differences import told_by
from intake_app.services.follow_up_chains import late_plan
from intake_app.services.follow_up_desk import meet_follow_up
from intake_app.services.follow_up_known import FOLLOW_UP, PLAN, STATUS
from intake_app.services.hand_over import OpenedHandOver, Source
from intake_app.services.meeting import Beside, Meeting, There
from intake_app.services.office import Office
from intake_app.services.policy import Action, guarded
from intake_app.services.ports import UnitOfWork
from intake_app.xforms.api import FormEntry

_FORM = re.compile(rb"<\w[^>]*?\sid=\"([^\"]{1,100})\"")
_BEGINNINGS = (b"<", b"\xef\xbb\xbf<")


@guarded(Action.PEOPLE)
def open_from_elsewhere(office: Office, file: Path, number: str, code: str) -> OpenedHandOver | Meeting:
    """Open a file of another place with number and code, or a record from the Werkcentrum, which needs neither.

    Raises as `conflicts.take_hand_over` and `meet_centre_record`; then nothing has changed.
    """
    if office.envelopes is None:
        raise SealMissing(form_id=INTAKE)
    content = office.envelopes.load(file)
    if content.lstrip().startswith(_BEGINNINGS):
        return meet_centre_record(office, content)
    return take_hand_over(office, file, number, code)


@guarded(Action.PEOPLE)
def meet_centre_record(office: Office, xml: bytes) -> Meeting:
    """Lay what stands at the centre beside a correction that was refused as out of date, of a talk or of a follow-up.

    Raises CentreRecordOther for a record that no refused correction here is about, one that is locked, or one that is
    the version our correction started from; UnsafeXml for bytes that are no sound XML.
    """
    found = _FORM.search(xml)
    form_id = found[1].decode(errors="replace") if found else ""
    form = office.forms.get(form_id)
    if form is None or b'encrypted="yes"' in xml[:4000]:
        raise CentreRecordOther(form_id=form_id, problem="locked" if form is not None else "form")
    try:
        entry = FormEntry.restore(form, xml, media=office.media, now=office.clock.now, language="nl")
    except FormInvalid:
        raise CentreRecordOther(form_id=form_id, problem="form") from None
    number = Answers(entry, form).host("participant_number")
    with office.store.unit_of_work() as uow:
        people = [one for one in uow.participants.list() if one.number == number]
        refused = refused_edits(uow, people[0].participant_id).get(form_id) if people else None
        base = uow.instances.get(refused.base) if refused is not None else None
        after = _after_talk(uow, people, form_id, refused)
    if after:
        return meet_follow_up(office, form, entry, xml)
    if refused is None or base is None:
        raise CentreRecordOther(form_id=form_id, problem="person")
    stands_there = InstanceId(entry.instance_id)
    if not stands_there or stands_there in {base.instance_id, *refused.rows}:
        raise CentreRecordOther(form_id=form_id, problem="version")
    return meet(office, _there(office, number, refused, base, xml, stands_there))


def _after_talk(uow: UnitOfWork, people: list[ParticipantRecord], form_id: str, refused: Refused | None) -> bool:
    """Whether a record is about what a follow-up wrote, and not about the talk."""
    if form_id == PLAN and people:
        return late_plan(uow, people[0].participant_id) is not None
    return form_id == FOLLOW_UP or (form_id == STATUS and refused is None)


def _there(
    office: Office, number: str, refused: Refused, base: FrozenInstance, xml: bytes, stands_there: InstanceId
) -> There:
    form_id = str(base.form_id)
    before = base.released_xml or b""
    is_talk = form_id == INTAKE
    talk = (before, xml) if is_talk else (refused.first.xml, refused.first.xml)
    if not is_talk:
        with office.store.unit_of_work() as uow:
            talks = [one for one in uow.instances.of_participant(base.participant_id) if one.form_id == INTAKE]
        talk = (talks[-1].xml, talks[-1].xml)
    return There(
        name=sha256(xml).hexdigest()[:32],
        number=number,
        source=Source("", "", "", office.clock.today(), ""),
        theirs=talk[1],
        versions={form_id: [str(base.instance_id), str(stands_there)]},
        given=talk[0],
        beside=_beside(office, base.form_id, base.form_version, (before, refused.first.released_xml or b"", xml)),
    )


def _beside(
    office: Office, form_id: FormId, version: FormVersion, records: tuple[bytes, bytes, bytes]
) -> tuple[Beside, ...]:
    """What the centre changed and the desk does not ask."""
    asked: set[str] = set()
    if form_id == INTAKE:
        form = office.forms[INTAKE]
        entries = [FormEntry.restore(form, xml, media=office.media, now=office.clock.now) for xml in records[1:]]
        asked = {told.question for entry in entries for told in told_by(form, entry).values()}
    return beside(office, form_id, version, records, asked)
