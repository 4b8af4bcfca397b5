"""Corrections that came too late at the centre, as lines above the list of people: whose, what happened, what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from intake_app.domain.ids import ParticipantId
from intake_app.i18n.bidi import isolate
from intake_app.i18n.gettext import mark
from intake_app.services.overtaken import Overtaken
from intake_app.ui.pages.shared import text

FOLLOW_UP = "follow_up"
RECORDS = {
    FOLLOW_UP: mark("Vervolggesprek"),
    "status": mark("Stand en telling"),
    "plan": mark("Ontwikkelplan"),
}
"""What the Werkcentrum calls the records of a follow-up, by form id: the titles of the forms there."""


@dataclass(frozen=True)
class LateLine:
    """One person with what came too late. `meeting` is what is settled at the desk now; without one the other version
    has to come first, or (`open_talk`) a follow-up that is open has to be finished. `meetings` are all that met."""

    participant_id: ParticipantId
    name: str = field(repr=False)
    detail: str = field(repr=False)
    meeting: str = ""
    open_talk: bool = False
    meetings: frozenset[str] = frozenset()


def late_lines(edits: Iterable[Overtaken]) -> tuple[LateLine, ...]:
    """A line for each talk, and one for all that belongs to the follow-ups of a person."""
    talks, after = [], dict[ParticipantId, list[Overtaken]]()
    for one in edits:
        if one.form_id:
            after.setdefault(one.participant_id, []).append(one)
        else:
            talks.append(_of_talk(one))
    return (*talks, *(_of_follow_up(several) for several in after.values()))


def records_told(form_ids: Iterable[str]) -> str:
    """Which records are meant, as the Werkcentrum calls them."""
    names = [f"“{text(RECORDS[one])}”" for one in RECORDS if one in set(form_ids)]
    # Translators: joins the names of two records, as in: the plan and the counts.
    last = text("{first} en {last}", first=names[-2], last=names[-1]) if len(names) > 1 else "".join(names)
    return ", ".join([*names[:-2], last])


def _of_talk(one: Overtaken) -> LateLine:
    if one.meeting:
        detail = text("Uw verbetering kwam te laat aan. Kies hier wat er blijft staan.")
    else:
        detail = text(
            "Uw verbetering kwam te laat aan: iemand anders was eerder. Er is niets overschreven. Vraag de andere plek "
            "het plan mee te geven als bestand. Was het Werkcentrum zelf eerder? Vraag dan om het verslag dat daar nu "
            "staat. Kies daarna deze regel om het bestand te openen."
        )
    return LateLine(one.participant_id, _who(one), detail, one.meeting, meetings=frozenset({one.meeting} - {""}))


def _of_follow_up(several: list[Overtaken]) -> LateLine:
    first, order = several[0], list(RECORDS)
    found = [one.meeting for one in sorted(several, key=lambda one: order.index(one.form_id)) if one.meeting]
    met = found[0] if found else ""
    missing = [one.form_id for one in several if not one.meeting and not one.settled]
    open_talk = any(one.settled for one in several) and not met
    if met:
        parts = [text("Uw verbetering van een vervolggesprek kwam te laat aan. Kies hier wat er blijft staan.")]
    elif open_talk:
        parts = [text("Uw keuzes staan in het vervolggesprek dat nog open is. Maak dat af, dan gaan ze mee.")]
    elif FOLLOW_UP in missing:
        parts = [
            text(
                "Uw verbetering van een vervolggesprek kwam te laat aan: iemand anders was eerder. Er is niets "
                "overschreven."
            )
        ]
    else:
        parts = [text("Wat bij een vervolggesprek hoort, kwam te laat aan. Er is niets overschreven.")]
    if missing and not open_talk:
        parts.append(_ask(missing, first_time=not met))
    return LateLine(first.participant_id, _who(first), " ".join(parts), met, open_talk, frozenset(found))


def _ask(missing: list[str], *, first_time: bool) -> str:
    records = records_told(missing)
    if not first_time:
        # Translators: {records} are names of records between quotation marks.
        return text("Vraag het Werkcentrum ook nog om {records}, zoals het daar nu staat.", records=records)
    # Translators: {records} are names of records between quotation marks.
    return text(
        "Vraag het Werkcentrum om {records}, zoals het daar nu staat. Kies daarna deze regel om het te openen.",
        records=records,
    )


def _who(one: Overtaken) -> str:
    number = text("nummer {number}", number=one.number)
    return f"{isolate(one.call_name)} · {number}" if one.call_name else number
