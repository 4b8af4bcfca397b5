"""Which of the ranked occupations make the list: fixed ones first, then by rank, then a fair spread (DOMAIN 4.4-10)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from intake_app.domain.catalogue import Catalogue, Occupation
from intake_app.domain.profile import Job, SkillsProfile
from intake_app.domain.reasons import ReasonCode
from intake_app.domain.recommendation import Fit
from intake_app.matching.ranking import Standing, standing_of
from intake_app.matching.rules import Rules
from intake_app.matching.score import route_level

OWN_IDEA = "own_idea"
OWN_WORK = "own_work"
NEIGHBOUR = "neighbour"


@dataclass(frozen=True)
class Listed:
    """One line of the list: why it is fixed, if it is, and which spreading rule brought it in."""

    standing: Standing
    fixed: str = ""
    extra: ReasonCode | None = None

    @property
    def id(self) -> str:
        """The occupation's id."""
        return self.standing.occupation.id

    @property
    def stays(self) -> bool:
        """Own idea and own work are never replaced."""
        return self.fixed in (OWN_IDEA, OWN_WORK)


Listing = tuple[Listed, ...]


def own_jobs(profile: SkillsProfile, catalogue: Catalogue, rules: Rules) -> tuple[Occupation, ...]:
    """The known occupations of h02: the latest first, then the longest, then as in the catalogue; in any order told."""
    when, years = rules.lists.job_when_order, rules.lists.job_years_order

    def newest_first(job: Job) -> tuple[int, int, int]:
        place = when.index(job.when) if job.when in when else len(when)
        length = years.index(job.years) if job.years in years else len(years)
        return place, length, known[job.occupation].rank

    found = {job.occupation: catalogue.known_occupation(job.occupation) for job in profile.jobs}
    known = {name: occupation for name, occupation in found.items() if occupation is not None}
    told = sorted((job for job in profile.jobs if job.occupation in known), key=newest_first)
    return tuple(known[name] for name in dict.fromkeys(job.occupation for job in told))


def first_list(
    ranking: Sequence[Standing],
    profile: SkillsProfile,
    catalogue: Catalogue,
    rules: Rules,
    *,
    wish_filter: bool,
    without: Collection[str] = (),
) -> Listing:
    """The list before the spreading rules: own idea, own work, the best neighbour, then by rank.

    Own idea and own work stand there also when only an imported list knows them (4.4-10).
    """
    size = rules.list_size(profile.talk_form)
    by_id = {standing.occupation.id: standing for standing in ranking}

    def standing_at(occupation: Occupation) -> Standing:
        return by_id.get(occupation.id) or standing_of(occupation, profile, catalogue, rules)

    listed: dict[str, Listed] = {}
    idea = catalogue.known_occupation(profile.own_idea)
    if idea is not None and idea.id not in without:
        listed[idea.id] = Listed(standing_at(idea), OWN_IDEA)
    jobs = own_jobs(profile, catalogue, rules)
    most_own = rules.lists.own_occupations.get(profile.talk_form, 1)
    for job in [job for job in jobs if job.id not in without and job.id not in listed][:most_own]:
        listed[job.id] = Listed(standing_at(job), OWN_WORK)
    neighbour = _neighbour(ranking, jobs, listed.keys(), rules, wish_filter=wish_filter)
    if neighbour is not None:
        listed[neighbour.occupation.id] = Listed(neighbour, NEIGHBOUR)
    room = rules.lists.imported["most"].get(profile.talk_form, 1)
    for standing in candidates(ranking, rules, wish_filter=wish_filter):
        new = standing.occupation.id not in listed
        if new and not (standing.occupation.imported and room == 0):
            listed[standing.occupation.id] = Listed(standing)
            room -= standing.occupation.imported
    return tuple(listed.values())[:size]


def candidates(ranking: Sequence[Standing], rules: Rules, *, wish_filter: bool) -> tuple[Standing, ...]:
    """What may enter the list by rank: something fits, no own wish is against it, and it need not be asked for.

    Of an imported list only what `_may_join` lets through; under the same label occupations of ours come first.
    """
    groups = {standing.occupation.isco for standing in ranking if not standing.occupation.imported}
    found = [
        standing
        for standing in ranking
        if standing.fit > 0
        and not (wish_filter and standing.avoided)
        and not set(rules.lists.only_when_asked) & set(standing.occupation.cautions)
        and (not standing.occupation.imported or _may_join(standing, groups, rules))
    ]
    return tuple(sorted(found, key=_ours_first))


def _ours_first(standing: Standing) -> tuple[int, bool, Standing]:
    return standing.label_place, standing.occupation.imported, standing


def _may_join(standing: Standing, groups: Collection[str], rules: Rules) -> bool:
    """Whether an imported occupation may be proposed: enough of it is known, and no occupation of ours stands for it.

    ISCO major groups 1 to 3 ask more schooling than such a list tells of.
    """
    occupation, bounds = standing.occupation, rules.lists.imported
    return (
        standing.label is not Fit.WITH_LEARNING
        and occupation.isco not in groups
        and occupation.isco[:1] in bounds["isco_major"]
        and len(occupation.core_skills) >= bounds["least_core"]
        and not occupation.regulated
    )


def _neighbour(
    ranking: Sequence[Standing],
    jobs: Sequence[Occupation],
    listed: Collection[str],
    rules: Rules,
    *,
    wish_filter: bool,
) -> Standing | None:
    digits = rules.lists.neighbour_isco_digits
    groups = {job.isco[:digits] for job in jobs}
    own = {job.id for job in jobs}
    for standing in ranking:
        occupation = standing.occupation
        if occupation.imported:
            continue
        if occupation.id in own or occupation.id in listed or (wish_filter and standing.avoided):
            continue
        if occupation.isco[:digits] in groups:
            return standing
    return None


Condition = Callable[[Listing], bool]


def spread(
    listing: Listing, ranking: Sequence[Standing], profile: SkillsProfile, rules: Rules, *, wish_filter: bool
) -> Listing:
    """Replace from the bottom until the list shows two sectors, an entry where one is needed, and a growth step."""
    reserve = [one for one in candidates(ranking, rules, wish_filter=wish_filter) if not one.occupation.imported]
    met: list[Condition] = []
    for condition, reason in _conditions(profile, rules):
        listing = _ensure(listing, reserve, condition, met, reason)
        if condition(listing):
            met.append(condition)
    fixed = [item for item in listing if item.fixed]
    return (*fixed, *sorted((item for item in listing if not item.fixed), key=lambda item: _ours_first(item.standing)))


def _conditions(profile: SkillsProfile, rules: Rules) -> list[tuple[Condition, ReasonCode]]:
    lists, level = rules.lists, route_level(profile, rules)

    def sectors(listing: Listing) -> bool:
        return len({item.standing.occupation.sector for item in listing} - {""}) >= lists.least_sectors

    def entry(listing: Listing) -> bool:
        return any(item.standing.occupation.lowest_level == lists.entry_level for item in listing)

    def growth(listing: Listing) -> bool:
        return any(item.standing.level_gap == lists.growth_step for item in listing)

    conditions: list[tuple[Condition, ReasonCode]] = [(sectors, ReasonCode.SECTOR_SPREAD)]
    if level in lists.entry_route_levels or income_needed_now(profile, rules):
        conditions.append((entry, ReasonCode.ENTRY_NOW))
    if level is not None and profile.talk_form in lists.growth_forms:
        conditions.append((growth, ReasonCode.GROWTH_STEP))
    return conditions


def income_needed_now(profile: SkillsProfile, rules: Rules) -> bool:
    """d01=no and (d03 has first_job or l10=now)."""
    now = rules.lists.income_now
    soon = bool(set(profile.work_wish) & set(now["work_wish"])) or profile.start in now["start"]
    return profile.work_now in now["work_now"] and soon


def _ensure(
    listing: Listing,
    reserve: Sequence[Standing],
    condition: Condition,
    met: Sequence[Condition],
    reason: ReasonCode,
) -> Listing:
    """The list with one line replaced so that the condition holds and none met before is lost; else unchanged."""
    if not listing or condition(listing):
        return listing
    present = {item.id for item in listing}
    for position in range(len(listing) - 1, -1, -1):
        if listing[position].stays:
            continue
        for standing in reserve:
            if standing.occupation.id in present:
                continue
            changed = (*listing[:position], Listed(standing, extra=reason), *listing[position + 1 :])
            if condition(changed) and all(earlier(changed) for earlier in met):
                return changed
    return listing
