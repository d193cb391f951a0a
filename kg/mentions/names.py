"""Finds the names of the ontology in the text of a sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from kg.mentions.matcher import matches_in, meant_by
from kg.model import Mention, Sentence, Token
from kg.ontology import Name, Ontology

SIDES = ("nsubj", "obj")
NEW = "New"
BEHIND = ("appos", "nmod:unmarked", "flat")
YOUNGER = frozenset({"Jr.", "Jr", "Sr.", "Sr"})
ALIKE = 0.55  # how much of two spellings of a given name agrees
INITIALS = 2  # letters of a given name that is cut short


@dataclass(frozen=True, slots=True)
class Found:
    """A name found in a sentence: tokens ``start`` to ``end``, and what it stands for."""

    start: int
    end: int
    text: str
    name: Name

    @property
    def mention(self) -> Mention:
        """The name as the mention of its actor."""
        place = self.text if self.name.kind in ("place", "metonym") else ""
        return Mention(self.start, self.end, self.text, self.name.actor, place)


def names_in(sentence: Sentence, ontology: Ontology) -> dict[int, Found]:
    """Find every listed name, the first that begins and of those the longest, without overlap; keyed by each token it covers."""
    matches = list(matches_in(sentence.text, ontology))
    if not matches:
        return {}
    starts = {token.start: token.index for token in sentence.tokens}
    ends = {token.end: token.index + 1 for token in sentence.tokens}
    fitting = [match for match in matches if match[0] in starts and match[1] in ends]
    found: dict[int, Found] = {}
    for begin, stop, spellings in sorted(fitting, key=lambda match: (match[0], -match[1])):
        start, end = starts[begin], ends[stop]
        if start in found:
            continue
        text = sentence.text[begin:stop]
        name = meant_by(text, spellings, proper=sentence.tokens[start].pos == "PROPN")
        if name is not None and not _cut_off(sentence.tokens, start, end, name, ontology):
            found.update(dict.fromkeys(range(start, end), Found(start, end, text, name)))
    return {index: _relocated(one, found, sentence.tokens) for index, one in found.items()} if "," in sentence.text else found


def _relocated(one: Found, found: Mapping[int, Found], tokens: Sequence[Token]) -> Found:
    """A place with the land that is named behind it: "Lebanon, Pennsylvania", "Tripoli, Lebanon"."""
    land = found.get(one.end + 1)
    if land is None or land.name.actor.type != "state" or tokens[one.end].text != ",":
        return one
    place = tokens[one.end].name == "I-place" or (one.name.kind in ("place", "metonym") and land.name.kind == "name")
    joined = [token.dep for token in tokens[land.start : land.end] if one.start <= token.head < one.end]
    behind = bool(joined) and all(dep.startswith(BEHIND) for dep in joined)
    return replace(one, name=Name(land.name.actor, "place")) if place and behind else one


def _cut_off(tokens: Sequence[Token], start: int, end: int, meaning: Name, ontology: Ontology) -> bool:
    """Tell whether a match is only part of a name or phrase: "Israel's military | infrastructure", "Indian | Ocean"."""
    last = tokens[end - 1]
    if last.dep == "amod" and last.head >= end and last.text.islower():
        return True
    if meaning.actor.type == "person":
        return _within_person(tokens, start, end, meaning.actor.label)
    if meaning.kind == "adjective":
        return last.name.endswith("place") and end < len(tokens) and tokens[end].name == "I-place" and tokens[end].pos == "PROPN"
    if meaning.actor.type != "state":
        return tokens[start].name.endswith("person") and _goes_on(tokens, start, end)
    whole = _goes_on(tokens, start, end) or _twin_follows(tokens, start, end) or _begun_before(tokens, start)
    return whole or (meaning.kind == "name" and (_elsewhere(tokens, start) or _within_landscape(tokens, start, end, ontology)))


def _same_given(listed: str, told: str) -> bool:
    """Tell whether two given names may be spellings of one, or one its initial: "Vladmir", "V.", but not "Viktor"."""
    if listed[0] != told[0]:
        return False
    return len(told.rstrip(".")) <= INITIALS or SequenceMatcher(None, listed.lower(), told.lower()).ratio() >= ALIKE


def _goes_on(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Tell whether the name goes on behind a match: "Paris | Hilton"."""
    following = tokens[end] if end < len(tokens) else None
    return following is not None and following.pos == "PROPN" and following.dep.startswith("flat") and start <= following.head < end


def _twin_follows(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Tell whether a parse sets beside a match what goes on the name: a clause has no two subjects, as in "Kenya | Moore"."""
    following = tokens[end] if end < len(tokens) else None
    if following is None or following.pos != "PROPN" or not following.name or not following.dep.startswith(SIDES):
        return False
    return any((token.head, token.dep) == (following.head, following.dep) for token in tokens[start:end])


def _begun_before(tokens: Sequence[Token], start: int) -> bool:
    """Tell whether the name of somebody has begun before a match: "Michael | Jordan", "Captain | America"."""
    first = tokens[start]
    surname = first.name == "I-person" or (first.dep.startswith("flat") and first.head == start - 1)
    return start > 0 and tokens[start - 1].pos == "PROPN" and surname


def _elsewhere(tokens: Sequence[Token], start: int) -> bool:
    """Tell whether a match is called after the state that has the name: "New | England"."""
    return start > 0 and tokens[start].name[:1] == "I" and tokens[start - 1].text == NEW


def _within_landscape(tokens: Sequence[Token], start: int, end: int, ontology: Ontology) -> bool:
    """Tell whether a match is in the name of a water or the like, which is not the state's: "Lake | Chad", "the | Jordan | River".

    What a settlement or region is called by has a row in the table of roles: "Kenya's | Coast Province" is in Kenya.
    """
    first, after = start, end
    while first and tokens[first].name == "I-place" and tokens[first - 1].pos != "PUNCT":
        first -= 1
    while after < len(tokens) and tokens[after].name == "I-place" and tokens[after].pos != "PUNCT":
        after += 1
    words = {tokens[index].text.lower() for index in (first, after - 1) if not start <= index < end}
    kinds = (ontology.name_words[word].type for word in words if word in ontology.name_words and word not in ontology.roles)
    return "place" in kinds


def _within_person(tokens: Sequence[Token], start: int, end: int, label: str) -> bool:
    """Tell whether a name belongs to somebody else: "Jean-Pierre | Delorme", "Hunter | Biden", but not "Vladmir | Putin"."""
    following = tokens[end] if end < len(tokens) else None
    if following is not None and following.text in YOUNGER and following.dep.startswith("flat"):
        return True
    words = label.split()
    if tokens[start].text == words[0]:
        other = following is not None and following.text[0] not in {word[0] for word in words[1:]}
        return end - start == 1 and other and _goes_on(tokens, start, end)
    if _goes_on(tokens, start, end):
        return True
    before = tokens[start - 1] if start else None
    given = before is not None and before.pos == "PROPN" and (before.head == start or tokens[start].head == before.index)
    if before is None or not given or not before.name.endswith("person") or before.dep == "nmod:desc":
        return False
    first = before
    while first.index and tokens[first.index].name.startswith("I") and tokens[first.index - 1].dep != "nmod:desc":
        first = tokens[first.index - 1]
    return not any(_same_given(label.split()[0], token.text) for token in (before, first))
