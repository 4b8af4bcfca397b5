"""Every error code as three kind sentences: what happened, what it means, what to do now."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from intake_app.errors import CatalogueInvalid, IntakeError
from intake_app.i18n.bidi import isolate
from intake_app.i18n.envelope_error_texts import ENVELOPE_TEXTS
from intake_app.i18n.gettext import mark, translator
from intake_app.i18n.languages import is_rtl
from intake_app.i18n.list_error_texts import list_error
from intake_app.i18n.server_error_texts import ASK_ADMIN, SERVER_TEXTS, STAYS_HERE


class ErrorText(NamedTuple):
    """What happened, what that means for the work of today, and what to do now."""

    what: str
    means: str
    do: str


_PLACE = re.compile(r"\{(\w+)\}")
_NOTHING_LOST = mark("Er is niets weg.")
_LOOK_AND_RETRY = mark("Kijk de invoer na en probeer het opnieuw.")
_FORM_STAYS = mark("Gesprekken met de oude vragenlijst gaan gewoon door.")
_NOT_USED = mark("Het bestand is niet gebruikt.")

_TEXTS: Mapping[str, tuple[str, str, str]] = {
    "error": (mark("Er ging iets mis."), _NOTHING_LOST, ASK_ADMIN),
    "input_wrong": (mark("Deze invoer klopt niet."), mark("Er is niets veranderd."), _LOOK_AND_RETRY),
    "person_not_matched": (
        mark("Dit past niet bij deze persoon."),
        mark("Het dossier blijft dicht, zodat u nooit twee mensen door elkaar haalt."),
        mark("Vraag het nummer of de leeftijd nog eens. Misschien heet iemand anders ook zo."),
    ),
    "recording_refused": (
        mark("Deze opname kan niet gebruikt worden."),
        mark("De andere opnames staan er nog."),
        mark("Kies een WAV-bestand van één zin, met de naam van de spreker."),
    ),
    "form_key_refused": (
        mark("De sleutel van vragenlijst {form_id} is niet goed."),
        mark("Zonder goede sleutel gaan er geen verslagen van deze vragenlijst weg. Er is niets verstuurd."),
        mark("Vraag het Werkcentrum om de vragenlijst met een goede sleutel: RSA, 2048 bits of meer."),
    ),
    "form_stays_open": (
        mark("De vragenlijst {form_id} heeft een sleutel. Dat mag bij deze lijst niet."),
        mark("Deze versie is niet gebruikt. De versie van nu blijft gewoon werken."),
        mark("Vraag het Werkcentrum om deze vragenlijst zonder sleutel te publiceren."),
    ),
    "seal_missing": (
        mark("De verslagen van vragenlijst {form_id} moeten op slot. Dat kan hier niet."),
        mark("Er gaat niets weg zonder slot."),
        ASK_ADMIN,
    ),
    "file_missing": (
        mark("Het bestand {path} is er niet."),
        mark("Zonder dit bestand kan dit niet."),
        mark("Kijk of de naam en de map kloppen."),
    ),
    "unsafe_xml": (
        mark("Dit bestand is niet veilig of niet heel (regel {line})."),
        _NOT_USED,
        mark("Vraag een nieuw bestand aan wie het u gaf."),
    ),
    "form_invalid": (
        mark("Deze vragenlijst klopt niet: {problems}"),
        _FORM_STAYS,
        mark("Verbeter de vragenlijst en controleer hem opnieuw."),
    ),
    "limit_exceeded": (
        mark("Dit is te groot of te zwaar om te gebruiken: {where} ({limit}, hoogstens {most})."),
        mark("Er is niets veranderd."),
        mark("Maak de vragenlijst of het bestand kleiner en probeer het opnieuw."),
    ),
    "verifier_missing": (
        mark("Deze vragenlijst controleert een handtekening, en dat kan hier niet ({function}, {where})."),
        mark("De vragenlijst kan hier niet gebruikt worden."),
        mark("Gebruik een vragenlijst zonder handtekeningen, of vraag de beheerder om hulp."),
    ),
    "form_missing": (
        mark("De vragenlijst {form_id} staat niet op deze laptop."),
        mark("Dit gesprek kan nu niet beginnen."),
        mark("Haal de vragenlijsten op, of vraag de beheerder om hulp."),
    ),
    "expression_wrong": (
        mark("In de vragenlijst staat een formule die niet klopt: {expression} ({problem})"),
        _FORM_STAYS,
        mark("Verbeter de formule en controleer de vragenlijst opnieuw."),
    ),
    "event_refused": (
        mark("Op deze plaats kan geen antwoord staan: {ref} ({reason})."),
        mark("Het antwoord is niet bewaard."),
        mark("Kies een andere vraag."),
    ),
    "form_version_taken": (
        mark("Versie {version} van {form_id} bestaat al, met andere inhoud."),
        mark("De bestaande versie is niet veranderd."),
        mark("Geef de vragenlijst een nieuw versienummer."),
    ),
    "catalogue_invalid": (
        mark("In {file}, regel {row}, kolom {column} staat iets dat niet klopt: {problem}"),
        mark("De oude gegevens blijven in gebruik."),
        mark("Verbeter de regel en lees het bestand opnieuw in."),
    ),
    "import_cancelled": (
        mark("Het inlezen is gestopt."),
        mark("De oude gegevens blijven in gebruik."),
        mark("U kunt het bestand later opnieuw inlezen."),
    ),
    "work_stopped": (
        mark("Het is gestopt, zoals u vroeg."),
        mark("Er is niets veranderd."),
        mark("U kunt het later opnieuw doen."),
    ),
    "profile_invalid": (
        mark("In het profiel klopt {field} niet: {problem}"),
        mark("Er is niets berekend."),
        _LOOK_AND_RETRY,
    ),
    "rules_invalid": (
        mark("In {file} klopt {key} niet: {problem}"),
        mark("Er is niets berekend."),
        mark("Verbeter het bestand en probeer het opnieuw."),
    ),
    "queries_invalid": (
        mark("Vraag {row} van het bestand kan niet gelezen worden: {problem}"),
        mark("Er is niets gezocht."),
        mark("Verbeter het bestand en probeer het opnieuw."),
    ),
    "report_source_wrong": (
        mark("Dit bestand van de server kan niet worden geteld ({file}, regel {row}: {problem})."),
        mark("Er is geen rapport gemaakt."),
        mark("Haal status en follow_up opnieuw op, als ZIP met CSV. Geef daarbij de wachtzin van de server."),
    ),
    "events_invalid": (
        mark("In {path}, regel {line}, staat geen lijst van antwoorden die gelezen kan worden."),
        mark("De vragenlijst is niet gestart."),
        mark("Verbeter het bestand en probeer het opnieuw."),
    ),
    "port_in_use": (
        mark("Poort {port} is al in gebruik door een ander programma."),
        mark("De proefserver is niet gestart."),
        mark("Kies een andere poort, of sluit het andere programma."),
    ),
    "folder_not_empty": (
        mark("De map {path} is niet leeg."),
        mark("Het proefgesprek maakt eigen gegevens en raakt de uwe niet aan."),
        mark("Kies een lege map."),
    ),
    "no_server": (
        mark("Voor deze laptop is nog geen server ingesteld."),
        STAYS_HERE,
        mark("Vraag het Werkcentrum om een toegang en vul die in."),
    ),
    "passphrase_too_short": (
        mark("Deze wachtzin is te kort."),
        mark("Een korte wachtzin is makkelijk te raden."),
        mark("Kies een paar woorden, samen ten minste {shortest} letters."),
    ),
    "unexpected_failure": (
        mark("Er ging iets mis dat niemand had voorzien."),
        mark("Wat eerder bewaard is, staat er nog."),
        mark("Sluit het programma en open het opnieuw. Gaat het weer mis? Vraag de beheerder om hulp."),
    ),
    "unknown_name": (
        mark("{name} is hier niet bekend."),
        mark("Er is niets veranderd."),
        mark("Kies uit: {known}."),
    ),
    "server_address_wrong": (
        mark("Dit adres van de server kan niet gebruikt worden ({problem})."),
        mark("Er is niets verstuurd."),
        mark("Plak het adres nog eens, zoals u het van het Werkcentrum kreeg."),
    ),
    "settings_code_wrong": (
        mark("Dit is geen instelcode van de server ({problem})."),
        mark("Er is niets veranderd."),
        mark("Plak de hele code, of kies de afbeelding met de QR-code die u van het Werkcentrum kreeg."),
    ),
    "project_has_waiting": (
        mark("Nog te versturen voor het project van nu: {count}."),
        mark("Er is niets veranderd. Verslagen van twee projecten mogen niet door elkaar lopen."),
        mark("Verstuur eerst wat er wacht. Lukt dat niet, bel dan het Werkcentrum."),
    ),
    "no_access": (
        mark("Dit mag nu niet."),
        _NOTHING_LOST,
        mark("Log opnieuw in."),
    ),
    "wrong_passphrase": (
        mark("Deze wachtzin klopt niet."),
        mark("De gegevens blijven op slot."),
        mark("Typ de wachtzin nog eens. Let op hoofdletters."),
    ),
    "too_many_attempts": (
        mark("De wachtzin was een paar keer fout."),
        mark("Over {seconds} seconden mag u het weer proberen."),
        mark("Neem even rust en kijk op uw papier. Weet u het niet meer? Vraag de coördinator om een nieuwe toegang."),
    ),
    "recovery_mistyped": (
        mark("In helft {half} van de herstelsleutel zit een typfout."),
        mark("De gegevens blijven op slot."),
        mark("Vergelijk de groepjes met het papier en verbeter het teken dat anders is."),
    ),
    "recovery_wrong": (
        mark("Deze herstelsleutel hoort niet bij deze gegevens."),
        mark("De gegevens blijven op slot."),
        mark("Kijk of u twee helften hebt met dezelfde datum, van deze laptop."),
    ),
    "passphrase_taken": (
        mark("Deze wachtzin kan niet gebruikt worden."),
        mark("Er is niets veranderd."),
        mark("Kies vier andere losse woorden."),
    ),
    "name_taken": (
        mark("Er is al een account met de naam {name}."),
        mark("Er is niets veranderd."),
        mark("Zet er een achternaam of een letter bij."),
    ),
    "last_site_lead": (
        mark("Dit is de enige coördinator van deze laptop."),
        mark("Zonder coördinator kan niemand een collega toegang geven."),
        mark("Maak eerst iemand anders coördinator."),
    ),
    "caseload_sealed": (
        mark("Dit account heeft nog deelnemers ({people}), en die zijn op slot."),
        mark("Alleen de eigen wachtzin of de herstelsleutel opent ze."),
        mark("Laat de collega zelf overdragen, of typ de twee helften van de herstelsleutel."),
    ),
    "not_settled": (
        mark("Een gesprek kan nog niet beginnen: er zijn nog instellingen leeg."),
        mark("Die staan op het plan en in de uitleg aan de deelnemer. Oefenen kan wel."),
        mark("Laat de coördinator de instellingen invullen."),
    ),
    "role_refused": (
        mark("Met uw rol kan dit niet."),
        mark("Er is niets veranderd."),
        mark("Vraag een collega die dit wel mag."),
    ),
    "store_in_use": (
        mark("Het programma is al open."),
        mark("Twee vensters tegelijk kan niet: dan raken antwoorden door elkaar."),
        mark("Ga naar het andere venster, of sluit het eerst."),
    ),
    "store_locked": (
        mark("Het programma is op slot."),
        STAYS_HERE,
        mark("Log in met uw wachtzin."),
    ),
    "storage_failed": (
        mark("Bewaren of lezen lukte niet."),
        mark("Wat eerder bewaard is, staat er nog."),
        mark("Sluit het programma en open het opnieuw. Gaat het weer mis? Vraag de beheerder om hulp."),
    ),
    "store_damaged": (
        mark("De gegevens op deze laptop zijn beschadigd ({part})."),
        mark("Het programma verandert er niets aan."),
        mark("Vraag de beheerder om een reservekopie terug te zetten."),
    ),
    "store_newer": (
        mark("Deze gegevens zijn van een nieuwere versie van het programma."),
        _NOTHING_LOST,
        mark("Installeer de nieuwste versie."),
    ),
    "store_missing": (
        mark("In deze map staan nog geen gegevens."),
        mark("Er is nog niets bewaard."),
        mark("Kies een andere map, of begin opnieuw."),
    ),
    "audit_broken": (
        mark("Het logboek is veranderd bij regel {position}."),
        mark("De gesprekken staan er nog. Iemand of iets heeft het logboek buiten de app om aangepast."),
        mark("Gebruik de laptop niet verder en bel het Werkcentrum."),
    ),
    "backup_refused": (
        mark("Dit bestand is geen reservekopie van deze app."),
        mark("Er is niets veranderd."),
        mark("Kies een ander bestand."),
    ),
    "backup_damaged": (
        mark("Deze reservekopie is beschadigd."),
        mark("Er is niets veranderd."),
        mark("Probeer een oudere kopie of een andere stick, of vraag de beheerder om hulp."),
    ),
    "backup_of_other": (
        mark("Deze reservekopie is van een andere laptop."),
        mark("Er is niets veranderd."),
        mark("Kies het bestand van deze laptop, of een andere naam."),
    ),
    "store_here": (
        mark("Op deze laptop staan al gegevens."),
        mark("Er is niets veranderd."),
        mark("Wilt u ze vervangen? Zeg dat er dan bij: de oude gegevens gaan apart."),
    ),
    "backup_newer": (
        mark("Deze reservekopie is gemaakt met een nieuwere versie van de app."),
        mark("Er is niets veranderd."),
        mark("Installeer eerst de nieuwe versie."),
    ),
    "backup_folder_missing": (
        mark("De plek voor de reservekopie is er niet: {path}."),
        mark("Er is nog geen nieuwe reservekopie."),
        mark("Doe de stick in de laptop, of kies een andere map."),
    ),
    "unsent_too_long": (
        mark("Er wachten verslagen al langer dan {days} dagen."),
        mark("Er kan nu geen nieuw gesprek beginnen. Oefenen kan wel."),
        mark("Verstuur de verslagen eerst, of vraag het Werkcentrum om hulp."),
    ),
    "clock_doubtful": (
        mark("De klok van deze laptop is ver versprongen ({days} dagen)."),
        mark("Er wordt niets gewist tot u zegt dat de datum klopt."),
        mark("Kijk naar de datum op de bladzijde Bewaren en wissen."),
    ),
    "disk_full": (
        mark("De schijf is vol."),
        mark("Wat bewaard is, blijft bewaard. Nieuwe antwoorden passen er niet bij."),
        mark("Maak ruimte vrij en probeer het opnieuw."),
    ),
    "folder_read_only": (
        mark("In deze map kan niets bewaard worden."),
        mark("Wat bewaard is, blijft bewaard. Wat u nu typt, staat alleen op het scherm."),
        mark("Vraag de beheerder om de map te openen voor uw account, en probeer het dan opnieuw."),
    ),
    "file_busy": (
        mark("Een ander programma houdt het bestand {name} vast."),
        mark("Vaak is dat de virusscanner. Er is niets weg."),
        mark("Wacht een halve minuut en probeer het opnieuw."),
    ),
    "record_missing": (
        mark("Dit staat niet op deze laptop ({kind})."),
        mark("Misschien is het al opgeruimd."),
        mark("Zoek het op met het nummer van de deelnemer."),
    ),
    "record_exists": (
        mark("Dit is al bewaard ({kind})."),
        mark("Er is niets dubbel bewaard."),
        mark("U hoeft niets te doen."),
    ),
    "record_erased": (
        mark("De gegevens van deze deelnemer zijn gewist."),
        mark("Niemand kan ze nog lezen."),
        mark("Begin een nieuw gesprek als de deelnemer dat wil."),
    ),
    "plan_failed": (
        mark("Het plan kan nu niet gemaakt worden ({problem})."),
        STAYS_HERE,
        mark("Schrijf de eerste stap en de afspraak op papier, en vraag de beheerder om hulp."),
    ),
    "font_missing": (
        mark("Een teken in de tekst kan niet gedrukt worden ({codepoint})."),
        mark("Het plan is nog niet gemaakt."),
        mark("Haal het teken weg, bijvoorbeeld een plaatje in de tekst, en probeer het opnieuw."),
    ),
    **SERVER_TEXTS,
    **ENVELOPE_TEXTS,
}


def error_text(error: IntakeError, language: str) -> ErrorText:
    """The three sentences of an error. An error without words of its own gets those of its parent."""
    if isinstance(error, CatalogueInvalid) and (told := list_error(error.params)):
        return _of_a_list(*told, language)
    code = next(kind.code for kind in type(error).__mro__ if issubclass(kind, IntakeError) and kind.code in _TEXTS)
    values = {name: _value(value, language) for name, value in error.params.items()}
    texts = translator(language, "errors")
    return ErrorText(*(_filled(texts.text(message), values) for message in _TEXTS[code]))


def _of_a_list(messages: tuple[str, str, tuple[str, str]], params: Mapping[str, object], language: str) -> ErrorText:
    texts = translator(language, "errors")
    values = {name: _value(value, language) for name, value in params.items()}
    what, means, do = messages
    now = " ".join(texts.text(sentence) for sentence in do)
    return ErrorText(_filled(texts.text(what), values), _filled(texts.text(means), values), now)


def error_sentence(error: IntakeError, language: str) -> str:
    """What happened, what it means and what to do, as one text."""
    return " ".join(error_text(error, language))


def _value(value: object, language: str) -> str:
    if not isinstance(value, str) and isinstance(value, Iterable):
        text = "; ".join(str(item) for item in value)
    else:
        text = str(value)
    return isolate(text) if is_rtl(language) else text


def _filled(message: str, values: Mapping[str, str]) -> str:
    """The message with its places filled; a parameter that an error does not carry shows as …"""
    return _PLACE.sub(lambda place: values.get(place[1], "…"), message)
