"""Entity lists: a list that is cut off is refused, and what left a list was deleted only when the centre says so."""

import pytest

from intake_app.errors import DownloadDamaged, NotTheServer
from intake_app.sync.entity_list import MOST_IN_ONE_QUESTION, deleted_names, entity_names, questions

ONE, TWO = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"
LIST = f"name,label,__version,status\r\n{ONE},4711-2085,1,open\r\n{TWO},4711-2086,3,\r\n".encode()


def test_a_whole_list_gives_its_ids():
    assert entity_names(LIST, "caseload.csv") == {ONE, TWO}
    assert entity_names(b"name,label,__version\n", "caseload.csv") == frozenset()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        LIST[:-14],
        LIST.replace(b"__version", b"version"),
        LIST.replace(TWO.encode(), ONE.encode()),
        LIST.replace(ONE.encode(), b"../../evil"),
        LIST.replace(b",3,", b",three,"),
        LIST + b'"never closed',
        b"\xff" + LIST,
        b"<html>Log in</html>",
    ],
)
def test_a_list_that_is_cut_off_or_no_list_is_refused(content: bytes):
    with pytest.raises(DownloadDamaged) as refused:
        entity_names(content, "caseload.csv")
    assert refused.value.params == {"name": "caseload.csv", "problem": "entity_list"}


def test_only_what_the_centre_calls_deleted_is_deleted():
    body = f'<data><entities><entity id="{ONE}"><deleted>true</deleted></entity></entities></data>'.encode()

    assert deleted_names(body, [ONE, TWO]) == {ONE}
    assert deleted_names(body.replace(b"true", b"false"), [ONE, TWO]) == frozenset()


@pytest.mark.parametrize("body", [b"", b"<html><body>Log in</body></html>", b'<!DOCTYPE a [<!ENTITY b "c">]><data/>'])
def test_an_answer_of_another_shape_says_nothing(body: bytes):
    with pytest.raises(NotTheServer):
        deleted_names(body, [ONE])


def test_a_long_list_is_asked_about_in_parts():
    names = [f"{number:08d}-1111-4111-8111-111111111111" for number in range(250)]

    asked = questions(names)

    assert [len(part.split(",")) for part in asked] == [MOST_IN_ONE_QUESTION, MOST_IN_ONE_QUESTION, 50]
    assert ",".join(asked).split(",") == names
