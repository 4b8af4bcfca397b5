"""A referral in words: how contact is made, whether it came about, and what may be shared."""

from __future__ import annotations

from dataclasses import dataclass

from intake_app.i18n.gettext import mark, translator
from intake_app.services.referrals import ReferralStand

WAYS = {
    "call_now_together": mark("Samen gebeld."),
    "go_together": mark("We gaan samen."),
    "counsellor_calls": mark("De begeleider belt."),
    "message": mark("De begeleider stuurt een bericht."),
    "participant_goes": mark("De deelnemer gaat zelf."),
}


@dataclass(frozen=True)
class ReferralText:
    """What the page says of one referral."""

    way: str
    sharing: str
    badge: str
    badge_kind: str


def referral_text(one: ReferralStand) -> ReferralText:
    """In Dutch, for the counsellor."""
    say = translator("nl").text
    way = say(WAYS[one.handover]) if one.handover in WAYS else say("Er is nog niet afgesproken hoe.")
    shared, kept = say("De deelnemer vindt het goed dat wij dit delen."), say("Wij delen niets met deze organisatie.")
    badge = (say("contact gelukt"), "good") if one.arrived else (say("nog geen contact bekend"), "info")
    return ReferralText(way, shared if one.shared else kept, *badge)
