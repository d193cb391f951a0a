"""Merges the statements that speak of one happening.

    statements -> blocks (one type of act, one family of actors) -> versions (worded alike) -> events

Two papers reporting one meeting are one event with two pieces of evidence. The most exact version comes first; a
vaguer one joins where exactly one event fits, and else stays an event of its own. A user's decisions go before scores.
"""

from collections.abc import Iterable

from kg.events.happening import event_of, named
from kg.events.joining import gathered, united
from kg.events.likeness import compared
from kg.events.states import with_states
from kg.model import Actor, Event, Statement
from kg.ontology import Ontology, bound, lineage

__all__ = ["assemble", "assemble_block", "block_name", "block_of", "blocks_of", "bound_blocks", "compared", "with_states"]


def assemble(statements: Iterable[Statement], ontology: Ontology) -> list[Event]:
    """Gather statements into events, sorted by identifier."""
    blocks = blocks_of(statements, ontology).values()
    return sorted((event for block in blocks for event in assemble_block(block, ontology)), key=lambda event: event.id)


def assemble_block(statements: Iterable[Statement], ontology: Ontology) -> list[Event]:
    """Gather the statements of one block into events, sorted by identifier; no other block has a say."""
    events = [event_of(versions, ontology) for versions in gathered(statements, ontology)]
    return sorted(named(events, ontology), key=lambda event: event.id)


def blocks_of(statements: Iterable[Statement], ontology: Ontology) -> dict[str, list[Statement]]:
    """Part statements into blocks that have nothing to do with each other; those that a decision binds are one block."""
    blocks: dict[str, list[Statement]] = {}
    for statement in statements:
        blocks.setdefault(block_of(statement, ontology), []).append(statement)
    if ontology.identity.decisions:
        for name, whole in sorted(bound_blocks(((name, one.id) for name, block in blocks.items() for one in block), ontology).items()):
            if name != whole:
                blocks[whole] += blocks.pop(name)
    return dict(sorted(blocks.items()))


def bound_blocks(statements: Iterable[tuple[str, str]], ontology: Ontology) -> dict[str, str]:
    """The blocks that decisions make one, each with the name of the first of them; of statements their blocks and ids are given."""
    groups = bound(ontology.identity.decisions)
    held: dict[str, set[str]] = {}
    for name, id in statements:
        if id in groups:
            held.setdefault(groups[id], set()).add(name)
    return {name: min(names) for names in united(held.values()) for name in names}


def block_of(statement: Statement, ontology: Ontology) -> str:
    """Name the block of a statement: the PLOVER type, and the root of the target, else of the actor.

    A user's decisions may bind blocks together: see ``blocks_of``.
    """
    return block_name(statement.action, statement.actor, statement.target, ontology)


def block_name(act: str, actor: Actor | None, target: Actor | None, ontology: Ontology) -> str:
    """The same of an action and its sides."""
    action = ontology.actions[act]
    roots = [lineage(side, ontology)[-1] for side in (target, actor) if side is not None] or [""]
    return f"{action.type} {min(roots) if action.symmetric else roots[0]}"
