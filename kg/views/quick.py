"""A quick look at a graph in a notebook: pyvis and the vis-network it brings, at the places of the network page.

Bare vis-network settles 300 actors for a minute and draws 2,000 ties at several frames a second,
which is why the page of ``kg build`` has a picture of its own; pyvis is at home in notebooks.
"""

import json
from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

from kg.model import Action, Event, Modality
from kg.views.picture import FIRST, draw, shape
from kg.views.rows import sign
from kg.views.ties import ties

if TYPE_CHECKING:
    from pyvis.network import Network

NODE = "#47566b"
COLOURS = {1: "#1668ab", -1: "#b84a06", 0: "#6b7480"}
OPTIONS = {
    "physics": {"enabled": False},
    "edges": {
        "smooth": {"enabled": True, "type": "curvedCW", "roundness": 0.14},
        "scaling": {"min": 1, "max": 6},
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.55}},
    },
}


def quick_view(events: Sequence[Event], actions: Mapping[str, Action], quads: Mapping[str, int], *, most: int = FIRST) -> "Network":
    """Return the asserted events among the strongest actors as a network of pyvis, without physics.

    ``show(name, notebook=True)`` of it shows the page; titles and labels are escaped.
    """
    from pyvis.network import Network  # half a second that only this should cost

    network = Network(directed=True, cdn_resources="in_line", notebook=True, height="600px")
    network.set_options(json.dumps(OPTIONS))
    facts = [event for event in events if event.modality is Modality.ASSERTED]
    found = ties(facts)
    picture = draw(found)
    rank = {actor.id: number for number, actor in enumerate(found.actors[:most])}
    for actor, number in zip(found.actors, range(len(rank)), strict=False):
        place = {"x": picture["x"][number], "y": picture["y"][number], "size": picture["sizes"]["degree"][number]}
        network.add_node(number, escape(picture["lines"][number]), shape(actor), title=escape(actor.label), color=NODE, **place)
    balance: dict[tuple[int, int], list[int]] = {}
    for event in facts:
        if event.actor and event.target and event.actor.id in rank and event.target.id in rank:
            balance.setdefault((rank[event.actor.id], rank[event.target.id]), []).append(sign(quads.get(actions[event.action].type, 0)))
    for (one, other), signs in sorted(balance.items()):
        network.add_edge(one, other, value=len(signs), title=str(len(signs)), color=COLOURS[_balance(signs)], dashes=_balance(signs) < 0)
    return network


def _balance(signs: Sequence[int]) -> int:
    mean = sum(signs) / len(signs)
    return 1 if mean >= 1 / 3 else -1 if mean <= -1 / 3 else 0
