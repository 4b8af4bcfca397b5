"""The recovery key on paper: one sheet per half, drawn straight to the printer and kept nowhere."""

from __future__ import annotations

from datetime import date
from html import escape

from PySide6.QtGui import QTextDocument
from PySide6.QtPrintSupport import QPrinter

from intake_app.i18n.formats import format_date
from intake_app.i18n.gettext import mark, translator
from intake_app.ui.presenters.plan import JOB_TITLE

KEEPERS = {"a": mark("voor het Werkcentrum"), "b": mark("voor de functionaris gegevensbescherming")}
_TITLE = mark("Herstelsleutel, helft {half}")
_LINES = (
    mark("Deze helft opent niets zonder de andere. Samen openen ze alle gesprekken op deze laptop."),
    mark("Doe dit blad in een dichte envelop. Schrijf op de envelop de datum en uw naam."),
    mark("Bewaar de twee helften nooit op één plek, en nooit bij de laptop."),
    mark("Een 0 is een nul. De letters I, L, O en U komen niet voor."),
)


def in_two_lines(half: str) -> str:
    """The groups of a half, four on a line."""
    groups = half.split()
    return "\n".join("  ".join(groups[start : start + 4]) for start in range(0, len(groups), 4))


def last_group(half: str) -> str:
    """What is typed over to show that the half stands on paper."""
    return half.split()[-1]


def same_group(typed: str, half: str) -> bool:
    """Whether the last group was typed over well; case and spaces do not matter."""
    return "".join(typed.split()).upper() == last_group(half)


def sheet(name: str, half: str, location: str, day: date) -> str:
    """The sheet of one half as simple HTML: title, groups, what to do with it, place and day."""
    say = translator("nl").text
    title = say(_TITLE).format(half=name.upper())
    groups = escape(in_two_lines(half)).replace("\n", "<br>").replace("  ", "&nbsp;&nbsp; ")
    lines = "".join(f"<p>{escape(say(line))}</p>" for line in _LINES)
    made = " · ".join(part for part in (location, format_date(day, "nl")) if part)
    return (
        f"<h1>{escape(title)}</h1><h2>{escape(say(KEEPERS[name]))}</h2>"
        f"<p><br><tt><big><big><b>{groups}</b></big></big></tt><br></p>{lines}<p><br>{escape(made)}</p>"
    )


def print_sheet(printer: QPrinter, html: str) -> None:
    """Draw a sheet on the printer; the print job carries no word of what it is."""
    printer.setDocName(JOB_TITLE)
    document = QTextDocument()
    document.setHtml(html)
    document.print_(printer)
