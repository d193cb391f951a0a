"""Joins what one sentence says twice of one act: "attacked Israel, firing 400 missiles and killing two"."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.model import Statement
from kg.ontology import Ontology


def merged(statements: Iterable[Statement], ontology: Ontology) -> Iterator[Statement]:
    """Join statements of one sentence that speak of one act; the finer action stands, with the numbers of both."""
    kept: list[Statement] = []
    for statement in statements:
        place = next((place for place, before in enumerate(kept) if _same_act(statement, before, ontology)), None)
        if place is None:
            kept.append(statement)
        else:
            kept[place] = _joined(statement, kept[place], ontology)
    yield from kept


def _joined(statement: Statement, before: Statement, ontology: Ontology) -> Statement:
    narrower = finer(statement.action, before.action, ontology) and not _led_to(before, statement, ontology)
    newer = narrower or _led_to(statement, before, ontology)
    first, second = (statement, before) if newer else (before, statement)
    return replace(
        first,
        target=first.target or second.target,
        when=first.when if first.when.text or not second.when.text else second.when,
        place=first.place or second.place,
        quantities=tuple(dict.fromkeys((*first.quantities, *second.quantities))),
    )


def _same_act(one: Statement, other: Statement, ontology: Ontology) -> bool:
    """Tell whether two statements of a sentence speak of one act; two dates are two acts."""
    if one.modality != other.modality or not _said_alike(one, other, ontology):
        return False
    if one.actor_id != other.actor_id and not _suffered(one, other, ontology) and not _suffered(other, one, ontology):
        return False
    if one.when.text and other.when.text and one.when.edtf != other.when.edtf:
        return False
    if _led_to(one, other, ontology) or _led_to(other, one, ontology):
        return True
    if one.action == other.action and "" in (one.target_id, other.target_id):
        return True  # "vowed revenge, warning Iran of consequences"
    within = one.action == other.action or finer(one.action, other.action, ontology) or finer(other.action, one.action, ontology)
    return one.target_id == other.target_id and within


def _said_alike(one: Statement, other: Statement, ontology: Ontology) -> bool:
    """Tell whether the same people say both; an outcome may stand behind them: "rebels took the town, police said, killing two"."""
    if one.attribution == other.attribution:
        return True
    behind = one if not one.attribution else other
    act = other if behind is one else one
    return not behind.attribution and _led_to(act, behind, ontology)


def _led_to(act: Statement, outcome: Statement, ontology: Ontology) -> bool:
    """Tell whether a statement names what another has led to, for the same side: "shelled the port, killing five sailors"."""
    first, second = ontology.actions[act.action], ontology.actions[outcome.action]
    if not second.consequence or first.consequence or first.type != second.type or outcome.target is None:
        return False
    return act.target is None or outcome.target.land in ("", act.target.land)


def _suffered(act: Statement, outcome: Statement, ontology: Ontology) -> bool:
    """Tell whether an outcome without a doer is that of an act on the same: "five sailors were killed in a raid by rebels"."""
    return outcome.actor is None and act.target_id == outcome.target_id and _led_to(act, outcome, ontology)


def finer(action: str, other: str, ontology: Ontology) -> bool:
    """Tell whether ``action`` is a narrower concept than ``other``."""
    above = ontology.actions[action].broader
    while above:
        if above == other:
            return True
        above = ontology.actions[above].broader
    return False
