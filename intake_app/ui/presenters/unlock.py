"""Unlocking as the page asks it: what is still missing for a first account, and how good a passphrase is in words."""

from __future__ import annotations

from dataclasses import dataclass

from intake_app.i18n.gettext import mark, translator
from intake_app.services.access import ROLES, SHORTEST, passphrase_quality

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


@dataclass(frozen=True)
class FirstAccount:
    """What a person fills in at the first start."""

    name: str
    role: str
    passphrase: str
    again: str

    def missing(self) -> dict[str, str]:
        """Per field what is still needed, in words; empty when the account can be made."""
        say = translator("nl").text
        found = {}
        if not self.name.strip():
            found["name"] = say("Vul uw naam in. Die staat op het plan.")
        if self.role not in ROLES:
            found["role"] = say("Kies uw rol.")
        if not passphrase_quality(self.passphrase):
            # Translators: {count} is a number of letters.
            told = say("De wachtzin is nog te kort. Neem er een woord bij: samen minstens {count} tekens.")
            found["passphrase"] = told.format(count=SHORTEST)
        elif self.again != self.passphrase:
            found["again"] = say("De twee wachtzinnen zijn niet gelijk. Typ de tweede nog eens.")
        return found


def quality(passphrase: str) -> tuple[str, str]:
    """Badge kind and words for a passphrase; no words for an empty one."""
    if not passphrase:
        return "plain", ""
    kind, message = _QUALITY[passphrase_quality(passphrase)]
    return kind, translator("nl").text(message)
