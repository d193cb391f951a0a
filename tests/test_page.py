"""The network page in a browser without a network: any request, message or error is a failure."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from network_sample import ACTIONS, QUADS, actors, documents, event, events

from kg.conflicts import Conflict, Side
from kg.model import Actor, Document
from kg.views import network_page

sync_api = pytest.importorskip("playwright.sync_api") if "CI" not in os.environ else __import__("playwright.sync_api").sync_api
CHROMIUM = shutil.which("chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
VALDRIA, OSMERE, TARSK = actors()[:3]
Open = Callable[..., sync_api.Page]

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None and "CI" not in os.environ, reason="no chromium here: apt-get install chromium"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[sync_api.Browser]:
    assert CHROMIUM, "CI needs chromium: apt-get install chromium"
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: sync_api.Browser, tmp_path: Path) -> Iterator[Open]:
    """Opens a page of these events; afterwards nothing may have been asked for or said."""
    heard: list[str] = []
    contexts: list[sync_api.BrowserContext] = []

    def opened(made, known=(), *, conflicts=(), script=True, width=1400, height=900, scheme="light") -> sync_api.Page:
        file = tmp_path / "network.html"
        file.write_text(network_page(made, known or documents(), ACTIONS, quads=QUADS, conflicts=conflicts), encoding="utf-8", newline="\n")
        context = browser.new_context(
            offline=True,
            java_script_enabled=script,
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            accept_downloads=True,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("request", lambda asked: asked.url in (file.as_uri(),) or asked.url.startswith("blob:") or heard.append(asked.url))
        page.on("console", lambda message: heard.append(message.text))
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.on("dialog", lambda dialog: heard.append(dialog.message))
        page.goto(file.as_uri())
        if script and made:
            page.wait_for_selector("html[data-ready]", state="attached")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert heard == []


def shown(page: sync_api.Page) -> int:
    """How many rows the filters leave, whether or not the table is seen."""
    return int(page.evaluate("document.querySelectorAll('#table tbody tr:not([hidden])').length"))


def sentences(page: sync_api.Page) -> list[str]:
    return page.locator("#evidence blockquote p").all_text_contents()


def test_the_first_view_shows_facts_and_nothing_else(open_page):
    made = events()

    page = open_page(made)

    facts = sum(one.modality == "asserted" for one in made)
    assert shown(page) == facts
    assert f"{facts} of {facts} events" in page.inner_text("#status")
    page.check("#unasserted")
    assert shown(page) == len(made)


def test_search_then_enter_shows_the_sentences(open_page):
    page = open_page([event(VALDRIA, "action:shell", OSMERE, ("003", "Valdria shelled Osmere."), day="2031-04-01"), *events()])

    page.keyboard.press("/")
    page.keyboard.type("vald")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")

    assert page.inner_text("#evidence h2") == "Valdria"
    assert "Valdria shelled Osmere." in sentences(page)
    assert page.locator("#evidence mark", has_text="shelled").count() >= 1
    page.keyboard.press("Escape")
    assert "Choose an actor" in page.inner_text("#evidence h2")


def test_an_actor_and_then_a_tie_are_chosen_by_keyboard_alone(open_page):
    page = open_page([event(VALDRIA, "action:shell", OSMERE, ("003", "Valdria shelled Osmere."), day="2031-04-01")])

    page.locator("#evidence .choices").nth(1).get_by_role("button", name="Osmere").focus()
    page.keyboard.press("Enter")
    assert page.inner_text("#evidence h2") == "Osmere"
    assert page.evaluate("document.activeElement.id") == "evidence"
    page.locator("#evidence .partners").get_by_role("button", name="Valdria").focus()
    page.keyboard.press("Enter")

    assert page.inner_text("#evidence h2") == "Osmere and Valdria"
    assert sentences(page) == ["Valdria shelled Osmere."]
    assert page.get_attribute("#evidence cite a", "href") == "https://news.example/3"
    assert page.get_attribute("#evidence cite a", "rel") == "noopener noreferrer"


def test_what_sources_disagree_on_stands_beside_the_event_in_plain_words(open_page):
    shelled = event(VALDRIA, "action:shell", OSMERE, ("003", "Valdria fired 40 shells."), ("004", "Valdria fired 90."), day="2031-04-01")
    one, other = shelled.statements
    sides = (Side(("40 shells", "<b>about 45</b>"), (one,)), Side(("90 shells",), (other,)))
    page = open_page([shelled], conflicts=[Conflict(shelled.id, "quantities", sides)])

    page.locator("#evidence .choices").nth(1).get_by_role("button", name="Osmere").click()

    assert page.locator("#evidence .dispute").all_inner_texts() == [
        "Sources disagree on the number:\n40 shells, <b>about 45</b> · 003\n90 shells · 004"
    ]


def test_a_click_in_the_picture_chooses_the_actor(open_page):
    page = open_page([event(VALDRIA, "action:shell", OSMERE, ("003", "Valdria shelled Osmere."), day="2031-04-01")])
    place = page.locator("#canvas").bounding_box()

    for part in range(40):
        page.mouse.click(place["x"] + place["width"] * part / 40, place["y"] + place["height"] / 2)
        if page.locator("#evidence .back").count():
            break

    assert sentences(page) == ["Valdria shelled Osmere."]


def test_events_without_another_side_are_in_the_evidence(open_page):
    page = open_page(
        [
            event(None, "action:shell", OSMERE, ("003", "Osmere was shelled."), day="2031-04-01"),
            event(VALDRIA, "action:accuse", VALDRIA, ("003", "Valdria accused itself."), day="2031-04-01"),
        ]
    )

    assert page.inner_text("#status") == "2 of 2 actors · 2 of 2 events"
    page.fill("#search", "osmere")
    page.press("#search", "Enter")
    assert sentences(page) == ["Osmere was shelled."]


def test_a_type_that_is_unchecked_disappears(open_page):
    page = open_page(
        [
            event(VALDRIA, "action:shell", OSMERE, ("003", "a"), day="2031-04-01"),
            event(VALDRIA, "action:meet", OSMERE, ("003", "b"), day="2031-04-02"),
        ]
    )

    page.uncheck("[data-type=ASSAULT]")

    assert shown(page) == 1
    assert page.inner_text("#status") == "2 of 2 actors · 1 of 2 events"
    page.uncheck("[data-group] >> nth=0")
    assert page.inner_text("#evidence h2") == "Nothing to show"


def test_dates_narrow_what_is_shown_and_undated_events_are_a_switch(open_page):
    page = open_page(
        [
            event(VALDRIA, "action:shell", OSMERE, ("003", "a"), day="2031-04-01"),
            event(VALDRIA, "action:shell", OSMERE, ("003", "b"), day="2031-05"),
            event(VALDRIA, "action:shell", OSMERE, ("003", "c")),
        ]
    )

    page.fill("#from", "2031-05-20")
    page.dispatch_event("#from", "change")
    assert shown(page) == 2
    page.uncheck("#undated")
    assert shown(page) == 1
    page.click("#all-dates")
    assert shown(page) == 2


def test_the_strongest_come_first_and_a_control_shows_more(open_page):
    many = [Actor(f"actor:{number}", f"Village {number}", "population") for number in range(100)]
    made = [event(one, "action:accuse", VALDRIA, ("001", one.label), day="2031-01-01") for one in many]

    page = open_page(made)

    assert page.inner_text("#status").startswith("80 of 101 actors")
    page.fill("#limit", "101")
    assert page.inner_text("#status").startswith("101 of 101 actors")


def test_saved_cells_cannot_run_as_formulas(open_page, tmp_path):
    evil = Actor("actor:evil", '=HYPERLINK("http://evil.example")', "state")
    page = open_page([event(evil, "action:accuse", VALDRIA, ("001", "+1 accused"), day="2031-01-01")])

    with page.expect_download() as saving:
        page.click("#csv")
    saving.value.save_as(tmp_path / "events.csv")

    text = (tmp_path / "events.csv").read_text(encoding="utf-8-sig")
    assert '"\'=HYPERLINK(""http://evil.example"")"' in text
    assert '"\'+1 accused"' in text


def test_the_picture_can_be_saved(open_page):
    page = open_page(events())

    with page.expect_download() as saving:
        page.click("#png")

    assert saving.value.suggested_filename == "network.png"


def test_hostile_text_is_shown_as_text(open_page):
    quote = '</script><script>alert(1)</script><img src="https://evil.example/x"> \u202egnirts ' + "long " * 2000
    evil = Actor("actor:evil", "<img src=x onerror=alert(2)>\u202e", "state")
    known = [Document("001", "", (), title="<b>title</b>", source="<i>source</i>", url="javascript:alert(3)")]
    page = open_page([event(evil, "action:accuse", VALDRIA, ("001", quote), day="2031-01-01", trigger="gnirts")], known)

    page.fill("#search", "img")
    page.press("#search", "Enter")
    page.mouse.move(700, 450)

    assert sentences(page) == [quote]
    assert page.locator("#evidence a").count() == 0
    assert page.locator("img, iframe").count() == 0
    assert page.evaluate("document.querySelector('#evidence').scrollWidth <= document.querySelector('#evidence').clientWidth")


def test_the_policy_stops_an_injected_handler(browser, tmp_path):
    file = tmp_path / "network.html"
    text = network_page(events(), documents(), ACTIONS, quads=QUADS)
    file.write_text(text.replace("<h1>", '<h1 onclick="document.title = 1">'), encoding="utf-8", newline="\n")
    page = browser.new_page()
    page.goto(file.as_uri())

    page.click("h1")

    assert page.title() == "Who did what to whom"
    page.close()


def test_without_javascript_the_table_is_there(open_page):
    made = events()

    page = open_page(made, script=False)

    assert page.locator("#table tbody tr:visible").count() == len(made)
    assert page.locator("noscript").is_visible()
    assert not page.locator("#canvas").is_visible()


def test_the_table_can_take_the_place_of_the_picture(open_page):
    page = open_page(events())

    page.click("#as-table")

    assert page.locator("#table tbody tr:visible").count() == shown(page)
    assert page.get_attribute("#as-table", "aria-pressed") == "true"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_telephone_nothing_sticks_out(open_page, scheme):
    page = open_page(events(), width=390, height=844, scheme=scheme)

    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.fill("#search", "osmere")
    page.press("#search", "Enter")
    assert page.locator("#evidence h2").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_no_label_lies_on_another_at_first_view(open_page, tmp_path):
    """Measured with the font of the browser, where the layout could only reckon."""
    page = open_page(events())
    page.click("#fit")

    overlaps = page.evaluate("""() => {
        const nodes = JSON.parse(document.getElementById("data").textContent).picture.nodes;
        const context = document.createElement("canvas").getContext("2d");
        const boxes = nodes.map(({x, y, label, size, letters}) => {
            context.font = `${letters}px ${getComputedStyle(document.body).fontFamily}`;
            const lines = label.split("\\n");
            const half = Math.max(...lines.map((line) => context.measureText(line).width)) / 2;
            return [x - half, y + size + 4, x + half, y + size + 4 + letters * lines.length];
        });
        const touch = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
        return boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => touch(a, b)));
    }""")

    assert overlaps == []


def test_an_empty_graph_says_so(open_page):
    assert "No events" in open_page([]).inner_text("main")
