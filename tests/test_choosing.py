"""What goes onto the page: small graphs whole, large ones in proportion, whatever order their events come in."""

from collections import Counter
from random import Random

import pytest
from network_sample import events

from kg.views.choosing import Outline, Totals, choose, outline


def act(number, actor="a", target="b", *, date="2031-01-01", modality="asserted", statements=1):
    return Outline(f"event:{number:05}", actor, target, "action:meet", date, modality, statements)


def crowd(count, people=900):
    """Events among many, in which a few have a part most of the time."""
    chance = Random(4)
    return [
        act(
            number,
            f"actor:{int(chance.paretovariate(0.6)) % people}",
            f"actor:{int(chance.paretovariate(0.6)) % people}" if number % 9 else "",
            modality="asserted" if number % 6 else "intended",
            date="" if number % 11 == 0 else "2031-01-01",
            statements=chance.choice([1, 1, 1, 2, 5]),
        )
        for number in range(count)
    ]


def test_a_small_graph_is_shown_whole():
    chosen = choose(map(outline, events()))

    assert chosen.events == tuple(sorted(one.id for one in events()))
    assert chosen.whole


def test_the_totals_are_of_the_whole_graph():
    found = [act(1), act(2, "b", "a", date=""), act(3, "a", "", modality="negated"), act(4, "", ""), act(5, "a", "c")]

    chosen = choose(found, events=2)

    assert chosen.totals == Totals(events=5, actors=3, ties=3, asserted=4, undated=1)
    assert not chosen.whole


def test_a_large_graph_is_bounded_in_every_way():
    found = crowd(20_000)
    kept = set(choose(found, events=2000, actors=100, ties=300).events)
    shown = [one for one in found if one.id in kept]

    assert len(shown) == 2000
    assert len({actor for one in shown for actor in (one.actor, one.target) if actor}) <= 100
    assert len({(one.actor, one.target) for one in shown if one.actor and one.target}) <= 300


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_events_does_not_matter(seed):
    found = crowd(5000)
    mixed = list(found)
    Random(seed).shuffle(mixed)

    assert choose(mixed) == choose(found)


def test_ties_keep_their_proportions():
    found = [act(number, "a", "b") for number in range(600)] + [act(1000 + number, "b", "a") for number in range(200)]

    kept = set(choose(found, events=100).events)

    assert Counter((one.actor, one.target) for one in found if one.id in kept) == {("a", "b"): 75, ("b", "a"): 25}


def test_what_most_statements_speak_of_comes_first():
    found = [act(1), act(2, statements=3), act(3, statements=2), act(4, date="", statements=2)]

    assert choose(found, events=2).events == ("event:00002", "event:00003")


def test_too_many_actors_are_cut_to_the_strongest_even_if_events_are_few():
    found = [act(1), act(2), act(3, "c", "d", modality="hypothetical")]

    assert choose(found, actors=2).events == ("event:00001", "event:00002")


def test_every_strong_actor_has_a_place():
    found = [act(number, "a", "b") for number in range(600)] + [act(1000 + number, "a", f"weak {number}") for number in range(9)]

    kept = set(choose(found, events=20).events)

    assert {one.target for one in found if one.id in kept} == {"b", *(f"weak {number}" for number in range(9))}
