"""Unlocking as the page asks it: what is still missing, how good a passphrase is, how long one must wait."""

from __future__ import annotations

from collections.abc import Collection

from intake_app.i18n.gettext import mark, translator
from intake_app.services.access import SHORTEST, passphrase_quality

ROLE_NAMES = {
    "volunteer": (mark("Vrijwilliger"), mark("Korte gesprekken in de bibliotheek of het Taalhuis")),
    "counsellor": (mark("Begeleider"), mark("Hele gesprekken, plannen en verwijzen")),
    "specialist": (mark("Specialist"), mark("Neemt moeilijke gesprekken over")),
    "site_lead": (mark("Coördinator"), mark("Zorgt voor deze plek en deze laptop")),
}
_QUALITY = (
    ("warning", mark("Nog te kort")),
    ("info", mark("Goed genoeg")),
    ("good", mark("Sterk")),
    ("good", mark("Heel sterk")),
)
_MINUTE = 60


def wrong_name(name: str) -> dict[str, str]:
    """What is wrong with a name, under the name of its field."""
    return {} if name.strip() else {"name": translator("nl").text("Vul uw naam in. Die staat op het plan.")}


def wrong_passphrase(passphrase: str, again: str) -> dict[str, str]:
    """What is wrong with a new passphrase typed twice, per field; empty when nothing."""
    say = translator("nl").text
    if not passphrase_quality(passphrase):
        # Translators: {count} is a number of letters.
        told = say("De wachtzin is nog te kort. Neem er een woord bij: samen minstens {count} tekens.")
        return {"passphrase": told.format(count=SHORTEST)}
    if again != passphrase:
        return {"again": say("De twee wachtzinnen zijn niet gelijk. Typ de tweede nog eens.")}
    return {}


def quality(passphrase: str) -> tuple[str, str]:
    """Badge kind and words for a passphrase; no words for an empty one."""
    if not passphrase:
        return "plain", ""
    kind, message = _QUALITY[passphrase_quality(passphrase)]
    return kind, translator("nl").text(message)


def role_names(roles: Collection[str]) -> str:
    """The roles of an account in words, behind each other."""
    say = translator("nl").text
    return " + ".join(say(name) for code, (name, _) in ROLE_NAMES.items() if code in roles)


def waiting_time(seconds: int) -> str:
    """How long one must wait before the next passphrase, in words."""
    say = translator("nl")
    if seconds <= _MINUTE:
        return say.plural("nog {count} seconde", "nog {count} seconden", seconds).format(count=seconds)
    minutes = -(-seconds // _MINUTE)
    return say.plural("nog {count} minuut", "nog {count} minuten", minutes).format(count=minutes)
