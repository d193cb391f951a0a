"""What is answered at each path."""

import asyncio
import gzip
import re
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from kg.graph import prefixes
from kg.serve.description import description
from kg.serve.metrics import exposition
from kg.serve.negotiation import best, takes_gzip
from kg.serve.pages import ASSETS, Example, asset_text, by_column, examples, page, policy_of
from kg.serve.protocol import HTML, Asked, asked_in, parameters
from kg.serve.refusals import Refused
from kg.serve.resources import (
    COUNT,
    VOCABULARY_GRAPH,
    VOCABULARY_TERMS,
    candidates,
    describing,
    disputes,
    events,
    link,
    numbers,
    passage,
    properties,
    sentences,
    which_exist,
)
from kg.serve.service import REVALIDATE, Service, not_modified, read_rows, refused, sent, service_of, shown, tag, unchanged, unless_gone
from kg.store.endpoint import GRAPHS, ROWS, Question, changing, rewritten

TABLE, TRIPLES = ("select", "ask"), ("construct",)
FORMS = (
    ("json", "JSON", TABLE),
    ("csv", "CSV", TABLE),
    ("tsv", "TSV", TABLE),
    ("ttl", "Turtle", TRIPLES),
    ("jsonld", "JSON-LD", TRIPLES),
    ("xml", "XML", TABLE + TRIPLES),
)
"""Other forms of an answer, with their names, and the kinds of answers that have them."""
LONGEST_LINK = 8000


async def sparql(request: Request) -> Response:
    """The endpoint of the protocol; without a query it tells of itself."""
    service = service_of(request)
    asked = await asked_in(request, service.settings)
    if asked is None:
        return await about(request, service)
    return await answer(request, service, asked)


async def answer(request: Request, service: Service, asked: Asked) -> Response:
    """The answer to a question: for people as a page that also tells what is wrong, for programs in the form they like best."""
    question = asked.question
    request.scope["kg.query"] = question.sparql
    etag = tag(service, *map(repr, (question, asked.zipped)))
    fixed = request.method != "POST" and not changing(question.sparql)
    if fixed and unchanged(request, etag):
        return not_modified(etag)
    try:
        given = await unless_gone(request, service, question, zipped=asked.zipped)
    except Refused as refusal:
        if not asked.html:
            raise
        return await run_in_threadpool(result_page, request, service, question.sparql, None, refusal)
    if given.media == ROWS:
        return await run_in_threadpool(lambda: result_page(request, service, question.sparql, read_rows(given)))
    headers = {"ETag": etag, "Cache-Control": REVALIDATE} if fixed else {"Cache-Control": "no-store"}
    return sent(request, given, headers, zipped=asked.zipped)


async def about(request: Request, service: Service) -> Response:
    """The service description, or the query page for people."""
    media = best(request.headers.get("accept"), (*GRAPHS, HTML))
    if media == HTML:
        return await query_page(request)
    if not media:
        raise Refused(406, f"The description cannot be written so.\nAccept one of: {', '.join((*GRAPHS, HTML))}.")
    endpoint = f"{request.scope['scheme']}://{host_of(request)}/sparql"
    etag = tag(service, "description", media, endpoint)
    if unchanged(request, etag):
        return not_modified(etag)
    text = description(endpoint, service.pool.base, service.pool.graphs, await triples(service))
    return shown(request, rewritten(text, media), etag=etag, media=media)


def host_of(request: Request) -> str:
    """The host that a client asked for, if that is one; else our own address."""
    host = request.headers.get("host", "")
    return (
        host
        if re.fullmatch(r"[A-Za-z0-9.-]+(?::\d+)?|\[[0-9A-Fa-f:.]+\](?::\d+)?", host, re.ASCII)
        else ":".join(map(str, request.scope["server"]))
    )


async def triples(service: Service) -> int:
    """How many triples the graph has, counted once."""
    key = ("triples", service.pool.look().checksum)
    if key not in service.kept:
        rows = by_column(await service.rows(COUNT))
        service.kept[key] = int(rows[0]["n"]["text"])
    return int(service.kept[key])


def result_page(request: Request, service: Service, sparql: str, found: dict[str, Any] | None, refusal: Refused | None = None) -> Response:
    """The query page with an answer, or with what is wrong: for browsers that run no script."""
    base, problem, status = service.pool.base, "", 200
    if refusal is not None:
        problem, status = refusal.text, refusal.status
    questions = examples(service.settings.queries)
    return shown(request, asking(sparql, questions, base, found, problem), status=status)


def asking(sparql: str, questions: list[Example], base: str, found: dict[str, Any] | None = None, problem: str = "") -> bytes:
    """The page to ask on, with what has been asked so far."""
    known, forms = prefixes(base), FORMS if len(sparql) < LONGEST_LINK else ()
    return page(
        "query",
        sparql=sparql,
        examples=questions,
        found=found,
        problem=problem,
        forms=forms,
        prefixes=known,
        link=lambda iri: link(iri, base),
    )


async def query_page(request: Request) -> Response:
    """The page to ask on, and the answer if something is asked."""
    service = service_of(request)
    asked = await asked_in(request, service.settings)
    if asked is not None:
        return await answer(request, service, Asked(replace(asked.question, table=ROWS, graph=ROWS), html=True, zipped=False))
    questions = examples(service.settings.queries)
    content = asking("", questions, service.pool.base)
    etag = tag(service, content.decode())
    return not_modified(etag) if unchanged(request, etag) else shown(request, content, etag=etag)


async def home(request: Request) -> Response:
    """What is here."""
    service = service_of(request)
    network = (service.settings.out / "network.html").is_file()
    return shown(request, page("home", triples=await triples(service), base=service.pool.base, network=network))


async def network(request: Request) -> Response:
    """The network page of the graph, under its own policy."""
    service = service_of(request)
    etag = tag(service, "network")
    if unchanged(request, etag):
        return not_modified(etag)
    zipped = takes_gzip(request.headers.get("accept-encoding", ""))
    content, policy = await run_in_threadpool(network_page, service, zipped)
    headers = {"ETag": etag, "Cache-Control": REVALIDATE, "Vary": "Accept-Encoding", "Content-Security-Policy": policy}
    headers |= {"Content-Encoding": "gzip"} if zipped else {}
    return Response(content, media_type="text/html; charset=utf-8", headers=headers)


def network_page(service: Service, zipped: bool) -> tuple[bytes, str]:
    """The bytes of the page and its policy; what was compressed is kept as long as the graph."""
    try:
        raw = (service.settings.out / "network.html").read_bytes()
    except OSError:
        raise Refused(404, "There is no network page beside this graph.\nWrite one: kg view") from None
    key = ("network", str(hash(raw)))
    if zipped and key not in service.kept:
        for old in [old for old in service.kept if old[0] == "network"]:
            del service.kept[old]
        service.kept[key] = gzip.compress(raw, 6, mtime=0)
    return service.kept[key] if zipped else raw, policy_of(raw[:20_000].decode("utf-8", "replace"))


async def ontology(request: Request) -> Response:
    """The vocabulary: a page for people, RDF for programs."""
    service = service_of(request)
    media = graph_form(request)
    etag = tag(service, "ontology", media)
    if unchanged(request, etag):
        return not_modified(etag)
    if media != HTML:
        return sent(
            request,
            await unless_gone(request, service, Question(VOCABULARY_GRAPH, graph=media)),
            {"ETag": etag, "Cache-Control": REVALIDATE},
            zipped=False,
        )
    rows, base = by_column(await service.rows(VOCABULARY_TERMS)), service.pool.base
    terms = [row for row in rows if "#" in row["term"]["value"]], [row for row in rows if "#" not in row["term"]["value"]]
    return shown(request, page("ontology", terms=terms[0], actions=terms[1], link=lambda iri: link(iri, base)), etag=etag)


async def resource(request: Request) -> Response:
    """What the graph says of an IRI: under its path, or under /resource?iri=…"""
    service = service_of(request)
    given = dict(parameters(request.scope["query_string"]))
    path = request.scope["raw_path"].decode("ascii", "replace")
    named = [given["iri"]] if path == "/resource" and "iri" in given else candidates(path, service.pool.base)
    media = graph_form(request)
    iri = await first_known(service, named)
    etag = tag(service, "resource", iri, media)
    if unchanged(request, etag):
        return not_modified(etag)
    if media != HTML:
        given_back = await unless_gone(request, service, Question(describing(iri), graph=media))
        return sent(request, given_back, {"ETag": etag, "Cache-Control": REVALIDATE}, zipped=False)
    base = service.pool.base
    asked = (properties(iri), sentences(iri, base), events(iri), numbers(iri), disputes(iri))
    said, quoted, acted, counted, disputed = await asyncio.gather(*map(service.rows, asked))
    formats = [(name, f"/resource?{urlencode({'iri': iri, 'format': code})}") for name, code in (("Turtle", "ttl"), ("JSON-LD", "jsonld"))]
    content = page(
        "card",
        iri=iri,
        said=by_column(said),
        more=said["more"],
        sentences=by_column(quoted),
        events=by_column(acted),
        numbers=by_column(counted),
        disputes=by_column(disputed),
        passage=passage,
        formats=formats,
        link=lambda iri: link(iri, base),
    )
    return shown(request, content, etag=etag)


async def first_known(service: Service, iris: list[str]) -> str:
    """The first of these IRIs that the graph speaks of. Raises Refused."""
    try:
        known = {row["x"].get("value") for row in by_column(await service.rows(which_exist(iris)))} if iris else set()
    except ValueError:
        known = set()
    for iri in iris:
        if iri in known:
            return iri
    raise Refused(404, "The graph speaks of nothing of this name.")


def graph_form(request: Request) -> str:
    """How a graph is wanted. Raises Refused."""
    wanted = dict(parameters(request.scope["query_string"])).get("format", "")
    short = {
        "ttl": "text/turtle",
        "jsonld": "application/ld+json",
        "nt": "application/n-triples",
        "xml": "application/rdf+xml",
        "html": HTML,
    }
    media = short.get(wanted) if wanted else best(request.headers.get("accept"), (*GRAPHS, HTML))
    if not media:
        raise Refused(406, f"It cannot be written so.\nAccept one of: {', '.join((*GRAPHS, HTML))}.")
    return media


async def asset(request: Request) -> Response:
    """A file of our pages."""
    name = request.path_params["name"]
    if name not in ASSETS:
        raise Refused(404, "There is nothing of this name.")
    return shown(request, asset_text(name).encode(), etag=tag(service_of(request), "asset", asset_text(name)), media=ASSETS[name])


async def health(_: Request) -> Response:
    """The server is alive."""
    return Response("ok\n", media_type="text/plain", headers={"Cache-Control": "no-store"})


async def ready(request: Request) -> Response:
    """There is a graph, and somebody to ask it."""
    pool = service_of(request).pool
    pool.look()
    if not pool.alive:
        return refused(Refused(503, "No worker is ready.", {"Retry-After": "2"}))
    return Response("ready\n", media_type="text/plain", headers={"Cache-Control": "no-store"})


async def metrics(request: Request) -> Response:
    """What has been counted."""
    service = service_of(request)
    pool = service.pool
    gauges: dict[str, tuple[str, float]] = {
        "kg_workers_alive": ("Workers that have the graph open.", len(pool.alive)),
        "kg_workers_busy": ("Workers that are answering.", len(pool.alive) - len(pool.idle)),
        "kg_queue_length": ("Questions that wait for a worker.", len(pool.waiting)),
        "kg_log_lines_dropped": ("Lines of the log that could not be written.", service.log.dropped),
    }
    text = exposition(service.metrics, gauges)
    return Response(text, headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8", "Cache-Control": "no-store"})
