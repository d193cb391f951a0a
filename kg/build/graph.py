"""The graph: what a corpus says, how it is asked, and what becomes of it when articles come and go."""

import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import networkx
import rdflib

from kg import tables
from kg.build.folder import replace_folder, reserved
from kg.build.knowledge import meant_by, read_question
from kg.build.ledger import REPLACED, WITHDRAWN, Removed, taken_out
from kg.build.manifest import read_manifest, refuse_damaged, refuse_other_settings
from kg.build.page import page_of
from kg.build.reading import Corpus, Paths, Progress, Reader, in_order, read_corpus, refuse_known, refuse_unknown, without
from kg.build.writing import rewrite_page, write_outputs
from kg.conflicts import Conflict, conflicts_in
from kg.documents import Intake
from kg.events import assemble, with_states
from kg.graph import BASE, over_text, over_turtle, turtle, validate
from kg.model import Correction, DataError, Document, Event, Modality, Problem, Statement
from kg.ontology import Ontology
from kg.sources import corroborated
from kg.store import Answer, answer_with, load, open_store, to_rdflib
from kg.views import ENGLISH, choose, framed, network_figure, outline, quick_view, timeline_figure


@dataclass(frozen=True)
class Graph:
    """What a corpus says: documents, statements, and the events they are evidence of.

    ``counts`` is the number of sentences of each document; ``folder`` is where the graph was opened;
    ``parser`` is the spaCy pipeline that read it, with its version, or the checksum of our own parser, empty for the present one;
    ``corrections`` are the user's own that it was read with; ``with_text`` tells whether the articles' texts are written;
    ``removed`` are the articles taken out since it was opened.
    """

    documents: tuple[Document, ...]
    counts: Mapping[str, int]
    statements: tuple[Statement, ...]
    ontology: Ontology
    problems: tuple[Problem, ...] = ()
    base: str = BASE
    folder: Path | None = None
    parser: str = ""
    corrections: tuple[Correction, ...] = ()
    with_text: bool = True
    removed: tuple[Removed, ...] = ()

    def __repr__(self) -> str:
        """How much there is of what was read, and where it was opened; all of it would be megabytes."""
        where = f" opened in {self.folder}" if self.folder is not None else ""
        return f"<kg.Graph of {len(self.documents)} articles, {len(self.statements)} statements{where}>"

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """The statements merged."""
        merged = assemble(self.statements, self.ontology)
        return tuple(corroborated(merged, self.documents, self.ontology.identity.limit("copies")))

    @cached_property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Where the statements of an event disagree."""
        return tuple(conflicts_in(self.events, self.ontology))

    @cached_property
    def rdf(self) -> rdflib.Graph:
        """The graph in RDF, with the vocabulary it uses; of an opened graph as it was written."""
        if self.folder is not None:
            refuse_damaged(self.folder, read_manifest(self.folder), "graph.ttl")
            return over_turtle(self.folder / "graph.ttl", base=self.base)
        return over_text("".join(self.turtle()), base=self.base)

    def turtle(self) -> Iterator[str]:
        """The graph in Turtle, part after part, with the vocabulary it uses."""
        return turtle(
            self.events,
            self.documents,
            self.ontology.actions.values(),
            base=self.base,
            vocabulary=self.ontology.vocabulary,
            ontology=self.ontology,
            conflicts=self.conflicts,
        )

    def query(self, question: str, **given: object) -> Answer:
        """Answer SPARQL, or the question of that name in ``ontology/queries``, with its parameters. Raises DataError."""
        sparql = read_question(question, self.ontology.folder / "queries")
        meant = partial(meant_by, ontology=self.ontology)
        if self.folder is not None:
            return answer_with(open_store(self.folder / "store"), sparql, given, meant)
        with tempfile.TemporaryDirectory() as folder:
            load(Path(folder) / "store", "".join(self.turtle()).encode())
            return answer_with(open_store(Path(folder) / "store"), sparql, given, meant)

    def to_rdflib(self) -> rdflib.Graph:
        """The same graph for rdflib."""
        return to_rdflib(self.folder / "store") if self.folder is not None else self.rdf

    def counted(self, *, bodies_with_state: bool) -> tuple[Event, ...]:
        """The events; if wanted with each state in the place of its government, forces and leaders."""
        return tuple(with_states(self.events, self.ontology)) if bodies_with_state else self.events

    def to_networkx(
        self, modalities: Iterable[Modality] = (Modality.ASSERTED,), *, bodies_with_state: bool = False
    ) -> networkx.MultiDiGraph:
        """Actors as nodes, events as edges: by default what is asserted; ``bodies_with_state`` counts a state's organs as the state."""
        events = self.counted(bodies_with_state=bodies_with_state)
        return tables.to_networkx(events, self.ontology.actions, modalities=tuple(modalities))

    def page(self, title: str = "", language: str = ENGLISH, *, bodies_with_state: bool = False) -> str:
        """The interactive network page, as HTML: of a large graph the strongest actors and ties. Raises DataError."""
        chosen = choose(map(outline, self.counted(bodies_with_state=bodies_with_state)))
        kept = set(chosen.events)
        events = [event for event in self.events if event.id in kept]
        rows = [tables.event_row(event, self.ontology.actions) for event in events]
        said = {event.id: event.statements for event in events}
        return page_of(rows, said, self.documents, self.ontology, chosen, title, language, bodies_with_state=bodies_with_state)

    def quick_view(self, most: int = 80, *, bodies_with_state: bool = False) -> Any:
        """The strongest actors as a network of pyvis, for a notebook: ``graph.quick_view().show("quick.html")``."""
        return quick_view(self.counted(bodies_with_state=bodies_with_state), self.ontology.actions, self.ontology.quads, most=most)

    def network_figure(self, format: str = "svg", *, most: int = 40, language: str = ENGLISH, bodies_with_state: bool = False) -> bytes:
        """The strongest actors as a figure for a paper: ``svg``, ``pdf`` or ``png``. Raises DataError, also without matplotlib."""
        events = self.counted(bodies_with_state=bodies_with_state)
        return network_figure(events, self.ontology.actions, self.ontology.quads, most=most, format=format, language=language)

    def timeline_figure(self, format: str = "svg", *, most: int = 12, language: str = ENGLISH, bodies_with_state: bool = False) -> bytes:
        """The strongest pairs of actors over time, in the same way."""
        events = self.counted(bodies_with_state=bodies_with_state)
        return timeline_figure(events, self.ontology.actions, self.ontology.quads, most=most, format=format, language=language)

    def _repr_html_(self) -> str:
        """The network page as a notebook shows it."""
        return framed(self.page())

    def validate(self) -> list[str]:
        """What the shapes of the ontology find wrong, in words; empty if all is well."""
        return validate(self.rdf, rdflib.Graph().parse(self.ontology.folder / "shapes.ttl"))

    def add(
        self,
        *paths: Paths,
        replace: bool = False,
        parser: str = "",
        jobs: int = 1,
        cache: Path | str | None = None,
        progress: Progress | None = None,
        intake: Intake | None = None,
    ) -> "Graph":
        """Read more articles: the graph that would have been built of all of them. Raises DataError.

        An article that is there already is only taken with ``replace``; one that its publisher takes back (ninjs, ``canceled``) goes.
        The rest is as for :func:`kg.build`; tables and parser must be those that the graph was built with.
        """
        folders = (self.ontology.folder, *self.ontology.layers)
        refuse_other_settings(self.folder, self.ontology, self.parser, parser)
        known = {} if replace else {document.id: document for document in self.documents}
        return self.joined(
            read_corpus(paths, Reader(folders, parser, Path(cache) if cache else None, jobs, intake), known=known, progress=progress),
            replace=replace,
        )

    def remove(self, *documents: str, why: str = "") -> "Graph":
        """Take articles out, by their ids: the graph that would have been built without them. Raises DataError."""
        refuse_other_settings(self.folder, self.ontology)
        refuse_unknown(documents, {document.id for document in self.documents})
        return self._without(set(documents), why)

    def joined(self, corpus: Corpus, *, replace: bool = False) -> "Graph":
        """Together with what else was read. Raises DataError for an article that is there already, unless it may ``replace`` it."""
        known = {document.id: document for document in self.documents}
        again = {document.id for document in corpus.documents if document.id in known}
        for document in corpus.documents if not replace else ():
            refuse_known(document, known)
        left = self._without(again, REPLACED, corpus.documents)._without(set(corpus.withdrawn), WITHDRAWN)
        documents, counts, statements, problems = in_order(
            (*left.documents, *corpus.documents),
            {**left.counts, **corpus.counts},
            (*left.statements, *corpus.statements),
            (*left.problems, *corpus.problems),
        )
        return _changed(left, documents=documents, counts=counts, statements=statements, problems=problems)

    def _without(self, ids: set[str], why: str, come: Iterable[Document] = ()) -> "Graph":
        rest = without(Corpus(self.documents, self.counts, self.statements), ids)
        gone = taken_out(self.documents, dict.fromkeys(ids, why), come)
        return _changed(self, documents=rest.documents, counts=rest.counts, statements=rest.statements, removed=(*self.removed, *gone))

    def save(self, out: Path | str = "out", *, with_text: bool = True) -> None:
        """Write every output of ``kg build`` into a folder: whole, or not at all. Raises DataError if another writes there."""
        with reserved(Path(out)):
            self.write(Path(out), with_text=with_text)

    def write(self, out: Path, *, with_text: bool = True) -> None:
        """The same for who has the folder ``reserved``."""
        replace_folder(out, lambda folder: write_outputs(self, folder, out, with_text=self.with_text and with_text))

    def save_page(self, title: str = "", language: str = ENGLISH, *, bodies_with_state: bool = False) -> Path:
        """Write the network page of an opened graph anew, and note its checksum."""
        if self.folder is None:
            raise DataError("The graph has not been saved.\nSave it first: graph.save(folder).")
        return rewrite_page(self.folder, self.page(title, language, bodies_with_state=bodies_with_state))

    def summary(self) -> dict[str, Any]:
        """How much there is: articles, sentences, statements by modality, events, actors, problems."""
        modalities = Counter(statement.modality.value for statement in self.statements)
        actors = {actor.id for event in self.events for actor in (event.actor, event.target) if actor}
        return {
            "articles": len(self.documents),
            "sentences": sum(self.counts.values()),
            "statements": {modality.value: modalities[modality.value] for modality in Modality},
            "events": len(self.events),
            "events asserted": sum(event.modality is Modality.ASSERTED for event in self.events),
            "actors": len(actors),
            "problems": len(self.problems),
        }


def _changed(graph: Graph, **said: Any) -> Graph:
    """Another graph, which stands in no folder yet."""
    return replace(graph, folder=None, **said)
