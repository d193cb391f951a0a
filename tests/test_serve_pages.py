"""The pages for people, and each IRI of the graph under its path."""

import json
from html.parser import HTMLParser
from urllib.parse import quote, urlencode

import pytest
from pyoxigraph import RdfFormat, parse
from serve_sample import BASE, PAGE, ask, call, write_sample

from kg.ontology import ontology_folder
from kg.serve.pages import examples
from kg.serve.resources import candidates, link
from tools.serving.server import running

HTML = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
OWN = "https://data.example/graph/"
PAGES = ["/", "/query", "/ontology", "/id/actor/kenya", "/id/statement/1", "/query?query=ASK%7B%7D", "/query?query=nonsense"]


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    with running(write_sample(tmp_path_factory.mktemp("served") / "out")) as server:
        yield server.port


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """A graph under a base of the user."""
    with running(write_sample(tmp_path_factory.mktemp("served") / "out", OWN)) as server:
        yield server.port


class Seen(HTMLParser):
    """What a browser would make of a page: the elements, with their attributes, and the text."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.words = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words.append(data)


def seen(port, target):
    got = call(port, "GET", target, **HTML)
    assert (got.status, got.media) == (200, "text/html"), got.text
    return Seen(got.text)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_loads_nothing_from_elsewhere_and_runs_nothing_of_its_own(port, page):
    got = call(port, "GET", page, **HTML)

    policy = dict(part.strip().split(" ", 1) for part in got.headers["content-security-policy"].split(";"))
    assert (policy["default-src"], policy["script-src"], policy["style-src"]) == ("'none'", "'self'", "'self'")
    assert (policy["base-uri"], policy["frame-ancestors"], policy["form-action"]) == ("'none'", "'none'", "'self'")
    assert got.headers["x-content-type-options"] == "nosniff"
    for tag, attributes in Seen(got.text).elements:
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        assert tag != "script" or attributes["src"] == "/assets/query.js"
        assert tag not in ("style", "iframe", "object", "embed", "base", "img")
        if tag == "link":
            assert attributes["href"].startswith(("/assets/", "data:"))


@pytest.mark.parametrize("path", ["/id/actor/kenya", "/id/event/1", "/id/document/a.txt", "/action/meet", "/ontology"])
@pytest.mark.parametrize(("accept", "format"), [("text/turtle", RdfFormat.TURTLE), ("application/ld+json", RdfFormat.JSON_LD)])
def test_what_the_graph_speaks_of_is_found_under_its_path(port, path, accept, format):
    got = call(port, "GET", path, Accept=accept)

    assert (got.status, got.media) == (200, accept)
    assert "Accept" in got.headers["vary"]
    assert any(path in str(quad) for quad in parse(got.body, format=format))


def test_a_description_tells_what_is_said_and_where_it_is_mentioned(port):
    got = call(port, "GET", "/id/actor/kenya", Accept="application/n-triples")

    triples = {str(quad.triple) for quad in parse(got.body, format=RdfFormat.N_TRIPLES)}
    kenya = f"<{BASE}actor/kenya>"
    assert f'{kenya} <http://www.w3.org/2004/02/skos/core#prefLabel> "Kenya"' in triples
    assert f"<{BASE}event/1> <https://w3id.org/actor-kg/ontology#actor> {kenya}" in triples
    assert all(kenya in triple for triple in triples)


@pytest.mark.parametrize("path", ["/graph/actor/kenya", "/actor/kenya"])
def test_a_base_of_the_user_has_its_paths_too(own, path):
    got = call(own, "GET", path, Accept="text/turtle")

    assert (got.status, f"{OWN}actor/kenya" in got.text or "actor:kenya" in got.text) == (200, True)


def test_links_of_a_card_lead_to_cards(own):
    for tag, attributes in seen(own, "/graph/actor/kenya").elements:
        if tag == "a" and "kenya" not in attributes["href"] and attributes["href"].startswith("/graph/"):
            assert call(own, "GET", attributes["href"], **HTML).status == 200


def test_names_with_signs_that_paths_escape_are_found(port):
    for path in ("/id/actor/the%20%3Cb%3EFront%3C%2Fb%3E", "/id/actor/the%20%3cb%3eFront%3c%2fb%3e"):
        page = seen(port, path)
        assert "the <b>Front</b>" in page.words
        assert "b" not in [tag for tag, _ in page.elements]


def test_a_card_shows_the_sentences_with_their_articles(port):
    page = seen(port, "/id/actor/kenya")

    assert '<script>alert(1)</script> Kenya met Uganda & "left".' in page.words
    links = [attributes["href"] for tag, attributes in page.elements if tag == "a"]
    assert {"/id/statement/1", "/id/document/a.txt", "/id/actor/uganda", "http://www.wikidata.org/entity/Q114"} <= set(links)


TOLD = """
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
event:1 kg:edtf "2024-05-02" ; kg:place "<i>Nairobi</i>" ; kg:sources 2 .
statement:1 kg:quantityText "12 <b>ministers</b>" ; kg:attributedTo actor:uganda .
statement:2 kg:quantityText "40 ministers" .
<https://w3id.org/actor-kg/id/conflict/1> a kg:Conflict ; kg:event event:1 ; kg:property "quantities" ; kg:side event:l , event:r .
event:l kg:value "12 <b>ministers</b>" ; kg:statement statement:1 . event:r kg:value "40 ministers" ; kg:statement statement:2 .
<https://w3id.org/actor-kg/id/actor/kenya-army> a kg:Actor ; skos:prefLabel "Kenya's army" ; kg:partOf actor:kenya .
event:2 a kg:Event ; kg:actor <https://w3id.org/actor-kg/id/actor/kenya-army> ; kg:action action:meet ; kg:modality kg:asserted .
event:3 a kg:Event ; kg:actor actor:kenya ; kg:action action:meet ; kg:modality kg:negated ; kg:place "nowhere" .
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """A graph with numbers, a dispute, and somebody who is part of somebody."""
    with running(write_sample(tmp_path_factory.mktemp("served") / "out", more=TOLD)) as server:
        yield server.port


def test_the_page_of_an_event_tells_what_happened_its_numbers_and_where_sources_disagree(told):
    page = seen(told, "/id/event/1")
    words = [word.strip() for word in page.words if word.strip()]

    assert words.count("Kenya > Uganda: meet") == 2  # the title and the heading
    assert "2024-05-02, <i>Nairobi</i>" in words
    assert [words.count(number) for number in ("12 <b>ministers</b>", "40 ministers")] == [2, 2]
    assert {"Where sources disagree", "Numbers", "Sentences"} <= set(words)
    assert not {"i", "b"} & {tag for tag, _ in page.elements}


def test_the_page_of_an_actor_lists_the_events_of_who_is_part_of_them_too(told):
    page = seen(told, "/id/actor/kenya")

    links = [attributes["href"] for tag, attributes in page.elements if tag == "a"]
    assert {"/id/event/1", "/id/event/2", "/id/conflict/1", "/id/actor/kenya-army"} <= set(links)
    assert "nowhere" not in page.words
    assert any("2, who disagree" in word for word in page.words)


def test_a_sentence_leads_to_its_place_in_the_article(told):
    links = [attributes["href"] for tag, attributes in seen(told, "/id/event/1").elements if tag == "a"]

    assert "https://news.example/b?x=1&y=2#:~:text=They%20met." in links


def test_a_question_that_found_nothing_is_remarked_on(port):
    query = "SELECT ?a ?wha { ?a kg:acter ?what }"
    page, answer = seen(port, f"/query?{urlencode({'query': query})}"), ask(port, query)

    assert any("kg:acter is in neither the graph nor the ontology; nearest: kg:actor" in word for word in page.words)
    assert answer.headers["kg-remark"].startswith("?wha is selected, but bound nowhere; nearest: ?what. kg:acter is in neither")
    assert "kg-remark" not in ask(port, "SELECT ?a { ?a kg:actor ?what }").headers


def test_a_link_out_of_a_card_is_of_the_web(port):
    links = [attributes["href"] for path in ("1", "2") for tag, attributes in seen(port, f"/id/statement/{path}").elements if tag == "a"]

    assert "https://news.example/b?x=1&y=2#:~:text=They%20met." in links
    assert all(where.startswith(("/", "#", "http://", "https://")) for where in links)


def test_what_is_not_in_the_graph_is_not_found(port):
    assert call(port, "GET", "/id/actor/mars").status == 404
    assert call(port, "GET", f"/resource?iri={quote('https://elsewhere.example/x')}").status == 404


def test_anything_in_the_graph_is_found_by_its_iri(port):
    assert call(port, "GET", f"/resource?iri={quote('http://www.wikidata.org/entity/Q114', safe='')}").status == 200


def test_a_card_that_has_not_changed_is_not_sent_again(port):
    first = call(port, "GET", "/id/actor/kenya", **HTML)

    assert call(port, "GET", "/id/actor/kenya", If_None_Match=first.headers["etag"], **HTML).status == 304
    assert call(port, "GET", "/id/actor/kenya", If_None_Match=first.headers["etag"], Accept="text/turtle").status == 200


def test_the_network_page_comes_with_its_own_policy(port):
    got = call(port, "GET", "/network.html")

    assert got.text == PAGE
    assert got.headers["content-security-policy"] == "default-src 'none'; style-src 'sha256-abc='; frame-ancestors 'none'"


def test_the_ontology_page_tells_what_terms_mean(port):
    page = seen(port, "/ontology")

    assert "What we believe happened." in page.words
    assert "Event" in [attributes.get("id") for _, attributes in page.elements]


# The page to ask on.


def test_the_examples_are_the_questions_of_the_cookbook(port):
    page = seen(port, "/query")

    shown = [attributes["data-sparql"] for tag, attributes in page.elements if tag == "a" and "data-sparql" in attributes]
    assert shown == [example.sparql for example in examples(ontology_folder() / "queries")]
    assert len(shown) > 20


def test_a_form_without_script_is_answered_with_a_table(port):
    page = seen(port, f"/query?{urlencode({'query': 'SELECT ?a ?label { ?a skos:prefLabel ?label } ORDER BY ?label'})}")

    assert [word for word in page.words if word in ("actor:kenya", "Kenya", "a", "label")] == ["a", "label", "actor:kenya", "Kenya"]
    assert ("a", {"href": "/id/actor/kenya", "rel": "noreferrer", "title": f"{BASE}actor/kenya"}) in page.elements


@pytest.mark.parametrize(("query", "shown"), [("ASK {}", "yes"), ("ASK { ?s <http://nowhere.example/> ?o }", "no")])
def test_a_yes_or_no_is_told(port, query, shown):
    assert shown in seen(port, f"/query?{urlencode({'query': query})}").words


def test_triples_are_shown_as_a_table(port):
    assert "kg:Actor" in seen(port, f"/query?{urlencode({'query': 'DESCRIBE actor:uganda'})}").words


def test_a_mistake_is_shown_beside_the_question(port):
    got = call(port, "GET", f"/query?{urlencode({'query': 'SELECT <script> nonsense'})}", **HTML)

    page = Seen(got.text)
    assert got.status == 400
    assert any(word.startswith("line 1, column ") for word in page.words)
    assert "SELECT <script> nonsense" in "".join(page.words)


def test_a_browser_that_follows_a_link_to_the_endpoint_gets_a_page(port):
    asked, bare = ask(port, "ASK {}", **HTML), call(port, "GET", "/sparql", **HTML)

    assert (asked.media, bare.media) == ("text/html", "text/html")
    assert "<textarea" in bare.text


def test_more_rows_than_a_page_can_bear_are_left_out(port):
    numbers = " ".join(map(str, range(40)))
    query = f"SELECT * {{ VALUES ?a {{ {numbers} }} VALUES ?b {{ {numbers} }} }}"

    got = call(port, "GET", f"/query?{urlencode({'query': query})}", **HTML)

    assert "more than 1000 rows" in got.text


def test_what_has_no_name_is_shown_too(port):
    words = "".join(seen(port, f"/query?{urlencode({'query': 'SELECT (BNODE() AS ?a) ?none (<<( <x:s> <x:p> 1 )>> AS ?b) {}'})}").words)

    assert "_:" in words
    assert "<x:s> <x:p>" in words


def test_what_is_too_long_for_a_page_is_cut(port):
    long = f'SELECT (CONCAT("{"x" * 3000}", "end") AS ?x) (IRI(CONCAT("http://e.example/", "{"y" * 3000}")) AS ?y) {{}}'
    wide = f"SELECT * {{ {' '.join(f'VALUES ?v{n} {{ 1 }}' for n in range(100))} VALUES ?last {{ {' '.join(map(str, range(200)))} }} }}"

    page = seen(port, f"/query?{urlencode({'query': long})}")
    assert [word[-3:] for word in page.words if word.strip().startswith(("xxx", "http://e.example/yyy"))] == ["x …", "y …"]
    assert "more than 100 rows" in call(port, "GET", f"/query?{urlencode({'query': wide})}", **HTML).text


@pytest.mark.parametrize("name", ["query.js", "style.css"])
def test_what_the_pages_need_is_here(port, name):
    got = call(port, "GET", f"/assets/{name}", Accept_Encoding="gzip")

    assert (got.status, got.headers["content-encoding"]) == (200, "gzip")
    assert "http" not in call(port, "GET", f"/assets/{name}").text.replace("http://www.w3.org/2000/svg", "")


def test_a_path_can_mean_a_name_under_any_of_our_roots():
    assert candidates("/id/actor/x", BASE)[:2] == ["https://w3id.org/id/actor/x", "https://w3id.org/actor-kg/id/actor/x"]


@pytest.mark.parametrize("iri", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "mailto:a@b.example"])
def test_nothing_but_the_web_is_linked_to(iri):
    assert link(iri, BASE) == ""


def test_json_for_the_page_is_what_programs_get(port):
    got = call(
        port,
        "POST",
        "/sparql",
        b"ASK {}",
        content_type="application/sparql-query",
        Accept="application/sparql-results+json, application/n-triples",
    )

    assert json.loads(got.body)["boolean"] is True
