"""Answers one question of the SPARQL protocol into a file: any format, any dataset made of graphs that are there."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any, Protocol, cast

from pyoxigraph import (
    DefaultGraph,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolution,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    parse,
    parse_query_results,
)
from pyoxigraph import Literal as Value
from pyoxigraph import serialize as serialise

from kg.graph import prefixes
from kg.model import DataError
from kg.store.answers import Term, evaluated
from kg.store.errors import failure_message, is_damage, syntax_message
from kg.store.guard import SPACE, refuse_danger, words_of
from kg.store.hints import EMPTY
from kg.store.loading import base_of

TABLES = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
GRAPHS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/n-quads": RdfFormat.N_QUADS,
    "application/trig": RdfFormat.TRIG,
    "text/n3": RdfFormat.N3,
}
"""What can be written, by media type; the first is what is preferred."""

ROWS = "application/x-kg-rows"
"""For our own pages: columns, and as many rows as a page can bear with the kind of each cell, as JSON."""
MOST_ROWS, MOST_CELLS, LONGEST_CELL = 1000, 10_000, 2000
MOST_GRAPHS = 100

IRIREF = r"""<[^<>"{}|^`\\\x00-\x20]*+>"""
NAME = r"(?:[^\s{}<>()\"'#:?$*]*+:(?:[^\s{}<>()#\\]|\\.)*+)"
PROLOGUE = re.compile(rf"(?:{SPACE}(?:base{SPACE}{IRIREF}|prefix{SPACE}[^\s{{}}<>()\"'#:]*+:{SPACE}{IRIREF}))*+{SPACE}", re.IGNORECASE)
FROM = re.compile(rf"from{SPACE}(named{SPACE})?({IRIREF}|{NAME})", re.IGNORECASE)
VARIABLE = re.compile(r"[?$]\w*\Z")
CHANGING = re.compile(r"(?<![\w?$:-])(?:now|rand|uuid|struuid|bnode)\s*\(", re.IGNORECASE)
IRI = re.compile(r"""[A-Za-z][A-Za-z0-9+.-]*:[^<>"{}|^`\\\x00-\x20]*""")


class Writer(Protocol):
    """Where an answer goes."""

    def write(self, content: bytes, /) -> int:
        """Take a part of it."""

    def flush(self) -> None:
        """Know that it is whole."""


class UnknownGraph(DataError):
    """A graph that is not in the store."""


class NotWritable(DataError):
    """The answer to a question of this kind cannot be had in the form that was asked for."""


@dataclass(frozen=True, slots=True)
class Question:
    """A query with the dataset that the protocol names, and the media type of the answer if it is a table, or triples.

    Without any graph the dataset is the query's own, or else the whole store. An empty media type: no such answer is wanted.
    """

    sparql: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    table: str = next(iter(TABLES))
    graph: str = next(iter(GRAPHS))


def reply(store: Store, question: Question, out: Writer) -> str:
    """Write the answer to a question into ``out``, and say what media type it has. Raises DataError, and OSError for a damaged store.

    UnknownGraph is for a dataset that is not there, NotWritable for an answer of a kind that is not wanted.
    """
    refuse_danger(question.sparql)
    try:
        base = base_of(store)
        known = prefixes(base)
        merged, named = (question.default_graphs, question.named_graphs)
        if not merged and not named:
            merged, named = graphs_named(question.sparql, known, base)
        dataset: dict[str, Any] = {}
        if merged or named:  # given so even where the question names them, because our default graph has a name only here
            dataset = {"default_graph": graphs_in(store, merged, base), "named_graphs": graphs_in(store, named)}
        result = evaluated(store, question.sparql, base, base_iri=base, **dataset)
        if isinstance(result, QueryTriples):
            return write_triples(result, question.graph, known, out)
        return write_table(result, question.table, known, out)
    except SyntaxError as error:
        raise DataError(syntax_message(question.sparql, str(error))) from error
    except (ValueError, RuntimeError) as error:
        if is_damage(error):
            raise OSError(failure_message(error)) from error
        raise DataError(failure_message(error)) from error


def write_table(result: QuerySolutions | QueryBoolean, media: str, known: dict[str, str], out: Writer) -> str:
    """Write rows, or a yes or no."""
    if media == ROWS:
        json.dump(rows_of(result, known), Utf8(out), ensure_ascii=False)
    elif media in TABLES:
        result.serialize(cast(IO[bytes], out), format=TABLES[media])
    else:
        raise NotWritable(f"The answer is a table.\nAccept one of: {', '.join(TABLES)}.")
    return media


def write_triples(result: QueryTriples, media: str, known: dict[str, str], out: Writer) -> str:
    """Write triples, each once."""
    if media == ROWS:
        json.dump(rows_of(result, known), Utf8(out), ensure_ascii=False)
    elif media in GRAPHS:
        serialise(dict.fromkeys(result), cast(IO[bytes], out), format=GRAPHS[media], prefixes=known)
    else:
        raise NotWritable(f"The answer is a graph.\nAccept one of: {', '.join(GRAPHS)}.")
    return media


@dataclass(frozen=True, slots=True)
class Utf8:
    """Lets text be written into a file of bytes."""

    out: Writer

    def write(self, text: str) -> int:
        """Write text as UTF-8."""
        return self.out.write(text.encode())


def rows_of(result: QuerySolutions | QueryBoolean | QueryTriples, known: dict[str, str]) -> dict[str, object]:
    """Rows for a page: of each cell what to show, and where it leads if it is an IRI."""
    if isinstance(result, QueryBoolean):
        return {"kind": "ask", "boolean": bool(result), "columns": [], "rows": [], "more": False}
    names = sorted(((space, prefix) for prefix, space in known.items()), key=lambda pair: -len(pair[0]))
    triples = isinstance(result, QueryTriples)
    columns = ["subject", "predicate", "object"] if triples else [variable.value for variable in result.variables]  # type: ignore[union-attr]
    rows: list[list[dict[str, str] | None]] = []
    for row in terms(result):
        if len(rows) == MOST_ROWS or len(rows) * len(columns) >= MOST_CELLS:
            return {"kind": "construct" if triples else "select", "columns": columns, "rows": rows, "more": True}
        rows.append([shown(term, names) for term in row])
    return {"kind": "construct" if triples else "select", "columns": columns, "rows": rows, "more": False}


def terms(result: QuerySolutions | QueryTriples) -> Iterator[Sequence[Term | None]]:
    """The terms of each row."""
    for row in result:
        yield tuple(row) if isinstance(row, QuerySolution) else (row.subject, row.predicate, row.object)


def shown(term: Term | None, names: list[tuple[str, str]]) -> dict[str, str] | None:
    """A cell for a page."""
    if isinstance(term, NamedNode):
        short = next((f"{prefix}:{term.value.removeprefix(space)}" for space, prefix in names if term.value.startswith(space)), term.value)
        return {"type": "uri", "value": term.value, "text": short} if len(term.value) < LONGEST_CELL else other(short)
    if isinstance(term, Value):
        return {"type": "literal", "text": cut(term.value), "lang": (term.language or "")[:100]}
    return None if term is None else other(str(term))


def other(text: str) -> dict[str, str]:
    """A cell that leads nowhere and is in no language."""
    return {"type": "other", "text": cut(text), "lang": ""}


def cut(text: str) -> str:
    """Text as long as a page can bear."""
    return text if len(text) <= LONGEST_CELL else f"{text[:LONGEST_CELL]} …"


def graphs_in(store: Store, iris: Sequence[str], base: str | None = None) -> list[NamedNode | DefaultGraph]:
    """The graphs of these names; ``base`` is that of the default graph. Raises UnknownGraph for one that is not in the store."""
    for iri in iris:
        if iri != base and (not IRI.fullmatch(iri) or not store.contains_named_graph(NamedNode(iri))):
            raise UnknownGraph(
                f"{iri[:200]!r}: there is no such graph in the store, and nothing is fetched.\nLeave it out to ask the whole."
            )
    return [DefaultGraph() if iri == base else NamedNode(iri) for iri in iris]


def graphs_named(sparql: str, known: dict[str, str], base: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The graphs of the FROM and of the FROM NAMED clauses of a query: all stand outside of braces.

    >>> graphs_named("PREFIX e: <http://e/> ASK FROM e:a FROM NAMED <b> { ?from <c> 'FROM <d>' }", {}, "http://f/")
    (('http://e/a',), ('http://f/b',))
    """
    prologue = PROLOGUE.match(sparql)
    begin = prologue.end() if prologue else 0
    clauses = outside(sparql[begin:])
    found = [clause for clause in FROM.finditer(clauses) if not VARIABLE.search(clauses, max(0, clause.start() - 300), clause.start())]
    if not found:
        return (), ()
    if len(found) > MOST_GRAPHS:
        raise DataError(f"The question names more than {MOST_GRAPHS} graphs.\nLeave them out to ask the whole.")
    asked = f"{sparql[:begin]} SELECT {' '.join(f'({clause[2]} AS ?g{place})' for place, clause in enumerate(found))} {{}}"
    [solution] = Store().query(asked, prefixes=known, base_iri=base)  # type: ignore[misc]
    read = [(bool(clause[1]), term.value) for clause, term in zip(found, solution, strict=True) if isinstance(term, NamedNode)]
    merged, named = (tuple(iri for is_named, iri in read if is_named is wanted) for wanted in (False, True))
    return merged, named


def outside(sparql: str) -> str:
    """What stands before, between and after the outer braces of a query."""
    text, depth, kept, begin = COMMENT.sub(lambda found: found[0] if found[0][0] == "<" else " " * len(found[0]), sparql), 0, "", 0
    for brace in re.finditer(r"[{}]", text):
        if depth == 0:
            kept += text[begin : brace.start()] + " "
        depth = max(depth + (brace[0] == "{") - (brace[0] == "}"), 0)
        begin = brace.end()
    return kept + (text[begin:] if depth == 0 else "")


COMMENT = re.compile(rf"""{IRIREF}|"(?:[^"\\\r\n]|\\.)*+"|'(?:[^'\\\r\n]|\\.)*+'|#[^\r\n]*+""")
"""IRIs, strings and comments, as far as they are needed to find braces."""


def says_nothing(media: str, content: bytes) -> bool:
    """Tell whether a whole short answer says nothing: no row, no triple, a no, or a count of nothing."""
    if media == ROWS:
        rows = json.loads(content)
        texts = [cell["text"] if cell else "" for row in rows["rows"] for cell in row]
        return not rows.get("boolean", False) and (not rows["rows"] or (len(rows["rows"]) == 1 and set(texts) <= EMPTY))
    if media in GRAPHS:
        return next(iter(parse(content, format=GRAPHS[media])), None) is None
    if media in ("text/csv", "text/tab-separated-values"):
        head, *rest = content.decode().splitlines()
        return head == "false" if head in ("true", "false") else not rest or (len(rest) == 1 and set(re.split("[,\t]", rest[0])) <= EMPTY)
    result = parse_query_results(content, format=TABLES[media])
    if isinstance(result, QueryBoolean):
        return not bool(result)
    found = [[term.value if isinstance(term, Value) else "" if term is None else "?" for term in row] for row in result]
    return not found or (len(found) == 1 and set(found[0]) <= EMPTY)


def changing(sparql: str) -> bool:
    """Tell whether a query may give another answer to the same graph: it asks for the time, or for chance.

    >>> changing("SELECT (NOW() AS ?now) {}"), changing("ASK { ?s ?p 'now()' }")
    (True, False)
    """
    return bool(CHANGING.search(words_of(sparql)))


def rewritten(ntriples: str, media: str) -> bytes:
    """N-Triples of our own in another of ``GRAPHS``."""
    triples = (quad.triple for quad in parse(ntriples.encode(), format=RdfFormat.N_TRIPLES))
    shorter = {"sd": "http://www.w3.org/ns/sparql-service-description#", "void": "http://rdfs.org/ns/void#"}
    return serialise(triples, format=GRAPHS[media], prefixes=shorter) or b""
