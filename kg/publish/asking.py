"""Asks a store on another machine what ``kg query`` asks ours, and brings the answer in the same form."""

import re

from kg.graph import BASE, prefixes
from kg.model import DataError
from kg.publish.settling import settled
from kg.publish.web import ANYBODY, Address, Login, send
from kg.store import Answer, Form, read_answer, words_of

RESULTS = "application/sparql-results+json"
TRIPLES = "application/n-triples"
TIME_LIMIT = 60.0  # seconds
PROLOGUE = re.compile(r"(?:\s+|#[^\r\n]*|(?:base|prefix\s+[^\s<]*:)\s*<[^>]*>)*", re.IGNORECASE)
FORMS: dict[Form, str] = {"select": RESULTS, "ask": RESULTS, "construct": TRIPLES, "describe": TRIPLES}
EVENT = "SELECT ?event WHERE { ?event a <https://w3id.org/actor-kg/ontology#Event> } LIMIT 1"


def ask_endpoint(url: str, sparql: str, *, graph: str = "", login: Login = ANYBODY, limit: float = TIME_LIMIT) -> Answer:
    """Answer a question at a SPARQL 1.1 endpoint, within ``limit`` seconds. Raises DataError.

    ``graph`` is the named graph that is asked; otherwise the endpoint's own default. Our prefixes need no declaration.
    """
    address = Address(url, login)
    form = form_of(sparql)
    base = base_at(address, graph, limit)
    body = ask(address, f"{declared(sparql, base)}{settled(sparql)}", FORMS[form], graph, limit)
    return read_answer(form, body, sparql, base=base, url=url)


def ask(address: Address, sparql: str, accept: str, graph: str, limit: float) -> bytes:
    """Post a question as a form: Virtuoso 7.2 never answers one that is posted as it is."""
    form = {"query": sparql} | ({"default-graph-uri": graph} if graph else {})
    reply = send(address, form, limit=limit, headers={"Accept": accept})
    refuse_cut(address.url, sparql, reply.headers.get("X-SPARQL-MaxRows", ""))
    return reply.body


def refuse_cut(url: str, sparql: str, most: str) -> None:
    """Refuse an answer that Virtuoso says it cut after ``most`` rows, unless no more were asked for."""
    wanted = re.findall(r"\blimit\s+(\d+)", words_of(sparql), re.IGNORECASE)
    if most.isdecimal() and not any(int(number) <= int(most) for number in wanted[-1:]):
        raise DataError(f"{url}: the endpoint cuts answers after {most} rows.\nAsk in parts: ORDER BY, LIMIT {most} and OFFSET.")


def form_of(sparql: str) -> Form:
    """What is asked for: ``select``, ``ask``, ``construct`` or ``describe``. Raises DataError if nothing is.

    >>> form_of("# Who? select\\nPREFIX a: <http://select.example/>\\nASK { ?who a a:Actor }")
    'ask'
    """
    begun = PROLOGUE.match(sparql)
    rest = sparql[begun.end() if begun else 0 :]
    for form in FORMS:
        if re.match(rf"{form}\b", rest, re.IGNORECASE):
            return form
    raise DataError(f"The question begins with {rest[:20]!r}.\nA graph elsewhere can be asked with SELECT, ASK, CONSTRUCT or DESCRIBE.")


def declared(sparql: str, base: str) -> str:
    """The declarations of our prefixes that a question uses without its own, on one line.

    >>> declared("ASK { ?event a kg:Event }", BASE)
    'PREFIX kg: <https://w3id.org/actor-kg/ontology#> '
    """
    own = {name.lower() for name in re.findall(r"\bprefix\s+([\w.-]*):", words_of(sparql), re.IGNORECASE)}
    missing = {name: iri for name, iri in prefixes(base).items() if f"{name}:" in sparql and name.lower() not in own}
    return "".join(f"PREFIX {name}: <{iri}> " for name, iri in sorted(missing.items()))


def base_at(address: Address, graph: str, limit: float) -> str:
    """The base that the events of an endpoint are named under."""
    found = read_answer("select", ask(address, EVENT, RESULTS, graph, limit), EVENT, url=address.url)
    event = str(found.terms[0][0]).strip("<>") if found.terms else ""
    base = event.rpartition("event/")[0]
    return base if base.endswith(("/", "#")) else BASE
