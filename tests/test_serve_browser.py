"""The page to ask on in a browser: it asks nobody but its own server, and works by keyboard and without script."""

from collections.abc import Iterator
from typing import Any

import pytest
from page_browser import IN_BROWSER
from serve_sample import write_sample

from tools.serving.server import running

LABELS = "SELECT ?actor ?label { ?actor a kg:Actor ; skos:prefLabel ?label }"

pytestmark = IN_BROWSER


@pytest.fixture(scope="module")
def port(tmp_path_factory) -> Iterator[int]:
    with running(write_sample(tmp_path_factory.mktemp("served") / "out")) as server:
        yield server.port


@pytest.fixture
def open_page(browser, port):
    """Opens a path of the server; afterwards nobody else may have been asked, and no error told, but those that are expected."""
    heard: list[str] = []
    contexts = []

    def opened(path: str = "/query", *, script: bool = True, scheme: str = "light", width: int = 1200) -> Any:
        context = browser.new_context(java_script_enabled=script, color_scheme=scheme, viewport={"width": width, "height": 900})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        own = f"http://127.0.0.1:{port}/"
        page.on("request", lambda asked: asked.url.startswith((own, "data:")) or heard.append(asked.url))
        page.on("console", lambda message: "status of 400" in message.text or heard.append(message.text))
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.goto(own.rstrip("/") + path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert heard == []


def column(page: Any, number: int) -> list[str]:
    return [text.strip() for text in page.locator(f"#table tbody td:nth-child({number})").all_text_contents()]


def test_a_question_is_asked_by_keyboard(open_page):
    page = open_page()

    page.focus("#sparql")
    page.keyboard.type(LABELS)
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#table td")

    assert sorted(column(page, 2)) == ["Kenya", "Uganda", "the <b>Front</b>"]
    assert "actor:kenya" in column(page, 1)
    assert page.text_content("#status").startswith("3 rows in ")


def test_what_came_is_sorted_by_a_column(open_page):
    page = open_page()
    page.fill("#sparql", "SELECT ?n { VALUES ?n { 10 9 100 } }")
    page.click("button[type=submit]")

    page.click("#table th button")
    up = column(page, 1)
    page.click("#table th button")

    assert (up, column(page, 1)) == (["9", "10", "100"], ["100", "10", "9"])
    assert page.get_attribute("#table th", "aria-sort") == "descending"


def test_an_example_is_asked_with_a_click(open_page):
    page = open_page()

    page.click("#examples a >> nth=0")
    page.wait_for_function("document.getElementById('status').textContent.includes(' in ')")

    assert page.input_value("#sparql").startswith("# ")


def test_a_mistake_is_shown_and_the_cursor_put_there(open_page):
    page = open_page()
    page.fill("#sparql", "SELECT *\nWHERE { ?s ?p foo }")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#problem:not([hidden])")

    assert "line 2, column " in page.text_content("#problem")
    assert page.evaluate("document.getElementById('sparql').selectionStart") >= len("SELECT *\nWHERE { ?s ?p ")


def test_tab_indents_and_escape_lets_it_leave(open_page):
    page = open_page()
    page.focus("#sparql")
    page.keyboard.press("Tab")
    indented = page.input_value("#sparql")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")

    assert (indented, page.evaluate("document.activeElement.id")) == ("  ", "")
    assert page.evaluate("document.activeElement.textContent") == "Ask"


def test_a_question_is_answered_without_script(open_page):
    page = open_page(script=False)
    page.fill("#sparql", LABELS)
    page.click("button[type=submit]")

    assert sorted(column(page, 2)) == ["Kenya", "Uganda", "the <b>Front</b>"]


@pytest.mark.parametrize("path", ["/query", "/id/actor/kenya", "/ontology", "/"])
@pytest.mark.parametrize("width", [360, 1200])
def test_a_page_fits_its_window_in_the_dark_too(open_page, path, width):
    page = open_page(path, scheme="dark", width=width)

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 23, 26)"
