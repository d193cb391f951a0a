"""The names and literals of the graph as Turtle writes them: CURIEs, text, numbers and dates.

A term is a string, ready to be written: ``actor:iran``, ``"Missiles"``, ``"2024-10"^^xsd:gYearMonth``.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from urllib.parse import quote

from rdflib import DCTERMS, ORG, OWL, RDF, RDFS, SKOS, TIME, XSD, Namespace, URIRef

from kg.model import DataError
from kg.notation import LOCAL, quoted
from kg.ontology import PREFIXES

BASE = "https://w3id.org/actor-kg/id/"
SHACL = Namespace("http://www.w3.org/ns/shacl#")
STANDARD = {
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "schema": "https://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "wd": "http://www.wikidata.org/entity/",
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
EDTF = "edtf:EDTF"
PRECISION = {4: ("{}-01-01", "xsd:gYear"), 7: ("{}-01", "xsd:gYearMonth"), 10: ("{}", "xsd:date")}
LETTER = r"(?:[!$&-.0-9;=A-Z_a-z~\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef]|%[0-9A-Fa-f]{2})"
BASES = re.compile(rf"[A-Za-z][A-Za-z0-9+.-]*:(?://{LETTER}*(?::[0-9]{{1,5}})?(?=[/#])|(?!//))(?:{LETTER}|[:@/?])*[/#]")
PLAIN = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")

Namer = Callable[[str], str]
Properties = Iterator[tuple[str, str | None]]
"""Predicates, each with its object; what is not known is None, and is not said."""


def prefixes(base: str = BASE) -> dict[str, str]:
    """The prefixes of the contract, with the things we name ourselves under ``base``."""
    if not BASES.fullmatch(base) or re.search(r"\s", base):  # some readers end an IRI at any space, also one of Unicode's
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


def namer(base: str = BASE) -> Namer:
    """What writes CURIEs as Turtle terms: as they stand if they may, else percent-encoded, else as an IRI."""
    known = prefixes(base)

    @lru_cache(maxsize=100_000)
    def name(curie: str) -> str:
        prefix, colon, rest = curie.partition(":")
        if colon and prefix in known and PLAIN.fullmatch(rest):
            return curie
        iri = expand(curie, known)
        local = iri.removeprefix(known[prefix])
        return f"{prefix}:{local}" if LOCAL.fullmatch(local) else f"<{iri}>"

    return name


def wikidata(item: str) -> str:
    """An item of Wikidata."""
    local = quote(item, safe="")
    return f"wd:{local}" if LOCAL.fullmatch(local) else f"<{STANDARD['wd']}{local}>"


@lru_cache(maxsize=10_000)
def relation(action: str) -> str:
    """The direct edge of an action."""
    local = quote(action.partition(":")[2], safe="")
    return f"relation:{local}" if LOCAL.fullmatch(local) else f"<{PREFIXES['relation']}{local}>"


def text(value: str, datatype: str = "", language: str = "") -> str | None:
    """Say it in words, or not at all; half of a surrogate pair, which no file can hold, becomes U+FFFD.

    >>> text("Missiles"), text("2024", "edtf:EDTF"), text("UN", language="en"), text("")
    ('"Missiles"', '"2024"^^edtf:EDTF', '"UN"@en', None)
    """
    if not value:
        return None
    kind = f"^^{datatype}" if datatype else f"@{language}" if language else ""
    return quoted(re.sub(r"[\ud800-\udfff]", "\ufffd", value)) + kind


def truth(value: bool) -> str:
    """Whether something is so."""
    return "true" if value else "false"


def date_literal(edtf: str) -> str | None:
    """Type a day, month or year by its precision; an interval or a day that never was has no such type.

    >>> date_literal("2024-03")
    '"2024-03"^^xsd:gYearMonth'
    """
    if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", edtf, re.ASCII):
        return None
    pattern, datatype = PRECISION[len(edtf)]
    try:
        date.fromisoformat(pattern.format(edtf))
    except ValueError:
        return None
    return f'"{edtf}"^^{datatype}'
