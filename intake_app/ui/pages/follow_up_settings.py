"""The settings of follow-ups: how long after the plan people are spoken to, and how soon again when that failed."""

from __future__ import annotations

from intake_app.domain.follow_up import FollowUpPlan, Moment
from intake_app.services.follow_up_plan import read_follow_up_plan, write_follow_up_plan
from intake_app.services.office import Office
from intake_app.services.policy import Action, may
from intake_app.ui.pages.shared import heading, plural, text
from intake_app.ui.widgets import Card, Stepper, TextLabel, Tiles
from intake_app.ui.widgets.field import Field

_MOST = {"w": 12, "m": 24}


class FollowUpCard(Card):
    """A stepper for each moment; `keep` writes what they show. Only the site lead may change them."""

    def __init__(self, office: Office) -> None:
        super().__init__(heading(text("Vervolggesprekken"), "phone"), gap=3)
        self._office = office
        self._plan = read_follow_up_plan(office.store)
        tiles = Tiles(380, 2, 3)
        self.steppers: list[Stepper] = []
        for number, moment in enumerate(self._plan.moments):
            name = _name(number)
            show = _weeks if moment.unit == "w" else _months
            stepper = Stepper(name, 1, _MOST[moment.unit], value=moment.count, show=show)
            self.steppers.append(stepper)
            tiles.add_tile(Field(name, stepper))
        again = text("Niet bereikt? Opnieuw na")
        self.again = Stepper(again, 1, 60, value=self._plan.again_days, show=_days)
        tiles.add_tile(Field(again, self.again))
        told = text("Zo lang na het plan staat iemand bij Vandaag bellen. Nooit op een zondag of feestdag.")
        self.add(TextLabel(told, "small"))
        self.add(tiles)
        self.setEnabled(may(office.store.account, Action.SETTINGS))

    def keep(self) -> None:
        """Write the moments, in order. Raises StorageError."""
        if not self.isEnabled():
            return
        units = [moment.unit for moment in self._plan.moments]
        told = (Moment(stepper.value(), unit) for stepper, unit in zip(self.steppers, units, strict=True))
        write_follow_up_plan(self._office.store, FollowUpPlan(tuple(told), self.again.value()))


def _name(number: int) -> str:
    names = (text("De eerste keer"), text("De tweede keer"), text("De derde keer"), text("De vierde keer"))
    return names[number] if number < len(names) else text("Een volgende keer")


def _weeks(count: int) -> str:
    return plural("{count} week", "{count} weken", count)


def _months(count: int) -> str:
    return plural("{count} maand", "{count} maanden", count)


def _days(count: int) -> str:
    return plural("{count} dag", "{count} dagen", count)
