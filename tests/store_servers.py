"""Stores to publish to: one that fails on demand, and real ones that are started on this machine and stopped again."""

import json
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs
from urllib.request import urlopen

OXIGRAPH = Path(sys.executable).parent / "oxigraph"
VIRTUOSO = shutil.which("virtuoso-t")
INI = """[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = temporary.db
TransactionFile = temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
NumberOfBuffers = 2000
MaxDirtyBuffers = 1200
CheckpointInterval = 0
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 4
[SPARQL]
ResultSetMaxRows = 20000
"""


@dataclass(frozen=True)
class Real:
    """The addresses of a store that runs, and who may write there."""

    query: str
    store: str
    update: str
    user: str = ""
    password: str = ""


def free_port() -> int:
    """A port that nobody listens on."""
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def running(command: list[str], folder: Path, url: str) -> Iterator[None]:
    """Run a server in a folder until it is no longer needed."""
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=subprocess.STDOUT)
    try:
        for _ in range(600):
            try:
                with urlopen(f"{url}?query=ASK%20%7B%7D", timeout=5):
                    break
            except OSError:
                assert process.poll() is None, (folder / "output").read_text(errors="replace")
                time.sleep(0.1)
        yield
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def oxigraph(folder: Path) -> Iterator[Real]:
    """An Oxigraph server."""
    port = free_port()
    home = f"http://127.0.0.1:{port}"
    with running([str(OXIGRAPH), "serve", "--location", "data", "--bind", f"127.0.0.1:{port}"], folder, f"{home}/query"):
        yield Real(f"{home}/query", f"{home}/store", f"{home}/update")


@contextmanager
def virtuoso(folder: Path) -> Iterator[Real]:
    """A Virtuoso server with an empty database of its own."""
    port = free_port()
    home = f"http://127.0.0.1:{port}"
    (folder / "virtuoso.ini").write_text(INI.format(sql=free_port(), http=port), encoding="utf-8")
    with running([str(VIRTUOSO), "+foreground", "+configfile", "virtuoso.ini"], folder, f"{home}/sparql"):
        yield Real(f"{home}/sparql", f"{home}/sparql-graph-crud-auth", f"{home}/sparql-auth", "dba", "dba")


Fault = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Fake:
    """A store that does as it is told: each request that brings triples meets the next of the ``faults``, if it is one.

    ``answers`` are bodies with headers that it gives to questions; otherwise it counts, and ``lies`` by that many.
    """

    url: str = ""
    triples: set[str] = field(default_factory=set)
    faults: list[Fault | None] = field(default_factory=list)
    answers: list[tuple[bytes, dict[str, str]] | Fault] = field(default_factory=list)
    lies: int = 0
    asked: list[tuple[str, str]] = field(default_factory=list)
    told: list[str | None] = field(default_factory=list)


def status(number: int, body: bytes = b"", **headers: str) -> Fault:
    """Answer with a status."""
    return lambda handler: reply(handler, number, body, {name.replace("_", "-"): value for name, value in headers.items()})


def cut(handler: BaseHTTPRequestHandler) -> None:
    """Break the connection before the answer."""
    handler.connection.shutdown(socket.SHUT_RDWR)
    handler.close_connection = True


def cut_answer(handler: BaseHTTPRequestHandler) -> None:
    """Break the connection in the middle of the answer."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"<x:a> <x:b> <x:half> .\n")
    handler.wfile.flush()
    cut(handler)


def drip(handler: BaseHTTPRequestHandler) -> None:
    """Answer without end, a little at a time."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000000")
    handler.end_headers()
    with suppress(OSError):
        for _ in range(1000):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.02)
    handler.close_connection = True


def reply(handler: BaseHTTPRequestHandler, number: int, body: bytes, headers: dict[str, str]) -> None:
    """Write a whole answer."""
    handler.send_response(number)
    for name, value in {**headers, "Content-Length": str(len(body))}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


@contextmanager
def fake() -> Iterator[Fake]:
    """Run a store that fails on demand."""
    told = Fake()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            path = self.path.partition("?")[0]
            told.told.append(self.headers.get("Authorization"))
            if path == "/query":
                told.asked.append(("ASK", parse_qs(body)["query"][0]))
                count = {"type": "literal", "value": str(len(told.triples) + told.lies)}
                counted = json.dumps({"head": {"vars": ["n"]}, "results": {"bindings": [{"n": count}]}}).encode()
                answer = told.answers.pop(0) if told.answers else (counted, {})
                if callable(answer):
                    answer(self)
                else:
                    reply(self, 200, *answer)
                return
            lines = [line for line in body.splitlines() if line.endswith(" .")]
            fault = told.faults.pop(0) if lines and told.faults else None
            told.asked.append((self.command, f"{len(lines)} triples"))
            if fault:
                fault(self)
                return
            if self.command == "PUT" or body.startswith("CLEAR"):
                told.triples.clear()
            told.triples.update(lines)
            reply(self, 204, b"", {})

        do_PUT = do_POST

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        told.url = f"http://127.0.0.1:{server.server_port}"
        try:
            yield told
        finally:
            server.shutdown()
            thread.join()
