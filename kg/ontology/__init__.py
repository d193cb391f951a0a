"""Reads and checks the hand-written files; owns the prefixes.

Trees are Turtle, tables are CSV (see ``ontology/README.md``); every reader names file and line of
what it cannot accept, and what to do about it. A user's own tables lie over ours in layers.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import rdflib

from kg.model import Action, Actor, DataError, Problem
from kg.ontology.actions import KG, PREFIXES, curie, read_actions, read_vocabulary
from kg.ontology.actors import (
    ACTOR_TYPES,
    CODE,
    IDENTIFIER,
    LANGUAGE,
    QID,
    Name,
    NameWord,
    Role,
    read_directory,
    read_name_words,
    read_roles,
)
from kg.ontology.actors import COLUMNS as ACTOR_COLUMNS
from kg.ontology.corrections import IS, NEVER, SAME, Corrections, read_corrections
from kg.ontology.identity import APART, LIMIT, ONE, Identity, Weight, bound, identity_of, read_identity
from kg.ontology.offices import (
    ACTING,
    ELECT,
    GOVERNMENT,
    OPEN,
    OTHER,
    Coded,
    Membership,
    Office,
    Standing,
    Title,
    held_by,
    middle,
    read_articles,
    read_codes,
    read_offices,
    read_standings,
    read_titles,
    with_standings,
)
from kg.ontology.qualifiers import ABOUT, EXACT, LEAST, MOST, Qualifier, read_qualifiers
from kg.ontology.rules import (
    NO_ACTION,
    OBJECT,
    Counterexample,
    Cue,
    LightVerb,
    Pattern,
    Rule,
    pattern,
    read_counterexamples,
    read_cues,
    read_light_verbs,
    read_rules,
)
from kg.ontology.schemes import Code, read_cameo
from kg.ontology.tables import cells_of, several

__all__ = [
    "ABOUT",
    "ACTING",
    "ACTOR_COLUMNS",
    "ACTOR_TYPES",
    "APART",
    "CODE",
    "ELECT",
    "EXACT",
    "GOVERNMENT",
    "IDENTIFIER",
    "IS",
    "KG",
    "LANGUAGE",
    "LEAST",
    "LIMIT",
    "MOST",
    "NEVER",
    "NO_ACTION",
    "OBJECT",
    "ONE",
    "OPEN",
    "OTHER",
    "PREFIXES",
    "QID",
    "SAME",
    "Code",
    "Coded",
    "Corrections",
    "Counterexample",
    "Cue",
    "Identity",
    "LightVerb",
    "Membership",
    "Name",
    "NameWord",
    "Office",
    "Ontology",
    "Pattern",
    "Qualifier",
    "Role",
    "Rule",
    "Standing",
    "Title",
    "Weight",
    "bound",
    "cells_of",
    "curie",
    "identity_of",
    "lineage",
    "middle",
    "ontology_folder",
    "pattern",
    "read_cameo",
    "read_ontology",
    "several",
    "table_files",
    "tables_in",
    "tables_of",
]


MAPPINGS = "mappings"
OWN = frozenset({"corrections", "merges"})
TABLES = frozenset(
    (
        "actors",
        "places",
        "offices",
        "titles",
        "articles",
        "standings",
        "codes",
        "roles",
        "namewords",
        "rules",
        "lightverbs",
        "cues",
        "qualifiers",
        "counterexamples",
        "weights",
    )
).union(OWN)


@dataclass(frozen=True)
class Ontology:
    """Everything hand-written, read and checked.

    ``folder`` holds the Turtle and the questions, ``layers`` the folders whose tables lie over its own;
    ``clashes`` tell where they say otherwise.
    """

    folder: Path
    layers: tuple[Path, ...]
    clashes: tuple[Problem, ...]
    vocabulary: rdflib.Graph
    actions: Mapping[str, Action]
    quads: Mapping[str, int]
    actors: Mapping[str, Actor]
    adjectives: Mapping[str, str]
    names: Mapping[str, Name]
    languages: Mapping[str, str]
    titles: tuple[Title, ...]
    standings: Mapping[str, Standing]
    offices: Mapping[str, Office]
    held: Mapping[str, tuple[Office, ...]]
    codes: Mapping[str, tuple[Coded, ...]]
    corrections: Corrections
    identity: Identity
    roles: Mapping[str, Role]
    name_words: Mapping[str, NameWord]
    rules: tuple[Rule, ...]
    light_verbs: tuple[LightVerb, ...]
    cues: tuple[Cue, ...]
    qualifiers: Mapping[str, Qualifier]
    counterexamples: tuple[Counterexample, ...]

    def __hash__(self) -> int:
        return id(self)


def lineage(actor: Actor | None, ontology: Ontology) -> list[str]:
    """An actor and those whom it is part of, nearest first."""
    found: list[str] = []
    while actor is not None and actor.id not in found:
        found.append(actor.id)
        above = actor.part_of
        actor = ontology.actors.get(above, Actor(above, above, "")) if above else None
    return found


def ontology_folder() -> Path:
    """Find the ontology that ships with the package, or the one of the source tree."""
    packaged = Path(__file__).parent.parent / "data" / "ontology"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent.parent / "ontology"


def read_ontology(folder: Path | None = None, layers: Iterable[Path] = ()) -> Ontology:
    """Read and check all hand-written files, those of each of ``layers`` over ours. Raises DataError with file, line and remedy."""
    folders = (folder or ontology_folder(), *layers)
    return _read(folders[0], folders[1:], _state(folders))


def _state(folders: Iterable[Path]) -> tuple[tuple[str, int, int], ...]:
    """What tells whether a file was edited since it was read."""
    base, *layers = folders
    files = [*sorted(base.glob("*.ttl")), *(path for folder in (base, *layers) for path in table_files(folder))]
    return tuple((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in files)


def table_files(folder: Path) -> list[Path]:
    """The tables of an ontology or a layer: those in it, or in its folder mappings."""
    inner = folder / MAPPINGS
    return sorted(path for path in (inner if inner.is_dir() else folder).glob("*.csv") if path.stem in TABLES)


@lru_cache(maxsize=8)
def _read(folder: Path, layers: tuple[Path, ...], state: tuple[tuple[str, int, int], ...]) -> Ontology:
    vocabulary = read_vocabulary(folder)
    actions, quads = read_actions(vocabulary, folder / "actions.ttl")
    folders = [folder / "mappings", *(tables_in(layer) for layer in layers)]
    directory = read_directory(
        [(folders[0] / "actors.csv", folders[0] / "places.csv"), *((_table(one, "actors"), _table(one, "places")) for one in folders[1:])]
    )
    titles = read_titles(tables_of(folders, "titles"))
    articles = {word for path in tables_of(folders, "articles") for word in read_articles(path)}
    offices = with_standings(read_offices(tables_of(folders, "offices"), directory.actors, titles, directory.where, articles))
    actors = {**directory.actors, **{id: office.actor for id, office in offices.items()}}
    rules = {rule.id: rule for path in tables_of(folders, "rules") for rule in read_rules(path, actions)}
    return Ontology(
        folder=folder,
        layers=layers,
        clashes=tuple(directory.clashes),
        vocabulary=vocabulary,
        actions=actions,
        quads=quads,
        actors=actors,
        adjectives=directory.adjectives,
        names=directory.names,
        languages=directory.languages,
        titles=titles,
        standings=read_standings(tables_of(folders, "standings")),
        offices=offices,
        held=held_by(offices),
        codes=read_codes(tables_of(folders, "codes"), directory.actors),
        corrections=read_corrections(tables_of(folders, "corrections"), actors),
        identity=read_identity(tables_of(folders, "weights"), tables_of(folders, "merges")),
        roles={word: role for path in tables_of(folders, "roles") for word, role in read_roles(path).items()},
        name_words={word: row for path in tables_of(folders, "namewords") for word, row in read_name_words(path).items()},
        rules=tuple(rules.values()),
        light_verbs=tuple(row for path in tables_of(folders, "lightverbs") for row in read_light_verbs(path)),
        cues=tuple(row for path in tables_of(folders, "cues") for row in read_cues(path)),
        qualifiers={words: row for path in tables_of(folders, "qualifiers") for words, row in read_qualifiers(path).items()},
        counterexamples=tuple(row for path in tables_of(folders, "counterexamples") for row in read_counterexamples(path, actions)),
    )


def tables_of(folders: Iterable[Path], name: str) -> list[Path]:
    """The files of a table, layer by layer: ours must be there, but for those that are each user's own."""
    base, *layers = folders
    ours = [] if name in OWN and _table(base, name) is None else [base / f"{name}.csv"]
    return ours + [path for layer in layers if (path := _table(layer, name))]


def _table(folder: Path, name: str) -> Path | None:
    path = folder / f"{name}.csv"
    return path if path.exists() else None


def tables_in(layer: Path) -> Path:
    """The folder of a layer in which its tables stand. Raises DataError if there are none, or others than we read."""
    folder = layer / MAPPINGS if (layer / MAPPINGS).is_dir() else layer
    if not folder.is_dir():
        raise DataError(f"{layer}: there is no such folder.\nName a folder with tables, such as kg import writes.")
    found = sorted(path.stem for path in folder.glob("*.csv"))
    strange = [name for name in found if name not in TABLES]
    if strange or not found:
        what = f"no table is called {strange[0]}.csv" if strange else "there is no table in this folder"
        raise DataError(f"{folder}: {what}.\nTables are: {', '.join(f'{name}.csv' for name in sorted(TABLES))}.")
    return folder
