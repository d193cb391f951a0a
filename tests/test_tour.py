"""The notebook runs from beginning to end, and shows what it says."""

import os
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent.parent
NOTEBOOK = HERE / "docs" / "tour.ipynb"
SECONDS = 300  # for a cell, on a machine that is busy

nbformat = pytest.importorskip("nbformat", reason="no nbclient here: pip install -e '.[dev]'")
nbclient = pytest.importorskip("nbclient", reason="no nbclient here: pip install -e '.[dev]'")


@pytest.fixture(scope="module")
def cells(tmp_path_factory) -> list[Any]:
    """The cells of the notebook, after it was run beside a link to the articles."""
    folder = tmp_path_factory.mktemp("tour")
    (folder / "corpus").symlink_to(HERE / "corpus")
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    environment = {**os.environ, "PYTHONPATH": str(HERE), "JUPYTER_PLATFORM_DIRS": "1", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
    client = nbclient.NotebookClient(notebook, timeout=SECONDS, resources={"metadata": {"path": str(folder)}})
    client.execute(env=environment, cleanup_kc=True)
    return list(notebook.cells)


def shown(cells: list[Any], kind: str) -> list[str]:
    """What the cells show in a form."""
    return ["".join(one["data"][kind]) for cell in cells for one in cell.get("outputs", []) if kind in one.get("data", {})]


def test_the_notebook_is_kept_without_its_outputs():
    code = [cell for cell in nbformat.read(NOTEBOOK, as_version=4).cells if cell.cell_type == "code"]

    assert [cell.source for cell in code if cell.outputs or cell.execution_count] == []


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_the_notebook_shows_tables_pictures_and_the_page(cells):
    tables, pages = shown(cells, "text/html")[:-1], shown(cells, "text/html")[-1:]

    assert len(tables) >= 5
    assert "attack with missiles" in "".join(tables)
    assert len(shown(cells, "image/png")) == 1
    assert len(shown(cells, "image/svg+xml")) == 1
    assert [page.startswith("<iframe") for page in pages] == [True]


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_the_notebook_warns_of_nothing(cells):
    assert ["".join(one["text"]) for cell in cells for one in cell.get("outputs", []) if one["output_type"] == "stream"] == []
