"""Draw every Dutch text into `translations/DOMAIN.pot` and bring the languages up to date. Needs Babel.

Run as `python -m devtools.extract_strings`; with `--check` it changes nothing and ends with 1 when a template is stale.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from devtools.gates import LOOK_AT
from devtools.made_up import MADE_UP, made_up_catalogue
from devtools.shell import REPOSITORY, say
from intake_app.catalogue.load import load_catalogue
from intake_app.catalogue.messages import catalogue_messages, work_messages
from intake_app.catalogue.work_facts import load_work_facts
from intake_app.i18n.languages import claims_review
from intake_app.xforms.compile.messages import extract_messages

PACKAGE = REPOSITORY / "intake_app"
TRANSLATIONS = REPOSITORY / "translations"
KEYWORDS = {"mark": None, "text": None, "say": None, "plural": (1, 2), "counted": (1, 2)}
CODE = re.compile(r"""\.text\("([a-z0-9_]+)"\)""")
"""A method `text` asked for a bare code: an answer by its concept or a size by its name, no words to translate."""

NOBODY = "intake-app"
"""Stands where gettext wants an address; a review by a person stands in `Language-Team` (see i18n.languages)."""

BEFORE = "eerder"
"""Stands before a review that no longer holds for the whole file."""

STEADY_MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
"""A template depends on the texts alone, so that a stale one shows as a difference."""

SOURCES = {
    "app": ("ui/**/*.py", "i18n/starters.py", "i18n/readiness_texts.py", "i18n/report_texts.py", "i18n/told_texts.py"),
    "plan": ("plan/**/*.py", "i18n/phrases.py", "i18n/words.py"),
    "errors": (
        "i18n/error_texts.py",
        "i18n/envelope_error_texts.py",
        "i18n/server_error_texts.py",
        "i18n/list_error_texts.py",
    ),
}
"""Which files of the package speak in which domain."""


def templates() -> dict[str, Catalog]:
    """Every domain with its Dutch texts."""
    found = {domain: _from_python(domain, patterns) for domain, patterns in SOURCES.items()}
    forms = sorted(path for path in (REPOSITORY / "resources" / "forms").glob("*.md") if path.stem != "README")
    found["intake"] = read_po(BytesIO(extract_messages(forms)))
    found["catalogue"] = _from_catalogue()
    return found


def _new_catalog(domain: str) -> Catalog:
    header = f"# Texts of intake-app, domain {domain}, in Dutch (B1)."
    return Catalog(
        domain=domain,
        header_comment=header,
        project="intake-app",
        version="1",
        msgid_bugs_address=NOBODY,
        last_translator=NOBODY,
        language_team=NOBODY,
        creation_date=STEADY_MOMENT,
        fuzzy=False,
    )


def _from_python(domain: str, patterns: Iterable[str]) -> Catalog:
    catalog = _new_catalog(domain)
    files = sorted({path for pattern in patterns for path in PACKAGE.glob(pattern)})
    for path in files:
        codes = set(CODE.findall(path.read_text(encoding="utf-8")))
        for _, message, comments, context in extract_from_file(
            "python", path, keywords=KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True
        ):
            if message in codes:
                continue
            place = path.relative_to(REPOSITORY).as_posix()
            catalog.add(message, auto_comments=comments, context=context, locations=[(place, 1)])
    return catalog


def _from_catalogue() -> Catalog:
    catalog = _new_catalog("catalogue")
    folder = REPOSITORY / "resources" / "catalogue"
    for context, text in (*catalogue_messages(load_catalogue(folder)), *work_messages(load_work_facts(folder))):
        catalog.add(text, context=context)
    return catalog


def _bytes(catalog: Catalog) -> bytes:
    catalog.msgid_bugs_address = NOBODY
    catalog.last_translator = catalog.last_translator.replace("FULL NAME <EMAIL@ADDRESS>", NOBODY)
    catalog.language_team = catalog.language_team.replace("LANGUAGE <LL@li.org>", NOBODY)
    content = BytesIO()
    write_po(content, catalog, width=0, include_lineno=False, ignore_obsolete=True)
    return content.getvalue()


def _languages() -> Iterator[str]:
    for folder in sorted(TRANSLATIONS.glob("*/LC_MESSAGES")):
        if folder.parent.name not in MADE_UP:
            yield folder.parent.name


def refresh(template: Catalog, language: str) -> bytes | None:
    """The .po of one language with the texts of the template; None where the language lacks this domain.

    A changed Dutch text loses its translation instead of keeping one that may no longer be true. In a reviewed file
    every text without translation is marked, and the review no longer stands until these are looked at.
    """
    path = TRANSLATIONS / language / "LC_MESSAGES" / f"{template.domain}.po"
    if not path.exists():
        return None
    with path.open("rb") as file:
        catalog = read_po(file, domain=template.domain)
    catalog.update(template, no_fuzzy_matching=True, update_header_comment=False, keep_user_comments=True)
    if claims_review(catalog.language_team):
        _reopen(catalog)
    return _bytes(catalog)


def _reopen(catalog: Catalog) -> None:
    gaps = [message for message in catalog if message.id and not all(_forms(message))]
    for message in gaps:
        message.user_comments = [*message.user_comments, LOOK_AT]
    if gaps:
        catalog.language_team = f"{NOBODY}, {BEFORE} {catalog.language_team}"


def _forms(message: Message) -> tuple[str, ...]:
    said = message.string
    return (said,) if isinstance(said, str) else tuple(said or ("",))


def stale_files() -> list[tuple[Path, bytes]]:
    """Every file under `translations` that differs from what the texts of today make of it."""
    wanted: list[tuple[Path, bytes]] = []
    for domain, template in templates().items():
        template.domain = domain
        wanted.append((TRANSLATIONS / f"{domain}.pot", _bytes(template)))
        for language in _languages():
            refreshed = refresh(template, language)
            if refreshed is not None:
                wanted.append((TRANSLATIONS / language / "LC_MESSAGES" / f"{domain}.po", refreshed))
        for code in MADE_UP:
            content = _bytes(made_up_catalogue(template, code))
            wanted.append((TRANSLATIONS / code / "LC_MESSAGES" / f"{domain}.po", content))
    return [(path, content) for path, content in wanted if not path.exists() or path.read_bytes() != content]


def main(arguments: Sequence[str]) -> int:
    """Write what is stale, or with `--check` only name it."""
    check = "--check" in arguments
    stale = stale_files()
    for path, content in stale:
        say(f"{'stale' if check else 'written'}: {path.relative_to(REPOSITORY)}")
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
