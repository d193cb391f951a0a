"""What void.ttl says of a graph is so, in both engines; that it is right after a change too, the tests of changes see to."""

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse
from rdflib import DCTERMS, OWL, RDF, Graph, Namespace, URIRef

from kg.build import build
from kg.build.description import counted
from kg.graph import BASE

VOID, DCAT = Namespace("http://rdfs.org/ns/void#"), Namespace("http://www.w3.org/ns/dcat#")
PUBLISHED = "https://example.org/out/"
TABLES = {"statements.csv", "statements.jsonl", "documents.jsonl", "events.csv", "conflicts.csv"}


@pytest.fixture(scope="module")
def described(built) -> Graph:
    """The description of the corpus, as if it were published."""
    return Graph().parse(built / "void.ttl", publicID=f"{PUBLISHED}void.ttl")


def test_it_counts_triples_subjects_and_what_there_is_of_each_class(corpus, described):
    graph, about = corpus.to_rdflib(), URIRef(f"{BASE}dataset")
    counts = {kind: described.value(part, VOID.entities).value for part, kind in described.subject_objects(VOID["class"])}

    assert described.value(about, VOID.triples).value == len(graph)
    assert described.value(about, VOID.distinctSubjects).value == len(set(graph.subjects()))
    assert counts == {kind: len(set(graph.subjects(RDF.type, kind))) for kind in counts}
    assert {kind.rpartition("#")[2] for kind in counts} >= {"Event", "Statement", "Actor", "Document", "Conflict", "Side", "Membership"}


def test_it_names_the_version_of_the_vocabulary_and_every_file(corpus, described):
    version = corpus.ontology.vocabulary.value(URIRef("https://w3id.org/actor-kg/ontology"), OWL.versionIRI)

    assert described.value(URIRef(f"{BASE}dataset"), DCTERMS.conformsTo) == version
    assert set(described.objects(None, DCAT.downloadURL)) == {URIRef(PUBLISHED + name) for name in TABLES | {"graph.ttl"}}
    assert set(described.objects(None, VOID.dataDump)) == {URIRef(f"{PUBLISHED}graph.ttl")}


def test_oxigraph_reads_it_too(built, described):
    read = list(parse((built / "void.ttl").read_bytes(), format=RdfFormat.TURTLE, base_iri=f"{PUBLISHED}void.ttl"))

    assert len(read) == len(described)


def test_it_stands_under_the_namespace_of_the_user(tmp_path):
    (tmp_path / "article.txt").write_text("date: 2024-05-03\n\nTurkey attacked Syria on Monday.\n", encoding="utf-8")
    build(tmp_path / "article.txt", base="https://example.org/mine/").save(tmp_path / "out")

    text = Path(tmp_path / "out" / "void.ttl").read_text(encoding="utf-8")

    assert "<https://example.org/mine/dataset> a dcat:Dataset , void:Dataset" in text
    assert BASE not in text
    assert "1 documents, 1 statements, 1 events, 2 actors, 0 conflicts" in text


def test_no_text_of_an_article_is_counted_as_a_subject():
    said = b'@prefix kg: <x> .\n\nstatement:1 a kg:Statement ;\n    kg:quote "\\n\\nx a kg:Event ." .\n'

    assert counted(said) == (1, {"kg:Statement": 1})
