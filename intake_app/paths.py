"""Every folder the app uses, and the one way to write a private file."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from intake_app.errors import DiskFull, FileBusy, FolderReadOnly

APP_FOLDER = "intake-app"
PRIVATE_FOLDER_MODE = 0o700
PRIVATE_FILE_MODE = 0o600
PATIENCE_S = (0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8)
"""Pauses while another program holds on to a file, in seconds; a virus scanner seldom needs longer."""


def _shipped_root() -> Path:
    """The folder that holds `resources` and `translations`: bundled, installed or in the source tree."""
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle is not None:
        return Path(bundle)
    package = Path(__file__).resolve().parent
    installed = package / "_data"
    return installed if installed.is_dir() else package.parent


def resource_dir(*parts: str) -> Path:
    """The read-only `resources` folder, or a path inside it: `resource_dir("fonts", "NotoSans-Regular.ttf")`."""
    return _shipped_root().joinpath("resources", *parts)


def translations_dir() -> Path:
    """The folder with one `<lang>/LC_MESSAGES` per language."""
    return _shipped_root() / "translations"


def default_data_dir() -> Path:
    """Where this person's store lives unless `--data-dir` says otherwise; not made here.

    It is the local, not the roaming folder: the store must not travel over an office network.
    """
    import platformdirs

    return Path(platformdirs.user_data_dir(APP_FOLDER, appauthor=False, roaming=False))


def private_dir(path: Path) -> Path:
    """Make the folder, and on POSIX close it to other accounts; gives the same path back.

    On Windows the profile folder's own rights keep others out, and modes say nothing.
    """
    path.mkdir(mode=PRIVATE_FOLDER_MODE, parents=True, exist_ok=True)
    if os.name == "posix":
        path.chmod(PRIVATE_FOLDER_MODE)
    return path


def private_file(path: Path, content: bytes) -> None:
    """Write a file that is whole or untouched, whatever happens in between, and readable by its owner only.

    The bytes go to a temporary file beside it, reach the disk, and then take its name in one step.
    Raises `DiskFull` when there is no room, `FolderReadOnly` when nothing may be written there, `FileBusy` when
    another program holds on to the old file, and other `OSError` as it is.
    """
    import secrets

    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        with told_plainly():
            _write_durably(temporary, content)
        take_name(temporary, path)
        settle_folder(path.parent)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def take_name(temporary: Path, path: Path) -> None:
    """Give a file its name, over what stood there; a virus scanner that looks at either gets a moment to finish.

    On Windows nobody can rename a file that another program holds open. Raises `FileBusy`, and `DiskFull`.
    """
    for wait in (*PATIENCE_S, None):
        try:
            with told_plainly():
                temporary.replace(path)
        except FolderReadOnly as refused:
            if wait is None:
                raise FileBusy(name=path.name) from refused.__cause__
            time.sleep(wait)
        else:
            return


@contextmanager
def told_plainly() -> Iterator[None]:
    """An `OSError` of the disk in our own words where there are some: `DiskFull`, `FolderReadOnly`."""
    try:
        yield
    except OSError as problem:
        if problem.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull from problem
        if problem.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise FolderReadOnly from problem
        raise


def clear_left_over(folder: Path) -> None:
    """Remove temporary files that a `private_file` left behind when the process was killed in the middle of it.

    A half of a key file under a passphrase that was changed since must not lie about. The folder must be held.
    """
    for path in folder.glob(".*.tmp"):
        path.unlink(missing_ok=True)


def _write_durably(path: Path, content: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, PRIVATE_FILE_MODE), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def settle(path: Path) -> None:
    """Make what stands in a file durable, whoever wrote it there. Raises `OSError`."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def settle_folder(folder: Path) -> None:
    """Make new names in a folder durable; Windows has no such call and does it with the rename."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
