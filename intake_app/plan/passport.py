"""The skills overview as a file: JSON-LD with ESCO and CompetentNL codes, for the regional skillspaspoort.

Terms are those of schema.org; skills are ESCO concepts (as in Europass), languages carry CEFR levels (as in the
Europass language passport), education carries its NLQF level, which equals the EQF level. What the file may hold is in
`resources/print/skills.schema.json` and explained in `docs/skills-file.md`. Made only when the person asks for it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from intake_app.domain.catalogue import Catalogue
from intake_app.domain.plan import PlanDocument
from intake_app.i18n import words
from intake_app.i18n.phrases import catalogue_text, code_words
from intake_app.plan.companions import sure_skills
from intake_app.plan.nlqf import NLQF

CONTEXT: Mapping[str, str] = {
    "@vocab": "https://schema.org/",
    "esco": "http://data.europa.eu/esco/skill/",
    "cnl": "https://linkeddata.competentnl.nl/",
}
_SETS = {"esco": "http://data.europa.eu/esco/concept-scheme/skills", "cnl": "https://linkeddata.competentnl.nl/"}
_CEFR = {"a1", "a2", "b1", "b2", "c1", "c2"}


def skills_file(document: PlanDocument, catalogue: Catalogue) -> bytes:
    """The skills overview as UTF-8 JSON-LD: skills, languages and papers, in Dutch, English and the own language.

    Never obstacles, origin, needs, contact or number. The own story stands in it when the document has one.
    """
    person: dict[str, object] = {
        "@context": dict(CONTEXT),
        "@type": "Person",
        "givenName": document.call_name,
        "knowsAbout": [_skill(*told, catalogue, document.language) for told in sure_skills(document)
                       if told[0] in catalogue.skills],
        "knowsLanguage": [*_tongues(document), *_dutch(document)],
        "hasCredential": [*_education(document), *(_paper(code) for code in document.papers)],
        "seeks": [_work(direction.occupation, direction.label_nl) for direction in document.directions],
        "dateCreated": document.made_on.isoformat(),
        "disambiguatingDescription": "Dit vertelt wat ik zelf laat zien. Het is geen diploma.",
    }  # fmt: skip
    if document.story is not None:
        person["description"] = _text(document.story.text, document.story.language)
    kept = {name: value for name, value in person.items() if value}
    return json.dumps(kept, ensure_ascii=False, indent=1).encode("utf-8")


def _text(text: str, language: str) -> dict[str, str]:
    return {"@value": text, "@language": language}


def _skill(skill: str, level: str, catalogue: Catalogue, language: str) -> dict[str, object]:
    known = catalogue.skills[skill]
    names = {"nl": known.label_nl, "en": known.esco_label_en}
    names[language] = catalogue_text(f"skill:{skill}", known.label_nl, language)
    told: dict[str, object] = {
        "@id": known.esco_uri,
        "@type": "DefinedTerm",
        "inDefinedTermSet": _SETS["esco"],
        "name": [_text(text, code) for code, text in names.items() if text],
    }
    if known.cnl_code:
        told["sameAs"] = {
            "@type": "DefinedTerm",
            "termCode": known.cnl_code,
            "inDefinedTermSet": _SETS["cnl"],
        }
    if level in words.TABLES["mastery"]:
        told["description"] = _text(code_words("mastery", level, "nl"), "nl")
    return told


def _tongues(document: PlanDocument) -> list[dict[str, object]]:
    return [{"@type": "Language", "alternateName": code} for code in document.languages]


def _dutch(document: PlanDocument) -> list[dict[str, object]]:
    """Dutch with its CEFR level per part; a level that was not told stays out."""
    parts = [
        {"@type": "PropertyValue", "propertyID": f"CEFR {part}", "value": level.upper()}
        for part, level in document.dutch
        if level in _CEFR
    ]
    return [{"@type": "Language", "alternateName": "nl", "additionalProperty": parts}] if parts else []


def _education(document: PlanDocument) -> list[dict[str, object]]:
    if document.level not in words.TABLES["level"]:
        return []
    told: dict[str, object] = {
        "@type": "EducationalOccupationalCredential",
        "credentialCategory": "education",
        "name": _text(code_words("level", document.level, "nl"), "nl"),
    }
    if document.level in NLQF:
        told["educationalLevel"] = f"NLQF {NLQF[document.level]}"
    return [told]


def _paper(code: str) -> dict[str, object]:
    return {
        "@type": "EducationalOccupationalCredential",
        "credentialCategory": "certificate",
        "identifier": code,
        "name": _text(code_words("paper", code, "nl"), "nl"),
    }


def _work(occupation: str, label: str) -> dict[str, object]:
    return {"@type": "Demand", "itemOffered": {"@type": "Occupation", "identifier": occupation, "name": label}}
