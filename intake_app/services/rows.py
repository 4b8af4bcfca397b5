"""What the app fills in before a screen is shown: rows of skills, suggestions, papers, and first proposals."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from intake_app.domain.catalogue import Catalogue
from intake_app.domain.profile import SkillsProfile
from intake_app.domain.reasons import Reason
from intake_app.domain.recommendation import OfferSuggestion, Recommendation
from intake_app.i18n.gettext import translations_folder
from intake_app.i18n.languages import review_state
from intake_app.matching.change import what_would_change, why_not
from intake_app.matching.eligibility import suggest_offers
from intake_app.matching.recommend import explain_one, rank_all, recommend
from intake_app.matching.route import propose_route
from intake_app.matching.rules import Rules
from intake_app.profile.answers import Answers
from intake_app.profile.derive import (
    OWN_IDEA_SOURCE,
    all_skills,
    derive_circumstances,
    derive_profile,
    liked_cards_of,
)
from intake_app.profile.skills import skills_to_check
from intake_app.services.days import working_day
from intake_app.services.suggestions import SEARCHED, SuggestionList, row_of
from intake_app.services.talk import Talk
from intake_app.services.target_group import GROUP, put_group_ready
from intake_app.services.walk.screens import Screen

FIRST_STEP_DAYS = 14
_DATED = "date"
"""The concept of a step's day, for which one is proposed."""
Rows = list[dict[str, str]]


class RowKeeper:
    """Prepares screens of one talk from the catalogue; the person's reactions on rows that stay are kept.

    `told` are the answers of the talk before, for a follow-up.
    """

    def __init__(self, talk: Talk, catalogue: Catalogue, rules: Rules) -> None:
        self.talk = talk
        self.catalogue = catalogue
        self.rules = rules
        self.suggestions = SuggestionList(talk, catalogue, rules)
        self.told: Answers | None = None
        self._derived: tuple[tuple[int, int], SkillsProfile] | None = None
        self._by_concept: Mapping[str, Callable[[], None]] = {
            "skills_ok": self.fill_skills,
            "reaction": self.fill_suggestions,
            "chosen": self.fill_suggestions_once,
            "offers": self.fill_offers,
            "level": self.fill_card_levels,
            "valid": self.fill_papers,
            "job_tasks": self.fill_job_tasks,
            GROUP: lambda: put_group_ready(self.talk, self.told),
        }

    def prepare(self, screen: Screen) -> bool:
        """Fill what this screen needs; True when rows changed, so that the screens are computed again."""
        concepts, before = self._concepts(screen), self.talk.sequence
        for concept in self._by_concept.keys() & concepts:
            self._by_concept[concept]()
        if _DATED in concepts:
            self._prefill_dates()
        return self.talk.sequence != before

    def has_work(self, screen: Screen) -> bool:
        """Whether this screen is one of those that are prepared at all."""
        return not self._concepts(screen).isdisjoint((*self._by_concept, _DATED))

    def _concepts(self, screen: Screen) -> set[str]:
        return {self.talk.entry.tags(ref).get("concept", "") for ref in screen.refs} | set(screen.lists)

    def profile(self) -> SkillsProfile:
        """The profile of the answers as they stand, derived once for each state of them."""
        derived_from = (self.talk.entry.revision, id(self.catalogue))
        if self._derived is None or self._derived[0] != derived_from:
            self._derived = derived_from, derive_profile(self.talk.answers, self.catalogue)
        return self._derived[1]

    def recommendations(self) -> tuple[Recommendation, ...]:
        """What matching proposes now, searched rows included."""
        return recommend(self.profile(), self.catalogue, self.rules, today=self.talk.clock.today())

    def ranked(self) -> tuple[Recommendation, ...]:
        """Every occupation in the order of matching."""
        return rank_all(self.profile(), self.catalogue, self.rules, today=self.talk.clock.today())

    def about(self, occupation: str) -> Recommendation | None:
        """What matching says of one occupation, in the list or not."""
        known = self.catalogue.known_occupation(occupation)
        if known is None:
            return None
        return explain_one(known, self.profile(), self.catalogue, self.rules, today=self.talk.clock.today())

    def against(self, occupation: str) -> tuple[Reason, ...]:
        """Why an occupation does not stand in the list now, or stands there as "met leren"; empty when it fits."""
        known = self.catalogue.known_occupation(occupation)
        if known is None:
            return ()
        listed = self.suggestions.shown()
        return why_not(known, self.profile(), self.catalogue, self.rules, listed=listed)

    def changes(self, occupation: str) -> tuple[Reason, ...]:
        """The smallest change that would open it."""
        known = self.catalogue.known_occupation(occupation)
        if known is None:
            return ()
        circumstances = derive_circumstances(self.talk.answers)
        return what_would_change(known, self.profile(), self.catalogue, self.rules, circumstances=circumstances)

    def language_state(self, language: str) -> str:
        """Whether people have checked the texts of this language: reviewed or machine."""
        return review_state(language, translations_folder()).state

    def offers(self) -> tuple[OfferSuggestion, ...]:
        """Offers for what was chosen so far, always as "misschien"."""
        answers = self.talk.answers
        return suggest_offers(
            self.profile(),
            chosen_occupations(answers),
            derive_circumstances(answers),
            self.catalogue,
            self.rules,
            today=self.talk.clock.today(),
        )

    def fill_skills(self) -> None:
        """Rows of i07: at most eight derived skills, and those added by hand."""
        answers = self.talk.answers
        derived = skills_to_check(all_skills(answers, self.catalogue).values(), self.catalogue, liked_cards_of(answers))
        own = [row_of(row) for row in answers.rows("derived_skills") if row.host("source") == "own"]
        known = {row["id"] for row in own}
        rows = [
            {
                "id": skill.skill,
                "label": self.catalogue.skills[skill.skill].label_nl,
                "source": f"{skill.evidence[0].kind}:{skill.evidence[0].source}" if skill.evidence else "",
            }
            for skill in derived
            if skill.skill not in known
        ]
        self._set("derived_skills", rows + own)

    def add_skill(self, skill: str) -> None:
        """A skill the person adds (i07)."""
        rows = [row_of(row) for row in self.talk.answers.rows("derived_skills") if row.host("id")]
        if skill not in {row["id"] for row in rows}:
            rows.append({"id": skill, "label": self.catalogue.skills[skill].label_nl, "source": "own"})
            self._set("derived_skills", rows)

    def fill_suggestions(self) -> None:
        """Rows of p01: own idea first, what was chosen, reacted to or searched, and proposals in the room left."""
        self._set("suggestions", self.suggestions.filled())

    def fill_suggestions_once(self) -> None:
        """Rows of p04: those of p01; filled only when p01 was passed over."""
        if not self.suggestions.rows():
            self.fill_suggestions()

    def add_suggestion(self, occupation: str, source: str = SEARCHED, reason: str = "") -> None:
        """An occupation found by searching becomes a row (p03: the own idea, of which there is one)."""
        self._set("suggestions", self.suggestions.with_added(occupation, source, reason))

    def remove_suggestion(self, occupation: str, reason: str) -> None:
        """The counsellor takes a row away; the next best comes in its place. Raises EventRefused."""
        row = next((row for row in self.suggestions.rows() if row.host("id") == occupation), None)
        rows = self.suggestions.with_removed(occupation, reason)
        if row is not None and row.text("chosen") == "yes":
            self.talk.answer(row.ref_of("chosen"), "no")
        self._set("suggestions", rows)
        self.fill_suggestions()

    def move_suggestion(self, occupation: str, place: int, reason: str) -> None:
        """The counsellor puts a row at another place, counted from 0. Raises EventRefused."""
        self._set("suggestions", self.suggestions.with_moved(occupation, place, reason))

    def propose_routes(self) -> None:
        """A route for each chosen direction that has none yet; the two at the table may change it."""
        answers = self.talk.answers
        for row in self.suggestions.rows():
            occupation = self.catalogue.occupations.get(row.host("id"))
            if occupation and row.text("chosen") == "yes" and not row.host("chosen_route"):
                route = propose_route(occupation, self.profile(), derive_circumstances(answers), self.rules)
                self.talk.set_host("chosen_route", route, within=row.ref)

    def fill_offers(self) -> None:
        """Rows of p07."""
        self._set("offers", [{"id": o.id, "label": o.label_nl, "source": "catalogue"} for o in self.offers()])

    def fill_card_levels(self) -> None:
        """Rows of i04: the chosen cards."""
        cards = [self.catalogue.cards[card] for card in liked_cards_of(self.talk.answers)]
        self._set("card_levels", [{"id": f"card_{c.id}", "label": c.label_nl, "source": "card"} for c in cards])

    def fill_papers(self) -> None:
        """Rows of g08b: the papers named in g08."""
        papers = [code for code in self.talk.answers.many("certificates") if code != "none"]
        ref = self.talk.answers.ref("certificates")
        choices = self.talk.entry.choices(ref, "nl") if ref else None
        labels = {choice.value: choice.label for choice in choices or ()}
        self._set("papers", [{"id": p, "label": labels.get(p, p), "source": "certificates"} for p in papers])

    def fill_job_tasks(self) -> None:
        """Rows of h06: the skills of each named occupation."""
        for row in self.talk.answers.rows_with("job"):
            known = self.catalogue.known_occupation(row.host("job_occupation"))
            ids = (*known.core_skills, *known.other_skills) if known else ()
            skills = [self.catalogue.skills[s] for s in ids]
            source = known.id if known else ""
            rows = [{"id": s.id, "label": s.label_nl, "source": source} for s in skills if not s.generic]
            if [task.host("id") for task in row.rows("job_tasks") if task.host("id")] != [r["id"] for r in rows]:
                self.talk.set_host("job_tasks", rows, within=row.ref)

    def set_job_occupation(self, job_ref: str, occupation: str) -> None:
        """The id that belongs to the words of h02, of ours or of an imported list, with its Dutch label."""
        known = self.catalogue.known_occupation(occupation)
        with self.talk.together():
            self.talk.set_host("job_occupation", occupation if known else "", within=job_ref)
            self.talk.set_host("job_occupation_label", known.label_nl if known else "", within=job_ref)

    def drop_job_occupation(self, job_ref: str) -> None:
        """The words of h02 were taken away, and with them the occupation found by them."""
        for name in ("job_occupation", "job_occupation_label"):
            self.talk.set_host(name, "", within=job_ref)

    def drop_own_idea(self) -> None:
        """The own idea of p03 was taken away, and with it its row."""
        rows = [row_of(row) for row in self.suggestions.rows()]
        self._set("suggestions", [row for row in rows if row["source"] != OWN_IDEA_SOURCE])

    def _prefill_dates(self) -> None:
        day: date = working_day(self.talk.clock.today() + timedelta(days=FIRST_STEP_DAYS))
        for row in self.talk.answers.rows_with("date"):
            ref = row.ref_of("date")
            if ref and not self.talk.entry.value(ref) and ref not in self.talk.skipped():
                self.talk.answer(ref, day.isoformat())

    def _set(self, name: str, rows: Rows) -> None:
        standing = [row for row in self.talk.answers.rows(name) if row.host("id")]
        same = len(standing) == len(rows) and all(
            there.host(column) == text
            for there, row in zip(standing, rows, strict=True)
            for column, text in row.items()
        )
        if not same:
            self.talk.set_host(name, rows)


def chosen_occupations(answers: Answers) -> tuple[str, ...]:
    """The occupations of p04, in the order of the rows."""
    return tuple(row.host("id") for row in answers.rows("suggestions") if row.text("chosen") == "yes")
