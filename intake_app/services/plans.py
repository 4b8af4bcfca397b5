"""The development plan of a talk: what was told and chosen, as a document value (DOMAIN 6)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, time

from intake_app.domain.catalogue import Catalogue, Occupation
from intake_app.domain.plan import (
    Appointment,
    Installation,
    OwnWords,
    PlanConsent,
    PlanDirection,
    PlanDocument,
    PlanOffer,
    PlanReferral,
    PlanStep,
    changed_parts,
)
from intake_app.domain.reasons import Reason, ReasonCode
from intake_app.domain.recommendation import Fit, Recommendation
from intake_app.i18n.gettext import translations_folder
from intake_app.i18n.languages import LANGUAGES, review_state
from intake_app.i18n.starters import own_words
from intake_app.matching.route import consult_first_applies, propose_route
from intake_app.profile.answers import Answers, Row
from intake_app.profile.derive import derive_circumstances, liked_cards_of
from intake_app.profile.skills import skills_to_check
from intake_app.services.consents import CONSENT_CONCEPTS
from intake_app.services.rows import RowKeeper
from intake_app.services.starters import every_starter

MOST_OFFERS = 4
MOST_STRENGTHS = 6
CONSULT_FIRST = "consult_first"


@dataclass(frozen=True)
class PlanNumbers:
    """Participant number, plan number and hand-over code as they stand on paper."""

    participant: str
    plan: str
    handover_code: str = ""


def build_plan(keeper: RowKeeper, numbers: PlanNumbers, counsellor: str, installation: Installation) -> PlanDocument:
    """The plan as the answers stand now; usable at any minute of the talk."""
    answers, catalogue = keeper.talk.answers, keeper.catalogue
    language = keeper.talk.language
    directions = _directions(keeper)
    return PlanDocument(
        participant_number=numbers.participant,
        plan_number=numbers.plan,
        call_name=answers.text("call_name"),
        language=language,
        made_on=keeper.talk.clock.today(),
        counsellor=counsellor,
        installation=installation,
        catalogue_version=catalogue.version,
        goal=person_words(answers.text("goal"), keeper),
        question=answers.many("question"),
        strengths=_strengths(keeper),
        strength_cards=liked_cards_of(answers)[:3],
        directions=directions,
        not_yet=answers.text("not_yet") == "yes",
        interests=_interests(keeper),
        values=answers.many("values"),
        steps=told_steps(keeper),
        referrals=tuple(_referrals(answers, catalogue)),
        obstacles=tuple(code for code in answers.many("obstacles") if code not in {"nothing", "skip"}),
        offers=_offers(keeper),
        appointment=_appointment(answers),
        consents=tuple(_consents(answers)),
        handover_code=numbers.handover_code,
        language_state=review_state(language, translations_folder()).state,
        sources=_sources(directions, catalogue),
        practice=keeper.talk.header.practice,
        skill_levels=_levels(keeper),
        dutch=tuple(keeper.profile().cefr.items()),
        languages=_languages(keeper),
        level=keeper.profile().level,
        papers=keeper.profile().papers,
        story=_story(answers.text("story"), keeper),
        contact=answers.text("contact") or answers.text("email"),
    )


def since(document: PlanDocument, before: PlanDocument | None) -> PlanDocument:
    """The plan that also tells what is new since the one before it."""
    return document if before is None else replace(document, changed=changed_parts(before, document))


def _levels(keeper: RowKeeper) -> tuple[tuple[str, str], ...]:
    known = keeper.profile().skills
    return tuple((skill, known[skill].level.value) for skill in _strengths(keeper) if skill in known)


def _languages(keeper: RowKeeper) -> tuple[str, ...]:
    """What the person speaks beside Dutch; "another one" has no name to print."""
    spoken = (keeper.talk.language, *keeper.talk.answers.many("other_languages"))
    return tuple(code for code in dict.fromkeys(spoken) if code in LANGUAGES and code != "nl")


def _story(text: str, keeper: RowKeeper) -> OwnWords | None:
    return OwnWords(text.strip(), keeper.talk.language) if text.strip() else None


def person_words(text: str, keeper: RowKeeper) -> OwnWords | None:
    """What the person said, with its Dutch twin where it is one of the ready sentences; None for nothing."""
    if not text.strip():
        return None
    return own_words(text, keeper.talk.language, every_starter(keeper.talk.answers, keeper.catalogue))


def _strengths(keeper: RowKeeper) -> tuple[str, ...]:
    profile = keeper.profile()
    confirmed = [skill for skill in profile.skills.values() if skill.confirmed]
    chosen = skills_to_check(confirmed or profile.skills.values(), keeper.catalogue, profile.top_cards, MOST_STRENGTHS)
    return tuple(skill.skill for skill in chosen)


def _directions(keeper: RowKeeper) -> tuple[PlanDirection, ...]:
    answers = keeper.talk.answers
    proposed = {item.id: item for item in keeper.recommendations()}
    found = []
    for row in answers.rows("suggestions"):
        name = row.host("id")
        occupation, item = keeper.catalogue.known_occupation(name), proposed.get(name) or keeper.about(name)
        if row.text("chosen") != "yes":
            continue
        if occupation is None or item is None:
            found.append(_by_name(row))
        else:
            found.append(_direction(occupation, item, row.host("chosen_route"), keeper))
    return tuple(found)


def _by_name(row: Row) -> PlanDirection:
    """A direction out of a list that was removed since: its name and how it fitted are kept in the talk."""
    told = row.host("fit")
    return PlanDirection(
        occupation=row.host("id"),
        label_nl=row.host("label"),
        sector="",
        fit=Fit(told) if told in set(Fit) else Fit.WITH_LEARNING,
        reasons=(Reason(ReasonCode.IMPORTED_LIST),),
        chosen_route=row.host("chosen_route"),
    )


def _direction(occupation: Occupation, item: Recommendation, route: str, keeper: RowKeeper) -> PlanDirection:
    circumstances = derive_circumstances(keeper.talk.answers)
    chosen = route or propose_route(occupation, keeper.profile(), circumstances, keeper.rules)
    ask_first = consult_first_applies(item.cautions, chosen, circumstances, keeper.rules)
    return PlanDirection(
        occupation=item.id,
        label_nl=item.label_nl,
        sector=item.sector,
        fit=item.fit,
        reasons=tuple(readable(reason, keeper.catalogue) for reason in item.reasons),
        missing_skills=item.missing_skills,
        requirements=tuple(requirement.text_nl for requirement in occupation.requirements),
        body=occupation.body,
        chosen_route=chosen,
        cautions=tuple(code for code in item.cautions if code != CONSULT_FIRST or ask_first),
    )


def told_steps(keeper: RowKeeper) -> tuple[PlanStep, ...]:
    """The steps of q01-q04 that have words."""
    return tuple(_step(row, keeper) for row in keeper.talk.answers.rows_with("step") if row.text("step"))


def _step(row: Row, keeper: RowKeeper) -> PlanStep:
    day = row.text("date")
    words = person_words(row.text("step"), keeper)
    return PlanStep(
        what=words or OwnWords("", keeper.talk.language),
        who=row.text("who") or "together",
        partner=row.text("partner"),
        by=date.fromisoformat(day) if day else None,
        done_when=row.text("done_when"),
    )


def _referrals(answers: Answers, catalogue: Catalogue) -> list[PlanReferral]:
    rows = [row for row in answers.rows_with("referral") if row.text("referral") not in {"", "none"}]
    return [
        PlanReferral(
            organisation=row.text("referral"),
            handover=row.text("handover"),
            sensitive=sensitivity(row.text("referral"), catalogue),
            shared=row.text("share_consent") == "yes",
        )
        for row in rows
    ]


def sensitivity(organisation: str, catalogue: Catalogue) -> int:
    """S of a referral by its value (q05): 0, 1 or 9; an organisation we do not know counts as 9."""
    known = catalogue.organisations.get(organisation)
    return known.sensitive if known else 9


def _offers(keeper: RowKeeper) -> tuple[PlanOffer, ...]:
    told = {row.host("id"): row.text("offers") for row in keeper.talk.answers.rows("offers")}
    asked = any(told.values())
    found = [offer for offer in keeper.offers() if not asked or told.get(offer.id) == "yes"]
    return tuple(PlanOffer(o.id, o.label_nl, o.reasons, o.is_sample) for o in found[:MOST_OFFERS])


def _appointment(answers: Answers) -> Appointment | None:
    day, how = answers.text("follow_up"), answers.text("how")
    if not day and not how:
        return None
    at = answers.text("time")
    return Appointment(
        day=date.fromisoformat(day) if day else None,
        at=time.fromisoformat(at).replace(tzinfo=None) if at else None,
        place=answers.text("place"),
        how=how,
    )


def _consents(answers: Answers) -> list[PlanConsent]:
    told = {"yes": True, "no": False}
    single = [PlanConsent(code, told.get(answers.text(concept))) for concept, code in CONSENT_CONCEPTS.items()]
    shared = [
        PlanConsent("C7", told[row.text("share_consent")], row.text("referral"))
        for row in answers.rows_with("share_consent")
        if row.text("share_consent") in told
    ]
    return [*single, *shared]


def _interests(keeper: RowKeeper) -> tuple[str, ...]:
    scores = keeper.profile().interests
    return tuple(sorted(scores, key=lambda letter: -scores[letter])[:2])


def readable(reason: Reason, catalogue: Catalogue) -> Reason:
    """A plan must read the same when an imported list is gone: work that only that list knows stands there by name."""
    named = str(reason.params.get("occupation", ""))
    known = None if named in catalogue.occupations else catalogue.known_occupation(named)
    return reason if known is None else replace(reason, params={**reason.params, "occupation": known.label_nl})


def _sources(directions: tuple[PlanDirection, ...], catalogue: Catalogue) -> tuple[tuple[str, date | None], ...]:
    known = [catalogue.known_occupation(direction.occupation) for direction in directions]
    rows = [occupation.provenance for occupation in known if occupation is not None]
    return tuple(dict.fromkeys((row.source, row.checked_on) for row in rows))
