"""The moment of handing over as one list: what is printed, what goes where, when one meets again, what is left."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from intake_app.domain.plan import PlanDocument
from intake_app.i18n.formats import format_date, format_time
from intake_app.i18n.gettext import mark, translator
from intake_app.i18n.phrases import joined
from intake_app.services.conversation import Conversation
from intake_app.ui.presenters.plan import KINDS, empty_parts

GOOD, INFO, WARNING = "good", "info", "warning"
APPOINTMENT = "follow_up"
"""The question after the day of the next meeting."""
_DONE = mark("Geprint of bewaard.")


@dataclass(frozen=True)
class GivingLine:
    """One line: how it stands (good, info, warning), what it is about, and the sheet that can be printed for it.

    `asked`: the sheet is at the printer and nobody has said yet that the paper is there. `given`: it is, or was saved.
    `missing`: the concept of the question that is still to be asked.
    """

    kind: str
    name: str
    detail: str
    sheet: str = ""
    asked: bool = False
    given: bool = False
    missing: str = ""


def giving_along(
    conversation: Conversation, plan: PlanDocument, given: Collection[str], asked: Collection[str] = ()
) -> tuple[GivingLine, ...]:
    """The list as it stands. `given` are the sheets that are there on paper or as a file, `asked` those of which that
    is not yet known."""
    lines = [
        _plan(conversation),
        _data(given),
        _appointment(plan, given),
        *([_letter(given)] if any(referral.shared for referral in plan.referrals) else []),
    ]
    named = {line.sheet for line in lines}
    lines += [_other(sheet) for sheet in KINDS if sheet not in named and (sheet in given or sheet in asked)]
    lines = [_at_the_printer(line) if line.sheet and line.sheet in asked else line for line in lines]
    return (*lines, _sending(conversation, plan), _left(conversation, plan))


def _at_the_printer(line: GivingLine) -> GivingLine:
    return replace(line, kind=WARNING, detail=_say(mark("Naar de printer gestuurd. Is het papier er?")), asked=True,
                   given=False)  # fmt: skip


def _other(sheet: str) -> GivingLine:
    return GivingLine(GOOD, _say(KINDS[sheet]), _say(_DONE), sheet, given=True)


def _say(message: str, **values: object) -> str:
    found = translator("nl").text(message)
    return found.format(**values) if values else found


def _plan(conversation: Conversation) -> GivingLine:
    done = conversation.talk.answers.host("plan_handed_over") == "yes"
    detail = _DONE if done else mark("Nog niet geprint of bewaard.")
    return GivingLine(GOOD if done else WARNING, _say(mark("Plan")), _say(detail), "plan", given=done)


def _data(given: Collection[str]) -> GivingLine:
    done = "data" in given
    detail = _DONE if done else mark("Geef dit blad altijd mee.")
    return GivingLine(GOOD if done else INFO, _say(mark("Mijn gegevens")), _say(detail), "data", given=done)


def _appointment(plan: PlanDocument, given: Collection[str]) -> GivingLine:
    name, meeting = _say(mark("Volgende afspraak")), plan.appointment
    if meeting is None or (meeting.day is None and meeting.how != "none"):
        return GivingLine(WARNING, name, _say(mark("Nog niet gemaakt.")), missing=APPOINTMENT)
    if meeting.day is None or meeting.how == "none":
        return GivingLine(INFO, name, _say(mark("U sprak af: geen afspraak. De deelnemer mag altijd komen.")))
    told = format_date(meeting.day, "nl")
    if meeting.at is not None:
        told = f"{told}, {format_time(meeting.at, 'nl')}"
    done = "appointment" in given
    detail = _say(mark("{day}. Het kaartje is mee."), day=told) if done else f"{told}."
    return GivingLine(GOOD, name, detail, "appointment", given=done)


def _letter(given: Collection[str]) -> GivingLine:
    done = "referral" in given
    detail = _DONE if done else mark("Print eerst een brief voor de deelnemer zelf.")
    return GivingLine(GOOD if done else INFO, _say(mark("Brief voor hulp")), _say(detail), "referral", given=done)


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
