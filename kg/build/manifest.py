"""``build.json``: what was built from what, and whether a graph may be continued."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from kg.build.knowledge import checksum, checksums_of, refuse_other_tables
from kg.model import Correction, DataError, Decision, Document, Problem
from kg.ontology import Identity, Ontology, Weight, identity_of
from kg.parser import load_parser
from kg.sentences import load_pipeline

MANIFEST = "build.json"
OWN = "sha256"
"""The checksum in ``build.json`` of all else in it."""


def manifest_of(
    outputs: Iterable[Path],
    ontology: Ontology,
    documents: Iterable[Document],
    problems: Iterable[Problem],
    corrections: Iterable[Correction],
    *,
    parser: str,
    settings: Mapping[str, Any],
    counts: Mapping[str, Any],
) -> dict[str, Any]:
    """What was built from what: no clock, no path of the machine."""
    return {
        "kg": version("actor-kg"),
        "parser": parser or parser_of(""),
        "ontology": checksums_of(ontology),
        "corrections": [asdict(row) for row in corrections],
        "identity": noted(ontology.identity),
        "settings": settings,
        "inputs": {document.id: document.sha256 for document in documents},
        "outputs": {path.name: checksum(path) for path in sorted(outputs)},
        "counts": counts,
        "problems": [{"where": problem.where, "reason": problem.reason} for problem in problems],
    }


def noted(identity: Identity) -> dict[str, Any]:
    """What made statements one event."""
    weights = {f"{row.feature} {row.value}": row.weight for row in identity.weights.values()}
    return {"weights": weights, "decisions": [asdict(row) for row in identity.decisions]}


def identity_in(manifest: Mapping[str, Any]) -> Identity:
    """What made statements one event when a graph was built."""
    weights = (Weight(name.split()[0], name.split()[1], weight) for name, weight in manifest["identity"]["weights"].items())
    return identity_of(weights, (Decision(**row) for row in manifest["identity"]["decisions"]))


def write_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Write ``build.json``, with the checksum of all else in it."""
    told = {key: value for key, value in manifest.items() if key != OWN}
    text = json.dumps({**told, OWN: _checksum_of(told)}, indent=1)
    (folder / MANIFEST).write_text(f"{text}\n", encoding="utf-8", newline="\n")


def read_manifest(folder: Path) -> dict[str, Any]:
    """Read ``build.json``. Raises DataError if it is not as it was written."""
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        told = {key: value for key, value in found.items() if key != OWN}
        if found.get(OWN, "") not in ("", _checksum_of(told)):
            raise ValueError("its checksum is another")
    except (ValueError, AttributeError) as error:
        raise DataError(damaged(folder, MANIFEST)) from error
    return told


def refuse_damaged(folder: Path, manifest: Mapping[str, Any], *names: str) -> None:
    """Go on with the graph of a folder only if these files of it are as they were written. Raises DataError."""
    for name in names:
        path = folder / name
        if not path.is_file() or checksum(path) != manifest["outputs"].get(name):
            raise DataError(damaged(folder, name))


def damaged(folder: Path, name: str) -> str:
    """Say that a file of a graph is another than was written, and what to do."""
    what = "is not as kg wrote it" if (folder / name).is_file() else "is missing"
    return f"{folder}: the graph is damaged ({name} {what}).\nBuild it again: kg build PATH… --out {folder}"


def _checksum_of(told: Mapping[str, Any]) -> str:
    return sha256(json.dumps(told, sort_keys=True).encode("utf-8", "surrogatepass")).hexdigest()


def parser_of(pipeline: str) -> str:
    """How a parser is noted: a spaCy pipeline with its version, our own by its checksum."""
    if not pipeline:
        return load_parser().sha256
    loaded = load_pipeline(pipeline)
    return f"{loaded.name} {loaded.version}"


def refuse_other_settings(folder: Path | None, ontology: Ontology, noted: str = "", parser: str | None = None) -> None:
    """Go on with the graph of a folder only as it was built: by this kg, with these tables and this ``parser``. Raises DataError."""
    if folder is None:
        return
    before = read_manifest(folder)
    if before["kg"] != version("actor-kg"):
        raise DataError(f"{folder}: kg {before['kg']} built this graph.\nBuild it again: kg build PATH… --out {folder}")
    refuse_other_tables(before["ontology"], ontology, folder)
    if parser is not None and parser_of(parser) != noted:
        ours = parser_of("")
        raise DataError(
            f"{folder}: the graph was read by {'another version of our parser' if ' ' not in noted else noted}, "
            f"not by {'ours' if parser_of(parser) == ours else parser_of(parser)}.\n"
            f"Name the same one with --parser, or build the graph again: kg build PATH… --out {folder}"
        )
