"""A small graph to serve, with named graphs beside it, and a client that sends just what it is told."""

import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from pyoxigraph import NamedNode, RdfFormat, Store

GRAPH = """
@prefix kg: <https://w3id.org/actor-kg/ontology#> .
@prefix actor: <{base}actor/> .
@prefix event: <{base}event/> .
@prefix statement: <{base}statement/> .
@prefix document: <{base}document/> .
@prefix action: <https://w3id.org/actor-kg/action/> .
@prefix relation: <https://w3id.org/actor-kg/relation/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix schema: <https://schema.org/> .
@prefix wd: <http://www.wikidata.org/entity/> .

actor:kenya a kg:Actor ; skos:prefLabel "Kenya" ; relation:meet actor:uganda ; skos:exactMatch wd:Q114 .
actor:uganda a kg:Actor ; skos:prefLabel "Uganda" .
<{base}actor/the%20%3Cb%3EFront%3C%2Fb%3E> a kg:Actor ; skos:prefLabel "the <b>Front</b>" .
event:1 a kg:Event ; kg:actor actor:kenya ; kg:target actor:uganda ; kg:action action:meet ; kg:modality kg:asserted .
statement:1 a kg:Statement ; kg:event event:1 ; kg:actor actor:kenya ; kg:target actor:uganda ; kg:modality kg:asserted ;
    kg:quote "<script>alert(1)</script> Kenya met Uganda & \\"left\\"." ; prov:wasQuotedFrom document:a.txt .
document:a.txt a kg:Document ; schema:headline "Talks </title><img src=x>" ; schema:url "javascript:alert(2)" ;
    schema:datePublished "2024-05-03" .
document:b.txt a kg:Document ; schema:headline "Elsewhere" ; schema:url "https://news.example/b?x=1&y=2" .
statement:2 a kg:Statement ; kg:event event:1 ; kg:modality kg:asserted ; kg:quote "They met." ; prov:wasQuotedFrom document:b.txt .
action:meet a skos:Concept ; skos:prefLabel "meet"@en ; rdfs:isDefinedBy kg:actions .
kg:Event rdfs:label "event"@en ; rdfs:comment "What we believe happened."@en ; rdfs:isDefinedBy <https://w3id.org/actor-kg/ontology> .
"""
BASE = "https://w3id.org/actor-kg/id/"
ONE, TWO = "http://graphs.example/one", "http://graphs.example/two"
PAGE = """<!DOCTYPE html>
<html><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;sha256-abc=&#39;">
</head><body>the network</body></html>
"""


def write_sample(out: Path, base: str = BASE, more: str = "", checksum: str = "") -> Path:
    """Write a folder as ``kg build`` leaves it, as far as it can be served."""
    out.mkdir(parents=True, exist_ok=True)
    store = Store(str(out / "store"))
    store.load((GRAPH.replace("{base}", base) + more).encode(), RdfFormat.TURTLE)
    for graph, word in ((ONE, "one"), (TWO, "two")):
        store.load(
            f'<http://graphs.example/x> <http://graphs.example/says> "{word}" .'.encode(), RdfFormat.TURTLE, to_graph=NamedNode(graph)
        )
    store.flush()
    (out / "network.html").write_text(PAGE, encoding="utf-8")
    if checksum:
        (out / "build.json").write_text(json.dumps({"outputs": {"graph.ttl": checksum}}), encoding="utf-8")
    return out


@dataclass(frozen=True)
class Got:
    """An answer: status, headers by lower-case name, body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    @property
    def media(self) -> str:
        """The media type without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0]


def call(port: int, method: str, target: str, body: bytes | None = None, **headers: str) -> Got:
    """Send a request; ``content_type`` is the header Content-Type."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, target, body, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return Got(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
    finally:
        connection.close()


def ask(port: int, query: str, *graphs: tuple[str, str], **headers: str) -> Got:
    """Ask by GET; ``graphs`` are parameters of the protocol beside the query."""
    return call(port, "GET", f"/sparql?{urlencode([('query', query), *graphs])}", **headers)
