"""Reference data as values: what the catalogue room loads and every other room reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Provenance:
    """Where a row comes from, when it was checked, and which of its columns are our estimate."""

    source: str
    checked_on: date | None
    estimated: tuple[str, ...] = ()


@dataclass(frozen=True)
class Skill:
    """A skill of the starter set, tied to ESCO by uuid (DOMAIN 3.1)."""

    id: str
    label_nl: str
    group: str
    esco_uuid: str
    esco_label_en: str
    generic: bool
    cnl_code: str
    provenance: Provenance

    @property
    def esco_uri(self) -> str:
        """The ESCO concept URI."""
        return f"http://data.europa.eu/esco/skill/{self.esco_uuid}"


@dataclass(frozen=True)
class ActivityCard:
    """A picture card of daily doing and the skills it shows (DOMAIN 3.2). `more` cards stand behind "Meer kaarten"."""

    id: str
    label_nl: str
    family: str
    skills: tuple[str, ...]
    more: bool
    in_deck: bool
    provenance: Provenance


@dataclass(frozen=True)
class Requirement:
    """What the work asks: `code` is VOG, BIG, CERT, LICENCE, …; `by_law` or usual; `papers` of g08 that meet it."""

    code: str
    text_nl: str
    by_law: bool
    papers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Occupation:
    """An occupation of DOMAIN 4.2; `rank` is its place in that table."""

    id: str
    rank: int
    label_nl: str
    sector: str
    isco: str
    level_text: str
    lowest_level: int
    highest_level: int
    nlqf: str
    cefr: str
    cefr_by_law: bool
    riasec: str
    core_skills: tuple[str, ...]
    other_skills: tuple[str, ...]
    routes: tuple[str, ...]
    requirements: tuple[Requirement, ...]
    body: tuple[str, ...]
    cautions: tuple[str, ...]
    source_class: str
    provenance: Provenance

    @property
    def imported(self) -> bool:
        """Whether an imported list tells of it: of its routes, its chance of work and its Dutch nothing is known."""
        return not self.source_class

    @property
    def regulated(self) -> bool:
        """BIG, or any requirement by law other than VOG (DOMAIN 4.4-2)."""
        return any(r.code == "BIG" or (r.by_law and r.code != "VOG") for r in self.requirements)

    @property
    def skills_of_work(self) -> tuple[str, ...]:
        """The skills that having done this work shows: all of ours, of an imported one the essential (DOMAIN 4.4-2)."""
        return self.core_skills if self.imported else (*self.core_skills, *self.other_skills)

    @property
    def is_kansberoep(self) -> bool:
        """Only a named source and no falling demand may be called kansberoep (DOMAIN 4.4-14)."""
        return self.source_class == "A" and "demand_falling" not in self.cautions


@dataclass(frozen=True)
class Offer:
    """A learning offer, scheme, recognition, work place or help (DOMAIN 5). `kinds` holds L, M, R, W, H."""

    id: str
    label_nl: str
    kinds: tuple[str, ...]
    text_nl: str
    conditions: Mapping[str, tuple[str, ...]]
    ask_nl: str
    default_on: bool
    is_sample: bool
    provenance: Provenance
    starts: date | None = None
    ends: date | None = None
    sector: str = ""
    municipality: str = ""
    needs_cefr: str = ""
    capacity: int | None = None
    """How many people can come; 0 is full, None is unknown."""
    form: str = ""
    """`taster` (proeverij) or `work_place` (leerwerkplek) for a real place at a real time, else ""."""
    place: str = ""
    """The town or village, a name of `places`."""
    days: tuple[str, ...] = ()
    """Days of the week as the table writes them: ma di wo do vr za zo."""
    shown_for: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Answers that call the offer up, any one of them; `conditions` must hold as far as they are known."""


ALWAYS = "always"
"""Key of `Organisation.refer_when` for a partner that is a good address for everybody."""


@dataclass(frozen=True)
class Organisation:
    """A partner of DOMAIN 1.4, code list `ref`. `sensitive` is 0, 1 or 9 (q05)."""

    id: str
    label_nl: str
    role_nl: str
    sensitive: int
    municipalities: tuple[str, ...]
    phone: str
    address: str
    hours: str
    provenance: Provenance
    refer_when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Answers by concept, any one of which makes it a good address; `always` for everybody."""


@dataclass(frozen=True)
class Place:
    """A town or village with its municipality code, first postcode digits and coordinates in degrees (WGS84)."""

    name: str
    municipality: str
    postcodes: tuple[str, ...]
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Municipality:
    """One of the eight municipalities of the Achterhoek (DOMAIN 1.3)."""

    id: str
    cbs_code: str
    label_nl: str
    library: str
    work_body: str


@dataclass(frozen=True)
class Catalogue:
    """All reference data of one version; every mapping is keyed by id and keeps the order of its file."""

    version: str
    skills: Mapping[str, Skill]
    cards: Mapping[str, ActivityCard]
    families: Mapping[str, str]
    occupations: Mapping[str, Occupation]
    offers: Mapping[str, Offer]
    organisations: Mapping[str, Organisation]
    places: tuple[Place, ...]
    municipalities: Mapping[str, Municipality]
    synonyms: Mapping[tuple[str, str], Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    """(kind, id) to language code to everyday words."""
    terms: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Kind (family, sector, route, body, group) to code to Dutch label."""
    elsewhere: Mapping[str, Occupation] = field(default_factory=dict, compare=False, repr=False)
    """Occupations of an imported list, by id: somebody's own work may be one of them."""
    wider: Mapping[str, Occupation] = field(default_factory=dict, compare=False, repr=False)
    """Those of them that may be proposed, in their order; empty unless the site lead wants that."""

    def known_occupation(self, occupation: str) -> Occupation | None:
        """An occupation of ours or of an imported list; None for an id that nobody here knows (any more)."""
        return self.direction(occupation) or (self.elsewhere.get(occupation) if occupation else None)

    def direction(self, occupation: str) -> Occupation | None:
        """An occupation that may be an idea or a direction: of ours, or of an imported list that may be proposed."""
        return self.occupations.get(occupation) or self.wider.get(occupation)

    def checked_days(self) -> tuple[date, ...]:
        """The days on which rows were checked, the oldest first; a row nobody checked has none."""
        tables: tuple[Mapping[str, Skill | ActivityCard | Occupation | Offer | Organisation], ...] = (
            self.skills,
            self.cards,
            self.occupations,
            self.offers,
            self.organisations,
        )
        days = (row.provenance.checked_on for table in tables for row in table.values())
        return tuple(sorted(day for day in days if day is not None))


@dataclass(frozen=True)
class SearchHit:
    """One thing found: `matched` is the text that matched, in `matched_lang`, and `why` the kind of match."""

    kind: str
    id: str
    label_nl: str
    matched: str
    matched_lang: str
    why: str
    score: float
