"""What is said above the questions of a talk about the talk itself: that nothing is written, that it ends, welcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intake_app.i18n.gettext import mark
from intake_app.ui.controls.words import Words
from intake_app.ui.widgets.pair import Pair

if TYPE_CHECKING:
    from intake_app.ui.presenters.conversation import ConversationPresenter

NOTHING_WRITTEN = mark("Er wordt niets opgeschreven.")
ONLY_TALK = mark("We praten en printen. Daarna is alles weg.")
TOO_YOUNG = mark("Dit gesprek is voor mensen van 16 jaar en ouder. Wij zoeken samen een goede plek voor u.")
STOPPED_HERE = mark("Wij stoppen hier. Dat is goed.")
WELCOME_BACK = mark("Fijn dat u er weer bent.")
WHERE_YOU_WERE = mark("Eerst kort: wie zit er aan tafel? Daarna gaan we verder waar u was.")


def state_told(presenter: ConversationPresenter) -> tuple[Pair, ...]:
    """One or two lines for the participant; none when there is nothing to say."""
    words = Words(presenter.language)
    if presenter.ended_by_age:
        too_young = presenter.conversation.talk.answers.text("age_group") == "lt16"
        return (words.pair(TOO_YOUNG if too_young else STOPPED_HERE),)
    if presenter.resumed and presenter.asks("alone"):
        return words.pair(WELCOME_BACK), words.pair(WHERE_YOU_WERE)
    if presenter.refused_recording:
        return words.pair(NOTHING_WRITTEN), words.pair(ONLY_TALK)
    return ()
