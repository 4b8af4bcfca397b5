"""From the screen of a walk to what its controls are fed with: texts in two languages, choices, rows, values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from intake_app.i18n.formats import numbers_in_prose
from intake_app.i18n.gettext import translator
from intake_app.i18n.languages import LANGUAGES, is_rtl, language
from intake_app.i18n.phrases import catalogue_text, code_words
from intake_app.i18n.starters import GOALS, STEPS, Starter, starter_sentence
from intake_app.services.conversation import Conversation
from intake_app.services.referrals import partners_for
from intake_app.services.voice.texts import by_a_person
from intake_app.services.walk.screens import ALONE, Screen
from intake_app.ui.controls.model import ChoiceModel, QuestionModel, RowModel
from intake_app.ui.presenters.rows import RowText, RowTexts, generic
from intake_app.ui.widgets.pair import Pair
from intake_app.xforms.api import ChoiceView, NodeView

DUTCH = "nl"
_MOST = re.compile(r"count-selected\(\.\)\s*<=\s*(\d+)")
_LONG_ENOUGH = {"Latn": 4}
_EMPTY_LISTS_SHOWN = frozenset({"skills_ok", "chosen"})
"""Lists that can be searched stay in sight without rows."""
_TOP_INTERESTS = 3


@dataclass(frozen=True)
class ScreenModel:
    """One screen: what the participant is asked, and what is for the counsellor's eyes (`strip`)."""

    key: str
    section: str
    language: str
    questions: tuple[QuestionModel, ...]
    strip: tuple[QuestionModel, ...] = ()
    after_guest: bool = False

    @property
    def rtl(self) -> bool:
        """Whether the participant's half runs from right to left."""
        return is_rtl(self.language)

    def refs(self) -> Iterator[str]:
        """Every question that can be answered here, rows one by one."""
        for question in (*self.questions, *self.strip):
            yield from refs_of(question)


def refs_of(question: QuestionModel) -> Iterator[str]:
    """The refs a control answers: its own, or those of its rows; and those of its parts."""
    if question.rows:
        yield from (row.ref for row in question.rows)
    elif question.control != "note":
        yield question.ref
    for part in question.parts:
        yield from refs_of(part)


def _asked_once(models: list[QuestionModel]) -> list[QuestionModel]:
    """A question that stands twice on one screen is asked once; what tells the two apart leads the second."""
    seen: set[str] = set()
    found = []
    for model in models:
        if model.dutch_label in seen and model.dutch_hint:
            model = replace(model, own_label=model.own_hint, dutch_label=model.dutch_hint, own_hint="", dutch_hint="")
        seen.add(model.dutch_label)
        found.append(model)
    return found


def shown_language(code: str) -> str:
    """The talk language as the screen can show it: a language that is not in our list is led in Dutch."""
    return code if code in LANGUAGES else DUTCH


class QuestionMaker:
    """Makes the models of a talk's questions. `pending` holds what was given but not kept, `messages` why."""

    def __init__(self, conversation: Conversation, location: str = "") -> None:
        self._conversation = conversation
        self._talk = conversation.talk
        self._location = location
        self._made_of: tuple[object, ...] = ()
        self._made: dict[tuple[Screen, str], list[QuestionModel]] = {}

    def screen(self, screen: Screen, pending: Mapping[str, str], messages: Mapping[str, Pair]) -> ScreenModel:
        """The model of a screen as the talk stands now."""
        code = DUTCH if screen.after_guest else shown_language(self._talk.language)
        found = [self._with_state(model, pending, messages) for model in self._questions(screen, code)]
        mine = [model for model in found if self._tag(model.ref, "who") == "counsellor"]
        asked = tuple(model for model in found if model not in mine)
        strip = tuple(replace(model, language=DUTCH, own_label=model.dutch_label) for model in mine)
        if not asked:
            return ScreenModel(screen.key, screen.section, code, tuple(found), (), screen.after_guest)
        return ScreenModel(screen.key, screen.section, code, asked, self._in_dutch(strip, screen), screen.after_guest)

    def _in_dutch(self, strip: tuple[QuestionModel, ...], screen: Screen) -> tuple[QuestionModel, ...]:
        """What only the counsellor reads stands in Dutch alone."""
        if not strip:
            return ()
        wanted = {model.ref for model in strip}
        return tuple(model for model in self._questions(screen, DUTCH) if model.ref in wanted)

    def _with_state(
        self, model: QuestionModel, pending: Mapping[str, str], messages: Mapping[str, Pair]
    ) -> QuestionModel:
        refs = list(refs_of(model))
        told = next((messages[ref] for ref in refs if ref in messages), None)
        rows = tuple(replace(row, value=pending.get(row.ref, row.value)) for row in model.rows)
        value = pending.get(model.ref, model.value) if not model.rows else model.value
        return replace(model, value=value, rows=rows, message=told)

    def _questions(self, screen: Screen, code: str) -> list[QuestionModel]:
        """The questions as they stand, made once for each state of the talk: a turn asks for them several times."""
        made_of = (self._talk.entry.revision, self._talk.context, id(self._conversation.keeper.catalogue))
        if self._made_of != made_of:
            self._made_of, self._made = made_of, {}
        if (screen, code) not in self._made:
            self._made[screen, code] = self._make(screen, code)
        return self._made[screen, code]

    def _make(self, screen: Screen, code: str) -> list[QuestionModel]:
        texts = RowTexts(self._conversation, code)
        by_concept: dict[str, QuestionModel] = {}
        for refs in self._grouped(screen):
            model = self._rows(refs, code, texts) if self._together(refs[0]) else self._one(refs[0], code)
            if model is not None:
                by_concept[self._tag(refs[0], "concept") or refs[0]] = model
        self._join(by_concept, "cards", "family")
        self._join(by_concept, "chosen", "not_yet")
        return _asked_once(list(by_concept.values()))

    @staticmethod
    def _join(models: dict[str, QuestionModel], leading: str, part: str) -> None:
        if leading in models and part in models:
            models[leading] = replace(models[leading], parts=(models.pop(part),))

    def _grouped(self, screen: Screen) -> list[list[str]]:
        groups: dict[str, list[str]] = {}
        for ref in screen.refs:
            if self._tag(ref, "concept") == "welcome" and not self._talk.answers.text("talk_language"):
                continue
            groups.setdefault(generic(ref) if self._together(ref) else ref, []).append(ref)
        return list(groups.values())

    def _together(self, ref: str) -> bool:
        if "]" not in ref:
            return False
        repeat = generic(ref[: ref.rindex("]") + 1])
        return self._talk.definition.binds[repeat].tags.get("together") == "yes"

    def _tag(self, ref: str, name: str) -> str:
        return self._talk.definition.binds[generic(ref)].tags.get(name, "")

    def _one(self, ref: str, code: str) -> QuestionModel | None:
        view = self._talk.entry.node(ref)
        if view.control is None:
            return None
        note = view.control == "trigger" or (view.control == "input" and view.readonly)
        model = self._frame(view, code, hint=True)
        return replace(
            model,
            control="note" if note else view.control,
            choices=self._choices(ref, code),
            value="" if note else view.value or "",
            readonly=view.readonly and not note,
            max_choices=self._most(view),
            **self._extras(view, code),
        )

    def _rows(self, refs: list[str], code: str, texts: RowTexts) -> QuestionModel | None:
        found = [(ref, text) for ref in refs if (text := texts.of(ref)) is not None]
        view = self._talk.entry.node(refs[0])
        if not found and self._tag(refs[0], "concept") not in _EMPTY_LISTS_SHOWN:
            return None
        rows = tuple(self._row(ref, text, code) for ref, text in found)
        return replace(self._frame(view, code, hint=False), control=view.control or "input", rows=rows)

    def _row(self, ref: str, text: RowText, code: str) -> RowModel:
        return RowModel(
            ref=ref,
            id=text.id,
            own=self._own(text.own, text.dutch, code),
            dutch=text.dutch,
            value=self._talk.entry.value(ref),
            choices=self._choices(ref, code),
            many=self._talk.entry.node(ref).control == "select",
            pictogram=text.pictogram,
            evidence=text.evidence,
            fit=text.fit,
            reasons=text.reasons,
            notice=text.notice,
        )

    def _frame(self, view: NodeView, code: str, *, hint: bool) -> QuestionModel:
        entry, ref = self._talk.entry, view.ref
        dutch, dutch_hint = entry.label(ref, DUTCH) or "", (entry.hint(ref, DUTCH) or "") if hint else ""
        return QuestionModel(
            ref=ref,
            kind=view.type,
            control=view.control or "input",
            appearance=view.appearance,
            own_label=self._own(entry.label(ref, code), dutch, code),
            dutch_label=dutch,
            own_hint=self._own(entry.hint(ref, code), dutch_hint, code) if hint else "",
            dutch_hint=dutch_hint,
            language=code,
            picture=view.tags.get("picture", ""),
            required=self._talk.walk.needed(ref),
            silent=view.tags.get("private") == "yes",
            any_work=view.tags.get("concept") == "job",
            by_a_person=by_a_person(view),
            sensitive=view.tags.get("sensitive") in {"1", "9"},
        )

    def _own(self, own: str | None, dutch: str, code: str) -> str:
        """The text in the talk language, or "" where the form only has the Dutch one.

        A form fills its gaps with Dutch, so an equal text is a gap, unless it is as short as a name.
        """
        if code == DUTCH:
            return dutch
        if not own or not self._talk.definition.language(code):
            return ""
        least = _LONG_ENOUGH.get(language(code).script, 2)
        return "" if own == dutch and len(dutch.split()) >= least else numbers_in_prose(own, code)

    def _choices(self, ref: str, code: str) -> tuple[ChoiceModel, ...]:
        entry, walk = self._talk.entry, self._talk.walk
        dutch = entry.choices(ref, DUTCH)
        if dutch is None:
            return ()
        own = {choice.value: choice.label for choice in entry.choices(ref, code) or ()}
        shown = [self._choice(choice, own, code) for choice in walk.choices(ref, dutch)]
        if "intake-language" in entry.node(ref).appearance:
            shown.sort(key=lambda choice: (not self._spoken(choice.value), choice.value not in LANGUAGES))
        if "intake-organisation" in entry.node(ref).appearance:
            fitting = self._partners()
            shown.sort(key=lambda choice: fitting.get(choice.value, len(fitting)))
        return tuple(shown)

    def _partners(self) -> Mapping[str, int]:
        """Organisations that fit what was told, and their places; the others stay behind them in the form's order."""
        talk, catalogue = self._talk, self._conversation.keeper.catalogue
        alone = talk.answers.text("alone") in ALONE
        found = partners_for(talk.answers, talk.definition, catalogue, alone=alone)
        return {partner.organisation: place for place, partner in enumerate(found)}

    def _spoken(self, code: str) -> bool:
        return bool(self._talk.definition.language(code))

    def _choice(self, choice: ChoiceView, own: Mapping[str, str], code: str) -> ChoiceModel:
        return ChoiceModel(
            value=choice.value,
            own=self._own(own.get(choice.value), choice.label, code),
            dutch=choice.label,
            pictogram=choice.properties.get("pictogram", ""),
            exclusive=choice.properties.get("exclusive") == "yes",
            properties=choice.properties,
        )

    def _most(self, view: NodeView) -> int | None:
        found = _MOST.fullmatch((self._talk.definition.binds[view.generic_ref].constraint or "").strip())
        return int(found[1]) if found else None

    def _extras(self, view: NodeView, code: str) -> dict[str, object]:
        """What some appearances show beside the question."""
        if "intake-goal" in view.appearance:
            return {"examples": self._starters(self._conversation.goals(), code)}
        if "intake-step" in view.appearance:
            return {"examples": self._starters(self._conversation.steps(), code)}
        if "intake-place" in view.appearance and self._location:
            return {"examples": (Pair(self._location, self._location, code),)}
        if "intake-occupation" in view.appearance:
            return {"linked": self._linked(view, code)}
        if "intake-interests" in view.appearance:
            return {"shown": self._interests(code)}
        return {}

    @staticmethod
    def _starters(starters: tuple[Starter, ...], code: str) -> tuple[Pair, ...]:
        """Ready sentences; where the language has none of its own, the Dutch one alone."""
        known = translator(code)
        return tuple(
            Pair(
                starter_sentence(s, code) if known.has((GOALS | STEPS)[s.code]) else "",
                starter_sentence(s, DUTCH),
                code,
            )
            for s in starters
        )

    def _linked(self, view: NodeView, code: str) -> Pair | None:
        answers = self._talk.answers
        if view.tags.get("concept") == "job":
            instance = view.ref.rsplit("/", 1)[0]
            row = next(row for row in answers.rows_with("job") if row.ref == instance)
            name = row.host("job_occupation")
        else:
            own = (row.host("id") for row in answers.rows("suggestions") if row.host("source") == "own_idea")
            name = next(own, "")
        known = self._conversation.keeper.catalogue.known_occupation(name)
        return self.catalogue_pair("occupation", known.id, known.label_nl, code) if known else None

    @staticmethod
    def catalogue_pair(kind: str, name: str, label_nl: str, code: str) -> Pair:
        """A thing of the catalogue (occupation, skill) in both languages."""
        return Pair(catalogue_text(f"{kind}:{name}", label_nl, code), label_nl, code)

    def _interests(self, code: str) -> tuple[ChoiceModel, ...]:
        """The strongest interests; those with the same score stand side by side (DOMAIN 2.6)."""
        scores = self._conversation.keeper.profile().interests
        if not scores:
            return ()
        least = sorted(scores.values(), reverse=True)[_TOP_INTERESTS - 1]
        top = [letter for letter, score in scores.items() if score >= least and score > 0]
        return tuple(
            ChoiceModel(x, code_words("interest", x, code), code_words("interest", x, DUTCH), f"riasec_{x.lower()}")
            for x in sorted(top, key=lambda letter: -scores[letter])
        )
