"""Going on with an earlier talk: a short one grows to full, a finished one is opened as an edit (DESIGN 8)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from intake_app.domain.draft import AuditLine, DraftHeader
from intake_app.domain.ids import FormVersion, InstanceId
from intake_app.domain.instance import FrozenInstance
from intake_app.errors import EventRefused
from intake_app.services.conversation import Conversation
from intake_app.services.files import FileCase
from intake_app.services.policy import Action, guarded
from intake_app.services.talk import generic
from intake_app.services.versions import carry_over
from intake_app.services.walk.screens import VOLUNTEER, Screen
from intake_app.xforms.api import FormEntry

if TYPE_CHECKING:
    from intake_app.services.office import Office

SHORT, FULL = "short", "full"


def may_grow(conversation: Conversation) -> bool:
    """Whether a counsellor may turn this short talk into a full one; volunteers lead short talks only."""
    talk = conversation.talk
    return talk.recording and talk.answers.text("version") == SHORT and talk.context.role != VOLUNTEER


@guarded(Action.FULL_TALK)
def grow(conversation: Conversation) -> None:
    """From here on the talk is a full one; every answer and every skip stays. Raises EventRefused, StorageError."""
    ref = conversation.talk.answers.ref("version")
    if ref is None or not may_grow(conversation):
        raise EventRefused(ref=ref or "", reason="talk_stays_short")
    conversation.answer(ref, FULL)


def answered_before(conversation: Conversation) -> frozenset[str]:
    """Exact refs of all questions that were answered or skipped so far: what is not asked again."""
    talk = conversation.talk
    # Also what the walk passes over just now: who is at the table is asked anew in every sitting.
    given = (node.ref for node in talk.entry.nodes() if node.value and is_question(conversation, node.ref))
    found = frozenset(given) | frozenset(talk.skipped())
    not_yet = talk.answers.ref("not_yet")
    # "Nog niet kiezen" is the other half of choosing a direction: it has no answer of its own where one was chosen.
    chose = any(row.text("chosen") for row in talk.answers.rows("suggestions"))
    return found | {not_yet} if chose and not_yet else found


def is_question(conversation: Conversation, ref: str) -> bool:
    """Whether something can be answered here; a note of a form is an input that is always read-only."""
    form, name = conversation.talk.definition, generic(ref)
    control = form.controls.get(name)
    return control is not None and control.kind != "trigger" and form.binds[name].readonly != "true()"


def is_told(conversation: Conversation, screen: Screen, told: Callable[[str], bool]) -> bool:
    """Whether every question of a screen was told; of the rows of a list one reaction is enough.

    What the counsellor adds beside the guest's questions does not keep a screen open.
    """
    binds = conversation.talk.definition.binds
    asked = [ref for ref in screen.refs if is_question(conversation, ref)]
    mine = [ref for ref in asked if binds[generic(ref)].tags.get("who") == "counsellor"]
    answered: dict[str, bool] = {}
    for ref in asked if len(mine) == len(asked) else [ref for ref in asked if ref not in mine]:
        answered[generic(ref)] = answered.get(generic(ref), False) or told(ref)
    return bool(answered) and all(answered.values())


def is_known(
    conversation: Conversation, screens: tuple[Screen, ...], screen: Screen, told_before: frozenset[str]
) -> bool:
    """Whether all of a screen was told in an earlier sitting, so that it is not asked again.

    The screens of the second sitting that show first questions once more, filled in, are shown.
    """
    if not told_before or shown_again(screens, screen):
        return False
    return is_told(conversation, screen, told_before.__contains__)


def still_open(
    conversation: Conversation, screens: tuple[Screen, ...], screen: Screen, told_before: frozenset[str]
) -> frozenset[str]:
    """The questions of a screen that are left when those told in an earlier sitting stay away."""
    if not told_before or shown_again(screens, screen):
        return frozenset(screen.refs)
    told = {generic(ref) for ref in screen.refs if ref in told_before and is_question(conversation, ref)}
    return frozenset(ref for ref in screen.refs if generic(ref) not in told)


def shown_again(screens: tuple[Screen, ...], screen: Screen) -> bool:
    """Whether a screen shows questions of an earlier screen once more, filled in (the second sitting)."""
    earlier: set[str] = set()
    for other in screens:
        if other.key == screen.key:
            break
        earlier.update(other.refs)
    return not earlier.isdisjoint(screen.refs)


@guarded(Action.PEOPLE)
@guarded(Action.PEOPLE)
def reopen_finished(office: Office, instance_id: InstanceId) -> Conversation:
    """Open a finished talk to go on with: a new record that takes the place of the old one when it is finished.

    The new record names the old one as `deprecatedID` where the old one was released to the server; one that never
    left this laptop is only replaced here, since the server would not know what is meant (OpenRosa metadata,
    https://docs.getodk.org/openrosa-metadata/). The old record stays as it is. Raises RecordMissing, StorageError.
    """
    with office.store.unit_of_work() as uow:
        frozen = uow.instances.get(instance_id)
        person = uow.participants.get(frozen.participant_id)
    entry = _entry_of(office, frozen, practice=person.practice)
    now = office.clock.now()
    header = DraftHeader(
        instance_id=InstanceId(entry.instance_id),
        participant_id=frozen.participant_id,
        form_id=frozen.form_id,
        form_version=FormVersion(office.forms[frozen.form_id].version),
        account_id=office.store.account.account_id,
        started_at=now,
        updated_at=now,
        practice=person.practice,
    )
    with office.store.unit_of_work() as uow:
        uow.drafts.add(header)
        uow.drafts.save_savepoint(header.instance_id, entry.savepoint(), 0)
        carry_over(uow, header.participant_id, instance_id, header.instance_id, entry)
        uow.audit.add(AuditLine(now, header.account_id, "talk_reopened", header.instance_id))
        uow.commit()
    conversation = office.open_talk(header.instance_id)
    _ask_the_end_again(conversation)
    return conversation


def _entry_of(office: Office, frozen: FrozenInstance, *, practice: bool) -> FormEntry:
    definition = office.forms[frozen.form_id]
    media, now, ports = office.media, office.clock.now, office.ports(FileCase(), practice=practice)
    if frozen.released_xml is not None:
        return FormEntry.edit(definition, frozen.xml, media=media, now=now, language="nl", ports=ports)
    fresh = FormEntry.new(definition, media=media, now=now, language="nl", ports=ports)
    own = frozen.xml.replace(frozen.instance_id.encode(), fresh.instance_id.encode())
    return FormEntry.restore(definition, own, media=media, now=now, language="nl", ports=ports)


def _ask_the_end_again(conversation: Conversation) -> None:
    """How this talk ends is not known yet; who is at the table is asked first (it was never stored)."""
    talk = conversation.talk
    with talk.together():
        for concept in ("status", "know_step"):
            ref = talk.answers.ref(concept)
            if ref and talk.entry.value(ref):
                talk.answer(ref, "")
        talk.set_host("plan_handed_over", "")
