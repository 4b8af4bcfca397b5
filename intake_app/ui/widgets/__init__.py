"""The base widgets every page is built from; together with the theme the only place that knows colours and sizes."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from intake_app.ui.widgets.answer_card import AnswerCard
    from intake_app.ui.widgets.answer_grid import Answer, AnswerGrid
    from intake_app.ui.widgets.bilingual import Arrange, BilingualLabel
    from intake_app.ui.widgets.busy_overlay import BusyOverlay
    from intake_app.ui.widgets.buttons import IconButton, PrimaryButton, QuietButton, SecondaryButton
    from intake_app.ui.widgets.card import Card, Divider
    from intake_app.ui.widgets.date_entry import DateEntry, DateWords
    from intake_app.ui.widgets.focus_start import FocusStart
    from intake_app.ui.widgets.layout import Tiles, clear, column, let_go, row, stretch
    from intake_app.ui.widgets.line_entry import LineEntry
    from intake_app.ui.widgets.message_bar import MessageBar, MessageKind
    from intake_app.ui.widgets.page import Page
    from intake_app.ui.widgets.pair import Pair
    from intake_app.ui.widgets.pictogram import PictogramLabel
    from intake_app.ui.widgets.search_entry import Hit, SearchEntry
    from intake_app.ui.widgets.section_trail import SectionTrail, TrailStep
    from intake_app.ui.widgets.stepper import Stepper
    from intake_app.ui.widgets.text import Badge, TextLabel
    from intake_app.ui.widgets.text_entry import TextEntry

_HOMES = {
    "AnswerCard": "answer_card",
    "Answer": "answer_grid",
    "AnswerGrid": "answer_grid",
    "Arrange": "bilingual",
    "BilingualLabel": "bilingual",
    "BusyOverlay": "busy_overlay",
    "IconButton": "buttons",
    "PrimaryButton": "buttons",
    "QuietButton": "buttons",
    "SecondaryButton": "buttons",
    "Card": "card",
    "Divider": "card",
    "DateEntry": "date_entry",
    "DateWords": "date_entry",
    "FocusStart": "focus_start",
    "Tiles": "layout",
    "clear": "layout",
    "column": "layout",
    "let_go": "layout",
    "row": "layout",
    "stretch": "layout",
    "MessageBar": "message_bar",
    "MessageKind": "message_bar",
    "Page": "page",
    "Pair": "pair",
    "PictogramLabel": "pictogram",
    "Hit": "search_entry",
    "SearchEntry": "search_entry",
    "SectionTrail": "section_trail",
    "TrailStep": "section_trail",
    "Stepper": "stepper",
    "Badge": "text",
    "TextLabel": "text",
    "LineEntry": "line_entry",
    "TextEntry": "text_entry",
}
"""Each name and the module it stands in: that is loaded when the name is asked for, so that the first page waits for
nothing it does not show."""

__all__ = [
    "Answer",
    "AnswerCard",
    "AnswerGrid",
    "Arrange",
    "Badge",
    "BilingualLabel",
    "BusyOverlay",
    "Card",
    "DateEntry",
    "DateWords",
    "Divider",
    "FocusStart",
    "Hit",
    "IconButton",
    "LineEntry",
    "MessageBar",
    "MessageKind",
    "Page",
    "Pair",
    "PictogramLabel",
    "PrimaryButton",
    "QuietButton",
    "SearchEntry",
    "SecondaryButton",
    "SectionTrail",
    "Stepper",
    "TextEntry",
    "TextLabel",
    "Tiles",
    "TrailStep",
    "clear",
    "column",
    "let_go",
    "row",
    "stretch",
]


def __getattr__(name: str) -> Any:
    """The widget of a name. Raises AttributeError for a name that is none."""
    if name not in _HOMES:
        raise AttributeError(name)
    found = globals()[name] = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    return found
