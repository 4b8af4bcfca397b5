"""From codes to sentences: reasons, fits, routes, steps, help, consents; Dutch B1, translated through gettext.

The wording of reasons, notes and cautions is that of the field's matching rules: a suggestion explains itself, never
promises a right, and calls work "kansberoep" only where a source names it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

from babel.lists import format_list

from intake_app.domain.catalogue import Catalogue, Requirement
from intake_app.domain.reasons import Reason, ReasonCode
from intake_app.domain.recommendation import Fit
from intake_app.i18n import words
from intake_app.i18n.bidi import isolate, isolate_ltr
from intake_app.i18n.error_texts import ErrorText, error_sentence, error_text
from intake_app.i18n.formats import filled_in, format_date, one_full_stop
from intake_app.i18n.gettext import mark, translator
from intake_app.i18n.languages import is_rtl, language

__all__ = [
    "ErrorText",
    "catalogue_text",
    "code_words",
    "consent_messages",
    "consent_sentences",
    "error_sentence",
    "error_text",
    "fill",
    "fit_sentence",
    "joined",
    "plan_text",
    "reason_sentence",
    "requirement_sentence",
    "spoken",
]

_FITS = {
    Fit.GOOD: mark("past goed"),
    Fit.PARTLY: mark("past deels"),
    Fit.WITH_LEARNING: mark("met leren"),
}

_REASONS: Mapping[ReasonCode, tuple[str, ...]] = {
    ReasonCode.CAN_ALREADY: (mark("U kunt al: {skills}."), mark("U kunt hier al iets van.")),
    ReasonCode.CARD_SHOWS: (
        mark("Uw kaart “{card}” laat dit zien: {skills}."),
        mark("Uw kaart “{card}” laat dit zien."),
        mark("Uw kaarten laten dit zien."),
    ),
    ReasonCode.JOB_SHOWS: (
        mark("Uw werk als {occupation} laat dit zien: {skills}."),
        mark("Uw werk als {occupation} laat dit zien."),
        mark("Uw eerdere werk laat dit zien."),
    ),
    ReasonCode.LIKED_CARD: (mark("Dit doet u het liefst: {card}."), mark("Hier zit iets in dat u het liefst doet.")),
    ReasonCode.INTEREST_FITS: (
        mark("Dit past bij wat u leuk vindt: {letters}."),
        mark("Dit past bij wat u leuk vindt."),
    ),
    ReasonCode.WISH_LEARN_KIND: (
        mark("Dit past bij hoe u wilt leren: {kinds}."),
        mark("Dit past bij hoe u wilt leren."),
    ),
    ReasonCode.WISH_BODY: (mark("U wilt dit werk doen: {kinds}."), mark("Dit past bij het werk dat u wilt doen.")),
    ReasonCode.WISH_SECTOR: (mark("U wilt kijken in: {sector}."), mark("U koos deze sector.")),
    ReasonCode.OWN_IDEA: (mark("Dit is uw eigen idee."),),
    ReasonCode.NEAR_YOUR_WORK: (
        mark("Dit ligt dicht bij uw beroep: {occupation}."),
        mark("Dit ligt dicht bij uw beroep."),
    ),
    ReasonCode.STILL_LEARN: (mark("Nog leren: {skills}."), mark("Nog leren: dat zoeken we samen uit.")),
    ReasonCode.NEEDED: (mark("Nodig: {requirement}."), mark("Er is iets nodig voor dit werk. Vraag het na.")),
    ReasonCode.VOG_ASKED: (mark("Een VOG wordt gevraagd bij dit werk."),),
    ReasonCode.LANGUAGE_FIRST: (
        mark("Eerst taal: bij dit werk vraagt men vaak Nederlands op niveau {cefr}."),
        mark("Eerst taal: begin met Nederlands leren."),
    ),
    ReasonCode.LANGUAGE_AT_WORK: (mark("Taal op de werkvloer: u leert Nederlands terwijl u werkt."),),
    ReasonCode.LEVEL_GAP: (
        mark("Voor dit werk leert u eerst verder: {level}."),
        mark("Voor dit werk leert u eerst verder."),
    ),
    ReasonCode.REGULATED_NO_PROOF: (mark("Bij dit werk hoort een verplicht papier. Dat heeft u nog niet."),),
    ReasonCode.NO_CORE_SKILL: (mark("Het belangrijkste van dit werk is nog nieuw voor u."),),
    ReasonCode.DEMAND_HIGH: (
        mark("Kans op werk: veel vraag in de Achterhoek ({source}, {date})."),
        mark("Kans op werk: veel vraag in de Achterhoek ({source})."),
        mark("Kans op werk: veel vraag in de Achterhoek."),
    ),
    ReasonCode.DEMAND_UNKNOWN: (mark("Kans op werk: nog navragen."),),
    ReasonCode.CHECK_DATE: (
        mark("Deze gegevens zijn van {date}: controleer ze."),
        mark("Deze gegevens zijn ouder dan 12 maanden: controleer ze."),
    ),
    ReasonCode.NOTE_EARLY_SHIFT: (mark("Vroege dienst: vaak geen bus."),),
    ReasonCode.NOTE_CHILDCARE_FIRST: (mark("Eerst opvang regelen."),),
    ReasonCode.NOTE_FIXED_HOURS: (mark("Vraag naar vaste uren."),),
    ReasonCode.NOTE_LICENCE: (mark("Rijbewijs nodig."),),
    ReasonCode.WISH_AVOIDED: (
        mark("Let op, dit wilde u liever niet: {kinds}."),
        mark("Let op: hier zit iets in dat u liever niet doet."),
    ),
    ReasonCode.CAUTION_REGISTRATION_FIRST: (
        mark("Eerst uw diploma laten erkennen: zorg bij het CIBG (BIG), onderwijs bij DUO."),
    ),
    ReasonCode.CAUTION_SCREENING: (mark("Er is een onderzoek naar gedrag. Vraag eerst of het kan."),),
    ReasonCode.CAUTION_SELF_EMPLOYMENT: (mark("Vaak werk als zzp'er: vraag advies over geld en verzekering."),),
    ReasonCode.CAUTION_DEMAND_FALLING: (mark("Er zijn minder vacatures dan vroeger. Kijk eerst samen."),),
    ReasonCode.CAUTION_BLOOD_ANIMALS: (mark("Werk met vlees en bloed."),),
    ReasonCode.CAUTION_CONSULT_FIRST: (mark("Overleg eerst met UWV, gemeente of COA."),),
    ReasonCode.FIT_LOW: (mark("Er is nog weinig dat bij dit werk past."),),
    ReasonCode.ONLY_WHEN_ASKED: (mark("Dit werk staat er alleen bij als u er zelf om vraagt."),),
    ReasonCode.IMPORTED_LIST: (
        mark("Dit beroep komt uit de lijst ESCO. Hier kennen wij nog geen weg naartoe: vraag het aan het Werkcentrum."),
    ),
    ReasonCode.OTHERS_FIRST: (mark("Ander werk past nu beter bij wat u vertelde."),),
    ReasonCode.CHANGE_LANGUAGE: (
        mark("Dit helpt: Nederlands leren tot niveau {cefr}."),
        mark("Dit helpt: een stap verder met Nederlands."),
    ),
    ReasonCode.CHANGE_PAPER: (mark("Dit helpt: {requirement}."), mark("Dit helpt: het papier dat bij dit werk hoort.")),
    ReasonCode.CHANGE_HOURS: (
        mark("Dit helpt: meer uren per week, {hours}."),
        mark("Dit helpt: meer uren per week."),
    ),
    ReasonCode.CHANGE_LEVEL: (
        mark("Dit helpt: eerst een opleiding, {level}."),
        mark("Dit helpt: eerst een opleiding."),
    ),
    ReasonCode.CHANGE_SKILL: (
        mark("Dit helpt: zonder hulp kunnen {skills}."),
        mark("Dit helpt: iets nieuws leren in de praktijk."),
    ),
    ReasonCode.GROWTH_STEP: (mark("Dit is een stap hoger. U leert er iets bij."),),
    ReasonCode.SECTOR_SPREAD: (mark("Dit staat erbij, zodat u ook ander werk ziet."),),
    ReasonCode.ENTRY_NOW: (mark("Hier kunt u snel beginnen, zonder diploma."),),
    ReasonCode.OFFER_LANGUAGE_WISH: (mark("U wilt oefenen met taal."),),
    ReasonCode.OFFER_DIGITAL_WISH: (mark("U wilt oefenen met de computer of telefoon."),),
    ReasonCode.OFFER_LEARN_KIND: (mark("Zo wilt u leren: {kinds}."), mark("Zo wilt u leren.")),
    ReasonCode.OFFER_TASTER: (
        mark("U wilt een keer meekijken of meedoen: {sector}."),
        mark("U wilt een keer meekijken of meedoen."),
    ),
    ReasonCode.OFFER_FOREIGN_DIPLOMA: (mark("U ging naar school in een ander land."),),
    ReasonCode.OFFER_FOR_OCCUPATION: (
        mark("Dit past bij uw richting: {occupation}."),
        mark("Dit past bij uw richting."),
    ),
    ReasonCode.OFFER_MAYBE: (mark("Misschien is dit iets voor u."),),
    ReasonCode.OFFER_ASK_AT: (mark("Vraag dit na bij {ask}."), mark("Vraag dit na.")),
}
"""Per code the sentences from full to bare: the first one whose places can all be filled is said."""

_CONSENTS: Mapping[str, tuple[str, str]] = {
    "C1": (
        mark("Mijn antwoorden op deze laptop bewaren."),
        mark(
            "Alleen mijn begeleider en de vervanger zien het, tot {days} dagen nadat het gesprek klaar of verstuurd is."
        ),
    ),
    "C2": (
        mark("Mijn antwoorden en mijn plan naar het Werkcentrum sturen."),
        mark("Alleen mijn begeleiders zien het, tot {months} maanden na het laatste gesprek."),
    ),
    "C3": (
        mark("Mij later bellen of schrijven."),
        mark(
            "Mijn begeleider bewaart mijn naam, nummer, taal, stappen en de datum, "
            "tot {days} dagen na het laatste gesprek."
        ),
    ),
    "C4": (
        mark("Opschrijven wat ik op het werk nodig heb."),
        mark("Geen ziekte. Alleen mijn begeleiders zien het, hoogstens {months} maanden."),
    ),
    "C5": (
        mark("Opschrijven of ik uit een ander land kom."),
        mark("Alleen mijn begeleiders zien het, hoogstens {months} maanden."),
    ),
    "C6": (
        mark("Mij zonder naam meetellen."),
        mark("Alleen mensen van het project zien de aantallen. Die blijven bewaard."),
    ),
    "C7": (
        mark("Mijn naam, mijn nummer en mijn vraag geven aan {organisation}."),
        mark("Alleen {organisation} krijgt het, en bewaart het zolang zij mij helpen."),
    ),
}


def plan_text(message: str, code: str) -> str:
    """A marked Dutch text of the plan in a language; Dutch where there is no translation."""
    return translator(code, "plan").text(message)


def catalogue_text(context: str, label_nl: str, code: str) -> str:
    """A label of the catalogue in a language, by its context (`skill:cooking`); Dutch without a translation."""
    return translator(code, "catalogue").text(label_nl, context) if label_nl else ""


def spoken(message: str, code: str) -> str:
    """The language in which a marked text of the plan is really said: Dutch where there is no translation."""
    return code if translator(code, "plan").has(message) else "nl"


def fill(message: str, code: str, /, **values: object) -> str:
    """Translate a marked text and fill its named places; in right-to-left languages every value is isolated."""
    code = spoken(message, code)
    wrap = isolate if is_rtl(code) else str
    said = {name: wrap(filled_in(value, code)) for name, value in values.items()}
    return one_full_stop(plan_text(message, code).format(**said))


def joined(items: Iterable[str], code: str) -> str:
    """Items as a list in words ("koken, bakken en schoonmaken"), each isolated in right-to-left languages."""
    wrap = isolate if is_rtl(code) else str
    return str(format_list([wrap(item) for item in items], locale=language(code).babel))


def code_words(kind: str, value: str, code: str) -> str:
    """The words for a code of a choice list; `kind` is a table of `words`. An unknown code gives ""."""
    message = words.TABLES[kind].get(value, "")
    return plan_text(message, code) if message else ""


def fit_sentence(fit: Fit, code: str) -> str:
    """ "past goed", "past deels" or "met leren": never a number."""
    return plan_text(_FITS[fit], code)


def consent_messages() -> frozenset[str]:
    """The Dutch sentences of all consents, as they are translated."""
    return frozenset(message for pair in _CONSENTS.values() for message in pair)


def consent_sentences(
    consent: str, code: str, *, organisation: str = "", days: int = 30, months: int = 12
) -> tuple[str, str]:
    """What a consent allows, and who sees it how long. `consent` is C1 to C7."""
    return tuple(
        fill(message, code, organisation=organisation, days=days, months=months) for message in _CONSENTS[consent]
    )  # type: ignore[return-value]  # every entry of the table is a pair


def requirement_sentence(requirement: Requirement, code: str) -> str:
    """What the work asks, with the careful words for a certificate of conduct."""
    if requirement.code == "VOG":
        return plan_text(_REASONS[ReasonCode.VOG_ASKED][0], code)
    return fill(
        _REASONS[ReasonCode.NEEDED][0],
        code,
        requirement=catalogue_text(f"requirement:{requirement.code}", requirement.text_nl, code),
    )


def reason_sentence(reason: Reason, code: str, catalogue: Catalogue) -> str:
    """The sentence of a reason in a language. Parameters that are missing give a barer sentence, never a gap."""
    if reason.code is ReasonCode.NEEDED and _requirement_code(reason) == "VOG":
        return plan_text(_REASONS[ReasonCode.VOG_ASKED][0], code)
    code = spoken(_REASONS[reason.code][-1], code)
    values = {name: text for name, text in _values(reason, code, catalogue).items() if text}
    messages = (text for text in _REASONS[reason.code] if all(name in values for name in _places(text)))
    return plan_text(next(messages, _REASONS[reason.code][-1]), code).format(**values)


@cache
def _places(message: str) -> tuple[str, ...]:
    return tuple(part.partition("}")[0] for part in message.split("{")[1:])


def _requirement_code(reason: Reason) -> str:
    requirement = reason.params.get("requirement")
    if isinstance(requirement, Mapping):
        return str(requirement.get("code", ""))
    return str(getattr(requirement, "code", "")) or str(reason.params.get("code", ""))


def _values(reason: Reason, code: str, catalogue: Catalogue) -> dict[str, str]:
    """The words for every parameter that is there, isolated where the language asks for it."""
    params = reason.params
    wrap = isolate if is_rtl(code) else str
    skills = [
        catalogue_text(f"skill:{i}", catalogue.skills[i].label_nl, code)
        for i in _strings(params.get("skills"))
        if i in catalogue.skills
    ]
    cards = [
        catalogue_text(f"card:{i}", catalogue.cards[i].label_nl, code)
        for i in _strings(params.get("card"))
        if i in catalogue.cards
    ]
    return {
        "skills": joined(skills, code) if skills else "",
        "card": joined(cards, code) if cards else "",
        "letters": _coded("interest", params.get("letters"), code),
        "kinds": _coded("kind", params.get("kinds"), code),
        "sector": _coded("sector", params.get("sector"), code),
        "requirement": wrap(_requirement(params, code)) if params.get("requirement") else "",
        "level": wrap(catalogue_text("level", str(params["level"]), code)) if params.get("level") else "",
        "cefr": isolate_ltr(str(params["cefr"]).upper()) if params.get("cefr") else "",
        "source": wrap(catalogue_text("source", str(params["source"]), code)) if params.get("source") else "",
        "date": _day(params.get("date"), code),
        "occupation": wrap(_occupation(params.get("occupation"), code, catalogue)),
        "ask": wrap(_ask(params, code, catalogue)),
        "hours": _coded("hours", params.get("hours"), code),
    }


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value] if value else []
    return [str(item) for item in value] if isinstance(value, Iterable) else []


def _coded(kind: str, value: object, code: str) -> str:
    items = list(value) if kind == "interest" and isinstance(value, str) else _strings(value)
    found = [text for text in (code_words(kind, item, code) for item in items) if text]
    return joined(found, code) if found else ""


def _requirement(params: Mapping[str, object], code: str) -> str:
    requirement = params["requirement"]
    if isinstance(requirement, Mapping):
        kind, text = requirement.get("code", ""), requirement.get("text_nl", "")
    else:
        kind = getattr(requirement, "code", "") or params.get("code") or requirement
        text = getattr(requirement, "text_nl", "") or params.get("text_nl") or requirement
    return catalogue_text(f"requirement:{kind}", str(text), code)


def _ask(params: Mapping[str, object], code: str, catalogue: Catalogue) -> str:
    """Where to ask, translated as the offer that says so."""
    ask = str(params.get("ask") or "")
    offer = next((offer for offer in catalogue.offers.values() if ask and offer.ask_nl == ask), None)
    return catalogue_text(f"offer_ask:{offer.id}", ask, code) if offer else ask


def _occupation(value: object, code: str, catalogue: Catalogue) -> str:
    if not value:
        return ""
    found = catalogue.known_occupation(str(value))
    return catalogue_text(f"occupation:{found.id}", found.label_nl, code) if found else str(value)


def _day(value: object, code: str) -> str:
    if isinstance(value, str) and value:
        value = date.fromisoformat(value)
    return format_date(value, code, "long") if isinstance(value, date) else ""
