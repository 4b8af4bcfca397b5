"""`catalogue`: check the reference data, say how old it is, import official lists, and search it all."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from intake_app.errors import FileMissing, ImportCancelled, QueriesInvalid

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from intake_app.catalogue.imports.progress import Progress
    from intake_app.domain.catalogue import Catalogue, SearchHit

MOST_HITS = 20
IMPORTERS = ("esco", "competentnl", "brc")


def add_parser(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommand; `handler` of its arguments runs it."""
    parser = subparsers.add_parser("catalogue", help="check, describe and search the reference data")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    check = verbs.add_parser("check", help="report every problem with its file, row and column")
    status = verbs.add_parser("status", help="version, number of rows, and how long ago they were checked")
    bring = verbs.add_parser("import", help="read a downloaded official list; all of it or nothing")
    bring.add_argument("kind", choices=IMPORTERS, metavar="KIND", help=", ".join(IMPORTERS))
    bring.add_argument("path", type=Path, metavar="PATH", help="the file, zip or folder that was downloaded")
    search = verbs.add_parser("search", help="find occupations, skills, cards, offers and organisations")
    search.add_argument("text", nargs="?", metavar="TEXT", help="everyday words in any language of the catalogue")
    search.add_argument("--lang", default="nl", metavar="L", help="language preferred among equal matches")
    search.add_argument("--limit", type=_positive, default=MOST_HITS, metavar="N", help="most results (default: 20)")
    search.add_argument("--queries", type=Path, metavar="FILE", help='JSON list of {"q": TEXT, "lang": L}')
    export = verbs.add_parser("export", help="all tables as one workbook, to edit in a spreadsheet")
    export.add_argument("file", type=Path, metavar="FILE.xlsx", help="where to write it")
    for verb, handler in (
        (check, run_check),
        (status, run_status),
        (bring, run_import),
        (export, run_export),
        (search, run_search),
    ):
        verb.add_argument(
            "--catalogue", type=Path, metavar="DIR", help="another folder or workbook than the shipped one"
        )
        verb.add_argument("--json", action="store_true", help="results as JSON")
        verb.set_defaults(handler=handler)


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(text)
    return number


def folder_of(arguments: argparse.Namespace) -> Path:
    """The folder or workbook asked for, else what the central server sent, else the shipped catalogue."""
    from intake_app.catalogue.delivered import current_catalogue
    from intake_app.paths import resource_dir

    return arguments.catalogue or current_catalogue(imported_folder(arguments)) or resource_dir("catalogue")


def run_check(arguments: argparse.Namespace) -> int:
    """Print all problems; 1 when there are any. Raises FileMissing."""
    from intake_app.catalogue.check import check_catalogue

    problems = check_catalogue(folder_of(arguments))
    if arguments.json:
        print(json.dumps([problem._asdict() for problem in problems], ensure_ascii=False))
    else:
        for problem in problems:
            print(f"{problem.file}:{problem.row}:{problem.column}: {problem.problem}")
    print(f"problems: {len(problems)}", file=sys.stderr)
    return 1 if problems else 0


def imported_folder(arguments: argparse.Namespace) -> Path:
    """Where imported lists are kept: in the data folder."""
    from intake_app.bootstrap import reference_dir

    return reference_dir(arguments.data_dir)


def run_status(arguments: argparse.Namespace) -> int:
    """Print what the catalogue holds and what was imported beside it. Raises FileMissing, CatalogueInvalid."""
    from intake_app.catalogue.load import load_catalogue

    status = _status(load_catalogue(folder_of(arguments)))
    status["imported"] = _imported_status(imported_folder(arguments))
    if arguments.json:
        print(json.dumps(status, ensure_ascii=False))
    else:
        for key, value in status.items():
            print(f"{key}: {value}")
    return 0


def _imported_status(folder: Path) -> dict[str, Any]:
    from intake_app.catalogue.imported import damaged, open_imported

    found: dict[str, Any] = {}
    for each in open_imported(folder):
        about = {key: each.about.get(key, "") for key in ("version", "source", "imported_at", "credit")}
        found[each.kind] = {**about, "counts": each.counts(), "languages": each.languages()}
        each.close()
    return found | {kind: {"damaged": True} for kind in damaged(folder)}


def run_import(arguments: argparse.Namespace) -> int:
    """Import a list and print what it brought; Ctrl-C stops it and leaves what stood before.

    Raises FileMissing, CatalogueInvalid, LimitExceeded, ImportCancelled, DiskFull.
    """
    from intake_app.catalogue.imports.brc import import_brc
    from intake_app.catalogue.imports.competentnl import import_competentnl
    from intake_app.catalogue.imports.esco import import_esco
    from intake_app.catalogue.imports.progress import Watch
    from intake_app.catalogue.load import load_catalogue

    importer = {"esco": import_esco, "competentnl": import_competentnl, "brc": import_brc}[arguments.kind]
    catalogue = load_catalogue(folder_of(arguments))
    try:
        report = importer(arguments.path, imported_folder(arguments), catalogue, Watch(tell=_Meter()))
    except KeyboardInterrupt:
        raise ImportCancelled from None
    if arguments.json:
        print(json.dumps(report.as_json(), ensure_ascii=False))
    else:
        for key, value in report.as_json().items():
            print(f"{key}: {value}")
    return 0


class _Meter:
    """Tells on standard error how far the import is, once for every tenth part."""

    def __init__(self) -> None:
        self._told = -1

    def __call__(self, progress: Progress) -> None:
        tenth = int(progress.share * 10)
        if tenth > self._told:
            self._told = tenth
            print(f"{tenth * 10}% {progress.phase} {progress.file}".rstrip(), file=sys.stderr)


def _status(catalogue: Catalogue) -> dict[str, Any]:
    provenances = [
        *(row.provenance for row in catalogue.skills.values()),
        *(row.provenance for row in catalogue.cards.values()),
        *(row.provenance for row in catalogue.occupations.values()),
        *(row.provenance for row in catalogue.offers.values()),
        *(row.provenance for row in catalogue.organisations.values()),
    ]
    days = catalogue.checked_days()
    return {
        "version": catalogue.version,
        "skills": len(catalogue.skills),
        "cards": len(catalogue.cards),
        "occupations": len(catalogue.occupations),
        "offers": len(catalogue.offers),
        "organisations": len(catalogue.organisations),
        "places": len(catalogue.places),
        "municipalities": len(catalogue.municipalities),
        "languages": sorted({language for words in catalogue.synonyms.values() for language in words}),
        "rows_with_estimates": sum(bool(each.estimated) for each in provenances),
        "oldest_check": days[0].isoformat() if days else None,
        "newest_check": days[-1].isoformat() if days else None,
    }


def run_export(arguments: argparse.Namespace) -> int:
    """Write the catalogue as one workbook. Raises FileMissing."""
    from intake_app.catalogue.workbook import write_workbook

    write_workbook(folder_of(arguments), arguments.file)
    print(json.dumps({"file": str(arguments.file)}) if arguments.json else arguments.file)
    return 0


def run_search(arguments: argparse.Namespace) -> int:
    """Print what was found, best first. Raises FileMissing, CatalogueInvalid, QueriesInvalid."""
    from intake_app.catalogue.imported import open_imported, search_over
    from intake_app.catalogue.load import load_catalogue

    if (arguments.text is None) == (arguments.queries is None):
        print("catalogue search: TEXT or --queries FILE", file=sys.stderr)
        return 2
    queries = _queries(arguments.queries) if arguments.queries else [(arguments.text, arguments.lang)]
    search = search_over(load_catalogue(folder_of(arguments)), open_imported(imported_folder(arguments)))
    found = [search.find(text, language, arguments.limit) for text, language in queries]
    if arguments.json:
        lists = [[_as_json(hit) for hit in hits] for hits in found]
        print(json.dumps(lists if arguments.queries else lists[0], ensure_ascii=False))
        return 0
    for (text, _), hits in zip(queries, found, strict=True):
        if arguments.queries:
            print(f"# {text}")
        for hit in hits:
            print(f"{hit.kind}\t{hit.id}\t{hit.label_nl}\t{hit.matched} ({hit.matched_lang}, {hit.why})")
    return 0


def _queries(path: Path) -> list[tuple[str, str]]:
    if not path.is_file():
        raise FileMissing(path=str(path))
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError as wrong:
        raise QueriesInvalid(row=0, problem="not_json") from wrong
    if not isinstance(data, list):
        raise QueriesInvalid(row=0, problem="not_a_list")
    queries = []
    for number, item in enumerate(data, start=1):
        if not isinstance(item, dict) or not isinstance(item.get("q"), str):
            raise QueriesInvalid(row=number, problem="q_is_no_text")
        if not isinstance(item.get("lang", ""), str):
            raise QueriesInvalid(row=number, problem="lang_is_no_text")
        queries.append((item["q"], item.get("lang", "nl")))
    return queries


def _as_json(hit: SearchHit) -> dict[str, str]:
    return {
        "kind": hit.kind,
        "id": hit.id,
        "label_nl": hit.label_nl,
        "matched": hit.matched,
        "matched_lang": hit.matched_lang,
        "why": hit.why,
    }
