"""Universal Dependencies treebanks as training examples: sentences, windows, augmentation."""

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

TRAIN = ("ewt/en_ewt-train.conllu", "gum/en_gum-open-train.conllu")
DEV = ("ewt/en_ewt-dev.conllu", "gum/en_gum-open-dev.conllu")
TEST = ("ewt/en_ewt-test.conllu", "gum/en_gum-open-test.conllu")
SMALL_WORDS = frozenset(["a", "an", "the", "and", "or", "but", "of", "in", "on", "at", "to", "for", "by", "from", "with", "as", "is", "it"])


@dataclass(frozen=True, slots=True)
class Word:
    """One syntactic word; ``head`` counts from 1 within the sentence, 0 is the root."""

    form: str
    upos: str
    xpos: str
    feats: str
    head: int
    deprel: str
    space_after: bool


Sentence = tuple[Word, ...]


def documents(paths: Iterable[Path]) -> list[list[Sentence]]:
    """Read CoNLL-U files as paragraphs: lists of the sentences that follow one another."""
    paragraphs: list[list[Sentence]] = []
    for path in paths:
        for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
            lines = [line for line in block.splitlines() if line.strip()]
            if not any(line[0].isdigit() for line in lines):
                continue
            if not paragraphs or any(line.startswith(("# newdoc", "# newpar")) for line in lines):
                paragraphs.append([])
            paragraphs[-1].append(tuple(_words(lines)))
    return paragraphs


def _words(lines: list[str]) -> Iterator[Word]:
    """Read words; the parts of a multiword token carry its surface letters where lengths agree."""
    parts: dict[int, str] = {}
    last_part, space_after_token = 0, True
    for line in lines:
        cells = line.split("\t")
        if line[0] == "#" or "." in cells[0]:
            continue
        spaced = "SpaceAfter=No" not in cells[9].split("|")
        if "-" in cells[0]:
            first, last_part = map(int, cells[0].split("-"))
            space_after_token = spaced
            parts = _surface(cells[1], first, last_part, lines)
            continue
        index = int(cells[0])
        if index < last_part:
            spaced = False
        elif index == last_part:
            spaced = space_after_token
        form = parts.get(index, cells[1]).replace(" ", "\u00a0")
        yield Word(form, cells[3], cells[4], cells[5], int(cells[6]), cells[7], spaced)


def _surface(token: str, first: int, last: int, lines: list[str]) -> dict[int, str]:
    forms = {}
    for line in lines:
        cells = line.split("\t")
        if cells[0].isdigit() and first <= int(cells[0]) <= last:
            forms[int(cells[0])] = cells[1]
    if sum(map(len, forms.values())) != len(token):
        return {}
    position = 0
    for index in sorted(forms):
        forms[index], position = token[position : position + len(forms[index])], position + len(forms[index])
    return forms


def windows(paragraphs: Iterable[list[Sentence]], chance: random.Random, *, longer: float = 0.35) -> Iterator[list[Sentence]]:
    """Cut paragraphs into windows of one sentence, and a share of two or three, below 110 words."""
    for sentences in paragraphs:
        start = 0
        while start < len(sentences):
            size = chance.choice((2, 3)) if chance.random() < longer else 1
            window = sentences[start : start + size]
            while len(window) > 1 and sum(map(len, window)) > 110:
                window = window[:-1]
            yield window
            start += len(window)


def augmented(forms: list[str], chance: random.Random) -> list[str]:
    """Sometimes write a window as a headline, in lower case, or with curly quotes."""
    draw = chance.random()
    if draw < 0.05:
        forms = [form if place and form.lower() in SMALL_WORDS else form[:1].upper() + form[1:] for place, form in enumerate(forms)]
    elif draw < 0.10:
        forms = [form.lower() for form in forms]
    if chance.random() < 0.35:
        forms = list(_curly(forms))
    return forms


def _curly(forms: list[str]) -> Iterator[str]:
    opened = False
    for form in forms:
        if form == '"':
            yield "”" if opened else "“"
            opened = not opened
        elif form in ("''", "``"):
            yield "”" if form == "''" else "“"
        else:
            yield form.replace("'", "’")
