"""Translated texts: Dutch source strings, gettext catalogues per language and domain, Dutch where one is missing."""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path

from intake_app.i18n.digits import has_own_digits, numbers_in_prose
from intake_app.i18n.folders import DOMAINS as DOMAINS
from intake_app.i18n.folders import named
from intake_app.i18n.folders import translations_folder as translations_folder


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

    def __init__(self, language: str, domain: str, texts: gettext.NullTranslations) -> None:
        self.language = language
        self.domain = domain
        self._texts = texts
        self._own_digits = has_own_digits(language)

    def text(self, message: str, context: str | None = None) -> str:
        """The translation of a Dutch text, or the Dutch text itself."""
        found = self._own(message, context) or message
        return numbers_in_prose(found, self.language) if self._own_digits else found

    def plural(self, one: str, many: str, count: int) -> str:
        """The form for `count`, with the plural rule of the language."""
        found = self._texts.ngettext(one, many, count)
        return numbers_in_prose(found, self.language) if self._own_digits else found

    def has(self, message: str, context: str | None = None) -> bool:
        """Whether this language has a text of its own, be it the same as in Dutch, as a name is; Dutch always has."""
        return self.language == "nl" or bool(self._own(message, context))

    def _own(self, message: str, context: str | None) -> str:
        return self._texts.pgettext(context, message) if context else self._texts.gettext(message)


@cache
def translator(language: str, domain: str = "app") -> Translator:
    """The translator of a language; a missing catalogue gives Dutch."""
    texts = gettext.translation(domain, str(translations_folder()), [language], fallback=True)
    texts.add_fallback(_Missing())
    return Translator(language, domain, texts)


def mark(message: str) -> str:
    """Mark a Dutch text for extraction where it is translated later."""
    return message
