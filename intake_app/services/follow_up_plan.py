"""When people are spoken to after their plan: settings of the place, and the days they lead to (DOMAIN 6.8)."""

from __future__ import annotations

from datetime import date, timedelta

from intake_app.domain.follow_up import FollowUpPlan, moments_from
from intake_app.services.days import working_day
from intake_app.services.policy import Action, guarded
from intake_app.services.ports import Store, UnitOfWork

_MOMENTS = "follow_up.moments"
_AGAIN = "follow_up.again_days"
_LONGEST_AGAIN = 60


@guarded(Action.LOOK_AT_SETTINGS)
def read_follow_up_plan(store: Store) -> FollowUpPlan:
    """The moments of this place; what cannot be read is as usual: 2 weeks, 3, 6 and 12 months, again after a week."""
    with store.unit_of_work() as uow:
        return plan_in(uow)


def plan_in(uow: UnitOfWork) -> FollowUpPlan:
    """The same inside a unit of work that is open already."""
    usual = FollowUpPlan()
    moments, again = uow.settings.get(_MOMENTS), uow.settings.get(_AGAIN)
    days = int(again) if again.isdecimal() and 1 <= int(again) <= _LONGEST_AGAIN else usual.again_days
    return FollowUpPlan(moments_from(moments), days)


@guarded(Action.SETTINGS)
def write_follow_up_plan(store: Store, plan: FollowUpPlan) -> None:
    """Keep the moments. Raises RoleRefused."""
    with store.unit_of_work() as uow:
        uow.settings.set(_MOMENTS, " ".join(str(moment) for moment in plan.moments))
        uow.settings.set(_AGAIN, str(min(max(plan.again_days, 1), _LONGEST_AGAIN)))
        uow.commit()


def next_day(plan: FollowUpPlan, start: date, today: date) -> date | None:
    """The next planned talk after today for a plan of `start`, on a day on which people can be met; None after the
    last one."""
    on = plan.next_after(start, today)
    return working_day(on) if on is not None else None


def try_again_on(plan: FollowUpPlan, today: date) -> date:
    """When to try once more after nobody was reached."""
    return working_day(today + timedelta(days=plan.again_days))
