"""Finding and narrowing on the network page: search, neighbourhood, paths, pins, undo, and the view as an address."""

import pytest
from network_sample import actors, event, events
from page_browser import IN_BROWSER, pointed, search, sentences, shown, until

from kg.model import Actor

VALDRIA, OSMERE, TARSK, NUVIA, MARREN, KESH = actors()[:6]
CHAIN = [
    event(one, "action:meet", other, ("003", f"{one.label} met {other.label}."), day="2031-04-01")
    for one, other in [(VALDRIA, OSMERE), (OSMERE, TARSK), (TARSK, NUVIA), (NUVIA, MARREN)]
]

pytestmark = IN_BROWSER


def test_from_search_to_evidence_to_a_tie_by_keyboard_alone(open_page):
    page = open_page(CHAIN)

    page.keyboard.press("/")
    page.keyboard.type("e")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Backspace")
    page.keyboard.type("osm")
    page.keyboard.press("Enter")
    assert page.inner_text("#evidence h2") == "Osmere"
    assert page.evaluate("document.activeElement.id") == "evidence"
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").startswith("Tarsk"):
            break
    page.keyboard.press("Enter")

    assert page.inner_text("#evidence h2") == "Osmere and Tarsk Federation"
    assert sentences(page) == ["Osmere met Tarsk Federation."]
    page.keyboard.press("Escape")
    assert "Choose an actor" in page.inner_text("#evidence h2")


def test_every_part_is_reached_by_tabbing(open_page):
    page = open_page(CHAIN)

    reached = set()
    for _ in range(70):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.id || document.activeElement.closest('[id]')?.id"))

    assert {"search", "reset", "as-table", "save", "unasserted", "canvas", "fit", "histogram", "play", "from", "evidence"} <= reached


def test_actors_are_found_by_other_names_whatever_the_accents(open_page):
    lucia = Actor("actor:lucia", "Lucía Ferrán", "person")
    page = open_page(
        [event(lucia, "action:meet", OSMERE, ("003", "a"), day="2031-04-01")], names={"actor:osmere": ("Kingdom of the Lake",)}
    )

    page.fill("#search", "ferran")
    assert page.locator("#found li").all_inner_texts()[0].startswith("Lucía Ferrán")
    page.fill("#search", "of the lake")
    assert page.inner_text("#found li").split("\n") == ["Osmere", "Kingdom of the Lake"]
    assert page.inner_text("#found-count") == "1 actor found"
    page.press("#search", "Enter")
    assert "Also called: Kingdom of the Lake" in page.inner_text("#evidence")


def test_the_neighbourhood_of_an_actor_is_one_or_two_steps_wide(open_page):
    page = open_page(CHAIN)
    search(page, "valdria")

    page.check("[data-key=around-1]")
    assert page.inner_text("#status").startswith("2 of 5 actors")
    page.check("[data-key=around-2]")
    assert page.inner_text("#status").startswith("3 of 5 actors")
    assert page.evaluate("document.activeElement.dataset.key") == "around-2"
    page.check("[data-key=around-all]")
    assert page.inner_text("#status").startswith("5 of 5 actors")


def test_the_path_between_two_actors_is_told_tie_by_tie(open_page):
    page = open_page(CHAIN)
    search(page, "valdria")

    page.fill("[data-key=path]", "nuvia")
    page.press("[data-key=path]", "Enter")

    assert page.inner_text("#evidence h2") == "From Valdria to Nuvia"
    assert page.inner_text("#evidence .note") == "3 steps: Valdria – Osmere – Tarsk Federation – Nuvia"
    assert sentences(page) == ["Valdria met Osmere.", "Osmere met Tarsk Federation.", "Tarsk Federation met Nuvia."]


def test_where_no_path_is_the_page_says_so(open_page):
    apart = event(KESH, "action:meet", Actor("actor:far", "Far Away", "state"), ("003", "a"), day="2031-04-01")
    page = open_page([*CHAIN, apart], address="#path=actor:valdria+actor:kesh")

    assert page.inner_text("#evidence .note") == "No path joins them under these filters."


def test_a_pinned_actor_stays_in_the_picture(open_page):
    page = open_page(events())
    weak = page.evaluate("JSON.parse(document.getElementById('data').textContent).actors.label.at(-1)")
    search(page, weak)
    page.click("[data-key=pin]")
    page.keyboard.press("Escape")

    page.fill("#limit", "5")
    assert page.inner_text("#status").startswith("6 of")
    search(page, weak)
    page.click("[data-key=pin]")
    page.keyboard.press("Escape")
    assert page.inner_text("#status").startswith("5 of")


def test_undo_takes_back_one_change_at_a_time(open_page):
    page = open_page(CHAIN)
    page.uncheck("#undated")
    search(page, "osmere")

    page.keyboard.press("Control+z")
    assert "Choose an actor" in page.inner_text("#evidence h2")
    assert not page.is_checked("#undated")
    page.click("#undo")
    assert page.is_checked("#undated")
    assert page.locator("#undo").is_disabled()


def test_an_actor_is_dragged_and_put_back(open_page):
    page = open_page(CHAIN[:1])
    x, y = pointed(page, "Valdria\n")

    page.mouse.down()
    page.mouse.move(x + 60, y - 50, steps=4)
    page.mouse.up()

    until(page, "location.hash.includes('at=')")
    page.click("#undo")
    until(page, "!location.hash.includes('at=')")


def test_the_chosen_actor_is_moved_by_keyboard(open_page):
    page = open_page(CHAIN)
    search(page, "osmere")

    page.focus("#canvas")
    page.keyboard.press("Shift+ArrowLeft")

    until(page, "location.hash.includes('at=actor%3Aosmere%40')")


def test_the_address_brings_the_view_back(open_page):
    made = events()
    page = open_page(made)
    page.check("#unasserted")
    page.uncheck("[data-type=ASSAULT]")
    page.uncheck("#papers label:has-text('Wire Agency') input")
    page.fill("#from", "2031-03-01")
    page.dispatch_event("#from", "change")
    page.select_option("#groups", "hulls")
    page.fill("#limit", "20")
    search(page, "osmere")
    until(page, "location.hash.includes('actor=actor%3Aosmere')")
    address, before = page.evaluate("location.hash"), (shown(page), page.inner_text("#status"), page.inner_text("#evidence"))

    again = open_page(made, address=address)

    assert (shown(again), again.inner_text("#status"), again.inner_text("#evidence")) == before
    assert (again.input_value("#limit"), again.input_value("#groups"), again.input_value("#from")) == ("20", "hulls", "2031-03-01")
    assert not again.is_checked("[data-type=ASSAULT]")


@pytest.mark.parametrize(
    "address",
    [
        "#actor=actor:nobody&tie=actor:osmere&from=2031-99-99&to=<b>&top=-4&size=huge&view=x&also=asserted+lies&pins=a+b&at=x@1,2",
        "#at=actor:osmere@99999999,0&without-sources=[[]]&reports=0&steps=9&path=actor:osmere",
        "#without-sources={&%E0%A4%A&=&&actor",
        "#__proto__=x&constructor=y&top=1e9",
    ],
)
def test_an_address_is_believed_only_where_it_fits(open_page, address):
    made = events()

    page = open_page(made, address=address)

    assert shown(page) == sum(one.modality == "asserted" for one in made)
    assert "Choose an actor" in page.inner_text("#evidence h2")


def test_a_new_address_in_the_open_page_is_followed(open_page):
    page = open_page(CHAIN)

    page.evaluate("location.hash = '#actor=actor:nuvia'")

    until(page, "document.querySelector('#evidence h2').textContent === 'Nuvia'")


def test_the_address_holds_where_one_has_zoomed_to_and_filters_do_not_lose_it(open_page):
    page = open_page(events())
    page.click("#closer")
    page.focus("#canvas")
    page.keyboard.press("ArrowLeft")
    until(page, "location.hash.includes('frame=')")
    frame = page.evaluate("new URLSearchParams(location.hash.slice(1)).get('frame')")

    again = open_page(events(), address=page.evaluate("location.hash"))

    again.uncheck("#undated")
    until(again, "location.hash.includes('undated=no')")
    assert again.evaluate("new URLSearchParams(location.hash.slice(1)).get('frame')") == frame
    again.click("#fit")
    until(again, "!location.hash.includes('frame=')")


def test_the_strongest_are_those_of_what_passes_the_filters(open_page):
    """Whoever is weak in all may be the strongest in one kind of act."""
    many = [Actor(f"actor:{number}", f"Village {number}", "population") for number in range(90)]
    made = [event(one, "action:accuse", VALDRIA, ("001", f"{one.label} {time}"), day="2031-01-01") for one in many for time in range(2)]
    rare = event(OSMERE, "action:visit", KESH, ("001", "Osmere visited Kesh."), day="2031-01-01")
    page = open_page([*made, rare])
    assert page.locator("#evidence .choices").nth(1).get_by_role("button", name="Kesh").count() == 0

    page.uncheck("[data-type=ACCUSE]")

    assert page.inner_text("#status").startswith("2 of 93 actors")
    assert page.locator("#evidence .choices").nth(1).get_by_role("button", name="Kesh").count() == 1
