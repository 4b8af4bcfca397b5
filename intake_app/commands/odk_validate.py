"""ODK Validate as a second opinion on a form, where Java is present: the jar travels with pyxform."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

LONGEST_SECONDS = 60


def jar_path() -> Path | None:
    """The jar in the installed pyxform, or None (bundles leave it out)."""
    found = importlib.util.find_spec("pyxform")
    if found is None or found.origin is None:
        return None
    jar = Path(found.origin).parent / "validators" / "odk_validate" / "bin" / "ODK_Validate.jar"
    return jar if jar.is_file() else None


def validate_with_java(form: Path) -> list[str]:
    """The problems ODK Validate names; none, with a word on standard error, where it cannot run."""
    java, jar = shutil.which("java"), jar_path()
    if java is None or jar is None:
        print("ODK Validate was not run: no Java here.", file=sys.stderr)
        return []
    outcome = subprocess.run(
        [java, "-Djava.awt.headless=true", "-jar", str(jar), str(form)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        timeout=LONGEST_SECONDS,
        check=False,
    )
    if outcome.returncode == 0:
        return []
    return [line for line in outcome.stderr.splitlines() if line.strip()] or ["ODK Validate refused the form."]
