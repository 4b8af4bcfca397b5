"""The steps of the first start, and where one is in them."""

from __future__ import annotations

from intake_app.i18n.gettext import mark, translator

STEPS = {
    "welcome": mark("Welkom"),
    "access": mark("Uw eigen toegang"),
    "recovery": mark("Herstelsleutel"),
    "place": mark("Deze plek"),
    "ready": mark("Klaar om te beginnen"),
}
"""Every step in its order, with its name."""


def step_title(step: str) -> str:
    """The title of a step: which it is, of how many, and its name."""
    say = translator("nl").text
    number = list(STEPS).index(step) + 1
    # Translators: {step} of {count} steps; {name} is what the step is about.
    told = say("Stap {step} van {count}: {name}")
    return told.format(step=number, count=len(STEPS), name=say(STEPS[step]))
