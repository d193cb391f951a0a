"""Makes actors that no row lists: the bodies of states, and described or unknown ones."""

import re
from dataclasses import replace

from kg.mentions.tree import BESIDE, MOVEMENT
from kg.model import Actor
from kg.ontology import Ontology, Role

LANDS = ("state", "place")
APART = ("leg", "jud")  # the roles of bodies that are not the government: lawmakers of the EU do not speak for it
VAGUE = ("org", MOVEMENT)  # the roles of groups of any kind, which are not one body


def body_of(base: Actor, role: Role, ontology: Ontology, said: str = "") -> Actor:
    """The body of a state that a role word names; any other actor stands for its own people.

    A place or country stands for the land that it lies in. ``said`` is the description in the words of the text.
    """
    if role.type in LANDS and (base.type in LANDS or (role.type == "place" and base.type == "population")):
        return base
    if base.type in ("person", "office"):
        return _body_of_person(base, role, ontology, said or role.label)
    people = role.type == "population" and base.type not in ("state", "international-organisation")
    vague = role.role in VAGUE and base.type == "state"
    nameless = base.type in ("population", "place") or (base.type == "government" and not base.listed)
    if role.role == BESIDE or people or vague or nameless:
        return _described(base, role, said or role.label)
    if base.type != "state" and not (base.type == "international-organisation" and role.role in APART):
        return base
    known = ontology.actors.get(f"{base.id}-{role.role}")
    adjective = ontology.adjectives.get(base.id, base.label)
    return known or Actor(f"{base.id}-{role.role}", f"{adjective} {role.label}", role.type, f"{base.code}{role.code}", part_of=base.id)


def local_body(land: Actor, role: Role, said: str) -> Actor:
    """The body of a town or region in a state: "Boston police"."""
    return Actor(f"actor:{slug(said)}", said, role.type, f"{land.code}{role.code}", part_of=land.id, listed=False)


def _body_of_person(base: Actor, role: Role, ontology: Ontology, said: str) -> Actor:
    """The administration of a person is the government of the person's state; of other people it is told whose they are."""
    land = ontology.actors.get(base.part_of)
    if land is None or role.type == "population" or role.role == BESIDE:
        return _described(replace(base, code=base.code if base.code[:3].isalpha() else ""), role, said)
    return body_of(land, role, ontology)


def _described(base: Actor, role: Role, said: str) -> Actor:
    """People or groups named by their words in the text, with the land of whom they belong to: "Kurdish fighters"."""
    land = base.code[:3] if base.code and role.role != BESIDE else "---"
    code = f"{land}{role.code}" if role.code else ""
    part_of = base.id if base.type == "state" and code else ""
    return Actor(f"actor:{slug(said)}", said, role.type, code, part_of, listed=False)


def slug(label: str) -> str:
    """Make an identifier of a label.

    >>> slug("Iran-backed militias")
    'iran-backed-militias'
    """
    return "-".join(re.findall(r"\w+", label.lower().replace("'", "").replace("’", "")))
