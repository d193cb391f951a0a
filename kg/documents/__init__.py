"""Reads articles as the world keeps them: saved pages, text files, archives of JSON.

    files and folders -> Portion -> Draft (``forms``, ``pages``) -> Document, its text cut into blocks (``blocks``)

The wordings of boilerplate are a hand-written table (``boilerplate``). The day of publication is
read where the article gives it (``published``); no file system and no clock is ever asked.
What cannot be read, is larger than is taken in (``intake``) or not English (``language``) is handed on as a ``Problem``;
nothing is skipped in silence.
"""

import os
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import file_digest
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from kg.documents.blocks import cut
from kg.documents.boilerplate import Boilerplate, read_boilerplate
from kg.documents.draft import Draft
from kg.documents.forms import numbered_lines, read_line, read_ninjs, read_text
from kg.documents.intake import BeyondLimit, Intake, refuse_length
from kg.documents.language import foreign
from kg.documents.pages import read_html
from kg.model import DataError, Document, Problem

__all__ = ["Boilerplate", "Found", "Intake", "Portion", "portions", "read_boilerplate", "read_documents", "read_portion", "settled"]

FORMS: dict[str, Callable[[Path, str, Intake], Iterator[Draft | Problem]]] = {
    ".txt": read_text,
    ".md": read_text,
    ".html": read_html,
    ".htm": read_html,
    ".json": read_ninjs,
}
BUILT = frozenset({"build.json", "graph.ttl"})
"""What lies in every folder that ``kg build`` has written."""
BY_LINE = (".jsonl", ".jsonl.gz")
CHANGED = "changed while it was read"
OVERRIDE = "If it is English, say language: en in its header or give --any-language"
DEFAULT = Intake()
BESIDE = (".kg-cache", ".kg-lock")
"""How the names end of what ``kg build`` leaves beside such a folder, which is no input."""
NAMED = 1_000
"""How many problems of one file are named; the others are counted."""
One = TypeVar("One")


def read_documents(
    paths: Iterable[Path], boilerplate: Sequence[Boilerplate] = (), intake: Intake = DEFAULT
) -> Iterator[Document | Problem]:
    """Read every article under ``paths``, one at a time, in the order of their names.

    Of two articles with one id the first is kept and the second is a ``Problem`` that names both.
    """
    read = ((found, None) for portion in portions(paths, intake) for found in read_portion(portion, boilerplate, intake))
    for found, _ in settled(read):
        yield found.item


@dataclass(frozen=True, slots=True)
class Portion:
    """What is read by itself, in whatever process: a file, or one line of it; or a ``problem`` in its place.

    ``name`` makes the ids; ``sha256`` is that of the file of the line.
    """

    path: str
    name: str = ""
    number: int = 0
    line: bytes = b""
    sha256: str = ""
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """An article, or why there is none; ``where`` is its place in the file ``path``."""

    path: str
    where: str
    item: Document | Problem


def portions(paths: Iterable[Path], intake: Intake = DEFAULT) -> Iterator[Portion]:
    """Find what is under ``paths``, in the order of names; only files that hold an article a line are opened."""
    for item in sorted_files(paths):
        if isinstance(item, Problem):
            yield Portion("", problem=item)
        elif item[1].name.lower().endswith(BY_LINE):
            yield from lines_of(*item, intake)
        else:
            yield Portion(str(item[1]), item[0])


def lines_of(name: str, path: Path, intake: Intake) -> Iterator[Portion]:
    """The lines of a file, and what is wrong with it."""
    before = version(path)
    sha256 = checksum(path)
    for item in unless_unreadable(path, numbered_lines(path, intake)):
        if isinstance(item, Problem):
            yield Portion(str(path), problem=item)
        else:
            yield Portion(str(path), name, *item, sha256)
    if version(path) != before:
        yield Portion(str(path), problem=Problem(str(path), f"{CHANGED}; what was read is kept, but build again"))


def read_portion(portion: Portion, boilerplate: Sequence[Boilerplate] = (), intake: Intake = DEFAULT) -> Iterator[Found]:
    """Read the articles of a file, or of a line of it."""
    if portion.problem:
        yield Found(portion.path, portion.problem.where, portion.problem)
        return
    path = Path(portion.path)
    if portion.number:
        drafts, sha256 = [read_line(portion.line, f"{path}:{portion.number}", f"{portion.name}:{portion.number}")], portion.sha256
    else:
        before = version(path)
        sha256 = checksum(path)
        drafts = list(read_file(portion.name, path, intake))
        if version(path) != before:
            drafts = [Problem(str(path), f"{CHANGED}; build again")]
    for draft in drafts:
        item = draft if isinstance(draft, Problem) else finish(draft, sha256, boilerplate, intake)
        yield Found(portion.path, draft.where, item)


def settled(items: Iterable[tuple[Found, One]]) -> Iterator[tuple[Found, One]]:
    """Keep the first of several articles with one id, each with what else came with it, and name the first problems of each file.

    The others are counted, so that a file of nothing else does not fill the memory.
    """
    known: dict[str, str] = {}
    for path, several in groupby(items, lambda item: item[0].path):
        named = more = 0
        for found, rest in several:
            item = found.item
            if isinstance(item, Document):
                if item.id not in known:
                    known[item.id] = found.where
                    yield found, rest
                    continue
                item = Problem(found.where, f"duplicate id {item.id!r}, already given by {known[item.id]}; this one is left out")
            if path and named >= NAMED and not item.withdraws:
                more += 1
            else:
                named += 1
                yield replace(found, item=item), rest
        if more:
            reason = f"{more} more articles of this file cannot be read, beside the {NAMED} that are named"
            yield Found(path, path, Problem(path, reason)), rest


def version(path: Path) -> tuple[int, ...]:
    """What changes with a file: its number, size and time; nothing if it cannot be asked."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_ino, found.st_size, found.st_mtime_ns


def sorted_files(paths: Iterable[Path]) -> Iterator[tuple[str, Path] | Problem]:
    """List the files with the names that make their ids; a file reached twice is listed once.

    The order depends neither on the order of ``paths`` nor on how they are spelt: of two files with one name,
    that with the lower checksum comes first.
    """
    files: list[tuple[str, Path]] = []
    problems: list[Problem] = []
    for path in paths:
        if path.is_file():
            files.append((path.name, path))
        elif path.is_dir():
            walk(path, files, problems)
        else:
            raise DataError(f"{path}: no such file or folder.\nCheck the spelling of the path.")
    yield from sorted(problems, key=lambda problem: problem.where)
    seen: set[Path] = set()
    times = Counter(name for name, _ in files)
    for name, path in sorted(files, key=lambda file: (file[0], checksum(file[1]) if times[file[0]] > 1 else "", file[1])):
        if path.resolve() not in seen:
            seen.add(path.resolve())
            yield os.fsencode(name).decode("utf-8", "replace"), path


def checksum(path: Path) -> str:
    """The SHA-256 of a file, or nothing if it cannot be read."""
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def walk(folder: Path, files: list[tuple[str, Path]], problems: list[Problem]) -> None:
    """Gather the files under ``folder``, and what there is besides files."""

    def unreadable(error: OSError) -> None:
        problems.append(Problem(str(error.filename), f"folder cannot be read ({error.strerror})"))

    for base, folders, names in os.walk(folder, onerror=unreadable):
        if reason := barred(base, names):
            problems.append(Problem(str(Path(base)), reason))
            folders.clear()
            continue
        folders[:] = [name for name in folders if not name.endswith(BESIDE)]
        for name in sorted(folders):
            path = Path(base, name)
            if name.startswith(".") or path.is_symlink():
                folders.remove(name)
                problems.append(Problem(str(path), "a hidden folder or a link to a folder; not read"))
        for name in names:
            path = Path(base, name)
            if name.endswith(BESIDE):
                continue
            if name.startswith("."):
                problems.append(Problem(str(path), "a hidden file; not read"))
            elif path.is_symlink() and not leads_within(path, folder):
                problems.append(Problem(str(path), "a link to nothing, or out of the folder; not read. Name the file itself"))
            elif os.path.isfile(path):
                files.append((path.relative_to(folder).as_posix(), path))
            else:
                problems.append(Problem(str(path), "not a file; not read"))


def leads_within(link: Path, folder: Path) -> bool:
    """Tell whether a link ends at a file in the same folder: an unpacked archive must not reach for other files of the user."""
    try:
        end = link.resolve(strict=True)
    except (OSError, RuntimeError):  # RuntimeError is how Python 3.11 tells a loop
        return False
    return end.is_relative_to(folder.resolve())


def barred(folder: str, names: Iterable[str]) -> str:
    """Say why nothing in a folder that holds files of these ``names`` is read; empty if it is."""
    if set(names) >= BUILT:
        return "a graph built by kg, not articles"
    try:
        os.stat(os.path.join(folder, "."))
    except OSError as error:
        return f"folder cannot be read ({error.strerror})"
    return ""


def read_file(name: str, path: Path, intake: Intake) -> Iterator[Draft | Problem]:
    """Read one file by its ending."""
    ending = next((ending for ending in FORMS if path.name.lower().endswith(ending)), "")
    if ending:
        yield from unless_unreadable(path, FORMS[ending](path, name, intake))
    else:
        reason = f"ending {path.suffix}" if path.suffix else "no ending"
        yield Problem(str(path), f"not an article ({reason}); known endings are {', '.join((*FORMS, *BY_LINE))}")


def unless_unreadable(path: Path, items: Iterator[One]) -> Iterator[One | Problem]:
    """The same, and a ``Problem`` where the file cannot be read any further, or where there is nothing in it."""
    found = False
    try:
        for item in items:
            found = True
            yield item
        if not found:
            yield Problem(str(path), "empty: there is no article in it")
    except BeyondLimit as error:
        yield Problem(str(path), str(error))
    except (OSError, EOFError, zlib.error) as error:
        yield Problem(str(path), f"cannot be read ({getattr(error, 'strerror', None) or error})")


def finish(draft: Draft, sha256: str, boilerplate: Sequence[Boilerplate], intake: Intake) -> Document | Problem:
    """Cut the text of ``draft`` into blocks, and add what only the text tells: title and day; ``sha256`` is that of its file."""
    if "\0" in draft.text:
        return Problem(draft.where, "not text (it holds NUL characters)")
    try:
        refuse_length(draft.text, intake)
    except BeyondLimit as error:
        return Problem(draft.where, str(error))
    blocks, title, published = cut(draft.text, draft.start, draft.title, boilerplate)
    if not blocks:
        return Problem(draft.where, "empty: there is no article text in it")
    if not intake.any_language:
        paragraphs = [draft.text[block.start : block.end] for block in blocks]
        if language := foreign(paragraphs, draft.language, trusted=not draft.of_page):
            return Problem(draft.where, f"not in English, it seems ({language}); only English is read. {OVERRIDE}")
    return Document(
        id=draft.id,
        text=draft.text,
        blocks=blocks,
        title=draft.title or title,
        published=draft.published or published,
        source=draft.source,
        url=draft.url,
        author=draft.author,
        language=draft.language,
        sha256=sha256,
    )
