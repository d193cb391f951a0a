"""One folder, one writer, in one step: whoever is killed leaves the old build whole.

A fresh build is written to ``.out.new`` beside ``out``. Then ``out`` becomes ``.out.old``, the fresh one ``out``, and the old one goes.
Whoever takes the folder next puts right what a killed writer left: where ``out`` is missing, the old one comes back.
"""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kg.model import DataError

OUTPUTS = frozenset(
    {
        *("graph.ttl", "statements.csv", "statements.jsonl", "documents.jsonl", "events.csv", "conflicts.csv"),
        *("network.html", "void.ttl", "build.json", "store"),
    }
)


@contextmanager
def reserved(out: Path) -> Iterator[None]:
    """Be the only one who writes ``out``, and begin with a whole one. Raises DataError if another does, or it is not ours to write."""
    if out.exists() and not out.is_dir():
        raise DataError(f"{out}: this is a file.\nName a folder with --out.")
    out.parent.mkdir(parents=True, exist_ok=True)
    lock = _locked(_beside(out, "kg-lock"), out)
    try:
        restore(out)
        refuse_parts(out)
        if out.is_dir() and any(out.iterdir()) and not (out / "build.json").is_file():
            raise DataError(f"{out}: the folder holds something else than a build.\nName another folder with --out, or empty it.")
        yield
    finally:
        _beside(out, "kg-lock").unlink(missing_ok=True)
        os.close(lock)


def refuse_parts(out: Path) -> None:
    """Raise DataError if a folder holds a build in parts, which are not the files of the contract."""
    if (out / "read").is_dir() and (out / "build.json").is_file() and not (out / "graph.ttl").exists():
        raise DataError(
            f"{out}: this graph was built with Spark, in parts.\nPublish it to a store and ask it there: kg publish ENDPOINT --out {out}; "
            "or change it with --engine spark."
        )


def restore(out: Path) -> None:
    """Put right what a killed writer left beside ``out``; only for who has it reserved."""
    old = _beside(out, "old")
    if old.is_dir():
        with suppress(OSError):
            out.rmdir()  # an empty folder is no build
        if not out.exists():
            old.rename(out)
        shutil.rmtree(old, ignore_errors=True)
    shutil.rmtree(_beside(out, "new"), ignore_errors=True)


def recover(out: Path) -> None:
    """Bring a build back that a killed writer had moved away; where another writes just now, that is left to him."""
    if _beside(out, "old").is_dir() and not (out / "build.json").is_file():
        with suppress(DataError), reserved(out):
            pass


def replace_folder(out: Path, write: Callable[[Path], None]) -> None:
    """Let ``write`` fill a fresh folder and put it in the place of ``out``; files in it that are not ours are kept.

    Only for who has it reserved. The old one stays whole until the new one stands, on the disk too, and comes back if that fails.
    """
    fresh, old = _beside(out, "new"), _beside(out, "old")
    fresh.mkdir()
    try:
        write(fresh)
        for path in out.iterdir() if out.is_dir() else ():
            if path.name not in OUTPUTS and not (fresh / path.name).exists():
                shutil.copytree(path, fresh / path.name) if path.is_dir() else shutil.copy2(path, fresh / path.name)
        _to_disk(fresh)
        if out.exists():
            out.rename(old)
        fresh.rename(out)
        _sync(out.parent)
    finally:
        restore(out)


def _beside(out: Path, ending: str) -> Path:
    return out.absolute().with_name(f".{out.absolute().name}.{ending}")


def _locked(path: Path, out: Path) -> int:
    """Lock a file that goes when its holder does; another may have removed it between opening and locking."""
    while True:
        lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(lock)
            raise DataError(
                f"{out}: another kg is writing this folder.\nWait until it is done, or name another folder with --out."
            ) from error
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(lock), os.stat(path)):
                return lock
        os.close(lock)


def _to_disk(folder: Path) -> None:
    """See that all of a folder is on the disk before anything is moved."""
    for base, _, names in os.walk(folder):
        for name in names:
            _sync(Path(base, name))
        _sync(Path(base))


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
