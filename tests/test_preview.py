"""What kg diff shows of a change of the tables, before it is kept."""

import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.model import DataError
from kg.ontology import ontology_folder
from kg.preview import at_revision, with_rules

FOLDER = ontology_folder()
RULES = FOLDER / "mappings" / "rules.csv"
TEXT = "title: Talks\ndate: 2024-05-03\n\nTurkey attacked Syria on Monday. Iraq condemned Turkey. Iran met Oman in Muscat on Monday.\n"


@pytest.fixture
def article(tmp_path) -> Path:
    """An article of three acts."""
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def changed(folder: Path, *changes: tuple[str, str]) -> Path:
    """The table of rules with other rows."""
    text = RULES.read_text(encoding="utf-8")
    for before, after in changes:
        assert text.count(before) == 1
        text = text.replace(before, after)
    path = folder / "new.csv"
    path.write_text(text, encoding="utf-8")
    return path


def row(id: str) -> str:
    """The row of a rule, with its line end."""
    return next(line for line in RULES.read_text(encoding="utf-8").splitlines(keepends=True) if line.startswith(f"{id},"))


def diff(*arguments: object):
    return CliRunner().invoke(main, ["diff", *map(str, arguments), "--no-cache", "--jobs", "1"])


def test_the_same_rules_change_nothing(article):
    result = diff(article, "--rules", RULES)

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "statements: 0 added, 0 removed, 0 changed\nevents: 0 added, 0 removed, 0 changed\n"


def test_another_action_is_told_with_what_was_and_the_sentence(article):
    other = row("condemn").replace("action:condemn", "action:criticise")
    result = diff(article, "--rules", changed(article.parent, (row("condemn"), other)))

    assert result.stdout.splitlines() == [
        "~\tstatement\t2024-05-03\tIraq > Turkey\taction:criticise\tasserted\trule condemn on “condemned”",
        "    action: action:condemn -> action:criticise",
        "    “Iraq condemned Turkey.” article.txt:64",
        *result.stdout.splitlines()[3:4],
        "    action: action:condemn -> action:criticise",
        "    “Iraq condemned Turkey.”",
    ]
    assert result.stdout.splitlines()[3].startswith("~\tevent\t2024-05-03\tIraq > Turkey\taction:criticise\tasserted\tevent:")
    assert result.stderr == "statements: 0 added, 0 removed, 1 changed\nevents: 0 added, 0 removed, 1 changed\n"


def test_a_row_that_goes_takes_its_statements_and_one_that_comes_brings_them(article):
    fewer = changed(article.parent, (row("condemn"), ""))
    gone = diff(article, "--rules", fewer)

    assert [line.split("\t")[:2] for line in gone.stdout.splitlines() if not line.startswith(" ")] == [["-", "statement"], ["-", "event"]]
    assert "“Iraq condemned Turkey.”" in gone.stdout


def test_what_the_tables_changed_since_a_revision_is_told(article, tmp_path, monkeypatch):
    repository = tmp_path / "repository"
    before = with_rules(FOLDER, changed(tmp_path, (row("condemn"), "")), repository / "ontology")
    git = ["git", "-C", str(repository), "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "before"]):
        subprocess.run([*git, *command], check=True)
    (before / "mappings" / "rules.csv").write_bytes(RULES.read_bytes())
    monkeypatch.setattr("kg.cli.previewing.ontology_folder", lambda: before)

    result = diff(article, "--revision", "HEAD")

    assert result.stderr == "statements: 1 added, 0 removed, 0 changed\nevents: 1 added, 0 removed, 0 changed\n"
    assert result.stdout.startswith("+\tstatement\t2024-05-03\tIraq > Turkey\taction:condemn")


def test_a_bad_row_is_told_with_the_table_that_was_given(article):
    other = changed(article.parent, (row("condemn"), row("condemn").replace("action:condemn", "action:condamn")))
    result = diff(article, "--rules", other)

    assert result.exit_code == 1
    assert f"{other}:" in result.stderr
    assert "unknown action 'action:condamn'" in result.stderr


@pytest.mark.parametrize("revision", ["--remote=elsewhere", "", "nowhere"])
def test_what_is_no_revision_is_refused(tmp_path, revision):
    with pytest.raises(DataError, match="Name a commit, a branch or a tag"):
        at_revision(FOLDER, revision, tmp_path)


def test_a_table_that_is_not_there_is_told(tmp_path):
    with pytest.raises(DataError, match=r"nowhere\.csv: No such file"):
        with_rules(FOLDER, Path("nowhere.csv"), tmp_path / "copy")


@pytest.mark.parametrize("options", [[], ["--rules", "a.csv", "--revision", "HEAD"]])
def test_one_change_is_asked_for(article, options):
    assert diff(article, *options).exit_code == 2
