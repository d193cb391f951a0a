"""Makes actors that no row lists: the bodies of states, and described or unknown ones."""

import re

from kg.model import Actor
from kg.ontology import Ontology, Role


def body_of(base: Actor, role: Role, ontology: Ontology) -> Actor:
    """The body of a state that a role word names; any other actor stands for its own people.

    The administration of a person is the government of the state that the person belongs to; a person whose state
    nobody knows does not stand for aides and guards.
    """
    if base.type == "person":
        if base.part_of not in ontology.actors:
            return Actor(f"actor:{slug(role.label)}", role.label, role.type, f"---{role.code}", listed=False)
        base = ontology.actors[base.part_of]
    if base.type != "state":
        return base
    known = ontology.actors.get(f"{base.id}-{role.role}")
    adjective = ontology.adjectives.get(base.id, base.label)
    return known or Actor(f"{base.id}-{role.role}", f"{adjective} {role.label}", role.type, f"{base.code}{role.code}", part_of=base.id)


def slug(label: str) -> str:
    """Make an identifier of a label.

    >>> slug("Iran-backed militias")
    'iran-backed-militias'
    """
    return "-".join(re.findall(r"\w+", label.lower().replace("'", "").replace("’", "")))
