"""What chance gives and what stays: once(), random(), randomize(), uuid(), digest()."""

import hashlib
from base64 import b64encode

import pytest

from intake_app.xforms.api import FormEntry, serialize
from tests.xforms.story import MOMENT, Story, ask, bind, form, pick, rows


@pytest.mark.parametrize(("seed", "order"), [("42", "AFCBDE"), ("1", "BFEACD"), ("11111111", "ACDBFE")])
def test_a_seed_gives_the_order_that_all_odk_tools_give(seed: str, order: str) -> None:
    letters = rows("s", *({"name": letter, "label": letter} for letter in "ABCDEF"))
    story = Story(form("<a/>", "", pick("a", f"randomize(instance('s')/root/item, {seed})"), letters))

    assert "".join(story.offered("a")) == order


@pytest.mark.parametrize("seed", ["1", "42", "-7", "'a'", "/data/n", "3.9"])
def test_the_same_seed_gives_the_same_order_and_all_choices(seed: str) -> None:
    xml = form(
        "<n>5</n><c/>",
        bind("n", type="int"),
        pick("c", f"randomize(instance('l')/root/item, {seed})"),
        rows("l", *({"name": letter, "label": letter} for letter in "abcdefgh")),
    )
    one, other = Story(xml, seed=1), Story(xml, seed=2)

    assert one.offered("c") == other.offered("c")
    assert sorted(one.offered("c")) == list("abcdefgh")


@pytest.mark.parametrize(
    ("expression", "kept"),
    [("once(random())", True), ("once(uuid())", True), ("once(/data/a)", False), ("concat(/data/a, '')", False)],
)
def test_what_chance_gave_once_stays(expression: str, kept: bool) -> None:
    story = Story(form("<a/><b/>", bind("b", calculate=f"if(/data/a = 'x', {expression}, {expression})"), ask("a")))
    before = story.value("b")

    story.answer("a", "new")

    assert (story.value("b") == before) is kept


@pytest.mark.parametrize("kept", ["once(/data/a)", "once(concat(/data/a, '!'))"])
def test_what_is_kept_once_stays_through_changing_and_restoring(kept: str) -> None:
    story = Story(form("<a>first</a><b/>", bind("b", calculate=kept), ask("a")))
    first = story.value("b")
    story.answer("a", "second")

    assert story.value("b") == first != ""
    assert FormEntry.restore(story.definition, story.entry.savepoint()).value("/data/b") == first


def test_a_seed_fixes_the_identity() -> None:
    xml = form("<a/>")

    assert Story(xml, seed=7).entry.instance_id == Story(xml, seed=7).entry.instance_id
    assert Story(xml, seed=7).entry.instance_id != Story(xml, seed=8).entry.instance_id


def test_once_keeps_its_first_value() -> None:
    story = Story(form("<a/><b/>", bind("b", calculate="once(/data/a)"), ask("a")))
    story.answer("a", "first")
    story.answer("a", "second")

    assert story.value("b") == "first"


@pytest.mark.parametrize("algorithm", ["MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512"])
@pytest.mark.parametrize("encoding", ["base64", "hex"])
def test_a_digest_of_an_answer_is_the_digest_of_its_text(algorithm: str, encoding: str) -> None:
    story = Story(form("<a/><b/>", bind("b", calculate=f"digest(/data/a, '{algorithm}', '{encoding}')"), ask("a")))
    story.answer("a", "naïef")
    raw = hashlib.new(algorithm.replace("-", ""), "naïef".encode(), usedforsecurity=False).digest()

    assert story.value("b") == (raw.hex() if encoding == "hex" else b64encode(raw).decode())


def test_an_edit_keeps_what_chance_gave_once() -> None:
    story = Story(form("<a/><b/>", bind("b", calculate="once(random())"), ask("a")))

    again = FormEntry.edit(story.definition, serialize(story.entry), now=lambda: MOMENT, seed=99)

    assert again.value("/data/b") == story.value("b") != ""
