"""What the page says of each event: the row of its table, in words and plain values.

All text of articles passes through here as text; the template escapes it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from kg.conflicts import WORDS, Conflict, Side
from kg.dates.spans import span
from kg.model import Action, Actor, Document, Event, Modality, Quantity, Statement, When

UNASSERTED = {
    Modality.ASSERTED: "",
    Modality.NEGATED: "denied",
    Modality.INTENDED: "planned or demanded",
    Modality.HYPOTHETICAL: "only possible",
}
BASIS = {
    "explicit": "the date is in the text",
    "relative": "reckoned from the text",
    "publication": "the day of publication",
    "context": "from other dates in the article",
    "": "",
}


@dataclass(frozen=True, slots=True)
class Saying:
    """One statement as a reader meets it: ``quote`` in pieces, each marked if it expresses the action."""

    quote: tuple[tuple[str, bool], ...]
    badge: str
    speaker: str
    when: str
    document: str


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
    ``sign`` is 1 for cooperation, -1 for conflict, 0 for neither.
    """

    event: Event
    actor: str
    target: str
    action: str
    type: str
    symmetric: bool
    sign: int
    first: str
    last: str
    basis: str
    badge: str
    quantities: str
    sayings: tuple[Saying, ...]
    disputes: tuple[Dispute, ...]

    @property
    def asserted(self) -> bool:
        """Whether anybody says that it happened."""
        return not self.badge


def rows(events: Iterable[Event], actions: Mapping[str, Action], quads: Mapping[str, int], conflicts: Iterable[Conflict] = ()) -> list[Row]:
    """Put the events in order of time, undated ones last, and say them in words, with what sources disagree on."""
    disputes: dict[str, list[Dispute]] = {}
    for conflict in conflicts:
        disputes.setdefault(conflict.event, []).append(_dispute(conflict))
    found = [_row(event, actions[event.action], quads, disputes.get(event.id, ())) for event in events]
    return sorted(found, key=lambda row: (not row.first, row.first, row.last, row.actor, row.target, row.event.id))


def articles(table: Iterable[Row], documents: Iterable[Document]) -> dict[str, Article]:
    """Return the articles that the rows quote, by their ids, numbered in the order of ids."""
    known = {document.id: document for document in documents}
    quoted = sorted({said.document for row in table for said in row.sayings})
    return {id: _article(number, known.get(id, Document(id, "", ()))) for number, id in enumerate(quoted, start=1)}


def _article(number: int, document: Document) -> Article:
    return Article(number, document.id, document.title, document.source, document.published, safe_url(document.url))


def _row(event: Event, action: Action, quads: Mapping[str, int], disputes: Iterable[Dispute]) -> Row:
    first, last = span(event.date)
    return Row(
        event=event,
        actor=_label(event.actor),
        target=_label(event.target),
        action=action.label,
        type=action.type,
        symmetric=action.symmetric,
        sign=_sign(quads.get(action.type, 0)),
        first=first,
        last=last,
        basis=next((_basis(said.when) for said in event.statements if said.when.edtf == event.date and said.when.basis), ""),
        badge=UNASSERTED[event.modality],
        quantities=", ".join(amount(quantity) for quantity in event.quantities),
        sayings=tuple(_saying(said, event) for said in event.statements),
        disputes=tuple(disputes),
    )


def _dispute(conflict: Conflict) -> Dispute:
    return Dispute(WORDS[conflict.about], tuple((", ".join(map(_in_words, side.values)), _sources(side)) for side in conflict.sides))


def _in_words(value: str) -> str:
    return UNASSERTED[Modality.NEGATED] if value == Modality.NEGATED else value


def _sources(side: Side) -> str:
    said = f"; said by {', '.join(side.speakers)}" if side.speakers else ""
    return f"{', '.join(side.documents)}{said}"


def _saying(said: Statement, event: Event) -> Saying:
    return Saying(
        quote=tuple(marked(said.evidence.quote, said.evidence.trigger)),
        badge=UNASSERTED[said.modality],
        speaker=" › ".join(actor.label for actor in said.attribution),
        when=said.when.edtf if said.when.edtf != event.date else "",
        document=said.evidence.document,
    )


def _label(actor: Actor | None) -> str:
    return actor.label if actor else ""


def _sign(quad: int) -> int:
    return {1: 1, 2: 1, 3: -1, 4: -1}.get(quad, 0)


def _basis(when: When) -> str:
    return f"{BASIS[when.basis]}: “{when.text}”" if when.text and when.basis == "relative" else BASIS[when.basis]


def amount(quantity: Quantity) -> str:
    """Say how many.

    >>> amount(Quantity(1300, "about", "missiles and drones"))
    'about 1,300 missiles and drones'
    """
    value = f"{quantity.value:,.0f}" if quantity.value == int(quantity.value) else f"{quantity.value:,}"
    return " ".join(part for part in (quantity.qualifier, value, quantity.unit) if part)


def marked(quote: str, trigger: str) -> Iterator[tuple[str, bool]]:
    """Cut a sentence into pieces, True where it says the words of the trigger.

    Words that stand apart are marked apart, each at its first place after the one before.

    >>> list(marked("It carried out a strike.", "carried out strike"))
    [('It ', False), ('carried', True), (' ', False), ('out', True), (' a ', False), ('strike', True), ('.', False)]
    """
    words = [trigger] if trigger and trigger in quote else trigger.split()
    end = 0
    for word in words:
        start = quote.find(word, end)
        if start >= 0:
            if start > end:
                yield quote[end:start], False
            end = start + len(word)
            yield word, True
    if end < len(quote):
        yield quote[end:], False


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
