"""The error tree: every failure has a code, parameters and what the person can do next; never a sentence.

`i18n.phrases` turns a code and its parameters into a kind sentence. Parameters never hold personal data:
a ref, a file name, a row number, a status code. Longer than other files on purpose: one tree, so that each code is
seen beside the others; nothing in it but names.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import ClassVar


class NextStep(StrEnum):
    """What the program does, or asks of the person, after an error."""

    FIX_INPUT = "fix_input"
    RETRY = "retry"
    SIGN_IN = "sign_in"
    PAUSE = "pause"
    STOP = "stop"


class IntakeError(Exception):
    """Root of every error that is ours. `params` are safe to show and to log."""

    code: ClassVar[str] = "error"
    next_step: ClassVar[NextStep] = NextStep.STOP

    def __init__(self, **params: object) -> None:
        self.params: dict[str, object] = params
        super().__init__(code_and_params(self.code, params))


def code_and_params(code: str, params: dict[str, object]) -> str:
    """`code key=value …`, the form in which an error may be logged."""
    return " ".join([code, *(f"{key}={value}" for key, value in params.items())])


class InputError(IntakeError):
    """The input was found wrong: the command line ends with 1, a page shows what and where."""

    code = "input_wrong"
    next_step = NextStep.FIX_INPUT


class FileMissing(InputError):
    """A file that was asked for is not there. Params: `path`."""

    code = "file_missing"


class UnsafeXml(InputError):
    """Foreign XML holds a document type or entity, or is not well-formed. Params: `line`."""

    code = "unsafe_xml"


class RecordingRefused(InputError):
    """A recording of a voice is not taken. Params: `reason`: no_wave, too_long, no_speaker, no_folder."""

    code = "recording_refused"


class FormInvalid(InputError):
    """A form cannot be used. Params: `problems` (tuple of texts with their place)."""

    code = "form_invalid"


class FormMissing(InputError):
    """A blank form that the app needs is not installed. Params: `form_id`."""

    code = "form_missing"


class LimitExceeded(InputError):
    """A form or a file beside it is larger or slower than we take. Params: `where`, `limit` (its name), `most`."""

    code = "limit_exceeded"


class FormKeyRefused(InputError):
    """The public key of a form cannot be used, or its records would leave unlocked. Params: `form_id`, `problem`
    (unreadable, not_rsa, too_short, weak, plain)."""

    code = "form_key_refused"


class FormStaysOpen(FormKeyRefused):
    """A form carries a key whose records must stay readable for everybody at the centre. Params: `form_id`."""

    code = "form_stays_open"


class SealMissing(IntakeError):
    """A form wants its records locked and nobody gave the means. Params: `form_id`."""

    code = "seal_missing"


class EnvelopeDamaged(InputError):
    """A file is no envelope, or not as it was closed: cut off, changed, or with something inside we do not take."""

    code = "envelope_damaged"


class EnvelopeForOther(InputError):
    """An envelope was closed for another key than the one at hand."""

    code = "envelope_for_other"


class EnvelopeOtherKind(InputError):
    """A good envelope, but for another purpose. Params: `kind` (records, receipts, hand_over, private_key)."""

    code = "envelope_other_kind"


class EnvelopeKnown(InputError):
    """This envelope was taken in before; nothing of it was used again. Params: `at` (the day)."""

    code = "envelope_known"


class EnvelopeTooOld(InputError):
    """An envelope is older than it may become. Params: `days`."""

    code = "envelope_too_old"


class EnvelopeNotOurs(InputError):
    """Receipts of an envelope that was not made on this laptop, or of records that were not in it."""

    code = "envelope_not_ours"


class CentreRecordOther(InputError):
    """A record from the Werkcentrum that no refused correction on this laptop is about.

    Params: `form_id`; `problem`: form, locked, person or version.
    """

    code = "centre_record_other"


class EnvelopeKeyWrong(InputError):
    """What was typed is no public key for envelopes."""

    code = "envelope_key_wrong"


class EnvelopeKeyMissing(InputError):
    """The key of the Werkcentrum is not set on this laptop, or its private key was not given."""

    code = "envelope_key_missing"


class NothingWaits(InputError):
    """There is nothing to put in an envelope."""

    code = "nothing_waits"


class FileThere(InputError):
    """A file of that name is there already and is not overwritten. Params: `path`."""

    code = "file_there"


class CodeWrong(InputError):
    """Code or number do not open this envelope, or it was changed."""

    code = "code_wrong"


class HandOverNotAllowed(InputError):
    """The person did not agree to share with this organisation (C7), or took it back."""

    code = "hand_over_not_allowed"


class PersonHere(InputError):
    """The person of an envelope is on this laptop already. Params: `number`."""

    code = "person_here"


class VerifierMissing(InputError):
    """A form checks signatures and nobody gave it the means. Params: `function`, `where`."""

    code = "verifier_missing"


class ExpressionError(FormInvalid):
    """An XPath expression does not parse. Params: `expression`, `position`, `problem`."""

    code = "expression_wrong"


class EventRefused(InputError):
    """An answer was aimed at a node that takes none. Params: `ref`, `reason`."""

    code = "event_refused"


class FormVersionTaken(InputError):
    """Other bytes were already published under this form version. Params: `form_id`, `version`."""

    code = "form_version_taken"


class CatalogueInvalid(InputError):
    """Rows of the catalogue cannot be read. Params: `file`, `row`, `column`, `problem`."""

    code = "catalogue_invalid"


class ImportCancelled(IntakeError):
    """Somebody stopped an import; what stood before still stands."""

    code = "import_cancelled"
    next_step = NextStep.RETRY


class WorkStopped(IntakeError):
    """Somebody stopped something that took long; nothing changed."""

    code = "work_stopped"
    next_step = NextStep.RETRY


class RulesInvalid(InputError):
    """A file of matching rules cannot be used. Params: `file`, `key`, `problem`."""

    code = "rules_invalid"


class ProfileInvalid(InputError):
    """A profile file does not fit its schema. Params: `field`, `problem`."""

    code = "profile_invalid"


class QueriesInvalid(InputError):
    """A file of search questions cannot be read. Params: `row`, `problem`."""

    code = "queries_invalid"


class UnknownName(InputError):
    """A named thing does not exist. Params: `kind`, `name`, `known`."""

    code = "unknown_name"


class ServerAddressWrong(InputError):
    """This is no address of a central server that we may use.

    Params: `problem` (not_an_address, https_needed, token_in_address, token_unreadable).
    """

    code = "server_address_wrong"


class SettingsCodeWrong(InputError):
    """This is no settings code of the central server. Params: `problem` (not_a_code, no_server, no_image, no_code)."""

    code = "settings_code_wrong"


class ProjectHasWaiting(InputError):
    """Records wait for the project that was connected; another would mix the two. Params: `count`."""

    code = "project_has_waiting"


class PortInUse(InputError):
    """Another program listens on this port. Params: `port`."""

    code = "port_in_use"


class FolderNotEmpty(InputError):
    """The demo makes its own store and needs an empty folder. Params: `path`."""

    code = "folder_not_empty"


class ReportSourceWrong(InputError):
    """A ZIP of the central server is no export we can count. Params: `file`, `row`, `problem`."""

    code = "report_source_wrong"


class EventsInvalid(InputError):
    """A file of events is no JSON list. Params: `path`, `line`."""

    code = "events_invalid"


class AccessError(IntakeError):
    """Somebody may not do this now."""

    code = "no_access"
    next_step = NextStep.SIGN_IN


class WrongPassphrase(AccessError):
    """The passphrase opens none of the wrapped keys."""

    code = "wrong_passphrase"


class PassphraseTooShort(AccessError):
    """A passphrase needs a few words. Params: `shortest` (letters)."""

    code = "passphrase_too_short"
    next_step = NextStep.FIX_INPUT


class RoleRefused(AccessError):
    """This role may not do that. Params: `role`, `action`."""

    code = "role_refused"


class StoreInUse(AccessError):
    """Another window or process uses this data folder."""

    code = "store_in_use"
    next_step = NextStep.STOP


class StoreLocked(AccessError):
    """The store was locked in the meantime; the passphrase opens it again."""

    code = "store_locked"


class TooManyAttempts(AccessError):
    """Too many wrong passphrases one after another. Params: `seconds` until the next attempt."""

    code = "too_many_attempts"
    next_step = NextStep.PAUSE


class RecoveryMistyped(AccessError):
    """A half of the recovery key holds a typing mistake. Params: `half` (a or b, the field)."""

    code = "recovery_mistyped"


class RecoveryWrong(AccessError):
    """Two halves that are whole, but not of the recovery key of these data."""

    code = "recovery_wrong"


class PassphraseTaken(AccessError):
    """Another account on this laptop has this passphrase; then nobody could tell the two apart."""

    code = "passphrase_taken"


class NameTaken(AccessError):
    """Another account on this laptop has this name. Params: `name` (of staff)."""

    code = "name_taken"


class LastSiteLead(AccessError):
    """The only site lead cannot be ended: nobody could let people in any more."""

    code = "last_site_lead"


class CaseloadSealed(AccessError):
    """People stand in a caseload that only its own account or the recovery key opens. Params: `people` (a number)."""

    code = "caseload_sealed"


class NotSettled(IntakeError):
    """Settings of the place that must be filled before a talk are empty. Params: `fields` (names of settings)."""

    code = "not_settled"


class PersonNotMatched(InputError):
    """The second mark does not belong to the person whose file was asked for; it stays closed."""

    code = "person_not_matched"


class StorageError(IntakeError):
    """The local store cannot do what was asked. Params: `problem` where more is known."""

    code = "storage_failed"


class StoreDamaged(StorageError):
    """The database or the key file is damaged. Params: `part`."""

    code = "store_damaged"


class StoreNewer(StorageError):
    """The store was written by a newer version of this program. Params: `revision`."""

    code = "store_newer"


class StoreMissing(StorageError):
    """There is no store in this folder yet."""

    code = "store_missing"


class AuditBroken(StorageError):
    """A line of the access log was changed, put in or taken out. Params: `position` of the first such line."""

    code = "audit_broken"


class BackupRefused(StorageError):
    """A backup cannot be made here or put back. Params: `problem`, by which its kinds are told apart.

    not_a_backup, damaged, other_store, store_here, newer, empty.
    """

    code = "backup_refused"


class BackupDamaged(BackupRefused):
    """A part of the backup is not what was written (`problem` damaged)."""

    code = "backup_damaged"


class BackupOfOther(BackupRefused):
    """The backup was made by another laptop (`problem` other_store)."""

    code = "backup_of_other"


class StoreHere(BackupRefused):
    """Data stand in the folder already (`problem` store_here)."""

    code = "store_here"


class BackupNewer(BackupRefused):
    """A newer version of this program made the backup (`problem` newer)."""

    code = "backup_newer"


class BackupFolderMissing(StorageError):
    """The folder or stick of the backup is not there or takes nothing. Params: `path`."""

    code = "backup_folder_missing"


class UnsentTooLong(IntakeError):
    """Records wait too long to be sent: no new talk begins before they are sent or removed. Params: `days`."""

    code = "unsent_too_long"


class ClockDoubtful(IntakeError):
    """The computer's clock made a large step; nothing is cleared until a person says it is right. Params: `days`."""

    code = "clock_doubtful"
    next_step = NextStep.FIX_INPUT


class DiskFull(StorageError):
    """The disk has no room; nothing that was kept is lost."""

    code = "disk_full"
    next_step = NextStep.RETRY


class FolderReadOnly(StorageError):
    """Nothing can be written in the folder of the store: a closed folder, or a disk that only reads."""

    code = "folder_read_only"
    next_step = NextStep.RETRY


class FileBusy(StorageError):
    """Another program, often a virus scanner, holds on to a file. Params: `name`."""

    code = "file_busy"
    next_step = NextStep.RETRY


class RecordMissing(StorageError):
    """No such record. Params: `kind`, `id`."""

    code = "record_missing"


class RecordExists(StorageError):
    """A record with this id is already kept. Params: `kind`, `id`."""

    code = "record_exists"


class RecordErased(StorageError):
    """The key of this participant was destroyed. Params: `id`."""

    code = "record_erased"


class PlanError(IntakeError):
    """A plan cannot be drawn. Params: `problem`."""

    code = "plan_failed"


class FontMissing(PlanError):
    """No font covers a character. Params: `codepoint`."""

    code = "font_missing"


class SyncError(IntakeError):
    """Talking to the central server failed; local data stay as they are."""

    code = "sync_failed"
    next_step = NextStep.RETRY


class OnAStick(SyncError):
    """A record was put in an envelope; its receipt has not come back."""

    code = "on_a_stick"
    next_step = NextStep.PAUSE


class NoServer(IntakeError):
    """No central server is set for this laptop."""

    code = "no_server"


class SendingPaused(SyncError):
    """Somebody put sending on pause in the window; nothing was sent."""

    code = "sending_paused"
    next_step = NextStep.PAUSE


class ErasuresUnknown(SyncError):
    """A backup was put back, and nobody has looked up yet who was erased since it was made; nothing is sent."""

    code = "erasures_unknown"
    next_step = NextStep.PAUSE


class ServerUnreachable(SyncError):
    """No connection, or it broke. Params: `host`."""

    code = "server_unreachable"


class AnswerLost(ServerUnreachable):
    """The line broke while a record was under way: it may have arrived or not. Params: `host`."""

    code = "answer_lost"


class NotTheServer(SyncError):
    """Something else answered: a captive portal, a proxy, a login page. Params: `status` (0 when TLS failed)."""

    code = "not_the_server"


class CertificateRefused(NotTheServer):
    """The server could not prove who it is, so nothing was sent. Params: `host`, `status` (0)."""

    code = "certificate_refused"


class AnswerTooLong(NotTheServer):
    """The server gave more than we take; nothing of it was used. Params: `status`."""

    code = "answer_too_long"


class ServerRefused(SyncError):
    """The server refused this record. Params: `status`, `text`."""

    code = "server_refused"
    next_step = NextStep.STOP


class RecordDiffers(ServerRefused):
    """The server holds a record with this id and other bytes. Params: `status`, `text`."""

    code = "record_differs"


class EditOutOfDate(ServerRefused):
    """Somebody changed the record that this edit starts from. Params: `status`, `text`."""

    code = "edit_out_of_date"


class OriginalMissing(ServerRefused):
    """The server does not know the record that this edit replaces. Params: `status`, `text`."""

    code = "original_missing"


class IdTaken(ServerRefused):
    """The new id of an edit is already that of another record. Params: `status`, `text`."""

    code = "id_taken"


class DeletedAtCentre(ServerRefused):
    """The record was on the server and was deleted there; it may not come back. Params: `status`, `text`."""

    code = "deleted_at_centre"
    next_step = NextStep.RETRY


class FormNotTaken(ServerRefused):
    """The centre takes no records of this form for now: only the centre can mend that. Params: `status`, `text`."""

    code = "form_not_taken"
    next_step = NextStep.RETRY


class FormClosed(FormNotTaken):
    """The form was closed. Params: `status`, `text`."""

    code = "form_closed"


class FormUnknown(FormNotTaken):
    """The server has no such form. Params: `status`, `text`."""

    code = "form_unknown"


class FormVersionUnknown(FormNotTaken):
    """The server has the form, but not this version. Params: `status`, `text`."""

    code = "form_version_unknown"


class RecordTooBig(ServerRefused):
    """A record is larger than the server takes; it was not sent. Params: `size`, `limit` (bytes), `status`, `text`."""

    code = "record_too_big"


class RecordBroken(SyncError):
    """The bytes in the outbox are no record we may send. Params: `instance_id`, `problem`."""

    code = "record_broken"
    next_step = NextStep.STOP


class DownloadDamaged(SyncError):
    """A form or file that came from the server cannot be used. Params: `name`, `problem`."""

    code = "download_damaged"


class SignInNeeded(SyncError):
    """The server no longer accepts our token (401 or 403). Params: `status`."""

    code = "sign_in_needed"
    next_step = NextStep.SIGN_IN


class ServerBusy(SyncError):
    """The server is out of order for now (5xx). Params: `status`."""

    code = "server_busy"


class UnexpectedFailure(IntakeError):
    """Something failed that nobody foresaw. Params: `kind` (the type of the error, never its text)."""

    code = "unexpected_failure"


def error_of(code: str, params: Mapping[str, object]) -> IntakeError:
    """The error that a report or a stored row names by its code; an unknown code gives the root."""
    waiting: list[type[IntakeError]] = [IntakeError]
    for kind in waiting:
        if kind.code == code:
            return kind(**params)
        waiting.extend(kind.__subclasses__())
    return IntakeError(**params)
