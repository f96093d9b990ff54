"""The ontology as others meet it: files in four formats, two pages, redirects, descriptions."""

from __future__ import annotations

from klimatgraph.publication.dataset import describe_dataset
from klimatgraph.publication.fair import FairCheck, fair_checks, fair_score
from klimatgraph.publication.folder import publication, publish
from klimatgraph.publication.formats import FORMATS, serialise
from klimatgraph.publication.pages import page
from klimatgraph.publication.redirects import redirects

__all__ = [
    "FORMATS",
    "FairCheck",
    "describe_dataset",
    "fair_checks",
    "fair_score",
    "page",
    "publication",
    "publish",
    "redirects",
    "serialise",
]
