"""The mapping tables to VUM's job-seeker profile and to a skills passport, field by field, as a paper.

The tables stand in resources/exchange; nothing in the program sends anything by them (DOMAIN 8.9): they are kept ready.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from devtools.shell import REPOSITORY
from intake_app.xforms.compile.sheets import read_sheets

FOLDER = REPOSITORY / "resources" / "exchange"
TARGETS: Mapping[str, str] = {
    "vum": "VUM: profiel van de werkzoekende",
    "skillspaspoort": "Skillspaspoort",
}
LEFT_OUT = "left out"


def rows_of(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a table: their field, our concept (or nothing), the rule, a note."""
    with Path(FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def exchange() -> Iterator[str]:
    """The paper."""
    labels = _labels()
    yield "# Uitwisseling die klaar ligt en uit staat"
    yield ""
    yield "Dit programma stuurt niets naar VUM of naar een skillspaspoort. Hier staat per veld wat het zou zijn, zodat"
    yield "de keuze later alleen nog een afspraak, een toestemming en een paar weken werk vraagt. De codelijsten van de"
    yield "andere kant horen dan bij hun versie te worden nagekeken. Wat met C4 of C5 is gevraagd, gaat nooit mee."
    yield "Regels en noten zijn in het Engels, voor wie het bouwt. Het bestand dat iemand zelf kan meenemen, staat in"
    yield "docs/skills-file.md."
    yield ""
    for name, title in TARGETS.items():
        found = rows_of(name)
        left = sum(row["rule"].startswith(LEFT_OUT) for row in found)
        yield f"## {title}"
        yield ""
        yield f"{len(found)} velden, waarvan {left} altijd leeg blijven."
        yield ""
        yield "| hun veld | onze vraag | regel | let op |"
        yield "|---|---|---|---|"
        for row in found:
            ours = f"`{row['ours']}` {labels.get(row['ours'], '')}".strip() if row["ours"] else "geen"
            yield f"| `{row['field']}` | {ours} | {row['rule']} | {row['note']} |"
        yield ""


def _labels() -> dict[str, str]:
    survey = read_sheets(REPOSITORY / "resources" / "forms" / "intake.md")["survey"]
    return {
        row["bind::intake:concept"]: " ".join(row["label"].split()).replace("|", "/")
        for row in survey.rows
        if row.get("bind::intake:concept") and row.get("label")
    }
