"""Reads which office a title means: "the Israeli prime minister", "the acting president of Peru"; whoever holds it, the date tells."""

from kg.mentions.tree import Tree
from kg.model import Actor, Mention
from kg.ontology import OTHER, Office

SINGULAR, PLURAL = ("NN", "NNP"), ("NNS", "NNPS")
OWNING = ("nmod:poss",)
PAUSES = frozenset({",", "-", "–", "—", "("})


def office_of(tree: Tree, base: Mention, head: int, others: int) -> Actor | None:
    """The office of ``base`` that a title names, if it means the one who holds it; ``others`` is how many more it is said of."""
    tag = tree.tokens[head].tag
    if not (tag in SINGULAR or (tag in PLURAL and others)) or tree.indefinite(head) or _told_apart(tree, head):
        return None
    standing = _standing(tree, head)
    office = None if standing == OTHER else _office(tree, base.actor, head)
    if office is None or not (_one_of_a_kind(tree, base.actor, head) or _told(tree, head)):
        return None
    beside = tree.ontology.offices.get(f"{office.actor.id}-{standing}") if standing else office
    return beside.actor if beside else None


def title_word(tree: Tree, head: int) -> str:
    """The title without what is joined to it: "president" of "president-elect"."""
    word, _, joined = tree.role_word(head).rpartition("-")
    return word if joined in tree.ontology.standings else tree.role_word(head)


def ever_held(tree: Tree, person: Actor, word: str) -> bool | None:
    """Tell whether a person ever held the office of that title; None where the tables do not know."""
    offices = tree.ontology.offices
    named = {
        f"{person.part_of}-{title.office}" for title in tree.ontology.titles if word in title.words and title.of in ("", person.part_of)
    }
    held = {office.actor.id for office in tree.ontology.held.get(person.id, ())}
    return bool(held & named) if held and any(office in offices for office in named) else None


def _office(tree: Tree, of: Actor, head: int) -> Office | None:
    """The office that a title means beside a name: first by the titles that this actor alone uses."""
    word = title_word(tree, head)
    titles = sorted((title for title in tree.ontology.titles if word in title.words), key=lambda title: title.of != of.id)
    found = (tree.ontology.offices.get(f"{of.id}-{title.office}") for title in titles if title.of in ("", of.id))
    return next((office for office in found if office), None)


def _standing(tree: Tree, head: int) -> str:
    """What stands beside the title: nothing, or that somebody else is meant than the one in office."""
    return next((tree.ontology.standings[word].standing for word in _words(tree, head) if word in tree.ontology.standings), "")


def _words(tree: Tree, head: int) -> list[str]:
    """The words before a title that may say whether the holder is meant: "acting", "self-proclaimed"; the end of "president-elect"."""
    first = min((child.index for child in tree.children.get(head, ())), default=head)
    before = tree.sentence.text[tree.tokens[min(first, head)].start : tree.tokens[head].end].lower().split()
    told = before[: len(before) - len(tree.role_word(head).split())]
    joined = tree.sentence.text[tree.tokens[head].start :].split()[0].lower().rstrip(".,;:")
    return [*told, *before[-1].split("-")[:-1], joined.rpartition("-")[2]]


def _one_of_a_kind(tree: Tree, of: Actor, head: int) -> bool:
    """Tell whether a title alone is enough: there is one secretary-general and one president, but many a leader of a group."""
    word = title_word(tree, head)
    offices = {title.office for title in tree.ontology.titles if word in title.words}
    return tree.holds_office(head) and (of.type == "state" or len(offices) == 1)


def _told(tree: Tree, head: int) -> bool:
    """Tell whether one is meant who is known: "the Hezbollah leader", "Hezbollah's leader"."""
    return tree.definite(head) or any(child.dep in OWNING for child in tree.children.get(head, ()))


def _told_apart(tree: Tree, head: int) -> bool:
    """Tell whether a clause says which of several holders is meant: "the Israeli prime minister who signed the accords"."""
    clauses = (child.index for child in tree.children.get(head, ()) if child.index > head and child.dep.startswith("acl"))
    return any(not PAUSES & {token.text for token in tree.tokens[head + 1 : clause]} for clause in clauses)
