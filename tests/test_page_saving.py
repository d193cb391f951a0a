"""What is taken away from the network page: tables, pictures and networks that other programs read."""

import csv
import io
from xml.etree import ElementTree

import networkx as nx
from network_sample import actors, event, events
from page_browser import IN_BROWSER, saved, search, until

from kg.model import Actor

VALDRIA, OSMERE, TARSK = actors()[:3]

pytestmark = IN_BROWSER


def test_saved_cells_cannot_run_as_formulas(open_page):
    evil = Actor("actor:evil", '=HYPERLINK("http://evil.example")', "state")
    page = open_page([event(evil, "action:accuse", VALDRIA, ("001", "+1 accused"), day="2031-01-01", place="@here")])

    [row] = csv.DictReader(io.StringIO(saved(page, "#csv").removeprefix("\ufeff")))

    assert (row["actor"], row["sentences"]) == ('\'=HYPERLINK("http://evil.example")', "'+1 accused")
    assert not {cell[:1] for cell in row.values()} & set("=+-@")


def test_the_table_that_is_saved_is_that_of_the_view(open_page):
    page = open_page(
        [
            event(VALDRIA, "action:shell", OSMERE, ("001", "a"), day="2031-01-01", many=True),
            event(TARSK, "action:meet", OSMERE, ("001", "b"), day="2031-01-02"),
            event(TARSK, "action:meet", OSMERE, ("001", "c"), modality="intended"),
        ]
    )
    search(page, "valdria")

    [row] = csv.DictReader(io.StringIO(saved(page, "#csv").removeprefix("\ufeff")))

    assert row | {"id": ""} == {
        "id": "",
        "date": "2031-01-01",
        "actor": "Valdria",
        "action": "shell",
        "action_type": "ASSAULT",
        "target": "Osmere",
        "place": "",
        "modality": "asserted",
        "quantities": "about 1,200 people",
        "sources": "1",
        "documents": "001",
        "sentences": "a",
    }


def test_the_picture_is_saved_in_both_forms(open_page):
    page = open_page(events())
    page.click("#save summary")
    with page.expect_download() as saving:
        page.click("#png")

    with open(saving.value.path(), "rb") as picture:
        assert picture.read(8) == b"\x89PNG\r\n\x1a\n"
    drawn = ElementTree.fromstring(saved(page, "#svg"))
    texts = [text.text for text in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert "Valdria" in texts
    assert len(list(drawn.iter("{http://www.w3.org/2000/svg}path"))) > 2


HOSTILE = Actor("actor:evil", "<&\"'\u202e\u0001]]>", "state")


def test_networkx_reads_the_network_that_is_saved(open_page):
    made = [
        event(HOSTILE, "action:shell", OSMERE, ("001", "a"), day="2031-01-01"),
        event(HOSTILE, "action:shell", OSMERE, ("001", "b"), day="2031-01-02"),
        event(OSMERE, "action:meet", TARSK, ("001", "c"), day="2031-01-03"),
        event(OSMERE, "action:meet", VALDRIA, ("001", "d"), modality="hypothetical"),
    ]
    page = open_page(made)

    graphml = nx.parse_graphml(saved(page, "#graphml"))
    gexf = nx.read_gexf(io.StringIO(saved(page, "#gexf")))

    for graph in (graphml, gexf):
        assert {(one, other, tie["weight"], tie["conflict"]) for one, other, tie in graph.edges(data=True)} == {
            ("actor:evil", "actor:osmere", 2.0, 2),
            ("actor:osmere", "actor:tarsk-federation", 1.0, 0),
        }
        assert graph.nodes["actor:evil"]["label"] == "<&\"'\u202e]]>"


def test_a_link_to_the_view_is_copied(open_page):
    page = open_page(events())
    search(page, "osmere")
    page.evaluate("""Object.defineProperty(navigator, "clipboard", { value: { writeText: async (text) => { window.copied = text; } } })""")

    page.click("#save summary")
    page.click("#link")

    until(page, "document.getElementById('status').textContent === 'Link copied'")
    assert page.evaluate("window.copied").endswith("/network.html#actor=actor%3Aosmere")


def test_where_nothing_may_be_copied_the_link_is_in_the_address_bar(open_page):
    page = open_page(events())
    search(page, "osmere")
    page.evaluate("""Object.defineProperty(navigator, "clipboard", { value: undefined })""")

    page.click("#save summary")
    page.click("#link")

    until(page, "document.getElementById('status').textContent === 'The link is in the address bar'")
    assert page.evaluate("location.hash") == "#actor=actor%3Aosmere"
