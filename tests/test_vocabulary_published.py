"""The vocabulary as it is published: what kg check demands of it, in both engines, and that each demand can fail."""

import json
import shutil
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store
from rdflib import OWL, RDF, Graph

from kg.graph import validate
from kg.model import DataError
from kg.ontology import ontology_folder
from kg.vocabulary import (
    PUBLISHED,
    address_findings,
    alignment_findings,
    context_findings,
    metadata_findings,
    read_turtle,
    relation_findings,
    scheme_findings,
    write_relations,
)
from kg.vocabulary import vocabulary_findings as findings

FOLDER = ontology_folder()
KG = "https://w3id.org/actor-kg/ontology#"


def said(name: str, *changes: tuple[str, str]) -> Graph:
    """A file as it would be with other words in it."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    return Graph().parse(data=text, format="turtle")


def files(**changed: Graph) -> dict[str, Graph]:
    """All files, some of them changed."""
    return {name: changed.get(name.partition(".")[0]) or said(name) for name in PUBLISHED}


def test_all_that_is_published_is_whole():
    assert list(findings(FOLDER)) == []


@pytest.mark.parametrize("name", [*PUBLISHED, "examples/passing.ttl", "examples/failing.ttl"])
def test_both_engines_read_the_same_number_of_triples(name):
    store = Store()
    store.load((FOLDER / name).read_bytes(), format=RdfFormat.TURTLE)

    assert len(store) == len(said(name)) > 0


@pytest.mark.parametrize("name", PUBLISHED)
@pytest.mark.parametrize("line", ["owl:versionIRI", "dcterms:license", "dcterms:modified", "vann:preferredNamespaceUri"])
def test_a_file_without_a_part_of_its_description_is_told(name, line):
    changed = said(name)
    predicate = changed.namespace_manager.expand_curie(line)
    changed.remove((changed.value(None, RDF.type, OWL.Ontology), predicate, None))

    assert f"{name}: {line} is missing" in list(metadata_findings({name: changed}))


def test_versions_that_differ_are_told():
    other = said("schemes.ttl", ('versionInfo "0.2.0"', 'versionInfo "0.3.0"'))

    told = list(metadata_findings(files(schemes=other)))

    assert told[0].startswith("schemes.ttl: owl:versionIRI is not <https://w3id.org/actor-kg/ontology/schemes/0.3.0>")
    assert "schemes.ttl 0.3.0" in told[1]


@pytest.mark.parametrize("part", ["rdfs:label", "skos:definition", "skos:example", "vs:term_status", "rdfs:isDefinedBy"])
def test_a_term_that_lacks_a_part_is_refused(part):
    graph = said("kg.ttl")
    graph.remove((graph.namespace_manager.expand_curie("kg:quote"), graph.namespace_manager.expand_curie(part), None))

    assert [line.partition(":")[2].split()[0] for line in validate(graph, said("shapes.ttl"))] == ["quote"]


def test_an_alignment_without_a_reason_and_a_reason_without_an_alignment_are_told():
    ours, alignments = said("kg.ttl") + said("actions.ttl"), said("alignments.ttl")
    more = said("alignments.ttl").parse(data=f"<{KG}Side> <http://www.w3.org/2000/01/rdf-schema#seeAlso> <https://schema.org/Claim> .")
    fewer = said("kg.ttl", ("rdfs:subPropertyOf sem:eventType ;", "")) + said("actions.ttl")

    assert list(alignment_findings(ours, alignments)) == []
    assert [line.split(":")[1] for line in alignment_findings(ours, more)] == [" no reason is given for <https"]
    assert [line.split(":")[1] for line in alignment_findings(fewer, alignments)] == [" a reason for what is not said"]


@pytest.mark.parametrize(
    "namespace",
    [
        *("http://semanticweb.cs.vu.nl/2009/11/sem/", "http://www.w3.org/ns/prov#", "https://schema.org/", "http://www.w3.org/2006/time#"),
        *("http://id.loc.gov/datatypes/edtf/", "http://www.w3.org/ns/oa#", "http://www.w3.org/ns/org#"),
        *("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#", "http://www.w3.org/2004/02/skos/core#"),
        *("http://cv.iptc.org/newscodes/mediatopic/", "https://w3id.org/actor-kg/plover", "https://w3id.org/actor-kg/cameo"),
    ],
)
def test_each_vocabulary_of_others_is_aligned_with_a_reason(namespace):
    targets = map(str, said("alignments.ttl").objects(None, OWL.annotatedTarget))

    assert any(target.startswith(namespace) for target in targets)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("skos:closeMatch action:mediate", "skos:closeMatch action:negotiate", "the match and the action in actions.ttl differ"),
        ("skos:narrowMatch action:consult , action:meet", "skos:closeMatch action:consult , action:meet", "matches it only broadly"),
        ("kg:goldstein -10.0", "kg:goldstein -11.0", "not one decimal number"),
        ("    kg:goldstein 1.0 ;\n", "", "not one decimal number"),
        ("    kg:quad 3 ;\n", "", "no quad class"),
        ("skos:exactMatch action:aid", "skos:exactMatch action:trade", "the match and the action in actions.ttl differ"),
    ],
)
def test_a_code_that_says_otherwise_than_its_action_is_told(before, after, told):
    changed = said("schemes.ttl", (before, after))

    assert list(scheme_findings(said("actions.ttl"), said("schemes.ttl"))) == []
    assert any(told in line for line in scheme_findings(said("actions.ttl"), changed))


def test_an_action_without_its_direct_edge_is_told(copied):
    path = copied / "relations.ttl"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("relation:meet a owl:ObjectProperty", "relation:meat a owl:Class"), encoding="utf-8")

    told = list(relation_findings(copied, files()))
    assert told == ["relations.ttl: it does not follow from actions.ttl: kg check --fix writes it again"]
    write_relations(copied)
    assert path.read_bytes() == (FOLDER / "relations.ttl").read_bytes()


def test_a_context_without_a_term_or_with_a_strange_one_is_told(tmp_path):
    context = json.loads((FOLDER / "context.jsonld").read_text(encoding="utf-8"))
    del context["@context"]["quote"]
    context["@context"]["mood"] = "kg:mood"
    context["@context"]["homepage"] = "foaf:homepage"
    (tmp_path / "context.jsonld").write_text(json.dumps(context), encoding="utf-8")

    assert list(context_findings(tmp_path / "context.jsonld", said("kg.ttl"))) == [
        "context.jsonld: kg:quote is missing",
        "context.jsonld: kg:mood does not stand in kg.ttl",
        "context.jsonld: the prefix of foaf:homepage is not declared",
    ]


@pytest.fixture
def copied(tmp_path) -> Path:
    """A copy of the folder without tables, to be spoilt."""
    shutil.copytree(FOLDER, tmp_path / "ontology", ignore=shutil.ignore_patterns("mappings", "queries"))
    return tmp_path / "ontology"


def test_an_address_that_leads_nowhere_is_told(copied):
    for name, before in (("catalog-v001.xml", 'uri="schemes.ttl"'), ("w3id/.htaccess", "(plover|cameo)")):
        text = (copied / name).read_text(encoding="utf-8")
        (copied / name).write_text(text.replace(before, before.replace("schemes", "other").replace("|cameo", "")), encoding="utf-8")

    told = list(address_findings(copied, files()))

    assert told[:2] == [
        "catalog-v001.xml: <https://w3id.org/actor-kg/ontology/schemes> is not schemes.ttl",
        "catalog-v001.xml: <https://w3id.org/actor-kg/ontology/schemes/0.2.0> is not schemes.ttl",
    ]
    assert "w3id/.htaccess: no rule leads on from <https://w3id.org/actor-kg/cameo/195>" in told


def test_an_example_that_fails_otherwise_than_it_says_is_told(copied):
    path = copied / "examples" / "failing.ttl"
    text = path.read_text(encoding="utf-8")
    for before, after in (('"An event has one kg:edtf at most', '"Whatever'), ('kg:actorType "realm"', 'kg:actorType "state"')):
        text = text.replace(before, after)
    path.write_text(text, encoding="utf-8")
    edtf = "An event has one kg:edtf at most, with the datatype edtf:EDTF."

    assert [line.partition(": ")[2] for line in findings(copied)] == [
        "actor:realm is not refused with: An actor has exactly one kg:actorType, one of those in ontology/README.md.",
        f'refused otherwise: event:with-bare-edtf kg:edtf: {edtf} (found "2024-05-02")',
        "event:with-bare-edtf is not refused with: Whatever, with the datatype edtf:EDTF.",
        f"no node breaks: {edtf}",
    ]


def test_a_file_that_is_missing_or_broken_is_named(copied):
    (copied / "schemes.ttl").write_text("cameo:195 a", encoding="utf-8")

    with pytest.raises(DataError, match=r"schemes\.ttl(.|\n)*Mend the Turtle"):
        list(findings(copied))
    with pytest.raises(DataError, match=r"other\.ttl"):
        read_turtle(copied / "other.ttl")
