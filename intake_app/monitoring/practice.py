"""An invented region: people who do not exist, with talks and contacts over a period, the same for the same seed.

It comes as the tables that Central would give away and goes the same way as real ones. Nothing in it looks real:
numbers begin with OEFEN, places are called Verzonnen.
"""

from __future__ import annotations

import csv
import io
import random
import zipfile
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

from intake_app.domain.counting import GROUPS, JOBSEEKER, MIGRANT, PROGRESSION, Evidence, Period, add_months, quarter_of
from intake_app.monitoring.central import Row, evidence_of
from intake_app.monitoring.indicators import FOUND_US

PRACTICE = "practice"
USUAL_SIZE = 260
PLACES = ("Noord", "Oost", "Midden", "Zuid", "West", "Klein")
_WEIGHTS = (30, 24, 20, 14, 10, 2)
_OUTCOMES = ("work", "more_work", "education", "work_learning", "volunteer", "language_digital", "none", "unknown")
_SECTORS = ("care", "technology", "construction", "logistics", "green_food", "hospitality_cleaning_services")
_MUNICIPALITIES = ("winterswijk", "doetinchem", "berkelland", "aalten", "other")
_ALSO_NO_WORK = 0.6
_META = ("SubmissionDate", "meta-instanceID")
_AFTER = (
    "KEY", "SubmitterID", "SubmitterName", "AttachmentsPresent", "AttachmentsExpected", "Status", "ReviewState",
    "DeviceID", "Edits", "FormVersion",
)  # fmt: skip
_STATUS = (
    "kind", "location", "form_version", "participant_number", "talk_id", "talk_date", "finished_date", "talk_form",
    "state", "plan_handed_over", "guided", "outcome", "taster_attended", "days_to_first_step", "referrals_made",
    "referrals_arrived", "quarter", "counter", "count",
)  # fmt: skip
_FOLLOW_UP = (
    "participant_number", "talk_id", "location", "follow_up_date", "u01_reached", "u03_outcome", "u03b_start_month",
    "u05f_meter", "u07b_next_date", "u07c_closed",
)  # fmt: skip
_REPEATS = {
    "steps": ("step_id", "step_label", "u02_steps", "u02b_done_date"),
    "tasters": ("taster_id", "taster_label", "u04_taster_attended"),
    "referrals": ("referral_id", "u06_referral_arrived"),
}

Tables = dict[str, list[Row]]


def practice_region(period: Period, *, size: int = USUAL_SIZE, seed: int = 1) -> Evidence:
    """An invented region of `size` people, as evidence; marked as practice."""
    return evidence_of(practice_tables(period, size=size, seed=seed), sources=(PRACTICE,), practice=True)


def practice_tables(period: Period, *, size: int, seed: int = 1) -> Tables:
    """The same as tables: `status`, `follow_up` and its repeats."""
    return _Region(period, random.Random(seed), random.Random(seed)).made(size)


def write_export(tables: Mapping[str, list[Row]], path: Path) -> None:
    """Write tables as one ZIP, laid out as an export of Central."""
    columns = {
        "status": (*_META, *_STATUS, *_AFTER),
        "follow_up": (*_META, *_FOLLOW_UP, *_AFTER),
        **{f"follow_up-{name}": (*fields, "PARENT_KEY", "KEY") for name, fields in _REPEATS.items()},
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in tables.items():
            text = io.StringIO(newline="")
            writer = csv.DictWriter(text, columns[name], restval="", extrasaction="ignore", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
            archive.writestr(f"{name}.csv", text.getvalue())


class _Region:
    def __init__(self, period: Period, chance: random.Random, homes: random.Random) -> None:
        self._period, self._chance, self._homes = period, chance, homes
        self._tables: Tables = {"status": [], "follow_up": [], **{f"follow_up-{name}": [] for name in _REPEATS}}
        self._tally: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self._made = 0

    def made(self, size: int) -> Tables:
        """Everybody of the region, then the tallies of its places."""
        for number in range(1, size + 1):
            self._person(f"OEFEN-{number:05d}")
        for (place, quarter), counts in sorted(self._tally.items()):
            for counter, count in sorted(counts.items()):
                self._add("status", kind="tally", location=place, quarter=quarter, counter=counter, count=str(count))
        return self._tables

    def _happens(self, percent: float) -> bool:
        return self._chance.random() * 100 < percent

    def _key(self) -> str:
        self._made += 1
        return f"uuid:oefening-{self._made:06d}"

    def _add(self, table: str, **content: str) -> str:
        key = self._key()
        self._tables[table].append({"KEY": key, "meta-instanceID": key, **content})
        return key

    def _person(self, number: str) -> None:
        days = (self._period.last - self._period.first).days
        day = self._period.first + timedelta(days=self._chance.randint(0, days))
        place = f"Verzonnen {self._chance.choices(PLACES, _WEIGHTS)[0]}"
        counted = self._happens(84)
        talks = [day]
        if self._happens(7):
            talks.append(day + timedelta(days=self._chance.randint(20, 200)))
        for on in talks:
            self._talk(number, place, on, counted)
        if counted:
            self._contacts(number, place, day)

    def _talk(self, number: str, place: str, day: date, counted: bool) -> None:
        state = "complete" if self._happens(93) else "stopped_by_participant"
        form = self._chance.choice(("short", "full"))
        self._add(
            "status",
            kind="talk",
            location=place,
            participant_number=number,
            talk_id=f"oefening-{number}-{day:%Y%m%d}",
            talk_date=day.isoformat(),
            finished_date=day.isoformat(),
            talk_form=form,
            state=state,
            plan_handed_over="yes" if self._happens(95) else "",
            guided="no" if counted else "",
            referrals_made=str(self._chance.choice((0, 0, 1, 1, 2))) if counted else "",
        )
        tally = self._tally[place, quarter_of(day)]
        if self._happens(30):
            tally["one_question"] += 1
        if counted:
            self._count(tally, form)
        else:
            tally["talks_without_c2_or_c6"] += 1

    def _count(self, tally: Counter[str], form: str) -> None:
        chance = self._chance
        tally["talks"] += 1
        tally[f"talk_form:{form}"] += 1
        group = chance.choices(GROUPS, (36, 36, 24, 4))[0]
        if self._happens(92):
            tally[f"group:{group}"] += 1
            tally[f"lives:{self._homes.choices(_MUNICIPALITIES, (26, 18, 9, 5, 2))[0]}.{group}"] += 1
            if group == MIGRANT and self._homes.random() < _ALSO_NO_WORK:
                tally[f"also:{JOBSEEKER}"] += 1
            for sector in chance.sample(_SECTORS, 3):
                tally[f"suggested:{group}.{sector}"] += 1
        if self._happens(45):
            tally["other_language:yes"] += 1
            help_there = chance.choices(("interpreter", "needed_not_here", ""), (50, 10, 40))[0]
            tally.update([f"{help_there}:yes"] if help_there else [])
        if form == "full":
            tally[f"found_us:{chance.choices(FOUND_US, (20, 14, 14, 6, 5, 3, 12, 10, 6, 8, 2))[0]}"] += 1
            tally[f"useful:{chance.choices(range(1, 6), (1, 3, 12, 44, 40))[0]}"] += 1
            tally[f"know_place:{chance.choices(('yes', 'partly', 'no'), (76, 18, 6))[0]}"] += 1
        tally[f"low_level:{'yes' if self._happens(64) else 'no'}"] += 1
        if self._happens(55):
            tally["measured:yes"] += 1
            tally.update(["grown:yes"] if self._happens(48) else [])
        if self._happens(1):
            tally["trained"] += 1

    def _contacts(self, number: str, place: str, day: date) -> None:
        moved, first = "", True
        for due in (day + timedelta(days=14), *(add_months(day, months) for months in (3, 6, 12))):
            on = due + timedelta(days=self._chance.randint(0, 9))
            if on > self._period.as_of or self._happens(8):
                continue
            reached = self._happens(84)
            if reached and not moved and self._happens(34):
                moved = self._chance.choice(sorted(PROGRESSION))
            outcome = moved or self._chance.choice([one for one in _OUTCOMES if one not in PROGRESSION])
            month = on.replace(day=1).isoformat() if moved and self._happens(60) else ""
            key = self._add(
                "follow_up",
                participant_number=number,
                location=place,
                follow_up_date=on.isoformat(),
                u01_reached="yes" if reached else "no",
                u03_outcome=outcome if reached and self._happens(90) else "",
                u03b_start_month=month if reached else "",
            )
            if reached:
                self._told(key, day, on, first=first)
                first = False

    def _told(self, key: str, talk: date, on: date, *, first: bool) -> None:
        done = self._happens(70 if first else 40)
        step_day = talk + timedelta(days=self._chance.randint(0, max(0, (on - talk).days)))
        self._row(
            "steps", key, u02_steps="done" if done else "busy", u02b_done_date=step_day.isoformat() if done else ""
        )
        if self._happens(30):
            self._row("tasters", key, u04_taster_attended="yes" if self._happens(60) else "no")
        if first:
            self._row("referrals", key, u06_referral_arrived="yes" if self._happens(66) else "no")

    def _row(self, repeat: str, parent: str, **content: str) -> None:
        rows = self._tables[f"follow_up-{repeat}"]
        rows.append({"KEY": f"{parent}/{repeat}[{len(rows) + 1}]", "PARENT_KEY": parent, **content})
