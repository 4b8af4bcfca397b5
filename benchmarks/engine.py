"""Measures the XForms engine against its promises, beside the engines of ODK Web Forms and ODK Collect.

`python3 dev.py bench engine` prints a table; exit code 1 tells that a promise broke that is not about speed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import median

from benchmarks.forms import HUB, THE_FORM, Question, Size, form, questions
from benchmarks.peers.cascade import cascade_answers, cascade_form, cascade_lists
from benchmarks.peers.engines import Engine, EngineStoppedError, Job, Result, javarosa, ours, web_forms
from intake_app.xforms.api import FormEntry, parse_form

STALE_IN_JAVAROSA = "/share"
"""JavaRosa leaves what reads a sum stale in the other repeat instances (DAG.md 2.3); such nodes are not compared."""
_CHECK_EVERY = 100
_PLACES = 10
"""In how many sections the answers of the growth stand, spread over the form: a person answers near what was answered
last, and a form that is jumped through at random is measured apart, since the processor then waits for its memory."""


@dataclass(frozen=True)
class Plan:
    """How much is measured."""

    size: Size = THE_FORM
    answers: int = 1200
    warm: int = 200
    growth: tuple[int, ...] = (100, 1000, 5000)
    peer_growth: tuple[int, ...] = (100, 1000)
    streets: int = 50_000
    cascades: int = 16


SMALL = Plan(Size(sections=3, repeats=1, instances=2), 60, 10, (30, 60), (30,), 5000, 3)


@dataclass(frozen=True)
class Promise:
    """A line of the table. `kept` is None where there was no peer; `promised` is false for what is only told."""

    text: str
    found: str
    beside: str
    ratio: str
    kept: bool | None
    speed: bool = True
    promised: bool = True

    @property
    def cells(self) -> tuple[str, ...]:
        """As the table shows it."""
        verdict = "not measured" if self.kept is None else "kept" if self.kept else "MISSED"
        return self.text, self.found, self.beside, self.ratio, verdict if self.promised else "-"


@dataclass
class Measured:
    """The results so far of every engine, by its name."""

    answers: dict[str, list[Result]] = field(default_factory=dict)
    starts: dict[str, list[Result]] = field(default_factory=dict)
    cascade: dict[str, list[Result]] = field(default_factory=dict)
    growth: dict[str, dict[int, tuple[float, ...]]] = field(default_factory=dict)
    memory: dict[str, int | None] = field(default_factory=dict)
    stopped: list[str] = field(default_factory=list)


class Workshop:
    """Makes the forms and journals of a plan in a folder, and has the engines do them by turns."""

    def __init__(self, folder: Path, plan: Plan, engines: Sequence[Engine]) -> None:
        self.folder = folder
        self.plan = plan
        self.engines = engines
        self.measured = Measured()

    def run(self, runs: int) -> Measured:
        """Everything; the engines take turns, so that a busy moment of the computer meets them all."""
        plan = self.plan
        xml = form(plan.size)
        job = self._job("form", xml, journal(xml, plan.size, plan.answers), plan.warm)
        start = self._job("start", xml, [], 0)
        cascade = self._cascade()
        for number in range(1, runs + 1):
            _tell(f"run {number} of {runs}")
            for engine in self.engines:
                self._keep(self.measured.answers, engine, job)
                self._keep(self.measured.starts, engine, start)
                self._keep(self.measured.cascade, engine, cascade)
        self.measured.memory = self.engines[0].ask([str(job.form), "--memory"])
        self._grow()
        return self.measured

    def _keep(self, results: dict[str, list[Result]], engine: Engine, job: Job) -> None:
        try:
            results.setdefault(engine.name, []).append(engine.run(job))
        except EngineStoppedError as stopped:
            self.measured.stopped.append(f"{engine.name}, {job.form.stem}: {stopped}")

    def _job(self, name: str, xml: bytes, lines: Iterable[str], warm: int) -> Job:
        path = self.folder / f"{name}.xml"
        path.write_bytes(xml)
        answers = self.folder / f"{name}.tsv"
        answers.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return Job(path, answers, warm, self.folder)

    def _cascade(self) -> Job:
        for name, text in cascade_lists(self.plan.streets).items():
            (self.folder / name).write_text(text, encoding="utf-8")
        follows = {"/data/province": "/data/town", "/data/town": "/data/street"}
        answers = cascade_answers(self.plan.cascades)
        lines = [f"{ref}\tone\t{value}\t{follows.get(ref, '')}\t" for ref, value in answers]
        return self._job("cascade", cascade_form(), lines, 0)

    def _grow(self) -> None:
        for number in self.plan.growth:
            _tell(f"a form of {number} questions")
            size = Size(sections=number // 10, repeats=0)
            xml, random = form(size), Random(number)
            places = sorted({1 + turn * size.sections // _PLACES for turn in range(_PLACES)})
            near = [Question(f"/data/s{random.choice(places)}/b", "int") for _ in range(240)]
            local = self._job(f"near{number}", xml, [_line(one, one.answer(random)) for one in near], 60)
            anywhere = [Question(f"/data/s{random.randint(1, size.sections)}/b", "int") for _ in range(240)]
            far = self._job(f"far{number}", xml, [_line(one, one.answer(random)) for one in anywhere], 60)
            hub = Question(HUB, "one")
            wide = self._job(f"hub{number}", xml, [_line(hub, ("yes", "no")[turn % 2]) for turn in range(30)], 6)
            for engine in self.engines:
                if engine is self.engines[0] or number in self.plan.peer_growth:
                    self._keep_growth(engine, number, (local, wide, far))

    def _keep_growth(self, engine: Engine, number: int, jobs: Sequence[Job]) -> None:
        try:
            found = tuple(median(engine.run(job).answer_ms) for job in jobs)
        except EngineStoppedError as stopped:
            self.measured.stopped.append(f"{engine.name}, {number} questions: {stopped}")
        else:
            self.measured.growth.setdefault(engine.name, {})[number] = found


def journal(xml: bytes, size: Size, count: int) -> list[str]:
    """Answers at random, the same each time, to questions that are relevant when they are asked."""
    random = Random(3)
    entry = FormEntry.new(parse_form(xml), seed=1)
    asked = questions(size)
    lines: list[str] = []
    while len(lines) < count:
        question = random.choice(asked)
        if entry.is_relevant(question.ref):
            value = question.answer(random)
            entry.set_value(question.ref, value)
            checkpoint = "x" if (len(lines) + 1) % _CHECK_EVERY == 0 or len(lines) + 1 == count else ""
            lines.append(_line(question, value, checkpoint))
    return lines


def _line(question: Question, value: str, checkpoint: str = "") -> str:
    return f"{question.ref}\t{question.kind}\t{value}\t\t{checkpoint}"


def differences(mine: Result, other: Result, leaving_out: str | None = None) -> list[str]:
    """Where two engines do not tell the same values, relevance and numbers of choices."""
    found = [] if mine.offered == other.offered else ["numbers of choices"]
    for number, (one, two) in enumerate(zip(mine.states, other.states, strict=True)):
        for ref in sorted(one.keys() | two.keys()):
            compared = not ref.startswith("/data/meta/") and not (leaving_out and ref.endswith(leaving_out))
            if compared and one.get(ref) != two.get(ref):
                found.append(f"state {number}, {ref}: {one.get(ref)!r}, {two.get(ref)!r}")
    return found


def percentile(times: Sequence[float], share: float) -> float:
    """The smallest of the times that at least this share of them does not exceed."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, max(0, -int(-share * len(ordered) // 1) - 1))]


def _mid(results: Sequence[Result], pick: Callable[[Result], float]) -> float:
    return median(pick(result) for result in results)


def _answer(result: Result) -> float:
    return median(result.answer_ms)


def _p99(result: Result) -> float:
    return percentile(result.answer_ms, 0.99)


def promises(found: Measured) -> list[Promise]:
    """What was promised and what came of it."""
    return [*_agreements(found), *_answering(found), *_loading(found), *_wide_lists(found), *_growing(found)]


def _agreements(found: Measured) -> list[Promise]:
    lines: list[Promise] = []
    for name, results in found.answers.items():
        if name == "ours":
            continue
        mine = found.answers["ours"][0]
        off = differences(mine, results[0], STALE_IN_JAVAROSA if name == "JavaRosa" else None)
        if found.cascade.get(name):
            off += differences(found.cascade["ours"][0], found.cascade[name][0])
        values = sum(map(len, mine.states))
        told = f"{values} values" if not off else f"{len(off)} differ: {off[0]}"
        lines.append(Promise(f"the same values and relevance as {name}", told, "", "", not off, speed=False))
    return lines


def _answering(found: Measured) -> list[Promise]:
    mine = found.answers["ours"]
    middle, slow = _mid(mine, _answer), _mid(mine, _p99)
    lines: list[Promise] = []
    for name, goal in (("ODK Web Forms", 0.2), ("JavaRosa", None)):
        theirs = found.answers.get(name)
        text = f"one answer, median, at most {goal:.0%} of {name}" if goal else f"one answer, median, beside {name}"
        if not theirs:
            lines.append(Promise(text, _ms(middle), "", "", None))
            continue
        ratio = middle / _mid(theirs, _answer)
        kept = ratio <= goal if goal else None
        told = _ms(_mid(theirs, _answer))
        lines.append(Promise(text, _ms(middle), told, f"{ratio:.2f}", kept, promised=goal is not None))
    theirs = found.answers.get("ODK Web Forms", [])
    beside = _ms(_mid(theirs, _p99)) if theirs else ""
    ratio_text = f"{slow / _mid(theirs, _p99):.3f}" if theirs else ""
    lines.append(Promise("one answer, p99, under 5 ms (beside ODK Web Forms)", _ms(slow), beside, ratio_text, slow < 5))
    return lines


def _loading(found: Measured) -> list[Promise]:
    def process(result: Result) -> float:
        return result.process_ms

    def load(result: Result) -> float:
        return result.load_ms

    mine = found.starts["ours"]
    lines: list[Promise] = []
    for text, pick, name, other in (
        ("load, under JavaRosa's whole process", load, "JavaRosa", process),
        ("whole process with the load, beside JavaRosa's", process, "JavaRosa", process),
        ("load, beside ODK Web Forms", load, "ODK Web Forms", load),
    ):
        theirs = found.starts.get(name)
        own = _mid(mine, pick)
        if not theirs:
            lines.append(Promise(text, _ms(own), "", "", None))
            continue
        ratio = own / _mid(theirs, other)
        promised = name == "JavaRosa"
        lines.append(Promise(text, _ms(own), _ms(_mid(theirs, other)), f"{ratio:.2f}", ratio < 1, promised=promised))
    traced = found.memory.get("traced") or 0
    resident = found.memory.get("resident")
    also = "" if resident is None else f" ({resident / 1e6:.1f} MB resident)"
    text = "memory of the loaded form under 60 MB (tracemalloc, fresh process)"
    lines.append(Promise(text, f"{traced / 1e6:.1f} MB{also}", "", "", traced < 60e6, speed=False))
    return lines


def _wide_lists(found: Measured) -> list[Promise]:
    mine = found.cascade["ours"]
    slow = _mid(mine, lambda result: max(result.answer_ms))
    lines = [Promise("three-level cascade with its choices, slowest answer under 5 ms", _ms(slow), "", "", slow < 5)]
    for name, theirs in found.cascade.items():
        if name != "ours" and theirs:
            ratio = _mid(mine, _answer) / _mid(theirs, _answer)
            text = f"three-level cascade, median, beside {name}"
            beside = _ms(_mid(theirs, _answer))
            lines.append(Promise(text, _ms(_mid(mine, _answer)), beside, f"{ratio:.3f}", None, promised=False))
    return lines


def _growing(found: Measured) -> list[Promise]:
    mine = found.growth.get("ours", {})
    lines: list[Promise] = []
    smallest = min(mine)
    for number, (near, hub, far) in mine.items():
        factor = near / mine[smallest][0]
        for name, theirs in found.growth.items():
            if name != "ours" and number in theirs:
                beside = f"{_ms(theirs[number][0])}, {_ms(theirs[number][1])}"
                ratio = f"{near / theirs[number][0]:.2f}, {hub / theirs[number][1]:.2f}"
                text = f"{number} questions, the same two answers, beside {name}"
                lines.append(Promise(text, f"{_ms(near)}, {_ms(hub)}", beside, ratio, None, promised=False))
        text = f"{number} questions: an answer with the same few dependents costs at most twice that of {smallest}"
        lines.append(Promise(text, _ms(near), "", f"{factor:.2f}", factor <= 2))
        text = f"{number} questions: the same, jumping from section to section all over the form"
        lines.append(Promise(text, _ms(far), "", f"{far / mine[smallest][2]:.2f}", None, promised=False))
        each, base = hub / (number // 10), mine[smallest][1] / (smallest // 10)
        text = f"{number} questions: an answer with {number // 10} dependents costs no more for each"
        lines.append(
            Promise(text, f"{_ms(hub)}, {each * 1000:.1f} µs each", "", f"{each / base:.2f}", each <= 2 * base)
        )
    return lines


def _ms(value: float) -> str:
    return f"{value:.0f} ms" if value >= 100 else f"{value:.1f} ms" if value >= 10 else f"{value:.3f} ms"


def table(lines: Sequence[Promise], markdown: bool) -> str:
    """The promises as a text, or as Markdown for README.md."""
    rows = [("promise", "ours", "peer", "ratio", "verdict"), *(line.cells for line in lines)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    if markdown:
        written = ["| " + " | ".join(row) + " |" for row in rows]
        return "\n".join([written[0], "|---|---|---|---|---|", *written[1:]])
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _arguments(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="dev.py bench engine", description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="how often every engine takes its turn")
    parser.add_argument("--markdown", action="store_true", help="the table as README.md has it")
    parser.add_argument("--small", action="store_true", help="tiny sizes, to see that it works")
    parser.add_argument("--without-peers", action="store_true", help="our own engine alone")
    return parser.parse_args(given)


def main(given: Sequence[str] | None = None) -> int:
    """Measure and print; 1 when a promise broke that is not about speed."""
    chosen = _arguments(given)
    engines = [ours()]
    peers = [] if chosen.without_peers else [("ODK Web Forms", web_forms()), ("JavaRosa", javarosa())]
    for name, peer in peers:
        if isinstance(peer, str):
            print(f"SKIPPED {name}: {peer}")
        else:
            engines.append(peer)
    with tempfile.TemporaryDirectory() as folder:
        found = Workshop(Path(folder), SMALL if chosen.small else Plan(), engines).run(max(1, chosen.runs))
    lines = promises(found)
    print(table(lines, chosen.markdown))
    for stopped in dict.fromkeys(found.stopped):
        print(f"STOPPED {stopped}")
    broken = any(line.kept is False and not line.speed for line in lines)
    return 1 if broken or any(stopped.startswith("ours") for stopped in found.stopped) else 0


if __name__ == "__main__":
    sys.exit(main())
