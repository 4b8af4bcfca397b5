"""`dev.py screens`: pictures of every page in the shipped languages and in the two made-up ones, to be looked at.

The made-up languages are in no list of the app. In a copy of it their texts stand in the place of two languages that
have none yet, one for each direction; so every page is walked in them without a line of code that knows them.
"""

from __future__ import annotations

import csv
import shutil
import sys
import tempfile
from pathlib import Path

from devtools.environment import PYTHON
from devtools.gates import shipped
from devtools.made_up import MADE_UP
from devtools.shell import REPOSITORY, must, passing_through, say

OUT = REPOSITORY / "out" / "screens"
PARTS = ("intake_app", "translations", "resources")
REPRESENTATIVE = (
    "talk-talk-language", "talk-question", "talk-version", "talk-explained", "talk-cards", "talk-top3", "talk-reaction",
    "reading-back", "offers", "plan-plan",
)  # fmt: skip
"""Ten kinds of screen: what the participant sees, from the choice of a language to the plan."""


def screens(arguments: list[str]) -> int:
    """Pictures for the codes given, or for Dutch, every shipped language and both made-up ones; 1 when a run failed."""
    wanted = arguments or ["nl", *shipped(), *MADE_UP]
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        stand_in = copied(copy)
        failed = [code for code in wanted if _walk(copy, stand_in.get(code, code), OUT / code) != 0]
    for code in failed:
        say(f"The pages in {code} could not all be shown.")
    say(f"The pictures stand in {OUT.relative_to(REPOSITORY)}; ten of each language in its folder `ten`.")
    return 1 if failed else 0


def copied(place: Path) -> dict[str, str]:
    """Copy the app, its made-up languages in the place of others; gives the code each one goes by there."""
    for part in PARTS:
        shutil.copytree(REPOSITORY / part, place / part, ignore=shutil.ignore_patterns("__pycache__"))
    stand_in = {made_up: free_language(place / "translations", rtl=bool(mark)) for made_up, mark in MADE_UP.items()}
    for made_up, code in stand_in.items():
        shutil.copytree(place / "translations" / made_up, place / "translations" / code)
    sources = sorted((place / "translations").glob("*/LC_MESSAGES/*.po"))
    must([PYTHON, "-m", "devtools.compile_catalogues", *sources], "The translations could not be compiled")
    for form in sorted((place / "resources" / "forms" / "compiled").glob("*.xml")):
        source = form.parents[1] / f"{form.stem}.md"
        must(
            [PYTHON, "-m", "intake_app", "form", "compile", source, "-o", form],
            f"The form {form.stem} could not be compiled",
            cwd=place,
        )
    return stand_in


def free_language(translations: Path, *, rtl: bool) -> str:
    """A language of that direction without texts, in the order of the list. Raises StopIteration when there is none."""
    with (translations / "languages.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["script"] == ("Arab" if rtl else "Latn")]
    return next(row["code"] for row in rows if row["code"] != "nl" and not (translations / row["code"]).is_dir())


def _walk(place: Path, code: str, out: Path) -> int:
    shutil.rmtree(out, ignore_errors=True)
    ended = passing_through(
        [PYTHON, "-m", "intake_app", "demo", "--lang", code, "--screens", "--out", out],
        cwd=place,
        settings={"QT_QPA_PLATFORM": "offscreen"},
    )
    ten = out / "ten"
    ten.mkdir(parents=True, exist_ok=True)
    for name in REPRESENTATIVE:
        for path in out.glob(f"[0-9][0-9]-{name}.png"):
            shutil.copy(path, ten / f"{name}.png")
    return ended if len(list(ten.iterdir())) == len(REPRESENTATIVE) else 1


if __name__ == "__main__":
    sys.exit(screens(sys.argv[1:]))
