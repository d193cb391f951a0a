"""``build.json`` of a build in parts: which parts count, what they were made of, and whether they may be changed.

A change writes its parts beside the old ones and then this file, in one step; so whoever is killed leaves the old build whole.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict
from importlib.metadata import version
from typing import Any

from kg.build.knowledge import checksums_of, refuse_other_tables
from kg.build.manifest import MANIFEST, noted, parser_of
from kg.cluster.files import Files
from kg.cluster.merging import EVENTS, STATEMENTS
from kg.cluster.parts import COLUMNS, DOCUMENTS, Output, Outputs
from kg.cluster.session import ENGINE
from kg.cluster.state import Place, State
from kg.model import Correction, DataError, Modality, Problem
from kg.ontology import Ontology

READ = "read"
OURS = frozenset({READ, DOCUMENTS, *COLUMNS, MANIFEST, "removed.jsonl"})


def manifest_at(folder: str, files: Files) -> dict[str, Any]:
    """What a folder holds; empty if it holds no build yet. Raises DataError if it holds something else."""
    names = {path.rpartition("/")[2] for path in files.folders(folder)} | {found.name for found in files.listed(folder)}
    found = json.loads(files.read(f"{folder}/{MANIFEST}")) if MANIFEST in names else {}
    if found and found.get("engine") != ENGINE:
        raise DataError(f"{folder}: this graph was built on one machine.\nName another folder with --out.")
    strange = sorted(name for name in names - OURS if not name.startswith(".fresh-") and not found)
    if strange:
        raise DataError(
            f"{folder}: the folder holds something else than a build ({strange[0]}).\nName another folder with --out, or empty it."
        )
    return dict(found)


def changeable(folder: str, files: Files, ontology: Ontology, parser: str | None = None) -> dict[str, Any]:
    """The manifest of a build that may be changed: by this kg, these tables and this parser. Raises DataError."""
    found = manifest_at(folder, files)
    if not found:
        raise DataError(f"{folder}: there is no graph here.\nBuild one: kg build PATH… --engine spark --out {folder}")
    if found["kg"] != version("actor-kg"):
        raise DataError(f"{folder}: kg {found['kg']} built this graph.\nBuild it again: kg build PATH… --engine spark --out {folder}")
    refuse_other_tables(found["ontology"], ontology, folder)  # type: ignore[arg-type]
    if parser is not None and parser_of(parser) != found["parser"]:
        raise DataError(f"{folder}: the graph was read by another parser.\nName the same one with --parser, or build the graph again.")
    return found


def state_of(manifest: Mapping[str, Any], to: Output) -> State:
    """What was read for a build."""
    return State(to.spark, f"{to.folder}/{READ}", tuple(manifest["lots"]), frozenset(map(place_of, manifest["left"])))


def place_of(told: list[Any]) -> Place:
    """The place of an article as the manifest notes it."""
    lot, file, number = told
    return lot, file, number


def manifest_of(
    state: State, outputs: Outputs, ontology: Ontology, problems: list[Problem], corrections: tuple[Correction, ...]
) -> dict[str, Any]:
    """What a build was made of, and its parts; the rest is in its settings."""
    return {
        "kg": version("actor-kg"),
        "engine": ENGINE,
        "ontology": checksums_of(ontology),
        "corrections": [asdict(row) for row in corrections],
        "identity": noted(ontology.identity),
        "lots": list(state.lots),
        "left": [list(place) for place in sorted(state.left)],
        "outputs": dict(sorted(outputs.items())),
        "problems": [{"where": problem.where, "reason": problem.reason} for problem in problems],
    }


def counted(outputs: Outputs, to: Output, problems: int) -> dict[str, Any]:
    """How much there is: articles, sentences, statements by modality, events, actors, problems."""
    articles, said, happened = (to.table(name, outputs) for name in (DOCUMENTS, STATEMENTS, EVENTS))
    [(number, sentences)] = articles.selectExpr("count(*)", "coalesce(sum(sentences), 0)").collect() if articles is not None else [(0, 0)]
    modalities = dict(map(tuple, said.groupBy("modality").count().collect())) if said is not None else {}
    events, asserted, actors = 0, 0, 0
    if happened is not None:
        [(events, asserted)] = happened.selectExpr("count(*)", f"count_if(modality = '{Modality.ASSERTED}')").collect()
        actors = happened.selectExpr("explode(array(actor, target)) id").where("id <> ''").distinct().count()
    return {
        "articles": number,
        "sentences": sentences,
        "statements": {modality.value: modalities.get(modality.value, 0) for modality in Modality},
        "events": events,
        "events asserted": asserted,
        "actors": actors,
        "problems": problems,
    }


def commit(manifest: dict[str, Any], to: Output) -> None:
    """Let the parts that a manifest names be the build, and remove all others."""
    to.files.write(f"{to.folder}/{MANIFEST}", json.dumps(manifest, indent=1, ensure_ascii=True) + "\n")
    for table in (DOCUMENTS, *COLUMNS):
        for found in to.files.listed(f"{to.folder}/{table}"):
            if f"{table}/{found.name}" not in manifest["outputs"]:
                to.files.remove(found.uri)
    for folder in to.files.folders(f"{to.folder}/{READ}"):
        if folder.rpartition("/")[2] not in manifest["lots"]:
            to.files.remove(folder)
