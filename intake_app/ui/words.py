"""The Dutch words of the interface, for the counsellor."""

from __future__ import annotations

from intake_app.i18n.gettext import translator


def text(message: str, **values: object) -> str:
    """A text of the interface for the counsellor, with its named places filled."""
    found = translator("nl").text(message)
    return found.format(**values) if values else found


def plural(one: str, many: str, count: int) -> str:
    """A text with `{count}` in it, for one or for several."""
    return translator("nl").plural(one, many, count).format(count=count)
