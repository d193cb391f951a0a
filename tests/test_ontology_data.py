"""Every row of every hand-written table is its own test; and every bad row is told with its line and a remedy.

The examples are read from the parses on record in ``parses.conllu``; ``kg check --fix`` records new ones.
"""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import pytest

from kg.check import (
    counterexample_findings,
    cue_findings,
    examples_of,
    findings,
    light_verb_findings,
    name_word_findings,
    qualifier_findings,
    rule_findings,
    sort_tables,
)
from kg.model import Action, DataError, Modality, Sentence
from kg.ontology import Cue, Qualifier, ontology_folder, pattern, read_ontology
from kg.ontology.actions import read_vocabulary
from kg.ontology.actors import Directory, add_actors, add_places, read_name_words, read_roles
from kg.ontology.offices import read_articles
from kg.ontology.qualifiers import read_qualifiers
from kg.ontology.rules import read_counterexamples, read_cues, read_light_verbs, read_rules
from kg.recorded import read_parses
from kg.sentences import parse as parse_text
from kg.statements import Pair

RECORDED = Path(__file__).parent / "parses.conllu"
ONTOLOGY = read_ontology()
ACTIONS = {name: Action(name, name, "CONSULT") for name in ("action:accuse", "action:meet")}


@lru_cache(maxsize=1)
def recorded() -> dict[str, list[Sentence]]:
    """The parses on record, read once."""
    return dict(read_parses(RECORDED)) if RECORDED.exists() else {}


def parse(example: str) -> Sequence[Sentence]:
    """The parse of an example on record."""
    if example not in recorded():
        pytest.fail(f"No parse of {example!r} is on record: run kg check --fix.", pytrace=False)
    return recorded()[example]


@pytest.mark.parametrize("rule", ONTOLOGY.rules, ids=lambda rule: rule.id)
def test_rule_reads_its_own_example(rule):
    assert list(rule_findings(rule, ONTOLOGY, parse)) == []


@pytest.mark.parametrize("light", ONTOLOGY.light_verbs, ids=lambda light: light.example)
def test_light_verb_lends_its_subject(light):
    assert list(light_verb_findings(light, ONTOLOGY, parse)) == []


@pytest.mark.parametrize("row", ONTOLOGY.name_words.values(), ids=lambda row: row.word)
def test_a_word_tells_the_kind_of_its_example(row):
    assert list(name_word_findings(row, ONTOLOGY)) == []


@pytest.mark.parametrize(("word", "example"), read_articles(ONTOLOGY.folder / "mappings" / "articles.csv").items())
def test_a_word_that_takes_the_stands_in_its_own_example(word, example):
    the, label = example.split(" ", 1)

    assert the == "the"
    assert word in label.split()
    assert label in {actor.label for actor in ONTOLOGY.actors.values()}


def test_an_office_of_a_name_with_the_is_called_so():
    labels = {id: office.actor.label for id, office in ONTOLOGY.offices.items()}

    assert labels["actor:united-kingdom-foreign-minister"].endswith(" of the United Kingdom")
    assert labels["actor:united-states-president"] == "President of the United States"
    assert labels["actor:france-president"] == "President of France"
    assert [label for label in labels.values() if " of the the " in label] == []


@pytest.mark.parametrize("row", ONTOLOGY.qualifiers.values(), ids=lambda row: row.words)
def test_a_qualifier_is_read_beside_the_number_of_its_example(row):
    assert list(qualifier_findings(row)) == []


def test_a_qualifier_that_its_example_lacks_is_told():
    assert list(qualifier_findings(Qualifier("at least", "least", "up to 40 rockets"))) == [
        "qualifiers.csv, at least: expected beside one number, read up to in: up to 40 rockets"
    ]


@pytest.mark.parametrize("cue", ONTOLOGY.cues, ids=lambda cue: f"{cue.cue}/{cue.pos}")
def test_cue_gives_its_example_the_reading_expected(cue):
    assert list(cue_findings(cue, ONTOLOGY, parse)) == []


@pytest.mark.parametrize("row", ONTOLOGY.counterexamples, ids=lambda row: row.example)
def test_counterexample_is_not_read(row):
    assert list(counterexample_findings(row, ONTOLOGY, parse)) == [], row.reason


def test_no_parse_is_on_record_that_no_table_needs():
    assert sorted(set(recorded()) - set(examples_of(ONTOLOGY))) == [], "run kg check --fix"


def test_the_tables_are_sorted(tmp_path):
    (tmp_path / "mappings").mkdir()
    for path in (ontology_folder() / "mappings").glob("*.csv"):
        (tmp_path / "mappings" / path.name).write_bytes(path.read_bytes())

    assert sort_tables(tmp_path) == [], "run kg check --fix"


def test_sorting_keeps_every_cell_and_is_done_once(tmp_path):
    (tmp_path / "mappings").mkdir()
    table = tmp_path / "mappings" / "roles.csv"
    table.write_text('word,role\nthug,"civ, or reb"\narmy,mil\n', encoding="utf-8")

    assert [sort_tables(tmp_path), sort_tables(tmp_path)] == [["roles.csv"], []]
    assert table.read_text(encoding="utf-8") == 'word,role\narmy,mil\nthug,"civ, or reb"\n'


@pytest.mark.parametrize(
    ("content", "advice"),
    [
        (b'word,role\nthug,"civ\narmy,mil\n', r"roles\.csv:3: (.|\n)*Look for a quotation mark without its partner"),
        (
            b"word,role\nthug,civ,reb\narmy,mil\n",
            r"roles\.csv:2: 3 cells instead of 2\.\nA cell that contains a comma needs quotation marks",
        ),
        (b"", r"roles\.csv: the table is empty\."),
        (b"word,role\ncaf\xe9,civ\n", r"roles\.csv:2: (.|\n)*as UTF-8"),
    ],
)
def test_no_table_is_sorted_where_one_cannot_be_read(tmp_path, content, advice):
    good, bad = tmp_path / "mappings" / "places.csv", tmp_path / "mappings" / "roles.csv"
    good.parent.mkdir()
    good.write_text("name,actor\nb,iran\na,iran\n", encoding="utf-8")
    bad.write_bytes(content)

    with pytest.raises(DataError, match=advice):
        sort_tables(tmp_path)

    assert good.read_text(encoding="utf-8") == "name,actor\nb,iran\na,iran\n"
    assert bad.read_bytes() == content


def test_a_cue_may_leave_no_assertion_of_the_same_act(monkeypatch):
    pairs = [Pair("action:meet", modality, "A", "B", "") for modality in (Modality.HYPOTHETICAL, Modality.ASSERTED)]
    monkeypatch.setattr("kg.check.pairs_in", lambda *_: pairs)
    cue = Cue("may", pattern("may"), "aux", frozenset({"hypothetical"}), "A may meet B.", "hypothetical A > B")

    assert list(cue_findings(cue, ONTOLOGY, lambda _: [None])) == [
        "cues.csv, may (aux): expected hypothetical A > B, read asserted A > B; hypothetical A > B in: A may meet B."
    ]


RULES = "id,pos,trigger,action,actor,target,example,expect"
MEET = "meet,verb,meet,action:meet,subject,object,Merkel met Macron.,Merkel > Macron"


def refusal(path: Path, text: str, reader, *rest) -> str:
    """What a reader says to a table that it cannot accept."""
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as told:
        list(reader(path, *rest))
    return str(told.value).replace(str(path), path.name)


@pytest.mark.parametrize(
    ("row", "where", "advice"),
    [
        (
            "x,verb,meet,action:meat,subject,object,A met B.,A > B",
            "unknown action 'action:meat' for 'meet'",
            "one of: action:accuse, action:meet",
        ),
        ("x,verb,meet,action:meet,subject,object,In Paris, A met B.,A > B", "9 cells instead of 8", "needs quotation marks"),
        ("x,verb,meet,action:meet", "4 cells instead of 8", "A cell is missing"),
        ("x,verbs,meet,action:meet,subject,object,A met B.,A > B", "unknown pos 'verbs'", "Use one of: adj, aux, noun, verb"),
        ("meet,verb,encounter,action:meet,subject,object,A met B.,A > B", "the id 'meet' is taken by rules.csv:2", "Choose another"),
        ("x,verb,,action:meet,subject,object,A met B.,A > B", "trigger, actor, target and example must be filled", "ontology/README.md"),
        ("x,verb,meet,action:meet,,object,A met B.,A > B", "trigger, actor, target and example must be filled", "ontology/README.md"),
        ("x,verb,meet,action:meet,subject,,A met B.,A > B", "trigger, actor, target and example must be filled", "ontology/README.md"),
        ("x,verb,meet,action:meet,subject,object,,A > B", "trigger, actor, target and example must be filled", "ontology/README.md"),
        ('x,verb,meet,action:meet,subject,object,"A met B.,A > B', "unexpected end of data", "quotation mark without its partner"),
    ],
)
def test_a_bad_rule_is_reported_with_its_line_and_a_remedy(tmp_path, row, where, advice):
    told = refusal(tmp_path / "rules.csv", f"{RULES}\n{MEET}\n{row}\n", read_rules, ACTIONS)

    assert told.startswith(f"rules.csv:3: {where}")
    assert advice in told.splitlines()[1]


@pytest.mark.parametrize(
    ("reader", "rest", "table", "where", "advice"),
    [
        (add_places, [Directory()], "name,actor\nKharkiv,ukraine", "unknown actor 'ukraine'", "the id of a row of actors.csv"),
        (read_roles, [], "word,role,type,code,label\narmy,mil,army,MIL,army", "unknown type 'army'", "armed-forces"),
        (read_name_words, [], "word,type,code,example\narmy,army,MIL,9th Army", "unknown type 'army'", "armed-forces"),
        (read_qualifiers, [], "qualifier,meaning,example\nnearly,below,nearly 40", "unknown meaning 'below'", "about, exact, least, most"),
        (read_light_verbs, [], "verb,subject,example,expect\nsuffer,object,A suffered.,> A", "unknown subject 'object'", "actor, target"),
        (read_cues, [], "cue,pos,reading,example,expect\nmay,modal,hypothetical,A may.,x", "unknown pos 'modal'", "adj, adv, aux"),
        (
            read_cues,
            [],
            "cue,pos,reading,example,expect\nmay,aux,possible,A may.,x",
            "unknown reading 'possible'",
            "hypothetical, intended",
        ),
        (read_cues, [], "cue,pos,reading,example,expect\ndeny,verb,said; no,A.,x", "unknown reading 'no'", "negated, rumoured, said"),
        (read_counterexamples, [ACTIONS], "example,never,reason\nA met B.,meet,x", "unknown never 'meet'", "action:meet, any"),
    ],
)
def test_a_bad_row_of_any_table_is_reported_with_its_line_and_a_remedy(tmp_path, reader, rest, table, where, advice):
    told = refusal(tmp_path / "table.csv", f"{table}\n", reader, *rest)

    assert told.startswith(f"table.csv:2: {where}")
    assert advice in told.splitlines()[1]


READERS = [
    (add_actors, [Directory()]),
    (add_places, [Directory()]),
    (read_roles, []),
    (read_name_words, []),
    (read_qualifiers, []),
    (read_rules, [ACTIONS]),
    (read_light_verbs, []),
    (read_cues, []),
    (read_counterexamples, [ACTIONS]),
]


@pytest.mark.parametrize(("reader", "rest"), READERS, ids=lambda value: getattr(value, "__name__", ""))
def test_a_wrong_header_is_told_beside_the_right_one(tmp_path, reader, rest):
    told = refusal(tmp_path / "table.csv", "one,two\n", reader, *rest)

    assert told.startswith("table.csv:1: the header is 'one,two'.\nIt must be '")


@pytest.mark.parametrize(("reader", "rest"), READERS, ids=lambda value: getattr(value, "__name__", ""))
def test_a_table_that_is_not_there_or_not_utf_8_is_told(tmp_path, reader, rest):
    (tmp_path / "latin.csv").write_bytes(b"name,actor\nM\xfcnchen,germany\n")

    for name, told in (("missing.csv", "missing.csv: No such file"), ("latin.csv", "latin.csv:2: a character that is not UTF-8")):
        with pytest.raises(DataError, match=told):
            list(reader(tmp_path / name, *rest))


@pytest.mark.parametrize(("reader", "rest"), READERS, ids=lambda value: getattr(value, "__name__", ""))
def test_a_control_character_in_a_table_is_told_with_its_line(tmp_path, reader, rest):
    told = refusal(tmp_path / "table.csv", "one,two\n\nthree,\x1b[31m\n", reader, *rest)

    assert told == "table.csv:3: a control character (U+001B).\nTake it out, and save the table as UTF-8."


def test_a_mark_that_spreadsheets_add_is_no_part_of_the_header(tmp_path):
    path = tmp_path / "places.csv"
    path.write_bytes(b"\xef\xbb\xbfname,actor\r\n")

    assert add_places(path, Directory()) == Directory()


def test_broken_turtle_is_told_with_its_file(tmp_path):
    (tmp_path / "kg.ttl").write_text("@prefix kg: <https://example.org/> .\nkg:a kg:b .", encoding="utf-8")
    (tmp_path / "actions.ttl").write_text("", encoding="utf-8")

    with pytest.raises(DataError, match=r"kg\.ttl(.|\n)*Mend the Turtle, then run kg check"):
        read_vocabulary(tmp_path)


@pytest.fixture
def copied(tmp_path) -> Path:
    """A copy of the hand-written files, to be spoilt."""
    for path in ontology_folder().rglob("*"):
        if path.is_file():
            target = tmp_path / "ontology" / path.relative_to(ontology_folder())
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    return tmp_path / "ontology"


def test_a_place_that_is_an_actor_too_is_refused(copied):
    with (copied / "mappings" / "places.csv").open("a", encoding="utf-8") as table:
        table.write("Tehran,iran\n")

    with pytest.raises(DataError, match=r"places\.csv:\d+: 'Tehran' also stands in actors\.csv, for actor:iran\.\nKeep one of them\."):
        read_ontology(copied)


def test_an_action_under_no_plover_type_is_refused(copied):
    with (copied / "actions.ttl").open("a", encoding="utf-8") as turtle:
        turtle.write("\naction:stray a skos:Concept .\n")

    with pytest.raises(DataError, match=r"action:stray is under none of the 16 PLOVER types\.\nGive it skos:broader\."):
        read_ontology(copied)


def test_a_row_that_reads_otherwise_than_it_says_is_found(copied):
    (copied / "mappings" / "rules.csv").write_text(
        f"{RULES}\nmeet,verb,meet,action:meet,subject,object,Merkel met Macron.,Macron > Merkel\n", encoding="utf-8"
    )
    for name in ("lightverbs.csv", "cues.csv", "counterexamples.csv"):
        table = copied / "mappings" / name
        table.write_text(table.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")

    assert list(findings(read_ontology(copied), parse_text)) == [
        "rules.csv, meet: expected action:meet Macron > Merkel, by itself it reads action:meet Merkel > Macron in: Merkel met Macron."
    ]
