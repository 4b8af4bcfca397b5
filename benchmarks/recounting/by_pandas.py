"""The indicators once more, by another way: pandas over the CSV files, knowing nothing of the program.

Written from DOMAIN 7.2 alone. It hides nothing.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

import pandas as pd

FIRST, LAST = pd.Timestamp("2027-01-01"), pd.Timestamp("2028-12-31")
MOVED = ["work", "more_work", "education", "work_learning"]


def tables(path: Path) -> dict[str, pd.DataFrame]:
    """Every CSV of an export, as texts."""
    with zipfile.ZipFile(path) as archive:
        return {
            name.removesuffix(".csv"): pd.read_csv(archive.open(name), dtype=str, keep_default_na=False)
            for name in archive.namelist()
        }


def indicators(path: Path, as_of: str) -> dict[str, float]:
    """Every figure by `indicator.figure`; shares as `indicator.figure.of` beside it."""
    found = tables(path)
    status = found["status"]
    return {
        **_people(status[status["kind"] == "talk"], found, pd.Timestamp(as_of)),
        **_tally(status, pd.Timestamp(as_of)),
    }


def _people(talks: pd.DataFrame, found: dict[str, pd.DataFrame], as_of: pd.Timestamp) -> dict[str, float]:
    talks = talks.assign(day=pd.to_datetime(talks["finished_date"]))
    talks = talks[(talks["guided"] != "") & talks["day"].between(FIRST, min(LAST, as_of))]
    calls = found["follow_up"]
    calls = calls.assign(on=pd.to_datetime(calls["follow_up_date"]), began=pd.to_datetime(calls["u03b_start_month"]))
    calls = calls[(calls["u01_reached"] == "yes") & (calls["on"] <= as_of)]
    calls = calls[calls["participant_number"].isin(talks["participant_number"])]
    pairs = talks.merge(calls, on="participant_number", suffixes=("", "_call"))
    soon = pairs[(pairs["on"] >= pairs["day"]) & ((pairs["on"] - pairs["day"]).dt.days <= 90)]
    soon = soon[(soon["state"] == "complete") & (soon["plan_handed_over"] == "yes")]
    guided = soon.groupby("participant_number")["day"].min().rename("intake").reset_index()
    pilot = talks[talks["day"] <= "2027-06-30"]["participant_number"].nunique()
    numbers: dict[str, float] = {"ind01.count": len(guided), "ind03.count": pilot}
    told = guided.merge(calls, on="participant_number")
    told = told[told["u03_outcome"].isin(MOVED)]
    began = told["began"].fillna(told["on"])
    month = told["intake"].dt.to_period("M").dt.to_timestamp()
    for months in (3, 6, 12):
        old = guided["intake"] + pd.DateOffset(months=months) <= as_of
        within = (began >= month) & (began <= told["intake"] + pd.DateOffset(months=months))
        moved = told[within]["participant_number"].unique()
        numbers[f"ind04.months_{months}"] = guided[old]["participant_number"].isin(moved).sum()
        numbers[f"ind04.months_{months}.of"] = old.sum()
    return numbers | _things(talks, calls, found)


def _things(talks: pd.DataFrame, calls: pd.DataFrame, found: dict[str, pd.DataFrame]) -> dict[str, float]:
    tasters = found["follow_up-tasters"]
    gone = tasters[tasters["u04_taster_attended"] == "yes"]["PARENT_KEY"]
    arrivals = found["follow_up-referrals"]
    arrivals = arrivals[(arrivals["u06_referral_arrived"] == "yes") & arrivals["PARENT_KEY"].isin(calls["KEY"])]
    person = calls.set_index("KEY")["participant_number"]
    made = talks.assign(made=talks["referrals_made"].astype(int)).groupby("participant_number")["made"].sum()
    arrived = arrivals["PARENT_KEY"].map(person).value_counts().reindex(made.index, fill_value=0)
    steps = found["follow_up-steps"]
    steps = steps[(steps["u02_steps"] == "done") & steps["PARENT_KEY"].isin(calls["KEY"])]
    done = pd.to_datetime(steps["u02b_done_date"]).groupby(steps["PARENT_KEY"].map(person)).min()
    first = talks.groupby("participant_number")["day"].min().reindex(done.index)
    days = (done - first).dt.days.clip(lower=0)
    return {
        "ind05.count": calls[calls["KEY"].isin(gone)]["participant_number"].nunique(),
        "ind09.arrived": arrived.clip(upper=made).sum(),
        "ind09.arrived.of": made.sum(),
        "ind12.median": float(days.median()),
        "ind12.median.of": len(days),
    }


def _tally(status: pd.DataFrame, as_of: pd.Timestamp) -> dict[str, float]:
    tally = status[status["kind"] == "tally"]
    start = pd.PeriodIndex(tally["quarter"].str.replace("-", ""), freq="Q").start_time.to_series(index=tally.index)
    tally = tally[start.between(FIRST, min(LAST, as_of))]
    sums = tally["count"].astype(int).groupby(tally["counter"]).sum()

    def of(*names: str) -> int:
        return int(sum(sums.get(name, 0) for name in names))

    groups = ("migrant", "jobseeker_distance", "employed_upskill", "other")
    ways = [name for name in sums.index if name.startswith("found_us:")]
    scores = {n: of(f"useful:{n}") for n in range(1, 6)}
    answered = sum(scores.values())
    talks = of("talks")
    numbers: dict[str, float] = {f"ind02.{group}": of(f"group:{group}") for group in groups}
    numbers |= {"ind02.total": talks, "ind02.not_asked": talks - sum(numbers.values())}
    numbers |= {f"ind10.{name.removeprefix('found_us:')}": of(name) for name in ways} | {"ind10.total": of(*ways)}
    numbers |= {f"ind11.{one}": of(f"{one}:yes") for one in ("other_language", "interpreter", "needed_not_here")}
    numbers |= {f"{name}.of": talks for name in numbers if name.startswith(("ind02", "ind11"))}
    numbers |= {f"{name}.of": of(*ways) for name in numbers if name.startswith("ind10")}
    return numbers | {
        "ind06.grown": of("grown:yes"),
        "ind06.grown.of": of("measured:yes"),
        "ind07.yes": of("know_place:yes"),
        "ind07.yes.of": of("know_place:yes", "know_place:partly", "know_place:no"),
        "ind08.mean": round(sum(n * count for n, count in scores.items()) / answered, 1),
        "ind08.mean.of": answered,
        "ind08.high": scores[4] + scores[5],
        "ind08.high.of": answered,
        "ind10.low_level": of("low_level:yes"),
        "ind10.low_level.of": of("low_level:yes", "low_level:no"),
        "ind13.count": of("trained"),
        "not_counted": of("talks_without_c2_or_c6"),
        "one_question": of("one_question"),
    }
