"""What clients may do to the endpoint: whatever it is, the next good question is answered."""

import json
import os
import signal
import socket
import threading
import time
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from serve_sample import ask, call, write_sample

from tools.serving.clients import CARTESIAN, DEEP, OPERATORS, REGEX
from tools.serving.server import running

QUERY = "application/sparql-query"
GOOD = "SELECT ?label { actor:kenya skos:prefLabel ?label }"
LIMITS = ("--time-limit", "1.5", "--memory-limit", "128", "--workers", "2", "--patience", "2")
MANY = "VALUES ?n { " + " ".join(map(str, range(300))) + " }"
FILLED = MANY + " ".join(f" {MANY.replace('?n', f'?n{letter}')}" for letter in "abc")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with running(write_sample(tmp_path_factory.mktemp("served") / "out"), *LIMITS) as server:
        yield server


@pytest.fixture(autouse=True)
def alive(server):
    """Whatever a test did, the server is still there and answers."""
    yield
    got = ask(server.port, GOOD)
    assert (got.status, json.loads(got.body)["results"]["bindings"][0]["label"]["value"]) == (200, "Kenya")
    assert server.process.poll() is None


@pytest.fixture
def listener():
    """A server that nobody may come to: the connections that came all the same."""
    came: list[bytes] = []
    listening = socket.create_server(("127.0.0.1", 0))
    listening.settimeout(0.05)
    ended = threading.Event()

    def wait() -> None:
        while not ended.is_set():
            try:
                connection, _ = listening.accept()
            except TimeoutError:
                continue
            came.append(connection.recv(1000))
            connection.close()

    thread = threading.Thread(target=wait)
    thread.start()
    yield listening.getsockname()[1], came
    ended.set()
    thread.join()
    listening.close()


def metric(server, name: str) -> float:
    """A number of /metrics."""
    return float(next(line.split()[-1] for line in call(server.port, "GET", "/metrics").text.splitlines() if line.startswith(name)))


# Questions.


def test_thousands_of_nested_groups_are_refused(server):
    got = call(server.port, "POST", "/sparql", DEEP.encode(), content_type=QUERY)

    assert (got.status, "groups" in got.text) == (400, True)


def test_nesting_without_brackets_breaks_nothing(server):
    assert call(server.port, "POST", "/sparql", OPERATORS.encode(), content_type=QUERY).status in (200, 400)


@pytest.mark.parametrize("query", [f"SELECT (COUNT(*) AS ?c) {{ {FILLED} }}", CARTESIAN.replace("{", f"{{ {FILLED} ", 1)])
def test_a_product_of_everything_with_everything_is_given_up_in_time(server, query):
    begun, killed = time.monotonic(), metric(server, 'kg_workers_ended_total{reason="time"}')

    got = call(server.port, "POST", "/sparql", query.encode(), content_type=QUERY)

    assert (got.status, "took longer than 1.5 seconds" in got.text) == (504, True)
    assert metric(server, 'kg_workers_ended_total{reason="time"}') == killed + 1
    assert time.monotonic() - begun < 30


def test_a_catastrophic_regular_expression_is_answered_or_given_up(server):
    assert call(server.port, "POST", "/sparql", REGEX.encode(), content_type=QUERY).status in (200, 504)
    assert ask(server.port, f'ASK {{ FILTER(REGEX("{"a" * 5000}b", "^(a+)+$")) }}').status == 200


def test_a_question_that_needs_too_much_memory_is_given_up(server):
    doubling = " ".join(f"BIND(CONCAT(?a{n}, ?a{n}) AS ?a{n + 1})" for n in range(40))

    got = call(server.port, "POST", "/sparql", f'SELECT ?a40 {{ BIND("xx" AS ?a0) {doubling} }}'.encode(), content_type=QUERY)

    assert (got.status, "needs more than 128 MB of memory" in got.text) == (507, True)
    assert metric(server, 'kg_workers_ended_total{reason="memory"}') >= 1


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:PORT/> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <http://127.0.0.1:PORT/> { ?s ?p ?o } }",
        "SELECT * { BIND(<http://127.0.0.1:PORT/> AS ?x) SERVICE ?x {} }",
        "PREFIX e: <http://127.0.0.1:PORT/> SELECT * { SERVICE e:x {} }",
        "LOAD <http://127.0.0.1:PORT/>",
        "LOAD SILENT <http://127.0.0.1:PORT/> INTO GRAPH <http://g.example/>",
        "SELECT * FROM <http://127.0.0.1:PORT/> { ?s ?p ?o }",
        "SELECT * FROM NAMED <http://127.0.0.1:PORT/> { GRAPH ?g { ?s ?p ?o } }",
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "LOAD <file:///etc/passwd>",
    ],
)
@pytest.mark.parametrize("way", ["query", "body", "update"])
def test_nothing_leaves_the_machine(server, listener, query, way):
    port, came = listener
    asked = query.replace("PORT", str(port))

    if way == "query":
        got = ask(server.port, asked)
    elif way == "body":
        got = call(server.port, "POST", "/sparql", asked.encode(), content_type=QUERY)
    else:
        got = call(server.port, "POST", "/sparql", asked.encode(), content_type="application/sparql-update")

    assert 400 <= got.status < 500
    assert came == []


@pytest.mark.parametrize("kind", ["default-graph-uri", "named-graph-uri"])
def test_no_graph_is_fetched(server, listener, kind):
    port, came = listener

    assert ask(server.port, "SELECT * { ?s ?p ?o }", (kind, f"http://127.0.0.1:{port}/")).status == 400
    assert came == []


# Bodies and headers.


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_of_a_hundred_megabytes_is_refused(server, chunked):
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as client:
        how = b"Transfer-Encoding: chunked" if chunked else b"Content-Length: 104857600"
        client.sendall(b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n" + how + b"\r\n\r\n")
        part = b" " * (1 << 20)
        try:
            for _ in range(100):
                client.sendall(b"100000\r\n" + part + b"\r\n" if chunked else part)
        except OSError:
            pass  # cut in the middle
        assert client.recv(200).startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize(
    "request_",
    [
        b"GET /sparql?query=" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /sparql HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 200_000 + b"\r\n\r\n",
        b"GET /sparql HTTP/1.1\r\n" + b"".join(b"X-%d: 1\r\n" % n for n in range(10_000)) + b"\r\n",
        b"GET /sparql\x00 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /health HTTP/1.1\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"nonsense\r\n\r\n",
    ],
)
def test_a_request_that_is_no_http_is_refused(server, request_):
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as client:
        answer = b""
        try:
            client.sendall(request_)
            client.shutdown(socket.SHUT_WR)
            while part := client.recv(65536):
                answer += part
        except OSError:
            pass  # cut in the middle
    assert answer.startswith((b"HTTP/1.1 400 ", b"HTTP/1.1 415 "))
    assert answer.count(b"HTTP/1.1") <= 1


@pytest.mark.parametrize(
    "path",
    [
        "/../../../../etc/passwd",
        "/assets/../app.py",
        "/assets/..%2fapp.py",
        "/assets/%2e%2e/app.py",
        "/assets/..%5capp.py",
        "/assets//etc/passwd",
        "/%00",
        "/id/../build.json",
        "/network.html/../build.json",
        "/store/CURRENT",
        "/build.json",
        "/resource?iri=file:///etc/passwd",
        "/resource?iri=" + quote("http://e.example/> { ?s ?p ?o } #"),
        "/resource?iri=" + quote("x:y> ?p ?o } UNION { SERVICE <http://127.0.0.1:9/> {} } #"),
    ],
)
def test_a_path_leads_to_nothing_but_the_graph(server, path):
    got = call(server.port, "GET", path)

    assert (got.status, got.media) == (404, "text/plain")


@pytest.mark.parametrize("evil", ["%0d%0aX-Evil:%20yes", "%0aSet-Cookie:%20a=b", "%E5%98%8A%E5%98%8DX-Evil:%20yes"])
@pytest.mark.parametrize(
    "target",
    [
        "/sparql?query=ASK%7B%7D&format=EVIL",
        "/EVIL",
        "/resource?iri=EVIL",
        "/sparql?query=EVIL",
        "/sparql?query=ASK%7B%7D&default-graph-uri=EVIL",
    ],
)
def test_nothing_of_a_request_becomes_a_header(server, target, evil):
    got = call(server.port, "GET", target.replace("EVIL", evil), Accept="text/html", Host="x")

    assert {"x-evil", "set-cookie", "location"} & set(got.headers) == set()


def test_a_host_that_is_none_does_not_get_into_the_description(server):
    got = call(server.port, "GET", "/sparql", Host="evil> . <http://a.example/> <http://b.example/> <http://c.example")

    assert (got.status, b"c.example" in got.body) == (200, False)


# Workers.


def workers_of(server) -> list[int]:
    """The processes below the server: the nursery's children."""
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    nursery = {pid for pid, parent in parents.items() if parent == server.process.pid}
    return [pid for pid, parent in parents.items() if parent in nursery]


@pytest.mark.skipif(not Path("/proc/self/stat").is_file(), reason="needs /proc")
def test_a_killed_worker_is_replaced_and_its_question_asked_again(server):
    slow = f"SELECT (COUNT(*) AS ?c) {{ {MANY} {MANY.replace('?n', '?m')} {'VALUES ?o { 1 2 3 4 }'} }}"
    results: list[int] = []
    clients = [threading.Thread(target=lambda: results.append(ask(server.port, slow).status)) for _ in range(4)]
    for client in clients:
        client.start()
    time.sleep(0.05)
    for pid in workers_of(server):
        os.kill(pid, signal.SIGKILL)
    for client in clients:
        client.join()

    assert results == [200] * 4


@pytest.mark.skipif(not Path("/proc/self/stat").is_file(), reason="needs /proc")
def test_a_killed_nursery_is_replaced(server):
    parents = [int(line) for line in Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text().split()]
    for pid in parents:
        os.kill(pid, signal.SIGKILL)

    statuses = [
        call(server.port, "POST", "/sparql", f"SELECT (COUNT(*) AS ?c) {{ {FILLED} }}".encode(), content_type=QUERY).status for _ in "ab"
    ]

    assert statuses == [504, 504]


def test_a_question_whose_client_has_left_is_given_up(server):
    with socket.create_connection(("127.0.0.1", server.port)) as client:
        target = urlencode({"query": f"SELECT (COUNT(*) AS ?c) {{ {FILLED} }}"})
        client.sendall(f"GET /sparql?{target} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        time.sleep(0.2)
    deadline = time.monotonic() + 20
    while metric(server, "kg_workers_busy") and time.monotonic() < deadline:
        time.sleep(0.05)

    assert metric(server, 'kg_workers_ended_total{reason="left"}') >= 1


# Many clients.


def test_two_hundred_slow_clients_keep_nobody_waiting(server):
    with ExitStack() as stack:
        clients = [stack.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=60)) for _ in range(200)]
        for number, client in enumerate(clients):
            client.sendall(b"GET / HTTP/1.1\r\nHost" if number % 2 else b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n")

        assert [ask(server.port, GOOD).status for _ in range(20)] == [200] * 20
        assert [client.recv(100) for client in clients] == [b""] * 200  # cut, every one


def test_a_client_that_sends_its_body_too_slowly_is_told_and_cut(server):
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as client:
        client.sendall(b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 50\r\n\r\nASK")

        assert client.recv(100).startswith(b"HTTP/1.1 408 ")


def test_more_questions_than_may_wait_are_told_to_come_again(server):
    slow = urlencode({"query": f"SELECT (COUNT(*) AS ?c) {{ {FILLED} }}"})
    with ExitStack() as stack:
        clients = [stack.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=60)) for _ in range(140)]
        for client in clients:
            client.sendall(f"GET /sparql?{slow} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        answers = [client.recv(2000) for client in clients[-8:]]

    assert any(answer.startswith(b"HTTP/1.1 503 ") and b"retry-after: " in answer for answer in answers)


def test_a_client_that_does_not_read_its_answer_is_cut(server):
    rows = " ".join(map(str, range(150)))
    long = f'SELECT ("{"x" * 1000}" AS ?x) {{ VALUES ?a {{ {rows} }} VALUES ?b {{ {rows} }} }}'
    cut = metric(server, "kg_connections_cut_total ")

    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.sendall(f"GET /sparql?{urlencode({'query': long})} HTTP/1.1\r\nHost: x\r\nAccept: text/csv\r\n\r\n".encode())
        deadline = time.monotonic() + 20
        while metric(server, "kg_connections_cut_total ") == cut and time.monotonic() < deadline:
            time.sleep(0.1)

    assert metric(server, "kg_connections_cut_total ") == cut + 1
