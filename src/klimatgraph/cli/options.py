"""What all commands have: options, output, and errors in one line."""

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

from klimatgraph.errors import KlimatgraphError, ParameterError

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
        self.text(self.written(rows))

    def written(self, rows: Rows) -> str:
        """Rows in the chosen format."""
        return _FORMATS[self.format](rows)

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


class OneLineErrors(click.Group):
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
