"""The network page in a browser without a network: what the first view shows, evidence, filters, and hostile text."""

import pytest
from network_sample import ACTIONS, QUADS, actors, crowd, documents, event, events
from page_browser import IN_BROWSER, pointed, search, sentences, shown

from kg.conflicts import Conflict, Side
from kg.model import Actor, Document
from kg.views import choose, network_page, outline

VALDRIA, OSMERE, TARSK = actors()[:3]
SHELLED = event(VALDRIA, "action:shell", OSMERE, ("003", "Valdria shelled Osmere."), day="2031-04-01", trigger="shelled")

pytestmark = IN_BROWSER


def test_the_first_view_shows_facts_and_nothing_else(open_page):
    made = events()

    page = open_page(made)

    facts = sum(one.modality == "asserted" for one in made)
    assert shown(page) == facts
    assert f"{facts} of {facts} events" in page.inner_text("#status")
    page.check("#unasserted")
    assert shown(page) == len(made)


def test_each_kind_of_what_did_not_happen_has_a_switch_of_its_own(open_page):
    kinds = ("negated", "intended", "intended", "hypothetical")
    made = [event(VALDRIA, "action:shell", OSMERE, ("003", str(number)), modality=kind) for number, kind in enumerate(kinds)]
    page = open_page([*made, SHELLED])

    page.check("#unasserted")
    page.uncheck("[data-modality=intended]")

    assert shown(page) == 3
    assert page.locator("#legend-unasserted").is_visible()
    assert page.evaluate("document.getElementById('unasserted').indeterminate")


def test_the_sentence_marks_actors_and_action_and_names_its_article(open_page):
    page = open_page([SHELLED, *events()])

    search(page, "valdria")

    card = page.locator("#evidence article", has_text="Valdria shelled Osmere.")
    assert card.locator("mark").all_text_contents() == ["shelled"]
    assert card.locator("u").all_text_contents() == ["Valdria", "Osmere"]
    assert card.locator("cite a").get_attribute("href") == "https://news.example/3"
    assert card.locator("cite a").get_attribute("rel") == "noopener noreferrer"
    assert "reckoned from the text: “on Monday”" in card.inner_text()
    assert "1 source" in card.inner_text()


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
    page = open_page([SHELLED])

    page.mouse.click(*pointed(page, "Valdria\n"))

    assert page.inner_text("#evidence h2") == "Valdria"
    assert sentences(page) == ["Valdria shelled Osmere."]


def test_a_finger_chooses_too(open_page):
    page = open_page([SHELLED], touch=True)

    page.touchscreen.tap(*pointed(page, "Valdria\n"))

    assert page.inner_text("#evidence h2") == "Valdria"


def test_a_click_on_the_arc_chooses_the_tie(open_page):
    page = open_page([SHELLED])

    page.mouse.click(*pointed(page, "Valdria → Osmere"))

    assert page.inner_text("#evidence h2") == "Valdria and Osmere"


def test_events_without_another_side_are_in_the_evidence(open_page):
    page = open_page(
        [
            event(None, "action:shell", OSMERE, ("003", "Osmere was shelled."), day="2031-04-01"),
            event(VALDRIA, "action:accuse", VALDRIA, ("003", "Valdria accused itself."), day="2031-04-01"),
        ]
    )

    assert page.inner_text("#status") == "2 of 2 actors · 2 of 2 events"
    search(page, "osmere")
    assert sentences(page) == ["Osmere was shelled."]
    page.keyboard.press("Escape")
    search(page, "valdria")
    assert sentences(page) == ["Valdria accused itself."]


def test_a_type_or_a_finer_action_that_is_unchecked_disappears(open_page):
    page = open_page(
        [
            SHELLED,
            event(VALDRIA, "action:airstrike", OSMERE, ("003", "a"), day="2031-04-01"),
            event(VALDRIA, "action:meet", OSMERE, ("003", "b"), day="2031-04-02"),
        ]
    )

    page.get_by_role("button", name="Finer actions of Assault").click()
    page.uncheck("#finer-ASSAULT label:has-text('shell') input")
    assert shown(page) == 2
    assert page.evaluate("document.querySelector('[data-type=ASSAULT]').indeterminate")
    page.uncheck("[data-type=CONSULT]")
    assert shown(page) == 1
    page.check("[data-type=ASSAULT]")
    assert shown(page) == 2
    page.uncheck("[data-type=ASSAULT]")
    assert page.inner_text("#evidence h2") == "Nothing to show"


def test_actor_types_sources_and_the_number_of_reports_narrow_what_is_shown(open_page):
    army = Actor("actor:army", "Valdrian Army", "armed-forces")
    page = open_page(
        [
            SHELLED,
            event(army, "action:meet", OSMERE, ("000", "a"), day="2031-04-02"),
            event(VALDRIA, "action:meet", OSMERE, ("000", "b"), ("001", "c"), day="2031-04-02"),
        ]
    )

    page.fill("#reports", "2")
    assert shown(page) == 1
    page.fill("#reports", "1")
    page.uncheck("#families label:has-text('Armed forces') input")
    assert shown(page) == 2
    page.uncheck("#papers label:has-text('Wire Agency') input")
    assert shown(page) == 1
    assert page.inner_text("#families label:has-text('Armed forces') output") == "1"


def test_it_is_said_what_a_number_counts(open_page):
    page = open_page([SHELLED, event(VALDRIA, "action:meet", OSMERE, ("000", "b"), day="2031-04-02")])

    heads = page.locator("#filters fieldset:has(label output):not(#strongest):not([hidden]) legend .unit, #evidence h3 .unit")
    assert heads.all_inner_texts() == ["events"] * heads.count()
    assert heads.count() == 5
    count = page.locator("#families label:has-text('State or government') output")
    assert (count.inner_text(), count.get_attribute("title")) == ("2", "2 events with such an actor")
    assert "one of its events" in page.get_attribute("#status", "title")


def test_the_strongest_come_first_and_a_control_shows_more(open_page):
    many = [Actor(f"actor:{number}", f"Village {number}", "population") for number in range(100)]
    made = [event(one, "action:accuse", VALDRIA, ("001", one.label), day="2031-01-01") for one in many]

    page = open_page(made)

    assert page.inner_text("#status").startswith("80 of 101 actors")
    page.fill("#limit", "101")
    assert page.inner_text("#status").startswith("101 of 101 actors")


def test_a_bounded_page_says_so_and_the_notice_can_be_closed(open_page):
    made = events()
    chosen = choose(map(outline, made), events=50)
    page = open_page([one for one in made if one.id in set(chosen.events)], chosen=chosen)

    assert "50 of 120 events" in page.inner_text("#bounded")
    page.click("#understood")
    assert not page.locator("#bounded").is_visible()


def test_size_and_communities_change_the_picture(open_page):
    page = open_page(events())

    def picture():
        return page.evaluate("document.querySelector('#canvas canvas').toDataURL()")

    seen = {picture()}
    for control, value in [("#size", "betweenness"), ("#size", "pagerank"), ("#groups", "hulls"), ("#groups", "colours")]:
        page.select_option(control, value)
        seen.add(picture())

    assert len(seen) == 5


def test_hostile_text_is_shown_as_text(open_page):
    quote = '</script><script>alert(1)</script><img src="https://evil.example/x"> \u202egnirts ' + "long " * 2000
    evil = Actor("actor:evil", "<img src=x onerror=alert(2)>\u202e", "state")
    known = [Document("001", "", (), title="<b>title</b>", source="<i>source</i>", url="javascript:alert(3)")]
    other = event(evil, "action:accuse", OSMERE, ("001", "b"), day="2031-01-01", speaker=Actor("actor:{name}", "{name} <s>", "person"))
    page = open_page([event(evil, "action:accuse", VALDRIA, ("001", quote), day="2031-01-01", trigger="gnirts"), other], known)

    search(page, "img")
    page.mouse.move(700, 450)

    assert quote in sentences(page)
    assert page.locator("#evidence a").count() == 0
    assert page.locator("img, iframe, #evidence s").count() == 0
    assert "according to {name} <s>" in page.inner_text("#evidence")
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
    for part in ("#canvas", "#filters", "#time", "#search", ".tools"):
        assert not page.locator(part).is_visible()


def test_the_table_can_take_the_place_of_the_picture(open_page):
    page = open_page(events())

    page.click("#as-table")

    assert page.locator("#table tbody tr:visible").count() == shown(page)
    assert page.get_attribute("#as-table", "aria-pressed") == "true"
    page.click("#as-table")
    assert page.locator("#canvas").is_visible()


@pytest.mark.parametrize(("width", "height", "made"), [(1400, 900, events()), (390, 844, events()), (1400, 900, events(2000, crowd()))])
def test_no_label_lies_on_another_and_the_thirty_strongest_have_one(open_page, width, height, made):
    """Read from the picture as it is saved, measured with the browser's font."""
    page = open_page(made, width=width, height=height)

    boxes = page.evaluate("""async () => {
        document.querySelector("#save").open = true;
        const blob = await new Promise((resolve) => {
            URL.createObjectURL = ((old) => (blob) => (resolve(blob), old.call(URL, blob)))(URL.createObjectURL);
            HTMLAnchorElement.prototype.click = () => {};
            document.querySelector("#svg").click();
        });
        const holder = document.createElement("div");
        holder.append(document.importNode(new DOMParser().parseFromString(await blob.text(), "image/svg+xml").documentElement, true));
        document.body.append(holder);
        const found = Array.from(holder.querySelectorAll("text[paint-order]"), (text) => {
            const { x, y, width, height } = text.getBBox();
            return [x, y + height * 0.15, x + width, y + height * 0.8, text.textContent];
        });
        holder.remove();
        return found;
    }""")

    touching = [
        (one[4], other[4])
        for place, one in enumerate(boxes)
        for other in boxes[place + 1 :]
        if one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
    ]
    assert touching == []
    said = " ".join(box[4] for box in boxes)
    strongest = page.evaluate("JSON.parse(document.getElementById('data').textContent).actors.lines.slice(0, 30)")
    seen = strongest if width > 900 else strongest[:8]
    assert [label for label in seen if label.split("\n")[0] not in said] == []


def test_an_empty_graph_says_so(open_page):
    assert "No events" in open_page([]).inner_text("main")
