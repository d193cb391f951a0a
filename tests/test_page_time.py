"""Time on the network page: brush, handles, exact dates and playback, with undated events apart."""

from network_sample import actors, event
from page_browser import IN_BROWSER, search, shown, until

VALDRIA, OSMERE, TARSK = actors()[:3]
MADE = [
    event(VALDRIA, "action:shell", OSMERE, ("003", "a"), day="2031-04-01"),
    event(VALDRIA, "action:meet", OSMERE, ("003", "b"), day="2031-05"),
    event(VALDRIA, "action:shell", TARSK, ("003", "c"), day="2031-06-10"),
    event(VALDRIA, "action:shell", OSMERE, ("003", "d")),
]

pytestmark = IN_BROWSER


def test_exact_dates_narrow_what_is_shown_and_undated_events_are_a_switch(open_page):
    page = open_page(MADE)

    page.fill("#from", "2031-05-20")
    page.dispatch_event("#from", "change")
    assert shown(page) == 3
    page.uncheck("#undated")
    assert shown(page) == 2
    page.fill("#to", "2031-05-31")
    page.dispatch_event("#to", "change")
    assert shown(page) == 1
    page.click("#all-dates")
    assert shown(page) == 3
    assert page.inner_text("#undated-count") == "1"


def test_a_stretch_is_chosen_by_dragging_over_the_histogram(open_page):
    page = open_page(MADE)
    place = page.locator("#histogram").bounding_box()
    x, y = place["x"], place["y"] + 30

    page.mouse.move(x + 3, y)
    page.mouse.move(x + 7, y - 25)
    page.mouse.down()
    page.mouse.move(x + place["width"] / 4, y)
    page.mouse.up()

    assert page.input_value("#to") < "2031-05-01"
    assert shown(page) == 2


def test_the_window_is_moved_as_a_whole(open_page):
    page = open_page(MADE, address="#from=2031-04-01&to=2031-04-10")
    place = page.locator("#histogram .window").bounding_box()
    x, y = place["x"] + place["width"] / 2, place["y"] + 20

    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 300, y)
    page.mouse.up()

    assert "2031-04-10" < page.input_value("#from") < page.input_value("#to")


def test_the_handles_are_moved_by_keyboard(open_page):
    page = open_page(MADE)

    handle = page.get_by_role("slider", name="First day shown")
    handle.focus()
    page.keyboard.press("PageUp")
    page.keyboard.press("ArrowRight")

    assert page.input_value("#from") == "2031-04-07"
    assert handle.get_attribute("aria-valuetext") == "2031-04-07"
    assert shown(page) == 3
    page.get_by_role("slider", name="Last day shown").focus()
    page.keyboard.press("PageDown")
    assert shown(page) == 2
    page.keyboard.press("End")
    page.get_by_role("slider", name="First day shown").focus()
    page.keyboard.press("Home")
    assert page.input_value("#from") == ""


def test_playback_fills_time_up_from_the_beginning_and_stops_when_asked(open_page):
    page = open_page(MADE)

    page.click("#play")
    assert shown(page) == 2
    assert page.inner_text("#play") == "Pause"
    until(page, "document.getElementById('to').value > '2031-04-01'")
    page.click("#play")

    assert page.inner_text("#play") == "Play"
    assert page.input_value("#from") == "2031-04-01"


def test_without_any_date_there_is_no_histogram_but_every_event(open_page):
    page = open_page([MADE[3]])

    assert page.locator("#histogram").count() == 0
    assert page.inner_text("#time-note") == "No event has a date"
    assert shown(page) == 1


def test_bars_stand_above_the_line_for_cooperation_and_below_for_conflict(open_page):
    page = open_page(MADE)

    up = page.locator("#histogram .cooperation").first.bounding_box()
    down = page.locator("#histogram .conflict").first.bounding_box()

    assert up["y"] + up["height"] <= down["y"] + 0.5


def test_what_is_not_asserted_stands_apart_in_the_histogram(open_page):
    feared = event(VALDRIA, "action:shell", TARSK, ("003", "e"), day="2031-04-01", modality="hypothetical")
    page = open_page([*MADE, feared])
    assert page.locator("#histogram rect.unasserted").count() == 0

    page.check("#unasserted")

    assert page.locator("#histogram rect.unasserted").count() == 1
    assert page.locator("#evidence .choices").nth(1).get_by_role("button", name="Tarsk Federation").inner_text().endswith("1 (+1)")


def test_the_histogram_is_that_of_the_chosen_actor(open_page):
    page = open_page(MADE)
    assert page.locator("#histogram rect.conflict").count() == 2

    search(page, "tarsk")

    assert page.locator("#histogram rect.conflict").count() == 1
    assert page.locator("#histogram rect.cooperation").count() == 0
