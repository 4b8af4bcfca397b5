"""What this process holds: memory in bytes and open handles. None where the system does not tell."""

from __future__ import annotations

from pathlib import Path

_STATUS, _HANDLES = Path("/proc/self/status"), Path("/proc/self/fd")


def memory() -> int | None:
    """Bytes of memory in use now."""
    if not _STATUS.is_file():
        return None
    lines = _STATUS.read_text(encoding="ascii", errors="replace").splitlines()
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS:")), None)


def handles() -> int | None:
    """Open files, sockets and pipes."""
    return len(list(_HANDLES.iterdir())) if _HANDLES.is_dir() else None
