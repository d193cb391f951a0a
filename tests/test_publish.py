"""Publishing with obstacles: a server that is busy, breaks off, refuses, lies, or wants to know who asks."""

import json
from base64 import b64encode

import pytest
from store_servers import Fake, cut, cut_answer, drip, fake, status

from kg.model import DataError
from kg.publish import Login, Place, ask_endpoint, publish, publish_parts

GRAPH = "https://example.org/graph"
LINES = [f'<https://example.org/{number}> <https://example.org/says> "{number}" .' for number in range(25)]


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr("kg.publish.web.WAITS", (0.0, 0.0, 0.0, 0.0))


@pytest.fixture
def server():
    with fake() as server:
        yield server


@pytest.fixture
def graph(tmp_path):
    path = tmp_path / "graph.ttl"
    path.write_text("\n".join(LINES), encoding="utf-8")
    return path


def sent(server: Fake, graph, way: str = "store", **more):
    """Publish 25 triples, ten at a time."""
    place = Place(f"{server.url}/query", GRAPH, **{way: f"{server.url}/{way}"})
    return publish(graph, place, graph.parent, batch=10, **more)


@pytest.mark.parametrize("way", ["store", "update"])
def test_all_triples_arrive_and_nothing_is_left_behind(server, graph, way):
    server.triples.add("<x:old> <x:old> <x:old> .")

    done = sent(server, graph, way)

    assert (done.triples, done.resumed) == (25, 0)
    assert server.triples == set(LINES)
    assert list(graph.parent.iterdir()) == [graph]


@pytest.mark.parametrize(
    "faults",
    [[status(503), status(502)], [None, status(504), status(503)], [None, cut], [cut, cut], [None, None, cut_answer]],
    ids=["busy at first", "busy later", "breaks off", "breaks off twice", "breaks off while it answers"],
)
@pytest.mark.parametrize("way", ["store", "update"])
def test_what_did_not_arrive_is_sent_again(server, graph, way, faults):
    server.faults = faults

    assert sent(server, graph, way).triples == 25
    assert server.triples == set(LINES)


def test_patience_has_an_end(server, graph):
    server.faults = [status(503, b"come back later")] * 9

    with pytest.raises(DataError, match=r"/store: PUT was answered with status 503.\n    come back later"):
        sent(server, graph)

    assert [asked for asked in server.asked if asked[0] == "PUT"] == [("PUT", "10 triples")] * 5


@pytest.mark.parametrize("way", ["store", "update"])
def test_an_interrupted_run_goes_on_where_it_was(server, graph, way):
    server.faults = [None, None, status(500, b"disk full")]
    with pytest.raises(DataError, match="disk full"):
        sent(server, graph, way)
    server.asked.clear()

    done = sent(server, graph, way)

    assert (done.triples, done.resumed) == (25, 20)
    assert [asked for asked in server.asked if asked[0] != "ASK"] == [("POST", "0 triples"), ("POST", "5 triples")]
    assert server.triples == set(LINES)


def test_another_build_begins_anew(server, graph):
    server.faults = [None, status(500)]
    with pytest.raises(DataError):
        sent(server, graph)
    graph.write_text("\n".join(LINES[:3]), encoding="utf-8")

    assert sent(server, graph).resumed == 0
    assert server.triples == set(LINES[:3])


def test_another_place_begins_anew(server, graph):
    server.faults = [None, status(500)]
    with pytest.raises(DataError):
        sent(server, graph)

    done = publish(graph, Place(f"{server.url}/query", f"{GRAPH}/other", f"{server.url}/store"), graph.parent)

    assert done.resumed == 0


def test_a_spoilt_note_begins_anew(server, graph):
    server.faults = [None, status(500)]
    with pytest.raises(DataError):
        sent(server, graph)
    next(graph.parent.glob(".kg-publish-*")).write_text("[", encoding="utf-8")

    assert sent(server, graph).resumed == 0


def test_a_wrong_count_is_an_error_and_the_next_run_replaces_everything(server, graph):
    server.lies = -1
    with pytest.raises(DataError, match=rf"/query: <{GRAPH}> has 24 triples, and 25 were sent.\nPublish it again"):
        sent(server, graph)
    server.lies = 0

    assert sent(server, graph).resumed == 0


def test_an_error_shows_what_the_server_said_and_no_terminal_obeys_it(server, graph):
    server.faults = [status(400, "\n".join(["a\x1b]0;owned\x07b", "", *"cdefgh", "x" * 5000]).encode())]

    with pytest.raises(DataError) as error:
        sent(server, graph)

    assert str(error.value).splitlines() == [
        f"{server.url}/store: PUT was answered with status 400.",
        "    a\\x1b]0;owned\\x07b",
        *(f"    {letter}" for letter in "cdef"),
        "The log of the server tells more.",
    ]


@pytest.mark.parametrize(
    ("fault", "advice"),
    [
        (status(401), "Name a user with --user"),
        (status(413), "smaller batches: --batch"),
        (status(400, b"SP030: line 4991: memory exhausted"), "smaller batches: --batch"),
        (status(404, b"<h1>Not <b>found</b></h1>", Content_Type="text/html"), "    Not found\nCheck the address"),
        (status(307, Location="http://elsewhere.example/"), "It sends to http://elsewhere.example/"),
    ],
)
def test_an_error_says_what_to_do(server, graph, fault, advice):
    server.faults = [fault]

    with pytest.raises(DataError) as error:
        sent(server, graph)

    assert advice in str(error.value)


def test_a_password_is_told_only_to_who_asks_for_it(server, graph):
    known = "Basic " + b64encode("ann:söcret".encode()).decode()
    server.faults = [None, status(401, WWW_Authenticate='Basic realm="here"')]

    sent(server, graph, login=Login("ann", "söcret"))

    assert server.told[:3] == [None, None, None]
    assert set(server.told[3:5]) == {known}
    assert "söcret" not in repr(Login("ann", "söcret"))


def test_a_wrong_password_is_told_as_that(server, graph):
    server.faults = [status(401, WWW_Authenticate='Basic realm="here"')] * 2

    with pytest.raises(DataError, match="The user is not known there"):
        sent(server, graph, login=Login("ann", "wrong"))


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("ftp://example.org/", "is no address of the web"),
        ("file:///etc/passwd", "is no address of the web"),
        ("http://", "is no address of the web"),
        ("example.org/sparql", "is no address of the web"),
        ("http://a\nb/", "is no address of the web"),
        ("http://[::1/", "is no address of the web"),
        ("http://ann:secret@example.org/", "Use --user"),
        ("http://127.0.0.1:1/", "Is the address right, and the server running"),
    ],
)
def test_a_wrong_address_is_told_and_nothing_is_sent(url, message):
    with pytest.raises(DataError, match=message) as error:
        ask_endpoint(url, "ASK {}")

    assert "secret" not in str(error.value)


@pytest.mark.parametrize("graph_iri", ["news", "", "https://example.org/> } ; DROP ALL ; #", "x:a b"])
def test_only_an_iri_names_a_graph(server, graph, graph_iri):
    with pytest.raises(DataError, match="cannot name a graph"):
        publish(graph, Place(f"{server.url}/query", graph_iri, f"{server.url}/store"), graph.parent)

    assert server.asked == []


def test_half_an_answer_is_asked_for_again(server):
    line = b"<x:a> <x:b> <x:c> .\n"
    server.answers = [NO_EVENTS, cut_answer, (line, {})]

    assert ask_endpoint(f"{server.url}/query", "CONSTRUCT {?s ?p ?o} {?s ?p ?o}").raw == line


def test_an_answer_that_never_ends_is_left(server):
    server.answers = [NO_EVENTS, drip]

    with pytest.raises(DataError, match=r"no answer within 0\.3 seconds"):
        ask_endpoint(f"{server.url}/query", "SELECT * {?s ?p ?o}", limit=0.3)


NO_EVENTS = (b'{"head":{"vars":["event"]},"results":{"bindings":[]}}', {})


@pytest.mark.parametrize(
    ("question", "body", "headers", "message"),
    [
        ("SELECT * {?s ?p ?o}", b"<html>", {}, "the answer is not what SPARQL 1.1 says"),
        ("SELECT * {?s ?p ?o}", b'{"head":{},"boolean":true}', {}, "a table was asked for"),
        ("SELECT * {?s ?p ?o}", b"[" * 9999, {}, "the answer is not what SPARQL 1.1 says"),
        ("CONSTRUCT {?s ?p ?o} {?s ?p ?o}", b'{"head"', {}, "the answer is not what SPARQL 1.1 says"),
        ("SELECT * {?s ?p ?o}", NO_EVENTS[0], {"X-SPARQL-MaxRows": "10"}, "cuts answers after 10 rows"),
        ("SELECT * {?s ?p ?o} LIMIT 11", NO_EVENTS[0], {"X-SPARQL-MaxRows": "10"}, "cuts answers after 10 rows"),
    ],
)
def test_an_answer_that_is_none_or_not_whole_is_refused(server, question, body, headers, message):
    server.answers = [NO_EVENTS, (body, headers)]

    with pytest.raises(DataError, match=message):
        ask_endpoint(f"{server.url}/query", question)


def test_an_answer_that_has_all_that_was_asked_for_is_whole(server):
    server.answers = [NO_EVENTS, (NO_EVENTS[0], {"X-SPARQL-MaxRows": "10"})]

    assert ask_endpoint(f"{server.url}/query", "SELECT * {?s ?p ?o} LIMIT 10").rows == ()


@pytest.mark.parametrize(("value", "expected"), [("1", True), ("0", False)])
def test_yes_and_no_are_understood_as_virtuoso_says_them(server, value, expected):
    cell = {"__ASK_RETVAL": {"type": "typed-literal", "datatype": "http://www.w3.org/2001/XMLSchema#integer", "value": value}}
    server.answers = [NO_EVENTS, (json.dumps({"head": {"vars": ["__ASK_RETVAL"]}, "results": {"bindings": [cell]}}).encode(), {})]

    assert ask_endpoint(f"{server.url}/query", "ASK {?s ?p ?o}").boolean is expected


def test_what_is_no_question_is_not_sent(server):
    with pytest.raises(DataError, match="SELECT, ASK, CONSTRUCT or DESCRIBE"):
        ask_endpoint(f"{server.url}/query", "# SELECT\nDROP ALL")

    assert server.asked == []


def test_our_prefixes_are_declared_unless_the_question_does(server):
    server.answers = [NO_EVENTS, NO_EVENTS]

    ask_endpoint(f"{server.url}/query", "PREFIX kg: <https://example.org/>\nSELECT * {?e kg:x actor:iran}")

    assert server.asked[1][1].startswith("PREFIX actor: <https://w3id.org/actor-kg/id/actor/> PREFIX kg: <https://example.org/>\n")


def test_prefixes_are_those_of_the_graph_that_is_asked(server):
    event = b'{"head":{"vars":["event"]},"results":{"bindings":[{"event":{"type":"uri","value":"https://mine.example/event/12"}}]}}'
    server.answers = [(event, {}), NO_EVENTS]

    ask_endpoint(f"{server.url}/query", "SELECT * {?e ?p actor:iran}")

    assert server.asked[1][1].startswith("PREFIX actor: <https://mine.example/actor/> ")


@pytest.fixture
def parts(tmp_path):
    """The same triples in three parts, each with its checksum."""
    (tmp_path / "out").mkdir()
    for number in range(3):
        (tmp_path / "out" / f"{number}.nt").write_text("".join(f"{line}\n" for line in LINES[number::3]), encoding="utf-8")
    return {f"{number}.nt": f"checksum {number}" for number in range(3)}


def sent_in_parts(server: Fake, parts, tmp_path, way: str = "store", **more):
    """Publish 25 triples in three parts, four at a time, over two connections."""
    place = Place(f"{server.url}/query", GRAPH, **{way: f"{server.url}/{way}"})
    return publish_parts(tmp_path / "out", parts, place, tmp_path, batch=4, jobs=2, **more)


@pytest.mark.parametrize("way", ["store", "update"])
def test_parts_arrive_several_at_once_in_place_of_what_was_there(server, parts, tmp_path, way):
    server.triples.add("<x:old> <x:old> <x:old> .")

    done = sent_in_parts(server, parts, tmp_path, way)

    assert (done.triples, done.resumed) == (25, 0)
    assert server.triples == set(LINES)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_of_parts_only_what_is_missing_is_sent_again(server, parts, tmp_path):
    server.faults = [None, None, None, *[status(500, b"no room")] * 9]
    with pytest.raises(DataError, match="no room"):
        sent_in_parts(server, parts, tmp_path)
    before = len(server.triples)
    server.faults = []

    done = sent_in_parts(server, parts, tmp_path)

    assert (done.triples, done.resumed) == (25, before)
    assert before > 0
    assert server.triples == set(LINES)


def test_other_parts_begin_anew(server, parts, tmp_path):
    server.faults = [None, *[status(500)] * 9]
    with pytest.raises(DataError):
        sent_in_parts(server, parts, tmp_path)
    server.faults = []

    assert sent_in_parts(server, parts | {"0.nt": "another"}, tmp_path).resumed == 0


def test_parts_that_did_not_all_arrive_are_told(server, parts, tmp_path):
    server.lies = -1

    with pytest.raises(DataError, match="has 24 triples, and 25 were sent"):
        sent_in_parts(server, parts, tmp_path)
