"""Writes triples down: Turtle, TriG, N-Triples, RDF/XML and JSON-LD.

The same triples give the same bytes, in whatever order they were added; rdflib's own
writers do not promise that, and are slower. Every notation starts from the same sorted triples.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, groupby
from operator import itemgetter
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from rdflib import RDF, XSD, Graph, Literal, URIRef

from kg.model import DataError

Triple = tuple[URIRef, URIRef, URIRef | Literal]

LOCAL = re.compile(r"(?:[A-Za-z0-9_]|%[0-9A-Fa-f]{2})(?:[A-Za-z0-9_.-]|%[0-9A-Fa-f]{2})*(?<!\.)")
ELEMENT = re.compile(r"(.+[/#:])([A-Za-z_][A-Za-z0-9_.-]*)")
INVISIBLE = re.compile('["\\\\\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]')
JOINT = " ;\n    "
ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
BARE = {XSD.integer: re.compile("0|-?[1-9][0-9]*"), XSD.boolean: re.compile("true|false")}

SPARED = {str(RDF.type), *map(str, BARE)}
"""IRIs that Turtle and JSON-LD have a shorter word for."""


def serialise(graph: Graph, format: str) -> str:
    """Write a graph as ``turtle``, ``trig``, ``nt``, ``xml`` or ``json-ld``."""
    if format not in NOTATIONS:
        raise DataError(f"{format!r} is no notation of RDF that is written here.\nUse one of: {', '.join(NOTATIONS)}.")
    return NOTATIONS[format](graph)


def triples(graph: Graph) -> Iterator[Triple]:
    """The triples as they stand; a node without a name has no place in a file that is to be compared."""
    for subject, predicate, value in graph:
        if not (isinstance(subject, URIRef) and isinstance(predicate, URIRef) and isinstance(value, URIRef | Literal)):
            raise DataError(f"{subject.n3()} {predicate.n3()} {value.n3()}: a node without a name.\nGive it an IRI.")
        yield subject, predicate, value


def nested(graph: Graph, shown: Callable[[URIRef | Literal], str]) -> Iterator[tuple[URIRef, list[tuple[URIRef, list[URIRef | Literal]]]]]:
    """Gather the triples by subject, then by predicate, types first, the rest sorted as it is ``shown``."""

    def key(triple: Triple) -> tuple[str, bool, str, str]:
        subject, predicate, value = triple
        return subject, predicate != RDF.type, shown(predicate), shown(value)

    for subject, described in groupby(sorted(triples(graph), key=key), key=itemgetter(0)):
        yield subject, [(predicate, [value for _, _, value in group]) for predicate, group in groupby(described, key=itemgetter(1))]


def shortened(graph: Graph, iris: Iterable[str]) -> dict[str, str]:
    """The CURIE of every one of these IRIs that has one."""
    prefixes = {str(namespace): prefix for prefix, namespace in sorted(graph.namespaces(), reverse=True)}
    curies: dict[str, str] = {}
    for iri in set(iris):
        cut = max(iri.rfind("/"), iri.rfind("#")) + 1
        if iri[:cut] in prefixes and LOCAL.fullmatch(iri, cut):
            curies[iri] = f"{prefixes[iri[:cut]]}:{iri[cut:]}"
    return curies


def iris(graph: Graph) -> Iterator[str]:
    """Every IRI that is written, those of data types too."""
    for term in chain.from_iterable(graph):
        if isinstance(term, URIRef):
            yield str(term)
        elif isinstance(term, Literal) and term.datatype:
            yield str(term.datatype)


def used(graph: Graph, curies: dict[str, str]) -> dict[str, str]:
    """The prefixes that these CURIEs need."""
    needed = {curie.partition(":")[0] for curie in curies.values()}
    return {prefix: str(namespace) for prefix, namespace in sorted(graph.namespaces()) if prefix in needed}


def literal(value: Literal, curies: dict[str, str]) -> str:
    r"""Write a literal on one line, with what the eye cannot see made visible.

    >>> literal(Literal("two\nlines", lang="en"), {})
    '"two\\nlines"@en'
    """
    if value.language:
        return f"{quoted(value)}@{value.language}"
    if not value.datatype or value.datatype == XSD.string:
        return quoted(value)
    return f"{quoted(value)}^^{curies.get(str(value.datatype), f'<{value.datatype}>')}"


def quoted(text: str) -> str:
    """Write text in quotation marks, on one line."""
    return f'"{INVISIBLE.sub(_escape, text)}"'


def _escape(match: re.Match[str]) -> str:
    return ESCAPES.get(match[0], f"\\u{ord(match[0]):04X}")


def is_bare(value: Literal) -> bool:
    """Whether a literal needs neither quotation marks nor a type: 98, true."""
    return value.datatype in BARE and bool(BARE[value.datatype].fullmatch(value))


def shower(curies: dict[str, str]) -> Callable[[URIRef | Literal], str]:
    """How a term is written in Turtle, or in N-Triples if there are no CURIEs."""

    def shown(term: URIRef | Literal) -> str:
        if isinstance(term, URIRef):
            return curies.get(str(term), f"<{term}>")
        return str(term) if curies and is_bare(term) else literal(term, curies)

    return shown


def turtle(graph: Graph) -> str:
    """Write Turtle for people: one property a line, a type first."""
    head = heading({prefix: str(namespace) for prefix, namespace in graph.namespaces()})
    return "".join([head, *(text for _, text in blocks(graph))])


def blocks(graph: Graph) -> Iterator[tuple[str, str]]:
    """Every subject of a graph with its block of Turtle, in order."""
    curies = shortened(graph, set(iris(graph)) - SPARED)
    shown = shower(curies)
    told: dict[URIRef, list[tuple[str, str]]] = {}
    for subject, predicate, value in triples(graph):
        told.setdefault(subject, []).append(("a" if predicate == RDF.type else shown(predicate), shown(value)))
    for subject in sorted(told):
        yield str(subject), block(shown(subject), told[subject])


def heading(prefixes: Mapping[str, str]) -> str:
    """The prefixes of a Turtle file."""
    return "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in sorted(prefixes.items()))


def block(subject: str, properties: Iterable[tuple[str, str]]) -> str:
    """All that is said of a subject, in Turtle: a predicate is told once, types first, each with its objects in order.

    >>> print(block("event:1", [("kg:source", '"b"'), ("a", "kg:Event"), ("kg:source", '"a"')]).strip())
    event:1 a kg:Event ;
        kg:source "a" , "b" .
    """
    told: dict[str, set[str]] = {}
    for predicate, value in properties:
        told.setdefault(predicate, set()).add(value)
    types = told.pop("a", None)
    lines = [f"a {_objects(types)}"] if types else []
    lines += [f"{predicate} {_objects(values)}" for predicate, values in sorted(told.items(), key=itemgetter(0))]
    return f"\n{subject} {JOINT.join(lines)} .\n"


def _objects(values: set[str]) -> str:
    return " , ".join(sorted(values))


def ntriples(graph: Graph) -> str:
    """Write N-Triples, one line a triple."""
    shown = shower({})
    return "".join(sorted(f"{shown(s)} {shown(p)} {shown(o)} .\n" for s, p, o in triples(graph)))


def xml(graph: Graph) -> str:
    """Write RDF/XML; characters that XML forbids become U+FFFD."""

    def element(predicate: URIRef, value: URIRef | Literal) -> str:
        parts = ELEMENT.fullmatch(predicate)
        if not parts:
            raise DataError(f"<{predicate}> cannot be written in RDF/XML.\nUse a property whose name begins with a letter, or Turtle.")
        curie = curies.get(str(predicate), "")
        tag = f"{curie.partition(':')[0]}:{parts[2]}" if curie.endswith(f":{parts[2]}") else parts[2]
        opening = tag if ":" in tag else f"{tag} xmlns={quoteattr(parts[1])}"
        if isinstance(value, URIRef):
            return f"    <{opening} rdf:resource={quoteattr(value)}/>\n"
        kind = f" xml:lang={quoteattr(value.language)}" if value.language else ""
        if value.datatype and value.datatype != XSD.string:
            kind = f" rdf:datatype={quoteattr(value.datatype)}"
        content = escape(NOT_XML.sub("\ufffd", value), {"\r": "&#13;"})
        return f"    <{opening}{kind}>{content}</{tag}>\n"

    curies = shortened(graph, map(str, graph.predicates(unique=True)))
    bindings = "".join(f"\n    xmlns:{p}={quoteattr(n)}" for p, n in ({"rdf": str(RDF)} | used(graph, curies)).items())
    lines = ['<?xml version="1.0" encoding="UTF-8"?>\n', f"<rdf:RDF{bindings}>\n"]
    for subject, properties in nested(graph, shower(curies)):
        lines.append(f"  <rdf:Description rdf:about={quoteattr(subject)}>\n")
        lines.extend(element(predicate, value) for predicate, objects in properties for value in objects)
        lines.append("  </rdf:Description>\n")
    return "".join(lines) + "</rdf:RDF>\n"


def jsonld(graph: Graph) -> str:
    """Write JSON-LD: one object a node, with the prefixes as its context."""
    curies = shortened(graph, set(iris(graph)) - SPARED)

    def value(term: URIRef | Literal) -> Any:
        if isinstance(term, URIRef):
            return {"@id": curies.get(str(term), str(term))}
        if term.language:
            return {"@value": str(term), "@language": term.language}
        if is_bare(term):
            return json.loads(term)
        if term.datatype and term.datatype != XSD.string:
            return {"@value": str(term), "@type": curies.get(str(term.datatype), str(term.datatype))}
        return str(term)

    nodes: list[dict[str, Any]] = []
    for subject, properties in nested(graph, shower(curies)):
        node: dict[str, Any] = {"@id": curies.get(str(subject), str(subject))}
        for predicate, objects in properties:
            if predicate == RDF.type:
                node["@type"] = [curies.get(str(kind), str(kind)) for kind in objects]
            else:
                node[curies.get(str(predicate), str(predicate))] = [value(term) for term in objects]
        nodes.append(node)
    return json.dumps({"@context": used(graph, curies), "@graph": nodes}, ensure_ascii=False, indent=1) + "\n"


NOTATIONS: dict[str, Callable[[Graph], str]] = {"turtle": turtle, "trig": turtle, "nt": ntriples, "xml": xml, "json-ld": jsonld}
