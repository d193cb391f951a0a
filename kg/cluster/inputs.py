"""Finds the files of articles, on any file system, and puts them into lots that are read, and kept, one by one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.build.cache import name_of
from kg.build.knowledge import told
from kg.cluster.files import Files, Found, is_remote, uri_of
from kg.cluster.session import TASK
from kg.documents import BY_LINE, FORMS, Intake, sorted_files
from kg.documents.intake import too_large
from kg.model import DataError, Problem

PARQUET = ".parquet"
WHOLE, LINES, ROWS = "whole", "lines", "rows"
"""How a file is read: at once, by one task; line by line, or row by row, by as many tasks as it is large."""
LOT_SIZE, LOT_FILES = 128 * TASK, 5_000
PACKED = 64  # a packed file cannot be shared out, so it is read at once unless it is that many times as large
BOOKKEEPING = "_SUCCESS"  # what Spark leaves beside its tables


@dataclass(frozen=True, slots=True)
class Input:
    """A file of articles: the ``name`` that makes ids, how problems call it (``shown``), and how it is read."""

    name: str
    shown: str
    found: Found
    form: str

    @property
    def uri(self) -> str:
        """Where it is."""
        return self.found.uri


@dataclass(frozen=True, slots=True)
class Lot:
    """Files that are read together; ``key`` names what was read, and changes with a file, the tables, the parser or the code."""

    key: str
    inputs: tuple[Input, ...]

    @property
    def form(self) -> str:
        """How they are read."""
        return self.inputs[0].form


def inputs_in(paths: Sequence[Path | str], files: Files, intake: Intake) -> Iterator[Input | Problem]:
    """The files under paths and URIs, in the order in which ids count, and what cannot be read. Raises DataError."""
    near = [Path(path) for path in paths if not is_remote(path)]
    found: list[tuple[str, str, Found]] = []
    for item in sorted_files(near):
        if isinstance(item, Problem):
            if not item.where.endswith(".crc"):
                yield told(item, near)
        else:
            name, path = item
            about = path.stat()
            found.append(
                (name, told(Problem(str(path), ""), near).where, Found(uri_of(path), about.st_size, about.st_mtime_ns // 1_000_000))
            )
    for uri in (uri_of(path) for path in paths if is_remote(path)):
        found += _remote(uri, files)
    for name, shown, one in sorted(found, key=lambda item: item[0]) if len(near) < len(paths) else found:
        if one.name != BOOKKEEPING:
            yield from _known(Input(name, shown, one, form_of(one)), intake)


def _remote(uri: str, files: Files) -> list[tuple[str, str, Found]]:
    whole = files.found(uri)
    if whole:
        return [(whole.name, whole.name, whole)]
    if not files.is_folder(uri):
        raise DataError(f"{uri}: no such file or folder.\nCheck the spelling of the address.")
    top, about = uri.rstrip("/").rpartition("/")[2], list(files.walked(uri))
    named = [(one.uri.partition(f"{uri.rstrip('/')}/")[2] or one.name, one) for one in about]
    return [(name, f"{top}/{name}", one) for name, one in named if not one.name.startswith(".")]


def form_of(found: Found) -> str:
    """How a file is read."""
    name = found.name.lower()
    if name.endswith(PARQUET):
        return ROWS
    large = TASK * (PACKED if name.endswith(".gz") else 1)
    return LINES if name.endswith(BY_LINE) and found.size > large else WHOLE


def _known(one: Input, intake: Intake) -> Iterator[Input | Problem]:
    """A file, unless it is known beforehand that it is not read."""
    at_once = one.form == WHOLE and not one.found.name.lower().endswith(BY_LINE)
    if one.uri.encode(errors="ignore").decode() != one.uri:
        yield Problem(one.shown, "its name is no text; rename it")
    elif one.found.name.startswith("_"):
        yield Problem(one.shown, "its name begins with _, and Spark reads no such files; rename it")
    elif at_once and one.found.size > intake.largest_file and one.found.name.lower().endswith(tuple(FORMS)):
        yield Problem(one.shown, str(too_large(intake)))
    else:
        yield one


def lots_of(inputs: Iterable[Input], stamp: str) -> Iterator[Lot]:
    """Put files that are read alike together, in their order; ``stamp`` names all that reading rests on beside them."""
    waiting: dict[str, list[Input]] = {WHOLE: [], LINES: [], ROWS: []}
    sizes = dict.fromkeys(waiting, 0)
    for one in inputs:
        lot = waiting[one.form]
        if lot and (one.form == ROWS or len(lot) == LOT_FILES or sizes[one.form] + one.found.size > LOT_SIZE):
            yield lot_of(lot, stamp)
            lot.clear()
            sizes[one.form] = 0
        lot.append(one)
        sizes[one.form] += one.found.size
    yield from (lot_of(lot, stamp) for lot in waiting.values() if lot)


def lot_of(inputs: Sequence[Input], stamp: str) -> Lot:
    """A lot of these files."""
    about = (f"{one.name}\n{one.shown}\n{one.uri}\n{one.found.size}\n{one.found.changed}" for one in inputs)
    return Lot(name_of(stamp, *about), tuple(inputs))
