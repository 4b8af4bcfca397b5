"""Coming down: new forms for new talks, catalogues that are checked before they replace, and half is nothing."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from intake_app.bootstrap import load_forms
from intake_app.catalogue.delivered import current_catalogue, take_in
from intake_app.domain.ids import FormId, FormVersion
from intake_app.errors import DiskFull
from intake_app.paths import resource_dir
from intake_app.services.form_updates import UpdateReport, update_forms
from intake_app.sync.downloads import Shelf
from intake_app.sync.form_list import FormDownload, MediaFile
from intake_app.sync.openrosa import OpenRosaServer
from intake_app.sync.trial_http import Drop, Fault
from intake_app.sync.trial_receiver import TrialReceiver
from tests.sync.evil import body, endless, evil_server
from tests.sync.helps import client

NEW = "2099010101"
IN_USE = load_forms()


def newer(form_id: str, version: str = NEW) -> bytes:
    xml = (resource_dir("forms", "compiled") / f"{form_id}.xml").read_bytes()
    return re.sub(rb'version="%s"' % IN_USE[form_id].version.encode(), b'version="%s"' % version.encode(), xml, count=1)


def snapshot(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def offered(tmp_path: Path) -> Path:
    folder = tmp_path / "offered"
    (folder / "status-media").mkdir(parents=True)
    (folder / "status.xml").write_bytes(newer("status"))
    return folder


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "reference"
    folder.mkdir()
    yield folder
    assert not list(folder.rglob("*.tmp"))


def fetch(server: OpenRosaServer, place: Path) -> UpdateReport:
    def take(tables: object) -> str:
        return take_in(tables, place, resource_dir("catalogue")).version  # type: ignore[arg-type]

    return update_forms(server, Shelf(place / "forms"), IN_USE, take)


def test_a_new_version_comes_in_and_nothing_is_fetched_twice(offered: Path, place: Path):
    with TrialReceiver(forms=offered) as receiver, client(receiver) as server:
        report = fetch(server, place)
        before = len(receiver.requests)
        again = fetch(server, place)

        assert {name: form.version for name, form in report.forms.items()} == {"status": NEW}
        assert (report.apart, report.problem, again) == ((), "", UpdateReport())
        asked_again = ["formList", "formList", f"{NEW}.xml", "manifest"]  # rows of lists change while forms stand
        assert [one.target.rsplit("/", 1)[-1] for one in receiver.requests[before:]] == asked_again
    kept = Shelf(place / "forms").newest("status")
    assert kept is not None
    assert (kept.xml, kept.version) == (newer("status"), NEW)


def test_older_versions_stay_beside_the_newer_one(offered: Path, place: Path):
    for version in (NEW, "2099010102"):
        (offered / "status.xml").write_bytes(newer("status", version))
        with TrialReceiver(forms=offered) as receiver, client(receiver) as server:
            fetch(server, place)

    assert [form.version for form in Shelf(place / "forms").kept()] == [NEW, "2099010102"]


def test_a_version_with_strange_letters_never_becomes_a_path(offered: Path, place: Path):
    (offered / "status.xml").write_bytes(newer("status", "../../x[encrypted:AaH/7UZj]"))
    with TrialReceiver(forms=offered) as receiver, client(receiver) as server:
        report = fetch(server, place)

    assert report.forms["status"].version == "../../x[encrypted:AaH/7UZj]"
    assert {path.name for path in (place / "forms").iterdir()} == {"000001", "list.json"}


def test_a_good_catalogue_replaces_and_a_bad_one_is_set_apart(offered: Path, place: Path):
    name = "offers.csv"
    good = (resource_dir("catalogue") / name).read_bytes()
    (offered / "status-media" / name).write_bytes(good)
    with TrialReceiver(forms=offered) as receiver, client(receiver) as server:
        report = fetch(server, place)
    assert report.catalogue
    in_use = current_catalogue(place)
    assert in_use is not None
    before = snapshot(in_use)

    (offered / "status-media" / name).write_bytes(b"id,label\nhalf")
    with TrialReceiver(forms=offered) as receiver, client(receiver) as server:
        bad = fetch(server, place)

    assert (bad.catalogue, [one.name for one in bad.apart]) == ("", ["catalogue"])
    assert bad.apart[0].code == "catalogue_invalid"
    assert snapshot(in_use) == before


def test_a_form_without_a_concept_that_the_app_needs_is_set_apart_and_the_others_come(offered: Path, place: Path):
    (offered / "plan.xml").write_bytes(newer("plan").replace(b":host=", b":other="))
    with TrialReceiver(forms=offered) as receiver, client(receiver) as server:
        report = fetch(server, place)

    assert set(report.forms) == {"status"}
    assert [(one.name, one.code) for one in report.apart] == [("plan", "form_invalid")]
    assert Shelf(place / "forms").newest("plan") is None


def test_other_bytes_under_a_version_we_have_are_set_apart(offered: Path, place: Path):
    with TrialReceiver(forms=offered) as receiver, client(receiver) as server:
        fetch(server, place)
    (offered / "status.xml").write_bytes(newer("status") + b"\n")
    with TrialReceiver(forms=offered) as receiver, client(receiver) as server:
        report = fetch(server, place)

    assert [one.code for one in report.apart] == ["form_version_taken"]
    assert len(Shelf(place / "forms").kept()) == 1


def test_forms_of_others_and_forms_that_are_no_longer_offered_change_nothing(offered: Path, place: Path):
    with TrialReceiver(forms=offered) as receiver, client(receiver) as server:
        fetch(server, place)
    before = snapshot(place / "forms" / "000001")
    (offered / "status.xml").write_bytes(newer("status").replace(b'id="status"', b'id="garden"'))
    with TrialReceiver(forms=offered) as receiver, client(receiver) as server:
        assert fetch(server, place) == UpdateReport()

    assert snapshot(place / "forms" / "000001") == before


@pytest.mark.parametrize("requests_before", range(4))
def test_a_line_that_breaks_at_any_request_changes_nothing(offered: Path, place: Path, requests_before: int):
    (offered / "status-media" / "offers.csv").write_bytes((resource_dir("catalogue") / "offers.csv").read_bytes())
    with TrialReceiver(forms=offered) as receiver, client(receiver) as server:
        receiver.fail_next(*[Fault(method="GET")] * requests_before, Fault(method="GET", drop=Drop.AFTER))
        report = fetch(server, place)

        assert report.problem == "server_unreachable"
        assert (report.forms, snapshot(place)) == ({}, {})
        assert fetch(server, place).catalogue


LIST = """<xforms xmlns="http://openrosa.org/xforms/xformsList"><xform><formID>status</formID><name>S</name>
<version>2099010101</version><downloadUrl>/form.xml</downloadUrl><manifestUrl>/manifest</manifestUrl></xform></xforms>"""
MANIFEST = """<manifest xmlns="http://openrosa.org/xforms/xformsManifest"><mediaFile><filename>{}</filename>
<hash>md5:0</hash><downloadUrl>{}</downloadUrl></mediaFile></manifest>"""
BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'


@pytest.mark.parametrize(
    "replies",
    [
        lambda: {"/formList": endless(b"x" * 65536)},
        lambda: {"/formList": body(BOMB)},
        lambda: {"/formList": body(b"", 302, Location="https://elsewhere.example/")},
        lambda: {"/formList": body(LIST.replace("/form.xml", "https://elsewhere.example/form.xml").encode())},
        lambda: {"/form.xml": body(BOMB)},
        lambda: {"/form.xml": endless(b"x" * 65536)},
        lambda: {"/form.xml": body(b"<data/>")},
        lambda: {"/form.xml": body(newer("plan"))},
        lambda: {"/manifest": body(MANIFEST.format("../../evil.csv", "/x.csv").encode())},
        lambda: {"/manifest": body(MANIFEST.format("offers.csv", "/x.csv").encode()), "/x.csv": body(b"other")},
        lambda: {"/manifest": body(MANIFEST.format("offers.csv", "/x.csv").encode()), "/x.csv": endless(b"x" * 65536)},
        lambda: {"/manifest": body(MANIFEST.format("offers.csv", "https://elsewhere.example/x").encode())},
    ],
    ids=[
        "endless-list", "bomb-list", "redirect", "form-elsewhere", "bomb-form", "endless-form", "no-form", "other-form",
        "traversal", "wrong-hash", "endless-file", "file-elsewhere",
    ],
)  # fmt: skip
def test_a_server_that_does_harm_changes_nothing_on_the_disk_and_is_told(replies: Callable[[], dict], place: Path):
    good = {"/formList": body(LIST.encode()), "/form.xml": body(newer("status")), "/manifest": body(b"<manifest/>")}
    with evil_server({**good, **replies()}) as address, OpenRosaServer(address, "t" * 64) as server:
        report = fetch(server, place)

    assert report.problem or report.apart
    assert report.forms == {}
    assert snapshot(place.parent) == {}


def test_a_full_disk_leaves_no_half_version(place: Path, monkeypatch: pytest.MonkeyPatch):
    shelf = Shelf(place / "forms")
    written = []

    def full_at_the_third(path: Path, content: bytes) -> None:
        written.append(path)
        if len(written) == 3:
            raise DiskFull
        path.write_bytes(content)

    monkeypatch.setattr("intake_app.sync.downloads.private_file", full_at_the_third)
    form = FormDownload(FormId("a"), FormVersion("1"), b"<a/>", "", True, (MediaFile("b.csv", b"1"),))
    with pytest.raises(DiskFull):
        shelf.add(form)

    assert shelf.kept() == ()
    assert snapshot(place) == {}


def test_a_version_that_was_damaged_on_the_disk_counts_as_not_there(offered: Path, place: Path):
    with TrialReceiver(forms=offered) as receiver, client(receiver) as server:
        fetch(server, place)
    (place / "forms" / "000001" / "form.xml").write_bytes(b"<half")

    assert Shelf(place / "forms").newest("status") is None


def test_a_form_that_was_replaced_long_ago_goes_unless_it_is_the_newest_or_still_needed(tmp_path: Path):
    shelf = Shelf(tmp_path / "forms")
    for version in ("1", "2", "3"):
        for form_id in ("intake", "plan"):
            shelf.add(FormDownload(FormId(form_id), FormVersion(version), b"<data/>", "", True))
    for path in (tmp_path / "forms").rglob("about.json"):
        os.utime(path, (1000, 1000))

    shelf.keep_only({("plan", "1")}, replaced_after=1000.0)
    assert len(shelf.kept()) == 6
    shelf.keep_only({("plan", "1")}, replaced_after=1001.0)

    assert [(form.form_id, form.version) for form in shelf.kept()] == [("plan", "1"), ("intake", "3"), ("plan", "3")]
