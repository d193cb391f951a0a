"""Who is who: the tables of actors, places and roles, each row on its own and all of them together."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

MAPPINGS = Path(__file__).parent.parent / "ontology" / "mappings"
HEADERS = {
    "actors": ["id", "type", "label", "code", "names", "adjectives", "metonyms", "part_of", "affiliated_with", "wikidata"],
    "places": ["name", "actor"],
    "roles": ["word", "role", "type", "code", "label"],
}
TYPES = {
    "armed-forces", "armed-group", "company", "government", "international-organisation", "media",
    "office", "organisation", "party", "person", "population", "state",
}  # fmt: skip
UNITED_NATIONS = """
AFG AGO ALB AND ARE ARG ARM ATG AUS AUT AZE BDI BEL BEN BFA BGD BGR BHR BHS BIH BLR BLZ BOL BRA BRB BRN BTN BWA
CAF CAN CHE CHL CHN CIV CMR COD COG COL COM CPV CRI CUB CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESP EST ETH
FIN FJI FRA FSM GAB GBR GEO GHA GIN GMB GNB GNQ GRC GRD GTM GUY HND HRV HTI HUN IDN IND IRL IRN IRQ ISL ISR ITA
JAM JOR JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAR MCO MDA MDG MDV MEX
MHL MKD MLI MLT MMR MNE MNG MOZ MRT MUS MWI MYS NAM NER NGA NIC NLD NOR NPL NRU NZL OMN PAK PAN PER PHL PLW PNG
POL PRK PRT PRY QAT ROU RUS RWA SAU SDN SEN SGP SLB SLE SLV SMR SOM SRB SSD STP SUR SVK SVN SWE SWZ SYC SYR TCD
TGO THA TJK TKM TLS TON TTO TUN TUR TUV TZA UGA UKR URY USA UZB VCT VEN VNM VUT WSM YEM ZAF ZMB ZWE
"""

Row = dict[str, str]


def read(table: str) -> list[Row]:
    with (MAPPINGS / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


ACTORS, PLACES, ROLES = read("actors"), read("places"), read("roles")
PART_OF = {row["id"]: row["part_of"] for row in ACTORS}


def several(cell: str) -> list[str]:
    return cell.split("; ") if cell else []


def names(row: Row) -> Iterator[str]:
    yield row["label"]
    for column in ("names", "adjectives", "metonyms"):
        yield from several(row[column])


def repeated(values: list[str]) -> list[str]:
    return sorted(value for value, count in Counter(values).items() if count > 1)


@pytest.mark.parametrize("table", HEADERS)
def test_a_table_has_the_columns_of_the_readme(table):
    header, *rows = csv.reader((MAPPINGS / f"{table}.csv").read_text(encoding="utf-8-sig").splitlines())

    assert header == HEADERS[table]
    assert {len(row) for row in rows} == {len(header)}


@pytest.mark.parametrize("table", HEADERS)
def test_rows_are_sorted_by_their_first_column(table):
    keys = [next(iter(row.values())) for row in read(table)]

    assert keys == sorted(keys)


@pytest.mark.parametrize("table", HEADERS)
def test_cells_have_no_stray_whitespace_and_no_curly_apostrophes(table):
    cells = [cell for row in read(table) for cell in row.values()]

    assert [cell for cell in cells if cell != " ".join(cell.split()) or set(cell) & set("\u2018\u2019\u00a0")] == []


def test_no_identifier_stands_twice():
    assert repeated([row["id"] for row in ACTORS]) == []
    assert repeated([row["word"] for row in ROLES]) == []


def test_an_identifier_is_words_joined_by_hyphens():
    assert [row["id"] for row in ACTORS if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["id"])] == []


def test_no_name_has_two_meanings():
    assert repeated([name for row in ACTORS for name in names(row)] + [row["name"] for row in PLACES]) == []


def test_several_values_are_parted_by_semicolon_and_blank():
    values = [name for row in ACTORS for name in names(row)]

    assert [value for value in values if not value or ";" in value or value != value.strip()] == []


def test_the_article_is_no_part_of_a_name():
    assert [name for row in ACTORS for name in names(row) if name.startswith("the ")] == []


def test_types_are_those_of_the_readme():
    assert {row["type"] for row in ACTORS} == TYPES
    assert {row["type"] for row in ROLES} <= {*TYPES, "place"}


def test_a_code_is_a_country_or_a_kind_of_organisation_with_roles():
    bad = [row["id"] for row in ACTORS if not re.fullmatch(r"([A-Z]{3}){1,3}|", row["code"])]

    assert bad == []
    assert [row["id"] for row in ACTORS if row["type"] == "state" and len(row["code"]) != 3] == []
    assert {row["role"] for row in ROLES if not re.fullmatch(r"[A-Z]{3}", row["code"])} == {
        "aly",
        "capital",
        "cnt",
        "nbr",
        "per",
        "plc",
        "town",
    }


def test_only_peoples_of_several_countries_have_no_code():
    assert {row["type"] for row in ACTORS if not row["code"]} <= {"population"}


def test_a_code_names_one_state():
    assert repeated([row["code"] for row in ACTORS if row["type"] == "state"]) == []


def test_all_193_members_of_the_united_nations_are_known():
    members = set(UNITED_NATIONS.split())

    assert len(members) == 193
    assert members - {row["code"] for row in ACTORS if row["type"] == "state"} == set()


def test_every_state_has_an_adjective_unless_the_language_lacks_one():
    without = [row["id"] for row in ACTORS if row["type"] == "state" and not row["adjectives"]]

    assert without == ["dominica", "republic-of-the-congo", "vatican"]


def test_whatever_an_actor_belongs_to_is_known():
    assert [actor for actor, whole in PART_OF.items() if whole and whole not in PART_OF] == []


def test_nothing_belongs_to_itself():
    for actor in PART_OF:
        above = [actor]
        while PART_OF[above[-1]] and above[-1] not in above[:-1]:
            above.append(PART_OF[above[-1]])

        assert repeated(above) == []


def test_every_place_lies_in_a_known_land():
    assert [row["name"] for row in PLACES if row["actor"] not in PART_OF] == []


def test_an_armed_group_belongs_to_no_state():
    states = {row["id"] for row in ACTORS if row["type"] == "state"}

    assert [row["id"] for row in ACTORS if row["type"] == "armed-group" and row["part_of"] in states] == []


def test_a_role_has_one_type_one_code_and_one_label():
    kinds = {(row["role"], row["type"], row["code"], row["label"]) for row in ROLES}

    assert repeated([role for role, *_ in kinds]) == []
    assert repeated([label for *_, label in kinds]) == []


def test_a_body_that_a_role_also_names_is_the_same_actor():
    roles = {row["role"]: row for row in ROLES}
    states = {row["id"]: row for row in ACTORS if row["type"] == "state"}
    bodies = [(row, *row["id"].rpartition("-")[::2]) for row in ACTORS]

    for body, state, role in bodies:
        if state in states and role in roles:
            assert body["code"] == states[state]["code"] + roles[role]["code"]
            assert (body["type"], body["part_of"]) == (roles[role]["type"], state)


def test_wikidata_items_are_given_once():
    items = [row["wikidata"] for row in ACTORS if row["wikidata"]]

    assert [item for item in items if not re.fullmatch(r"Q[1-9]\d*", item)] == []
    assert repeated(items) == []
