"""Named questions: what the corpus answers to each, and what their parameters may be."""

import difflib
from dataclasses import replace
from functools import partial

import pytest
from conftest import make_event, make_statement
from refresh import FOLDER, HOME, answers

from kg.build import open_graph
from kg.graph import serialise, to_rdf
from kg.model import Action, DataError, Modality
from kg.store import Question, answer, answer_with, load, open_store
from kg.store.names import find
from tools.questions.page import page, questions

EVERY = dict(questions())
OPTIONS = {"out", "format", "list", "help", "quiet", "version", "endpoint"}
SINCE = """\
  FILTER (COALESCE(SUBSTR(?given_since, 1, STRLEN(?end)) <= ?end, !BOUND(?given_since)))
  FILTER (COALESCE(SUBSTR(?begin, 1, STRLEN(?given_until)) <= ?given_until, !BOUND(?given_until)))
"""
ONLY_REPORTS = {"documents", "new-since"}
"""Questions whose dates are those of articles."""


@pytest.fixture(scope="module")
def graph(built):
    return open_graph(built)


def changes(path, text):
    before = path.read_text(encoding="utf-8").splitlines()
    found = list(difflib.unified_diff(before, text.splitlines(), "expected", "today", lineterm="", n=0))
    return "\n".join(["python tests/refresh.py writes it again", *found]) if found else ""


def test_every_question_gets_the_answer_expected(graph):
    assert changes(FOLDER / "answers.txt", answers(graph)) == ""


def test_the_page_of_the_questions_is_current(graph):
    assert changes(HOME / "docs" / "questions.md", page(graph)) == ""


def test_the_corpus_has_an_answer_to_every_question():
    blocks = (FOLDER / "answers.txt").read_text(encoding="utf-8").split("\n\n")

    assert [block.splitlines()[0] for block in blocks if len(block.strip().splitlines()) < 3] == []


@pytest.mark.parametrize("name", EVERY)
def test_a_parameter_is_declared_where_it_is_used(name):
    question = EVERY[name]
    declared = [parameter.name for parameter in question.parameters]

    assert sorted(declared) == sorted(
        {word[7:].rstrip(")].,;*") for word in question.sparql.replace("(", " ").split() if word[:7] == "?given_"}
    )
    assert not OPTIONS & set(declared)
    assert question.sparql.count("--") == len(declared) + question.example.count("--")
    assert {"since", "until"} & set(declared) == set() or name in ONLY_REPORTS or SINCE in question.sparql


@pytest.mark.parametrize("name", EVERY)
def test_a_question_names_nothing_that_stands_under_a_base(name):
    assert "w3id.org/actor-kg/id/" not in EVERY[name].sparql


def test_a_graph_under_another_base_gives_the_same_answers(corpus, tmp_path):
    replace(corpus, base="https://example.org/mine/").save(tmp_path)
    elsewhere = answers(open_graph(tmp_path))

    assert elsewhere == (FOLDER / "answers.txt").read_text(encoding="utf-8")


def test_a_question_without_parameters_has_every_row(graph):
    assert set(graph.query("attacks", target="Israel").rows) < set(graph.query("attacks").rows)


@pytest.mark.parametrize(
    "name", ["Israel", "israel", "ISR", "actor:israel", "State of Israel", "<https://w3id.org/actor-kg/id/actor/israel>", "  Israel "]
)
def test_an_actor_may_be_named_in_many_ways(graph, name):
    assert graph.query("attacks", target=name).rows == graph.query("attacks", target="Israel").rows != ()


def test_an_action_brings_every_finer_one_with_it(graph):
    coarse = graph.query("who-did-what-to-whom", action="assault")

    assert coarse.rows == graph.query("attacks").rows
    assert (
        graph.query("who-did-what-to-whom", action="action:airstrike").rows
        == graph.query("who-did-what-to-whom", action="attack from air").rows
    )


@pytest.mark.parametrize(
    ("speakers", "told"),
    [
        ([()], ""),
        ([("actor:oman",)], "Oman"),
        ([("actor:oman",), ("actor:qatar", "actor:iran")], "Iran; Oman"),
        ([("actor:oman",), ("actor:iran",), ("actor:qatar",), ("actor:oman",)], "Iran; Qatar; others"),
        ([("actor:oman",), ()], ""),
    ],
    ids=str,
)
def test_who_says_so_is_told_unless_an_article_tells_it_as_its_own(tmp_path, speakers, told):
    action = Action("action:meet", "meet", "CONSULT", "action:consult", "040", symmetric=True)
    said = [make_statement(document=f"00{place}", attribution=chain, action=action.id) for place, chain in enumerate(speakers)]
    denied = make_statement(document="denied", attribution=("actor:kenya",), action=action.id, modality=Modality.NEGATED)
    load(tmp_path / "store", serialise(to_rdf([make_event(*said, denied, action=action.id)], (), [action]), "nt").encode())

    found = answer(open_store(tmp_path / "store"), EVERY["who-did-what-to-whom"].sparql)

    assert found.columns[-1] == "said_by"
    assert [row[-1] for row in found.rows] == [told]


DATES = ["2024-05-02", "2024-04", "2024", "2023", "2024-03-30/2024-04-02", "2024-04-20/..", "../2023-06", "2024-21", "202X", "2022~", ""]


@pytest.fixture(scope="module")
def dated(tmp_path_factory):
    """A store with an event of every kind of date, each at a place called like its date."""
    folder = tmp_path_factory.mktemp("dated") / "store"
    action = Action("action:meet", "meet", "CONSULT", "action:consult", "040", symmetric=True)
    events = [make_event(date=edtf, place=edtf, action="action:meet") for edtf in DATES]
    load(folder, serialise(to_rdf(events, (), [action]), "nt").encode())
    return open_store(folder)


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        (None, None, DATES),
        ("2024-05", None, ["2024-05-02", "2024", "2024-04-20/..", "2024-21", "202X"]),
        ("2024-04-03", "2024-04-19", ["2024-04", "2024", "2024-21", "202X"]),
        ("2024-04-02", "2024-04-02", ["2024-04", "2024", "2024-03-30/2024-04-02", "2024-21", "202X"]),
        ("2024-04-30", "2024-05-01", ["2024-04", "2024", "2024-04-20/..", "2024-21", "202X"]),
        (None, "2023-06-30", ["2023", "../2023-06", "202X", "2022~"]),
        ("2023-06", "2023", ["2023", "../2023-06", "202X"]),
        ("2023-07-01", "2023", ["2023", "202X"]),
        ("2030", None, ["2024-04-20/.."]),
        (None, "2019", ["../2023-06"]),
    ],
)
def test_dates_of_different_precision_are_compared_by_what_they_may_mean(dated, since, until, found):
    rows = answer_with(dated, EVERY["who-did-what-to-whom"].sparql, {"since": since, "until": until})

    assert sorted(row[4] for row in rows) == sorted(found)


HOSTILE = [
    'x" } DELETE WHERE { ?s ?p ?o } #',
    "Israel> . ?x ?y ?z . <a",
    "} SERVICE <http://127.0.0.1:9/> {",
    "\\",
    'a\\"b',
    "?given_target",
    "\\1 \\g<0>",
    "actor:israel } UNION { ?s ?p ?o",
    "<http://example.org/a> } UNION { ?s ?p ?o",
    "x\n\n# y",
    "{" * 200,
    "\x00\x1b[31m",
    "\ud800",
    "",
]


@pytest.mark.parametrize("value", HOSTILE, ids=ascii)
def test_what_is_given_cannot_change_a_question(graph, value):
    with pytest.raises(DataError, match=r"No actor is called|is no text"):
        graph.query("attacks", target=value)
    with pytest.raises(DataError, match="is no date"):
        graph.query("attacks", since=value)
    with pytest.raises(DataError, match="is no whole number"):
        graph.query("strongest-dyads", least=value)


@pytest.mark.parametrize("value", HOSTILE[:-2], ids=ascii)
def test_hostile_words_are_looked_for_as_they_are(graph, value):
    assert graph.query("sentences-with", text=value).rows == ()


def test_words_are_looked_for_in_any_case(graph):
    assert {"CEASEFIRE" in row[2].upper() for row in graph.query("sentences-with", text="CeaseFire")} == {True}


def test_names_that_are_nearly_right_are_told(graph):
    with pytest.raises(DataError, match=r"No actor is called 'Isreal'.\nNearly the same: Israel"):
        graph.query("attacks", target="Isreal")


def test_a_seat_of_government_stands_for_its_state(graph):
    assert graph.query("attacks", target="Kyiv").rows == graph.query("attacks", target="Ukraine").rows != ()
    with pytest.raises(DataError, match=r"No actor is called 'Suva'.\nThat is actor:fiji, of whom this graph says nothing."):
        graph.query("attacks", target="Suva")


@pytest.mark.parametrize(
    ("name", "given", "told"),
    [
        ("what-happened-where", {"place": "Lebannon"}, r"No place of this graph has 'Lebannon' in its name.\nNearly the same: Lebanon"),
        ("what-happened-where", {"place": "Atlantis"}, r"'Atlantis' in its name.\nkg query places-for-a-map lists those"),
        ("actors-most-active", {"type": "militia"}, r"of the type 'militia'.\nThere are: .*armed-group, .*state"),
        ("who-did-what-to-whom", {"action": "airstrikes"}, r"No action is called 'airstrikes'.\nNearly the same: attack from air"),
        ("who-did-what-to-whom", {"action": "missile strike"}, r"Nearly the same: attack with missiles"),
    ],
)
def test_what_the_graph_does_not_have_is_told_with_what_is_near(graph, name, given, told):
    with pytest.raises(DataError, match=told):
        graph.query(name, **given)


def test_a_place_and_a_type_may_be_written_in_any_case(graph):
    assert graph.query("what-happened-where", place="LEBANON").rows == graph.query("what-happened-where", place="lebanon").rows != ()
    assert graph.query("actors-most-active", type="State").rows == graph.query("actors-most-active", type="state").rows != ()


def test_a_timeline_of_one_actor_has_what_it_did_without_a_target(graph):
    alone = [row for row in graph.query("timeline", one="Iran").rows if not row[3]]

    assert alone != []
    assert [row for row in graph.query("timeline", one="Iran", other="Israel").rows if not row[1] or not row[3]] == []


DISPUTE = """@prefix kg: <https://w3id.org/actor-kg/ontology#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    @prefix prov: <http://www.w3.org/ns/prov#> . @prefix schema: <https://schema.org/> . @prefix x: <http://x.example/event/> .
    x:act skos:prefLabel "attack" . x:e a kg:Event ; kg:action x:act ; kg:sources SOURCES .
    x:c a kg:Conflict ; kg:event x:e ; kg:property "quantities" ; kg:side x:l , x:r .
    x:l kg:value "3 tanks" ; kg:statement x:s . x:r kg:value "9 tanks" ; kg:statement x:t .
    x:s kg:quote "S." ; kg:quantityText "3 tanks" ; prov:wasQuotedFrom x:a .
    x:t kg:quote "T." ; kg:quantityText "9 tanks" ; prov:wasQuotedFrom x:b .
    x:a schema:headline "A" ; schema:sourceOrganization "Post" . x:b schema:headline "B" ; schema:sourceOrganization "PAPER" ."""


@pytest.mark.parametrize(
    ("turtle", "told"),
    [
        (DISPUTE.replace("SOURCES", "2").replace("PAPER", "Herald"), ""),
        (DISPUTE.replace("SOURCES", "2").replace("PAPER", "Post"), "one outlet"),
        (DISPUTE.replace("SOURCES", "1").replace("PAPER", "Herald"), "copies of one text"),
        (DISPUTE.replace("SOURCES", "1").replace("x:b .", "x:a ."), "one article"),
    ],
)
@pytest.mark.parametrize("name", ["disputed-events", "conflicting-numbers"])
def test_a_dispute_tells_whether_all_sides_come_from_one_source(tmp_path, name, turtle, told):
    load(tmp_path / "store", turtle.encode())
    found = answer(open_store(tmp_path / "store"), EVERY[name].sparql)

    assert [row[found.columns.index("all_from")] for row in found.rows] == [told, told]


def test_all_who_may_be_meant_are_told(tmp_path):
    turtle = """@prefix kg: <https://w3id.org/actor-kg/ontology#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        @prefix actor: <https://w3id.org/actor-kg/id/actor/> .
        actor:one a kg:Actor ; skos:prefLabel "Front" ; skos:altLabel "The Front"@en .
        actor:other a kg:Actor ; skos:prefLabel "front" .
        actor:third a kg:Actor ; skos:prefLabel "League" ; skos:altLabel "the front"@en ."""
    load(tmp_path / "store", turtle.encode())
    ask = partial(answer, open_store(tmp_path / "store"))

    assert [find(name, "ACTOR", ask).value.rpartition("/")[2] for name in ("Front", "front", "The Front")] == ["one", "other", "one"]
    with pytest.raises(DataError, match=r"'FRONT' may be more than one actor.\nName one of: actor:one \(Front\); actor:other \(front\)"):
        find("FRONT", "ACTOR", ask)
    with pytest.raises(DataError, match=r"Name one of: actor:one \(Front\); actor:third \(League\)"):
        find("THE FRONT", "ACTOR", ask)


def test_a_question_of_ones_own_may_have_parameters(graph):
    own = """# How often did somebody act?
    SELECT (COUNT(*) AS ?n) WHERE {
  VALUES ?given_who {UNDEF} # --who ACTOR: who acted
  ?event a kg:Event ; kg:actor ?who . FILTER (!BOUND(?given_who) || ?who = ?given_who) }"""

    assert int(graph.query(own).rows[0][0]) > int(graph.query(own, who="Iran").rows[0][0]) > 0
    assert Question(own).meaning == "How often did somebody act?"


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("atacks-on", "Questions: attacks-on, attacks"),
        ("who-threatened-whom", "Questions: threatened-then-done, threats;"),
        ("who-was-arrested", "Questions: sanctions-and-coercion;"),
        ("map", "Questions: places-for-a-map;"),
        ("who-ate-whom", "Questions: who-met-whom"),
        ("", "Questions: accusations, accused-of-deeds"),
    ],
)
def test_questions_that_may_be_meant_are_told_by_spelling_and_by_what_they_ask(graph, name, near):
    with pytest.raises(DataError, match=f"neither a question nor a file nor SPARQL.\n{near}"):
        graph.query(name)


@pytest.mark.parametrize(
    ("name", "advice"), [("nosuch.rq", "--list shows ours"), ("attacks.rq", "kg query attacks asks"), ("a/b", "--list")]
)
def test_a_file_that_is_not_there_is_told(graph, name, advice):
    with pytest.raises(DataError, match=f"{name}: there is no such file.\n.*{advice}"):
        graph.query(name)


def test_an_unknown_parameter_is_told_with_those_there_are(graph):
    with pytest.raises(DataError, match=r"no parameter --victim.\nIt has: --actor ACTOR, --target ACTOR"):
        graph.query("attacks", victim="Israel")


def test_a_graph_that_was_not_saved_answers_too(corpus):
    assert corpus.query("who-backs-whom").columns == ("backer", "group", "type")
