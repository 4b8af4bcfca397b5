"""`backup`, `restore` and `erase`: an encrypted copy, putting it back, and the right to be forgotten."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from intake_app.bootstrap import Repairs, back_up, open_office, store_gate
from intake_app.commands.send import ask_passphrase
from intake_app.domain.clock import SystemClock
from intake_app.domain.draft import RecoveryHalves
from intake_app.domain.ids import ParticipantId
from intake_app.errors import RecordMissing
from intake_app.paths import default_data_dir

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from intake_app.services.ports import Store

HALVES = ("INTAKE_RECOVERY_A", "INTAKE_RECOVERY_B")


def add_parser(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommands; `handler` of their arguments runs them."""
    backup = subparsers.add_parser(
        "backup",
        help="make or refresh an encrypted backup file",
        description="Writes the data, encrypted, into FILE and reads them back. A FILE that is a backup of this store "
        "already keeps its newest copies; the copy of the keys in it is replaced, so that who was erased meanwhile "
        "cannot be read from it any more. The passphrase comes from INTAKE_PASSPHRASE or a prompt.",
    )
    backup.add_argument("file", type=Path, metavar="FILE", help="the backup file")
    backup.set_defaults(handler=make)
    restore = subparsers.add_parser(
        "restore",
        help="put a backup back",
        description="Puts the newest copy of FILE into the data folder, also of another laptop. People who were erased "
        "since are erased again before anything else, and what the Werkcentrum was asked is asked again. Who was "
        "erased after not_covered_since this laptop cannot know: look up the receipts on paper; nothing is sent until "
        "somebody confirms that in the window. With --recovery-key both halves are asked for (or read from "
        "INTAKE_RECOVERY_A and INTAKE_RECOVERY_B), and the passphrase given is the new one of the site lead.",
    )
    restore.add_argument("file", type=Path, metavar="FILE", help="the backup file")
    restore.add_argument("--list", action="store_true", help="only tell which copies stand in FILE")
    restore.add_argument("--copy", default="", metavar="NAME", help="an older copy, by its name in the list")
    restore.add_argument("--replace", action="store_true", help="also when data stand in the folder; they go aside")
    restore.add_argument("--recovery-key", action="store_true", help="open it with the two halves of the recovery key")
    restore.set_defaults(handler=put_back)
    erase = subparsers.add_parser(
        "erase",
        help="erase everything of a person",
        description="Destroys the key of a person and removes every row; a number and a moment stay. Prints which "
        "backups still hold a copy, and whether the Werkcentrum is asked too.",
    )
    erase.add_argument("--participant", required=True, metavar="ID", help="number of the participant, or the id")
    erase.set_defaults(handler=forget)
    for parser in (backup, restore, erase):
        parser.add_argument("--json", action="store_true", help="print the outcome as JSON")


def make(arguments: argparse.Namespace) -> int:
    """Make a backup. Raises WrongPassphrase, StoreMissing, BackupRefused, BackupFolderMissing, DiskFull."""
    from intake_app.services.backup import make_backup

    store = store_gate(arguments.data_dir or default_data_dir()).unlock(ask_passphrase())
    try:
        made = make_backup(store, back_up, arguments.file, SystemClock())
    finally:
        store.close()
    copies = [copy.at.isoformat(timespec="seconds") for copy in made.copies]
    _tell(arguments, {"file": str(arguments.file), "copies": copies, "bytes": made.newest.size})
    return 0


def put_back(arguments: argparse.Namespace) -> int:
    """Put a backup back. Raises BackupRefused, WrongPassphrase, RecoveryWrong, StoreNewer, StoreInUse, DiskFull."""
    repairs = Repairs(arguments.data_dir or default_data_dir())
    if arguments.list:
        told = repairs.look(arguments.file)
        copies = [{"name": c.name, "at": c.at.isoformat(timespec="seconds"), "bytes": c.size} for c in told.copies]
        _tell(arguments, {"copies": copies})
        return 0
    where = {"copy": arguments.copy, "replace": arguments.replace}
    if arguments.recovery_key:
        found = repairs.restore_with_key(arguments.file, _ask_halves(), ask_passphrase(), **where)
    else:
        found = repairs.restore(arguments.file, ask_passphrase(), **where)
    at = found.at.isoformat(timespec="seconds")
    since = found.not_covered_since.isoformat(timespec="seconds") if found.not_covered_since else None
    erased = {"erased_again": found.erased_again, "asked_again": found.asked_again, "not_covered_since": since}
    _tell(arguments, {"copy_of": at, "people": found.people, **erased})
    return 0


def forget(arguments: argparse.Namespace) -> int:
    """Erase a person. Raises RecordMissing, RecordErased, WrongPassphrase, RoleRefused, DiskFull."""
    from intake_app.services.rights import erase_person

    store = store_gate(arguments.data_dir or default_data_dir()).unlock(ask_passphrase())
    try:
        receipt = erase_person(open_office(store), _participant(store, arguments.participant))
    finally:
        store.close()
    backups = [{"name": held.label, "at": held.made_at.isoformat(timespec="seconds")} for held in receipt.backups]
    before = receipt.backups_before.isoformat() if receipt.backups_before else None
    asked = {"backups": backups, "backups_replaced_before": before, "central_asked": receipt.central}
    _tell(arguments, {"erased": receipt.number, "at": receipt.at.isoformat(timespec="seconds"), **asked})
    return 0


def _participant(store: Store, told: str) -> ParticipantId:
    """Whose number or id this is; also of somebody of whom only the case card is left. Raises RecordMissing."""
    wanted = told.strip()
    with store.unit_of_work() as uow:
        known = [(stay.number, stay.participant_id) for stay in uow.stays.list()]
        known += [(card.number, card.participant_id) for card in uow.cards.list()]
    for number, participant_id in known:
        if wanted in (number, participant_id):
            return participant_id
    raise RecordMissing(kind="participant", id=wanted)


def _ask_halves() -> RecoveryHalves:
    given = [os.environ.get(name) for name in HALVES]
    typed = [half or getpass.getpass(f"Helft {name[-1]}: ") for half, name in zip(given, HALVES, strict=True)]
    return RecoveryHalves(*typed)


def _tell(arguments: argparse.Namespace, told: dict[str, object]) -> None:
    if arguments.json:
        print(json.dumps(told, ensure_ascii=False))
        return
    for name, value in told.items():
        lines = value if isinstance(value, list) else [value]
        for line in lines or ["-"]:
            shown = " ".join(str(part) for part in line.values()) if isinstance(line, dict) else line
            print(f"{name}: {shown}")
    sys.stdout.flush()
