"""The sentences controls say themselves, in both languages of the talk."""

from __future__ import annotations

from datetime import date, time

from intake_app.i18n.bidi import isolate
from intake_app.i18n.formats import filled_in, format_date, format_time, one_full_stop, own_digits
from intake_app.i18n.gettext import mark, translator
from intake_app.ui.widgets.date_entry import DateWords
from intake_app.ui.widgets.pair import Pair

MORE_CARDS = mark("Meer kaarten")
CARD_CODES = mark("Kaartcodes")
CODES_EXAMPLE = mark("Typ de codes, bijvoorbeeld: h1 t9 b5")
ADD = mark("Toevoegen")
# Translators: the button for picture cards that lie on the table, each with a code on its back.
ON_THE_TABLE = mark("Kaarten op tafel")
# Translators: above a list of picture cards that were chosen and stand on another screen.
ALSO_CHOSEN = mark("Ook gekozen")
# Translators: takes a chosen card away; the name of the card follows after a colon.
TAKE_OFF = mark("Haal weg")
# Translators: puts a card that was taken away back in the list.
PUT_BACK = mark("Zet terug")
# Translators: {codes} is what was typed and is none of the codes on the back of the picture cards.
UNKNOWN_CODES = mark("Deze codes kennen we niet: {codes}")
LOOK_AT_BACK = mark("Kijk achter op de kaart.")
# Translators: {count} is how many choices are allowed, a number above one.
ONLY_SO_MANY = mark("U kunt er {count} kiezen.")
TAKE_ONE_AWAY = mark("Wilt u een andere? Tik dan eerst een keuze weg.")
# Translators: {count} chosen out of {most} at the most.
CHOSEN_OF = mark("{count} van {most} gekozen")
CHOSEN = mark("{count} gekozen")
CHOOSE_FAMILIES_FIRST = mark("Kies eerst plaatjes.")
FAMILIES = mark("Plaatjes")
WHY = mark("Waarom?")
WHY_NOT = mark("Waarom nog niet?")
WHAT_HELPS = mark("Wat zou dat veranderen?")
COMPARE = mark("Vergelijk")
ONE_MORE_TO_COMPARE = mark("Kies er nog een om te vergelijken.")
ADD_SKILL = mark("Kunt u nog iets? Zoek het hier.")
SEARCH_OTHER_WORK = mark("Zoekt u ander werk? Zoek het hier.")
# Translators: {word} is the word that was found in the list.
FOUND_BY = mark("gevonden met: {word}")
# Translators: {name} is the name of an occupation from the list.
LINKED_TO = mark("In de lijst: {name}")
IN_ONE_WEEK = mark("Over 1 week")
IN_TWO_WEEKS = mark("Over 2 weken")
IN_FOUR_WEEKS = mark("Over 4 weken")
OTHER_DAY = mark("Andere dag")
OTHER_TIME = mark("Andere tijd")
HOURS = mark("Uur")
MINUTES = mark("Minuten")
EARLIER_MONTH = mark("Vorige maand")
LATER_MONTH = mark("Volgende maand")
EXAMPLES = mark("Tik op een zin, of typ zelf.")
NOT_TAKEN = mark("Dit antwoord is nog niet goed.")
NOT_CHOSEN = mark("Kies eerst een antwoord.")
NOT_FILLED = mark("Vul eerst iets in.")
SILENT = mark("Deze vraag lezen we niet hardop. U tikt zelf uw antwoord aan.")
YES = mark("Ja")
NO = mark("Nee")


class Words:
    """The sentences above in a talk language and in Dutch."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._own = translator(language)
        self._dutch = translator("nl")

    def pair(self, message: str, **values: object) -> Pair:
        """A marked sentence in both languages. A text of a person goes in by `user`, a number or code as it is."""
        dutch = self._dutch.text(message).format(**values) if values else self._dutch.text(message)
        if not self._own.has(message):
            return Pair("", dutch, self.language)
        own = self._own.text(message)
        said = {name: filled_in(value, self.language) for name, value in values.items()}
        return Pair(one_full_stop(own.format(**said)) if said else own, dutch, self.language)

    @staticmethod
    def user(text: str) -> str:
        """A word of a person or a list, kept in its own direction inside a sentence."""
        return isolate(text)

    def day(self, day: date) -> Pair:
        """A day with its weekday, in both languages."""
        return Pair(format_date(day, self.language), format_date(day, "nl"), self.language)

    def clock(self, moment: time) -> Pair:
        """A time of the day; it stands once where both languages have the same digits."""
        shown = format_time(moment, self.language)
        same = own_digits("0", self.language) == "0"
        return Pair(shown, shown if same else format_time(moment, "nl"), self.language)

    def month(self, first: date) -> Pair:
        """The name of a month with its year, in both languages."""
        pattern = "LLLL y"
        return Pair(format_date(first, self.language, pattern), format_date(first, "nl", pattern), self.language)

    def weekday(self, index: int) -> str:
        """A weekday, short, in the talk language; 0 is Monday."""
        return format_date(date(2024, 1, 1 + index), self.language, "ccc")

    def figure(self, count: int) -> str:
        """A number in the digits of the talk language."""
        return own_digits(str(count), self.language)

    def two_figures(self, count: int) -> str:
        """An hour or a minute, always in two digits."""
        return own_digits(f"{count:02d}", self.language)

    def date_words(self) -> DateWords:
        """Everything a date entry says."""
        dutch = self._dutch
        return DateWords(
            self.day,
            self.month,
            self.weekday,
            self.figure,
            dutch.text(EARLIER_MONTH),
            dutch.text(LATER_MONTH),
            self.pair(OTHER_DAY),
        )
