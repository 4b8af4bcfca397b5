"""What met at the conflict desk, after a consent was taken back: neither side says any more what it allowed."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from typing import Any

from intake_app.domain.consent import ConsentCode, standing
from intake_app.domain.follow_up import MET, REPLACED
from intake_app.domain.ids import ParticipantId
from intake_app.domain.keeping import Withdrawal
from intake_app.services.chains import CONFLICT, INTAKE, talks_of_person
from intake_app.services.follow_up_chains import PLAN, records_met
from intake_app.services.office import Office
from intake_app.services.policy import Action, guarded
from intake_app.services.ports import UnitOfWork
from intake_app.services.reducing import refs_of, smaller_talk

TAKEN = "taken_back"
"""Under this name a meeting keeps that something was taken out of it."""
_TALKS = ("theirs", "given", "ours")


@guarded(Action.UPKEEP)
def without_consent(
    office: Office, kept: dict[str, Any], code: ConsentCode, organisation: str = ""
) -> dict[str, Any] | None:
    """A meeting without what a consent allows; None where it held nothing of that. Raises FormInvalid."""
    now, gone = dict(kept), _names(office, kept, code)
    for side in _TALKS:
        xml = b64decode(kept.get(side) or "")
        now[side] = b64encode(smaller_talk(office, xml, code, organisation)).decode() if xml else ""
    now["beside"] = [one for one in kept.get("beside", ()) if not _tells(office, one, gone, organisation)]
    for told in ("chosen", "own"):
        now[told] = {key: value for key, value in kept[told].items() if _leaf(key) not in gone}
    now["moves"] = [move for move in kept["moves"] if _leaf(move[0]) not in gone]
    same = all(now[name] == kept.get(name, [] if name == "beside" else "") for name in (*_TALKS, "beside", "own"))
    return None if same else {**now, TAKEN: True}


@guarded(Action.UPKEEP)
def take_out_of_meetings(uow: UnitOfWork, office: Office, one: Withdrawal) -> None:
    """In the transaction of the withdrawal: open meetings and settled ones."""
    for talk in talks_of_person(uow, one.participant_id):
        for name in uow.files.names(talk, CONFLICT):
            kept = json.loads(uow.files.get(talk, CONFLICT, name))
            smaller = without_consent(office, kept, one.code, one.organisation)
            if smaller is not None:
                uow.files.save(one.participant_id, talk, CONFLICT, name, json.dumps(smaller).encode())
    if one.code is ConsentCode.SHARING:
        _forget_plans(uow, one.participant_id)


@guarded(Action.UPKEEP)
def allowed_of(office: Office, uow: UnitOfWork, kept: dict[str, Any], owner: ParticipantId) -> dict[str, Any]:
    """A meeting that begins now, without what the person did not agree to here, or takes back: the centre may have it
    still. Raises FormInvalid."""
    consents = standing(uow.consents.of(owner))
    for code in (ConsentCode.NEEDS, ConsentCode.ORIGIN):
        if code not in consents:
            kept = without_consent(office, kept, code) or kept
    return kept


def _forget_plans(uow: UnitOfWork, owner: ParticipantId) -> None:
    """A plan that goes again needs no settling with one that names who may not be told any more."""
    for plan in records_met(uow, owner):
        if plan.form_id == PLAN:
            for kind in (MET, REPLACED):
                uow.files.keep_only(plan.instance_id, kind, ())


def _names(office: Office, kept: dict[str, Any], code: ConsentCode) -> frozenset[str]:
    """The names of the leaves that a consent allows, in the forms that the meeting is about."""
    forms = [office.forms[form_id] for form_id in {INTAKE, *kept.get("versions", {})} if form_id in office.forms]
    return frozenset(_leaf(ref) for form in forms for ref in refs_of(form, code))


def _leaf(key: str) -> str:
    return key.partition("#")[0].rsplit("/", 1)[-1]


def _tells(office: Office, line: list[str], gone: frozenset[str], organisation: str) -> bool:
    """Whether a line beside the questions says something that was taken back, or names the organisation."""
    if _leaf(line[0]) in gone:
        return True
    known = office.catalogue.organisations.get(organisation)
    words = {organisation, known.label_nl if known else organisation} - {""}
    return any(word in text for word in words for text in line[2:])
