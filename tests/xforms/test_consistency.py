"""Whatever happens to a form, computing only what a change concerns gives what computing everything would give."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from intake_app.errors import EventRefused
from intake_app.xforms.api import FormEntry, NodeView, parse_form
from tests.xforms.story import MOMENT, ask, bind, form, pick, repeat, rows

STORIES = Path(__file__).parents[1] / "data" / "xforms" / "javarosa"
TANGLE = form(
    '<n>1</n><show/><kid jr:template=""><age/><sum/><before/><pal/><toy jr:template=""><cost/></toy></kid>'
    "<kid><age/><sum/><before/><pal/></kid><counted/><all/><oldest/><line><x/><run/></line>",
    bind("n", type="int", constraint=". < 6")
    + bind("kid", relevant="/data/show != 'no'")
    + bind("kid/age", type="int", required="position(..) = 1")
    + bind("kid/sum", calculate="sum(../../kid/age) + sum(../toy/cost)")
    + bind("kid/before", calculate="../preceding-sibling::kid[1]/age")
    + bind("kid/toy", relevant="../age > 2")
    + bind("kid/toy/cost", type="int", readonly="position(../..) > 2")
    + bind("all", calculate="concat(count(/data/kid), ' ', sum(/data/kid/toy/cost), ' ', max(/data/kid/age))")
    + bind("counted", calculate="count(/data/line[x != ''])")
    + bind("line/run", calculate="concat(/data/line[position() = position(current()/..) - 1]/run, ../x)"),
    ask("n")
    + pick("show", "instance('yn')/root/item")
    + repeat(
        "kid",
        ask("kid/age", '<setvalue ref="/data/kid/pal" event="xforms-value-changed"/>')
        + pick("kid/pal", "/data/kid[age > 3]", value="age", label="age")
        + repeat("kid/toy", ask("kid/toy/cost")),
    )
    + pick("oldest", "/data/kid[age = max(/data/kid/age)]", "select", value="age", label="age")
    + repeat("line", ask("line/x"), "/data/n"),
    rows("yn", {"name": "yes", "label": "Ja"}, {"name": "no", "label": "Nee"}),
)
FORMS = {"tangle": TANGLE} | {
    name: (STORIES / f"{name}.xml").read_bytes()
    for name in ("relevance", "nested_repeats", "irrelevant_repeat", "previous_instances", "choices_from_repeat")
}


def some_answer(view: NodeView, random: Random) -> str:
    if view.choices:
        return random.choice([*(choice.value for choice in view.choices), ""])
    return random.choice(["", "1", "2", "3", "5", "12"])


def live_once(entry: FormEntry, random: Random) -> None:
    repeats = [view for view in entry.nodes() if view.kind == "repeat"]
    dice = random.random()
    try:
        if repeats and dice < 0.15:
            entry.add_repeat(random.choice(repeats).ref.rpartition("[")[0])
        elif repeats and dice < 0.25:
            entry.remove_repeat(random.choice(repeats).ref)
        else:
            answer_once(entry, random)
    except EventRefused:
        # Calculated nodes and counted repeats refuse; the form must stay as it was.
        return


def answer_once(entry: FormEntry, random: Random) -> frozenset[str]:
    view = random.choice(
        [view for view in entry.nodes() if view.control is not None and view.kind == "value"] or [None]
    )
    return frozenset() if view is None else entry.set_value(view.ref, some_answer(view, random)).changed


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("name", FORMS)
def test_a_restored_form_computes_to_what_the_living_one_came_to(name: str, seed: int) -> None:
    random = Random(seed)
    definition = parse_form(FORMS[name])
    entry = FormEntry.new(definition, now=lambda: MOMENT, seed=seed)

    for _ in range(40):
        live_once(entry, random)
        fresh = FormEntry.restore(definition, entry.savepoint(), now=lambda: MOMENT, seed=seed)

        assert list(entry.nodes()) == list(fresh.nodes())


@pytest.mark.parametrize("seed", range(5))
def test_every_node_that_looks_different_is_named_as_changed(seed: int) -> None:
    random = Random(100 + seed)
    entry = FormEntry.new(parse_form(TANGLE), now=lambda: MOMENT, seed=seed)

    for _ in range(60):
        before = {view.ref: view for view in entry.nodes()}
        changed = answer_once(entry, random)
        after = {view.ref: view for view in entry.nodes()}
        different = {ref for ref, view in after.items() if ref not in before or shown(view) != shown(before[ref])}
        assert different <= changed


def shown(view: NodeView) -> tuple[object, ...]:
    return view.value, view.relevant, view.readonly, view.required, view.label, view.choices
