"""Makes a download in the shape and size of the official ESCO one, for measuring and testing. Every word is INVENTED.

Only the addresses, English names and codes of our own starter set are real, so that linking can be seen. The same seed
gives the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import io
import random
import uuid
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from intake_app.catalogue.load import load_catalogue
from intake_app.domain.catalogue import Catalogue

LANGUAGES = ("nl", "en", "ar", "uk", "pl", "de")
OCCUPATIONS, SKILLS, RELATIONS = 3_039, 13_939, 129_004
BROADER_OCCUPATIONS, BROADER_SKILLS, SKILL_SKILL = 3_652, 20_822, 5_818
ISCO_GROUPS, SKILL_GROUPS = 436, 640
WORDS = 16_000
FEMALE_PAIRS = 17
ROOT = "http://data.europa.eu/esco/"
MARK = "INVENTED for measuring; verzonnen, geen ESCO-tekst."
STARTER = Path(__file__).parent.parent / "resources" / "catalogue"
_LATIN = (
    "ba be bo bra da de dri fa fe gla ha ho ka ke kli la le lo ma me mo na ne no pa pe pro ra re ri sa se si sta te ta"
)


def _cells(text: str) -> list[str]:
    return text.replace(",", " ").split()


SYLLABLES = {
    "nl": _cells(_LATIN + " lij oe schui vaar zie knij huis"),
    "en": _cells(_LATIN + " th wood igh ound ship ell"),
    "pl": _cells(_LATIN + " cza rz sz ow ła dzi ść"),
    "de": _cells(_LATIN + " sch äu ü ei ver stück"),
    "ar": _cells("با تا جا حا خا دا را زا سا شا صا طا عا فا قا كا لا ما نا ها وا يا بي تي جي دي ري سي مي ني ية"),
    "uk": _cells("ба ва га да жи за ка ла ма на па ра са та фа ха ша ві ді зі кі лі мі ні пі рі сі ті ння ець ник"),
}
ENDINGS = {
    "nl": ("er", "medewerker", "monteur", "en", "ster"),
    "en": ("er", " worker", " operator", "ing", " manager"),
    "pl": ("nik", "arz", "owca", "ka", "ista"),
    "de": ("er", "arbeiter", "in", "techniker", "en"),
    "ar": ("", "ة", "ي", "ون", "ات"),
    "uk": ("ник", "ар", "ач", "иця", "увати"),
}


@dataclass(frozen=True)
class Size:
    """How much to make."""

    occupations: int = OCCUPATIONS
    skills: int = SKILLS
    relations: int = RELATIONS
    words: int = WORDS

    def part(self, whole: int) -> int:
        """A number that goes along with the number of skills."""
        return max(1, whole * self.skills // SKILLS)


SMALL = Size(occupations=120, skills=400, relations=2_000, words=800)


class Words:
    """The invented words of one language, a few of them very frequent, as in a real list."""

    def __init__(self, language: str, seed: int, count: int) -> None:
        self._random = random.Random(f"{language} {seed}")
        syllables, endings = SYLLABLES[language], ENDINGS[language]
        made: dict[str, None] = {}
        while len(made) < count:
            stem = "".join(self._random.choices(syllables, k=self._random.choice((2, 2, 3, 3, 4))))
            made[stem + self._random.choice(endings)] = None
        self.all = list(made)
        self._weights = list(accumulate(1 / (place + 3) ** 0.7 for place in range(count)))

    def name(self) -> str:
        """A name of one to four words."""
        count = self._random.choice((1, 2, 2, 3, 3, 4))
        return " ".join(self._random.choices(self.all, cum_weights=self._weights, k=count))

    def names(self, most: int) -> list[str]:
        """Up to so many other names."""
        return [self.name() for _ in range(self._random.randint(0, most))]


class Download:
    """One invented download: the same concepts in every language."""

    def __init__(self, size: Size, seed: int = 6) -> None:
        self.size, self.seed = size, seed
        self._random = random.Random(seed)
        self.catalogue: Catalogue = load_catalogue(STARTER)
        self.skills = [f"{ROOT}skill/{skill.esco_uuid}" for skill in self.catalogue.skills.values()]
        self.skills += [self._address("skill") for _ in range(size.skills - len(self.skills))]
        self.occupations = [self._address("occupation") for _ in range(size.occupations)]
        starter = sorted({each.isco for each in self.catalogue.occupations.values()})
        others = (f"{number:04d}" for number in range(110, 9999, 22))
        self.codes = list(dict.fromkeys([*starter, "0110", *others]))[:ISCO_GROUPS]
        self.groups = [self._address("skill") for _ in range(SKILL_GROUPS)]
        self.pairs = self._pairs()

    def _address(self, kind: str) -> str:
        return f"{ROOT}{kind}/{uuid.UUID(int=self._random.getrandbits(128), version=4)}"

    def _pairs(self) -> list[tuple[str, str]]:
        pairs: dict[tuple[str, str], None] = {}
        while len(pairs) < self.size.relations:
            pairs[self._random.choice(self.occupations), self._random.choice(self.skills)] = None
        return list(pairs)

    def files(self, language: str, *, suffixed: bool = True) -> Iterator[tuple[str, str]]:
        """Name and content of every file of one language; `suffixed`: relation files carry the language too."""
        words = Words(language, self.seed, self.size.words)
        tail = f"_{language}" if suffixed else ""
        yield f"occupations_{language}.csv", _table(OCCUPATION_COLUMNS, self._occupation_rows(language, words))
        yield f"skills_{language}.csv", _table(SKILL_COLUMNS, self._skill_rows(language, words))
        yield f"occupationSkillRelations{tail}.csv", _table(REQUIRES_COLUMNS, self._requires_rows())
        yield f"broaderRelationsOccPillar{tail}.csv", _table(BROADER_COLUMNS, self._broader_rows("Occ"))
        yield f"broaderRelationsSkillPillar{tail}.csv", _table(BROADER_COLUMNS, self._broader_rows("Skill"))
        yield f"skillSkillRelations{tail}.csv", _table(RELATED_COLUMNS, self._related_rows())
        yield f"ISCOGroups_{language}.csv", _table(ISCO_COLUMNS, self._isco_rows(words))
        yield f"skillGroups_{language}.csv", _table(GROUP_COLUMNS, self._group_rows(words))

    def _occupation_rows(self, language: str, words: Words) -> Iterator[Sequence[str]]:
        for number, address in enumerate(self.occupations):
            label = words.name()
            if language == "nl" and number < FEMALE_PAIRS:
                label = f"{label}/vrouwelijke {label}"
            code = self.codes[number % len(self.codes)]
            schemes = f"{ROOT}concept-scheme/occupations,\n{ROOT}concept-scheme/member-occupations"
            yield (
                *("Occupation", address, code, label, "\n".join(words.names(8)), "\n".join(words.names(1)[:1])),
                *(
                    "released",
                    "2024-04-25T11:58:34.313Z",
                    f"{ROOT}regulated-professions/unregulated",
                    "",
                    MARK,
                    schemes,
                ),
                *(f"{MARK}\n{words.name()}, {words.name()}.", f"{code}.{number}"),
            )

    def _skill_rows(self, language: str, words: Words) -> Iterator[Sequence[str]]:
        known = {f"{ROOT}skill/{each.esco_uuid}": each.esco_label_en for each in self.catalogue.skills.values()}
        for address in self.skills:
            label = known.get(address, "") if language == "en" else ""
            yield (
                *("KnowledgeSkillCompetence", address, "skill/competence", "sector-specific", label or words.name()),
                *("\n".join(words.names(2)), "", "released", "2023-11-30T15:53:37.136Z", "", ""),
                *(f"{ROOT}concept-scheme/skills", f"{MARK} {words.name()}"),
            )

    def _requires_rows(self) -> Iterator[Sequence[str]]:
        for number, (occupation, skill) in enumerate(self.pairs):
            yield occupation, "optional" if number % 2 else "essential", "skill/competence", skill

    def _broader_rows(self, pillar: str) -> Iterator[Sequence[str]]:
        chance = random.Random(f"{pillar} {self.seed}")
        if pillar == "Occ":
            for number in range(self.size.part(BROADER_OCCUPATIONS)):
                address = self.occupations[number % len(self.occupations)]
                yield (
                    "Occupation",
                    address,
                    "ISCOGroup",
                    f"http://data.europa.eu/esco/isco/C{chance.choice(self.codes)}",
                )
        else:
            for number in range(self.size.part(BROADER_SKILLS)):
                address = self.skills[number % len(self.skills)]
                yield "KnowledgeSkillCompetence", address, "SkillGroup", chance.choice(self.groups)

    def _related_rows(self) -> Iterator[Sequence[str]]:
        chance = random.Random(f"related {self.seed}")
        for _ in range(self.size.part(SKILL_SKILL)):
            one, other = chance.sample(self.skills, 2)
            yield one, "skill/competence", "optional", "knowledge", other

    def _isco_rows(self, words: Words) -> Iterator[Sequence[str]]:
        for code in self.codes:
            address = f"{ROOT}isco/C{code}"
            yield "ISCOGroup", address, code, words.name(), "released", "", f"{ROOT}concept-scheme/isco", ""

    def _group_rows(self, words: Words) -> Iterator[Sequence[str]]:
        for number, address in enumerate(self.groups):
            scheme = f"{ROOT}concept-scheme/skills"
            yield "SkillGroup", address, words.name(), "", "", "released", "", "", scheme, MARK, f"S{number}"


OCCUPATION_COLUMNS = _cells(
    "conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,hiddenLabels,status,modifiedDate,regulatedProfessionNote,"
    "scopeNote,definition,inScheme,description,code"
)
SKILL_COLUMNS = _cells(
    "conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,hiddenLabels,status,modifiedDate,scopeNote,"
    "definition,inScheme,description"
)
REQUIRES_COLUMNS = ["occupationUri", "relationType", "skillType", "skillUri"]
BROADER_COLUMNS = ["conceptType", "conceptUri", "broaderType", "broaderUri"]
RELATED_COLUMNS = ["originalSkillUri", "originalSkillType", "relationType", "relatedSkillType", "relatedSkillUri"]
ISCO_COLUMNS = _cells("conceptType,conceptUri,code,preferredLabel,status,altLabels,inScheme,description")
GROUP_COLUMNS = _cells(
    "conceptType,conceptUri,preferredLabel,altLabels,hiddenLabels,status,modifiedDate,scopeNote,inScheme,description,code"
)


def _table(columns: Sequence[str], rows: Iterator[Sequence[str]]) -> str:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return stream.getvalue()


def write_zip(folder: Path, language: str, download: Download, *, suffixed: bool = True) -> Path:
    """One zip per language, named as the official ones are, with a note that all is invented."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"ESCO dataset - v1.2.0 - classification - {language} - csv.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("INVENTED.txt", MARK)
        for name, content in download.files(language, suffixed=suffixed):
            archive.writestr(name, content)
    return path


def write_folder(folder: Path, languages: Sequence[str], download: Download, *, suffixed: bool = True) -> Path:
    """The same files lying loose."""
    folder.mkdir(parents=True, exist_ok=True)
    for language in languages:
        for name, content in download.files(language, suffixed=suffixed):
            (folder / name).write_text(content, encoding="utf-8", newline="")
    return folder


def main() -> int:
    """`catalogue_files FOLDER [--lang nl,en]`: write the zips and say where."""
    parser = argparse.ArgumentParser(prog="dev.py bench catalogue_files", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--lang", default="nl,en", help=f"of {','.join(LANGUAGES)}")
    arguments = parser.parse_args()
    download = Download(Size())
    for language in arguments.lang.split(","):
        print(write_zip(arguments.folder, language, download))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
