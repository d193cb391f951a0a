"""Articles as the world keeps them come out whole, and what cannot be read is named."""

import gzip
import itertools
import json
import os
from hashlib import sha256
from pathlib import Path

import pytest

from kg.documents import Intake, read_boilerplate, read_documents
from kg.documents.boilerplate import Boilerplate
from kg.documents.published import read_day
from kg.model import DataError, Document, Problem

ROOT = Path(__file__).parent.parent
TABLE = ROOT / "ontology/mappings/boilerplate.csv"
ROWS = read_boilerplate(TABLE)
SEEDS = ROOT.parent / "shared/seeds"
LEDE = "Norway expelled two diplomats on Monday, the foreign ministry in Oslo said."
SECOND = "Moscow called the step hostile and promised an answer."


@pytest.fixture
def read(tmp_path):
    """Write a file and read it: its documents and problems."""

    def write_and_read(content: str | bytes, name: str = "article.txt") -> list[Document | Problem]:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return list(read_documents([path], ROWS))

    return write_and_read


@pytest.fixture
def article(read):
    """Write a file and read the one article in it."""

    def read_one(content: str | bytes, name: str = "article.txt") -> Document:
        [document] = read(content, name)
        assert isinstance(document, Document), document
        return document

    return read_one


def parts(document: Document) -> list[tuple[str, str]]:
    """The kind and the words of each block."""
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


# Plain text


def test_a_headline_a_heading_and_paragraphs_are_told_apart(article):
    document = article(f"Norway Expels Two Diplomats\n\n{LEDE}\n\nWhat Will Moscow Do Next?\n\n{SECOND}\n")

    assert document.title == "Norway Expels Two Diplomats"
    assert parts(document) == [
        ("title", "Norway Expels Two Diplomats"),
        ("body", LEDE),
        ("heading", "What Will Moscow Do Next?"),
        ("body", SECOND),
    ]


def test_an_article_may_begin_without_a_headline(article):
    document = article(f"{LEDE}\n\nMoscow Promises an Answer\n\n{SECOND}")

    assert document.title == ""
    assert parts(document) == [("body", LEDE), ("heading", "Moscow Promises an Answer"), ("body", SECOND)]


def test_lines_that_end_as_sentences_end_are_paragraphs(article):
    assert parts(article(f"Norway expels two diplomats\n{LEDE}\n{SECOND}"))[1:] == [("body", LEDE), ("body", SECOND)]


def test_hard_wrapped_lines_are_one_paragraph_and_keep_their_line_ends(article):
    wrapped = "Norway expelled two diplomats on Monday, Oslo said.\nMoscow called the step hostile and promised an\nanswer that hurt."

    assert parts(article(f"Norway expels two\n\n{wrapped}\n\n{wrapped}\n")) == [
        ("title", "Norway expels two"),
        ("body", wrapped),
        ("body", wrapped),
    ]


def test_a_headline_directly_above_hard_wrapped_lines_stays_apart(article):
    wrapped = "Norway expelled two diplomats on Monday, the ministry\nin Oslo said, and Moscow called the step\nhostile."

    assert parts(article(f"Oslo Expels Two\n{wrapped}")) == [("title", "Oslo Expels Two"), ("body", wrapped)]


def test_a_headline_that_ends_in_an_abbreviation_is_a_headline(article):
    assert article(f"Norway Turns Towards the U.S.\n\n{LEDE}").title == "Norway Turns Towards the U.S."


def test_a_topic_above_the_headline_is_not_the_title(article):
    assert article(f"Middle East\n\nNorway expels two\n\n{LEDE}").title == "Norway expels two"
    assert article(f"Ceasefire collapses\n\nThousands flee the town\n\n{LEDE}").title == "Ceasefire collapses"


def test_a_text_of_one_line_is_body(article):
    assert parts(article("Norway expels two diplomats")) == [("body", "Norway expels two diplomats")]


def test_marks_of_lists_and_headings_are_no_words(article):
    document = article(f"# Norway expels diplomats\n\n{LEDE}\n\n- {SECOND}\n\n---\n", "article.md")

    assert document.title == "Norway expels diplomats"
    assert parts(document) == [("title", "Norway expels diplomats"), ("body", LEDE), ("body", SECOND)]


def test_line_ends_and_byte_order_mark_do_not_count(article):
    document = article(b"\xef\xbb\xbf" + f"Norway expels diplomats\r\n\r\n{LEDE}\r\n".encode())

    assert document.text == f"Norway expels diplomats\n\n{LEDE}\n"
    assert document.blocks[0].start == 0


def test_the_checksum_is_that_of_the_file(article):
    assert article(LEDE).sha256 == sha256(LEDE.encode()).hexdigest()


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "Norway’s minister met Señor Núñez in Curaçao. “We agree,” he said."),
        ("latin-1", "Der Präsident traf am Dienstag den französischen Außenminister in Köln."),
        ("cp1251", "Президент встретился с министром во вторник в Москве."),
        ("utf-16", "Norway’s minister met the ambassador in Oslo."),
        ("utf-8-sig", "Norway’s minister met the ambassador in Oslo."),
    ],
)
def test_encodings_are_detected(tmp_path, encoding, text):
    (tmp_path / "article.txt").write_bytes(text.encode(encoding))

    assert [document.text for document in read_documents([tmp_path], intake=Intake(any_language=True))] == [text]


def test_one_broken_byte_does_not_turn_the_rest_into_another_encoding(article):
    text = "Norway’s minister met Denmark’s minister – and “agreed” – in Malmö."

    assert article(text.encode() + b" \xe2\x80").text == text + " \ufffd"


# Headers


def test_a_header_is_read_and_offsets_still_count_in_the_file(article):
    header = "Title: Oslo expels two\nDATE: 7 May 2024\nsource: Fjord Post\nurl: https://news.example/1\n"
    header += "author: A. Writer\nlanguage: en\nid: fjord-1\n\n"
    document = article(header + LEDE)

    assert (document.id, document.title, document.published, document.source) == ("fjord-1", "Oslo expels two", "2024-05-07", "Fjord Post")
    assert (document.url, document.author, document.language) == ("https://news.example/1", "A. Writer", "en")
    assert document.text == header + LEDE
    assert [(block.kind, block.start) for block in document.blocks] == [("body", len(header))]


def test_a_title_of_the_header_that_is_repeated_in_the_text_is_a_block(article):
    assert parts(article(f"title: Oslo expels two\n\nOslo expels two\n\n{LEDE}")) == [("title", "Oslo expels two"), ("body", LEDE)]


def test_a_header_without_a_title_leaves_the_headline_to_the_text(article):
    assert article(f"date: 2024-05\n\nOslo expels two\n\n{LEDE}").title == "Oslo expels two"


@pytest.mark.parametrize(
    "text", ["Source: nobody would say it.\nThe ministry was silent on Monday.", "Warning: roads are closed.\n\nSnow fell."]
)
def test_prose_that_begins_like_a_header_is_prose(article, text):
    document = article(text)

    assert document.source == ""
    assert document.blocks[0].start == 0


def test_a_header_between_two_rules_is_read_as_other_tools_write_it(article):
    header = """---
# written by a tool
layout: post
title: "Oslo: \\"Out\\""
date: 2024-05-07 10:00:00 +0200  # of the paper
author:
  - A. Writer
source: 'Fjord''s Post'
url: https://news.example/1#top
tags: [Norway, Denmark]
language: en
---
"""
    document = article(f"{header}\n{LEDE}", "article.md")

    assert (document.title, document.published, document.source) == ('Oslo: "Out"', "2024-05-07", "Fjord's Post")
    assert (document.url, document.author, document.language) == ("https://news.example/1#top", "", "en")
    assert [(block.kind, document.text[block.start : block.end]) for block in document.blocks] == [("body", LEDE)]


def test_a_bad_date_between_two_rules_is_named_with_its_line(read):
    [problem] = read(f"---\ntitle: Oslo\ndate: 03/04/2024\n---\n{LEDE}", "article.md")

    assert problem.where.endswith("article.md:3")
    assert "bad date '03/04/2024'" in problem.reason


def test_front_matter_may_say_that_there_is_nothing_and_have_keys_of_all_kinds(article):
    document = article(f"---\nog:title: x\nreading time: 3 min\ntitle: Oslo\ndate: null\nauthor: ~\n---\n{LEDE}\n", "article.md")

    assert (document.title, document.published, document.author) == ("Oslo", "", "")


@pytest.mark.parametrize("text", [f"---\n{LEDE}\n---\n{SECOND}", f"---\nNote: {LEDE}\n---\n{SECOND}", f"---\n{LEDE}\n\n{SECOND}"])
def test_rules_around_prose_make_no_header(article, text):
    assert LEDE in article(text).text[article(text).blocks[0].start :]
    assert len(article(text).blocks) == 2


# The day of publication


@pytest.mark.parametrize(
    ("given", "day"),
    [
        ("2024-10-01", "2024-10-01"),
        ("2024/10/01", "2024-10-01"),
        ("2024-10-01T12:00Z", "2024-10-01"),
        ("2024-10-01T12:00:00.000+0200", "2024-10-01"),
        ("2024-10-01 23:30:00 -05:00", "2024-10-01"),
        ("1 October 2024", "2024-10-01"),
        ("1st Oct 2024", "2024-10-01"),
        ("October 1, 2024", "2024-10-01"),
        ("Oct. 1, 2024, 11:30 a.m. EDT", "2024-10-01"),
        ("Tue, 01 Oct 2024 12:00:00 GMT", "2024-10-01"),
        ("October 2024", "2024-10"),
        ("2024-10", "2024-10"),
        ("2024", "2024"),
        ("03/04/2024", None),
        ("2024-02-30", None),
        ("2024-13-01", None),
        ("31 April 2024", None),
        ("October 1", None),
        ("1 October 24", None),
        ("last Tuesday", None),
        ("२०२४", "2024"),
        ("0000", None),
        ("0000-01-01", None),
        ("99999", None),
        ("-2024-05-07", None),
        ("", None),
    ],
)
def test_a_day_is_read_or_refused_but_never_guessed(given, day):
    assert read_day(given) == day


@pytest.mark.parametrize(
    ("before", "day"),
    [
        (" date 2024-05-07 ", "2024-05-07"),
        ("Published: May 7, 2024 ", "2024-05-07"),
        ("Published: May 7, 2024 10:30 AM UTC ", "2024-05-07"),
        ("Posted on 7 May 2024 | Updated: 8 May 2024 | ", "2024-05-07"),
        ("2024-05-07 - ", "2024-05-07"),
        ("2024-05-07 ", "2024-05-07"),
        ("May 7, 2024 — ", "2024-05-07"),
        ("Updated 8 May 2024\n\n", "2024-05-08"),
        ("Published 7 May 2024\n\n", "2024-05-07"),
        ("May 7, 2024\n\n", "2024-05-07"),
        ("Tuesday, 7 May 2024, 10:30 GMT\n", "2024-05-07"),
        ("By Jane Doe | May 7, 2024\n\n", "2024-05-07"),
        ("Published: 03/04/2024\n\n", ""),
        ("Updated 3 hours ago\n\n", ""),
    ],
)
def test_a_date_before_the_text_is_the_day_of_publication_and_no_part_of_it(article, before, day):
    document = article(f"{before}{LEDE}\n\n{SECOND}")

    assert document.published == day
    assert parts(document) == [("body", LEDE), ("body", SECOND)]


@pytest.mark.parametrize(
    "text",
    [
        "On May 7, 2024, Norway expelled two diplomats.",
        "May 7, 2024, was a dark day for Norway.",
        "7 May 2024 – the day of the vote – changed Norway.",
        "OSLO (Agency) — Norway expelled two diplomats on May 7, 2024.",
        "Published reports of May 7, 2024 were wrong.",
    ],
)
def test_a_date_within_a_sentence_is_not_the_day_of_publication(article, text):
    document = article(text)

    assert document.published == ""
    assert parts(document) == [("body", text)]


def test_the_dates_of_a_chronicle_are_its_headings(article):
    document = article(f"How the dispute grew\n\nMay 7, 2024\n\n{LEDE}\n\nMay 9, 2024\n\n{SECOND}")

    assert document.published == ""
    assert [kind for kind, _ in parts(document)] == ["title", "heading", "body", "heading", "body"]


@pytest.mark.parametrize(
    "line",
    [
        "OSLO, May 7, 2024 (Daily Wire) — ",
        "OSLO (Daily Wire), 7 May 2024 — ",
        "OSLO, Norway, Tuesday, May 7th, 2024 /Wire/ -- ",
        "OSLO / BERGEN, 7 May 2024 – ",
        "OSLO (7 May 2024) – ",
        "OSLO, MAY 7, 2024 (Daily Wire)—",
        "OSLO, 2024-05-07: ",
        "Oslo, May 7, 2024 (Daily Wire) -- ",
        "OSLO, 7 May 2024 (Daily Wire) —\n",
        "OSLO, 7 May 2024 (Daily Wire)\n\n",
        "OSLO, 7 May 2024 —\n\n",
        "SÃO PAULO, May 7, 2024 — ",
    ],
)
def test_a_dateline_with_a_year_is_the_day_of_publication_and_no_part_of_the_text(article, line):
    document = article(f"Norway expels two diplomats\n\n{line}{LEDE}\n\n{SECOND}")

    assert document.published == "2024-05-07"
    assert parts(document) == [("title", "Norway expels two diplomats"), ("body", LEDE), ("body", SECOND)]


def test_a_dateline_goes_behind_every_day_of_publication_that_is_called_so(article):
    line = "OSLO, May 7, 2024 (Daily Wire) — "

    for day in ("date: 2024-05-08\n\n", "Published 8 May 2024\n\n"):
        document = article(f"{day}{line}{LEDE}")
        assert document.published == "2024-05-08"
        assert parts(document) == [("body", LEDE)]
    assert article(f"Updated 8 May 2024\n\n{line}{LEDE}").published == "2024-05-07"


@pytest.mark.parametrize(
    "text",
    [
        f"OSLO, May 7 (Daily Wire) — {LEDE}",
        f"OSLO, May 32, 2024 (Daily Wire) — {LEDE}",
        "OSLO, May 7, 2024, was a dark day for Norway — and for its neighbours.",
        "NATO, founded on 4 April 1949 — 75 years ago — condemned the step.",
        "Oslo, 7 May 2024 — a day that nobody forgets — was quiet.",
        f"OSLO TALKS, 7 MAY 2024\n\n{LEDE}",
        f"{LEDE}\n\nOSLO, May 7, 2024 (Daily Wire) — {SECOND}",
        f"OSLO, May 7, 2024 — {LEDE}\n\nOSLO, May 9, 2024 — {SECOND}",
    ],
)
def test_what_is_no_whole_dateline_above_the_text_dates_nothing_and_is_not_cut(article, text):
    document = article(text)

    assert document.published == ""
    assert "\n\n".join(words for _, words in parts(document)) == text


def test_the_day_of_the_header_goes_before_that_of_the_text(article):
    assert article(f"date: 2024-05-08\n\nPublished 7 May 2024\n\n{LEDE}").published == "2024-05-08"


# Boilerplate


@pytest.mark.parametrize(
    "noise",
    [
        "Read More News:\n- Ten gardens to see\n- Does tea help?",
        "Related:\n\nTen gardens to see this spring\n\nDoes tea help against a cold?",
        "ADVERTISEMENT",
        "Norway news",
        "Share this:",
        "Read more: Ten gardens to see this spring",
        "We use cookies to give you the best experience. By browsing on you agree.",
        "By Jane Doe",
        "Europe",
    ],
)
def test_boilerplate_between_paragraphs_is_no_part_of_the_article(article, noise):
    document = article(
        f"Oslo expels two diplomats\n\n{LEDE}\n\n{noise}\n\nMoscow Promises an Answer\n\n{SECOND}\n\nPost a Comment\n\n0 Comments"
    )

    bodies = [words for kind, words in parts(document) if kind == "body"]
    assert bodies == [LEDE, SECOND]
    assert not any(line in words for line in noise.split("\n") if line for _, words in parts(document))


def test_a_link_list_ends_where_prose_begins(article):
    assert parts(article(f"{LEDE}\nRead next:\n- Ten gardens to see\n{SECOND}")) == [("body", LEDE), ("body", SECOND)]


def test_readers_comments_are_no_part_of_the_article(article):
    assert parts(article(f"{LEDE}\n\nLeave a Reply\n\nI think that Norway attacked first.")) == [("body", LEDE)]


def test_a_comment_form_above_the_article_does_not_end_it(article):
    assert parts(article(f"Leave a Reply\n\n{LEDE}")) == [("body", LEDE)]


def test_without_a_table_nothing_is_boilerplate(tmp_path):
    (tmp_path / "a.txt").write_text(f"{LEDE}\n\nPost a Comment\n\n{SECOND}", encoding="utf-8")

    [document] = read_documents([tmp_path])

    assert [kind for kind, _ in parts(document)] == ["body", "heading", "body"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.pattern)
def test_a_row_of_boilerplate_matches_its_example_and_no_prose(row):
    assert row.matches(row.example)
    assert not row.matches(LEDE)
    assert row.reason


def test_the_rows_of_boilerplate_are_sorted_and_each_stands_once():
    assert [row.pattern for row in ROWS] == sorted({row.pattern for row in ROWS})


@pytest.mark.parametrize(
    ("row", "advice"),
    [
        ("share,lines,Share,button", "Use one of: line, list"),
        ("share,line,Tweet,button", "does not match its example"),
        ("share,line,Share", "3 cells instead of 4"),
        ("*,line,Share,button", "would match every line"),
    ],
)
def test_a_bad_row_of_boilerplate_is_reported_with_its_line(tmp_path, row, advice):
    table = tmp_path / "boilerplate.csv"
    table.write_text(f"pattern,kind,example,reason\n{row}\n", encoding="utf-8")

    with pytest.raises(DataError, match=advice) as error:
        read_boilerplate(table)

    assert "boilerplate.csv:2:" in str(error.value)


@pytest.mark.parametrize(
    ("content", "advice"),
    [
        (b"pattern,kind,example,reason\nshare,line,Share,caf\xe9\n", "boilerplate.csv:2: not UTF-8 (.|\n)*Save the table as UTF-8"),
        (b'pattern,kind,example,reason\nshare,line,Share,"button\n', "boilerplate.csv:2: (.|\n)*quotation mark without its partner"),
        (b"", "boilerplate.csv:1: the header is not "),
        (None, "boilerplate.csv: No such file(.|\n)*must be there"),
    ],
)
def test_a_table_of_boilerplate_that_cannot_be_read_is_reported(tmp_path, content, advice):
    table = tmp_path / "boilerplate.csv"
    if content is not None:
        table.write_bytes(content)

    with pytest.raises(DataError, match=advice):
        read_boilerplate(table)


def test_wildcards_stand_for_words():
    assert Boilerplate("? news", "line").matches("Norway news")
    assert not Boilerplate("? news", "line").matches("The minister had news")
    assert Boilerplate("share on *", "line").matches("Share on")
    assert not Boilerplate("# comments", "line").matches("No comments")


# Saved pages

PAGE = f"""<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8">
<title>Norway expels two diplomats | Fjord Post</title>
<meta property="og:title" content="Norway expels two diplomats"><meta property="og:site_name" content="Fjord Post">
<link rel="canonical" href="https://news.example/norway-expels-two">
DATE</head><body><nav><a href="/">Home</a> <a href="/world">World</a></nav>
<article><h1>Norway expels two diplomats</h1><p>{LEDE} It had found that both had spied on the harbour of Bergen.</p>
<p>{SECOND} The ambassador left on the same evening, as witnesses at the airport saw.</p>
<p>In 2023-10-07 style, the ministry wrote that the affair had begun years before and would not end soon.</p></article>
<footer>© Fjord Post</footer><script>var a = "2020-01-01";</script></body></html>"""


def test_a_saved_page_gives_its_article_and_what_it_says_of_it(article):
    document = article(PAGE.replace("DATE", '<meta property="article:published_time" content="2024-05-07T10:00:00+02:00">'), "page.html")

    assert (document.title, document.published, document.source) == ("Norway expels two diplomats", "2024-05-07", "Fjord Post")
    assert (document.url, document.language) == ("https://news.example/norway-expels-two", "en-GB")
    assert parts(document)[0] == ("title", "Norway expels two diplomats")
    assert parts(document)[1][1].startswith(LEDE)
    assert [kind for kind, _ in parts(document)] == ["title", "body", "body", "body"]
    assert "Home" not in document.text


def test_a_page_without_a_date_gives_none(article):
    assert article(PAGE.replace("DATE", ""), "page.htm").published == ""


@pytest.mark.parametrize(
    "data",
    [
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2024-05-07T08:00:00Z"}</script>',
        '<meta itemprop="datePublished" content="7 May 2024">',
        '<meta name="pubdate" content="2024-05-07">',
    ],
)
def test_the_data_of_a_page_give_its_day(article, data):
    assert article(PAGE.replace("DATE", data), "page.html").published == "2024-05-07"


def test_a_page_declares_its_encoding(article):
    page = PAGE.replace("DATE", "").replace("utf-8", "iso-8859-2").replace("Bergen", "Łódź").replace("©", "")

    assert "Łódź" in article(page.encode("iso-8859-2"), "page.html").text


# JSON Lines and ninjs


def test_json_lines_give_one_article_a_line(read):
    first = {
        "id": "a",
        "title": "Oslo expels two",
        "text": LEDE,
        "date": "2024-05-07",
        "source": "Fjord Post",
        "url": "https://news.example/a",
    }
    lines = [json.dumps(first), "", json.dumps({"text": SECOND})]
    a, b = read("\n".join(lines), "briefs.jsonl")

    assert (a.id, a.title, a.published, a.source, a.url) == ("a", "Oslo expels two", "2024-05-07", "Fjord Post", "https://news.example/a")
    assert parts(a) == [("title", "Oslo expels two"), ("body", LEDE)]
    assert a.sha256 == b.sha256 == sha256("\n".join(lines).encode()).hexdigest()
    assert (b.id, b.text, b.title, b.published) == ("briefs.jsonl:3", SECOND, "", "")


def test_a_title_that_the_text_begins_with_is_not_repeated(article):
    text = f"Oslo expels two\n\n{LEDE}"

    assert article(json.dumps({"title": "Oslo expels two", "text": text}), "a.jsonl").text == text


def test_packed_json_lines_are_read(read):
    [document] = read(gzip.compress(json.dumps({"text": LEDE}).encode()), "a.jsonl.gz")

    assert document.text == LEDE


def test_half_characters_in_json_do_not_reach_the_text(article):
    assert article('{"text": "Norway \\ud83d expelled two diplomats."}', "a.jsonl").text == "Norway \ufffd expelled two diplomats."


def test_a_ninjs_item_is_an_article(article):
    item = {
        "uri": "urn:1",
        "headline": "Oslo expels two",
        "body_xhtml": f"<p>{LEDE}</p><p>Fish &amp; <b>chips</b>.</p>",
        "pubstatus": "usable",
    }
    document = article(json.dumps(item | {"versioncreated": "2024-05-07T10:00:00Z", "language": "en"}), "a.ninjs.json")

    assert (document.id, document.title, document.published, document.language) == ("urn:1", "Oslo expels two", "2024-05-07", "en")
    assert document.text == f"Oslo expels two\n\n{LEDE}\n\nFish & chips."


def test_a_withdrawn_ninjs_item_is_left_out_and_named(read):
    items = [{"headline": "A", "body_text": LEDE, "pubstatus": "canceled"}, {"headline": "B", "body_text": SECOND}]
    problem, document = read(json.dumps(items), "items.json")

    assert problem.reason == "item 1: not for publication (pubstatus canceled); left out"
    assert (document.id, document.title) == ("items.json:2", "B")


# Files and folders


def test_folders_are_read_in_sorted_order_whatever_the_order_given(tmp_path):
    for name in ("b.txt", "sub/c.txt", "a.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(LEDE, encoding="utf-8")

    for paths in itertools.permutations([tmp_path, tmp_path / "a.txt"]):
        assert [document.id for document in read_documents(paths, ROWS)] == ["a.txt", "b.txt", "sub/c.txt"]


def test_a_missing_path_is_an_error(tmp_path):
    with pytest.raises(DataError, match="no such file or folder"):
        list(read_documents([tmp_path / "nowhere"]))


@pytest.mark.parametrize("mark", ["\\u0001", "\\ud800", "\\ufffe", "&#1;", "&#x1F;", "&#65535;"])
def test_characters_that_xml_forbids_are_left_out_of_markup(article, mark):
    item = f'{{"headline": "Oslo expels two", "body_xhtml": "<p>Norway{mark} voted.</p>"}}'

    assert parts(article(item, "item.json"))[1:] == [("body", "Norway voted.")]


@pytest.mark.parametrize("mark", ["\x01", "\x0b", "&#1;", "&#xFFFF;"])
def test_characters_that_xml_forbids_cost_no_page(article, mark):
    document = article(PAGE.replace("DATE", "").replace("Norway expelled", f"Norway{mark} expelled"), "page.html")

    assert parts(document)[1][1].startswith(LEDE)


def test_nothing_is_skipped_in_silence(tmp_path):
    for name in ("a.TXT", "notes.docx", "LICENCE", ".hidden.txt"):
        (tmp_path / name).write_text(LEDE, encoding="utf-8")

    found = list(read_documents([tmp_path]))

    assert [item.id for item in found if isinstance(item, Document)] == ["a.TXT"]
    assert sorted((Path(item.where).name, item.reason[:27]) for item in found if isinstance(item, Problem)) == [
        (".hidden.txt", "a hidden file; not read"),
        ("LICENCE", "not an article (no ending);"),
        ("notes.docx", "not an article (ending .doc"),
    ]


def test_of_two_articles_with_one_id_the_first_is_kept_and_both_are_named(tmp_path):
    (tmp_path / "a.txt").write_text(f"id: same\n\n{LEDE}", encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(json.dumps({"id": "same", "text": SECOND}), encoding="utf-8")

    document, problem = read_documents([tmp_path])

    assert document.id == "same"
    assert problem == Problem(f"{tmp_path}/b.jsonl:1", f"duplicate id 'same', already given by {tmp_path}/a.txt; this one is left out")


def test_of_two_files_with_one_name_the_same_wins_however_the_folders_are_spelt(tmp_path, monkeypatch):
    for folder, text in (("a", LEDE), ("b", SECOND)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "1.txt").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    found = [
        [item.text for item in read_documents(map(Path, folders)) if isinstance(item, Document)]
        for folders in (["a", "b"], ["a/../b", "a"], [tmp_path / "b", "a"], ["b", tmp_path / "a"])
    ]

    assert found == [[min(LEDE, SECOND, key=lambda text: sha256(text.encode()).hexdigest())]] * 4


def test_a_graph_inside_a_folder_is_not_read_as_articles(tmp_path):
    out = tmp_path / "news" / "out"
    (out / "store").mkdir(parents=True)
    for name in ("build.json", "graph.ttl", "documents.jsonl", "statements.jsonl", "store/notes.txt"):
        (out / name).write_text(json.dumps({"text": SECOND}), encoding="utf-8")
    (tmp_path / "news" / "a.txt").write_text(LEDE, encoding="utf-8")

    problem, document = read_documents([tmp_path])

    assert problem == Problem(str(out), "a graph built by kg, not articles")
    assert document.id == "news/a.txt"


def test_a_folder_that_may_be_listed_but_not_entered_is_one_problem(tmp_path, monkeypatch):
    locked = tmp_path / "locked"
    (locked / "below").mkdir(parents=True)
    (locked / "a.txt").write_text(LEDE, encoding="utf-8")
    (tmp_path / "b.txt").write_text(SECOND, encoding="utf-8")
    tmp_path.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    user = os.geteuid()
    locked.chmod(0o444)
    if user == 0:
        os.seteuid(65534)  # nothing is locked to the superuser
    try:
        problem, document = read_documents([Path()])
    finally:
        os.seteuid(user)
        locked.chmod(0o755)

    assert problem == Problem("locked", "folder cannot be read (Permission denied)")
    assert document.id == "b.txt"


@pytest.mark.parametrize(
    ("name", "content", "where", "reason"),
    [
        ("bad.txt", b"", "bad.txt", "empty: there is no article text in it"),
        ("bad.txt", b" \n\n", "bad.txt", "empty: there is no article text in it"),
        ("bad.txt", b"title: Only a header\n", "bad.txt", "empty: there is no article text in it"),
        ("bad.txt", b"Post a Comment\n", "bad.txt", "empty: there is no article text in it"),
        ("bad.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "bad.txt", "not text, or in no known encoding"),
        ("bad.txt", bytes(range(256)) * 4, "bad.txt", "not text, or in no known encoding"),
        ("bad.txt", b"title: A\ndate: 03/04/2024\n\nNorway voted.", "bad.txt:2", "bad date '03/04/2024'; write the day as YYYY-MM-DD"),
        ("bad.txt", b"title: A\ntitle: B\n\nNorway voted.", "bad.txt:1", "the header gives a key twice"),
        ("bad.html", b"<html><body></body></html>", "bad.html", "empty: no article text found in the page"),
        ("bad.html", b"", "bad.html", "empty: no article text found in the page"),
        ("bad.jsonl", b'{"text": "Norway voted."', "bad.jsonl:1", "broken JSON: "),
        ("bad.jsonl", b'{"title": "A"}', "bad.jsonl:1", "no article: it needs the form"),
        ("bad.jsonl", b'{"text": "Norway voted.", "date": "soon"}', "bad.jsonl:1", "bad date 'soon'"),
        ("bad.jsonl", b'{"text": "a\\u0000b"}', "bad.jsonl:1", "not text"),
        ("bad.jsonl", b"[" * 100_000, "bad.jsonl:1", "broken JSON: "),
        ("bad.jsonl", b"\0\1\n\0\2\n\0\3", "bad.jsonl:1", "not text, or in no known encoding"),
        ("bad.jsonl.gz", b"not packed", "bad.jsonl.gz", "cannot be read (Not a gzipped file"),
        ("bad.json", b'{\n"headline": }', "bad.json:2", "broken JSON: Expecting value at column 13"),
        ("bad.json", b'{"headline": "A"}', "bad.json", "no ninjs article: "),
    ],
)
def test_what_cannot_be_read_is_one_problem_and_the_good_articles_are_kept(tmp_path, name, content, where, reason):
    (tmp_path / "good.txt").write_text(LEDE, encoding="utf-8")
    (tmp_path / name).write_bytes(content)

    problem, document = read_documents([tmp_path], ROWS)

    assert problem.where == f"{tmp_path}/{where}"
    assert problem.reason.startswith(reason)
    assert "\n" not in problem.reason
    assert document.id == "good.txt"


def test_a_broken_line_costs_no_other_line(read):
    found = read('{"text": "Norway voted."}\n{"text":\n{"text": "Sweden voted."}\n', "a.jsonl")

    assert [type(item) for item in found] == [Document, Problem, Document]


def test_a_file_that_may_not_be_read_is_a_problem(tmp_path, monkeypatch):
    def refuse(path, mode):
        raise PermissionError(13, "Permission denied", str(path))

    (tmp_path / "a.txt").write_text(LEDE, encoding="utf-8")
    monkeypatch.setattr(Path, "open", refuse)

    assert list(read_documents([tmp_path])) == [Problem(f"{tmp_path}/a.txt", "cannot be read (Permission denied)")]


# Articles kept outside this repository


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the four sample articles are not beside this checkout")
def test_the_sample_articles_come_out_clean():
    documents = list(read_documents([SEEDS], ROWS))

    first_lines = [document.text.split("\n", 1)[0] for document in documents]
    assert [document.title for document in documents] == ["", first_lines[1], "", first_lines[3]]
    assert [document.published for document in documents] == ["", "", "2024-02-03", ""]
    words = [[words for _, words in parts(document)] for document in documents]
    assert [len(blocks) for blocks in words] == [9, 12, 7, 24]
    assert words[2][0].startswith("In a ")
    assert not [
        block for block in itertools.chain(*words) if block.startswith("-") or block.endswith(("news", "News:", "Comment", "Comments"))
    ]
    assert all(document.text == (SEEDS / document.id).read_text(encoding="utf-8") for document in documents)
