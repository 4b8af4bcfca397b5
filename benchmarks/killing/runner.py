"""One run: live, be killed at a moment nobody chose, be looked over."""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random

from benchmarks.killing.disk import Disk, lay_out
from benchmarks.killing.examine import PASSPHRASE, Findings, check_files, told_in_words
from benchmarks.killing.scenes import Scene
from benchmarks.killing.told import Line, Listener, Teller
from intake_app.services.office import Office

AFTER_A_STEP_S = 0.012
"""The kill comes so long at most after a step was told: that is within the next step or two."""
MODES = ("killed", "power cut", "power cut, torn")
"""What reaches the disk: everything that was written; what was made durable; that and any part of the rest."""


@dataclass(frozen=True)
class Outcome:
    """What one run showed. `midway`: the process was killed before it was done."""

    scene: str
    mode: str
    midway: bool
    kept: int
    lost: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    ghosts: list[str] = field(default_factory=list)

    @property
    def broken(self) -> bool:
        """Whether a promise broke."""
        return bool(self.lost or self.damaged or self.ghosts)


class Runner:
    """Makes the stores from which runs start once, and does runs from copies of them."""

    def __init__(self, warm: Office, scenes: Sequence[Scene], folder: Path) -> None:
        self._warm = warm
        self._folder = folder
        self._shim: ctypes.CDLL | None = None
        self.scenes = {scene.name: scene for scene in scenes}
        self._durations: dict[str, float] = {}
        for scene in scenes:
            # in a process of its own: a connection must never be open on both sides of a fork
            problem = in_child(partial(scene.prepare, warm, self._base(scene)))
            if problem:
                raise RuntimeError(f"{scene.name} could not be prepared: {problem}")

    def use_shim(self, shim: Path) -> None:
        """Take the preloaded shim for the runs in which the power is cut."""
        self._shim = ctypes.CDLL(str(shim))

    def run(self, name: str, mode: str, seed: int) -> Outcome:
        """One run; the same seed makes the same choices, though never the same microsecond."""
        scene, random = self.scenes[name], Random(f"{name} {mode} {seed}")
        if not scene.steps and name not in self._durations:
            # the first time is slower: much is read from disk that is at hand later
            self._durations[name] = min(self._whole_duration(scene) for _ in range(2))
        with tempfile.TemporaryDirectory(dir=self._folder, prefix="run-") as place:
            folder = Path(place) / "data"
            shutil.copytree(self._base(scene), folder)
            with self._beside(scene, folder):
                told, midway = self._live_and_be_killed(scene, mode, folder, random)
                if mode != MODES[0]:
                    folder = self._cut_power(scene, mode, folder, random)
                found = self._examine(scene, folder, told)
        return Outcome(name, mode, midway, sum(line[0] == "kept" for line in told), *found)

    def _base(self, scene: Scene) -> Path:
        return self._folder / f"base-{scene.name}"

    def _beside(self, scene: Scene, folder: Path) -> AbstractContextManager[None]:
        beside: Callable[[Path], AbstractContextManager[None]] | None = getattr(scene, "beside", None)
        return beside(folder) if beside else nullcontext()

    def _whole_duration(self, scene: Scene) -> float:
        """How long the work takes from its first word to its last when nobody kills it, in seconds."""
        with tempfile.TemporaryDirectory(dir=self._folder, prefix="measured-") as place:
            folder = Path(place) / "data"
            shutil.copytree(self._base(scene), folder)
            with self._beside(scene, folder):
                child, listener = self._start(scene, folder, Random(0), None)
                listener.read(1)
                start = time.monotonic()
                listener.read_all()
                os.waitpid(child, 0)
        return time.monotonic() - start

    def _start(self, scene: Scene, folder: Path, random: Random, log: Path | None) -> tuple[int, Listener]:
        reading, writing = os.pipe()
        child = os.fork()
        if child:
            os.close(writing)
            return child, Listener(reading)
        try:
            os.close(reading)
            if log is not None and self._shim is not None:
                self._shim.powercut_begin(os.fsencode(folder), os.fsencode(log))
            scene.live(self._warm, folder, Teller(writing), random)
            os._exit(0)
        except BaseException as problem:  # noqa: BLE001 - a copy of the process must never go on as the parent
            sys.stderr.write(f"{scene.name}: {told_in_words(problem)}\n")
            os._exit(1)
        raise AssertionError("unreachable")

    def _live_and_be_killed(self, scene: Scene, mode: str, folder: Path, random: Random) -> tuple[list[Line], bool]:
        log = None if mode == MODES[0] else folder.parent / "log"
        self._before = None if log is None else Disk(folder)
        child, listener = self._start(scene, folder, Random(random.random()), log)
        if scene.steps:
            listener.read(random.randint(1, scene.steps))
            time.sleep(random.uniform(0, AFTER_A_STEP_S))
        else:
            listener.read(1)
            time.sleep(random.uniform(0, self._durations[scene.name] * 1.05))
        os.kill(child, signal.SIGKILL)
        status = os.waitpid(child, 0)[1]
        listener.read_all()
        code = os.waitstatus_to_exitcode(status)
        if code > 0:
            raise RuntimeError(f"{scene.name} failed by itself")
        return listener.lines, code == -signal.SIGKILL

    def _cut_power(self, scene: Scene, mode: str, folder: Path, random: Random) -> Path:
        assert self._before is not None
        self._before.play(folder.parent / "log")
        after = folder.parent / "after"
        lay_out(self._before.after_power_cut(random if mode == MODES[2] else None), after)
        return after

    def _examine(self, scene: Scene, folder: Path, told: list[Line]) -> list[list[str]]:
        passphrase = getattr(scene, "passphrase", PASSPHRASE)
        findings = Findings()

        def look() -> list[list[str]]:
            check_files(folder, findings, passphrase)
            try:
                scene.examine(self._warm, folder, told, findings)
            except Exception as problem:  # noqa: BLE001 - whatever keeps a store shut is a finding
                findings.damaged.append(f"cannot be opened: {told_in_words(problem)}")
            return findings.as_lists()

        answer = answer_of_child(look)
        return [[], [f"the examination failed: {answer}"], []] if isinstance(answer, str) else answer


def in_child(work: Callable[[], object]) -> str:
    """Do something in a copy of this process; gives the name of what went wrong, or nothing."""
    answer = answer_of_child(lambda: work() and None)
    return answer if isinstance(answer, str) else ""


def answer_of_child(work: Callable[[], object]) -> str | list[list[str]]:
    """What work in a copy of this process gave, by way of JSON; the name of the error when it failed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            found = json.dumps(work())
        except BaseException as problem:  # noqa: BLE001 - a copy of the process must never go on as the parent
            found = json.dumps(told_in_words(problem))
        os.write(writing, found.encode())
        os._exit(0)
    os.close(writing)
    listener = b""
    while part := os.read(reading, 65536):
        listener += part
    os.close(reading)
    os.waitpid(child, 0)
    answer: str | list[list[str]] = json.loads(listener or b'"no answer"')
    return answer
