"""Sentences: their dates, what rules read in any tree over them, and in texts that our parser has parsed."""

import tempfile
from dataclasses import replace
from pathlib import Path

from fuzz.promises import is_edtf, text_of
from fuzz.tables import OURS
from kg.build import extract, rows_of
from kg.dates import find_dates, next_context
from kg.model import Block, DataError, Document, Sentence, Statement, Token
from kg.sentences import read_conllu
from kg.statements import statements_of
from kg.tables import as_jsonl

DAYS = ("", "2024-10-01", "2024-02-29", "2024-10", "2023", "0001-01-01", "9999-12-31")


def dates(data: bytes) -> None:
    """The dates of a sentence: its first byte says the day of publication, and what was told before."""
    first, sentence = data[:1] or b"\0", text_of(data[1:])
    published, context = DAYS[first[0] % 7], DAYS[first[0] // 7 % 7]
    found = find_dates(sentence, published=published, context=context)
    end = 0
    for one in found:
        assert end <= one.start < one.end <= len(sentence)
        assert sentence[one.start : one.end] == one.text
        assert is_edtf(one.edtf), one
        assert is_edtf(one.ahead), one
        assert bool(one.edtf) == bool(one.basis), one
        end = one.end
    assert is_edtf(next_context(found, context))


def rules(data: bytes) -> None:
    """Sentences in CoNLL-U, made to be trees, as every parser gives them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.conllu"
        path.write_bytes(text_of(data).encode("utf-8", "replace"))
        try:
            sentences = [tree(sentence) for _, sentence in read_conllu(path)]
        except DataError:
            return
    whole, placed = "", []
    for index, sentence in enumerate(sentences[:5]):
        placed.append(replace(sentence, document="a", index=index, start=len(whole)))
        whole += f"{sentence.text}\n\n"
    document = Document("a", whole, (Block(0, len(whole), "body"),), published="2024-10-01")
    keep_promises(document, list(statements_of(document, placed, OURS)))


def tree(sentence: Sentence) -> Sentence:
    """The same words under one root, without circles, one after another in the text."""
    tokens: list[Token] = []
    text = ""
    heads = [token.head for token in sentence.tokens]
    root = next((index for index, head in enumerate(heads) if head == -1), 0)
    heads[root] = -1
    for index, token in enumerate(sentence.tokens[:100]):
        seen, at = {index}, heads[index]
        while at != -1 and 0 <= at < len(sentence.tokens[:100]) and at not in seen:
            seen.add(at)
            at = heads[at]
        if at != -1 or seen & {root} != {root}:
            heads[index] = -1 if index == root else min(root, 99)
        start = len(text) + (1 if text and token.start > len(text) else 0)
        words = "".join(letter for letter in token.text if letter.isprintable() and letter != " ") or "x"
        tokens.append(replace(token, index=index, head=heads[index], text=words, start=start))
        text += " " * (start - len(text)) + words
    return replace(sentence, text=text, tokens=tuple(tokens))


def text(data: bytes) -> None:
    """A text as an article of its own."""
    said = " ".join(text_of(data[:600]).encode("utf-8", "replace").decode().replace("\0", " ").split(" "))
    keep_promises(Document("text", said, ()), extract(said, "2024-10-01"))


def keep_promises(document: Document, statements: list[Statement]) -> None:
    """Every statement stands in the text, and can be written."""
    for one in statements:
        evidence = one.evidence
        assert evidence.quote
        assert document.text[evidence.start : evidence.end] == evidence.quote
        assert evidence.trigger.strip()
        assert is_edtf(one.when.edtf), one.when
        assert one.actor or one.target
        assert all(quantity.value == quantity.value and abs(quantity.value) < 1e300 for quantity in one.quantities), one.quantities
    as_jsonl(rows_of(statements, OURS)).encode("utf-8", "replace")
