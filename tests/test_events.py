"""Statements that say the same thing are one event, and every one of them is its evidence."""

from collections import Counter
from dataclasses import replace

import pytest

from kg.build import open_graph
from kg.events import assemble, with_states
from kg.model import Modality, Quantity
from kg.ontology import read_ontology

ONTOLOGY = read_ontology()


def test_two_reports_of_one_attack_are_one_event(statement, ontology):
    [event] = assemble([statement(document="reuters"), statement(document="afp")], ontology)

    assert [found.evidence.document for found in event.statements] == ["afp", "reuters"]


def test_attacks_on_different_days_stay_apart(statement, ontology):
    events = assemble([statement(date="2024-04-13"), statement(date="2024-10-01")], ontology)

    assert sorted(event.date for event in events) == ["2024-04-13", "2024-10-01"]


def test_an_attack_there_and_back_is_two_events(statement, ontology):
    there = statement("actor:iran", target="actor:israel")
    back = statement("actor:israel", target="actor:iran")

    assert len(assemble([there, back], ontology)) == 2


def test_a_meeting_is_the_same_whoever_is_named_first(statement, ontology):
    met = [statement("actor:kenya", "action:meet", "actor:iran"), statement("actor:iran", "action:meet", "actor:kenya", document="002")]

    [event] = assemble(met, ontology)

    assert assemble(met[:1], ontology)[0].id == assemble(met[1:], ontology)[0].id == event.id


def test_without_a_date_two_articles_may_speak_of_two_attacks(statement, ontology):
    undated = [
        statement(date="", document=document, start=start, quote=f"Iran fired missiles at Israel, says {document} at {start}.")
        for document, start in (("001", 0), ("002", 0), ("002", 90))
    ]

    assert sorted(len(event.statements) for event in assemble(undated, ontology)) == [1, 2]


LONG = "Iran fired missiles at Israel late in the evening, the army said."


@pytest.mark.parametrize(
    ("quotes", "sizes"),
    [
        ({"001": [LONG], "002": [LONG]}, [2]),
        ({"001": [LONG], "002": [LONG.replace(" late", "  late")]}, [2]),
        ({"001": [LONG], "002": [LONG.replace("army", "navy")]}, [1, 1]),
        ({"001": ["Iran fired missiles at Israel."], "002": ["Iran fired missiles at Israel."]}, [1, 1]),
        ({"001": [LONG], "002": [LONG, f"{LONG} Again."], "003": [f"{LONG} Again."], "004": ["Iran fired missiles."]}, [1, 4]),
    ],
)
def test_articles_that_print_one_sentence_without_a_date_speak_of_one_event(statement, quotes, sizes):
    said = [
        statement(date="", document=document, start=90 * place, quote=quote)
        for document, sentences in quotes.items()
        for place, quote in enumerate(sentences)
    ]

    events = assemble(said, ONTOLOGY)

    assert sorted(len(event.statements) for event in events) == sizes
    assert assemble(reversed(said), ONTOLOGY) == events


def test_one_assertion_makes_a_fact_and_the_doubts_stay_on_their_statements(statement, ontology):
    said = [statement(modality="negated"), statement(document="002"), statement(modality="hypothetical", document="003")]

    [event] = assemble(said, ontology)

    assert event.modality is Modality.ASSERTED
    assert [found.modality.value for found in event.statements] == ["negated", "asserted", "hypothetical"]


def test_a_denial_and_a_plan_are_no_fact(statement, ontology):
    [event] = assemble([statement(modality="intended"), statement(modality="negated", document="002")], ontology)

    assert event.modality is Modality.NEGATED


def test_the_numbers_of_a_fact_are_those_of_its_assertions_each_once(statement, ontology):
    few, many, planned = Quantity(180, "about", "missiles"), Quantity(200, "", "missiles"), Quantity(900, "", "missiles")
    said = [
        statement(quantities=(many,)),
        statement(quantities=(few, many), document="002"),
        statement(quantities=(planned,), modality="intended", document="003"),
    ]

    [event] = assemble(said, ontology)

    assert event.quantities == (few, many)


def test_the_place_of_a_fact_is_never_that_of_a_plan(statement, ontology):
    planned = statement(place="Haifa", modality="intended")

    assert [event.place for event in assemble([planned, statement(document="002")], ontology)] == [""]


def test_the_order_of_the_statements_changes_nothing(statement, ontology):
    said = [
        statement(document="002", modality="negated", place="Eilat"),
        statement(document="001", quantities=(Quantity(5, "", "drones"),)),
        statement("actor:kenya", "action:meet", "actor:iran"),
        statement("actor:iran", "action:meet", "actor:kenya"),
        statement(document="001", start=70, place="Haifa"),
    ]

    assert assemble(said, ontology) == assemble(reversed(said), ontology)


def test_nothing_said_is_nothing_happened(ontology):
    assert assemble([], ontology) == []


@pytest.mark.parametrize(
    ("id", "code", "counted"),
    [
        ("russian-defence-ministry", "", "russia"),
        ("israeli-air-force", "", "israel"),
        ("us-supreme-court", "", "united-states"),
        ("joe-biden", "USAGOV", "united-states"),
        ("joe-biden", "USAELI", "joe-biden"),
        ("ahmad-jarba", "", "ahmad-jarba"),
        ("bjp", "", "bjp"),
        ("hezbollah", "", "hezbollah"),
        ("hong-kong", "", "hong-kong"),
        ("united-nations", "", "united-nations"),
        ("africa-corps", "", "russia"),
    ],
)
def test_who_acts_for_a_state_counts_as_the_state_and_nobody_else(statement, id, code, counted):
    someone = ONTOLOGY.actors[f"actor:{id}"]
    [event] = assemble([statement(replace(someone, code=code or someone.code), target=someone)], ONTOLOGY)

    [shown] = with_states([event], ONTOLOGY)

    assert shown == replace(event, actor=shown.actor, target=shown.target)
    assert (shown.actor.id, shown.statements[0].actor.id) == (f"actor:{counted}", f"actor:{id}")


def test_a_side_that_nobody_names_counts_as_nobody(statement):
    assert [event.actor for event in with_states(assemble([statement(None)], ONTOLOGY), ONTOLOGY)] == [None]


def test_a_question_and_networkx_count_the_same_with_states(corpus, built):
    network = corpus.to_networkx(bodies_with_state=True)
    ties = Counter((network.nodes[one]["label"], network.nodes[other]["label"]) for one, other in network.edges())

    assert {(actor, target): int(many) for actor, target, many, *_ in open_graph(built).query("dyads-of-states").rows} == ties
    assert ties["United States", "Israel"] > corpus.to_networkx().number_of_edges("actor:united-states", "actor:israel")
