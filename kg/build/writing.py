"""Writes the outputs of a graph into a folder."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from kg import tables
from kg.build.description import write_description
from kg.build.knowledge import checksum
from kg.build.ledger import write_ledger
from kg.build.manifest import manifest_of, read_manifest, write_manifest
from kg.build.texts import names_of
from kg.store import load

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
        (folder / "network.html").write_text(graph.page(), encoding="utf-8", newline="\n")
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


def rewrite_page(folder: Path, page: str) -> Path:
    """Write another network page into a folder, and note its checksum."""
    path = folder / "network.html"
    path.write_text(page, encoding="utf-8", newline="\n")
    noted = read_manifest(folder)
    noted["outputs"][path.name] = checksum(path)
    write_manifest(folder, noted)
    return path
