"""Where sources disagree about one event, every side is shown."""

import pytest

from kg.conflicts import amount, conflicts_in
from kg.events import assemble
from kg.model import Quantity


def missiles(value: float, qualifier: str = "", unit: str = "missiles") -> tuple[Quantity, ...]:
    """So many missiles."""
    return (Quantity(value, qualifier, unit),)


def disputed(statements, ontology) -> list[tuple[str, dict[str, list[str]]]]:
    """What is in dispute, and in which documents each side stands."""
    return [
        (conflict.about, {value: [said.evidence.document for said in side] for value, side in conflict.sides})
        for conflict in conflicts_in(assemble(statements, ontology))
    ]


def test_an_attack_that_one_asserts_and_one_denies_is_in_dispute(statement, ontology):
    said = [statement(document="001"), statement(document="002", modality="negated"), statement(document="003")]

    assert disputed(said, ontology) == [("modality", {"asserted": ["001", "003"], "negated": ["002"]})]


@pytest.mark.parametrize("modality", ["intended", "hypothetical"])
def test_a_plan_or_a_fear_disputes_nothing(statement, ontology, modality):
    assert disputed([statement(), statement(document="002", modality=modality)], ontology) == []


def test_two_numbers_of_one_thing_are_in_dispute(statement, ontology):
    said = [statement(quantities=missiles(180)), statement(document="002", quantities=missiles(200))]

    assert disputed(said, ontology) == [("quantities", {"180 missiles": ["001"], "200 missiles": ["002"]})]


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (missiles(180), "the same number is no dispute"),
        (missiles(200, "about"), "a vague number agrees with many"),
        (missiles(200, unit="drones"), "drones are no missiles"),
    ],
)
def test_what_can_be_true_together_is_not_in_dispute(statement, ontology, other, why):
    assert disputed([statement(quantities=missiles(180)), statement(document="002", quantities=other)], ontology) == [], why


def test_one_document_does_not_dispute_with_itself(statement, ontology):
    said = [statement(quantities=missiles(180)), statement(start=90, quantities=missiles(200))]

    assert disputed(said, ontology) == []


def test_what_is_only_planned_has_no_number_to_dispute(statement, ontology):
    said = [statement(quantities=missiles(180)), statement(document="002", quantities=missiles(200), modality="intended")]

    assert disputed(said, ontology) == []


def test_a_dispute_is_named_by_its_content_whatever_the_order(statement, ontology):
    said = [statement(quantities=missiles(180)), statement(document="002", quantities=missiles(200))]

    assert conflicts_in(assemble(said, ontology)) == conflicts_in(assemble(reversed(said), ontology))
    assert [conflict.id for conflict in conflicts_in(assemble(said, ontology))] == [
        conflict.id for conflict in conflicts_in(assemble(reversed(said), ontology))
    ]


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
