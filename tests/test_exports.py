"""What `import klimatgraph` gives, and what it does not load."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

import klimatgraph as kg

HEAVY = (
    "rdflib", "pyshacl", "networkx", "scipy", "pandas", "polars", "pyvis", "owlready2", "rich",
    "SPARQLWrapper", "pypdfium2", "numpy", "click", "IPython", "matplotlib",
)  # fmt: skip


def loaded_by(code: str) -> list[str]:
    """Run code in a fresh interpreter and list the top-level packages it loads."""
    probe = f"{code}\nimport sys, json\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", probe], capture_output=True, text=True, check=True
    )
    return [name for name in json.loads(done.stdout.splitlines()[-1]) if "." not in name]


def test_the_list_of_names_is_sorted_and_has_no_doubles() -> None:
    assert list(kg.__all__) == sorted(set(kg.__all__))


@pytest.mark.parametrize("name", kg.__all__)
def test_every_name_can_be_had(name: str) -> None:
    assert getattr(kg, name) is not None
    assert name in dir(kg)


def test_every_error_of_the_tree_is_public() -> None:
    from klimatgraph import errors

    assert set(errors.__all__) <= set(kg.__all__)
    for name in errors.__all__:
        assert issubclass(getattr(kg, name), kg.KlimatgraphError)


def test_a_star_import_brings_the_list_and_nothing_else() -> None:
    space: dict[str, object] = {}
    exec("from klimatgraph import *", space)
    assert set(space) - {"__builtins__"} == set(kg.__all__)


def test_what_is_no_name_is_told() -> None:
    with pytest.raises(AttributeError, match="no attribute 'lode'"):
        kg.lode  # noqa: B018


def test_the_version_is_that_of_the_package() -> None:
    from importlib.metadata import version

    assert kg.__version__ == version("klimatgraph")


@pytest.mark.parametrize(
    "code",
    [
        "import klimatgraph",
        "import klimatgraph as kg\n"
        "g = kg.load()\n"
        "rows = g.ask('cities-without-commitment', commitment=5)\n"
        "assert [str(r['city']) for r in rows] == ['Umeå'] and rows[0]['sources']\n"
        "assert rows.to_csv() and rows.to_json() and str(rows)",
        "import klimatgraph as kg\ng = kg.load()\ng.shared('Umeå', 'Malmö')\ng.coverage()\n"
        "g.sparql('ASK { ?s a klim:City }')\ng.explain('Umeå')",
        "import klimatgraph.cli, sys\nsys.modules.pop('click')",
    ],
    ids=["import", "ask", "shared", "cli"],
)
def test_nothing_heavy_is_loaded(code: str) -> None:
    assert not set(loaded_by(code)) & set(HEAVY)


def test_importing_loads_next_to_nothing() -> None:
    """Not even the store: names are there for completion, parts come when used."""
    assert "pyoxigraph" not in loaded_by("import klimatgraph")
