"""Measure how fast the network page is: python -m tools.views.bench [--folder build/pages].

Pages of the same invented events are opened in Chromium one after another, in one run, so that their ratios mean something on
any machine: bare pyvis with its default physics, pyvis with places given (the quick view), and the page of ``kg build``.
Ready is when the picture stands and filters work; a frame is the time between two while the picture is dragged.
Needs playwright and Debian's Chromium, as the tests of the page do.
"""

import argparse
import random
import shutil
import time
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from kg.model import Action, Actor, Document, Event, Evidence, Modality, Statement, When, digest
from kg.views import network_page, quick_view

KINDS = ("state", "armed-forces", "armed-group", "person", "international-organisation", "company", "population")
ACTIONS = {
    f"action:{name}": Action(f"action:{name}", name, kind)
    for name, kind in (("meet", "CONSULT"), ("help", "AID"), ("accuse", "ACCUSE"), ("shell", "ASSAULT"))
}
QUADS = {"CONSULT": 1, "AID": 2, "ACCUSE": 3, "ASSAULT": 4}
SIZES = ((80, 400), (300, 2000))
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"]
PHYSICS_LIMIT = 180_000  # milliseconds after which we stop waiting for physics to settle
FRAMES = """async () => {
    const canvas = document.querySelector("canvas"), box = canvas.getBoundingClientRect(), times = [];
    const fire = (name, x, y) => canvas.dispatchEvent(new PointerEvent(`pointer${name}`, {
        bubbles: true, clientX: x, clientY: y, pointerId: 1, buttons: name === "up" ? 0 : 1, pointerType: "mouse", isPrimary: true }));
    Element.prototype.setPointerCapture = () => {};
    const x = box.left + box.width / 2, y = box.top + 12;
    fire("down", x, y);
    for (let step = 0, last = performance.now(); step < 40; step++) {
        fire("move", x + step * 3, y + step * 2);
        await new Promise((done) => requestAnimationFrame(done));
        times.push(performance.now() - last);
        last = performance.now();
    }
    fire("up", x + 120, y + 80);
    times.sort((a, b) => a - b);
    return [times[20], times[37]];
}"""


def invented(actors: int, ties: int) -> list[Event]:
    """Events of that many different ties; a few actors have a part in most."""
    chance = random.Random(1)
    people = [
        Actor(f"actor:{number}", f"{KINDS[number % 7].replace('-', ' ').title()} {number}", KINDS[number % 7]) for number in range(actors)
    ]
    weights = [1 / (number + 3) ** 0.75 for number in range(actors)]
    made: dict[tuple[str, str], Event] = {}
    while len(made) < ties:
        one, other = chance.choices(people, weights, k=2)
        one = people[len(made)] if len(made) < actors else one
        if one != other and (one.id, other.id) not in made:
            made[one.id, other.id] = _event(one, chance.choice(list(ACTIONS)), other, chance)
    return list(made.values())


def _event(actor: Actor, action: str, target: Actor, chance: random.Random) -> Event:
    day = (date(2031, 1, 1) + timedelta(days=chance.randrange(365))).isoformat()
    quote = f"{actor.label} is said to have done this to {target.label} on that day, as two officials who were not named told reporters."
    said = Evidence(f"{chance.randrange(100):03}", 0, len(quote), quote, "done", "rule")
    statement = Statement(actor, action, target, When(day, "", "explicit"), "", Modality.ASSERTED, (), (), said)
    return Event(f"event:{digest(actor.id, target.id)}", actor, action, target, day, "", Modality.ASSERTED, (), (statement,))


def write_pages(folder: Path, events: Sequence[Event]) -> dict[str, tuple[Path, float]]:
    """Write the pages; each with the seconds that Python took."""
    from pyvis.network import Network

    documents = [Document(f"{number:03}", "", (), title=f"Report {number}", source="Wire") for number in range(100)]

    def bare() -> str:
        network = Network(directed=True, cdn_resources="in_line")
        for event in events:
            for actor in (event.actor, event.target):
                network.add_node(actor.id, actor.label)  # type: ignore[union-attr]
            network.add_edge(event.actor.id, event.target.id)  # type: ignore[union-attr]
        return str(network.generate_html())

    makers = {
        "pyvis, default physics": bare,
        "pyvis, places given": lambda: str(quick_view(events, ACTIONS, QUADS, most=len(events)).generate_html()),
        "the page of kg build": lambda: network_page(events, documents, ACTIONS, quads=QUADS),
    }
    written = {}
    for number, (name, make) in enumerate(makers.items()):
        begun = time.process_time()
        text = make()
        seconds = time.process_time() - begun
        path = folder / f"{len(events)}-{number}.html"
        path.write_text(text, encoding="utf-8", newline="\n")
        written[name] = path, seconds
    return written


def measure(browser: Any, name: str, path: Path) -> tuple[float, float, float]:
    """Open a page: seconds until it is ready, and milliseconds of a frame, the median and the 95th of a hundred."""
    context = browser.new_context(offline=True, viewport={"width": 1400, "height": 900})
    page = context.new_page()
    page.set_default_timeout(PHYSICS_LIMIT)
    page.goto(path.absolute().as_uri(), wait_until="commit" if "physics" in name else "load")
    if name.startswith("the page"):
        page.wait_for_selector("html[data-ready]", state="attached")
        ready = page.evaluate("performance.now()")
        page.fill("#limit", page.get_attribute("#limit", "max"))
    elif "physics" in name:
        page.wait_for_selector("canvas", state="attached")
        ready = page.evaluate(
            f"new Promise((done) => {{ setTimeout(() => done({PHYSICS_LIMIT}), {PHYSICS_LIMIT});"
            " network.once('stabilizationIterationsDone', () => done(performance.now())); })"
        )
    else:
        ready = page.evaluate("new Promise((done) => { network.once('afterDrawing', () => done(performance.now())); network.redraw(); })")
    page.wait_for_timeout(800)
    frame, slow = page.evaluate(FRAMES)
    context.close()
    return ready / 1000, frame, slow


def main() -> None:
    """Print one line for each page."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=Path("build") / "pages")
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        for actors, ties in SIZES:
            pages = write_pages(folder, invented(actors, ties))
            print(f"\n{actors} actors, {ties} ties        python s     MB   ready s   times   frame ms (95 %)")
            found = {name: (path, seconds, *measure(browser, name, path)) for name, (path, seconds) in pages.items()}
            own = found["the page of kg build"][2]
            for name, (path, seconds, ready, frame, slow) in found.items():
                size = path.stat().st_size / 1e6
                print(f"{name:26} {seconds:9.2f} {size:6.2f} {ready:9.2f} {ready / own:7.1f} {frame:10.0f} ({slow:.0f})")
        browser.close()


if __name__ == "__main__":
    main()
