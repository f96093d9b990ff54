"""The command line: wiring only, every command hands over to the library.

Exit codes: 0 answered, 1 the data fail a check, 2 the call was wrong.

Modules
-------
group
    The group of commands.
options
    What all commands have: options, output, and errors in one line.
graph, documents, reading, comparing
    The commands.
"""

from __future__ import annotations

from klimatgraph.cli import comparing, documents, graph, reading
from klimatgraph.cli.group import main

__all__ = ["comparing", "documents", "graph", "main", "reading"]
