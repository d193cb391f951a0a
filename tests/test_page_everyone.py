"""The network page for everybody: accessibility by axe, small screens, print, languages and directions of writing."""

import pytest
from network_sample import actors, event, events
from page_browser import IN_BROWSER, search, until

from kg.model import Actor

VALDRIA, OSMERE, TARSK = actors()[:3]

CORNER = """(() => {
    const copy = document.createElement("canvas").getContext("2d");
    copy.drawImage(document.querySelector("#canvas canvas"), 0, 0);
    return copy.getImageData(2, 2, 1, 1).data[0];
})()"""  # how light the picture's ground is

pytestmark = IN_BROWSER


def violations(page):
    """What axe finds wrong: rule and element."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    found = axe.Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
    return [(rule["id"], node["html"][:120]) for rule in found.response["violations"] for node in rule["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1400, 390])
def test_axe_finds_nothing_in_any_state_of_the_page(open_page, scheme, width):
    page = open_page(events(), scheme=scheme, width=width, height=900)

    assert violations(page) == []
    search(page, "osmere")
    page.evaluate("document.getElementById('narrow').open = true")
    page.check("#unasserted")
    assert violations(page) == []
    page.fill("#search", "e")
    assert violations(page) == []
    page.press("#search", "Escape")
    page.click("#as-table")
    assert violations(page) == []


@pytest.mark.parametrize("made", [events(), []])
def test_axe_finds_nothing_without_javascript_or_without_events(open_page, browser, made):
    page = open_page(made)
    page.evaluate("delete document.documentElement.dataset.script")

    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_telephone_nothing_sticks_out(open_page, scheme):
    page = open_page(events(), width=390, height=844, scheme=scheme, touch=True)

    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    search(page, "osmere")
    assert page.locator("#evidence h2").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.inner_text("#status").startswith(("16 ", "17 ", "18 ", "19 ", "2"))


def test_controls_are_large_enough_for_a_finger(open_page):
    page = open_page(events(), width=390, height=844, touch=True)
    search(page, "osmere")

    small = page.evaluate("""() => Array.from(document.querySelectorAll("button, select, input, summary"))
        .map((one) => [one.id || one.textContent, (one.closest("label") || one).getBoundingClientRect()])
        .filter(([, box]) => box.width && (box.height < 24 || box.width < 24)).map(([name]) => name)""")

    assert small == []


def test_text_can_be_twice_as_large(open_page):
    page = open_page(events(), width=700, height=900)
    page.evaluate("document.documentElement.style.fontSize = '30px'")

    assert page.evaluate("document.documentElement.scrollWidth") <= 700


def test_on_paper_there_is_the_picture_with_the_evidence_and_no_controls(open_page):
    page = open_page(events(), scheme="dark")
    search(page, "osmere")

    page.emulate_media(media="print", color_scheme="dark")

    for part in (".tools", "#filters", ".dates", "#search"):
        assert not page.locator(part).is_visible()
    assert page.locator("#canvas canvas").is_visible()
    assert page.locator("#evidence article").first.is_visible()
    until(page, f"{CORNER} > 200")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_the_picture_turns_dark_with_the_page(open_page):
    page = open_page(events())
    assert page.evaluate(CORNER) > 200

    page.emulate_media(color_scheme="dark")

    until(page, f"{CORNER} < 60")


def test_the_whole_page_speaks_french(open_page):
    page = open_page(events(), language="fr")
    search(page, "osmere")

    assert page.evaluate("document.documentElement.lang") == "fr"
    assert page.title() == "Qui a fait quoi à qui"
    assert "acteurs" in page.inner_text("#status")
    assert "Tous les acteurs" in page.inner_text("#evidence")
    english = ("Filters", "Undo", "Actors", "Save", "events", "sources", "Cooperation")
    assert [word for word in english if word in page.inner_text("body")] == []


def test_names_from_right_to_left_keep_their_place(open_page):
    arabic = Actor("actor:bank", "البنك المركزي (وسط)", "organisation")
    page = open_page([event(arabic, "action:meet", OSMERE, ("003", "البنك المركزي met Osmere."), day="2031-04-01", trigger="met")])

    search(page, "البنك")

    assert page.inner_text("#evidence h2") == "البنك المركزي (وسط)"
    assert page.get_attribute("#evidence blockquote p", "dir") == "auto"
    assert page.evaluate("getComputedStyle(document.querySelector('#evidence blockquote p')).direction") == "rtl"
    assert page.locator("#evidence h2 bdi").count() == 1


def test_nothing_moves_for_who_wants_no_motion(open_page):
    page = open_page(events(), media={"reduced_motion": "reduce"})

    assert page.evaluate("getComputedStyle(document.getElementById('reset')).transitionDuration") == "0s"


def test_what_the_search_finds_is_told_to_screen_readers(open_page):
    page = open_page(events())

    page.fill("#search", "valdria")

    assert page.get_attribute("#search", "aria-activedescendant") == "found-0"
    assert page.get_attribute("#found-0", "aria-selected") == "true"
    assert page.inner_text("#found-count") == "2 actors found" or "actors found" in page.inner_text("#found-count")
