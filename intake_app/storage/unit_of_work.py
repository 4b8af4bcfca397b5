"""One transaction over the database and the key store, and the lane in which such transactions take turns."""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Engine
from sqlmodel import Session

from intake_app.domain.ids import AccountId
from intake_app.errors import StorageError, StoreDamaged, StoreLocked
from intake_app.paths import private_file
from intake_app.storage import wipe_list
from intake_app.storage.audit import Audit
from intake_app.storage.consents import Consents
from intake_app.storage.database import copy_database, fold_log
from intake_app.storage.files import TalkFiles
from intake_app.storage.follow_ups import FollowUps
from intake_app.storage.keeping import CaseCards, Counting, Rights
from intake_app.storage.records import Instances, Outbox, Settings
from intake_app.storage.replay import Replayed, note_again
from intake_app.storage.repositories import Seals
from intake_app.storage.retention import Stays
from intake_app.storage.talks import Drafts, Participants, Plans

BESIDE_THE_DATA = ("keys.json", "participant_keys.db", wipe_list.NAME)
"""The files of a store beside its database."""
PUT_ASIDE_DAYS = 30
"""DOMAIN 8.11 `backup_days` at its longest."""


class Lane:
    """Lets one unit of work through at a time, until it is closed; `turns` counts them."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._holder: int | None = None
        self._closed = False
        self.turns = 0

    def enter(self) -> None:
        """Wait for the turn. Raises `StoreLocked` after closing, `RuntimeError` when this thread has the turn."""
        if self._holder == threading.get_ident():
            raise RuntimeError("a unit of work is open in this thread already")
        self._turn.acquire()
        if self._closed:
            self._turn.release()
            raise StoreLocked
        self._holder = threading.get_ident()
        self.turns += 1

    def leave(self) -> None:
        """Give the turn to the next."""
        self._holder = None
        self._turn.release()

    def close(self) -> bool:
        """Wait for the turn and let nobody in any more; False when that was done before."""
        if self._closed:
            return False
        self.enter()
        self._closed = True
        self.leave()
        return True


class SqlUnitOfWork:
    """One transaction as a `with` block, to be used again after it; without `commit` everything is rolled back.

    Raises `StoreLocked` on entering a closed store, and everywhere `DiskFull` and `StoreDamaged`.
    """

    def __init__(self, engine: Engine, seals: Seals, lane: Lane) -> None:
        self._engine = engine
        self._seals = seals
        self._lane = lane
        self._open: _Repositories | None = None

    @property
    def participants(self) -> Participants:
        """Participants of the own caseload."""
        return self._inside().participants

    @property
    def drafts(self) -> Drafts:
        """Open talks."""
        return self._inside().drafts

    @property
    def instances(self) -> Instances:
        """Finalized records."""
        return self._inside().instances

    @property
    def outbox(self) -> Outbox:
        """What waits to be sent."""
        return self._inside().outbox

    @property
    def consents(self) -> Consents:
        """Answers to consent texts."""
        return self._inside().consents

    @property
    def plans(self) -> Plans:
        """Plans as handed over."""
        return self._inside().plans

    @property
    def files(self) -> TalkFiles:
        """What hangs on a talk beside its answers."""
        return self._inside().files

    @property
    def settings(self) -> Settings:
        """Settings of this installation."""
        return self._inside().settings

    @property
    def audit(self) -> Audit:
        """The access log."""
        return self._inside().audit

    @property
    def cards(self) -> CaseCards:
        """Case cards, which outlive the talks."""
        return self._inside().cards

    @property
    def follow_ups(self) -> FollowUps:
        """Follow-up talks, which hang on a case card."""
        return self._inside().follow_ups

    @property
    def counting(self) -> Counting:
        """Counting rows of the running quarter."""
        return self._inside().counting

    @property
    def rights(self) -> Rights:
        """Withdrawals, requests to the centre, proof of consent, who was erased."""
        return self._inside().rights

    @property
    def stays(self) -> Stays:
        """What of each person is here and since when."""
        return self._inside().stays

    def __enter__(self) -> Self:
        self._lane.enter()
        self._open = _Repositories(self._engine, self._seals)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        inside, self._open = self._inside(), None
        try:
            inside.session.close()
            made = frozenset(inside.participants.keys_made | inside.cards.keys_made)
            if made:
                # a key without a person harms nobody, and the next attempt replaces it
                with suppress(StorageError):
                    self._seals.keys.destroy(made)
        finally:
            self._lane.leave()

    def commit(self) -> None:
        """Make it durable: on return it survives a crash and a power cut. Keys of erased people are destroyed.

        When a key cannot be destroyed for want of room, `DiskFull` says so; the rows are gone by then, and
        every later commit and every unlocking tries again.
        """
        inside = self._inside()
        inside.session.commit()
        inside.participants.keys_made.clear()
        inside.cards.keys_made.clear()
        erased = inside.participants.erased | inside.cards.erased
        self._seals.doomed |= erased
        taken_back = inside.rights.noted
        if erased or taken_back:
            inside.participants.erased.clear()
            inside.cards.erased.clear()
            inside.rights.noted = False
            # what could not be written for want of room is written at the next unlocking
            with suppress(StorageError):
                _write_wipe_list(self._engine, self._seals)
        if erased:
            _destroy_doomed(self._engine, self._seals)
        elif self._seals.doomed:
            with suppress(StorageError):
                _destroy_doomed(self._engine, self._seals)
        elif taken_back:
            # the key stays: what was taken back must not be left in the log either; closing folds it at the latest
            with suppress(StorageError):
                fold_log(self._engine)

    def snapshot(self, place: Path) -> str:
        """Write the data, the keys and the wislijst into an empty folder as they stand now; gives the store's name.

        To be called first in the block: the copy holds what was committed. It is as encrypted as the store itself, and
        was read back once. Raises `DiskFull`, `StoreDamaged`.
        """
        self._inside()
        copy_database(self._engine, place / Path(str(self._engine.url.database)).name)
        with suppress(StorageError):
            _write_wipe_list(self._engine, self._seals)
        for name in BESIDE_THE_DATA:
            if (self.folder / name).is_file():
                private_file(place / name, (self.folder / name).read_bytes())
        return self.store_id()

    @property
    def folder(self) -> Path:
        """The data folder."""
        return Path(str(self._engine.url.database)).parent

    def store_id(self) -> str:
        """By which a backup is known to be of this store; it tells nothing of a key."""
        return self._seals.for_purpose("backup")[:16].hex()

    def _inside(self) -> _Repositories:
        if self._open is None:
            raise RuntimeError("a unit of work is used inside its `with` block")
        return self._open


class _Repositories:
    """The repositories of one open transaction."""

    def __init__(self, engine: Engine, seals: Seals) -> None:
        self.session = Session(engine, expire_on_commit=True)
        self.participants = Participants(self.session, seals)
        self.drafts = Drafts(self.session, seals)
        self.instances = Instances(self.session, seals)
        self.outbox = Outbox(self.session, seals)
        self.consents = Consents(self.session, seals)
        self.plans = Plans(self.session, seals)
        self.files = TalkFiles(self.session, seals)
        self.settings = Settings(self.session, seals)
        self.audit = Audit(self.session, seals)
        self.cards = CaseCards(self.session, seals)
        self.follow_ups = FollowUps(self.session, seals)
        self.counting = Counting(self.session, seals)
        self.rights = Rights(self.session, seals)
        self.stays = Stays(self.session, seals)


def finish_erasures(engine: Engine, seals: Seals, account: AccountId) -> Replayed:
    """Before anything else after opening: erase and hold back again what an older copy of the database brought back.

    Requests to the centre that this copy does not know wait again. What was done stands in the access log, and in a
    setting until somebody has seen it. Also destroys keys that a crash between commit and destruction left behind. A
    wislijst that cannot be read is made anew from the database. Raises `DiskFull`.
    """
    path, key = _wipe_list_place(engine, seals)
    restored = path.with_name(wipe_list.RESTORED)
    own, came = _read_or_nothing(path, key), _read_or_nothing(restored, key)
    with Session(engine) as session:
        again = wipe_list.apply(session, seals, own | came)
        if again.changed:
            note_again(session, seals, account, again)
            session.commit()
        known = replace(wipe_list.told_by(session, seals), line=own.line).on_a_line()
    with suppress(StorageError):
        if known != own or restored.exists():
            known.write(path, key)
            restored.unlink(missing_ok=True)
    _clear_put_aside(path.parent)
    seals.doomed = {each for each in wipe_list.erased_ids(known.erased) if seals.keys.knows(each)}
    if seals.doomed:
        _destroy_doomed(engine, seals)
    return Replayed(len(again.requests), own.goes_on_from(came))


def _clear_put_aside(folder: Path) -> None:
    """Copies from before a migration, a repair or a restored backup go when they are as old as a backup may be.

    Their age is counted to the last writing of the data, not to a clock that may have jumped.
    """
    with suppress(OSError):
        newest = max(one.stat().st_mtime for one in folder.glob("intake.db*"))
        for one in (*folder.glob("intake.db.before-*"), *folder.glob("intake.db.replaced-*")):
            if newest - one.stat().st_mtime > PUT_ASIDE_DAYS * 86400:
                one.unlink()


def _read_or_nothing(path: Path, key: bytes) -> wipe_list.WipeList:
    try:
        return wipe_list.WipeList.read(path, key)
    except StoreDamaged:
        return wipe_list.WipeList()


def _wipe_list_place(engine: Engine, seals: Seals) -> tuple[Path, bytes]:
    return Path(str(engine.url.database)).with_name(wipe_list.NAME), seals.for_purpose(wipe_list.PURPOSE)


def _write_wipe_list(engine: Engine, seals: Seals) -> None:
    with Session(engine) as session:
        known = wipe_list.told_by(session, seals)
    path, key = _wipe_list_place(engine, seals)
    replace(known, line=_read_or_nothing(path, key).line).on_a_line().write(path, key)


def _destroy_doomed(engine: Engine, seals: Seals) -> None:
    seals.keys.destroy(frozenset(seals.doomed))
    seals.doomed.clear()
    # the content in the log cannot be opened any more; a log that stays for want of room is no failure
    with suppress(StorageError):
        fold_log(engine)
