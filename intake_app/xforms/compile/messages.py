"""The sentences of the forms as a `.pot` template for translators."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from intake_app.xforms.compile.sheets import read_sheets
from intake_app.xforms.compile.texts import form_texts

_HEADER = "# Sentences of the questionnaires of intake-app, in Dutch (B1)."
_PLACE_HOLDER_ADDRESS = re.compile(rb'^"[^"\n]*@[^"\n]*"\n', re.MULTILINE)
_STEADY_MOMENT = datetime(2026, 1, 1, tzinfo=UTC)


def extract_messages(sources: Sequence[Path]) -> bytes:
    """The template `intake.pot`: one entry per sentence, context `form:list:name:column` or `form:name:column`.

    The bytes depend on the forms alone, so that a stale template shows as a difference.
    Raises FileMissing, FormInvalid.
    """
    catalog = Catalog(
        header_comment=_HEADER, project="intake-app", version="1", creation_date=_STEADY_MOMENT, fuzzy=False
    )
    for source in sources:
        for text in form_texts(read_sheets(source)):
            comments = [text.comment] if text.comment else []
            catalog.add(text.message, context=text.context, auto_comments=comments, locations=[(source.name, 1)])
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=0, sort_output=False, include_lineno=False)
    return _PLACE_HOLDER_ADDRESS.sub(b"", buffer.getvalue())
