"""Plain graphs for other programs: networkx, GraphML, GEXF."""

import re
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any

import networkx

from kg.model import Action, Event, Modality

NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def to_networkx(
    events: Iterable[Event], actions: Mapping[str, Action], *, modalities: Sequence[Modality] = (Modality.ASSERTED,)
) -> networkx.MultiDiGraph:
    """Actors as nodes, events with two sides as edges named by their identifiers."""
    chosen = sorted((event for event in events if event.modality in modalities), key=lambda event: event.id)
    actors = {actor.id: actor for event in chosen for actor in (event.actor, event.target) if actor}
    graph = networkx.MultiDiGraph()
    for _, actor in sorted(actors.items()):
        graph.add_node(actor.id, label=actor.label, type=actor.type, code=actor.code)
    for event in chosen:
        if event.actor and event.target:
            said = {"date": event.date, "modality": event.modality.value, "statements": len(event.statements), "sources": event.sources}
            action = actions[event.action]
            named = {"action": action.id, "action_label": action.label, "action_type": action.type}
            graph.add_edge(event.actor.id, event.target.id, key=event.id, **named, **said)
    return graph


def graphml(graph: networkx.MultiDiGraph) -> bytes:
    """Write GraphML, for yEd, Cytoscape and R."""
    stream = BytesIO()
    networkx.readwrite.graphml.write_graphml_xml(_printable(graph), stream)
    return stream.getvalue().replace(b"\r", b"&#13;")  # as it is, a reader of XML makes a line end of it


def gexf(graph: networkx.MultiDiGraph) -> bytes:
    """Write GEXF, for Gephi, without the day and the version that networkx would put in."""
    stream = BytesIO()
    networkx.write_gexf(_printable(graph), stream)
    return re.sub(rb"\s*<meta.*?</meta>", b"", stream.getvalue(), count=1, flags=re.DOTALL)


def _printable(graph: networkx.MultiDiGraph) -> networkx.MultiDiGraph:
    """Replace the characters that XML forbids by U+FFFD."""

    def clean(value: Any) -> Any:
        return NOT_XML.sub("\ufffd", value) if isinstance(value, str) else value

    printable = networkx.MultiDiGraph()
    for node, data in graph.nodes(data=True):
        printable.add_node(clean(node), **{key: clean(value) for key, value in data.items()})
    for source, target, key, data in graph.edges(keys=True, data=True):
        printable.add_edge(clean(source), clean(target), key=key, **{name: clean(value) for name, value in data.items()})
    return printable
