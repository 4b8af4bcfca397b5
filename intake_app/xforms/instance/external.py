"""Lists that lie beside a form: CSV, XML and GeoJSON files from its media folder."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from intake_app import safe_xml
from intake_app.errors import CatalogueInvalid
from intake_app.xforms.definition.lists import LAST_SAVED, document_of, file_name
from intake_app.xforms.definition.model import ExternalList
from intake_app.xforms.instance.node import Node
from intake_app.xforms.limits import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_FEATURES,
    MAX_LIST_BYTES,
    MAX_MAP_VALUES,
    MAX_ROWS,
    refuse_above,
    refuse_large_xml,
)

_GEOMETRIES = {"Point", "LineString", "Polygon"}


def is_last_saved(external: ExternalList) -> bool:
    """Whether the list is the record saved before this one."""
    return external.address.startswith(LAST_SAVED)


def load_list(external: ExternalList, media: Path | None) -> Node | None:
    """The list as a document; None when its file is not there.

    Raises CatalogueInvalid for a file that cannot be read, LimitExceeded for one that is too large.
    """
    name = file_name(external.address)
    if media is None or not name:
        return None
    path = media / name
    if not path.is_file() or not path.resolve().is_relative_to(media.resolve()):
        return None
    with path.open("rb") as file:
        data = file.read(MAX_LIST_BYTES + 1)
    refuse_above(len(data), MAX_LIST_BYTES, "list_bytes", name)
    suffix = path.suffix.lower()
    if suffix == ".csv" or "file-csv" in external.address:
        return csv_list(data, name)
    if suffix in (".geojson", ".json"):
        return geojson_list(data, name)
    refuse_large_xml(data, name)
    return document_of([safe_xml.parse(data)])


def csv_list(data: bytes, name: str) -> Node:
    """`/root/item` per row, one child per column.

    Comma or semicolon; short rows are padded; UTF-8, with or without byte order mark.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CatalogueInvalid(file=name, row=None, column=None, problem="not_utf8") from None
    header = text.split("\n", 1)[0]
    delimiter = ";" if header.count(";") > header.count(",") else ","
    refuse_above(header.count(delimiter) + 1, MAX_COLUMNS, "columns", name)
    rows = _rows(text, delimiter, name)
    columns = [column.strip() for column in rows[0]] if rows else []
    root = Node("root")
    for row in rows[1:]:
        item = Node("item")
        for place, column in enumerate(columns):
            if column:
                item.attach(_leaf(column, row[place] if place < len(row) else ""))
        root.attach(item)
    return _document(root)


def _rows(text: str, delimiter: str, name: str) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if row:
                refuse_above(len(row), MAX_COLUMNS, "columns", name)
                rows.append(row)
                refuse_above(len(rows), MAX_ROWS, "rows", name)
                refuse_above(len(rows) * len(rows[0]), MAX_CELLS, "cells", name)
    except csv.Error:
        raise CatalogueInvalid(file=name, row=len(rows) + 1, column=None, problem="bad_csv") from None
    return rows


def geojson_list(data: bytes, name: str) -> Node:
    """`/root/item` per feature: its properties, its id, and its geometry as ODK writes places."""
    # A feature holds three objects: itself, its geometry and its properties.
    refuse_above(data.count(b"{"), 3 * MAX_FEATURES + 1, "features", name)
    refuse_above(data.count(b","), MAX_MAP_VALUES, "map_values", name)
    try:
        collection = json.loads(data)
        features = collection["features"] if collection["type"] == "FeatureCollection" else None
    except (ValueError, KeyError, TypeError, RecursionError):
        features = None
    if not isinstance(features, list):
        raise CatalogueInvalid(file=name, row=None, column=None, problem="not_geojson")
    root = Node("root")
    cells = 0
    for number, feature in enumerate(features, start=1):
        if not isinstance(feature, dict):
            raise CatalogueInvalid(file=name, row=number, column=None, problem="not_geojson")
        item = Node("item")
        item.attach(_leaf("geometry", _geometry(feature.get("geometry"), name, number)))
        if "id" in feature:
            item.attach(_leaf("id", _plain(feature["id"])))
        for key, value in (feature.get("properties") or {}).items():
            if not item.named(str(key)):
                item.attach(_leaf(str(key), _plain(value)))
        cells += len(item.children)
        refuse_above(cells, MAX_CELLS, "cells", name)
        root.attach(item)
    return _document(root)


def _geometry(geometry: object, name: str, number: int) -> str:
    if not isinstance(geometry, dict) or geometry.get("type") not in _GEOMETRIES:
        raise CatalogueInvalid(file=name, row=number, column="geometry", problem="unsupported_geometry")
    try:
        # GeoJSON says longitude first, ODK latitude first.
        return "; ".join(f"{point[1]} {point[0]} 0 0" for point in _points(geometry))
    except (TypeError, IndexError, KeyError):
        raise CatalogueInvalid(file=name, row=number, column="geometry", problem="bad_coordinates") from None


def _points(geometry: Mapping[str, Any]) -> list[Any]:
    coordinates = geometry["coordinates"]
    match geometry["type"]:
        case "Point":
            return [coordinates]
        case "LineString":
            return list(coordinates)
        case _:
            return list(coordinates[0])


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _leaf(name: str, text: str) -> Node:
    node = Node(name)
    node.text = node.typed = text
    return node


def _document(root: Node) -> Node:
    document = Node("")
    document.attach(root)
    return document
