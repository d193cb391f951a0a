"""Names and texts in RDF: what is written is read back by two foreign readers, as the same triples."""

import pyoxigraph
import rdflib

from fuzz.promises import text_of
from fuzz.tables import OURS
from kg.events import assemble
from kg.graph import BASE, date_literal, expand, prefixes
from kg.graph import turtle as written
from kg.graph.terms import namer, text
from kg.model import Actor, Block, DataError, Document, Evidence, Modality, Quantity, Statement, When
from kg.notation import serialise

Triples = set[tuple[str, str, str]]
COMPARED = ("turtle", "nt", "json-ld")
"""XML cannot hold every character; that it can be read is enough. TriG is Turtle here."""


def iri(data: bytes) -> None:
    """A name under a prefix, and text beside it: the first line is the base, the second the name, the rest the text."""
    base, _, rest = text_of(data).partition("\n")
    name, _, said = rest.partition("\n")
    try:
        known = prefixes(base or BASE)
        named = expand(f"actor:{name}", known)
    except DataError:
        return
    pyoxigraph.NamedNode(named)
    assert named.startswith(known["actor"])
    turtle = "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in known.items())
    turtle += f"{namer(base or BASE)(f'actor:{name}')} kg:quote {text(said) or text('none')} .\n"
    expected = {(str(named), f"{known['kg']}quote", told(said) or "none")}
    assert by_rdflib(turtle, "turtle") == expected
    assert by_oxigraph(turtle) == expected
    graph = rdflib.Graph(bind_namespaces="none")
    for prefix, space in known.items():
        graph.bind(prefix, space, replace=True)
    graph.add((named, rdflib.URIRef(f"{known['kg']}quote"), rdflib.Literal(told(said) or "none")))
    for format in COMPARED:
        assert by_rdflib(serialise(graph, format), format) == expected, format
    by_rdflib(serialise(graph, "xml"), "xml")


def told(said: str) -> str:
    """What a file can hold of a text."""
    return "".join("\ufffd" if "\ud800" <= letter <= "\udfff" else letter for letter in said)


def by_rdflib(content: str, format: str) -> Triples:
    """The triples, as rdflib reads them."""
    read = rdflib.Graph(bind_namespaces="none").parse(data=content.encode(), format=format)
    return {(str(subject), str(predicate), str(value)) for subject, predicate, value in read}


def by_oxigraph(content: str) -> Triples:
    """The triples, as Oxigraph reads them."""
    quads = pyoxigraph.parse(content.encode(), pyoxigraph.RdfFormat.TURTLE)
    return {(quad.subject.value, quad.predicate.value, quad.object.value) for quad in quads}  # type: ignore[union-attr]


def turtle(data: bytes) -> None:
    """A graph of one statement whose every field is a stranger's; fields are parted by NUL."""
    fields = [*text_of(data).split("\0"), *[""] * 12][:12]
    label, name, place, date, words, quote, title, source, url, unit, speaker, article = fields
    actor = Actor(f"actor:x{name}", label or "a", "person", code=unit, wikidata=source, listed=False)
    evidence = Evidence(article or "a", 0, len(quote), quote, words or "w", "rule")
    said = Statement(
        actor,
        "action:meet",
        Actor("actor:b", title or "b", "state"),
        When(date, words, "explicit" if date else ""),
        place,
        Modality.ASSERTED,
        (Actor("actor:c", speaker or "c", "person"),),
        (Quantity(float(len(quote)), unit, words),),
        evidence,
    )
    document = Document(article or "a", quote, (Block(0, len(quote), "body"),), title=title, source=source, url=url, published=date)
    events = assemble([said], OURS)
    content = "".join(written(events, [document], [OURS.actions["action:meet"]]))
    theirs = by_oxigraph(content)
    assert by_rdflib(content, "turtle") == theirs
    values = {value for _, _, value in theirs}
    assert {told(one) for one in (label, quote, title, words, place) if one} <= values
    assert date_literal(date) is None or date in values
