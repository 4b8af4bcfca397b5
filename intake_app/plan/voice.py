"""Saying one thing in two languages: marked Dutch texts, the person's own words, dates and catalogue labels."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, time

from babel import Locale

from intake_app.domain.plan import OwnWords
from intake_app.i18n.bidi import isolate, isolate_ltr
from intake_app.i18n.formats import format_date, format_time
from intake_app.i18n.gettext import mark
from intake_app.i18n.languages import is_rtl, language
from intake_app.i18n.phrases import catalogue_text, code_words, fill, joined, plan_text, spoken
from intake_app.plan.bidi import base_level
from intake_app.plan.content import Pair, Said

Value = str | int | Callable[[str], str]
"""What fills a place in a sentence: a text for both languages, or a function of the language code."""

_NO_BREAK = "\u00a0"


class Voice:
    """Makes pairs for one participant's language."""

    def __init__(self, code: str) -> None:
        self.code = code

    def say(self, message: str, /, **values: Value) -> Pair:
        """A marked Dutch text in both languages, its places filled."""
        return self.each(lambda code: _filled(message, code, values))

    def each(self, make: Callable[[str], str]) -> Pair:
        """What `make` gives for each of the two languages."""
        text = make(self.code)
        # a gap in the translation shows Dutch, which then also runs from left to right
        code = "nl" if is_rtl(self.code) and text and base_level(text) == 0 else self.code
        return Pair(Said(text, code), Said(make("nl"), "nl"))

    def name(self, text: str) -> Pair:
        """A name or number that is the same in every language."""
        return Pair(Said(text, self.code), Said(text, "nl"))

    def value(self, value: Value) -> Pair:
        """A value by itself: a text for both languages, or what a function gives for each."""
        return self.each(lambda code: value(code) if callable(value) else str(value))

    def catalogue(self, context: str, label_nl: str) -> Pair:
        """A label of the catalogue by its context (`skill:cooking`)."""
        return self.each(lambda code: catalogue_text(context, label_nl, code))

    def own_words(self, words: OwnWords, whose: str) -> Pair:
        """The person's own words; a half without words of its own shows the others and tells whose they are."""
        known = {words.language: words.text}
        if words.dutch:
            known.setdefault("nl", words.dutch)
        return Pair(_words(known, words, self.code, whose), _words(known, words, "nl", whose))


def dated(day: date) -> Callable[[str], str]:
    """A date with its weekday, in each language."""
    return lambda code: format_date(day, code)


def clock(moment: time) -> Callable[[str], str]:
    """A time of the day, in each language."""
    return lambda code: format_time(moment, code)


def labels(items: Iterable[tuple[str, str]]) -> Callable[[str], str]:
    """Catalogue labels, each with its context, as a list in words in each language."""
    known = tuple(items)
    return lambda code: joined([catalogue_text(context, label, code) for context, label in known], code)


def coded(kind: str, codes: Iterable[str]) -> Callable[[str], str]:
    """Codes of a choice list as a list in words, in each language."""
    known = tuple(codes)
    return lambda code: joined(filter(None, (code_words(kind, item, code) for item in known)), code)


def tongues(codes: Iterable[str]) -> Callable[[str], str]:
    """Names of languages as a list in words, in each language."""
    known = tuple(codes)

    def of(code: str) -> str:
        names = Locale.parse(language(code).babel).languages
        return joined([str(names.get(one, language(one).dutch)) for one in known], code)

    return of


def number(text: str) -> str:
    """A phone number or other number that is never broken over two lines, nor turned around."""
    return isolate_ltr(text.replace(" ", _NO_BREAK)) if text else ""


def _filled(message: str, code: str, values: dict[str, Value]) -> str:
    code = spoken(message, code)
    said = {name: value(code) if callable(value) else value for name, value in values.items()}
    return fill(message, code, **said) if said else plan_text(message, code)


def _words(known: dict[str, str], words: OwnWords, code: str, whose: str) -> Said:
    if code in known:
        return Said(known[code], code)
    other = language(words.language)
    name = isolate(whose) if is_rtl(code) else whose
    tongue = Locale.parse(language(code).babel).languages.get(other.code, other.dutch)
    message = mark("Woorden van {name} ({language})") if whose else mark("Eigen woorden ({language})")
    note = plan_text(message, code).format(name=name, language=tongue)
    return Said(words.text, words.language, note)
