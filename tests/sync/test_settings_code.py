"""The settings code of an app user: its text, its picture, and everything that only looks like one."""

import base64
import contextlib
import io
import json
import zlib

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from intake_app.errors import InputError, ServerAddressWrong, SettingsCodeWrong
from intake_app.sync.settings_code import read_code_image, read_settings_code

TOKEN = "a" * 60 + "!$Z9"
SETTINGS = {
    "general": {
        "server_url": f"https://central.example.org/v1/key/{TOKEN}/projects/7",
        "form_update_mode": "match_exactly",
    },
    "project": {"name": "Winterswijk"},
    "admin": {},
}


def code(settings: object) -> str:
    return base64.b64encode(zlib.compress(json.dumps(settings).encode())).decode()


def picture(text: str, kind: str = "PNG", mode: str = "RGB", turn: int = 0) -> bytes:
    drawn, out = io.BytesIO(), io.BytesIO()
    segno.make(text, micro=False).save(drawn, kind="png", scale=4)
    Image.open(drawn).convert(mode).rotate(turn, expand=True).save(out, kind)
    return out.getvalue()


def test_a_code_gives_address_and_token_apart():
    found = read_settings_code(code(SETTINGS))

    assert (found.base_url, found.token, found.project) == (
        "https://central.example.org/v1/projects/7", TOKEN, "Winterswijk",
    )  # fmt: skip
    assert TOKEN not in repr(found)


def test_a_code_that_was_broken_over_lines_is_read_all_the_same():
    text = code(SETTINGS)

    assert read_settings_code(f"  {text[:40]}\n{text[40:]} \n").token == TOKEN


def test_an_address_in_the_place_of_a_code_is_read_as_an_address():
    found = read_settings_code(f"https://central.example.org/v1/key/{TOKEN}/projects/7/formList")

    assert (found.base_url, found.token) == ("https://central.example.org/v1/projects/7", TOKEN)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "WEBP"])
def test_the_code_is_found_in_an_image_of_any_usual_kind(kind: str):
    assert read_settings_code(read_code_image(picture(code(SETTINGS), kind))).token == TOKEN


def test_the_code_is_found_in_a_turned_image_and_on_no_ground():
    assert read_code_image(picture("x" * 90, turn=90)) == "x" * 90
    see_through = io.BytesIO()
    segno.make("x" * 90, micro=False).save(see_through, kind="png", scale=4, light=None)
    assert read_code_image(see_through.getvalue()) == "x" * 90


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "not_a_code"),
        ("geen code", "not_a_code"),
        ("x" * 30_000, "not_a_code"),
        (base64.b64encode(b"plain").decode(), "not_a_code"),
        (code([1, 2]), "not_a_code"),
        (code(SETTINGS)[:-8], "not_a_code"),
        (base64.b64encode(zlib.compress(b"[" * 100_000)).decode(), "not_a_code"),
        (base64.b64encode(zlib.compress(b"0" * 50_000_000)).decode()[:19_000], "not_a_code"),
        (code({"general": {}}), "no_server"),
        (code({"general": {"server_url": 7}}), "no_server"),
    ],
)
def test_what_only_looks_like_a_code_is_refused(text: str, problem: str):
    with pytest.raises(SettingsCodeWrong) as refused:
        read_settings_code(text)
    assert refused.value.params == {"problem": problem}


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        (f"http://central.example.org/v1/key/{TOKEN}/projects/7", "https_needed"),
        ("https://central.example.org/v1/projects/7", "token_unreadable"),
        (f"ftp://central.example.org/v1/key/{TOKEN}/projects/7", "not_an_address"),
    ],
)
def test_a_code_may_not_lead_where_an_address_may_not(address: str, problem: str):
    with pytest.raises(ServerAddressWrong) as refused:
        read_settings_code(code({"general": {"server_url": address}}))
    assert refused.value.params == {"problem": problem}
    assert TOKEN not in str(refused.value)


def test_an_image_without_one_code_is_refused():
    blank = io.BytesIO()
    Image.new("L", (200, 200), 255).save(blank, "PNG")
    two = Image.new("RGB", (900, 400), "white")
    for at, text in enumerate(("een", "twee")):
        two.paste(Image.open(io.BytesIO(picture(text * 20))), (at * 450, 0))
    both = io.BytesIO()
    two.save(both, "PNG")
    for content, problem in ((blank.getvalue(), "no_code"), (both.getvalue(), "no_code"), (b"PDF", "no_image")):
        with pytest.raises(SettingsCodeWrong) as refused:
            read_code_image(content)
        assert refused.value.params == {"problem": problem}


def test_an_image_of_more_points_than_a_picture_has_is_not_unpacked():
    huge = io.BytesIO()
    Image.new("1", (9000, 9000)).save(huge, "PNG")
    assert len(huge.getvalue()) < 100_000

    with pytest.raises(SettingsCodeWrong):
        read_code_image(huge.getvalue())


@given(st.text() | st.binary().map(lambda some: base64.b64encode(some).decode()))
def test_no_text_breaks_the_reading(text: str):
    with contextlib.suppress(InputError):
        read_settings_code(text)
