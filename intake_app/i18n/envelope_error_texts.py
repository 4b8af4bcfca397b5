"""What goes wrong with envelopes on a stick, each code in three kind sentences."""

from __future__ import annotations

from collections.abc import Mapping

from intake_app.i18n.gettext import mark

_NOTHING_CHANGED = mark("Er is niets veranderd.")
_STAYS = mark("Alles staat nog veilig op deze laptop.")
_NEW_ONE = mark("Vraag om een nieuwe envelop.")

ENVELOPE_TEXTS: Mapping[str, tuple[str, str, str]] = {
    "envelope_damaged": (
        mark("Dit bestand is geen hele envelop. Het is afgebroken of veranderd."),
        _NOTHING_CHANGED,
        mark("Zet de envelop opnieuw op de stick, en haal de stick er daarna veilig uit."),
    ),
    "envelope_for_other": (
        mark("Deze envelop is voor een andere sleutel gesloten."),
        _NOTHING_CHANGED,
        mark("Kijk of de sleutel van het Werkcentrum op de laptop nog klopt."),
    ),
    "envelope_other_kind": (
        mark("Dit is een envelop voor iets anders."),
        _NOTHING_CHANGED,
        mark("Kies het goede bestand: een envelop, een bewijs of een plan dat wordt doorgegeven."),
    ),
    "envelope_known": (
        mark("Deze envelop is al gebruikt op {at}."),
        mark("Er is niets nog een keer gebruikt."),
        mark("U hoeft niets te doen. Maak de stick leeg."),
    ),
    "envelope_too_old": (
        mark("Deze envelop is te oud. Hij is {days} dagen geldig."),
        _NOTHING_CHANGED,
        _NEW_ONE,
    ),
    "envelope_not_ours": (
        mark("Dit bewijs hoort bij een envelop van een andere laptop."),
        _NOTHING_CHANGED,
        mark("Gebruik het bewijs op de laptop waar de envelop vandaan komt."),
    ),
    "centre_record_other": (
        mark("Dit verslag van het Werkcentrum past niet bij een verbetering die hier wacht."),
        _NOTHING_CHANGED,
        mark("Vraag het Werkcentrum om het nieuwste verslag van deze deelnemer."),
    ),
    "envelope_key_wrong": (
        mark("Dit is geen goede sleutel."),
        _NOTHING_CHANGED,
        mark("Neem de hele regel over. De sleutel begint met OT1."),
    ),
    "envelope_key_missing": (
        mark("De sleutel van het Werkcentrum is er niet."),
        mark("Zonder die sleutel kan er niets in een envelop."),
        mark("Vraag de sleutel aan het Werkcentrum. De beheerder vult hem hier in."),
    ),
    "nothing_waits": (
        mark("Er is niets om op de stick te zetten."),
        mark("Er wacht geen verslag."),
        mark("U hoeft niets te doen."),
    ),
    "file_there": (
        mark("Er is al een bestand met de naam {path}."),
        mark("Dat bestand is niet veranderd."),
        mark("Kies een andere naam."),
    ),
    "code_wrong": (
        mark("Deze envelop gaat niet open met dit nummer en deze code."),
        _NOTHING_CHANGED,
        mark("Kijk op het blad Mijn gegevens van de deelnemer. Neem nummer en code precies over."),
    ),
    "hand_over_not_allowed": (
        mark("De deelnemer gaf geen toestemming om met deze organisatie te delen."),
        mark("Er is niets doorgegeven."),
        mark("Vraag het de deelnemer. Zonder ja gaat er niets naar een ander."),
    ),
    "person_here": (
        mark("Deelnemer {number} staat al op deze laptop."),
        _NOTHING_CHANGED,
        mark("Zoek het nummer bij Mijn mensen."),
    ),
    "on_a_stick": (
        mark("Dit verslag staat in een envelop op een stick."),
        _STAYS,
        mark("Breng de stick naar het Werkcentrum, en haal daarna hier het bewijs terug."),
    ),
}
