"""Treebanks and texts with names marked, as training examples: sentences, windows, augmentation."""

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

TRAIN = ("ewt/en_ewt-train.conllu", "gum/en_gum-open-train.conllu")
DEV = ("ewt/en_ewt-dev.conllu", "gum/en_gum-open-dev.conllu")
TEST = ("ewt/en_ewt-test.conllu", "gum/en_gum-open-test.conllu")
NAMES = ("ner/wikigold.conll.txt", "ner/uner_ewt_dev.iob2")
PARTY_NAMES = ("ner/crossner_politics_train.txt", "ner/crossner_politics_dev.txt", "ner/crossner_politics_test.txt")
NAME_TYPES = {"person": "person", "organization": "organisation", "place": "place"}
OUR_TYPES = {
    **{"PER": "person", "politician": "person", "person": "person", "ORG": "organisation", "organisation": "organisation"},
    **{"politicalparty": "organisation", "LOC": "place", "country": "place", "location": "place"},
}
BESIDE = frozenset(("conj", "cc", "appos", "acl", "acl:relcl", "parataxis", "punct"))
LONGEST_NAME = 12  # words; beyond it the minimal span of a mention is no name but a list of names
UNKNOWN = ""
SMALL_WORDS = frozenset(["a", "an", "the", "and", "or", "but", "of", "in", "on", "at", "to", "for", "by", "from", "with", "as", "is", "it"])


@dataclass(frozen=True, slots=True)
class Word:
    """One syntactic word; ``head`` counts from 1 within the sentence, 0 is the root.

    ``name`` is an IOB tag ("B-person"); each column of a kind that its text does not mark is ``UNKNOWN``, ``head`` then -1.
    """

    form: str
    upos: str
    xpos: str
    feats: str
    head: int
    deprel: str
    space_after: bool
    name: str = UNKNOWN
    other_name: str = UNKNOWN
    party_name: str = UNKNOWN


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
            words = tuple(_words(lines))
            paragraphs[-1].append(_with_names(words, lines) if "gum" in path.name else words)
    return paragraphs


def _with_names(words: Sentence, lines: list[str]) -> Sentence:
    """Mark the names that GUM's entity layer gives: mentions headed by a proper noun, cut to their minimal span.

    Times are no names; of two that overlap the longer is kept. In "a spokesman for the University of Oslo" that is
    "University of Oslo", an organisation.
    """
    cells = [line.split("\t") for line in lines if line.split("\t")[0].isdigit()]
    names: list[tuple[int, int, str]] = []
    open_mentions: list[tuple[str, int, str]] = []
    for place, cell in enumerate(cells):
        layer = re.search(r"Entity=([^|]*)", cell[9])
        for part in re.findall(r"\([^()]*\)?|[^()]+\)", layer[1]) if layer else ():
            if part[0] == "(":
                body = part.strip("()")
                open_mentions.append((body.split("-")[0], place, body))
            if part[-1] == ")":
                group = part.strip("()").split("-")[0]
                found = next((m for m in reversed(open_mentions) if m[0] == group), None)
                if found:
                    open_mentions.remove(found)
                    names += _name_in(words, found[1], place, found[2])
    tags = ["O"] * len(words)
    for start, end, kind in sorted(names, key=lambda name: name[0] - name[1]):
        if all(tag == "O" for tag in tags[start : end + 1]):
            tags[start : end + 1] = [f"B-{kind}"] + [f"I-{kind}"] * (end - start)
    return tuple(replace(word, name=tag) for word, tag in zip(words, tags, strict=True))


def _name_in(words: Sentence, start: int, end: int, mention: str) -> Iterator[tuple[int, int, str]]:
    """Cut a mention (its etype, then infstat, salience, centering and minimal span) to the name it is headed by, if it is."""
    _, kind, _, _, _, least = mention.split("-", 6)[:6]
    head = next((place for place in range(start, end + 1) if not start < words[place].head <= end + 1), None)
    if kind == "time" or head is None or words[head].upos != "PROPN":
        return
    places = [start + int(number) - 1 for number in least.split(",") if number.isdigit()]
    places = [place for place in places if place <= end and _within(words, place, head)]
    if places and places[-1] - places[0] < LONGEST_NAME:
        yield places[0], places[-1], NAME_TYPES.get(kind, "other")


def _within(words: Sentence, place: int, head: int) -> bool:
    """Tell whether a word is part of the name that ``head`` heads, and not beside it: "Isabel | and I", "Oslo | , which …"."""
    while place != head:
        if words[place].head == head + 1 and words[place].deprel in BESIDE:
            return False
        place = words[place].head - 1
        if place < 0:
            return False
    return True


def names_of(path: Path, column: str) -> list[list[Sentence]]:
    """Read a file of words and IOB tags (WikiGold, UNER or CrossNER) as paragraphs of one sentence.

    ``column`` gets the tags as they stand, ``name`` what they mean in GUM's manner, where that is sure.
    """
    paragraphs = []
    for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
        rows = [line.split("\t" if "\t" in line else " ") for line in block.splitlines() if line.strip() and line[0] != "#"]
        pairs = [(row[1], row[2]) if row[0].isdigit() and len(row) > 2 else (row[0], row[1]) for row in rows if len(row) > 1]
        tags: list[str] = []
        for _, tag in pairs:
            known = tag[2:] in ("PER", "ORG", "LOC", "MISC") or column == "party_name"
            begins = tag[0] == "I" and tag[2:] != (tags[-1][2:] if tags else "")
            tags.append("O" if not known else f"B{tag[1:]}" if begins else tag)
        forms = [form for form, _ in pairs]
        words = [
            Word(form, *[UNKNOWN] * 3, -1, UNKNOWN, space_after=True, name=name, **{column: tag})
            for form, tag, name in zip(forms, tags, _in_our_manner(forms, tags), strict=True)
        ]
        if words:
            paragraphs.append([tuple(words)])
    return paragraphs


def _in_our_manner(forms: list[str], tags: list[str]) -> list[str]:
    """Tags of persons, organisations and places as ours; unknown where GUM may mark otherwise: titles, adjectives, other names."""
    found: list[str] = []
    for place, (form, tag) in enumerate(zip(forms, tags, strict=True)):
        titled = tag[0] == "B" and place > 0 and forms[place - 1][0].isupper() and tags[place - 1] == "O"
        if tag == "O":
            found.append(UNKNOWN if form[0].isupper() else "O")
        elif tag[2:] not in OUR_TYPES or titled or (tag[0] == "I" and found[-1] in (UNKNOWN, "O")):
            found.append(UNKNOWN)
        else:
            found.append(f"{tag[0]}-{OUR_TYPES[tag[2:]]}")
    return found


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


def marked_texts(data: Path) -> list[list[Sentence]]:
    """Read the texts in which only names are marked."""
    other = [paragraph for path in NAMES for paragraph in names_of(data / path, "other_name")]
    return other + [paragraph for path in PARTY_NAMES for paragraph in names_of(data / path, "party_name")]


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
