"""Reads and checks the hand-written files; owns the prefixes.

Trees are Turtle, tables are CSV (see ``ontology/README.md``); every reader names file and line of
what it cannot accept, and what to do about it.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import StringIO
from pathlib import Path
from typing import Literal

import rdflib
from rdflib.namespace import RDF, SKOS

from kg.model import Action, Actor, DataError

PREFIXES: Mapping[str, str] = {
    "kg": "https://w3id.org/actor-kg/ontology#",
    "action": "https://w3id.org/actor-kg/action/",
    "relation": "https://w3id.org/actor-kg/relation/",
    "actor": "https://w3id.org/actor-kg/id/actor/",
    "event": "https://w3id.org/actor-kg/id/event/",
    "statement": "https://w3id.org/actor-kg/id/statement/",
    "document": "https://w3id.org/actor-kg/id/document/",
    "conflict": "https://w3id.org/actor-kg/id/conflict/",
}
KG = rdflib.Namespace(PREFIXES["kg"])
ACTOR_TYPES = frozenset(
    [
        "state",
        "government",
        "armed-forces",
        "armed-group",
        "person",
        "office",
        "international-organisation",
        "party",
        "company",
        "media",
        "population",
        "place",
        "organisation",
    ]
)
READINGS = frozenset({"negated", "intended", "hypothetical", "said", "rumoured", "happens"})
RULE_POS = frozenset({"verb", "noun", "adj", "aux"})
NO_ACTION = "none"  # of a row that only keeps shorter ones from reading: "sank Portugal in the final"
CUE_POS = frozenset({"verb", "noun", "adj", "adv", "aux", "mark", "prep", "det"})


@dataclass(frozen=True, slots=True)
class Name:
    """What a name stands for: an actor, or a place in the actor's land."""

    actor: Actor
    kind: Literal["name", "adjective", "metonym", "place"]


@dataclass(frozen=True, slots=True)
class Role:
    """A kind of actor that a common noun names: "troops" are somebody's ``mil``."""

    role: str
    type: str
    code: str
    label: str


@dataclass(frozen=True, slots=True)
class NameWord:
    """A row of ``namewords.csv``: a word that tells what kind of actor has it in its name ("Brigade"); ``example`` is such a name."""

    word: str
    type: str
    code: str
    example: str


Pattern = tuple[frozenset[str], ...]
"""A trigger: for each word, the lemmas that it may be, with ``OBJECT`` among them if it must be the object."""

OBJECT = "="


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A row of ``rules.csv``: which words express which action, and where its actor and target stand.

    Rows are told apart by identity, which keeps the indexes over them cheap to look up.
    """

    id: str
    pos: str
    trigger: Pattern
    action: str
    actor: tuple[str, ...]
    target: tuple[str, ...]
    optional: bool
    example: str
    expect: str


@dataclass(frozen=True, slots=True)
class LightVerb:
    """A row of ``lightverbs.csv``: a verb whose subject is the actor (or target) of its object noun."""

    trigger: Pattern
    subject: str
    example: str
    expect: str


@dataclass(frozen=True, slots=True, eq=False)
class Cue:
    """A row of ``cues.csv``: a word that changes whether it happened, or who says so."""

    cue: str
    trigger: Pattern
    pos: str
    readings: frozenset[str]
    example: str
    expect: str


@dataclass(frozen=True, slots=True)
class Counterexample:
    """A row of ``counterexamples.csv``: a sentence in which ``never`` must not be read."""

    example: str
    never: str
    reason: str


@dataclass(frozen=True)
class Ontology:
    """Everything hand-written, read and checked."""

    folder: Path
    vocabulary: rdflib.Graph
    actions: Mapping[str, Action]
    quads: Mapping[str, int]
    actors: Mapping[str, Actor]
    adjectives: Mapping[str, str]
    names: Mapping[str, Name]
    roles: Mapping[str, Role]
    name_words: Mapping[str, NameWord]
    rules: tuple[Rule, ...]
    light_verbs: tuple[LightVerb, ...]
    cues: tuple[Cue, ...]
    counterexamples: tuple[Counterexample, ...]

    def __hash__(self) -> int:
        return id(self)


def ontology_folder() -> Path:
    """Find the ontology that ships with the package, or the one of the source tree."""
    packaged = Path(__file__).parent / "data" / "ontology"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / "ontology"


@lru_cache(maxsize=8)
def read_ontology(folder: Path | None = None) -> Ontology:
    """Read and check all hand-written files. Raises DataError with file, line and remedy."""
    folder = folder or ontology_folder()
    tables = folder / "mappings"
    vocabulary = read_vocabulary(folder)
    actions, quads = read_actions(vocabulary, folder / "actions.ttl")
    actors, adjectives, names = read_actors(tables / "actors.csv")
    for name, place in read_places(tables / "places.csv", actors).items():
        if name in names:
            raise DataError(f"{tables / 'places.csv'}: {name!r} also stands in actors.csv, for {names[name].actor.id}.\nKeep one of them.")
        names[name] = place
    return Ontology(
        folder=folder,
        vocabulary=vocabulary,
        actions=actions,
        quads=quads,
        actors=actors,
        adjectives=adjectives,
        names=names,
        roles=read_roles(tables / "roles.csv"),
        name_words=read_name_words(tables / "namewords.csv"),
        rules=tuple(read_rules(tables / "rules.csv", actions)),
        light_verbs=tuple(read_light_verbs(tables / "lightverbs.csv")),
        cues=tuple(read_cues(tables / "cues.csv")),
        counterexamples=tuple(read_counterexamples(tables / "counterexamples.csv", actions)),
    )


def read_vocabulary(folder: Path) -> rdflib.Graph:
    """Parse the Turtle files that every graph carries: the vocabulary and the actions."""
    graph = rdflib.Graph()
    for name in ("kg.ttl", "actions.ttl"):
        try:
            graph.parse(folder / name, format="turtle")
        except (OSError, SyntaxError, IndexError, ValueError) as error:  # rdflib runs off the end of a truncated file
            raise DataError(f"{folder / name}: {error}\nMend the Turtle, then run kg check.") from error
    return graph


def read_actions(graph: rdflib.Graph, path: Path) -> tuple[dict[str, Action], dict[str, int]]:
    """Collect the actions with their PLOVER types, and the quad class (1 to 4) of each type."""
    actions: dict[str, Action] = {}
    quads: dict[str, int] = {}
    for node in sorted(graph.subjects(RDF.type, SKOS.Concept), key=str):
        if not str(node).startswith(PREFIXES["action"]):
            continue
        top = next((up for up in graph.transitive_objects(node, SKOS.broader) if (up, KG.ploverType, None) in graph), None)
        if top is None:
            raise DataError(f"{path}: {curie(str(node))} is under none of the 16 PLOVER types.\nGive it skos:broader.")
        plover = str(graph.value(top, KG.ploverType))
        broader = graph.value(node, SKOS.broader)
        actions[curie(str(node))] = Action(
            id=curie(str(node)),
            label=str(graph.value(node, SKOS.prefLabel)),
            type=plover,
            broader=curie(str(broader)) if broader else "",
            cameo=str(graph.value(node, SKOS.notation) or ""),
            symmetric=str(graph.value(node, KG.symmetric)) == "true",
            consequence=str(graph.value(node, KG.consequence)) == "true",
        )
        quads[plover] = int(str(graph.value(top, KG.quad)))
    return actions, quads


def curie(iri: str) -> str:
    """Shorten an IRI of one of our namespaces.

    >>> curie("https://w3id.org/actor-kg/action/airstrike")
    'action:airstrike'
    """
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def read_actors(path: Path) -> tuple[dict[str, Actor], dict[str, str], dict[str, Name]]:
    """Read who is who: actors by CURIE, the chief adjective of each state, and every name."""
    actors: dict[str, Actor] = {}
    adjectives: dict[str, str] = {}
    names: dict[str, Name] = {}
    columns = ("id", "type", "label", "code", "names", "adjectives", "metonyms", "part_of", "wikidata")
    for where, row in _rows(path, columns):
        _known(where, "type", row["type"], ACTOR_TYPES)
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["id"]):
            raise DataError(f"{where}: {row['id']!r} is no identifier.\nUse lower-case letters and digits joined by hyphens.")
        part_of = f"actor:{row['part_of']}" if row["part_of"] else ""
        actor = Actor(f"actor:{row['id']}", row["label"], row["type"], row["code"], part_of, row["wikidata"])
        if actor.id in actors:
            raise DataError(f"{where}: {actor.id} stands here a second time.\nJoin the two rows.")
        actors[actor.id] = actor
        kinds: tuple[tuple[Literal["name", "adjective", "metonym"], str], ...]
        kinds = (("name", f"{row['label']}; {row['names']}"), ("adjective", row["adjectives"]), ("metonym", row["metonyms"]))
        for kind, cell in kinds:
            for name in dict.fromkeys(_several(cell)):
                if name in names and names[name].actor.id != actor.id:
                    raise DataError(f"{where}: {name!r} already names {names[name].actor.id}.\nA name may stand in one row only.")
                names.setdefault(name, Name(actor, kind))
        if row["adjectives"]:
            adjectives[actor.id] = _several(row["adjectives"])[0]
    for actor in actors.values():
        if actor.part_of and actor.part_of not in actors:
            raise DataError(f"{path}: {actor.id} is part of {actor.part_of}, which has no row.\nAdd it, or mend part_of.")
    return actors, adjectives, names


def read_places(path: Path, actors: Mapping[str, Actor]) -> dict[str, Name]:
    """Read which place lies in whose land."""
    places: dict[str, Name] = {}
    for where, row in _rows(path, ("name", "actor")):
        if row["name"] in places:
            raise DataError(f"{where}: {row['name']!r} stands here a second time.\nKeep one of the rows.")
        if f"actor:{row['actor']}" not in actors:
            raise DataError(f"{where}: unknown actor {row['actor']!r}.\nUse the id of a row of actors.csv.")
        places[row["name"]] = Name(actors[f"actor:{row['actor']}"], "place")
    return places


def read_roles(path: Path) -> dict[str, Role]:
    """Read which common noun names what kind of actor."""
    roles: dict[str, Role] = {}
    for where, row in _rows(path, ("word", "role", "type", "code", "label")):
        _known(where, "type", row["type"], ACTOR_TYPES)
        if row["word"] in roles:
            raise DataError(f"{where}: {row['word']!r} stands here a second time.\nKeep one of the rows.")
        roles[row["word"]] = Role(row["role"], row["type"], row["code"], row["label"])
    return roles


def read_name_words(path: Path) -> dict[str, NameWord]:
    """Read which word in a name tells what kind of actor it is."""
    words: dict[str, NameWord] = {}
    for where, row in _rows(path, ("word", "type", "code", "example")):
        _known(where, "type", row["type"], ACTOR_TYPES | {""})
        if row["word"] in words:
            raise DataError(f"{where}: {row['word']!r} stands here a second time.\nKeep one of the rows.")
        words[row["word"]] = NameWord(row["word"], row["type"], row["code"], row["example"])
    return words


def read_rules(path: Path, actions: Mapping[str, Action]) -> Iterator[Rule]:
    """Read which words express which action."""
    seen: dict[str, str] = {}
    for where, row in _rows(path, ("id", "pos", "trigger", "action", "actor", "target", "example", "expect")):
        if row["id"] in seen:
            raise DataError(f"{where}: the id {row['id']!r} is taken by {seen[row['id']]}.\nChoose another.")
        seen[row["id"]] = where
        _known(where, "pos", row["pos"], RULE_POS)
        if row["action"] not in actions and row["action"] != NO_ACTION:
            advice = f"Define it in actions.ttl, or use one of: {', '.join(sorted(actions))}."
            raise DataError(f"{where}: unknown action {row['action']!r} for {row['trigger']!r}.\n{advice}")
        target = row["target"]
        if not row["trigger"] or not row["actor"] or not target or not row["example"]:
            raise DataError(f"{where}: trigger, actor, target and example must be filled.\nSee ontology/README.md.")
        spec = tuple(part for part in target.removesuffix("?").split("|") if part != "none")
        optional = target.endswith("?") or target == "none"
        actor = tuple(row["actor"].split("|"))
        yield Rule(row["id"], row["pos"], pattern(row["trigger"]), row["action"], actor, spec, optional, row["example"], row["expect"])


def read_light_verbs(path: Path) -> Iterator[LightVerb]:
    """Read which verbs lend an event noun their subject."""
    for where, row in _rows(path, ("verb", "subject", "example", "expect")):
        _known(where, "subject", row["subject"], frozenset({"actor", "target"}))
        yield LightVerb(pattern(row["verb"]), row["subject"], row["example"], row["expect"])


def read_cues(path: Path) -> Iterator[Cue]:
    """Read which words change whether it happened."""
    for where, row in _rows(path, ("cue", "pos", "reading", "example", "expect")):
        _known(where, "pos", row["pos"], CUE_POS)
        readings = _several(row["reading"])
        for reading in readings:
            _known(where, "reading", reading, READINGS)
        yield Cue(row["cue"], pattern(row["cue"]), row["pos"], frozenset(readings), row["example"], row["expect"])


def read_counterexamples(path: Path, actions: Mapping[str, Action]) -> Iterator[Counterexample]:
    """Read what must not be read so, and why."""
    for where, row in _rows(path, ("example", "never", "reason")):
        _known(where, "never", row["never"], frozenset({"any", *actions}))
        yield Counterexample(row["example"], row["never"], row["reason"])


def pattern(trigger: str) -> Pattern:
    """Read a trigger cell.

    >>> [sorted(words) for words in pattern("fire|launch missile")]
    [['fire', 'launch'], ['missile']]
    >>> [sorted(words) for words in pattern("attack =record|speech")]
    [['attack'], ['=', 'record', 'speech']]
    """
    return tuple(frozenset(word.removeprefix(OBJECT).split("|")) | set(word[:1]) & {OBJECT} for word in trigger.split())


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[str, dict[str, str]]]:
    """Read a table with exactly these columns; yields "file:line" and the row, cells stripped."""
    table = cells_of(path)
    where, header = next(table)
    if tuple(header) != columns:
        raise DataError(f"{where}: the header is {','.join(header)!r}.\nIt must be {','.join(columns)!r}.")
    for where, cells in table:
        yield where, dict(zip(columns, (cell.strip() for cell in cells), strict=True))


def cells_of(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Read a table strictly, its header first: "file:line" and the cells, as many in each row. Raises DataError."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise DataError(f"{path}: {error.strerror}.\nThe ontology needs this table.") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise DataError(f"{path}:{line}: a character that is not UTF-8.\nSave the table as UTF-8.") from error
    if not text.strip():
        raise DataError(f"{path}: the table is empty.\nIt needs its header, as in ontology/README.md.")
    reader = csv.reader(StringIO(text), strict=True)
    try:
        header = next(reader)
        yield f"{path}:{reader.line_num}", header
        for cells in reader:
            if len(cells) != len(header):
                advice = "A cell that contains a comma needs quotation marks." if len(cells) > len(header) else "A cell is missing."
                raise DataError(f"{path}:{reader.line_num}: {len(cells)} cells instead of {len(header)}.\n{advice}")
            yield f"{path}:{reader.line_num}", cells
    except csv.Error as error:
        raise DataError(f"{path}:{reader.line_num}: {error}.\nLook for a quotation mark without its partner.") from error


def _several(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _known(where: str, column: str, value: str, allowed: frozenset[str]) -> None:
    if value not in allowed:
        raise DataError(f"{where}: unknown {column} {value!r}.\nUse one of: {', '.join(sorted(allowed))}.")
