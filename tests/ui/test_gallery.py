from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QImage

from intake_app.ui.gallery import main


def test_the_gallery_writes_a_picture_per_language_and_size(tmp_path: Path, themed) -> None:
    assert (
        main(["--out", str(tmp_path), "--only", "widgets", "--only", "cards-next", "--lang", "nl", "--lang", "ar"]) == 0
    )

    names = sorted(path.name for path in tmp_path.iterdir())
    assert len(names) == 8
    assert QImage(str(tmp_path / "cards-next-ar-1024.png")).size().width() == 1024
