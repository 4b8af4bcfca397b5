"""The blank forms that the trial receiver offers: a folder of XForms, each with an optional `NAME-media` folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote

from lxml import etree

from intake_app.errors import FileMissing, UnsafeXml
from intake_app.safe_xml import namespace, parse, serialize
from intake_app.sync.form_list import md5_of
from intake_app.sync.trial_entities import list_in, saves_of

_XFORMS = "{http://www.w3.org/2002/xforms}"
_HTML = "{http://www.w3.org/1999/xhtml}"
_LIST_NAMESPACE = "http://openrosa.org/xforms/xformsList"
_MANIFEST_NAMESPACE = "http://openrosa.org/xforms/xformsManifest"
NO_VERSION = "___"
"""What Central writes in an address for a form without a version."""


@dataclass(frozen=True)
class TrialForm:
    """One blank form and its files by name."""

    form_id: str
    version: str
    title: str
    xml: bytes = field(repr=False)
    media: dict[str, bytes] = field(default_factory=dict, repr=False)
    entity_list: str = ""
    """The entity list that it asks for as a file."""
    saves: tuple[str, Mapping[str, str]] = ("", MappingProxyType({}))
    """The entity list that it writes to, and property to question."""

    @property
    def path(self) -> str:
        """The form's place under the project, without `.xml`."""
        return f"/forms/{quote(self.form_id, safe='')}/versions/{quote(self.version or NO_VERSION, safe='')}"


def load_forms(folder: Path) -> tuple[TrialForm, ...]:
    """Every XForm in the folder and the folders in it; other XML is passed over. Raises FileMissing, UnsafeXml."""
    if not folder.is_dir():
        raise FileMissing(path=str(folder))
    found: dict[tuple[str, str], TrialForm] = {}
    for file in sorted(folder.rglob("*.xml")):
        if not file.parent.name.endswith("-media"):
            form = _form(file)
            if form is not None:
                found[form.form_id, form.version] = form
    return tuple(found.values())


def known_versions(forms: tuple[TrialForm, ...]) -> dict[str, set[str]]:
    """Which versions of which forms are taken."""
    versions: dict[str, set[str]] = {}
    for form in forms:
        versions.setdefault(form.form_id, set()).add(form.version)
    return versions


def form_list(forms: tuple[TrialForm, ...], project: str) -> bytes:
    """The formList: of each form the newest version, by the order of their names."""
    newest: dict[str, TrialForm] = {}
    for form in sorted(forms, key=lambda one: one.version):
        newest[form.form_id] = form
    root = empty_document("xforms", _LIST_NAMESPACE)
    for form in newest.values():
        entry = add_child(root, "xform")
        add_child(entry, "formID", form.form_id)
        add_child(entry, "name", form.title)
        add_child(entry, "version", form.version)
        add_child(entry, "hash", f"md5:{md5_of(form.xml)}")
        add_child(entry, "downloadUrl", f"{project}{form.path}.xml")
        if form.media or form.entity_list:
            add_child(entry, "manifestUrl", f"{project}{form.path}/manifest")
    return serialize(root)


def manifest(form: TrialForm, project: str, list_stamp: str = "") -> bytes:
    """The manifest of one form; `list_stamp` changes whenever its entity list does."""
    root = empty_document("manifest", _MANIFEST_NAMESPACE)
    for name, content in form.media.items():
        entry = add_child(root, "mediaFile")
        add_child(entry, "filename", name)
        add_child(entry, "hash", f"md5:{md5_of(content)}")
        add_child(entry, "downloadUrl", f"{project}{form.path}/attachments/{quote(name)}")
    if form.entity_list:
        entry = add_child(root, "mediaFile")
        entry.set("type", "entityList")
        name = f"{form.entity_list}.csv"
        add_child(entry, "filename", name)
        add_child(entry, "hash", f"md5:{list_stamp}")
        add_child(entry, "downloadUrl", f"{project}{form.path}/attachments/{quote(name)}")
        add_child(entry, "integrityUrl", f"{project}{form.path}/integrity")
    return serialize(root)


def empty_document(name: str, space: str) -> etree._Element:
    """A root element in its own default namespace."""
    return parse(f'<{name} xmlns="{space}"/>'.encode())


def add_child(parent: etree._Element, name: str, text: str = "") -> etree._Element:
    """A child in the namespace of its parent."""
    child = etree.SubElement(parent, f"{{{namespace(parent)}}}{name}")
    child.text = text
    return child


def _form(file: Path) -> TrialForm | None:
    xml = file.read_bytes()
    try:
        root = parse(xml)
    except UnsafeXml as problem:
        raise UnsafeXml(path=file.name, **problem.params) from None
    primary = root.find(f"{_HTML}head/{_XFORMS}model/{_XFORMS}instance/*[1]")
    if primary is None or not primary.get("id"):
        return None
    folder = file.with_name(f"{file.stem}-media")
    media = {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(_files(folder))}
    return TrialForm(
        form_id=primary.get("id", ""),
        version=primary.get("version", ""),
        title=str(root.findtext(f"{_HTML}head/{_HTML}title") or primary.get("id", "")),
        xml=xml,
        media=media,
        entity_list=list_in(xml),
        saves=saves_of(xml),
    )


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()] if folder.is_dir() else []
