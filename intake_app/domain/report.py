"""A report as it may leave the house: numbers with their targets, the small ones hidden (DOMAIN 7.2)."""

from __future__ import annotations

from dataclasses import dataclass

from intake_app.domain.counting import Period

COUNT, SHARE, MEAN, MEDIAN = "count", "share", "mean", "median"


@dataclass(frozen=True)
class Figure:
    """One number. Hidden ones hold nothing at all, so that no export can let them slip.

    `value` is a count, a mean of 1 to 5, or days; `of` the number it is a part of, or was reckoned over; `share` the
    one divided by the other, 0 to 1; `target` in the unit of `share` where there is one, else of `value`.
    """

    code: str
    kind: str = COUNT
    value: float | None = None
    of: int | None = None
    share: float | None = None
    target: float | None = None
    hidden: bool = False


@dataclass(frozen=True)
class Indicator:
    """One indicator of DOMAIN 7.2 with its figures. `least`: smaller numbers than this are hidden."""

    id: str
    figures: tuple[Figure, ...]
    least: int

    def figure(self, code: str) -> Figure:
        """The figure of that name. Raises KeyError."""
        for one in self.figures:
            if one.code == code:
                return one
        raise KeyError(code)


@dataclass(frozen=True)
class SpreadRow:
    """Of how many people of a target group a sector was proposed; hidden like every small number."""

    group: str
    sector: str
    seen: Figure


@dataclass(frozen=True)
class GroupCell:
    """How many people of a target group live in a municipality ("" where that was not told)."""

    municipality: str
    group: str
    figure: Figure


@dataclass(frozen=True)
class Report:
    """Indicators of a period. `location` is empty for everything that was read.

    `not_counted`: talks of people who did not want to be counted, as one number. `places`: guided people per place.
    `also` are second flags: people of another group whom this one fits too; `municipalities` is empty where nothing of
    it may be shown. `sources` are kinds (`local`, `central`, `practice`), `version` that of the definitions.
    """

    period: Period
    location: str
    version: str
    sources: tuple[str, ...]
    practice: bool
    indicators: tuple[Indicator, ...]
    not_counted: Figure
    one_question: Figure
    places: tuple[Figure, ...] = ()
    spread: tuple[SpreadRow, ...] = ()
    also: tuple[Figure, ...] = ()
    municipalities: tuple[GroupCell, ...] = ()

    def indicator(self, name: str) -> Indicator:
        """The indicator of that id. Raises KeyError."""
        for one in self.indicators:
            if one.id == name:
                return one
        raise KeyError(name)


def most_of(indicator: Indicator) -> float:
    """The largest count or target of an indicator: what a full bar stands for where it is no share."""
    counts = [figure for figure in indicator.figures if figure.kind == COUNT]
    return max((number for figure in counts for number in (figure.value or 0, figure.target or 0)), default=0)


def shares(figure: Figure, most: float) -> tuple[float | None, float | None]:
    """How far the bar of a figure is filled and where its target stands, both 0 to 1; None for what is not drawn."""
    if figure.hidden:
        return None, None
    if figure.kind == SHARE:
        return figure.share, figure.target
    if figure.kind != COUNT or not most or (figure.target is None and figure.of is None):
        return None, None
    value = None if figure.value is None else min(1.0, figure.value / most)
    return value, None if figure.target is None else figure.target / most
