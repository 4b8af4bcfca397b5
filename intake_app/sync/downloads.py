"""Blank forms and their files on the disk of this laptop: each version in a folder of its own, whole or not there.

`forms/NUMBER/` holds `form.xml`, `about.json` and `files/`; the number is the order of arrival, since versions may hold
anything and are never part of a name. `forms/list.json` holds what the last list offered.
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from intake_app.domain.ids import FormId, FormVersion
from intake_app.paths import private_dir, private_file, settle_folder, take_name
from intake_app.sync.form_list import FormDownload, MediaFile, check_media_name, md5_of

FORM, ABOUT, FILES, LIST = "form.xml", "about.json", "files", "list.json"
_NUMBER = re.compile(r"\d{6}")


@dataclass(frozen=True)
class KeptForm:
    """A version of a form as it came from the server, with its files by name."""

    number: int
    form_id: str
    version: str
    xml: bytes = field(repr=False)
    etag: str = ""
    stamps: Mapping[str, tuple[str, str]] = field(default_factory=dict, repr=False)
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    def as_known(self) -> FormDownload:
        """As the client wants to know it, so that nothing is fetched twice."""
        media = tuple(
            MediaFile(name, content, *self.stamps.get(name, ("", ""))) for name, content in self.files.items()
        )
        known = FormId(self.form_id), FormVersion(self.version)
        return FormDownload(*known, self.xml, self.etag, True, media)


@dataclass(frozen=True)
class Shelf:
    """The folder of downloaded forms. Nothing in it is about a person."""

    folder: Path

    def kept(self) -> tuple[KeptForm, ...]:
        """Every version that stands here whole, oldest first; a damaged one is passed over."""
        if not self.folder.is_dir():
            return ()
        numbered = sorted(path for path in self.folder.iterdir() if _NUMBER.fullmatch(path.name))
        return tuple(form for form in map(_read, numbered) if form is not None)

    def newest(self, form_id: str) -> KeptForm | None:
        """The version of this form that came last."""
        return next((form for form in reversed(self.kept()) if form.form_id == form_id), None)

    def add(self, form: FormDownload) -> int:
        """Keep a version; it is there whole after the last step, and not before. Raises DiskFull, FolderReadOnly."""
        private_dir(self.folder)
        number = max((kept.number for kept in self.kept()), default=0) + 1
        number = max(
            number, 1 + max((int(p.name) for p in self.folder.iterdir() if _NUMBER.fullmatch(p.name)), default=0)
        )
        temporary = private_dir(self.folder / f".{number:06d}.{secrets.token_hex(4)}.tmp")
        try:
            private_file(temporary / FORM, form.xml)
            for file in form.media:
                check_media_name(file.name)
                place = temporary / FILES / file.name
                private_dir(place.parent)
                private_file(place, file.content)
            about = {
                "form_id": form.form_id,
                "version": form.version,
                "etag": form.etag,
                "md5": md5_of(form.xml),
                "files": {file.name: [md5_of(file.content), file.stamp, file.kind] for file in form.media},
            }
            private_file(temporary / ABOUT, json.dumps(about).encode())
            take_name(temporary, self.folder / f"{number:06d}")
            settle_folder(self.folder)
            self._forget_older(number, form)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
        return number

    def _forget_older(self, number: int, form: FormDownload) -> None:
        """The same version with other files makes the ones before it superfluous: lists of people change every day."""
        for kept in self.kept():
            if kept.number < number and (kept.form_id, kept.version) == (form.form_id, form.version):
                shutil.rmtree(self.folder / f"{kept.number:06d}", ignore_errors=True)

    def keep_only(self, needed: Collection[tuple[str, str]], replaced_after: float) -> None:
        """Remove versions that another came after before this moment (seconds since 1970), but for those `needed`.

        The newest of each form always stays. Talks of colleagues cannot be looked into from here: the moment must lie
        further back than any talk is kept.
        """
        successor: dict[str, KeptForm] = {}
        gone: list[KeptForm] = []
        for form in reversed(self.kept()):
            after = successor.setdefault(form.form_id, form)
            successor[form.form_id] = form
            replaced_at = (self.folder / f"{after.number:06d}" / ABOUT).stat().st_mtime
            old = after is not form and replaced_at < replaced_after
            if old and (form.form_id, form.version) not in needed:
                gone.append(form)
        for form in gone:
            shutil.rmtree(self.folder / f"{form.number:06d}", ignore_errors=True)

    def etag(self) -> str:
        """Stamp of the last list whose forms all came in; empty when something was left to do."""
        try:
            return str(json.loads((self.folder / LIST).read_text(encoding="utf-8"))["etag"])
        except (OSError, ValueError, KeyError, TypeError):
            return ""

    def save_etag(self, etag: str) -> None:
        """Remember that everything of this list is here."""
        private_dir(self.folder)
        private_file(self.folder / LIST, json.dumps({"etag": etag}).encode())


def _read(folder: Path) -> KeptForm | None:
    try:
        about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
        xml = (folder / FORM).read_bytes()
        files, stamps = {}, {}
        for name, (md5, stamp, kind) in about["files"].items():
            check_media_name(name)
            files[name] = (folder / FILES / name).read_bytes()
            stamps[name] = (str(stamp), str(kind))
            if md5_of(files[name]) != md5:
                return None
        if md5_of(xml) != about["md5"]:
            return None
        return KeptForm(
            int(folder.name), str(about["form_id"]), str(about["version"]), xml, str(about["etag"]), stamps, files
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
