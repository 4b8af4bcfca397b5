"""`central-trial` says where it listens and with which token, and stops when asked."""

import argparse
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from threading import Event

import pytest

from intake_app.commands import sync
from intake_app.errors import FileMissing
from intake_app.sync.openrosa import OpenRosaServer


def parsed(*arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    sync.add_parser(parser.add_subparsers())
    return parser.parse_args(["central-trial", *arguments])


def test_it_prints_address_and_token_and_that_it_is_no_production_server(capsys: pytest.CaptureFixture[str]):
    stop = Event()
    stop.set()

    assert sync.run(parsed("--token", "abc"), stop) == 0

    shown = capsys.readouterr()
    assert re.fullmatch(r"address: http://127\.0\.0\.1:\d+/v1/projects/1\ntoken: abc\n", shown.out)
    assert "no production server" in shown.err


def test_a_missing_folder_and_an_impossible_port_are_said_clearly(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(FileMissing):
        sync.run(parsed("--forms", str(tmp_path / "nowhere")))
    with pytest.raises(SystemExit) as usage:
        parsed("--port", "70000")
    assert usage.value.code == 2
    assert "choose 0 to 65535" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C cannot be sent to one process on Windows")
def test_it_answers_until_ctrl_c(repository: Path):
    code = (
        "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler);"
        "import argparse; from intake_app.commands import sync; p = argparse.ArgumentParser();"
        "sync.add_parser(p.add_subparsers()); a = p.parse_args(sys.argv[1:]); sys.exit(a.handler(a))"
    )
    command = [sys.executable, "-c", code, "central-trial", "--json"]
    process = subprocess.Popen(
        command, cwd=repository, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=dict(os.environ)
    )
    try:
        assert process.stdout is not None
        place = json.loads(process.stdout.readline())
        with OpenRosaServer(place["address"], place["token"]) as server:
            server.check()
        process.send_signal(signal.SIGINT)
        _, messages = process.communicate(timeout=20)
    finally:
        process.kill()
        process.communicate()
    assert process.returncode == 0
    assert "Records received: 0" in messages
