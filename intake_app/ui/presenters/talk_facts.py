"""What a page asks of a talk before it says anything: is it written down, how did it begin, did it end by age."""

from __future__ import annotations

from intake_app.services.conversation import Conversation

ONE_QUESTION = "one_question"


class TalkFacts:
    """Facts of one talk, read from its answers each time."""

    conversation: Conversation

    @property
    def recording(self) -> bool:
        """Whether answers are written down."""
        return self.conversation.talk.recording

    @property
    def refused_recording(self) -> bool:
        """Whether the participant said no to writing down."""
        return self.conversation.talk.answers.text("consent_record") == "no"

    @property
    def ended_by_age(self) -> bool:
        """Whether the talk ended at the age questions (DOMAIN 2.1-20)."""
        answers = self.conversation.talk.answers
        return answers.text("age_group") == "lt16" or answers.text("go_on") == "no"

    @property
    def is_one_question(self) -> bool:
        """Whether this is the talk of five minutes that ends with an address slip."""
        return self.conversation.talk.walk.talk_form() == ONE_QUESTION

    @property
    def knows_who_is_there(self) -> bool:
        """Whether it was told who is at the table (a04b)."""
        return bool(self.conversation.talk.answers.text("alone"))
