"""Where sources disagree about one event, every side is shown."""

from dataclasses import replace
from itertools import permutations

import pytest
from conftest import make_actor, make_event, make_statement

from kg.build import extract
from kg.conflicts import amount, conflicts_in
from kg.conflicts.numbers import bounds
from kg.model import Quantity
from kg.ontology import read_ontology

ONTOLOGY = read_ontology()
INFINITE = float("inf")


def missiles(value: float, qualifier: str = "", unit: str = "missiles") -> tuple[Quantity, ...]:
    """So many missiles."""
    return (Quantity(value, qualifier, unit),)


def told(*amounts: tuple[Quantity, ...]):
    """One article for each number: a, b, c."""
    return [make_statement(document=name, quantities=many) for name, many in zip("abcdef", amounts, strict=False)]


def conflicts(said):
    """The conflicts of the one event of these statements."""
    return conflicts_in([make_event(*said)], ONTOLOGY)


def disputed(said) -> list[tuple[str, dict[str, str]]]:
    """What is in dispute, and in which documents each side stands."""
    return [(conflict.about, {"; ".join(side.values): " ".join(side.documents) for side in conflict.sides}) for conflict in conflicts(said)]


# Whether it happened


def test_an_attack_that_one_asserts_and_one_denies_is_in_dispute():
    said = [make_statement(document="001"), make_statement(document="002", modality="negated"), make_statement(document="003")]

    assert disputed(said) == [("modality", {"asserted": "001 003", "negated": "002"})]


def test_a_denial_in_the_same_article_is_a_side_if_somebody_else_says_it():
    accused = make_statement(attribution=("actor:israel",))
    denied = make_statement(start=90, modality="negated", attribution=("actor:iran",))

    assert disputed([accused, denied]) == [("modality", {"asserted": "001", "negated": "001"})]
    assert [side.speakers for conflict in conflicts([accused, denied]) for side in conflict.sides] == [("Israel",), ("Iran",)]


def test_an_article_in_its_own_voice_does_not_dispute_with_itself():
    assert disputed([make_statement(), make_statement(start=90, modality="negated")]) == []


@pytest.mark.parametrize("modality", ["intended", "hypothetical"])
def test_a_plan_or_a_fear_disputes_nothing(modality):
    assert disputed([make_statement(), make_statement(document="002", modality=modality)]) == []


# How many


@pytest.mark.parametrize(
    ("amounts", "sides"),
    [
        ([missiles(180), missiles(200)], {"180 missiles": "a", "200 missiles": "b"}),
        (
            [missiles(400), missiles(200, "about"), missiles(180)],
            {"180 missiles; about 200 missiles": "b c", "400 missiles": "a"},
        ),
        ([missiles(180), missiles(200, "at least")], {"180 missiles": "a", "at least 200 missiles": "b"}),
        ([missiles(400), missiles(180, "up to")], {"up to 180 missiles": "b", "400 missiles": "a"}),
        ([missiles(400), missiles(180, "no more than")], {"no more than 180 missiles": "b", "400 missiles": "a"}),
        ([missiles(120), missiles(200, "nearly")], {"120 missiles": "a", "nearly 200 missiles": "b"}),
        ([missiles(400, unit="ballistic missiles"), missiles(180)], {"180 missiles": "b", "400 ballistic missiles": "a"}),
        (
            [missiles(180), missiles(190, "about"), missiles(210), missiles(400), missiles(100, "more than")],
            {"180 missiles; about 190 missiles": "a b", "about 190 missiles; 210 missiles": "b c", "400 missiles": "d"},
        ),
        ([missiles(1, unit="soldier"), missiles(3, unit="soldiers")], {"1 soldier": "a", "3 soldiers": "b"}),
        ([missiles(2, unit="rounds of talks"), missiles(3, unit="rounds of talks")], {"2 rounds of talks": "a", "3 rounds of talks": "b"}),
    ],
)
def test_numbers_that_cannot_all_be_true_are_in_dispute(amounts, sides):
    assert disputed(told(*amounts)) == [("quantities", sides)]


@pytest.mark.parametrize(
    ("amounts", "why"),
    [
        ([missiles(180), missiles(180)], "the same number is no dispute"),
        ([missiles(180), missiles(200, "about")], "a vague number agrees with many"),
        ([missiles(180), missiles(100, "more than")], "more than 100 may be 180"),
        ([missiles(60), missiles(55, "at least")], "at least 55 may be 60"),
        ([missiles(60), missiles(60, "more than")], "in the news the number itself counts too"),
        ([missiles(150), missiles(200, "up to")], "up to 200 may be 150"),
        ([missiles(190), missiles(200, "nearly")], "nearly 200 may be 190"),
        ([missiles(180), missiles(12, "another")], "another twelve come on top"),
        ([missiles(25), (Quantity(20, "at least", "missiles"), Quantity(30, "at most", "missiles"))], "25 is between 20 and 30"),
        ([missiles(180), missiles(200, unit="drones")], "drones are no missiles"),
        ([missiles(180, unit="cruise missiles"), missiles(200, unit="ballistic missiles")], "two kinds of missiles are two things"),
        ([missiles(180, unit="drones"), missiles(200, unit="missiles and drones")], "a sum is no part of it"),
        ([missiles(3, unit="dead"), missiles(5, unit="wounded")], "the dead are not the wounded"),
        ([missiles(3, unit=""), missiles(5, unit="")], "of what has no unit nobody knows what it counts"),
    ],
)
def test_what_can_be_true_together_is_not_in_dispute(amounts, why):
    assert disputed(told(*amounts)) == [], why


def test_a_range_disputes_what_lies_outside_it():
    between = (Quantity(20, "at least", "missiles"), Quantity(30, "at most", "missiles"))

    assert disputed(told(between, missiles(40))) == [
        ("quantities", {"at least 20 missiles and at most 30 missiles": "a", "40 missiles": "b"})
    ]


def test_dozens_are_no_number_to_dispute():
    [vague] = extract("Iran fired dozens of missiles at Israel on October 1, 2024.", document="b")
    [exact] = extract("Iran fired 180 missiles at Israel on October 1, 2024.", document="a")

    assert disputed([vague, exact]) == []
    assert exact.quantities == missiles(180)


def test_one_article_may_correct_itself_and_each_of_its_numbers_counts():
    said = [make_statement(quantities=missiles(400)), make_statement(start=90, quantities=missiles(180))]

    assert disputed(said) == []
    assert disputed([*said, make_statement(document="002", quantities=missiles(180))]) == [
        ("quantities", {"180 missiles": "001 002", "400 missiles": "001"})
    ]


def test_a_sentence_with_two_numbers_adds_up_or_corrects_and_disputes_neither():
    both = (*missiles(400), *missiles(180))

    assert disputed(told(both, missiles(180))) == []
    assert disputed(told(both, missiles(400))) == []


def test_two_whom_one_article_quotes_disagree():
    said = [
        make_statement(quantities=missiles(400), attribution=("actor:iran",)),
        make_statement(start=90, quantities=missiles(180), attribution=("actor:israel",)),
    ]

    [conflict] = conflicts(said)
    assert [(side.values, side.speakers) for side in conflict.sides] == [(("180 missiles",), ("Israel",)), (("400 missiles",), ("Iran",))]


def test_each_thing_that_is_counted_is_a_dispute_of_its_own():
    def strike(document: str, dead: int, drones: int):
        return make_statement(document=document, quantities=(Quantity(dead, "", "dead"), Quantity(drones, "", "drones")))

    found = disputed([strike("a", 3, 10), strike("b", 4, 12)])

    assert sorted(found, key=repr) == [
        ("quantities", {"10 drones": "a", "12 drones": "b"}),
        ("quantities", {"3 dead": "a", "4 dead": "b"}),
    ]


def test_what_is_only_planned_has_no_number_to_dispute():
    said = [make_statement(quantities=missiles(180)), make_statement(document="002", quantities=missiles(200), modality="intended")]

    assert disputed(said) == []


@pytest.mark.parametrize(
    ("qualifier", "low", "high"),
    [
        ("", 100, 100),
        ("exactly", 100, 100),
        ("only", 100, 100),
        ("a total of", 100, 100),
        ("about", 85, 115),
        ("an estimated", 85, 115),
        ("close to", 85, 115),
        ("just over", 85, 115),
        ("slightly fewer than", 85, 115),
        ("or so", 85, 115),
        ("only about", 85, 115),
        ("over", 100, INFINITE),
        ("well over", 100, INFINITE),
        ("far more than", 100, INFINITE),
        ("at the very least", 100, INFINITE),
        ("no fewer than", 100, INFINITE),
        ("upwards of", 100, INFINITE),
        ("in excess of", 100, INFINITE),
        ("or more", 100, INFINITE),
        ("a further", 100, INFINITE),
        ("at least about", 85, INFINITE),
        ("under", 0, 100),
        ("fewer than", 0, 100),
        ("no more than", 0, 100),
        ("as many as", 0, 100),
        ("or less", 0, 100),
        ("a word that no row has", 100, 100),
    ],
)
def test_the_words_beside_a_number_tell_what_it_can_mean(qualifier, low, high):
    assert bounds(Quantity(100, qualifier, "missiles"), ONTOLOGY.qualifiers) == (low, pytest.approx(high))


# Who, when and where

NETANYAHU, ISRAEL, IRAN = (ONTOLOGY.actors[f"actor:{name}"] for name in ("benjamin-netanyahu", "israel", "iran"))
FORCES = ONTOLOGY.names["Israel Defense Forces"].actor
GUNMEN = make_actor("actor:gunmen", label="gunmen", type="armed-group", listed=False)
BRIGADE = make_actor("actor:azure-brigade", label="Azure Brigade", type="armed-group", listed=False)


@pytest.mark.parametrize("about", ["actor", "target"])
@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (ISRAEL, FORCES, "a force is part of its state"),
        (ISRAEL, NETANYAHU, "a person is part of the state he leads"),
        (NETANYAHU, FORCES, "he orders what they do"),
        (IRAN, GUNMEN, "gunmen may be anybody's"),
        (IRAN, None, "whom nobody names disputes nothing"),
    ],
)
def test_one_side_told_in_two_ways_is_not_in_dispute(about, one, other, why):
    said = [make_statement(**{about: one}), make_statement(**{about: other}, document="002")]

    assert disputed(said) == [], why


@pytest.mark.parametrize("about", ["actor", "target"])
def test_two_sides_are_in_dispute(about):
    said = [
        make_statement(**{about: BRIGADE}),
        make_statement(**{about: ISRAEL}, document="002"),
        make_statement(**{about: FORCES}, document="003"),
    ]

    assert disputed(said) == [(about, {"Azure Brigade": "001", "Israel; Israel Defense Forces": "002 003"})]


def test_who_is_named_beside_another_in_one_article_is_not_in_dispute():
    said = [make_statement(actor="actor:iran"), make_statement(actor="actor:kenya"), make_statement(actor="actor:iran", document="002")]

    assert disputed(said) == []


def test_a_mutual_act_has_its_sides_in_no_order():
    said = [make_statement(IRAN, "action:meet", ISRAEL), make_statement(ISRAEL, "action:meet", IRAN, document="002")]

    assert disputed(said) == []


def test_whom_somebody_met_may_be_in_dispute():
    kenya = ONTOLOGY.actors["actor:kenya"]
    said = [make_statement(IRAN, "action:meet", ISRAEL), make_statement(kenya, "action:meet", IRAN, document="002")]

    assert disputed(said) == [("target", {"Israel": "001", "Kenya": "002"})]


@pytest.mark.parametrize(
    ("dates", "sides"),
    [
        (["2024-10-01", "2024-10-03"], [("date", {"2024-10-01": "a", "2024-10-03": "b"})]),
        (["2024-10-01", "2024-10", ""], []),
        (["2024-10-01", "2024-09-30/2024-10-06"], []),
    ],
)
def test_days_are_in_dispute_and_a_day_and_its_month_are_not(dates, sides):
    assert disputed([make_statement(date=date, document=name) for name, date in zip("abc", dates, strict=False)]) == sides


@pytest.mark.parametrize(
    ("places", "sides"),
    [
        (["Kharkiv", "Odesa"], [("place", {"Kharkiv": "a", "Odesa": "b"})]),
        (["Kharkiv", "Ukraine", ""], []),
        (["Kharkiv", "the old harbour"], []),
    ],
)
def test_towns_are_in_dispute_and_a_town_and_its_land_are_not(places, sides):
    assert disputed([make_statement(place=place, document=name) for name, place in zip("abc", places, strict=False)]) == sides


# All of them

BUNDLE = [
    make_statement(document="a", quantities=missiles(400), attribution=("actor:iran",)),
    make_statement(document="b", quantities=missiles(200, "about")),
    make_statement(document="c", quantities=missiles(180), place="Kharkiv"),
    make_statement(document="d", modality="negated", attribution=("actor:iran",)),
    make_statement(document="e", actor=BRIGADE, place="Odesa"),
]


def test_the_order_of_statements_never_matters():
    event = make_event(*BUNDLE)

    def shown(said):
        return conflicts_in([replace(event, statements=tuple(said))], ONTOLOGY)

    expected = shown(BUNDLE)

    assert [conflict.about for conflict in expected] == ["modality", "actor", "place", "quantities"]
    for said in permutations(BUNDLE):
        found = shown(said)
        assert found == expected
        assert [conflict.id for conflict in found] == [conflict.id for conflict in expected]


def test_a_side_goes_with_its_last_article():
    def without(document: str):
        return [about for about, _ in disputed([said for said in BUNDLE if said.evidence.document != document])]

    assert without("d") == ["actor", "place", "quantities"]
    assert without("a") == ["modality", "actor", "place"]
    assert without("b") == ["modality", "actor", "place", "quantities"]
    assert without("e") == ["modality", "quantities"]


def test_another_article_for_a_side_renames_no_conflict():
    said = told(missiles(180), missiles(400))

    more = [*said, make_statement(document="f", quantities=missiles(400))]

    assert [conflict.id for conflict in conflicts(said)] == [conflict.id for conflict in conflicts(more)]


@pytest.mark.parametrize(
    ("quantity", "written"),
    [
        (Quantity(300, "about", "missiles"), "about 300 missiles"),
        (Quantity(1.5, "", "million"), "1.5 million"),
        (Quantity(12, "", ""), "12"),
        (Quantity(2_500_000, "more than", "people"), "more than 2500000 people"),
    ],
)
def test_an_amount_is_written_as_in_a_sentence(quantity, written):
    assert amount(quantity) == written
