"""What the pages about keeping, rights, backups and the access log say, as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from intake_app.domain.backup import Salvaged
from intake_app.domain.catalogue import Catalogue
from intake_app.domain.consent import ConsentCode, ConsentRecord
from intake_app.domain.draft import Account, AuditLine
from intake_app.domain.keeping import DataRequest
from intake_app.domain.letters import DataCopy, Letter, RightsReceipt
from intake_app.domain.plan import Installation
from intake_app.i18n.bidi import isolate
from intake_app.i18n.formats import format_date, format_moment, one_full_stop
from intake_app.i18n.gettext import mark, translator
from intake_app.i18n.phrases import catalogue_text, consent_sentences
from intake_app.services.housekeeping import Due, Kind
from intake_app.ui.controls.words import Words
from intake_app.ui.widgets import Pair

KINDS = {
    Kind.DRAFT: mark("Niet afgemaakt gesprek"),
    Kind.TALK: mark("Gesprek en plan"),
    Kind.CARD: mark("Belkaart"),
    Kind.SPECIAL: mark("Antwoorden over gezondheid en herkomst"),
}
REQUESTS = {
    "withdrawal": mark("toestemming ingetrokken"),
    "correction": mark("iets verbeteren"),
    "deletion": mark("alles wissen"),
}
ACTIONS = {
    "unlocked": mark("ingelogd"),
    "talk_recorded": mark("gesprek begonnen te bewaren"),
    "talk_opened": mark("gesprek geopend"),
    "talk_reopened": mark("afgerond gesprek weer geopend"),
    "talk_finalized": mark("gesprek afgerond"),
    "talk_cleared": mark("gesprek opgeruimd na de bewaartijd"),
    "draft_removed": mark("niet afgemaakt gesprek weggehaald"),
    "card_cleared": mark("belkaart opgeruimd na de bewaartijd"),
    "plan_printed": mark("plan geprint of bewaard"),
    "plan_not_printed": mark("plan was toch niet geprint"),
    "person_opened": mark("dossier geopend"),
    "participant_erased": mark("deelnemer gewist"),
    "participant_corrected": mark("gegevens verbeterd"),
    "consent_withdrawn": mark("toestemming ingetrokken"),
    "data_exported": mark("kopie van gegevens gemaakt"),
    "list_imported": mark("officiële lijst ingelezen"),
    "list_removed": mark("officiële lijst verwijderd"),
    "backup_made": mark("reservekopie gemaakt"),
    "backup_restored": mark("reservekopie teruggezet"),
    "erased_again": mark("na terugzetten opnieuw gewist"),
    "request_again": mark("verzoek aan het Werkcentrum opnieuw klaargezet"),
    "erasures_looked_up": mark("opgezocht wie er gewist was"),
    "clock_trusted": mark("datum bevestigd"),
    "passphrase_changed": mark("wachtzin veranderd"),
    "caseload_handed_over": mark("deelnemers overgedragen"),
    "caseload_brought_back": mark("deelnemers teruggehaald"),
    "recovery_key_made": mark("herstelsleutel gemaakt"),
    "recovery_key_used": mark("herstelsleutel gebruikt"),
    "account_added": mark("collega toegevoegd"),
    "access_reset": mark("nieuwe toegang gegeven"),
    "account_ended": mark("account beëindigd"),
    "suggestion_added": mark("beroep aan de lijst toegevoegd"),
    "suggestion_moved": mark("beroep in de lijst verplaatst"),
    "suggestion_removed": mark("beroep uit de lijst gehaald"),
    "taster_noted": mark("stap naar een proeverij ingevuld"),
    "follow_up_begun": mark("vervolggesprek begonnen"),
    "follow_up_dropped": mark("vervolggesprek afgebroken"),
    "follow_up_done": mark("vervolggesprek afgerond"),
    "follow_up_reopened": mark("vervolggesprek weer geopend"),
    "follow_up_moved": mark("dag van het vervolggesprek veranderd"),
    "follow_up_closed": mark("vervolg gestopt"),
    "hand_over_closed": mark("plan klaargezet voor een andere plek"),
    "hand_over_opened": mark("plan van een andere plek geopend"),
    "conflict_met": mark("verschil met een andere plek gevonden"),
    "conflict_emptied": mark("verschil met een andere plek vervallen: toestemming teruggenomen"),
    "conflict_settled": mark("verschil met een andere plek opgelost"),
    "envelope_closed": mark("verslagen op een stick gezet"),
    "envelope_taken_in": mark("verslagen van een stick ingelezen"),
    "envelope_booked": mark("bewijs van een stick verwerkt"),
    "server_connected": mark("verbinding met het Werkcentrum ingesteld"),
    "training_noted": mark("dag van training ingevuld"),
    "period_set": mark("begin van de twee jaar ingevuld"),
    "fairness_looked": mark("nagekeken of elke groep dezelfde kansen ziet"),
}


@dataclass(frozen=True)
class ConsentLine:
    """A consent on the page of rights; `stands` gives it a button to take it back."""

    code: ConsentCode
    organisation: str
    what: Pair
    state: Pair
    stands: bool


@dataclass(frozen=True)
class Row:
    """A line of a list: what, when or who, and a mark."""

    title: str = field(repr=False)
    detail: str
    badge: str = ""
    kind: str = "info"


def consent_lines(
    consents: Sequence[ConsentRecord], place: Installation, catalogue: Catalogue, words: Words
) -> tuple[ConsentLine, ...]:
    """Every consent that was asked, in both languages, with the day of its yes, no or withdrawal."""
    return tuple(
        ConsentLine(
            record.code,
            record.organisation,
            _what(record, place, catalogue, words),
            _state(record, words),
            record.stands,
        )
        for record in consents
    )


def _what(record: ConsentRecord, place: Installation, catalogue: Catalogue, words: Words) -> Pair:
    def said(code: str) -> str:
        known = catalogue.organisations.get(record.organisation)
        name = catalogue_text(f"organisation:{record.organisation}", known.label_nl, code) if known else ""
        days, months = place.kept(record.code.value)
        return consent_sentences(record.code.value, code, organisation=name, days=days, months=months)[0]

    return Pair(said(words.language), said("nl"), words.language)


def _state(record: ConsentRecord, words: Words) -> Pair:
    if record.withdrawn_at is not None:
        message, day = mark("Ingetrokken op {date}."), record.withdrawn_at.date()
    else:
        message, day = (mark("Ja, op {date}.") if record.given else mark("Nee, op {date}.")), record.at.date()
    shown = words.pair(message, date=format_date(day, "nl"))
    if shown.own:
        own = translator(words.language).text(message).format(date=format_date(day, words.language))
        return Pair(one_full_stop(own), shown.dutch, words.language)
    return shown


def due_rows(due: Iterable[Due]) -> tuple[Row, ...]:
    """What goes when, with a name only of the own caseload; a talk that waits to be sent stays until it is."""
    say = translator("nl").text
    rows = []
    for one in due:
        who = isolate(one.call_name) if one.own and one.call_name else say("Deelnemer")
        if one.number:
            who = f"{who} · {one.number}"
        on = say("Gaat weg op {day}").format(day=format_date(one.on, "nl"))
        if one.waiting:
            on = say("Wacht eerst op versturen. Daarna gaat het weg.")
        badge = say("oefening") if one.practice else ("" if one.own else say("van een collega"))
        rows.append(Row(f"{say(KINDS[one.kind])} · {who}", on, badge))
    return tuple(rows)


def request_rows(requests: Iterable[DataRequest]) -> tuple[tuple[DataRequest, Row], ...]:
    """Requests to the Werkcentrum and whether they were carried out; what was asked at once is one line."""
    say = translator("nl").text
    together: dict[object, DataRequest] = {}
    for each in requests:
        known = together.get(each.asking)
        if known is None or known.done_at is not None:
            together[each.asking] = each
    found = []
    for one in together.values():
        title = f"{one.number} · {say(REQUESTS[one.kind])}" + (f" ({one.code.value})" if one.code else "")
        asked = say("Gevraagd op {day}").format(day=format_date(one.asked_at.date(), "nl"))
        badge, kind = (say("klaar"), "good") if one.done_at else (say("wacht op het Werkcentrum"), "warning")
        found.append((one, Row(title, asked, badge, kind)))
    return tuple(found)


def log_rows(lines: Sequence[AuditLine], accounts: Sequence[Account], most: int) -> tuple[Row, ...]:
    """The newest lines of the access log: who did what when; the subject is an id and tells nothing."""
    say = translator("nl").text
    names = {account.account_id: account.name for account in accounts}
    return tuple(
        Row(
            f"{names.get(line.account_id, say('een eerder account'))}: {say(ACTIONS.get(line.action, line.action))}",
            f"{format_moment(line.at, 'nl')} · {line.subject.removeprefix('uuid:')}",
        )
        for line in reversed(lines[-most:])
    )


def told_above(letter: Letter, *, gone: bool) -> str:
    """What the counsellor reads above a letter; empty where the letter says it all."""
    if gone:
        return translator("nl").text("Het is gewist. Geef het bewijs mee.")
    if isinstance(letter, RightsReceipt) and letter.fell_away:
        return translator("nl").text(
            "Bij Mijn mensen stond nog een keuze tussen twee plekken. Die ging over een antwoord waar deze toestemming "
            "voor nodig is. Dat antwoord is weg. U hoeft daar dus niet meer te kiezen."
        )
    return ""


def letter_file(letter: Letter) -> str:
    """A name by kind and number, never by a person."""
    if isinstance(letter, RightsReceipt):
        return f"bewijs-{letter.number}.pdf"
    return f"kopie-{letter.number}.pdf" if isinstance(letter, DataCopy) else f"rechten-{letter.number}.pdf"


def asked_again() -> str:
    """Requests that were lost with newer data go once more."""
    return translator("nl").text("Het Werkcentrum krijgt het verzoek om te wissen opnieuw.")


def salvaged_words(found: Salvaged) -> str:
    """How much could be saved."""
    say = translator("nl").text
    kept, lost = sum(found.kept.values()), sum(found.lost.values())
    if not lost:
        return say("Alles kon gelezen worden: {kept} regels.").format(kept=kept)
    return say("{kept} regels zijn gered, ongeveer {lost} niet.").format(kept=kept, lost=lost)
