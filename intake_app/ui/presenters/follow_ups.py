"""What the pages of follow-ups show: whom to speak to when, a case card in words, the way through the form."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from intake_app.domain.follow_up import Moment, TasterState, TasterStep
from intake_app.domain.keeping import CaseCard
from intake_app.i18n.bidi import isolate
from intake_app.i18n.calendar_file import calendar_file
from intake_app.i18n.formats import format_date
from intake_app.i18n.gettext import mark, translations_folder, translator
from intake_app.i18n.languages import read_languages
from intake_app.services.days import working_day
from intake_app.services.follow_up import DueCall, due_calls
from intake_app.services.follow_up_end import FollowUpOutcome
from intake_app.services.office import Office
from intake_app.services.tasters import TasterPlace
from intake_app.ui.controls.words import Words
from intake_app.ui.presenters.conversation import ConversationPresenter, Stage
from intake_app.ui.presenters.rows import generic
from intake_app.ui.presenters.sections import STILL_TO_COME, Trail

COMING_DAYS = 14
"""So many days ahead stand on the list; later ones are found among all people."""
STATES = {
    TasterState.INTEREST: mark("heeft interesse"),
    TasterState.REGISTERED: mark("aangemeld"),
    TasterState.ATTENDED: mark("is geweest"),
    TasterState.NOT_GOING: mark("gaat niet door"),
}
_NO_PLAN_HERE = mark(
    "De nieuwe stappen staan op de belkaart. Een nieuw plan op papier lukt nu niet: het gesprek is volgens afspraak "
    "van deze laptop af. Schrijf de stappen samen op het oude plan, of op een leeg plan van de pagina Papieren."
)


@dataclass(frozen=True)
class CallLine:
    """Somebody to speak to, as one line of the list."""

    participant_id: str
    title: str = field(repr=False)
    detail: str = field(repr=False)
    badge: str = ""
    badge_kind: str = "plain"


@dataclass(frozen=True)
class CallGroup:
    """Lines under a heading."""

    heading: str
    lines: tuple[CallLine, ...]


@dataclass(frozen=True)
class CardText:
    """A case card in words: who, how to reach, and what was agreed."""

    name: str = field(repr=False)
    facts: tuple[str, ...] = field(repr=False)
    contact: tuple[str, ...] = field(repr=False)
    steps: tuple[str, ...] = field(repr=False)
    next_time: str = field(repr=False)


def call_groups(office: Office) -> tuple[CallGroup, ...]:
    """Today, waiting longer, and the days that come; groups without anybody are left out. Raises IntakeError."""
    calls = due_calls(office)
    say = translator("nl").text
    groups = (
        (say("Vandaag"), [call for call in calls if call.late == 0]),
        (say("Dit lukte nog niet"), [call for call in calls if call.late > 0]),
        (say("De komende twee weken"), [call for call in calls if -COMING_DAYS <= call.late < 0]),
    )
    return tuple(CallGroup(name, tuple(call_line(call) for call in found)) for name, found in groups if found)


def call_line(call: DueCall) -> CallLine:
    """One person: name and number, when, which talk it is, and kindly how often it did not work out."""
    say = translator("nl").text
    parts = [say("nummer {number}").format(number=call.number)]
    if call.late:
        parts.append(format_date(call.on, "nl"))
    if call.moment is not None:
        parts.append(_after(call.moment))
    if call.missed:
        parts.append(counted("{count} keer geprobeerd", "{count} keer geprobeerd", call.missed))
    badge, kind = _badge(call)
    name = call.call_name or say("Nog geen naam")
    return CallLine(call.participant_id, name, " · ".join(parts), badge, kind)


def counted(one: str, many: str, count: int) -> str:
    """A text with `{count}` in it, for one or for several."""
    return translator("nl").plural(one, many, count).format(count=count)


def _after(moment: Moment) -> str:
    """How long after the plan it is."""
    if moment.unit == "w":
        return counted("na {count} week", "na {count} weken", moment.count)
    return counted("na {count} maand", "na {count} maanden", moment.count)


def _badge(call: DueCall) -> tuple[str, str]:
    say = translator("nl").text
    if call.practice:
        return say("oefening"), "warning"
    if call.begun:
        return say("begonnen"), "info"
    return (say("vandaag"), "good") if call.late == 0 else ("", "plain")


def card_text(card: CaseCard) -> CardText:
    """The card as its page shows it."""
    say = translator("nl").text
    facts = [say("nummer {number}").format(number=card.number)]
    languages = read_languages(translations_folder())
    if card.language in languages:
        facts.append(say("spreekt {language}").format(language=languages[card.language].dutch))
    if card.spoken_on:
        facts.append(say("laatst gesproken op {date}").format(date=format_date(card.spoken_on[-1], "nl")))
    if card.closed:
        next_time = say("Dit is afgerond. De kaart gaat vanzelf weg.")
    elif card.next_date is None:
        next_time = say("Er is geen volgende afspraak.")
    else:
        next_time = say("Volgende keer: {date}").format(date=format_date(card.next_date, "nl"))
    return CardText(
        name=card.call_name.strip() or say("Nog geen naam"),
        facts=tuple(facts),
        contact=tuple(isolate(way) for way in card.contact),
        steps=card.steps,
        next_time=next_time,
    )


def taster_line(step: TasterStep, left: int | None) -> str:
    """How far somebody is with a taster or place, and what room the catalogue tells of."""
    say = translator("nl").text
    told = say(STATES[step.state])
    if step.since is not None:
        told = f"{told} · {format_date(step.since, 'nl')}"
    if left is None or step.state is not TasterState.INTEREST:
        return told
    return f"{told} · {_room(left)}"


def place_line(place: TasterPlace, today: date) -> str:
    """Where and when a taster or place is, and what room the catalogue tells of."""
    parts = [place.place] if place.place else []
    if place.starts is not None and (place.starts >= today or place.ends is None):
        parts.append(format_date(place.starts, "nl"))
    elif place.ends is not None:
        parts.append(translator("nl").text("loopt tot {date}").format(date=format_date(place.ends, "nl")))
    if place.left is not None:
        parts.append(_room(place.left))
    return " · ".join(parts)


def _room(left: int) -> str:
    if left == 0:
        return translator("nl").text("geen plaats meer")
    return translator("nl").plural("nog {count} plaats", "nog {count} plaatsen", left).format(count=left)


def days_to_choose(today: date, again: date) -> tuple[tuple[str, date], ...]:
    """Days to put a talk off to, as words and day: tomorrow's working day, the usual day to try again, a month on."""
    days = (working_day(today + timedelta(days=1)), again, working_day(today + timedelta(days=28)))
    return tuple((format_date(day, "nl"), day) for day in dict.fromkeys(days))


def outcome_told(outcome: FollowUpOutcome) -> str:
    """What a finished follow-up leads to, in a sentence."""
    say = translator("nl").text
    if outcome.held:
        told = say("Het vervolggesprek is bewaard. Maar iemand anders verbeterde het ook.")
        return f"{told} {say('Daarom blijft uw verbetering nog apart. Bij Mijn mensen staat wat u kunt doen.')}"
    if outcome.closed:
        return say("Het vervolggesprek is bewaard. Dit is afgerond.")
    if outcome.next_date is None:
        return say("Het vervolggesprek is bewaard. Er is geen volgende afspraak.")
    told = say("Het vervolggesprek is bewaard. Volgende keer: {date}.")
    return told.format(date=format_date(outcome.next_date, "nl"))


def appointment_file(number: str, day: date) -> tuple[str, bytes]:
    """Name and content of a calendar file for the next talk: a number and a day, nobody's name."""
    return f"vervolggesprek-{number}-{day.isoformat()}.ics", calendar_file(number, day)


class FollowUpPresenter(ConversationPresenter):
    """The same way through the screens as a talk; after the last one it ends: nothing is read back, no plan made."""

    def left_without_plan(self) -> str:
        """What can be done with new steps when the plan has left the laptop; nothing where there are none."""
        new = any(row.text("next_step").strip() for row in self.conversation.talk.answers.rows_with("next_step"))
        return translator("nl").text(_NO_PLAN_HERE) if new and self.conversation.keeper.told is None else ""

    def trail(self) -> Trail:
        """Three minutes need no sections, only how much is left."""
        left = self._path.session.progress(self._path.is_done).left
        told = Words(self.language).pair(STILL_TO_COME, count=left).main if left else ""
        return Trail((), -1, "" if self.screen.after_guest else told)

    @property
    def can_remove(self) -> bool:
        """Whether what is in sight is an extra step of this talk; those of the plan are not taken away here."""
        talk, instance = self.conversation.talk, self.screen.instance
        return super().can_remove and not talk.definition.binds[generic(instance)].tags.get("host")

    def plan_of_now(self) -> None:
        """End the talk with what is known."""
        self.plan_made()

    def stop(self) -> None:
        """End the talk with what is known."""
        self.plan_made()

    def finish_now(self) -> None:
        """No more questions."""
        self.stage = Stage.FINISHED

    def _end_of_guest(self) -> None:
        self.plan_made()
