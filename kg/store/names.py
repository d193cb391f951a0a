"""Finds whom or what a name means in a graph, by asking the graph itself."""

import re
from collections.abc import Callable, Mapping
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
SELECT DISTINCT ?name ?it WHERE {{ ?it a {kind} ; skos:prefLabel|skos:altLabel ?name }}
"""
NEAR = 5
LIKE = 0.7
STEM = 5
"""Letters of a word that make it much the same as another: "strikes" and "striking"."""
THERE = {
    "PLACE": "PREFIX kg: <https://w3id.org/actor-kg/ontology#> SELECT DISTINCT ?it WHERE { ?event kg:place ?it }",
    "TYPE": "PREFIX kg: <https://w3id.org/actor-kg/ontology#> SELECT DISTINCT ?it WHERE { ?who kg:actorType ?it }",
}
"""What there is of each kind that is named by a mere text."""

Ask = Callable[[str], Answer]
Meant = Callable[[str], str]
"""Whom a name means that the graph itself does not know, as a CURIE: adjectives and seats of government stand in tables. Empty: nobody."""


def find(text: str, kind: str, ask: Ask, meant: Meant = lambda _: "") -> NamedNode:
    """Find an ``ACTOR`` or ``ACTION`` by IRI, CURIE, label, other name, code or what follows the prefix, in this order; then by ``meant``.

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
        other = meant(wanted) if kind == "ACTOR" else ""
        iri = named(other, answer.base)
        if iri is not None and len(ask(NAMED.format(it=iri, kind=CLASSES[kind]))):
            return iri
        absent = f"That is {other}, of whom this graph says nothing. " if other else ""
        raise DataError(f"No {WORDS[kind]} is called {text!r}.\n{absent}{advice(wanted, kind, ask)}")
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
    names: dict[str, str] = {}
    for name, it in ask(LABELS.format(kind=CLASSES[kind])).rows:
        names.setdefault(name.casefold(), name)
        if kind == "ACTION":  # an identifier may say plainly what a label paraphrases
            names.setdefault(it.rpartition(":")[2].replace("-", " "), name)
    near = nearest(text.rpartition(":")[2].replace("-", " "), names)
    if near:
        return f"Nearly the same: {', '.join(near)}."
    return f"kg query {'actors-most-active' if kind == 'ACTOR' else 'actions-used'} lists those of this graph."


def nearest(text: str, names: Mapping[str, str]) -> list[str]:
    """The names, by their lower-case forms, that are spelled nearly so; then those that share most words with it."""
    wanted = text.casefold()
    near = [names[one] for one in get_close_matches(wanted, names, NEAR, LIKE)]
    stems = {word[:STEM] for word in wanted.split() if len(word) >= STEM - 1}
    shared = ((len(stems & {word[:STEM] for word in one.split()}), one) for one in names)
    near += [names[one] for count, one in sorted((found for found in shared if found[0]), key=lambda found: (-found[0], found[1]))]
    return [*dict.fromkeys(near)][:NEAR]


def there(text: str, kind: str, ask: Ask) -> str:
    """A ``PLACE`` by words in its name, or a ``TYPE`` of actor, if there is one in the graph. Raises DataError that says what there is."""
    known = sorted(row[0] for row in ask(THERE[kind]).rows)
    if kind == "PLACE":
        if any(text.lower() in one.lower() for one in known):
            return text
        near = nearest(text, {one.casefold(): one for one in known})
        hint = f"Nearly the same: {', '.join(near)}." if near else "kg query places-for-a-map lists those of this graph."
        raise DataError(f"No place of this graph has {text!r} in its name.\n{hint}")
    if text.lower() in known:
        return text.lower()
    raise DataError(f"No actor of this graph is of the type {text!r}.\nThere are: {', '.join(known) or 'none'}.")
