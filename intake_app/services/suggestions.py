"""The list of proposed occupations in a talk: filled, refined by reactions, changed by the counsellor with a reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from intake_app.domain.catalogue import Catalogue
from intake_app.errors import EventRefused
from intake_app.matching.recommend import explain_one, recommend
from intake_app.matching.rules import Rules
from intake_app.profile.answers import Row
from intake_app.profile.derive import OWN_IDEA_SOURCE, derive_profile
from intake_app.services.talk import Talk

SEARCHED = "search"
"""`source` of a row that was searched by hand."""
REMOVED = "removed:"
"""`source` of a row the counsellor took away begins so, before what it was; it stays as a log and is not shown."""
REFUSED = "no"
LIST = "suggestions"
_LEAVES = ("id", "label", "source", "fit", "chosen_route", "override_reason")
_BY_HAND = frozenset({OWN_IDEA_SOURCE, SEARCHED})
SuggestionRow = dict[str, str]


@dataclass(frozen=True)
class SuggestionList:
    """The rows of `suggestions` of one talk."""

    talk: Talk
    catalogue: Catalogue
    rules: Rules

    def rows(self) -> list[Row]:
        """The rows that hold an occupation, taken away ones included."""
        return [row for row in self.talk.answers.rows(LIST) if row.host("id")]

    def shown(self) -> tuple[str, ...]:
        """The occupations in sight, in their order."""
        return tuple(row.host("id") for row in self.rows() if not _removed(row))

    def filled(self) -> list[SuggestionRow]:
        """The rows as they should be now.

        Own idea first, then what was chosen, reacted to or put there by hand, and proposals in the room that is left.
        What was refused or taken away is replaced by the next best, up to twice the size of the list.
        """
        rows = self.rows()
        gone = {row.host("id") for row in rows if _removed(row) or row.text("reaction") == REFUSED}
        kept = {row.host("id"): row_of(row) for row in rows if not _removed(row) and _stays(row)}
        counted = [row for row in rows if row.host("id") in kept and row.host("source") != SEARCHED]
        most = self.rules.list_size(self.talk.walk.talk_form())
        room = most - sum(1 for row in counted if row.text("reaction") != REFUSED)
        room = max(0, min(room, 2 * most - len(counted)))
        proposed = self._proposed(gone, kept)
        return [*_ordered(rows, kept, proposed[:room]), *(row_of(row) for row in rows if _removed(row))]

    def _proposed(self, gone: Iterable[str], kept: Iterable[str]) -> list[SuggestionRow]:
        profile = derive_profile(self.talk.answers, self.catalogue)
        found = recommend(profile, self.catalogue, self.rules, today=self.talk.clock.today(), without=frozenset(gone))
        return [
            {"id": item.id, "label": item.label_nl, "source": item.fixed or "match", "fit": item.fit.value}
            for item in found
            if item.id not in kept
        ]

    def with_added(self, occupation: str, source: str = SEARCHED, reason: str = "") -> list[SuggestionRow]:
        """The rows with one more occupation: searched by hand, or the own idea (p03), of which there is one.

        Raises EventRefused for an occupation that is not known here.
        """
        rows = [row_of(row) for row in self.rows() if row.host("id") != occupation]
        if source == OWN_IDEA_SOURCE:
            rows = [row for row in rows if row["source"] != OWN_IDEA_SOURCE]
        thing = self.catalogue.known_occupation(occupation)
        if thing is None:
            raise EventRefused(ref=LIST, reason="unknown_occupation")
        profile = derive_profile(self.talk.answers, self.catalogue)
        fit = explain_one(thing, profile, self.catalogue, self.rules).fit.value
        new = {"id": occupation, "label": thing.label_nl, "source": source, "fit": fit}
        if reason:
            new["override_reason"] = reason
        if source == OWN_IDEA_SOURCE:
            return [new, *rows]
        shown = [row for row in rows if not row["source"].startswith(REMOVED)]
        return [*shown, new, *(row for row in rows if row["source"].startswith(REMOVED))]

    def with_removed(self, occupation: str, reason: str) -> list[SuggestionRow]:
        """The rows with one taken away; it stays behind the others with what it was and why. Raises EventRefused."""
        row = self._shown_row(occupation, reason)
        rest = [row_of(other) for other in self.rows() if other.host("id") != occupation]
        gone = {**row_of(row), "source": REMOVED + row.host("source"), "override_reason": reason}
        gone.pop("chosen_route", None)
        return [*rest, gone]

    def with_moved(self, occupation: str, place: int, reason: str) -> list[SuggestionRow]:
        """The rows with one at another place, counted from 0 among those in sight. Raises EventRefused."""
        moved = {**row_of(self._shown_row(occupation, reason)), "override_reason": reason}
        rest = [row_of(other) for other in self.rows() if other.host("id") != occupation]
        place = max(0, min(place, len(self.shown()) - 1))
        return [*rest[:place], moved, *rest[place:]]

    def _shown_row(self, occupation: str, reason: str) -> Row:
        if not reason.strip():
            raise EventRefused(ref=LIST, reason="reason_missing")
        for row in self.rows():
            if row.host("id") == occupation and not _removed(row):
                return row
        raise EventRefused(ref=LIST, reason="not_there")


def _removed(row: Row) -> bool:
    return row.host("source").startswith(REMOVED)


def _stays(row: Row) -> bool:
    """Put there by hand, chosen, reacted to, or moved by the counsellor."""
    return (
        row.host("source") in _BY_HAND
        or row.text("chosen") == "yes"
        or row.text("reaction") != ""
        or row.host("override_reason") != ""
    )


def _ordered(rows: list[Row], kept: dict[str, SuggestionRow], proposed: list[SuggestionRow]) -> list[SuggestionRow]:
    """Own idea, chosen, proposals, searched; once somebody reacted or moved a row, nothing in sight changes place."""
    shown = [row for row in rows if not _removed(row)]
    own = [kept[row.host("id")] for row in shown if row.host("source") == OWN_IDEA_SOURCE]
    if any(row.text("reaction") or row.host("override_reason") for row in shown):
        there = kept | {row["id"]: row for row in proposed}
        standing = [there.pop(row.host("id")) for row in shown if row.host("id") in there]
        return [*standing, *(row for row in proposed if row["id"] in there)]
    searched = [kept[row.host("id")] for row in shown if row.host("source") == SEARCHED]
    chosen = [kept[r.host("id")] for r in shown if r.host("id") in kept and r.host("source") not in _BY_HAND]
    return [*own, *chosen, *proposed, *searched]


def row_of(row: Row) -> SuggestionRow:
    """The host leaves of a row that are filled."""
    return {name: value for name in _LEAVES if (value := row.host(name))}
