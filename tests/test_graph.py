"""Events and statements as RDF."""

from dataclasses import replace

import pytest
from rdflib import RDF, BNode, Graph, Literal, URIRef

from kg.conflicts import Conflict, Side
from kg.graph import BASE, date_literal, expand, prefixes, serialise, to_rdf, validate
from kg.graph import turtle as written
from kg.model import DataError, Quantity
from kg.ontology import read_ontology

HOSTILE = "a \"quote\"\nand <script>alert(1)</script> \\ \u202eRTL\u200f =cmd|' /C calc'!A0 \x07 é 🚀"
NAMES = prefixes()


def iri(curie):
    return expand(curie, NAMES)


def turtle(*events, documents=(), **options):
    return serialise(to_rdf(events, documents, (), **options), "turtle")


def test_an_event_and_its_statement_read_as_in_the_contract(event):
    happened = event(document="003", start=98, attribution=("actor:kenya",))

    text = turtle(happened)

    assert (
        f"{happened.id} a kg:Event , sem:Event ;\n"
        "    kg:action action:missile-attack ;\n"
        "    kg:actor actor:iran ;\n"
        "    kg:assertedBy actor:kenya ;\n"
        '    kg:date "2024-10-01"^^xsd:date ;\n'
        '    kg:edtf "2024-10-01"^^edtf:EDTF ;\n'
        "    kg:modality kg:asserted ;\n"
        "    kg:sources 1 ;\n"
        "    kg:target actor:israel .\n"
    ) in text
    said = happened.statements[0]
    assert (
        f"{said.id} a kg:Statement , schema:Claim ;\n"
        "    kg:action action:missile-attack ;\n"
        "    kg:actor actor:iran ;\n"
        "    kg:attributedTo actor:kenya ;\n"
        '    kg:dateBasis "explicit" ;\n'
        '    kg:dateText "on October 1, 2024" ;\n'
        '    kg:edtf "2024-10-01"^^edtf:EDTF ;\n'
        "    kg:end 147 ;\n"
        f"    kg:event {happened.id} ;\n"
        "    kg:modality kg:asserted ;\n"
        '    kg:quote "Iran fired missiles at Israel on October 1, 2024." ;\n'
        '    kg:rule "fire-missile-at" ;\n'
        "    kg:start 98 ;\n"
        "    kg:target actor:israel ;\n"
        '    kg:trigger "fired missiles" ;\n'
        "    prov:wasQuotedFrom document:003 .\n"
    ) in text
    assert "relation:missile-attack actor:israel" in text
    assert "@prefix org: " in text


def test_what_is_written_is_what_rdflib_would_write_sorted(event, document, actor, actions):
    hostile = actor(f"actor:{HOSTILE}~", label=HOSTILE, part_of="actor:-x", wikidata="Q~")
    happened = event(actor=hostile, quote=HOSTILE, document=HOSTILE, place=HOSTILE)
    articles = [document(HOSTILE, title=HOSTILE), document("~", published="2024-10-01/2024-10-02")]

    text = "".join(written([happened], articles, actions.values()))

    assert serialise(Graph(bind_namespaces="none").parse(data=text, format="turtle"), "turtle") == text
    assert "actor/-x>" in text


@pytest.mark.parametrize("modality", ["negated", "intended", "hypothetical"])
def test_what_did_not_happen_makes_no_direct_edge(event, modality):
    text = turtle(event(modality=modality))

    assert f"kg:modality kg:{modality}" in text
    assert " relation:" not in text.partition("\n\n")[2]


def test_an_event_without_a_target_makes_no_direct_edge(event):
    text = turtle(event(target=None))

    assert "kg:target" not in text
    assert " relation:" not in text.partition("\n\n")[2]


@pytest.mark.parametrize(
    ("edtf", "kind"),
    [("2024-10-01", "date"), ("2024-10", "gYearMonth"), ("2024", "gYear")],
)
def test_a_date_has_the_type_of_its_precision(edtf, kind):
    assert date_literal(edtf) == f'"{edtf}"^^xsd:{kind}'


@pytest.mark.parametrize("edtf", ["", "2024-09-22/2024-09-28", "2024-02-30", "2024-21", "2024-10-01?", "202X", "\u0662024"])
def test_an_interval_or_impossible_day_has_no_plain_date(event, edtf):
    graph = to_rdf([event(date=edtf)], (), ())

    assert not list(graph.triples((None, iri("kg:date"), None)))
    assert [str(value) for value in graph.objects(iri(event(date=edtf).id), iri("kg:edtf"))] == [edtf][: len(edtf)]


def test_sources_counts_independent_documents_and_not_sentences(event, statement):
    here, there = statement(document="a"), statement(document="b", quote="Missiles flew.")
    happened = event(here, statement(document="a", start=90), there, statement(document="c", quote=there.evidence.quote))

    graph = to_rdf([happened], (), ())

    assert graph.value(iri(happened.id), iri("kg:sources")) == Literal(2)


def test_the_innermost_speaker_is_the_one_who_says_so(event):
    graph = to_rdf([event(attribution=("actor:kenya", "actor:irgc"))], (), ())

    assert list(graph.objects(None, iri("kg:attributedTo"))) == [iri("actor:irgc")]


def test_quantities_are_said_in_words(event):
    many = (Quantity(300.0, "about", "missiles and drones"), Quantity(1.5, "", "tonnes"))

    graph = to_rdf([event(quantities=many)], (), ())

    assert sorted(map(str, graph.objects(None, iri("kg:quantityText")))) == ["1.5 tonnes", "about 300 missiles and drones"]


def test_an_actor_is_described_once(event, actor):
    guard = actor("actor:irgc", label="the Guards", type="armed-forces", code="IRNMIL", part_of="actor:iran", wikidata="Q271110")
    text = turtle(event(actor=guard), event(actor=guard, date="2024"))

    assert (
        "actor:irgc a kg:Actor ;\n"
        '    kg:actorType "armed-forces" ;\n'
        '    kg:code "IRNMIL" ;\n'
        "    kg:listed true ;\n"
        "    kg:partOf actor:iran ;\n"
        "    relation:missile-attack actor:israel ;\n"
        "    skos:exactMatch wd:Q271110 ;\n"
        '    skos:prefLabel "the Guards" .\n'
    ) in text


def test_the_body_that_somebody_is_part_of_is_described_too(event, actor):
    guard = actor("actor:kenya-guard", part_of="actor:kenya")

    graph = to_rdf([event(actor=guard)], (), (), ontology=read_ontology())

    assert graph.value(iri("actor:kenya"), iri("skos:prefLabel")) == Literal("Kenya")


def test_an_article_keeps_its_address_as_a_literal(document):
    article = document("news/001.txt", title="Missiles", published="2024-10", url="javascript:alert(1)", source="Daily Gazette")

    assert turtle(documents=[article]).endswith(
        "document:news%2F001.txt a kg:Document , schema:NewsArticle ;\n"
        '    schema:datePublished "2024-10"^^xsd:gYearMonth ;\n'
        '    schema:headline "Missiles" ;\n'
        '    schema:sourceOrganization "Daily Gazette" ;\n'
        '    schema:url "javascript:alert(1)"^^xsd:anyURI .\n'
    )


def test_the_vocabulary_is_added_whole_and_wins_over_the_action(actions):
    vocabulary = Graph().parse(data='@prefix a: <https://w3id.org/actor-kg/action/> . a:meet a:label "meet"@en .', format="turtle")

    graph = to_rdf((), (), actions.values(), vocabulary=vocabulary)

    assert set(vocabulary) <= set(graph)
    assert (iri("action:meet"), RDF.type, None) not in graph
    assert (iri("action:missile-attack"), RDF.type, None) in graph


def test_names_may_live_under_a_base_of_the_user(event):
    text = turtle(event(), base="https://example.org/kg/")

    assert "@prefix actor: <https://example.org/kg/actor/> ." in text
    assert BASE not in text


@pytest.mark.parametrize(
    "base",
    [
        "",
        "example.org/",
        "https://example.org",
        "https://example.org/<x>/",
        "https://a/\x83/",
        "https://a/\ud800/",
        "https://a:b/",
        "a:#b#",
        "a:[/",
    ],
)
def test_a_base_that_makes_no_names_is_refused(base):
    with pytest.raises(DataError, match="Give an IRI that ends in / or #"):
        prefixes(base)


@pytest.mark.parametrize("document", ["..", ".", "a/../b", "x y", "ключ", "<>", "a\nb", "#?%", "\ud800"])
def test_any_id_makes_a_plain_iri(document):
    name = iri(f"document:{document}")

    assert name.startswith(f"{BASE}document/")
    assert "/" not in name.removeprefix(f"{BASE}document/")
    assert name.isascii()
    assert " " not in name
    assert not name.endswith(("/.", "/.."))


def test_an_unknown_prefix_is_reported(event):
    with pytest.raises(DataError, match="'thing:x' has no known prefix"):
        to_rdf([event(actor="thing:x")], (), ())


SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix kg: <https://w3id.org/actor-kg/ontology#> .
kg:EventShape a sh:NodeShape ; sh:targetClass kg:Event ;
    sh:property kg:EventShape-date .
kg:EventShape-date sh:path kg:date ; sh:maxCount 0 ; sh:message "has a date" .
"""


def test_a_broken_shape_is_told_in_one_line(event):
    graph, shapes = to_rdf([event()], (), ()), Graph().parse(data=SHAPES, format="turtle")

    assert validate(graph, shapes) == [f"{event().id} kg:date: has a date"]


def test_a_graph_that_keeps_to_its_shapes_has_no_complaints(event):
    graph, shapes = to_rdf([event(date="")], (), ()), Graph().parse(data=SHAPES, format="turtle")

    assert validate(graph, shapes) == []


def test_nothing_but_the_vocabulary_brings_new_prefixes(event):
    vocabulary = Graph().parse(data="@prefix ex: <https://example.org/x/> . ex:a ex:b ex:c .", format="turtle")

    assert "@prefix ex: <https://example.org/x/> ." in turtle(event(), vocabulary=vocabulary)
    assert URIRef("https://example.org/x/a") in set(to_rdf((), (), (), vocabulary=vocabulary).subjects())


def test_a_conflict_is_said_with_its_sides_named_by_content(event, statement):
    few, many = statement(document="a"), statement(document="b")
    happened = event(few, many)
    conflict = Conflict(happened.id, "quantities", (Side(("180 men", "about 200 men"), (few,)), Side(("400 men",), (many,))))

    graph = to_rdf([happened], (), (), conflicts=[conflict])

    sides = sorted(graph.objects(iri(conflict.id), iri("kg:side")), key=lambda side: len(list(graph.objects(side, iri("kg:value")))))
    assert graph.value(iri(conflict.id), iri("kg:event")) == iri(happened.id)
    assert str(graph.value(iri(conflict.id), iri("kg:property"))) == "quantities"
    assert [sorted(map(str, graph.objects(side, iri("kg:value")))) for side in sides] == [["400 men"], ["180 men", "about 200 men"]]
    assert [graph.value(side, iri("kg:statement")) for side in sides] == [iri(many.id), iri(few.id)]
    assert not any(isinstance(term, BNode) for triple in graph for term in triple)


def test_who_reported_first_and_last_and_who_denies_it_is_said(event, statement):
    denied = statement(document="002", modality="negated", attribution=("actor:iran",))
    happened = replace(event(statement(), denied), first_report="2024-10-02", last_report="2024-10-05")

    text = turtle(happened)

    assert "    kg:deniedBy actor:iran ;\n" in text
    assert '    kg:firstReport "2024-10-02"^^xsd:date ;\n    kg:lastReport "2024-10-05"^^xsd:date ;\n' in text
