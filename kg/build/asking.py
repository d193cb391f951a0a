"""Where the store of a graph is, for questions that need nothing else of it."""

from pathlib import Path

from kg.build.folder import recover, refuse_parts
from kg.build.manifest import MANIFEST
from kg.model import DataError


def store_folder(out: Path | str = "out") -> Path:
    """The folder of the store of a graph, once what an interrupted build left is put right. Raises DataError if there is no graph."""
    folder = Path(out)
    recover(folder)
    refuse_parts(folder)
    if not (folder / MANIFEST).is_file():
        raise DataError(f"{folder}: there is no graph here.\nBuild one: kg build PATH… --out {folder}")
    return folder / "store"
