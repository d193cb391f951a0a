"""The same hundred hostile strings through every output, read back with readers that are not ours: unchanged and harmless."""

import csv
import json
import re
import unicodedata
from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import networkx
import pyoxigraph
import pytest
import rdflib
from click.testing import CliRunner
from conftest import make_actor, make_document, make_statement
from lxml import etree
from rdflib.namespace import SKOS

from kg.build import Graph, open_graph
from kg.cli import main
from kg.export import exported
from kg.ontology import read_ontology
from kg.tables import STATEMENT_COLUMNS

SHAPES = (
    "<script>alert({n})</script>",
    "</script><script>alert({n})</script>",
    "<!--<script>{n}",
    "]]><svg onload=alert({n})>",
    '"><img src=x onerror=alert({n})>',
    "' onmouseover='alert({n})",
    "&lt;b&gt; &amp;amp; &#60; &{n};",
    "javascript:alert({n})",
    "{{{{constructor.constructor('alert({n})')()}}}}",
    "${{alert({n})}} `{n}`",
    "=cmd|'/C calc'!A{n}",
    "+1+{n}",
    "-1-{n}",
    "@SUM(A{n})",
    "\t=1+{n}",
    '{n}" , " ; \' ""',
    "{n}\r\nsecond line\rthird",
    "{n}\n\n@prefix kg: <x> .",
    '{n}" . <a> <b> <c> . #',
    "{n}'''\"\"\" \\ \\u0041 \\n \\",
    "<http://evil.example/{n}> ?x {{ }} > <",
    "{n} }} UNION {{ ?s ?p ?o }} # SERVICE <http://evil.example/>",
    "{n}@en ^^xsd:integer",
    "\x1b[31m\x1b]0;{n}\x07\x1b[2J",
    "\x9b31m{n}\x85\x7f\x08\x0c",
    "{n}\x00\x01\x1f",
    "\u202e{n}txt.exe\u2066\u2069\u200f",
    "\u200b{n}\u200d\ufeff\u00ad",
    "{n}\u2028\u2029\x0b",
    "e\u0301{n} vs é; ß İ ı ﬁ",
    "🚀👩‍👩‍👧‍👦{n}🇺🇦",
    "{n}\ufffe\uffff\ufffd",
    "\U0010ffff\U000e0001{n}",
    "العربية {n} עברית 中文",
    "{n}" + "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢" * 5,
    "{n} " + "long " * 500,
    "{n}" + "unbroken" * 200,
    "  {n} two  blanks  ",
    "{n} [link](javascript:alert(1)) [bold]rich[/bold] :smile:",
    "{n} %s %n {{0}} %(name)s $(id) `id` ; rm -rf /",
    "../../../{n}",
    "C:\\{n}|<>:?*",
    "__proto__{n}",
    "NULL{n}",
    "{n}; DROP TABLE statements; --",
    "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;{n}",
    "<![CDATA[{n}]]>",
    "data:text/html,<script>alert({n})</script>",
    "<style>*{{background:url(http://evil.example/{n})}}</style>",
    "<base href=http://evil.example/{n}><meta http-equiv=refresh content=0>",
)
HOSTILE = [shape.format(n=number) for number, shape in enumerate(SHAPES * 2)]
"""A hundred strings, no two the same."""

XML_FORBIDS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
QUOTE = rdflib.URIRef("https://w3id.org/actor-kg/ontology#quote")
HEADLINE = rdflib.SDO.headline
TURNING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
LABELS = "SELECT ?label ?quote ?title { ?event kg:actor/skos:prefLabel ?label . ?s kg:event ?event ; kg:quote ?quote ; " + (
    "prov:wasQuotedFrom/schema:headline ?title } ORDER BY ?quote"
)


@pytest.fixture(scope="module")
def graph() -> Graph:
    """Each string is the label of an actor, a place, a quotation, a trigger, a title, a source and the name of an article."""
    documents = [
        make_document(f"{number} {text}", text, title=text, source=text, author=text, url=text, language=text, published="2024-10-02")
        for number, text in enumerate(HOSTILE)
    ]
    statements = [
        make_statement(
            make_actor(f"actor:hostile-{number}", label=text, type="person"),
            document=f"{number} {text}",
            quote=text,
            place=text,
            trigger=text,
            date_text=text,
            attribution=(make_actor(f"actor:speaker-{number}", label=text, type="person"),),
        )
        for number, text in enumerate(HOSTILE)
    ]
    return Graph(tuple(documents), {document.id: 1 for document in documents}, tuple(statements), read_ontology())


@pytest.fixture(scope="module")
def out(graph, tmp_path_factory) -> Path:
    """The same as written."""
    folder = tmp_path_factory.mktemp("hostile") / "out"
    graph.save(folder)
    return folder


def obeyed(character: str) -> bool:
    """Tell what a terminal obeys: controls, and what turns the rest of a line round."""
    return unicodedata.category(character) == "Cc" or unicodedata.bidirectional(character) in TURNING


def unseen(character: str) -> bool:
    """Tell that, and what cannot be seen, which rows for programs may hold: some scripts and pictures need it."""
    return unicodedata.category(character) in ("Cc", "Cf")


def without_what_xml_forbids(texts: list[str]) -> set[str]:
    """What an XML file can hold of these."""
    return {XML_FORBIDS.sub("\ufffd", text) for text in texts}


def test_there_are_a_hundred():
    assert len(set(HOSTILE)) == 100


# Tables


@pytest.mark.parametrize("name", ["statements.csv", "exported"])
def test_csv(graph, out, name):
    text = exported(graph, "csv").decode() if name == "exported" else (out / name).read_bytes().decode("utf-8")

    rows = list(csv.DictReader(StringIO(text, newline=""), strict=True))

    for column in ("actor_label", "sentence", "place", "trigger", "date_text", "attributed_to_label"):
        assert {row[column] for row in rows} == set(HOSTILE), column
    assert {row["document"].partition(" ")[2] for row in rows} == set(HOSTILE)
    assert list(rows[0]) == list(STATEMENT_COLUMNS)


def test_csv_for_a_spreadsheet_has_no_formula(graph):
    rows = list(csv.DictReader(StringIO(exported(graph, "csv", spreadsheet=True).decode().removeprefix("\ufeff"), newline="")))

    cells = [row["actor_label"] for row in rows]
    assert {cell.removeprefix("'") for cell in cells} == {text.removeprefix("'") for text in HOSTILE}
    assert [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


def test_events_csv(out):
    rows = list(csv.DictReader(StringIO((out / "events.csv").read_bytes().decode("utf-8"), newline=""), strict=True))

    assert {row["actor_label"] for row in rows} == {row["place"] for row in rows} == set(HOSTILE)


@pytest.mark.parametrize(
    ("name", "keys"), [("statements.jsonl", ("actor_label", "sentence")), ("documents.jsonl", ("title", "text", "url"))]
)
def test_json_lines(out, name, keys):
    lines = [line for line in (out / name).read_bytes().split(b"\n") if line]

    rows = [json.loads(line) for line in lines]

    assert len(lines) == 100
    for key in keys:
        assert {row[key] for row in rows} == set(HOSTILE), key


# RDF


@pytest.mark.parametrize(
    ("format", "parser", "engine"),
    [
        ("turtle", "turtle", pyoxigraph.RdfFormat.TURTLE),
        ("ntriples", "nt", pyoxigraph.RdfFormat.N_TRIPLES),
        ("trig", "trig", pyoxigraph.RdfFormat.TRIG),
        ("jsonld", "json-ld", pyoxigraph.RdfFormat.JSON_LD),
        ("rdfxml", "xml", pyoxigraph.RdfFormat.RDF_XML),
    ],
)
def test_rdf(graph, format, parser, engine):
    data = exported(graph, format)
    expected = without_what_xml_forbids(HOSTILE) if format == "rdfxml" else set(HOSTILE)

    read = rdflib.Dataset(default_union=True).parse(data=data, format=parser)
    store = pyoxigraph.Store()
    store.bulk_load(data, engine)

    for name in (QUOTE, HEADLINE):
        assert {str(value) for value in read.objects(None, name)} == expected
        found = store.quads_for_pattern(None, pyoxigraph.NamedNode(name), None)
        assert {quad.object.value for quad in found} == expected
    assert {str(value) for value in read.objects(None, SKOS.prefLabel)} >= expected
    assert not [value for value in read.objects() if isinstance(value, rdflib.BNode)]


def test_turtle_as_it_lies_in_the_folder(out):
    read = rdflib.Graph().parse(out / "graph.ttl")

    assert {str(value) for value in read.objects(None, QUOTE)} == set(HOSTILE)
    assert not [node for node in read.subjects() if "evil.example" in str(node).partition("/id/")[0]]


def test_sparql(out):
    found = open_graph(out).query(LABELS)

    answers = pyoxigraph.parse_query_results(found.raw, format=pyoxigraph.QueryResultsFormat.JSON)
    told = [tuple(term.value for term in solution) for solution in answers]
    assert {label for label, _, _ in told} == {quote for _, quote, _ in told} == {title for _, _, title in told} == set(HOSTILE)
    assert all(label == quote == title for label, quote, title in told)


# Plain graphs


def test_graphml(graph):
    data = exported(graph, "graphml")

    tree = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    read = networkx.read_graphml(BytesIO(data))

    expected = without_what_xml_forbids(HOSTILE)
    assert {label for _, label in read.nodes(data="label")} >= expected
    assert {element.text for element in tree.iter("{*}data")} >= expected
    assert read.number_of_edges() == 100


def test_gexf(graph):
    data = exported(graph, "gexf")

    tree = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))

    assert {node.get("label") for node in tree.iter("{*}node")} >= without_what_xml_forbids(HOSTILE)
    assert networkx.read_gexf(BytesIO(data)).number_of_edges() == 100


# Terminal


@pytest.mark.parametrize(
    ("arguments", "forbidden"),
    [
        (("explain", "Israel"), unseen),
        (("conflicts",), unseen),
        (("query", LABELS, "--format", "table"), unseen),
        (("remove", "\x1b[31m\u202e"), unseen),
        (("query", LABELS), obeyed),
        (("query", "who-did-what-to-whom"), obeyed),
    ],
)
def test_a_terminal_obeys_nothing(out, arguments, forbidden):
    result = CliRunner().invoke(main, [*arguments, "--out", str(out)], catch_exceptions=False)

    assert result.output
    assert {character for character in result.output if forbidden(character)} <= {"\n", "\t"}


def test_a_row_in_a_pipe_is_one_line(out):
    result = CliRunner().invoke(main, ["query", LABELS, "--out", str(out)], catch_exceptions=False)

    lines = result.stdout.removesuffix("\n").split("\n")
    assert [len(line.split("\t")) for line in lines] == [3] * 100
    assert len(result.stdout.splitlines()) == 100


# Browser


def strings(value: Any) -> Iterator[str]:
    """Every string in what JSON holds."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from strings(one)


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_the_page(graph, browser, tmp_path):
    file = tmp_path / "network.html"
    file.write_text(graph.page("</title><script>alert('title')</script>\x1b\u202e"), encoding="utf-8", newline="\n")
    heard: list[str] = []
    page = browser.new_context(offline=True).new_page()
    page.on("request", lambda asked: asked.url == file.as_uri() or heard.append(asked.url))
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("dialog", lambda dialog: heard.append(dialog.message))
    page.goto(file.as_uri())
    page.wait_for_selector("html[data-ready]", state="attached")

    held = page.evaluate("JSON.parse(document.querySelector('script[type=\"application/json\"]').textContent)")

    assert set(strings(held)) >= set(HOSTILE)
    assert page.title().startswith("</title><script>alert('title')")
    assert page.locator("img, iframe, object, embed, base, svg[onload], [onerror], [onmouseover]").count() == 0
    assert page.evaluate("[...document.links].filter(link => !/^(https?|blob|data|file):/.test(link.href)).length") == 0
    assert heard == []
