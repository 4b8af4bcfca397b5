"""What is said between the parts of a talk: a warm sentence to begin one, and the answers read back to end one."""

from __future__ import annotations

from intake_app.i18n.gettext import mark, translator

DOMAIN = "app"

OPENINGS = {
    "C": mark("Fijn dat u er bent. Wie bent u?"),
    "D": mark("Vertel eens hoe het nu gaat met werk."),
    "E": mark("Nu iets over papieren. U hoeft hier niets te zeggen."),
    "F": mark("Nu iets over taal, rekenen en de computer. Dit is geen toets."),
    "G": mark("Wat heeft u geleerd? Een korte cursus telt ook."),
    "H": mark("Wat heeft u al gedaan? Al het werk telt, ook zonder loon."),
    "I": mark("Iedereen kan veel. We zoeken samen wat u goed kunt."),
    "J": mark("Kijk rustig naar de plaatjes. Er is geen goed of fout."),
    "K": mark("Wat vindt u belangrijk? U kiest."),
    "L": mark("We zoeken wat past bij uw leven."),
    "M": mark("Iedereen heeft wel eens hulp nodig. U zegt wat u wilt."),
    "N": mark("Iedereen leert op een eigen manier."),
    "O": mark("Hoe zit u erin? Elk antwoord is goed."),
    "P": mark("Nu kijken we samen wat bij u past. U kiest zelf."),
    "Q": mark("We spreken een eerste stap af. Klein is ook goed."),
    "R": mark("We zijn bijna klaar. Dank u wel voor uw verhaal."),
}
"""Section letter to the sentence it opens with; A opens with a01, B with b01, X is not for the guest."""

# Translators: {told} is a list of short answers, such as "werk: kok · hoe lang: 3 tot 10 jaar".
READ_BACK = mark("U vertelde: {told}. Klopt dat?")

TOLD = {
    # Translators: short labels before an answer that is read back: "naam: Samira". {answer} is what was answered.
    "call_name": mark("naam: {answer}"),
    "municipality": mark("u woont in: {answer}"),
    "work_now": mark("betaald werk: {answer}"),
    "hours_now": mark("uren werk per week: {answer}"),
    "work_wish": mark("u wilt met werk: {answer}"),
    "no_work_since": mark("zonder betaald werk: {answer}"),
    "has_helper": mark("u krijgt hulp van: {answer}"),
    "nl_understand": mark("Nederlands begrijpen: {answer}"),
    "nl_speak": mark("Nederlands praten: {answer}"),
    "nl_read": mark("Nederlands lezen: {answer}"),
    "nl_write": mark("Nederlands schrijven: {answer}"),
    "nl_proof": mark("taalexamen: {answer}"),
    "other_languages": mark("u spreekt ook: {answer}"),
    "devices": mark("thuis heeft u: {answer}"),
    "digital_can": mark("dit kunt u zelf op telefoon of computer: {answer}"),
    "basic_wish": mark("hulp bij leren: {answer}"),
    "highest": mark("jaren school: {answer}"),
    "nl_level": mark("school in Nederland: {answer}"),
    "course": mark("opleiding: {answer}"),
    "course_result": mark("afgemaakt: {answer}"),
    "certificates": mark("papieren: {answer}"),
    "ever_worked": mark("gewerkt: {answer}"),
    "job": mark("werk: {answer}"),
    "job_years": mark("hoe lang: {answer}"),
    "job_when": mark("wanneer: {answer}"),
    "job_tasks": mark("dit deed u: {answer}"),
    "tasks_text": mark("u deed ook: {answer}"),
    "job_liked": mark("fijn aan dit werk: {answer}"),
    "asked_for": mark("mensen vragen u om: {answer}"),
    "cards": mark("dit doet u: {answer}"),
    "own_card": mark("u doet ook: {answer}"),
    "top3": mark("het liefst: {answer}"),
    "story": mark("uw verhaal: {answer}"),
    "skills_ok": mark("dit kunt u: {answer}"),
    "values": mark("belangrijk voor u: {answer}"),
    "rather_not": mark("liever niet: {answer}"),
    "two_years": mark("over twee jaar: {answer}"),
    "hours": mark("uren per week: {answer}"),
    "times": mark("u kunt: {answer}"),
    "transport": mark("u reist met: {answer}"),
    "travel_time": mark("hoogstens reizen: {answer}"),
    "physical_wish": mark("dit werk wilt u doen: {answer}"),
    "germany": mark("werken in Duitsland: {answer}"),
    "start": mark("beginnen: {answer}"),
    "learn_best": mark("u leert het best zo: {answer}"),
    "learn_hours": mark("uren leren per week: {answer}"),
    "learn_kind": mark("u wilt doen: {answer}"),
    "taster": mark("een keer meekijken: {answer}"),
    "taster_sector": mark("meekijken in: {answer}"),
    "support": mark("dit helpt u: {answer}"),
    "own_idea": mark("uw eigen idee: {answer}"),
    "chosen": mark("u kiest: {answer}"),
    "goal": mark("uw doel: {answer}"),
}
"""Concept to the short way in which its answer is read back; others are not read back between sections."""


def opening(section: str, language: str) -> str:
    """The sentence a section opens with; "" where it has none, or none in this language."""
    text = OPENINGS.get(section, "")
    return translator(language, DOMAIN).text(text) if text and _known(text, language) else ""


def told_part(concept: str, answer: str, language: str) -> str:
    """One answer as it is read back; the Dutch way where the language has none. "" for a concept not read back."""
    text = TOLD.get(concept, "")
    return translator(language, DOMAIN).text(text).format(answer=answer) if text else ""


def read_back(parts: list[str], language: str) -> str:
    """All parts in one sentence that asks whether it is right; "" where the language has no such sentence."""
    if not parts or not _known(READ_BACK, language):
        return ""
    return translator(language, DOMAIN).text(READ_BACK).format(told=" · ".join(parts))


def _known(text: str, language: str) -> bool:
    return language == "nl" or translator(language, DOMAIN).has(text)
