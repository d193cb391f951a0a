"""Keeps the graph on disk and answers SPARQL.

A question arrives as hostile text: it must not make the engine fetch anything, change
anything or crash. What cannot be answered is a DataError that says where and why.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    Triple,
    parse,
    parse_query_results,
    serialize,
)
from pyoxigraph import Literal as Value

from kg.graph import BASE, Graph, over, prefixes
from kg.model import DataError

DEEPEST = 100
MOST_GROUPS = 1000
"""Oxigraph ends the process, without an exception, somewhere above 1,000 groups in or beside each other."""

SPACE = r"(?:\s|#[^\r\n]*+)*+"
TARGET = r"""(?:<[^<>]*+>|[?$]\w++|[^\s{}<>()"'#:]*+:(?:[^\s{}<>()#\\]|\\.)*+)"""
SERVICE = re.compile(rf"service{SPACE}(?:silent)?{SPACE}{TARGET}{SPACE}\{{", re.IGNORECASE)
LONG = re.compile(r""" "{3}(?:[^"\\]|\\.|"{1,2}(?!"))*+"{3} | '{3}(?:[^'\\]|\\.|'{1,2}(?!'))*+'{3} """, re.VERBOSE | re.DOTALL)
SHORT = re.compile(r""" "(?:[^"\\\r\n]|\\.)*+" | '(?:[^'\\\r\n]|\\.)*+' | \#[^\r\n]*+ | \\. """, re.VERBOSE)
IRI = re.compile(r"<[^<>\"{}|^`\\\x00-\x20]*+>")
OTHER = re.compile(f"{LONG.pattern}|{SHORT.pattern}|{IRI.pattern}", re.VERBOSE | re.DOTALL)
ORDER = re.compile(r"(?<![\w?$:-])order\s*by", re.IGNORECASE)
UPDATE = re.compile(r"\b(insert|delete|load|clear|create|drop|copy|move|add|with)\b", re.IGNORECASE)
TABLE = {"csv": QueryResultsFormat.CSV, "tsv": QueryResultsFormat.TSV, "json": QueryResultsFormat.JSON, "xml": QueryResultsFormat.XML}
GRAPH = {"ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES, "xml": RdfFormat.RDF_XML, "json": RdfFormat.JSON_LD}

Term = NamedNode | BlankNode | Value | Triple


@dataclass(frozen=True, slots=True)
class Answer:
    """What the store answers; ``raw`` is the whole of it: SPARQL results in JSON, or sorted N-Triples.

    ``rows`` are for reading (CURIEs, bare values, nothing that a terminal would obey), one cell a column.
    """

    kind: Literal["select", "ask", "construct"]
    raw: bytes
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    boolean: bool | None = None
    base: str = BASE

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, place: int) -> tuple[str, ...]:
        return self.rows[place]

    @property
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


def load(folder: Path, turtle: bytes) -> None:
    """Build the store of a graph in ``folder``; what was in that store before is gone."""
    if folder.is_dir() and any(folder.iterdir()) and not (folder / "CURRENT").is_file():
        raise DataError(f"{folder}: the folder holds something else than a store.\nName another folder, or empty it.")
    folder.mkdir(parents=True, exist_ok=True)
    try:
        store = Store(str(folder))
        store.clear()
        store.bulk_load(turtle, RdfFormat.TURTLE)
        store.flush()
    except OSError as error:
        raise DataError(f"{folder}: the store cannot be written: {error}\nIs another program using it?") from error


def open_store(folder: Path) -> Store:
    """Open a store for reading only."""
    if not (folder / "CURRENT").is_file():
        raise DataError(f"{folder}: there is no store here.\nBuild one: kg build PATH…")
    try:
        return Store.read_only(str(folder))
    except OSError as error:
        raise DataError(f"{folder}: the store cannot be read: {error}\nBuild it again: kg build PATH…") from error


def to_rdflib(folder: Path) -> Graph:
    """The graph of a store for rdflib, answered by the store's own engine."""
    from oxrdflib import OxigraphStore  # only those who work with rdflib need the bridge

    store = open_store(folder)
    return over(OxigraphStore(store=store), base=base_of(store))


def base_of(store: Store) -> str:
    """The base that the events of a store are named under."""
    kind = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    for quad in store.quads_for_pattern(None, kind, NamedNode(f"{prefixes()['kg']}Event"), DefaultGraph()):
        if isinstance(quad.subject, NamedNode):
            return quad.subject.value.rpartition("event/")[0]
    return BASE


def answer(store: Store, sparql: str) -> Answer:
    """Answer a question; the prefixes of the contract need no declaration. Raises DataError."""
    refuse_danger(sparql)
    base = base_of(store)
    try:
        result = store.query(sparql, prefixes=prefixes(base))
        if isinstance(result, QueryBoolean):
            return Answer("ask", result.serialize(format=QueryResultsFormat.JSON) or b"", boolean=bool(result), base=base)
        if isinstance(result, QuerySolutions):
            return selected(result, sparql, base)
        lines = sorted((result.serialize(format=RdfFormat.N_TRIPLES) or b"").splitlines(keepends=True))
    except SyntaxError as error:
        raise DataError(syntax_message(sparql, str(error))) from error
    except (OSError, ValueError, RuntimeError) as error:
        raise DataError(f"The question cannot be answered: {error}") from error
    found = Answer("construct", b"".join(dict.fromkeys(lines)), ("subject", "predicate", "object"), base=base)
    return Answer(found.kind, found.raw, found.columns, cells(found), base=base)


def selected(solutions: QuerySolutions, sparql: str, base: str) -> Answer:
    """Keep the rows of a SELECT; where the question names no order, they are sorted."""
    columns = tuple(variable.value for variable in solutions.variables)
    raw = solutions.serialize(format=QueryResultsFormat.JSON) or b""
    if not ORDER.search(words_of(sparql)):
        results: dict[str, Any] = json.loads(raw)
        results["results"]["bindings"].sort(key=lambda row: [json.dumps(row.get(column), sort_keys=True) for column in columns])
        raw = json.dumps(results, ensure_ascii=False, separators=(",", ":")).encode()
    found = Answer("select", raw, columns, base=base)
    return Answer("select", raw, columns, cells(found), base=base)


def cells(answer: Answer) -> tuple[tuple[str, ...], ...]:
    """The rows of an answer for reading."""
    names = sorted(((namespace, prefix) for prefix, namespace in prefixes(answer.base).items()), key=lambda pair: -len(pair[0]))
    return tuple(tuple(cell(term, names) for term in row) for row in answer.terms)


def cell(term: Term | None, names: list[tuple[str, str]]) -> str:
    """One term for reading: CURIEs, bare values, and no control character that a terminal would obey."""
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        return next((f"{prefix}:{term.value.removeprefix(space)}" for space, prefix in names if term.value.startswith(space)), term.value)
    shown = term.value if isinstance(term, Value) else str(term)
    return re.sub("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", "\ufffd", re.sub(r"[\t\n\r\u2028\u2029]+", " ", shown))


def format_answer(answer: Answer, format: str) -> str:
    """Write an answer as ``csv``, ``tsv``, ``json`` or ``xml``; triples as ``ttl``, ``nt``, ``xml`` or ``json``."""
    if answer.kind == "construct" and format in GRAPH:
        shorter = prefixes(answer.base) if format == "ttl" else None
        return (serialize(answer.triples, format=GRAPH[format], prefixes=shorter) or b"").decode()
    if answer.kind == "construct" or format not in TABLE:
        formats = GRAPH if answer.kind == "construct" else TABLE
        raise DataError(f"The answer to this question cannot be written as {format!r}.\nUse one of: {', '.join(formats)}.")
    results = parse_query_results(answer.raw, format=QueryResultsFormat.JSON)
    return (results.serialize(format=TABLE[format]) or b"").decode()


# What a question may not do.


def refuse_danger(sparql: str) -> None:
    """Refuse a question that would fetch something (SERVICE), or is nested so deeply that the engine would crash.

    Oxigraph reads "<" as an operator where a tokenizer sees an IRI, so text could hide from one reading behind
    the other. Every place that either reading can reach is looked at, with the deepest nesting that leads there.
    """
    if sparql.count("{") > MOST_GROUPS:
        raise DataError(f"The question has more than {MOST_GROUPS} groups.\nAsk for less at a time, or use VALUES.")
    depths = {0: 0}
    for at in range(len(sparql)):
        if at not in depths:
            continue
        depth = depths.pop(at) + (sparql[at] in "{([") - (sparql[at] in "})]")
        if depth > DEEPEST:
            raise DataError(f"{place(sparql, at)}: groups are nested deeper than {DEEPEST}.\nAsk in a flatter way.")
        if SERVICE.match(sparql, at):
            raise DataError(
                f"{place(sparql, at)}: SERVICE asks another machine, and nothing leaves this one.\nLoad that data into a store of your own."
            )
        for end in ends(sparql, at):
            depths[end] = max(depths.get(end, 0), depth)


def ends(sparql: str, at: int) -> Iterator[int]:
    """Where the next token may begin if one begins at ``at``; words are read letter by letter."""
    skipped = [found.end() for pattern in (LONG, SHORT, IRI) if (found := pattern.match(sparql, at))]
    yield from skipped
    if sparql[at] == "<" or not skipped:
        yield at + 1


def place(sparql: str, at: int) -> str:
    """Line and column, counted from 1."""
    return f"line {sparql.count(chr(10), 0, at) + 1}, column {at - sparql.rfind(chr(10), 0, at)}"


def words_of(sparql: str) -> str:
    """A question without its comments, strings and IRIs.

    >>> words_of("ASK { ?a ?b 'order by' } # all of them")
    'ASK { ?a ?b   }  '
    """
    return OTHER.sub(" ", sparql)


def syntax_message(sparql: str, error: str) -> str:
    """Say what the engine did not understand, and show the line."""
    words = words_of(sparql)
    update = UPDATE.search(words)
    if update and not re.search(r"\b(select|ask|construct|describe)\b", words, re.IGNORECASE):
        return f"{update[0].upper()} changes the graph, which can only be asked.\nTo change it, build it again from other articles."
    where = re.match(r"error at (\d+):(\d+): (?:expected )?(.*)", error, re.DOTALL)
    if not where:
        return f"The question is no SPARQL that can be answered: {error}"
    declared = {*prefixes(), *re.findall(r"(?i)\bprefix\s+([\w.-]*):", words)}
    unknown = sorted({name for name in re.findall(r"(?<![\w:?$%.-])([A-Za-z][\w.-]*):", words) if name not in declared})
    line, column = int(where[1]), int(where[2])
    shown = sparql.split("\n")[line - 1 : line] or [""]
    remedy = f"Declare the prefix {unknown[0]}: at the top, or use one of: {', '.join(sorted(prefixes()))}." if unknown else ""
    pointed = f"    {shown[0].replace(chr(9), ' ')}\n    {' ' * (column - 1)}^"
    return "\n".join(filter(None, (f"line {line}, column {column}: this is no SPARQL.", pointed, remedy)))
