"""A small OpenRosa receiver on this machine for trials and tests: it is no production server and says so."""

from __future__ import annotations

import hashlib
import re
import secrets
import string
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Self

from intake_app.domain.clock import Clock
from intake_app.errors import PortInUse
from intake_app.paths import private_dir, private_file
from intake_app.sync.trial_entities import TrialEntities
from intake_app.sync.trial_forms import TrialForm, known_versions, load_forms
from intake_app.sync.trial_http import Fault, LoopbackServer
from intake_app.sync.trial_rules import ReceivedRecord, TrialCentral, Verdict

ACCEPTED_LENGTH = 100_000_000
TROUBLE_SHARE = 1 / 3
PROJECT = "/v1/projects/1"
_TOKEN_LETTERS = string.ascii_letters + string.digits + "!$"
_TOKEN_SHAPE = re.compile(r"[A-Za-z0-9!$]{64}")


@dataclass(frozen=True)
class SeenRequest:
    """A request as it came in; the Authorization header is left out."""

    method: str
    target: str
    headers: dict[str, str]


class TrialReceiver:
    """ODK Central's submission and form calls on 127.0.0.1, with the behaviours that a client must survive.

    `forms` is a folder of blank forms; without one it takes every form. `clock_skew` sets its own clock wrong,
    `pace` is the least time in seconds that a submission takes.
    Records stay in memory, or also go to
    the folder `keep_in`. Use it as a context manager, or `start` and `close` it. Raises PortInUse, FileMissing,
    UnsafeXml when made.
    """

    def __init__(
        self,
        *,
        port: int = 0,
        forms: Path | None = None,
        token: str = "",
        keep_in: Path | None = None,
        accepted_length: int = ACCEPTED_LENGTH,
        clock: Clock | None = None,
        clock_skew: timedelta = timedelta(),
        pace: float = 0.0,
    ) -> None:
        self.forms: tuple[TrialForm, ...] = load_forms(forms) if forms is not None else ()
        self.token = token or "".join(secrets.choice(_TOKEN_LETTERS) for _ in range(64))
        self.accepted_length = accepted_length
        self.central = TrialCentral(known_versions(self.forms) if forms is not None else None, clock)
        self.entities = TrialEntities({form.form_id: form.saves[1] for form in self.forms})
        self._keep_in = private_dir(keep_in) if keep_in is not None else None
        self.clock_skew, self.pace = clock_skew, pace
        self.closing = Event()
        self._faults: deque[Fault] = deque()
        self._trouble: tuple[Fault, ...] = ()
        self._chance = Random()
        self._held: list[Event] = []
        self._seen: deque[SeenRequest] = deque(maxlen=1000)
        self._lock = Lock()
        try:
            self._server = LoopbackServer(port, self)
        except OSError:
            raise PortInUse(port=port) from None
        self._thread: Thread | None = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def port(self) -> int:
        """The port it listens on."""
        return self._server.port

    @property
    def host_url(self) -> str:
        """Scheme, host and port."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def base_url(self) -> str:
        """The address to set up as server address in the app."""
        return f"{self.host_url}{PROJECT}"

    @property
    def received(self) -> tuple[ReceivedRecord, ...]:
        """Every record that was kept, with the receipt it got, in order of arrival."""
        return self.central.received

    @property
    def requests(self) -> tuple[SeenRequest, ...]:
        """The last thousand requests."""
        with self._lock:
            return tuple(self._seen)

    def start(self) -> Self:
        """Begin to answer, in a thread of its own."""
        self._thread = Thread(target=self._server.serve, name="trial-receiver")
        self._thread.start()
        return self

    def close(self) -> None:
        """Stop answering, break open lines, and wait until every thread has ended."""
        self.closing.set()
        with self._lock:
            held, self._held = self._held, []
        for event in held:
            event.set()
        self._server.stop(running=self._thread is not None)
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def fail_next(self, *faults: Fault) -> None:
        """Let these things go wrong, one per request of the fault's method, in this order."""
        with self._lock:
            self._faults.extend(faults)

    def misbehave(self, faults: Sequence[Fault], *, seed: int | None = None) -> None:
        """From now on one request in three goes wrong in one of these ways; none at all ends it."""
        with self._lock:
            self._trouble, self._chance = tuple(faults), Random(seed)

    def note(self, method: str, target: str, headers: Iterable[tuple[str, str]]) -> None:
        """Remember a request (called for each one that comes in)."""
        kept = {name.lower(): value for name, value in headers if name.lower() != "authorization"}
        with self._lock:
            self._seen.append(SeenRequest(method, target, kept))

    def take_fault(self, method: str) -> Fault | None:
        """The first fault that waits for this method, taken off the list."""
        with self._lock:
            for fault in self._faults:
                if fault.method == method:
                    self._faults.remove(fault)
                    if fault.hold is not None:
                        self._held.append(fault.hold)
                    return fault
            fitting = [fault for fault in self._trouble if fault.method == method]
            return self._chance.choice(fitting) if fitting and self._chance.random() < TROUBLE_SHARE else None

    def refusal(self, token: str) -> Verdict | None:
        """Central's judgement of a token: 403 for an unknown one of the right shape, 401 for any other."""
        if secrets.compare_digest(token.encode(), self.token.encode()):
            return None
        if _TOKEN_SHAPE.fullmatch(token):
            return Verdict(403, "The authenticated actor does not have rights to perform that action.")
        return Verdict(401, "Could not authenticate with the provided credentials.")

    def entity_csv(self, dataset: str) -> bytes:
        """An entity list as laptops get it."""
        found = (form.saves[1] for form in self.forms if form.saves[0] == dataset)
        return self.entities.csv_of(dataset, list(dict.fromkeys(name for saves in found for name in saves)))

    def take_in(self, xml: bytes, hold: Event | None, files: Mapping[str, bytes]) -> Verdict:
        """Judge and keep one submission with its files."""
        self.closing.wait(self.pace)
        with self.central.working_on(xml) as lost:
            if lost is not None:
                return lost
            if hold is not None:
                hold.wait()
            verdict = self.central.submit(xml, files)
        record = verdict.record
        if record is not None and not record.deprecated_id:
            self.entities.take_in(record.form_id, record.instance_id, xml)
        if verdict.record is not None and self._keep_in is not None:
            name = hashlib.sha256(verdict.record.instance_id.encode()).hexdigest()[:32]
            private_file(self._keep_in / f"{name}.xml", xml)
        return verdict
