"""The shipped files are found, in the checkout and in a wheel."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from klimatgraph.errors import InputError
from klimatgraph.resources import FOLDERS, folder, resources

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("name", FOLDERS)
def test_folders(name: str) -> None:
    assert folder(name).is_dir() and folder(name).parent == resources()


@pytest.mark.parametrize("name", ["", "..", "src", "/etc", "data/../src"])
def test_no_other_folder(name: str) -> None:
    with pytest.raises(InputError):
        folder(name)


def test_a_wheel_carries_everything(tmp_path: Path) -> None:
    pytest.importorskip("hatchling")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT, check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        archive.extractall(tmp_path / "site")
    assert "klimatgraph/py.typed" in names
    for name in FOLDERS:
        wanted = {
            f"klimatgraph/_resources/{path.relative_to(ROOT).as_posix()}"
            for path in (ROOT / name).rglob("*")
            if path.is_file() and path.suffix in {".ttl", ".rq", ".csv", ".jsonld"}
        }
        assert wanted and wanted <= names
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path / 'site')!r}); "
        "from klimatgraph.resources import resources; print(resources())"
    )
    told = subprocess.run(
        [sys.executable, "-I", "-c", code],
        check=True,
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    assert told.stdout.strip() == str(tmp_path / "site" / "klimatgraph" / "_resources")


def test_importing_is_light() -> None:
    """Heavy packages are loaded on first use only."""
    heavy = ["rdflib", "pyshacl", "networkx", "scipy", "pandas", "polars", "pyvis", "owlready2",
             "rich", "SPARQLWrapper", "pyparsing"]  # fmt: skip
    code = (
        "import sys, klimatgraph, klimatgraph.rows, klimatgraph.questions, klimatgraph.canonical, "
        "klimatgraph.engines, klimatgraph.engines.oxigraph, klimatgraph.engines.remote, "
        "klimatgraph.engines.rdflib; "
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert told.stdout.strip() == "[]"
