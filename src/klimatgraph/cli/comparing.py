"""The command that compares contracts: diff."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from klimatgraph.cli.group import main
from klimatgraph.cli.options import Options, common
from klimatgraph.errors import ParameterError

if TYPE_CHECKING:
    from klimatgraph.comparison import Difference

_ENDINGS: Final = frozenset(
    {".trig", ".ttl", ".nq", ".nt", ".rdf", ".xml", ".jsonld", ".json", ".n3"}
)


@main.command()
@click.argument("first")
@click.argument("second")
@click.option("--edition", help="Edition of both, such as 2025/26; by default the latest.")
@common
def diff(options: Options, first: str, second: str, edition: str | None) -> None:
    """Tell what differs between two contracts, or between two files of a graph.

    FIRST and SECOND are contracts ("Umeå 2023" or Umeå@2023), cities (Umeå Malmö) or RDF files
    (OLD.trig NEW.trig). What is missing in a contract that was not read is not known, and told so.
    """
    found = _difference(options, first, second, edition)
    rows = found.rows(options.lang)
    told = "".join(f"- {sentence}\n" for sentence in found.sentences(options.lang)) + "\n"
    if options.format == "md":
        options.text(told + rows.to_markdown())
    elif options.format == "table" and options.output is not None:
        options.text(told + str(rows))
    else:
        if options.format == "table":
            options.text(told)
        options.emit(rows)


def _difference(options: Options, first: str, second: str, edition: str | None) -> Difference:
    files = [Path(name) for name in (first, second) if _is_file(name)]
    if not files:
        return options.graph().diff(first, second, edition=edition)
    if len(files) == 1:
        other = second if _is_file(first) else first
        raise ParameterError(
            f"{files[0]} is a file and '{other}' is none: give two files or two contracts"
        )
    for option, given in (("--edition", edition), ("--store", options.store)):
        if given is not None:
            raise ParameterError(f"two files are compared as they are: leave {option} out")
    import klimatgraph as kg

    old, new = (kg.load(file, lang=options.lang) for file in files)
    return new.diff(old)


def _is_file(name: str) -> bool:
    place = Path(name)
    if place.suffix.lower() in _ENDINGS:
        return True  # if it is not there, loading it says so
    try:
        return place.is_file()
    except (OSError, ValueError):
        return False
