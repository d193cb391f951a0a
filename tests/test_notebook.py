"""The network page in a notebook, in a browser: what the frame shows, and that nothing in it gets out."""

import re

import pytest
from network_sample import ACTIONS, QUADS, documents, events
from page_browser import IN_BROWSER

from kg.views import framed, network_page

pytestmark = IN_BROWSER
ATTACK = """<script>
  const tried = [];
  const attempt = (name, deed) => { try { deed(); tried.push(name); } catch { } };
  attempt("parent", () => parent.document.body.append("owned"));
  attempt("storage", () => localStorage.setItem("a", "b"));
  attempt("cookie", () => { document.cookie = "a=b"; if (!document.cookie) throw 0; });
  attempt("top", () => { top.location = "https://example.org/"; });
  attempt("window", () => { if (!open("https://example.org/")) throw 0; });
  document.title = tried.join(" ");
</script>"""


@pytest.fixture
def shown(browser, tmp_path):
    """Show some HTML as a notebook does, and return its frame, the notebook, and all that was asked for or said."""
    contexts, heard = [], []

    def show(page):
        notebook = tmp_path / "notebook.html"
        notebook.write_text(f"<!doctype html><title>notebook</title><p id=cell>{framed(page)}", encoding="utf-8")
        context = browser.new_context(offline=True)
        contexts.append(context)
        tab = context.new_page()
        tab.set_default_timeout(10_000)
        for event in ("console", "pageerror", "dialog", "popup"):
            tab.on(event, lambda said: heard.append(str(getattr(said, "text", said))))
        tab.on("request", lambda asked: asked.url in (notebook.as_uri(), "about:srcdoc") or heard.append(asked.url))
        tab.goto(notebook.as_uri())
        return tab.frames[1], tab, heard

    yield show
    for context in contexts:
        context.close()


def test_the_page_works_in_the_frame_and_says_and_asks_nothing(shown):
    frame, _, heard = shown(network_page(events(), documents(), ACTIONS, quads=QUADS))

    frame.wait_for_selector("html[data-ready]", state="attached")
    frame.fill("#search", "Valdria")
    frame.press("#search", "Enter")
    frame.wait_for_selector("#evidence blockquote")
    frame.page.wait_for_timeout(500)

    assert heard == []


def test_what_is_in_the_frame_reaches_nothing_outside(shown):
    frame, tab, heard = shown(ATTACK)

    assert frame.title() == ""
    assert tab.title() == "notebook"
    assert "owned" not in tab.inner_text("body")
    assert [url for url in heard if re.match("https?:", url)] == []
