"""Ready sentences for goal and steps: offered as a start, kept in both languages when they are used unchanged.

A person's own words are stored as one text. When that text equals one of these sentences, in Dutch or in the
talk language, both halves of the plan can say it in their own language.
"""

from __future__ import annotations

from dataclasses import dataclass

from intake_app.domain.plan import OwnWords
from intake_app.i18n.gettext import mark, translator

DOMAIN = "app"


@dataclass(frozen=True)
class Starter:
    """A sentence by code; `occupation` is the Dutch label of the occupation it speaks of, with its catalogue id."""

    code: str
    occupation: str = ""
    occupation_id: str = ""


GOALS = {
    # Translators: {occupation} is the name of an occupation; the sentence is said by the participant.
    "goal_become": mark("Ik wil {occupation} worden."),
    "goal_learn": mark("Ik wil leren voor {occupation}."),
    "goal_try": mark("Ik wil werken als {occupation} een keer proberen."),
    "goal_dutch": mark("Ik wil beter Nederlands leren."),
    "goal_digital": mark("Ik wil beter leren werken met de computer."),
    "goal_work": mark("Ik wil werk vinden dat bij mij past."),
}
STEPS = {
    "step_taster": mark("Ik ga een keer meekijken bij dit werk: {occupation}."),
    "step_ask_place": mark("Ik vraag bij het Werkcentrum naar een werkplek om te leren: {occupation}."),
    "step_ask_course": mark("Ik vraag naar een korte cursus: {occupation}."),
    "step_ask_school": mark("Ik vraag bij de school naar werken en leren: {occupation}."),
    "step_ask_practice": mark("Ik vraag bij het Werkcentrum naar een praktijkverklaring: {occupation}."),
    "step_taalhuis": mark("Ik ga naar het Taalhuis voor Nederlandse les."),
    "step_digital": mark("Ik ga naar de bibliotheek voor een computercursus."),
    "step_werkcentrum": mark("Ik ga langs bij het Werkcentrum."),
    "step_money": mark("Ik vraag bij de gemeente om hulp met geld."),
}
ROUTE_STEP = {
    "P": "step_taster",
    "W": "step_ask_place",
    "V": "step_ask_practice",
    "C": "step_ask_course",
    "E": "step_ask_school",
    "B": "step_ask_school",
    "O": "step_ask_school",
    "Z": "step_ask_school",
}


def starter_sentence(starter: Starter, language: str) -> str:
    """The sentence of a starter in a language; in Dutch, the name of the work too, where it has no words for it."""
    template = (GOALS | STEPS)[starter.code]
    if not translator(language, DOMAIN).has(template):
        language = "nl"
    name = translator(language, "catalogue").text(starter.occupation, f"occupation:{starter.occupation_id}")
    sentence = translator(language, DOMAIN).text(template)
    return sentence.format(occupation=name if sentence.startswith("{") else _inside_sentence(name, language))


_SMALL = {"tr": str.maketrans("Iİ", "ıi")}
"""Capitals whose small letter is another than elsewhere."""


def _inside_sentence(name: str, language: str) -> str:
    """A name without its capital, but `ICT-netwerkmonteur` keeps it."""
    return name if name[1:2].isupper() else name[:1].translate(_SMALL.get(language, {})).lower() + name[1:]


def own_words(text: str, language: str, offered: tuple[Starter, ...]) -> OwnWords:
    """The person's text with its Dutch twin where it is one of the offered sentences."""
    told = text.strip()
    for starter in offered:
        own, dutch = starter_sentence(starter, language), starter_sentence(starter, "nl")
        if told in {own, dutch}:
            return OwnWords(own, language, dutch)
    return OwnWords(told, language)
