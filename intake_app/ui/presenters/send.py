"""What waits to be sent and what has arrived, as lines without a name; outcomes of a round as kind sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from intake_app.domain.draft import ParticipantRecord
from intake_app.domain.ids import ParticipantId
from intake_app.domain.instance import OutboxItem, Receipt
from intake_app.domain.keeping import CaseCard
from intake_app.errors import ErasuresUnknown, IntakeError, RecordErased, RecordMissing, SyncError
from intake_app.i18n.formats import format_moment
from intake_app.i18n.gettext import mark, translator
from intake_app.i18n.phrases import error_text
from intake_app.services.form_updates import UpdateReport
from intake_app.services.installation import ServerSettings, read_server
from intake_app.services.office import Office
from intake_app.services.people import people_of
from intake_app.services.renames import new_names
from intake_app.services.sending import last_rounds
from intake_app.services.submissions import RoundReport

FORM_NAMES = {
    "intake": mark("Gesprek"),
    "participant": mark("Gegevens van de deelnemer"),
    "plan": mark("Plan"),
    "follow_up": mark("Vervolggesprek"),
    "status": mark("Stand van zaken"),
    "data_request": mark("Verzoek over gegevens"),
}
MOST_RECEIPTS = 12
SHOWN = 12
"""So many records stand on the page at once."""
_GAP = re.compile(r"\s*\([^()]*…[^()]*\)")
"""A code between brackets that was not kept with the record."""


@dataclass(frozen=True)
class Row:
    """One record. `problem` is what went wrong the last time, in words; `apart`: it needs a person."""

    instance_id: str
    title: str
    detail: str
    problem: str = ""
    apart: bool = False


@dataclass(frozen=True)
class Standing:
    """One light: kind of message, what it is about, how it stands."""

    kind: str
    name: str
    detail: str


@dataclass(frozen=True)
class Told:
    """The outcome of a round: kind of message, what happened, what to do."""

    kind: str
    what: str
    then: str


@dataclass(frozen=True)
class Sight:
    """Everything the page shows at once: a part of what waits, out of `count`."""

    standing: tuple[Standing, ...]
    waiting: tuple[Row, ...]
    arrived: tuple[Row, ...]
    count: int
    paused: bool


def sight(office: Office, failed: Mapping[str, IntakeError], first: int = 0) -> Sight:
    """What the page shows from the record `first` on. It reads the store: beside the window while a round goes on."""
    count = len(office.outbox().heads())
    return Sight(standing(office), rows(office, failed, first), receipts(office), count, office.valve.paused)


def rows(office: Office, failed: Mapping[str, IntakeError], first: int = 0, count: int = SHOWN) -> tuple[Row, ...]:
    """A part of what waits, oldest first; `failed` holds the errors of the last round, with what the server said.

    Those that need a person come before all others. Only this part is read.
    """
    outbox = office.outbox()
    heads = sorted(outbox.heads(), key=lambda head: not head.set_apart)[first : first + count]
    items = outbox.load_some([head.instance_id for head in heads])
    people = _people(office, (items[head.instance_id].participant_id for head in heads if head.instance_id in items))
    server = read_server(office.store)
    now = office.clock.now()
    return tuple(
        _row(items[head.instance_id], people, failed, server, now) for head in heads if head.instance_id in items
    )


def receipts(office: Office) -> tuple[Row, ...]:
    """What the server confirmed last, the newest first."""
    newest = office.outbox().newest_receipts(MOST_RECEIPTS)
    records = {}
    with office.store.unit_of_work() as uow:
        names = new_names(uow)
        for receipt in newest:
            name = receipt.instance_id
            with suppress(RecordMissing, RecordErased):
                records[name] = uow.instances.get(names.get(name, name))
    people = _people(office, (record.participant_id for record in records.values()))
    found = []
    for receipt in newest:
        record = records.get(receipt.instance_id)
        form, number = (record.form_id, _number(people, record.participant_id)) if record is not None else ("", "")
        found.append(_receipt(receipt, form, number))
    return tuple(found)


def standing(office: Office) -> tuple[Standing, ...]:
    """How sending stands: paused or not, when all went well for the last time, and what stood in the way since."""
    say = translator("nl").text
    server, last = read_server(office.store), last_rounds(office.store)
    if not server.configured:
        return (Standing("info", say("Er is nog geen server ingesteld."), say("Alles blijft op deze laptop.")),)
    found = []
    if office.valve.paused:
        found.append(
            Standing("warning", say("Versturen staat op pauze."), say("Er gaat niets weg tot u weer doorgaat."))
        )
    if office.valve.unsure:
        words = error_text(ErasuresUnknown(), "nl")
        found.append(Standing("warning", _GAP.sub("", words.what), words.do))
    if last.problem:
        words = error_text(error_of(last.problem, last.params), "nl")
        found.append(Standing("warning", _GAP.sub("", words.what), words.do))
    if last.good_at is None:
        why = say("Hierboven staat waarom.") if last.problem else say("De verbinding is nog niet gebruikt.")
        good = Standing("info", say("Nog nooit gelukt"), why)
    else:
        moment = format_moment(last.good_at, "nl")
        good = Standing("good", say("Voor het laatst gelukt"), say("op {moment}").format(moment=moment))
    where = say("Proefserver {host}") if server.trial else say("Server {host}")
    host = urlsplit(server.address).hostname or ""
    return (*found, good, Standing("info", where.format(host=host), say("Hier gaan de verslagen naartoe.")))


def told(report: RoundReport | None) -> Told:
    """A round of sending in kind sentences."""
    say, plural = translator("nl").text, translator("nl").plural
    if report is None:
        return Told(
            "info",
            say("Er is nog geen server ingesteld."),
            say("Kies “Verbinding” en vul in wat u van het Werkcentrum kreeg."),
        )
    if report.paused:
        return Told("info", say("Er ging niets meer weg."), say("Versturen staat op pauze, of er loopt een gesprek."))
    sent = len(report.sent)
    arrived = plural("{count} verslag is aangekomen.", "{count} verslagen zijn aangekomen.", sent).format(count=sent)
    if report.problem:
        words = error_text(error_of(report.problem, report.problem_params), "nl")
        return Told("warning", words.what, " ".join([*([arrived] if sent else []), words.means, words.do]))
    if report.set_apart:
        many = report.set_apart
        apart = plural("{count} verslag vraagt uw hulp.", "{count} verslagen vragen uw hulp.", many).format(count=many)
        return Told(
            "warning", apart, " ".join([*([arrived] if sent else []), say("Hieronder staat wat eraan scheelt.")])
        )
    if report.waiting:
        many = report.waiting
        left = plural("{count} verslag wacht nog.", "{count} verslagen wachten nog.", many).format(count=many)
        return Told("info", left, say("Het programma probeert het later opnieuw."))
    if sent:
        return Told("good", arrived, say("Alles is verstuurd."))
    return Told("good", say("Er wacht niets."), say("Alles is verstuurd."))


def news_told(news: UpdateReport | None) -> tuple[str, ...]:
    """What came down with a round, in kind sentences; none when nothing is new."""
    say = translator("nl").text
    if news is None:
        return ()
    told_ = []
    if news.forms:
        told_.append(say("Er is een nieuwe vragenlijst. Nieuwe gesprekken gebruiken die."))
    if news.catalogue:
        told_.append(say("Er is een nieuwe lijst met aanbod. Die geldt als u het programma opnieuw start."))
    troubles = [(one.code, one.params) for one in news.apart]
    troubles += [(news.problem, news.problem_params)] if news.problem else []
    told_ += [" ".join(error_text(error_of(code, params), "nl")) for code, params in troubles]
    return tuple(told_)


def errors_of(report: RoundReport | None) -> dict[str, IntakeError]:
    """Per record what went wrong in this round, where the round tells it."""
    failed = getattr(report, "failed", ())
    return {one.instance_id: error_of(one.code, one.params) for one in failed}


def error_of(code: str, params: Mapping[str, object]) -> IntakeError:
    """The error that a stored code stands for."""
    kind = next((one for one in _kinds(IntakeError) if one.code == code), SyncError)
    return kind(**params)


def _kinds(root: type[IntakeError]) -> Iterator[type[IntakeError]]:
    for kind in root.__subclasses__():
        yield kind
        yield from _kinds(kind)


def _people(office: Office, owners: Iterable[str | None]) -> dict[str, ParticipantRecord | CaseCard]:
    """People, and the case cards under which follow-ups are sent, by the id in the outbox."""
    wanted = {owner for owner in owners if owner}
    with office.store.unit_of_work() as uow:
        found: dict[str, ParticipantRecord | CaseCard] = dict(people_of(uow, map(ParticipantId, wanted)))
        if wanted - set(found):
            found |= {card.card_id: card for card in uow.cards.list()}
    return found


def _number(people: Mapping[str, ParticipantRecord | CaseCard], participant_id: str | None) -> str:
    person = people.get(participant_id or "")
    return person.number if person is not None else ""


def _row(
    item: OutboxItem,
    people: Mapping[str, ParticipantRecord | CaseCard],
    failed: Mapping[str, IntakeError],
    server: ServerSettings,
    now: datetime,
) -> Row:
    say = translator("nl").text
    number = _number(people, item.participant_id)
    parts = [say("nummer {number}").format(number=number)] if number else []
    parts.append(say("klaar sinds {moment}").format(moment=format_moment(item.queued_at, "nl")))
    host = urlsplit(server.address).hostname or ""
    problem = _problem(item, failed.get(item.instance_id), host)
    person = people.get(item.participant_id or "")
    later = _why(item, person is not None and person.practice, server, now)
    return Row(
        instance_id=item.instance_id,
        title=form_name(item.form_id),
        detail=" · ".join(parts),
        problem=" ".join(part for part in (problem, later) if part),
        apart=item.set_apart,
    )


def _why(item: OutboxItem, practice: bool, server: ServerSettings, now: datetime) -> str:
    """Why a record waits that has met no trouble, or when it is tried again."""
    say = translator("nl").text
    if not server.configured:
        return say("Het wacht tot er een server is ingesteld.")
    if practice and not server.trial:
        return say("Dit is een oefengesprek. Het gaat alleen naar een proefserver.")
    if server.trial and not practice:
        return say("Dit is een echt gesprek. Het gaat nooit naar een proefserver.")
    if item.set_apart:
        return ""
    if item.next_attempt_at is not None and item.next_attempt_at > now:
        return say("Volgende poging: {moment}.").format(moment=format_moment(item.next_attempt_at, "nl"))
    return "" if item.last_problem else say("Het gaat mee zodra er verbinding is.")


def _problem(item: OutboxItem, error: IntakeError | None, host: str) -> str:
    """What went wrong, with the server's own words where this run heard them."""
    if error is None:
        if not item.last_problem:
            return ""
        error = error_of(item.last_problem, {"host": host} if host else {})
    words = error_text(error, "nl")
    server = str(error.params.get("text", "")).strip()
    if server:
        # Translators: {words} is what the server answered, in English.
        words_of_server = translator("nl").text("De server zegt: “{words}”").format(words=server)
        return f"{words.what} {words_of_server} {words.do}"
    return f"{_GAP.sub('', words.what)} {words.do}"


def _receipt(receipt: Receipt, form: str, number: str) -> Row:
    say = translator("nl").text
    parts = [say("nummer {number}").format(number=number)] if number else []
    parts.append(say("aangekomen {moment}").format(moment=format_moment(receipt.received_at, "nl")))
    return Row(receipt.instance_id, form_name(form), " · ".join(parts))


def form_name(form: str) -> str:
    """What a record of this form is called."""
    return translator("nl").text(FORM_NAMES[form]) if form in FORM_NAMES else translator("nl").text("Verslag")
