"""What the page says of each event: the row of its table, in words and plain values.

All text of articles passes through here as text; the template escapes it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from kg.conflicts import Conflict, Side
from kg.dates.spans import span
from kg.model import Action, Actor, Document, Event, Modality, Quantity, Statement, When
from kg.views.marking import Piece, marked, names_of

Names = Mapping[str, Sequence[str]]
Called = Mapping[str, Sequence[Sequence[str]]]
Words = Mapping[str, str]

LONG = 900  # letters


@dataclass(frozen=True, slots=True)
class Saying:
    """One statement as a reader meets it: ``quote`` in pieces, each with what it is."""

    quote: tuple[Piece, ...]
    badge: str
    speaker: str
    when: str
    document: str

    @property
    def long(self) -> bool:
        """Whether the sentence is so long that it scrolls."""
        return sum(len(piece) for piece, _ in self.quote) > LONG


@dataclass(frozen=True, slots=True)
class Dispute:
    """What sources disagree on, and each side: its values, and its articles and speakers."""

    about: str
    sides: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Article:
    """Where it is said; ``url`` is empty unless a reader may follow it."""

    number: int
    id: str
    title: str
    source: str
    published: str
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    """One event as a reader meets it.

    ``first`` and ``last`` are the days it can have happened on, empty if unknown;
    ``sign`` is 1 for cooperation, -1 for conflict, 0 for neither; ``sources`` counts independent ones.
    """

    event: Event
    actor: str
    target: str
    action: str
    type: str
    sign: int
    first: str
    last: str
    basis: str
    badge: str
    quantities: str
    sources: int
    sayings: tuple[Saying, ...]
    disputes: tuple[Dispute, ...]

    @property
    def asserted(self) -> bool:
        """Whether anybody says that it happened."""
        return self.event.modality is Modality.ASSERTED


def rows(
    events: Iterable[Event],
    actions: Mapping[str, Action],
    quads: Mapping[str, int],
    words: Words,
    *,
    conflicts: Iterable[Conflict] = (),
    names: Names | None = None,
) -> list[Row]:
    """Put the events in order of time, undated ones last, and say them in words, with what sources disagree on."""
    disputes: dict[str, list[Dispute]] = {}
    for conflict in conflicts:
        disputes.setdefault(conflict.event, []).append(_dispute(conflict, words))
    events = list(events)
    known = {actor.id: actor for event in events for actor in _parties(event)}
    called = {id: names_of(actor, (names or {}).get(id, ())) for id, actor in known.items()}
    found = [_row(event, actions[event.action], quads, words, disputes.get(event.id, ()), called) for event in events]
    return sorted(found, key=lambda row: (not row.first, row.first, row.last, row.actor, row.target, row.event.id))


def articles(table: Iterable[Row], documents: Iterable[Document]) -> dict[str, Article]:
    """Return the articles that the rows quote, by their ids, numbered in the order of ids."""
    known = {document.id: document for document in documents}
    quoted = sorted({said.document for row in table for said in row.sayings})
    return {id: _article(number, known.get(id, Document(id, "", ()))) for number, id in enumerate(quoted, start=1)}


def _article(number: int, document: Document) -> Article:
    return Article(number, document.id, document.title, document.source, document.published, safe_url(document.url))


def _row(event: Event, action: Action, quads: Mapping[str, int], words: Words, disputes: Iterable[Dispute], called: Called) -> Row:
    first, last = span(event.date)
    return Row(
        event=event,
        actor=_label(event.actor),
        target=_label(event.target),
        action=action.label,
        type=action.type,
        sign=sign(quads.get(action.type, 0)),
        first=first,
        last=last,
        basis=next((_basis(said.when, words) for said in event.statements if said.when.edtf == event.date and said.when.basis), ""),
        badge=_badge(event.modality, words),
        quantities=", ".join(amount(quantity) for quantity in event.quantities),
        sources=event.sources,
        sayings=tuple(_saying(said, event, words, called) for said in event.statements),
        disputes=tuple(disputes),
    )


def _parties(event: Event) -> Iterable[Actor]:
    """Everybody whom the event or one of its statements names as actor or target."""
    both = [event.actor, event.target, *(actor for said in event.statements for actor in (said.actor, said.target))]
    return (actor for actor in both if actor)


def _dispute(conflict: Conflict, words: Words) -> Dispute:
    sides = tuple((", ".join(_in_words(value, words) for value in side.values), _sources(side, words)) for side in conflict.sides)
    return Dispute(words[f"dispute-{conflict.about}"], sides)


def _in_words(value: str, words: Words) -> str:
    """Say a modality as the page does elsewhere, anything else as it is."""
    return {Modality.NEGATED.value: words["badge-negated"], Modality.ASSERTED.value: words["asserted"]}.get(value, value)


def _sources(side: Side, words: Words) -> str:
    said = f"; {words['said-by'].format(names=', '.join(side.speakers))}" if side.speakers else ""
    return f"{', '.join(side.documents)}{said}"


def _saying(said: Statement, event: Event, words: Words, called: Called) -> Saying:
    parties = [called[party.id] for party in (said.actor or event.actor, said.target or event.target) if party]
    return Saying(
        quote=tuple(marked(said.evidence.quote, said.evidence.trigger, parties)),
        badge=_badge(said.modality, words),
        speaker=" › ".join(actor.label for actor in said.attribution),
        when=said.when.edtf if said.when.edtf != event.date else "",
        document=said.evidence.document,
    )


def _badge(modality: Modality, words: Words) -> str:
    return "" if modality is Modality.ASSERTED else words[f"badge-{modality.value}"]


def _label(actor: Actor | None) -> str:
    return actor.label if actor else ""


def sign(quad: int) -> int:
    """Return 1 for the classes of cooperation, -1 for those of conflict, else 0."""
    return {1: 1, 2: 1, 3: -1, 4: -1}.get(quad, 0)


def _basis(when: When, words: Words) -> str:
    if when.text and when.basis == "relative":
        return words["basis-relative-words"].replace("{words}", when.text)
    return words[f"basis-{when.basis}"] if when.basis else ""


def amount(quantity: Quantity) -> str:
    """Say how many.

    >>> amount(Quantity(1300, "about", "missiles and drones"))
    'about 1,300 missiles and drones'
    """
    value = f"{quantity.value:,.0f}" if quantity.value == int(quantity.value) else f"{quantity.value:,}"
    return " ".join(part for part in (quantity.qualifier, value, quantity.unit) if part)


def safe_url(url: str) -> str:
    """Return the address if a reader may follow it, else nothing: only web addresses are links.

    >>> safe_url("https://example.org/a"), safe_url("javascript:alert(1)")
    ('https://example.org/a', '')
    """
    if not url.isprintable() or any(letter.isspace() for letter in url):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.hostname else ""
