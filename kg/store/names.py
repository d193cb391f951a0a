"""Finds whom or what a name means in a graph, by asking the graph itself."""

import re
from collections.abc import Callable
from difflib import get_close_matches

from pyoxigraph import Literal, NamedNode

from kg.graph import expand, prefixes
from kg.model import DataError
from kg.store.answers import Answer

CLASSES = {"ACTOR": "kg:Actor", "ACTION": "skos:Concept"}
WORDS = {"ACTOR": "actor", "ACTION": "action"}
LOOKUP = """
PREFIX kg: <https://w3id.org/actor-kg/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?it ?label (MIN(?place - IF(STR(?name) = {wanted}, 1, 0)) AS ?rank) WHERE {{
  VALUES (?part ?place) {{ (skos:prefLabel 2) (skos:altLabel 4) (kg:code 6) (kg:ploverType 6) }}
  ?it ?part ?name .
  FILTER (LCASE(STR(?name)) = LCASE({wanted}))
  ?it a {kind} ; skos:prefLabel ?label .
}} GROUP BY ?it ?label ORDER BY ?rank ?it
"""
NAMED = """
PREFIX kg: <https://w3id.org/actor-kg/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?it ?label WHERE {{ VALUES ?it {{ {it} }} ?it a {kind} ; skos:prefLabel ?label }}
"""
LABELS = """
PREFIX kg: <https://w3id.org/actor-kg/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?name WHERE {{ ?it a {kind} ; skos:prefLabel|skos:altLabel ?name }}
"""
NEAR = 5

Ask = Callable[[str], Answer]


def find(text: str, kind: str, ask: Ask) -> NamedNode:
    """Find an ``ACTOR`` or ``ACTION`` by IRI, CURIE, label, other name, code or what follows the prefix, in this order.

    Case does not count, unless two differ in nothing else. Raises DataError that lists those who may be meant, or
    names that are nearly the same.
    """
    wanted = " ".join(text.split())
    try:
        answer = ask(LOOKUP.format(wanted=Literal(wanted), kind=CLASSES[kind]))
    except ValueError as error:
        raise DataError(f"{text!r} is no text.\nWrite it in UTF-8.") from error
    for iri in (named(wanted, answer.base), None if answer.rows else named(f"{WORDS[kind]}:{wanted}", answer.base)):
        if iri is not None and len(ask(NAMED.format(it=iri, kind=CLASSES[kind]))):
            return iri
    if not answer.rows:
        raise DataError(f"No {WORDS[kind]} is called {text!r}.\n{advice(wanted, kind, ask)}")
    best = [row for row in answer.rows if row[2] == answer.rows[0][2]]
    found = answer.terms[0][0]
    if len(best) > 1 or not isinstance(found, NamedNode):
        several = "; ".join(f"{it} ({label})" for it, label, _ in best)
        raise DataError(f"{text!r} may be more than one {WORDS[kind]}.\nName one of: {several}.")
    return found


def named(text: str, base: str) -> NamedNode | None:
    """The IRI that a text is: written out, in angle brackets, or with a prefix of ours; nothing if it is a mere name."""
    known = prefixes(base)
    try:
        if re.fullmatch(r"<[^<>]+>|[a-z]+://\S+", text):
            return NamedNode(text.strip("<>"))
        return NamedNode(str(expand(text, known))) if text.partition(":")[0] in known and ":" in text else None
    except ValueError:
        return None


def advice(text: str, kind: str, ask: Ask) -> str:
    """Names that are nearly the same, or how to see which there are."""
    names = {name.casefold(): name for (name,) in ask(LABELS.format(kind=CLASSES[kind])).rows}
    near = [names[one] for one in get_close_matches(text.casefold().rpartition(":")[2].replace("-", " "), names, NEAR, 0.7)]
    if near:
        return f"Nearly the same: {', '.join(near)}."
    return f"kg query {'actors-most-active' if kind == 'ACTOR' else 'actions-used'} lists those of this graph."
