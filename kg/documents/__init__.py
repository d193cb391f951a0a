"""Reads articles as the world keeps them: saved pages, text files, archives of JSON.

    files and folders -> Draft (``forms``, ``pages``) -> Document, its text cut into blocks (``blocks``)

The wordings of boilerplate are a hand-written table (``boilerplate``). The day of publication is
read where the article gives it (``published``); no file system and no clock is ever asked.
What cannot be read, is larger than is taken in (``intake``) or not English (``language``) is handed on as a ``Problem``;
nothing is skipped in silence.
"""

import os
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import file_digest
from pathlib import Path

from kg.documents.blocks import cut
from kg.documents.boilerplate import Boilerplate, read_boilerplate
from kg.documents.draft import Draft
from kg.documents.forms import read_jsonl, read_ninjs, read_text
from kg.documents.intake import BeyondLimit, Intake, refuse_length
from kg.documents.language import foreign
from kg.documents.pages import read_html
from kg.model import DataError, Document, Problem

__all__ = ["Boilerplate", "Intake", "read_boilerplate", "read_documents"]

FORMS: dict[str, Callable[[Path, str, Intake], Iterator[Draft | Problem]]] = {
    ".txt": read_text,
    ".md": read_text,
    ".html": read_html,
    ".htm": read_html,
    ".jsonl": read_jsonl,
    ".jsonl.gz": read_jsonl,
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


def read_documents(
    paths: Iterable[Path], boilerplate: Sequence[Boilerplate] = (), intake: Intake = DEFAULT
) -> Iterator[Document | Problem]:
    """Read every article under ``paths``, one at a time, in the order of their names.

    Of two articles with one id the first is kept and the second is a ``Problem`` that names both.
    """
    known: dict[str, str] = {}
    for item in sorted_files(paths):
        if isinstance(item, Problem):
            yield item
        else:
            yield from fewer(read_articles(*item, boilerplate, intake, known), str(item[1]))


def read_articles(
    name: str, path: Path, boilerplate: Sequence[Boilerplate], intake: Intake, known: dict[str, str]
) -> Iterator[Document | Problem]:
    """Read the articles of one file; ``known`` tells of each id where it stands."""
    before = version(path)
    sha256 = checksum(path)
    drafts = read_file(name, path, intake)
    if not path.name.lower().endswith(BY_LINE):
        drafts = iter(list(drafts))
        if version(path) != before:
            yield Problem(str(path), f"{CHANGED}; build again")
            return
    for draft in drafts:
        document = draft if isinstance(draft, Problem) else finish(draft, sha256, boilerplate, intake)
        if isinstance(document, Problem) or isinstance(draft, Problem):
            yield document
        elif document.id in known:
            yield Problem(draft.where, f"duplicate id {document.id!r}, already given by {known[document.id]}; this one is left out")
        else:
            known[document.id] = draft.where
            yield document
    if version(path) != before:
        yield Problem(str(path), f"{CHANGED}; what was read is kept, but build again")


def version(path: Path) -> tuple[int, ...]:
    """What changes with a file: its number, size and time; nothing if it cannot be asked."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_ino, found.st_size, found.st_mtime_ns


def fewer(items: Iterable[Document | Problem], where: str) -> Iterator[Document | Problem]:
    """Name the first problems of a file and count the others, so that a file of nothing else does not fill the memory."""
    named = more = 0
    for item in items:
        if isinstance(item, Problem) and named >= NAMED and not item.withdraws:
            more += 1
        else:
            named += isinstance(item, Problem)
            yield item
    if more:
        yield Problem(where, f"{more} more articles of this file cannot be read, beside the {NAMED} that are named")


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
    if not ending:
        reason = f"ending {path.suffix}" if path.suffix else "no ending"
        yield Problem(str(path), f"not an article ({reason}); known endings are {', '.join(FORMS)}")
        return
    try:
        yield from FORMS[ending](path, name, intake)
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
