"""The body of a request, made once: every part comes out as it went in, and large ones are handed over uncopied."""

from __future__ import annotations

from email.parser import BytesParser
from email.policy import HTTP

from hypothesis import given
from hypothesis import strategies as st

from intake_app.sync.parts import FilePart, multipart

NAMES = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=20).map(
    lambda name: name.replace('"', "'").replace("\\", "/").strip() or "a"
)
CONTENTS = st.binary(max_size=200) | st.integers(60_000, 70_000).map(lambda size: b"\r\n-x" * (size // 4))


@given(st.lists(st.tuples(NAMES, CONTENTS), min_size=1, max_size=5))
def test_every_part_comes_out_as_it_went_in(parts: list[tuple[str, bytes]]) -> None:
    body = multipart([FilePart(name, content, name) for name, content in parts])
    whole = b"".join(body.pieces)
    assert body.length == len(whole)
    boundary = body.kind.partition("boundary=")[2].encode()
    found = whole.removesuffix(b"--" + boundary + b"--\r\n").split(b"--" + boundary + b"\r\n")[1:]
    contents = [one.partition(b"\r\n\r\n")[2].removesuffix(b"\r\n") for one in found]
    heads = [BytesParser(policy=HTTP).parsebytes(one.partition(b"\r\n\r\n")[0] + b"\r\n\r\n") for one in found]
    assert contents == [content for _, content in parts]
    for head, (name, _) in zip(heads, parts, strict=True):
        assert f'name="{name}"'.encode() in whole
        assert head["Content-Type"] == "text/xml"


def test_a_name_cannot_break_out_of_its_header_and_a_field_has_no_file_name() -> None:
    whole = b"".join(multipart([FilePart('a"\r\nX: y', b"1", 'b"'), FilePart("*isIncomplete*", b"yes")]).pieces)
    assert b'name="a%22%0D%0AX: y"; filename="b%22"' in whole
    assert b'name="*isIncomplete*"\r\n\r\nyes' in whole


def test_a_large_file_is_not_copied() -> None:
    content = bytes(100_000)
    assert any(piece is content for piece in multipart([FilePart("a", content, "a")]).pieces)
