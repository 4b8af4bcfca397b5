"""Practising in words: who there is to practise with, and kind remarks on what a practice talk did and forgot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from intake_app.i18n.gettext import mark, translator
from intake_app.i18n.languages import language
from intake_app.services.practice import PracticePerson, Remark
from intake_app.ui.presenters.home import AGE_GROUPS

FORMS = {
    "one_question": mark("één vraag"),
    "short": mark("kort gesprek"),
    "full": mark("heel gesprek"),
}
_GOOD = {
    "explained": mark("U legde uit wat er wordt opgeschreven, en u vroeg of dat duidelijk was."),
    "consents": mark("U stelde alle vragen over wat mag."),
    "goal": mark("Het doel staat er in eigen woorden."),
    "first_step": mark("De eerste stap is al binnen twee weken. Zo blijft het klein."),
    "referral": mark("De deelnemer gaat naar huis met een adres voor hulp."),
    "plan": mark("De deelnemer kreeg het plan op papier."),
    "appointment": mark("U maakte een afspraak voor de volgende keer."),
    "skipped": mark("U sloeg niets over."),
}
_BETTER = {
    "explained": (
        mark("Vraag of de uitleg duidelijk was."),
        mark("Lees voor wat er wordt opgeschreven, waarom, wie het ziet en hoe lang. Vraag dan: is dat duidelijk?"),
    ),
    "consents": (
        mark("Niet elke vraag over wat mag kreeg een antwoord."),
        mark("Lees elke vraag voor. “Nee” is een goed antwoord, maar vraag het wel."),
    ),
    "goal:empty": (
        mark("Er staat nog geen doel."),
        mark("Vraag: wat wilt u als eerste bereiken? Schrijf het op zoals de deelnemer het zegt."),
    ),
    "goal:ready": (
        mark("Het doel is een zin van het programma."),
        mark("Vraag het nog eens, en typ wat de deelnemer zelf zegt. Eigen woorden blijven beter hangen."),
    ),
    "first_step:none": (
        mark("Er staat nog geen eerste stap."),
        mark("Een kleine stap is genoeg: ik bel, ik ga kijken, ik vraag."),
    ),
    "first_step:late": (
        mark("De eerste stap is pas over meer dan twee weken."),
        mark("Kies er een kleine stap bij, die eerder kan."),
    ),
    "first_step:no_day": (
        mark("Bij de eerste stap staat geen dag."),
        mark("Kies samen een dag. Dan gebeurt het eerder."),
    ),
    "referral": (
        mark("De deelnemer wil ergens hulp bij, maar kreeg geen adres."),
        mark("Kies samen een organisatie, en spreek af wie belt."),
    ),
    "plan": (mark("Het plan ging niet mee."), mark("Druk het af of bewaar het op de stick van de deelnemer.")),
    "appointment": (
        mark("Er is geen afspraak voor later."),
        mark("Spreek af wanneer u elkaar weer spreekt, ook als het kort is."),
    ),
}


@dataclass(frozen=True)
class Told:
    """A remark as the page shows it."""

    good: bool
    what: str
    then: str = ""


def person_line(person: PracticePerson) -> str:
    """Who it is, in a line: group, age, language and kind of talk."""
    say = translator("nl").text
    answers = person.script.answers
    age = AGE_GROUPS.get(str(answers.get("age_group", "")), "")
    form = FORMS.get(str(answers.get("version", "")), "")
    parts = [person.group, say(age) if age else "", language(person.language).dutch, say(form) if form else ""]
    return " · ".join(part for part in parts if part)


def told_remarks(found: Sequence[Remark]) -> tuple[Told, ...]:
    """The remarks in sentences, those on what was forgotten first."""
    return tuple(_told(remark) for remark in found)


def _told(remark: Remark) -> Told:
    say = translator("nl")
    if remark.good:
        return Told(True, say.text(_GOOD[remark.code]))
    if remark.code == "skipped":
        return _skipped(remark)
    if remark.code == "waiting":
        count = int(str(remark.params["count"]))
        what = say.plural("{count} vraag wacht nog tot u met zijn tweeën bent.",
                          "{count} vragen wachten nog tot u met zijn tweeën bent.", count)  # fmt: skip
        return Told(False, what.format(count=count), say.text("Kijk na het gesprek of er een rustig moment kan komen."))
    how = f"{remark.code}:{remark.params['how']}" if "how" in remark.params else remark.code
    what, then = _BETTER[how]
    return Told(False, say.text(what), say.text(then))


def _skipped(remark: Remark) -> Told:
    say = translator("nl")
    count = int(str(remark.params["count"]))
    what = say.plural("U sloeg {count} vraag over.", "U sloeg {count} vragen over.", count).format(count=count)
    labels = remark.params["labels"]
    names = " ".join(f"“{label}”" for label in labels) if isinstance(labels, tuple) else ""
    then = say.text("Dat mag. Kijk of u er later op terug wilt komen.")
    return Told(False, what, f"{then} {names}".strip())


def summary(found: Sequence[Told]) -> str:
    """One kind sentence over all of them."""
    say = translator("nl")
    better = sum(not one.good for one in found)
    if not better:
        return say.text("Heel goed. U bent niets vergeten.")
    return say.plural(
        "Goed geoefend. Er is {count} ding om aan te denken.",
        "Goed geoefend. Er zijn {count} dingen om aan te denken.",
        better,
    ).format(count=better)
