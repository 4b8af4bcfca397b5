"""The lists of blank forms and their files that a server offers (OpenRosa formList and manifest)."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field

from lxml import etree

from intake_app.domain.ids import FormId, FormVersion
from intake_app.errors import DownloadDamaged, NotTheServer, UnsafeXml
from intake_app.safe_xml import local_name, parse
from intake_app.sync.reading import child_text, children

_WANTED = re.compile(r"jr://(?:images|audio|video|file|file-csv)/(\S.*?)\s*$")
_BAD_IN_NAME = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|]')
_WINDOWS_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
MOST_ENTRIES = 1000
"""A project has a handful of forms and a form some hundreds of files; a longer list is no list of ours."""
_XFORMS = "http://www.w3.org/2002/xforms"


@dataclass(frozen=True)
class FormListEntry:
    """One blank form on offer. `md5` is hexadecimal or empty; `manifest_url` is empty without files."""

    form_id: FormId
    name: str
    version: FormVersion
    md5: str
    download_url: str
    manifest_url: str = ""


@dataclass(frozen=True)
class FormList:
    """Everything on offer now. A form that is missing here is closed to new talks; nothing local is deleted for it."""

    entries: tuple[FormListEntry, ...]
    etag: str = ""


@dataclass(frozen=True)
class ManifestEntry:
    """One file of a form. `kind` is empty, `entityList` or `approvalEntityList`; only for the empty kind is
    `stamp` the MD5 of the content, for entity lists it is a change stamp."""

    name: str
    stamp: str
    download_url: str
    kind: str = ""
    integrity_url: str = ""


@dataclass(frozen=True)
class MediaFile:
    """A file that came with a form."""

    name: str
    content: bytes = field(repr=False)
    stamp: str = ""
    kind: str = ""
    integrity_url: str = ""


@dataclass(frozen=True)
class FormDownload:
    """A blank form as it came in. `hash_matches` is False when the list named another MD5, which Central does for
    forms uploaded in another encoding: a warning, no reason to fetch again. `missing` are files that the form names
    and nobody uploaded."""

    form_id: FormId
    version: FormVersion
    xml: bytes = field(repr=False)
    etag: str
    hash_matches: bool
    media: tuple[MediaFile, ...] = ()
    missing: tuple[str, ...] = ()


def read_form_list(body: bytes, status: int, etag: str = "") -> FormList:
    """Read a formList; unknown elements and entries without id or address are passed over.

    Raises NotTheServer, and DownloadDamaged when it is longer than a list can be.
    """
    entries = []
    for element in _few(children(_document(body, status, "xforms"), "xform"), "formList"):
        form_id, address = child_text(element, "formID"), child_text(element, "downloadUrl")
        if form_id and address:
            entries.append(
                FormListEntry(
                    form_id=FormId(form_id),
                    name=child_text(element, "name"),
                    version=FormVersion(child_text(element, "version")),
                    md5=_bare_hash(child_text(element, "hash")),
                    download_url=address,
                    manifest_url=child_text(element, "manifestUrl"),
                )
            )
    return FormList(tuple(entries), etag)


def read_manifest(body: bytes, status: int) -> tuple[ManifestEntry, ...]:
    """Read a manifest.

    Raises NotTheServer, or DownloadDamaged when it is too long, or a file name could leave its folder or is there twice
    (also when only capitals differ, which Windows does not see).
    """
    entries: list[ManifestEntry] = []
    seen: set[str] = set()
    for element in _few(children(_document(body, status, "manifest"), "mediaFile"), "manifest"):
        name, address = child_text(element, "filename"), child_text(element, "downloadUrl")
        if name and address:
            check_media_name(name)
            if name.casefold() in seen:
                raise DownloadDamaged(name=ascii(name), problem="doubled_name")
            seen.add(name.casefold())
            entries.append(
                ManifestEntry(
                    name=name,
                    stamp=_bare_hash(child_text(element, "hash")),
                    download_url=address,
                    kind=element.get("type") or "",
                    integrity_url=child_text(element, "integrityUrl"),
                )
            )
    return tuple(entries)


def check_media_name(name: str) -> None:
    """Refuse a file name that is rooted, climbs, or means something else to Windows. Raises DownloadDamaged.

    OpenRosa media names are un-rooted and may hold sub-folders, but no `.` or `..`.
    """
    segments = name.split("/")
    for segment in segments:
        rooted_or_climbing = segment in ("", ".", "..")
        if rooted_or_climbing or segment != segment.strip() or segment.endswith(".") or len(segment) > 200:
            raise DownloadDamaged(name=ascii(name), problem="unsafe_name")
        if _BAD_IN_NAME.search(segment) or _WINDOWS_DEVICE.fullmatch(segment):
            raise DownloadDamaged(name=ascii(name), problem="unsafe_name")


def read_form(xml: bytes, status: int) -> tuple[str, ...]:
    """The files that a form's own text asks for, each once, in order. Raises NotTheServer when it is no XForm."""
    root = _document(xml, status, "html")
    if root.find(f".//{{{_XFORMS}}}model") is None:
        raise NotTheServer(status=status)
    wanted: dict[str, None] = {}
    for element in root.iter(etree.Element):
        for text in (element.text or "", *element.attrib.values()):
            found = _WANTED.match(str(text).strip())
            if found:
                wanted[found.group(1)] = None
    return tuple(wanted)


def md5_of(content: bytes) -> str:
    """The hexadecimal MD5 that OpenRosa uses to tell versions of a file apart; no protection against forgery."""
    return hashlib.md5(content, usedforsecurity=False).hexdigest()


def _document(body: bytes, status: int, name: str) -> etree._Element:
    try:
        root = parse(body)
    except UnsafeXml:
        raise NotTheServer(status=status) from None
    if local_name(root) != name:
        raise NotTheServer(status=status)
    return root


def _few(elements: list[etree._Element], name: str) -> list[etree._Element]:
    if len(elements) > MOST_ENTRIES:
        raise DownloadDamaged(name=name, problem="too_many")
    return elements


def _bare_hash(text: str) -> str:
    return text.removeprefix("md5:").lower()
