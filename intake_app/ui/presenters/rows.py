"""Rows of the lists a talk is shown (skills, occupations, tasks, offers, papers): texts, evidence, fit, reasons."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from intake_app.domain.catalogue import Catalogue
from intake_app.domain.reasons import Reason, ReasonCode
from intake_app.domain.recommendation import Fit, Recommendation
from intake_app.i18n.gettext import mark
from intake_app.i18n.phrases import catalogue_text, fit_sentence, reason_sentence
from intake_app.services.conversation import Conversation
from intake_app.services.suggestions import REMOVED
from intake_app.ui.controls.model import Weighed
from intake_app.ui.controls.words import Words
from intake_app.ui.widgets.pair import Pair
from intake_app.ui.widgets.pictogram import has_pictogram

SHOWN_BY_WORK = mark("Uw werk laat dit zien: {occupation}.")
OWN_ADDITION = mark("Dit heeft u zelf gezegd.")

_KINDS = {
    "derived_skills": "skill",
    "job_tasks": "skill",
    "suggestions": "occupation",
    "offers": "offer",
    "tasters": "offer",
    "card_levels": "card",
}
"""Host list to the kind of catalogue thing that its rows are."""
_INDEX = re.compile(r"\[\d+\]")


@dataclass(frozen=True)
class RowText:
    """What a row says of itself, apart from its reaction."""

    id: str
    own: str
    dutch: str
    pictogram: str = ""
    evidence: Pair | None = None
    fit: Pair | None = None
    reasons: tuple[Pair, ...] = ()
    notice: Pair | None = None


def generic(ref: str) -> str:
    """A ref without its instance numbers."""
    return _INDEX.sub("", ref) if "[" in ref else ref


def picture_of(occupation: str, sector: str) -> str:
    """The picture of an occupation; one that came from a list of others has that of its sector."""
    own = f"occupation_{occupation}"
    return own if has_pictogram(own) else f"sector_{sector}" * bool(sector)


class RowTexts:
    """Texts of rows in a talk language and Dutch. Make one per screen: it explains each occupation once."""

    def __init__(self, conversation: Conversation, language: str) -> None:
        self._conversation = conversation
        self._catalogue = conversation.keeper.catalogue
        self._language = language
        self._words = Words(language)
        self._told: dict[str, Recommendation | None] = {}

    def of(self, ref: str) -> RowText | None:
        """The row a question stands in; None for one that holds nothing yet, or was taken away by the counsellor."""
        instance = ref[: ref.rindex("]") + 1]
        name, found = self._leaf(instance, "id"), self._list_name(instance)
        if not name or self._leaf(instance, "source").startswith(REMOVED):
            return None
        label = self._leaf(instance, "label")
        if found == "papers":
            return self._paper(name, label)
        kind = _KINDS.get(found, "")
        thing = name.removeprefix("card_") if kind == "card" else name
        own = catalogue_text(f"{kind}:{thing}", label, self._language)
        more: dict[str, object] = {}
        if found == "derived_skills":
            more["evidence"] = self._evidence(self._leaf(instance, "source"))
        if kind == "card":
            more["pictogram"] = name
        if kind == "occupation":
            more = self._occupation(name)
        return RowText(name, own, label, **more)

    def _list_name(self, instance: str) -> str:
        return self._conversation.talk.definition.binds[generic(instance)].tags.get("host", "")

    def _leaf(self, instance: str, host: str) -> str:
        talk, repeat = self._conversation.talk, generic(instance)
        leaf = talk.answers.index.inner_hosts.get((repeat, host))
        return talk.entry.value(instance + leaf[len(repeat) :]) if leaf else ""

    def _paper(self, code: str, label: str) -> RowText:
        """A paper is known by the choice that named it (g08)."""
        talk = self._conversation.talk
        ref = talk.answers.ref("certificates")
        texts = {
            language: {choice.value: choice for choice in (talk.entry.choices(ref, language) if ref else None) or ()}
            for language in (self._language, "nl")
        }
        own, dutch = texts[self._language].get(code), texts["nl"].get(code)
        if own is None or dutch is None:
            return RowText(code, label, label)
        return RowText(code, own.label, dutch.label, dutch.properties.get("pictogram", ""))

    def _evidence(self, source: str) -> Pair | None:
        kind, _, name = source.partition(":")
        if kind == "card":
            return self._sentence(Reason(ReasonCode.CARD_SHOWS, {"card": name}))
        if kind in {"job", "job_task"} and (known := self._catalogue.known_occupation(name)):
            texts = {
                code: Words.user(catalogue_text(f"occupation:{name}", known.label_nl, code))
                for code in (self._language, "nl")
            }
            own = self._words.pair(SHOWN_BY_WORK, occupation=texts[self._language])
            return Pair(own.own, self._words.pair(SHOWN_BY_WORK, occupation=texts["nl"]).dutch, self._language)
        return self._words.pair(OWN_ADDITION) if source == "own" else None

    def _occupation(self, name: str) -> dict[str, object]:
        if name not in self._told:
            self._told[name] = self._conversation.keeper.about(name)
        known, advice = self._catalogue.known_occupation(name), self._told[name]
        more: dict[str, object] = {"pictogram": picture_of(name, known.sector) if known else ""}
        if advice is not None:
            more["fit"] = self._fit(advice.fit)
            told = [reason for reason in advice.reasons if reason.code is not ReasonCode.IMPORTED_LIST]
            more["reasons"] = tuple(self._sentence(reason) for reason in told)
            if len(told) < len(advice.reasons):
                more["notice"] = self._sentence(Reason(ReasonCode.IMPORTED_LIST))
        return more

    def _fit(self, fit: Fit) -> Pair:
        return self._pair(fit_sentence(fit, self._language), fit_sentence(fit, "nl"))

    def _sentence(self, reason: Reason) -> Pair:
        return reason_pair(reason, self._language, self._catalogue)

    def _pair(self, own: str, dutch: str) -> Pair:
        return Pair(own, dutch, self._language)


def reason_pair(reason: Reason, language: str, catalogue: Catalogue) -> Pair:
    """The sentence of a reason in a talk language and in Dutch."""
    return Pair(reason_sentence(reason, language, catalogue), reason_sentence(reason, "nl", catalogue), language)


def weighed(conversation: Conversation, occupation: str, language: str) -> Weighed:
    """Why an occupation does not fit yet, and the smallest change that would open it, for the person of the talk."""
    keeper = conversation.keeper

    def told(reasons: Iterable[Reason]) -> tuple[Pair, ...]:
        return tuple(reason_pair(reason, language, keeper.catalogue) for reason in reasons)

    return Weighed(told(keeper.against(occupation)), told(keeper.changes(occupation)))
