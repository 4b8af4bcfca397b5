"""A form whose three choice questions narrow each other down over a long list beside the form."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from xml.sax.saxutils import quoteattr

from benchmarks.forms import HEAD, META, META_BIND


def cascade_form() -> bytes:
    """Three choice questions, each filtered by the one before; the last draws on `streets.csv` (`street_list`)."""
    lists = [f'<instance id="{name}" src="jr://file-csv/{name}.csv"/>' for name in ("provinces", "towns", "streets")]
    filters = {
        "province": "instance('provinces')/root/item",
        "town": "instance('towns')/root/item[province = /data/province]",
        "street": "instance('streets')/root/item[province = /data/province and town = /data/town]",
    }
    binds = "".join(f'<bind nodeset="/data/{name}" type="string"/>' for name in filters)
    body = "".join(
        f'<select1 ref="/data/{name}"><label>{name}</label><itemset nodeset={quoteattr(nodeset)}>'
        f'<value ref="name"/><label ref="label"/></itemset></select1>\n'
        for name, nodeset in filters.items()
    )
    return (
        f"{HEAD}<h:head><h:title>Cascade</h:title><model>"
        f'<instance><data id="cascade" version="1"><province/><town/><street/>{META}</data></instance>'
        f"{''.join(lists)}{binds}{META_BIND}</model></h:head><h:body>{body}</h:body></h:html>\n"
    ).encode()


def cascade_lists(streets: int, towns: int = 1200, provinces: int = 12) -> dict[str, str]:
    """The three lists by file name: street n lies in town n % towns, and town n in province n % provinces."""
    return {
        "provinces.csv": _csv("name,label", (f"p{n},Province {n}" for n in range(provinces))),
        "towns.csv": _csv("name,label,province", (f"t{n},Town {n},p{n % provinces}" for n in range(towns))),
        "streets.csv": _csv(
            "name,label,province,town",
            (f"s{n},Street {n},p{n % towns % provinces},t{n % towns}" for n in range(streets)),
        ),
    }


def cascade_answers(rounds: int, towns: int = 1200, provinces: int = 12) -> list[tuple[str, str]]:
    """Somebody who picks a province, a town in it and a street there, again and again elsewhere."""
    random = Random(5)
    answers: list[tuple[str, str]] = []
    for _ in range(rounds):
        town = random.randrange(towns)
        answers += [
            ("/data/province", f"p{town % provinces}"),
            ("/data/town", f"t{town}"),
            ("/data/street", f"s{town + towns * random.randrange(4)}"),
        ]
    return answers


def _csv(header: str, rows: Iterator[str]) -> str:
    return "\n".join([header, *rows]) + "\n"
