"""`search()` in an appearance: choices drawn from a CSV file, rewritten as an ordinary list with a filter.

The rules are those of ODK (docs.getodk.org/form-datasets, "search()"): the file without its extension, then how to
look (contains, startsWith, endsWith, matches), in which columns, for which text, and one column that must be equal.
The choice that is written in the form names the columns for value and label; choices with a number stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from intake_app.safe_xml import local_name
from intake_app.xforms.definition.names import child, children

_SEARCH = "search("
_LOWER = "'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz'"
_LOOKS = {
    "contains": "contains({0}, {1})",
    "startswith": "starts-with({0}, {1})",
    "endswith": "ends-with({0}, {1})",
    "matches": "{0} = {1}",
}


def unfold_searches(model: etree._Element, body: etree._Element | None) -> None:
    """Give every select with `search()` its list and its filter, in the tree itself.

    A `search()` that is none of ODK's shapes becomes the list's expression as it stands, so that it is refused with
    the other expressions, at its question.
    """
    for element in () if body is None else list(body.iter()):
        appearance = element.get("appearance") or ""
        if _SEARCH in appearance and local_name(element) in ("select", "select1"):
            _unfold(model, element, appearance)


def _unfold(model: etree._Element, element: etree._Element, appearance: str) -> None:
    start = appearance.index(_SEARCH)
    end = _closing(appearance, start + len(_SEARCH))
    element.set("appearance", f"{appearance[:start]} {appearance[end:]}".strip())
    columns = [item for item in children(element, "item") if not _value_of(item).isdigit()]
    arguments = list(_arguments(appearance[start + len(_SEARCH) : end - 1]))
    nodeset = _nodeset(arguments) if columns else ""
    listed = etree.SubElement(element, etree.QName(element, "itemset"))
    listed.set("nodeset", nodeset or appearance[start:end])
    if nodeset:
        _declare(model, _literal(arguments[0]))
        etree.SubElement(listed, etree.QName(element, "value")).set("ref", _value_of(columns[0]))
        etree.SubElement(listed, etree.QName(element, "label")).set("ref", _label_source(columns[0]))
    for item in columns:
        element.remove(item)


def _nodeset(arguments: list[str]) -> str:
    """The list with its filter; "" for a shape that ODK does not know."""
    literals = [_literal(one) for one in arguments]
    if len(arguments) not in (1, 4, 6) or not literals[0] or "/" in literals[0]:
        return ""
    found = f"instance('{literals[0]}')/root/item"
    if len(arguments) >= 4:
        look = _LOOKS.get(literals[1].lower())
        names = [name.strip() for name in literals[2].split(",") if name.strip()]
        if look is None or not names:
            return ""
        text = f"translate(string({arguments[3]}), {_LOWER})"
        parts = (look.format(f"translate({name}, {_LOWER})", text) for name in names)
        found += f"[{' or '.join(parts)}]"
    if len(arguments) == 6:
        found += f"[{literals[4]} = string({arguments[5]})]" if literals[4] else "[false()]"
    return found


def _label_source(item: etree._Element) -> str:
    """The expression of the label: the column that the written label names, in each language its own."""
    label = child(item, "label")
    source = "" if label is None else label.get("ref") or ""
    if source:
        return f"*[name() = {source}]"
    names = [name.strip() for name in ("" if label is None else label.text or "").split(",") if name.strip()]
    if len(names) < 2:
        return "".join(names) or _value_of(item)
    joined = ", ', ', ".join(names)
    return f"concat({joined})"


def _declare(model: etree._Element, name: str) -> None:
    if all(one.get("id") != name for one in children(model, "instance")):
        listed = etree.SubElement(model, etree.QName(model, "instance"))
        listed.set("id", name)
        listed.set("src", f"jr://file-csv/{name}.csv")


def _value_of(item: etree._Element) -> str:
    value = child(item, "value")
    return "" if value is None else (value.text or "").strip()


def _literal(argument: str) -> str:
    """The text of a quoted argument, "" for anything else."""
    quoted = len(argument) > 1 and argument[0] == argument[-1] and argument[0] in "'\""
    return argument[1:-1] if quoted else ""


def _closing(text: str, at: int) -> int:
    """The place after the bracket that closes the one before `at`."""
    return next((place + 1 for place, depth, _ in _depths(text, at) if depth < 0), len(text))


def _arguments(text: str) -> Iterator[str]:
    begin = 0
    for place, depth, sign in _depths(text, 0):
        if sign == "," and depth == 0:
            yield text[begin:place].strip()
            begin = place + 1
    if text[begin:].strip():
        yield text[begin:].strip()


def _depths(text: str, at: int) -> Iterator[tuple[int, int, str]]:
    """Every sign outside quotes with how many brackets are open after it."""
    depth, quote = 0, ""
    for place in range(at, len(text)):
        sign = text[place]
        if quote:
            quote = "" if sign == quote else quote
            continue
        if sign in "'\"":
            quote = sign
            continue
        depth += (sign in "([") - (sign in ")]")
        yield place, depth, sign
