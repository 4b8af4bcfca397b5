"""A receiver on this machine, a client for it, and records to send."""

from collections.abc import Iterator

import pytest

from intake_app.sync.openrosa import OpenRosaServer
from intake_app.sync.trial_receiver import TrialReceiver
from tests.sync.helps import client


@pytest.fixture
def receiver() -> Iterator[TrialReceiver]:
    with TrialReceiver() as receiver:
        yield receiver


@pytest.fixture
def server(receiver: TrialReceiver) -> Iterator[OpenRosaServer]:
    with client(receiver) as server:
        yield server
