"""A folder of everything that is wrong with files: each is named with its reason, every good article is kept, no limit is passed."""

import gzip
import json
import os
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.documents import Intake, read_documents
from kg.documents.intake import LONGEST_WORD, MOST_ATTRIBUTES, MOST_LINES, MOST_MARKS
from kg.model import Document, Problem

LEDE = "Kenya attacked Uganda on Monday, the foreign ministry in Nairobi said."
FRENCH = "Le président a rencontré mardi le chancelier à Berlin, et les deux dirigeants ont condamné les attaques."
RUSSIAN = "Президент встретился во вторник с канцлером в Москве, и оба осудили нападения."
ARABIC = "التقى الرئيس يوم الثلاثاء المستشار في القاهرة لبحث الحرب وأدان الزعيمان الهجمات."
EMPTY = "empty: there is no article text in it"
NO_PAGE = "empty: no article text found in the page"
ENTITIES = b"".join(b'<!ENTITY e%d "%s">' % (depth + 1, b"&e%d;" % depth * 10) for depth in range(10))


ODD: tuple[object, ...] = (None, True, 1.5, [], {}, "", [LEDE], {"a": LEDE}, [None], -0.0)
"""What a field of JSON may hold that ought to hold words."""


def line(text: str = LEDE, **more: object) -> bytes:
    """An article of JSON Lines."""
    return json.dumps({"text": text, **more}).encode() + b"\n"


def randbytes(seed: int) -> bytes:
    """What cannot be packed any smaller."""
    return Random(seed).randbytes(300)


def page(markup: str, text: str = f"<p>{LEDE}</p><p>{LEDE}</p>") -> bytes:
    """A saved page of one article."""
    return f"<html><body><article>{markup}{text}</article></body></html>".encode()


BAD: dict[str, tuple[bytes, str]] = {
    "empty.txt": (b"", EMPTY),
    "spaces.txt": (b" \t \n\n  ", EMPTY),
    "lines.txt": (b"\n" * 100_000, EMPTY),
    "header.txt": (b"title: Only a header\ndate: 2024-05-07\n", EMPTY),
    "boilerplate.txt": (b"Post a Comment\n0 Comments\nRead More News:\n", EMPTY),
    "signs.txt": (("!?…—🚀" * 1000).encode(), EMPTY),
    "invisible.txt": (("\u200b\u202e\u2066" * 1000).encode(), EMPTY),
    "open-header.txt": (f"title: A\ndate: 2024-05-07\n{LEDE}".encode(), "the header is not closed"),
    "twice.txt": (f"title: A\ntitle: B\n\n{LEDE}".encode(), "the header gives a key twice"),
    "no-such-day.txt": (f"date: 2024-02-31\n\n{LEDE}".encode(), "bad date '2024-02-31'"),
    "two-days.txt": (f"date: 03/04/2024\n\n{LEDE}".encode(), "bad date '03/04/2024'"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), "not text"),
    "program.md": (b"\x7fELF\2\1\1" + b"\0" * 5000, "not text"),
    "nul.txt": (LEDE.encode() + b"\0" + LEDE.encode(), "not text"),
    "one-line.txt": (LEDE.encode() * 40_000, "larger than 2 MB"),
    "long.txt": (f"{LEDE} ".encode() * 5000, "an article of 355,000 characters; at most 300,000"),
    "many-lines.txt": (b"Kenya left.\n" * (MOST_LINES + 1), "an article of more than 10,000 lines"),
    "long-word.txt": (b"Kenya left " + b"http://a.b/" * LONGEST_WORD, "a word of more than 20,000 characters"),
    "french.txt": (f"date: 2024-05-07\n\n{FRENCH}".encode(), "not in English, it seems (fr)"),
    "latin-1.txt": (f"{FRENCH}\n{FRENCH}".encode("latin-1"), "not in English, it seems (fr)"),
    "cp1251.txt": (f"{RUSSIAN}\n{RUSSIAN}".encode("cp1251"), "not in English, it seems (ru)"),
    "right-to-left.txt": (ARABIC.encode(), "not in English, it seems (ar)"),
    "declared.txt": (b"language: sw\n\nKenya attacked.", "not in English, it seems (sw)"),
    "french.html": (page(f"<p>{FRENCH}</p>" * 5, "").replace(b"<html", b'<html lang="en"'), "not in English, it seems (fr)"),
    "empty.html": (b"", NO_PAGE),
    "script.html": (b"<html><body><nav></nav><script>attack()</script></body></html>", NO_PAGE),
    "picture.html": (b"\x89PNG\0\0\0" * 100, "not text"),
    "deep.html": (b"<div>" * 40_000 + LEDE.encode(), NO_PAGE),
    "tags.html": (page("<b></b>" * MOST_MARKS), "more than 50000 tags"),
    "attributes.html": (
        page("<p " + " ".join(f"a{number}=1" for number in range(MOST_ATTRIBUTES + 1)) + "></p>"),
        "a tag with more than 1000 attributes",
    ),
    "deep.json": (b"[" * 200_000, "broken JSON: a number too long or too many brackets"),
    "number.json": (b'{"headline": ' + b"9" * 100_000 + b"}", "broken JSON: a number too long"),
    "broken.json": (b'{\n"headline": }', "broken JSON: Expecting value"),
    "other.json": (b'{"name": "settings", "indent": 4}', "no ninjs article"),
    "null.json": (b"null", "no ninjs article"),
    "attributes.json": (
        json.dumps({"headline": "A", "body_xhtml": "<p " + "a=1 " * (MOST_ATTRIBUTES + 1) + f">{LEDE}</p>"}).encode(),
        "a tag with more than 1000 attributes",
    ),
    "withheld.json": (json.dumps({"uri": "a", "body_text": LEDE, "pubstatus": "withheld"}).encode(), "not for publication"),
    "not-packed.jsonl.gz": (line(), "cannot be read (Not a gzipped file"),
    "other-packing.jsonl.gz": (b"PK\3\4" + b"\0" * 100, "cannot be read (Not a gzipped file"),
    "bomb-of-lines.jsonl.gz": (gzip.compress(b"\n" * 4_000_000), "unpacks to more than 100 times its size"),
    "bomb.jsonl.gz": (gzip.compress(b'{"text": "' + b"a" * 9_000_000 + b'"}'), "unpacks to more than 100 times its size"),
    "nothing.jsonl": (b"\n \n", "empty: there is no article in it"),
    "nothing.jsonl.gz": (b"", "empty: there is no article in it"),
    "nothing.json": (b"[]", "empty: there is no article in it"),
    "gone-in-packing.jsonl": (gzip.compress(line(), mtime=0), "not text"),
    "packed-twice.jsonl.gz": (gzip.compress(gzip.compress(line())), "not text"),
    "utf-16-without-mark.txt": (f"title: A\n\n{LEDE}".encode("utf-16-le"), "not text"),
    "archive.txt": (b"PK\3\4" + b"\0" * 300, "not text"),
    "document.txt": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n\0\1\2", "not text"),
    "year-0.txt": (f"date: 0000\n\n{LEDE}".encode(), "bad date '0000'"),
    "year-99999.txt": (f"date: 99999-01-01\n\n{LEDE}".encode(), "bad date '99999-01-01'"),
    "week.txt": (f"date: 2024-W19\n\n{LEDE}".encode(), "bad date '2024-W19'"),
    "seconds.txt": (f"date: 1714953600\n\n{LEDE}".encode(), "bad date '1714953600'"),
    "refresh.html": (b'<html><head><meta http-equiv="refresh" content="0;url=http://evil.example/"></head></html>', NO_PAGE),
    "frames.html": (f'<html><frameset><frame src="a.html"><noframes>{LEDE}</noframes></frameset></html>'.encode(), NO_PAGE),
    "comments.html": (b"<!--" * 49_000 + LEDE.encode(), NO_PAGE),
    "undefined.html": (b'<meta charset="undefined">' + b"\xff\xfe\xe9" * 100, "not text"),
    "long-id.jsonl": (line(id="a" * 1001), "an id of more than 1,000 characters"),
    "no-json.json": (LEDE.encode(), "broken JSON: Expecting value"),
    "notes.docx": (b"PK\3\4", "not an article (ending .docx)"),
    "LICENCE": (LEDE.encode(), "not an article (no ending)"),
    ".hidden.txt": (LEDE.encode(), "a hidden file; not read"),
}
"""What must be named, by the beginning of its reason; none of it is an article."""

GOOD: dict[str, tuple[bytes, int]] = {
    "plain.txt": (f"date: 2024-05-07\n\n{LEDE}".encode(), 1),
    "utf-8-mark.txt": (LEDE.encode("utf-8-sig"), 1),
    "utf-16.txt": (LEDE.encode("utf-16"), 1),
    "old-line-ends.txt": (f"date: 2024-05-07\r\r{LEDE}\r".encode(), 1),
    "below-empty-lines.txt": (b"\n" * 100_000 + LEDE.encode(), 1),
    "mixed-encodings.txt": (f"{LEDE} “Yes,” said Señor Núñez. ".encode() + "Señor".encode("latin-1"), 1),
    "bidi.txt": (f"\u202e\u200b{LEDE}\u2066\u200f".encode(), 1),
    "terminal.txt": (f"{LEDE} \x1b[31m\x07\x1b]0;owned\x07".encode(), 1),
    "quotes-french.txt": (f"{LEDE}\n\n{FRENCH}\n\n{LEDE}".encode(), 1),
    "said-to-be-english.txt": (f"language: en\n\n{FRENCH}".encode(), 1),
    "spaces-in-markup.json": (json.dumps({"headline": "A", "body_xhtml": f"<p>{LEDE}{' ' * 200_000}{LEDE}</p>"}).encode(), 1),
    "equals.jsonl": (line(f"{LEDE} <a " + "x= " * 3_000), 1),
    "entities.html": (b"<!DOCTYPE html [" + ENTITIES + b"]>" + page("<p>&e10;</p>"), 1),
    "initials.txt": (f"{LEDE}\n\nAbcd Efgh {'A.' * 9_000}b.".encode(), 1),
    "folder.txt/inside.txt": (LEDE.encode(), 1),
    "types.json": (json.dumps([{"uri": value, "headline": value, "body_text": LEDE} for value in ODD]).encode(), len(ODD)),
    "types.jsonl": (b"".join(line(id=value, title=value, source=value, url=value, language=value) for value in ODD), len(ODD)),
    "flipped-bits.jsonl.gz": (gzip.compress(line(), mtime=0)[:-8] + b"\0" * 8, 1),
    "garbage-behind.jsonl.gz": (gzip.compress(line(), mtime=0) + b"garbage", 1),
    "zeros-behind.jsonl.gz": (gzip.compress(line(), mtime=0) + b"\0" * 100, 1),
    "two-members.jsonl.gz": (gzip.compress(line(), mtime=0) + gzip.compress(line(), mtime=0), 2),
    "escapes.html": (page("<p>\\u0000 \\xff</p>").replace(b"<html>", b'<html><meta charset="unicode_escape">'), 1),
    "punycode.html": (page("<p>\xe9\xff</p>").replace(b"<html>", b'<html><meta charset="punycode">'), 1),
    "mark-in-the-middle.txt": (f"{LEDE} \ufeff{LEDE}".encode(), 1),
    "new\nline.txt": (LEDE.encode(), 1),
    "escape\x1b[31m.txt": (LEDE.encode(), 1),
    "long-number.txt": (f"{'9' * 15_000} soldiers and {'9' * 400} men of Uganda died on Monday. {LEDE}".encode(), 1),
    "brackets.txt": (b"(" * 19_000 + LEDE.encode(), 1),
    "combining.txt": (f"e{chr(0x301) * 15_000} {LEDE}".encode(), 1),
    "broken-in-the-middle.jsonl": (line() + b'{"text":\n' + line(), 2),
    "long-line-in-the-middle.jsonl": (line() + line("a" * 3_000_000) + line(), 2),
    "nul-in-the-middle.jsonl": (line() + line("a\0b") + line(), 2),
    "ids.jsonl": (line(id="same") + line(id="same") + line(id="other"), 2),
    "cut-off.jsonl.gz": (gzip.compress(b"".join(line(id=str(n), author=randbytes(n).hex()) for n in range(100)))[:-3000], -1),
}
"""How many articles each of these gives; -1: some."""

PARTLY = {
    "broken-in-the-middle.jsonl:2": "broken JSON",
    "long-line-in-the-middle.jsonl:2": "a line of more than 2 MB",
    "nul-in-the-middle.jsonl:2": "not text",
    "ids.jsonl:2": "duplicate id 'same', already given by bad/ids.jsonl:1",
    "cut-off.jsonl.gz": "cannot be read (Compressed file ended",
    "flipped-bits.jsonl.gz": "cannot be read (CRC check failed",
    "garbage-behind.jsonl.gz": "cannot be read (Not a gzipped file",
    "loop.txt": "a link to nothing, or out of the folder",
    "loop": "a hidden folder or a link to a folder",
    "nowhere.txt": "a link to nothing, or out of the folder",
    "secret.txt": "a link to nothing, or out of the folder",
    "pipe.txt": "not a file; not read",
}
"""What must be named besides."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """All of these files."""
    folder = tmp_path_factory.mktemp("inputs") / "bad"
    for name, (content, _) in {**BAD, **GOOD}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    (folder.parent / "secret.txt").write_text("Kenya attacked Tanzania, a secret paper said.", encoding="utf-8")
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "loop").symlink_to(".", target_is_directory=True)
    (folder / "nowhere.txt").symlink_to("nothing.txt")
    (folder / "secret.txt").symlink_to("../secret.txt")
    os.mkfifo(folder / "pipe.txt")
    return folder


def build(folder: Path, *more: str) -> Result:
    """Build what is in the folder, with small limits, so that the tests need no large files."""
    limits = ["--largest-file", "2", "--longest-article", "300000", "--no-cache", "--jobs", "1"]
    return CliRunner().invoke(main, ["build", str(folder), "--out", str(folder.parent / "out"), *limits, *more], catch_exceptions=False)


@pytest.fixture(scope="module")
def built(folder) -> tuple[Result, list[str], dict[str, int]]:
    """What the build says, its problems as lines, and how many articles each file gave."""
    result = build(folder)
    out = folder.parent / "out"
    problems = json.loads((out / "build.json").read_text(encoding="utf-8"))["problems"]
    files: dict[str, int] = {}
    for article in map(json.loads, (out / "documents.jsonl").read_text(encoding="utf-8").splitlines()):
        name = {"same": "ids.jsonl", "other": "ids.jsonl"}.get(article["id"], article["id"])
        name = "cut-off.jsonl.gz" if name.isdigit() else name.partition(":")[0]
        files[name] = files.get(name, 0) + 1
    return result, [f"{problem['where']}: {problem['reason']}" for problem in problems], files


def test_there_are_at_least_forty_kinds():
    assert len(BAD) + len(PARTLY) >= 40


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_named_with_its_reason_on_the_terminal_and_in_the_build(built, name):
    result, problems, files = built
    reason = BAD[name][1]

    told = [problem for problem in problems if problem.startswith((f"bad/{name}: ", f"bad/{name}:"))]
    assert [problem for problem in told if reason in problem], told or "nothing is told"
    assert all(problem in result.stderr for problem in told)
    assert name not in files


@pytest.mark.parametrize("where", PARTLY)
def test_what_is_bad_in_or_beside_good_files_is_named_too(built, where):
    result, problems, _ = built

    told = [problem for problem in problems if problem.startswith(f"bad/{where}: {PARTLY[where]}")]
    assert len(told) == 1, problems
    assert told[0] in result.stderr


def test_every_good_article_is_kept_and_nothing_else(built):
    _, _, files = built

    assert files.pop("cut-off.jsonl.gz") > 1
    assert files == {name: count for name, (_, count) in GOOD.items() if count > 0}


def test_bad_files_cost_the_status_only_where_that_is_wanted(built, folder):
    assert built[0].exit_code == 0
    assert build(folder, "--strict").exit_code == 1


def test_no_other_file_of_the_user_is_read_through_a_link(folder, built):
    assert b"secret paper" not in (folder.parent / "out" / "documents.jsonl").read_bytes()


def test_a_link_within_the_folder_is_the_file_it_leads_to(tmp_path):
    (tmp_path / "b.txt").write_text(LEDE, encoding="utf-8")
    (tmp_path / "a.txt").symlink_to("b.txt")

    assert [item.id for item in read_documents([tmp_path]) if isinstance(item, Document)] == ["a.txt"]


@pytest.mark.parametrize(("name", "kept"), [("a.txt", 0), ("a.jsonl", 1)])
def test_a_file_that_changes_while_it_is_read_is_named(tmp_path, monkeypatch, name, kept):
    path = tmp_path / name
    path.write_bytes(line() if kept else LEDE.encode())
    opened = Path.open

    def change(self: Path, *mode: str) -> object:
        file = opened(self, *mode)
        with open(self, "ab") as other:
            other.write(b"\n")
        return file

    monkeypatch.setattr(Path, "open", change)

    found = list(read_documents([tmp_path]))

    assert sum(isinstance(item, Document) for item in found) == kept
    assert [item.where for item in found if isinstance(item, Problem) and item.reason.startswith("changed while it was read")] == [
        str(path)
    ]


def test_a_file_of_nothing_but_problems_does_not_fill_the_memory(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(b"{}\n" * 5000 + line())

    found = list(read_documents([tmp_path]))

    assert sum(isinstance(item, Document) for item in found) == 1
    assert len(found) == 1002
    assert found[-1] == Problem(f"{tmp_path}/a.jsonl", "4000 more articles of this file cannot be read, beside the 1000 that are named")


@pytest.mark.parametrize("intake", [Intake(largest_file=50), Intake(longest_article=50)])
def test_the_limits_can_be_set(tmp_path, intake):
    (tmp_path / "a.txt").write_text(LEDE, encoding="utf-8")

    assert [type(item) for item in read_documents([tmp_path])] == [Document]
    assert [type(item) for item in read_documents([tmp_path], intake=intake)] == [Problem]
