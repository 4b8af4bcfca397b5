"""What a waiting record says, as lines that a counsellor can read out: question and answer, then what the app adds."""

from __future__ import annotations

from dataclasses import dataclass

from intake_app.i18n.gettext import mark, translator
from intake_app.services.sent_content import SentContent, SentLine

NAMES = {
    "participant_number": mark("Nummer van de deelnemer"),
    "location": mark("Plek van het gesprek"),
    "counsellor": mark("Nummer van de begeleider"),
    "role": mark("Rol van de begeleider"),
    "form_version": mark("Uitgave van de vragenlijst"),
    "catalogue_version": mark("Uitgave van de lijst met beroepen"),
    "language_state": mark("Nagekeken vertaling"),
    "legal_basis": mark("Grondslag"),
    "retention_days": mark("Dagen bewaren op de laptop"),
    "central_months": mark("Maanden bewaren bij het Werkcentrum"),
    "special_months": mark("Maanden bewaren van gezondheid en afkomst"),
    "case_card_days": mark("Dagen bewaren van de belkaart"),
    "no_control_agreement": mark("Afspraak: geen controle op uitkeringen"),
    "skipped": mark("Overgeslagen vragen"),
    "plan_handed_over": mark("Plan meegegeven"),
    "plan_number": mark("Nummer van het plan"),
    "chosen_route": mark("Gekozen route"),
    "talk_id": mark("Kenmerk van het gesprek"),
    "talk_date": mark("Datum van het gesprek"),
    "talk_form": mark("Soort gesprek"),
    "finished_date": mark("Afgerond op"),
    "follow_up_date": mark("Datum van het vervolggesprek"),
    "state": mark("Hoe het gesprek ervoor staat"),
    "kind": mark("Soort"),
    "call_name": mark("Roepnaam"),
    "family_name": mark("Achternaam"),
    "birth_year": mark("Geboortejaar"),
    "contact": mark("Bereikbaar via"),
    "contact_way": mark("Manier van contact"),
    "email": mark("E-mailadres"),
    "plan_language": mark("Taal van het plan"),
    "consent_central": mark("Toestemming om te versturen"),
    "consent_contact": mark("Toestemming om contact op te nemen"),
    "goal": mark("Doel"),
    "label": mark("Naam"),
    "source": mark("Waar het vandaan komt"),
    "organisation": mark("Organisatie"),
    "partner": mark("Wie helpt"),
    "code": mark("Code"),
    "given": mark("Antwoord op de toestemming"),
    "at": mark("Wanneer"),
    "way": mark("Hoe"),
    "text_version": mark("Uitgave van de tekst"),
    "language": mark("Taal"),
    "withdrawn_at": mark("Ingetrokken op"),
    "quarter": mark("Kwartaal"),
    "counter": mark("Wat er geteld is"),
    "count": mark("Aantal"),
    "instanceID": mark("Kenmerk van dit verslag"),
    "deprecatedID": mark("Verbetert het verslag met kenmerk"),
    "instanceName": mark("Naam van dit verslag"),
    "start": mark("Begonnen op"),
    "end": mark("Klaar op"),
}
"""What the app writes itself, by host node or by the meta name of ODK."""


@dataclass(frozen=True)
class ContentLine:
    """A line of the page."""

    question: str
    answer: str


@dataclass(frozen=True)
class ContentShown:
    """What the person told, what the app adds, and the files."""

    told: tuple[ContentLine, ...]
    added: tuple[ContentLine, ...]
    files: tuple[str, ...]
    locked: bool


def shown(content: SentContent) -> ContentShown:
    """The content as the page shows it; every line of the record stands in it once."""
    say = translator("nl").text
    told = tuple(ContentLine(line.question, line.answer) for line in content.lines if line.question)
    added = tuple(_added(line) for line in content.lines if not line.question)
    # Translators: {name} is the name of a file, {size} its size in kilobytes.
    file = say("{name} ({size} kB)")
    files = tuple(file.format(name=name, size=max(1, round(size / 1000))) for name, size in content.files)
    return ContentShown(told, added, files, content.locked)


def _added(line: SentLine) -> ContentLine:
    known = NAMES.get(line.name)
    return ContentLine(translator("nl").text(known) if known else line.name, line.answer)
