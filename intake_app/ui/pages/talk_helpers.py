"""What the questions of a talk may ask of the program: the day it is, and the searches in the talk's language."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFileDialog, QWidget

from intake_app.domain.catalogue import SearchHit
from intake_app.services.office import Office
from intake_app.ui.controls import Found, Helpers
from intake_app.ui.pages.shared import text
from intake_app.ui.presenters.conversation import ConversationPresenter
from intake_app.ui.presenters.questions import QuestionMaker
from intake_app.ui.presenters.rows import weighed
from intake_app.ui.search_lane import search_lane


def ask_file(parent: QWidget) -> str:
    """The file that was chosen in the system's dialog, or empty."""
    chosen, _ = QFileDialog.getOpenFileName(parent, text("Kies het bestand"))
    return chosen


def talk_helpers(office: Office, presenter: ConversationPresenter) -> Helpers:
    """The helpers of one talk."""

    def told(kind: str, hits: Sequence[SearchHit]) -> list[Found]:
        code = presenter.language
        return [
            Found(h.id, h.label_nl, h.matched, QuestionMaker.catalogue_pair(kind, h.id, h.label_nl, code).own)
            for h in hits
        ]

    return Helpers(
        today=office.clock.today,
        search_occupations=lambda words: told("occupation", office.search_directions(words, presenter.language)),
        search_skills=lambda words: told("skill", office.search(words, presenter.language, "skill")),
        search_own_work=lambda words: told("occupation", office.search_own_work(words, presenter.language)),
        weigh=lambda name: weighed(presenter.conversation, name, presenter.language),
        open_file=presenter.conversation.file,
        choose_file=ask_file,
        in_background=lambda work, done: search_lane().run(work, done),
    )
