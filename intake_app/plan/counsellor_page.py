"""The counsellor's page: what guidance needs, in Dutch; never for employers (DOMAIN 6.10)."""

from __future__ import annotations

from intake_app.domain.plan import PlanConsent, PlanReferral
from intake_app.i18n.gettext import mark
from intake_app.plan.content import Block, Check, Sheet, Text
from intake_app.plan.parts import Writer
from intake_app.plan.plan_pages import direction_box
from intake_app.plan.voice import coded, labels

_SPECIAL = frozenset({"C4", "C5"})
"""Consents that touch special data: no word of them stands on this page."""


def counsellor_sheet(writer: Writer) -> Sheet:
    """Goal, directions with their explanation and catalogue version, obstacles, help, consents, next date."""
    document = writer.document
    title = writer.say(mark("Voor de begeleider: {number}"), number=document.participant_number)
    blocks: list[Block] = [writer.line(mark("Alleen voor begeleiders. Nooit voor een werkgever."), "strong")]
    if document.goal is not None:
        blocks += [writer.heading(mark("Doel")), Text(writer.own(document.goal))]
    if document.question:
        blocks.append(writer.line(mark("Vraag: {question}."), question=coded("question", document.question)))
    blocks += _directions(writer)
    if document.steps:
        blocks.append(writer.heading(mark("Stappen")))
        blocks += [writer.empty_check(step) for step in document.steps]
    if document.obstacles:
        blocks.append(writer.heading(mark("Hulp gevraagd bij")))
        blocks.append(Text(writer.voice.value(coded("obstacle", document.obstacles))))
    if document.referrals:
        blocks.append(writer.heading(mark("Verwijzingen")))
        blocks += [_referral(writer, referral) for referral in document.referrals]
    shown = [item for item in document.consents if item.code not in _SPECIAL]
    if shown:
        blocks.append(writer.heading(mark("Toestemming")))
        blocks.append(Text(writer.voice.name(" · ".join(_consent(writer, item) for item in shown))))
    blocks += [writer.heading(mark("Volgende afspraak")), writer.appointment("body")]
    blocks.append(writer.line(mark("Bel ook na 2 weken (eerste stap), en na 3, 6 en 12 maanden (hoe gaat het).")))
    return writer.sheet(title, (tuple(blocks),), last=writer.last_lines())


def _directions(writer: Writer) -> list[Block]:
    document = writer.document
    if not document.directions:
        return [writer.heading(mark("Richtingen")), writer.line(mark("Nog niet gekozen."))]
    return [writer.heading(mark("Richtingen")), *[direction_box(writer, item) for item in document.directions]]


def _referral(writer: Writer, referral: PlanReferral) -> Check:
    name = labels([writer.organisation(referral.organisation)])
    how = coded("handover", [referral.handover])
    message = mark("{organisation}: {how}, delen mag") if referral.shared else mark("{organisation}: {how}, niet delen")
    return Check((writer.line(message, organisation=name, how=how),), "yes" if referral.shared else "no")


def _consent(writer: Writer, consent: PlanConsent) -> str:
    answer = {True: mark("ja"), False: mark("nee"), None: mark("niet gevraagd")}[consent.given]
    about = f" {writer.organisation(consent.organisation)[1]}" if consent.organisation else ""
    return f"{consent.code}{about}: {writer.voice_text(answer, 'nl')}"
