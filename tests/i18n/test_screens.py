"""The made-up languages walk every page, nothing is cut and nothing is left in Dutch, in a copy of the app."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from devtools import screens
from devtools.made_up import MADE_UP

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture
def translations(tmp_path: Path) -> Path:
    """The list of languages, and no texts."""
    shutil.copy(REPOSITORY / "translations" / "languages.csv", tmp_path / "languages.csv")
    return tmp_path


def test_a_made_up_language_takes_the_place_of_the_first_one_without_texts(translations: Path) -> None:
    for code in ("en", "ar"):
        (translations / code).mkdir()

    assert screens.free_language(translations, rtl=False) == "pl"
    assert screens.free_language(translations, rtl=True) == "fa"


def test_no_shipped_language_gives_up_its_place(translations: Path) -> None:
    for code in ("en", "pl", "ro", "tr", "so", "fr", "de", "es"):
        (translations / code).mkdir()

    with pytest.raises(StopIteration):
        screens.free_language(translations, rtl=False)


@pytest.mark.long
@pytest.mark.parametrize("code", MADE_UP)
def test_every_page_is_walked_in_a_made_up_language(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screens, "OUT", REPOSITORY / "out" / "screens-tested")

    assert screens.screens([code]) == 0

    made = REPOSITORY / "out" / "screens-tested" / code
    assert {path.stem for path in (made / "ten").iterdir()} == set(screens.REPRESENTATIVE)
    assert len(list(made.glob("*.png"))) > 30
    assert len(list((made.parent / "sheets").glob("*.png"))) == len(screens.REPRESENTATIVE)
    shutil.rmtree(made)
