"""What waits to be sent and what has arrived, as lines without a name; outcomes of a round as kind sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from intake_app.domain.instance import OutboxItem, Receipt
from intake_app.errors import IntakeError, SyncError
from intake_app.i18n.formats import format_moment
from intake_app.i18n.gettext import mark, translator
from intake_app.i18n.phrases import error_text
from intake_app.services.form_updates import UpdateReport
from intake_app.services.installation import ServerSettings, read_server, write_server
from intake_app.services.office import Office
from intake_app.services.submissions import RoundReport

FORM_NAMES = {
    "intake": mark("Gesprek"),
    "participant": mark("Gegevens van de deelnemer"),
    "plan": mark("Plan"),
    "follow_up": mark("Vervolgcontact"),
    "status": mark("Stand van zaken"),
    "data_request": mark("Verzoek over gegevens"),
}
MOST_RECEIPTS = 12
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
class Told:
    """The outcome of a round: kind of message, what happened, what to do."""

    kind: str
    what: str
    then: str


def rows(office: Office, failed: Mapping[str, IntakeError]) -> tuple[Row, ...]:
    """What waits, oldest first; `failed` holds the errors of the last round, with what the server said."""
    numbers = _numbers(office)
    host = urlsplit(read_server(office.store).address).hostname or ""
    return tuple(_row(item, numbers, failed, host) for item in office.outbox().waiting())


def receipts(office: Office) -> tuple[Row, ...]:
    """What the server confirmed, the newest first."""
    numbers = _numbers(office)
    with office.store.unit_of_work() as uow:
        records = {record.instance_id: record for record in uow.instances.list()}
    newest = sorted(office.outbox().receipts(), key=lambda receipt: receipt.received_at, reverse=True)
    found = []
    for receipt in newest[:MOST_RECEIPTS]:
        record = records.get(receipt.instance_id)
        number = numbers.get(record.participant_id, "") if record else ""
        found.append(_receipt(receipt, record.form_id if record else "", number))
    return tuple(found)


def keep_server(office: Office, address: str, token: str, trial: bool) -> None:
    """Keep where records go."""
    write_server(office.store, ServerSettings(address.strip(), token.strip(), trial))


def told(report: RoundReport | None) -> Told:
    """A round of sending in kind sentences."""
    say, plural = translator("nl").text, translator("nl").plural
    if report is None:
        return Told("info", say("Er is nog geen server ingesteld."), say("Vul hieronder het adres van de server in."))
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


def _numbers(office: Office) -> dict[str, str]:
    with office.store.unit_of_work() as uow:
        return {record.participant_id: record.number for record in uow.participants.list()}


def _row(item: OutboxItem, numbers: Mapping[str, str], failed: Mapping[str, IntakeError], host: str) -> Row:
    say = translator("nl").text
    number = numbers.get(item.participant_id or "", "")
    parts = [say("nummer {number}").format(number=number)] if number else []
    parts.append(say("klaar sinds {moment}").format(moment=format_moment(item.queued_at, "nl")))
    return Row(
        instance_id=item.instance_id,
        title=_form_name(item.form_id),
        detail=" · ".join(parts),
        problem=_problem(item, failed.get(item.instance_id), host),
        apart=item.set_apart,
    )


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
    return Row(receipt.instance_id, _form_name(form), " · ".join(parts))


def _form_name(form: str) -> str:
    return translator("nl").text(FORM_NAMES[form]) if form in FORM_NAMES else translator("nl").text("Verslag")
