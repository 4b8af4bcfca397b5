"""Numbers and codes that stand on paper: random, so that nothing about the person can be read from them."""

from __future__ import annotations

import secrets

from intake_app.domain.ids import ParticipantNumber


def new_number() -> ParticipantNumber:
    """A random participant number, `4711-2085`."""
    digits = f"{secrets.randbelow(10**8):08d}"
    return ParticipantNumber(f"{digits[:4]}-{digits[4:]}")


def new_code() -> str:
    """A hand-over code of 60 random bits, in letters that are not mistaken for one another, `K7QM-4XHT-9PWD`."""
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
    code = "".join(secrets.choice(letters) for _ in range(12))
    return "-".join((code[:4], code[4:8], code[8:]))
