"""Exports of the central server: as Central lays them out, and what is refused."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from intake_app.errors import FileMissing, ReportSourceWrong
from intake_app.monitoring.central import read_exports
from intake_app.monitoring.practice import practice_tables, write_export
from tests.monitoring.people import TWO_YEARS

HEAD = (
    "SubmissionDate,meta-instanceID,kind,location,participant_number,finished_date,state,plan_handed_over,guided,"
    "referrals_made,quarter,counter,count,KEY,SubmitterID,SubmitterName,AttachmentsPresent,AttachmentsExpected,Status,"
    "ReviewState,DeviceID,Edits,FormVersion"
)
TAIL = "uuid:{n},5,Laptop 3,0,0,{status},{review},dev,0,2026112101"
TALK = "2027-03-10T09:00:00.000Z,uuid:{n},talk,Groenlo,4711-2085,2027-03-10,complete,yes,no,1,,,," + TAIL
COUNT = "2027-04-01T09:00:00.000Z,uuid:{n},tally,Groenlo,,,,,,,2027-Q1,talks,7," + TAIL
CALL_HEAD = (
    "SubmissionDate,meta-instanceID,participant_number,follow_up_date,u01_reached,u03_outcome,u03b_start_month,KEY,"
    "SubmitterID,SubmitterName,AttachmentsPresent,AttachmentsExpected,Status,ReviewState,DeviceID,Edits,FormVersion"
)
CALL = "2027-04-02T09:00:00.000Z,uuid:f1,4711-2085,2027-04-02,yes,work,2027-04-15,uuid:f1,5,x,0,0,,,,0,1"


def line(text: str, n: int, status: str = "", review: str = "") -> str:
    return text.format(n=n, status=status, review=review)


def export(folder: Path, **files: list[str]) -> Path:
    path = folder / f"export-{len(list(folder.iterdir()))}.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, lines in files.items():
            archive.writestr(f"{name.replace('__', '-')}.csv", "\n".join(lines) + "\n")
    return path


def test_talks_contacts_and_tallies_come_out_of_files_as_central_writes_them(tmp_path: Path) -> None:
    first = export(tmp_path, status=[HEAD, line(TALK, 1), line(COUNT, 2)])
    second = export(
        tmp_path,
        follow_up=[CALL_HEAD, CALL],
        follow_up__steps=[
            "step_id,u02_steps,u02b_done_date,PARENT_KEY,KEY",
            "1,done,2027-03-20,uuid:f1,uuid:f1/steps[1]",
        ],
        follow_up__referrals=["referral_id,u06_referral_arrived,PARENT_KEY,KEY", "1,yes,uuid:f1,uuid:f1/referrals[1]"],
        follow_up__tasters=["taster_id,u04_taster_attended,PARENT_KEY,KEY", "t,no,uuid:f1,uuid:f1/tasters[1]"],
    )
    evidence = read_exports([first, second])
    (talk,) = evidence.talks
    ((person, (contact,)),) = evidence.contacts.items()
    assert person == talk.person
    assert "4711" not in talk.person
    assert (talk.location, talk.handed_over, talk.counted, talk.guided, talk.referrals) == (
        "Groenlo",
        True,
        True,
        False,
        1,
    )
    assert (contact.outcome, contact.arrived, contact.attended) == ("work", 1, 0)
    assert contact.outcome_month is not None
    assert contact.outcome_month.day == 1
    assert [day.isoformat() for day in contact.steps_done] == ["2027-03-20"]
    assert [(one.counter, one.count) for one in evidence.tally] == [("talks", 7)]


def test_the_same_number_gives_another_person_in_every_run(tmp_path: Path) -> None:
    path = export(tmp_path, status=[HEAD, line(TALK, 1)])
    assert read_exports([path]).talks[0].person != read_exports([path]).talks[0].person


def test_a_record_in_two_exports_counts_once_and_a_rejected_one_not_at_all(tmp_path: Path) -> None:
    one = export(tmp_path, status=[HEAD, line(TALK, 1), line(TALK, 2, review="rejected")])
    two = export(tmp_path, status=[HEAD, line(TALK, 1), line(TALK, 3, review="hasIssues")])
    assert len(read_exports([one, two]).talks) == 2


def test_a_record_of_another_kind_is_neither_a_talk_nor_a_count(tmp_path: Path) -> None:
    evidence = read_exports([export(tmp_path, status=[HEAD, line(TALK.replace(",talk,", ",caseload,"), 1)])])
    assert (evidence.talks, evidence.tally) == ((), ())


def test_fields_in_a_group_are_found_by_their_own_name(tmp_path: Path) -> None:
    head = HEAD.replace(",kind,", ",about-kind,").replace(",guided,", ",flags-more-guided,")
    assert read_exports([export(tmp_path, status=[head, line(TALK, 1)])]).talks[0].counted


def test_a_byte_order_mark_and_windows_lines_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("status.csv", "\ufeff" + "\r\n".join([HEAD, line(TALK, 1)]) + "\r\n")
        archive.writestr("media/status.csv", "not this one")
    assert len(read_exports([path]).talks) == 1


def test_an_invented_region_written_as_an_export_reads_back_the_same(tmp_path: Path) -> None:
    tables = practice_tables(TWO_YEARS, size=50)
    write_export(tables, tmp_path / "export.zip")
    evidence = read_exports([tmp_path / "export.zip"])
    talks = [row for row in tables["status"] if row["kind"] == "talk"]
    assert len(evidence.talks) == len(talks)
    assert sum(map(len, evidence.contacts.values())) == len(tables["follow_up"])


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        read_exports([tmp_path / "nothing.zip"])


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ({"follow_up": [CALL_HEAD, CALL]}, "missing"),
        ({"status": ["kind,location", "talk,Groenlo"]}, "no_key"),
        ({"status": [HEAD, line(TALK, 1, status="notDecrypted")]}, "sealed"),
        ({"status": [HEAD, line(TALK.replace("2027-03-10,complete", "10 maart,complete"), 1)]}, "unreadable"),
        ({"status": [HEAD, line(COUNT.replace("2027-Q1", "Q1"), 1)]}, "unreadable"),
        ({"status": [HEAD, line(COUNT.replace(",7,", ",zeven,"), 1)]}, "unreadable"),
    ],
)
def test_what_cannot_be_counted_is_refused_with_its_file_and_line(
    tmp_path: Path, files: dict[str, list[str]], problem: str
) -> None:
    with pytest.raises(ReportSourceWrong) as refused:
        read_exports([export(tmp_path, **files)])
    assert refused.value.params["problem"] == problem
    assert "4711" not in str(refused.value)


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04 broken", b"SubmissionDate,KEY\n"])
def test_a_file_that_is_no_zip_is_refused(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "export.zip"
    path.write_bytes(raw)
    with pytest.raises(ReportSourceWrong) as refused:
        read_exports([path])
    assert refused.value.params["problem"] == "no_zip"


def test_other_letters_than_utf8_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("status.csv", f"{HEAD}\n{line(TALK, 1)}".replace("Groenlo", "Groenlö").encode("latin-1"))
    with pytest.raises(ReportSourceWrong) as refused:
        read_exports([path])
    assert refused.value.params["problem"] == "not_utf8"
