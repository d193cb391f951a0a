"""Sends a graph in parts to a store, several at a time, and counts what arrived.

Each part is a file of N-Triples, so its lines are the batches. A small file notes how far each part went; the same parts go on
there the next time. The first batch of a fresh run goes alone: it replaces what the named graph held before.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from threading import Lock

from kg.publish.loading import STORE_BATCH, UPDATE_BATCH, Place, Published, note_of, put, refuse_place, update, verify
from kg.publish.web import ANYBODY, Address, Login

JOBS = 4


@dataclass
class Sent:
    """How many triples of each part have been sent to a place, as a file notes it; ``checksums`` tell which parts these are."""

    note: Path
    place: Place
    checksums: Mapping[str, str]
    numbers: dict[str, int] = field(default_factory=dict)
    writing: Lock = field(default_factory=Lock)

    def recall(self) -> None:
        """Read how far an interrupted run went, if it sent these very parts."""
        try:
            told = json.loads(self.note.read_text(encoding="utf-8"))
            if told["endpoint"] == self.place.endpoint and told["graph"] == self.place.graph and told["parts"] == self.checksums:
                self.numbers |= {part: int(number) for part, number in told["sent"].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return

    def add(self, part: str, number: int) -> None:
        """Note that more has arrived, whole or not at all."""
        with self.writing:
            self.numbers[part] = self.numbers.get(part, 0) + number
            told = {"endpoint": self.place.endpoint, "graph": self.place.graph, "parts": self.checksums, "sent": self.numbers}
            fresh = self.note.with_suffix(".new")
            fresh.write_text(json.dumps(told) + "\n", encoding="utf-8")
            fresh.replace(self.note)

    @property
    def total(self) -> int:
        """How many there are by now."""
        return sum(self.numbers.values())


def publish_parts(
    folder: Path,
    checksums: Mapping[str, str],
    place: Place,
    notes: Path,
    *,
    login: Login = ANYBODY,
    batch: int = 0,
    jobs: int = JOBS,
    progress: Callable[[int], None] = lambda sent: None,
) -> Published:
    """Send parts of a graph, files of N-Triples in ``folder`` with their checksums, ``jobs`` at a time. Raises DataError.

    The rest is as for ``publish``.
    """
    refuse_place(place)
    sent = Sent(note_of(notes, place), place, dict(checksums))
    sent.recall()
    resumed = sent.total
    size = batch or (STORE_BATCH if place.store else UPDATE_BATCH)

    def send(part: str, most: int | None = None) -> None:
        write = writer(place, login)
        write(b"", fresh=False)  # who one is, is settled before much is sent
        for lines in islice(lines_of(folder / part, size, skip=sent.numbers.get(part, 0)), most):
            write(b"".join(lines), fresh=not sent.total)
            sent.add(part, len(lines))
            progress(sent.total)

    parts = sorted(checksums)
    if not resumed and parts:
        send(parts[0], 1)
    with ThreadPoolExecutor(jobs) as several:
        futures = [several.submit(send, part) for part in parts]
        try:
            for future in futures:
                future.result()
        finally:
            several.shutdown(cancel_futures=True)
    verify(place, sent.total, sent.note, login)
    sent.note.unlink(missing_ok=True)
    return Published(sent.total, resumed)


def writer(place: Place, login: Login) -> Callable[..., None]:
    """What writes lines to a place, over a connection of its own."""
    if place.store:
        return partial(put, Address(place.store, login), place.graph)
    return partial(update, Address(place.update or place.endpoint, login), place.graph)


def lines_of(path: Path, size: int, *, skip: int = 0) -> Iterator[Sequence[bytes]]:
    """The lines of a file, so many at a time, without the first ones."""
    with path.open("rb") as file:
        rest = islice(file, skip, None)
        while lines := list(islice(rest, size)):
            yield lines
