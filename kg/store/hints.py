"""Remarks on a question: a term that the graph does not know, a variable that is bound nowhere. They never refuse it.

An empty answer may be the truth. Who misspelt a term gets the same one, and would take it for knowledge.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches

from kg.graph import prefixes
from kg.model import DataError
from kg.store.answers import Answer
from kg.store.guard import OTHER

Ask = Callable[[str], Answer]

PROLOGUE = re.compile(r"\b(?:prefix\s+([\w.-]*):|base)\s*<([^<>]*)>", re.IGNORECASE)
APART = re.compile(r"\bconstruct\s*\{[^{}]*\}|\b(?:from(?:\s+named)?|graph)\s*(?:<[^<>]*>|[\w.-]*:[\w.-]*)", re.IGNORECASE)
"""What names something that need not be in the graph: what is to be made, and graphs."""
TERM = re.compile(
    r"(?<![\w?$@])(?P<type>\^\^\s*)?(?:<(?P<iri>[^<>]*)>|(?P<prefix>[A-Za-z][\w.-]*|):(?P<local>[\w%][\w%.-]*|))(?P<call>\s*\()?"
)
VARIABLE = re.compile(r"[?$](\w+)")
NAMED = re.compile(r"\bas\s*[?$]\w+", re.IGNORECASE)
SELECT = re.compile(r"\bselect\b([^{]*)\{(.*)", re.IGNORECASE | re.DOTALL)
DATATYPES = "http://www.w3.org/2001/XMLSchema#"
KNOWN = "SELECT DISTINCT ?x {{ VALUES ?x {{ {terms} }} FILTER (EXISTS {{ ?x ?p ?o }} || EXISTS {{ ?s ?x ?o }} || EXISTS {{ ?s ?p ?x }}) }}"
VOCABULARY = """SELECT DISTINCT ?term {
  { ?term rdfs:isDefinedBy ?whole }
  UNION { SELECT (?p AS ?term) { ?s ?p ?o } LIMIT 50000 }
  UNION { SELECT ?term { ?s a ?term } LIMIT 50000 }
}"""
"""The terms of the ontology, and those of others, as far as a part of the graph has them."""
ACTORS = "SELECT ?term { ?term a kg:Actor }"
MOST, LONGEST = 30, 20_000
"""Terms that are looked up, and letters of a question that is looked at."""
NEAR, LIKE = 2, 0.6
EMPTY = frozenset({"", "0"})


def is_empty(answer: Answer) -> bool:
    """Tell whether an answer says nothing: no row, no triple, a no, or a count of nothing."""
    if answer.kind == "ask":
        return not answer.boolean
    return not answer.terms or (len(answer.terms) == 1 and set(answer.rows[0]) <= EMPTY)


def remarks(sparql: str, ask: Ask, base: str, *, empty: bool) -> list[str]:
    """What may be wrong with a question that the engine has understood; ``empty`` if its answer says nothing."""
    if len(sparql) > LONGEST:
        return []
    text = OTHER.sub(lambda found: found[0] if found[0][0] == "<" else " ", sparql)
    found = list(unbound(OTHER.sub(" ", text)))
    if empty:
        try:
            found += unknown(text, ask, base)
        except DataError:  # a question about the question that cannot be answered is no news
            return found
    return found


def unbound(text: str) -> Iterator[str]:
    """Variables that are selected, and stand nowhere else."""
    parts = SELECT.search(text)
    if not parts:
        return
    there = set(VARIABLE.findall(parts[2]))
    made = {name.rpartition("?")[2].rpartition("$")[2] for name in NAMED.findall(parts[1])}
    for name in dict.fromkeys(VARIABLE.findall(parts[1])):
        if name not in there | made:
            near = get_close_matches(name, sorted(there), 1, LIKE)
            yield f"?{name} is selected, but bound nowhere{f'; nearest: ?{near[0]}' if near else ''}."


def unknown(text: str, ask: Ask, base: str) -> Iterator[str]:
    """Terms that the graph does not speak of, each with those that are spelled nearly so."""
    known = prefixes(base)
    asked = dict(list(terms_in(text, known))[:MOST])
    if not asked:
        return
    there = {str(row[0])[1:-1] for row in ask(KNOWN.format(terms=" ".join(f"<{iri}>" for iri in asked))).terms}
    missing = {iri: name for iri, name in asked.items() if iri not in there}
    if not missing:
        return
    queries = (VOCABULARY, ACTORS) if any(iri.startswith(known["actor"]) for iri in missing) else (VOCABULARY,)
    terms = [str(row[0])[1:-1] for query in queries for row in ask(query).terms]
    for iri, name in missing.items():
        cut = max(iri.rfind("#"), iri.rfind("/")) + 1
        space, local = iri[:cut], iri[cut:]
        near = get_close_matches(local, sorted({one[cut:] for one in terms if one.startswith(space)}), NEAR, LIKE)
        begin = name.removesuffix(local) if name.endswith(local) else space
        hint = f"; nearest: {', '.join(begin + one for one in near)}" if near else ""
        yield f"{name} is in neither the graph nor the ontology{hint}."


def terms_in(text: str, known: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The IRIs that a question without strings and comments speaks of, each as it is written there."""
    declared = dict(known) | {found[1]: found[2] for found in PROLOGUE.finditer(text) if found[1] is not None}
    for found in TERM.finditer(APART.sub(" ", PROLOGUE.sub(" ", text))):
        if found["type"] or found["call"]:
            continue
        iri = found["iri"] if found["iri"] is not None else declared.get(found["prefix"], "") + found["local"].rstrip(".")
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s\"{}|^`\\]+\Z", iri) and not iri.startswith(DATATYPES):
            yield iri, found[0].strip().rstrip(".")
