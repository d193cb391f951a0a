"""Reads and writes CoNLL-U: the columns of Universal Dependencies, and in the last one offsets and names."""

import re
from collections.abc import Iterator
from pathlib import Path

from kg.model import DataError, Sentence, Token

NUMBER = re.compile("[0-9]{1,9}")
REMEDY = "Record the parses again with kg check --fix."


def to_conllu(sentence: Sentence, *, heading: str = "") -> str:
    """Write a sentence as CoNLL-U, with its text, its place and a ``heading`` line if given."""
    lines = [f"# {heading}"] if heading else []
    lines += [f"# sent_id = {sentence.document}:{sentence.start}", f"# text = {' '.join(sentence.text.split())}"]
    for token, following in zip(sentence.tokens, (*sentence.tokens[1:], None), strict=True):
        spaced = following is None or following.start > token.end
        marks = [f"Name={token.name}"] if token.name else []
        misc = "|".join([*marks, f"start={token.start}", *([] if spaced else ["SpaceAfter=No"])])
        word = (token.text, token.lemma, token.pos, token.tag, token.feats)
        lines.append("\t".join((str(token.index + 1), *word, str(token.head + 1), token.dep, "_", misc)))
    return "\n".join(lines) + "\n\n"


def read_conllu(path: Path) -> Iterator[tuple[str, Sentence]]:
    """Read what :func:`to_conllu` wrote: each sentence with its "example" heading. Raises DataError with file and line."""
    lines: list[tuple[int, str]] = []
    for number, line in enumerate([*_text_in(path).split("\n"), ""], start=1):
        if line.strip():
            lines.append((number, line))
        elif lines:
            yield _sentence_of(path, lines)
            lines = []


def _text_in(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise DataError(f"{path}:{line}: a character that is not UTF-8.\n{REMEDY}") from error


def _sentence_of(path: Path, lines: list[tuple[int, str]]) -> tuple[str, Sentence]:
    example, place, tokens, text = "", ("", 0), list[Token](), ""
    for number, line in lines:
        if line.startswith("# example = "):
            example = line.removeprefix("# example = ")
        if line.startswith("# sent_id = "):
            document, _, start = line.removeprefix("# sent_id = ").rpartition(":")
            if not NUMBER.fullmatch(start):
                raise DataError(f"{path}:{number}: no place of a sentence: {line!r}.\n{REMEDY}")
            place = (document, int(start))
        if line.startswith("#"):
            continue
        token = _token_of(line, len(tokens))
        if token is None or token.start < len(text):
            raise DataError(f"{path}:{number}: not a CoNLL-U word of 10 cells, in its order: {line!r}.\n{REMEDY}")
        tokens.append(token)
        text += " " * (token.start - len(text)) + token.text
    if not tokens or _circles([token.head for token in tokens]):
        raise DataError(f"{path}:{lines[0][0]}: {'its words are no tree' if tokens else 'a sentence without words'}.\n{REMEDY}")
    return example, Sentence(place[0], 0, place[1], text, tuple(tokens))


def _token_of(line: str, index: int) -> Token | None:
    """The word of a line, which is the ``index``-th of its sentence; nothing if it is none."""
    cells = line.split("\t")
    misc = dict(part.split("=", 1) for part in cells[-1].split("|") if "=" in part)
    start = misc.get("start", "")
    if len(cells) != 10 or cells[0] != str(index + 1) or not cells[1] or not all(map(NUMBER.fullmatch, (cells[6], start))):
        return None
    text, lemma, pos, tag, feats, head, dep = cells[1:8]
    return Token(index, text, lemma, pos, tag, feats, int(head) - 1, dep, int(start), misc.get("Name", ""))


def _circles(heads: list[int]) -> bool:
    """Tell whether some word hangs from itself, or from nothing that is there."""
    hanging = {index for index, head in enumerate(heads) if head == -1}
    while more := {index for index, head in enumerate(heads) if head in hanging and index not in hanging}:
        hanging |= more
    return len(hanging) < len(heads)
