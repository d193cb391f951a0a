"""The nouns of the project, and nothing else.

    Document -> Sentence -> Mention -> Statement -> Event

A *statement* is what one sentence says; an *event* is what we believe happened
once every statement about it has been gathered. Every class here is frozen:
stages return new objects and never edit the ones they were given.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import Literal


class DataError(Exception):
    """Something a person can mend in a file or a command: where, what, and what to do."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One input that could not be read: ``where`` is a path, with ``:line`` where there are lines.

    ``withdraws`` is the id of an article that its publisher takes back with it.
    """

    where: str
    reason: str
    withdraws: str = ""


class Modality(StrEnum):
    """Whether it happened, according to the one who says so."""

    ASSERTED = "asserted"
    NEGATED = "negated"
    INTENDED = "intended"
    HYPOTHETICAL = "hypothetical"


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a document's text that belongs to the article: ``text[start:end]``.

    Boilerplate is what lies between the blocks.
    """

    start: int
    end: int
    kind: Literal["title", "heading", "body"]


@dataclass(frozen=True, slots=True)
class Document:
    """One article. Offsets count Unicode code points in ``text``.

    ``published`` is the day of publication as EDTF, empty if the article does not give it;
    ``sha256`` is the checksum of the file it was read from, as stored: all articles of one file share it;
    ``signature`` tells how much of its text another document prints too (see ``kg/sources.py``).
    """

    id: str
    text: str
    blocks: tuple[Block, ...]
    title: str = ""
    published: str = ""
    source: str = ""
    url: str = ""
    author: str = ""
    language: str = ""
    sha256: str = ""
    signature: str = ""


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a sentence, in Universal Dependencies.

    ``index`` counts from 0, ``head`` is the index of the governor (-1 for the root);
    ``start`` is the offset of the word in the text of its sentence. ``name`` tells whether the word is part of a
    name, and of what: "B-person" begins one, "I-person" goes on; organisation, place and other; empty outside.
    """

    index: int
    text: str
    lemma: str
    pos: str
    tag: str
    feats: str
    head: int
    dep: str
    start: int
    name: str = ""

    @property
    def end(self) -> int:
        """Where the word ends in the text of its sentence."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A parsed sentence; ``start`` is its offset in the text of its document."""

    document: str
    index: int
    start: int
    text: str
    tokens: tuple[Token, ...]

    @property
    def end(self) -> int:
        """Where the sentence ends in the text of its document."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts or is acted upon. ``id`` is a CURIE, ``code`` ISO 3166 alpha-3 or CAMEO-style.

    ``part_of`` is the state or body it belongs to; ``affiliated`` are those who back it, whom it is no part of.
    ``listed`` is False for a name or description that no table knows, kept as it stands in the text.
    """

    id: str
    label: str
    type: str
    code: str = ""
    part_of: str = ""
    wikidata: str = ""
    listed: bool = True
    affiliated: tuple[str, ...] = ()

    @property
    def land(self) -> str:
        """The state that it belongs to, as the first letters of its code; nothing if it belongs to none."""
        return "" if self.code.startswith("---") else self.code[:3]


@dataclass(frozen=True, slots=True)
class Correction:
    """A row of a user's ``corrections.csv``: in ``document`` (in all, if empty) the words ``name`` mean ``actor`` (kind ``is``)
    or never do (``never``; nobody of the tables, if ``actor`` is empty); the actor ``name`` is ``actor`` (``same``).
    """

    kind: str
    document: str
    name: str
    actor: str
    reason: str
    where: str


@dataclass(frozen=True, slots=True)
class Decision:
    """A row of a user's ``merges.csv``: the statements ``one`` and ``other`` speak of one event (kind ``same``) or of two (``apart``)."""

    kind: str
    one: str
    other: str
    reason: str
    where: str


@dataclass(frozen=True, slots=True)
class Action:
    """A concept of ``ontology/actions.ttl``; ``type`` is its PLOVER type in capitals.

    A ``consequence`` is what another act may have led to: "shelled the port, killing five" is one act.
    """

    id: str
    label: str
    type: str
    broader: str = ""
    cameo: str = ""
    symmetric: bool = False
    consequence: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a sentence that name an actor: tokens ``start`` to ``end`` (exclusive).

    ``place`` is the name of a place within the actor's land ("Kharkiv"), empty otherwise.
    """

    start: int
    end: int
    text: str
    actor: Actor
    place: str = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """How many: "more than 85 airstrikes" is 85, "more than", "airstrikes"."""

    value: float
    qualifier: str
    unit: str


@dataclass(frozen=True, slots=True)
class When:
    """A date of EDTF, the words it was read from, and its basis (empty if unknown)."""

    edtf: str = ""
    text: str = ""
    basis: Literal["explicit", "relative", "publication", "context", ""] = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where it is said: ``text[start:end] == quote`` in the document, by which rule it was read."""

    document: str
    start: int
    end: int
    quote: str
    trigger: str
    rule: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What one sentence says: *actor* did *action* to *target* on *date*.

    ``attribution`` is the chain of those who say so, outermost first; empty if the article itself.
    """

    actor: Actor | None
    action: str
    target: Actor | None
    when: When
    place: str
    modality: Modality
    attribution: tuple[Actor, ...]
    quantities: tuple[Quantity, ...]
    evidence: Evidence
    _id: str = field(default="", init=False, repr=False, compare=False)

    @property
    def id(self) -> str:
        """A CURIE made of the content, so that rebuilding the graph renames nothing."""
        if not self._id:
            object.__setattr__(self, "_id", self._named())  # asked for a dozen times, and dear to make
        return self._id

    def _named(self) -> str:
        place = self.evidence
        told = (self.actor_id, self.action, self.target_id, self.when.edtf, self.modality, *(speaker.label for speaker in self.attribution))
        return f"statement:{digest(place.document, str(place.start), place.trigger, place.rule, *told)}"

    @property
    def actor_id(self) -> str:
        """The actor's CURIE, or nothing."""
        return self.actor.id if self.actor else ""

    @property
    def target_id(self) -> str:
        """The target's CURIE, or nothing."""
        return self.target.id if self.target else ""


@dataclass(frozen=True, slots=True)
class Merge:
    """Why a statement is in an event that it words otherwise: each feature with its value and weight, beside another statement of it.

    Where a user has decided it, ``decision`` is the row, and there are no features.
    """

    statement: str
    beside: str
    score: float
    features: tuple[tuple[str, str, float], ...] = ()
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """What we believe happened, with every statement that speaks of it.

    ``merges`` tell why those statements are in it that do not say just the same. ``copies`` are pairs of its documents
    that print much the same text; ``first_report`` and ``last_report`` are the days on which the first and last appeared.
    """

    id: str
    actor: Actor | None
    action: str
    target: Actor | None
    date: str
    place: str
    modality: Modality
    quantities: tuple[Quantity, ...]
    statements: tuple[Statement, ...]
    merges: tuple[Merge, ...] = ()
    copies: tuple[tuple[str, str], ...] = ()
    first_report: str = ""
    last_report: str = ""

    @property
    def documents(self) -> tuple[str, ...]:
        """The documents that speak of it, sorted."""
        return tuple(sorted({statement.evidence.document for statement in self.statements}))

    @property
    def sources(self) -> int:
        """How many independent sources speak of it: documents that print the same sentence or text have it from one."""
        groups: list[tuple[set[str], set[str]]] = []
        said = [({statement.evidence.document}, {statement.evidence.quote}) for statement in self.statements]
        for documents, quotes in (*said, *((set(pair), set()) for pair in self.copies)):
            for group in [group for group in groups if group[0] & documents or group[1] & quotes]:
                groups.remove(group)
                documents |= group[0]
                quotes |= group[1]
            groups.append((documents, quotes))
        return len(groups)

    @property
    def asserted_by(self) -> tuple[Actor, ...]:
        """The speakers who say that it happened, sorted by identifier."""
        return self._speakers(Modality.ASSERTED)

    @property
    def denied_by(self) -> tuple[Actor, ...]:
        """The speakers who say that it did not, sorted by identifier."""
        return self._speakers(Modality.NEGATED)

    def _speakers(self, modality: Modality) -> tuple[Actor, ...]:
        said = (statement for statement in self.statements if statement.modality is modality and statement.attribution)
        speakers = {statement.attribution[-1].id: statement.attribution[-1] for statement in said}
        return tuple(speakers[id] for id in sorted(speakers))


def digest(*parts: str) -> str:
    """Sixteen hexadecimal digits that name the content of ``parts``: two of 100 million are the same once in 3,700 such graphs."""
    return sha256("\n".join(parts).encode()).hexdigest()[:16]
