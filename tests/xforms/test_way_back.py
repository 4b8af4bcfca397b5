"""Standing again as before, reading without the cost of a view, and lists whose rows have no ids."""

from __future__ import annotations

from intake_app.xforms.api import FormEntry, parse_form

FORM = b"""<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
 xmlns:orx="http://openrosa.org/xforms" xmlns:intake="https://llo-portaal.nl/xforms/intake"><h:head>
 <h:title>x</h:title><model><instance><data id="x" version="1"><a/><b/><row><code/><at/></row><job><t/></job>
 <orx:meta><orx:instanceID/></orx:meta></data></instance>
 <bind nodeset="/data/a" type="string" intake:concept="goal"/>
 <bind nodeset="/data/b" type="string" relevant="/data/a = 'x'" required="true()"/>
 <bind nodeset="/data/row" intake:host="log"/><bind nodeset="/data/row/code" type="string" intake:host="code"/>
 <bind nodeset="/data/row/at" type="string" intake:host="at"/><bind nodeset="/data/job/t" type="string"/>
 <bind nodeset="/data/orx:meta/orx:instanceID" type="string" readonly="true()" xmlns:jr="http://openrosa.org/javarosa"
 jr:preload="uid"/></model></h:head><h:body><input ref="/data/a"><label>A</label></input>
 <input ref="/data/b"><label>B</label></input><group ref="/data/row"><label>R</label><repeat nodeset="/data/row"/>
 </group><group ref="/data/job"><label>J</label><repeat nodeset="/data/job"><input ref="/data/job/t"><label>T</label>
 </input></repeat></group></h:body></h:html>"""


def entry() -> FormEntry:
    return FormEntry.new(parse_form(FORM), seed=1)


def rows(form: FormEntry) -> list[tuple[str, str]]:
    return [(form.value(f"{ref}/code"), form.value(f"{ref}/at")) for ref in form.instances("/data/row")]


def test_an_entry_stands_again_as_at_its_savepoint() -> None:
    form = entry()
    form.set_value("/data/a", "x")
    form.set_value("/data/b", "kept")
    before, identity = form.savepoint(), form.instance_id
    form.add_repeat("/data/job")
    form.set_value("/data/job[2]/t", "more")
    form.set_value("/data/a", "y")
    form.return_to(before)

    assert form.savepoint() == before
    assert form.instance_id == identity
    assert form.instances("/data/job") == ("/data/job[1]",)
    assert form.is_relevant("/data/b")
    form.set_value("/data/a", "y")
    assert not form.is_relevant("/data/b")


def test_cheap_reading_says_what_the_view_says() -> None:
    form = entry()
    for value in ("x", "y"):
        form.set_value("/data/a", value)
        if value == "x":
            form.set_value("/data/b", "answer")
        for ref in ("/data/a", "/data/b", "/data/job[1]/t"):
            view = form.node(ref)
            assert form.is_relevant(ref) is view.relevant
            assert form.is_required(ref) is view.required
            assert form.answer(ref) == (view.value if view.relevant else "")
            assert form.tags(ref) == view.tags


def test_a_savepoint_can_leave_answers_out() -> None:
    form = entry()
    form.set_value("/data/a", "only in memory")
    again = FormEntry.restore(parse_form(FORM), form.savepoint(leave_empty={"/data/a"}))

    assert form.value("/data/a") == "only in memory"
    assert again.value("/data/a") == ""
    assert again.instance_id == form.instance_id


def test_rows_without_ids_are_replaced_by_place_and_never_doubled() -> None:
    form = entry()
    form.set_host("log", [{"code": "C1", "at": "10"}])
    form.set_host("log", [{"code": "C1", "at": "10"}, {"code": "C2"}])
    assert rows(form) == [("C1", "10"), ("C2", "")]
    form.set_host("log", [{"code": "C3"}])
    assert rows(form) == [("C3", "")]
    form.set_host("log", [])

    assert rows(form) == []


def test_what_was_read_once_is_read_anew_after_every_event() -> None:
    form = entry()
    before = form.savepoint()
    events = (
        lambda: form.set_value("/data/a", "x"),
        lambda: form.add_repeat("/data/job"),
        lambda: form.set_host("log", [{"code": "1", "at": "now"}]),
        lambda: form.remove_repeat("/data/job[2]"),
        lambda: form.return_to(before),
    )
    seen = {form.revision}
    for event in events:
        form.node("/data/a"), form.node("/data/b"), form.node("/data/row[1]/code")
        event()
        assert form.node("/data/a").value == form.value("/data/a")
        assert form.node("/data/b").relevant == form.is_relevant("/data/b")
        assert form.node("/data/row[1]/code").value == form.value("/data/row[1]/code")
        assert form.revision not in seen
        seen.add(form.revision)
    assert form.node("/data/a").value == ""
