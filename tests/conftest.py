"""What holds for every test: no screen, no network but this machine itself, the same examples each time."""

import ipaddress
import os
import sys
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from devtools import catalogues
from devtools.compile_catalogues import compile_catalogue

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.pop("INTAKE_PASSPHRASE", None)
os.environ.pop("INTAKE_DATA_DIR", None)

REPOSITORY = Path(__file__).parent.parent

settings.register_profile(
    "steady",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("wide", settings.get_profile("steady"), derandomize=False, max_examples=1000)
settings.load_profile("steady")


class NetworkForbiddenError(RuntimeError):
    """A test tried to reach another machine."""


def _is_this_machine(host: object) -> bool:
    if host in ("localhost", "", None):
        return True
    try:
        return ipaddress.ip_address(str(host).split("%")[0]).is_loopback
    except ValueError:
        return False


def _refuse_other_machines(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.connect":
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else "localhost"
    elif event == "socket.getaddrinfo":
        host = arguments[0]
        host = host.decode() if isinstance(host, bytes) else host
    else:
        return
    if not _is_this_machine(host):
        raise NetworkForbiddenError(f"{event} {host}")


sys.addaudithook(_refuse_other_machines)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="also run the tests that take minutes")


def pytest_configure() -> None:
    for source in catalogues.stale():
        compile_catalogue(source)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--long"):
        return
    for item in items:
        if "long" in item.keywords:
            item.add_marker(pytest.mark.skip(reason="takes minutes: run with --long"))


_seconds_per_room: dict[str, float] = defaultdict(float)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    parts = Path(report.location[0]).parts
    _seconds_per_room[parts[1] if len(parts) > 2 else "tests"] += report.duration


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    terminalreporter.section("seconds per room")
    for room, seconds in sorted(_seconds_per_room.items(), key=lambda item: -item[1]):
        terminalreporter.write_line(f"{seconds:8.1f}  {room}")


@pytest.fixture(scope="session")
def repository() -> Path:
    """The folder that holds the project."""
    return REPOSITORY


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test finds or leaves anything in the home folder of the person who runs it."""
    home = tmp_path_factory.mktemp("home")
    for name in (
        "HOME",
        "USERPROFILE",
        "APPDATA",
        "LOCALAPPDATA",
        "XDG_DATA_HOME",
        "XDG_CONFIG_HOME",
        "XDG_CACHE_HOME",
    ):
        monkeypatch.setenv(name, str(home))
    return home
