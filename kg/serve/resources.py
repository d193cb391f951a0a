"""Each IRI of the graph under its own path: which IRI a path means, which path an IRI has, and what is asked about it."""

import re
from collections.abc import Sequence
from urllib.parse import quote, unquote, urlsplit

from kg.graph import prefixes
from kg.store.endpoint import IRI

VOCABULARY = prefixes()["kg"].rpartition("/")[0]
OURS = frozenset({"", "assets", "health", "metrics", "network.html", "ontology", "query", "ready", "resource", "sparql"})
"""First parts of paths that are not of the graph."""
MOST_MENTIONS = 2000
MOST_SENTENCES = 100
ENDS = 4
"""Words at either end of a sentence that find it in an article."""


def roots(base: str) -> tuple[str, ...]:
    """What may stand before a path: the host of the base, the folder that ``id/`` is in, and where the vocabulary lives.

    >>> roots("https://example.org/kg/id/")
    ('https://example.org', 'https://example.org/kg', 'https://w3id.org/actor-kg')
    """
    parts = urlsplit(base)
    home = base.rstrip("/#").removesuffix("/id") if parts.path.endswith("/id/") else base.rstrip("/#")
    return tuple(dict.fromkeys((f"{parts.scheme}://{parts.netloc}", home, VOCABULARY)))


def candidates(path: str, base: str) -> list[str]:
    """The IRIs that a path, as it came over the wire, can mean."""
    spelled = (
        path,
        re.sub("%[0-9a-f]{2}", lambda code: code[0].upper(), path),
        unquote(path),
        quote(unquote(path), safe="/:@!$&'()*+,;=~"),
    )
    found = dict.fromkeys(root + way for root in roots(base) for way in spelled)
    return [iri for iri in found if IRI.fullmatch(iri)]


def path_of(iri: str, base: str) -> str:
    """Where an IRI of the graph is found here.

    >>> path_of("https://w3id.org/actor-kg/id/actor/iran", "https://w3id.org/actor-kg/id/")
    '/id/actor/iran'
    >>> path_of("https://w3id.org/actor-kg/ontology#Event", "https://example.org/"), path_of("https://example.org/query", "https://example.org/")
    ('/ontology#Event', '/resource?iri=https%3A%2F%2Fexample.org%2Fquery')
    """
    if iri.startswith(f"{VOCABULARY}/ontology#"):
        return iri.removeprefix(VOCABULARY)
    for root in sorted(roots(base), key=len, reverse=True):
        path = iri.removeprefix(root)
        parts = path.split("/")
        if path != iri and parts[0] == "" and parts[1] not in OURS and not {"", ".", ".."} & set(parts[1:]) and not set("#?") & set(path):
            return path
    return f"/resource?iri={quote(iri, safe='')}"


def link(iri: str, base: str) -> str:
    """Where a link to an IRI leads: to its page here if it is one of ours, else out if that is the web; nowhere for anything else."""
    if any(iri.startswith(root + "/") for root in roots(base)):
        return path_of(iri, base)
    return iri if re.match(r"https?://[^\s\\]", iri) else ""


def term(iri: str) -> str:
    """An IRI as it stands in a query. Raises ValueError for what is none, so that nothing else gets into the query."""
    if not IRI.fullmatch(iri):
        raise ValueError(f"{iri!r} is no IRI")
    return f"<{iri}>"


def which_exist(iris: Sequence[str]) -> str:
    """Asks which of some IRIs the graph speaks of."""
    values = " ".join(map(term, iris))
    return f"SELECT ?x {{ VALUES ?x {{ {values} }} FILTER (EXISTS {{ ?x ?p ?o }} || EXISTS {{ ?s ?q ?x }}) }}"


def describing(iri: str) -> str:
    """Asks for what is said of something, and for where it is mentioned."""
    about = term(iri)
    return (
        f"CONSTRUCT {{ {about} ?p ?o . ?s ?q {about} }} "
        f"WHERE {{ {{ {about} ?p ?o }} UNION {{ SELECT ?s ?q {{ ?s ?q {about} }} LIMIT {MOST_MENTIONS} }} }}"
    )


def properties(iri: str) -> str:
    """Asks for what is said of something, in order, with the labels of what it is related to."""
    return (
        f"SELECT ?property ?value (SAMPLE(?name) AS ?label) {{ {term(iri)} ?property ?value "
        "OPTIONAL { ?value skos:prefLabel ?preferred } OPTIONAL { ?value rdfs:label ?plain } OPTIONAL { ?value schema:headline ?headline } "
        "BIND (COALESCE(?preferred, ?plain, ?headline) AS ?name) } GROUP BY ?property ?value ORDER BY ?property ?value"
    )


def sentences(iri: str, base: str) -> str:
    """Asks for the sentences that speak of something, newest first (those of an article in its order), with speaker and article."""
    about = term(iri)
    ways = [f"VALUES ?statement {{ {about} }}", f"{about} kg:statement|(kg:side/kg:statement) ?statement"]
    parts = ("kg:event", "kg:actor", "kg:target", "kg:action", "kg:attributedTo", "prov:wasQuotedFrom")
    ways += [f"?statement {part} {about}" for part in parts]
    order = "?start" if iri.startswith(f"{base}document/") else "DESC(?date)"
    return (
        "SELECT DISTINCT ?statement ?quote ?modality ?reading ?date ?speaker ?said_by ?document ?headline ?published ?url { { "
        + " } UNION { ".join(ways)
        + " } ?statement kg:quote ?quote ; kg:modality ?modality ; prov:wasQuotedFrom ?document . "
        "OPTIONAL { ?modality rdfs:label ?reading } OPTIONAL { ?statement kg:start ?start } "
        "OPTIONAL { ?statement kg:attributedTo ?speaker . ?speaker skos:prefLabel ?said_by } "
        "OPTIONAL { ?statement kg:edtf ?when } OPTIONAL { ?document schema:headline ?headline } "
        "OPTIONAL { ?document schema:datePublished ?published } OPTIONAL { ?document schema:url ?url } "
        f"BIND (STR(?when) AS ?date) }} ORDER BY {order} ?statement ?said_by LIMIT {MOST_SENTENCES}"
    )


def events(iri: str) -> str:
    """Asks for what somebody, or who is part of them, did or suffered, or for the events of an action: newest first, with numbers."""
    about = term(iri)
    ways = [f"?side kg:partOf* {about} . ?event {part} ?side" for part in ("kg:actor", "kg:target")] + [f"?event kg:action {about}"]
    return (
        "SELECT ?event ?date ?who ?actor ?action ?whom ?target ?place ?sources "
        '(GROUP_CONCAT(DISTINCT ?number; separator="; ") AS ?numbers) (COUNT(DISTINCT ?conflict) AS ?disputes) { '
        "{ SELECT DISTINCT ?event ?date { { " + " } UNION { ".join(ways) + " } "
        "FILTER EXISTS { ?event a kg:Event ; kg:modality kg:asserted } "  # a pattern would be read from its own end, for all events
        "OPTIONAL { ?event kg:edtf ?when } BIND (STR(?when) AS ?date) } "
        f"ORDER BY DESC(?date) ?event LIMIT {MOST_SENTENCES} }} "
        "?event kg:action/skos:prefLabel ?action . "
        "OPTIONAL { ?event kg:actor ?who . ?who skos:prefLabel ?actor } OPTIONAL { ?event kg:target ?whom . ?whom skos:prefLabel ?target } "
        "OPTIONAL { ?event kg:place ?place } OPTIONAL { ?event kg:sources ?sources } "
        "OPTIONAL { ?conflict kg:event ?event ; a kg:Conflict } "
        "OPTIONAL { ?statement kg:event ?event ; kg:modality kg:asserted ; kg:quantityText ?number } "
        "} GROUP BY ?event ?date ?who ?actor ?action ?whom ?target ?place ?sources ORDER BY DESC(?date) ?event"
    )


def numbers(iri: str) -> str:
    """Asks for the numbers that are told of an event, each with who says so and in which article."""
    return (
        "SELECT DISTINCT ?number ?statement ?speaker ?said_by ?document ?headline { "
        f"?statement kg:event {term(iri)} ; kg:quantityText ?number ; prov:wasQuotedFrom ?document . "
        "OPTIONAL { ?statement kg:attributedTo ?speaker . ?speaker skos:prefLabel ?said_by } "
        f"OPTIONAL {{ ?document schema:headline ?headline }} }} ORDER BY ?number ?document ?statement ?said_by LIMIT {MOST_SENTENCES}"
    )


def disputes(iri: str) -> str:
    """Asks for where sources disagree about an event, or about what somebody did or what was done to them: a row for each side."""
    about = term(iri)
    return (
        """SELECT ?conflict ?property ?event ?side (GROUP_CONCAT(DISTINCT ?value; separator="; ") AS ?values)
        (GROUP_CONCAT(DISTINCT ?article; separator="; ") AS ?articles) { """
        f"{{ VALUES ?conflict {{ {about} }} }} UNION {{ ?conflict kg:event {about} }} "
        f"UNION {{ ?party kg:partOf* {about} . ?about kg:actor|kg:target ?party . ?conflict kg:event ?about }} "
        "?conflict a kg:Conflict ; kg:event ?event ; kg:property ?property ; kg:side ?side . ?side kg:value ?value . "
        "OPTIONAL { ?side kg:statement/prov:wasQuotedFrom ?document . OPTIONAL { ?document schema:headline ?headline } "
        "BIND (COALESCE(?headline, STR(?document)) AS ?article) } "
        f"}} GROUP BY ?conflict ?property ?event ?side ORDER BY ?conflict ?side LIMIT {MOST_SENTENCES}"
    )


def passage(url: str, sentence: str) -> str:
    """A link to a sentence of an article on the web, which browsers scroll to and mark; nothing for what is no web address.

    >>> passage("https://news.example/a", "Iran, it said, fired about 180 missiles at Israel on October 1.")
    'https://news.example/a#:~:text=Iran%2C%20it%20said%2C%20fired,Israel%20on%20October%201.'
    >>> passage("javascript:alert(1)", "They met.")
    ''
    """
    if not re.match(r"https?://[^\s\\]", url, re.IGNORECASE):
        return ""
    words = sentence.split()
    ends = [words] if len(words) < 2 * ENDS else [words[:ENDS], words[-ENDS:]]
    text = ",".join(quote(" ".join(part), safe="").replace("-", "%2D") for part in ends)
    return f"{url}{'' if '#' in url else '#'}:~:text={text}"


VOCABULARY_TERMS = (
    "SELECT ?term (SAMPLE(?name) AS ?label) (SAMPLE(?meaning) AS ?definition) (SAMPLE(?boundary) AS ?note) "
    "(SAMPLE(?sentence) AS ?example) (SAMPLE(?wider) AS ?broader) { ?term rdfs:isDefinedBy ?whole "
    "OPTIONAL { ?term skos:prefLabel|rdfs:label ?name } OPTIONAL { ?term skos:definition|rdfs:comment ?meaning } "
    "OPTIONAL { ?term skos:scopeNote ?boundary } OPTIONAL { ?term skos:example ?sentence } "
    "OPTIONAL { ?term skos:broader|rdfs:subClassOf|rdfs:subPropertyOf ?wider } } GROUP BY ?term ORDER BY ?term"
)
"""Asks for the terms of the vocabulary, each with what it means."""
VOCABULARY_GRAPH = "CONSTRUCT { ?term ?p ?o } WHERE { { ?term rdfs:isDefinedBy ?any } UNION { ?term a owl:Ontology } ?term ?p ?o }"
"""Asks for the vocabulary itself."""
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
"""Asks how much there is."""
