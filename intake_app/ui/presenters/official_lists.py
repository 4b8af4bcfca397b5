"""Words for the page of official lists: what each is, what stands here, how far an import is, what it brought."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from intake_app.errors import IntakeError
from intake_app.i18n.formats import format_date, format_number, language_word
from intake_app.i18n.gettext import mark, translator
from intake_app.i18n.phrases import error_text
from intake_app.services.official_lists import BRC, COMPETENTNL, ESCO, ImportReport, OfficialList, Progress

MOST_NAMED = 4
"""So many of our things without an official name are named; of more only the number is told."""
NAMES = {ESCO: "ESCO", COMPETENTNL: "CompetentNL", BRC: "BRC"}
ABOUT = {
    ESCO: mark("Beroepen en vaardigheden van de Europese Unie, in veel talen. Kies de CSV-download: zip of map."),
    COMPETENTNL: mark("Beroepen en vaardigheden van UWV, SBB, CBS en TNO. Kies het bestand: ttl, nt, csv of zip."),
    BRC: mark("Beroepsnamen van het CBS. Kies de werkmap van Excel (xlsx)."),
}
TAKES_FOLDER = frozenset({ESCO, COMPETENTNL})
"""Lists that are downloaded as several files."""
FILTERS = {ESCO: "*.zip *.csv", COMPETENTNL: "*.ttl *.nt *.csv *.zip", BRC: "*.xlsx"}


@dataclass(frozen=True)
class Told:
    """A message: what happened, then what it means or what to do."""

    what: str
    more: str


def state_lines(one: OfficialList) -> tuple[str, ...]:
    """Version, day and contents of a list, one thought a line."""
    say = translator("nl").text
    if one.damaged:
        return (say("Het bestand van deze lijst kan niet meer gelezen worden. Lees de lijst opnieuw in."),)
    if not one.present or one.imported_on is None:
        return (say("Nog niet ingelezen."),)
    day = format_date(one.imported_on, "nl", "long")
    read = say("Ingelezen op {day}.").format(day=day)
    if one.version:
        read = say("Versie {version}, ingelezen op {day}.").format(version=one.version, day=day)
    names = sum(one.languages.values())
    held = say("{names} namen. Talen: {languages}.").format(names=number(names), languages=spoken(one.languages))
    return read, held


def badge(one: OfficialList) -> tuple[str, str]:
    """A word and its kind for the corner of a list; empty when nothing stands here."""
    say = translator("nl").text
    if one.damaged:
        return say("kapot"), "warning"
    return (say("in gebruik"), "good") if one.present else ("", "info")


def progress_line(progress: Progress) -> str:
    """What is being done now, with the part that is done."""
    say = translator("nl").text
    share = round(progress.share * 100)
    if progress.phase == "reading":
        return say("{share}% · lezen: {file}").format(share=share, file=progress.file)
    return say("{share}% · klaarmaken om in te zoeken").format(share=share)


def report_lines(report: ImportReport, names: dict[str, str]) -> tuple[str, ...]:
    """What was read and what of ours it was linked to; `names` gives the label of our skills and occupations."""
    say = translator("nl").text
    read = say("{names} namen ingelezen. Talen: {languages}.")
    lines = [read.format(names=number(sum(report.languages.values())), languages=spoken(report.languages))]
    if report.kept_languages:
        kept = say("Eerder ingelezen talen zijn gebleven: {languages}.")
        lines.append(kept.format(languages=spoken(report.kept_languages)))
    if report.linked_skills or report.unlinked_skills:
        all_of = report.linked_skills + len(report.unlinked_skills)
        line = say("{linked} van onze {all} vaardigheden zijn gekoppeld.").format(
            linked=report.linked_skills, all=all_of
        )
        lines.append(" ".join(part for part in (line, _missing(report.unlinked_skills, names)) if part))
    if report.linked_occupations or report.unlinked_occupations:
        all_of = report.linked_occupations + len(report.unlinked_occupations)
        line = say("{linked} van onze {all} beroepen zijn gekoppeld.").format(
            linked=report.linked_occupations, all=all_of
        )
        lines.append(" ".join(part for part in (line, _missing(report.unlinked_occupations, names)) if part))
    if skipped := sum(report.skipped.values()):
        lines.append(
            say("{count} regels zijn overgeslagen: dubbel of niet meer in gebruik.").format(count=number(skipped))
        )
    return tuple(lines)


def _missing(ids: tuple[str, ...], names: dict[str, str]) -> str:
    if not ids or len(ids) > MOST_NAMED:
        return ""
    told = ", ".join(names.get(each, each) for each in ids)
    return translator("nl").text("Niet gevonden: {names}.").format(names=told)


def refused(error: IntakeError) -> Told:
    """Why an import did not go on, in words for whoever downloaded the file."""
    told = error_text(error, "nl")
    return Told(told.what, f"{told.means} {told.do}")


def number(count: int) -> str:
    """A number as Dutch writes it."""
    return format_number(count, "nl")


def spoken(languages: Iterable[str]) -> str:
    """The names of languages, in Dutch, in the order given; of many only the number."""
    codes = list(languages)
    if len(codes) > MOST_NAMED:
        return translator("nl").text("{count} talen").format(count=len(codes))
    return ", ".join(language_word(code, "nl") for code in codes)
