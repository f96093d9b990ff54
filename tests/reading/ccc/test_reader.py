"""A whole Climate City Contract: whose it is, what it says, and what the graph says of it."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

import klimatgraph as kg
from klimatgraph.errors import DocumentError
from klimatgraph.reading import read
from klimatgraph.reading.ccc.identity import city_of
from klimatgraph.reading.ccc.reader import is_ccc
from klimatgraph.terms import ID, KLIM

CONTRACT = """# Climate City Contract of Lund

NetZeroCities has received funding from the H2020 Research and Innovation Programme under the grant
agreement n°101036519. The project COOL DH in Lund was paid by Horizon 2020.

# Module A-1 Greenhouse Gas Emissions Baseline Inventory

Lund has counted.

# Module A-2 Current Policies and Strategies Assessment

Lund and Malmö follow the Paris Agreement.

# Module B-2 Climate Neutrality Portfolio Design

| Action outline | Action name | 1. Solar panels on municipal buildings |
| --- | --- | --- |
|  | Action type | Technical |
|  | Field of action | Energy systems |
|  | GHG emissions reduction estimate (total) | 2 kt CO2e/year |
|  | Total costs and costs by CO2e unit | 1.2–1.5 M€ |

| Action outline | Action name | 2. Mobility for all |
| --- | --- | --- |
|  | Action type | Social |
|  | Field of action | Mobility & transport |
|  | GHG emissions reduction estimate (total) | TBD |
|  | Total costs and costs by CO2e unit | 2 M€ and 3 M€ |
"""


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    path = tmp_path / "lund.md"
    path.write_text(CONTRACT, encoding="utf-8")
    return path


def test_it_is_told_from_a_klimatkontrakt(graph: kg.KlimatGraph, contract: Path) -> None:
    draft = graph.read(contract)
    assert draft.name == "climate-city-contract-lund"
    assert draft.proposal.framework == "climate-city-contract"
    other = Path(__file__).parents[2] / "fixtures" / "contracts" / "lund-2025-26.txt"
    assert graph.read(other).proposal.framework == "klimatkontrakt"
    assert is_ccc(read(contract)) and not is_ccc(read(other))


def test_what_it_says(graph: kg.KlimatGraph, contract: Path) -> None:
    facts = [item.fact for item in graph.read(contract).proposal.items]
    assert [(f["name"], f["number"], f["field"]) for f in facts if f.kind == "action"] == [
        ("Solar panels on municipal buildings", "1", "energy-systems"),
        ("Mobility for all", "2", "mobility-transport"),
    ]
    figures = [
        (f["action"][:8], f["indicator"], f.get("value"), f.get("max"), f["status"])
        for f in facts
        if f.kind == "action-figure"
    ]
    assert sorted(figures) == [
        ("Mobility", "action-cost", "", "", "unread"),
        ("Mobility", "emission-reduction", "", "", "to-be-determined"),
        ("Solar pa", "action-cost", "1200000", "1500000", "known"),
        ("Solar pa", "annual-emission-reduction", "2", "", "known"),
    ]


@pytest.mark.parametrize(
    ("cell", "status"),
    [
        ("TBD", "to-be-determined"), ("See M.2", "not-stated"), ("No effect on CO2e", "not-stated"),
        ("There is no estimate yet", "not-stated"), ("2 M€ and 3 M€", "unread"),
    ],
)  # fmt: skip
def test_why_a_cost_is_no_number(
    graph: kg.KlimatGraph, contract: Path, cell: str, status: str
) -> None:
    contract.write_text(CONTRACT.replace("2 M€ and 3 M€", cell), encoding="utf-8")
    facts = [item.fact for item in graph.read(contract).proposal.items]
    (cost,) = (f for f in facts if f.get("action")[:8] == "Mobility" and "cost" in f["indicator"])
    assert cost["status"] == status and not cost.get("value")


def test_the_report_tells_actions_with_their_measures(
    graph: kg.KlimatGraph, contract: Path
) -> None:
    told = {lang: graph.read(contract, lang=lang).report("text") for lang in ("sv", "en")}
    assert "theme: photovoltaics on public buildings" in told["en"]
    assert "tema: solceller på offentliga byggnader" in told["sv"]


def test_the_grant_line_of_the_template_is_no_mention(
    graph: kg.KlimatGraph, contract: Path
) -> None:
    named = [i for i in graph.read(contract).proposal.items if i.fact.kind == "mention"]
    things = [(i.fact["thing"], i.quote) for i in named]
    assert [thing for thing, _ in things if thing == "instrument/horizon-2020"] == [
        "instrument/horizon-2020"
    ]
    assert "initiative/netzerocities" not in dict(things)
    assert {"city/se/malmo", "policy/parisavtalet", "project/cool-dh"} <= set(dict(things))
    assert "city/se/lund" not in dict(things)  # its own name tells nothing


def test_the_graph_of_it_conforms_and_holds_no_sentence(
    graph: kg.KlimatGraph, contract: Path
) -> None:
    draft = graph.read(contract)
    assert draft.validate(engine="shacl").conforms
    store = ox.Store()
    store.extend(draft.quads())
    words = {q.object.value for q in store if isinstance(q.object, ox.Literal)}
    assert not any("received funding" in text or "has counted" in text for text in words)
    actions = store.quads_for_pattern(None, None, ox.NamedNode(f"{KLIM}Action"))
    tails = sorted(q.subject.value.rpartition("/")[2] for q in actions)
    assert tails == ["mobility-for-all", "solar-panels-on-municipal-buildings"]
    themes = {
        q.object.value.removeprefix(ID)
        for q in store.quads_for_pattern(None, ox.NamedNode(f"{KLIM}theme"), None)
    }
    # The first has a measure of its own, the second that of its field at least.
    assert "theme/pv-public-buildings" in themes
    assert any(theme in themes for theme in ("theme/mobility", "theme/mobility-management"))


def test_it_can_be_added_asked_and_verified(
    graph: kg.KlimatGraph, contract: Path, tmp_path: Path
) -> None:
    own = kg.open(tmp_path / "store", create=True)
    with own:
        own.add(own.read(contract), engine="shacl")
        rows = own.sparql(
            "PREFIX klim: <https://w3id.org/klimatgraph/ontology#> SELECT ?least ?most WHERE {"
            " ?e klim:indicator <https://w3id.org/klimatgraph/id/code/indicator/action-cost> ;"
            " klim:minValue ?least ; klim:maxValue ?most }"
        )
        assert [(int(r["least"]), int(r["most"])) for r in rows] == [(1200000, 1500000)]
        checks = own.verify(contract)
        assert checks and all(check.found for check in checks)


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("Wroclaw is a city. Wroclaw grows. Warszawa is near.", "city/pl/wroclaw"),
        ("Grenoble and the Grenoble region, Grenoble", "city/fr/grenoble-alpes-metropole"),
        ("Lund, Lund, Lund, Malmö", "city/se/lund"),
    ],
)
def test_the_city_that_is_named_most(
    graph: kg.KlimatGraph, tmp_path: Path, text: str, city: str
) -> None:
    path = tmp_path / "plan.md"
    path.write_text(text, encoding="utf-8")
    assert city_of(read(path), graph.engine) == city


@pytest.mark.parametrize(
    ("text", "reason"),
    [("Nobody is named.", "names no city"), ("Lund and Malmö.", "several cities alike")],
)
def test_no_city_or_several(graph: kg.KlimatGraph, tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "plan.md"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DocumentError, match=reason):
        city_of(read(path), graph.engine)


def test_no_rule_knows_a_city(graph: kg.KlimatGraph) -> None:
    import klimatgraph.reading.ccc as package

    rules = "\n".join(
        path.read_text(encoding="utf-8").casefold()
        for path in Path(str(package.__file__)).parent.glob("*.py")
    )
    code = "\n".join(line for line in rules.splitlines() if "re.compile" in line or 'r"' in line)
    for city in ("umeå", "gävle", "malmö", "angers", "taurag", "seville", "zaragoza", "bologna"):
        assert city not in code
