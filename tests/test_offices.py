"""Who held which office: around the days of hand-over, and whom a title means."""

import csv
from datetime import date
from pathlib import Path

import pytest

from kg.build import actors_in, extract
from kg.dates.spans import span
from kg.model import Actor
from kg.offices import bounds, coded, holder_on, in_office, offices_on
from kg.ontology import Membership, Office, read_ontology

ONTOLOGY = read_ontology()
GAP = 40  # days without a holder that need a row of their own

with (Path(__file__).parent / "offices.csv").open(encoding="utf-8", newline="") as file:
    ROWS = [(row["phrase"], row["date"], f"actor:{row['actor']}") for row in csv.DictReader(file)]


@pytest.mark.parametrize(("phrase", "day", "expected"), ROWS, ids=lambda value: str(value))
def test_a_title_means_who_held_the_office_on_the_day(phrase, day, expected):
    first, *_ = actors_in(f"{phrase[0].upper()}{phrase[1:]} left Nairobi.", day)

    assert first["actor"] == expected


def test_there_are_offices_enough():
    terms = [row for office in ONTOLOGY.offices.values() if not office.standing for row in office.memberships if row.holder]
    states = {office.actor.part_of for office in ONTOLOGY.offices.values() if ONTOLOGY.actors[office.actor.part_of].type == "state"}

    assert len(terms) >= 1200
    assert len(states) >= 60


@pytest.mark.parametrize("id", sorted(id for id, office in ONTOLOGY.offices.items() if not office.standing))
def test_between_two_terms_there_is_no_gap_that_no_row_tells(id):
    until = ""
    for term in sorted(ONTOLOGY.offices[id].memberships, key=lambda term: span(term.start)):
        if until and span(until)[1] < span(term.start)[0]:
            days = date.fromisoformat(span(term.start)[0]) - date.fromisoformat(span(until)[1])
            assert days.days <= GAP, f"nobody from {until} to {term.start}: add a row without a holder"
        until = max(until, term.end or "9999", key=lambda day: span(day)[1])


def sides(text, day=""):
    return {(one.actor_id.removeprefix("actor:"), one.target_id.removeprefix("actor:")) for one in extract(text, day)}


def test_the_date_of_the_event_decides_before_that_of_the_article():
    text = "The British prime minister met the French president in Nairobi on 1 May 2010."

    assert sides(text, "2024-01-01") == {("gordon-brown", "nicolas-sarkozy")}


def test_without_any_date_it_stays_the_office():
    assert sides("The British prime minister accused Iran.") == {("united-kingdom-prime-minister", "iran")}


def test_a_period_with_a_hand_over_in_it_means_the_office():
    assert sides("The British prime minister accused Iran in July 2024.", "2025-01-01") == {("united-kingdom-prime-minister", "iran")}


def test_a_speaker_is_who_holds_the_office_when_the_article_appears():
    (said,) = extract("The German chancellor said that Russia had attacked Ukraine in February 2022.", "2023-05-01")

    assert [speaker.id for speaker in said.attribution] == ["actor:olaf-scholz"]


def test_both_of_two_presidents_are_meant():
    assert sides("The Russian and French presidents accused Iran.", "2019-05-01") == {
        ("vladimir-putin", "iran"),
        ("emmanuel-macron", "iran"),
    }


def test_a_clause_that_tells_holders_apart_leaves_the_office_alone():
    assert sides("The Israeli prime minister who signed the accords accused Iran.", "2024-05-01") == {("israel-gov", "iran")}
    assert sides("The Israeli prime minister, who arrived on Monday, accused Iran.", "2024-05-01") == {("benjamin-netanyahu", "iran")}


LINE = (
    Membership("actor:o", "actor:ada", "2001", "2004-06-01"),
    Membership("actor:o", "actor:ben", "2004-06-01", "2008-03"),
    Membership("actor:o", "actor:cem", "2008-03", "2010-01-10"),
    Membership("actor:o", "actor:dov", "2010-01-10", "2010-05-05", acting=True),
    Membership("actor:o", "actor:eva", "2010-05-05", ""),
)


@pytest.mark.parametrize(
    ("day", "holder", "elect"),
    [
        ("2000-12-31", "", "ada"),
        ("2001-05-01", "", ""),  # not known to have begun
        ("2002-01-01", "ada", ""),
        ("2004-05-31", "ada", "ben"),
        ("2004-06-01", "ben", ""),
        ("2004", "", ""),
        ("2004-06", "ben", ""),
        ("2005", "ben", ""),
        ("2008-02-29", "ben", "cem"),
        ("2008-03-15", "", ""),  # in the month of the hand-over
        ("2008-04-01", "cem", ""),
        ("2010-01-09", "cem", "eva"),
        ("2010-01-11", "dov", "eva"),
        ("2010-05-05", "eva", ""),
        ("2030", "eva", ""),
        ("2009-05/2009-07", "cem", "eva"),
        ("2009-05/2010-02", "", "eva"),
        ("2011/..", "eva", ""),
        ("2009/..", "", ""),
        ("not a date", "", ""),
    ],
)
def test_a_date_decides_only_where_it_leaves_no_doubt(day, holder, elect):
    office = Office(Actor("actor:o", "Office", "office"), LINE)

    assert holder_on(office, day).removeprefix("actor:") == holder
    assert holder_on(office, day, "elect").removeprefix("actor:") == elect


def test_who_acts_is_meant_by_acting_alone():
    office = Office(Actor("actor:o", "Office", "office"), LINE)

    assert holder_on(office, "2010-02-01", "acting") == "actor:dov"
    assert holder_on(office, "2011-02-01", "acting") == ""


def test_an_open_side_has_no_bound():
    assert bounds("../2004-02") == ("", "2004-02-29")
    assert bounds("2004-02/..") == ("2004-02-01", "9999-12-31")


def test_a_person_has_the_code_of_the_day():
    person = ONTOLOGY.actors["actor:juri-ratas"]

    assert coded(person, "2018-01-01", ONTOLOGY).code == "ESTGOV"
    assert coded(person, "2021-07-01", ONTOLOGY).code == "ESTLEG"


def test_who_governs_a_state_and_leads_a_party_has_the_code_of_the_state():
    (said,) = extract("The Ethiopian prime minister accused Mahmoud Abbas.", "2019-03-01")

    assert (said.actor.code, said.target.code) == ("ETHGOV", "PSEGOV")


def test_the_offices_of_a_day_are_told():
    person = ONTOLOGY.actors["actor:vladimir-putin"]

    assert [office.actor.id for office in offices_on(person, "2010-01-01", ONTOLOGY)] == ["actor:russia-prime-minister"]
    assert [office.actor.id for office in offices_on(person, "2013-01-01", ONTOLOGY)] == ["actor:russia-president"]
    assert in_office(person, "2010-01-01", ONTOLOGY) == person
