"""Clients for the benches: good ones, slow ones and hostile ones, over plain sockets."""

import http.client
import socket
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

LONG = 8000


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of a request: its status (0 if there was none), its body, and the seconds it took."""

    status: int
    body: bytes
    seconds: float


def ask(host: str, port: int, sparql: str, *, accept: str = "application/sparql-results+json, text/turtle", wait: float = 120) -> Seen:
    """Ask a question on a connection of its own, by GET if it is short."""
    begun = time.monotonic()
    connection = http.client.HTTPConnection(host, port, timeout=wait)
    try:
        if len(sparql) < LONG:
            connection.request("GET", f"/sparql?query={quote(sparql)}", headers={"Accept": accept})
        else:
            connection.request("POST", "/sparql", sparql.encode(), {"Accept": accept, "Content-Type": "application/sparql-query"})
        answer = connection.getresponse()
        return Seen(answer.status, answer.read(), time.monotonic() - begun)
    except (OSError, http.client.HTTPException):
        return Seen(0, b"", time.monotonic() - begun)
    finally:
        connection.close()


def dawdle(host: str, port: int, seconds: float) -> bool:
    """Begin a request and never end it; tell whether the server ended it."""
    with socket.create_connection((host, port), timeout=seconds) as connection:
        try:
            connection.sendall(b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: x\r\n")
            begun = time.monotonic()
            while time.monotonic() - begun < seconds:
                connection.sendall(b"X-Slow: 1\r\n")
                connection.settimeout(0.5)
                try:
                    return not connection.recv(1)
                except TimeoutError:
                    continue
        except OSError:
            return True
    return False


def questions(folder: Path) -> list[str]:
    """The questions of the cookbook."""
    return [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.rq"))]


CARTESIAN = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
REGEX = 'SELECT * { ?s ?p ?o FILTER (REGEX(STR(?o), "^(([a-z ,.A-Z]+)+)+$") && REGEX(STR(?s), "(a?){50}a{50}")) }'
HUNGRY = "SELECT ?a ?d (CONCAT(STR(?a), STR(?c), STR(?d), STR(?f)) AS ?x) { ?a ?b ?c . ?d ?e ?f } ORDER BY ?x"
DEEP = "ASK " + "{ " * 5000 + "}" * 5000
OPERATORS = "ASK { FILTER(" + "!" * 100_000 + "true) }"
AWAY = "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"
FILE = "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }"
UPDATE = "LOAD <http://127.0.0.1:9/>"
HOSTILE = {
    "cartesian": CARTESIAN,
    "regex": REGEX,
    "hungry": HUNGRY,
    "deep": DEEP,
    "operators": OPERATORS,
    "away": AWAY,
    "file": FILE,
    "update": UPDATE,
}
