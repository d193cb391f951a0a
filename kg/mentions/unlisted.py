"""Reads names that no table knows: where they begin and end, and what kind of actor they name."""

from dataclasses import replace

from kg.mentions.bodies import body_of, slug
from kg.mentions.kinds import named_actor
from kg.mentions.matcher import SHORT, STRAIGHT
from kg.mentions.tree import Tree
from kg.model import Actor, Mention, Token
from kg.ontology import NEVER, Role

NAME_PARTS = ("flat", "compound", "nummod", "goeswith", "dep")
BESIDE = ("flat", "appos", "nmod:desc")


def unlisted_name(tree: Tree, head: int, role: Role | None) -> Mention:
    """A proper name that no table knows, kept as it stands in the text."""
    start, end = _extent(tree, head)
    text = tree.sentence.text[tree.tokens[start].start : tree.tokens[end - 1].end]
    label = " ".join(text.split())
    known = tree.surnames.get(label) or tree.ontology.actors.get(f"actor:{slug(label)}")
    if known is not None and not _forbidden(tree, text, known):
        return Mention(start, end, text, known)
    role = role or _title_role(tree, head, start)
    actor = named_actor(label, tree.tokens[start:end], role, tree.ontology.name_words)
    taken = actor.id in tree.ontology.actors
    return Mention(start, end, text, replace(actor, id=f"{actor.id}-unlisted") if taken else actor)


def _forbidden(tree: Tree, text: str, actor: Actor) -> bool:
    """Tell whether a user's correction says that these words are not that actor."""
    told = text.translate(STRAIGHT)
    rows = (row for row in tree.ontology.corrections.about(tree.sentence.document) if row.kind == NEVER and row.actor in ("", actor.id))
    return any(row.name.translate(STRAIGHT) == told for row in rows)


def is_weather(tree: Tree, head: int, mention: Mention) -> bool:
    """Tell whether a name is that of a storm or disease, which nobody does: "Hurricane Foo", "Covid-19"."""
    title = title_of(tree, head)
    words = [mention.actor.label.split()[0], *([tree.tokens[title].text] if title is not None else [])]
    return not mention.actor.listed and any(is_weather_word(tree, word) for word in words)


def is_weather_word(tree: Tree, text: str) -> bool:
    """Tell whether a word makes a name that of a storm or disease."""
    word = tree.ontology.name_words.get(text.lower())
    return word is not None and not word.type


def is_dateline(tree: Tree, mention: Mention) -> bool:
    """Tell whether a name in capitals is where a report was written: "GENEVA, Switzerland -- Kenya has …"."""
    label, text = mention.actor.label, tree.sentence.text
    if mention.actor.listed or not label.isupper() or len(label) <= SHORT or text.isupper():
        return False
    place = tree.tokens[mention.start].name.endswith("place") or label.title() in tree.ontology.names
    return place and not any(character.islower() for character in text[: tree.tokens[mention.start].start])


def beside_title(tree: Tree, head: int) -> int | None:
    """The name that no table knows beside a title: "rebel commander | Foo Bar"."""
    after = [child for child in tree.children.get(head, ()) if child.index > head]
    bare = [child.index for child in after if child.dep == "nmod" and not tree.cases(child.index)]
    twin = tree.twin(head)
    beside = [*bare, *(child.index for child in after if child.dep in BESIDE), *([twin] if twin is not None else [])]
    names = (index for index in beside if tree.tokens[index].pos == "PROPN" and index not in tree.names)
    return next((index for index in names if not tree.joined(index)), None)


def title_of(tree: Tree, head: int) -> int | None:
    """The title before a name: "| President Foo Bar", also where a parse sets it beside: "Secretary of State | Foo Bar"."""
    before = [child.index for child in tree.children.get(head, ()) if child.index < head and child.dep in ("nmod:desc", "appos")]
    beside = (
        child.index for child in tree.children.get(tree.tokens[head].head, ()) if child.index < head and tree.twin(child.index) == head
    )
    return before[0] if before else next((index for index in beside if tree.role(index)), None)


def _title_role(tree: Tree, head: int, start: int) -> Role | None:
    title = title_of(tree, head)
    return tree.role(title) if title is not None and title < start else None


def of_body(mention: Mention, base: Actor | None, role: Role, tree: Tree) -> Mention:
    """Give a person the code of the body that the title belongs to: "U.S. Secretary of State Foo Bar"."""
    if base is None or mention.actor.listed:
        return mention
    body = body_of(base, role, tree.ontology)
    return replace(mention, actor=replace(mention.actor, code=body.code, part_of=base.id if base.listed else ""))


def marked(tree: Tree, head: int) -> tuple[int, int]:
    """The name around a word, as the parser marks it, without titles and listed names; the word alone if it marks none."""
    start = head
    while start and tree.tokens[start].name[:1] == "I" and (start - 1 not in tree.names or _names_land(tree, start - 1, head)):
        if _of_title(tree, start - 1, head):
            break  # "Minister of Foreign Affairs | Foo Bar"
        start -= 1
    end = head + 1
    while end < len(tree.tokens) and tree.tokens[end].name[:1] == "I" and end not in tree.names:
        end += 1
    while end - 1 > head and tree.tokens[end - 1].pos in ("ADP", "DET", "CCONJ", "PUNCT"):
        end -= 1
    begun = tree.tokens[start].name
    while start < head and not (_extends(tree, start) or _names_land(tree, start, head)):
        start += 1
    return (start, end) if begun and head not in tree.names else (head, head + 1)


def _of_title(tree: Tree, index: int, head: int) -> bool:
    """Tell whether a word before a name tells what a title is of, and so belongs to the title."""
    while index >= 0 and index != head:
        if tree.tokens[index].dep == "nmod" and tree.tokens[index].head == tree.tokens[head].head and tree.cases(index):
            return True
        index = tree.tokens[index].head
    return False


def _extent(tree: Tree, head: int) -> tuple[int, int]:
    """Where the name around a word begins and ends."""
    start, end = marked(tree, head)
    while start and _goes_before(tree, start - 1, start, head):
        start -= 1
    while start < head and not (_extends(tree, start) or _names_land(tree, start, head)):
        start += 1
    while end < len(tree.tokens) and end not in tree.names and _continues(tree, tree.tokens[end], start, end):
        end += 1
    return start, end


def _goes_before(tree: Tree, index: int, start: int, head: int) -> bool:
    token = tree.tokens[index]
    if token.text == "-":
        before = tree.tokens[index - 1] if index else None
        return before is not None and before.pos == "PROPN" and before.end == token.start and index - 1 not in tree.names
    return _extends(tree, index) and token.pos == "PROPN" and token.head in (head, start)


def _names_land(tree: Tree, index: int, head: int) -> bool:
    """Tell whether a listed name is the first part of an organisation's: "Sudan Revolutionary Front"."""
    found = tree.names.get(index)
    land = found is not None and found.name.actor.type in ("state", "international-organisation") and found.name.kind != "metonym"
    return land and tree.tokens[head].name.endswith("organisation") and tree.tokens[index].name.endswith("organisation")


def _extends(tree: Tree, index: int) -> bool:
    """Tell whether a word may begin a name: no listed name, no title ("President", "Gen.") and no hyphen."""
    lemma = tree.tokens[index].lemma.lower()
    if index in tree.names or not lemma[:1].isalnum() or tree.tokens[index].dep in ("case", "cc"):
        return False
    return lemma.removesuffix(".") not in tree.ontology.roles


def _continues(tree: Tree, token: Token, start: int, end: int) -> bool:
    """Tell whether a word goes on the name before it: "Lula da Silva", "Zaghari-Ratcliffe", "Ginbot 7"."""
    if token.text == "-":
        following = tree.tokens[end + 1] if end + 1 < len(tree.tokens) else None
        goes_on = following is not None and (following.pos == "PROPN" or following.text[0].isdigit())
        return goes_on and following is not None and token.end == following.start
    if tree.tokens[end - 1].text == "-" and tree.tokens[end - 1].end == token.start:
        return True
    joined = token.dep.startswith(NAME_PARTS) or token.pos == "PROPN"
    twin = token.head == tree.tokens[start].head and token.dep == tree.tokens[start].dep
    return joined and token.pos in ("PROPN", "X", "NUM") and (start <= token.head <= end + 1 or twin) and token.dep != "conj"
