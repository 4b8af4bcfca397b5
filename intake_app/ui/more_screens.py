"""Pages beside the talk, and other ways to look at a talk, for pictures and for looking over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from PySide6.QtWidgets import QWidget

from intake_app.domain.keeping import CaseCard
from intake_app.i18n.gettext import mark
from intake_app.services.conversation import Conversation
from intake_app.services.office import Office
from intake_app.services.radar import Radar
from intake_app.ui.pages.case_card import CaseCardPage
from intake_app.ui.pages.compare import ComparePage
from intake_app.ui.pages.connect import ConnectPage
from intake_app.ui.pages.conversation import ConversationPage
from intake_app.ui.pages.envelope import EnvelopePage
from intake_app.ui.pages.follow_ups import FollowUpsPage
from intake_app.ui.pages.participant_view import ParticipantView
from intake_app.ui.pages.radar import RadarPage
from intake_app.ui.pages.recordings import RecordingsPage
from intake_app.ui.pages.shared import text
from intake_app.ui.pages.talk_desk import TalkDesk
from intake_app.ui.presenters.conversation import ConversationPresenter

CALLED, NUMBER = "Samira", "06 1234 5678"
"""The participant of the sample, as in its script."""
STEP = mark("Ik ga langs bij het Werkcentrum.")


def office_pages(office: Office) -> Iterator[tuple[str, QWidget]]:
    """The pages that lie beside a talk, with their names."""
    yield "follow-ups", FollowUpsPage(office)
    yield "connect", ConnectPage(office)
    yield "envelope", EnvelopePage(office)
    yield "recordings", RecordingsPage(office)


def talk_pages(office: Office, conversation: Conversation) -> Iterator[tuple[str, QWidget]]:
    """What can be looked at during a talk whose proposals have been made, with names."""
    presenter = ConversationPresenter(conversation)
    language, radar = presenter.language, Radar(office, conversation)
    first, second, *_ = conversation.keeper.suggestions.shown()
    yield "radar", RadarPage(radar, language)
    close = RadarPage(radar, language)
    close.show_close(first)
    yield "radar-close", close
    yield "compare", ComparePage(radar, first, second, language)
    yield "case-card", CaseCardPage(office, _card(office, conversation, language))
    yield from _ways_to_look(office, presenter)


def _ways_to_look(office: Office, presenter: ConversationPresenter) -> Iterator[tuple[str, QWidget]]:
    """One question with the counsellor's strip, with the laptop turned round, and on the participant's screen."""
    for name, turned in (("talk-strip", False), ("talk-turned", True)):
        desk = TalkDesk(office)
        desk.strip_open, desk.turned = not turned, turned
        page = ConversationPage(office, presenter, desk=desk)
        desk.setParent(page)
        yield name, page
    page = ConversationPage(office, presenter)
    view = ParticipantView(page.helpers())
    page.setParent(view)
    page.hide()
    view.show_model(replace(presenter.model(), after_guest=False))
    yield "participant-view", view


def _card(office: Office, conversation: Conversation, language: str) -> CaseCard:
    """The card that this talk would leave behind, as a practice card that is kept nowhere."""
    now, header = office.clock.now(), conversation.talk.header
    return CaseCard(
        str(header.instance_id),
        header.participant_id,
        conversation.number,
        office.store.account.account_id,
        now,
        now,
        CALLED,
        (NUMBER,),
        language,
        (text(STEP),),
        (now + timedelta(days=28)).date(),
        practice=True,
    )
