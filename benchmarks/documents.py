"""Reading documents: pages a second, and memory over a folder of a hundred contracts.

Pages of a PDF are read beside the bare pypdfium2, which gives the same text without lines, columns
and tables. Memory is that of a process that reads contracts one after another: what it has after
the first ten, and how much more after a hundred.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

import pypdfium2

import klimatgraph as kg
from benchmarks.timing import HEADER, in_turn, seconds
from klimatgraph.reading import read
from klimatgraph.reading.klimatkontrakt import read_contract

FIXTURES: Final = Path(__file__).resolve().parents[1] / "tests" / "fixtures" / "contracts"
_HUNDRED: Final = """
import resource, sys, pathlib
import klimatgraph as kg
from klimatgraph.reading.klimatkontrakt import read_contract
graph = kg.load()
names = graph.gazetteer
files = sorted(pathlib.Path(sys.argv[1]).glob("*-20*.txt")) + sorted(
    pathlib.Path(sys.argv[1]).glob("*-20*.md"))
files = [f for f in files if f.with_suffix(".toml").exists()]
peak = []
for number in range(100):
    read_contract(files[number % len(files)], graph.engine, gazetteer=names)
    peak.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
print(peak[9], peak[99])
"""


def _bare(path: Path) -> None:
    document = pypdfium2.PdfDocument(path)
    for page in document:
        page.get_textpage().get_text_bounded()
    document.close()


def main() -> None:
    """Print pages a second, the ratio to bare pypdfium2, and memory."""
    files = sorted(FIXTURES.glob("*.pdf"))
    pages = sum(len(pypdfium2.PdfDocument(path)) for path in files)
    print(HEADER)
    pair = in_turn(
        lambda: [read(path) for path in files], lambda: [_bare(path) for path in files], runs=3
    )
    print(pair.line(f"{pages} pages of PDF / bare pypdfium2"))
    print(f"{pages / min(pair.ours):.0f} pages a second into sections and passages")
    graph = kg.load()
    names = graph.gazetteer
    took = seconds(lambda: [read_contract(p, graph.engine, gazetteer=names) for p in files])
    print(f"{pages / took:.0f} pages a second into facts and mentions")
    done = subprocess.run(
        [sys.executable, "-c", _HUNDRED, str(FIXTURES)], capture_output=True, text=True, check=True
    )
    after_ten, after_all = (int(number) / 1024 for number in done.stdout.split())
    print(f"peak memory after 10 contracts {after_ten:.0f} MB, after 100 {after_all:.0f} MB")


if __name__ == "__main__":
    main()
