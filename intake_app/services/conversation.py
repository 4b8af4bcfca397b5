"""The conversation as pages drive it: answers with their consequences, prepared screens, consents that switch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from intake_app.domain.consent import ConsentRecord
from intake_app.domain.draft import AuditLine
from intake_app.domain.ids import ParticipantNumber
from intake_app.domain.recommendation import Recommendation
from intake_app.errors import EventRefused
from intake_app.i18n.starters import Starter
from intake_app.profile.derive import OWN_IDEA_SOURCE
from intake_app.services.choices import settled
from intake_app.services.consents import CONSENT_CONCEPTS, HOST, consent_records, consent_rows
from intake_app.services.files import UPLOAD
from intake_app.services.numbers import new_code, new_number
from intake_app.services.policy import Action, guarded_object, require
from intake_app.services.ports import Store, UnitOfWork
from intake_app.services.recording import participant_of, start_recording, stop_recording
from intake_app.services.rows import RowKeeper
from intake_app.services.starters import goal_starters, step_starters
from intake_app.services.suggestions import SEARCHED
from intake_app.services.talk import Talk
from intake_app.services.target_group import CONFIRMED, forget_proposal
from intake_app.services.versions import LeftOver, VersionNews, save_left_overs
from intake_app.services.walk.screens import Screen
from intake_app.xforms.api import Change, FormDefinition

if TYPE_CHECKING:
    from intake_app.services.finalize import FinalizeOutcome

_PARTICIPANT_CONCEPTS = frozenset({"call_name", "age_group", "talk_language"})
_CONSENTS = frozenset(CONSENT_CONCEPTS) | {"share_consent", "consent_form"}
FULL_TALK = ("version", "full")
"""The answer to a06 that volunteers do not give (DOMAIN 1.2)."""
_GATE = frozenset({"age_group", "go_on"})
_ENDED = "referred_only"
"""The state of a talk that the age gate ended (DOMAIN 2.1-20)."""


@guarded_object(Action.TALK)
@dataclass
class Conversation:
    """One talk with everything a page may ask of it. All methods raise StorageError when an answer is not kept:
    the answer and all that followed from it then did not happen."""

    talk: Talk
    keeper: RowKeeper
    store: Store = field(repr=False)
    number: ParticipantNumber
    handover_code: str = field(default="", repr=False)
    recovered: tuple[str, ...] = ()
    """Refs whose text was still being typed when the last run ended, put back on opening."""
    request_form: FormDefinition | None = field(default=None, repr=False)
    """The form by which the Werkcentrum is asked to erase what an earlier talk has sent."""
    news: VersionNews | None = None
    """What another version of the form changed, on opening a talk that was begun with an older one."""
    left_over: tuple[LeftOver, ...] = ()
    """Answers that this version of the form has no place for; kept until the talk is finished."""
    finished: FinalizeOutcome | None = None
    """What finishing did, once the talk was stored as finished."""

    def screens(self) -> tuple[Screen, ...]:
        """The screens from the answers so far."""
        return self.talk.screens()

    def open_screen(self, screen: Screen) -> bool:
        """Prepare a screen before it is shown; True when the screens must be asked for again."""
        if not self.keeper.has_work(screen):
            return False
        with self.talk.together():
            return self.keeper.prepare(screen)

    def answer(self, ref: str, value: str) -> Change:
        """Give an answer and let it have its consequences, all in one transaction."""
        concept, left_over = self.concept_of(ref), self.left_over
        if (concept, value) == FULL_TALK:
            require(self.store.account, Action.FULL_TALK)
        try:
            with self.talk.together():
                self._stop_recording_if_asked(concept, value)
                before, aside = self.talk.entry.value(ref), frozenset(self.talk.entry.set_aside())
                value = settled(self.talk.entry, ref, value)
                change = self.talk.answer(ref, value)
                if change.rejected is None and self.talk.entry.value(ref) != before:
                    self._follow(concept, ref, value)
        except Exception:
            self.left_over = left_over
            self.talk.hold(ref, value)
            raise
        return self._with_all_that_followed(change, aside)

    def _with_all_that_followed(self, change: Change, before: frozenset[str]) -> Change:
        """The change with the answers that its consequences, too, took out of the count or brought back."""
        now = frozenset(self.talk.entry.set_aside())
        back = frozenset(ref for ref in before - now if self._counts(ref))
        return replace(change, hidden=now - before, shown=back)

    def _counts(self, ref: str) -> bool:
        try:
            return self.talk.entry.answer(ref) != ""
        except EventRefused:  # its repeat instance is gone
            return False

    def attach(self, ref: str, name: str, content: bytes) -> Change:
        """Answer a question with a file. Raises EventRefused for a question that takes none."""
        with self.talk.together():
            change = self.talk.attach(ref, name, content)
            if change.rejected is None:
                self._follow(self.concept_of(ref), ref, self.talk.entry.value(ref))
        return change

    def file(self, ref: str) -> bytes:
        """The file that answers a question. Raises RecordMissing."""
        name = self.talk.entry.value(ref)
        if name in self.talk.files.waiting:
            return self.talk.files.waiting[name]
        with self.store.unit_of_work() as uow:
            return uow.files.get(self.talk.instance_id, UPLOAD, name)

    def skip(self, ref: str) -> None:
        """Leave a question open on purpose. Raises EventRefused for one that cannot be skipped."""
        if self.talk.walk.needed(ref):
            raise EventRefused(ref=ref, reason="cannot_be_skipped")
        with self.talk.together():
            had = self.talk.entry.value(ref)
            self.talk.skip(ref)
            if had:
                self._follow(self.concept_of(ref), ref, "")

    def choose_occupation(self, ref: str, occupation: str) -> None:
        """An occupation found by searching, for the own idea (p03), a job (h02) or another direction (p01, p04).

        A job may be any of an imported list, the others where such occupations may be proposed. Raises
        EventRefused for an occupation that is not known here.
        """
        concept = self.concept_of(ref)
        catalogue = self.keeper.catalogue
        known = catalogue.known_occupation(occupation) if concept == "job" else catalogue.direction(occupation)
        if known is None:
            raise EventRefused(ref=ref, reason="unknown_occupation")
        label = known.label_nl
        with self.talk.together():
            if concept in {"job", "own_idea"} and not self.talk.entry.value(ref):
                self.answer(ref, label)
            if concept == "job":
                self.keeper.set_job_occupation(ref.rsplit("/", 1)[0], occupation)
            elif concept == "own_idea":
                self.keeper.add_suggestion(occupation, OWN_IDEA_SOURCE)
            else:
                self.keeper.add_suggestion(occupation, SEARCHED)

    def add_direction(self, occupation: str) -> None:
        """An occupation that was found while looking around joins the proposals."""
        with self.talk.together():
            self.keeper.add_suggestion(occupation, SEARCHED)

    def remove_suggestion(self, occupation: str, reason: str) -> None:
        """The counsellor takes a proposal away, with a short reason; both stay in the talk. Raises EventRefused."""
        self._override("suggestion_removed", lambda: self.keeper.remove_suggestion(occupation, reason))

    def move_suggestion(self, occupation: str, place: int, reason: str) -> None:
        """The counsellor puts a proposal at another place (from 0), with a short reason. Raises EventRefused."""
        self._override("suggestion_moved", lambda: self.keeper.move_suggestion(occupation, place, reason))

    def insert_suggestion(self, occupation: str, reason: str) -> None:
        """The counsellor adds an occupation, with a short reason. Raises EventRefused."""
        if not reason.strip():
            raise EventRefused(ref="suggestions", reason="reason_missing")
        self._override("suggestion_added", lambda: self.keeper.add_suggestion(occupation, SEARCHED, reason))

    def _override(self, action: str, change: Callable[[], None]) -> None:
        """A change by hand, with a line in the log that holds no content."""
        talk = self.talk
        line = AuditLine(talk.clock.now(), talk.header.account_id, action, talk.header.instance_id)
        with talk.together():
            change()
            talk.along(lambda uow: uow.audit.add(line))

    def goals(self) -> tuple[Starter, ...]:
        """Ready sentences for the goal."""
        return goal_starters(self.talk.answers, self.keeper.catalogue)

    def steps(self) -> tuple[Starter, ...]:
        """Ready sentences for a first step."""
        keeper = self.keeper
        return step_starters(self.talk.answers, keeper.profile(), keeper.catalogue, keeper.rules)

    def recommendation(self, occupation: str) -> Recommendation | None:
        """What matching says of one occupation, for "waarom"."""
        return self.keeper.about(occupation)

    def concept_of(self, ref: str) -> str:
        """The concept tag of a question."""
        return self.talk.entry.tags(ref).get("concept", "")

    def consents(self) -> tuple[ConsentRecord, ...]:
        """Every answer that was given to a consent, withdrawals included."""
        talk = self.talk
        return consent_records(talk.answers, talk.definition.version, talk.language, talk.clock.now())

    def plan_handed_over(self, *, given: bool = True) -> None:
        """The plan is on paper, or was saved, for the guest; with `given` False somebody found that it is not."""
        talk, action = self.talk, "plan_printed" if given else "plan_not_printed"
        line = AuditLine(talk.clock.now(), talk.header.account_id, action, talk.header.instance_id)
        with talk.together():
            talk.set_host("plan_handed_over", "yes" if given else "")
            talk.along(lambda uow: uow.audit.add(line))

    def _follow(self, concept: str, ref: str, value: str) -> None:
        if concept in _CONSENTS:
            self._consent_changed(concept, value)
        if concept in _GATE:
            self._age_told()
        if concept in _PARTICIPANT_CONCEPTS:
            self.talk.along(self._save_participant)
        consequence = self._consequences().get(concept)
        if consequence:
            consequence(ref, value)
        # Last, because it writes the talk as it then stands.
        if concept == "consent_record" and value == "yes" and not self.talk.walk.stopped:
            start_recording(self.talk, self.store, self.number)

    def _consequences(self) -> dict[str, Callable[[str, str], None]]:
        """What an answer brings about beside itself, by concept."""
        return {
            "asked_cards": lambda ref, value: self._tick_cards(value),
            "interpreter": lambda ref, value: self._family_helps(value),
            "talk_language": lambda ref, value: self._language_chosen(value),
            "chosen": lambda ref, value: self._direction_chosen(value),
            "reaction": lambda ref, value: self.keeper.fill_suggestions(),
            "own_idea": lambda ref, value: None if value else self.keeper.drop_own_idea(),
            "job": lambda ref, value: None if value else self.keeper.drop_job_occupation(ref.rsplit("/", 1)[0]),
            "certificates": lambda ref, value: self.keeper.fill_papers(),
            "referral": lambda ref, value: self._referral_changed(ref, other_partner=True),
            "handover": lambda ref, value: self._referral_changed(ref, other_partner=False),
        }

    def _stop_recording_if_asked(self, concept: str, value: str) -> None:
        """A withdrawn C1, or an age under 16, erases first: the answer itself is no longer written."""
        withdrawn = concept == "consent_record" and value != "yes"
        too_young = (concept == "age_group" and value == "lt16") or (concept == "go_on" and value == "no")
        if self.talk.recording and (withdrawn or too_young):
            stop_recording(self.talk, self.store, self.request_form)
            self.number, self.handover_code = new_number(), new_code()

    def _consent_changed(self, concept: str, value: str) -> None:
        if concept == "consent_record":
            self.talk.set_host("participant_number", self.number if value == "yes" else "")
            if value != "yes":
                self._take_back_consents()
        if value != "yes" and concept != "consent_form":
            self._forget_without_consent(concept)
        self.talk.set_host(HOST, consent_rows(self.consents()))

    def _take_back_consents(self) -> None:
        """Without C1 no other consent stands; they are asked anew when the talk is recorded after all."""
        answers = self.talk.answers
        refs = [answers.ref(concept) for concept in CONSENT_CONCEPTS if concept != "consent_record"]
        refs += [row.ref_of("share_consent") for row in answers.rows_with("share_consent")]
        for ref in refs:
            if ref and self.talk.entry.value(ref):
                self.talk.answer(ref, "")

    def _forget_without_consent(self, concept: str) -> None:
        """A withdrawn consent takes its answers along, also out of the journal (DOMAIN 8.5)."""
        talk = self.talk
        code = CONSENT_CONCEPTS.get(concept)
        also = set(CONFIRMED) if code == "C5" else set()
        gone = code in ("C5", "C6") and forget_proposal(talk)
        for bind_ref, bind in talk.definition.binds.items():
            words = set(bind.tags.get("consent", "").split()) - {"T", "C1", "N"}
            named = bind.tags.get("concept", "") in also
            if not (words and "concept" in bind.tags) and not named:
                continue
            lapsed = named or not talk.entry.is_relevant(bind_ref)
            answered = lapsed and bool(talk.entry.value(bind_ref))
            if answered:
                talk.answer(bind_ref, "")
            if answered or (lapsed and bind_ref in talk.typing):
                talk.forget_typed(bind_ref)
                gone = True
        if gone:
            talk.fold()
        self._forget_left_over(code)

    def _forget_left_over(self, code: str | None) -> None:
        """The same for answers without a place; of those whose consent nobody knows, none may stay."""
        if not self.left_over:
            return
        kept = tuple(one for one in self.left_over if code != "C1" and one.consent is not None)
        self.left_over = kept = tuple(one for one in kept if code not in (one.consent or ()))
        owner, talk = self.talk.header.participant_id, self.talk.instance_id
        self.talk.along(lambda uow: save_left_overs(uow, owner, talk, kept))

    def _referral_changed(self, ref: str, *, other_partner: bool) -> None:
        """Consent C7 was given for one organisation and one way; for another it is asked again."""
        row = next(r for r in self.talk.answers.rows_with("referral") if ref.startswith(r.ref + "/"))
        consent = row.ref_of("share_consent")
        if not consent or not self.talk.entry.value(consent):
            return
        if other_partner or not self.talk.entry.is_relevant(consent):
            self.talk.answer(consent, "")
            self._consent_changed("share_consent", "")

    def _age_told(self) -> None:
        """The age gate ends the talk, or lets it go on after a slip of the finger (DOMAIN 2.1-20)."""
        talk, answers = self.talk, self.talk.answers
        status, consent = answers.ref("status"), answers.ref("consent_record")
        if talk.walk.stopped:
            if consent and talk.entry.value(consent):
                self.answer(consent, "")
            if status:
                talk.answer(status, _ENDED)
        elif status and answers.text("status") == _ENDED:
            talk.answer(status, "")

    def _language_chosen(self, language: str) -> None:
        self.talk.set_host("language_state", self.keeper.language_state(language or "nl"))

    def _direction_chosen(self, value: str) -> None:
        not_yet = self.talk.answers.ref("not_yet")
        if value == "yes" and not_yet and self.talk.entry.value(not_yet) == "yes":
            self.talk.answer(not_yet, "")
        self.keeper.propose_routes()

    def _tick_cards(self, value: str) -> None:
        ref = self.talk.answers.ref("cards")
        if ref:
            ticked = tuple(dict.fromkeys((*self.talk.entry.value(ref).split(), *value.split())))
            self.talk.answer(ref, " ".join(ticked))

    def _family_helps(self, interpreter: str) -> None:
        ref = self.talk.answers.ref("alone")
        if ref and interpreter == "adult_relative":
            self.talk.answer(ref, "someone_else")

    def _save_participant(self, uow: UnitOfWork) -> None:
        uow.participants.save(participant_of(self.talk, self.number))
