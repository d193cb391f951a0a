"""Makers of small objects: a test names only what it is about."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from page_browser import Open, launched, missing, opening

from kg.build import Graph, build
from kg.model import Action, Actor, Block, Document, Event, Evidence, Modality, Quantity, Statement, When, digest
from kg.ontology import Ontology, read_ontology

settings.register_profile("kg", deadline=None)  # a busy machine is no reason to fail
settings.load_profile("kg")

CORPUS = Path(__file__).parent.parent / "corpus" / "articles"
STATES = {"iran": ("Iran", "IRN"), "israel": ("Israel", "ISR"), "kenya": ("Kenya", "KEN")}


def make_actor(id: str = "actor:iran", *, label: str = "", type: str = "state", code: str = "", **rest: object) -> Actor:
    """An actor; the few states of the tests bring their label and code."""
    name, known = STATES.get(id.partition(":")[2], (id.partition(":")[2].replace("-", " ").title(), ""))
    return Actor(id, label or name, type, code or known, **rest)  # type: ignore[arg-type]


def side(actor: Actor | str | None) -> Actor | None:
    """An actor may be given by its id alone."""
    return make_actor(actor) if isinstance(actor, str) and actor else actor or None  # type: ignore[return-value]


def make_statement(
    actor: Actor | str | None = "actor:iran",
    action: str = "action:missile-attack",
    target: Actor | str | None = "actor:israel",
    *,
    date: str = "2024-10-01",
    date_text: str = "on October 1, 2024",
    basis: str = "explicit",
    place: str = "",
    modality: str = "asserted",
    attribution: tuple[Actor | str, ...] = (),
    quantities: tuple[Quantity, ...] = (),
    document: str = "001",
    start: int = 0,
    quote: str = "Iran fired missiles at Israel on October 1, 2024.",
    trigger: str = "fired missiles",
    rule: str = "fire-missile-at",
) -> Statement:
    """Iran fired missiles at Israel, unless said otherwise."""
    speakers = tuple(speaker for one in attribution if (speaker := side(one)))
    when = When(date, date_text if date else "", basis if date else "")  # type: ignore[arg-type]
    evidence = Evidence(document, start, start + len(quote), quote, trigger, rule)
    return Statement(side(actor), action, side(target), when, place, Modality(modality), speakers, quantities, evidence)


def make_event(*statements: Statement, **said: object) -> Event:
    """The event that these statements speak of; without one, of a statement made from the keywords."""
    first, *others = statements or (make_statement(**said),)  # type: ignore[arg-type]
    key = (first.actor_id, first.action, first.target_id, first.when.edtf)
    asserted = any(statement.modality is Modality.ASSERTED for statement in (first, *others))
    return Event(
        f"event:{digest(*key)}",
        first.actor,
        first.action,
        first.target,
        first.when.edtf,
        first.place,
        Modality.ASSERTED if asserted else first.modality,
        first.quantities,
        (first, *others),
    )


def make_document(id: str = "001", text: str = "Iran fired missiles at Israel on October 1, 2024.", **rest: object) -> Document:
    """A document whose text is all article."""
    return Document(id, text, (Block(0, len(text), "body"),), **rest)  # type: ignore[arg-type]


@pytest.fixture
def actor() -> Callable[..., Actor]:
    """Make an actor."""
    return make_actor


@pytest.fixture
def statement() -> Callable[..., Statement]:
    """Make a statement."""
    return make_statement


@pytest.fixture
def event() -> Callable[..., Event]:
    """Make an event."""
    return make_event


@pytest.fixture
def document() -> Callable[..., Document]:
    """Make a document."""
    return make_document


@pytest.fixture
def actions() -> dict[str, Action]:
    """The few actions of the tests, by id."""
    attack = Action("action:missile-attack", "missile attack", "ASSAULT", "action:assault", "190")
    meet = Action("action:meet", "meet", "CONSULT", "action:consult", "040", symmetric=True)
    return {action.id: action for action in (attack, meet)}


@pytest.fixture
def ontology() -> Ontology:
    """Our own ontology."""
    return read_ontology()


@pytest.fixture(scope="session")
def corpus() -> Graph:
    """The graph of ``corpus/articles``, built once."""
    return build(CORPUS)


@pytest.fixture(scope="session")
def built(corpus: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of ``kg build corpus/articles``; to be read only."""
    folder = tmp_path_factory.mktemp("built") / "out"
    corpus.save(folder)
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium; its tests are skipped where there is none."""
    if why := missing():
        pytest.skip(why)
    with launched() as started:
        yield started


@pytest.fixture
def open_page(browser: Any, tmp_path: Path) -> Iterator[Open]:
    """Opens a network page of events; afterwards nothing may have been asked for or said."""
    with opening(browser, tmp_path) as opened:
        yield opened
