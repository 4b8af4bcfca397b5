"""More work during which the process is killed: bringing an older store up to date, and sending."""

from __future__ import annotations

import json
import os
import shutil
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random

from benchmarks.killing.examine import CHEAP, PASSPHRASE, Findings, check_files, check_people, opened, state_of
from benchmarks.killing.scenes import mark_trial, new_store, recorded_talk, sample, store_of
from benchmarks.killing.told import Line, Teller
from intake_app.bootstrap import Sender
from intake_app.services.office import Office
from intake_app.services.rehearsal import Rehearsal
from intake_app.storage.backup import look, make_backup
from intake_app.storage.gate import SqlStoreGate
from intake_app.storage.restore import restore
from intake_app.sync.trial_receiver import TrialReceiver

OLD_STORE = Path(__file__).resolve().parents[2] / "tests" / "data" / "storage" / "0001"
OLD_PASSPHRASE = "oude winkel, oude zin"
ADDRESS, RECEIVED, BACKUP = "address.json", "received", "reservekopie.intake"
KEEP_DAYS = 30


class Migrating:
    """A store of an older version is opened and brought up to date, with all it holds."""

    name = "migrating"
    steps = 0
    passphrase = OLD_PASSPHRASE

    def prepare(self, warm: Office, folder: Path) -> None:
        shutil.copytree(OLD_STORE, folder)

    def live(self, warm: Office, folder: Path, tell: Teller, random: Random) -> None:
        tell("try")
        SqlStoreGate(folder, CHEAP).unlock(OLD_PASSPHRASE).close()
        tell("kept")

    def examine(self, warm: Office, folder: Path, told: Sequence[Line], findings: Findings) -> None:
        store = SqlStoreGate(folder, CHEAP).unlock(OLD_PASSPHRASE)
        try:
            with store.unit_of_work() as uow:
                people = uow.participants.list()
                drafts = [uow.drafts.get(header.instance_id) for header in uow.drafts.list()]
                whole = [person.call_name for person in people] == ["Samira"] and len(drafts) == 1
                of_her = (uow.instances.list(), uow.outbox.waiting(), uow.outbox.receipts())
                kept = uow.consents.of(people[0].participant_id), uow.plans.of_participant(people[0].participant_id)
            if not whole or not drafts[0].journal or [len(part) for part in (*of_her, *kept)] != [1] * 5:
                findings.lost.append("something of an older store")
        finally:
            store.close()


class Syncing:
    """A finished talk is sent to a receiver for trials in another process, record by record."""

    name = "syncing"
    steps = 0

    def prepare(self, warm: Office, folder: Path) -> None:
        store = new_store(folder)
        office = replace(warm, store=store)
        mark_trial(store)
        conversation = office.begin_talk(practice=True)
        Rehearsal(conversation, sample()).play()
        office.finish(conversation)
        store.close()

    @contextmanager
    def beside(self, folder: Path) -> Iterator[None]:
        """The receiver, in a process of its own: it lives through the kill."""
        ready, done = os.pipe()
        child = os.fork()
        if child == 0:
            _receive(folder, done)
        os.close(done)
        os.read(ready, 1)
        os.close(ready)
        try:
            yield
        finally:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)

    def live(self, warm: Office, folder: Path, tell: Teller, random: Random) -> None:
        with opened(warm, folder) as office:
            self._set_address(office, folder)
            tell("try", *[item.instance_id for item in office.outbox().waiting()])
            report = _sending(office).send()
            tell("kept", *(report.sent if report else ()))

    def examine(self, warm: Office, folder: Path, told: Sequence[Line], findings: Findings) -> None:
        received = folder.parent / RECEIVED
        with opened(warm, folder) as office:
            waiting = {item.instance_id: item.xml for item in office.outbox().waiting()}
            confirmed = {receipt.instance_id for receipt in office.outbox().receipts()}
            check_people(store_of(office), [], findings)
            records = {path.read_bytes() for path in received.glob("*.xml")}
            if len(waiting) + len(confirmed) != 4 or waiting.keys() & confirmed:
                findings.lost.append("a record that waited to be sent")
            if len(records) < len(confirmed):
                findings.lost.append("a record that was shown as arrived")
            if told and told[-1][0] == "kept" and not confirmed.issuperset(told[-1][1:]):
                findings.lost.append("the receipt of a record")
            self._set_address(office, folder)
            _sending(office).send()
            again = {path.read_bytes() for path in received.glob("*.xml")}
            if office.outbox().waiting() or len(again) != 4 or not again >= records | set(waiting.values()):
                findings.lost.append("a record that does not arrive any more")

    def _set_address(self, office: Office, folder: Path) -> None:
        found = json.loads((folder.parent / ADDRESS).read_text("utf-8"))
        mark_trial(store_of(office), found["address"], found["token"])


class BackingUp:
    """A backup is made, over an older one, while answers go on: a backup is whole, and of one moment."""

    name = "backing up"
    steps = 0

    def prepare(self, warm: Office, folder: Path) -> None:
        store = new_store(folder)
        recorded_talk(replace(warm, store=store), "Truus")
        make_backup(store.unit_of_work(), folder / BACKUP, warm.clock.now(), KEEP_DAYS)
        store.close()

    def live(self, warm: Office, folder: Path, tell: Teller, random: Random) -> None:
        with opened(warm, folder) as office:
            conversation = office.open_talk(office.open_drafts()[0].header.instance_id)
            ref = str(conversation.talk.answers.ref("goal"))
            conversation.answer(ref, "eerst")
            tell("try", conversation.talk.sequence, state_of(conversation))
            make_backup(store_of(office).unit_of_work(), folder / BACKUP, office.clock.now(), KEEP_DAYS)
            tell("kept")

    def examine(self, warm: Office, folder: Path, told: Sequence[Line], findings: Findings) -> None:
        file = folder / BACKUP
        copies = look(file).copies
        if not copies or (told and told[-1][0] == "kept" and len(copies) < 2):
            findings.lost.append("a backup")
        with opened(warm, folder) as office:
            names = [summary.header.instance_id for summary in office.open_drafts()]
            check_people(store_of(office), names, findings)
            if told and state_of(office.open_talk(names[0])) != told[0][2]:
                findings.lost.append("an answer")
        elsewhere = folder.parent / "restored"
        restore(file, elsewhere, lambda door: door.unlock(PASSPHRASE), kdf=CHEAP)
        with opened(warm, elsewhere) as office:
            again = office.open_talk(office.open_drafts()[0].header.instance_id)
            goal = again.talk.answers.text("goal")
            if told and told[-1][0] == "kept" and goal != "eerst":
                findings.lost.append("an answer of the backup")
        check_files(elsewhere, findings)


def _sending(office: Office) -> Office:
    return replace(office, send_round=Sender(office.store, office.clock))


def _receive(folder: Path, done: int) -> None:
    """Be the receiver until killed."""
    try:
        receiver = TrialReceiver(keep_in=folder.parent / RECEIVED).start()
        found = {"address": receiver.base_url, "token": receiver.token}
        (folder.parent / ADDRESS).write_text(json.dumps(found), "utf-8")
        os.write(done, b".")
        signal.pause()
    finally:
        os._exit(1)
