"""The conversation as pages drive it: answers with their consequences, prepared screens, consents that switch."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from intake_app.domain.ids import ParticipantNumber
from intake_app.domain.recommendation import Recommendation
from intake_app.i18n.starters import Starter
from intake_app.profile.derive import OWN_IDEA_SOURCE
from intake_app.services.consents import CONSENT_CONCEPTS, consent_records
from intake_app.services.ports import Store
from intake_app.services.recording import start_recording, stop_recording
from intake_app.services.rows import SEARCHED, RowKeeper
from intake_app.services.starters import goal_starters, step_starters
from intake_app.services.talk import Talk
from intake_app.services.walk.screens import Screen
from intake_app.xforms.api import Change

_PARTICIPANT_CONCEPTS = frozenset({"call_name", "age_group", "talk_language"})
_CONSENTS = frozenset(CONSENT_CONCEPTS) | {"share_consent", "consent_form"}


@dataclass
class Conversation:
    """One talk with everything a page may ask of it. All methods raise StorageError when an answer is not kept."""

    talk: Talk
    keeper: RowKeeper
    store: Store = field(repr=False)
    number: ParticipantNumber
    handover_code: str = field(default="", repr=False)
    recovered: tuple[str, ...] = ()
    """Refs whose text was still being typed when the last run ended, put back on opening."""

    def screens(self) -> tuple[Screen, ...]:
        """The screens from the answers so far."""
        return self.talk.screens()

    def open_screen(self, screen: Screen) -> bool:
        """Prepare a screen before it is shown; True when the screens must be asked for again."""
        return self.keeper.prepare(screen)

    def answer(self, ref: str, value: str) -> Change:
        """Give an answer and let it have its consequences."""
        change = self.talk.answer(ref, value)
        if change.rejected is None:
            self._follow(self.concept_of(ref), value)
        return change

    def skip(self, ref: str) -> None:
        """Leave a question open on purpose."""
        self.talk.skip(ref)

    def choose_occupation(self, ref: str, occupation: str) -> None:
        """An occupation found by searching, for the own idea (p03), a job (h02) or another direction (p01, p04)."""
        concept = self.concept_of(ref)
        label = self.keeper.catalogue.occupations[occupation].label_nl
        if concept == "job":
            self.keeper.set_job_occupation(ref.rsplit("/", 1)[0], occupation)
        elif concept == "own_idea":
            self.keeper.add_suggestion(occupation, OWN_IDEA_SOURCE)
        else:
            self.keeper.add_suggestion(occupation, SEARCHED)
        if concept in {"job", "own_idea"} and not self.talk.entry.value(ref):
            self.answer(ref, label)

    def goals(self) -> tuple[Starter, ...]:
        """Ready sentences for the goal."""
        return goal_starters(self.talk.answers, self.keeper.catalogue)

    def steps(self) -> tuple[Starter, ...]:
        """Ready sentences for a first step."""
        keeper = self.keeper
        return step_starters(self.talk.answers, keeper.profile(), keeper.catalogue, keeper.rules)

    def recommendation(self, occupation: str) -> Recommendation | None:
        """What matching says of one occupation, for "waarom"."""
        return next((item for item in self.keeper.ranked() if item.id == occupation), None)

    def concept_of(self, ref: str) -> str:
        """The concept tag of a question."""
        return self.talk.entry.node(ref).tags.get("concept", "")

    def plan_handed_over(self) -> None:
        """The plan has been printed or saved for the guest."""
        self.talk.set_host("plan_handed_over", "yes")

    def _follow(self, concept: str, value: str) -> None:
        if concept == "consent_record":
            self._switch_recording(value)
        if concept in _CONSENTS:
            self._write_consents()
        if concept == "chosen":
            self.keeper.propose_routes()
        if concept == "asked_cards":
            self._tick_cards(value)
        if concept == "interpreter" and value == "adult_relative":
            self._set_alone("someone_else")
        if concept == "talk_language":
            self.talk.set_host("language_state", self.keeper.language_state(value))
        if concept in _PARTICIPANT_CONCEPTS and self.talk.recording:
            self._save_participant()

    def _switch_recording(self, value: str) -> None:
        if value == "yes":
            ref = self.talk.answers.ref("consent_record") or ""
            self.talk.set_host("participant_number", self.number)
            try:
                start_recording(self.talk, self.store, self.number)
            except Exception:
                self.talk.entry.apply({"set": ref, "value": ""})
                raise
        else:
            stop_recording(self.talk, self.store)

    def _write_consents(self) -> None:
        talk = self.talk
        records = consent_records(talk.answers, talk.definition.version, talk.language, talk.clock.now())
        rows = [
            {
                "code": record.code.value,
                "given": "yes" if record.given else "no",
                "text_version": record.text_version,
                "language": record.language,
                "way": record.way,
                "at": record.at.isoformat(timespec="seconds"),
                "organisation": record.organisation,
            }
            for record in records
        ]
        talk.set_host("consent_record", rows)

    def _tick_cards(self, value: str) -> None:
        ref = self.talk.answers.ref("cards")
        if ref:
            ticked = tuple(dict.fromkeys((*self.talk.entry.value(ref).split(), *value.split())))
            self.talk.answer(ref, " ".join(ticked))

    def _set_alone(self, value: str) -> None:
        ref = self.talk.answers.ref("alone")
        if ref:
            self.talk.answer(ref, value)

    def _save_participant(self) -> None:
        answers = self.talk.answers
        with self.store.unit_of_work() as uow:
            record = uow.participants.get(self.talk.header.participant_id)
            uow.participants.save(
                replace(
                    record,
                    call_name=answers.text("call_name"),
                    age_group=answers.text("age_group"),
                    language=self.talk.language,
                )
            )
            uow.commit()
