"""Starting and ending the endpoint, and what it does while the world around it changes."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from serve_sample import BASE, GRAPH, ask, call, write_sample

from kg.cli import main
from tools.serving.server import COMMAND, ROOT, running

LABELS = "SELECT ?label { ?a a kg:Actor ; skos:prefLabel ?label } ORDER BY ?label"
MORE = 'actor:oman a kg:Actor ; skos:prefLabel "Oman" .'


def labels(got):
    return [row["label"]["value"] for row in json.loads(got.body)["results"]["bindings"]]


def alive(group: int) -> list[int]:
    """The processes of a group that have not ended."""
    told = subprocess.run(["ps", "-e", "-o", "pid=,pgid=,stat="], capture_output=True, text=True, check=True).stdout
    rows = [line.split() for line in told.splitlines()]
    return [int(pid) for pid, leader, state in rows if int(leader) == group and not state.startswith("Z")]


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    return write_sample(tmp_path_factory.mktemp("served") / "out", checksum="abc")


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_well_and_leaves_no_process_behind(out, end):
    with running(out, "--workers", "2", end=end) as server:
        assert ask(server.port, "ASK {}").status == 200
        group = server.process.pid

    assert server.process.returncode == 0
    time.sleep(0.2)
    assert alive(group) == []


def test_a_graph_held_in_memory_is_read_again_when_another_takes_its_place(tmp_path):
    def build(more, checksum):
        fresh = write_sample(tmp_path / checksum, more=more, checksum=checksum)
        (fresh / "graph.ttl").write_bytes((GRAPH.replace("{base}", BASE) + more.replace("Oman", "Oman, held")).encode())
        if (tmp_path / "out").exists():
            (tmp_path / "out").rename(tmp_path / "before")
        fresh.rename(tmp_path / "out")

    build("", "one")
    with running(tmp_path / "out", "--workers", "2", "--in-memory") as server:
        first = labels(ask(server.port, LABELS))
        build(MORE, "two")
        found = [labels(ask(server.port, LABELS)) for _ in range(4)]

    assert found == [[*first[:1], "Oman, held", *first[1:]]] * 4


def test_a_graph_that_cannot_be_held_in_memory_is_served_from_the_disk(out):
    with running(out, "--workers", "1", "--in-memory") as server:
        assert ask(server.port, "ASK { actor:kenya ?p ?o }").text.endswith("true}")


def test_no_process_is_left_when_it_is_killed(out):
    with running(out, "--workers", "2", end=signal.SIGKILL) as server:
        group = server.process.pid

    deadline = time.monotonic() + 10
    while alive(group) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert alive(group) == []


def test_a_folder_without_a_graph_is_refused(tmp_path):
    result = CliRunner().invoke(main, ["serve", "--out", str(tmp_path)])

    assert (result.exit_code, "there is no graph here" in result.stderr) == (1, True)


def test_a_store_that_is_damaged_is_refused(out, tmp_path):
    shutil.copytree(out, tmp_path / "out")
    for path in (tmp_path / "out" / "store").glob("MANIFEST*"):
        path.write_bytes(b"")

    with pytest.raises(RuntimeError, match="cannot be read"), running(tmp_path / "out"):
        pass


def test_a_port_that_is_taken_is_refused(out):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = CliRunner().invoke(main, ["serve", "--out", str(out), "--port", str(taken.getsockname()[1])])

    assert (result.exit_code, "Name another with --host and --port" in result.stderr) == (1, True)


def test_a_graph_built_anew_is_served_at_once(out, tmp_path):
    served, fresh = tmp_path / "out", tmp_path / "fresh"
    shutil.copytree(out, served)
    write_sample(fresh, more=MORE, checksum="def")
    with running(served, "--workers", "2") as server:
        before = ask(server.port, LABELS)
        served.rename(tmp_path / "old")
        between = ask(server.port, LABELS)
        fresh.rename(served)
        shutil.rmtree(tmp_path / "old")
        after = [ask(server.port, LABELS, If_None_Match=before.headers["etag"]) for _ in range(5)]

    assert (labels(before), labels(between)) == (["Kenya", "Uganda", "the <b>Front</b>"],) * 2
    assert [labels(got) for got in after] == [["Kenya", "Oman", "Uganda", "the <b>Front</b>"]] * 5


def test_a_graph_that_is_gone_for_long_comes_back(out, tmp_path):
    served = tmp_path / "out"
    shutil.copytree(out, served)
    with running(served, "--workers", "1") as server:
        served.rename(tmp_path / "away")
        with socket.create_connection(("127.0.0.1", server.port)):
            gone = [ask(server.port, "ASK {}").status for _ in range(3)]
        shutil.copytree(tmp_path / "away", served)
        back = ask(server.port, "ASK {}").status

    assert (gone, back) == ([200] * 3, 200)


def test_the_log_tells_of_requests_and_not_of_questions(out, tmp_path):
    with running(out, log=tmp_path / "log") as server:
        ask(server.port, "ASK { ?secret ?p ?o }")
        call(server.port, "GET", "/nothing%0a%1b%5b31m?secret")
        time.sleep(0.2)

    lines = (tmp_path / "log").read_text().splitlines()
    assert [re.sub(r"\d+\.\d ms", "… ms", line) for line in lines] == ["GET /sparql 200 … ms", "GET /nothing%0a%1b%5b31m 404 … ms"]


def test_the_log_tells_of_questions_if_that_is_wanted(out, tmp_path):
    with running(out, "--verbose", log=tmp_path / "log") as server:
        ask(server.port, "ASK { ?s ?p '\x1b[31m'\n}")
        time.sleep(0.2)

    assert (tmp_path / "log").read_text().splitlines()[0].endswith(r"ms ASK { ?s ?p '\x1b[31m'\n}")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_log_that_cannot_be_written_ends_nothing(out):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with Path("/dev/full").open("wb") as full:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        process = subprocess.Popen([*COMMAND, "serve", "--out", str(out), "--port", str(port)], stderr=full, stdout=full, env=environment)
    try:
        for _ in range(200):
            try:
                statuses = [ask(port, "ASK {}").status for _ in range(20)]
                break
            except OSError:
                time.sleep(0.1)
        dropped = [line for line in call(port, "GET", "/metrics").text.splitlines() if line.startswith("kg_log_lines_dropped ")]
    finally:
        process.send_signal(signal.SIGINT)
        status = process.wait(15)

    assert (statuses, status) == ([200] * 20, 0)
    assert int(dropped[0].split()[1]) >= 10


def test_pages_of_other_sites_can_be_kept_out(out):
    with running(out, "--no-cors") as server:
        own = ask(server.port, "ASK {}", Origin="https://elsewhere.example")
        rebound = ask(server.port, "ASK {}", Host=f"elsewhere.example:{server.port}")

    assert (own.status, "access-control-allow-origin" in own.headers) == (200, False)
    assert rebound.status == 403


def test_health_and_metrics_are_told(out):
    with running(out, "--workers", "1") as server:
        ask(server.port, "ASK {}")
        ask(server.port, "nonsense")
        health, ready, metrics = (call(server.port, "GET", path) for path in ("/health", "/ready", "/metrics"))

    assert (health.status, ready.status) == (200, 200)
    assert metrics.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    lines = metrics.text.splitlines()
    assert 'kg_requests_total{method="GET",status="400"} 1' in lines
    assert 'kg_request_seconds_bucket{le="+Inf"} 4' in lines
    assert {"kg_request_seconds_count 4", "kg_workers_alive 1", "kg_queue_length 0"} <= set(lines)
    for line in lines:
        assert re.fullmatch(r"# (HELP|TYPE) \w+ .+|\w+(\{\w+=\"[^\"]*\"(,\w+=\"[^\"]*\")*\})? [0-9.e+-]+", line)
