"""Foreign XML that is refused is refused without repeating it: it may hold what a person said."""

from __future__ import annotations

import pytest

from intake_app.errors import UnsafeXml
from intake_app.safe_xml import parse


@pytest.mark.parametrize(
    ("content", "problem", "line"),
    [
        (b"<data>\n<name>Samira</Samira>\n</data>", "not_well_formed", 2),
        (b"<data><name>Samira", "not_well_formed", 1),
        (b'<!DOCTYPE data [<!ENTITY Samira "x">]><data>&Samira;</data>', "doctype", 1),
        (b"  ", "empty", None),
    ],
)
def test_a_refusal_names_kind_and_line_and_no_word_of_the_text(content: bytes, problem: str, line: int | None) -> None:
    with pytest.raises(UnsafeXml) as refused:
        parse(content)

    assert refused.value.params == {"problem": problem, "line": line}
    assert refused.value.__cause__ is None
    assert "Samira" not in str(refused.value)
