"""One HTML page with a drawing of a network: opens in any browser, needs no network.

pyvis 0.3.2 draws well but links to a content delivery network even in its in-line mode,
fails outside notebooks when asked to show, and writes files in the encoding of the
locale. So its page is taken as text, freed of the links, and written as UTF-8 here.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from klimatgraph.errors import MissingExtra
from klimatgraph.files import write_text

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True, slots=True)
class _Group:
    """Things drawn alike: told apart by shape as well as by colour."""

    kinds: str
    colour: str
    shape: str
    sign: str
    sv: str
    en: str


# Okabe and Ito's palette, which colour-blind readers can tell apart.
_GROUPS: Final = (
    _Group("City Municipality", "#0072B2", "dot", "●", "kommun eller stad", "city"),
    _Group("Project SystemDemonstrator", "#E69F00", "square", "■", "projekt", "project"),
    _Group(
        "OverallCommitment JointCommitment AgencyCommitment ProgrammeCommitment Undertaking "
        "Action DevelopmentProcess DevelopmentProject",
        "#009E73", "diamond", "◆", "åtagande, process eller åtgärd",
        "commitment, process or action",
    ),
    _Group("FundingInstrument Call", "#CC79A7", "triangle", "▲", "finansiering", "funding"),
    _Group(
        "Initiative Network Arena Conference", "#56B4E9", "star", "★", "initiativ eller nätverk",
        "initiative or network",
    ),
    _Group(
        "Agency Programme Company University ResearchInstitute CivilSocietyOrganisation Region "
        "PublicBody EUBody InternationalOrganisation Party",
        "#D55E00", "triangleDown", "▼", "organisation", "organisation",
    ),
    _Group("Theme", "#F0E442", "hexagon", "⬢", "tema", "theme"),
    _Group(
        "ContractFramework Edition Contract LocalContract PolicyFramework", "#000000", "square",
        "■", "kontrakt eller ramverk", "contract or framework",
    ),
    _Group("", "#999999", "dot", "●", "mål, prioritering, behov med mera",
           "targets, priorities, needs and more"),
)  # fmt: skip

# Room for a node with its label, in square pixels, and the shape of a usual screen.
_AREA: Final = 17_000
_ASPECT: Final = 1.75

_WORDS: Final = {
    "sv": {"title": "{label} och det som finns omkring", "left": "{n} saker till ryms inte här"},
    "en": {"title": "{label} and what lies around", "left": "{n} more things do not fit here"},
}

# The tags through which the page of pyvis would reach for the network.
_REMOTE_TAGS: Final = re.compile(
    r"<link\b[^>]*https?://[^>]*>|<script\b[^>]*\bsrc=[\"']https?://[^>]*>\s*</script>",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing as a page of HTML.

    Attributes
    ----------
    title : str
        What is drawn.
    page : str
        The whole page, with everything in it.
    """

    title: str
    page: str

    def save(self, path: str | Path) -> Path:
        """Write the page to a file.

        Parameters
        ----------
        path : str or Path
            Where to write; an existing file is replaced at once, never half.

        Returns
        -------
        Path
            The file.
        """
        return write_text(path, self.page)

    def _repr_html_(self) -> str:
        return (
            f'<iframe title="{html.escape(self.title)}" srcdoc="{html.escape(self.page)}" '
            'sandbox="allow-scripts" style="width:100%;height:640px;border:0"></iframe>'
        )


def draw(graph: nx.MultiGraph[str], centre: str, lang: str = "sv") -> Picture:
    """Draw the surroundings of a thing.

    Parameters
    ----------
    graph : networkx.MultiGraph
        As :func:`klimatgraph.analysis.networks.neighbourhood` gives it.
    centre : str
        IRI of the node in the middle.
    lang : {"sv", "en"}
        The language of title and legend.

    Returns
    -------
    Picture
        The same graph gives the same page: the layout is computed here with a fixed
        seed, since physics in the browser takes minutes for large graphs.

    Raises
    ------
    MissingExtra
        If pyvis is not installed.
    """
    try:
        from pyvis.network import Network
    except ImportError as error:
        raise MissingExtra("pyvis", "viz") from error
    net = Network(
        height="calc(100vh - 7.5rem)", width="100%", cdn_resources="in_line", notebook=False
    )
    for node, (x, y) in _layout(graph, centre).items():
        data = graph.nodes[node]
        group = _group(data["kind"])
        net.add_node(
            node,
            label=_wrap(data["label"]),
            title=f"{data['label']} ({data['kind_label']})",
            color=_GROUPS[group].colour,
            size=28 if node == centre else 14 - 3 * min(data.get("distance", 1), 3),
            x=x,
            y=y,
            shape=_GROUPS[group].shape,
            font={"size": 24 if node == centre else 14, "face": "sans-serif"},
        )
    for a, b, label in sorted(_joined(graph)):
        net.add_edge(a, b, title=label, color="#bbbbbb")
    net.toggle_physics(False)
    words = _WORDS[lang]
    title = words["title"].format(label=graph.nodes[centre]["label"])
    note = words["left"].format(n=graph.graph["left_out"]) if graph.graph.get("left_out") else ""
    return Picture(title, _page(net.generate_html(notebook=False), title, note, graph, lang))


def _layout(graph: nx.MultiGraph[str], centre: str) -> dict[str, tuple[float, float]]:
    import networkx as nx

    simple = nx.Graph(graph)
    rings: dict[int, list[str]] = {}
    for node, data in sorted(graph.nodes(data=True)):
        rings.setdefault(data.get("distance", 1), []).append(node)
    start = nx.shell_layout(simple, [rings[d] for d in sorted(rings)])
    # Repulsion grows with the number of nodes, so that labels do not cover each other.
    spread = 2.2 / max(1, len(simple)) ** 0.5
    places = nx.spring_layout(
        simple, pos=start, fixed=[centre], k=spread, iterations=120, seed=2030, weight=None
    )
    area = _AREA * max(12, len(simple))
    half = ((area * _ASPECT) ** 0.5 / 2, (area / _ASPECT) ** 0.5 / 2)
    middle = places[centre]
    moved = {node: place - middle for node, place in places.items()}
    reach = [max(abs(float(place[axis])) for place in moved.values()) or 1.0 for axis in (0, 1)]
    return {
        node: (
            round(float(place[0]) / reach[0] * half[0], 1),
            round(float(place[1]) / reach[1] * half[1], 1),
        )
        for node, place in sorted(moved.items())
    }


def _joined(graph: nx.MultiGraph[str]) -> list[tuple[str, str, str]]:
    """Draw several links between two things as one line with all their names."""
    labels: dict[tuple[str, str], set[str]] = {}
    for a, b, label in graph.edges(data="label"):
        labels.setdefault((min(a, b), max(a, b)), set()).add(label)
    return [(a, b, ", ".join(sorted(names))) for (a, b), names in labels.items()]


def _group(kind: str) -> int:
    for index, group in enumerate(_GROUPS):
        if kind in group.kinds.split():
            return index
    return len(_GROUPS) - 1


def _wrap(label: str, width: int = 24) -> str:
    lines, line = [], ""
    for word in label.split():
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return "\n".join([*lines, line][:3])


def _page(raw: str, title: str, note: str, graph: Any, lang: str) -> str:
    used = {_group(data["kind"]) for _, data in graph.nodes(data=True)}
    legend = " ".join(
        f'<span style="white-space:nowrap;margin-right:.8rem"><span style="color:'
        f'{_GROUPS[i].colour}">{_GROUPS[i].sign}</span> '
        f"{html.escape(_GROUPS[i].en if lang == 'en' else _GROUPS[i].sv)}</span>"
        for i in sorted(used)
    )
    heading = (
        f'<header style="font-family:sans-serif;padding:.5rem 1rem"><h1 style="font-size:1.2rem;'
        f'margin:0 0 .4rem">{html.escape(title)}</h1><div>{legend} <em>{html.escape(note)}</em>'
        "</div></header>"
    )
    page = _REMOTE_TAGS.sub("", raw)
    page = re.sub(r"<center>\s*<h1>.*?</h1>\s*</center>", "", page, flags=re.DOTALL)
    page = page.replace("<html>", f'<html lang="{lang}">', 1)
    page = page.replace("<head>", f"<head>\n<title>{html.escape(title)}</title>", 1)
    return page.replace("<body>", f"<body>\n{heading}", 1)
