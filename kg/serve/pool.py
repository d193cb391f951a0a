"""The workers, and the queue before them: no question can take the server along, or wait without end."""

import asyncio
import json
import os
import signal
import socket
import tempfile
from collections import deque
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from functools import partial
from typing import IO, Any

from kg.graph import BASE
from kg.serve.held import LOADING, Held
from kg.serve.metrics import Metrics
from kg.serve.nursery import END as END_ALL
from kg.serve.nursery import KILL, LONGEST, MAKE, open_nursery
from kg.serve.refusals import Refused, later
from kg.serve.settings import Settings
from kg.serve.versions import Version, version_of
from kg.serve.wire import DATA, END, pack, receive
from kg.serve.worker import work
from kg.store.endpoint import Question

IN_MEMORY = 1 << 20
STARTING = 20.0
AT_ONCE, MOST_TRIED = 0.3, 10
"""Seconds in which only a worker ends that had ended before it was asked; and how many such a question may meet."""
LONG, PATIENCE = 1.0, 0.25
TIMES = 4
"""Seconds after which a question is long, and between looks at the queue; there are at most so many times the usual workers."""
PAUSES = (0.0, 0.05, 0.2, 1.0, 2.0, 5.0)


class Died(Exception):
    """A worker ended while it was answering, of a ``signal``, if that is known; or had ended before, and nobody knew."""

    def __init__(self, signal: int | None, *, before: bool) -> None:
        super().__init__(signal)
        self.signal, self.before = signal, before


@dataclass(frozen=True, slots=True)
class Given:
    """A whole answer: its bytes in a file, from the beginning; ``length`` of them; ``remarks`` on what was asked."""

    media: str
    content: IO[bytes]
    length: int
    remarks: tuple[str, ...] = ()


@dataclass(eq=False, slots=True)
class Worker:
    """A process, the graph that it has open, and how many questions it has left before it makes room for a fresh one."""

    pid: int
    version: Version
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    left: int
    since: float = 0.0
    """When it began to answer, on the clock of the loop; 0 if it is idle."""


class Pool:
    """Some workers, of whom an idle one takes the next question."""

    def __init__(self, settings: Settings, metrics: Metrics) -> None:
        self.settings, self.metrics = settings, metrics
        self.held = Held(settings.out)
        self.labour: Callable[[socket.socket], None] = partial(
            work,
            folder=settings.out / "store",
            held=self.held,
            memory=settings.memory_limit,
            seconds=settings.time_limit,
            longest=settings.longest_answer,
        )
        self.pid, self.nursery = open_nursery(self.labour, *self._preparing())
        self.version = version_of(settings.out)
        self.base, self.graphs = BASE, tuple[str, ...]()
        self.idle: list[Worker] = []
        self.waiting: deque[asyncio.Future[Worker]] = deque()
        self.alive: set[Worker] = set()
        self.coming = 0
        self.deaths: dict[int, asyncio.Future[int]] = {}
        self.tasks: set[asyncio.Task[None]] = set()
        self.trouble = ""
        self.closed = False

    # The face: start, ask, close.

    async def start(self) -> None:
        """Begin with all workers. Raises Refused if the store cannot be opened."""
        asyncio.get_running_loop().add_reader(self.nursery, self._hear)
        first = await self._begin() or await self._begin()  # a new graph may come just now
        if first is not None:
            self.alive.add(first)
            self._give_back(first)
            self._fill()
        if not self.idle:
            raise Refused(500, self.trouble or "No worker could be started.")

    async def close(self) -> None:
        """End all workers."""
        self.closed = True
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        for worker in list(self.alive):
            self._dismiss(worker)
        asyncio.get_running_loop().remove_reader(self.nursery)
        with suppress(OSError):
            self.nursery.send(END_ALL)
        self.nursery.close()
        with suppress(OSError):
            for _ in range(200):
                await asyncio.sleep(0.01)
                if os.waitpid(self.pid, os.WNOHANG)[0]:
                    return

    def look(self) -> Version:
        """The graph that is served now; workers that have an older one open go home. Raises Refused while there is none."""
        now = version_of(self.settings.out, self.version)
        if now is not None and now != self.version:
            self.version = now
            for worker in [worker for worker in self.idle if worker.version != now]:
                self.idle.remove(worker)
                self._dismiss(worker)
        if self.version is None:
            raise later(503, "There is no graph to ask at the moment.", 5)
        self._fill()
        return self.version

    async def ask(self, question: Question, *, zipped: bool = False) -> Given:
        """Have a question answered, whole. Raises Refused; if the task is cancelled, nobody computes on for it."""
        last, tried = False, 0
        while True:
            worker, tried = await self._take(), tried + 1
            try:
                async with asyncio.timeout(self.settings.time_limit):
                    given = await self._answer(worker, question, zipped)
            except TimeoutError:
                self._lose(worker, "time")
                limit = f"{self.settings.time_limit:g} seconds"
                raise Refused(
                    504,
                    f"The question took longer than {limit}, and was given up.\nAsk for less: a narrower period, a LIMIT.",
                ) from None
            except asyncio.CancelledError:
                self._lose(worker, "left")
                raise
            except Died as death:
                self._lose(worker, "died", kill=False)
                if death.signal == signal.SIGABRT:
                    self.metrics.killed["memory"] += 1
                    raise self._too_big() from None
                if death.signal == signal.SIGXCPU:
                    raise Refused(504, "The question took too long to compute, and was given up.\nAsk for less.") from None
                if last or death.signal == signal.SIGSEGV or tried > MOST_TRIED:
                    raise Refused(500, "The engine broke down over this question.\nAsk in a simpler way.") from None
                last = not death.before
                continue
            except OSError as error:
                self._lose(worker, "disk")
                raise Refused(507, f"The answer cannot be kept until it is whole: {error.strerror}.") from error
            if isinstance(given, Given):
                self._give_back(worker)
                return given
            if given["kind"] == "memory":
                self._lose(worker, "memory")
                raise self._too_big()
            if given["kind"] == "store" and not last:
                self._lose(worker, "store")
                last = True
                continue
            self._give_back(worker)
            raise self._refusal(given)

    # What becomes of a question.

    async def _answer(self, worker: Worker, question: Question, zipped: bool) -> Given | dict[str, Any]:
        worker.left, worker.since = worker.left - 1, asyncio.get_running_loop().time()
        content: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115
        try:
            worker.writer.write(pack(END, json.dumps(asdict(question) | {"zipped": zipped}).encode()))
            await worker.writer.drain()
            while True:
                kind, part = await receive(worker.reader)
                if kind != DATA:
                    break
                content.write(part)
            ending: dict[str, Any] = json.loads(part)
        except (asyncio.IncompleteReadError, ConnectionError):
            content.close()
            before = asyncio.get_running_loop().time() - worker.since < AT_ONCE
            raise Died(await self._cause(worker.pid), before=before) from None
        except BaseException:
            content.close()
            raise
        if "media" not in ending:
            content.close()
            return ending
        length = content.tell()
        content.seek(0)
        return Given(ending["media"], content, length, tuple(ending["remarks"]))

    def _too_big(self) -> Refused:
        limit = self.settings.memory_limit >> 20
        return Refused(
            507,
            f"The question needs more than {limit} MB of memory, and was given up.\nAsk for less at a time.",
        )

    def _refusal(self, ending: dict[str, Any]) -> Refused:
        if ending["kind"] == "answer":
            limit = self.settings.longest_answer >> 20
            return Refused(507, f"The answer is longer than {limit} MB.\nAsk for less, or in parts, with ORDER BY, LIMIT and OFFSET.")
        if ending["kind"] == "bug":
            self.metrics.bugs.append(ending["error"])
            return Refused(500, "Something is wrong with kg itself; its log tells where.")
        if ending["kind"] == "store":
            return Refused(500, "The store could not be read.\nBuild it again: kg build PATH…")
        return Refused({"form": 406}.get(ending["kind"], 400), ending["error"])

    # Workers come and go.

    async def _take(self) -> Worker:
        """The next idle worker, after all who asked before. Raises Refused if too many wait, or for too long."""
        self.look()
        if self.idle:
            return self.idle.pop()
        if len(self.waiting) >= self.settings.most_waiting:
            raise later(503, "Too many questions are waiting already.\nCome again in a moment.", 2)
        turn: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self.waiting.append(turn)
        try:
            async with asyncio.timeout(self.settings.time_limit):
                while not (await asyncio.wait({turn}, timeout=PATIENCE))[0]:
                    self._fill()
                return turn.result()
        except (TimeoutError, asyncio.CancelledError) as left:
            if turn.done():
                self._give_back(turn.result())
            else:
                self.waiting.remove(turn)
            if isinstance(left, asyncio.CancelledError):
                raise
            raise later(503, "All workers are busy with long questions.\nCome again in a moment.", 5) from None

    def _give_back(self, worker: Worker) -> None:
        """Hand a worker to who waits longest, or let it be idle; send it home if it is not needed."""
        worker.since = 0.0
        if worker.version != self.version or worker.left <= 0:
            self._dismiss(worker)
            self._fill()
        elif self.waiting:
            self.waiting.popleft().set_result(worker)
        elif len(self.alive) > self._wanted():
            self._dismiss(worker)
        else:
            self.idle.append(worker)

    def _wanted(self) -> int:
        """How many workers there should be: those with long questions are made up for, so that quick ones need not wait for them."""
        now = asyncio.get_running_loop().time()
        long = sum(worker.since > 0 and now - worker.since > LONG for worker in self.alive)
        return self.settings.workers + min(long, (TIMES - 1) * self.settings.workers)

    def _lose(self, worker: Worker, why: str, *, kill: bool = True) -> None:
        self.metrics.killed[why] += 1
        self._dismiss(worker, kill=kill)
        self._fill()

    def _dismiss(self, worker: Worker, *, kill: bool = True) -> None:
        self.alive.discard(worker)
        worker.writer.close()
        if kill:
            self._tell(KILL + str(worker.pid).encode())

    def _fill(self) -> None:
        """See that there are as many workers as there should be."""
        while not self.closed and len(self.alive) + self.coming < self._wanted():
            self.coming += 1
            task = asyncio.get_running_loop().create_task(self._hire())
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)

    async def _hire(self) -> None:
        """Start a worker, and again until one stands or the store cannot be opened for some time."""
        try:
            for pause in PAUSES:
                await asyncio.sleep(pause)
                worker = None if self.closed else await self._begin()
                if worker is not None:
                    self.alive.add(worker)
                    self.trouble = ""
                    self._give_back(worker)
                    return
        finally:
            self.coming -= 1

    async def _begin(self) -> Worker | None:
        """A worker with the present graph open; none if there is no graph, or another one just now."""
        before = version_of(self.settings.out, self.version)
        ours, theirs = socket.socketpair()
        with closing(theirs):
            try:
                reader, writer = await asyncio.open_connection(sock=ours)
            except asyncio.CancelledError:
                ours.close()
                raise
            self._tell(MAKE, theirs)
        try:
            async with asyncio.timeout(LOADING if self.settings.in_memory else STARTING):
                hello = json.loads((await receive(reader))[1])
        except (TimeoutError, asyncio.IncompleteReadError, ConnectionError):
            hello = {"error": "A worker could not be started."}
        except asyncio.CancelledError:
            writer.close()
            raise
        if "error" in hello or before is None or before != version_of(self.settings.out, before):
            self.trouble = hello.get("error", "")
            writer.close()
            return None
        self.deaths.pop(hello["pid"], None)
        self.version, self.base, self.graphs = before, hello["base"], tuple(hello["graphs"])
        return Worker(hello["pid"], before, reader, writer, self.settings.life)

    # The nursery.

    def _tell(self, word: bytes, channel: socket.socket | None = None) -> None:
        """Say something to the nursery; if it is gone, there is another."""
        descriptors = [channel.fileno()] if channel else []
        for _ in range(2):
            try:
                socket.send_fds(self.nursery, [word], descriptors)
                return
            except (ConnectionError, TimeoutError):
                self._reopen()

    def _preparing(self) -> tuple[Callable[[], None], ...]:
        return (self.held.refresh,) if self.settings.in_memory else ()

    def _reopen(self) -> None:
        loop = asyncio.get_running_loop()
        loop.remove_reader(self.nursery)
        self.nursery.close()
        with suppress(OSError):
            os.waitpid(self.pid, os.WNOHANG)
        self.pid, self.nursery = open_nursery(self.labour, *self._preparing())
        loop.add_reader(self.nursery, self._hear)

    def _hear(self) -> None:
        """A worker has ended."""
        try:
            told = self.nursery.recv(LONGEST, socket.MSG_DONTWAIT)
            death = json.loads(told)
        except (OSError, ValueError):
            return
        future = self.deaths.setdefault(death["pid"], asyncio.get_running_loop().create_future())
        if not future.done():
            future.set_result(death["signal"])
        for worker in [worker for worker in self.idle if worker.pid == death["pid"]]:
            self.idle.remove(worker)
            self._lose(worker, "died", kill=False)
        while len(self.deaths) > 1000:
            self.deaths.pop(next(iter(self.deaths)))

    async def _cause(self, pid: int) -> int | None:
        """The signal that ended a worker, if the nursery tells it soon."""
        future = self.deaths.setdefault(pid, asyncio.get_running_loop().create_future())
        with suppress(TimeoutError):
            async with asyncio.timeout(1.0):
                return await asyncio.shield(future)
        return None
