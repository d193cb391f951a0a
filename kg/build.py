"""Composes the stages: read, merge, write; the face of the package.

articles -> documents -> sentences -> statements -> events -> graph, tables, page, store
"""

import json
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date as day
from functools import cached_property
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import networkx
import rdflib

from kg import tables
from kg.conflicts import Conflict, conflicts_in
from kg.documents import read_boilerplate, read_documents
from kg.events import assemble
from kg.graph import BASE, over_turtle, serialise, to_rdf, validate
from kg.model import Actor, Block, Correction, DataError, Decision, Document, Event, Modality, Problem, Sentence, Statement
from kg.ontology import Identity, Ontology, Weight, identity_of, read_ontology, table_files
from kg.parser import load_parser
from kg.sentences import load_pipeline, sentences_of
from kg.sources import corroborated, signature
from kg.statements import named_in, statements_of
from kg.store import Answer, answer, load, open_store, to_rdflib
from kg.views import network_page

OUTPUTS = frozenset(
    {
        *("graph.ttl", "statements.csv", "statements.jsonl", "documents.jsonl", "events.csv", "conflicts.csv"),
        *("network.html", "build.json", "store"),
    }
)
Progress = Callable[[Document], None]
Knowledge = Path | str | Sequence[Path | str] | None
ACTORS = """
SELECT ?actor ?label ?type ?code ?whole ?wikidata ?listed WHERE {
  ?actor a kg:Actor ; skos:prefLabel ?label ; kg:actorType ?type .
  OPTIONAL { ?actor kg:code ?code }
  OPTIONAL { ?actor kg:partOf ?whole }
  OPTIONAL { ?actor skos:exactMatch ?wikidata }
  OPTIONAL { ?actor kg:listed ?listed }
}
"""

BACKERS = "SELECT ?actor ?other WHERE { ?actor kg:affiliatedWith ?other }"


@dataclass(frozen=True)
class Graph:
    """What a corpus says: documents, statements, and the events they are evidence of.

    ``counts`` is the number of sentences of each document; ``folder`` is where the graph was opened;
    ``parser`` is the spaCy pipeline that read it, with its version, or the checksum of our own parser, empty for the present one;
    ``corrections`` are the user's own that it was read with.
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
            return over_turtle(self.folder / "graph.ttl", base=self.base)
        return to_rdf(
            self.events,
            self.documents,
            self.ontology.actions.values(),
            base=self.base,
            vocabulary=self.ontology.vocabulary,
            ontology=self.ontology,
            conflicts=self.conflicts,
        )

    def query(self, question: str) -> Answer:
        """Answer SPARQL, or the question of that name in ``ontology/queries``. Raises DataError."""
        sparql = read_question(question, self.ontology.folder / "queries")
        if self.folder is not None:
            return answer(open_store(self.folder / "store"), sparql)
        with tempfile.TemporaryDirectory() as folder:
            load(Path(folder) / "store", serialise(self.rdf, "nt").encode())
            return answer(open_store(Path(folder) / "store"), sparql)

    def to_rdflib(self) -> rdflib.Graph:
        """The same graph for rdflib."""
        return to_rdflib(self.folder / "store") if self.folder is not None else self.rdf

    def to_networkx(self, modalities: Iterable[Modality] = (Modality.ASSERTED,)) -> networkx.MultiDiGraph:
        """Actors as nodes, events as edges: by default only what is asserted."""
        return tables.to_networkx(self.events, self.ontology.actions, modalities=tuple(modalities))

    def page(self, title: str = "Who did what to whom") -> str:
        """The interactive network page, as HTML."""
        quads, conflicts = self.ontology.quads, self.conflicts
        return network_page(self.events, self.documents, self.ontology.actions, quads=quads, conflicts=conflicts, title=title)

    def validate(self) -> list[str]:
        """What the shapes of the ontology find wrong, in words; empty if all is well."""
        return validate(self.rdf, rdflib.Graph().parse(self.ontology.folder / "shapes.ttl"))

    def save(self, out: Path | str = "out", *, with_text: bool = True) -> None:
        """Write every output of ``kg build`` into a folder: whole, or not at all."""
        out = Path(out)
        if out.exists() and not out.is_dir():
            raise DataError(f"{out}: this is a file.\nName a folder with --out.")
        out.parent.mkdir(parents=True, exist_ok=True)
        if out.is_dir() and any(out.iterdir()) and not (out / "build.json").is_file():
            raise DataError(f"{out}: the folder holds something else than a build.\nName another folder with --out, or empty it.")
        with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}-") as beside:
            fresh = Path(beside) / "new"
            fresh.mkdir()
            self._write(fresh, with_text=with_text)
            replace_folder(out, fresh)

    def save_page(self, title: str) -> Path:
        """Write the network page of an opened graph anew, and note its checksum."""
        if self.folder is None:
            raise DataError("The graph has not been saved.\nSave it first: graph.save(folder).")
        page, manifest = self.folder / "network.html", self.folder / "build.json"
        page.write_text(self.page(title), encoding="utf-8", newline="\n")
        noted = json.loads(manifest.read_text(encoding="utf-8"))
        noted["outputs"][page.name] = _checksum(page)
        manifest.write_text(json.dumps(noted, indent=1) + "\n", encoding="utf-8", newline="\n")
        return page

    def _write(self, folder: Path, *, with_text: bool) -> None:
        actions = self.ontology.actions
        names = names_of(self.events)
        turtle = serialise(self.rdf, "turtle")
        (folder / "graph.ttl").write_text(turtle, encoding="utf-8", newline="\n")
        tables.write_statements_csv(self.statements, names, actions, folder / "statements.csv")
        tables.write_statements_jsonl(self.statements, names, actions, folder / "statements.jsonl")
        tables.write_documents_jsonl(self.documents, self.counts, folder / "documents.jsonl", with_text=with_text)
        tables.write_events_csv(self.events, actions, folder / "events.csv")
        tables.write_conflicts_csv(self.conflicts, folder / "conflicts.csv")
        (folder / "network.html").write_text(self.page(), encoding="utf-8", newline="\n")
        load(folder / "store", turtle.encode())
        (folder / "build.json").write_text(
            json.dumps(self._manifest(folder, with_text=with_text), indent=1) + "\n", encoding="utf-8", newline="\n"
        )

    def _manifest(self, folder: Path, *, with_text: bool) -> dict[str, Any]:
        """What was built from what: no clock, no path of the machine."""
        outputs = sorted(path for path in folder.iterdir() if path.is_file())
        ours = sorted(path for path in self.ontology.folder.rglob("*") if path.suffix in (".ttl", ".csv", ".rq"))
        tables_read = {path.relative_to(self.ontology.folder).as_posix(): path for path in ours}
        for number, layer in enumerate(self.ontology.layers, start=1):
            tables_read |= {f"layer {number}: {path.name}": path for path in table_files(layer)}
        return {
            "kg": version("actor-kg"),
            "parser": self.parser or load_parser().sha256,
            "ontology": {name: _checksum(path) for name, path in tables_read.items()},
            "corrections": [asdict(row) for row in self.corrections],
            "identity": noted(self.ontology.identity),
            "settings": {"base": self.base, "text": with_text},
            "inputs": {document.id: document.sha256 for document in self.documents},
            "outputs": {path.name: _checksum(path) for path in outputs},
            "counts": self.summary(),
            "problems": [{"where": problem.where, "reason": problem.reason} for problem in self.problems],
        }

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


def build(
    *paths: Path | str | Sequence[Path | str],
    ontology: Knowledge = None,
    base: str = BASE,
    parser: str = "",
    progress: Progress | None = None,
) -> Graph:
    """Read articles and say what they say. Raises DataError for a path or a parser that is not there.

    ``parser`` names a spaCy pipeline, installed or by path, that is to parse instead of our own; ``ontology`` one or
    more folders whose tables lie over ours, or stand for ours if they hold an ``actions.ttl`` too.
    Articles that cannot be read are the graph's ``problems``; the others are all kept.
    """
    knowledge = knowledge_of(ontology)
    pipeline = load_pipeline(parser) if parser else None
    roots = [Path(path) for given in paths for path in ([given] if isinstance(given, str | Path) else given)]
    documents: list[Document] = []
    problems: list[Problem] = []
    counts: dict[str, int] = {}
    statements: dict[str, Statement] = {}
    for item in read_articles(roots, knowledge):
        if isinstance(item, Problem):
            problems.append(item)
            continue
        sentences = list(sentences_of(item, pipeline))
        documents.append(replace(item, signature=signature(item)))
        counts[item.id] = len(sentences)
        statements |= {statement.id: statement for statement in statements_of(item, sentences, knowledge)}
        if progress:
            progress(item)
    documents.sort(key=lambda document: document.id)
    ordered = sorted(statements.values(), key=lambda s: (s.evidence.document, s.evidence.start, s.id))
    name = f"{pipeline.name} {pipeline.version}" if pipeline else ""
    rows = knowledge.corrections.rows
    return Graph(tuple(documents), counts, tuple(ordered), knowledge, tuple(problems), base, parser=name, corrections=rows)


def knowledge_of(ontology: Knowledge) -> Ontology:
    """Read our ontology with the folders given over it; one that holds an ``actions.ttl`` takes its place. Raises DataError."""
    given = [ontology] if isinstance(ontology, str | Path) else ontology or ()
    folders = [Path(folder) for folder in given]
    whole = [folder for folder in folders if (folder / "actions.ttl").is_file()]
    if len(whole) > 1:
        raise DataError(f"{whole[1]}: a second ontology with its own actions.ttl, beside {whole[0]}.\nGive one, and tables to lie over it.")
    return read_ontology(whole[-1] if whole else None, [folder for folder in folders if folder not in whole])


def read_articles(roots: Sequence[Path], ontology: Ontology) -> Iterator[Document | Problem]:
    """Read articles; problems name the paths as they were given, without the folders above them."""
    for item in read_documents(roots, read_boilerplate(ontology.folder / "mappings" / "boilerplate.csv")):
        yield Problem(_relative(item.where, roots), _relative(item.reason, roots)) if isinstance(item, Problem) else item


def extract(text: str, date: str = "", *, document: str = "text", ontology: Knowledge = None, parser: str = "") -> list[Statement]:
    """Read the statements of a text, as of an article published on ``date``: a day, month or year of ISO 8601.

    ``ontology`` and ``parser`` are as for :func:`build`. Raises DataError for any other date, or a parser that is not there.
    """
    return list(statements_of(*_article(text, date, document, ontology, parser)))


def actors_in(text: str, date: str = "", *, document: str = "text", ontology: Knowledge = None, parser: str = "") -> list[tables.Row]:
    """Who is named or described in a text, and who that is on ``date``; arguments as for :func:`extract`.

    Each row has ``start``, ``end`` and ``text`` (code points of the text), ``actor``, ``actor_label``, ``actor_type``,
    ``actor_code``, ``place`` and whether a table lists it.
    """
    article, sentences, knowledge = _article(text, date, document, ontology, parser)
    return [
        {
            "start": sentence.start + sentence.tokens[mention.start].start,
            "end": sentence.start + sentence.tokens[mention.end - 1].end,
            "text": text[sentence.start + sentence.tokens[mention.start].start : sentence.start + sentence.tokens[mention.end - 1].end],
            "actor": mention.actor.id,
            "actor_label": mention.actor.label,
            "actor_type": mention.actor.type,
            "actor_code": mention.actor.code,
            "place": mention.place,
            "listed": mention.actor.listed,
        }
        for sentence, mention in named_in(article, sentences, knowledge)
    ]


def _article(text: str, date: str, name: str, ontology: Knowledge, parser: str) -> tuple[Document, Iterable[Sentence], Ontology]:
    """A text as an article of its own, parsed. Raises DataError."""
    if date and not _is_date(date):
        raise DataError(f"{date!r} is no date.\nWrite the day of publication as YYYY-MM-DD.")
    article = Document(name, text, (Block(0, len(text), "body"),), published=date)
    return article, sentences_of(article, load_pipeline(parser) if parser else None), knowledge_of(ontology)


def rows_of(statements: Iterable[Statement], ontology: Ontology) -> list[tables.Row]:
    """The statements as rows of the statements table."""
    found = list(statements)
    return tables.statement_rows(found, names_of(assemble(found, ontology)), ontology.actions)


def names_of(events: Iterable[Event]) -> dict[str, str]:
    """The event of each statement, by their identifiers."""
    return {statement.id: event.id for event in events for statement in event.statements}


def noted(identity: Identity) -> dict[str, Any]:
    """What made statements one event, for ``build.json``."""
    weights = {f"{row.feature} {row.value}": row.weight for row in identity.weights.values()}
    return {"weights": weights, "decisions": [asdict(row) for row in identity.decisions]}


def _identity_in(manifest: Mapping[str, Any], ours: Identity) -> Identity:
    """What made statements one event when a graph was built; of an older graph, what does today."""
    if "identity" not in manifest:
        return ours
    weights = (Weight(name.split()[0], name.split()[1], weight) for name, weight in manifest["identity"]["weights"].items())
    return identity_of(weights, (Decision(**row) for row in manifest["identity"]["decisions"]))


def _known_with(actors: Mapping[str, Actor], ours: Mapping[str, Actor]) -> dict[str, Actor]:
    """Our actors, with those of a graph that we do not know, or that belonged to somebody else there."""
    return {**ours, **{id: actor for id, actor in actors.items() if id not in ours or ours[id].part_of != actor.part_of}}


def open_graph(out: Path | str = "out") -> Graph:
    """Open what ``kg build`` wrote. Raises DataError if it is not there."""
    folder = Path(out)
    if not (folder / "build.json").is_file():
        raise DataError(f"{folder}: there is no graph here.\nBuild one: kg build PATH… --out {folder}")
    try:
        manifest = json.loads((folder / "build.json").read_text(encoding="utf-8"))
        named = _actors_in(folder)
        statements = tables.read_statements(folder / "statements.jsonl", named)
        documents, counts = tables.read_documents_jsonl(folder / "documents.jsonl")
        problems = tuple(Problem(**problem) for problem in manifest["problems"])
        base, parser = manifest["settings"]["base"], manifest["parser"]
        corrections = tuple(Correction(**row) for row in manifest.get("corrections", ()))
        ours = read_ontology()
        identity = _identity_in(manifest, ours.identity)
        ontology = replace(ours, actors=_known_with(named, ours.actors), identity=identity)
        strange = sorted({statement.action for statement in statements} - set(ontology.actions))
        if strange:
            raise DataError(
                f"{folder}: the ontology no longer knows {', '.join(strange)}.\nBuild the graph again: kg build PATH… --out {folder}"
            )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataError(
            f"{folder}: the graph is damaged ({type(error).__name__}: {error}).\nBuild it again: kg build PATH… --out {folder}"
        ) from error
    return Graph(tuple(documents), counts, tuple(statements), ontology, problems, base, folder, parser, corrections)


def _actors_in(folder: Path) -> dict[str, Actor]:
    """The actors of a graph, listed or not, by their CURIEs."""
    store = open_store(folder / "store")
    backers: dict[str, list[str]] = {}
    for name, other in answer(store, BACKERS).rows:
        backers.setdefault(name, []).append(unquote(other))
    actors = (
        Actor(
            unquote(name),
            label,
            kind,
            code,
            unquote(whole),
            wikidata.rpartition(":")[2],
            listed != "false",
            tuple(sorted(backers.get(name, ()))),
        )
        for name, label, kind, code, whole, wikidata, listed in answer(store, ACTORS).rows
    )
    return {actor.id: actor for actor in actors}


def read_question(question: str, folder: Path) -> str:
    """Find the text of a question: SPARQL itself, a file of it, or the name of one in ``folder``."""
    if any(mark in question for mark in "{?\n<") or question.split(maxsplit=1)[0].upper() == "DESCRIBE":
        return question
    named = folder / f"{question}.rq"
    path = named if named.is_file() else Path(question)
    if not path.is_file():
        names = ", ".join(sorted(file.stem for file in folder.glob("*.rq")))
        raise DataError(f"{question!r} is neither a question nor a file nor SPARQL.\nQuestions: {names}.")
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: no text in UTF-8 ({error.reason}).\nGive a file of SPARQL.") from error


def replace_folder(out: Path, fresh: Path) -> None:
    """Put a fresh build in the place of the one before; files in it that are not ours are kept.

    The old one stays whole beside it until the new one stands, and comes back if that fails.
    """
    if not out.exists():
        fresh.rename(out)
        return
    for path in out.iterdir():
        if path.name not in OUTPUTS:
            shutil.copytree(path, fresh / path.name) if path.is_dir() else shutil.copy2(path, fresh / path.name)
    old = out.with_name(f".{out.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    out.rename(old)
    try:
        fresh.rename(out)
    except OSError:
        old.rename(out)
        raise
    shutil.rmtree(old)


def _relative(text: str, roots: Iterable[Path]) -> str:
    """Shorten the paths given to their last part, so that no output names the machine's folders."""
    for root in sorted(roots, key=lambda path: -len(str(path))):
        text = text.replace(str(root), root.name) if root.name else text
    return text


def _is_date(text: str) -> bool:
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", text):
        return False
    try:
        day.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True


def _checksum(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()
