"""The first command of the README as a whole process, beside importing rdflib."""

from __future__ import annotations

import subprocess
import sys

from benchmarks.timing import HEADER, in_turn


def _run(*arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)


def main() -> None:
    """Print the ratio."""
    print(HEADER)
    pair = in_turn(
        lambda: _run("-m", "klimatgraph", "shared", "Umeå", "Malmö"),
        lambda: _run("-c", "import rdflib"),
    )
    print(pair.line("klimatgraph shared Umeå Malmö / import rdflib"))
    pair = in_turn(
        lambda: _run("-c", "import klimatgraph as kg; kg.load()"),
        lambda: _run("-c", "import rdflib"),
    )
    print(pair.line("import klimatgraph and load / import rdflib"))
