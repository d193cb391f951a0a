"""The statements table as it stands in the file: what a change must know of every line, and no more."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from kg.build.splicing import lines_of
from kg.events import block_name
from kg.events import blocks_of as partition
from kg.model import Actor, Statement
from kg.ontology import Ontology
from kg.tables import actor_from, statements_from

STRING = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
LINE = re.compile(
    rb'\{"id": "(\w+:\w+)", "event": "(\w+:\w+)", "document": (' + STRING + rb'), "start": (\d+), .*?"action": (' + STRING + rb")"
)
PARTIES, PARTY = b', "parties": [', b'{"part": "'
ASSERTED = b'"modality": "asserted"'
"""Quotation marks in text are escaped in JSON, so that no text can look like a key."""

Key = tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of ``statements.jsonl``; ``parties`` are the parts of everybody in it, each with what is told of them, in JSON."""

    raw: bytes
    id: str
    event: str
    document: str
    start: int
    action: str
    parties: tuple[tuple[bytes, bytes], ...]

    @property
    def asserted(self) -> bool:
        """Whether it says that it happened."""
        return ASSERTED in self.raw

    @property
    def key(self) -> Key:
        """Its place in the table."""
        return self.document, self.start, self.id


@dataclass(frozen=True)
class Written:
    """The statements of a graph, line by line. Raises ValueError for a file that is not ours."""

    lines: tuple[Line, ...]
    ontology: Ontology

    @cached_property
    def actors(self) -> dict[bytes, Actor]:
        """Everybody, by what is told of them."""
        told = {told for line in self.lines for _, told in line.parties}
        return {one: actor_from(json.loads(b"{" + one + b"}")) for one in told}

    @cached_property
    def named(self) -> dict[str, set[Actor]]:
        """Everybody, by their CURIEs."""
        said: dict[str, set[Actor]] = {}
        for actor in self.actors.values():
            said.setdefault(actor.id, set()).add(actor)
        return said

    def sides(self, line: Line) -> tuple[Actor | None, Actor | None]:
        """The actor and the target of a line."""
        found = {part: self.actors[told] for part, told in line.parties if part != b"speaker"}
        return found.get(b"actor"), found.get(b"target")

    def near(self, statements: Iterable[Statement]) -> Iterator[Line]:
        """The lines in the blocks of these statements, and perhaps more."""
        statements = list(statements)
        if self.ontology.identity.decisions:  # they may bind blocks together
            yield from self.lines
            return
        types = {self.ontology.actions[one.action].type for one in statements}
        blocks = {block_name(one.action, one.actor, one.target, self.ontology) for one in statements}
        acts = {id for id, action in self.ontology.actions.items() if action.type in types}
        known: dict[tuple[str, tuple[tuple[bytes, bytes], ...]], bool] = {}
        for line in self.lines:
            if line.action in acts:
                told = line.action, line.parties[:2]
                if told not in known:
                    known[told] = block_name(line.action, *self.sides(line), self.ontology) in blocks
                if known[told]:
                    yield line


def read_written(path: Path, ontology: Ontology) -> Written:
    """Read the statements table of a graph as far as a change needs it. Raises ValueError if it is damaged."""
    return Written(tuple(map(_line, lines_of(path.read_bytes()))), ontology)


def _line(raw: bytes) -> Line:
    found = LINE.match(raw)
    tail = raw.rfind(PARTIES)
    if found is None or tail < 0:
        raise ValueError(f"no statement: {raw[:60]!r}")
    id, event, document, start, action = found.groups()
    parties = tuple(map(_party, raw[tail:-3].split(PARTY)[1:]))
    return Line(raw, id.decode(), event.decode(), text_of(document), int(start), text_of(action), parties)


def _party(told: bytes) -> tuple[bytes, bytes]:
    """The part of somebody, and what is told of him."""
    part, _, rest = told.partition(b'", ')
    return part, rest[: rest.rindex(b"}")]


def text_of(string: bytes) -> str:
    """What a JSON string says."""
    return str(json.loads(string)) if b"\\" in string else string[1:-1].decode()


def read_statements_in(lines: Iterable[Line]) -> dict[str, Statement]:
    """The statements of lines, by their CURIEs."""
    rows: list[dict[str, Any]] = [json.loads(line.raw) for line in lines]
    return {row["id"]: one for row, one in zip(rows, statements_from(rows), strict=True)}


def touched(changed: Iterable[str], before: Mapping[str, Statement], after: Mapping[str, Statement], ontology: Ontology) -> set[str]:
    """The statements, before or after, of all blocks in which there is one that changes."""
    blocks = [{one.id for one in block} for said in (before, after) for block in partition(said.values(), ontology).values()]
    found = set(changed)
    while True:
        grown = found.union(*(block for block in blocks if block & found))
        if grown == found:
            return found
        found = grown
