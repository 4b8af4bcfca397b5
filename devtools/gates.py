"""What a translation must not be: gaps, lost places, a foreign script, Dutch left over, plural forms that are missing.

The tests hold every shipped language against these gates, and `dev.py build` refuses a language with a gap.
Run as `python -m devtools.gates`, it names every gap and ends with 1 when there is one.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from devtools.made_up import MADE_UP
from devtools.shell import REPOSITORY, say
from intake_app.i18n.coverage import CONSENT, gaps
from intake_app.i18n.gettext import DOMAINS
from intake_app.i18n.languages import LANGUAGES, SOURCE_LANGUAGE, Language, claims_review

TRANSLATIONS = REPOSITORY / "translations"
LOOK_AT = "nog nakijken"
"""The comment of a text that came into a reviewed file after the review (translations/README.md)."""
NEEDED = ("intake", "plan", CONSENT)
"""Without these a talk would change language half-way."""

PLACE = re.compile(r"\{[a-z_]*\}|\$\{[a-z_0-9]+\}")
SCRIPTS = {"Latn": "LATIN", "Arab": "ARABIC", "Cyrl": "CYRILLIC", "Ethi": "ETHIOPIC"}
NEVER = {
    "uk": set("ыэъёЫЭЪЁ"),
    "ru": set("іїєґІЇЄҐ"),
    "bg": set("ыэёіїєґЫЭЁІЇЄҐ"),
    "ar": set("پچژگکی"),
    "fa": set("كيىة"),
    "ro": set("şţŞŢ"),
    "tr": set("șțȘȚ"),
}
"""Letters of a neighbour that shares the script; in Romanian those with a cedilla instead of a comma."""
_DUTCH = frozenset(
    [
        *("aan", "bij", "dat", "deze", "die", "dit", "een", "gaat", "geen", "heeft", "het", "hij", "hoe", "iets", "ik"),
        *("is", "kan", "kunt", "maar", "meer", "met", "mijn", "moet", "naar", "niet", "nog", "nu", "of", "om", "onze"),
        *("ook", "op", "te", "toch", "tot", "uit", "uw", "van", "voor", "waar", "wanneer", "wat", "welke", "werd"),
        *("wie", "wij", "wilt", "wordt", "zal", "ze", "zich", "zijn", "zoals", "zonder"),
    ]
)
"""Small Dutch words that a whole Dutch sentence can hardly do without; none of them is English."""
_ALSO_ELSEWHERE = frozenset(["die", "is", "met", "nu", "of", "om", "op", "te", "ze"])
"""Those of them that are words of several languages of ours too."""
_OWN_WORDS = {
    "fr": frozenset(["dit", "van"]),
    "pl": frozenset(["dat", "wie"]),
    "ro": frozenset(["dat", "tot", "uit"]),
    "so": frozenset(["aan", "dat", "kan"]),
    "tr": frozenset(["dat", "kan"]),
}
"""Those that are words, or the end of a word after an apostrophe, of one language."""
_DUTCH_NAMES = re.compile(
    r"Verklaring Omtrent het Gedrag|personenregister kinderopvang|Hoofdzaak werk|Werk en Inkomen|van der|Wij Techniek"
)
"""Names of Dutch papers and institutions that keep their Dutch words."""
LEFT_OVER = 2
"""So many small Dutch words in one text of a Latin script are a Dutch sentence; in another script one is enough."""


@dataclass(frozen=True)
class Complaint:
    """One thing wrong with one translation: what kind, and the Dutch and translated words."""

    kind: str
    dutch: str
    said: str


def shipped(folder: Path = TRANSLATIONS) -> list[str]:
    """The languages that have files, without the made-up ones."""
    return sorted(place.parent.name for place in folder.glob("*/LC_MESSAGES") if place.parent.name not in MADE_UP)


def catalogue(code: str, domain: str, folder: Path = TRANSLATIONS) -> Catalog:
    """One file of translations as it stands."""
    with (folder / code / "LC_MESSAGES" / f"{domain}.po").open("rb") as file:
        return read_po(file, domain=domain)


def complaints(message: Message, code: str) -> Iterator[Complaint]:
    """Everything wrong with one translated text."""
    one = LANGUAGES[code]
    forms = _forms(message)
    if not isinstance(message.id, str):
        wanted = len(integer_plurals(one))
        if len(forms) != wanted or any(not said.strip() for _, said in forms):
            yield Complaint("plural", message.id[0], " | ".join(said for _, said in forms))
    for dutch, said in forms:
        if not said.strip() or message.fuzzy:
            yield Complaint("gap", dutch, said)
            continue
        if sorted(PLACE.findall(dutch)) != sorted(PLACE.findall(said)):
            yield Complaint("place", dutch, said)
        if foreign_letters(said, one):
            yield Complaint("script", dutch, said)
        if dutch_left_over(dutch, said, one):
            yield Complaint("dutch", dutch, said)


def integer_plurals(one: Language) -> list[str]:
    """The plural categories that whole numbers of a language fall in, by CLDR, in gettext's order."""
    rule = Locale.parse(one.babel).plural_form
    found = {rule(number) for number in range(300)}
    return [tag for tag in ("zero", "one", "two", "few", "many", "other") if tag in found]


def foreign_letters(said: str, one: Language) -> set[str]:
    """Letters that no text of this language has: of another script, or of a neighbour in its own.

    Latin letters are allowed everywhere, for names; a word that mixes scripts is not, nor a word of another language's
    script, but for the own names of our languages.
    """
    for name in (other.name for other in LANGUAGES.values()):
        said = said.replace(name, "")
    allowed = {"LATIN", SCRIPTS[one.script]}
    foreign = {
        char
        for char in said
        if char.isalpha()
        and (unicodedata.name(char, "").split(" ")[0] not in allowed or char in NEVER.get(one.code, ()))
    }
    for word in re.findall(r"[^\W\d_]+", PLACE.sub(" ", said)):
        scripts = {_script(char) for char in word}
        if {"LATIN", "CYRILLIC"} <= scripts:
            foreign |= set(word)
    return foreign


def _script(char: str) -> str:
    return unicodedata.name(char, "").split(" ")[0]


def dutch_left_over(dutch: str, said: str, one: Language) -> set[str]:
    """The small Dutch words in a translation that look like a sentence nobody translated."""
    words = set(re.findall(r"\b[a-z]+\b", _DUTCH_NAMES.sub(" ", PLACE.sub(" ", said))))
    if one.script != "Latn":
        return words & _DUTCH
    own = words & (_DUTCH - _ALSO_ELSEWHERE - _OWN_WORDS.get(one.code, frozenset()))
    return own if len(own) >= LEFT_OVER or (own and said == dutch) else set()


def _forms(message: Message) -> list[tuple[str, str]]:
    if isinstance(message.id, str):
        return [(message.id, str(message.string))]
    said = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return [(message.id[min(index, 1)], form or "") for index, form in enumerate(said)]


def missing(folder: Path = TRANSLATIONS) -> list[str]:
    """One line per text of the talk, the plan or a consent that a shipped language lacks."""
    return [
        f"{code}: {scope}: {key.context or key.dutch}"
        for code in shipped(folder)
        if code != SOURCE_LANGUAGE
        for scope in NEEDED
        for key in gaps(code, scope, folder)
    ]


def half_reviewed(folder: Path = TRANSLATIONS) -> list[str]:
    """One line per text that nobody looked at in a file that claims to be reviewed."""
    return [
        f"{code}: {domain}: {LOOK_AT}: {message.id if isinstance(message.id, str) else message.id[0]}"
        for code in shipped(folder)
        for domain in DOMAINS
        for found in [catalogue(code, domain, folder)]
        if claims_review(found.language_team)
        for message in found
        if LOOK_AT in message.user_comments
    ]


def main() -> int:
    """Name every gap, and every text that was not looked at in a reviewed file; 1 when there is one."""
    lines = missing() + half_reviewed()
    for line in lines:
        say(line)
    if lines:
        say("A language with gaps is not built: translate these texts, or take its folder out of translations/.")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
