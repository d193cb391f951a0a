"""Opens what was built: every field that reaches an output comes back."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from kg import tables
from kg.build.folder import recover, refuse_parts
from kg.build.graph import Graph
from kg.build.knowledge import Knowledge, knowledge_of
from kg.build.manifest import MANIFEST, identity_in, read_manifest, refuse_damaged
from kg.model import Actor, Correction, DataError, Problem, Statement


def open_graph(out: Path | str = "out", *, ontology: Knowledge = None) -> Graph:
    """Open what ``kg build`` wrote. Raises DataError if it is not there.

    ``ontology`` is needed to go on with a graph that was built with folders of tables over ours: the same ones.
    """
    folder = Path(out)
    recover(folder)
    refuse_parts(folder)
    if not (folder / MANIFEST).is_file():
        raise DataError(f"{folder}: there is no graph here.\nBuild one: kg build PATH… --out {folder}")
    knowledge = knowledge_of(ontology)
    manifest = read_manifest(folder)
    refuse_damaged(folder, manifest, "statements.jsonl", "documents.jsonl")
    try:
        statements = tables.read_statements(folder / "statements.jsonl")
        documents, counts = tables.read_documents_jsonl(folder / "documents.jsonl")
        problems = tuple(Problem(**problem) for problem in manifest["problems"])
        corrections = tuple(Correction(**row) for row in manifest.get("corrections", ()))
        base, with_text, parser = manifest["settings"]["base"], manifest["settings"]["text"], manifest["parser"]
        if not knowledge.layers:
            knowledge = replace(knowledge, actors=known_with(statements, knowledge.actors), identity=identity_in(manifest))
        strange = sorted({statement.action for statement in statements} - set(knowledge.actions))
        if strange:
            raise DataError(
                f"{folder}: the ontology no longer knows {', '.join(strange)}.\nBuild the graph again: kg build PATH… --out {folder}"
            )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataError(
            f"{folder}: the graph is damaged ({type(error).__name__}: {error}).\nBuild it again: kg build PATH… --out {folder}"
        ) from error
    return Graph(tuple(documents), counts, tuple(statements), knowledge, problems, base, folder, parser, corrections, with_text)


def known_with(statements: Iterable[Statement], ours: Mapping[str, Actor]) -> dict[str, Actor]:
    """Our actors, with those of a graph that we do not know, or that belonged to somebody else there."""
    named = (side for one in statements for side in (one.actor, one.target, *one.attribution) if side is not None)
    return {**ours, **{actor.id: actor for actor in named if actor.id not in ours or ours[actor.id].part_of != actor.part_of}}
