"""What the app hands the engine: properties, the record before, signatures, files; controls with their own rules."""

from base64 import b64encode

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from intake_app.errors import EventRefused, FormInvalid, VerifierMissing
from intake_app.xforms.api import FormEntry, Ports, parse_form, read_range
from tests.xforms.story import MOMENT, Story, ask, bind, computed, form, pick, rows


def opened(xml: bytes, ports: Ports) -> FormEntry:
    return FormEntry.new(parse_form(xml), now=lambda: MOMENT, seed=1, ports=ports)


def test_properties_serve_the_preload_and_the_function() -> None:
    xml = form(
        "<who/><mail/><none/>",
        bind("who", jr__preload="property", jr__preloadParams="username")
        + bind("mail", calculate="property('email')")
        + bind("none", jr__preload="property", jr__preloadParams="phonenumber"),
    )
    entry = opened(xml, Ports(properties={"username": "bea", "email": "bea@example.org"}))

    assert [entry.value(f"/data/{name}") for name in ("who", "mail", "none")] == ["bea", "bea@example.org", ""]


def test_the_version_of_the_form_can_be_asked() -> None:
    assert computed("version()") == "1"


LAST = form("<town/>", '<setvalue event="odk-instance-first-load" ref="/data/town" value="instance(\'l\')/data/town"/>',
            ask("town"), '<instance id="l" src="jr://instance/last-saved"/>')  # fmt: skip


@pytest.mark.parametrize(
    ("saved", "town"),
    [
        (None, ""),
        (b'<data id="story"><town>Lochem</town></data>', "Lochem"),
        (b'<data id="x"><town>Y</town></data>', ""),
    ],
)
def test_the_record_saved_before_gives_its_answers(saved: bytes | None, town: str) -> None:
    assert opened(LAST, Ports(last_saved=lambda: saved)).value("/data/town") == town


def test_without_a_record_before_the_form_begins_empty() -> None:
    assert Story(LAST).value("town") == ""


def verify(key: bytes, signature: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


SIGNED = form("<code/><key/><said/>", bind("said", calculate="extract-signed(/data/code, /data/key)"),
              ask("code") + ask("key"))  # fmt: skip


def test_a_signed_message_is_read_only_when_the_signature_fits() -> None:
    key = Ed25519PrivateKey.generate()
    message = b"kaart 7"
    entry = opened(SIGNED, Ports(verify=verify))
    entry.set_value("/data/key", b64encode(key.public_key().public_bytes_raw()).decode())

    entry.set_value("/data/code", b64encode(key.sign(message) + message).decode())
    assert entry.value("/data/said") == "kaart 7"

    entry.set_value("/data/code", b64encode(key.sign(message) + b"kaart 8").decode())
    assert entry.value("/data/said") == ""


def test_a_form_with_signatures_names_what_is_missing() -> None:
    with pytest.raises(VerifierMissing) as refused:
        Story(SIGNED)

    assert refused.value.params == {"function": "extract-signed", "where": "/data/said"}


PHOTOS = form("<one/><two/><text/>", bind("one", type="binary") + bind("two", type="binary"),
              '<upload ref="/data/one" mediatype="image/*"/><upload ref="/data/two" mediatype="image/*"/>'
              + ask("text"))  # fmt: skip


def test_a_file_is_kept_by_the_app_and_named_in_the_record() -> None:
    kept: dict[str, bytes] = {}

    def keep(name: str, content: bytes) -> str:
        kept[name] = content
        return name

    entry = opened(PHOTOS, Ports(keep_file=keep))
    entry.attach("/data/one", "C:\\Users\\bea\\photo.jpg", b"1")
    entry.attach("/data/two", "/home/bea/photo.jpg", b"2")

    assert [entry.value("/data/one"), entry.value("/data/two")] == ["photo.jpg", "photo-2.jpg"]
    assert kept == {"photo.jpg": b"1", "photo-2.jpg": b"2"}
    with pytest.raises(EventRefused):
        entry.attach("/data/text", "photo.jpg", b"3")


@pytest.mark.parametrize("name", ["../x.jpg", "a/b.jpg", "a\\b.jpg", ".."])
def test_a_file_answer_is_a_bare_name(name: str) -> None:
    assert Story(PHOTOS).answer("one", name).rejected is not None


def test_a_place_can_be_typed_where_the_form_asks_the_device_for_it() -> None:
    action = '<odk:setgeopoint event="odk-instance-first-load" ref="/data/place"/>'
    record = '<odk:recordaudio event="odk-instance-load" ref="/data/sound" odk:quality="low"/>'
    story = Story(form("<place/><sound/>", action + record + bind("place", type="geopoint"), ask("place")))

    assert story.values("place", "sound") == ["", ""]
    assert story.answer("place", "52.1 6.2").rejected is None
    assert story.value("place") == "52.1 6.2 0.0 0.0"


ITEMS = [("a", "1"), ("b", "1"), ("c", "1"), ("d", "2"), ("b", "2")]
RANKED = form(
    "<kind/><order/>",
    "",
    ask("kind") + pick("order", "instance('l')/root/item[kind = /data/kind]", "odk:rank"),
    rows("l", *({"name": name, "label": name, "kind": kind} for name, kind in ITEMS)),
)


def test_an_answered_rank_always_holds_every_item_once() -> None:
    story = Story(RANKED)
    story.answer("kind", "1")
    story.answer("order", "c a a")
    assert story.value("order") == "c a b"

    story.answer("kind", "2")
    assert story.value("order") == "b d"

    story.answer("order", "")
    assert story.value("order") == ""


def scale(start: str, end: str, step: str, kind: str = "decimal") -> bytes:
    return form("<r/>", bind("r", type=kind), f'<range ref="/data/r" start="{start}" end="{end}" step="{step}"/>')


@pytest.mark.parametrize(
    ("ends", "good", "bad"),
    [
        (("1", "10", "3"), ["1", "4", "10"], ["2", "13", "-2"]),
        (("10", "1", "3"), ["10", "7", "1"], ["9", "0"]),
        (("0", "1", "0.1"), ["0.3", "0.7", "1"], ["0.35", "1.1"]),
        (("-1.5", "1.5", "0.5"), ["-1.5", "0", "1.0"], ["0.25"]),
    ],
)
def test_a_range_takes_the_numbers_on_its_scale(ends: tuple[str, str, str], good: list[str], bad: list[str]) -> None:
    story = Story(scale(*ends))

    assert [value for value in good if story.answer("r", value).rejected] == []
    assert [value for value in bad if not story.answer("r", value).rejected] == []


def test_a_range_lists_its_numbers_in_the_order_of_the_scale() -> None:
    downward = read_range({"start": "1", "end": "0", "step": "0.25"})

    assert downward is not None
    assert downward.numbers() == ("1", "0.75", "0.5", "0.25", "0")


@pytest.mark.parametrize("ends", [("1", "", "1"), ("1", "10", "0"), ("one", "10", "1"), ("1", "NaN", "1")])
def test_a_range_without_a_scale_is_refused(ends: tuple[str, str, str]) -> None:
    with pytest.raises(FormInvalid, match="bad_range"):
        Story(scale(*ends))


def test_an_answer_that_stops_counting_is_kept_and_told() -> None:
    story = Story(form("<a/><b/><c/>", bind("b", relevant="/data/a = '1'") + bind("c", relevant="/data/b != ''"),
                       ask("a") + ask("b") + ask("c")))  # fmt: skip
    story.answer("a", "1")
    story.answer("b", "x")
    story.answer("c", "y")

    change = story.answer("a", "2")
    assert (change.hidden, change.shown) == ({"/data/b", "/data/c"}, frozenset())
    assert story.values("b", "c") == ["x", "y"]

    change = story.answer("a", "1")
    assert (change.hidden, change.shown) == (frozenset(), {"/data/b", "/data/c"})
