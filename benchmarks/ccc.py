"""How much the reader finds in Climate City Contracts, against what people labelled.

    python3 -m benchmarks.reading --ccc             # by kind and by city
    python3 -m benchmarks.reading --ccc --misses    # and what was missed or wrong

Names count as the same where nine of ten letters are; numbers where value, unit, year, scope and
sector are the same. What the gold marks as unclear is expected of nobody.
"""

from __future__ import annotations

import csv
import difflib
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import klimatgraph as kg
from benchmarks.agreement import Score
from klimatgraph.reading import read
from klimatgraph.reading.ccc.actions import Action
from klimatgraph.reading.ccc.choosing import actions
from klimatgraph.reading.ccc.figures import sector_of
from klimatgraph.reading.ccc.indicators import indicators
from klimatgraph.reading.ccc.inventory import inventory
from klimatgraph.reading.ccc.policies import policies
from klimatgraph.reading.ccc.signatories import signatories
from klimatgraph.reading.ccc.source import Source
from klimatgraph.reading.ccc.targets import targets
from klimatgraph.reading.facts import Fact
from klimatgraph.reading.numbers import Quantity

ROOT: Final = Path(__file__).resolve().parents[1]
GOLD: Final = ROOT / "tests" / "reading" / "gold" / "ccc"
CORPUS: Final = ROOT.parent / "shared" / "corpus" / "ccc"
HELD_OUT: Final = ("helsingborg", "lisbon", "seville", "taurage")
"""Documents that no rule was written by."""

_SAME: Final = 0.9
_FACTORS: Final = {"t": 1, "t/a": 1, "kt": 1000, "kt/a": 1000, "tonne-co2e": 1,
                   "kilotonne-co2e": 1000}  # fmt: skip
_CURRENCIES: Final = {"EUR": "euro", "SEK": "swedish-krona"}
Gold = Mapping[str, Any]


def scores(document: Path, gold: Gold) -> dict[str, Score]:
    """Compare what is read from a document with its gold file, kind by kind."""
    source = Source.of(read(document))
    result = _actions(actions(source), gold.get("action", ()))
    result["emission"] = _matched(
        [c.fact for c in inventory(source)],
        [e for e in gold.get("inventory", ()) if e.get("unit") in _FACTORS and "value" in e
         and "scenario" not in e],
        _same_emission,
    )  # fmt: skip
    result["target"] = _matched(
        [c.fact for c in targets(source, "city")],
        [e for e in gold.get("target", ()) if not (e.get("sector") or e.get("table"))
         and not e.get("of")],
        _same_target,
    )  # fmt: skip
    for kind, rule in (("policy", policies), ("indicator", indicators),
                       ("signatory", signatories)):  # fmt: skip
        if kind in gold:
            found = [c.fact for c in rule(source) if c.fact.kind == kind]
            expected = [e for e in gold[kind] if not e.get("logo")]
            result[kind] = _matched(found, expected, _same_name)
    return result


def _actions(found: list[Action], gold: Iterable[Gold]) -> dict[str, Score]:
    result = {kind: Score() for kind in ("action", "cost", "reduction", "field")}
    left = [entry for entry in gold if entry.get("name")]
    result["action"].found, result["action"].expected = len(found), len(left)
    for action in found:
        best = max(left, key=lambda e: _likeness(action.name, e["name"]), default=None)
        if best is None or _likeness(action.name, best["name"]) < _SAME:
            result["action"].wrong.append(action.name)
            continue
        left.remove(best)
        result["action"].right += 1
        _count(result["cost"], action.name, _money(action.cost), _gold_money(best))
        _count(result["reduction"], action.name, _mass(action.reduction), _gold_mass(best))
        if best.get("field"):
            fits = action.field in (best["field"], best.get("field_also"))
            _count(result["field"], action.name, action.field, action.field if fits and action.field
                   else best["field"])  # fmt: skip
    result["action"].missed += [entry["name"] for entry in left]
    return result


def _count(score: Score, name: str, found: object, expected: object) -> None:
    """Count one value that may be there or not, on both sides."""
    score.found += found is not None
    score.expected += expected is not None
    if found is not None and found == expected:
        score.right += 1
        return
    if found is not None:
        score.wrong.append(f"{name}: {found}, not {expected}")
    if expected is not None:
        score.missed.append(f"{name}: {expected}")


def _likeness(one: str, other: str) -> float:
    a, b = _letters(one), _letters(other)
    if a == b:
        return 1.0
    longer = max(len(a), len(b), 1)
    if min(len(a), len(b)) / longer > 0.6 and (a in b or b in a):
        return 0.95  # a group or a code stands before the name
    matcher = difflib.SequenceMatcher(None, a, b)
    return matcher.ratio() if matcher.quick_ratio() >= _SAME else 0.0


def _letters(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _money(quantity: Quantity | None) -> tuple[Decimal, Decimal | None, str] | None:
    return None if quantity is None else (quantity.value, quantity.high, quantity.unit)


def _gold_money(entry: Gold) -> tuple[Decimal, Decimal | None, str] | None:
    if "cost" not in entry or entry.get("cost_unclear"):
        return None
    low, high = _ends(entry["cost"])
    return low, high, _CURRENCIES.get(entry.get("currency", ""), "")


def _mass(quantity: Quantity | None) -> tuple[Decimal, Decimal | None] | None:
    if quantity is None:
        return None
    factor = _FACTORS[quantity.unit]
    return quantity.value * factor, None if quantity.high is None else quantity.high * factor


def _gold_mass(entry: Gold) -> tuple[Decimal, Decimal | None] | None:
    factor = _FACTORS.get(entry.get("reduction_unit", ""))
    if "reduction" not in entry or factor is None:
        return None
    low, high = _ends(entry["reduction"])
    return low * factor, None if high is None else high * factor


def _ends(text: str) -> tuple[Decimal, Decimal | None]:
    low, _, high = text.partition("-")
    return Decimal(low), Decimal(high) if high else None


def _matched(
    found: Iterable[Fact], gold: Iterable[Gold], same: Callable[[Fact, Gold], bool]
) -> Score:
    """Pair facts with entries, each with at most one other."""
    facts, left = list(found), list(gold)
    score = Score(found=len(facts), expected=len(left))
    for fact in facts:
        entry = next((entry for entry in left if same(fact, entry)), None)
        if entry is None:
            score.wrong.append(str(fact))
            continue
        left.remove(entry)
        score.right += 1
    score.missed += [str(dict(entry)) for entry in left]
    return score


def _same_name(fact: Fact, entry: Gold) -> bool:
    name = re.sub(r"\s*\([^()]*\)$", "", fact["name"])  # "Energy plan (Energiplan)"
    expected = str(entry.get("name", ""))
    return max(_likeness(fact["name"], expected), _likeness(name, expected)) >= _SAME


def _same_emission(fact: Fact, entry: Gold) -> bool:
    mass = Decimal(fact["value"]) * _FACTORS[fact["unit"]]
    if abs(mass - Decimal(str(entry["value"])) * _FACTORS[entry["unit"]]) > Decimal("0.5"):
        return False
    scope = f"scope-{entry['scope']}" if entry.get("scope") else ""
    year = str(entry.get("year", ""))
    if year and fact.get("year") not in ("", year):  # left out is not wrong
        return False
    return fact.get("scope") == scope and _same_sector(fact, str(entry.get("sector", "")))


def _same_sector(fact: Fact, sector: str) -> bool:
    if not sector or sector.startswith("total"):
        return not fact.get("sector")
    words = set(re.findall("[a-z]{4,}", sector.casefold()))
    own = set(re.findall("[a-z]{4,}", f"{fact.get('sector')} {fact.get('part')}".casefold()))
    return sector_of(sector) == fact.get("sector") != "" or bool(words & own)


def _same_target(fact: Fact, entry: Gold) -> bool:
    if fact.get("year") and str(entry.get("year", "")) not in ("", fact["year"]):
        return False
    if fact.get("value"):
        return str(entry.get("value", "")) == fact["value"]
    return fact["target"] in str(entry.get("kind", "")).replace("climate-neutrality",
                                                                "climate-neutral")  # fmt: skip


def themes(graph: kg.KlimatGraph) -> Iterator[tuple[str, Score, Score]]:
    """Compare the measures of labelled actions, half by half: themes assigned, actions served.

    Descriptions are not in the repository: they are taken from the corpus.
    """
    told = {}
    for document in sorted(CORPUS.glob("*.md")):
        for action in actions(Source.of(read(document))):
            told[document.name, _letters(action.name)] = action.attributes.get("description", "")
    with (GOLD / "action-themes.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for part in ("dev", "test"):
        assigned, served = Score(), Score()
        for row in rows:
            if row["part"] != part:
                continue
            best = [t for t in row["themes"].split(";") if t]
            fine = {*best, *(t for t in row["also"].split(";") if t)}
            words = told.get((row["document"], _letters(row["name"])), "")
            found = [a.theme.removeprefix("theme/")
                     for a in graph.measures.assign(row["name"], words)]  # fmt: skip
            assigned.found += len(found)
            assigned.right += len(fine.intersection(found))
            assigned.wrong += [f"{row['name']}: {t}" for t in found if t not in fine]
            served.expected += bool(best)
            served.right += bool(set(best) & set(found))
            if best and not set(best) & set(found):
                served.missed.append(f"{row['name']}: {', '.join(best)}")
        yield part, assigned, served


def golds() -> Iterator[tuple[str, Gold]]:
    """The gold files by name."""
    for path in sorted(GOLD.glob("*.toml")):
        yield path.stem, tomllib.loads(path.read_text(encoding="utf-8"))
