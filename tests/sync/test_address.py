"""The address of the server as people type it, and what is never used as one."""

import pytest

from intake_app.errors import ServerAddressWrong
from intake_app.sync.address import ServerAddress, read_address, same_host
from intake_app.sync.openrosa import OpenRosaServer

TOKEN = "a" * 64


@pytest.mark.parametrize(
    ("text", "base_url", "token"),
    [
        ("https://centraal.example.nl/v1/projects/7", "https://centraal.example.nl/v1/projects/7", ""),
        ("  centraal.example.nl/v1/projects/7/ ", "https://centraal.example.nl/v1/projects/7", ""),
        (f"https://c.example/v1/key/{TOKEN}/projects/7", "https://c.example/v1/projects/7", TOKEN),
        (f"https://c.example/v1/projects/7/formList?st={TOKEN}", "https://c.example/v1/projects/7", TOKEN),
        ("https://c.example:8443/v1/projects/7/submission", "https://c.example:8443/v1/projects/7", ""),
        ("http://127.0.0.1:8080/v1/projects/1", "http://127.0.0.1:8080/v1/projects/1", ""),
        ("http://localhost:8080/x", "http://localhost:8080/x", ""),
        ("http://[::1]:8080/x", "http://[::1]:8080/x", ""),
    ],
)
def test_an_address_is_taken_apart_into_place_and_token(text: str, base_url: str, token: str):
    assert read_address(text) == ServerAddress(base_url, token)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("http://centraal.example.nl/v1/projects/7", "https_needed"),
        ("http://127.0.0.1.example.nl/x", "https_needed"),
        ("http://192.168.1.4/x", "https_needed"),
        ("ftp://c.example/x", "not_an_address"),
        ("https://", "not_an_address"),
        ("https://c.example:99999/x", "not_an_address"),
        ("https://[::1/x", "not_an_address"),
        ("https://c.example\\@evil.example/x", "not_an_address"),
        ("https://me:secretword@c.example/x", "token_in_address"),
    ],
)
def test_what_may_not_be_used_is_refused_with_its_reason_and_without_repeating_it(text: str, problem: str):
    with pytest.raises(ServerAddressWrong) as wrong:
        read_address(text)
    assert wrong.value.params == {"problem": problem}


@pytest.mark.parametrize(
    ("base_url", "token", "problem"),
    [
        ("http://c.example/v1/projects/7", TOKEN, "https_needed"),
        (f"https://c.example/v1/key/{TOKEN}/projects/7", TOKEN, "token_in_address"),
        (f"https://c.example/v1/projects/7?st={TOKEN}", TOKEN, "token_in_address"),
        ("https://c.example/v1/projects/7", "", "token_unreadable"),
        ("https://c.example/v1/projects/7", "two words", "token_unreadable"),
        ("https://c.example/v1/projects/7", "a\r\nX-Evil: 1", "token_unreadable"),
    ],
)
def test_no_client_is_made_for_an_address_or_token_that_may_not_be_used(base_url: str, token: str, problem: str):
    with pytest.raises(ServerAddressWrong) as wrong:
        OpenRosaServer(base_url, token)
    assert wrong.value.params == {"problem": problem}


def test_the_token_does_not_show_in_the_address_read():
    assert TOKEN not in repr(read_address(f"https://c.example/v1/key/{TOKEN}/projects/7"))


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ("https://c.example/other", True),
        ("https://C.example:443/other", True),
        ("http://c.example/x", False),
        ("https://c.example:444/x", False),
        ("https://c.example.evil.example/x", False),
        ("https://c.example@evil.example/x", False),
        ("https://me@c.example/x", False),
    ],
)
def test_one_host_is_scheme_name_and_port(other: str, same: bool):
    assert same_host("https://c.example/v1/projects/7", other) is same
