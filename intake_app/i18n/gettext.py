"""Translated texts: Dutch source strings, gettext catalogues per language and domain, Dutch where one is missing."""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path

DOMAINS = ("app", "intake", "catalogue", "plan", "errors")

_folders: list[Path] = []


def use_translations(folder: Path) -> None:
    """Name the folder `<lang>/LC_MESSAGES/<domain>.mo` lies in; called once at start."""
    if _folders != [folder]:
        _folders[:] = [folder]
        translator.cache_clear()


def translations_folder() -> Path:
    """The folder in use; by default the one that came with the package, installed or in the source tree."""
    if _folders:
        return _folders[0]
    package = Path(__file__).resolve().parents[1]
    installed = package / "_data"
    return (installed if installed.is_dir() else package.parent) / "translations"


class Translator:
    """The texts of one language and domain."""

    def __init__(self, language: str, domain: str, texts: gettext.NullTranslations) -> None:
        self.language = language
        self.domain = domain
        self._texts = texts

    def text(self, message: str, context: str | None = None) -> str:
        """The translation of a Dutch text, or the Dutch text itself."""
        found = self._texts.pgettext(context, message) if context else self._texts.gettext(message)
        return found or message

    def plural(self, one: str, many: str, count: int) -> str:
        """The form for `count`, with the plural rule of the language."""
        return self._texts.ngettext(one, many, count)

    def has(self, message: str, context: str | None = None) -> bool:
        """Whether this language has its own text; Dutch always has."""
        if self.language == "nl":
            return True
        return self.text(message, context) != message


@cache
def translator(language: str, domain: str = "app") -> Translator:
    """The translator of a language; a missing catalogue gives Dutch."""
    texts = gettext.translation(domain, str(translations_folder()), [language], fallback=True)
    return Translator(language, domain, texts)


def mark(message: str) -> str:
    """Mark a Dutch text for extraction where it is translated later."""
    return message
