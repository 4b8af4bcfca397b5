"""Developer command `python -m intake_app.ui.gallery`: every widget and control as pictures, languages and sizes."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from intake_app.ui import theme
from intake_app.ui.controls import Helpers, control_for
from intake_app.ui.gallery_samples import CONTROLS, SECTIONS, Samples, search
from intake_app.ui.gallery_states import StatesPage
from intake_app.ui.widgets import (
    Badge,
    BilingualLabel,
    Card,
    IconButton,
    MessageBar,
    MessageKind,
    Page,
    Pair,
    PrimaryButton,
    QuietButton,
    SecondaryButton,
    SectionTrail,
    Stepper,
    TextEntry,
    TrailStep,
    column,
    row,
)

SIZES = ((1366, 768), (1024, 700))
STATES = "states"
TABLE = (2500, 1300)
"""The table of states needs room: it is shown in this size alone."""


def page_around(s: Samples, body: QWidget, place: int = 4) -> Page:
    """A page as the conversation shows it, around one question."""
    page = Page(s.pair("Gesprek"))
    trail = SectionTrail()
    names = {"P": "Kiezen", "H": "Werk"}
    steps = [TrailStep(letter, names.get(letter, letter), n < place) for n, letter in enumerate(SECTIONS)]
    trail.set_steps(steps, place, "nog ongeveer 24 vragen")
    page.set_where(trail)
    for icon, name in (("speaker", "Lees voor"), ("text-size", "Grotere letters"), ("pause", "Pauze")):
        page.add_action(IconButton(icon, name, captioned=True))
    page.add(body)
    page.add_stretch()
    start: list[QWidget] = [
        QuietButton(s.pair("Stop"), "stop"),
        QuietButton(s.pair("Sla over"), "skip", icon_after=True),
    ]
    end: list[QWidget] = [
        SecondaryButton(s.pair("Terug"), "back"),
        PrimaryButton(s.pair("Verder"), "next", icon_after=True),
    ]
    page.set_footer(start, end)
    page.set_reader(s.pair("Verder").language)
    return page


def widgets_page(s: Samples) -> Page:
    """The base widgets together on one page."""
    body = QWidget()
    bars = [MessageBar(kind, s.pair("Er is geen verbinding."), s.pair("U kunt gewoon verder gaan."), closable=True)
            for kind in MessageKind]  # fmt: skip
    entry = TextEntry("Tekst", rtl=s.pair("Verder").rtl_half)
    buttons = row(PrimaryButton(s.pair("Verder"), "next", icon_after=True), SecondaryButton(s.pair("Terug"), "back"),
                  QuietButton(s.pair("Sla over"), "skip"), None, Stepper("Uur", 0, 23, value=10), gap=1)  # fmt: skip
    badges = row(*(Badge(kind, kind) for kind in ("plain", "info", "good", "warning", "error")), None, gap=1)
    off = SecondaryButton(s.pair("Terug"), "back")
    off.setEnabled(False)
    card = Card(
        BilingualLabel(s.pair("Kies drie plaatjes."), "title"),
        BilingualLabel(Pair("", "Gemeente", "ar"), "body"),
        badges,
    )
    body.setLayout(column(buttons, card, *bars, entry, row(off, None), gap=2))
    return page_around(s, body)


def picture(page: QWidget, width: int, height: int, path: Path) -> None:
    """Show a page, let it settle, and write it as a PNG."""
    page.resize(width, height)
    page.show()
    for _ in range(3):
        QApplication.processEvents()
    page.grab().save(str(path))
    page.close()
    page.deleteLater()


def render(out: Path, languages: Sequence[str], names: Sequence[str], sizes: Sequence[tuple[int, int]]) -> int:
    """Write every picture; gives how many."""
    out.mkdir(parents=True, exist_ok=True)
    helpers = Helpers(lambda: date(2026, 11, 25), search, search)
    count = 0
    for language in languages:
        samples = Samples(language)
        for width, height in sizes:
            for name in names or ("widgets", *CONTROLS, "cards-next"):
                if name == STATES:
                    continue
                if name == "widgets":
                    page = widgets_page(samples)
                else:
                    control = control_for(CONTROLS[name.removesuffix("-next")](samples), helpers)
                    if name.endswith("-next"):
                        control.advance()
                    page = page_around(samples, control)
                picture(page, width, height, out / f"{name}-{language}-{width}.png")
                count += 1
        if not names or STATES in names:
            table(samples, out / f"{STATES}-{language}.png")
            count += 1
    return count


def table(samples: Samples, path: Path) -> None:
    """Every control in every state."""
    page = StatesPage(samples)
    page.resize(*TABLE)
    page.show()
    page.activateWindow()
    for _ in range(3):
        QApplication.processEvents()
    page.write(path)
    page.close()
    page.deleteLater()


def every_look(out: Path, languages: Sequence[str], names: Sequence[str]) -> int:
    """The gallery in each size of type and each palette, each in a folder of its own; gives how many pictures."""
    app, count = QApplication.instance(), 0
    for size in theme.TextSize:
        for scheme in (theme.Scheme.LIGHT, theme.Scheme.DARK, theme.Scheme.CONTRAST):
            theme.apply(app, size=size, scheme=scheme)
            count += render(out / f"{size.name.lower()}-{scheme.value}", languages, names, SIZES[:1])
    return count


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line and write the pictures."""
    parser = argparse.ArgumentParser(prog="python -m intake_app.ui.gallery", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder for the pictures")
    parser.add_argument("--only", action="append", default=[], help="only this widget or control")
    parser.add_argument("--lang", action="append", default=[], help="talk language (default: nl, en and ar)")
    parser.add_argument("--size", choices=[size.name.lower() for size in theme.TextSize], default="normal")
    schemes = [scheme.value for scheme in theme.Scheme]
    parser.add_argument("--scheme", choices=schemes, default="light", help="the palette")
    parser.add_argument("--every", action="store_true", help="in every size of type and every palette")
    chosen = parser.parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    theme.apply(app, size=theme.TextSize[chosen.size.upper()], scheme=theme.Scheme(chosen.scheme))
    languages = chosen.lang or ["nl", "en", "ar"]
    if chosen.every:
        every_look(chosen.out, languages, chosen.only)
    else:
        render(chosen.out, languages, chosen.only, SIZES)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
