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

from PIL import Image

from devtools.environment import PYTHON
from devtools.gates import shipped
from devtools.made_up import MADE_UP
from devtools.matrix import matrix
from devtools.shell import REPOSITORY, must, passing_through, say

MATRIX = "--matrix"
OUT = REPOSITORY / "out" / "screens"
PARTS = ("intake_app", "devtools", "translations", "resources")
REPRESENTATIVE = (
    "talk-talk-language", "talk-question", "talk-basic-wish", "talk-explained", "talk-cards", "talk-top3",
    "talk-reaction", "reading-back", "offers", "plan-plan",
)  # fmt: skip
"""Ten kinds of screen: what the participant sees, from the choice of a language to the plan."""

ACROSS, SIZE = 3, (911, 512)
"""Screens beside each other on a sheet, and how large each stands there, in dots."""


def screens(arguments: list[str]) -> int:
    """Pictures for the codes given, or for Dutch, every shipped language and both made-up ones; 1 when a run failed.

    With `--matrix` at the largest type, in two small windows and three palettes (`devtools.matrix`).
    """
    every = ["nl", *shipped(), *MADE_UP]
    wanted = [code for code in arguments if code != MATRIX] or every
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        stand_in = copied(copy)
        if MATRIX in arguments:
            return matrix(copy, wanted, stand_in)
        failed = [code for code in wanted if _walk(copy, code, stand_in.get(code, code)) != 0]
    for code in failed:
        say(f"In {code} not every page can be shown as it should be.")
    sheets(every)
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


def _walk(place: Path, code: str, stand_in: str) -> int:
    out = OUT / code
    shutil.rmtree(out, ignore_errors=True)
    say(f"The pages in {code}:")
    ended = passing_through(
        [PYTHON, "-m", "devtools.walked", stand_in, out, *(["made-up"] if code in MADE_UP else [])],
        cwd=place,
        settings={"QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "qt.qpa.*=false"},
    )
    ten = out / "ten"
    ten.mkdir(parents=True, exist_ok=True)
    for name in REPRESENTATIVE:
        for path in out.glob(f"[0-9][0-9]-{name}.png"):
            shutil.copy(path, ten / f"{name}.png")
    return ended if len(list(ten.iterdir())) == len(REPRESENTATIVE) else 1


def sheets(codes: list[str]) -> None:
    """For each of the ten, `out/screens/sheets/NAME.png`: the same screen in all languages, side by side."""
    folder = OUT / "sheets"
    folder.mkdir(parents=True, exist_ok=True)
    for name in REPRESENTATIVE:
        found = [path for code in codes if (path := OUT / code / "ten" / f"{name}.png").is_file()]
        lines = -(-len(found) // ACROSS)
        sheet = Image.new("RGB", (ACROSS * SIZE[0], lines * SIZE[1]), "white")
        for number, path in enumerate(found):
            with Image.open(path) as picture:
                small = picture.convert("RGB").resize(SIZE, Image.Resampling.LANCZOS)
            sheet.paste(small, (number % ACROSS * SIZE[0], number // ACROSS * SIZE[1]))
        sheet.save(folder / f"{name}.png")


if __name__ == "__main__":
    sys.exit(screens(sys.argv[1:]))
