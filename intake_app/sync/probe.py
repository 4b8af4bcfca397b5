"""Trying a connection line by line: the address, the line, the server, the token, and the forms it gives."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from intake_app.domain.clock import Clock
from intake_app.errors import ServerAddressWrong, SyncError
from intake_app.sync.openrosa import OpenRosaServer
from intake_app.sync.wire import Timeouts

ADDRESS, SERVER, TOKEN, FORMS = "address", "server", "token", "forms"
PATIENCE = Timeouts(connect=10, read=20, write=20, whole=60)
"""Somebody is waiting for the outcome."""


@dataclass(frozen=True)
class Check:
    """One thing that was tried: `good` None when it was not reached. `code` and `params` are of the error."""

    name: str
    good: bool | None
    code: str = ""
    params: dict[str, object] = field(default_factory=dict)


def probe(address: str, token: str, wanted: Collection[str], clock: Clock) -> tuple[Check, ...]:
    """Try an address and a token; one line for each of the four, those after the first failure not tried.

    Nothing is sent. That records may be sent cannot be tried: Central says so with the first record only. `wanted` are
    the form ids that this app sends; those that the server does not offer are named in the last line (`missing`).
    """
    try:
        server = OpenRosaServer(address, token, timeouts=PATIENCE, clock=clock)
    except ServerAddressWrong as problem:
        return _lines(ADDRESS, problem.code, dict(problem.params))
    with server:
        try:
            server.check()
        except SyncError as problem:
            name = TOKEN if problem.code == "sign_in_needed" else SERVER
            return _lines(name, problem.code, dict(problem.params))
        try:
            offered = server.form_list()
        except SyncError as problem:
            return _lines(TOKEN, problem.code, dict(problem.params))
    here = {str(entry.form_id) for entry in offered.entries} if offered is not None else set()
    missing = tuple(sorted(set(wanted) - here))
    last = Check(FORMS, not missing, "", {"missing": missing, "count": len(set(wanted)) - len(missing)})
    return (*(Check(name, True) for name in (ADDRESS, SERVER, TOKEN)), last)


def _lines(failed: str, code: str, params: dict[str, object]) -> tuple[Check, ...]:
    names = (ADDRESS, SERVER, TOKEN, FORMS)
    at = names.index(failed)
    good = tuple(Check(name, True) for name in names[:at])
    return (*good, Check(failed, False, code, params), *(Check(name, None) for name in names[at + 1 :]))
