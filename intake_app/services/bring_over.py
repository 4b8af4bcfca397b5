"""Keeping a talk under a newer version of its form, so that the next opening is plain."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from intake_app.domain.ids import FormVersion
from intake_app.services.versions import Opened, save_left_overs

if TYPE_CHECKING:
    from intake_app.services.conversation import Conversation


def bring_over(conversation: Conversation, found: Opened) -> None:
    """Write savepoint, version and what no longer fits in one transaction. Raises StorageError: nothing is changed."""
    talk, news = conversation.talk, found.news
    if news is None:
        return
    if "form_version" in talk.answers.index.hosts:
        talk.entry.set_host("form_version", talk.definition.version)
    header = replace(talk.header, form_version=FormVersion(talk.definition.version))
    left = (*conversation.left_over, *news.lost)
    with conversation.store.unit_of_work() as uow:
        uow.drafts.save_savepoint(header.instance_id, talk.stored_savepoint(), talk.sequence)
        uow.drafts.save_version(header.instance_id, header.form_version)
        uow.drafts.save_typing(header.instance_id, found.typing)
        save_left_overs(uow, header.participant_id, header.instance_id, left)
        uow.commit()
    talk.header, conversation.news, conversation.left_over = header, news, left
