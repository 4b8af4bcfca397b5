"""A server that cannot be trusted: everything it gives is bounded, checked, and refused in words."""

import gzip
from collections.abc import Callable

import pytest

from intake_app.domain.clock import FixedClock
from intake_app.errors import AnswerTooLong, DownloadDamaged, NotTheServer, ServerUnreachable, SyncError
from intake_app.i18n.error_texts import error_sentence
from intake_app.sync.form_list import MOST_ENTRIES, FormListEntry
from intake_app.sync.openrosa import LIST_LIMIT, OpenRosaServer
from intake_app.sync.wire import Timeouts
from tests.sync.evil import Reply, body, endless, evil_server
from tests.sync.helps import NOW, row
from tests.sync.test_form_list import FORM

LIST = '<xforms xmlns="http://openrosa.org/xforms/xformsList">{}</xforms>'
ENTRY = "<xform><formID>a{0}</formID><name>A</name><version>1</version><downloadUrl>{1}</downloadUrl></xform>"
MANIFEST = '<manifest xmlns="http://openrosa.org/xforms/xformsManifest">{}</manifest>'
MEDIA = "<mediaFile><filename>{0}</filename><hash>md5:0</hash><downloadUrl>/x.csv</downloadUrl></mediaFile>"
BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]><xforms>&c;</xforms>'
FILE_READ = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><xforms>&a;</xforms>'
DEEP = b"<a>" * 100_000


def client_of(address: str, **timeouts: float) -> OpenRosaServer:
    limits = Timeouts(connect=5, read=5, write=5, **timeouts)
    return OpenRosaServer(address, "t" * 64, timeouts=limits, clock=FixedClock(NOW))


def refused_list(reply: Reply, kind: type[SyncError]) -> SyncError:
    with evil_server({"/formList": reply}) as address, client_of(address) as server, pytest.raises(kind) as found:
        server.form_list()
    return found.value


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (endless(b"x" * 65536), AnswerTooLong),
        (endless(gzip.compress(b"\0" * 20_000_000), Content_Encoding="gzip"), AnswerTooLong),
        (body(gzip.compress(b"\0" * 50_000_000), Content_Encoding="gzip"), AnswerTooLong),
        (body(b"not packed", Content_Encoding="gzip"), NotTheServer),
        (body(b"x", Content_Encoding="br"), NotTheServer),
        (body(LIST.format(ENTRY.format(0, "/x") * (MOST_ENTRIES + 1)).encode()), DownloadDamaged),
        (body(BOMB), NotTheServer),
        (body(FILE_READ), NotTheServer),
        (body(DEEP), NotTheServer),
        (body(b""), NotTheServer),
        (body(b"", 302, Location="https://elsewhere.example/formList"), NotTheServer),
        (body(b"<html>log in</html>", Content_Type="text/html"), NotTheServer),
    ],
    ids=[
        "endless", "endless-packed", "bomb-packed", "not-packed", "strange-packing", "too-many", "entities", "file",
        "deep", "empty", "other-host", "portal",
    ],
)  # fmt: skip
def test_a_list_that_does_harm_is_refused_in_words(reply: Reply, kind: type[SyncError]):
    problem = refused_list(reply, kind)

    assert type(problem) is kind
    assert error_sentence(problem, "nl").count(".") >= 2


def test_what_is_packed_as_it_should_be_is_read():
    whole = gzip.compress(LIST.format(ENTRY.format(1, "/x")).encode())
    with evil_server({"/formList": body(whole, Content_Encoding="gzip")}) as address, client_of(address) as server:
        offered = server.form_list()

    assert offered is not None
    assert [entry.form_id for entry in offered.entries] == ["a1"]


def test_an_answer_that_drips_without_end_ends():
    with (
        evil_server({"/formList": endless(b" ")}) as address,
        client_of(address, whole=0.0) as server,
        pytest.raises(ServerUnreachable),
    ):
        server.form_list()


def test_a_receipt_without_end_is_no_receipt():
    replies = {"/submission": lambda handler: (body(b"", 204) if handler.command == "HEAD" else endless(b"x"))(handler)}
    with evil_server(replies) as address, client_of(address) as server, pytest.raises(AnswerTooLong):
        server.submit(row("a"))


def form_with(manifest: str, **files: Reply) -> dict[str, Reply]:
    return {
        "/form.xml": body(FORM.format(form_id="a", version="1", title="A").encode()),
        "/manifest": body(manifest.encode()),
        **{f"/{name.replace('_', '.')}": reply for name, reply in files.items()},
    }


def refused_form(replies: dict[str, Reply], kind: type[SyncError]) -> SyncError:
    with evil_server(replies) as address, client_of(address) as server:
        entry = FormListEntry("a", "A", "1", "", f"{address}/form.xml", f"{address}/manifest")  # type: ignore[arg-type]
        with pytest.raises(kind) as found:
            server.download_form(entry)
    return found.value


@pytest.mark.parametrize(
    "name",
    [
        "../x.csv",
        "/etc/passwd",
        "..\\x.csv",
        "a/../../x",
        "C:x.csv",
        "con",
        "sub/NUL.csv",
        "a//b",
        ".",
    ],
)
def test_a_file_name_that_leads_elsewhere_is_refused(name: str):
    problem = refused_form(form_with(MANIFEST.format(MEDIA.format(name)), x_csv=body(b"1")), SyncError)
    assert (problem.code, problem.params.get("problem")) == ("download_damaged", "unsafe_name")


@pytest.mark.parametrize(
    ("replies", "kind", "problem"),
    [
        (lambda: form_with(MANIFEST.format(MEDIA.format("x.csv")), x_csv=body(b"1")), DownloadDamaged, "hash"),
        (
            lambda: form_with(MANIFEST.format(MEDIA.format("a.csv") + MEDIA.format("A.CSV")), x_csv=body(b"1")),
            DownloadDamaged, "doubled_name",
        ),
        (lambda: form_with(MANIFEST.format(MEDIA.format("a") * (MOST_ENTRIES + 1))), DownloadDamaged, "too_many"),
        (lambda: form_with(" " * (LIST_LIMIT + 1)), AnswerTooLong, None),
        (lambda: {**form_with(""), "/form.xml": endless(b"x" * 65536)}, AnswerTooLong, None),
        (lambda: {**form_with(""), "/form.xml": body(BOMB)}, NotTheServer, None),
        (lambda: {**form_with(""), "/form.xml": body(b"<data/>")}, NotTheServer, None),
        (
            lambda: form_with(MANIFEST.format(MEDIA.format("x.csv").replace("/x.csv<", "https://evil.example/x<"))),
            NotTheServer, None,
        ),
        (
            lambda: form_with(MANIFEST.format(MEDIA.format("x.csv")), x_csv=body(b"", 302, Location="/y")),
            NotTheServer, None,
        ),
    ],
    ids=["hash", "doubled", "too-many", "long-list", "endless-form", "bomb", "no-form", "other-host", "redirect"],
)  # fmt: skip
def test_a_form_whose_files_do_harm_is_refused_whole(
    replies: Callable[[], dict[str, Reply]], kind: type[SyncError], problem: str | None
):
    found = refused_form(replies(), kind)

    assert type(found) is kind
    assert found.params.get("problem") == problem
    assert error_sentence(found, "nl")
