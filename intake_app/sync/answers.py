"""Reading what a server says: a receipt, a refusal in three dressings, or something that is not the server."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from intake_app.errors import (
    DeletedAtCentre,
    EditOutOfDate,
    FormClosed,
    FormUnknown,
    FormVersionUnknown,
    IdTaken,
    NotTheServer,
    OriginalMissing,
    RecordDiffers,
    ServerBusy,
    ServerRefused,
    SignInNeeded,
    SyncError,
    UnsafeXml,
)
from intake_app.safe_xml import parse
from intake_app.sync.reading import children, text_of
from intake_app.sync.wire import Answer

RESPONSE_NAMESPACE = "http://openrosa.org/http/response"
RECEIPT_STATUSES = (201, 202)
TEXT_LIMIT = 500

_LATER = (408, 425, 429)
_PORTAL = 511  # RFC 6585: "network authentication required", sent by captive portals
_TOO_LARGE = 413  # nginx says this in HTML before Central sees the request
_GARBLED = 400.39
"""Central's code for a multipart body that it cannot read: ours are whole, so the line mangled it."""
_NO_ID_OF_EDIT = "(undefined)"

_REFUSALS: tuple[tuple[int, str, type[ServerRefused]], ...] = (
    (409, "A submission already exists with this ID", RecordDiffers),
    (409, "You tried to update a submission, but the copy you were editing", EditOutOfDate),
    (409, "A resource already exists with instanceID", IdTaken),
    (409, "This submission has been deleted", DeletedAtCentre),
    (409, "This form is not currently accepting", FormClosed),
    (404, "You tried to update an existing submission", OriginalMissing),
    (404, "The form version specified", FormVersionUnknown),
    (404, "Could not find the resource", FormUnknown),
)
"""Central tells these cases apart by English words only; words we do not know stay a plain refusal."""


@dataclass(frozen=True)
class Envelope:
    """The message of an OpenRosaResponse."""

    text: str
    is_error: bool


def envelope(body: bytes) -> Envelope | None:
    """The OpenRosa envelope in this body, or None: then nobody confirmed anything."""
    try:
        root = parse(body)
    except UnsafeXml:
        return None
    if root.tag not in ("OpenRosaResponse", f"{{{RESPONSE_NAMESPACE}}}OpenRosaResponse"):
        return None
    for message in children(root, "message"):
        return Envelope(_tidy(text_of(message)), "error" in (message.get("nature") or ""))
    return Envelope("", is_error=False)


def said(answer: Answer, token: str) -> str:
    """The server's own words (English), shortened, without the token; empty for a web page."""
    found = envelope(answer.body)
    if found is not None:
        return without_token(found.text, token)
    if is_web_page(answer):
        return ""
    return without_token(_json_message(answer.body) or _tidy(answer.body.decode("utf-8", "replace")), token)


def without_token(text: str, token: str) -> str:
    """Words of the server, which may have repeated our token in them."""
    return text.replace(token, "…") if token else text


def problem_in(answer: Answer, token: str) -> SyncError:
    """The error that an answer without success stands for (the table of statuses is ODK Central's)."""
    status = answer.status
    if status in (401, 403):
        return SignInNeeded(status=status)
    if status in _LATER or (500 <= status < 600 and status != _PORTAL):
        return ServerBusy(status=status)
    if status == 400 and _json_field(answer.body, "code") == _GARBLED:
        return ServerBusy(status=status)
    if 400 <= status < 500 and (status == _TOO_LARGE or not is_web_page(answer)):
        return _refusal(status, said(answer, token))
    return NotTheServer(status=status)


def is_there_already(problem: SyncError) -> bool:
    """Whether a refused original is on the server: it was sent before, and somebody has edited it since."""
    return isinstance(problem, EditOutOfDate) and _NO_ID_OF_EDIT in str(problem.params["text"])


def _refusal(status: int, text: str) -> ServerRefused:
    kinds = (kind for known, words, kind in _REFUSALS if known == status and text.startswith(words))
    return next(kinds, ServerRefused)(status=status, text=text)


def is_web_page(answer: Answer) -> bool:
    """Whether this is HTML for people: a login page or the error page of a proxy."""
    start = answer.body.lstrip()[:15].lower()
    kind = answer.headers.get("content-type", "").lower()
    return "html" in kind or start.startswith((b"<!doctype html", b"<html"))


def _json_message(body: bytes) -> str:
    message = _json_field(body, "message")
    return _tidy(message) if isinstance(message, str) else ""


def _json_field(body: bytes, name: str) -> object:
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return content.get(name) if isinstance(content, dict) else None


def _tidy(text: str) -> str:
    return re.sub(r"[\s\x00-\x1f\x7f]+", " ", text).strip()[:TEXT_LIMIT]
