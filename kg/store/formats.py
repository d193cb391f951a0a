"""Writes answers in the formats of SPARQL and RDF."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pyoxigraph import QueryResultsFormat, RdfFormat, parse_query_results, serialize

from kg.graph import prefixes
from kg.model import DataError
from kg.store.answers import Answer

TABLE = {"csv": QueryResultsFormat.CSV, "tsv": QueryResultsFormat.TSV, "json": QueryResultsFormat.JSON, "xml": QueryResultsFormat.XML}
GRAPH = {"ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES, "xml": RdfFormat.RDF_XML, "jsonld": RdfFormat.JSON_LD}
GRAPH |= {"json": RdfFormat.JSON_LD}


def format_answer(answer: Answer, format: str) -> str:
    """Write an answer as ``csv``, ``tsv``, ``json`` or ``xml``; triples as ``ttl``, ``nt``, ``xml`` or ``jsonld``."""
    if answer.kind == "construct" and format in GRAPH:
        shorter = prefixes(answer.base) if format in ("ttl", "xml") else None
        written = (serialize(answer.triples, format=GRAPH[format], prefixes=shorter) or b"").decode()
        return shortened(written, prefixes(answer.base)) if GRAPH[format] == RdfFormat.JSON_LD else written
    if answer.kind == "construct" or format not in TABLE:
        formats = GRAPH if answer.kind == "construct" else TABLE
        raise DataError(f"The answer to this question cannot be written as {format!r}.\nUse one of: {', '.join(formats)}.")
    results = parse_query_results(answer.raw, format=QueryResultsFormat.JSON)
    return (results.serialize(format=TABLE[format]) or b"").decode()


def shortened(expanded: str, prefixes: Mapping[str, str]) -> str:
    """Give JSON-LD that spells out its IRIs a context, and shorten them by it."""
    nodes = json.loads(expanded)
    spelt = set(iris(nodes))
    ambiguous = {iri.partition(":")[0] for iri in spelt}
    spaces = sorted(((space, prefix) for prefix, space in prefixes.items() if prefix not in ambiguous), key=lambda pair: -len(pair[0]))
    curies: dict[str, str] = {}
    for iri in spelt:
        for space, prefix in spaces:
            if iri.startswith(space) and not iri.removeprefix(space).startswith("//"):
                curies[iri] = f"{prefix}:{iri.removeprefix(space)}"
                break
    used = {curie.partition(":")[0] for curie in curies.values()}
    context = {prefix: space for prefix, space in sorted(prefixes.items()) if prefix in used}
    return json.dumps({"@context": context, "@graph": renamed(nodes, curies)}, ensure_ascii=False, indent=1) + "\n"


def iris(part: Any) -> Iterator[str]:
    """Every IRI of expanded JSON-LD: keys, names and types."""
    if isinstance(part, list):
        for one in part:
            yield from iris(one)
    elif isinstance(part, dict):
        for key, value in part.items():
            if not key.startswith("@"):
                yield key
            if key in ("@id", "@type"):
                yield from [value] if isinstance(value, str) else value
            elif not key.startswith("@"):
                yield from iris(value)


def renamed(part: Any, names: Mapping[str, str]) -> Any:
    """The same with other names for IRIs."""
    if isinstance(part, list):
        return [renamed(one, names) for one in part]
    if not isinstance(part, dict):
        return part
    found: dict[str, Any] = {}
    for key, value in part.items():
        if key in ("@id", "@type"):
            found[key] = names.get(value, value) if isinstance(value, str) else [names.get(one, one) for one in value]
        else:
            found[names.get(key, key)] = renamed(value, names)
    return found
