"""The documentation: every block in it is run, every link leads somewhere, and no page fetches anything.

A block of ``sh`` is run by the shell, and the block of ``text`` that follows it at once is what it prints; ``kg`` alone is
run in this process, which is quicker. ``python`` is one session a page, ``sparql`` a question of the graph in ``out``.
"""

import doctest
import os
import re
import runpy
import shlex
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from click.testing import CliRunner
from page_browser import IN_BROWSER
from test_readme import SHELL, lines_of

from kg.cli import main
from tools.docs.pages import actions, commands
from tools.docs.site import build

HERE = Path(__file__).parent.parent
PATTERNS = runpy.run_path(str(HERE / "docs" / "conf.py"))["include_patterns"]
PAGES = sorted(path for pattern in PATTERNS for path in HERE.glob(pattern.replace("**", "**/*")))
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$(?:\n\n```text\n(.*?)^```$)?", re.DOTALL | re.MULTILINE)
WIDE = {**SHELL, "COLUMNS": "200"}
PART = re.compile(r".*<<'(\w+)'\n(?:.*\n)*?\1\n|.*\n")
ALONE = re.compile(r"kg [^\n|<>&;$]*\n")
SERVERS = {"kg serve": "8000", "oxigraph serve --location store": "7878"}
"""What is started and goes on running while the rest of its page is, with its port: the tests take another."""
LEFT = ("make ", ".ci/run", ". .venv/", "kg check --fix")
"""What a block is not run for: it installs, takes hours, or writes into our tables; .ci/run does what of it is quick."""
CLAUSE = "  VALUES ?given_actor"  # how a block of SPARQL begins that is a part of a question
WITHIN = 60  # seconds until a server answers


def blocks(page: Path) -> list[tuple[str, str, str | None]]:
    """The blocks of a page: its language, what it holds, and what it prints, if that is shown."""
    found = BLOCK.findall(page.read_text(encoding="utf-8"))
    return [(language, held, shown or None) for language, held, shown in found if not held.startswith((*LEFT, CLAUSE))]


def name(page: Path) -> str:
    """How a test names a page."""
    return page.relative_to(HERE).as_posix()


@pytest.fixture
def folder(tmp_path, built, monkeypatch) -> Path:
    """Where a page is run: with the practice articles and the graph of them."""
    (tmp_path / "corpus").symlink_to(HERE / "corpus")
    shutil.copytree(built, tmp_path / "out")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", WIDE["COLUMNS"])
    return tmp_path


@pytest.mark.parametrize("page", [page for page in PAGES if {"sh", "python", "sparql"} & {block[0] for block in blocks(page)}], ids=name)
def test_every_block_of_a_page_does_what_it_shows(folder, page):
    session: dict[str, object] = {}
    ports = {old: str(free_port()) for old in SERVERS.values()}
    with ExitStack() as running:
        for language, held, shown in blocks(page):
            for old, new in ports.items():
                held = held.replace(f":{old}", f":{new}")
            if language == "sh" and held.strip() in SERVERS:
                running.enter_context(served(held.strip(), ports[SERVERS[held.strip()]]))
            elif language == "sh":
                compare(held, shown, printed(held))
            elif language == "python":
                converse(held, session)
            elif language == "sparql":
                compare(held, shown, asked("query", held, "--format", "table"))


def compare(held: str, shown: str | None, told: str) -> None:
    """What is shown has been told, line by line: a line of dots is any lines, dots at the end of one are any rest of it."""
    if shown is not None:
        lines = iter(lines_of(told))
        left = [line for line in lines_of(shown) if not any(map(partial(agree, line), lines))]
        assert left == [], f"{held}\n{told}"
        assert "…" in shown.split("\n") or list(lines) == [], f"{held}\n{told}"


def agree(shown: str, told: str) -> bool:
    """Whether a line is the one that is shown, or begins so."""
    return told.startswith(shown.removesuffix("…").rstrip()) if shown.endswith("…") else told == shown


def printed(script: str) -> str:
    """What a script prints, questions as tables; it is run part by part."""
    script = re.sub(r"^kg query (?!--list)(?!.*--format)", "kg query --format table ", script, flags=re.MULTILINE)
    return "".join(
        asked(*shlex.split(part)[1:]) if ALONE.fullmatch(part) else by_the_shell(part)
        for part in (found[0] for found in PART.finditer(script))
    )


def by_the_shell(part: str) -> str:
    """What a part of a script prints that is more than one command of ours."""
    done = subprocess.run(["sh", "-ec", part], env=WIDE, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, f"{part}\n{done.stderr}"
    return done.stdout


def asked(*words: str) -> str:
    """What a command prints, run here."""
    done = CliRunner().invoke(main, words, catch_exceptions=False)
    assert done.exit_code == 0, f"kg {shlex.join(words)}\n{done.output}"
    return done.stdout


def converse(held: str, session: dict[str, object]) -> None:
    """Run a block as Python: as a conversation where it has prompts, else as it stands."""
    if ">>>" not in held:
        exec(compile(held, "<block>", "exec"), session)
        return
    heard: list[str] = []
    examples = doctest.DocTestParser().get_doctest(held, session, "block", None, 0)
    doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS).run(examples, out=heard.append, clear_globs=False)
    session.update(examples.globs)
    assert heard == []


def free_port() -> int:
    """A port that nobody listens on."""
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def served(command: str, port: str) -> Iterator[None]:
    """Start a server as the page says, but at another port; wait for it, and stop it in the end."""
    option = ["--port", port] if command.startswith("kg") else ["--bind", f"127.0.0.1:{port}"]
    place = Path(sys.executable).parent
    with subprocess.Popen([place / command.split()[0], *command.split()[1:], *option], stderr=subprocess.DEVNULL) as process:
        try:
            until = time.monotonic() + WITHIN
            while time.monotonic() < until and process.poll() is None:
                with closing(socket.socket()) as knocking:
                    if knocking.connect_ex(("127.0.0.1", int(port))) == 0:
                        break
                time.sleep(0.1)
            yield
        finally:
            process.terminate()


@pytest.mark.parametrize(("page", "text"), [("commands.md", commands), ("actions.md", actions)])
def test_the_pages_of_the_reference_are_up_to_date(page, text):
    assert (HERE / "docs" / "reference" / page).read_text(encoding="utf-8") == text(), "python -m tools.docs.pages"


class Links(HTMLParser):
    """What a page links to, what it fetches by itself, and the names within it."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.names: set[str] = set()
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = {key: value or "" for key, value in attributes}
        self.names |= {found[key] for key in ("id", "name") if key in found}
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        elif tag != "a":
            self.fetched += [found[key] for key in ("src", "href", "srcset", "data", "poster", "action") if key in found]


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    """The site, built without a warning."""
    folder = tmp_path_factory.mktemp("site")
    build(folder)
    return folder


@pytest.fixture(scope="module")
def seen(site) -> dict[Path, Links]:
    """Every page of the site."""
    return {page: Links(page) for page in site.rglob("*.html")}


def test_no_link_of_the_site_is_dead(site, seen):
    dead = []
    for page, links in seen.items():
        for link in {*links.links, *links.fetched}:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            to = (page.parent / unquote(parts.path)).resolve() if parts.path else page
            if not to.is_file() or (parts.fragment and to in seen and unquote(parts.fragment) not in seen[to].names):
                dead.append((str(page.relative_to(site)), link))

    assert len(seen) > 25
    assert dead == []


def test_no_page_of_the_site_fetches_anything_from_elsewhere(site, seen):
    outside = re.compile(r"(?:https?:)?//\w")
    styles = "".join(path.read_text(encoding="utf-8") for path in site.rglob("*.css"))

    assert [(page.name, link) for page, links in seen.items() for link in links.fetched if outside.match(link)] == []
    assert re.findall(r"(?:@import|url\()\s*[\"']?(?:https?:)?//[^)\s]*", styles) == []


@IN_BROWSER
def test_the_site_opens_from_disk_and_finds_what_is_searched_for(site, browser):
    context = browser.new_context(offline=True)
    tab = context.new_page()
    heard: list[str] = []
    tab.on("request", lambda asked: asked.url.startswith("file:") or heard.append(asked.url))
    tab.on("pageerror", lambda error: heard.append(str(error)))

    tab.goto((site / "index.html").as_uri())
    tab.wait_for_url("**/docs/index.html")
    tab.goto(f"{(site / 'search.html').as_uri()}?q=hypothetical")
    tab.wait_for_selector("ul.search li a")
    found = tab.inner_text("ul.search")
    context.close()

    assert "Whether it happened" in found
    assert heard == []


def test_the_site_opens_at_its_top(site):
    assert 'url=docs/index.html"' in (site / "index.html").read_text(encoding="utf-8")
    assert os.path.exists(site / "docs" / "index.html")
