"""Headlines, headers, markup, comments and checksums: where the article begins and ends, and which file it came from."""

import gzip
import json
from hashlib import sha256
from pathlib import Path

import pytest

from kg.documents import read_boilerplate, read_documents
from kg.model import Document, Problem

ROWS = read_boilerplate(Path(__file__).parent.parent / "ontology/mappings/boilerplate.csv")
LEDE = "Norway expelled two diplomats on Monday, the foreign ministry in Oslo said."
SECOND = "Moscow called the step hostile and promised an answer."
WRAPPED = """In a marked change of its policy towards the east, the United
Kingdom expelled two diplomats and a clerk on Monday, and then
sixteen more."""


@pytest.fixture
def read(tmp_path):
    """Write a file and read it: its documents and problems."""

    def write_and_read(content: str | bytes, name: str = "article.txt") -> list[Document | Problem]:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return list(read_documents([path], ROWS))

    return write_and_read


@pytest.fixture
def parts(read):
    """Write a file, read the one article in it, and list the kind and the words of each block."""

    def parts_of(content: str | bytes, name: str = "article.txt") -> list[tuple[str, str]]:
        [document] = read(content, name)
        assert isinstance(document, Document), document
        return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]

    return parts_of


# The headline and the first paragraph


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("before", ["date 2024-05-07 ", "published: May 7, 2024\n", "2024-05-07 - ", "posted on 7 May 2024 | "])
def test_a_date_below_the_headline_is_no_part_of_it(read, parts, gap, before):
    text = f"Norway expels two as tensions rise{gap}{before}{LEDE}"

    assert parts(text) == [("title", "Norway expels two as tensions rise"), ("body", LEDE)]
    assert read(text)[0].published == "2024-05-07"


@pytest.mark.parametrize(
    "text",
    [
        "The foreign ministry in Oslo sent a letter\ndated 7 May 2024, in which it\nprotested.",
        "The foreign ministry in Oslo said that its letter was\nposted on 7 May 2024.",
        "The foreign ministry in Oslo said that its letter was\nposted on 7 May 2024\nin Bergen.",
    ],
)
def test_a_date_within_a_wrapped_sentence_does_not_part_it(parts, text):
    assert parts(text) == [("body", text)]


@pytest.mark.parametrize("before", ["", "title: Oslo votes\n\n", "date: 2024-05-07\nsource: Fjord Post\n\n"])
def test_hard_wrapped_text_without_a_headline_has_none(parts, before):
    assert parts(before + WRAPPED) == [("body", WRAPPED)]
    assert parts(f"{before}{WRAPPED}\n\n{WRAPPED}\n") == [("body", WRAPPED), ("body", WRAPPED)]


def test_a_date_glued_to_hard_wrapped_text_does_not_make_its_first_line_a_headline(parts):
    assert parts(f"date 2024-05-07 {WRAPPED}") == [("body", WRAPPED)]


def test_a_first_line_that_happens_to_end_a_sentence_is_part_of_its_wrapped_paragraph(parts):
    text = "Norway has expelled two diplomats, the ministry said.\nMoscow called the step hostile, and promised a cruel\nanswer."

    assert parts(text) == [("body", text)]


@pytest.mark.parametrize(
    "headline",
    [
        "Norway Expels Two Diplomats and a Clerk in a Marked New Policy",  # as wide as the text, in capitals
        "Norway expels two",  # narrower
        "Norway expels two diplomats and a clerk in a change of policy towards the east",  # wider
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_headline_above_hard_wrapped_text_is_the_title(parts, headline, gap):
    assert parts(f"{headline}{gap}{WRAPPED}") == [("title", headline), ("body", WRAPPED)]


def test_a_headline_as_wide_as_the_text_ends_where_a_sentence_begins(parts):
    headline = "Norway expels two diplomats and a clerk in a change of policy"
    text = f"{WRAPPED[:-1]} in a week, and in the end the ambassador."

    assert parts(f"{headline}\n{text}") == [("title", headline), ("body", text)]


@pytest.mark.parametrize("headline", ["Norway Expels Two Diplomats", "Norway expels two diplomats"])
def test_a_headline_above_text_that_is_not_wrapped_is_the_title(parts, headline):
    assert parts(f"{headline}\n{LEDE}\n{SECOND}") == [("title", headline), ("body", LEDE), ("body", SECOND)]


# Headers


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (f"title: A\nfoo: bar\ndate: 2024-05-07\n\n{LEDE}", 2, "unknown header key 'foo'; known are title, date, source, url, "),
        (f"date: 2024-05-07\nHeadline: A\n\n{LEDE}", 2, "unknown header key 'Headline'; known are "),
        (f"title: A\ndate: 2024-05-07\n{LEDE}", 3, "the header is not closed; put an empty line before this one"),
        (f"\nSource: Fjord Post\n{LEDE}\n\n{SECOND}", 3, "the header is not closed; put an empty line before this one"),
    ],
)
def test_a_header_that_cannot_be_read_is_named_with_its_line(read, tmp_path, text, line, reason):
    [problem] = read(text)

    assert isinstance(problem, Problem)
    assert problem.where == f"{tmp_path}/article.txt:{line}"
    assert problem.reason.startswith(reason)


# Markup


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>Norway voted.</p>", "Norway voted."),
        ("<p>Norway\r\nvoted.</p>\n<p>Fish &amp; <b>chips</b>.</p>", "Norway voted.\n\nFish & chips."),
        ("Norway voted.<br/>Sweden did not.", "Norway voted.\n\nSweden did not."),
        ("Norway voted.\n\n<p>Sweden did not.</p>", "Norway voted.\n\nSweden did not."),
        ('Norway <a href="https://news.example/1">voted</a>.\n\nSweden\ndid not.', "Norway voted.\n\nSweden\ndid not."),
        ("<div>Norway voted.</div><script>vote()</script>", "Norway voted."),
    ],
)
def test_markup_in_json_is_no_part_of_the_text(read, markup, text):
    [line] = read(json.dumps({"id": "a", "text": markup}), "a.jsonl")
    [item] = read(json.dumps({"uri": "a", "body_text": markup}), "a.json")

    assert (line.text, item.text) == (text, text)


def test_markup_in_a_title_is_no_part_of_it(read):
    [document] = read(json.dumps({"title": "<h1>Oslo <em>votes</em></h1>", "text": f"<p>{LEDE}</p>"}), "a.jsonl")

    assert (document.title, document.text) == ("Oslo votes", f"Oslo votes\n\n{LEDE}")


@pytest.mark.parametrize(
    "text",
    ["If a < b and b > c, Norway voted.", "Write to <post@news.example>, AT&amp;T said.", "Let a <b and c> d be.", "The <name> voted."],
)
def test_what_only_looks_like_markup_stays(read, text):
    assert read(json.dumps({"text": text}), "a.jsonl")[0].text == text


# Readers' comments


@pytest.mark.parametrize(
    "footer", ["3 Comments", "1 Comment", "Comments (3)", "Comments: 3", "COMMENTS", "Post a Comment", "Post a Comment\n\n12 Comments"]
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_readers_comments_below_a_footer_are_no_part_of_the_article(parts, footer, gap):
    comments = ["John: Norway attacked Sweden!", "norway attacked first", "Jane Doe", "I think that Sweden invaded Norway. " * 5]

    assert parts(gap.join([LEDE, footer, *comments])) == [("body", LEDE)]


@pytest.mark.parametrize("counter", ["0 Comments", "Comments (0)", "Comments: 0"])
def test_a_counter_without_comments_ends_no_article(parts, counter):
    assert parts(f"{LEDE}\n\n{counter}\n\n{SECOND}") == [("body", LEDE), ("body", SECOND)]


def test_a_counter_between_the_lede_and_the_article_does_not_end_it(parts):
    article = f"{LEDE} {SECOND} " * 3 + SECOND

    assert parts(f"Oslo expels two\n\n{LEDE}\n\n3 Comments\n\n{article}") == [
        ("title", "Oslo expels two"),
        ("body", LEDE),
        ("body", article),
    ]


# Checksums


@pytest.mark.parametrize(
    ("name", "pack", "form"),
    [
        ("a.jsonl", bytes, '{"id": "a", "text": "Norway voted."}\n{"id": "b", "text": "Sweden voted."}\n'),
        ("a.jsonl.gz", gzip.compress, '{"id": "a", "text": "Norway voted."}\n{"id": "b", "text": "Sweden voted."}\n'),
        ("a.json", bytes, '[{"body_text": "Norway voted."}, {"body_text": "Sweden voted."}]'),
        ("a.txt", bytes, "\ufeffNorway voted.\r\n"),
    ],
)
def test_the_checksum_of_an_article_is_that_of_its_file_as_stored(read, tmp_path, name, pack, form):
    documents = read(pack(form.encode()), name)

    assert {document.sha256 for document in documents} == {sha256((tmp_path / name).read_bytes()).hexdigest()}


def test_a_misspelt_key_in_the_first_line_is_told(tmp_path):
    path = tmp_path / "typo.txt"
    path.write_text("dat: 2023-10-05\ntitle: A title\n\nKenya attacked Uganda.\n", encoding="utf-8")

    (found,) = read_documents([path])

    assert isinstance(found, Problem)
    assert (found.where, found.reason.startswith("unknown header key 'dat'")) == (f"{path}:1", True)
