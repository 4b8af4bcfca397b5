"""What a control is fed with: plain values of one question, made by a presenter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from intake_app.i18n.languages import is_rtl
from intake_app.ui.widgets.pair import Pair


@dataclass(frozen=True)
class ChoiceModel:
    """One choice of a question. `properties` holds the other columns of its list (family, more, skills, …)."""

    value: str
    own: str
    dutch: str
    pictogram: str = ""
    exclusive: bool = False
    properties: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class RowModel:
    """One row of a list that stands on one screen: a skill, a suggestion, a task; its reaction has its own ref.

    `evidence` says what it rests on, `fit` how well it fits in words, `reasons` why (shown behind "waarom"), `notice`
    what is not known of it.
    """

    ref: str
    id: str
    own: str
    dutch: str
    value: str = ""
    choices: tuple[ChoiceModel, ...] = ()
    many: bool = False
    pictogram: str = ""
    evidence: Pair | None = None
    fit: Pair | None = None
    reasons: tuple[Pair, ...] = ()
    notice: Pair | None = None


@dataclass(frozen=True)
class Weighed:
    """What stands against an occupation now, and what would change it; both may be empty."""

    against: tuple[Pair, ...] = ()
    changes: tuple[Pair, ...] = ()


@dataclass(frozen=True)
class ListChange:
    """A change of the counsellor in the list of proposals: `what` is remove, move (to `place`, from 0) or insert."""

    what: str
    occupation: str
    reason: str
    place: int = 0


@dataclass(frozen=True)
class QuestionModel:
    """One question as a control shows it.

    `kind` is the bind's data type (string, int, decimal, date, time, …), `control` the form control (select1, select,
    input, note), `appearance` its tokens. `language` is the talk language; an empty `own_…` text is a gap that
    Dutch fills. `value` is the answer as the form keeps it, several choices parted by spaces. `message` is why the
    last answer was not taken. `parts` are questions the same control leads (families for cards, "nog niet" for a
    direction); `rows` the rows of a list; `examples` ready sentences to tap; `shown` pictures to look at;
    `linked` what a typed text was linked to. A `silent` question is never read aloud: the person reads and taps.
    `by_a_person`: no robot voice reads it (DOMAIN 2.1-9); `sensitive`: its answer is for few eyes (S 1 or 9).
    With `any_work` an occupation may also be one of an imported list.
    """

    ref: str
    kind: str = "string"
    control: str = "input"
    appearance: tuple[str, ...] = ()
    own_label: str = ""
    dutch_label: str = ""
    own_hint: str = ""
    dutch_hint: str = ""
    language: str = "nl"
    picture: str = ""
    choices: tuple[ChoiceModel, ...] = ()
    rows: tuple[RowModel, ...] = ()
    parts: tuple[QuestionModel, ...] = ()
    examples: tuple[Pair, ...] = ()
    shown: tuple[ChoiceModel, ...] = ()
    linked: Pair | None = None
    value: str = ""
    required: bool = False
    readonly: bool = False
    message: Pair | None = None
    max_choices: int | None = None
    silent: bool = False
    any_work: bool = False
    by_a_person: bool = False
    sensitive: bool = False

    @property
    def rtl(self) -> bool:
        """Whether the participant's half runs from right to left."""
        return is_rtl(self.language)

    @property
    def label(self) -> Pair:
        """The question in both languages."""
        return Pair(self.own_label, self.dutch_label, self.language)

    @property
    def hint(self) -> Pair:
        """The hint in both languages."""
        return Pair(self.own_hint, self.dutch_hint, self.language)

    def pair(self, choice: ChoiceModel | RowModel) -> Pair:
        """The texts of a choice or row."""
        return Pair(choice.own, choice.dutch, self.language)


@dataclass(frozen=True)
class Found:
    """Something a search found: catalogue id, Dutch label, the word it matched, and its label in the talk language."""

    id: str
    label_nl: str
    matched: str = ""
    own: str = ""


def _nothing(_text: str) -> Sequence[Found]:
    return ()


def _at_once(work: Callable[[], Any], done: Callable[[Any], None]) -> None:
    done(work())


@dataclass(frozen=True)
class Helpers:
    """What controls may ask of the program: the day it is, and two searches."""

    today: Callable[[], date]
    search_occupations: Callable[[str], Sequence[Found]] = _nothing
    search_skills: Callable[[str], Sequence[Found]] = _nothing
    search_own_work: Callable[[str], Sequence[Found]] | None = None
    """Occupations of imported lists too; None where there is no such search."""
    counsellor_here: bool = True
    """False on a screen of the participant's own: nothing for the counsellor stands there."""
    weigh: Callable[[str], Weighed] | None = None
    """Why not, and what would change it, of one occupation; asked when somebody opens "waarom"."""
    in_background: Callable[[Callable[[], Any], Callable[[Any], None]], None] = _at_once
    """Runs a search beside the window and tells its outcome there."""

    attach: Callable[[str, str, bytes], None] | None = None
    """Answers a question with a file: its ref, the name of the file, its bytes. None where no file is taken."""
    open_file: Callable[[str], bytes] | None = None
    """The file that answers a question."""
    choose_file: Callable[[QWidget], str] | None = None
    """The path that was chosen in the system's dialog, or empty."""

    def search_for(self, *, any_work: bool) -> Callable[[str], Sequence[Found]]:
        """The search in occupations that belongs to a question: earlier work may be any, an idea one of ours."""
        return (self.search_own_work if any_work else None) or self.search_occupations
