"""Who is who, as people mistype it: every mistake is told with its file, its line and what to do about it."""

from pathlib import Path

import pytest

from kg.build import knowledge_of
from kg.model import DataError
from kg.ontology import Ontology, ontology_folder, read_ontology

TABLES = {
    "actors": "id,type,label,code,names,adjectives,metonyms,part_of,affiliated_with,wikidata",
    "places": "name,actor",
    "offices": "of,office,from,to,holder,acting",
    "titles": "office,of,label,words,example,expect",
    "standings": "word,standing,example",
    "codes": "actor,code,from,to",
    "corrections": "kind,document,name,actor,reason",
    "roles": "word,role,type,code,label",
    "namewords": "word,type,code,example",
}
OSMERE = "osmere,state,Osmere,OSM,,Osmeri; Osmeris,Port Osmere,,,"
ADA = "ada-veen,person,Ada Veen,OSMELI,,,,osmere,,"
BEN = "ben-tarrow,person,Ben Tarrow,OSMELI,,,,osmere,,"


@pytest.fixture
def layer(tmp_path):
    """Writes a folder of tables, each without its header, that lies over ours; always with a state and two persons."""

    def write(name: str = "mine", **tables: str) -> Path:
        folder = tmp_path / name
        folder.mkdir()
        for table, rows in ({"actors": ""} | tables).items():
            basis = [OSMERE, ADA, BEN] if table == "actors" and name == "mine" else []
            lines = [TABLES[table], *basis, *([rows] if rows else [])]
            if table == "actors" and "osmere-president" in rows:
                (folder / "offices.csv").write_text(f"{TABLES['offices']}\nosmere,president,2001,,ada-veen,\n", encoding="utf-8")
            (folder / f"{table}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        return folder

    return write


def over(*layers: Path) -> Ontology:
    """Our ontology beneath these layers."""
    return read_ontology(layers=layers)


@pytest.mark.parametrize(
    ("table", "row", "what", "advice"),
    [
        ("actors", "oman2,country,Oman2,OMN,,,,,,", "unknown type 'country'", "state"),
        ("actors", "Oman2,state,Oman2,OMN,,,,,,", "'Oman2' is no identifier", "lower-case letters and digits joined by hyphens"),
        ("actors", "osmere,state,Osmeria,OSM,,,,,,", "actor:osmere stands here a second time, as in", "Join the two rows"),
        ("actors", "tarsk,state,Tarsk,TAR,Port Osmere,,,,,", "'Port Osmere' already names actor:osmere", "one row only"),
        ("actors", "tarsk,state,Tarsk,TAR,,Osmeri,,,,", "'Osmeri' already names actor:osmere", "one row only"),
        ("actors", "tarsk,state,,TAR,,,,,,", "actor:tarsk has no label", "the name that people know it by"),
        ("actors", "tarsk,state,Tarsk,Tar,,,,,,", "'Tar' is no code", "capitals in threes"),
        ("actors", "tarsk,person,Tarsk,TA,,,,,,", "'TA' is no code", "capitals in threes"),
        ("actors", "tarsk,state,Tarsk,TARS,,,,,,", "'TARS' is no code", "capitals in threes"),
        ("actors", "tarsk,state,Tarsk,TAR,,,,,,wd:Q1", "'wd:Q1' is no item of Wikidata", "Q and its number"),
        (
            "actors",
            "guard,armed-forces,Guard,OSMMIL,,,,osmeria,,",
            "actor:guard is part of actor:osmeria, which has no row",
            "mend part_of",
        ),
        ("actors", "guard,armed-forces,Guard,OSMMIL,,,,guard,,", "actor:guard is part of itself", "Mend part_of"),
        ("actors", "guard,armed-group,Guard,,,,,,irann,", "affiliated with actor:irann, which has no row", "mend affiliated_with"),
        ("actors", "tarsk,state,Tarsk,TAR", "4 cells instead of 10", "A cell is missing"),
        ("actors", "tarsk,state,Tarsk, the Great,TAR,,,,,,", "11 cells instead of 10", "needs quotation marks"),
        ("actors", 'tarsk,state,"Tarsk,TAR,,,,,,', "unexpected end of data", "quotation mark without its partner"),
        ("places", "Ostby,osmeria", "unknown actor 'osmeria'", "the id of a row of actors.csv"),
        ("places", "Ostby,osmere\nOstby,osmere", "'Ostby' stands here a second time", "Keep one"),
        ("places", "Port Osmere,osmere", "'Port Osmere' also stands in actors.csv", "Keep one"),
        ("offices", "osmeria,president,2001,,ada-veen,", "unknown actor 'osmeria'", "the id of a row of actors.csv"),
        ("offices", "osmere,president,2001,,ada-vein,", "no person 'ada-vein'", "Add a row of type person"),
        ("offices", "osmere,president,2001,,osmere,", "no person 'osmere', but of type state at", "Mend the holder"),
        ("offices", "osmere,presidant,2001,,ada-veen,", "no row of titles.csv tells how 'presidant' is called", "mend the office"),
        ("offices", "osmere,president,,2004,ada-veen,", "nothing in the column from", "its month or year"),
        ("offices", "osmere,president,3 May 2001,,ada-veen,", "'3 May 2001' in the column from is no date", "YYYY-MM-DD"),
        ("offices", "osmere,president,2001-02-30,,ada-veen,", "'2001-02-30' in the column from is no date", "YYYY-MM-DD"),
        ("offices", "osmere,president,2001,2003-13,ada-veen,", "'2003-13' in the column to is no date", "YYYY-MM-DD"),
        ("offices", "osmere,president,2004,2001,ada-veen,", "it ends (2001) before it begins (2004)", "Mend one"),
        ("offices", "osmere,president,2001,,ada-veen,no", "unknown acting 'no'", "yes"),
        (
            "offices",
            "osmere,president,2001,2005-06-01,ada-veen,\nosmere,president,2005-05-01,,ben-tarrow,",
            "actor:ben-tarrow begins (2005-05-01) before actor:ada-veen ends (2005-06-01)",
            "Mend one",
        ),
        (
            "offices",
            "osmere,president,2001,,ada-veen,\nosmere,president,2005-05-01,,ben-tarrow,",
            "before actor:ada-veen ends (open)",
            "Fill to in the row of actor:ada-veen",
        ),
        ("titles", "president,,President,president,,", "office, label, example and expect must be filled", "ontology/README.md"),
        ("standings", "late,dead,The late president.", "unknown standing 'dead'", "acting, elect, other"),
        ("codes", "ada-vein,OSMGOV,2001,", "unknown actor 'ada-vein'", "the id of a row of actors.csv"),
        ("codes", "ada-veen,,2001,", "no code", "as in actors.csv"),
        ("codes", "ada-veen,OSMGOV,2001,2000", "it ends (2000) before it begins (2001)", "Mend one"),
        ("offices", "osmere,president,2001-21,,ada-veen,", "'2001-21' in the column from is no date", "YYYY-MM-DD"),
        ("actors", "osmere-president,person,Zed,OSMELI,,,,osmere,,", "actor:osmere-president is the office at", "another id"),
        ("corrections", "same,,osmere,osmere,", "actor:osmere is the same as itself", "the actor that it stands for"),
        (
            "corrections",
            "is,,The Hall,osmere,\nis,,The Hall,ada-veen,",
            "'The Hall' has a row already, at mine",
            "Keep one",
        ),
        ("corrections", "equals,,The Hall,osmere,", "unknown kind 'equals'", "is, never, same"),
        ("corrections", "is,,The Hall,osmeria,", "unknown actor 'osmeria'", "add one for a new actor"),
        ("corrections", "is,,The Hall,,", "unknown actor ''", "add one for a new actor"),
        ("corrections", "never,,,osmere,", "nothing in the column name", "the words of the text"),
        ("roles", "army2,mil,army,MIL,army", "unknown type 'army'", "armed-forces"),
        ("roles", "army2,mil,armed-forces,MIL,a\narmy2,mil,armed-forces,MIL,b", "'army2' stands here a second time", "Keep one"),
        ("namewords", "legion2,army,MIL,9th Legion2", "unknown type 'army'", "armed-forces"),
    ],
)
def test_a_mistake_is_told_with_file_line_and_remedy(layer, table, row, what, advice):
    with pytest.raises(DataError) as told:
        over(layer(**{table: row}))

    first, remedy = str(told.value).splitlines()
    file, line = first.split(": ")[0].rsplit("/", 1)[-1].split(":")
    text = (Path(first.split(": ")[0].rsplit(":", 1)[0])).read_text(encoding="utf-8").splitlines()
    assert (file, what in first, advice in remedy) == (f"{table}.csv", True, True)
    assert int(line) in range(len(text) - row.count("\n"), len(text) + 2)


def test_a_folder_that_is_not_there_or_has_other_tables_is_told(tmp_path):
    (tmp_path / "mine").mkdir()
    with pytest.raises(DataError, match="there is no table in this folder"):
        over(tmp_path / "mine")
    (tmp_path / "mine" / "actor.csv").write_text("", encoding="utf-8")
    with pytest.raises(DataError, match=r"no table is called actor\.csv(.|\n)*actors\.csv"):
        over(tmp_path / "mine")
    with pytest.raises(DataError, match="there is no such folder"):
        over(tmp_path / "yours")


def test_a_later_layer_counts_and_the_clash_is_reported(layer):
    mine = layer()
    theirs = layer("theirs", actors="osmere,state,Osmeria,OSR,,,,,,\ntarsk,state,Tarsk,TAR,Port Osmere; Ada Veen,,,,,")
    ontology = over(mine, theirs)

    assert ontology.actors["actor:osmere"].label == "Osmeria"
    assert ontology.names["Ada Veen"].actor.id == "actor:tarsk"
    assert "Osmeris" not in ontology.names
    assert [problem.where.rsplit("/", 2)[1:] for problem in ontology.clashes] == [["theirs", "actors.csv:2"], ["theirs", "actors.csv:3"]]
    assert "described otherwise than in" in ontology.clashes[0].reason
    assert "'Ada Veen' means actor:tarsk here and actor:ada-veen in a layer before" in ontology.clashes[1].reason


def test_ours_stay_beneath_a_layer(layer):
    ontology = over(layer())

    assert {"actor:iran", "actor:osmere"} <= ontology.actors.keys()
    assert ontology.layers != () == read_ontology(ontology_folder()).layers


def test_a_name_in_another_language_keeps_it(layer):
    ontology = over(layer(actors="tarsk,state,Tarsk,TAR,Torsquie@fr; Tarskland,,,,,"))

    assert ontology.names["Torsquie"].actor.id == "actor:tarsk"
    assert ontology.languages == {"Torsquie": "fr"}


def test_an_empty_line_is_nobody(layer):
    assert "actor:tarsk" in over(layer(actors="\ntarsk,state,Tarsk,TAR,,,,,,\n")).actors


def test_what_a_replaced_row_said_is_gone(layer):
    mine = layer(actors="tarsk,state,Tarsk,TAR,Torsquie@fr,Tarskian,,,,")
    ontology = over(mine, layer("theirs", actors="tarsk,state,Tarsk,TAR,Torsquie,,,,,"))

    assert ontology.languages == {}
    assert "actor:tarsk" not in ontology.adjectives


def test_chains_of_actors_that_are_the_same_are_closed(layer):
    ontology = over(layer(corrections="same,,chad,mali,\nsame,,mali,osmere,"))

    assert {id: actor.id for id, actor in ontology.corrections.same.items()} == {"actor:chad": "actor:osmere", "actor:mali": "actor:osmere"}


def test_actors_that_are_each_other_are_told(layer):
    with pytest.raises(DataError, match=r"corrections\.csv:\d: .* comes back to itself, by way of actor:.*\.\nTake out one"):
        over(layer(corrections="same,,osmere,ada-veen,\nsame,,ada-veen,osmere,"))


def test_two_whole_ontologies_are_one_too_many(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "actions.ttl").write_text("", encoding="utf-8")
    with pytest.raises(DataError, match=r"a second ontology with its own actions\.ttl(.|\n)*Give one"):
        knowledge_of([tmp_path / "one", tmp_path / "two"])
