"""Curated tables to RDF: CSV for the facts, SPARQL CONSTRUCT for what they mean.

Functions
---------
build_all
    Everything in a data folder.
build_table
    One table.

Classes
-------
Register
    The source documents by address.
Names
    The parties by name.
"""

from __future__ import annotations

from klimatgraph.tables.build import build_all, build_table
from klimatgraph.tables.names import Names
from klimatgraph.tables.register import Register

__all__ = ["Names", "Register", "build_all", "build_table"]
