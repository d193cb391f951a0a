"""Answers SPARQL: rows, a yes or no, or triples."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

from pyoxigraph import (
    BlankNode,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    parse,
    parse_query_results,
)
from pyoxigraph import Literal as Value

from kg.graph import BASE, prefixes
from kg.model import DataError
from kg.store.errors import failure_message, syntax_message
from kg.store.guard import refuse_danger, words_of
from kg.store.loading import base_of

IRI = b'"type":"uri"'
"""Where none stands in an answer, it does not matter under which base things are named, and looking costs a short question a fifth."""
ORDER = re.compile(r"order(?<![\w?$:-]order)\s*by")

LINES = re.compile(r"[\t\n\r\u2028\u2029]+")
OBEYED = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What a terminal would obey: line ends, and other control characters."""

Term = NamedNode | BlankNode | Value | Triple


@dataclass(frozen=True)
class Answer:
    """What the store answers; ``raw`` is the whole of it: SPARQL results in JSON, or sorted N-Triples."""

    kind: Literal["select", "ask", "construct"]
    raw: bytes
    columns: tuple[str, ...] = ()
    boolean: bool | None = None
    base: str = BASE

    @cached_property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The rows for reading: CURIEs, bare values, nothing that a terminal would obey; one cell a column."""
        names = sorted(((namespace, prefix) for prefix, namespace in prefixes(self.base).items()), key=lambda pair: -len(pair[0]))
        return tuple(tuple(cell(term, names) for term in row) for row in self.terms)

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, place: int) -> tuple[str, ...]:
        return self.rows[place]

    @cached_property
    def terms(self) -> list[tuple[Term | None, ...]]:
        """The rows as RDF terms."""
        if self.kind == "construct":
            return [(triple.subject, triple.predicate, triple.object) for triple in self.triples]
        solutions = parse_query_results(self.raw, format=QueryResultsFormat.JSON)
        return [tuple(solution) for solution in solutions] if isinstance(solutions, QuerySolutions) else []

    @property
    def triples(self) -> list[Triple]:
        """The triples of a CONSTRUCT or DESCRIBE."""
        return [quad.triple for quad in parse(self.raw, format=RdfFormat.N_TRIPLES)] if self.kind == "construct" else []


def answer(store: Store, sparql: str) -> Answer:
    """Answer a question; the prefixes of the contract need no declaration. Raises DataError."""
    refuse_danger(sparql)
    try:
        result = evaluated(store, sparql)
        if isinstance(result, QueryBoolean):
            return Answer("ask", result.serialize(format=QueryResultsFormat.JSON) or b"", boolean=bool(result))
        if not isinstance(result, QuerySolutions):
            return told(result.serialize(format=RdfFormat.N_TRIPLES) or b"", base_of(store))
        found = selected(result, sparql)
        return replace(found, base=base_of(store)) if IRI in found.raw else found
    except SyntaxError as error:
        raise DataError(syntax_message(sparql, str(error))) from error
    except (OSError, ValueError, RuntimeError) as error:
        raise DataError(failure_message(error)) from error


def evaluated(store: Store, sparql: str, base: str = "", **dataset: Any) -> QuerySolutions | QueryBoolean | QueryTriples:
    """What the engine makes of a question. It reads our prefixes, which cost more than a short question, only where one is needed."""
    with suppress(SyntaxError):
        return store.query(sparql, **dataset)
    return store.query(sparql, prefixes=prefixes(base or base_of(store)), **dataset)


def told(triples: bytes, base: str = BASE) -> Answer:
    """Keep the N-Triples of a CONSTRUCT or DESCRIBE, sorted, each once."""
    lines = sorted(triples.splitlines(keepends=True))
    return Answer("construct", b"".join(dict.fromkeys(lines)), ("subject", "predicate", "object"), base=base)


def selected(solutions: QuerySolutions, sparql: str, base: str = BASE) -> Answer:
    """Keep the rows of a SELECT; where the question names no order, they are sorted."""
    columns = tuple(variable.value for variable in solutions.variables)
    if columns and not ORDER.search(words_of(sparql).lower()):
        head, *lines = (solutions.serialize(format=QueryResultsFormat.TSV) or b"").splitlines(keepends=True)
        again = parse_query_results(b"".join([head, *sorted(lines)]), format=QueryResultsFormat.TSV)
        return Answer("select", again.serialize(format=QueryResultsFormat.JSON) or b"", columns, base=base)
    return Answer("select", solutions.serialize(format=QueryResultsFormat.JSON) or b"", columns, base=base)


def cell(term: Term | None, names: list[tuple[str, str]]) -> str:
    """One term for reading: CURIEs, bare values, and no control character that a terminal would obey."""
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        return next((f"{prefix}:{term.value.removeprefix(space)}" for space, prefix in names if term.value.startswith(space)), term.value)
    shown = term.value if isinstance(term, Value) else str(term)
    return shown if shown.isprintable() else OBEYED.sub("\ufffd", LINES.sub(" ", shown))
