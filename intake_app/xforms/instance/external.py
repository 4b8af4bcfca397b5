"""Lists that lie beside a form: CSV, XML and GeoJSON files from its media folder."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from intake_app import safe_xml
from intake_app.errors import CatalogueInvalid
from intake_app.xforms.definition.lists import document_of
from intake_app.xforms.definition.model import ExternalList
from intake_app.xforms.instance.node import Node

_GEOMETRIES = {"Point", "LineString", "Polygon"}


def load_list(external: ExternalList, media: Path | None) -> Node | None:
    """The list as a document; None when its file is not there.

    Raises CatalogueInvalid for a file that cannot be read.
    """
    name = file_name(external.address)
    if media is None or not name:
        return None
    path = media / name
    if not path.is_file():
        return None
    data = path.read_bytes()
    suffix = path.suffix.lower()
    if suffix == ".csv" or "file-csv" in external.address:
        return csv_list(data, name)
    if suffix in (".geojson", ".json"):
        return geojson_list(data, name)
    return document_of([safe_xml.parse(data)])


def file_name(address: str) -> str:
    """The file a jr:// address names, inside the media folder; "" when it would lead out of it."""
    rest = address.partition("://")[2].partition("/")[2]
    parts = PurePosixPath(rest.replace("\\", "/")).parts
    safe = parts and not any(part in ("..", "/") or ":" in part for part in parts)
    return "/".join(parts) if safe else ""


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
    rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if row]
    columns = [column.strip() for column in rows[0]] if rows else []
    root = Node("root")
    for row in rows[1:]:
        item = Node("item")
        for place, column in enumerate(columns):
            if column:
                item.attach(_leaf(column, row[place] if place < len(row) else ""))
        root.attach(item)
    return _document(root)


def geojson_list(data: bytes, name: str) -> Node:
    """`/root/item` per feature: its properties, its id, and its geometry as ODK writes places."""
    try:
        collection = json.loads(data)
        features = collection["features"] if collection["type"] == "FeatureCollection" else None
    except (ValueError, KeyError, TypeError):
        features = None
    if not isinstance(features, list):
        raise CatalogueInvalid(file=name, row=None, column=None, problem="not_geojson")
    root = Node("root")
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
