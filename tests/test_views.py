"""The network page as text: what is in it, and that nothing in it can run or reach out."""

import json
import os
import re
import subprocess
import sys
from base64 import b64encode
from functools import reduce
from hashlib import sha256
from importlib.resources import files
from itertools import combinations
from operator import add
from pathlib import Path
from random import Random

import networkx as nx
import numpy as np
import pytest
from network_sample import ACTIONS, QUADS, actors, crowd, documents, event, events

from kg.conflicts import Conflict, Side
from kg.dates import find_dates
from kg.dates.spans import span
from kg.model import Actor, DataError, Document
from kg.views import choose, network_page, outline
from kg.views.layout import Box, layout
from kg.views.marking import marked, names_of
from kg.views.measures import betweenness, communities, degree, numbered, pagerank
from kg.views.page import SCRIPTS, STYLES
from kg.views.picture import box, draw, lines
from kg.views.quick import quick_view
from kg.views.rows import rows, safe_url
from kg.views.ties import ties
from kg.views.words import languages, read_words

VALDRIA, OSMERE, TARSK = actors()[:3]


WORDS = read_words()


def page(made, known=(), **more):
    return network_page(made, known or documents(), ACTIONS, quads=QUADS, **more)


def data_of(text):
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.S).group(1))


def test_the_same_events_give_the_same_page_in_whatever_order_they_come():
    assert page(events()) == page(events()[::-1], documents()[::-1])


def test_the_order_of_sets_does_not_move_anybody():
    code = (
        "import sys; sys.path[:0] = ['tests']\n"
        "from network_sample import *; from kg.views import network_page; from hashlib import sha256\n"
        "page = network_page(events(400, crowd(210)), documents(), ACTIONS, quads=QUADS)\n"
        "print(sha256(page.encode()).hexdigest())"
    )
    pages = [
        subprocess.run([sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True).stdout
        for seed in ("1", "2")
    ]

    assert pages[0] == pages[1]


def test_the_page_is_small_enough_to_send():
    assert len(page(events(2000, crowd())).encode()) < 1_500_000


def test_only_the_texts_of_the_page_may_run():
    text = page(events())
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text).group(1).replace("&#39;", "'")
    inside = re.findall(r"<(?:style|script)>(.*?)</(?:style|script)>", text, re.S)

    hashes = {f"'sha256-{b64encode(sha256(part.encode()).digest()).decode()}'" for part in inside}

    assert len(inside) == 3
    assert set(re.findall(r"'sha256-[^']+'", policy)) == hashes
    assert policy.startswith("default-src 'none'; ")
    assert "connect-src 'none'" in policy


def test_nothing_in_the_page_is_loaded_or_styled_inline():
    text = re.sub(r"<script>.*?</script>", "", page(events()), flags=re.S)

    assert not re.findall(r"<(?:link|img|iframe|object|embed)\b|\bsrc=|\bstyle=|\son\w+=", text)
    assert "sourceMappingURL" not in page(events())


def test_hostile_text_stays_text():
    quote = '</script><script>alert(1)</script><img src=x onerror="alert(2)">'
    evil = Actor("actor:evil", "<b onclick=alert(3)>Evil</b>", "state")
    known = [Document("001", "", (), title="</title><script>alert(4)</script>", url="javascript:alert(5)")]

    text = page([event(evil, "action:accuse", OSMERE, ("001", quote), day="2031-01-01")], known)

    assert re.findall("<script[^>]*>", text) == [
        "<script>",
        '<script type="application/json" id="data">',
        "<script>",
    ]
    assert "&lt;/script&gt;&lt;script&gt;alert(1)" in text
    assert "<b onclick" not in text
    assert "javascript:" not in text
    assert data_of(text)["actors"]["label"][0] == "<b onclick=alert(3)>Evil</b>"


def test_an_empty_graph_gives_a_page_that_says_so():
    text = page([])

    assert "No events" in text
    assert re.findall("<script[^>]*>", text) == ["<script>"]


def test_a_row_says_what_the_event_rests_on():
    quote = "Valdria accused Osmere of shelling the port, Tarsk said."
    made = event(VALDRIA, "action:accuse", OSMERE, ("000", quote), ("004", quote), day="2031-02", trigger="accused", speaker=TARSK)

    [row] = rows([made], ACTIONS, QUADS, WORDS)

    assert (row.actor, row.action, row.target, row.sign) == ("Valdria", "accuse", "Osmere", -1)
    assert (row.first, row.last, row.basis) == ("2031-02-01", "2031-02-28", "reckoned from the text: “on Monday”")
    assert row.sayings[0].quote == (
        ("Valdria", "party"),
        (" ", ""),
        ("accused", "action"),
        (" ", ""),
        ("Osmere", "party"),
        (" of shelling the port, Tarsk said.", ""),
    )
    assert (row.sayings[0].speaker, row.sayings[0].document) == ("Tarsk Federation", "000")


@pytest.mark.parametrize(("sentences", "shown"), [(("a", "a"), "1 source<"), (("a", "b"), "2 sources<")])
def test_the_page_counts_independent_sources(sentences, shown):
    made = event(VALDRIA, "action:shell", OSMERE, *zip(("000", "004"), sentences, strict=True), day="2031-02")

    assert f"<small>{shown}" in page([made])


def test_what_is_denied_or_planned_carries_a_badge_and_no_weight():
    made = [event(VALDRIA, "action:shell", OSMERE, ("000", "Valdria denied shelling Osmere."), modality="negated")]

    assert [row.badge for row in rows(made, ACTIONS, QUADS, WORDS)] == ["denied"]
    assert ties(made).strength(VALDRIA) == 0


@pytest.mark.parametrize(
    "words",
    [
        "on May 7, 2024",
        "in July",
        "in 2019",
        "in summer 2022",
        "in winter 2022",
        "in the 1990s",
        "last week",
        "overnight",
        "between 2014 and 2018",
        "since October 2023",
        "until May 2024",
        "since the 1990s",
        "from spring 2022 to autumn 2023",
        "in the past week",
    ],
)
def test_every_date_that_is_read_counts_as_dated(words):
    [found] = find_dates(f"They fought {words}.", published="2024-10-01")

    assert found.edtf
    assert all(span(found.edtf))


def test_undated_events_come_last():
    made = [event(VALDRIA, "action:shell", OSMERE, ("000", "a")), event(VALDRIA, "action:shell", OSMERE, ("000", "b"), day="2031-05-01")]

    assert [row.event.date for row in rows(made, ACTIONS, QUADS, WORDS)] == ["2031-05-01", ""]


def test_the_strongest_actor_comes_first():
    made = [event(OSMERE, "action:visit", other, ("000", other.label), day="2031-05-01") for other in (VALDRIA, TARSK)]

    assert ties(made).actors[0] == OSMERE


def test_no_two_labels_share_a_place():
    drawn = draw(ties(events()))
    sized = zip(drawn["x"], drawn["y"], drawn["lines"], drawn["sizes"]["degree"], strict=True)
    rooms = [(x, y, box(label.split("\n"), size, 13)) for x, y, label, size in sized]

    def apart(one, other):
        (x, y, room), (across, down, beside) = one, other
        return abs(x - across) >= room.half + beside.half or down - y >= room.below + beside.above or y - down >= beside.below + room.above

    assert all(apart(one, other) for one, other in combinations(rooms, 2))


def test_weaker_actors_do_not_move_the_first_ones():
    graph = nx.relabel_nodes(nx.star_graph(9), str).to_directed()
    nx.set_edge_attributes(graph, 1, "weight")
    few = layout(graph, {str(number): Box(30, 10, 20) for number in range(5)}, first=5, aspect=1.3)
    all_of_them = layout(graph, {str(number): Box(30, 10, 20) for number in range(10)}, first=5, aspect=1.3)

    assert {actor: all_of_them[actor] for actor in few} == few


def test_an_actor_alone_has_a_place_too():
    graph = nx.DiGraph()
    graph.add_node("a")

    assert layout(graph, {"a": Box(10, 10, 10)}, first=5, aspect=1.3) == {"a": (0, 0)}


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://news.example/a?b=c", True),
        ("http://news.example", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,x", False),
        ("//news.example/a", False),
        ("https:///a", False),
        ("http://[", False),
        ("https://news.example/\u202egpj", False),
        ("", False),
    ],
)
def test_only_web_addresses_are_links(url, safe):
    assert safe_url(url) == (url if safe else "")


@pytest.mark.parametrize(
    ("edtf", "days"),
    [
        ("2024", ("2024-01-01", "2024-12-31")),
        ("2024-12", ("2024-12-01", "2024-12-31")),
        ("2024-09-22/2024-09-28", ("2024-09-22", "2024-09-28")),
        ("2024-05~", ("2024-05-01", "2024-05-31")),
        ("2022-21", ("2022-03-01", "2022-05-31")),
        ("2022-22", ("2022-06-01", "2022-08-31")),
        ("2022-23", ("2022-09-01", "2022-11-30")),
        ("2023-24", ("2023-12-01", "2024-02-29")),
        ("199X", ("1990-01-01", "1999-12-31")),
        ("2022-21/2022-23", ("2022-03-01", "2022-11-30")),
        ("2023-10/..", ("2023-10-01", "2023-10-31")),
        ("../2024-05-07", ("2024-05-07", "2024-05-07")),
        ("../..", ("", "")),
        ("2022-25", ("", "")),
        ("2023-02-30", ("", "")),
        ("9999-12", ("9999-12-01", "9999-12-31")),
        ("9999", ("9999-01-01", "9999-12-31")),
    ],
)
def test_a_date_means_a_span_of_days(edtf, days):
    assert span(edtf) == days


def test_a_trigger_that_is_not_in_the_sentence_marks_nothing():
    assert marked("They met.", "attacked") == [("They met.", "")]


def test_labels_lose_the_marks_that_turn_text_around():
    assert lines("\u202eKesh\u0000") == ["Kesh"]


def test_what_sources_disagree_on_is_text():
    shelled = event(VALDRIA, "action:shell", OSMERE, ("003", "Valdria shelled Osmere."), ("004", "It did not."), day="2031-04-01")
    one, other = shelled.statements
    made = [Conflict(shelled.id, "modality", (Side(("asserted",), (one,)), Side(("negated", "<script>"), (other,))))]

    [row] = rows([shelled], ACTIONS, QUADS, WORDS, conflicts=made)
    html = network_page([shelled], documents(), ACTIONS, quads=QUADS, conflicts=made)

    assert [(dispute.about, dispute.sides) for dispute in row.disputes] == [
        ("whether it happened", (("said to have happened", "003"), ("denied, <script>", "004")))
    ]
    assert "<bdi>denied, &lt;script&gt;</bdi>" in html
    assert '<div class="dispute">' in html
    assert '<div class="dispute">' not in page([shelled])


def test_names_are_marked_where_they_are_whole_words_and_off_the_action():
    assert marked("Indian Ocean talks: India met it.", "met", [[["India"]], [["Kesh"]]]) == [
        ("Indian Ocean talks: ", ""),
        ("India", "party"),
        (" ", ""),
        ("met", "action"),
        (" it.", ""),
    ]


def test_a_name_comes_before_what_its_people_are_called():
    pieces = marked("Keshi papers say that Kesh met it.", "met", [names_of(Actor("actor:kesh", "Kesh", "state"), ["Keshi"])])

    assert ("Kesh", "party") in pieces
    assert marked("Keshi papers met it.", "met", [names_of(Actor("actor:kesh", "Kesh", "state"), ["Keshi"])])[0] == ("Keshi", "party")


def star():
    graph = nx.DiGraph()
    graph.add_weighted_edges_from([("hub", leaf, 1) for leaf in "abc"] + [("d", "hub", 2), ("a", "b", 0)])
    return numbered(graph, ["hub", "a", "b", "c", "d"])


def test_the_hub_is_most_central_by_every_measure():
    for measure in (degree, betweenness):
        values = measure(star())
        assert max(values) == values[0] > sorted(values)[-2]
    assert sum(pagerank(star())) == pytest.approx(1)


def test_pagerank_is_that_of_the_textbook():
    graph = nx.DiGraph([(0, 1), (1, 0)])
    nx.set_edge_attributes(graph, 1, "weight")

    assert pagerank(graph) == pytest.approx([0.5, 0.5])


def test_actors_that_deal_with_each_other_are_one_community():
    graph = nx.DiGraph()
    cliques = ["abcd", "wxyz"]
    graph.add_weighted_edges_from([(one, other, 3) for clique in cliques for one, other in combinations(clique, 2)] + [("a", "w", 1)])
    graph.add_node("alone")

    assert communities(numbered(graph, ["a", "b", "c", "d", "w", "x", "y", "z", "alone"])) == [0, 0, 0, 0, 1, 1, 1, 1, -1]


def test_every_language_says_everything_with_the_same_blanks():
    english = read_words()
    for language in languages():
        words = read_words(language)
        assert [key for key, said in words.items() if not said] == []
        blanks = {key: sorted(set(re.findall(r"\{[^}]+\}", said))) for key, said in words.items()}
        assert blanks == {key: sorted(set(re.findall(r"\{[^}]+\}", said))) for key, said in english.items()}


def test_the_page_speaks_the_language_that_is_asked_for():
    made = [event(VALDRIA, "action:shell", OSMERE, ("000", "Valdria denied it."), modality="negated")]

    text = page(made, language="fr")

    assert '<html lang="fr">' in text
    assert "<strong>nié</strong>" in text
    with pytest.raises(DataError, match="Languages: en, fr"):
        page(made, language="xx")


def test_a_bounded_page_says_what_it_leaves_out():
    made = events()
    chosen = choose(map(outline, made), events=50)

    text = page([one for one in made if one.id in set(chosen.events)], chosen=chosen)

    assert "This page holds 50 of 120 events" in text
    assert 'id="bounded"' not in page(made)


def test_every_file_of_the_page_is_used_and_in_no_more_than_one_place():
    there = {path.name for path in files("kg.views").joinpath("assets").iterdir()}

    assert there == {*(f"{name}.js" for name in SCRIPTS), *(f"{name}.css" for name in STYLES), "start.js", "page.html.j2"}
    assert len(set(SCRIPTS)) == len(SCRIPTS)


def test_every_word_of_the_page_is_in_its_table_and_used():
    said = "".join(path.read_text(encoding="utf-8") for path in files("kg.views").joinpath("assets").iterdir())
    code = said + Path("kg/views/rows.py").read_text(encoding="utf-8") + Path("kg/views/page.py").read_text(encoding="utf-8")
    code += Path("kg/views/words.py").read_text(encoding="utf-8")
    stems = ("quad-", "family-", "groups-", "by-", "basis-", "dispute-", "badge-", "handle-", "figure-")
    asked = set(re.findall(r"(?:say|counted|saidOf)\(\"([a-z0-9-]+)\"", said)) | set(re.findall(r"w\['([a-z0-9-]+)'\]", said))

    assert asked - set(read_words()) == set()
    unused = [key for key in read_words() if not key.startswith(stems) and f"'{key}'" not in code and f'"{key}"' not in code]
    assert unused == []


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_quick_view_has_one_arc_for_each_direction_and_escapes_names():
    evil = Actor("actor:evil", "<img src=x>", "state")
    made = [event(evil, "action:accuse", OSMERE, ("000", str(number)), day="2031-01-01") for number in range(3)]
    made.append(event(OSMERE, "action:meet", evil, ("000", "b"), day="2031-01-02"))
    made.append(event(OSMERE, "action:shell", TARSK, ("000", "c"), modality="hypothetical"))

    nodes, edges, *_, options = quick_view(made, ACTIONS, QUADS).get_network_data()
    rank = {node["label"]: node["id"] for node in nodes}

    assert sorted(rank) == ["&lt;img src=x&gt;", "Osmere"]
    osmere, other = rank["Osmere"], rank["&lt;img src=x&gt;"]
    assert {(edge["from"], edge["to"], edge["value"]) for edge in edges} == {(other, osmere, 3), (osmere, other, 1)}
    assert json.loads(options)["physics"] == {"enabled": False}


def test_numbers_are_added_up_in_one_order_on_every_machine():
    """What the layout rests on: rows are added one after the other, however many a processor could add at once."""
    values = np.array([[chance.uniform(-1e3, 1e3) ** 3 for _ in range(83)] for chance in [Random(2)] for _ in range(97)])

    assert np.add.reduce(values, axis=0).tolist() == [reduce(add, column) for column in zip(*values.tolist(), strict=True)]
