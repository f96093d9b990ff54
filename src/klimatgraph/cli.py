"""The command line: wiring only, every command hands over to the library.

Exit codes: 0 answered, 1 the data fail a check, 2 the call was wrong.
"""

from __future__ import annotations

import functools
import io
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from klimatgraph.errors import DocumentError, KlimatgraphError, ParameterError

if TYPE_CHECKING:
    from klimatgraph.graph import KlimatGraph
    from klimatgraph.rows import Rows


@dataclass(frozen=True, slots=True)
class Options:
    """What can be said with every command: language, format, place of the graph, output file."""

    lang: str
    format: str
    store: str | None
    output: Path | None

    def graph(self) -> KlimatGraph:
        import klimatgraph as kg

        if self.store is None:
            return kg.load(lang=self.lang)
        if self.store.startswith(("http://", "https://")):
            return kg.connect(self.store, lang=self.lang)
        # No command changes a store, and several may read one at the same time.
        return kg.open(self.store, lang=self.lang, read_only=True)

    def only_file(self) -> None:
        """Refuse a format of rows where a file is written that holds none."""
        if self.format != "table":
            raise ParameterError(
                f"--format {self.format} is for rows: what is written here has the format of "
                "its file"
            )

    def emit(self, rows: Rows) -> None:
        """Write rows in the chosen format, to the chosen place."""
        # Into a pipe, rich would end the process by itself when the reader has gone.
        if self.format == "table" and self.output is None and sys.stdout.isatty():
            from klimatgraph.terminal import show

            show(rows)
            return
        self.text(_FORMATS[self.format](rows))

    def text(self, content: str) -> None:
        """Write text to the chosen place."""
        if self.output is None:
            if self.format == "json":
                content = _encodable(content)
            click.echo(content, nl=not content.endswith("\n"))
            return
        from klimatgraph.files import write_text

        write_text(self.output, content if content.endswith("\n") else content + "\n")
        click.echo(str(self.output), err=True)


def _encodable(text: str) -> str:
    """Escape JSON for a terminal that has no Swedish letters, so that it stays JSON."""
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return json.dumps(json.loads(text), indent=2) + "\n"
    return text


def _as_table(rows: Rows) -> str:
    from klimatgraph.terminal import show

    stream = io.StringIO()
    show(rows, stream)
    return stream.getvalue()


_FORMATS: dict[str, Callable[[Rows], str]] = {
    "table": _as_table,
    "csv": lambda rows: rows.to_csv(),
    "json": lambda rows: rows.to_json(),
    "md": lambda rows: rows.to_markdown(),
}


def common(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that all commands have."""

    @click.option(
        "--lang",
        type=click.Choice(["sv", "en"]),
        default="sv",
        show_default=True,
        envvar="KLIMATGRAPH_LANG",
        help="Language of the answer.",
    )
    @click.option(
        "--format",
        "format_",
        type=click.Choice(["table", "csv", "json", "md"]),
        default="table",
        show_default=True,
        help="How the answer is written.",
    )
    @click.option(
        "--store",
        metavar="FOLDER|URL",
        help="Ask this folder or SPARQL server instead of the shipped graph.",
    )
    @click.option(
        "-o",
        "--output",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Write to a file instead of the screen.",
    )
    @functools.wraps(command)
    def wrapper(
        *args: Any, lang: str, format_: str, store: str | None, output: Path | None, **kwargs: Any
    ) -> None:
        command(Options(lang, format_, store, output), *args, **kwargs)

    return wrapper


class _OneLineErrors(click.Group):
    """End every error that is raised on purpose as one line and an exit code."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        # Without a command: info, with all its options.
        if not args or (args[0].startswith("-") and args[0] not in ("--help", "--version")):
            args = ["info", *args]
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except BrokenPipeError:
            # The reader, head for instance, has seen enough.
            _drop_output()
            ctx.exit(0)

    def main(self, *args: Any, **extra: Any) -> Any:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        try:
            code = super().main(*args, **{**extra, "standalone_mode": False})
            sys.exit(code if isinstance(code, int) else 0)
        except KlimatgraphError as error:
            message, code = str(error), error.exit_code
        except click.ClickException as error:
            message, code = _usage(error), error.exit_code
        except click.Abort:
            message, code = "interrupted", 130
        except OSError as error:
            _drop_output()
            message, code = f"{error.strerror or error}: the answer is not complete", 2
        click.echo(f"klimatgraph: {message}", err=True)
        sys.exit(code)


def _drop_output() -> None:
    """Send what is left in the buffer nowhere, or Python would complain of it at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _usage(error: click.ClickException) -> str:
    message = " ".join(error.format_message().split())
    context = getattr(error, "ctx", None)
    return message if context is None else f"{message} See {context.command_path} --help"


@click.group(cls=_OneLineErrors)
@click.version_option(package_name="klimatgraph")
def main() -> None:
    """Ask cities' climate contracts questions, and see where the answers come from.

    Without a command: what the graph holds and what to try next.
    """


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
@click.argument("documents", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--source", help="IRI of the source document, if it is not found by itself.")
@common
def verify(options: Options, documents: tuple[Path, ...], source: str | None) -> None:
    """Find every passage that the graph cites in your own copy of DOCUMENTS.

    Exit code 1 if a passage is not there.
    """
    from klimatgraph.evidence import as_rows, sources

    graph = options.graph()
    checks = [check for document in documents for check in graph.verify(document, source)]
    known = sources(graph.engine, (check.passage for check in checks), options.lang)
    options.emit(as_rows(checks, options.lang, known))
    if not all(check.found for check in checks):
        raise click.exceptions.Exit(1)


@main.command()
@click.argument("document", type=click.Path(path_type=Path))
@click.argument("words")
@common
def cite(options: Options, document: Path, words: str) -> None:
    """Give the passage of DOCUMENT that holds WORDS, with its digest, for a new fact."""
    from klimatgraph.evidence import cite as find
    from klimatgraph.reading import read

    found = find(read(document), words)
    if not found:
        raise DocumentError(f"no passage of {document} holds {words!r}: give fewer words of it")
    options.text("\n\n".join(str(passage) for passage in found))


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
