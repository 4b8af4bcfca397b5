"""Looking around among the occupations: from the first page, and in a talk beside the proposals."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from intake_app.errors import IntakeError
from intake_app.i18n.gettext import mark
from intake_app.services.radar import Radar
from intake_app.ui.pages.compare import ComparePage
from intake_app.ui.pages.radar import RadarPage
from intake_app.ui.pages.spread import SpreadPage
from intake_app.ui.widgets import MessageKind

if TYPE_CHECKING:
    from intake_app.ui.main_window import MainWindow
    from intake_app.ui.talk_flow import TalkFlow

LOOKING = mark("Wij kijken samen naar beroepen. Dat staat op de laptop.")


def show_radar(window: MainWindow) -> None:
    """The occupations of the region, for who guides people; from there how proposals spread over the sectors."""
    window.message.say(MessageKind.INFO, "")
    page = RadarPage(Radar(window.office))
    page.back_requested.connect(window.go_home)
    page.spread_requested.connect(lambda: _show_spread(window))
    window.show_page(page)


def _show_spread(window: MainWindow) -> None:
    page = SpreadPage(window.office)
    page.back_requested.connect(lambda: show_radar(window))
    window.show_page(page)


def show_compared(window: MainWindow, flow: TalkFlow, back: Callable[[], None], first: str, second: str) -> None:
    """Two proposals side by side; `back` shows the talk again."""
    page = ComparePage(Radar(window.office, flow.conversation), first, second, flow.presenter.language)
    page.back_requested.connect(back)
    flow.show_beside(page, LOOKING, "search", lambda: show_compared(window, flow, back, first, second))


def explore(
    window: MainWindow, flow: TalkFlow, back: Callable[[], None], occupation: str = "", sector: str = ""
) -> None:
    """The occupations with the answers of a talk beside them; `back` shows the talk again. It opens at `sector`.

    A change to the list of proposals leads to the same `occupation` from close by, with the list as it then is.
    """
    conversation = flow.conversation
    page = RadarPage(Radar(window.office, conversation), flow.presenter.language)

    def change(name: str, work: Callable[[], None]) -> None:
        try:
            work()
        except IntakeError as error:
            window.say_error(error)
            return
        explore(window, flow, back, name, page.sector)

    page.back_requested.connect(back)
    page.add_requested.connect(lambda name: change(name, lambda: conversation.add_direction(name)))
    page.remove_requested.connect(
        lambda name, why: change(name, lambda: conversation.remove_suggestion(name, why)),
    )
    page.top_requested.connect(lambda name, why: change(name, lambda: conversation.move_suggestion(name, 0, why)))
    if sector:
        page.show_sector(sector)
    if occupation:
        page.show_close(occupation)

    def anew() -> None:
        explore(window, flow, back, page.close_up.id if page.close_up else "", page.sector)

    flow.show_beside(page, LOOKING, "search", anew)
