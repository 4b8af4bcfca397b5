"""The unlocked office: what a counsellor can begin, go on with, hand over, finish and send."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from intake_app.domain.caseload import digits_of
from intake_app.domain.catalogue import Catalogue, SearchHit
from intake_app.domain.clock import Clock
from intake_app.domain.draft import AuditLine, DraftHeader
from intake_app.domain.ids import FormId, FormVersion, InstanceId, ParticipantNumber
from intake_app.domain.letters import Letter
from intake_app.domain.plan import Installation, PlanDocument
from intake_app.domain.radar import WorkFacts
from intake_app.errors import DiskFull, EventRefused, UnexpectedFailure
from intake_app.i18n.gettext import translations_folder
from intake_app.i18n.languages import review_state
from intake_app.matching.rules import Rules
from intake_app.plan.document import document_from_json
from intake_app.profile.answers import Answers
from intake_app.services.backup import BackupMaker
from intake_app.services.bring_over import bring_over
from intake_app.services.caseload import ReadListed
from intake_app.services.chains import Versions
from intake_app.services.conversation import Conversation
from intake_app.services.device import DeviceProperties, last_saved
from intake_app.services.drafts import StoreDraft
from intake_app.services.editions import plan_turn
from intake_app.services.envelope_craft import EnvelopeCraft
from intake_app.services.files import LEFT_OVER, UPLOAD, FileCase
from intake_app.services.finalize import FinalizeOutcome, finalize_talk
from intake_app.services.form_updates import DownloadRound, UpdateReport, download
from intake_app.services.installation import read_installation, read_server, refuse_unsettled
from intake_app.services.numbers import new_code, new_number
from intake_app.services.outgoing import Seal, no_seal
from intake_app.services.people import people_of
from intake_app.services.plans import PlanNumbers, build_plan, since
from intake_app.services.policy import Action, guarded, require
from intake_app.services.ports import LetterPrinter, PlanPrinter, Search, Store
from intake_app.services.readiness import refuse_unsent
from intake_app.services.recording import new_participant_id
from intake_app.services.rows import RowKeeper
from intake_app.services.sending import Valve, send_round
from intake_app.services.stored_plans import plan_before
from intake_app.services.submissions import Outbox, RoundReport, SendRound
from intake_app.services.talk import Talk
from intake_app.services.versions import PastForms, left_overs, no_past_forms, opened
from intake_app.services.voice.programs import NoPrograms, SpeechPrograms
from intake_app.services.voice.recordings import Recordings
from intake_app.services.walk.screens import WalkContext
from intake_app.xforms.api import FormDefinition, FormEntry, Ports, Verify

if TYPE_CHECKING:
    from intake_app.services.connecting import Connect

INTAKE, FULL = "intake", "full"


@dataclass(frozen=True)
class DraftSummary:
    """An open talk as a list shows it."""

    header: DraftHeader
    number: str
    call_name: str = field(repr=False)
    age_group: str = field(default="", repr=False)


@dataclass
class Office:
    """Everything behind one unlocked store. No screen, file or network of its own."""

    store: Store = field(repr=False)
    forms: Mapping[str, FormDefinition] = field(repr=False)
    catalogue: Catalogue = field(repr=False)
    rules: Rules = field(repr=False)
    clock: Clock = field(repr=False)
    printer: PlanPrinter = field(repr=False)
    find: Search = field(repr=False)
    send_round: SendRound | None = field(default=None, repr=False)
    fetch_round: DownloadRound | None = field(default=None, repr=False)
    valve: Valve = field(default_factory=Valve)
    connector: Connect | None = field(default=None, repr=False)
    media: Path | None = None
    past_forms: PastForms = field(default=no_past_forms, repr=False)
    verify: Verify | None = field(default=None, repr=False)
    first_answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    """Where a talk of one question leads first: code of a05 to ids of organisations."""
    work_facts: Mapping[str, WorkFacts] = field(default_factory=dict, repr=False)
    """A day of each occupation and, where a source is loaded, its pay."""
    letters: LetterPrinter | None = field(default=None, repr=False)
    backups: BackupMaker | None = field(default=None, repr=False)
    seal: Seal = field(default=no_seal, repr=False)
    """Locks records of forms that carry a key."""
    envelopes: EnvelopeCraft | None = field(default=None, repr=False)
    """Closes and opens envelopes on a stick."""
    find_own_work: Search | None = field(default=None, repr=False)
    """Occupations, those of an imported list included."""
    imported: Path | None = None
    """The folder of imported official lists."""
    let_go_of_lists: Callable[[], None] = field(default=lambda: None, repr=False)
    """Closes the files of imported lists; the next search opens them again."""
    forget_texts: Callable[[], None] = field(default=lambda: None, repr=False)
    """Lets go of the words that were set on paper; for the lock and the end."""
    recordings: Recordings | None = field(default=None, repr=False)
    """Human voices, shipped and of this place."""
    caseload: ReadListed = field(default=dict, repr=False)
    """The entity list of the organisation as the centre gave it last."""
    speech: SpeechPrograms = field(default_factory=NoPrograms, repr=False)
    """Programs of this computer that speak or play sound."""

    @property
    def installation(self) -> Installation:
        """Settings of the place."""
        return read_installation(self.store)

    @guarded(Action.TALK)
    def begin_talk(self, *, practice: bool = False, talk_form: str = "short") -> Conversation:
        """A clean sheet: a new participant, nothing on the disk.

        Raises RoleRefused, and NotSettled while the settings of the place are not filled; practice may always begin.
        """
        if not practice:
            refuse_unsettled(self.store)
            refuse_unsent(self.store, self.clock.now())
        if talk_form == FULL:
            require(self.store.account, Action.FULL_TALK)
        definition = self.forms[INTAKE]
        files = FileCase()
        entry = self._entry(definition, None, self.ports(files, practice=practice))
        now = self.clock.now()
        header = DraftHeader(
            instance_id=InstanceId(entry.instance_id),
            participant_id=new_participant_id(),
            form_id=FormId(definition.form_id),
            form_version=FormVersion(definition.version),
            account_id=self.store.account.account_id,
            started_at=now,
            updated_at=now,
            practice=practice,
        )
        conversation = self._conversation(entry, header, new_number(), talk_form)
        conversation.talk.files = files
        self.write_place(conversation)
        return conversation

    @guarded(Action.TALK)
    def open_drafts(self) -> tuple[DraftSummary, ...]:
        """Talks that were not finished, the newest first."""
        with self.store.unit_of_work() as uow:
            headers = uow.drafts.list()
            people = people_of(uow, (header.participant_id for header in headers))
        found = [
            DraftSummary(
                h,
                people[h.participant_id].number,
                people[h.participant_id].call_name,
                people[h.participant_id].age_group,
            )
            for h in headers
            if h.participant_id in people
        ]
        return tuple(sorted(found, key=lambda item: item.header.updated_at, reverse=True))

    @guarded(Action.TALK)
    def open_talk(self, instance_id: InstanceId) -> Conversation:
        """Go on with a kept talk: savepoint, journal, then text that was still being typed. Raises RecordMissing.

        A talk begun with another version of the form is brought over and kept so; `Conversation.news` tells what
        changed, `left_over` holds what no longer fits.
        """
        with self.store.unit_of_work() as uow:
            draft = uow.drafts.get(instance_id)
            number = uow.participants.get(draft.header.participant_id).number
            left = left_overs(uow, instance_id)
            with suppress(DiskFull):  # a talk can be read when there is no room for a line about it
                uow.audit.add(AuditLine(self.clock.now(), self.store.account.account_id, "talk_opened", instance_id))
                uow.commit()
        files = FileCase()
        ports = self.ports(files, practice=draft.header.practice)
        found = opened(draft, self.forms[INTAKE], self.past_forms, lambda form, xml: self._entry(form, xml, ports))
        conversation = self._conversation(found.entry, draft.header, number, "short")
        talk = conversation.talk
        talk.files, talk.log = files, StoreDraft(self.store, draft.header.instance_id)
        talk.sequence = draft.journal[-1].sequence if draft.journal else draft.savepoint_sequence
        conversation.left_over = left
        if found.news is not None:
            bring_over(conversation, found)
        conversation.recovered = self._put_back_typing(conversation, found.typing)
        return conversation

    @guarded(Action.TALK)
    def appointment(self, instance_id: InstanceId) -> date | None:
        """The next meeting that a kept, unfinished talk of the own caseload holds; its clock waits for it."""
        with self.store.unit_of_work() as uow:
            draft = uow.drafts.get(instance_id)
        ports = self.ports(FileCase(), practice=draft.header.practice)
        form = self.forms[INTAKE]
        found = opened(draft, form, self.past_forms, lambda known, xml: self._entry(known, xml, ports))
        text = Answers(found.entry, form).text("follow_up")
        return date.fromisoformat(text) if text else None

    @guarded(Action.PRINT)
    def print_letter(self, letter: Letter) -> bytes:
        """The PDF of a receipt, a copy of the data or the sheet about rights. Raises PlanError, UnexpectedFailure."""
        if self.letters is None:
            raise UnexpectedFailure(kind="printer")
        return self.letters.letter(letter, self.catalogue)

    @guarded(Action.TALK)
    def remove_draft(self, instance_id: InstanceId) -> None:
        """Take an unfinished talk away for good; its person too, unless a finished talk of that person stands here."""
        now = self.clock.now()
        with self.store.unit_of_work() as uow:
            person = uow.drafts.get(instance_id).header.participant_id
            if uow.instances.of_participant(person):
                uow.drafts.remove(instance_id)
                uow.files.keep_only(instance_id, UPLOAD, ())
                uow.files.keep_only(instance_id, LEFT_OVER, ())
            else:
                uow.participants.erase(person, now)
            uow.audit.add(AuditLine(now, self.store.account.account_id, "draft_removed", instance_id))
            uow.commit()

    @guarded(Action.TALK)
    def plan(self, conversation: Conversation) -> PlanDocument:
        """The plan as the talk stands now."""
        number, talk, turn = conversation.number, conversation.talk, 1
        if talk.recording:
            turn = plan_turn(self.store, talk.header.participant_id, talk.instance_id, talk.header.form_id)
        numbers = PlanNumbers(number, f"{number}-{turn}", conversation.handover_code)
        plan = build_plan(conversation.keeper, numbers, self.store.account.name, self.installation)
        return since(plan, plan_before(self.store, talk.header.participant_id, plan.plan_number) if turn > 1 else None)

    @guarded(Action.TALK)
    def render(self, plan: PlanDocument, kind: str = "plan") -> bytes:
        """The PDF of a plan: plan, private, data, …"""
        return self.printer.render(plan, self.catalogue, kind=kind, language=plan.language)

    @guarded(Action.TALK)
    def finish(self, conversation: Conversation, settling: Versions | None = None) -> FinalizeOutcome:
        """Finish the talk; what was agreed waits to be sent. `settling` is what the conflict desk settles."""
        trial = read_server(self.store).trial
        listed = self.caseload().get(digits_of(conversation.number))
        plan = self.plan(conversation)
        return finalize_talk(
            conversation, self.forms, plan, trial_server=trial, seal=self.seal, listed=listed, settling=settling
        )

    @guarded(Action.PEOPLE)
    def stored_plan(self, plan_number: str) -> PlanDocument:
        """A plan as it was handed over. Raises RecordMissing."""
        with self.store.unit_of_work() as uow:
            return document_from_json(uow.plans.get(plan_number).document)

    @guarded(Action.CATALOGUE)
    def search(self, text: str, language: str, kind: str = "") -> tuple[SearchHit, ...]:
        """Occupations, skills, cards and offers found by anyone's words, best first."""
        hits = self.find(text, language)
        return tuple(hit for hit in hits if not kind or hit.kind == kind)

    @guarded(Action.CATALOGUE)
    def search_directions(self, text: str, language: str) -> tuple[SearchHit, ...]:
        """What may be an idea or a direction: our occupations, and those of an imported list that may be proposed."""
        if not self.catalogue.wider:
            return self.search(text, language, "occupation")
        return tuple(hit for hit in self.search_own_work(text, language) if self.catalogue.direction(hit.id))

    @guarded(Action.CATALOGUE)
    def search_own_work(self, text: str, language: str) -> tuple[SearchHit, ...]:
        """What somebody's own work may be called: our occupations, and those of an imported list."""
        if self.find_own_work is None:
            return self.search(text, language, "occupation")
        return tuple(self.find_own_work(text, language))

    @guarded(Action.SEND)
    def outbox(self) -> Outbox:
        """What waits to be sent."""
        return Outbox(self.store)

    @guarded(Action.SEND)
    def send(self, *, asked_by_person: bool = True) -> RoundReport | None:
        """One round of sending; None while no server is set. What is not `asked_by_person` leaves waits as they are.

        Nothing goes while sending is paused, or during a talk unless that is allowed (`valve`). Practice talks
        go to a trial receiver only, and talks of real people never do: it forgets what it gets.
        """
        return send_round(self, asked_by_person=asked_by_person)

    @guarded(Action.SEND)
    def fetch_new(self) -> UpdateReport | None:
        """One round of downloading; None while no server is set. New forms hold for talks that begin from now on."""
        report = download(self.store, self.fetch_round, self.forms) if self.fetch_round else None
        if report is not None and report.forms:
            self.forms = {**self.forms, **report.forms}
        return report

    def _conversation(
        self, entry: FormEntry, header: DraftHeader, number: ParticipantNumber, talk_form: str
    ) -> Conversation:
        context = WalkContext(role=self.store.account.role, talk_form=talk_form)
        talk = Talk(self.forms[INTAKE], entry, header, self.clock, context)
        keeper = RowKeeper(talk, self.catalogue, self.rules)
        form = self.forms.get("data_request")
        return Conversation(talk, keeper, self.store, number, handover_code=new_code(), request_form=form)

    def _entry(self, form: FormDefinition, savepoint: bytes | None, ports: Ports) -> FormEntry:
        if savepoint is None:
            return FormEntry.new(form, media=self.media, now=self.clock.now, language="nl", ports=ports)
        return FormEntry.restore(form, savepoint, media=self.media, now=self.clock.now, language="nl", ports=ports)

    @guarded(Action.TALK)
    def ports(self, files: FileCase, *, practice: bool) -> Ports:
        """What the engine may ask of the app. Of a person the counsellor's own name is all that is told."""
        form_id = FormId(self.forms[INTAKE].form_id)
        return Ports(
            properties=DeviceProperties(self.store),
            last_saved=lambda: last_saved(self.store, form_id, practice=practice),
            verify=self.verify,
            keep_file=files.keep,
        )

    def _put_back_typing(self, conversation: Conversation, typing: Mapping[str, str]) -> tuple[str, ...]:
        found = []
        talk = conversation.talk
        for ref, text in typing.items():
            with suppress(EventRefused):  # its repeat instance may have been removed since
                if text and talk.entry.value(ref) != text:
                    if conversation.answer(ref, text).rejected is not None:
                        talk.typing[ref] = text
                    found.append(ref)
        return tuple(found)

    @guarded(Action.TALK)
    def write_place(self, conversation: Conversation) -> None:
        """Write into a talk where, by whom and with which settings it is led."""
        installation = self.installation
        hosts = {
            "role": self.store.account.role,
            "location": installation.location,
            "counsellor": self.store.account.account_id,
            "form_version": conversation.talk.definition.version,
            "catalogue_version": self.catalogue.version,
            "language_state": review_state("nl", translations_folder()).state,
            "legal_basis": installation.legal_basis,
            "no_control_agreement": "yes" if installation.no_control_agreement else "no",
            "retention_days": str(installation.laptop_days),
            "central_months": str(installation.central_months),
            "special_months": str(installation.special_months),
            "case_card_days": str(installation.case_card_days),
        }
        for name, value in hosts.items():
            conversation.talk.set_host(name, value)
