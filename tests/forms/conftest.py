"""The compiled forms as plain tables, read without the engine, so that a form and its engine fail apart."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest
from lxml import etree

REPOSITORY = Path(__file__).resolve().parents[2]
FORMS = REPOSITORY / "resources" / "forms"
COMPILED = FORMS / "compiled"
FORM_IDS = ("data_request", "follow_up", "intake", "participant", "plan", "status")

XF = "{http://www.w3.org/2002/xforms}"
TAG = "{https://llo-portaal.nl/xforms/intake}"
ASKING = ("input", "select1", "select", "upload")


@dataclass(frozen=True)
class CompiledTables:
    """A compiled form: binds and tags by ref, controls by ref, choices by list, texts by language."""

    root: etree._Element

    @cached_property
    def binds(self) -> dict[str, dict[str, str]]:
        return {bind.get("nodeset"): dict(bind.attrib) for bind in self.root.iter(f"{XF}bind")}

    @cached_property
    def tags(self) -> dict[str, dict[str, str]]:
        return {
            ref: {key.removeprefix(TAG): value for key, value in bind.items() if key.startswith(TAG)}
            for ref, bind in self.binds.items()
        }

    @cached_property
    def controls(self) -> dict[str, etree._Element]:
        body = self.root.find("{http://www.w3.org/1999/xhtml}body")
        return {node.get("ref"): node for node in body.iter(*(f"{XF}{kind}" for kind in ASKING))}

    @cached_property
    def order(self) -> list[str]:
        """Names of all bound nodes in the order of the sheet."""
        return [ref.rsplit("/", 1)[-1] for ref in self.binds]

    def ref(self, name: str) -> str:
        return next(ref for ref in self.binds if ref.endswith(f"/{name}"))

    def tag(self, name: str, tag: str) -> str:
        return self.tags[self.ref(name)].get(tag, "")

    @cached_property
    def lists(self) -> dict[str, list[dict[str, str]]]:
        return {
            instance.get("id"): [
                {etree.QName(cell).localname: cell.text or "" for cell in item} for item in instance.iter(f"{XF}item")
            ]
            for instance in self.root.iter(f"{XF}instance")
            if instance.get("id")
        }

    @cached_property
    def texts(self) -> dict[str, dict[str, str]]:
        """Language name -> text id -> text, an output standing as <path>."""
        return {
            translation.get("lang"): {text.get("id"): _plain(text[0]) for text in translation}
            for translation in self.root.iter(f"{XF}translation")
        }

    def label(self, name: str, language: str = "Nederlands (nl)") -> str:
        return self.texts[language][f"{self.ref(name)}:label"]

    def choice_label(self, list_name: str, code: str, language: str = "Nederlands (nl)") -> str:
        row = next(row for row in self.lists[list_name] if row["name"] == code)
        return self.texts[language][row["itextId"]]


def _plain(value: etree._Element) -> str:
    pieces = [value.text or ""]
    for output in value:
        pieces.append(f"<{output.get('value').strip()}>")
        pieces.append(output.tail or "")
    return " ".join("".join(pieces).split())


@pytest.fixture(scope="session")
def forms() -> dict[str, CompiledTables]:
    return {name: CompiledTables(etree.parse(COMPILED / f"{name}.xml").getroot()) for name in FORM_IDS}


@pytest.fixture(scope="session")
def intake(forms: dict[str, CompiledTables]) -> CompiledTables:
    return forms["intake"]
