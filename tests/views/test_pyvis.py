"""The picture: one file, no network, drawn by a real browser."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

import klimatgraph as kg
from klimatgraph.errors import InputError, ParameterError

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="module")
def page(graph: kg.KlimatGraph) -> str:
    return graph.show("Umeå", max_nodes=40).page


def test_nothing_in_the_page_reaches_for_the_network(page: str) -> None:
    tags = re.findall(r"<(?:script|link|img|iframe|source)\b[^>]*>", page)
    assert not [tag for tag in tags if re.search(r"(?:src|href)=[\"'](?:https?:)?//", tag)]
    assert "@import" not in page


def test_title_and_legend_are_in_the_language(graph: kg.KlimatGraph) -> None:
    swedish = graph.show("Umeå", max_nodes=25, lang="sv").page
    english = graph.show("Umeå", max_nodes=25, lang="en").page
    assert "<title>Umeå och det som finns omkring</title>" in swedish
    assert '<html lang="en">' in english and "what lies around" in english
    assert "kommun eller stad" in swedish and "kommun eller stad" not in english


def test_the_same_graph_gives_the_same_page(graph: kg.KlimatGraph, page: str) -> None:
    assert graph.show("Umeå", max_nodes=40).page == page


def test_labels_cannot_run_code() -> None:
    import networkx as nx

    from klimatgraph.views.pyvis import draw

    evil = "</script><script>document.title='hacked'</script>"
    graph: nx.MultiGraph[str] = nx.MultiGraph()
    graph.add_node("a", label=evil, kind="City", kind_label=evil, distance=0)
    graph.add_node("b", label="b", kind="Project", kind_label="projekt", distance=1)
    graph.add_edge("a", "b", label=evil)
    assert evil not in draw(graph, "a").page


def test_saving_is_utf8_whatever_the_locale(
    graph: kg.KlimatGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    path = graph.show("Östersund", max_nodes=20).save(tmp_path / "ö.html")
    assert "Östersund" in path.read_text(encoding="utf-8")


def test_it_shows_in_a_notebook_without_touching_the_rest_of_it(graph: kg.KlimatGraph) -> None:
    cell = graph.show("Lund", max_nodes=10)._repr_html_()
    assert cell.startswith("<iframe") and "sandbox" in cell and "<script" not in cell


def test_wrong_calls(graph: kg.KlimatGraph, tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="hops"):
        graph.show("Umeå", hops=0)
    with pytest.raises(InputError):
        graph.show("Umeå", max_nodes=5).save(tmp_path / "none" / "a.html")


def test_a_browser_draws_it_offline(graph: kg.KlimatGraph, tmp_path: Path) -> None:
    if CHROMIUM is None:
        if os.environ.get("KLIMATGRAPH_NO_SKIP"):
            pytest.fail("chromium is missing and nothing may be skipped")
        pytest.skip("chromium is not installed")
    path = graph.show("Umeå", max_nodes=40).save(tmp_path / "umea.html")
    # The canvas is painted by a script, so its data tells that the drawing took place.
    probe = (
        "<script>window.addEventListener('load',()=>setTimeout(()=>{"
        "const c=document.querySelector('canvas');const d=c.getContext('2d')"
        ".getImageData(0,0,c.width,c.height).data;let n=0;"
        "for(let i=3;i<d.length;i+=4)if(d[i])n++;"
        "document.body.setAttribute('data-painted',n)},1500))</script>"
    )
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("</body>", probe + "</body>"), encoding="utf-8")
    dom = subprocess.run(
        [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync",
         "--host-resolver-rules=MAP * ~NOTFOUND", f"--user-data-dir={tmp_path / 'profile'}",
         "--virtual-time-budget=8000", "--dump-dom", path.as_uri()],
        capture_output=True, text=True, check=True, encoding="utf-8",
    ).stdout  # fmt: skip
    painted = re.search(r'data-painted="(\d+)"', dom)
    assert painted and int(painted.group(1)) > 1000
