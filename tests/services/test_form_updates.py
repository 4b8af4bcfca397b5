"""A form that came from the centre holds for new talks; a talk that was begun keeps its own."""

import re
from dataclasses import replace
from pathlib import Path

from intake_app.bootstrap import Downloader, form_shelf, forms_in_use
from intake_app.paths import resource_dir
from intake_app.services.installation import ServerSettings, write_server
from intake_app.sync.trial_receiver import TrialReceiver
from tests.services.helps import make_office

NEW = "2099010101"


def test_new_talks_use_the_form_that_came_in_and_an_open_talk_keeps_its_own(tmp_path: Path) -> None:
    shipped = forms_in_use(None, None)["intake"].version
    offered = tmp_path / "offered"
    offered.mkdir()
    xml = (resource_dir("forms", "compiled") / "intake.xml").read_bytes()
    (offered / "intake.xml").write_bytes(re.sub(shipped.encode(), NEW.encode(), xml, count=1))
    office = make_office()
    office = replace(office, fetch_round=Downloader(tmp_path / "received", office.clock))
    begun = office.begin_talk(practice=True)
    with TrialReceiver(forms=offered) as receiver:
        write_server(office.store, ServerSettings(receiver.base_url, receiver.token, trial=True))
        news = office.fetch_new()

    assert news is not None
    assert (news.apart, news.problem) == ((), "")
    assert begun.talk.definition.version == shipped
    assert office.begin_talk(practice=True).talk.definition.version == NEW
    assert forms_in_use(None, tmp_path / "received")["intake"].version == NEW
    kept = form_shelf(tmp_path / "received").newest("intake")
    assert kept is not None
    (tmp_path / "received" / "forms" / "000001" / "form.xml").write_bytes(b"<half")
    assert forms_in_use(None, tmp_path / "received")["intake"].version == shipped


def test_without_a_server_nothing_is_asked(tmp_path: Path) -> None:
    office = make_office()
    office = replace(office, fetch_round=Downloader(tmp_path / "received", office.clock))

    assert office.fetch_new() is None
    assert not (tmp_path / "received").exists()
