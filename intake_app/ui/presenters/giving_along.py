"""The moment of handing over as one list: what is printed, what goes where, when one meets again, what is left."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from intake_app.domain.plan import PlanDocument
from intake_app.i18n.formats import format_date, format_time
from intake_app.i18n.gettext import mark, translator
from intake_app.i18n.phrases import joined
from intake_app.services.conversation import Conversation
from intake_app.ui.presenters.plan import empty_parts

GOOD, INFO, WARNING = "good", "info", "warning"


@dataclass(frozen=True)
class GivingLine:
    """One line: how it stands (good, info, warning), what it is about, and the sheet that can be printed for it."""

    kind: str
    name: str
    detail: str
    sheet: str = ""


def giving_along(conversation: Conversation, plan: PlanDocument, printed: Collection[str]) -> tuple[GivingLine, ...]:
    """The list as it stands; `printed` are the sheets that were printed or saved on this page."""
    lines = [
        _plan(conversation),
        _data(printed),
        _appointment(plan, printed),
        *([_letter(printed)] if any(referral.shared for referral in plan.referrals) else []),
        _sending(conversation, plan),
        _left(conversation, plan),
    ]
    return tuple(lines)


def _say(message: str, **values: object) -> str:
    found = translator("nl").text(message)
    return found.format(**values) if values else found


def _plan(conversation: Conversation) -> GivingLine:
    done = conversation.talk.answers.host("plan_handed_over") == "yes"
    detail = mark("Geprint of bewaard.") if done else mark("Nog niet geprint of bewaard.")
    return GivingLine(GOOD if done else WARNING, _say(mark("Plan")), _say(detail), "plan")


def _data(printed: Collection[str]) -> GivingLine:
    done = "data" in printed
    detail = mark("Geprint of bewaard.") if done else mark("Geef dit blad altijd mee.")
    return GivingLine(GOOD if done else INFO, _say(mark("Mijn gegevens")), _say(detail), "data")


def _appointment(plan: PlanDocument, printed: Collection[str]) -> GivingLine:
    name, meeting = _say(mark("Volgende afspraak")), plan.appointment
    if meeting is None or (meeting.day is None and meeting.how != "none"):
        return GivingLine(WARNING, name, _say(mark("Nog niet gemaakt. Ga terug om een dag te kiezen.")))
    if meeting.day is None or meeting.how == "none":
        return GivingLine(INFO, name, _say(mark("U sprak af: geen afspraak. De deelnemer mag altijd komen.")))
    told = format_date(meeting.day, "nl")
    if meeting.at is not None:
        told = f"{told}, {format_time(meeting.at, 'nl')}"
    detail = _say(mark("{day}. Het kaartje is mee."), day=told) if "appointment" in printed else f"{told}."
    return GivingLine(GOOD, name, detail, "appointment")


def _letter(printed: Collection[str]) -> GivingLine:
    done = "referral" in printed
    detail = mark("Geprint of bewaard.") if done else mark("Print eerst een brief voor de deelnemer zelf.")
    return GivingLine(GOOD if done else INFO, _say(mark("Brief voor hulp")), _say(detail), "referral")


def _sending(conversation: Conversation, plan: PlanDocument) -> GivingLine:
    name = _say(mark("Versturen"))
    if not conversation.talk.recording:
        return GivingLine(INFO, name, _say(mark("Dit gesprek is niet opgeschreven. Er wordt niets verstuurd.")))
    if plan.practice:
        return GivingLine(INFO, name, _say(mark("Oefening: er gaat niets naar het Werkcentrum.")))
    given = next((one.given for one in plan.consents if one.code == "C2"), None)
    if given:
        detail = mark("Na het afronden staat het klaar. Het gaat weg als er internet is.")
        return GivingLine(GOOD, name, _say(detail))
    detail = mark("De deelnemer wil het niet. Er wordt niets verstuurd.")
    if given is None:
        detail = mark("Niet gevraagd. Er wordt niets verstuurd.")
    return GivingLine(INFO, name, _say(detail))


def _left(conversation: Conversation, plan: PlanDocument) -> GivingLine:
    name = _say(mark("Wat is er nog over?"))
    said = []
    if missing := empty_parts(plan):
        said.append(_say(mark("Nog leeg: {parts}."), parts=joined([_say(part) for part in missing], "nl")))
    if waiting := conversation.talk.walk.waiting():
        text = translator("nl").plural(mark("{count} vraag voor later, alleen."),
                                       mark("{count} vragen voor later, alleen."), len(waiting))  # fmt: skip
        said.append(text.format(count=len(waiting)))
    return GivingLine(INFO if said else GOOD, name, " ".join(said) or _say(mark("Niets. Alles is besproken.")))
