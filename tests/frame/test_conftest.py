"""The promises that the test frame itself makes."""

import os
import socket
from pathlib import Path

import pytest


def test_a_test_cannot_reach_another_machine():
    with pytest.raises(RuntimeError, match=r"192\.0\.2\.1"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


def test_a_test_cannot_look_up_a_name():
    with pytest.raises(RuntimeError, match="example"):
        socket.getaddrinfo("example.org", 80)


def test_a_test_may_talk_to_this_machine():
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname(), timeout=1) as client,
    ):
        assert client.getpeername() == server.getsockname()


def test_the_screen_is_offscreen_and_the_home_folder_is_not_the_persons_own(own_home: Path):
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"
    assert Path.home() == own_home
