"""The answer of a talk of one question as cards: organisations, what to ask for, municipalities, and searching."""

from __future__ import annotations

from dataclasses import dataclass

from intake_app.domain.catalogue import Offer, Organisation
from intake_app.i18n.bidi import isolate
from intake_app.i18n.gettext import mark, translator
from intake_app.i18n.phrases import catalogue_text
from intake_app.services.one_question import KINDS, OneQuestion
from intake_app.ui.controls.words import Words
from intake_app.ui.presenters.questions import shown_language
from intake_app.ui.widgets.answer_card import Answer
from intake_app.ui.widgets.pair import Pair
from intake_app.ui.widgets.search_entry import Hit

ASK_COUNSELLOR = mark("Vraag het adres aan uw begeleider.")
_CHOSEN_FIRST = 3
"""So many organisations stand on the slip without anybody choosing."""
_MOST_HITS = 6


@dataclass
class OneQuestionPresenter:
    """What the page shows and keeps: which organisations and offers the guest wants on the slip."""

    talk: OneQuestion

    def __post_init__(self) -> None:
        """The words of the talk language."""
        self._words = Words(self.language)

    @property
    def language(self) -> str:
        """The talk language, as the screen can show it."""
        return shown_language(self.talk.conversation.talk.language)

    def questions(self) -> Pair:
        """What the guest came for, in words."""
        entry, answers = self.talk.conversation.talk.entry, self.talk.conversation.talk.answers
        ref = answers.ref("question")
        texts = {
            code: {choice.value: choice.label for choice in (entry.choices(ref, code) if ref else None) or ()}
            for code in (self.language, "nl")
        }
        own, dutch = (
            " · ".join(isolate(texts[code].get(name, "")) for name in self.talk.questions)
            for code in (self.language, "nl")
        )
        return Pair(own, dutch, self.language)

    def municipalities(self) -> list[Answer]:
        """The eight municipalities and "elsewhere", as c04 names them."""
        talk = self.talk.conversation.talk
        ref = talk.answers.ref("municipality")
        own = {choice.value: choice.label for choice in (talk.entry.choices(ref, self.language) if ref else None) or ()}
        return [
            Answer(choice.value, Pair(own.get(choice.value, ""), choice.label, self.language))
            for choice in (talk.entry.choices(ref, "nl") if ref else None) or ()
        ]

    def search(self, text: str) -> list[Hit]:
        """Organisations, offers and occupations; the id of a hit is its kind and its own id."""
        found = [hit for hit in self.talk.office.search(text, self.language) if hit.kind in KINDS]
        return [
            Hit(
                f"{hit.kind}:{hit.id}",
                hit.label_nl,
                Pair(catalogue_text(f"{hit.kind}:{hit.id}", hit.label_nl, self.language), hit.label_nl, self.language),
                hit.matched,
            )
            for hit in found[:_MOST_HITS]
        ]

    def pick(self, hit: Hit) -> None:
        """Something searched belongs to the answer from now on, and stands on the slip."""
        kind, _, name = hit.id.partition(":")
        self.talk.want(kind, name)
        self.talk.added.add(name)
        self.type("")

    def type(self, text: str) -> None:
        """Hold on to what is typed to search, letter by letter."""
        self.talk.typed = text

    def organisations(self) -> list[Answer]:
        """Where to go, each with its desk."""
        return [self._organisation(one) for one in self.talk.found().organisations]

    def offers(self) -> list[Answer]:
        """What to ask for there."""
        return [self._offer(one) for one in self.talk.found().offers]

    def chosen(self) -> tuple[list[str], list[str]]:
        """Ids of the organisations and of the offers on the slip."""
        found, refused = self.talk.found(), self.talk.refused
        first = {one.id for one in found.organisations[:_CHOSEN_FIRST]} | self.talk.added
        places = [one.id for one in found.organisations if one.id in first and one.id not in refused]
        return places, [one.id for one in found.offers if one.id not in refused]

    def choose(self, values: list[str], among: list[str]) -> None:
        """The guest ticked these of a list."""
        self.talk.refused = (self.talk.refused | set(among)) - set(values)
        self.talk.added |= set(values)

    def pdf(self) -> bytes:
        """The slip as it is chosen now."""
        return self.talk.office.render(self.talk.slip(*self.chosen()), "address")

    def _organisation(self, one: Organisation) -> Answer:
        name = self._texts(f"organisation:{one.id}", one.label_nl)
        role = self._texts(f"organisation_role:{one.id}", one.role_nl)
        desk = " · ".join(filter(None, (one.address, one.phone, one.hours)))
        if desk:
            note = Pair(f"{role.own}. {isolate(desk)}" if role.own else "", f"{role.dutch}. {desk}", self.language)
        else:
            ask = self._words.pair(ASK_COUNSELLOR)
            note = Pair(f"{role.own}. {ask.own}" if role.own and ask.own else "", f"{role.dutch}. {ask.dutch}",
                        self.language)  # fmt: skip
        return Answer(one.id, name, "office", note=note)

    def _offer(self, one: Offer) -> Answer:
        name = self._texts(f"offer:{one.id}", one.label_nl)
        return Answer(one.id, name, "", note=self._texts(f"offer_text:{one.id}", one.text_nl))

    def _texts(self, context: str, dutch: str) -> Pair:
        known = translator(self.language, "catalogue").has(dutch, context)
        return Pair(catalogue_text(context, dutch, self.language) if known else "", dutch, self.language)
