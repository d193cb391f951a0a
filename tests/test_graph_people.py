"""Who is who in RDF: names, wholes, backers and the offices that somebody held."""

import re

import pytest
from rdflib import Graph, Literal

from kg.graph import directory, expand, prefixes, serialise, to_rdf, validate
from kg.ontology import ontology_folder, read_ontology

ONTOLOGY = read_ontology()
NAMES = prefixes()


def iri(curie):
    return expand(curie, NAMES)


@pytest.fixture(scope="module")
def people():
    return directory(ONTOLOGY)


@pytest.fixture(scope="module")
def shapes():
    return Graph().parse(ontology_folder() / "shapes.ttl")


def test_the_whole_table_fits_the_shapes(people, shapes):
    assert validate(people, shapes) == []


@pytest.mark.parametrize(
    ("found", "instead", "message"),
    [
        ('kg:from "', 'kg:since "', "exactly one kg:from"),
        ("org:member actor:", "org:members actor:", "exactly one org:member"),
        ("kg:office actor:", "kg:officer actor:", "exactly one kg:office"),
        ("org:postIn actor:", "org:post actor:", "in exactly one actor"),
        ('kg:actorType "person"', 'kg:actorType "office"', "is a person"),
        ('kg:code "RUSGOV"', 'kg:code "Rus"', "capitals in threes"),
        ("kg:partOf actor:russia", "kg:partOf actor:nowhere", "part of one kg:Actor"),
        ('"@en', '"', "has its language"),
    ],
)
def test_what_is_wrong_in_a_career_is_told(shapes, event, actor, found, instead, message):
    putin = ONTOLOGY.actors["actor:vladimir-putin"]
    text = serialise(to_rdf([event(actor=putin)], (), (), ontology=ONTOLOGY), "turtle")
    assert found in text

    told = validate(Graph().parse(data=text.replace(found, instead), format="turtle"), shapes)

    assert any(message in line for line in told), told


def test_a_person_brings_the_offices_that_he_held(event):
    putin = ONTOLOGY.actors["actor:vladimir-putin"]
    graph = to_rdf([event(actor=putin, date="2009-02-03")], (), (), ontology=ONTOLOGY)

    terms = list(graph.subjects(iri("org:member"), iri("actor:vladimir-putin")))
    assert {graph.value(term, iri("kg:office")) for term in terms} == {
        iri("actor:russia-president"),
        iri("actor:russia-prime-minister"),
    }
    happened = next(graph.subjects(iri("kg:actorOffice")))
    assert graph.value(happened, iri("kg:actorOffice")) == iri("actor:russia-prime-minister")


def test_other_names_have_their_language(people):
    assert Literal("UN", lang="en") in set(people.objects(iri("actor:united-nations"), iri("skos:altLabel")))


def test_who_backs_somebody_is_not_what_he_is_part_of(people):
    assert iri("actor:iran") in set(people.objects(iri("actor:hezbollah"), iri("kg:affiliatedWith")))
    assert iri("actor:iran") not in set(people.transitive_objects(iri("actor:hezbollah"), iri("kg:partOf")))


def test_units_roll_up_to_the_state(people):
    assert iri("actor:iran") in set(people.transitive_objects(iri("actor:quds-force"), iri("kg:partOf")))


def test_no_two_actors_have_one_item_of_wikidata():
    items = [actor.wikidata for actor in ONTOLOGY.actors.values() if actor.wikidata]

    assert len(items) == len(set(items))


def test_every_term_is_named_by_its_content(people):
    assert all(re.search(r"/membership/[0-9a-f]{16}$", term) for term in people.subjects(iri("kg:office")))
