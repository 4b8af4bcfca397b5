"""What stands otherwise in a record at the centre, and is not asked at the conflict desk."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from intake_app.domain.ids import FormId, FormVersion
from intake_app.services.meeting import Beside
from intake_app.services.policy import Action, guarded
from intake_app.services.sent_content import lines_of

if TYPE_CHECKING:
    from intake_app.services.office import Office

_META = frozenset({"instanceID", "deprecatedID", "instanceName", "start", "end"})
_MANY = " · "
Answers = tuple[str, ...]


@guarded(Action.PEOPLE)
def beside(
    office: Office,
    form_id: FormId,
    version: FormVersion,
    records: tuple[bytes, bytes, bytes],
    asked: Collection[str] = (),
) -> tuple[Beside, ...]:
    """What the centre changed since `records[0]`, as it is in ours and in theirs, less the questions that are `asked`.

    Without a first record everything that is not the same. Of a list only what is not on both sides.
    """
    before, ours, theirs = (_by_name(office, form_id, version, xml) for xml in records)
    return tuple(
        Beside(*key, *_apart(ours.get(key, ()), theirs.get(key, ())))
        for key in dict.fromkeys((*(before or ours), *theirs))
        if (not records[0] or before.get(key) != theirs.get(key))
        and theirs.get(key) != ours.get(key)
        and (not key[1] or key[1] not in asked)
    )


def _apart(ours: Answers, theirs: Answers) -> tuple[str, str]:
    here, there = ([one for one in mine if one not in other] for mine, other in ((ours, theirs), (theirs, ours)))
    if not here and not there:  # the same in another order
        here, there = list(ours), list(theirs)
    return _MANY.join(here), _MANY.join(there)


def _by_name(office: Office, form_id: FormId, version: FormVersion, xml: bytes) -> dict[tuple[str, str], Answers]:
    found: dict[tuple[str, str], Answers] = {}
    for line in lines_of(office, form_id, version, xml) if xml else ():
        if line.name not in _META and line.answer:
            key = (line.name, line.question)
            found[key] = (*found.get(key, ()), line.answer)
    return found
