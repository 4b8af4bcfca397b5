"""`report`: the indicators of DOMAIN 7 as JSON, CSV, XLSX or a page of paper."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from intake_app.domain.clock import SystemClock
from intake_app.domain.counting import Period, usual_period
from intake_app.domain.report import Report
from intake_app.paths import default_data_dir, resource_dir

if TYPE_CHECKING:
    from argparse import _SubParsersAction

FORMATS = ("json", "csv", "xlsx", "pdf")
LOCAL = "local"
LARGEST = 100_000


def add_parser(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommand; `handler` of its arguments runs it."""
    parser = subparsers.add_parser(
        "report",
        help="the indicators, counts only, small numbers hidden",
        description="Counts of this laptop (with INTAKE_PASSPHRASE or a prompt), of exports of the central server, or "
        "of an invented region with --practice. Nothing about single people comes out of it.",
    )
    parser.add_argument("--from", dest="first", type=date.fromisoformat, metavar="D", help="first day (ISO 8601)")
    parser.add_argument("--to", dest="last", type=date.fromisoformat, metavar="D", help="last day, included")
    parser.add_argument("--as-of", type=date.fromisoformat, metavar="D", help="as it stood on this day (today)")
    parser.add_argument("--location", default="", metavar="NAME", help="only this place")
    source = parser.add_mutually_exclusive_group()
    source.add_argument(
        "--source", nargs="+", default=[LOCAL], metavar="SOURCE", help="local, or ZIP files of Central's CSV export"
    )
    source.add_argument("--practice", action="store_true", help="an invented region")
    parser.add_argument("--size", type=_size, default=260, metavar="N", help="people in the invented region")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="another invented region")
    parser.add_argument("--format", choices=FORMATS, default="json", help="json unless told otherwise")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write to a file; needed for xlsx and pdf")
    parser.set_defaults(handler=run)


def run(arguments: argparse.Namespace) -> int:
    """Print or write the report. Raises FileMissing, ReportSourceWrong, UnknownName, WrongPassphrase, StoreMissing."""
    period = _period(arguments)
    if period.last < period.first:
        print("report: --to lies before --from", file=sys.stderr)
        return 2
    if arguments.output is None and arguments.format in ("xlsx", "pdf") and sys.stdout.isatty():
        print("report: name a file with -o", file=sys.stderr)
        return 2
    raw = rendered(_report(arguments, period), arguments.format)
    if arguments.output is not None:
        arguments.output.write_bytes(raw)
        print(arguments.output)
    else:
        sys.stdout.buffer.write(raw)
    return 0


def rendered(report: Report, kind: str) -> bytes:
    """A report in one of the formats."""
    from intake_app.i18n.report_texts import figure_name, indicator_text
    from intake_app.monitoring.exports import to_csv, to_json, to_xlsx

    def words(indicator: str, figure: str) -> tuple[str, str]:
        return indicator_text(indicator)[0], figure_name(indicator, figure)

    if kind == "json":
        return to_json(report, words).encode() + b"\n"
    if kind == "csv":
        return to_csv(report, words).encode()
    if kind == "xlsx":
        return to_xlsx(report, words, SystemClock().now())
    from intake_app.plan.report_sheet import render_report

    return render_report(report, resource_dir())


def _period(arguments: argparse.Namespace) -> Period:
    as_of = arguments.as_of or SystemClock().today()
    usual = usual_period(as_of)
    return Period(arguments.first or usual.first, arguments.last or usual.last, as_of)


def _report(arguments: argparse.Namespace, period: Period) -> Report:
    from intake_app.services.indicators import practice_report, report_of, report_of_exports

    if arguments.practice:
        return practice_report(period, size=arguments.size, seed=arguments.seed, location=arguments.location)
    if arguments.source != [LOCAL]:
        return report_of_exports([Path(name) for name in arguments.source], period, location=arguments.location)
    from intake_app.bootstrap import store_gate
    from intake_app.commands.send import ask_passphrase

    store = store_gate(arguments.data_dir or default_data_dir()).unlock(ask_passphrase())
    try:
        return report_of(store, period, location=arguments.location)
    finally:
        store.close()


def _size(text: str) -> int:
    size = int(text)
    if not 0 < size <= LARGEST:
        raise argparse.ArgumentTypeError(f"{size} is no size: choose 1 to {LARGEST}")
    return size
