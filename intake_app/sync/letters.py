"""In which order waiting records go, an original before its edits; what is needed is read ahead, a few at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from intake_app.domain.ids import InstanceId
from intake_app.domain.instance import OutboxHead, OutboxItem
from intake_app.errors import RecordBroken, UnsafeXml
from intake_app.safe_xml import parse
from intake_app.sync.reading import child_text, children

MOST_BYTES = 1_250_000
"""So much is read ahead at once, and at least one record."""


class Reading(Protocol):
    """The outbox as far as it is read."""

    def load_some(self, instance_ids: Sequence[InstanceId]) -> Mapping[InstanceId, OutboxItem]:
        """Those of these rows that wait still, each with its bytes and files."""
        ...


@dataclass(frozen=True)
class RecordIds:
    """The two ids that sending may know of a record."""

    instance_id: InstanceId
    deprecated_id: InstanceId | None


@dataclass(frozen=True)
class Letter:
    """A record at hand; `replaces` is the record that it is an edit of, `broken` says why it may not be sent."""

    item: OutboxItem
    replaces: InstanceId | None = None
    broken: str = ""

    @property
    def size(self) -> int:
        """Bytes of the record and its files."""
        return len(self.item.xml) + sum(len(file.content) for file in self.item.files)


def record_ids(xml: bytes) -> RecordIds:
    """Read instanceID and deprecatedID and nothing else. Raises RecordBroken.

    Central stores cut-off XML as it is and invents an id where there is none, so that every repeat would make a
    second record: both must be caught here.
    """
    try:
        xml.decode("utf-8")
        root = parse(xml)
    except (UnicodeDecodeError, UnsafeXml):
        raise RecordBroken(instance_id="", problem="unreadable") from None
    meta = next(iter(children(root, "meta")), None)
    instance_id = "" if meta is None else child_text(meta, "instanceID")
    if meta is None or not instance_id:
        raise RecordBroken(instance_id="", problem="no_instance_id")
    deprecated = child_text(meta, "deprecatedID")
    return RecordIds(InstanceId(instance_id), InstanceId(deprecated) if deprecated else None)


def letter_of(item: OutboxItem) -> Letter:
    """The record with what its bytes say about themselves."""
    try:
        ids = record_ids(item.xml)
    except RecordBroken as broken:
        return Letter(item, broken=str(broken.params["problem"]))
    if ids.instance_id != item.instance_id or ids.deprecated_id == ids.instance_id:
        return Letter(item, broken="other_instance_id")
    return Letter(item, ids.deprecated_id)


class Post:
    """The records of one round in the order in which they may go, oldest first, an original before its edits.

    `may_go` says whether a record is to be tried at all now; `width` how many are read ahead. Records that were taken
    out since the round began are gathered in `gone`: what is withdrawn goes nowhere.
    """

    def __init__(
        self,
        store: Reading,
        heads: Sequence[OutboxHead],
        may_go: Callable[[OutboxHead], bool],
        width: Callable[[], int],
    ) -> None:
        self._store, self._width = store, width
        self.unsent: dict[InstanceId, OutboxHead] = {head.instance_id: head for head in heads}
        self.gone: set[InstanceId] = set()
        self._order = sorted((head for head in heads if may_go(head)), key=lambda head: head.queued_at)
        self._may_go = may_go
        self._given: set[InstanceId] = set()
        self._at_hand: dict[InstanceId, Letter] = {}

    def letters(self) -> Iterator[Letter]:
        """Each record once; one whose original waits, and may not go, is not given."""
        for at, head in enumerate(self._order):
            for link in self._chain(head, at):
                if self._may_go(link) and (letter := self._letter(link.instance_id, at)) is not None:
                    yield letter
            self._at_hand = {name: one for name, one in self._at_hand.items() if name not in self._given}

    def _chain(self, head: OutboxHead, at: int) -> list[OutboxHead]:
        """The record after all those it replaces that still wait, whatever the clock said when they were queued."""
        chain: list[OutboxHead] = []
        current: OutboxHead | None = head
        while current is not None and current.instance_id not in self._given:
            self._given.add(current.instance_id)
            chain.append(current)
            letter = self._letter(current.instance_id, at)
            before = letter.replaces if letter is not None else None
            current = self.unsent.get(before) if before else None
        return chain[::-1]

    def _letter(self, instance_id: InstanceId, at: int) -> Letter | None:
        """The record; None when it was taken out since the round began."""
        if instance_id not in self._at_hand and instance_id not in self.gone:
            wanted = self._ahead(instance_id, at)
            found = self._store.load_some(wanted)
            self._at_hand.update({name: letter_of(item) for name, item in found.items()})
            for name in wanted:
                if name not in found:
                    self.gone.add(name)
                    self.unsent.pop(name, None)
        return self._at_hand.get(instance_id)

    def _ahead(self, instance_id: InstanceId, at: int) -> list[InstanceId]:
        """This record, and those that come after it in the queue as far as they may be read ahead."""
        wanted, size = [instance_id], 0
        for head in self._order[at : at + self._width()]:
            size += head.size
            if size > MOST_BYTES:
                break
            name = head.instance_id
            known = name in self._at_hand or name in self.gone or name in self._given
            if name != instance_id and not known:
                wanted.append(name)
        return wanted
