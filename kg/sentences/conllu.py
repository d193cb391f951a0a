"""Reads and writes CoNLL-U: the columns of Universal Dependencies, and in the last one offsets and names."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.model import DataError, Sentence, Token


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
    for number, line in enumerate([*path.read_text(encoding="utf-8").split("\n"), ""], start=1):
        if line.strip():
            lines.append((number, line))
        elif lines:
            yield _sentence_of(path, lines)
            lines = []


def _sentence_of(path: Path, lines: list[tuple[int, str]]) -> tuple[str, Sentence]:
    example, place, tokens = "", ("", 0), []
    for number, line in lines:
        if line.startswith("# example = "):
            example = line.removeprefix("# example = ")
        if line.startswith("# sent_id = "):
            document, _, start = line.removeprefix("# sent_id = ").rpartition(":")
            place = (document, int(start))
        if line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != 10 or not cells[0].isdigit() or not cells[6].isdigit():
            raise DataError(f"{path}:{number}: not a CoNLL-U word of 10 cells: {line!r}.\nRecord the parses again with kg check --fix.")
        misc = dict(part.split("=", 1) for part in cells[9].split("|") if "=" in part)
        start_text = misc.get("start", "0")
        index, text, lemma, pos, tag, feats, head, dep = cells[:8]
        tokens.append(Token(int(index) - 1, text, lemma, pos, tag, feats, int(head) - 1, dep, int(start_text), misc.get("Name", "")))
    return example, Sentence(place[0], 0, place[1], _text_of(tokens), tuple(tokens))


def _text_of(tokens: Iterable[Token]) -> str:
    text = ""
    for token in tokens:
        text += " " * (token.start - len(text)) + token.text
    return text
