"""`envelope`: records and plans on a stick, where there is no line to the central server."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from intake_app.bootstrap import IMPORTED, open_office, store_gate
from intake_app.commands.send import ask_passphrase
from intake_app.domain.clock import SystemClock
from intake_app.errors import EnvelopeKeyMissing, FileThere, NoServer, PassphraseTooShort, error_of
from intake_app.i18n.phrases import error_sentence
from intake_app.paths import default_data_dir

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from intake_app.domain.instance import OutboxItem, Receipt
    from intake_app.services.envelopes import EnvelopeDesk
    from intake_app.services.ports import Store

PASSPHRASE = "INTAKE_ENVELOPE_PASSPHRASE"
RECEIPT_SUFFIX = ".bewijs"
LEAST_PASSPHRASE = 16


def add_parser(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommands; `handler` of their arguments runs them."""
    parser = subparsers.add_parser(
        "envelope",
        help="records and plans on a stick, sealed, where there is no line to the server",
        description="A laptop closes what waits for the Werkcentrum in a file (export); the Werkcentrum opens it with "
        "its private key, sends it to its server and writes a file of receipts (import); the laptop books these "
        "(import). A plan that is handed over opens with the number and the code on the participant's paper.",
    )
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    making = verbs.add_parser("export", help="close what waits in an envelope for the Werkcentrum")
    making.add_argument("file", type=Path, metavar="FILE")
    making.set_defaults(handler=export)
    taking = verbs.add_parser("import", help="open an envelope, a file of receipts or a plan that is handed over")
    taking.add_argument("file", type=Path, metavar="FILE")
    taking.add_argument("--key", type=Path, metavar="FILE", help="the Werkcentrum's private key (envelope new-key)")
    taking.add_argument("--receipts", type=Path, metavar="FILE", help=f"default: FILE{RECEIPT_SUFFIX}")
    taking.add_argument("--receipts-again", action="store_true", help="write the receipts again; send nothing")
    taking.add_argument("--number", default="", metavar="N", help="the participant's number, for a plan")
    taking.add_argument("--code", default="", metavar="CODE", help="the code on the participant's paper, for a plan")
    taking.set_defaults(handler=import_)
    setting = verbs.add_parser("key", help="show or set the Werkcentrum's public key on this laptop")
    setting.add_argument("key", nargs="?", metavar="OT1-…")
    setting.set_defaults(handler=key)
    fresh = verbs.add_parser("new-key", help="at the Werkcentrum: make a key pair; FILE holds the private half")
    fresh.add_argument("file", type=Path, metavar="FILE")
    fresh.set_defaults(handler=new_key)
    giving = verbs.add_parser("hand-over", help="close a plan for an organisation that the participant agreed to (C7)")
    giving.add_argument("file", type=Path, metavar="FILE")
    giving.add_argument("--plan", required=True, metavar="NUMBER", help="number of the plan")
    giving.add_argument("--organisation", required=True, metavar="ID")
    giving.set_defaults(handler=hand_over)
    for each in (making, taking, setting, fresh, giving):
        each.add_argument("--json", action="store_true", help="print the outcome as JSON")


def export(arguments: argparse.Namespace) -> int:
    """Close an envelope. Raises EnvelopeKeyMissing, NothingWaits, FileThere, WrongPassphrase, StoreMissing."""
    store = _unlocked(arguments)
    try:
        made = _desk(store).close(arguments.file)
    finally:
        store.close()
    _tell(arguments, {"file": str(arguments.file), "records": made.records, "left": made.left})
    return 0


def import_(arguments: argparse.Namespace) -> int:
    """Open what the file is; 1 when something of it needs a person. Raises as `services.envelopes`."""
    from intake_app.services.envelope_craft import HAND_OVER, RECORDS
    from intake_app.sync.envelope import Envelopes

    craft = Envelopes()
    kind = craft.kind(craft.load(arguments.file))
    if kind == RECORDS:
        return _take_in(arguments)
    store = _unlocked(arguments)
    try:
        if kind == HAND_OVER:
            from intake_app.services.hand_over import open_hand_over

            office = open_office(store, imported=_folder(arguments) / IMPORTED)
            opened = open_hand_over(office, arguments.file, arguments.number, arguments.code)
            _tell(arguments, {"talk": opened.instance_id, "number": opened.number, "from": opened.source.organisation})
            return 0
        booked = _desk(store).book(arguments.file)
    finally:
        store.close()
    _tell(arguments, {"booked": list(booked.booked), "open": booked.open})
    return 0


def key(arguments: argparse.Namespace) -> int:
    """Show or set the public key. Raises EnvelopeKeyWrong, RoleRefused."""
    from intake_app.services.envelopes import read_public_key, write_public_key
    from intake_app.sync.envelope import Envelopes

    store = _unlocked(arguments)
    try:
        if arguments.key:
            write_public_key(store, Envelopes(), arguments.key)
        known = read_public_key(store)
    finally:
        store.close()
    _tell(arguments, {"key": known or None, "name": Envelopes().check_public_key(known) if known else None})
    return 0


def new_key(arguments: argparse.Namespace) -> int:
    """Make a key pair. Raises FileThere, PassphraseTooShort."""
    from intake_app.sync.envelope import Envelopes

    if arguments.file.exists():
        raise FileThere(path=arguments.file.name)
    passphrase = _key_passphrase()
    if len(passphrase) < LEAST_PASSPHRASE:
        raise PassphraseTooShort(shortest=LEAST_PASSPHRASE)
    public, private = Envelopes().new_key_pair(passphrase)
    Envelopes().save(arguments.file, private)
    _tell(arguments, {"file": str(arguments.file), "key": public, "name": Envelopes().check_public_key(public)})
    return 0


def hand_over(arguments: argparse.Namespace) -> int:
    """Close a plan. Raises RecordMissing, HandOverNotAllowed, FileThere, RoleRefused."""
    from intake_app.services.hand_over import seal_hand_over

    store = _unlocked(arguments)
    try:
        office = open_office(store, imported=_folder(arguments) / IMPORTED)
        until = seal_hand_over(office, arguments.plan, arguments.organisation, arguments.file)
    finally:
        store.close()
    _tell(arguments, {"file": str(arguments.file), "until": until.isoformat()})
    return 0


def _take_in(arguments: argparse.Namespace) -> int:
    from intake_app.services.installation import read_server
    from intake_app.sync.envelope import Envelopes
    from intake_app.sync.envelope_post import post

    if arguments.key is None:
        raise EnvelopeKeyMissing
    craft = Envelopes()
    private = craft.private_key(craft.load(arguments.key), _key_passphrase())
    receipts = arguments.receipts or arguments.file.with_name(arguments.file.name + RECEIPT_SUFFIX)
    store = _unlocked(arguments)
    try:
        if arguments.receipts_again:
            again = _desk(store).receipts_again(arguments.file, private, receipts)
            _tell(arguments, {"receipts": str(receipts), "confirmed": again})
            return 0
        server = read_server(store)
        if not server.configured:
            raise NoServer

        def send(items: Sequence[OutboxItem]) -> tuple[list[Receipt], str, dict[str, object]]:
            return post(server.address, server.token, items, SystemClock())

        taken = _desk(store).take_in(arguments.file, private, send, receipts)
    finally:
        store.close()
    told = {"sent": list(taken.sent), "open": taken.open, "problem": taken.problem or None, "receipts": str(receipts)}
    _tell(arguments, told)
    if taken.problem:
        print(error_sentence(error_of(taken.problem, taken.problem_params), "nl"), file=sys.stderr)
    return 1 if taken.open or taken.problem else 0


def _folder(arguments: argparse.Namespace) -> Path:
    return Path(arguments.data_dir or default_data_dir())


def _unlocked(arguments: argparse.Namespace) -> Store:
    return store_gate(_folder(arguments)).unlock(ask_passphrase())


def _desk(store: Store) -> EnvelopeDesk:
    from intake_app.services.envelopes import EnvelopeDesk
    from intake_app.sync.envelope import Envelopes

    return EnvelopeDesk(store, SystemClock(), Envelopes())


def _key_passphrase() -> str:
    given = os.environ.get(PASSPHRASE)
    if given:
        return given
    try:
        return getpass.getpass("Wachtzin van de sleutel: ")
    except EOFError:
        return ""


def _tell(arguments: argparse.Namespace, told: dict[str, object]) -> None:
    print(json.dumps(told) if arguments.json else "\n".join(f"{name}: {value}" for name, value in told.items()))
