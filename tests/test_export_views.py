"""The other views of a graph say the same, and lose what they say they lose."""

import csv
import io
import json
from dataclasses import replace

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse, serialize
from rdflib import RDF, Graph, Namespace

from kg.export import exported, losses
from kg.graph import expand, prefixes
from kg.model import DataError, Modality
from kg.ontology import Code, ontology_folder, read_cameo

KG = Namespace("https://w3id.org/actor-kg/ontology#")
SEM = Namespace("http://semanticweb.cs.vu.nl/2009/11/sem/")
PROV = Namespace("http://www.w3.org/ns/prov#")
REIFIES = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies")
RELATION = "https://w3id.org/actor-kg/relation/"


def cameo(graph) -> list[dict[str, str]]:
    """The rows of the table of political scientists."""
    return list(csv.DictReader(io.StringIO(exported(graph, "events-cameo").decode(), newline="")))


# With triple terms


@pytest.mark.parametrize(
    ("format", "notation"), [("turtle", RdfFormat.TURTLE), ("trig", RdfFormat.TRIG), ("ntriples", RdfFormat.N_TRIPLES)]
)
def test_without_its_triple_terms_it_is_the_plain_graph(corpus, format, notation):
    read = [quad.triple for quad in parse(exported(corpus, format, view="rdf-star"), format=notation)]
    plain = serialize((triple for triple in read if triple.predicate != REIFIES), format=RdfFormat.N_TRIPLES)

    assert set(Graph().parse(plain, format="nt")) == set(corpus.to_rdflib())


def test_each_statement_of_two_sides_says_what_it_claims_without_asserting_it(corpus):
    read = list(parse(exported(corpus, "ntriples", view="rdf-star"), format=RdfFormat.N_TRIPLES))
    names = prefixes(corpus.base)
    said = {quad.subject.value: quad.object for quad in read if quad.predicate == REIFIES}
    feared = next(one for one in corpus.statements if one.modality is Modality.HYPOTHETICAL and one.actor and one.target)

    claim = said[str(expand(feared.id, names))]
    assert len(said) == sum(bool(one.actor and one.target) for one in corpus.statements)
    assert claim.predicate.value == RELATION + feared.action.partition(":")[2]
    assert claim.subject.value == str(expand(feared.actor_id, names))


# In SEM and PROV-O alone


@pytest.fixture(scope="module")
def in_sem(corpus) -> Graph:
    return Graph().parse(data=exported(corpus, "turtle", view="sem"), format="turtle")


def test_it_uses_no_terms_but_those_of_sem_and_prov(in_sem):
    allowed = (str(SEM), str(PROV), "http://www.w3.org/2000/01/rdf-schema#label", str(RDF.type), str(RDF.value))

    assert [predicate for predicate in set(in_sem.predicates()) if not str(predicate).startswith(allowed)] == []
    assert [kind for kind in set(in_sem.objects(None, RDF.type)) if not str(kind).startswith((str(SEM), str(PROV)))] == []


def test_it_tells_every_asserted_event_with_its_sides_and_no_other(corpus, in_sem):
    names = prefixes(corpus.base)
    happened = {expand(event.id, names): event for event in corpus.events if event.modality is Modality.ASSERTED}

    assert set(in_sem.subjects(RDF.type, SEM.Event)) == set(happened)
    for iri, event in happened.items():
        roles = {(in_sem.value(role, SEM.roleType), in_sem.value(role, RDF.value)) for role in in_sem.objects(iri, SEM.hasActor)}
        sides = ((KG.actor, event.actor), (KG.target, event.target))
        assert roles - {(None, None)} == {(part, expand(side.id, names)) for part, side in sides if side}
        assert {str(day) for day in in_sem.objects(iri, SEM.hasTimeStamp)} <= {event.date}


def test_an_interval_has_its_ends_as_far_as_they_are_known(corpus, in_sem):
    names = prefixes(corpus.base)
    dated = {expand(event.id, names): event.date for event in corpus.events if event.modality is Modality.ASSERTED and "/" in event.date}
    ends = ((SEM.hasEarliestBeginTimeStamp, 0), (SEM.hasLatestEndTimeStamp, 2))

    assert any(".." in date for date in dated.values())
    for predicate, part in ends:
        told = {event: str(end) for event, end in in_sem.subject_objects(predicate)}
        assert told == {event: end for event, date in dated.items() if (end := date.partition("/")[part]) not in ("", "..")}


# Framed by event


def test_a_frame_is_read_back_as_what_is_said_of_events(corpus):
    graph = corpus.to_rdflib()
    read = Graph().parse(data=exported(corpus, "jsonld", view="event"), format="json-ld")
    shown = {node for kind in ("Event", "Statement", "Conflict", "Side") for node in graph.subjects(RDF.type, KG[kind])}
    shown |= {value for part in (KG.actor, KG.target, KG.attributedTo, PROV.wasQuotedFrom) for value in graph.objects(None, part)}

    assert set(read) == {triple for triple in graph if triple[0] in shown and not triple[1].startswith(RELATION)}


def test_an_event_stands_in_one_object_with_its_sentences_and_articles(corpus):
    told = json.loads(exported(corpus, "jsonld", view="event"))
    event = next(event for event in told["@graph"] if event["id"] == "event/7bccd396739ef001")

    assert event["actor"]["label"] == "Iran"
    assert event["target"]["label"] == "Israel"
    assert len(event["statements"]) == 5
    assert all(said["quote"] and said["quotedFrom"]["headline"] for said in event["statements"])
    assert [side["value"] for conflict in event["conflicts"] for side in conflict["side"]]


# For political scientists


def test_the_table_has_a_row_for_each_asserted_event(corpus):
    happened = sorted(event.id for event in corpus.events if event.modality is Modality.ASSERTED)

    assert [row["GlobalEventID"] for row in cameo(corpus)] == happened


def test_a_row_has_codes_class_and_score_of_its_action(event, corpus, ontology):
    attack = event(action="action:airstrike")
    (row,) = cameo(replace(corpus, statements=attack.statements, ontology=ontology))

    wanted = {"SQLDATE": "20241001", "MonthYear": "202410", "Year": "2024", "Actor1Code": "IRN", "Actor2CountryCode": "ISR"}
    wanted |= {"EventCode": "195", "EventBaseCode": "195", "EventRootCode": "19", "QuadClass": "4", "GoldsteinScale": "-10.0"}
    assert {name: row[name] for name in wanted} == wanted


def test_a_finer_code_has_its_base_and_an_action_without_one_only_its_class(event, corpus, ontology):
    finer, bare = event(action="action:agree-ceasefire", date="2024-10"), event(action="action:kill", date="2024-09-22/2024-09-28")
    graph = replace(corpus, statements=(*finer.statements, *bare.statements), ontology=ontology)
    rows = {row["QuadClass"]: row for row in cameo(graph)}

    assert (rows["1"]["EventCode"], rows["1"]["EventBaseCode"], rows["1"]["GoldsteinScale"]) == ("0356", "035", "7.0")
    assert (rows["1"]["SQLDATE"], rows["1"]["MonthYear"], rows["1"]["Year"]) == ("", "202410", "2024")
    assert [rows["4"][name] for name in ("EventCode", "EventRootCode", "GoldsteinScale", "SQLDATE", "Year")] == [""] * 5
    assert losses(graph, "events-cameo")[1:] == [
        "Without EventCode and GoldsteinScale: 1 events, whose action has no code of CAMEO.",
        "Without SQLDATE: 2 events, whose day is not known.",
    ]


def test_a_denial_is_no_mention_of_what_happened(event, statement, corpus, ontology):
    told = [statement(document=name, quote=f"Iran fired missiles at Israel, {name} says.") for name in ("001", "002")]
    denied = statement(document="003", modality="negated", quote="Iran did not fire missiles at Israel.", attribution=("actor:iran",))
    (row,) = cameo(replace(corpus, statements=event(*told, denied).statements, ontology=ontology))

    assert [row[name] for name in ("NumMentions", "NumArticles", "NumSources")] == ["2", "2", "2"]


def test_every_code_of_an_action_has_a_class_and_a_score(ontology):
    codes = read_cameo(ontology_folder())

    assert {action.cameo for action in ontology.actions.values() if action.cameo} <= codes.keys()
    assert codes["0874"] == Code(2, 10.0)
    assert codes["130"] == Code(3, -4.4)


def test_a_spreadsheet_runs_no_formula_of_a_name(event, actor, corpus):
    evil = event(actor=actor("actor:evil", label="=HYPERLINK(1)"))
    graph = replace(corpus, statements=evil.statements)

    assert b",=HYPERLINK" in exported(graph, "events-cameo")
    assert b",=HYPERLINK" not in exported(graph, "events-cameo", spreadsheet=True)


# All of them


@pytest.mark.parametrize(("format", "view"), [("turtle", "rdf-star"), ("jsonld", "event"), ("turtle", "sem"), ("events-cameo", "")])
def test_a_view_is_the_same_every_time_and_says_what_it_loses(corpus, format, view):
    assert exported(corpus, format, view=view) == exported(corpus, format, view=view)
    assert losses(corpus, format, view)


@pytest.mark.parametrize(("format", "view"), [("jsonld", "rdf-star"), ("turtle", "event"), ("csv", "sem")])
def test_a_notation_that_cannot_hold_a_view_is_told_with_those_that_can(corpus, format, view):
    with pytest.raises(DataError, match=rf"{format} cannot be written as {view}\.\nUse one of: "):
        exported(corpus, format, view=view)


def test_schemes_that_are_not_there_are_told(tmp_path):
    with pytest.raises(DataError, match=r"schemes\.ttl(.|\n)*Mend the Turtle"):
        read_cameo(tmp_path)
