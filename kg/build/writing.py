"""Writes the outputs of a graph into a folder."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from kg import tables
from kg.build.description import write_description
from kg.build.folder import OUTPUTS, replace_folder, reserved
from kg.build.knowledge import checksum
from kg.build.ledger import write_ledger
from kg.build.manifest import MANIFEST, manifest_of, read_manifest, write_manifest
from kg.build.texts import names_of
from kg.model import DataError
from kg.store import copy_store, load

PAGE = "network.html"

if TYPE_CHECKING:
    from kg.build.graph import Graph


def write_outputs(graph: "Graph", folder: Path, before: Path, *, with_text: bool) -> None:
    """Write everything into an empty ``folder``, and go on with the list of what was taken out of the graph ``before``."""
    actions = graph.ontology.actions
    with (folder / "graph.ttl").open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(graph.turtle())
    with ThreadPoolExecutor(1) as beside:  # the engine needs no Python while it loads
        loading = beside.submit(load, folder / "store", folder / "graph.ttl")
        tables.write_statements(graph.statements, names_of(graph.events), actions, folder)
        tables.write_documents_jsonl(graph.documents, graph.counts, folder / "documents.jsonl", with_text=with_text)
        tables.write_events_csv(graph.events, actions, folder / "events.csv")
        tables.write_conflicts_csv(graph.conflicts, folder / "conflicts.csv")
        (folder / PAGE).write_text(graph.page(), encoding="utf-8", newline="\n")
        loading.result()
    write_description(folder, graph.base, graph.ontology)
    manifest = manifest_of(
        [path for path in folder.iterdir() if path.is_file()],
        graph.ontology,
        graph.documents,
        graph.problems,
        graph.corrections,
        parser=graph.parser,
        settings={"base": graph.base, "text": with_text},
        counts=graph.summary(),
    )
    write_manifest(folder, manifest)
    write_ledger(graph.removed, graph.documents, before, folder)


def rewrite_page(out: Path, page: str) -> Path:
    """Put another network page into the build in a folder, and note its checksum: whole, or not at all. Raises DataError."""
    if not (out / MANIFEST).is_file():
        raise DataError(f"{out}: there is no graph here.\nBuild one: kg build PATH… --out {out}")

    def write(folder: Path) -> None:
        for path in out.iterdir():
            if path.name == "store":
                copy_store(path, folder / path.name)
            elif path.name in OUTPUTS - {PAGE}:
                shutil.copyfile(path, folder / path.name)
        (folder / PAGE).write_text(page, encoding="utf-8", newline="\n")
        noted = read_manifest(folder)
        noted["outputs"][PAGE] = checksum(folder / PAGE)
        write_manifest(folder, noted)

    with reserved(out):
        replace_folder(out, write)
    return out / PAGE
