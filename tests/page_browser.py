"""A browser without a network for the tests of the page: any request, message or error is a failure."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from network_sample import ACTIONS, QUADS, documents

from kg.views import network_page

CHROMIUM = shutil.which("chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
Open = Callable[..., Any]
IN_BROWSER = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")


def missing() -> str:
    """Why there is no browser here, or nothing; where CI is set, that is an error of the test."""
    if "CI" in os.environ:
        return ""
    try:
        import playwright.sync_api  # noqa: F401
    except ImportError:
        return "no playwright here: pip install -e '.[dev]'"
    return "" if CHROMIUM else "no chromium here: apt-get install chromium"


@contextmanager
def launched() -> Iterator[Any]:
    """Start Chromium."""
    from playwright.sync_api import sync_playwright

    assert CHROMIUM, "CI needs chromium: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def opening(browser: Any, folder: Path) -> Iterator[Open]:
    """Give a function that opens a page of events; afterwards nothing may have been asked for or said."""
    heard: list[str] = []
    contexts: list[Any] = []

    def opened(made, known=(), *, script=True, width=1400, height=900, scheme="light", address="", media=None, touch=False, **more) -> Any:
        file = folder / "network.html"
        text = network_page(made, known or documents(), ACTIONS, quads=QUADS, **more)
        file.write_text(text, encoding="utf-8", newline="\n")
        context = browser.new_context(
            offline=True,
            java_script_enabled=script,
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            has_touch=touch,
            accept_downloads=True,
        )
        contexts.append(context)
        page = context.new_page()
        if media:
            page.emulate_media(**media)
        page.set_default_timeout(10_000)
        own = file.as_uri()
        page.on("request", lambda asked: asked.url.split("#")[0] == own or asked.url.startswith("blob:") or heard.append(asked.url))
        page.on("console", lambda message: heard.append(message.text))
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.on("dialog", lambda dialog: heard.append(dialog.message))
        page.goto(own + address)
        if script and made:
            page.wait_for_selector("html[data-ready]", state="attached")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert heard == []


def shown(page: Any) -> int:
    """How many rows the filters leave, whether or not the table is seen."""
    return int(page.evaluate("document.querySelectorAll('#table tbody tr:not([hidden])').length"))


def sentences(page: Any) -> list[str]:
    """The sentences beside the picture."""
    return page.locator("#evidence blockquote p").all_text_contents()


def until(page: Any, condition: str) -> None:
    """Wait until an expression of JavaScript is true; the policy of the page forbids the browser's own way."""
    for _ in range(200):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(25)
    raise AssertionError(f"never: {condition}")


def search(page: Any, words: str) -> None:
    """Type a name and take the first that is found."""
    page.fill("#search", words)
    page.press("#search", "Enter")


def pointed(page: Any, mark: str) -> tuple[float, float]:
    """Move the mouse over the picture until the text beside it holds a mark; return where that is."""
    box = page.locator("#canvas").bounding_box()
    places = [(box["x"] + box["width"] * x / 48, box["y"] + box["height"] * y / 36) for y in range(2, 35) for x in range(2, 47)]
    for x, y in sorted(places, key=lambda place: abs(place[1] - box["y"] - box["height"] / 2)):
        page.mouse.move(x, y)
        text = page.evaluate(
            """() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => {
                const tip = document.getElementById("tooltip");
                done(tip.hidden ? "" : tip.textContent);
            })))"""
        )
        if mark in text:
            return x, y
    raise AssertionError(f"nowhere: {mark}")


def saved(page: Any, button: str) -> str:
    """Save something from the menu and return the text of the file."""
    page.click("#save summary")
    with page.expect_download() as saving:
        page.click(button)
    return Path(saving.value.path()).read_text(encoding="utf-8")
