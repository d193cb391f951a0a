"""Why the graph says so: the events of an actor, each with its sentences."""

import pytest

from kg.conflicts import Conflict, Side
from kg.explain import between, dispute_lines, find_actor, lines
from kg.model import DataError, Quantity
from kg.ontology import read_ontology

ONTOLOGY = read_ontology()


@pytest.mark.parametrize("text", ["Iran", "iran", "actor:iran", "IRAN", "Tehran", "Islamic Republic of Iran", "Iranian", "tehran"])
def test_an_actor_is_found_by_any_of_its_names(event, text):
    assert find_actor(text, ONTOLOGY, [event()]).id == "actor:iran"


def test_an_actor_that_no_table_knows_is_found_where_the_graph_has_it(actor, event):
    baro = actor("actor:baro-tindi", label="Baro Tindi", type="person", listed=False)

    assert find_actor("baro tindi", ONTOLOGY, [event(actor=baro)]) == baro


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("Isreal", "Nearly the same: Israel\\."),
        ("actor:isreal", "Nearly the same: Israel\\."),
        ("irran", "Nearly the same: Iran\\."),
        ("Tehrann", "Nearly the same: Iran\\."),
        ("Atlantis", "kg query actors-most-active lists those"),
    ],
)
def test_a_name_that_nobody_has_is_told_beside_those_nearly_the_same(event, text, advice):
    with pytest.raises(DataError, match=f"No actor of this graph is called '{text}'\\.\n{advice}"):
        find_actor(text, ONTOLOGY, [event()])


def test_all_who_share_a_name_are_told(actor, event):
    people = [actor(f"actor:{id}", label=label, type="person", listed=False) for id, label in (("a", "Ada Tindi"), ("z", "Zeno Tindi"))]

    with pytest.raises(DataError, match=r"\nNearly the same: Ada Tindi, Zeno Tindi\."):
        find_actor("Tindi", ONTOLOGY, [event(actor=people[0]), event(actor=people[1])])


def test_an_actor_of_the_tables_that_is_in_no_event_is_told_so(event):
    with pytest.raises(DataError, match=r"Kenya is in no event of this graph\."):
        find_actor("Kenya", ONTOLOGY, [event()])


def test_between_two_counts_what_either_does_to_the_other(event):
    there, back, aside = event(), event(actor="actor:israel", target="actor:iran"), event(target="actor:kenya")
    iran, israel = there.actor, there.target

    assert set(between([there, back, aside], iran, israel, ONTOLOGY)) == {there, back}
    assert set(between([there, back, aside], israel, iran, ONTOLOGY)) == {there, back}


def test_of_one_actor_everything_is_shown_in_order_of_date_undated_last(event):
    late, early, undated = event(date="2024-10-01"), event(date="2024-04-13"), event(date="")

    assert between([undated, late, early], late.actor, None, ONTOLOGY) == [early, late, undated]


def test_what_belongs_to_an_actor_acts_for_it(actor, event):
    guards = event(actor=ONTOLOGY.actors["actor:quds-force"])

    assert between([guards], actor("actor:iran"), actor("actor:israel"), ONTOLOGY) == [guards]
    assert between([guards], actor("actor:kenya"), None, ONTOLOGY) == []


def test_whom_only_one_sentence_names_is_found_and_told(statement, event, actions):
    guards = ONTOLOGY.actors["actor:irgc"]
    told = event(statement(), statement(guards, document="002"))

    assert told.actor.id == "actor:iran"
    assert between([told], guards, told.target, ONTOLOGY) == [told]
    assert sum("; Islamic Revolutionary Guard Corps > Israel; " in line for line in lines([told], actions)) == 1


def test_an_event_without_an_actor_is_shown_for_its_target(event):
    bombed = event(actor=None)

    assert between([bombed], bombed.target, None, ONTOLOGY) == [bombed]


def test_an_event_is_told_with_its_sentence_its_place_and_its_rule(statement, event, actions):
    said = statement(attribution=("actor:kenya",), quantities=(Quantity(180.0, "about", "missiles"),), quote="Iran\nfired.", start=98)
    happened = event(said)

    assert list(lines([happened], actions)) == [
        f"2024-10-01\tIran > Israel\tmissile attack\tASSAULT\tasserted\t{happened.id}",
        "    “Iran fired.”",
        "        001:98; asserted; rule fire-missile-at on “fired missiles”; said by Kenya; "
        "2024-10-01 (explicit from “on October 1, 2024”); about 180 missiles",
    ]


def test_what_is_unknown_is_told_as_unknown(event, actions):
    head, *_ = lines([event(actor=None, date="")], actions)

    assert head.startswith("no date\tsomebody > Israel\tmissile attack")


@pytest.fixture
def dispute(statement, event):
    """An event, and a conflict about its number."""
    few = statement(quantities=(Quantity(180.0, "", "missiles"),), quote="Iran\nfired 180.", start=98)
    many = statement(document="002", quantities=(Quantity(400.0, "", "missiles"),), attribution=("actor:kenya", "actor:israel"))
    happened = event(few, many)
    return happened, Conflict(happened.id, "quantities", (Side(("180 missiles",), (few,)), Side(("400 missiles",), (many,))))


def test_an_event_is_told_with_what_sources_disagree_on(dispute, event, actions):
    happened, conflict = dispute

    *_, last = lines([happened], actions, (), [conflict])

    assert last == "    sources disagree on the number: 180 missiles (001) | 400 missiles (002, said by Israel)"
    assert not any("disagree" in line for line in lines([event(date="2024")], actions, (), [conflict]))


def test_a_dispute_is_told_side_by_side_with_sources_speakers_and_sentences(dispute, actions):
    happened, conflict = dispute

    assert list(dispute_lines([conflict], [happened], actions)) == [
        f"2024-10-01\tIran > Israel\tmissile attack\tASSAULT\tthe number\t{conflict.id}",
        "    180 missiles",
        "        001:98",
        "            “Iran fired 180.”",
        "    400 missiles",
        "        002:0; said by Kenya > Israel",
        "            “Iran fired missiles at Israel on October 1, 2024.”",
    ]
