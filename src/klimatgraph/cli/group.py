"""The group of commands."""

from __future__ import annotations

import click

from klimatgraph.cli.options import OneLineErrors


@click.group(cls=OneLineErrors)
@click.version_option(package_name="klimatgraph")
def main() -> None:
    """Ask cities' climate contracts questions, and see where the answers come from.

    Without a command: what the graph holds and what to try next.
    """
