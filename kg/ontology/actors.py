"""Reads who is who: actors and their names, places, and the words that tell what kind of actor somebody is.

Tables come in layers, ours first: a row of a later one takes the place of an earlier row with the same
identifier, and a name means what the last layer says. Every such clash is kept, to be reported.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from kg.model import Actor, DataError, Problem
from kg.ontology.tables import known, rows_of, several

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
LANGUAGE = re.compile(r"(.+)@([a-z]{2,3}(?:-[A-Za-z0-9]+)*)")
CODE = re.compile(r"((---|[A-Z][A-Z0-9]{2})[A-Z0-9]*)?")
STATE = re.compile(r"([A-Z][A-Z0-9]{2})?")
IDENTIFIER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
QID = re.compile(r"(Q[1-9][0-9]*)?", re.ASCII)
COLUMNS = ("id", "type", "label", "code", "names", "adjectives", "metonyms", "part_of", "affiliated_with", "wikidata")
Kind = Literal["name", "adjective", "metonym", "place"]


@dataclass(frozen=True, slots=True)
class Name:
    """What a name stands for: an actor, or a place in the actor's land."""

    actor: Actor
    kind: Kind


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


@dataclass(frozen=True, slots=True)
class Directory:
    """Who is who: actors by CURIE, the chief adjective of each state, what every name means, and its language if not English.

    ``where`` is the row of each actor; ``clashes`` tell where one layer says otherwise than those before it.
    """

    actors: Mapping[str, Actor] = field(default_factory=dict)
    adjectives: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, Name] = field(default_factory=dict)
    languages: Mapping[str, str] = field(default_factory=dict)
    where: Mapping[str, str] = field(default_factory=dict)
    clashes: Sequence[Problem] = ()


def read_directory(layers: Iterable[tuple[Path | None, Path | None]]) -> Directory:
    """Read the tables of actors and of places of every layer. Raises DataError."""
    directory = Directory()
    for actors, places in layers:
        if actors is not None:
            directory = add_actors(actors, directory)
        if places is not None:
            directory = add_places(places, directory)
    sound: set[str] = set()
    for actor in directory.actors.values():
        _check_whole(actor, directory, sound)
    return directory


def add_actors(path: Path, before: Directory) -> Directory:
    """Lay a table of actors over what is known before."""
    actors: dict[str, Actor] = {}
    places: dict[str, str] = {}
    names: dict[str, tuple[str, Name]] = {}
    languages: dict[str, str] = {}
    adjectives: dict[str, str] = {}
    for where, row in rows_of(path, COLUMNS):
        actor = _actor(where, row)
        if actor.id in actors:
            raise DataError(f"{where}: {actor.id} stands here a second time, as in {places[actor.id]}.\nJoin the two rows.")
        actors[actor.id], places[actor.id] = actor, where
        for name, kind, language in _names(row):
            if name in names and names[name][1].actor.id != actor.id:
                raise DataError(f"{where}: {name!r} already names {names[name][1].actor.id}.\nA name may stand in one row only.")
            names.setdefault(name, (where, Name(actor, kind)))
            if language:
                languages[name] = language
        if row["adjectives"]:
            adjectives[actor.id] = several(row["adjectives"])[0]
    kept = {name: meaning for name, meaning in before.names.items() if meaning.actor.id not in actors}
    anew = {name: meaning for name, (_, meaning) in names.items()}
    return Directory(
        actors={**before.actors, **actors},
        adjectives={**{id: adjective for id, adjective in before.adjectives.items() if id not in actors}, **adjectives},
        names=kept | anew,
        languages={**{name: language for name, language in before.languages.items() if name in kept}, **languages},
        where={**before.where, **places},
        clashes=(*before.clashes, *_replaced(actors, places, before), *_renamed(names, kept)),
    )


def _actor(where: str, row: Mapping[str, str]) -> Actor:
    """Check one row of actors.csv. Raises DataError."""
    known(where, "type", row["type"], ACTOR_TYPES)
    if not IDENTIFIER.fullmatch(row["id"]):
        raise DataError(f"{where}: {row['id']!r} is no identifier.\nUse lower-case letters and digits joined by hyphens.")
    if not row["label"]:
        raise DataError(f"{where}: actor:{row['id']} has no label.\nWrite the name that people know it by.")
    if not (STATE if row["type"] == "state" else CODE).fullmatch(row["code"]):
        raise DataError(f"{where}: {row['code']!r} is no code.\nUse capitals in threes, the state first: ISR, ISRMIL; --- for no state.")
    if not QID.fullmatch(row["wikidata"]):
        raise DataError(f"{where}: {row['wikidata']!r} is no item of Wikidata.\nWrite Q and its number, or nothing if it is not certain.")
    part_of = f"actor:{row['part_of']}" if row["part_of"] else ""
    affiliated = tuple(sorted(f"actor:{other}" for other in several(row["affiliated_with"])))
    return Actor(f"actor:{row['id']}", row["label"], row["type"], row["code"], part_of, row["wikidata"], affiliated=affiliated)


def _names(row: Mapping[str, str]) -> Iterator[tuple[str, Kind, str]]:
    """The names of a row, each once: as written, of what kind, and in which language if it says so ("Ligue arabe@fr")."""
    cells: tuple[tuple[Kind, str], ...]
    cells = (("name", f"{row['label']}; {row['names']}"), ("adjective", row["adjectives"]), ("metonym", row["metonyms"]))
    for kind, cell in cells:
        for name in dict.fromkeys(several(cell)):
            foreign = LANGUAGE.fullmatch(name)
            yield (foreign[1], kind, foreign[2]) if foreign else (name, kind, "")


def _replaced(actors: Mapping[str, Actor], places: Mapping[str, str], before: Directory) -> Iterator[Problem]:
    for id, actor in actors.items():
        if id in before.actors and before.actors[id] != actor:
            yield Problem(places[id], f"{id} is described otherwise than in {before.where[id]}; this row counts.")


def _renamed(names: Mapping[str, tuple[str, Name]], kept: Mapping[str, Name]) -> Iterator[Problem]:
    for name, (where, meaning) in names.items():
        if name in kept and kept[name].actor.id != meaning.actor.id:
            yield Problem(where, f"{name!r} means {meaning.actor.id} here and {kept[name].actor.id} in a layer before; this row counts.")


def _check_whole(actor: Actor, directory: Directory, sound: set[str]) -> None:
    """What an actor is part of, and whom it is affiliated with, must be there, and nothing is part of itself.

    ``sound`` are those whose wholes have been looked at, and grows.
    """
    where = directory.where[actor.id]
    for other in actor.affiliated:
        if other not in directory.actors:
            raise DataError(f"{where}: {actor.id} is affiliated with {other}, which has no row.\nAdd it, or mend affiliated_with.")
    seen, whole = {actor.id}, actor.part_of
    while whole and whole not in sound:
        if whole not in directory.actors:
            raise DataError(f"{where}: {actor.id} is part of {whole}, which has no row.\nAdd it, or mend part_of.")
        if whole in seen:
            raise DataError(f"{where}: {actor.id} is part of itself, by way of {whole}.\nMend part_of in one of the rows.")
        seen.add(whole)
        whole = directory.actors[whole].part_of
    sound |= seen


def add_places(path: Path, before: Directory) -> Directory:
    """Lay a table of which place lies in whose land over what is known before."""
    places: dict[str, Name] = {}
    clashes: list[Problem] = []
    for where, row in rows_of(path, ("name", "actor")):
        name, actor = row["name"], before.actors.get(f"actor:{row['actor']}")
        if name in places:
            raise DataError(f"{where}: {name!r} stands here a second time.\nKeep one of the rows.")
        if actor is None:
            raise DataError(f"{where}: unknown actor {row['actor']!r}.\nUse the id of a row of actors.csv.")
        other = before.names.get(name)
        beside = path.with_name("actors.csv")
        if (other and other.actor.id != actor.id) or (other and other.kind != "place"):
            if before.where[other.actor.id].startswith(f"{beside}:"):
                raise DataError(f"{where}: {name!r} also stands in actors.csv, for {other.actor.id}.\nKeep one of them.")
            clashes.append(
                Problem(where, f"{name!r} is a place of {actor.id} here and means {other.actor.id} in a layer before; this row counts.")
            )
        places[name] = Name(actor, "place")
    return Directory(
        before.actors, before.adjectives, {**before.names, **places}, before.languages, before.where, (*before.clashes, *clashes)
    )


def read_roles(path: Path) -> dict[str, Role]:
    """Read which common noun names what kind of actor."""
    roles: dict[str, Role] = {}
    for where, row in rows_of(path, ("word", "role", "type", "code", "label")):
        known(where, "type", row["type"], ACTOR_TYPES)
        if row["word"] in roles:
            raise DataError(f"{where}: {row['word']!r} stands here a second time.\nKeep one of the rows.")
        roles[row["word"]] = Role(row["role"], row["type"], row["code"], row["label"])
    return roles


def read_name_words(path: Path) -> dict[str, NameWord]:
    """Read which word in a name tells what kind of actor it is."""
    words: dict[str, NameWord] = {}
    for where, row in rows_of(path, ("word", "type", "code", "example")):
        known(where, "type", row["type"], ACTOR_TYPES | {""})
        if row["word"] in words:
            raise DataError(f"{where}: {row['word']!r} stands here a second time.\nKeep one of the rows.")
        words[row["word"]] = NameWord(row["word"], row["type"], row["code"], row["example"])
    return words
