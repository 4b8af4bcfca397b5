"""Translated texts: Dutch source strings, gettext catalogues per language and domain, Dutch where one is missing."""

from __future__ import annotations

import gettext
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

from intake_app.i18n.folders import DOMAINS as DOMAINS
from intake_app.i18n.folders import named
from intake_app.i18n.folders import translations_folder as translations_folder

SOURCE = "nl"
"""The language the texts are written in: nothing is read for it."""


def use_translations(folder: Path) -> None:
    """Name the folder `<lang>/LC_MESSAGES/<domain>.mo` lies in; called once at start."""
    if named != [folder]:
        named[:] = [folder]
        translator.cache_clear()


class _Missing(gettext.NullTranslations):
    """What a language gives for a text it does not have."""

    def gettext(self, message: str) -> str:
        return ""

    def pgettext(self, context: str, message: str) -> str:
        return ""


class Translator:
    """The texts of one language and domain."""

    def __init__(
        self, language: str, domain: str, texts: gettext.NullTranslations, in_digits: Callable[[str], str] | None = None
    ) -> None:
        self.language = language
        self.domain = domain
        self._texts = texts
        self._in_digits = in_digits

    def text(self, message: str, context: str | None = None) -> str:
        """The translation of a Dutch text, or the Dutch text itself."""
        found = self._own(message, context) or message
        return self._in_digits(found) if self._in_digits else found

    def plural(self, one: str, many: str, count: int) -> str:
        """The form for `count`, with the plural rule of the language."""
        found = self._texts.ngettext(one, many, count)
        return self._in_digits(found) if self._in_digits else found

    def has(self, message: str, context: str | None = None) -> bool:
        """Whether this language has a text of its own, be it the same as in Dutch, as a name is; Dutch always has."""
        return self.language == SOURCE or bool(self._own(message, context))

    def _own(self, message: str, context: str | None) -> str:
        return self._texts.pgettext(context, message) if context else self._texts.gettext(message)


@cache
def translator(language: str, domain: str = "app") -> Translator:
    """The translator of a language; a missing catalogue gives Dutch."""
    if language == SOURCE:
        return Translator(language, domain, _Missing())
    texts = gettext.translation(domain, str(translations_folder()), [language], fallback=True)
    texts.add_fallback(_Missing())
    return Translator(language, domain, texts, _digits_of(language))


def _digits_of(language: str) -> Callable[[str], str] | None:
    """What puts the numbers of a sentence in the digits of the language, where it has digits of its own."""
    from intake_app.i18n.digits import has_own_digits, numbers_in_prose

    return partial(numbers_in_prose, code=language) if has_own_digits(language) else None


def mark(message: str) -> str:
    """Mark a Dutch text for extraction where it is translated later."""
    return message
