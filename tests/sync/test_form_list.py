"""Blank forms and their files: fetched whole, checked, and never written outside their folder."""

from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.errors import DownloadDamaged, NotTheServer, ServerRefused
from intake_app.sync.form_list import FormListEntry, check_media_name, md5_of, read_form_list, read_manifest
from intake_app.sync.openrosa import OpenRosaServer
from intake_app.sync.trial_http import Drop, Fault
from intake_app.sync.trial_receiver import TrialReceiver
from tests.sync.helps import client

FORM = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head>
<h:title>{title}</h:title><model><itext><translation lang="nl"><text id="a"><value form="image">jr://images/pan.svg</value>
<value form="audio"> jr://audio/pan.mp3 </value></text></translation></itext>
<instance><data id="{form_id}" version="{version}"/></instance>
<instance id="offers" src="jr://file-csv/offers.csv"/><instance id="last" src="jr://instance/last-saved"/>
</model></h:head><h:body/></h:html>"""


@pytest.fixture
def forms(tmp_path: Path) -> Path:
    (tmp_path / "published").mkdir()
    for place, form_id, version in (
        ("intake.xml", "intake", "3 & <more>"),
        ("published/intake-2.xml", "intake", "2"),
        ("status.xml", "status/one", ""),
    ):
        (tmp_path / place).write_text(FORM.format(form_id=form_id, version=escape(version), title="Talk"))
    (tmp_path / "note.xml").write_text("<note/>")
    media = tmp_path / "intake-media"
    (media / "sub").mkdir(parents=True)
    (media / "offers.csv").write_bytes("name,label\nx,Küche\n".encode())
    (media / "sub" / "pan.svg").write_bytes(b"<svg/>")
    return tmp_path


def entry_of(server: OpenRosaServer, form_id: str) -> FormListEntry:
    offered = server.form_list()
    assert offered is not None
    return next(entry for entry in offered.entries if entry.form_id == form_id)


def test_the_newest_version_of_each_form_is_offered_with_its_hash(forms: Path):
    with TrialReceiver(forms=forms) as receiver, client(receiver) as server:
        offered = server.form_list()

        assert offered is not None
        assert [(entry.form_id, entry.version, entry.name) for entry in offered.entries] == [
            ("status/one", "", "Talk"),
            ("intake", "3 & <more>", "Talk"),
        ]
        assert offered.entries[1].md5 == md5_of((forms / "intake.xml").read_bytes())
        assert server.form_list(offered.etag) is None
        assert not any(receiver.token in entry.download_url + entry.manifest_url for entry in offered.entries)


def test_a_form_comes_with_its_files_and_names_those_that_nobody_uploaded(forms: Path):
    with TrialReceiver(forms=forms) as receiver, client(receiver) as server:
        form = server.download_form(entry_of(server, "intake"))

    assert form.xml == (forms / "intake.xml").read_bytes()
    assert form.hash_matches
    assert {file.name: file.content for file in form.media} == {
        "offers.csv": "name,label\nx,Küche\n".encode(),
        "sub/pan.svg": b"<svg/>",
    }
    assert form.missing == ("pan.svg", "pan.mp3")


def test_what_did_not_change_is_not_fetched_again(forms: Path):
    with TrialReceiver(forms=forms) as receiver, client(receiver) as server:
        entry = entry_of(server, "intake")
        form = server.download_form(entry)
        before = len(receiver.requests)

        assert server.download_form(entry, form) == form
        later = [request.target.rpartition("/")[2] for request in receiver.requests[before:]]
        assert len(later) == 2
        assert "manifest" in later


def test_another_hash_of_a_form_is_a_warning_and_of_a_file_a_damaged_download(forms: Path):
    with TrialReceiver(forms=forms) as receiver, client(receiver) as server:
        entry = entry_of(server, "status/one")
        other = FormListEntry(entry.form_id, entry.name, entry.version, "0" * 32, entry.download_url)
        assert not server.download_form(other).hash_matches

        list_form_and_manifest = [Fault(method="GET", drop=Drop.NOT)] * 3
        receiver.fail_next(*list_form_and_manifest, Fault(method="GET", status=200, text="not the file"))
        with pytest.raises(DownloadDamaged, match=r"offers\.csv"):
            server.download_form(entry_of(server, "intake"))


def test_a_form_that_was_closed_is_refused_and_does_not_ask_to_sign_in(forms: Path):
    with TrialReceiver(forms=forms) as receiver, client(receiver) as server:
        entry = entry_of(server, "intake")
        receiver.fail_next(Fault(method="GET", status=403, text="closed"))

        with pytest.raises(ServerRefused, match="closed"):
            server.download_form(entry)


def test_a_login_page_is_no_list_and_no_form(forms: Path):
    with TrialReceiver(forms=forms) as receiver, client(receiver) as server:
        entry = entry_of(server, "intake")
        receiver.fail_next(*[Fault(method="GET", portal=True)] * 2)
        with pytest.raises(NotTheServer):
            server.form_list()
        with pytest.raises(NotTheServer):
            server.download_form(entry)
        receiver.fail_next(Fault(method="GET", location=f"{receiver.base_url}/formList"))
        with pytest.raises(NotTheServer):
            server.form_list()


@pytest.mark.parametrize(
    "address", ["https://elsewhere.example/form.xml", "//elsewhere.example/x", "file:///etc/passwd"]
)
def test_the_token_goes_to_no_other_host(receiver: TrialReceiver, server: OpenRosaServer, address: str):
    entry = FormListEntry(form_id="a", name="a", version="1", md5="", download_url=address)  # type: ignore[arg-type]

    with pytest.raises(NotTheServer):
        server.download_form(entry)
    assert receiver.requests == ()


def test_unknown_elements_and_entries_without_an_address_are_passed_over():
    listed = read_form_list(
        b"""<xforms xmlns="http://openrosa.org/xforms/xformsList" xmlns:n="urn:new"><xforms-group><name>g</name>
        </xforms-group><xform n:flag="1"><formID>a</formID><n:colour>red</n:colour><name>A</name><version/>
        <hash>md5:00FF</hash><descriptionText>d</descriptionText><downloadUrl>https://h/a.xml</downloadUrl></xform>
        <xform><formID>b</formID></xform><!-- later --></xforms>""",
        200,
    )

    assert [(one.form_id, one.version, one.md5, one.manifest_url) for one in listed.entries] == [("a", "", "00ff", "")]


def test_entity_lists_keep_their_kind_and_are_not_checked_by_md5():
    (found,) = read_manifest(
        b"""<manifest xmlns="http://openrosa.org/xforms/xformsManifest"><mediaFile type="entityList">
        <filename>caseload.csv</filename><hash>md5:stamp</hash><downloadUrl>https://h/c.csv</downloadUrl>
        <integrityUrl>https://h/integrity</integrityUrl></mediaFile></manifest>""",
        200,
    )

    assert (found.name, found.kind, found.stamp) == ("caseload.csv", "entityList", "stamp")
    assert found.integrity_url == "https://h/integrity"


@pytest.mark.parametrize(
    "name",
    ["../a.csv", "/etc/passwd", "a/../../b", "a//b", "./a", "a/.", "..", "", "c:\\x", "a\\b", "con", "LPT1.csv", "a.",
     " a", "a\x00b", "x" * 201, "a:b"],
)  # fmt: skip
def test_a_file_name_that_could_leave_its_folder_is_refused(name: str):
    with pytest.raises(DownloadDamaged, match="unsafe_name"):
        check_media_name(name)


@given(st.text(min_size=1, max_size=30))
def test_a_file_name_that_is_taken_stays_under_its_folder(name: str):
    folder = Path("/base/forms")
    try:
        check_media_name(name)
    except DownloadDamaged:
        return
    assert (folder / name).parts[: len(folder.parts)] == folder.parts
    assert ".." not in (folder / name).parts


def test_a_manifest_with_a_climbing_name_is_refused_whole():
    with pytest.raises(DownloadDamaged):
        read_manifest(
            b"<manifest><mediaFile><filename>../x</filename><downloadUrl>https://h/x</downloadUrl></mediaFile></manifest>",
            200,
        )
