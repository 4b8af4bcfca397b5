"""The forms `status` and `follow_up` as Central gives them away: CSV files in a ZIP, one for the form, one per repeat.

Columns, as ODK Central 2025 writes them: `SubmissionDate, meta-instanceID, <fields>, KEY, SubmitterID, SubmitterName,
AttachmentsPresent, AttachmentsExpected, Status, ReviewState, DeviceID, Edits, FormVersion`; fields inside a group carry
its name and a hyphen in front; a repeat is `FORM-REPEAT.csv` with `<fields>, PARENT_KEY, KEY`. Only the present version
of an edited record is in it.
"""

from __future__ import annotations

import csv
import hashlib
import io
import secrets
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from intake_app.domain.counting import Contact, CountedTalk, Evidence, TallyCount, quarter_start
from intake_app.errors import FileMissing, ReportSourceWrong

MOST_BYTES = 200 * 2**20
"""Of one unpacked file: more than ten thousand times the programme; a bomb would be larger."""
CENTRAL = "central"
_REJECTED = "rejected"
_SEALED = frozenset({"notDecrypted", "not decrypted"})
_OUTSIDE = frozenset({"meta-instanceID", "KEY", "PARENT_KEY"})

Row = dict[str, str]


def read_exports(paths: Iterable[Path]) -> Evidence:
    """What one or more exports tell. Raises FileMissing, ReportSourceWrong."""
    tables: dict[str, list[Row]] = defaultdict(list)
    for path in paths:
        for name, rows in _tables(path):
            tables[name] += rows
    if "status" not in tables:
        raise ReportSourceWrong(file="status.csv", problem="missing", row=0)
    return evidence_of(tables, sources=(CENTRAL,))


def evidence_of(tables: Mapping[str, list[Row]], *, sources: tuple[str, ...], practice: bool = False) -> Evidence:
    """Talks, contacts and tally counts of tables that were read. Raises ReportSourceWrong."""
    reader = _Reader(tables)
    return Evidence(*reader.evidence(), sources=sources, practice=practice)


def _tables(path: Path) -> Iterator[tuple[str, list[Row]]]:
    if not path.is_file():
        raise FileMissing(path=path.name)
    try:
        with zipfile.ZipFile(path) as archive:
            for info in archive.infolist():
                name = Path(info.filename)
                if info.is_dir() or name.suffix.lower() != ".csv" or "media" in name.parts:
                    continue
                if info.file_size > MOST_BYTES:
                    raise ReportSourceWrong(file=name.name, problem="too_large", row=0)
                with archive.open(info) as raw:
                    yield name.stem, list(_rows(raw.read(MOST_BYTES + 1), name.name))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as problem:
        raise ReportSourceWrong(file=path.name, problem="no_zip", row=0) from problem


def _rows(raw: bytes, name: str) -> Iterator[Row]:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise ReportSourceWrong(file=name, problem="not_utf8", row=0) from problem
    reader = csv.DictReader(io.StringIO(text, newline=""))
    columns = reader.fieldnames or []
    if "KEY" not in columns:
        raise ReportSourceWrong(file=name, problem="no_key", row=1)
    names = {column: column if column in _OUTSIDE else column.rsplit("-", 1)[-1] for column in columns}
    try:
        for row in reader:
            yield {names[column]: (value or "").strip() for column, value in row.items() if column in names}
    except csv.Error as problem:
        raise ReportSourceWrong(file=name, problem="no_csv", row=reader.line_num) from problem


class _Reader:
    """Joins the tables. Participant numbers are mixed with a secret of this run: nothing afterwards knows them."""

    def __init__(self, tables: Mapping[str, list[Row]]) -> None:
        self._tables = tables
        self._salt = secrets.token_bytes(16)
        self._children: dict[str, dict[str, list[Row]]] = {}
        for name in ("steps", "tasters", "referrals"):
            found: dict[str, list[Row]] = defaultdict(list)
            for row in tables.get(f"follow_up-{name}", ()):
                found[row.get("PARENT_KEY", "")].append(row)
            self._children[name] = found

    def evidence(self) -> tuple[tuple[CountedTalk, ...], dict[str, tuple[Contact, ...]], tuple[TallyCount, ...]]:
        """Talks, contacts by person, tally counts."""
        talks, tally = [], []
        contacts: dict[str, list[Contact]] = defaultdict(list)
        for form in ("status", "follow_up"):
            for place, row in self._good(form):
                try:
                    if form == "follow_up":
                        contacts[self._person(row)].append(self._contact(row))
                    elif row.get("kind") == "tally":
                        tally.append(_tally(row))
                    elif row.get("kind") == "talk":
                        talks.append(self._talk(row))
                except (ValueError, KeyError) as problem:
                    raise ReportSourceWrong(file=f"{form}.csv", problem="unreadable", row=place) from problem
        return tuple(talks), {person: tuple(found) for person, found in contacts.items()}, tuple(tally)

    def _good(self, form: str) -> Iterator[tuple[int, Row]]:
        """Records that count, with their line: not set aside by the centre, readable, each once."""
        seen: set[str] = set()
        for place, row in enumerate(self._tables.get(form, ()), 2):
            if row.get("ReviewState") == _REJECTED or row["KEY"] in seen:
                continue
            if row.get("Status") in _SEALED:
                raise ReportSourceWrong(file=f"{form}.csv", problem="sealed", row=place)
            seen.add(row["KEY"])
            yield place, row

    def _person(self, row: Row) -> str:
        number = row.get("participant_number") or row["KEY"]
        return hashlib.blake2b(number.encode(), key=self._salt, digest_size=16).hexdigest()

    def _talk(self, row: Row) -> CountedTalk:
        finished = row.get("finished_date") or row.get("talk_date", "")
        days = row.get("days_to_first_step", "")
        return CountedTalk(
            person=self._person(row),
            location=row.get("location", ""),
            finished=date.fromisoformat(finished),
            talk_form=row.get("talk_form", ""),
            state=row.get("state", ""),
            handed_over=row.get("plan_handed_over") == "yes",
            counted=bool(row.get("guided")),
            guided=row.get("guided") == "yes",
            outcome=row.get("outcome", ""),
            taster=row.get("taster_attended") == "yes",
            first_step_days=int(days) if days else None,
            referrals=int(row.get("referrals_made") or 0),
            arrived=int(row.get("referrals_arrived") or 0),
        )

    def _contact(self, row: Row) -> Contact:
        key = row["KEY"]
        month = row.get("u03b_start_month", "")
        return Contact(
            day=date.fromisoformat(row["follow_up_date"]),
            reached=row.get("u01_reached") == "yes",
            outcome=row.get("u03_outcome", ""),
            outcome_month=date.fromisoformat(month).replace(day=1) if month else None,
            attended=sum(one.get("u04_taster_attended") == "yes" for one in self._children["tasters"][key]),
            arrived=sum(one.get("u06_referral_arrived") == "yes" for one in self._children["referrals"][key]),
            steps_done=tuple(
                date.fromisoformat(one["u02b_done_date"])
                for one in self._children["steps"][key]
                if one.get("u02_steps") == "done" and one.get("u02b_done_date")
            ),
        )


def _tally(row: Row) -> TallyCount:
    quarter_start(row["quarter"])
    return TallyCount(row.get("location", ""), row["quarter"], row["counter"], int(row["count"]))
