"""Figures for papers, and the page in a notebook."""

import os
import re
import subprocess
import sys
from datetime import date
from html import unescape
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from network_sample import ACTIONS, QUADS, actors, event, events

from kg.cli import main
from kg.model import Actor, DataError
from kg.views import framed, network_figure, timeline_figure
from kg.views.figures import facts
from kg.views.static import among_strongest, at, bent, box, piece, placed
from kg.views.timeline import pairs, place_of, ruled, stacked, ticks, window

VALDRIA, OSMERE, TARSK = actors()[:3]
DRAWN = {"network": network_figure, "timeline": timeline_figure}
BEGINS = {"svg": b"<?xml", "pdf": b"%PDF-1.4", "png": b"\x89PNG"}
HERE = Path(__file__).parent
SCRIPT = """
import sys; sys.path.insert(0, sys.argv[1])
from hashlib import sha256
from network_sample import ACTIONS, QUADS, events
from kg.views import network_figure, timeline_figure
made = events(50)
if sys.argv[2] == "backwards": made.reverse()
for draw in (network_figure, timeline_figure):
    for format in ("svg", "pdf", "png"): print(sha256(draw(made, ACTIONS, QUADS, format=format)).hexdigest())
"""


def did(actor, action, target, day="", **more):
    """An event with one sentence."""
    return event(actor, f"action:{action}", target, ("001", f"{actor.label} did it to {target.label} on {day}."), day=day, **more)


@pytest.mark.parametrize("figure", DRAWN)
@pytest.mark.parametrize("format", BEGINS)
def test_a_figure_is_what_its_ending_says(figure, format):
    assert DRAWN[figure](events(), ACTIONS, QUADS, format=format).startswith(BEGINS[format])


def test_the_same_events_give_the_same_bytes_whatever_the_order_the_hash_seed_the_day_and_the_settings(tmp_path):
    (tmp_path / "matplotlibrc").write_text("axes.facecolor: red\nfont.size: 30\nsvg.fonttype: none\nsavefig.dpi: 30\n", encoding="utf-8")
    spoilt = {"PYTHONHASHSEED": "7", "SOURCE_DATE_EPOCH": "0", "TZ": "Asia/Tokyo", "MATPLOTLIBRC": str(tmp_path / "matplotlibrc")}
    runs = [("forwards", {"PYTHONHASHSEED": "1"}), ("backwards", spoilt)]

    made = [
        subprocess.run(
            [sys.executable, "-c", SCRIPT, str(HERE), order], env={**os.environ, **more}, capture_output=True, text=True, check=True
        )
        for order, more in runs
    ]

    assert len(made[0].stdout.split()) == 6
    assert made[0].stdout == made[1].stdout


@pytest.mark.parametrize("figure", DRAWN)
def test_a_figure_tells_nothing_of_when_and_where_it_was_drawn(figure):
    drawn = DRAWN[figure](events(), ACTIONS, QUADS).decode()

    assert "<dc:date>" not in drawn
    assert "Matplotlib v" not in drawn
    assert os.getcwd() not in drawn


@pytest.mark.parametrize("figure", DRAWN)
def test_hostile_names_are_drawn_and_nothing_else(figure):
    names = [
        "<script>alert(1)</script>",
        "$\\frac{1}{0}$",
        "--> <b>",
        "\x00\x1b[31mred",
        "\u202eright to left",
        "100% & more",
        "\\",
        "$",
        "漢字",
    ]
    hostile = [Actor(f"actor:{number}", name, "state") for number, name in enumerate(names)]
    made = [did(VALDRIA, "shell", one, "2031-01-02") for one in hostile]

    drawn = DRAWN[figure](made, ACTIONS, QUADS)

    tags = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(drawn).iter()}
    assert not tags & {"script", "b", "a", "image", "foreignObject"}


@pytest.mark.parametrize("figure", DRAWN)
def test_what_cannot_be_drawn_is_told(figure):
    with pytest.raises(DataError, match="There is nothing to draw"):
        DRAWN[figure]([did(VALDRIA, "shell", OSMERE, modality="negated")], ACTIONS, QUADS)
    with pytest.raises(DataError, match="Use a file that ends in one of: svg, pdf, png"):
        DRAWN[figure](events(), ACTIONS, QUADS, format="gif")


def test_without_matplotlib_it_is_told_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)

    with pytest.raises(DataError, match=r"pip install 'actor-kg\[figures\]'"):
        network_figure(events(), ACTIONS, QUADS)


def test_only_what_is_asserted_between_two_is_drawn():
    made = [
        did(VALDRIA, "shell", OSMERE),
        did(VALDRIA, "meet", TARSK, modality="intended"),
        did(TARSK, "shell", TARSK),
        event(None, "action:shell", TARSK, ("001", "Tarsk was shelled.")),
    ]

    assert [(fact.actor, fact.target, fact.sign) for fact in facts(made, ACTIONS, QUADS)] == [(VALDRIA, OSMERE, -1)]


# The network.


def test_no_labels_of_the_network_overlap():
    network = among_strongest(facts(events(), ACTIONS, QUADS), 40)
    boxes = {id: box(actor, network.radius(id), network.font(id)) for id, actor in network.actors.items()}

    rooms = [
        (x - boxes[id].half, y - boxes[id].below, x + boxes[id].half, y + boxes[id].above) for id, (x, y) in placed(network, boxes).items()
    ]

    overlapping = [(a, b) for a, b in combinations(rooms, 2) if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]]
    assert len(rooms) > 20
    assert overlapping == []


def test_the_strongest_are_drawn_and_who_has_nothing_to_do_with_them_is_not():
    made = [did(VALDRIA, "shell", OSMERE, f"2031-01-0{day}") for day in (1, 2, 3)] + [did(actors()[4], "shell", actors()[5])]

    assert list(among_strongest(facts(made, ACTIONS, QUADS), 3).actors) == [OSMERE.id, VALDRIA.id]


def test_of_many_ties_the_strongest_are_drawn_and_the_figure_says_so():
    people = actors()[:8]
    made = [did(one, "shell", other) for one in people for other in people if one != other] + [did(TARSK, "accuse", OSMERE)]

    network = among_strongest(facts(made, ACTIONS, QUADS), 8)

    assert (len(network.ties), network.all_ties) == (24, 56)
    assert network.ties[TARSK.id, OSMERE.id] == {-1: 2}
    assert b"the 24 strongest of 56 ties" in network_figure(made, ACTIONS, QUADS, most=8)


def test_both_directions_are_counted_apart_by_sign():
    made = [did(VALDRIA, "shell", OSMERE, "2031-01-01"), did(VALDRIA, "meet", OSMERE), did(OSMERE, "accuse", VALDRIA)]

    ties = among_strongest(facts(made, ACTIONS, QUADS), 2).ties

    assert ties == {(VALDRIA.id, OSMERE.id): {-1: 1, 1: 1}, (OSMERE.id, VALDRIA.id): {-1: 1}}


def test_the_two_arcs_of_a_pair_keep_apart():
    there, back = bent((0, 0), (100, 0)), bent((100, 0), (0, 0))

    assert at(there, 0.5)[1] < -5 < 5 < at(back, 0.5)[1]


def test_a_piece_of_an_arc_lies_on_the_arc():
    curve = bent((0, 0), (100, 40))

    assert at(piece(curve, 0.2, 0.8), 0.5) == pytest.approx(at(curve, 0.5))


# The timeline.


def marks(*made):
    """The only pair of these events, and the sheet it is drawn on."""
    [pair] = pairs(facts(made, ACTIONS, QUADS), 1)
    return pair, ruled([pair])


def test_the_first_acts_above_the_line_the_second_below_and_both_on_it():
    made = [did(VALDRIA, "shell", OSMERE, "2031-01-01"), did(VALDRIA, "accuse", OSMERE, "2031-01-02")]
    made += [did(OSMERE, "shell", VALDRIA, "2031-01-03"), did(VALDRIA, "meet", OSMERE, "2031-01-04")]

    pair, _ = marks(*made)

    assert (pair.one, pair.other) == (VALDRIA, OSMERE)
    assert [(mark.first.day, mark.side, mark.sign) for mark in pair.marks] == [(1, 1, -1), (2, 1, -1), (3, -1, -1), (4, 0, 1)]


def test_events_of_one_day_are_stacked_and_none_covers_another():
    made = [did(VALDRIA, action, OSMERE, "2031-01-01") for action in ("shell", "airstrike", "accuse")]

    pair, sheet = marks(*made)

    assert [level for _, _, level in stacked(pair, sheet)] == [1, 2, 3]


def test_undated_events_stand_apart_and_are_never_dropped():
    made = [did(VALDRIA, "shell", OSMERE, "2031-01-01"), *(did(VALDRIA, "shell", OSMERE, said=str(n)) for n in range(1))]
    made += [event(VALDRIA, "action:accuse", OSMERE, ("001", f"Accusation {number}.")) for number in range(30)]

    pair, sheet = marks(*made)

    rows = stacked(pair, sheet)
    undated = [(x, level) for mark, x, level in rows if mark.first is None]
    assert len(undated) == len(set(undated)) == 31
    assert min(x for x, _ in undated) > sheet.x(sheet.end)
    assert max(x for x, _ in undated) < sheet.right


def test_what_lies_far_from_the_rest_stands_apart_with_its_year():
    made = [did(VALDRIA, "shell", OSMERE, f"2031-01-0{day}") for day in range(1, 9)] + [did(VALDRIA, "shell", OSMERE, "1994")]

    pair, sheet = marks(*made)

    assert [place_of(mark, sheet.begin, sheet.end) for mark in pair.marks] == ["earlier"] + ["time"] * 8
    assert window([mark for mark in pair.marks if mark.first])[0] > date(2030, 12, 1).toordinal()


@pytest.mark.parametrize(
    ("begin", "end", "expected"),
    [
        ((2024, 4, 1), (2024, 4, 5), ["2024-04-01", "2024-04-02", "2024-04-03", "2024-04-04", "2024-04-05"]),
        ((2024, 1, 1), (2024, 6, 1), ["2024-01", "2024-02", "2024-03", "2024-04", "2024-05", "2024-06"]),
        ((1990, 6, 1), (1994, 6, 1), ["1990-07", "1991-01", "1991-07", "1992-01", "1992-07", "1993-01", "1993-07", "1994-01"]),
        ((1900, 1, 1), (2000, 1, 1), ["1900", "1920", "1940", "1960", "1980", "2000"]),
    ],
)
def test_days_are_written_at_the_foot_as_they_are_in_the_tables(begin, end, expected):
    assert [text for _, text in ticks(date(*begin).toordinal(), date(*end).toordinal())] == expected


# The commands, and the notebook.


def test_kg_view_writes_figures_and_names_their_files(built, tmp_path):
    before = (built / "network.html").read_bytes()
    static, timeline = tmp_path / "network.svg", tmp_path / "dyads.pdf"

    command = ["view", "--out", str(built), "--static", str(static), "--timeline", str(timeline), "--actors", "10", "--language", "fr"]
    result = CliRunner().invoke(main, command, catch_exceptions=False)

    assert (result.exit_code, result.stdout.split()) == (0, [str(static), str(timeline)])
    assert (static.read_bytes()[:5], timeline.read_bytes()[:5]) == (b"<?xml", b"%PDF-")
    assert (built / "network.html").read_bytes() == before


def test_a_figure_needs_an_ending_that_it_can_have(built, tmp_path):
    result = CliRunner().invoke(main, ["view", "--out", str(built), "--static", str(tmp_path / "network")], catch_exceptions=False)

    assert result.exit_code == 1
    assert "Use a file that ends in one of: svg, pdf, png" in result.stderr


def test_a_graph_shows_itself_in_a_notebook_in_a_frame_without_a_way_out(corpus):
    frame = corpus._repr_html_()

    [(attributes, page)] = re.findall(r'<iframe (sandbox="[^"]*") srcdoc="([^"]*)" [^<>]*></iframe>', frame)
    assert attributes == 'sandbox="allow-scripts"'
    assert unescape(page) == corpus.page()
    assert re.sub(r"<[^<>]*>", "", frame) == ""


def test_no_text_can_leave_the_frame():
    hostile = "\"></iframe><script>alert(1)</script><iframe srcdoc='&quot;>"

    assert framed(hostile).count("<") == 2
    assert unescape(re.search(r'srcdoc="([^"]*)"', framed(hostile))[1]) == hostile
