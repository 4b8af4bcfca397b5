"""What the conflict desk shows: who said what where and when, question by question, and how much is left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from intake_app.domain.ids import ParticipantId
from intake_app.i18n.bidi import isolate
from intake_app.i18n.formats import format_date
from intake_app.i18n.gettext import mark
from intake_app.services.caseload import changed_cases
from intake_app.services.conflicts import meetings
from intake_app.services.differences import OWN, Difference
from intake_app.services.finalize import FinalizeOutcome
from intake_app.services.follow_up_desk import desk_of, follow_up_meetings
from intake_app.services.follow_up_end import close_follow_up, move_follow_up
from intake_app.services.hand_over import Source
from intake_app.services.meeting import Beside, Meeting
from intake_app.services.office import Office
from intake_app.ui.pages.shared import plural, text
from intake_app.ui.presenters.desk_words import FOLLOW_UP, PLAN, STATUS
from intake_app.ui.presenters.sent_content import NAMES

_IN_PLAN = mark("Wat er in het plan staat")


class DeskPresenter:
    """One meeting; each click is kept at once, and the page is told by the meeting as it then stands."""

    def __init__(self, office: Office, participant_id: str, name: str) -> None:
        self._desk = desk_of(office, ParticipantId(participant_id), name)
        self._office = office
        self.meeting: Meeting | None = None
        self.form_id = self._desk.meeting(compare=False).form_id

    def load(self) -> Meeting:
        """Compare both places. Raises RecordMissing."""
        self.meeting = self._desk.meeting()
        return self.meeting

    def hint(self, difference: Difference) -> str:
        """What a choice about this question does to the others; empty where it does nothing."""
        bind = self._office.forms[FOLLOW_UP].binds.get(difference.key) if self.form_id == FOLLOW_UP else None
        if bind is None or bind.tags.get("concept") != "reached":
            return ""
        return text("Kiest u “Nee”? Dan vervallen de vragen over wat er besproken is.")

    def choose(self, key: str, side: str, own: str = "") -> Meeting:
        """Settle one question. Raises StorageError."""
        return self._after(lambda: self._desk.choose(key, side, own))

    def type(self, key: str, own: str) -> Meeting:
        """Keep words that are being typed. Raises StorageError."""
        return self._after(lambda: self._desk.type(key, own))

    def undo(self) -> Meeting:
        """Take the last click back. Raises StorageError."""
        return self._after(self._desk.undo)

    def settle(self) -> FinalizeOutcome:
        """Make one version of it. Raises as `ConflictDesk.settle`."""
        return self._desk.settle()

    def _after(self, change: Callable[[], None]) -> Meeting:
        change()
        now = self._desk.choices()
        before = self.meeting or self._desk.meeting()
        told = tuple(
            replace(one, choice=now.chosen.get(one.key, ""), own=now.own.get(one.key, ""), idle=one.key in now.idle)
            for one in before.differences
        )
        self.meeting = replace(before, differences=told, moves=now.moves)
        return self.meeting


def who_is_it(meeting: Meeting) -> str:
    """Name and number, and the day of the follow-up that it is about."""
    number = text("nummer {number}", number=meeting.number)
    who = f"{isolate(meeting.call_name)} · {number}" if meeting.call_name else number
    if meeting.held_on is None:
        return who
    return f"{who} · {text('gesprek van {day}', day=format_date(meeting.held_on, 'nl'))}"


def side_lines(source: Source) -> tuple[str, str]:
    """Where a version comes from: the place, then who made it and when."""
    if not source.counsellor:
        # Translators: {day} is the day on which the record of the Werkcentrum was opened here.
        return text("Het Werkcentrum"), text("hier geopend op {day}", day=format_date(source.made_on, "nl"))
    place = " · ".join(filter(None, (source.location, source.organisation)))
    # Translators: {name} is a counsellor, {day} the day of a plan.
    who = text("{name}, op {day}", name=source.counsellor, day=format_date(source.made_on, "nl"))
    return place, who


def shown(words: str) -> str:
    """An answer as it stands on its card."""
    return words or text("Niets ingevuld")


def changed(difference: Difference, *, compared: bool = True) -> str:
    """Who changed it since both had the same; where that is not known, only that it differs."""
    if not compared:
        return text("niet gelijk")
    return text("op beide plekken veranderd") if difference.changed_here else text("alleen daar veranderd")


def beside_line(one: Beside, form_id: str = "") -> tuple[str, str]:
    """Something that the Werkcentrum changed and nobody is asked about: what it is, and what stands where."""
    known = _IN_PLAN if form_id == PLAN and one.name == "label" else NAMES.get(one.name)
    question = one.question or (text(known) if known else one.name)
    # Translators: {here} and {there} are answers, as they stand here and at the Werkcentrum.
    return question, text(
        "Hier: {here}. Daar: {there}.", here=isolate(shown(one.here)), there=isolate(shown(one.there))
    )


def left(meeting: Meeting) -> str:
    """How many questions still ask for a choice; nothing where none ever did."""
    if not meeting.differences:
        return ""
    if not meeting.left:
        return text("Alles is gekozen.")
    return plural("Nog {count} keuze.", "Nog {count} keuzes.", meeting.left)


def taken_back(meeting: Meeting) -> tuple[str, str]:
    """Why something that somebody may look for is not here: what it is, and what to do."""
    what = text("Een deel staat hier niet. De deelnemer geeft daar geen toestemming voor, of niet meer.")
    do = text("Dat hoeft u niet te kiezen.")
    if meeting.differences:
        return what, f"{do} {text('Kies alleen wat hieronder staat.')}"
    return what, do


def own_chosen(difference: Difference) -> bool:
    """Whether own words take the place of both answers."""
    return difference.choice == OWN


def outcome_told(outcome: FinalizeOutcome, form_id: str = "") -> str:
    """What became of the choices."""
    if form_id in (STATUS, PLAN):
        return text("Wat hier staat, geldt nu. Het wacht op versturen.")
    if form_id == FOLLOW_UP:
        return _follow_up_told(outcome)
    if outcome.kept_open:
        return text("Uw keuzes staan in het gesprek dat nog open is.")
    told = text("Er is weer één plan. Druk het nieuwe plan af voor de deelnemer.")
    if outcome.held:
        ask = text(
            "Maar niemand weet hier welke versie nu bij het Werkcentrum staat. Daarom blijft uw verbetering nog apart. "
            "Bij Mijn mensen staat wat u kunt doen."
        )
        return f"{told} {ask}"
    return f"{told} {text('De verbetering wacht op versturen.')}" if outcome.queued else told


def _follow_up_told(outcome: FinalizeOutcome) -> str:
    if outcome.kept_open:
        return text("Uw keuzes staan in het vervolggesprek dat nog open is. Maak dat af, dan gaan ze mee.")
    told = text("Er is weer één vervolggesprek.")
    sent = f"{told} {text('De verbetering wacht op versturen.')}" if outcome.queued else told
    if not outcome.held:
        return sent
    return f"{sent} {text('Wat erbij hoort, blijft nog apart. Hieronder staat wat u kunt doen.')}"


@dataclass(frozen=True)
class DayLine:
    """Somebody whose next day two places set: in words, and what each click does."""

    participant_id: ParticipantId
    here: date | None
    there: date | None
    name: str = field(repr=False)
    words: str = field(repr=False)
    keep: str = field(repr=False)
    take: str = field(repr=False)


def day_lines(office: Office) -> tuple[DayLine, ...]:
    """Next days that another site of the organisation set otherwise."""
    lines = []
    for one in changed_cases(office):
        here, there = _day(one.here), _day(one.there.next_date)
        name = one.call_name or text("Nog geen naam")
        words = text(
            "Een andere plek van {organisation} zette de volgende afspraak van {name} (nummer {number}) anders.",
            organisation=office.installation.organisation or text("uw organisatie"),
            name=isolate(name),
            number=one.number,
        )
        # Translators: {day} is a day, or "geen afspraak".
        keep, take = text("Hier: {day}", day=here), text("Daar: {day}", day=there)
        lines.append(DayLine(one.participant_id, one.here, one.there.next_date, name, words, keep, take))
    return tuple(lines)


def set_day(office: Office, participant_id: ParticipantId, day: date | None) -> None:
    """Let this day count, here and for the other places. Raises StorageError."""
    if day is None:
        close_follow_up(office, participant_id)
    else:
        move_follow_up(office, participant_id, day)


def day_told(day: date | None) -> str:
    """What counts now."""
    return text("De volgende afspraak: {day}.", day=_day(day))


def _day(day: date | None) -> str:
    return format_date(day, "nl") if day is not None else text("geen afspraak")


def open_meetings(office: Office) -> tuple[Meeting, ...]:
    """What met here and still asks for choices: plans first, then follow-ups."""
    return (*meetings(office), *follow_up_meetings(office))


def meeting_line(meeting: Meeting) -> tuple[str, str]:
    """A meeting in a list: whose, and with which place."""
    place, _ = side_lines(meeting.there)
    return meeting.call_name or text("Nog geen naam"), f"{text('nummer {number}', number=meeting.number)} · {place}"
