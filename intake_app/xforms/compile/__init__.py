"""The form compiler: XLSForm and `.po` files in, XForm and complete workbook out. The only room that knows pyxform.

Names are fetched when first used: checking the tags of a form or reading it as a script must not wait for pyxform.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from intake_app.xforms.compile.compiler import CompiledForm, compile_form, published_name
    from intake_app.xforms.compile.messages import extract_messages
    from intake_app.xforms.compile.script import form_text
    from intake_app.xforms.compile.tags import check_tags

__all__ = ["CompiledForm", "check_tags", "compile_form", "extract_messages", "form_text", "published_name"]

_HOMES = {
    "CompiledForm": "compiler",
    "check_tags": "tags",
    "compile_form": "compiler",
    "extract_messages": "messages",
    "form_text": "script",
    "published_name": "compiler",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(name)
    value: object = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    return value
