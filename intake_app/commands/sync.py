"""`central-trial`: an OpenRosa receiver on this machine to try sending against."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from intake_app.errors import UnknownName

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from intake_app.sync.trial_http import Fault

HIGHEST_PORT = 65535
LOOK_UP_SECONDS = 0.5


def add_parser(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommand; `handler` of its arguments runs it."""
    parser = subparsers.add_parser(
        "central-trial",
        help="run a local OpenRosa receiver for trials (no production server)",
        description="A local receiver for trials on 127.0.0.1. It is no production server: it keeps what it gets in "
        "memory and forgets it when it stops. Ctrl-C stops it.",
    )
    parser.add_argument("--port", type=_port, default=0, metavar="N", help="port to listen on (default: a free one)")
    parser.add_argument("--forms", type=Path, metavar="DIR", help="folder of blank forms (default: takes every form)")
    parser.add_argument("--token", default="", metavar="T", help="token of the app user (default: a random one)")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="also write what comes in to this folder")
    parser.add_argument(
        "--misbehave",
        default="",
        metavar="KINDS",
        help="let one request in three go wrong: before, after, delay, duplicate, truncate, 500, portal (with commas)",
    )
    parser.add_argument(
        "--clock-skew", type=float, default=0.0, metavar="HOURS", help="set the receiver's own clock wrong"
    )
    parser.add_argument("--pace", type=float, default=0.0, metavar="MS", help="time that each submission takes")
    parser.add_argument("--json", action="store_true", help="print address and token as one JSON line")
    parser.set_defaults(handler=run)


def run(arguments: argparse.Namespace, stop: Event | None = None) -> int:
    """Serve until Ctrl-C (or until `stop` is set). Raises PortInUse, FileMissing, UnsafeXml."""
    from intake_app.sync.trial_receiver import TrialReceiver

    stop = stop or Event()
    trouble = _trouble(arguments.misbehave)
    with TrialReceiver(
        port=arguments.port,
        forms=arguments.forms,
        token=arguments.token,
        keep_in=arguments.keep,
        clock_skew=timedelta(hours=arguments.clock_skew),
        pace=arguments.pace / 1000,
    ) as receiver:
        receiver.misbehave(trouble)
        print("Trial receiver, no production server. Ctrl-C stops it.", file=sys.stderr, flush=True)
        _announce(receiver.base_url, receiver.token, as_json=arguments.json)
        try:
            # Short waits: on Windows a wait without end would not notice Ctrl-C.
            while not stop.wait(LOOK_UP_SECONDS):
                continue
        except KeyboardInterrupt:
            stop.set()
        print(f"Stopped. Records received: {len(receiver.received)}.", file=sys.stderr)
    return 0


def _trouble(names: str) -> list[Fault]:
    """What goes wrong, by its names. Raises UnknownName."""
    from intake_app.sync.trial_http import Drop, Fault

    kinds = {
        "before": Fault(drop=Drop.BEFORE),
        "after": Fault(drop=Drop.AFTER),
        "delay": Fault(delay=2.0),
        "duplicate": Fault(duplicate=True),
        "truncate": Fault(truncate=True),
        "500": Fault(status=500, text="Internal Server Error"),
        "portal": Fault(portal=True),
    }
    wanted = [name.strip() for name in names.split(",") if name.strip()]
    for name in wanted:
        if name not in kinds:
            raise UnknownName(kind="trouble", name=name, known=tuple(kinds))
    return [kinds[name] for name in wanted]


def _announce(address: str, token: str, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps({"address": address, "token": token}), flush=True)
    else:
        print(f"address: {address}\ntoken: {token}", flush=True)


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= HIGHEST_PORT:
        raise argparse.ArgumentTypeError(f"{port} is no port: choose 0 to {HIGHEST_PORT}")
    return port
