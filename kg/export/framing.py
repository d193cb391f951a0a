"""JSON-LD framed by event: one object an event, in which its statements, articles, actors and conflicts stand."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rdflib import RDF, XSD, Literal, URIRef
from rdflib import Graph as RDFGraph
from rdflib.term import Node

from kg.build import Graph
from kg.notation import literal
from kg.ontology import KG, PREFIXES

NESTED = frozenset({KG.actor, KG.target, KG.attributedTo, KG.side, URIRef("http://www.w3.org/ns/prov#wasQuotedFrom")})
"""What stands whole in its place; everybody else is named."""
BACK = {KG.Statement: "statements", KG.Conflict: "conflicts"}


@dataclass(frozen=True)
class Words:
    """The words of a context: its prefixes, and for each IRI the word and the type of its values, empty if none is agreed."""

    spaces: Mapping[str, str]
    words: Mapping[str, tuple[str, str]]
    base: str

    def short(self, iri: str) -> str:
        """A class or predicate, in these words."""
        curies = (f"{prefix}:{iri.removeprefix(space)}" for prefix, space in self.spaces.items() if iri.startswith(space))
        return self.words[iri][0] if iri in self.words else next(curies, iri)

    def name(self, iri: Node) -> str:
        """A thing, without the base."""
        return str(iri).removeprefix(self.base)


def words_of(context: Mapping[str, Any], base: str) -> Words:
    """Turn a context round."""
    spaces = {name: iri for name, iri in context.items() if isinstance(iri, str) and iri.endswith(("/", "#"))}
    words: dict[str, tuple[str, str]] = {}
    for word, meaning in context.items():
        about = meaning if isinstance(meaning, dict) else {"@id": str(meaning)}
        if word[0] != "@" and word not in spaces and about.get("@id", "@")[0] != "@":
            words.setdefault(_whole(about["@id"], spaces), (word, _whole(about.get("@type", ""), spaces)))
    return Words(spaces, words, base)


def _whole(curie: str, spaces: Mapping[str, str]) -> str:
    prefix, _, local = curie.partition(":")
    return spaces[prefix] + local if prefix in spaces else curie


def framed(graph: Graph) -> str:
    """Write a graph so; the context is in it."""
    context = json.loads((graph.ontology.folder / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    words, rdf = words_of(context, graph.base), graph.rdf
    events = sorted(rdf.subjects(RDF.type, KG.Event), key=str)
    told = {"@context": {**context, "@base": graph.base}, "@graph": [_event(event, rdf, words) for event in events]}
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _event(event: Node, rdf: RDFGraph, words: Words) -> dict[str, Any]:
    """An event with all that speaks of it."""
    node = _node(event, rdf, words)
    for kind, word in BACK.items():
        about = sorted((one for one in rdf.subjects(KG.event, event) if (one, RDF.type, kind) in rdf), key=str)
        if about:
            node[word] = [_node(one, rdf, words) for one in about]
    return node


def _node(subject: Node, rdf: RDFGraph, words: Words) -> dict[str, Any]:
    """What is said of a node, but for the event that it stands in, and for direct edges."""
    said: dict[str, list[Node]] = {}
    for predicate, value in rdf.predicate_objects(subject):
        if predicate != KG.event and not str(predicate).startswith(PREFIXES["relation"]):
            said.setdefault(str(predicate), []).append(value)
    types = sorted(words.short(str(kind)) for kind in said.pop(str(RDF.type), ()))
    about = {words.short(predicate): _values(predicate, values, rdf, words) for predicate, values in sorted(said.items())}
    return {"id": words.name(subject), **({"type": types} if types else {}), **about}


def _values(predicate: str, values: Iterable[Node], rdf: RDFGraph, words: Words) -> Any:
    ordered = sorted(values, key=lambda value: literal(value, {}) if isinstance(value, Literal) else str(value))
    told = [_literal(predicate, one, words) if isinstance(one, Literal) else _thing(predicate, one, rdf, words) for one in ordered]
    return told if len(told) > 1 else told[0]


def _thing(predicate: str, thing: Node, rdf: RDFGraph, words: Words) -> Any:
    if URIRef(predicate) in NESTED:
        return _node(thing, rdf, words)
    return words.name(thing) if words.words.get(predicate, ("", ""))[1] == "@id" else {"@id": words.name(thing)}


def _literal(predicate: str, value: Literal, words: Words) -> Any:
    """A literal; one of the type that the context tells, or text where it tells none, is bare."""
    agreed = words.words.get(predicate, ("", ""))[1]
    if value.language:
        return {"@value": str(value), "@language": value.language}
    datatype = str(value.datatype or XSD.string)
    if datatype == (agreed or str(XSD.string)):
        return str(value)
    if value.datatype in (XSD.integer, XSD.boolean) and not agreed:
        return value.toPython()
    return {"@value": str(value), "@type": datatype}
