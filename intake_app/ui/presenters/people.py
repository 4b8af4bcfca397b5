"""What the pages of "Mijn mensen" show: a line for each person, a file in sentences, and whom to call today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from intake_app.domain.consent import ConsentRecord
from intake_app.domain.instance import InstanceStatus
from intake_app.i18n.bidi import isolate
from intake_app.i18n.formats import format_date, format_moment
from intake_app.i18n.gettext import mark, translations_folder, translator
from intake_app.i18n.languages import read_languages
from intake_app.i18n.phrases import consent_sentences
from intake_app.services.caseload import known_elsewhere
from intake_app.services.installation import read_installation
from intake_app.services.office import Office
from intake_app.services.people import PeopleSearch, PersonFile, PersonSummary, Standing, due, list_people
from intake_app.ui.presenters.home import AGE_GROUPS

MOST = 20
"""So many people stand on the page at once; who needs more types more."""

STANDINGS = {
    Standing.OPEN: mark("gesprek niet af"),
    Standing.WAITING: mark("wacht op versturen"),
    Standing.SENT: mark("verstuurd"),
    Standing.KEPT: mark("bewaard op deze laptop"),
    Standing.CARD: mark("alleen de belkaart"),
    Standing.KNOWN: mark("nog geen gesprek"),
}
KINDS = {Standing.OPEN: "warning", Standing.WAITING: "info", Standing.SENT: "good"}
TALK_STATES = {
    InstanceStatus.INCOMPLETE: mark("niet af"),
    InstanceStatus.INVALID: mark("niet af"),
    InstanceStatus.COMPLETE: mark("af, bewaard op deze laptop"),
    InstanceStatus.SUBMISSION_FAILED: mark("versturen lukte nog niet"),
    InstanceStatus.SUBMITTED: mark("af en verstuurd"),
}


@dataclass(frozen=True)
class PersonLine:
    """One person in the list: name, a badge for how it stands, and a line with number, date and what is next."""

    summary: PersonSummary
    title: str = field(repr=False)
    detail: str = field(repr=False)
    badge: str = ""
    badge_kind: str = "plain"


@dataclass(frozen=True)
class Shown:
    """What the list shows now, how many more fit what was typed, and how many there are in all."""

    lines: tuple[PersonLine, ...]
    more: int
    total: int


@dataclass(frozen=True)
class ConsentLine:
    """A consent in a sentence, and what was said: yes, no, or taken back, with the day."""

    words: str
    answer: str
    stands: bool


class PeopleModel:
    """The list behind the page, read once; each key only looks in memory."""

    def __init__(self, office: Office) -> None:
        self._today = office.clock.today()
        self._office = office
        people = list_people(office.store)
        self._people = people
        self.due = due(people, self._today)
        self._all = PeopleSearch(people, _searched)
        self._due = PeopleSearch(self.due, _searched)

    def elsewhere(self, typed: str) -> str:
        """That a whole number that is typed is known at another place of the organisation; else nothing."""
        say = translator("nl").text
        found = known_elsewhere(self._office, typed)
        if found is None:
            return ""
        told = say(
            "Nummer {number} is bekend bij {organisation}, op een andere plek. Hier staat niets van dit gesprek. "
            "Vraag de deelnemer of het plan hierheen mag."
        ).format(number=found.number, organisation=found.organisation or say("uw organisatie"))
        if found.next_date is not None:
            told += " " + say("Daar is de volgende afspraak op {date}.").format(date=format_date(found.next_date, "nl"))
        return told

    def find(self, text: str, *, due_only: bool = False) -> Shown:
        """Who fits what is typed, the first of them as lines."""
        found = (self._due if due_only else self._all).find(text)
        total = len(self.due) if due_only else len(self._people)
        return Shown(tuple(person_line(one) for one in found[:MOST]), max(0, len(found) - MOST), total)


def person_line(person: PersonSummary) -> PersonLine:
    """A person as one line of the list."""
    say = translator("nl").text
    parts = [say("nummer {number}").format(number=person.number)]
    parts.append(_last(person))
    if person.next_date is not None:
        # Translators: {date} is the day of the next appointment or call with this person.
        parts.append(say("volgende keer: {date}").format(date=format_date(person.next_date, "nl")))
    if person.same_name:
        parts.append(say("let op: nog iemand heet zo"))
    badge = say("oefening") if person.practice else say(STANDINGS[person.standing])
    kind = "warning" if person.practice else KINDS.get(person.standing, "plain")
    return PersonLine(person, name_of(person), " · ".join(parts), badge, kind)


def name_of(person: PersonSummary) -> str:
    """The call name, or words for somebody who gave none."""
    return person.call_name or translator("nl").text("Nog geen naam")


def ages_to_choose(person: PersonSummary) -> tuple[tuple[str, str], ...]:
    """The age groups to pick from, as code and words; none where the person's own is not known."""
    if not person.age_group:
        return ()
    say = translator("nl").text
    return tuple((code, say(words)) for code, words in AGE_GROUPS.items() if code != "lt16")


def facts(found: PersonFile) -> tuple[str, ...]:
    """What is known of a person at a glance, one line each."""
    say = translator("nl").text
    person = found.summary
    lines = [say("nummer {number}").format(number=person.number)]
    if person.age_group in AGE_GROUPS:
        lines.append(say(AGE_GROUPS[person.age_group]))
    languages = read_languages(translations_folder())
    if person.language in languages:
        lines.append(say("spreekt {language}").format(language=languages[person.language].dutch))
    if found.card is not None:
        lines += [say("bereikbaar: {contact}").format(contact=isolate(contact)) for contact in found.card.contact]
    return tuple(lines)


def next_time(found: PersonFile) -> str:
    """The next appointment or call in words, or that there is none."""
    say = translator("nl").text
    day = found.summary.next_date or _appointment_day(found)
    if day is None:
        return say("Er is geen volgende afspraak.")
    return say("Volgende keer: {date}").format(date=format_date(day, "nl"))


def talk_line(at: str, status: InstanceStatus) -> str:
    """A talk in one line: when, and how it stands."""
    return f"{at} · {translator('nl').text(TALK_STATES[status])}"


def consent_lines(consents: Sequence[ConsentRecord], office: Office) -> tuple[ConsentLine, ...]:
    """The newest answer to each consent, in the order C1 to C7."""
    newest: dict[tuple[str, str], ConsentRecord] = {}
    for record in consents:
        newest[(record.code.value, record.organisation)] = record
    place = read_installation(office.store)
    lines = []
    for code, organisation in sorted(newest):
        record = newest[(code, organisation)]
        known = office.catalogue.organisations.get(organisation)
        days, months = place.kept(code)
        name = known.label_nl if known else organisation
        words = consent_sentences(code, "nl", organisation=name, days=days, months=months)
        lines.append(ConsentLine(words[0], _said(record), record.stands))
    return tuple(lines)


def _said(record: ConsentRecord) -> str:
    say = translator("nl").text
    if record.withdrawn_at is not None:
        return say("ingetrokken op {date}").format(date=format_moment(record.withdrawn_at, "nl"))
    told = say("ja, op {date}") if record.given else say("nee, op {date}")
    return told.format(date=format_moment(record.at, "nl"))


def _appointment_day(found: PersonFile) -> date | None:
    appointments = (plan.document.appointment for plan in found.plans)
    return next((one.day for one in appointments if one is not None and one.day is not None), None)


def _last(person: PersonSummary) -> str:
    moment = format_moment(person.last_at, "nl")
    return translator("nl").text("laatst gesproken {moment}").format(moment=moment)


def _searched(person: PersonSummary) -> str:
    """What else of a line can be searched: how it stands and its days."""
    words = [translator("nl").text(STANDINGS[person.standing]), _day(person.last_at.astimezone().date())]
    if person.next_date is not None:
        words.append(_day(person.next_date))
    return " ".join(words)


def _day(day: date) -> str:
    """A day as people type it: 3 maart 2026, 3 mrt, 3-3-2026. Far cheaper than a formatted date for each person."""
    return f"{day.day} {_months()[day.month]} {day.year} {day.day:02} {day.month} {day.month:02}"


@cache
def _months() -> Mapping[int, str]:
    """The names of the months, long and short."""
    days = {month: date(2026, month, 1) for month in range(1, 13)}
    named = {month: format_date(day, "nl", "long").split()[1] for month, day in days.items()}
    short = {month: format_date(day, "nl", "medium").split()[1] for month, day in days.items()}
    return {month: f"{named[month]} {short[month]}" for month in days}
