"""The address of the central server as a person types or pastes it, with the secret taken out of it."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass, field
from urllib.parse import SplitResult, parse_qs, urlsplit

from intake_app.errors import ServerAddressWrong

_TOKEN = re.compile(r"[\x21-\x7e]+")
_KEY_IN_PATH = re.compile(r"/key/([^/]+)")
_CALLS = ("/formList", "/submission")


@dataclass(frozen=True)
class ServerAddress:
    """Where OpenRosa calls go: `https://host/v1/projects/7`, and the app user's token if the text held one."""

    base_url: str
    token: str = field(default="", repr=False)


def read_address(text: str) -> ServerAddress:
    """Take apart what a coordinator pastes, also Central's own form with `/key/TOKEN/` or `?st=TOKEN` in it.

    A text without a scheme means HTTPS. Raises ServerAddressWrong; the error never repeats the text.
    """
    text = text.strip()
    parts = _split(text if "://" in text else f"https://{text}")
    found = _KEY_IN_PATH.search(parts.path)
    token = found.group(1) if found else parse_qs(parts.query).get("st", [""])[0]
    path = _KEY_IN_PATH.sub("", parts.path).rstrip("/")
    for call in _CALLS:
        path = path.removesuffix(call)
    base_url = f"{parts.scheme}://{parts.netloc}{path}"
    check_base_url(base_url)
    return ServerAddress(base_url, token)


def check_base_url(base_url: str) -> None:
    """Refuse what we may not send to: no HTTPS outside this machine, or a secret in the address itself.

    Raises ServerAddressWrong.
    """
    parts = _split(base_url)
    if parts.username is not None or parts.password is not None or parts.query or _KEY_IN_PATH.search(parts.path):
        raise ServerAddressWrong(problem="token_in_address")
    if parts.scheme != "https" and not is_loopback(parts.hostname or ""):
        raise ServerAddressWrong(problem="https_needed")


def check_token(token: str) -> None:
    """Refuse a token that cannot stand in a header. Raises ServerAddressWrong without repeating it."""
    if not _TOKEN.fullmatch(token):
        raise ServerAddressWrong(problem="token_unreadable")


def is_loopback(host: str) -> bool:
    """Whether the name or number means this machine itself."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def same_host(one: str, other: str) -> bool:
    """Whether both addresses lie on one server: scheme, host and port alike, and no user name in the second."""
    first, second = _split(one), _split(other)
    return _origin(first) == _origin(second) and second.username is None and second.password is None


def _origin(parts: SplitResult) -> tuple[str, str, int]:
    return parts.scheme, (parts.hostname or "").lower(), parts.port or (443 if parts.scheme == "https" else 80)


def _split(url: str) -> SplitResult:
    parts = None
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        usable = False
    if parts is None or not usable or re.search(r"[\s\\]", url):
        raise ServerAddressWrong(problem="not_an_address")
    return parts
