"""Trying a connection: each line says what works and what does not, and nothing is sent."""

import socket
from pathlib import Path

from intake_app.domain.clock import FixedClock
from intake_app.sync.probe import probe
from intake_app.sync.trial_http import Fault
from intake_app.sync.trial_receiver import TrialReceiver
from tests.sync.helps import NOW
from tests.sync.test_openrosa import form_text


def tried(address: str, token: str, *forms: str) -> list[tuple[str, bool | None, str]]:
    return [(one.name, one.good, one.code) for one in probe(address, token, forms, FixedClock(NOW))]


def test_all_is_well(receiver: TrialReceiver, tmp_path: Path):
    (tmp_path / "intake.xml").write_text(form_text("intake", "1"))
    with TrialReceiver(forms=tmp_path) as receiver:
        found = probe(receiver.base_url, receiver.token, ("intake", "plan"), FixedClock(NOW))

        assert [(one.name, one.good) for one in found] == [
            ("address", True), ("server", True), ("token", True), ("forms", False),
        ]  # fmt: skip
        assert found[-1].params == {"missing": ("plan",), "count": 1}
        assert tried(receiver.base_url, receiver.token, "intake")[-1] == ("forms", True, "")
        assert receiver.received == ()
        assert {one.method for one in receiver.requests} == {"HEAD", "GET"}


def test_an_address_that_may_not_be_used_calls_nobody():
    assert tried("http://central.example.org/v1/projects/7", "t")[0] == ("address", False, "server_address_wrong")
    assert [one[1] for one in tried("http://central.example.org/v1/projects/7", "t")] == [False, None, None, None]


def test_nobody_answers():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/v1/projects/1"
        assert tried(address, "t")[:2] == [("address", True, ""), ("server", False, "server_unreachable")]


def test_something_else_answers(receiver: TrialReceiver):
    receiver.fail_next(Fault(method="HEAD", portal=True))

    assert tried(receiver.base_url, receiver.token)[1] == ("server", False, "not_the_server")


def test_the_token_is_not_known(receiver: TrialReceiver):
    found = tried(receiver.base_url, "b" * 64)

    assert found[2] == ("token", False, "sign_in_needed")
    assert found[3][1] is None
