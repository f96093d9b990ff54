"""Check 20: what is published, without network."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pyoxigraph as ox
import pytest
from rdflib import Graph as RdflibGraph
from rdflib.compare import isomorphic

from klimatgraph.errors import InputError
from klimatgraph.publication import fair_checks, fair_score, publication, publish, redirects
from klimatgraph.publication.redirects import ONTOLOGIES
from klimatgraph.terms import KLIM, expand

ADDRESS = "https://example.org/klimatgraph"
FORMATS = {"ttl": "turtle", "nt": "nt", "rdf": "xml", "jsonld": "json-ld"}
ACCEPT = {
    "text/turtle": "ttl",
    "application/n-triples": "nt",
    "application/rdf+xml;q=0.9, */*;q=0.1": "rdf",
    "application/ld+json": "jsonld",
}


@pytest.fixture(scope="module")
def files(data):
    graph = ox.NamedNode("https://w3id.org/klimatgraph/id/graph/test")
    quads = [ox.Quad(t.subject, t.predicate, t.object, graph) for t in data.triples]
    return publication(ADDRESS, quads)


@pytest.fixture(scope="module")
def plain():
    """The published files but for the description of the data."""
    return publication(ADDRESS)


@pytest.mark.parametrize("name", sorted(ONTOLOGIES.values()))
def test_20_fair_publication_in_four_formats(plain, name, root):
    source = RdflibGraph().parse(root / "ontology" / f"{name}.ttl", format="turtle")
    for suffix, kind in FORMATS.items():
        again = RdflibGraph().parse(data=plain[f"{name}.{suffix}"].decode(), format=kind)
        assert isomorphic(source, again), suffix
        assert plain[f"{name}.{suffix}"] == publication(ADDRESS)[f"{name}.{suffix}"]


class Page(HTMLParser):
    """Anchors, links and languages of a page; complains about unclosed elements."""

    def __init__(self, text):
        super().__init__()
        self.anchors, self.links, self.open, self.lang = [], [], [], None
        self.outside: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        if tag == "html":
            self.lang = told["lang"]
        if "id" in told:
            self.anchors.append(told["id"])
        if "href" in told:
            self.links.append(told["href"])
        if tag in ("script", "img", "iframe") or (
            tag == "link" and told.get("rel") == "stylesheet"
        ):
            self.outside.append(tag)
        if tag not in ("meta", "link", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_20_fair_publication_pages(plain, lang, core, terms):
    text = plain[f"klimatgraph-{lang}.html"].decode()
    page = Page(text)
    assert page.lang == lang and page.open == [] and page.outside == []
    assert sorted(page.anchors) == sorted(term.name for term in terms)
    inside = {link[1:] for link in page.links if link.startswith("#")}
    assert inside <= set(page.anchors)
    for node in core.instances("owl:Class"):
        (definition,) = core.texts(node, "skos:definition", lang)
        assert definition.replace("'", "&#x27;") in text
    other = "en" if lang == "sv" else "sv"
    assert f"klimatgraph-{other}.html" in page.links
    assert {f"klimatgraph.{suffix}" for suffix in FORMATS} <= set(page.links)


def answer(rules, path, accept="text/html", language="sv"):
    """Follow the rules as Apache's mod_rewrite does and give where they send."""
    conditions = []
    for line in rules.splitlines():
        words = line.split()
        if words[:1] == ["RewriteCond"]:
            conditions.append((words[1], words[2]))
        elif words[:1] == ["RewriteRule"]:
            found = re.search(words[1], path)
            headers = {"%{HTTP_ACCEPT}": accept, "%{HTTP:Accept-Language}": language}
            held = all(re.search(pattern, headers[name]) for name, pattern in conditions)
            conditions = []
            if found and held:
                assert words[3] == "[R=303,L]"
                group = found[1] if found.groups() else ""
                return words[2].replace("$1", group)
    return None


@pytest.mark.parametrize("path", ["ontology", "ontology/", "ontology/0.3.0"])
def test_20_fair_publication_redirects(plain, path):
    rules = plain[".htaccess"].decode()
    for accept, suffix in ACCEPT.items():
        assert answer(rules, path, accept) == f"{ADDRESS}/klimatgraph.{suffix}"
    assert answer(rules, path, language="sv-SE,en;q=0.5") == f"{ADDRESS}/klimatgraph-sv.html"
    assert answer(rules, path, language="en-GB,sv;q=0.5") == f"{ADDRESS}/klimatgraph-en.html"
    assert answer(rules, path, language="") == f"{ADDRESS}/klimatgraph-sv.html"


def test_20_fair_publication_redirects_lead_to_files(plain):
    rules = plain[".htaccess"].decode()
    for target in re.findall(r"^RewriteRule \S+ (\S+)", rules, re.MULTILINE):
        name = target.removeprefix(f"{ADDRESS}/")
        assert name in plain or name == "id/$1", target
    assert answer(rules, "ontology/dl", "text/turtle") == f"{ADDRESS}/klimatgraph-dl.ttl"
    assert answer(rules, "id/city/se/umea") == f"{ADDRESS}/id/city/se/umea"
    assert answer(rules, "ontology/9.9.9") is None
    assert answer(rules, "ontologyx") is None


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "ftp://a", 'https://a"b', "https://a\nb"]
)
def test_20_fair_publication_refuses_odd_addresses(address):
    with pytest.raises(InputError):
        redirects(address, "0.3.0")


def test_20_fair_publication_describes_the_dataset(files, data):
    graph = RdflibGraph().parse(data=files["void.ttl"].decode(), format="turtle")
    void, dcat = "http://rdfs.org/ns/void#", "http://www.w3.org/ns/dcat#"
    told = {
        (str(p), str(o)) for s, p, o in graph if str(s) == "https://w3id.org/klimatgraph/dataset"
    }
    assert (f"{void}triples", str(len(data.triples))) in told
    for kind in (f"{void}Dataset", f"{dcat}Dataset"):
        assert (expand("rdf:type").value, kind) in told
    assert (expand("dcterms:license").value, "https://creativecommons.org/licenses/by/4.0/") in told
    partitions = {
        str(graph.value(part, expand_rdflib(f"{void}class"))): int(
            graph.value(part, expand_rdflib(f"{void}entities"))
        )
        for part in graph.objects(None, expand_rdflib(f"{void}classPartition"))
    }
    for name in ("Municipality", "JointCommitment", "Project"):
        node = ox.NamedNode(KLIM + name)
        assert partitions[node.value] == len(data.subjects("rdf:type", node)) > 0


def expand_rdflib(iri):
    from rdflib import URIRef

    return URIRef(iri)


def test_20_fair_publication_licences(root):
    for name in ("LICENSE", "LICENSE-DATA"):
        assert len((root / name).read_text(encoding="utf-8")) > 200


def test_20_fair_publication_score(plain, core):
    checks = fair_checks(core.triples, plain)
    assert len({check.name for check in checks}) == len(checks) >= 20
    assert all(0 <= check.score <= 1 for check in checks)
    assert fair_score(checks) >= 0.9, [c for c in checks if c.score < 1]


def test_20_the_score_falls_when_something_is_missing(plain, core):
    whole = fair_score(fair_checks(core.triples, plain))
    unlicensed = [t for t in core.triples if t.predicate != expand("dcterms:license")]
    assert fair_score(fair_checks(unlicensed, plain)) < whole
    swedish = [
        t for t in core.triples
        if not (t.predicate == expand("rdfs:label") and t.object.language == "en")
    ]  # fmt: skip
    assert fair_score(fair_checks(swedish, plain)) < whole
    fewer = {name: text for name, text in plain.items() if not name.endswith(".rdf")}
    assert fair_score(fair_checks(core.triples, fewer)) < whole
    assert fair_score(fair_checks([], {})) < 0.3


def test_20_publish_writes_every_file(tmp_path, plain):
    written = publish(tmp_path / "out", ADDRESS)
    assert {path.name for path in written} == set(plain)
    for path in written:
        assert path.read_bytes() == plain[path.name]
    blocked = tmp_path / "file"
    blocked.write_text("x")
    with pytest.raises(InputError, match="file"):
        publish(blocked, ADDRESS)
