"""Events as the data sets of GDELT and ICEWS have them: two actors, a code of CAMEO, a quad class and a Goldstein score."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from kg import tables
from kg.build import Graph
from kg.model import Actor, Event, Modality
from kg.ontology import Code, read_cameo

COLUMNS = (
    *("GlobalEventID", "SQLDATE", "MonthYear", "Year", "Actor1Code", "Actor1Name", "Actor1CountryCode"),
    *("Actor2Code", "Actor2Name", "Actor2CountryCode", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass"),
    *("GoldsteinScale", "NumMentions", "NumSources", "NumArticles", "ActionGeo_FullName", "SOURCEURL"),
)
NO_STATE = "---"


def events_cameo(graph: Graph, *, spreadsheet: bool = False, bodies_with_state: bool = False) -> bytes:
    """Write the asserted events as CSV with the column names of GDELT; for a ``spreadsheet`` formulas are guarded."""
    codes = read_cameo(graph.ontology.folder)
    addresses = {document.id: document.url for document in graph.documents}
    happened = sorted(asserted(graph, bodies_with_state=bodies_with_state), key=lambda event: event.id)
    rows = (cameo_row(event, graph, codes, addresses) for event in happened)
    return tables.as_csv(rows, COLUMNS, spreadsheet=spreadsheet).encode()


def asserted(graph: Graph, *, bodies_with_state: bool = False) -> Iterator[Event]:
    """The events that somebody says have happened: the only ones that such data sets have."""
    return (event for event in graph.counted(bodies_with_state=bodies_with_state) if event.modality is Modality.ASSERTED)


def cameo_row(event: Event, graph: Graph, codes: Mapping[str, Code], addresses: Mapping[str, str]) -> tables.Row:
    """One event; of an action without a code the code and its score are empty, and the quad class is that of its PLOVER type.

    Mentions, sources and articles are those that say it has happened.
    """
    told = tuple(one for one in event.statements if one.modality is Modality.ASSERTED)
    articles = {one.evidence.document for one in told}
    said = replace(event, statements=told, copies=tuple(pair for pair in event.copies if articles.issuperset(pair)))
    action = graph.ontology.actions[event.action]
    code = codes.get(action.cameo)
    day, month = (event.date if len(event.date) == size and event.date.replace("-", "").isdigit() else "" for size in (10, 7))
    year = event.date[:4] if day or month or (len(event.date) == 4 and event.date.isdigit()) else ""
    return {
        "GlobalEventID": event.id,
        "SQLDATE": day.replace("-", ""),
        "MonthYear": (day or month)[:7].replace("-", ""),
        "Year": year,
        **_side("Actor1", event.actor),
        **_side("Actor2", event.target),
        "EventCode": action.cameo,
        "EventBaseCode": action.cameo[:3],
        "EventRootCode": action.cameo[:2],
        "QuadClass": code.quad if code else graph.ontology.quads[action.type],
        "GoldsteinScale": code.goldstein if code else "",
        "NumMentions": len(said.statements),
        "NumSources": said.sources,
        "NumArticles": len(said.documents),
        "ActionGeo_FullName": event.place,
        "SOURCEURL": next((addresses[id] for id in said.documents if addresses.get(id)), ""),
    }


def _side(name: str, actor: Actor | None) -> dict[str, str]:
    code = actor.code if actor else ""
    country = "" if code.startswith(NO_STATE) else code[:3]
    return {f"{name}Code": code, f"{name}Name": actor.label if actor else "", f"{name}CountryCode": country}


def left_out(graph: Graph) -> list[str]:
    """What the table cannot say of this graph, in words."""
    happened = list(asserted(graph))
    others = len(graph.events) - len(happened)
    bare = sum(not graph.ontology.actions[event.action].cameo for event in happened)
    vague = sum(not (len(event.date) == 10 and event.date[4] == "-") for event in happened)
    return [
        f"Left out: {others} events that are only denied, planned or feared, and all sentences, speakers, numbers and conflicts.",
        f"Without EventCode and GoldsteinScale: {bare} events, whose action has no code of CAMEO.",
        f"Without SQLDATE: {vague} events, whose day is not known.",
    ]
