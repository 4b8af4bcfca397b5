"""The words of the report: what each indicator and figure is called, and a figure in words."""

from __future__ import annotations

from collections.abc import Mapping

from intake_app.domain.report import MEAN, MEDIAN, SHARE, Figure
from intake_app.i18n.formats import format_number
from intake_app.i18n.gettext import mark, translator

INDICATOR_TEXTS: Mapping[str, tuple[str, str]] = {
    "ind01": (
        mark("Mensen goed begeleid"),
        mark("Het gesprek is klaar, het plan is meegegeven, en binnen 90 dagen is er contact geweest."),
    ),
    "ind02": (
        mark("Naar groep"),
        mark("Alle gesprekken die meetellen. Iedereen hoort bij één groep. De begeleider bevestigt de groep."),
    ),
    "ind03": (mark("Deelnemers in de pilot"), mark("Gesprekken in de eerste helft van 2027.")),
    "ind04": (
        mark("Een stap verder"),
        mark(
            "Werk, meer werk, een opleiding of een leerwerkplek. Geteld bij mensen die goed zijn begeleid en van wie "
            "het gesprek zo lang geleden is. Wie niets vertelde, telt als nog niet."
        ),
    ),
    "ind05": (mark("Mensen bij een proeverij"), mark("Mensen die bij minstens één proeverij waren.")),
    "ind06": (
        mark("Beter in taal en computer"),
        mark("Mensen van wie iets hoger is dan bij het gesprek, van wie het twee keer is gevraagd."),
    ),
    "ind07": (
        mark("Weet waar u terecht kunt"),
        mark("Mensen die weten waar zij terecht kunnen met vragen over leren en werk, van wie dit vertelde."),
    ),
    "ind08": (
        mark("Nuttig gesprek"),
        mark("Hoe nuttig mensen het gesprek vonden, van 1 tot 5, en wie een 4 of 5 gaf."),
    ),
    "ind09": (
        mark("Verwijzing aangekomen"),
        mark("Verwijzingen waarbij er contact was met de organisatie, van alle verwijzingen."),
    ),
    "ind10": (
        mark("Wie wij bereiken"),
        mark("Hoe mensen ons vonden, en bij wie het schoolniveau lager is dan mbo 3."),
    ),
    "ind11": (
        mark("Taal en tolk"),
        mark("Gesprekken in een andere taal, met een tolk, of zonder de tolk die nodig was."),
    ),
    "ind12": (
        mark("Dagen tot de eerste stap"),
        mark("Het middelste aantal dagen van het plan tot de eerste stap die klaar is."),
    ),
    "ind13": (mark("Begeleiders met training"), mark("Begeleiders bij wie een dag van training is ingevuld.")),
}
"""Name and definition by indicator."""

FIGURE_TEXTS: Mapping[tuple[str, str], str] = {
    ("ind01", "count"): mark("mensen"),
    ("ind02", "migrant"): mark("migranten"),
    ("ind02", "jobseeker_distance"): mark("mensen die werk zoeken"),
    ("ind02", "employed_upskill"): mark("mensen met werk die verder leren"),
    ("ind02", "other"): mark("andere groep"),
    ("ind02", "not_asked"): mark("nog niet gevraagd"),
    ("ind02", "total"): mark("samen"),
    ("ind03", "count"): mark("mensen"),
    ("ind04", "months_3"): mark("na 3 maanden"),
    ("ind04", "months_6"): mark("na 6 maanden"),
    ("ind04", "months_12"): mark("na 12 maanden"),
    ("ind05", "count"): mark("mensen"),
    ("ind06", "grown"): mark("iets is hoger"),
    ("ind07", "yes"): mark("zegt ja"),
    ("ind08", "mean"): mark("gemiddeld"),
    ("ind08", "high"): mark("gaf een 4 of 5"),
    ("ind09", "arrived"): mark("aangekomen"),
    ("ind10", "library"): mark("bibliotheek"),
    ("ind10", "language_house"): mark("taalhuis"),
    ("ind10", "municipality"): mark("gemeente"),
    ("ind10", "uwv"): mark("UWV"),
    ("ind10", "school"): mark("school"),
    ("ind10", "employer"): mark("werkgever"),
    ("ind10", "friend"): mark("vriend of familie"),
    ("ind10", "organisation"): mark("een organisatie"),
    ("ind10", "neighbourhood"): mark("de buurt"),
    ("ind10", "self"): mark("zelf gevonden"),
    ("ind10", "other"): mark("anders"),
    ("ind10", "total"): mark("samen"),
    ("ind10", "low_level"): mark("schoolniveau lager dan mbo 3"),
    ("ind11", "other_language"): mark("niet in het Nederlands"),
    ("ind11", "interpreter"): mark("met een tolk"),
    ("ind11", "needed_not_here"): mark("tolk nodig, maar niet gekomen"),
    ("ind12", "median"): mark("dagen"),
    ("ind13", "count"): mark("begeleiders"),
}
"""A figure's name by indicator and code."""

ALSO_TEXTS: Mapping[str, str] = {
    "migrant": mark("hoort ook bij: migranten"),
    "jobseeker_distance": mark("hoort ook bij: mensen die werk zoeken"),
    "employed_upskill": mark("hoort ook bij: mensen met werk die verder leren"),
}
"""Of the second flags of a group: they stand beside the total and are never added to it."""
MUNICIPALITIES: Mapping[str, str] = {
    "aalten": "Aalten",
    "berkelland": "Berkelland",
    "bronckhorst": "Bronckhorst",
    "doetinchem": "Doetinchem",
    "montferland": "Montferland",
    "oost_gelre": "Oost Gelre",
    "oude_ijsselstreek": "Oude IJsselstreek",
    "winterswijk": "Winterswijk",
}
"""Names of the region; they are the same in every language."""
_OTHER_PLACE, _PLACE_UNKNOWN = mark("Een andere gemeente"), mark("Gemeente niet bekend")

HIDDEN = mark("klein getal, niet getoond")
NOTHING = mark("nog niets geteld")
INVENTED = mark("VERZONNEN: dit zijn cijfers van mensen die niet bestaan")
NOT_COUNTED = mark("Gesprekken zonder toestemming om te tellen of te versturen")
ONE_QUESTION = mark("Gesprekken met één vraag")
# Translators: {value} and {of} are numbers, {share} is a percentage without its sign.
_PART = mark("{value} van {of} ({share}%)")
_DAYS_OF = mark("{value} dagen, bij {of} mensen")
_MEAN_OF = mark("{value} op een schaal van 5, {of} mensen")
_TARGET, _TARGET_SHARE = mark("doel {target}"), mark("doel {target}%")


def indicator_text(name: str, language: str = "nl") -> tuple[str, str]:
    """The name of an indicator and what it counts."""
    told = INDICATOR_TEXTS[name]
    texts = translator(language)
    return texts.text(told[0]), texts.text(told[1])


def figure_name(indicator: str, code: str, language: str = "nl") -> str:
    """What a figure is called; the code itself for one that has no name."""
    return translator(language).text(FIGURE_TEXTS.get((indicator, code), code))


def also_name(group: str, language: str = "nl") -> str:
    """How the second flag of a group is called."""
    return translator(language).text(ALSO_TEXTS.get(group, group))


def municipality_name(code: str, language: str = "nl") -> str:
    """A municipality by its code; any other, or none that was told."""
    if code in MUNICIPALITIES:
        return MUNICIPALITIES[code]
    place = _OTHER_PLACE if code == "other" else _PLACE_UNKNOWN
    return translator(language).text(place)


def figure_text(figure: Figure, language: str = "nl") -> str:
    """A figure as people say it, or that it is hidden."""
    texts = translator(language)
    if figure.hidden:
        return texts.text(HIDDEN)
    if figure.value is None or (figure.kind == SHARE and not figure.of):
        return texts.text(NOTHING)
    value = format_number(figure.value, language)
    of = format_number(figure.of or 0, language)
    if figure.kind in (MEAN, MEDIAN):
        return texts.text(_MEAN_OF if figure.kind == MEAN else _DAYS_OF).format(value=value, of=of)
    if figure.kind == SHARE or figure.share is not None:
        share = format_number(round(100 * (figure.share or 0)), language)
        return texts.text(_PART).format(value=value, of=of, share=share)
    return value


def target_text(figure: Figure, language: str = "nl") -> str:
    """The target of a figure, or nothing."""
    if figure.target is None:
        return ""
    of_share = figure.kind == SHARE
    target = format_number(round(figure.target * 100) if of_share else round(figure.target), language)
    return translator(language).text(_TARGET_SHARE if of_share else _TARGET).format(target=target)
