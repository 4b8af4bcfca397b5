"""The submission: what leaves, under which names, and that it reads back as it was said."""

import pytest
from lxml import etree

from intake_app.xforms.api import FormEntry, serialize
from tests.xforms.stories.record import XML, filled
from tests.xforms.story import Story, ask, form


@pytest.mark.parametrize(
    ("answer", "written"),
    [
        ("a & b", "a & b"),
        ("<b>", "<b>"),
        ("e\u0301", "\u00e9"),
        ("مرحبا", "مرحبا"),
        ("  ruimte  ", "  ruimte  "),
        ("regel\nregel", "regel\nregel"),
        ("\x01geheim", "geheim"),
        ("😀", "😀"),
        ("]]>", "]]>"),
    ],
)
def test_what_is_sent_reads_back_as_it_was_said(answer: str, written: str) -> None:
    story = Story(form("<a/>", "", ask("a")))
    story.answer("a", answer)

    assert etree.fromstring(serialize(story.entry)).findtext("{*}a") == written
    assert FormEntry.restore(story.definition, story.entry.savepoint()).value("/data/a") == written


def test_the_submission_is_utf8_xml_with_the_form_and_its_version() -> None:
    root = etree.fromstring(serialize(filled().entry))

    assert (root.tag, root.get("id"), root.get("version")) == ("data", "story", "1")
    assert [kid.findtext("age") for kid in root.findall("kid")] == ["", "7"]
    assert root.find("private") is None


def test_a_form_without_meta_still_sends_an_instance_id() -> None:
    story = filled()

    meta = etree.fromstring(serialize(story.entry)).find("{http://openrosa.org/xforms}meta")

    assert meta is not None
    assert meta.findtext("{http://openrosa.org/xforms}instanceID") == story.entry.instance_id


def test_prefixes_and_root_attributes_are_kept() -> None:
    xml = form("<a/><orx:meta><orx:instanceID/></orx:meta>").replace(
        b'version="1"', b'version="1" xmlns:z="https://example.org/z" z:colour="red"'
    )

    root = etree.fromstring(serialize(Story(xml).entry))

    assert root.get("{https://example.org/z}colour") == "red"
    assert root.find("{http://openrosa.org/xforms}meta") is not None


def test_only_what_is_kept_leaves() -> None:
    story = filled()
    story.answer("name", "Ali")

    root = etree.fromstring(serialize(story.entry, keep={"/data/count", "/data/kid[2]/age"}))

    assert root.find("name") is None
    assert root.findtext("count") == "2"
    assert [kid.findtext("age") for kid in root.findall("kid")] == ["7"]
    assert len(root) == 3


def test_composed_and_decomposed_letters_are_sent_alike() -> None:
    story = Story(XML)
    story.answer("name", "e\u0301")

    assert "é".encode() in serialize(story.entry)
