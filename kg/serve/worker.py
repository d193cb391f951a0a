"""What a worker process does: it opens the store, and answers one question after the other until it is killed.

Each question runs in a thread of its own, with a stack that no question can exhaust; what takes longer than a
moment has to stand back behind what is quick.
"""

import gzip
import json
import os
import resource
import socket
import sys
import threading
import traceback
from contextlib import nullcontext, suppress
from functools import partial
from pathlib import Path
from typing import Any

from kg.model import DataError
from kg.serve.held import Held
from kg.serve.wire import DATA, END, pack, read
from kg.store import answer as ask_store
from kg.store import remarks
from kg.store.endpoint import NotWritable, Question, UnknownGraph, Writer, reply, says_nothing
from kg.store.loading import base_of, open_store

STACK = 256 << 20
MOMENT = 1.0
PART = 1 << 16
SHORT = 4096
"""Bytes of an answer that may say nothing."""
KINDS = {UnknownGraph: "graph", NotWritable: "form", DataError: "question"}


class TooLarge(Exception):
    """The answer is longer than may be sent."""


class Sink:
    """Takes an answer as it is written, and sends it on in parts; a file as far as the engine needs one."""

    def __init__(self, channel: socket.socket, longest: int) -> None:
        self.channel, self.left, self.kept = channel, longest, bytearray()

    def write(self, content: bytes) -> int:
        """Keep or send. Raises TooLarge."""
        self.left -= len(content)
        if self.left < 0:
            raise TooLarge
        self.kept += content
        if len(self.kept) >= PART:
            self.flush()
        return len(content)

    def flush(self) -> None:
        """Send what is kept."""
        if self.kept:
            self.channel.sendall(pack(DATA, bytes(self.kept)))
            self.kept.clear()


class Beginning:
    """Passes an answer on, and keeps it while it is short enough to say nothing."""

    def __init__(self, out: Writer) -> None:
        self.out, self.length, self.kept = out, 0, bytearray()

    def write(self, content: bytes) -> int:
        """Pass on."""
        self.length += len(content)
        if self.length <= SHORT:
            self.kept += content
        return self.out.write(content)

    def flush(self) -> None:
        """Have all sent."""
        self.out.flush()


def work(channel: socket.socket, folder: Path, held: Held, *, memory: int, seconds: float, longest: int) -> None:
    """Answer what comes through ``channel`` from the store that is held, or else from that in ``folder``.

    Each question has ``memory`` bytes and ``seconds`` of computing.
    """
    threading.stack_size(STACK)
    try:
        store = open_store(folder) if held.store is None else held.store
        hello: dict[str, Any] = {"pid": os.getpid(), "base": base_of(store), "graphs": [str(graph)[1:-1] for graph in store.named_graphs()]}
    except (DataError, OSError, RuntimeError) as error:
        channel.sendall(pack(END, json.dumps({"pid": os.getpid(), "error": str(error)}).encode()))
        return
    limit_memory(memory)
    channel.sendall(pack(END, json.dumps(hello).encode()))
    with suppress(EOFError, OSError):
        while True:
            asked = json.loads(read(channel)[1])
            limit_computing(seconds)
            thread = threading.Thread(target=answer, args=(channel, store, asked, longest))
            thread.start()
            thread.join(MOMENT)
            if thread.is_alive():
                stand_back(thread)
                thread.join()


def answer(channel: socket.socket, store: Any, asked: dict[str, Any], longest: int) -> None:
    """Answer one question; how it went is the last frame."""
    zipped = asked.pop("zipped")
    asked |= {name: tuple(asked[name]) for name in ("default_graphs", "named_graphs")}
    sink, question = Sink(channel, longest), Question(**asked)
    try:
        with gzip.GzipFile(fileobj=sink, mode="wb", compresslevel=4, mtime=0) if zipped else nullcontext(sink) as out:
            told = Beginning(out)
            media = reply(store, question, told)
        sink.flush()
        ending: dict[str, Any] = {"media": media, "remarks": remarks_on(store, question, media, told)}
    except (TooLarge, MemoryError) as error:
        ending = {"kind": "answer" if isinstance(error, TooLarge) else "memory", "error": ""}
    except DataError as error:
        ending = {"kind": KINDS[type(error)], "error": str(error)}
    except OSError as error:
        ending = {"kind": "store", "error": str(error)}
    except BaseException as error:  # a bug, or a panic of the engine, is told with its place, not with the question
        places = "; ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__))
        ending = {"kind": "bug", "error": f"{type(error).__name__} at {places}"}
    with suppress(OSError):
        channel.sendall(pack(END, json.dumps(ending).encode()))


def remarks_on(store: Any, question: Question, media: str, told: Beginning) -> list[str]:
    """What may be wrong with a question that was asked of the whole graph."""
    if question.default_graphs or question.named_graphs:
        return []
    empty = told.length <= SHORT and says_nothing(media, bytes(told.kept))
    return remarks(question.sparql, partial(ask_store, store), base_of(store), empty=empty)


def limit_memory(memory: int) -> None:
    """Let this process take so much more memory than it has, as far as the system can tell (Linux does)."""
    with suppress(OSError, ValueError):
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_DATA, (pages + STACK + memory, pages + STACK + memory))
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_computing(seconds: float) -> None:
    """End this process if it computes on when nobody is left to kill it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime + seconds) + 5, resource.RLIM_INFINITY))


def stand_back(thread: threading.Thread) -> None:
    """Let quicker questions have the processor first; Linux knows that of a single thread."""
    if sys.platform == "linux" and thread.native_id is not None:
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, thread.native_id, 10)
