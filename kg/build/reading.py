"""Reads articles with as many processes as wanted: files and lines stream in, articles and what they say come back in their order."""

import gc
import os
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import lru_cache
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread

from kg.build.cache import Cache, keep_sentences, keep_statements, kept_sentences, kept_statements, open_cache
from kg.build.knowledge import boilerplate_of, knowledge_of, told
from kg.documents import Boilerplate, Found, Intake, Portion, portions, read_portion, settled
from kg.model import Actor, DataError, Document, Problem, Statement
from kg.ontology import Ontology
from kg.sentences import Pipeline, load_pipeline, sentences_of
from kg.sources import signature
from kg.statements import statements_of

FEW = 40
"""So few files or lines are read before other processes would have begun."""
TOGETHER, AHEAD = 8, 3
"""How many files or lines a process is given at a time, and how many such lots wait for each."""
LARGE = 1_000_000
"""Bytes of lines after which a lot is full."""

Progress = Callable[[Document], None]
Paths = Path | str | Sequence[Path | str]
Said = tuple[int, tuple[Statement, ...]]
"""How many sentences an article has, and what they say."""
Read = tuple[Found, Said]


@dataclass(frozen=True, slots=True)
class Reader:
    """How articles are read: folders of tables, a spaCy pipeline if not our parser, a cache if any, in how many processes; and which."""

    ontology: tuple[Path, ...]
    parser: str = ""
    cache: Path | None = None
    jobs: int = 1
    intake: Intake | None = None


@dataclass(frozen=True)
class Tools:
    """The same, loaded."""

    ontology: Ontology
    boilerplate: Sequence[Boilerplate]
    intake: Intake
    pipeline: Pipeline | None
    cache: Cache | None


@dataclass(frozen=True, slots=True)
class Corpus:
    """What articles say, sorted; ``counts`` is the number of sentences of each, ``withdrawn`` are the ids their publishers take back."""

    documents: tuple[Document, ...]
    counts: Mapping[str, int]
    statements: tuple[Statement, ...]
    problems: tuple[Problem, ...] = ()
    withdrawn: frozenset[str] = frozenset()


def read_corpus(
    paths: Iterable[Paths], reader: Reader, *, known: Mapping[str, Document] | None = None, progress: Progress | None = None
) -> Corpus:
    """Read articles; one that is ``known`` already, or that its publisher takes back, is none. Raises DataError for a known one."""
    roots = [Path(path) for given in paths for path in ([given] if isinstance(given, str | Path) else given)]
    tools = load_tools(reader)
    problems: list[Problem] = []
    documents: list[Document] = []
    counts: dict[str, int] = {}
    statements: dict[str, Statement] = {}
    actors: dict[Actor, Actor] = {}
    for found, (count, said) in settled(read_all(portions(roots, tools.intake), reader, tools)):
        if isinstance(found.item, Problem):
            problems.append(told(found.item, roots))
            continue
        refuse_known(found.item, known or {})
        documents.append(found.item)
        counts[found.item.id] = count
        statements |= {statement.id: _sharing(statement, actors) for statement in said}
        if progress:
            progress(found.item)
    withdrawn = {problem.withdraws for problem in problems}
    return without(Corpus(*in_order(documents, counts, statements.values(), problems), frozenset(withdrawn)), withdrawn)


def _sharing(statement: Statement, actors: dict[Actor, Actor]) -> Statement:
    """The same statement, with one object for the same actor in all of them: the memory is theirs."""
    actor, target, *speakers = (one and actors.setdefault(one, one) for one in (statement.actor, statement.target, *statement.attribution))
    return replace(statement, actor=actor, target=target, attribution=tuple(filter(None, speakers)))


def in_order(
    documents: Iterable[Document], counts: Mapping[str, int], statements: Iterable[Statement], problems: Iterable[Problem]
) -> tuple[tuple[Document, ...], Mapping[str, int], tuple[Statement, ...], tuple[Problem, ...]]:
    """Sort what was read, so that nothing tells the order of reading."""
    return (
        tuple(sorted(documents, key=lambda document: document.id)),
        counts,
        tuple(sorted(statements, key=lambda s: (s.evidence.document, s.evidence.start, s.id))),
        sorted_problems(problems),
    )


def without(corpus: Corpus, ids: Iterable[str]) -> Corpus:
    """The same without some articles and all that they say."""
    gone = set(ids)
    return Corpus(
        tuple(document for document in corpus.documents if document.id not in gone),
        {id: count for id, count in corpus.counts.items() if id not in gone},
        tuple(statement for statement in corpus.statements if statement.evidence.document not in gone),
        corpus.problems,
        corpus.withdrawn,
    )


def refuse_known(document: Document, known: Mapping[str, Document]) -> None:
    """Raise DataError that names both if the graph has an article of this id."""
    before = known.get(document.id)
    if before is not None:
        raise DataError(
            f"{document.id}: the graph has this article already"
            + (
                f", from the same file: {_named(before)}.\nThere is nothing to add."
                if document.sha256 and before.sha256 == document.sha256
                else f", {_named(before)}; now there is {_named(document)}.\nReplace it with --replace, or give the new one another id."
            )
        )


def refuse_unknown(ids: Iterable[str], known: Collection[str]) -> None:
    """Raise DataError that names what is near if an article is not there."""
    for id in ids:
        if id not in known:
            near = get_close_matches(id, known)
            raise DataError(
                f"{id}: there is no such article in the graph.\n"
                + (f"Nearly the same: {', '.join(near)}. " if near else "")
                + "The ids of all articles are in documents.jsonl."
            )


def sorted_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems in order, each told once."""
    return tuple(Problem(*told) for told in sorted({(problem.where, problem.reason) for problem in problems}))


def read_all(found: Iterable[Portion], reader: Reader, tools: Tools) -> Iterator[Read]:
    """Read what was found: here, or in other processes if there is much of it."""
    waiting = iter(found)
    first = list(islice(waiting, FEW)) if reader.jobs > 1 else []
    if len(first) == FEW:
        yield from _read_in_processes(chain(first, waiting), reader)
        return
    for portion in chain(first, waiting):
        yield from read_one(portion, tools)


def read_one(portion: Portion, tools: Tools) -> Iterator[Read]:
    """Read the articles of a file or a line, and what they say."""
    for found in read_portion(portion, tools.boilerplate, tools.intake):
        if isinstance(found.item, Problem):
            yield found, (0, ())
        else:
            yield replace(found, item=replace(found.item, signature=signature(found.item))), read(found.item, tools)


def read(document: Document, tools: Tools) -> Said:
    """Read one article, or find what was read in it before."""
    cache = tools.cache
    said = kept_statements(cache, document) if cache else None
    if said is not None:
        return said
    sentences = kept_sentences(cache, document) if cache else None
    if sentences is None:
        sentences = list(sentences_of(document, tools.pipeline))
        if cache:
            keep_sentences(cache, document, sentences)
    statements = tuple(statements_of(document, sentences, tools.ontology))
    if cache:
        keep_statements(cache, document, sentences, statements, tools.ontology.actions)
    return len(sentences), statements


def load_tools(reader: Reader) -> Tools:
    """Load the tables and the parser. Raises DataError for what is not there."""
    ontology = knowledge_of(reader.ontology)
    pipeline = load_pipeline(reader.parser) if reader.parser else None
    gc.freeze()  # the tables stay, and the collector need not look at them again and again
    cache = open_cache(reader.cache, ontology, pipeline) if reader.cache else None
    return Tools(ontology, boilerplate_of(ontology), reader.intake or Intake(), pipeline, cache)


def _read_in_processes(found: Iterator[Portion], reader: Reader) -> Iterator[Read]:
    """Read in other processes, some articles ahead, and hand on in order; an error there is an error here, with its traceback."""
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])
    with ProcessPoolExecutor(reader.jobs, context, initializer=_end_with_parent) as processes:
        ahead: deque[Future[list[Read]]] = deque()
        try:
            for several in lots(found):
                ahead.append(processes.submit(_read_there, several, reader))
                if len(ahead) > AHEAD * reader.jobs:
                    yield from ahead.popleft().result()
            while ahead:
                yield from ahead.popleft().result()
        finally:
            processes.shutdown(wait=False, cancel_futures=True)


def lots(found: Iterable[Portion]) -> Iterator[list[Portion]]:
    """What a process is given at a time: some portions, fewer if they are large."""
    lot: list[Portion] = []
    for portion in found:
        lot.append(portion)
        if len(lot) == TOGETHER or sum(len(one.line) for one in lot) > LARGE:
            yield lot
            lot = []
    if lot:
        yield lot


def _read_there(several: Iterable[Portion], reader: Reader) -> list[Read]:
    return [read for portion in several for read in read_one(portion, _tools_there(reader))]


@lru_cache(maxsize=1)
def _tools_there(reader: Reader) -> Tools:
    return load_tools(reader)


def _end_with_parent() -> None:
    """A process whose parent was killed must not wait for it for ever."""

    def watch() -> None:
        parent = parent_process()
        if parent is not None:
            parent.join()
        os._exit(1)

    Thread(target=watch, daemon=True).start()


def _named(document: Document) -> str:
    return f"“{document.title or 'without a title'}” ({document.sha256[:12] or 'no file'})"
