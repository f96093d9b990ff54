"""Commands that ask and check the graph."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from klimatgraph.cli.group import main
from klimatgraph.cli.options import Options, common
from klimatgraph.errors import ParameterError


@main.command()
@common
def info(options: Options) -> None:
    """Tell what the graph holds, how much is known, and what to try next."""
    graph = options.graph()
    options.emit(graph.contents())
    if options.format == "table" and options.output is None:
        words = {
            "sv": "Pröva: klimatgraph shared Umeå Malmö · klimatgraph ask · klimatgraph coverage",
            "en": "Try: klimatgraph shared Umeå Malmö --lang en · klimatgraph ask · "
            "klimatgraph coverage",
        }
        click.echo("\n" + words[options.lang])


@main.command()
@click.argument("cities", nargs=-1)
@click.option("--by", default="all", show_default=True, help="One kind of link, such as project.")
@click.option("--min-cities", default=2, show_default=True, help="How many cities must share it.")
@common
def shared(options: Options, cities: tuple[str, ...], by: str, min_cities: int) -> None:
    """List what CITIES share: commitments, calls, projects, partners, networks, themes."""
    options.emit(options.graph().shared(*cities, by=by, min_cities=min_cities))


@main.command()
@click.argument("name")
@common
def city(options: Options, name: str) -> None:
    """Show everything the graph says of the city NAME."""
    graph = options.graph()
    options.emit(graph.ask("city-profile", city=graph.city(name).label))


@main.command()
@click.argument("name", required=False)
@click.argument("parameters", nargs=-1, metavar="[PARAMETER=VALUE]...")
@common
def ask(options: Options, name: str | None, parameters: tuple[str, ...]) -> None:
    """Ask the question NAME of the library; without a name, list the questions.

    Example: klimatgraph ask cities-without-commitment commitment=5
    """
    graph = options.graph()
    if name is None:
        options.emit(graph.questions.listing(options.lang))
        return
    values: dict[str, Any] = {}
    for parameter in parameters:
        key, equals, value = parameter.partition("=")
        if not equals:
            raise ParameterError(f"'{parameter}' has no value: write it as NAME=VALUE")
        if key == "lang":
            raise ParameterError(f"the language is no parameter: write --lang {value}")
        if key in values:
            raise ParameterError(f"the parameter '{key}' is given twice: give it once")
        values[key] = value
    options.emit(graph.ask(name, **values))


@main.command()
@click.argument("query")
@click.option("--timeout", default=30.0, show_default=True, help="Seconds to wait.")
@common
def sparql(options: Options, query: str, timeout: float) -> None:
    """Run a SPARQL QUERY of your own, or the one in the file @QUERY; reading only."""
    if query.startswith("@"):
        from klimatgraph.files import read_text

        query = read_text(query[1:])
    options.emit(options.graph().sparql(query, timeout=timeout))


@main.command()
@click.argument("what")
@click.argument("link", nargs=-1, metavar="[PROPERTY OTHER]")
@common
def explain(options: Options, what: str, link: tuple[str, ...]) -> None:
    """Tell what the graph says of WHAT, a name or IRI, and which passages it comes from.

    With a derived PROPERTY and an OTHER thing: why the link between the two holds.

    Example: klimatgraph explain Umeå klim:adopted "gemensamt åtagande 6"
    """
    graph = options.graph()
    if link:
        if len(link) != 2:
            raise ParameterError("a link has a property and another thing: explain A PROPERTY B")
        if options.format != "table":
            raise ParameterError("why a link holds is told as text: leave --format out")
        options.text(graph.why(what, *link))
        return
    explanation = graph.explain(what)
    if options.format == "json":
        options.text(json.dumps(explanation.to_dict(), ensure_ascii=False, indent=2))
    elif options.format == "table":
        options.text(str(explanation))
    else:
        raise ParameterError("an explanation is text or json: use --format table or json")


@main.command()
@common
def coverage(options: Options) -> None:
    """Tell for how many municipalities each kind of answer is known."""
    from klimatgraph.analysis.coverage import as_rows

    options.emit(as_rows(options.graph().coverage(), options.lang))


@main.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--shapes", multiple=True, type=click.Path(path_type=Path),
              help="Shapes of your own instead of the shipped ones.")  # fmt: skip
@click.option("--engine", default="pyshacl", show_default=True, help="pyshacl or shacl.")
@common
def validate(
    options: Options, files: tuple[Path, ...], shapes: tuple[Path, ...], engine: str
) -> None:
    """Check the graph, or RDF FILES of your own, with SHACL. Exit code 1 if it does not hold."""
    import klimatgraph as kg

    if files and options.store is not None:
        raise ParameterError("files and --store at once: check one of the two")
    graph = kg.load(*files, lang=options.lang) if files else options.graph()
    report = graph.validate(list(shapes) or None, engine=engine)
    options.text(report.render(options.format, options.lang))
    if not report.conforms:
        raise click.exceptions.Exit(1)


@main.command()
@click.argument("what")
@click.option("--hops", default=1, show_default=True, help="Steps out from WHAT, 1 to 4.")
@click.option("--max-nodes", default=60, show_default=True, help="The most things to draw.")
@common
def show(options: Options, what: str, hops: int, max_nodes: int) -> None:
    """Draw what lies around WHAT as one HTML file that needs no network; use -o FILE."""
    if options.output is None:
        raise ParameterError("a picture needs a file: add -o picture.html")
    if options.output.suffix.lower() not in ("", ".html", ".htm"):
        raise ParameterError(f"a picture is a page of HTML: write -o {options.output.stem}.html")
    options.only_file()
    picture = options.graph().show(what, hops=hops, max_nodes=max_nodes)
    click.echo(str(picture.save(options.output)), err=True)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--as", "kind", help="ttl, trig, nt, nq, jsonld, csv, graphml or gexf.")
@common
def export(options: Options, file: Path, kind: str | None) -> None:
    """Write the graph to FILE; its ending tells the format."""
    if options.output is not None:
        raise ParameterError(f"the file is named once: leave -o {options.output} out")
    options.only_file()
    click.echo(str(options.graph().export(file, kind)), err=True)


@main.command()
@common
def reason(options: Options) -> None:
    """Check the ontology for consistency with HermiT. Exit code 1 if it is not consistent."""
    result = options.graph().reason()
    options.text(result.sentence(options.lang))
    if not result.consistent:
        raise click.exceptions.Exit(1)


@main.command()
@click.option("--check", is_flag=True, help="Write nothing; exit code 1 if a file would change.")
@click.option("--root", type=click.Path(file_okay=False, path_type=Path), default=Path("."),
              help="The checkout; the current folder by default.")  # fmt: skip
def build(check: bool, root: Path) -> None:
    """Build the shipped graph and the generated files from tables, contracts and ontology."""
    from klimatgraph import build as builder

    changed = sorted(builder.stale(root)) if check else builder.write(root)
    for path in changed:
        click.echo(f"{'differs' if check else 'wrote'}: {path.relative_to(root)}")
    if not changed:
        click.echo("everything is up to date")
    if check and changed:
        raise click.exceptions.Exit(1)
