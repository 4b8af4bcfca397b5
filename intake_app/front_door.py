"""What stands at the front door: built first, and without anything that lies behind it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from intake_app.services.access import Access
from intake_app.storage.door import StoreDoor

if TYPE_CHECKING:
    from intake_app.services.repair import Repairs


def access(folder: Path) -> Access:
    """The way into the locked data folder."""

    def repairs() -> Repairs:
        from intake_app.bootstrap import Repairs

        return Repairs(folder)

    return Access(StoreDoor(folder), repairs=repairs)
