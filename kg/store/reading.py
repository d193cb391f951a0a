"""Reads what a store elsewhere answered, and makes of it what ours would have said."""

from typing import Literal

from pyoxigraph import QueryBoolean, QueryResultsFormat, RdfFormat, parse, parse_query_results, serialize

from kg.graph import BASE
from kg.model import DataError
from kg.store.answers import Answer, selected, told

Form = Literal["select", "ask", "construct", "describe"]


def read_answer(form: Form, body: bytes, sparql: str, *, base: str = BASE, url: str = "The store") -> Answer:
    """Read SPARQL results in JSON, or triples as N-Triples. Raises DataError if they are not what the ``form`` of the question asks for."""
    try:
        if form in ("construct", "describe"):
            triples = {quad.triple for quad in parse(body, format=RdfFormat.N_TRIPLES)}
            return told(serialize(triples, format=RdfFormat.N_TRIPLES) or b"", base)
        results = parse_query_results(body, format=QueryResultsFormat.JSON)
        if isinstance(results, QueryBoolean):
            boolean = bool(results)
        elif form == "select":
            return selected(results, sparql, base)
        else:  # Virtuoso says yes as a table of one cell
            boolean = [row[0].value for row in results] == ["1"]
    except (SyntaxError, ValueError, AttributeError, IndexError) as error:
        raise DataError(f"{url}: the answer is not what SPARQL 1.1 says: {error}\nIs that the address of a SPARQL endpoint?") from error
    if form != "ask":
        raise DataError(f"{url}: the answer is yes or no, and a table was asked for.\nIs that the address of a SPARQL endpoint?")
    return Answer("ask", b'{"head":{},"boolean":%s}' % (b"true" if boolean else b"false"), boolean=boolean, base=base)
