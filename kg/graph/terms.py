"""The names and literals of the graph: namespaces, CURIEs, text and dates as RDF terms."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from urllib.parse import quote

from rdflib import DCTERMS, ORG, OWL, RDF, RDFS, SKOS, TIME, XSD, Literal, Namespace, URIRef

from kg.model import DataError
from kg.ontology import PREFIXES

BASE = "https://w3id.org/actor-kg/id/"
KG = Namespace(PREFIXES["kg"])
RELATION = Namespace(PREFIXES["relation"])
SEM = Namespace("http://semanticweb.cs.vu.nl/2009/11/sem/")
SCHEMA = Namespace("https://schema.org/")
SHACL = Namespace("http://www.w3.org/ns/shacl#")
PROV = Namespace("http://www.w3.org/ns/prov#")
EDTF = URIRef("http://id.loc.gov/datatypes/edtf/EDTF")
WIKIDATA = Namespace("http://www.wikidata.org/entity/")

STANDARD = {
    "sem": str(SEM),
    "schema": str(SCHEMA),
    "prov": str(PROV),
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "wd": str(WIKIDATA),
    "skos": str(SKOS),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "xsd": str(XSD),
    "owl": str(OWL),
    "dcterms": str(DCTERMS),
    "org": str(ORG),
    "time": str(TIME),
    "oa": "http://www.w3.org/ns/oa#",
}
PRECISION = {4: ("{}-01-01", XSD.gYear), 7: ("{}-01", XSD.gYearMonth), 10: ("{}", XSD.date)}

Namer = Callable[[str], URIRef]
Triples = Iterator[tuple[URIRef, URIRef, URIRef | Literal | None]]


def prefixes(base: str = BASE) -> dict[str, str]:
    """The prefixes of the contract, with the things we name ourselves under ``base``."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*[/#]", base):
        raise DataError(f"{base!r} cannot be the base of names.\nGive an IRI that ends in / or #, such as {BASE}")
    ours = {prefix: base + name.removeprefix(BASE) if name.startswith(BASE) else name for prefix, name in PREFIXES.items()}
    return ours | STANDARD


def expand(curie: str, prefixes: dict[str, str]) -> URIRef:
    """Write out a CURIE; whatever may not stand in an IRI is percent-encoded.

    >>> expand("actor:the <b>Front</b>", {"actor": "https://example.org/actor/"})
    rdflib.term.URIRef('https://example.org/actor/the%20%3Cb%3EFront%3C%2Fb%3E')
    """
    prefix, colon, rest = curie.partition(":")
    if not colon or prefix not in prefixes:
        raise DataError(f"{curie!r} has no known prefix.\nUse one of: {', '.join(sorted(prefixes))}.")
    local = quote(rest, safe="", errors="replace")
    return URIRef(prefixes[prefix] + (local if local.strip(".") else local.replace(".", "%2E")))


def local_name(curie: str) -> str:
    """What follows the prefix, as it stands in an IRI."""
    return quote(curie.partition(":")[2], safe="")


def text(value: str, datatype: URIRef | None = None) -> Literal | None:
    """Say it in words, or not at all; half of a surrogate pair, which no file can hold, becomes U+FFFD."""
    return Literal(re.sub(r"[\ud800-\udfff]", "\ufffd", value), datatype=datatype, normalize=False) if value else None


def date_literal(edtf: str) -> Literal | None:
    """Type a day, month or year by its precision; an interval or a day that never was has no such type.

    >>> date_literal("2024-03").n3()
    '"2024-03"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>'
    """
    if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", edtf, re.ASCII):
        return None
    pattern, datatype = PRECISION[len(edtf)]
    try:
        date.fromisoformat(pattern.format(edtf))
    except ValueError:
        return None
    return Literal(edtf, datatype=datatype, normalize=False)
