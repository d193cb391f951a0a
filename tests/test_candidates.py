"""Which names are proposed for the tables, and as what rows."""

import csv

import pytest
from click.testing import CliRunner

from kg.candidates import as_csv, candidates
from kg.cli import main
from kg.ontology import ACTOR_COLUMNS, read_ontology
from kg.sentences import sentences_of

ONTOLOGY = read_ontology()


@pytest.fixture
def proposed(document):
    """What is proposed for articles with these texts: label, how often seen, in how many articles."""

    def propose(*texts):
        articles = [document(str(number), text) for number, text in enumerate(texts)]
        found = candidates(((article, sentences_of(article)) for article in articles), ONTOLOGY)
        return [(one.actor.label, one.seen, one.documents) for one in found]

    return propose


@pytest.fixture
def folder(tmp_path):
    """Three articles; the second says most."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text("title: A\ndate: 2024-05-03\n\nThe Zorani Front attacked Kenya on Monday.\n", encoding="utf-8")
    text = "The Zorani Front attacked Uganda. Kenyan President Baro Tindi met Lena Dubrović. Tindi thanked Dubrović."
    (folder / "b.txt").write_text(f"title: B\ndate: 2024-05-04\n\n{text}\n", encoding="utf-8")
    (folder / "c.txt").write_text("title: C\ndate: 2024-05-05\n\nThe Zorani Front attacked Uganda.\n", encoding="utf-8")
    return folder


def run(*arguments):
    return CliRunner().invoke(main, ["check", *map(str, arguments)], catch_exceptions=False)


def test_the_name_seen_most_often_comes_first(proposed):
    text = "The Zorani Front attacked Kenya. Lena Dubrovic accused the Zorani Front."

    assert proposed(text, "The Zorani Front attacked Uganda.") == [("Zorani Front", 3, 2), ("Lena Dubrovic", 1, 1)]


def test_a_surname_counts_for_the_full_name_said_before_it_in_the_same_article(proposed):
    assert proposed("Lena Dubrovic spoke. Dubrovic accused Kenya.") == [("Lena Dubrovic", 2, 1)]
    assert proposed("Lena Dubrovic spoke.", "Dubrovic accused Kenya.") == [("Dubrovic", 1, 1), ("Lena Dubrovic", 1, 1)]


def test_a_title_is_no_part_of_a_name(proposed):
    assert proposed("General Ivo Kranj left.", "Mr. Ivo Kranj accused Kenya.") == [("Ivo Kranj", 2, 2)]


@pytest.mark.parametrize(
    "text",
    [
        "Kenya attacked Uganda on Monday.",
        "Emmanuel Macron met Erdoğan.",
        "Kurdish fighters attacked the Prime Minister.",
        "Boston police arrested a truck driver.",
        "Hurricane Zelda hit the coast.",
        "It was hit.",
    ],
)
def test_who_is_listed_or_only_described_is_not_proposed(proposed, text):
    assert proposed(text) == []


def test_spellings_that_differ_in_accents_are_one_name_with_another(document):
    article = document(text="Lena Dubrović spoke. Lena Dubrovic left. Lena Dubrović returned.")
    [found] = candidates([(article, sentences_of(article))], ONTOLOGY)

    assert (found.actor.id, found.actor.label, found.names) == ("actor:lena-dubrovic", "Lena Dubrović", ("Lena Dubrovic",))
    assert as_csv([found]).splitlines() == [",".join(ACTOR_COLUMNS), "lena-dubrovic,person,Lena Dubrović,,Lena Dubrovic,,,,,"]


def test_check_prints_rows_for_the_table_of_actors(folder):
    result = run("--candidates", folder, "--limit", "2")

    assert result.exit_code == 0
    assert list(csv.reader(result.stdout.splitlines())) == [
        list(ACTOR_COLUMNS),
        ["zorani-front", "armed-group", "Zorani Front", "", "", "", "", "", "", ""],
        ["baro-tindi", "person", "Baro Tindi", "KENGOV", "", "", "", "kenya", "", ""],
    ]
    assert result.stderr.splitlines() == ["3 articles, 3 names that no table lists", "0 places among them, for places.csv"]


def test_check_shows_how_often_a_name_was_seen_and_where(folder, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    lines = run("--candidates", folder, "--format", "table").stdout.splitlines()

    assert lines[0].split() == ["seen", "articles", "type", "name", "also", "first", "sentence"]
    assert lines[1].split()[:5] == ["3", "3", "armed-group", "Zorani", "Front"]


def test_an_article_that_cannot_be_read_is_named(folder):
    (folder / "d.txt").write_bytes(b"")
    result = run("--candidates", folder)

    assert (result.exit_code, "d.txt: empty" in result.stderr) == (1, True)


def test_tables_are_not_fixed_while_articles_are_read(folder):
    assert run("--candidates", folder, "--fix").exit_code == 2
