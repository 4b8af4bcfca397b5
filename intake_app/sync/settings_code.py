"""The settings that ODK Central gives an app user as a QR code: zlib-packed JSON in base64, pasted or in an image."""

from __future__ import annotations

import base64
import binascii
import io
import json
import re
import warnings
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from intake_app.errors import ServerAddressWrong, SettingsCodeWrong
from intake_app.sync.address import read_address

if TYPE_CHECKING:
    from PIL import Image

LONGEST_CODE = 20_000
"""Characters; a QR code holds less than 4,300."""
LONGEST_SETTINGS = 200_000
"""Bytes of JSON; a few hundred bytes of zlib can stand for gigabytes."""
LARGEST_IMAGE = 20_000_000
MOST_PIXELS = 40_000_000
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True)
class SettingsCode:
    """Where records go, read from a code: the base address without its secret, the secret, the project's own name."""

    base_url: str
    token: str = field(repr=False)
    project: str = ""


def read_settings_code(text: str) -> SettingsCode:
    """Read what Central's page of an app user gives: its QR code's text, or an address with the token in it.

    The layout of the settings is that of ODK Collect's QR codes (docs.getodk.org, "collect-import-export").
    Raises SettingsCodeWrong and ServerAddressWrong; neither repeats the text.
    """
    text = text.strip()
    if _ADDRESS.match(text):
        found = read_address(text)
        return SettingsCode(found.base_url, found.token)
    settings = _unpacked("".join(text.split()))
    general, project = settings.get("general"), settings.get("project")
    address = general.get("server_url") if isinstance(general, dict) else None
    if not isinstance(address, str) or not address.strip():
        raise SettingsCodeWrong(problem="no_server")
    found = read_address(address)
    if not found.token:
        raise ServerAddressWrong(problem="token_unreadable")
    name = project.get("name") if isinstance(project, dict) else ""
    return SettingsCode(found.base_url, found.token, name[:100] if isinstance(name, str) else "")


def read_code_image(content: bytes) -> str:
    """The text of the QR code in an image file (PNG, JPEG, GIF, BMP, WebP). Raises SettingsCodeWrong."""
    import zxingcpp
    from PIL import Image

    if len(content) > LARGEST_IMAGE:
        raise SettingsCodeWrong(problem="no_image")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "GIF", "BMP", "WEBP"))
            if picture.width * picture.height > MOST_PIXELS:
                raise SettingsCodeWrong(problem="no_image")
            grey = _on_white(picture)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise SettingsCodeWrong(problem="no_image") from None
    pixels = memoryview(grey.tobytes()).cast("B", (grey.height, grey.width))
    found = [
        one.text
        for one in zxingcpp.read_barcodes(pixels, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
        if one.valid
    ]
    if len(set(found)) != 1:
        raise SettingsCodeWrong(problem="no_code")
    return found[0]


def _on_white(picture: Image.Image) -> Image.Image:
    from PIL import Image as Pictures

    coloured = picture.convert("RGBA")
    sheet = Pictures.new("RGBA", coloured.size, "white")
    sheet.alpha_composite(coloured)
    return sheet.convert("L")


def _unpacked(text: str) -> dict[str, object]:
    if not text or len(text) > LONGEST_CODE:
        raise SettingsCodeWrong(problem="not_a_code")
    try:
        packed = base64.b64decode(text, validate=True)
        unpack = zlib.decompressobj()
        content = unpack.decompress(packed, LONGEST_SETTINGS)
        settings = json.loads(content) if unpack.eof else None
    except (binascii.Error, zlib.error, ValueError, RecursionError):
        raise SettingsCodeWrong(problem="not_a_code") from None
    if not isinstance(settings, dict):
        raise SettingsCodeWrong(problem="not_a_code")
    return settings
