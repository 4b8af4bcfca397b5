"""An appointment as a calendar file (RFC 5545) that tells a number and a day, and nobody's name (DOMAIN 6.13)."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, time, timedelta

from intake_app.i18n.gettext import translator

_MINUTES = 30
_LINE = 75
"""Octets that a line may have, its end apart (RFC 5545, section 3.1)."""


def calendar_file(
    number: str, day: date, at: time | None = None, *, now: datetime | None = None, name: str = ""
) -> bytes:
    """One event as UTF-8 bytes: half an hour at a time of that place's clock, or the whole day without a time.

    `now` is the moment of making, `name` the event's own id; both are made up when they are not given.
    """
    title = translator("nl").text("Vervolggesprek {number}").format(number=number)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//llo-portaal.nl//intake//NL",
        "BEGIN:VEVENT",
        f"UID:{name or uuid.uuid4()}",
        f"DTSTAMP:{(now or datetime.now(UTC)).astimezone(UTC):%Y%m%dT%H%M%SZ}",
        *_when(day, at),
        f"SUMMARY:{_escaped(title)}",
        "CLASS:PRIVATE",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(_folded(line) + "\r\n" for line in lines).encode("utf-8")


def _when(day: date, at: time | None) -> tuple[str, str]:
    if at is None:
        return f"DTSTART;VALUE=DATE:{day:%Y%m%d}", f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
    begin = datetime.combine(day, at.replace(tzinfo=None))
    return f"DTSTART:{begin:%Y%m%dT%H%M%S}", f"DTEND:{begin + timedelta(minutes=_MINUTES):%Y%m%dT%H%M%S}"


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> str:
    """A long line goes on in the next one after a space; no letter is cut in two."""
    parts: list[str] = []
    part = ""
    for letter in line:
        if len((part + letter).encode()) > _LINE - bool(parts):
            parts.append(part)
            part = ""
        part += letter
    return "\r\n ".join([*parts, part])
