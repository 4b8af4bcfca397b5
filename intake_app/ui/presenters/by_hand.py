"""Changes that the counsellor makes in the list of proposals, as the talk takes them."""

from __future__ import annotations

from intake_app.services.conversation import Conversation
from intake_app.ui.controls.model import ListChange


def change_list(conversation: Conversation, change: ListChange) -> None:
    """Carry out a change. Raises EventRefused without a reason, StorageError when it is not kept."""
    if change.what == "remove":
        conversation.remove_suggestion(change.occupation, change.reason)
    elif change.what == "move":
        conversation.move_suggestion(change.occupation, change.place, change.reason)
    else:
        conversation.insert_suggestion(change.occupation, change.reason)
