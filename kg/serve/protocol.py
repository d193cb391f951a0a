"""Reads a request of the SPARQL 1.1 Protocol: what is asked, of which graphs, and in which form the answer is wanted."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from kg.serve.negotiation import best, takes_gzip
from kg.serve.refusals import Refused
from kg.serve.settings import Settings
from kg.store.endpoint import GRAPHS, ROWS, TABLES, Question

FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
HTML = "text/html"
MOST_PARAMETERS = 300
FORMATS = {
    "json": ("application/sparql-results+json", "application/ld+json"),
    "xml": ("application/sparql-results+xml", "application/rdf+xml"),
    "csv": ("text/csv", ""),
    "tsv": ("text/tab-separated-values", ""),
    "ttl": ("", "text/turtle"),
    "nt": ("", "application/n-triples"),
    "jsonld": ("", "application/ld+json"),
    "turtle": ("", "text/turtle"),
    "json-ld": ("", "application/ld+json"),
    "rdf": ("", "application/rdf+xml"),
    "rdf+xml": ("", "application/rdf+xml"),
    "n3": ("", "text/n3"),
    "html": (ROWS, ROWS),
}
"""What ``format=`` means, for links of people and for clients that send it along: of a table, and of a graph."""

Parameters = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the protocol; ``html`` is for people, ``zipped`` for clients that take gzip."""

    question: Question
    html: bool
    zipped: bool


async def asked_in(request: Request, settings: Settings) -> Asked | None:
    """What a request asks; None if it asks nothing, and so wants to know what is here. Raises Refused."""
    given = parameters(request.scope["query_string"])
    if request.method == "POST":
        given = await posted(request, given, settings)
    if any(name in ("update", "using-graph-uri", "using-named-graph-uri") for name, _ in given):
        raise Refused(
            403, "This graph can only be asked, not changed.\nTo change it, build it again from other articles: kg add, kg remove."
        )
    queries = [value for name, value in given if name == "query"]
    if len(queries) > 1:
        raise Refused(400, f"There are {len(queries)} queries in the request.\nAsk one at a time.")
    if not queries:
        if request.method != "POST" and not any(name in ("default-graph-uri", "named-graph-uri") for name, _ in given):
            return None
        raise Refused(
            400, "There is no query in the request.\nGive it as the parameter query, or as a body of type application/sparql-query."
        )
    table, graph = forms(request, given)
    default, named = (tuple(value for name, value in given if name == part) for part in ("default-graph-uri", "named-graph-uri"))
    zipped = takes_gzip(request.headers.get("accept-encoding", ""))
    return Asked(Question(queries[0], default, named, table, graph), ROWS in (table, graph), zipped and ROWS not in (table, graph))


def forms(request: Request, given: Parameters) -> tuple[str, str]:
    """The media types that are liked best: for a table, and for a graph. Raises Refused if neither can be written."""
    wanted = dict(given).get("format", "")
    first = FORMATS.get(wanted, (wanted if wanted in TABLES else "", wanted if wanted in GRAPHS else ""))
    accept = ", ".join(request.headers.getlist("accept")) or None
    table, graph = first[0] or best(accept, (*TABLES, HTML)), first[1] or best(accept, (*GRAPHS, HTML))
    if not table and not graph:
        raise Refused(406, f"An answer cannot be written so.\nAccept one of: {', '.join((*TABLES, *GRAPHS, HTML))}.")
    return table.replace(HTML, ROWS), graph.replace(HTML, ROWS)


def parameters(query: bytes) -> list[tuple[str, str]]:
    """The parameters of a URL or a form. Raises Refused if they are no text in UTF-8, or too many."""
    try:
        return parse_qsl(query.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=MOST_PARAMETERS)
    except UnicodeDecodeError as error:
        raise Refused(400, f"The parameters are no text in UTF-8 ({error.reason}).") from error
    except ValueError as error:
        raise Refused(400, f"There are more than {MOST_PARAMETERS} parameters.") from error


async def posted(request: Request, given: Parameters, settings: Settings) -> list[tuple[str, str]]:
    """The parameters of a POST, of a form or with the query as its body. Raises Refused."""
    kind, _, rest = request.headers.get("content-type", "").partition(";")
    kind = kind.strip().lower()
    if kind == UPDATE:
        raise Refused(
            403, "This graph can only be asked, not changed.\nTo change it, build it again from other articles: kg add, kg remove."
        )
    if kind not in (FORM, QUERY):
        raise Refused(415, f"A query is posted as {QUERY}, or as {FORM}.", {"Accept-Post": f"{QUERY}, {FORM}"})
    charset = [
        value.strip().strip('"').lower()
        for name, _, value in (part.partition("=") for part in rest.split(";"))
        if name.strip().lower() == "charset"
    ]
    if charset not in ([], ["utf-8"], ["utf8"], ["us-ascii"]):
        raise Refused(415, "A query is text in UTF-8.")
    if request.headers.get("content-encoding", "identity").strip().lower() not in ("", "identity"):
        raise Refused(415, "A query is posted as it is, not compressed.", {"Accept-Encoding": "identity"})
    body = await read_body(request, settings)
    if kind == FORM:
        return [*given, *parameters(body)]
    try:
        return [*given, ("query", body.decode("utf-8-sig"))]
    except UnicodeDecodeError as error:
        raise Refused(400, f"The query is no text in UTF-8 ({error.reason}, byte {error.start}).") from error


async def read_body(request: Request, settings: Settings) -> bytes:
    """The body of a request, if it is short enough and comes in time. Raises Refused."""
    longest = settings.longest_body
    too_long = Refused(413, f"The request is longer than {longest} bytes.\nAsk for less at a time.")
    announced = request.headers.get("content-length", "0")
    if announced.isdecimal() and int(announced) > longest:
        raise too_long
    body = bytearray()
    try:
        async with asyncio.timeout(settings.patience):
            async for part in request.stream():
                body += part
                if len(body) > longest:
                    raise too_long
    except TimeoutError:
        raise Refused(408, f"The request did not come within {settings.patience:g} seconds.", {"Connection": "close"}) from None
    except ClientDisconnect:
        raise Refused(400, "The client has gone.") from None
    return bytes(body)
