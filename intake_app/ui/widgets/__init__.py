"""The base widgets every page is built from; together with the theme the only place that knows colours and sizes."""

from intake_app.ui.widgets.answer_card import AnswerCard
from intake_app.ui.widgets.answer_grid import Answer, AnswerGrid
from intake_app.ui.widgets.bilingual import Arrange, BilingualLabel
from intake_app.ui.widgets.busy_overlay import BusyOverlay
from intake_app.ui.widgets.buttons import IconButton, PrimaryButton, QuietButton, SecondaryButton
from intake_app.ui.widgets.card import Card, Divider
from intake_app.ui.widgets.date_entry import DateEntry, DateWords
from intake_app.ui.widgets.focus_start import FocusStart
from intake_app.ui.widgets.layout import Tiles, clear, column, let_go, row, stretch
from intake_app.ui.widgets.message_bar import MessageBar, MessageKind
from intake_app.ui.widgets.page import Page
from intake_app.ui.widgets.pair import Pair
from intake_app.ui.widgets.pictogram import PictogramLabel
from intake_app.ui.widgets.search_entry import Hit, SearchEntry
from intake_app.ui.widgets.section_trail import SectionTrail, TrailStep
from intake_app.ui.widgets.stepper import Stepper
from intake_app.ui.widgets.text import Badge, TextLabel
from intake_app.ui.widgets.text_entry import LineEntry, TextEntry

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
