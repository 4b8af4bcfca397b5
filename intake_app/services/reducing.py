"""A finished record without what one consent allowed: what stays on the laptop, and what may still be sent."""

from __future__ import annotations

import re
from dataclasses import replace

from intake_app.domain.consent import ConsentCode, released
from intake_app.domain.instance import FrozenInstance
from intake_app.profile.answers import Answers, ConceptIndex
from intake_app.services.caseload import telling_list_as
from intake_app.services.consents import CONSENT_CONCEPTS
from intake_app.services.office import Office
from intake_app.services.plans import sensitivity
from intake_app.services.policy import Action, guarded
from intake_app.services.release import local_refs, released_refs
from intake_app.services.target_group import group_in
from intake_app.xforms.api import FormDefinition, FormEntry, serialize

TALK = "intake"
_CONCEPTS = {code: concept for concept, code in CONSENT_CONCEPTS.items()}
_ERASES_ANSWERS = frozenset({ConsentCode.NEEDS, ConsentCode.ORIGIN})
_EMPTY = re.compile(rb"<[\w:]+/>")
_GROUP = frozenset({ConsentCode.ORIGIN, ConsentCode.COUNTING})
"""Consents with which the target group goes."""


@guarded(Action.UPKEEP)
def reduced(
    office: Office,
    instance: FrozenInstance,
    code: ConsentCode,
    organisation: str,
    consents: frozenset[ConsentCode],
) -> FrozenInstance:
    """The record after a consent was taken back; the same where that changes nothing.

    `consents` are those that still stand. A record that was not released stays unreleased, and without C2 none is.
    Raises FormInvalid when the bytes are no record of its form.
    """
    form = office.forms.get(instance.form_id)
    if code is ConsentCode.CENTRAL:
        instance = replace(instance, released_xml=None)
        # the talk itself says no from now on: whoever goes on with it must not send it by an old yes
        return _talk(office, form, instance, code, organisation, consents) if form and _is_talk(instance) else instance
    if form is None:
        return instance
    if _is_talk(instance):
        return _talk(office, form, instance, code, organisation, consents)
    return _written(form, instance, code, organisation, consents)


@guarded(Action.UPKEEP)
def smaller_talk(office: Office, xml: bytes, code: ConsentCode, organisation: str = "") -> bytes:
    """The bytes of a talk, as another place or the Werkcentrum has it too, without what a consent allows.

    They stay as they are where they hold nothing of it, also without a yes. Raises FormInvalid.
    """
    form = office.forms[TALK]
    entry = FormEntry.restore(form, xml, media=office.media, now=office.clock.now, language="nl")
    answers = Answers(entry, form)
    gone = _gone(form, answers, code)
    told = [view.ref for view in entry.nodes() if view.generic_ref in gone and view.value]
    if not _say_no(entry, answers, code, organisation) and not told:
        return xml
    return serialize(entry, keep=local_refs(form) - gone)


def refs_of(form: FormDefinition, code: ConsentCode) -> frozenset[str]:
    """The generic refs of a form that one consent allows, with the target group where it goes along."""
    index = ConceptIndex.of(form)
    also = group_in(index) if code in _GROUP else frozenset()
    return also | {ref for ref, bind in form.binds.items() if code.value in bind.tags.get("consent", "").split()}


def _is_talk(instance: FrozenInstance) -> bool:
    return instance.form_id == TALK


def _talk(
    office: Office,
    form: FormDefinition,
    instance: FrozenInstance,
    code: ConsentCode,
    organisation: str,
    consents: frozenset[ConsentCode],
) -> FrozenInstance:
    entry = FormEntry.restore(form, instance.xml, media=office.media, now=office.clock.now, language="nl")
    answers = Answers(entry, form)
    if not _say_no(entry, answers, code, organisation):
        return instance
    keep = local_refs(form) - _gone(form, answers, code)
    sent = None
    if instance.released_xml is not None:
        refs = released_refs(form, answers, consents, lambda name: sensitivity(name, office.catalogue))
        sent = serialize(entry, keep=refs - _gone(form, answers, code)) if refs is not None else None
    return replace(instance, xml=serialize(entry, keep=keep), released_xml=sent)


def _say_no(entry: FormEntry, answers: Answers, code: ConsentCode, organisation: str) -> bool:
    """Answer the consent's question with no, as the person does now; False when it had no yes."""
    if code is ConsentCode.SHARING:
        rows = [row for row in answers.rows_with("share_consent") if row.text("referral") == organisation]
        refs = [row.ref_of("share_consent") for row in rows]
    else:
        refs = [ref for ref in (answers.ref(_CONCEPTS[code]),) if ref]
    given = [ref for ref in refs if entry.answer(ref) == "yes"]
    for ref in given:
        entry.set_value(ref, "no")
    return bool(given)


def _gone(form: FormDefinition, answers: Answers, code: ConsentCode) -> frozenset[str]:
    # C5 takes the target group along, although C6 allowed it (DOMAIN 8.5)
    if code in _ERASES_ANSWERS:
        return refs_of(form, code)
    return group_in(answers.index) if code in _GROUP else frozenset()


def _written(
    form: FormDefinition,
    instance: FrozenInstance,
    code: ConsentCode,
    organisation: str,
    consents: frozenset[ConsentCode],
) -> FrozenInstance:
    """A record that the app wrote: what the consent allowed is left out, its flag says no, the partner has no name."""
    if ConsentCode.CENTRAL not in consents:
        return instance
    entry = FormEntry.restore(form, instance.xml)
    answers = Answers(entry, form)
    if code is ConsentCode.CONTACT and answers.host("consent_contact") == "yes":
        entry.set_host("consent_contact", "no")
    if code is ConsentCode.SHARING:
        _forget_partner(entry, answers, organisation)
    refs = released(consents, {ref: bind.tags for ref, bind in form.binds.items()}) or frozenset()
    smaller = telling_list_as(instance.xml, serialize(entry, keep=refs))
    whole = serialize(FormEntry.restore(form, instance.xml), keep=refs | local_refs(form))
    if _EMPTY.sub(b"", smaller) == _EMPTY.sub(b"", telling_list_as(instance.xml, whole)):
        return instance
    return replace(instance, xml=smaller, released_xml=smaller if instance.released_xml is not None else None)


def _forget_partner(entry: FormEntry, answers: Answers, organisation: str) -> None:
    for name in ("referrals", "steps"):
        rows = answers.rows(name)
        if not rows:
            continue
        columns = [host for generic, host in answers.index.inner_hosts if generic == rows[0].generic]
        told = [{column: row.host(column) for column in columns} for row in rows]
        for row in told:
            if organisation in (row.get("organisation"), row.get("partner")):
                row.update({column: "" for column in ("organisation", "partner", "label") if column in row})
                row.update({"shared": "no"} if "shared" in row else {})
        entry.set_host(name, told)
