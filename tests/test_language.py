"""Articles that are not English are told from those that are, and nothing short is set aside by its sound."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.documents import Intake, language, read_documents
from kg.documents.language import foreign
from kg.model import Document, Problem

CORPUS = Path(__file__).parent.parent / "corpus" / "articles"
ENGLISH = "Kenya attacked Uganda on Monday, the foreign ministry in Nairobi said."
FRENCH = "Le président a rencontré mardi le chancelier à Berlin, et les deux dirigeants ont condamné les attaques."


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("fr", FRENCH),
        ("de", "Der Kanzler traf am Dienstag den Präsidenten in Berlin, und beide verurteilten die Angriffe."),
        ("id", "Presiden bertemu dengan kanselir di Jakarta pada hari Selasa untuk membahas perang itu."),
        ("uk", "Президент зустрівся у вівторок з канцлером у Києві, щоб обговорити війну."),
        ("fa", "رئیس جمهور روز سه‌شنبه با صدراعظم در تهران دیدار کرد تا درباره جنگ گفتگو کند."),
        ("zh", "总统周二在北京会见了总理,讨论了战争局势。双方谴责了袭击事件。"),
    ],
)
def test_a_foreign_article_is_named_by_its_language(code, text):
    assert foreign([text]) == code
    assert foreign([text.upper()]) == code


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        ENGLISH.upper(),
        ENGLISH.title(),
        "Merkel, Macron, Erdogan, Zelensky, Putin, Xi Jinping, Modi, Bolsonaro, Trudeau and Abe met.",
        "Putin, Lukashenko",
        "Coup d'état à Niamey",  # too short to tell
        "Chinese water cannon injures Filipino sailors",
        "\u202e\u200b" + ENGLISH,
        "12 3 45. — 2024",
        "",
    ],
)
def test_english_names_and_what_is_too_short_are_not_set_aside(text):
    assert foreign([text]) == ""


def test_no_article_of_the_corpus_is_set_aside():
    assert [item for item in read_documents([CORPUS]) if isinstance(item, Problem) and "English" in item.reason] == []


def test_quotations_make_no_foreign_article_and_an_english_notice_no_english_one():
    assert foreign([ENGLISH, FRENCH, FRENCH, ENGLISH]) == ""
    assert foreign([FRENCH] * 6 + ["Read this article in English on our site."]) == "fr"


@pytest.mark.parametrize(
    ("declared", "trusted", "text", "code"),
    [
        ("en", True, FRENCH, ""),
        ("en-GB", True, FRENCH, ""),
        ("en", False, FRENCH, "fr"),  # the template of a page
        ("fr", True, ENGLISH, ""),
        ("fr", True, "Coup d'état", "fr"),
        ("fr_CA", False, "Coup d'état", "fr_CA"),
    ],
)
def test_what_an_article_declares_counts_where_it_is_trusted_or_nothing_else_tells(declared, trusted, text, code):
    assert foreign([text], declared, trusted=trusted) == code


def test_any_language_is_read_where_that_is_wanted(tmp_path):
    (tmp_path / "a.txt").write_text(FRENCH, encoding="utf-8")

    assert [type(item) for item in read_documents([tmp_path])] == [Problem]
    assert [type(item) for item in read_documents([tmp_path], intake=Intake(any_language=True))] == [Document]


def test_what_was_set_aside_is_counted_and_the_command_can_be_told_otherwise(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(FRENCH, encoding="utf-8")
    (tmp_path / "in" / "b.txt").write_text(ENGLISH, encoding="utf-8")
    command = ["build", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--no-cache", "--jobs", "1"]

    strict = CliRunner().invoke(main, [*command, "--any-language", "--largest-file", "1"])
    usual = CliRunner().invoke(main, command)

    assert "2 articles" in strict.stderr
    assert "0 problems" in strict.stderr
    assert "in/a.txt: not in English, it seems (fr); only English is read." in usual.stderr
    assert "1 problem" in usual.stderr


def test_other_weights_than_those_that_were_tested_are_not_used(monkeypatch):
    monkeypatch.setattr(language, "SHA256", "0" * 64)

    with pytest.raises(RuntimeError, match="install kg again"):
        language.weights.__wrapped__()
