"""Rules for the w3id.org redirection service: who asks for what gets which file."""

from __future__ import annotations

from typing import Final

from klimatgraph.errors import InputError
from klimatgraph.publication.formats import MEDIA_TYPES

__all__ = ["ONTOLOGIES", "redirects"]

# Path below https://w3id.org/klimatgraph/ -> name of the published files.
ONTOLOGIES: Final[dict[str, str]] = {"ontology": "klimatgraph", "ontology/dl": "klimatgraph-dl"}


def redirects(address: str, version: str) -> str:
    """Write the ``.htaccess`` of https://w3id.org/klimatgraph/.

    A program that asks for an RDF format gets the file in it; a browser gets the page in
    English when English is the language it asks for first, else the one in Swedish. The
    IRI of a version leads to the same files.

    Parameters
    ----------
    address : str
        Where the published folder is served, e.g. ``https://example.org/klimatgraph``.
    version : str
        The version of the ontology, e.g. ``0.1.0``.

    Returns
    -------
    str

    Raises
    ------
    InputError
        If the address is not one that a browser can be sent to.

    References
    ----------
    W3C Best practice recipes for publishing RDF vocabularies:
    https://www.w3.org/TR/swbp-vocab-pub/
    """
    base = address.rstrip("/")
    if not base.startswith(("https://", "http://")) or any(c in base for c in ' "\n%$\\'):
        raise InputError(f"{address!r} is not a web address: give one that begins with https://")
    lines = [
        "# Content negotiation for the ontology of klimatgraph.",
        "Options +FollowSymLinks -MultiViews",
        "RewriteEngine on",
        "SetEnvIf Origin .* CORS=1",
        'Header set Access-Control-Allow-Origin "*"',
    ]
    dotted = version.replace(".", r"\.")
    for path, name in ONTOLOGIES.items():
        pattern = f"^{path}(?:/{dotted})?/?$"
        lines += ["", f"# {path}"]
        for suffix, media_type in MEDIA_TYPES.items():
            escaped = media_type.replace("+", r"\+").replace(".", r"\.")
            lines += [
                f"RewriteCond %{{HTTP_ACCEPT}} {escaped}",
                f"RewriteRule {pattern} {base}/{name}.{suffix} [R=303,L]",
            ]
        lines += [
            "RewriteCond %{HTTP:Accept-Language} ^en",
            f"RewriteRule {pattern} {base}/{name}-en.html [R=303,L]",
            f"RewriteRule {pattern} {base}/{name}-sv.html [R=303,L]",
        ]
    lines += [
        "",
        "# the dataset and its things",
        f"RewriteRule ^dataset/?$ {base}/void.ttl [R=303,L]",
        f"RewriteRule ^shapes/?$ {base}/shapes.ttl [R=303,L]",
        f"RewriteRule ^id/(.+)$ {base}/id/$1 [R=303,L]",
    ]
    return "\n".join(lines) + "\n"
