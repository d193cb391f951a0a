"""A few articles about one matter, in the words of newspapers: how many events they tell, and where they disagree."""

import pytest

from kg.build import extract
from kg.conflicts import conflicts_in
from kg.events import assemble
from kg.ontology import read_ontology

ONTOLOGY = read_ontology()
COUNTS = {
    "a 2023-12-30": "Russia fired 158 missiles and drones at Ukraine on Friday, the Ukrainian air force said.",
    "b 2023-12-30": "Russian forces launched about 120 missiles at Ukraine on Friday in the largest air attack of the war.",
    "c 2023-12-29": "Ukraine said on Friday that Russia had launched more than 110 missiles at Kyiv on Friday.",
    "d 2023-12-31": "Russia hit Ukraine with some 40 missiles on Friday, according to the Russian Defence Ministry.",
}
DENIAL = {
    "a 2024-03-12": "Rwandan troops attacked the Congolese army near Sake on Monday, Congo's military said.",
    "b 2024-03-13": "Rwanda denied that its troops had attacked the Congolese army near Sake on Monday.",
    "c 2024-03-13": "Kinshasa accused Rwanda of attacking Congolese soldiers near Sake on Monday.",
}
CORRECTION = {
    "a 2023-06-05": "Turkey bombed Kurdish positions in northern Iraq on Sunday, killing 25 fighters.",
    "b 2023-06-06": "Turkish jets killed 14 fighters in an airstrike on Kurdish positions in northern Iraq on Sunday.",
}
WEEK = {
    "a 2024-05-09": "Israel struck Hezbollah targets in Lebanon on Tuesday.",
    "b 2024-05-10": "Israel carried out airstrikes on Hezbollah in southern Lebanon this week, residents said.",
}
TWICE = WEEK | {"c 2024-05-10": "Israel struck Hezbollah targets in Lebanon on Thursday."}
PLACES = {
    "a 2022-03-02": "Russian troops shelled Kharkiv on Tuesday, killing eight people.",
    "b 2022-03-02": "Russian forces shelled Mariupol on Tuesday, killing eight people.",
}
DAYS = {
    "a 2022-07-20": "Azerbaijan shelled Armenian positions on 18 July, Yerevan said.",
    "b 2022-07-20": "Azerbaijani forces shelled Armenian positions on 19 July, the Armenian Defence Ministry said.",
}
RANGE = {
    "a 2019-02-20": "Pakistani police arrested between 150 and 200 protesters in Lahore on Monday.",
    "b 2019-02-21": "Pakistani police arrested 240 protesters in Lahore on Monday, an opposition party said.",
    "c 2019-02-21": "Pakistani police arrested at least 180 protesters in Lahore on Monday.",
}
LEAST = {
    "a 2021-08-27": "The Islamic State killed at least 55 people in a suicide attack at Kabul airport on Thursday.",
    "b 2021-08-27": "The Islamic State killed 60 people in a suicide attack at Kabul airport on Thursday.",
}
HOSPITAL = {
    "a 2023-10-18": "An Israeli rocket hit a hospital in Gaza on Tuesday, Palestinian officials said.",
    "b 2023-10-18": "Israel denied that it had struck the hospital in Gaza on Tuesday.",
    "c 2023-10-19": "A rocket fired by Islamic Jihad hit the hospital in Gaza on Tuesday, the Israeli army said.",
}
MINISTRY = {
    "a 2022-10-11": "Russia fired 84 cruise missiles at Ukraine on Monday, Kyiv said.",
    "b 2022-10-11": "The Russian Defence Ministry launched missiles at Ukraine on Monday.",
    "c 2022-10-12": "Russia attacked Ukraine with missiles on Monday.",
}
CITY = {
    "a 2022-05-04": "Russia attacked Kharkiv on Monday. Russian artillery shelled the city again on Tuesday.",
    "b 2022-05-04": "Russian artillery shelled Kharkiv on Tuesday.",
}


def told(bundle: dict[str, str]):
    """The events of the asserted and denied acts of a bundle, and the disputes of all."""
    said = [one for name, text in bundle.items() for one in extract(text, name[2:], document=name[0])]
    events = [event for event in assemble(said, ONTOLOGY) if ONTOLOGY.actions[event.action].type in ("ASSAULT", "COERCE")]
    disputes = {
        conflict.about: {"; ".join(side.values): "".join(side.documents) for side in conflict.sides}
        for conflict in conflicts_in(events, ONTOLOGY)
    }
    return sorted("".join(event.documents) for event in events), disputes


@pytest.mark.parametrize(
    ("bundle", "events", "disputes"),
    [
        (COUNTS, ["abcd"], {"quantities": {"some 40 missiles": "d", "more than 110 missiles; about 120 missiles": "bc"}}),
        (DENIAL, ["abc"], {"modality": {"asserted": "ac", "negated": "b"}}),
        (CORRECTION, ["ab"], {"quantities": {"14 fighters": "b", "25 fighters": "a"}}),
        (WEEK, ["ab"], {}),
        (TWICE, ["a", "b", "c"], {}),
        (PLACES, ["a", "b"], {}),
        (DAYS, ["a", "b"], {}),
        (RANGE, ["abc"], {"quantities": {"at least 150 protesters and at most 200 protesters": "a", "240 protesters": "b"}}),
        (LEAST, ["ab"], {}),
        (
            HOSPITAL,
            ["abc"],
            {"modality": {"asserted": "ac", "negated": "b"}, "actor": {"Israel": "a", "Palestinian Islamic Jihad": "c"}},
        ),
        (MINISTRY, ["abc"], {}),
        (CITY, ["a", "ab"], {}),
    ],
    ids=["counts", "denial", "correction", "week", "twice", "places", "days", "range", "least", "hospital", "ministry", "city"],
)
def test_a_bundle_is_as_many_events_with_the_disputes_of_its_sources(bundle, events, disputes):
    assert told(bundle) == (events, disputes)


@pytest.mark.parametrize("gone", "abcd")
def test_a_side_goes_with_its_articles(gone):
    rest = {name: text for name, text in COUNTS.items() if name[0] != gone}
    events, disputes = told(rest)

    assert events == ["abcd".replace(gone, "")]
    assert ("quantities" in disputes) == (gone != "d")


def test_one_report_that_names_a_ministry_leaves_the_event_with_the_state():
    said = [one for name, text in MINISTRY.items() for one in extract(text, name[2:], document=name[0])]
    [event] = assemble(said, ONTOLOGY)

    assert (event.actor.id, event.target.id) == ("actor:russia", "actor:ukraine")
