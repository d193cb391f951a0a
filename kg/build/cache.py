"""What was read before, kept in a folder: parses by text and parser, statements by parse and tables.

An edited table costs no parsing, an interrupted build goes on where it was, and an edited row of ``rules.csv`` touches only the
articles with a word that may begin it. Every entry bears its checksum; one that is broken is as good as none.
"""

import json
import os
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from kg.build.knowledge import checksums_of
from kg.model import Action, Document, Sentence, Statement, Token
from kg.ontology import Ontology
from kg.parser import load_parser
from kg.sentences import Pipeline
from kg.statements.triggers import head_words
from kg.tables import statement_row, statements_from

PARSING = ("model.py", "sentences", "parser")
PARSERS = ("lemminflect", "onnxruntime", "spacy")
RULES = "mappings/rules.csv"


@dataclass(frozen=True)
class Cache:
    """A folder of what was read; ``parsing`` and ``tables`` name what parses, and what reads the parses.

    ``rules`` has for each word that may begin a rule a checksum of these rules.
    """

    folder: Path
    parsing: str
    tables: str
    rules: Mapping[str, str]


def open_cache(folder: Path, ontology: Ontology, pipeline: Pipeline | None) -> Cache:
    """Name what an entry of today rests on."""
    parser = [pipeline.name, pipeline.version, *_files(pipeline.nlp.path)] if pipeline else [load_parser().sha256]
    libraries = [version(name) for name in PARSERS]
    others = {name: found for name, found in checksums_of(ontology).items() if not name.endswith("rules.csv") and name[-3:] != ".rq"}
    rules: dict[str, list[str]] = {}
    for rule in ontology.rules:
        for word in sorted(head_words(rule.trigger, rule.pos)):
            rules.setdefault(word, []).append(repr(asdict(rule) | {"trigger": [sorted(words) for words in rule.trigger]}))
    parsing = name_of(*parser, *libraries, *(_code(part) for part in PARSING))
    return Cache(folder, parsing, name_of(_code(""), *map(str, others.items())), {word: name_of(*rows) for word, rows in rules.items()})


def kept_sentences(cache: Cache, document: Document) -> list[Sentence] | None:
    """The parse of an article, if it is kept."""
    found = _read(_place(cache, "parses", document))
    if found is None:
        return None
    return [
        Sentence(document.id, index, start, document.text[start:end], tuple(Token(*token) for token in tokens))
        for index, (start, end, tokens) in enumerate(found)
    ]


def keep_sentences(cache: Cache, document: Document, sentences: Iterable[Sentence]) -> None:
    """Keep the parse of an article."""
    told = [[sentence.start, sentence.end, [list(asdict(token).values()) for token in sentence.tokens]] for sentence in sentences]
    _write(_place(cache, "parses", document), told)


def kept_statements(cache: Cache, document: Document) -> tuple[int, tuple[Statement, ...]] | None:
    """How many sentences an article has and what they say, if that is kept and rests on the tables of today."""
    found = _read(_place(cache, "statements", document))
    if found is None or found["tables"] != cache.tables or found["rules"] != _rules_of(cache, found["words"]):
        return None
    return found["sentences"], tuple(statements_from(found["rows"]))


def keep_statements(
    cache: Cache, document: Document, sentences: Sequence[Sentence], statements: Iterable[Statement], actions: Mapping[str, Action]
) -> None:
    """Keep what an article says, with its words, which tell the rules that it may rest on."""
    words = sorted({form for one in sentences for token in one.tokens for form in (token.lemma.lower(), token.text.lower())})
    told = {
        "tables": cache.tables,
        "rules": _rules_of(cache, words),
        "words": words,
        "sentences": len(sentences),
        "rows": [statement_row(statement, "", actions) for statement in statements],
    }
    _write(_place(cache, "statements", document), told)


def name_of(*parts: str) -> str:
    """A name made of the content of ``parts``."""
    return sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:32]


def _rules_of(cache: Cache, words: Iterable[str]) -> str:
    return name_of(*(cache.rules[word] for word in words if word in cache.rules))


def _place(cache: Cache, kind: str, document: Document) -> Path:
    """Where an entry stands; a parse is named by its text alone, a reading also by what reading asks of the article."""
    about = [] if kind == "parses" else [document.id, document.published]
    name = name_of(cache.parsing, document.text, *(f"{block.start}-{block.end}" for block in document.blocks), *about)
    return cache.folder / kind / name[:2] / name[2:]


def _read(path: Path) -> Any:
    try:
        data = path.read_bytes()
    except OSError:
        return None
    whole = sha256(data[32:]).digest() == data[:32]
    return json.loads(zlib.decompress(data[32:])) if whole else None


def _write(path: Path, content: Any) -> None:
    """Write an entry beside its place and move it there, so that no other process meets half of it."""
    data = zlib.compress(json.dumps(content, ensure_ascii=True).encode(), 1)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    beside.write_bytes(sha256(data).digest() + data)
    beside.replace(path)


@lru_cache(maxsize=8)
def _code(part: str) -> str:
    """The checksum of our own code, or of a room of it."""
    package = Path(__file__).parent.parent / part
    files = sorted(package.rglob("*.py")) if package.is_dir() else [package]
    return name_of(*(path.read_text(encoding="utf-8") for path in files))


def _files(folder: Path | None) -> list[str]:
    """What tells whether one of the files of a pipeline is another: names, sizes and times."""
    files = sorted(path for path in folder.rglob("*") if path.is_file()) if folder else []
    return [f"{path.name} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files]
