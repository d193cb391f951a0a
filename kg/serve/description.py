"""What the endpoint says of itself: a SPARQL 1.1 Service Description, with VoID for the graph."""

from collections.abc import Iterable, Iterator

from kg.store.endpoint import GRAPHS, IRI, TABLES

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
INTEGER = "http://www.w3.org/2001/XMLSchema#integer"
FORMATS = {
    "application/sparql-results+json": "SPARQL_Results_JSON",
    "application/sparql-results+xml": "SPARQL_Results_XML",
    "text/csv": "SPARQL_Results_CSV",
    "text/tab-separated-values": "SPARQL_Results_TSV",
    "text/turtle": "Turtle",
    "application/n-triples": "N-Triples",
    "application/ld+json": "JSON-LD",
    "application/rdf+xml": "RDF_XML",
    "application/n-quads": "N-Quads",
    "application/trig": "TriG",
    "text/n3": "N3",
}


def description(endpoint: str, base: str, graphs: Iterable[str], triples: int) -> str:
    """The description of the endpoint at an address, as N-Triples, with ``triples`` in the default graph.

    Everything has a name under that address, so that it can be spoken of; the default graph that of its base, by which it can be asked.
    """
    return "".join(f"{line} .\n" for line in lines(endpoint, base, graphs, triples))


def lines(endpoint: str, base: str, graphs: Iterable[str], triples: int) -> Iterator[str]:
    """The triples of the description."""
    service, dataset, default = f"<{endpoint}#service>", f"<{endpoint}#dataset>", f"<{base}>"
    yield f"{service} <{TYPE}> <{SD}Service>"
    yield f"{service} <{SD}endpoint> <{endpoint}>"
    yield f"{service} <{SD}supportedLanguage> <{SD}SPARQL11Query>"
    for media in (*TABLES, *GRAPHS):
        yield f"{service} <{SD}resultFormat> <http://www.w3.org/ns/formats/{FORMATS[media]}>"
    yield f"{service} <{SD}defaultDataset> {dataset}"
    yield f"{dataset} <{TYPE}> <{SD}Dataset>"
    yield f"{dataset} <{TYPE}> <{VOID}Dataset>"
    yield f"{dataset} <{SD}defaultGraph> {default}"
    yield f"{dataset} <{VOID}sparqlEndpoint> <{endpoint}>"
    yield f'{dataset} <{VOID}uriSpace> "{base}"'
    yield f"{default} <{TYPE}> <{SD}Graph>"
    yield f'{default} <{VOID}triples> "{triples}"^^<{INTEGER}>'
    for number, graph in enumerate(graph for graph in graphs if IRI.fullmatch(graph)):
        yield f"{dataset} <{SD}namedGraph> <{endpoint}#graph-{number}>"
        yield f"<{endpoint}#graph-{number}> <{TYPE}> <{SD}NamedGraph>"
        yield f"<{endpoint}#graph-{number}> <{SD}name> <{graph}>"
