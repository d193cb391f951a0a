"""Dictionaries of Phoenix become tables, and tables dictionaries, with nothing lost in silence."""

from itertools import product
from pathlib import Path

import pytest

from kg.dictionaries import our_tables, read_actors
from kg.dictionaries.casing import in_prose
from kg.dictionaries.copying import copied
from kg.dictionaries.known import known
from kg.dictionaries.listing import listed
from kg.dictionaries.people import positions
from kg.dictionaries.phoenix import read_dictionary
from kg.dictionaries.tables import CELLS, CONTROL, ActorRow, CodeRow, RoleRow, Tables, join, read_folder, rows_of, tables_of, write
from kg.dictionaries.writing import actors_as_phoenix, agents_as_phoenix
from kg.model import DataError
from kg.ontology import read_ontology

VALIDATION = Path(__file__).parents[2] / "shared" / "gold" / "petr_validate"
OURS = our_tables()
BARROWLAND = """\
<!-- DICTIONARY OF A COUNTRY THAT IS NOT
     over two lines -->
<! -- a comment that its writer spoilt -->
# and one of another kind

BARROWLAND_  [GBW] # jd 9/16/91
+BARROWMEN ; in the manner of older dictionaries
+THE_BARROW_REALM

GREAT_BARROW [GBW]
ODDA_THE_GREY_  ; ruler
+KING_ODDA
\t[GBWELI 480101-780427]
\t[GBWGOV 780427 - 19910430]
\t[GBWELI >910430]
    [gbw]
BARROW_LIBERATION_FRONT_(BLF)_ [GBWREB]
BARROW COUNCIL
+COUNCIL_OF_BARROW
\t[GBWGOV]
BLACK_RIDERS_ [REB]
FEN_AID_(FENLAND) [NGOFEN]
"""


def read(tmp_path: Path, text: str, ours: Tables = OURS) -> Tables:
    path = tmp_path / "dictionary.txt"
    path.write_text(text, encoding="utf-8")
    return read_actors([path], "phoenix", ours)


def told(tables: Tables) -> list[str]:
    """Every problem as line and reason."""
    return [f"{problem.where.rpartition(':')[2]}: {problem.reason}" for problem in tables.problems]


def test_each_entry_becomes_an_actor(tmp_path):
    tables = read(tmp_path, BARROWLAND)

    assert [(row.id, row.type, row.code, row.part_of) for row in tables.actors] == [
        ("barrow-council", "government", "GBWGOV", "barrowland"),
        ("barrow-liberation-front", "armed-group", "GBWREB", "barrowland"),
        ("barrowland", "state", "GBW", ""),
        ("black-riders", "armed-group", "---REB", ""),
        ("fen-aid", "organisation", "NGOFEN", ""),
        ("great-barrow", "place", "GBW", "barrowland"),
        ("odda-the-grey", "person", "GBW", "barrowland"),
    ]
    assert told(tables) == ["22: 'FEN AID (FENLAND)' is read without what stands in brackets."]


def test_names_are_written_as_in_prose_and_in_capitals(tmp_path):
    names = {row.id: (row.label, row.names) for row in read(tmp_path, BARROWLAND).actors}

    assert names["barrowland"] == ("Barrowland", "BARROWLAND; Barrowmen; BARROWMEN; Barrow Realm; BARROW REALM")
    assert names["barrow-council"] == ("Barrow Council", "BARROW COUNCIL; Council of Barrow; COUNCIL OF BARROW")
    assert names["barrow-liberation-front"] == ("Barrow Liberation Front", "BARROW LIBERATION FRONT; BLF")


def test_dated_codes_follow_each_other(tmp_path):
    assert read(tmp_path, BARROWLAND).codes == (
        CodeRow("odda-the-grey", "GBWELI", "1948-01-01", "1978-04-27"),
        CodeRow("odda-the-grey", "GBWELI", "1991-05-01", ""),
        CodeRow("odda-the-grey", "GBWGOV", "1978-04-28", "1991-04-30"),
    )


@pytest.mark.parametrize(
    ("codes", "bare", "rows"),
    [
        ("[GBW < 950601]", "", [("GBW", "", "1995-06-01")]),
        ("[GBW > 950601]", "", [("GBW", "1995-06-01", "")]),
        ("[GBWGOV >20300101]", "", [("GBWGOV", "2030-01-01", "")]),
        ("[GBWGOV 300101-310101]", "", []),
        ("[GBWGOV 310101-320101]", "", [("GBWGOV", "1931-01-01", "1932-01-01")]),
        ("[GBWGOV 010101-020101][GBW]", "GBW", [("GBWGOV", "2001-01-01", "2002-01-01")]),
        ("[ORCGBW 20100109-20100112] [GBWMIL 20080120-20121109]", "",
         [("GBWMIL", "2008-01-20", "2010-01-08"), ("GBWMIL", "2010-01-13", "2012-11-09"), ("ORCGBW", "2010-01-09", "2010-01-12")]),
        ("[--- <950630] [GBW]", "", [("GBW", "1995-07-01", "")]),
        ("[GBWGOV 000101-080801] [---]", "", [("GBWGOV", "2000-01-01", "2008-08-01")]),
        ("[RHO <790606] [GBW]", "GBW", [("RHO", "", "1979-06-06")]),
    ],
)  # fmt: skip
def test_the_first_code_that_fits_a_day_counts(tmp_path, codes, bare, rows):
    tables = read(tmp_path, f"ODDA_GREY {codes}")

    assert [row.code for row in tables.actors] == ([bare] if rows else [])
    assert [(row.code, row.start, row.end) for row in tables.codes] == rows


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("ODDA [---]", "1: ODDA is discarded: no table can say that a name is nobody's; left out."),
        ("ODDA [+++]\n+ODD", "1: ODDA and 1 more is discarded: no table can say that a name is nobody's; left out."),
        ("ODDA [###]", "1: ODDA is discarded: no table can say that a name is nobody's; left out."),
        ("ODDA", "1: ODDA has no code; left out."),
        ("[GBW]", "1: '[GBW]' belongs to no name; left out."),
        ("+ODDA", "1: '+ODDA' belongs to no name; left out."),
        ("ODDA [GBW", "1: 'ODDA [GBW' has a bracket without its partner, or words after its code; that is left out."),
        ("ODDA [GBW/FEN/ORC]", "1: [GBW/FEN/ORC] means several actors at once; FEN, ORC left out."),
        ("ODDA [GBW] [FEN]", "1: [FEN] is a second code without a date; [GBW] counts."),
        ("ODDA [G]", "1: [G] is no code of three letters or more; ODDA is kept without it."),
        ("ODDA [GBW]\n\t[950601-990815]", "2: [950601-990815] has no code that can be read; it is left out."),
        ("ODDA [GBW]\n\t[GBW 2004017-20061201]", "2: [GBW 2004017-20061201] has a date that cannot be read (write six or eight digits)"),
        ("ODDA [GBW]\n\t[GBW 950231-960101]", "2: [GBW 950231-960101] has a date that cannot be read (day is out of range for month)"),
        ("ODDA [GBW]\n\t[GBW 960101-950101]", "2: [GBW 960101-950101] has a date that cannot be read (it ends before it begins)"),
        ("+39649_", "1: '+39649_' belongs to no name; left out."),
        ("ODDA [GBW]\n+39649_", "2: '39649' is no name: it has no letters, or signs that no name has."),
        ("ODDA [GBW]\n+ODDA+_ODD", "2: 'ODDA+ ODD' is no name: it has no letters, or signs that no name has."),
        ("ODDA [GBW]\nBRAN [FEN]\n+ODDA", "2: ODDA already stands for somebody else, at"),
        ("ODDA [GBW]\n<! -- open", "2: a comment that nothing closes; this line is skipped."),
        ("ODDA [GBW]\n---STOP---\nBRAN [GBW]", "2: ---STOP---: nothing after this line is read."),
        ("GUARD [~]", "1: [~] is no code of an agent; write [~GOV], or [NGO~]."),
        ("GUARD!WHO! [~COP]", "1: 'GUARD!WHO!' has a marker that no line defines before it; left out."),
        ("GUARD [COP~]", "1: [COP~] of GUARD is written behind the state, not before it."),
        ("TOWN GUARD [~COP]", "1: 'TOWN GUARD' is read without other words in between, which its blanks allow."),
        ("GUARD [~COP]\nGUARD [~MIL]", "2: 'guard' has another code at"),
    ],
)
def test_what_no_table_can_say_is_told_with_its_line(tmp_path, text, reason):
    assert [line for line in told(read(tmp_path, text)) if line.startswith(reason)]


def test_a_file_that_is_not_utf_8_is_read_all_the_same(tmp_path):
    path = tmp_path / "dictionary.txt"
    path.write_bytes("ODDA [GBW]\nÅSGRIM_ [GBWGOV]\n".encode("cp1252"))

    tables = read_actors([path], "phoenix", OURS)

    assert [row.label for row in tables.actors] == ["Åsgrim", "Odda"]
    assert told(tables) == ["2: not UTF-8; the file is read as Windows-1252."]


def test_agents_become_words_for_kinds_of_actors(tmp_path):
    text = """\
!PERSON! = MAN, MEN, WOMAN
WARDEN!PERSON! [~COP]
!PERSON!_OF_!PERSON! [~CVL]
FEN_WARDEN {FEN_WARDENRY} [ ~COP] # and a remark
MARSH_LADY [~GOVAGR]
MOOTHALL {} [~LEG}
PRESIDENT [~GOV]
ELF [~ELF]
"""

    tables = read(tmp_path, text)

    assert [row for row in tables.roles if " of " not in row.word] == [
        RoleRow("elf", "elf", "organisation", "ELF", "elf"),
        RoleRow("fen warden", "pol", "government", "COP", "police"),
        RoleRow("fen wardenry", "pol", "government", "COP", "police"),
        RoleRow("marsh lady", "govagr", "government", "GOVAGR", "government farmers"),
        RoleRow("moothall", "leg", "government", "LEG", "parliament"),
        next(row for row in OURS.roles if row.word == "president"),
        RoleRow("wardenman", "pol", "government", "COP", "police"),
        RoleRow("wardenmen", "pol", "government", "COP", "police"),
        RoleRow("wardenwoman", "pol", "government", "COP", "police"),
    ]
    assert len([row for row in tables.roles if " of " in row.word]) == 9
    assert tables.problems == ()


@pytest.mark.parametrize(
    ("phrase", "ways"),
    [
        ("CARAS GALADHON", ("Caras Galadhon", "CARAS GALADHON")),
        ("UAE", ("UAE",)),
        ("BLFX", ("BLFX",)),
        ("HOBBIT", ("Hobbit", "HOBBIT")),
        ("WHO", ("WHO",)),
        ("U.N.", ("U.N.",)),
        ("K.U", ("K.U.", "K.U")),
        ("AL-BARROW", ("Al-Barrow", "al-Barrow", "AL-BARROW")),
        ("UN OFFICE IN BARROW", ("UN Office in Barrow", "UN OFFICE IN BARROW")),
        ("ODDA VAN DER FEN", ("Odda van der Fen", "Odda Van Der Fen", "ODDA VAN DER FEN")),
        ("ODDA MIN-JUN", ("Odda Min-Jun", "Odda Min-jun", "ODDA MIN-JUN")),
        ("THE AU", ("AU",)),
        ("THE BARROW", ("The Barrow", "the Barrow", "THE BARROW")),
        ("THE GREAT BARROW", ("Great Barrow", "GREAT BARROW")),
        ("ODDA O'FEN III", ("Odda O'Fen III", "ODDA O'FEN III")),
        ("PEOPLE'S 2ND ARMY", ("People's 2nd Army", "PEOPLE'S 2ND ARMY")),
        ("B.M. MCFENN", ("B.M. McFenn", "B.M. MCFENN")),
        ("Barrow Moot", ("Barrow Moot", "BARROW MOOT")),
    ],
)
def test_capitals_become_prose(phrase, ways):
    assert in_prose(phrase) == ways


def test_an_abbreviation_that_is_a_name_by_itself_may_stand_in_a_longer_one(tmp_path):
    tables = read(tmp_path, "OBRA [NGO]\nOBRA_FENS [NGOFEN]\nUNHRX [IGO]\nUNHRX_FENS [IGOFEN]")

    assert {row.id: row.every_name for row in tables.actors} == {
        "obra": ["Obra", "OBRA"],
        "obra-fens": ["Obra Fens", "OBRA Fens", "OBRA FENS"],
        "unhrx": ["UNHRX", "Unhrx"],
        "unhrx-fens": ["UNHRX Fens", "Unhrx Fens", "UNHRX FENS"],
    }


def test_whom_we_know_keeps_the_identifier_and_what_we_know(tmp_path):
    tables = read(tmp_path, "KENYA [KEN]\n+KENIA\nKENYAN [KEN]\nKENYA_POLICE [KENCOP]\nKENIA_WEST [KEN]")

    row = next(row for row in tables.actors if row.id == "kenya")
    ours = next(row for row in OURS.actors if row.id == "kenya")
    assert (row.label, row.adjectives, row.metonyms, row.wikidata) == (ours.label, ours.adjectives, ours.metonyms, ours.wikidata)
    assert set(row.every_name) == {*ours.every_name, "KENYA", "Kenia", "KENIA", "KENYAN"}
    assert [(row.id, row.type, row.part_of) for row in tables.actors] == [
        ("kenia-west", "place", "kenya"),
        ("kenya", "state", ""),
        ("kenya-police", "government", "kenya"),
    ]


def test_somebody_else_of_a_name_that_we_know_gets_another_identifier(tmp_path):
    assert [(row.id, row.label, row.code) for row in read(tmp_path, "KENYA [QQK]").actors] == [("kenya-qqk", "Kenya", "QQK")]


def test_a_name_that_an_entry_takes_no_longer_stands_in_our_row(tmp_path):
    tables = read(tmp_path, "KENYA [KEN]\nNAIROBI [KENGOV]")

    rows = {row.id: row for row in tables.actors}
    assert rows["nairobi"].code == "KENGOV"
    assert "Nairobi" not in rows["kenya"].every_name


def test_two_entries_of_one_name_are_one_if_their_codes_are(tmp_path):
    tables = read(tmp_path, "ODDA_GREY_ [GBWGOV]\n+ODDALAND\nODDA_GREY [GBWGOV]\n+ODDA_OF_BARROW\nODDA_GREY [FENGOV]\n+GREY_ODDA")

    assert {row.id: row.every_name for row in tables.actors} == {
        "odda-grey": ["Odda Grey", "ODDA GREY", "Oddaland", "ODDALAND", "Odda of Barrow", "ODDA OF BARROW"],
        "grey-odda": ["Grey Odda", "GREY ODDA"],
    }
    assert [line[:2] for line in told(tables)] == ["5:"]


@pytest.mark.parametrize(
    ("name", "code", "type"),
    [
        ("FENLAND", "[FEN]", "state"),
        ("FEN_HOUSE", "[FENGOV]", "government"),
        ("FEN_HOST", "[FENMIL]", "armed-forces"),
        ("FEN_OUTLAWS", "[FENREBXYZ]", "armed-group"),
        ("FEN_RAIDERS", "[INTREB]", "armed-group"),
        ("FEN_BAND", "[FENUAF]", "armed-group"),
        ("FEN_LEAVERS", "[FENSEP]", "armed-group"),
        ("FEN_TOGETHER", "[IGOFENREF]", "international-organisation"),
        ("FEN_HELP", "[NGOREF]", "organisation"),
        ("FEN_CALL", "[NGM]", "organisation"),
        ("FEN_PEAT", "[MNCFEN]", "company"),
        ("FEN_UNITED", "[FENPTY]", "party"),
        ("FEN_OTHERS", "[FENOPP]", "party"),
        ("FEN_CRIER", "[FENMED]", "media"),
        ("FEN_FOLK", "[FENCVL]", "population"),
        ("FEN_QUIDDITY", "[FENXYZ]", "organisation"),
        ("MARSHES", "[AFR]", "place"),
        ("ODDA_GREY", "[FENGOV 010101-020101]", "person"),
        ("ODDA_GREY", "[IGOUNO 010101-020101]", "person"),
        ("FEN_LIBERATION_FRONT", "[FENREB <010101] [FENGOV]", "armed-group"),
        ("OLD_FENLAND", "[FEN <010101]", "state"),
    ],
)
def test_the_letters_of_the_code_tell_the_kind(tmp_path, name, code, type):
    assert [row.type for row in read(tmp_path, f"{name} {code}").actors] == [type]


def test_the_same_dictionary_gives_the_same_bytes_however_often_it_is_imported(tmp_path):
    tables = read(tmp_path, BARROWLAND)
    write(tables, tmp_path / "tables")
    before = {path.name: path.read_bytes() for path in (tmp_path / "tables").iterdir()}

    write(join(read_folder(tmp_path / "tables"), read(tmp_path, BARROWLAND)), tmp_path / "tables")

    assert {path.name: path.read_bytes() for path in (tmp_path / "tables").iterdir()} == before
    assert sorted(before) == ["actors.csv", "codes.csv"]


def test_newer_rows_replace_those_of_the_same_actor_and_leave_others():
    before = tables_of(
        [ActorRow("odda", "person", "Odda", "GBWGOV"), CodeRow("odda", "GBWELI", "2001"), ActorRow("fen", "state", "Fen", "FEN", "Fenland")]
    )
    after = tables_of([ActorRow("odda", "person", "Odda", "GBWMIL"), ActorRow("fenland", "state", "Fenland", "FNL")])

    joined = join(before, after, "there")

    assert joined.actors == (ActorRow("fen", "state", "Fen", "FEN"), *after.actors[:1], after.actors[1])
    assert joined.codes == ()
    assert [problem.reason for problem in joined.problems] == ["fen is no longer called 'Fenland': that is fenland now."]


def test_what_is_exported_is_imported_the_same(tmp_path):
    agents = "FEN_WARDEN [~COP]\nMARSH_LADY [~GOVAGR]\n"
    tables = read(tmp_path, BARROWLAND + agents)

    actors, first = actors_as_phoenix(tables)
    words, second = agents_as_phoenix(tables)
    again = read(tmp_path, actors + words)

    assert (again.actors, again.codes, again.roles) == (tables.actors, tables.codes, tables.roles)
    assert first == second == again.problems == ()


def test_our_own_actors_come_back_from_an_export(tmp_path):
    text, _ = actors_as_phoenix(OURS)
    again = read(tmp_path, text)

    coded = {row.id: row.code for row in OURS.actors if row.code and "(" not in row.label}  # such a name is never found
    assert {row.id: row.code for row in again.actors if row.id in coded} == coded
    assert again.codes == OURS.codes


def test_an_export_is_what_petrarch_reads():
    tables = tables_of(
        [
            ActorRow("odda", "person", "Odda the Grey", "GBWGOV", "King Odda; Odda le Gris@fr", part_of="barrowland"),
            ActorRow("barrowland", "state", "Barrowland", "GBW", "", "Barrovian", "Great Barrow"),
            ActorRow("peat-cutters", "population", "peat cutters"),
            CodeRow("odda", "GBWELI", "", "1978-04"),
            CodeRow("odda", "GBWMIL", "1979", "1980-02-29"),
        ]
    )

    text, problems = actors_as_phoenix(tables)

    assert text == (
        "BARROWLAND_ [GBW]\n+BARROVIAN_\n+GREAT_BARROW_\n\n"
        "ODDA_THE_GREY_ [GBWGOV]\n+KING_ODDA_\n\t[GBWELI <19780430]\n\t[GBWMIL 19790101-19800229]\n"
    )
    assert [problem.reason for problem in problems] == ["no code; 1 left out: peat-cutters"]


def test_tables_of_our_own_are_checked_and_joined(tmp_path):
    (tmp_path / "a.csv").write_text(
        "id,type,label,code,names,adjectives,metonyms,part_of,wikidata\nodda,person,Odda,GBWGOV,,,,barrowland,\n", encoding="utf-8"
    )
    write(tables_of([ActorRow("barrowland", "state", "Barrowland", "GBW"), CodeRow("odda", "GBWELI", "2001", "2002-05")]), tmp_path)

    tables = copied([tmp_path / "a.csv", tmp_path / "codes.csv", tmp_path / "actors.csv"], known(OURS))

    assert [row.id for row in tables.actors] == ["barrowland", "odda"]
    assert tables.codes == (CodeRow("odda", "GBWELI", "2001", "2002-05"),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("actor,code,from,to\nkenya,KENx,,", "it.csv:2: 'KENx' cannot be the code.\nWrite capitals, those of the state first"),
        ("actor,code,from,to\nkenya,KEN,2001-13,", "it.csv:2: '2001-13' cannot be the start.\nWrite YYYY-MM-DD"),
        ("actor,code,from,to\nkenya,KEN,2001,2000-05", "it.csv:2: it ends (2000-05) before it begins (2001).\nMend one"),
        ("actor,code,from,to\nnobody,KEN,,", "it.csv:2: unknown actor 'nobody' in the column actor.\nAdd its row"),
        ("actor,code\nkenya,KEN", "it.csv:1: the header 'actor,code' is that of no table.\nIt must be one of:"),
        ("word,role,type,code,label\nreeve,x,ruler,GOV,x", "it.csv:2: unknown type 'ruler'.\nUse one of: "),
    ],
)
def test_a_table_that_is_wrong_is_told_with_its_line_and_a_remedy(tmp_path, text, message):
    (tmp_path / "it.csv").write_text(text + "\n", encoding="utf-8")

    with pytest.raises(DataError) as error:
        copied([tmp_path / "it.csv"], known(OURS))

    assert message in str(error.value)


def test_a_folder_that_lies_over_ours_is_checked_as_a_build_checks_it(tmp_path):
    (tmp_path / "actor.csv").write_text("id\n", encoding="utf-8")

    for read_layer in (our_tables, lambda layers: read_ontology(layers=layers)):
        with pytest.raises(DataError, match=r"no table is called actor\.csv"):
            read_layer([tmp_path])


def test_tables_with_control_characters_are_refused(tmp_path):
    write(
        tables_of(
            [
                ActorRow("odda", "person", "Odda\x1b[31m", names="King\nOdda; Odda Grey"),
                ActorRow("bran", "person", "Bran\x07"),
                RoleRow("ree\x9bve", "gov", "government", "GOV", "reeve"),
            ]
        ),
        tmp_path,
    )

    with pytest.raises(DataError, match=r"actors\.csv:2: a control character \(U\+0007\)"):
        copied([tmp_path / "actors.csv", tmp_path / "roles.csv"], known(OURS))


@pytest.mark.parametrize("text", ["OD\x07DA [GBW]", "ODDA [GBW]\n+OD\x1bDA", "REE\x07VE [~GOV]", "REEVE {REE\x9bVES} [~GOV]"])
def test_phrases_with_control_characters_are_refused_and_told(tmp_path, text):
    tables = read(tmp_path, text)

    assert len(tables.problems) >= 1
    assert not any(CONTROL.search(cell) for row in rows_of(tables) for cell in CELLS[type(row)](row))


def test_what_cannot_be_written_leaves_the_tables_as_they_were(tmp_path, monkeypatch):
    before = tables_of([ActorRow("odda", "person", "Odda"), CodeRow("odda", "GBWELI", "2001")])
    write(before, tmp_path)

    with pytest.raises(UnicodeEncodeError):
        write(tables_of([ActorRow("odda", "person", "Odda\ud800")]), tmp_path)
    monkeypatch.setattr(Path, "write_bytes", _full)
    with pytest.raises(OSError, match="no space"):
        write(tables_of([ActorRow("bran", "person", "Bran")]), tmp_path)

    assert read_folder(tmp_path) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["actors.csv", "codes.csv"]


def _full(path: Path, content: bytes) -> None:
    raise OSError("no space left")


def test_twenty_seven_thousand_entries_are_imported_in_one_go(tmp_path):
    lines = []
    names = (
        first + second + third + "O"
        for first, second, third in product(("BA", "DE", "GI", "KO", "LU", "MA", "NE", "RI", "SO", "TU"), repeat=3)
    )
    towns = list(names)
    for number, (one, other) in zip(range(18000), product(towns, repeat=2), strict=False):
        land = f"Q{chr(65 + number % 26)}{chr(65 + number // 26 % 10)}"
        lines += [
            f"{one}_{other}_  ; a note",
            f"+{other}_THE_{one}",
            f"\t[{land}ELI 620101-780427]",
            f"\t[{land}GOV >19780427]",
            f"\t[{land}]",
        ]
    for number, (one, other) in zip(range(9000), product(towns, reversed(towns)), strict=False):
        lines.append(f"{one}_{other}_BRIGADES_ [Q{chr(65 + number % 26)}AREB] # a note")

    tables = read(tmp_path, "\n".join(lines))

    assert (len(tables.actors), len(tables.codes), tables.problems) == (27000, 36000, ())


@pytest.mark.skipif(not VALIDATION.is_dir(), reason="the dictionaries of PETRARCH's validation suite are not beside the checkout")
def test_the_dictionaries_of_the_validation_suite_are_read_whole():
    paths = [VALIDATION / f"PETR.Validate.{kind}.txt" for kind in ("actors", "agents")]
    tables = read_actors(paths, "phoenix", OURS)
    found = [read_dictionary(path) for path in paths]

    entries = [entry for dictionary in found for entry in dictionary.entries]
    names = {name for row in tables.actors for name in row.every_name}
    missed = [phrase for entry in entries for phrase in entry.phrases if phrase not in names and phrase.removeprefix("THE ") not in names]
    assert (len(entries), sum(len(dictionary.agents) for dictionary in found)) == (126, 95)
    assert missed == []
    assert len(tables.problems) == 9
    assert listed(found, known(OURS)) == tables


def test_a_folder_of_imported_tables_lies_over_ours(tmp_path):
    write(read(tmp_path, BARROWLAND + "KENYA [KEN]\nREEVE [~GOV]\n"), tmp_path / "tables")

    ontology = read_ontology(layers=[tmp_path / "tables"])

    assert ontology.names["Odda the Grey"].actor.id == "actor:odda-the-grey"
    assert [row.code for row in ontology.codes["actor:odda-the-grey"]] == ["GBWELI", "GBWELI", "GBWGOV"]
    assert ontology.actors["actor:kenya"] == read_ontology().actors["actor:kenya"]
    assert ontology.roles["reeve"].role == "gov"


def test_every_office_that_a_position_may_be_has_a_title():
    titles = {title.office for title in read_ontology().titles}

    assert set(positions().values()) <= titles
