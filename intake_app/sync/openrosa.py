"""The central server over OpenRosa: check, submit frozen bytes, list and fetch blank forms."""

from __future__ import annotations

from collections.abc import Collection
from threading import Lock
from types import TracebackType
from typing import Self
from urllib.parse import quote, urljoin

from intake_app.domain.clock import Clock, SystemClock
from intake_app.domain.instance import OutboxItem, Receipt
from intake_app.errors import (
    AnswerLost,
    DownloadDamaged,
    NotTheServer,
    ServerAddressWrong,
    ServerRefused,
    ServerUnreachable,
)
from intake_app.sync.address import check_base_url, check_token, same_host
from intake_app.sync.answers import RECEIPT_STATUSES, envelope, is_there_already, problem_in, said, without_token
from intake_app.sync.entity_list import ENTITY_KINDS, deleted_names, entity_names, questions
from intake_app.sync.form_list import (
    FormDownload,
    FormList,
    FormListEntry,
    ManifestEntry,
    MediaFile,
    md5_of,
    read_form,
    read_form_list,
    read_manifest,
)
from intake_app.sync.parts import FilePart, portions
from intake_app.sync.wire import MEGABYTE, Answer, Timeouts, Wire

DEFAULT_ACCEPTED_LENGTH = 10 * MEGABYTE  # what ODK Collect takes when the server names no limit
LIST_LIMIT = 5 * MEGABYTE
FORM_LIMIT = 20 * MEGABYTE
FILES_LIMIT = 200 * MEGABYTE
"""All files of one form together."""
HOPS = 3
_REDIRECTS = (301, 302, 303, 307, 308)


class OpenRosaServer:
    """ODK Central, or any server that speaks OpenRosa 1.0, behind the port `CentralServer`.

    `base_url` is `https://host/v1/projects/7`; plain HTTP is taken only on this machine itself. The app user's
    token goes with every call as a Bearer header. One record is under way at a time, also from several threads.
    Raises ServerAddressWrong when made with an address or token that may not be used.
    """

    def __init__(
        self,
        base_url: str,
        token: str,
        *,
        device_id: str = "",
        timeouts: Timeouts | None = None,
        clock: Clock | None = None,
    ) -> None:
        base_url, token = base_url.strip().rstrip("/"), token.strip()
        check_base_url(base_url)
        check_token(token)
        self._base_url, self._token, self._device_id = base_url, token, device_id
        self._clock = clock or SystemClock()
        self._wire = Wire(base_url, token, timeouts or Timeouts(), self._clock)
        self._one_in_flight = Lock()
        self._submission_url = ""
        self._accepted_length = DEFAULT_ACCEPTED_LENGTH

    def __repr__(self) -> str:
        return f"OpenRosaServer({self._base_url})"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Hang up; the object is of no use afterwards."""
        self._wire.close()

    def hang_up(self) -> None:
        """From any thread: what is under way ends at once as if the line had broken, and nothing more is asked."""
        self._wire.hang_up()

    def check(self) -> None:
        """HEAD on the submission address; silence means a server that speaks OpenRosa and knows the kind of token.

        It does not prove the right to submit. A Location is followed to the same host only. Raises the SyncError
        family.
        """
        url = f"{self._base_url}/submission"
        for _ in range(HOPS):
            answer = self._wire.ask("HEAD", url)
            location = answer.headers.get("location", "")
            if answer.status == 204:
                self._submission_url = self._on_this_host(url, location, 204) if location else url
                self._accepted_length = _accepted_length(answer)
                return
            if answer.status not in _REDIRECTS or not location:
                raise problem_in(answer, self._token)
            url = self._on_this_host(url, location, answer.status)
        raise NotTheServer(status=302)

    def submit(self, item: OutboxItem) -> Receipt:
        """POST the frozen bytes; only 201 and 202 with an OpenRosa envelope give a receipt.

        When the line breaks after sending began, the same bytes are sent once more at once: the server answers 201
        to identical bytes. A 409 while an earlier outcome is in doubt may come from our own first try still being
        worked on, so it is tried once more before it counts. An original that somebody has edited since is on the
        server: its 409 is a receipt. Raises the SyncError family; AnswerLost leaves the outcome unknown.
        """
        with self._one_in_flight:
            if not self._submission_url:
                self.check()
            lost, conflict, in_doubt = False, False, item.attempts > 0
            while True:
                try:
                    return self._post(item)
                except ServerUnreachable as problem:
                    if lost and not isinstance(problem, AnswerLost):
                        raise AnswerLost(**problem.params) from None
                    if lost or not isinstance(problem, AnswerLost):
                        raise
                    lost = in_doubt = True
                except ServerRefused as problem:
                    if is_there_already(problem):
                        return Receipt(item.instance_id, 409, str(problem.params["text"]), self._clock.now())
                    if conflict or not in_doubt or problem.params["status"] != 409:
                        raise
                    conflict = True

    def form_list(self, known_etag: str = "") -> FormList | None:
        """The blank forms on offer, or None when nothing changed since the list with `known_etag`."""
        answer = self._get(f"{self._base_url}/formList", known_etag)
        if answer is None:
            return None
        return read_form_list(answer.body, answer.status, answer.headers.get("etag", ""))

    def download_form(self, entry: FormListEntry, known: FormDownload | None = None) -> FormDownload:
        """Fetch a form with its files; what is unchanged in `known` is not fetched again.

        Raises the SyncError family: ServerRefused for a form that was closed, DownloadDamaged for a file whose MD5
        differs or whose name could leave its folder, NotTheServer for an address on another host.
        """
        answer = self._fetch(entry.download_url, known.etag if known else "", FORM_LIMIT)
        if answer is None and known is not None:
            xml, etag = known.xml, known.etag
        elif answer is not None:
            xml, etag = answer.body, answer.headers.get("etag", "")
        else:
            raise NotTheServer(status=304)
        wanted = read_form(xml, 200)
        media = self._media(entry, known)
        names = {file.name for file in media}
        return FormDownload(
            form_id=entry.form_id,
            version=entry.version,
            xml=xml,
            etag=etag,
            hash_matches=entry.md5 in ("", md5_of(xml)),
            media=media,
            missing=tuple(name for name in wanted if name not in names),
        )

    def deleted_entities(self, integrity_url: str, names: Collection[str]) -> frozenset[str]:
        """Which entities, that were in a list and are no longer, were deleted at the centre.

        The others are only out of sight of this app user. Raises the SyncError family.
        """
        deleted: set[str] = set()
        for ids in questions(names):
            answer = self._fetch(f"{integrity_url}{'&' if '?' in integrity_url else '?'}id={quote(ids, safe=',')}")
            if answer is None:
                raise NotTheServer(status=304)
            deleted |= deleted_names(answer.body, ids.split(","))
        return frozenset(deleted)

    def _media(self, entry: FormListEntry, known: FormDownload | None) -> tuple[MediaFile, ...]:
        if not entry.manifest_url:
            return ()
        answer = self._fetch(entry.manifest_url)
        if answer is None:
            raise NotTheServer(status=304)
        at_hand = {(file.name, file.stamp, file.kind): file for file in (known.media if known else ()) if file.stamp}
        media: list[MediaFile] = []
        left = FILES_LIMIT
        for wanted in read_manifest(answer.body, answer.status):
            file = at_hand.get((wanted.name, wanted.stamp, wanted.kind)) or self._media_file(wanted, left)
            left -= len(file.content)
            media.append(file)
        return tuple(media)

    def _media_file(self, wanted: ManifestEntry, limit: int) -> MediaFile:
        answer = self._fetch(wanted.download_url, limit=limit)
        if answer is None:
            raise NotTheServer(status=304)
        if not wanted.kind and wanted.stamp and md5_of(answer.body) != wanted.stamp:
            raise DownloadDamaged(name=wanted.name, problem="hash")
        if wanted.kind in ENTITY_KINDS:
            entity_names(answer.body, wanted.name)
        return MediaFile(wanted.name, answer.body, wanted.stamp, wanted.kind, wanted.integrity_url)

    def _post(self, item: OutboxItem) -> Receipt:
        """Send the record, in several requests when its files need them; the last answer is the receipt."""
        receipt = None
        for parts in portions(item, self._accepted_length):
            receipt = self._post_parts(item, parts)
        if receipt is None:
            raise NotTheServer(status=0)
        return receipt

    def _post_parts(self, item: OutboxItem, parts: tuple[FilePart, ...]) -> Receipt:
        answer = self._wire.post(self._submission_url, parts, self._device_id)
        if answer.status not in RECEIPT_STATUSES:
            raise problem_in(answer, self._token)
        found = envelope(answer.body)
        if found is None:
            raise NotTheServer(status=answer.status)
        text = without_token(found.text, self._token)
        if found.is_error:
            raise ServerRefused(status=answer.status, text=text)
        return Receipt(item.instance_id, answer.status, text, self._clock.now())

    def _fetch(self, url: str, etag: str = "", limit: int = LIST_LIMIT) -> Answer | None:
        """GET of a form or file; a 403 here is about this form (Central closes forms so), not about the token."""
        answer = self._wire.ask("GET", self._on_this_host(self._base_url, url, 200), etag=etag, limit=limit)
        if answer.status == 403:
            raise ServerRefused(status=403, text=said(answer, self._token))
        return self._unless_unchanged(answer, etag)

    def _get(self, url: str, etag: str) -> Answer | None:
        return self._unless_unchanged(self._wire.ask("GET", url, etag=etag, limit=LIST_LIMIT), etag)

    def _unless_unchanged(self, answer: Answer, etag: str) -> Answer | None:
        if answer.status == 304 and etag:
            return None
        if answer.status != 200:
            raise problem_in(answer, self._token)
        return answer

    def _on_this_host(self, current: str, address: str, status: int) -> str:
        """The address made whole, if it lies on our own server: the token goes nowhere else."""
        try:
            url = urljoin(current, address)
            ours = same_host(self._base_url, url)
        except (ValueError, ServerAddressWrong):
            ours = False
        if not ours:
            raise NotTheServer(status=status)
        return url


def _accepted_length(answer: Answer) -> int:
    """What the server takes in one request, in bytes."""
    try:
        return int(answer.headers.get("x-openrosa-accept-content-length", ""))
    except ValueError:
        return DEFAULT_ACCEPTED_LENGTH
