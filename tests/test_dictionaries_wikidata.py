"""Items of Wikidata become actors and dated offices, whichever form they come in."""

import bz2
import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from kg.dictionaries import join_into, our_tables, read_actors
from kg.dictionaries.items import edtf
from kg.dictionaries.offices import settled
from kg.dictionaries.tables import ActorRow, OfficeRow, Tables, write
from kg.model import DataError
from kg.ontology import read_ontology

OURS = our_tables()
HUMAN, SOVEREIGN, PARTY = "Q5", "Q3624078", "Q7278"


def claim(value: str, *, rank: str = "normal", **qualifiers: Any) -> dict[str, Any]:
    """A statement about an item or a text, with its qualifiers."""
    return {"mainsnak": snak(value), "rank": rank, "qualifiers": {name: [snak(one)] for name, one in qualifiers.items()}}


def snak(value: Any) -> dict[str, Any]:
    """A value of Wikidata: an item, a time with its precision, a text, or none that is known."""
    if value in ("somevalue", "novalue"):
        return {"snaktype": value}
    if isinstance(value, tuple):
        value = {"time": value[0], "precision": value[1]}
    elif value[0] == "Q" and value[1:].isdigit():
        value = {"entity-type": "item", "id": value}
    return {"snaktype": "value", "datavalue": {"value": value}}


def entity(
    id: str, label: str, *classes: str, aliases: tuple[str, ...] = (), others: tuple[tuple[str, str], ...] = (), **claims: Any
) -> Any:
    """An entity as a dump has it."""
    return {
        "id": id,
        "type": "item",
        "labels": {"en": {"language": "en", "value": label}}
        | {language: {"language": language, "value": name} for language, name in others},
        "aliases": {"en": [{"language": "en", "value": alias} for alias in aliases]},
        "claims": {"P31": [claim(one) for one in classes], **claims},
    }


BARROWLAND = entity("Q9001", "Barrowland", SOVEREIGN, aliases=("Barrow Realm",), others=(("fr", "Terre des Tertres"),), P298=[claim("GBW")])
PRESIDENCY = entity("Q9002", "President of Barrowland", "Q4164871", P1001=[claim("Q9001")])
ODDA = entity(
    "Q9003",
    "Odda Grey",
    HUMAN,
    others=(("de", "Odda der Graue"), ("fr", "Odda Grey")),
    P27=[claim("Q9001")],
    P39=[
        claim("Q9002", P580=("+2014-00-00T00:00:00Z", 9), P582=("+2018-05-00T00:00:00Z", 10)),
        claim("Q9002", P580=("+2020-05-22T00:00:00Z", 11), P582="novalue"),
    ],
)
MOOT = entity("Q9004", "Moot Party", "Q9005", P17=[claim("Q9001")])
MOOTISH = entity("Q9005", "mootish party", P279=[claim("Q9006")])
MOOTING = entity("Q9006", "mooting party", P279=[claim(PARTY)])
WHOLE = [BARROWLAND, PRESIDENCY, ODDA, MOOT, MOOTISH, MOOTING]


def read(path: Path, text: str | bytes) -> Tables:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_actors([path], "wikidata", OURS)


def of(tmp_path: Path, *entities: Any) -> Tables:
    return read(tmp_path / "dump.json", "\n".join(map(json.dumps, entities)))


def told(tables: Tables) -> list[str]:
    return [f"{problem.where.rpartition(':')[2]}: {problem.reason}" for problem in tables.problems]


def test_entities_become_actors_and_offices(tmp_path):
    tables = of(tmp_path, *WHOLE)

    assert tables.actors == (
        ActorRow("barrowland", "state", "Barrowland", "GBW", "Barrow Realm; Terre des Tertres@fr", wikidata="Q9001"),
        ActorRow("moot-party", "party", "Moot Party", "GBWPTY", part_of="barrowland", wikidata="Q9004"),
        ActorRow("odda-grey", "person", "Odda Grey", "GBWELI", "Odda der Graue@de", part_of="barrowland", wikidata="Q9003"),
    )
    assert tables.offices == (
        OfficeRow("barrowland", "president", "2014", "2018-05", "odda-grey"),
        OfficeRow("barrowland", "president", "2020-05-22", "", "odda-grey"),
    )
    assert tables.problems == ()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("dump.json", ("[\n" + ",\n".join(map(json.dumps, WHOLE)) + "\n]\n").encode()),
        ("one-line.json", json.dumps(WHOLE).encode()),
        ("set-out.json", json.dumps(WHOLE, indent=2).encode()),
        ("answer.json", json.dumps({"entities": {one["id"]: one for one in WHOLE}}).encode()),
        ("answer-set-out.json", json.dumps({"entities": {one["id"]: one for one in WHOLE}}, indent=1).encode()),
        ("dump.jsonl.gz", gzip.compress("\n".join(map(json.dumps, WHOLE)).encode())),
        ("dump.json.bz2", bz2.compress("\n".join(map(json.dumps, WHOLE)).encode())),
        ("marked.json", b"\xef\xbb\xbf" + "\n".join(map(json.dumps, WHOLE)).encode()),
    ],
)
def test_every_form_of_a_dump_is_read_the_same(tmp_path, name, content):
    assert read(tmp_path / name, content) == of(tmp_path, *WHOLE)


def test_a_broken_line_costs_no_other(tmp_path):
    lines = [json.dumps(one) for one in WHOLE]
    tables = read(tmp_path / "dump.json", "\n".join([*lines[:3], '{"id": "Q1", ', *lines[3:], '{"label": "x"}']))

    assert len(tables.actors) == 3
    assert [line.partition("(")[0] for line in told(tables)] == ["4: broken JSON ", "8: no entity of Wikidata "]


@pytest.mark.parametrize(
    ("time", "precision", "date"),
    [
        ("+2014-00-00T00:00:00Z", 9, "2014"),
        ("+2014-01-01T00:00:00Z", 9, "2014"),
        ("+2014-05-00T00:00:00Z", 10, "2014-05"),
        ("+2014-05-22T00:00:00Z", 11, "2014-05-22"),
        ("+2014-05-22T00:00:00Z", 14, "2014-05-22"),
        ("2014-05-22T00:00:00Z", None, "2014-05-22"),
        ("2014-05-22", None, "2014-05-22"),
        ("2014", None, "2014"),
    ],
)
def test_a_time_is_as_exact_as_its_precision(time, precision, date):
    assert edtf(time, precision) == date


@pytest.mark.parametrize(
    ("time", "precision"), [("-0044-03-15T00:00:00Z", 11), ("+2010-00-00T00:00:00Z", 8), ("+2014-02-30T00:00:00Z", 11), ("soon", None)]
)
def test_a_time_that_we_cannot_write_is_an_error(time, precision):
    with pytest.raises(ValueError, match=r"."):
        edtf(time, precision)


@pytest.mark.parametrize(
    ("position", "reason"),
    [
        (
            claim("Q9002", P580=("+1890-00-00T00:00:00Z", 8)),
            "held Q9002, but '+1890-00-00T00:00:00Z' is known to less than a year; left out.",
        ),
        (claim("Q9002", P580="somevalue"), "held Q9002, but when is not known; left out."),
        (claim("Q9002"), "held President of Barrowland, but since when is not told; left out."),
        (claim("Q9099", P580=("+2014-00-00T00:00:00Z", 9)), "held Q9099, which the file does not name; left out."),
        (
            claim("Q9006", P580=("+2014-00-00T00:00:00Z", 9)),
            "held mooting party: 'mooting party' is no office that positions.csv knows; left out.",
        ),
    ],
)
def test_a_term_that_no_row_can_say_is_told(tmp_path, position, reason):
    tables = of(tmp_path, BARROWLAND, PRESIDENCY, MOOTING, entity("Q9003", "Odda", HUMAN, P27=[claim("Q9001")], P39=[position]))

    assert tables.offices == ()
    assert [line for line in told(tables) if line.endswith(reason)]


def test_what_wikidata_deprecates_is_not_read_and_what_it_prefers_is_first(tmp_path):
    odda = entity(
        "Q9003", "Odda", HUMAN, P27=[claim("Q114"), claim("Q9001", rank="preferred")], P39=[claim("Q9002", rank="deprecated")]
    )  # fmt: skip

    tables = of(tmp_path, BARROWLAND, PRESIDENCY, odda)

    assert [(row.id, row.code) for row in tables.actors] == [("barrowland", "GBW"), ("odda", "GBWCVL")]
    assert tables.offices == ()


@pytest.mark.parametrize(
    ("label", "office", "of_whom", "acting"),
    [
        ("President of Barrowland", "president", "barrowland", ""),
        ("acting President of Barrowland", "president", "barrowland", "yes"),
        ("Prime Minister of Kenya", "prime-minister", "kenya", ""),
        ("Minister of Foreign Affairs of Kenya", "foreign-minister", "kenya", ""),
        ("Kenyan Minister of Defence", "defence-minister", "kenya", ""),
        ("Secretary of State for Defence", "defence-minister", "barrowland", ""),
        ("Vice President of the United States", "vice-president", "united-states", ""),
        ("King of Barrowland", "monarch", "barrowland", ""),
        ("Secretary-General of the United Nations", "secretary-general", "united-nations", ""),
    ],
)
def test_a_position_is_an_office_of_somebody(tmp_path, label, office, of_whom, acting):
    post = entity("Q9002", label, "Q4164871")
    odda = entity("Q9003", "Odda", HUMAN, P27=[claim("Q9001")], P39=[claim("Q9002", P580=("+2014-00-00T00:00:00Z", 9))])

    assert of(tmp_path, BARROWLAND, post, odda).offices == (OfficeRow(of_whom, office, "2014", "", "odda", acting),)


def test_whom_we_know_keeps_the_identifier_by_its_item_or_its_name(tmp_path):
    kenya = entity("Q114", "Republic of Kenya", SOVEREIGN, aliases=("Kenia",), P298=[claim("KEN")])
    ruto = entity("Q9472", "William Ruto", HUMAN, aliases=("W. S. Ruto",), P27=[claim("Q114")])
    other = entity("Q9010", "KENYA", HUMAN, P27=[claim("Q114")])

    rows = {row.wikidata: row for row in of(tmp_path, kenya, ruto, other).actors}

    ours = {row.id: row for row in OURS.actors}
    assert (rows["Q114"].id, rows["Q114"].label, rows["Q114"].adjectives) == ("kenya", "Kenya", ours["kenya"].adjectives)
    assert "Kenia" in rows["Q114"].every_name
    assert (rows["Q9472"].id, rows["Q9472"].code) == ("william-ruto", ours["william-ruto"].code)
    assert rows["Q9010"].id == "kenya-q9010"


def test_a_name_that_an_item_takes_no_longer_stands_in_our_row(tmp_path):
    kenya = entity("Q114", "Kenya", SOVEREIGN, P298=[claim("KEN")])
    twin = entity("Q9012", "Kenya", SOVEREIGN, aliases=("Kenya, the other",), P298=[claim("KEN")])
    nairobi = entity("Q9011", "Nairobi", "Q515", P17=[claim("Q114")])

    rows = {row.id: row for row in of(tmp_path, kenya, twin, nairobi).actors}

    assert sorted(rows) == ["kenya", "kenya-the-other", "nairobi"]
    assert "Nairobi" not in rows["kenya"].every_name


def test_an_item_without_kind_is_told_but_not_one_that_others_speak_of(tmp_path):
    tables = of(tmp_path, entity("Q9020", "Barrow Song", "Q7366"), *WHOLE)

    assert told(tables) == ["1: Barrow Song is of no kind that classes.csv knows; left out."]


def test_a_name_of_two_items_is_that_of_the_first(tmp_path):
    tables = of(tmp_path, BARROWLAND, entity("Q9030", "Barrow; Ltd", "Q783794", aliases=("Barrowland", "Barrow Ltd"), P17=[claim("Q9001")]))

    assert [(row.label, row.code, row.wikidata) for row in tables.actors if row.type == "company"] == [("Barrow Ltd", "GBWBUS", "Q9030")]
    assert told(tables) == [
        "2: 'Barrow; Ltd' cannot stand in a table; Q9030 is not called so.",
        "2: 'Barrowland' already stands for Q9001; Q9030 is not called so.",
    ]


QUERIED = """\
item,itemLabel,aliases,country,position,positionLabel,start,end
http://www.wikidata.org/entity/Q9003,Odda Grey,Old Odda; O. Grey,wd:Q114,wd:Q9002,President of Kenya,2014-05-22T00:00:00Z,2016-01-02
Q9003,Odda Grey,Odda the Grey,Kenya,Q9007,Minister of Defence,2010,2011-05
Q9004,Bran Fen,,KEN,,,,
"""


def test_a_table_of_the_query_service_is_read(tmp_path):
    tables = read(tmp_path / "query.csv", QUERIED)

    assert tables.actors == (
        ActorRow("bran-fen", "person", "Bran Fen", "KENCVL", part_of="kenya", wikidata="Q9004"),
        ActorRow("odda-grey", "person", "Odda Grey", "KENELI", "Old Odda; O. Grey; Odda the Grey", part_of="kenya", wikidata="Q9003"),
    )
    assert tables.offices == (
        OfficeRow("kenya", "defence-minister", "2010", "2011-05", "odda-grey"),
        OfficeRow("kenya", "president", "2014-05-22", "2016-01-02", "odda-grey"),
    )
    assert tables.problems == ()


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Barrow,x,,,,,,", "2: 'Barrow' is no item of Wikidata."),
        ("Q9003,Odda,,Nowhere,,,,", "2: Odda is of Nowhere, which is neither here nor in our tables."),
        ("Q9003,Odda,,KEN,Q9002,President,long ago,", "2: Odda held an office, but 'long ago' is no time of our era; left out."),
        ("Q9003,Odda,,KEN,Q9002,,2014,", "2: Odda held Q9002, which the file does not name; left out."),
        (
            "Q9003,Odda,,,Q9002,President,2014,",
            "2: Odda held President, but whose office it is is neither here nor in our tables; left out.",
        ),
    ],
)
def test_what_a_row_does_not_tell_is_told_with_its_line(tmp_path, line, reason):
    assert reason in told(read(tmp_path / "query.csv", f"{QUERIED.splitlines()[0]}\n{line}\n"))


def test_columns_that_are_not_read_are_told_and_precisions_are_read(tmp_path):
    text = "item,itemLabel,country,positionLabel,start,startPrecision,image\nQ9003,Odda,KEN,President,2014-01-01T00:00:00Z,9,x.png\n"

    tables = read(tmp_path / "query.csv", text)

    assert tables.offices == (OfficeRow("kenya", "president", "2014", "", "odda"),)
    assert told(tables) == ["1: nothing is read from the columns image."]


def test_a_table_without_items_is_told_with_a_remedy(tmp_path):
    with pytest.raises(DataError, match=r"query\.csv:1: no column item\.\nThe table needs the columns item, itemLabel"):
        read(tmp_path / "query.csv", "name,country\nOdda,KEN\n")


def test_a_row_that_ends_before_its_item_is_told(tmp_path):
    tables = read(tmp_path / "query.csv", "itemLabel,country,item\nOdda\nBran,KEN,Q9004\n")

    assert [row.label for row in tables.actors] == ["Bran"]
    assert told(tables) == ["2: '' is no item of Wikidata."]


def test_a_cell_that_is_too_long_is_told_with_its_line_and_a_remedy(tmp_path):
    with pytest.raises(DataError, match=r"query\.csv:3: field larger than field limit \(131072\)\.\nShorten the cell"):
        read(tmp_path / "query.csv", f"item,itemLabel\nQ9003,Odda\nQ9004,{'x' * 131_073}\n")


PACKED = gzip.compress(json.dumps(WHOLE).encode())


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("dump.json.gz", json.dumps(WHOLE).encode()),
        ("dump.json.gz", PACKED[:-20]),
        ("dump.json.gz", PACKED[:30] + bytes(20) + PACKED[50:]),
        ("dump.json.bz2", json.dumps(WHOLE).encode()),
        ("dump.json.bz2", bz2.compress(json.dumps(WHOLE).encode())[:-20]),
    ],
    ids=["no gzip", "gzip cut off", "gzip broken", "no bzip2", "bzip2 cut off"],
)
def test_a_file_that_cannot_be_unpacked_is_told_with_a_remedy(tmp_path, name, content):
    with pytest.raises(DataError, match=r"dump\.json\.\w+: it cannot be unpacked \(.+\)\.\nFetch it again"):
        read(tmp_path / name, content)


@pytest.mark.parametrize("sign", ["\ud800", "\x07", "\x1b", "\x7f", "\x9b"])
def test_a_name_with_half_a_sign_or_a_control_character_is_refused(tmp_path, sign):
    tables = of(tmp_path, BARROWLAND, entity("Q9030", f"Bran{sign}", HUMAN, aliases=(f"B{sign}", "Bran Fen"), P27=[claim("Q9001")]))
    write(tables, tmp_path / "tables")

    assert [row.every_name for row in tables.actors if row.wikidata == "Q9030"] == [["Bran Fen"]]
    assert told(tables) == [f"2: {name!r} cannot stand in a table; Q9030 is not called so." for name in (f"Bran{sign}", f"B{sign}")]


@pytest.mark.parametrize("change", [{"id": ["Q1"]}, {"id": "Q1\ud800"}, {"labels": {"en": {"value": 5}}}])
def test_what_is_no_entity_is_told_and_costs_no_other(tmp_path, change):
    tables = of(tmp_path, {**ODDA, **change}, BARROWLAND)

    assert [row.id for row in tables.actors] == ["barrowland"]
    assert [line.partition(" (")[0] for line in told(tables)] == ["1: no entity of Wikidata"]


def test_letters_of_a_state_that_are_no_code_are_not_taken(tmp_path):
    assert [row.code for row in of(tmp_path, entity("Q9001", "Barrowland", SOVEREIGN, P298=[claim("ÄÖÜ")])).actors] == [""]


def test_nobody_holds_an_office_while_another_does():
    def term(holder: str, start: str, end: str = "", acting: str = "") -> OfficeRow:
        return OfficeRow("kenya", "president", start, end, holder, acting)

    problems: list[Any] = []
    rows = [
        term("a", "2001", "2005-05"),
        term("b", "2005"),
        term("c", "2010", "2015"),
        term("d", "2014", "2016"),
        term("e", "2015", "", "yes"),
    ]

    rows += [term("f", "2018"), term("g", "2020")]

    assert settled(rows, "there", problems) == (rows[0], rows[2], rows[6], rows[4])
    assert [problem.reason for problem in problems] == [
        "d begins 2014 as president of kenya, before c ends (2015); left out.",
        "b begins 2005 as president of kenya, before c ends (2015); left out.",
        "f has no end as president of kenya, though g begins 2020; left out.",
    ]


def test_terms_of_one_holder_that_touch_are_one():
    rows = [OfficeRow("kenya", "president", "2001", "2005", "a"), OfficeRow("kenya", "president", "2005", "2009", "a")]

    assert settled(rows, "there", []) == (OfficeRow("kenya", "president", "2001", "2009", "a"),)


def test_a_folder_of_items_lies_over_ours(tmp_path):
    _, after = join_into(tmp_path / "tables", of(tmp_path, *WHOLE))
    write(after, tmp_path / "tables")

    office = read_ontology(layers=[tmp_path / "tables"]).offices["actor:barrowland-president"]

    assert [(row.holder, row.start, row.end) for row in office.memberships] == [
        ("actor:odda-grey", "2014", "2018-05"),
        ("actor:odda-grey", "2020-05-22", ""),
    ]
