"""Interest scores from the picture items (DOMAIN 2.6): a talk aid, no test."""

from __future__ import annotations

from intake_app.profile.answers import Answers

LETTERS = "RIASEC"
ITEMS_PER_LETTER = 5
NEEDED = 20
_POINTS = {"fun": 2, "unsure": 1, "not": 0}


def interest_scores(answers: Answers) -> dict[str, float]:
    """Score per letter, 0-10, scaled to the items answered; empty below twenty answered items."""
    told = {
        letter: [
            _POINTS[word]
            for number in range(1, ITEMS_PER_LETTER + 1)
            if (word := answers.text(f"ri_{letter.lower()}{number}")) in _POINTS
        ]
        for letter in LETTERS
    }
    if sum(len(points) for points in told.values()) < NEEDED:
        return {}
    return {letter: 10 * sum(points) / (2 * len(points)) if points else 0.0 for letter, points in told.items()}
