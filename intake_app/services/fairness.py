"""The check of twice a year: do the target groups see the same sectors among their proposals (DOMAIN 8.8)?"""

from __future__ import annotations

from intake_app.domain.report import Report
from intake_app.monitoring.make import uneven


def fairness(report: Report) -> tuple[str, ...] | None:
    """Sectors that one group sees at least twice as often as another; None while the groups are too small to show."""
    if not any(row.seen.share is not None for row in report.spread):
        return None
    return uneven(report)
