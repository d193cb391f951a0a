"""What the user reads: results, messages, help, and the exit status."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click import Option
from click.testing import CliRunner, Result

from kg.cli import main, safe
from kg.score import read_annotations

README = Path(__file__).parent.parent / "README.md"
COMMANDS = sorted(main.commands)
ESCAPE = "\x1b]0;owned\x07\x1b[31m"


def run(*arguments: object, given: str | bytes | None = None) -> Result:
    """Run a command in this process; a bug keeps its traceback."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments], input=given, catch_exceptions=False)
    assert "Traceback" not in result.output
    return result


@pytest.fixture
def article(tmp_path) -> Path:
    """One article."""
    path = tmp_path / "article.txt"
    path.write_text("title: A\ndate: 2024-05-03\n\nKenya attacked Uganda on Monday.\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command):
    result = run(command, "--help")

    assert result.exit_code == 0
    assert main.commands[command].help
    assert result.stdout.startswith(f"Usage: main {command}")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_stands_in_the_readme(command):
    assert f"kg {command}" in README.read_text(encoding="utf-8")


@pytest.mark.parametrize("command", ["extract", "query", "score"])
def test_every_option_has_help_and_stands_in_the_readme(command):
    hidden = {"--help", "--quiet", "--version"}
    options = [option for option in main.commands[command].params if isinstance(option, Option) and not hidden & set(option.opts)]

    assert [option.opts for option in options if not option.help] == []
    assert [name for option in options for name in option.opts if name not in README.read_text(encoding="utf-8")] == []


@pytest.mark.parametrize("option", ["-h", "--help", "--version"])
def test_help_and_version_are_there(option):
    assert run(option).exit_code == 0


def test_a_build_reports_on_standard_error_and_says_which_file_to_open(article, tmp_path):
    result = run("build", article, "--out", tmp_path / "out")

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.splitlines()[:3] == [
        "1 article, 1 sentence",
        "1 statement: 1 asserted, 0 negated, 0 intended, 0 hypothetical",
        "1 event, 1 of them asserted, between 2 actors",
    ]
    assert result.stderr.splitlines()[-1] == f"Open {tmp_path / 'out' / 'network.html'}"
    assert f"Kept what was read in {tmp_path / '.kg-cache'} for the next time" in result.stderr
    assert "Kept" not in run("build", article, "--out", tmp_path / "out").stderr


UNDATED = [
    "1 article tells no date of publication: “on Monday” in it may stay without a date.",
    "What has no date is not compared with what other articles tell, so no conflict with them is found.",
    "Begin such a file with a line date: YYYY-MM-DD and an empty line; kg query documents lists them last.",
]


def test_a_build_says_how_many_articles_have_no_date_and_how_to_give_them_one(article, tmp_path):
    (tmp_path / "undated.txt").write_text("Kenya attacked Uganda on Monday.\n", encoding="utf-8")

    told = run("build", article, tmp_path / "undated.txt", "--out", tmp_path / "out").stderr.splitlines()

    assert told[:3] == UNDATED


def test_who_adds_articles_is_told_how_many_of_those_have_no_date(article, tmp_path):
    (tmp_path / "undated.txt").write_text("Kenya attacked Uganda on Monday.\n", encoding="utf-8")
    (tmp_path / "dated.txt").write_text("date: 2024-05-07\n\nKenya attacked Uganda on Monday.\n", encoding="utf-8")
    run("build", article, "--out", tmp_path / "out")

    assert run("add", tmp_path / "undated.txt", "--out", tmp_path / "out").stderr.splitlines()[:3] == UNDATED
    assert "no date" not in run("add", tmp_path / "dated.txt", "--out", tmp_path / "out").stderr


def test_two_reports_with_datelines_disagree_on_how_many_there_were(tmp_path):
    for name, day, number in (("a", "March 18, 2025", "14"), ("b", "19 March 2025", "17")):
        text = f"Fishermen held\n\nKAMPALA, {day} (Daily Wire) — Kenya detained {number} Ugandan fishermen on Monday.\n"
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    run("build", tmp_path / "a.txt", tmp_path / "b.txt", "--out", tmp_path / "out")

    told = run("conflicts", "--out", tmp_path / "out").stdout.splitlines()
    assert told[0].split("\t")[:5] == ["2025-03-17", "Kenya > Ugandan workers", "detain", "COERCE", "the number"]
    assert [line.strip() for line in told if line.endswith("fishermen")] == ["14 Ugandan fishermen", "17 Ugandan fishermen"]


def test_quiet_is_quiet(article, tmp_path):
    result = run("build", article, "--out", tmp_path / "out", "--quiet")

    assert (result.exit_code, result.output) == (0, "")


SPOILT = [
    ("empty.txt", b"", "empty.txt: empty"),
    ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), "picture.txt: not text"),
    ("lines.jsonl", b'{"text": "Kenya left."}\n{"text": \n', "lines.jsonl:2: broken JSON"),
    ("dated.txt", b"date: the ides\n\nKenya left.\n", "dated.txt:1: bad date 'the ides'; write the day as YYYY-MM-DD"),
    ("twin.txt", b"id: article.txt\n\nKenya left.\n", "twin.txt: duplicate id 'article.txt', already given by"),
]


@pytest.mark.parametrize(("name", "content", "message"), SPOILT, ids=[name for name, _, _ in SPOILT])
@pytest.mark.parametrize(("strict", "status"), [([], 0), (["--strict"], 1)], ids=["lenient", "strict"])
def test_an_article_that_cannot_be_read_gets_one_message(article, tmp_path, name, content, message, strict, status):
    (tmp_path / name).write_bytes(content)

    result = run("build", article, tmp_path / name, "--out", tmp_path / "out", *strict)

    assert result.exit_code == status
    assert [line for line in result.stderr.splitlines() if name in line] == [line for line in result.stderr.splitlines() if message in line]
    assert "1 problem" in result.stderr
    assert json.loads((tmp_path / "out" / "build.json").read_text("utf-8"))["problems"][0]["where"].startswith(name)


def test_a_build_of_nothing_readable_writes_nothing(tmp_path):
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")

    result = run("build", tmp_path / "empty.txt", "--out", tmp_path / "out")

    assert result.exit_code == 1
    assert result.stderr.splitlines()[-2:] == ["Error: No article could be read.", "The graph was not written."]
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "message", "remedy"),
    [
        (["build", "nowhere.txt"], "nowhere.txt: no such file or folder.", "Check the spelling of the path."),
        (["build", "{article}", "--base", "no iri"], "'no iri' cannot be the base of names.", "Give an IRI that ends in / or #"),
        (["build", "{article}", "--base", "https://a\u00a0b.example/"], "cannot be the base of names.", "Give an IRI that ends in / or #"),
        (["build", "{article}", "--out", "{folder}"], "the folder holds something else than a build.", "Name another folder with --out"),
        (["query", "who-met-whom", "--out", "nowhere"], "nowhere: there is no graph here.", "Build one: kg build"),
        (["query", "who-ate-whom", "--out", "{built}"], "'who-ate-whom' is neither a question nor a file nor SPARQL.", "Questions: "),
        (["query", "SELECT nonsense {", "--out", "{built}"], "line 1, column 8: nonsense is no word of SPARQL.", "SELECT nonsense {"),
        (["query", "INSERT DATA {<a:a> <a:b> <a:c>}", "--out", "{built}"], "INSERT changes the graph, which can only be asked.", ""),
        (
            ["query", "who-met-whom", "--format", "ttl", "--out", "{built}"],
            "cannot be written as 'ttl'.",
            "Use one of: csv, tsv, json, xml.",
        ),
        (["explain", "Qwrtz", "--out", "{built}"], "No actor of this graph is called 'Qwrtz'.", "kg query actors-most-active lists"),
        (["export", "csv", "--out", "nowhere"], "nowhere: there is no graph here.", "Build one: kg build"),
        (
            ["export", "actors", "--format", "phoenix", "--ontology", "nowhere"],
            "nowhere: there is no such folder.",
            "Name a folder with tables",
        ),
        (["import", "actors", "nowhere.txt", "--format", "phoenix", "--to", "no"], "nowhere.txt: No such file", "Check the path"),
        (
            ["import", "actors", "{article}", "--format", "csv", "--to", "no"],
            "article.txt:1: the header 'title: A' is that",
            "actors.csv: id,type",
        ),
        (["import", "actors", "{article}", "--format", "wikidata", "--to", "no"], "article.txt:1: no column item.", "The table needs"),
        (["export", "csv", "--context", "sem", "--out", "{built}"], "csv cannot be written as sem.", "Use one of: turtle"),
        (["view", "--out", "nowhere"], "nowhere: there is no graph here.", "Build one: kg build"),
        (["publish", "http://127.0.0.1:1/", "--out", "nowhere"], "nowhere: there is no graph here.", "Build one: kg build"),
        (["publish", "elsewhere", "--out", "{built}"], "elsewhere is no address of the web.", "http:// or https://"),
        (["query", "who-met-whom", "--endpoint", "http://127.0.0.1:1/"], "http://127.0.0.1:1/: ", "Is the address right"),
        (["extract", "nowhere.jsonl"], "nowhere.jsonl: No such file or directory.", "Check the path and its permissions."),
        (["parse", "nowhere.txt"], "nowhere.txt: no such file or folder.", "Check the spelling of the path."),
        (["score", "nowhere.csv"], "nowhere.csv: ", "Name a table of annotations"),
        (["score", "nowhere.jsonl"], "nowhere.jsonl: No such file or directory.", "Name a file of sentences"),
        (["score", "nowhere.csv", "--errors", "5"], "nowhere.csv: ", "Name a table of annotations"),
    ],
    ids=lambda value: " ".join(value[:2]) if isinstance(value, list) else "",
)
def test_what_a_person_can_mend_is_told_without_a_traceback(article, built, arguments, message, remedy):
    filled = [
        argument.format(article=article, built=built, folder=article.parent)
        if "{a" in argument or "{b" in argument or "{f" in argument
        else argument
        for argument in arguments
    ]

    result = run(*filled)

    assert (result.exit_code, result.stdout) == (1, "")
    first, *rest = result.stderr.splitlines()
    assert first.startswith("Error: ")
    assert message in first
    assert remedy in "\n".join(rest)


@pytest.mark.parametrize(
    "arguments",
    [
        ["build"],
        ["query"],
        ["explain"],
        ["export"],
        ["export", "png"],
        ["export", "turtle", "--spreadsheet"],
        ["export", "turtle", "--format", "phoenix"],
        ["export", "turtle", "--ontology", "tables"],
        ["export", "actors"],
        ["export", "actors", "--format", "phoenix", "--frame", "event"],
        ["export", "turtle", "--provenance", "rdf-star", "--context", "sem"],
        ["import"],
        ["import", "actors", "dictionary.txt", "--to", "tables"],
        ["import", "actors", "dictionary.txt", "--format", "tabari", "--to", "tables"],
        ["extract"],
        ["extract", "lines.jsonl", "--trace"],
        ["extract", "Kenya left.", "--trace", "--format", "jsonl"],
        ["parse"],
        ["publish"],
        ["publish", "http://127.0.0.1:1/", "--store", "http://127.0.0.1:1/", "--update", "http://127.0.0.1:1/"],
        ["query", "who-met-whom", "--graph", "https://example.org/"],
        ["view", "--pairs", "0"],
        ["export", "csv", "--bodies-with-state"],
        ["score", "annotations.csv", "lines.jsonl"],
        ["score", "annotations.csv", "annotations.csv"],
        ["score", "lines.jsonl", "--share", "held"],
        ["score", "lines.jsonl", "--floor", "floor.json"],
        ["score", "--share", "held", "--errors", "5"],
        ["score", "--floor", "floor.json", "--errors", "5"],
        ["score", "lines.jsonl", "--parse"],
        ["score", "lines.jsonl", "--by", "rule"],
        ["score", "lines.jsonl", "--errors", "-1"],
        ["score", "lines.jsonl", "--errors", "1", "--by", "mood"],
        ["bake"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_status_two(arguments):
    result = run(*arguments)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Usage: ")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "lines.jsonl:2: no JSON object of the form"),
        ("[1]", "lines.jsonl:2: no JSON object of the form"),
        ("[" * 20000, "lines.jsonl:2: no JSON object of the form"),
        ('{"id": "b"}', '"date": "YYYY-MM-DD"} (there is no text)'),
        ('{"text": 5}', '"date": "YYYY-MM-DD"} (text is no string)'),
        ('{"text": null}', '"date": "YYYY-MM-DD"} (text is no string)'),
        ("[1]", '"date": "YYYY-MM-DD"} (it is no object)'),
        ('{"id": "\\ud800", "text": "x"}', "lines.jsonl:2: no JSON object of the form"),
    ],
)
@pytest.mark.parametrize("command", ["extract", "actors"])
def test_a_bad_line_is_told_with_its_number(tmp_path, command, line, message):
    path = tmp_path / "lines.jsonl"
    path.write_text(f'{{"id": "a", "text": "Kenya attacked Uganda."}}\n{line}\n', encoding="utf-8")

    result = run(command, path)

    assert result.exit_code == 1
    assert message in result.stderr
    assert json.loads(result.stdout)["id"] == "a"


def test_extract_tells_people_who_did_what_and_by_which_rule():
    result = run("extract", "Kenya attacked Uganda on Monday.", "--date", "2024-05-03")

    assert result.stdout == "Kenya > Uganda\taction:assault\tASSAULT\tasserted\t2024-04-29\t\tattack on “attacked”\n"


@pytest.mark.parametrize("command", ["extract", "actors"])
def test_who_gives_a_file_where_a_sentence_is_read_is_told_so(article, command):
    told = run(command, article)

    assert told.exit_code == 2
    assert f"{article} is a file" in told.stderr
    assert f"kg build {article}" in told.stderr
    assert run(command, "Kenya met Uganda. " * 300).exit_code == 0


def test_extract_gives_programs_one_line_a_text(tmp_path):
    path = tmp_path / "lines.jsonl"
    path.write_text('{"id": "a", "text": "Kenya attacked Uganda."}\n\n{"id": "b", "text": "All is well."}\n', encoding="utf-8")

    answers = [json.loads(line) for line in run("extract", path).stdout.splitlines()]

    assert [(answer["id"], len(answer["statements"])) for answer in answers] == [("a", 1), ("b", 0)]


def test_extract_traces_what_became_of_each_rule():
    first, empty, header, *tried = run("extract", "Kenya attacked Uganda.", "--trace").stdout.splitlines()

    assert first == "Kenya > Uganda\taction:assault\tASSAULT\tasserted\t\t\tattack on “attacked”"
    assert (empty, header) == ("", "word\trule\taction\tresult\tdetail")
    assert tried[0] == "attacked\tattack\taction:assault\tread\tKenya > Uganda"
    assert {len(line.split("\t")) for line in tried} == {5}


@pytest.fixture
def gold(tmp_path) -> Path:
    """Two sentences with what a person read in them, each from the hands of an enemy."""
    sides = {"source": [{"text": f"Kenya{ESCAPE}", "code": "KEN"}], "target": [{"text": "Uganda", "code": "UGA"}]}
    path = tmp_path / "gold.jsonl"
    texts = [("a", "Kenya attacked Uganda."), (f"b\n{ESCAPE}", f"Kenya attacked Togo.\n {ESCAPE}")]
    lines = [{"id": name, "text": text, "events": [{**sides, "plover": "FIGHT"}]} for name, text in texts]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def test_score_measures_sentences_read_on_the_spot(gold):
    result = run("score", gold, gold)

    assert result.exit_code == 0
    assert "pair\t0.50\t0.50\t0.50\t2\t4\t4" in result.stdout.splitlines()
    assert "phenomenon" not in result.stdout


@pytest.mark.parametrize("by", ["action", "phenomenon", "rule"])
def test_score_lists_errors_whose_control_characters_are_not_obeyed(gold, by):
    result = run("score", gold, "--errors", 5, "--by", by, "--parse")

    assert result.exit_code == 0
    assert f"{by}\terrors\tmissed\tread falsely" in result.stdout
    assert "why\ttarget is somebody else" in result.stdout
    assert "\tattacked\tattack\tVERB\t" in result.stdout
    assert "\x1b" not in result.output
    assert "\x07" not in result.output
    assert [line for line in result.stdout.splitlines() if line.startswith("sentence")] == [
        "sentence\tb\\n\\x1b]0;owned\\x07\\x1b[31m\tKenya attacked Togo. \\x1b]0;owned\\x07\\x1b[31m"
    ]


def test_score_lists_the_errors_of_articles_after_the_report():
    plain = run("score").stdout
    listed = run("score", "--errors", 1000, "--by", "action").stdout

    assert listed.startswith(plain)
    assert "\naction\terrors\tmissed\tread falsely\n" in listed


def test_score_shows_no_sentence_of_the_held_share():
    held = {one.document for one in read_annotations(README.parent / "corpus" / "annotations.csv") if one.share == "held"}

    lines = run("score", "--errors", 1000).stdout.splitlines()
    shown = {line.split("\t")[1].split(":")[0] for line in lines if line.startswith("sentence\t")}

    assert shown
    assert not shown & held


def test_parse_prints_conllu_of_plain_text_from_standard_input():
    result = run("parse", "-", given="Kenya left.\n\nUganda stayed.")

    assert [line for line in result.stdout.splitlines() if line.startswith("#")] == [
        "# sent_id = :0",
        "# text = Kenya left.",
        "# sent_id = :13",
        "# text = Uganda stayed.",
    ]


def test_the_named_questions_are_listed_with_their_meaning_and_parameters():
    lines = run("query", "--list").stdout.splitlines()

    assert len(lines) >= 40
    assert all(len(line.split("\t")) == 3 for line in lines)
    assert (
        "attacks-on\tWhich attacks hit somebody, or what is theirs, and which sentences say so? Oldest first, undated last."
        "\t--target ACTOR --since DATE --until DATE"
    ) in lines


def test_a_question_tells_its_parameters():
    assert run("query", "answers-within-days", "--help").stdout.splitlines() == [
        "Who answered whom within so many days? A deed of one to another and what came back, dated to the day.",
        "  --days NUMBER  within how many days [default: 7]",
        "  --who ACTOR  one of the two, with everybody who is part of them",
        "Example: kg query answers-within-days --days 14",
    ]


@pytest.mark.parametrize("given", [["--target", "Israel", "--since=2024-10"], ["--since", "2024-10", "--target=actor:israel"]])
def test_parameters_narrow_a_question(built, given):
    rows = [line.split("\t") for line in run("query", *given, "attacks", "--out", built).stdout.splitlines()]

    assert [(date, actor, target) for date, actor, _, target, *_ in rows] == [
        ("2024-10-01", "Iran", "Israel"),
        ("2024-10-02", "", "Israeli students and scholars"),
        ("2024-10-02", "Hezbollah", "Israel Defense Forces"),
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["attacks", "--targte", "Israel"], "The question has no parameter --targte. Did you mean --target?\nIt has: --actor ACTOR, "),
        (["ASK {}", "--target", "Israel"], "The question has no parameter --target.\nIt has: none."),
        (["attacks", "--target"], "--target needs a value."),
        (["attacks", "--since", "2024", "--since", "2023"], "--since is given twice."),
        (["attacks", "threats"], "Give one question, in quotation marks if it has spaces."),
        ([" "], "The question is empty."),
    ],
)
def test_parameters_that_are_none_are_wrong_usage(built, arguments, message):
    result = run("query", *arguments, "--out", built)

    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


@pytest.mark.parametrize(
    ("format", "first"),
    [("tsv", "?n"), ("csv", "n"), ("json", '{"head"'), ("xml", "<?xml")],
)
def test_an_answer_comes_in_the_format_asked_for(built, format, first):
    result = run("query", "SELECT (COUNT(*) AS ?n) { ?event a kg:Event }", "--format", format, "--out", built)

    assert result.exit_code == 0
    assert result.stdout.startswith(first)


def test_ask_and_construct_are_answered_too(built):
    assert run("query", "ASK { ?event a kg:Event }", "--format", "table", "--out", built).stdout == "yes\n"
    assert " a kg:Event" in run("query", "CONSTRUCT { ?e a kg:Event } WHERE { ?e a kg:Event }", "--out", built).stdout


def test_a_question_may_come_from_standard_input(built):
    assert "true" in run("query", "-", "--format", "json", "--out", built, given="ASK { ?event a kg:Event }").stdout


def test_explain_shows_the_sentences(built, corpus):
    result = run("explain", "Iran", "Israel", "--out", built)

    assert result.exit_code == 0
    assert "\tIran > Israel\t" in result.stdout
    assert "    “" in result.stdout


def test_explain_tells_of_two_who_are_in_no_event_together(built):
    result = run("explain", "Iran", "Armenia", "--out", built)

    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "Iran and Armenia are in no event together.\n")


def test_explain_tells_of_a_name_that_nobody_has(built):
    result = run("explain", "Isreal", "--out", built)

    assert (result.exit_code, result.stdout) == (1, "")
    assert "No actor of this graph is called 'Isreal'.\nNearly the same: Israel" in result.stderr


def test_conflicts_show_each_side_for_people_spreadsheets_and_programs(built, corpus):
    [conflict] = corpus.conflicts

    told = run("conflicts", "--out", built)
    row = json.loads(run("conflicts", "--out", built, "--format", "jsonl").stdout)

    assert told.stdout.splitlines()[:2] == [
        f"2024-10-01\tIran > Israel\tattack with missiles\tASSAULT\tthe number\t{conflict.id}",
        "    about 180 ballistic missiles; about 180 missiles; around 200 missiles",
    ]
    assert told.stderr == "1 conflict\n"
    assert row["values"] == [["about 180 ballistic missiles", "about 180 missiles", "around 200 missiles"], ["400 ballistic missiles"]]
    assert list(row) == ["id", "event", "property", "values", "documents", "statements", "speakers"]
    assert run("conflicts", "--out", built, "--format", "csv").stdout == (built / "conflicts.csv").read_text(encoding="utf-8")


def test_export_and_view_write_the_file_named(built, tmp_path):
    assert run("export", "turtle", "--out", built, "--to", tmp_path / "copy.ttl").exit_code == 0
    assert run("view", "--out", built, "--to", tmp_path / "page.html", "--title", "A & B").exit_code == 0

    assert (tmp_path / "copy.ttl").read_bytes() == (built / "graph.ttl").read_bytes()
    assert "A &amp; B" in (tmp_path / "page.html").read_text("utf-8")


def test_a_page_may_count_bodies_with_their_state(built, tmp_path):
    assert run("view", "--out", built, "--to", tmp_path / "states.html", "--bodies-with-state").exit_code == 0

    [apart, together] = [path.read_text("utf-8") for path in (built / "network.html", tmp_path / "states.html")]
    assert "American armed forces</bdi> <b>" in apart
    assert "American armed forces</bdi> <b>" not in together


def test_about_tells_programs_the_versions():
    facts = json.loads(run("about", "--json").stdout)

    assert {"kg", "python", "parser", "ontology", "libraries"} <= set(facts)
    assert Path(facts["parser"]["path"]).is_file()


def test_control_characters_of_an_article_are_shown_and_not_obeyed(tmp_path):
    (tmp_path / "evil.txt").write_text(f"date: 2024-05-03\n\nKenya attacked Uganda {ESCAPE} on Monday.\n", encoding="utf-8")
    run("build", tmp_path / "evil.txt", "--out", tmp_path / "out", "--quiet")

    for arguments in (["explain", "Kenya"], ["conflicts"], ["query", "attacks-with-sentences", "--format", "table"]):
        result = run(*arguments, "--out", tmp_path / "out")
        assert result.exit_code == 0
        assert "\x1b" not in result.output
        assert "\x07" not in result.output


@pytest.mark.parametrize(
    "arguments", [["build", f"{ESCAPE}.txt"], ["explain", ESCAPE, "--out", "{built}"], ["query", ESCAPE, "--out", "{built}"]]
)
def test_control_characters_in_a_message_are_shown_and_not_obeyed(built, arguments):
    result = run(*(str(built) if argument == "{built}" else argument for argument in arguments))

    assert result.exit_code == 1
    assert "\\x1b]0;owned\\x07" in result.output
    assert "\x1b" not in result.output


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a\tb\n", "a\tb\n"), ("\x1b[31m", "\\x1b[31m"), ("\x9b", "\\x9b"), ("\u202e", "\\u202e"), ("Zoë “x” 🕊", "Zoë “x” 🕊"), ("\r", "\\r")],
)
def test_safe_text_keeps_what_can_be_seen(text, shown):
    assert safe(text) == shown


def test_an_import_tells_what_it_added_and_what_it_could_not_say(tmp_path):
    dictionary, tables = tmp_path / "dictionary.txt", tmp_path / "tables"
    dictionary.write_text("BARROWLAND [GBW]\nODDA_GREY [GBWGOV >010101]\nBRAN [---]\nREEVE [~GOV]\n", encoding="utf-8")
    arguments = ("import", "actors", dictionary, "--format", "phoenix", "--to", tables)

    first, strict, quiet = run(*arguments), run(*arguments, "--strict"), run(*arguments, "--quiet")

    complaint = f"{dictionary}:3: BRAN is discarded: no table can say that a name is nobody's; left out."
    assert (first.exit_code, first.stdout, strict.exit_code) == (0, "", 1)
    assert first.stderr.splitlines() == [
        complaint,
        "actors.csv: 2 added, 0 changed, 0 as before",
        "codes.csv: 1 added, 0 changed, 0 as before",
        "roles.csv: 1 added, 0 changed, 0 as before",
        "1 problem",
    ]
    assert "actors.csv: 0 added, 0 changed, 2 as before" in strict.stderr
    assert quiet.stderr.splitlines() == [complaint]


def test_an_import_of_nothing_writes_nothing(tmp_path):
    (tmp_path / "dictionary.txt").write_text("# nothing\n", encoding="utf-8")

    result = run("import", "actors", tmp_path / "dictionary.txt", "--format", "phoenix", "--to", tmp_path / "tables")

    assert (result.exit_code, result.stderr.splitlines()[0]) == (1, "Error: Nothing could be read as phoenix.")
    assert not (tmp_path / "tables").exists()


def test_tables_are_exported_with_ours_under_them(tmp_path):
    dictionary, tables, copy = tmp_path / "dictionary.txt", tmp_path / "tables", tmp_path / "copy.txt"
    dictionary.write_text("BARROWLAND [GBW]\nBARROW_REEVE [~COP]\n", encoding="utf-8")
    run("import", "actors", dictionary, "--format", "phoenix", "--to", tables)

    written = run("export", "actors", "--format", "phoenix", "--ontology", tables, "--to", copy)
    agents = run("export", "agents", "--format", "phoenix", "--ontology", tables, "--quiet")

    assert (written.exit_code, agents.exit_code) == (0, 0)
    assert {"BARROWLAND_ [GBW]", "KENYA_ [KEN]"} <= set(copy.read_text(encoding="utf-8").splitlines())
    assert {"BARROW_REEVE_ [~COP]", "POLICE_ [~COP]"} <= set(agents.stdout.splitlines())


@pytest.mark.parametrize("kind", ["actors", "agents"])
def test_what_an_export_leaves_out_is_told_in_a_line_for_each_reason(kind):
    told = run("export", kind, "--format", "phoenix", "--quiet").stderr.splitlines()

    assert any(re.fullmatch(r"\w+\.csv: no code; \d+ left out: [-\w]+, [-\w]+, [-\w]+, …", line) for line in told)
    assert len(told) == len({line.partition(";")[0] for line in told}) <= 3


@pytest.mark.parametrize("kind", ["actors", "agents"])
def test_an_export_of_tables_asks_for_a_format(kind):
    assert f"Error: kg export {kind} needs --format phoenix.\n" in run("export", kind).stderr


def test_the_package_is_the_command():
    run_module = [sys.executable, "-m", "kg", "query", "--help"]

    assert "Usage: kg query" in subprocess.run(run_module, capture_output=True, text=True, check=True).stdout
