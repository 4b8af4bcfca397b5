"""The papers for the privacy officer, made from the forms' own tags and the matching data, so that they cannot drift.

`python3 -m devtools.privacy_papers` writes them into docs/privacy; `--check` only says which are out of date. Dutch,
because the people who need them are; a test compares what stands in the repository with what this makes.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from devtools.exchange_papers import exchange
from devtools.shell import REPOSITORY, say
from intake_app.domain.clocks import LONGEST, RetentionClocks
from intake_app.domain.draft import ROLES
from intake_app.domain.profile import SkillsProfile
from intake_app.i18n.phrases import consent_sentences
from intake_app.monitoring.indicators import LEAST, LEAST_LANGUAGE
from intake_app.services.policy import POLICY
from intake_app.xforms.compile.sheets import Row, read_sheets, settings_of

FORMS = ("intake", "participant", "plan", "follow_up", "status", "data_request")
FOLDER = REPOSITORY / "docs" / "privacy"
CONSENTS = ("C1", "C2", "C3", "C4", "C5", "C6", "C7")
_TAG = "bind::intake:"
_MADE = (
    "<!-- Gemaakt door devtools/privacy_papers.py uit de vragenlijsten en de regels. Verander die, niet dit blad. -->"
)
_OUR_PROPOSAL = "Dit is een voorstel van de makers. De functionaris gegevensbescherming (FG) stelt het vast."
_SENSITIVE = {"0": "gewoon", "1": "extra zorg", "9": "bijzonder of daar dichtbij"}
_CENTRAL_FORM = {
    "intake": "het gesprek, zoals het de laptop verlaat",
    "participant": "wie het is en hoe iemand te bereiken is",
    "plan": "doel, stappen, richtingen, verwijzingen",
    "follow_up": "het vervolggesprek",
    "status": "de stand en de telling, zonder inhoud",
    "data_request": "een verzoek over gegevens, zonder inhoud",
}
_RETENTION = {
    "draft_days": "een gesprek dat niet af is",
    "laptop_days": "een gesprek en plan op de laptop",
    "unsent_warn_days": "nog niet verstuurd: waarschuwing",
    "unsent_block_days": "nog niet verstuurd: geen nieuwe gesprekken",
    "case_card_days": "de belkaart, na het laatste contact",
    "special_months": "antwoorden met toestemming C4 en C5, en de telgroep",
    "central_months": "bij het Werkcentrum, na het laatste contact",
    "central_max_months": "bij het Werkcentrum, hoogstens na het gesprek",
    "consent_months": "bewijs van toestemming, na het verslag zelf",
    "audit_months": "het logboek",
    "backup_days": "een reservekopie",
    "envelope_days": "een overdrachtsenvelop",
}
_RISKS = (
    ("gestolen laptop", "Alles is twee keer versleuteld; een sleutel per persoon; slot na een paar minuten."),
    ("meekijken op het scherm", "Privévragen komen alleen als u met zijn tweeën bent, en blijven niet staan."),
    ("een ander aan tafel, een tolk", "Wie erbij zit, wordt bij elk gesprek opnieuw gevraagd en niet bewaard."),
    ("vrije tekst", "Elk vrij veld zegt wat er niet in hoort; vrije tekst gaat niet mee, tenzij het zo is aangegeven."),
    ("de verkeerde persoon", "Een dossier gaat pas open na een tweede kenmerk."),
    ("kleine aantallen", "Zie het blad over de cijfers: kleine getallen zijn verborgen, ook voor wie aftrekt."),
    (
        "fouten in vertalingen",
        "Elke taal zegt of mensen haar nakeken; zo niet, dan C4, C5 en C7 alleen met een tolk.",
    ),
    (
        "druk door een uitkering",
        "Geen account voor wie over uitkering, straf of fraude beslist; dat staat in de afspraken.",
    ),
    ("nummer op papier", "Het nummer is willekeurig en zegt niets over de persoon."),
    ("logbestanden en afdrukken", "Een log houdt codes en nummers; eigen afdrukbestanden gaan weg bij het sluiten."),
)
_AGREEMENTS = (
    ("DPIA", "De gegevensbeschermingseffectbeoordeling is gedaan; het blad dpia.md is de invoer."),
    ("Wie is verantwoordelijk", "Een regeling van gezamenlijke verantwoordelijken, of verwerkersovereenkomsten."),
    ("Register", "Het blad verwerkingsregister.md staat in het register van elke organisatie."),
    ("Geheimhouding", "Elke vrijwilliger heeft getekend."),
    ("Datalek", "Een kaart: wie belt wie, binnen 72 uur."),
    ("Hosting", "De server staat in de Europese Unie."),
    ("Algoritmeregister", "Het blad algoritmeregister.md staat in het register."),
    ("Geen controle", "Niemand die over uitkering, straf of fraude beslist, krijgt een account. Pas als dit is "
     "getekend, mag de instelling `no_control_agreement` aan: dan staat het ook op het blad van de deelnemer."),
)  # fmt: skip


@dataclass(frozen=True)
class Field:
    """One field of a form by its tags: consents that must all hold, sensitivity, whether it may leave the laptop."""

    form: str
    name: str
    label: str
    consents: tuple[str, ...]
    sensitive: str
    central: bool
    free_text: bool

    @property
    def in_memory_only(self) -> bool:
        """Whether it is never written."""
        return "N" in self.consents


def form_fields(form: str) -> tuple[Field, ...]:
    """Every tagged field of a form, in its order. Raises FormInvalid."""
    sheets = read_sheets(REPOSITORY / "resources" / "forms" / f"{form}.md")
    return tuple(_field(form, row) for row in sheets["survey"].rows if row.get(f"{_TAG}consent"))


def _field(form: str, row: Row) -> Field:
    label = " ".join((row.get("label") or "(vult het programma in)").split()).replace("|", "/")
    return Field(
        form=form,
        name=row["name"],
        label=label,
        consents=tuple(row[f"{_TAG}consent"].split()),
        sensitive=row.get(f"{_TAG}sensitive", "0"),
        central=row.get(f"{_TAG}central") == "yes",
        free_text=row["type"] == "text",
    )


def papers() -> dict[str, str]:
    """Every paper by its file name."""
    made: dict[str, Callable[[], Iterator[str]]] = {
        "verwerkingsregister.md": _register,
        "dpia.md": _assessment,
        "algoritmeregister.md": _algorithm,
        "afspraken-voor-de-pilot.md": _agreements,
        "uitwisseling.md": exchange,
    }
    return {name: "\n".join((_MADE, "", *lines())) + "\n" for name, lines in made.items()}


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    columns = tuple(head)
    yield f"| {' | '.join(columns)} |"
    yield f"|{'---|' * len(columns)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


def _versions() -> str:
    told = (settings_of(read_sheets(REPOSITORY / "resources" / "forms" / f"{form}.md")) for form in FORMS)
    return ", ".join(f"{one.get('form_id')} {one.get('version')}" for one in told)


def _register() -> Iterator[str]:
    yield "# Invoer voor het verwerkingsregister (AVG artikel 30)"
    yield ""
    yield _OUR_PROPOSAL
    yield f"Vragenlijsten: {_versions()}."
    yield ""
    yield "Doel: mensen met onbenut talent helpen hun vaardigheden te zien, te leren en een stap te zetten naar werk."
    yield "Betrokkenen: deelnemers vanaf 18 jaar (16 en 17 jaar alleen met eigen ja), begeleiders."
    yield "Grondslag: publieke taak of toestemming (instelling `legal_basis`); voor C4 en C5 een uitdrukkelijk ja."
    yield "Verantwoordelijke, contact en FG: instellingen van de plaats. Ontvangers: het Werkcentrum (C2), en per"
    yield "organisatie alleen met C7. Geen doorgifte buiten de EU. Beveiliging: docs/beveiliging.md."
    yield ""
    yield "## Wat er mag met welke toestemming"
    yield ""
    yield from _table(
        ("code", "tekst"), ((code, consent_sentences(code, "nl", organisation="[organisatie]")[0]) for code in CONSENTS)
    )
    yield "## Gegevens per vragenlijst"
    yield ""
    for form in FORMS:
        yield from _fields_of(form)
    yield from _periods()
    yield from _rights_of_roles()


def _fields_of(form: str) -> Iterator[str]:
    found = form_fields(form)
    yield f"### {form}: {_CENTRAL_FORM[form]}"
    yield ""
    yield f"{len(found)} velden, {sum(one.central for one in found)} mogen de laptop verlaten (met C2),"
    yield f"{sum(one.in_memory_only for one in found)} worden nooit opgeschreven."
    yield ""
    rows = (
        (
            f"`{one.name}`",
            one.label,
            "nooit opgeschreven" if one.in_memory_only else " en ".join(one.consents).replace("T", "dienst"),
            _SENSITIVE[one.sensitive],
            "ja" if one.central else "nee",
        )
        for one in found
    )
    yield from _table(("veld", "vraag", "grondslag", "gevoelig", "verlaat de laptop"), rows)


def _periods() -> Iterator[str]:
    yield "## Bewaartermijnen"
    yield ""
    usual = asdict(RetentionClocks())
    rows = (
        (f"`{name}`", told, f"{usual[name]} {_unit(name)}", f"{LONGEST[name]} {_unit(name)}")
        for name, told in _RETENTION.items()
    )
    yield from _table(("instelling", "wat", "gewoon", "hoogstens"), rows)


def _unit(name: str) -> str:
    return "maanden" if name.endswith("months") else "dagen"


def _rights_of_roles() -> Iterator[str]:
    yield "## Wie mag wat op een laptop"
    yield ""
    rows = (
        (f"`{action.value}`", *("ja" if role in allowed else "nee" for role in ROLES))
        for action, allowed in POLICY.items()
    )
    yield from _table(("handeling", *ROLES), rows)


def _assessment() -> Iterator[str]:
    every = [one for form in FORMS for one in form_fields(form)]
    yield "# Invoer voor de DPIA (AVG artikel 35)"
    yield ""
    yield _OUR_PROPOSAL
    yield "Een DPIA is nodig: kwetsbare mensen, profilering, bijzondere gegevens, samenwerking en nieuwe techniek."
    yield ""
    yield "## Bijzondere gegevens"
    yield ""
    special = [one for one in every if one.sensitive == "9"]
    yield from _table(
        ("veld", "vragenlijst", "vraag", "toestemming", "verlaat de laptop"),
        (
            (f"`{one.name}`", one.form, one.label, " en ".join(one.consents), "ja" if one.central else "nee")
            for one in special
        ),
    )
    yield "## Vrije tekst"
    yield ""
    texts = [one for one in every if one.free_text]
    yield f"{len(texts)} velden; {sum(one.central for one in texts)} daarvan mogen met C2 naar het Werkcentrum."
    yield ""
    yield from _table(
        ("veld", "vragenlijst", "verlaat de laptop"),
        ((f"`{one.name}`", one.form, "ja" if one.central else "nee") for one in texts),
    )
    yield from _by_consent(every)
    yield from _dangers()


def _by_consent(every: list[Field]) -> Iterator[str]:
    yield "## Per toestemming"
    yield ""
    by_consent: dict[str, list[Field]] = defaultdict(list)
    for one in every:
        for code in one.consents:
            by_consent[code].append(one)
    for code in (*CONSENTS, "N"):
        names = ", ".join(f"`{one.name}`" for one in by_consent[code]) or "geen eigen velden"
        yield f"- **{'nooit opgeschreven' if code == 'N' else code}**: {names}"
    yield ""


def _dangers() -> Iterator[str]:
    yield "## Risico's en wat het programma doet"
    yield ""
    yield from _table(("risico", "maatregel"), _RISKS)
    yield "## De cijfers"
    yield ""
    yield f"Cellen onder {LEAST} zijn verborgen, onder {LEAST_LANGUAGE} voor taal. Er worden meer cellen verborgen,"
    yield "tot elke verborgen cel nog evenveel verschillende getallen kan zijn als de regel verbergt, ook als alle"
    yield "rapporten van hetzelfde tijdvak naast elkaar liggen. Rapporten over tijdvakken die bijna gelijk zijn,"
    yield "horen niet naast elkaar."


def _algorithm() -> Iterator[str]:
    matching = REPOSITORY / "resources" / "matching"
    score = json.loads((matching / "score.json").read_text(encoding="utf-8"))
    offers = json.loads((matching / "offers.json").read_text(encoding="utf-8"))
    version = (REPOSITORY / "resources" / "catalogue" / "version.txt").read_text(encoding="utf-8").strip()
    yield "# Invoer voor het algoritmeregister"
    yield ""
    yield _OUR_PROPOSAL
    yield ""
    yield "Naam: voorstellen van beroepen en leeraanbod. Soort: vaste regels, geen zelflerend systeem, geen taalmodel."
    yield "Doel: samen kijken welk werk bij iemand kan passen. Deelnemer en begeleider kiezen; niemand wordt afgewezen."
    yield "Niet voor: selectie, toelating, uitkering, straf, rangorde van mensen."
    yield f"Catalogus: {version}. Regels: {score['source']}, nagekeken op {score['checked_on']}."
    yield ""
    yield "## Wat meetelt"
    yield ""
    words = {"skills": "vaardigheden", "interests": "interesses", "wishes": "wensen"}
    yield from _table(
        ("onderdeel", "gewicht"), ((words.get(name, name), f"{value:.0%}") for name, value in score["weights"].items())
    )
    yield "Niveaus: " + ", ".join(f"{name} {value}" for name, value in score["skill_levels"].items()) + "."
    labels = score["labels"]
    yield f"Woorden: past goed vanaf {labels['good_fit']}, met leren onder {labels['least_fit']}. Op het scherm nooit"
    yield "een getal."
    yield ""
    yield "Wat het programma van iemand kent als het vergelijkt:"
    yield ", ".join(f"`{one.name}`" for one in fields(SkillsProfile)) + "."
    yield ""
    yield from _never()
    yield f"Aanbod: hoogstens {offers['most']} voorstellen, altijd als 'misschien'. Nagekeken: {offers['checked_on']}."
    yield ""
    yield "## Toezicht door mensen"
    yield ""
    yield "Elk voorstel zegt waarom. De begeleider kan toevoegen, weghalen en omzetten, met een reden die blijft staan."
    yield "Twee keer per jaar: het blad De cijfers vergelijkt welke sectoren elke telgroep te zien krijgt."


def _never() -> Iterator[str]:
    yield "## Wat nooit meetelt"
    yield ""
    never = [one for one in form_fields("intake") if {"C4", "C5"} & set(one.consents)]
    yield "Naam, leeftijd, taal van het gesprek, uitkering, telgroep, wie de begeleider is, en alles wat alleen met"
    yield f"C4 of C5 is gevraagd: {', '.join(f'`{one.name}`' for one in never)}."
    yield "Een test wijzigt alleen die antwoorden en vergelijkt de lijst (tests/profile/test_protected.py)."
    yield ""


def _agreements() -> Iterator[str]:
    yield "# Op papier vóór de pilot"
    yield ""
    yield "Zonder deze afspraken begint de pilot niet."
    yield ""
    yield from _table(
        ("", "afspraak", "wanneer is het goed", "getekend op"),
        (("☐", name, told, "") for name, told in _AGREEMENTS),
    )


def main(arguments: list[str]) -> int:
    """Write the papers, or with `--check` only compare: 1 when one is out of date."""
    stale = [name for name, text in papers().items() if _text(FOLDER / name) != text]
    if "--check" in arguments:
        for name in stale:
            say(f"docs/privacy/{name} is out of date: python3 -m devtools.privacy_papers")
        return 1 if stale else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in papers().items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
    return 0


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
